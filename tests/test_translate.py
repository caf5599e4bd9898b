"""A contract in its other language: what changes, what stays, how French words stand together."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import main
from sibdsl.source import Source
from sibdsl.syntax import french
from sibdsl.syntax import translate as translate_module
from sibdsl.syntax.lexer import words
from sibdsl.syntax.translate import Translated, translate_source

ENGLISH = """sibdsl 1 en

# The pilot
contract "Pilot"
currency GBP
term from 2020-01-01 to 2029-12-31
prevailing language English

in French, Ministry of Justice is "le Ministère de la Justice"
in French, Investors is "les Investisseurs"
in French, State is "l'État"
in French, Cohort is "la Cohorte"
in French, Rate is "le Taux de Récidive"

party Ministry of Justice is outcome payer
party Investors are investors
party State is evaluator

evaluation Cohort 1 on 2021-06-30
evaluation Cohort 2 on 2022-06-30

measure Rate is a percentage at each Cohort,
  reported by the State,
  lower is better

payment Fee at each Cohort
  the Ministry of Justice pays GBP 1,250.50 to the Investors  # at once
  when the Rate is more than 7.5%
  due 60 days after evaluation

cap Ministry of Justice: 50% of total of Fee + GBP 1,000,000

example "one"
  given Rate at Cohort 2 is 8%
  expect Fee at the Cohort 2 is GBP 1,250.50
"""

FRENCH = """sibdsl 1 fr

# The pilot
contrat « Pilot »
devise GBP
durée du 2020-01-01 au 2029-12-31
le texte anglais fait foi

en anglais, le Ministère de la Justice est « Ministry of Justice »
en anglais, les Investisseurs sont « Investors »
en anglais, l'État est « State »
en anglais, la Cohorte est « Cohort »
en anglais, le Taux de Récidive est « Rate »

partie Ministère de la Justice est payeur
partie Investisseurs sont investisseurs
partie État est évaluateur

évaluation Cohorte 1 le 2021-06-30
évaluation Cohorte 2 le 2022-06-30

mesure Taux de Récidive est un taux lors de chaque Cohorte,
  établi par l'État,
  la baisse est favorable

paiement Fee lors de chaque Cohorte
  le Ministère de la Justice verse 1 250,50 GBP aux Investisseurs  # at once
  lorsque le Taux de Récidive dépasse 7,5 %
  échéance 60 jours après l'évaluation

plafond Ministère de la Justice : 50 % du total de Fee + 1 000 000 GBP

exemple « one »
  étant donné que Taux de Récidive lors de Cohorte 2 est de 8 %
  on attend que Fee lors de la Cohorte 2 soit de 1 250,50 GBP
"""


def to_french(text: str) -> Translated:
    return translate_source(Source("x.sib", text), "fr")


def to_english(text: str) -> Translated:
    return translate_source(Source("x.sib", text), "en")


def line_in_french(line: str) -> str:
    """One line of an English contract, or a condition, in French."""
    text = to_french(f"sibdsl 1 en\n\n{line}\n").text
    assert text is not None
    return text.removeprefix("sibdsl 1 fr\n\n").rstrip("\n")


def line_in_english(line: str) -> str:
    text = to_english(f"sibdsl 1 fr\n\n{line}\n").text
    assert text is not None
    return text.removeprefix("sibdsl 1 en\n\n").rstrip("\n")


def test_a_contract_with_the_names_that_it_declares() -> None:
    there = to_french(ENGLISH)
    assert there.text == FRENCH
    assert there.findings == ()
    assert to_english(FRENCH).text == ENGLISH
    assert [f.code for f in sibdsl.check(ENGLISH)] == [f.code for f in sibdsl.check(FRENCH)]


@pytest.mark.parametrize(
    ("english", "in_french"),
    [
        ("A means 1 day", "A désigne 1 jour"),
        ("A means 2 years", "A désigne 2 ans"),
        ("A means 1.5 points", "A désigne 1,5 point"),
        ("A means 2.125", "A désigne 2,1250"),
        ("A means 2.1250", "A désigne 2,12500"),
        ("A means 0.125", "A désigne 0,125"),
        ("A means 1,234.125", "A désigne 1 234,125"),
        ("A means -GBP 1,000", "A désigne -1 000 GBP"),
        ("A means 13/155 of B", "A désigne 13/155 de B"),
        ("A means 5% of Adults", "A désigne 5 % d'Adults"),
        ("A means 5% of the lesser of (B; C)", "A désigne 5 % du moindre de (B ; C)"),
        ("A means average of Adults to date", "A désigne moyenne d'Adults à ce jour"),
        ("A means 5% of average of B", "A désigne 5 % de la moyenne de B"),
        ("A means B - interest on total of C at a rate of 5% per year, 30/360, from D to E",
         "A désigne B - intérêts sur le total de C au taux de 5 % par an, 30/360, à partir de D à E"),
        ("condition A: any of (B; C)", "condition A : l'une parmi (B ; C)"),
        ("condition A: any of B to date", "condition A : l'une de B à ce jour"),
        ("condition A: B is between 1 and 2", "condition A : B se situe entre 1 et 2"),
        ("condition A: B is before 2020-01-01", "condition A : B est avant le 2020-01-01"),
        ("condition A: B is before C", "condition A : B est avant C"),
        ("condition A: B is 5%", "condition A : B est de 5 %"),
        ("condition A: B is 3", "condition A : B vaut 3"),
        ("condition A: at least 2 of (B; C)", "condition A : au moins 2 parmi (B ; C)"),
        ("condition A: at least 2 of B to date", "condition A : au moins 2 parmi B à ce jour"),
        ("exchange rate EUR 1 is USD 1.5", "taux de change 1 EUR vaut 1,5 USD"),
        ("condition A: B is yes", "condition A : B est oui"),
        ("A means B indexed by 2% per year from 2020-01-01",
         "A désigne B indexé de 2 % par an à partir du 2020-01-01"),
        ("measure A is a date,\n  reported by B", "mesure A est une date,\n  établie par B"),
        ('party A is investor, "with « marks »"', 'partie A est investisseur, "with « marks »"'),
        ("party A are outcome payers and guarantor", "partie A sont payeurs et garant"),
        ("evaluations Year every 6 months from 2020-06-30 to 2021-06-30",
         "évaluations Year tous les 6 mois du 2020-06-30 au 2021-06-30"),
        ("cap return of Fund: 5% per year", "plafond rendement de Fund : 5 % par an"),
        ('example "a"\n  given Cohort 2 is cancelled',
         "exemple « a »\n  étant donné que Cohort 2 est annulé"),
    ],
)  # fmt: skip
def test_a_line_there_and_back(english: str, in_french: str) -> None:
    assert line_in_french(english) == in_french
    assert line_in_english(in_french) == english


@pytest.mark.parametrize(
    ("article", "name", "contracted"),
    [
        ("le", "Fonds", ("au Fonds", "du Fonds", "lors du Fonds")),
        ("les", "Prêteurs", ("aux Prêteurs", "des Prêteurs", "lors des Prêteurs")),
        ("la", "Caisse", ("à la Caisse", "de la Caisse", "lors de la Caisse")),
        ("l'", "Hôpital", ("à l'Hôpital", "de l'Hôpital", "lors de l'Hôpital")),
    ],
)
def test_articles_are_contracted(article: str, name: str, contracted: tuple[str, str, str]) -> None:
    space = "" if article == "l'" else " "
    text = (
        f'sibdsl 1 en\nin French, Fund is "{article}{space}{name}"\n'
        "condition A: paid to the Fund to date is 5% of the Fund at the Fund"
    )
    there = to_french(text).text
    assert there is not None
    to, of, at = contracted
    expected = f"condition A : versé {to} à ce jour est de 5 % {of} {at}"
    assert there.splitlines()[-1] == expected


def test_a_french_article_that_english_cannot_say_is_written_down_and_comes_back() -> None:
    text = "sibdsl 1 fr\n\npartie la Caisse est payeur\npartie l'Adie est opérateur\n\n# fin\n"
    english = to_english(text).text
    assert english == (
        "sibdsl 1 en\n\nparty the Caisse is outcome payer\nparty the Adie is service provider\n\n"
        'in French, Caisse is "la Caisse"\n\n# fin\n'
    )
    assert to_french(english).text == text


def test_a_comment_behind_a_line_that_goes_stays() -> None:
    text = 'sibdsl 1 en\n# one\nin French, A is "la A"  # two\n# three\nparty the A is investor\n'
    assert to_french(text).text == (
        "sibdsl 1 fr\n\n# one\n# two\n# three\npartie la A est investisseur\n"
    )


def test_a_currency_is_no_term() -> None:
    there = to_french("sibdsl 1 en\ncurrency GBP\ncondition A: the B in EUR is 5%\n")
    assert there.findings[0].message.values == (("names", ("le B",)),)


def test_two_texts_with_other_names_say_which_prevails() -> None:
    text = 'sibdsl 1 en\nin French, Bank is "la Banque"\nparty Bank is investor\n'
    (found,) = to_french(text).findings
    assert (found.code, found.severity) == ("SIB064", sibdsl.Severity.WARNING)
    assert to_french(text + "prevailing language French\n").findings == ()
    same = 'sibdsl 1 en\nin French, Caisse is "la Caisse"\nparty the Caisse is investor\n'
    assert to_french(same).findings == ()


def test_an_article_that_is_guessed_is_said() -> None:
    there = to_french("sibdsl 1 en\nparty the Caisse is investor\nparty the Banks are investors\n")
    (found,) = there.findings
    assert found.code == "SIB062"
    assert found.severity is sibdsl.Severity.WARNING
    assert found.message.values == (("names", ("le Caisse", "les Banks")),)


def test_a_name_that_reads_otherwise_there_needs_another() -> None:
    there = to_french("sibdsl 1 en\nparty La Cravate is investor\n")
    assert there.text is None
    assert [finding.code for finding in there.findings] == ["SIB061"]
    named = 'sibdsl 1 en\nin French, La Cravate is "la Cravate"\nparty La Cravate is investor\n'
    assert to_french(named).text == (
        "sibdsl 1 fr\n\nen anglais, la Cravate est « La Cravate »\npartie Cravate est investisseur\n"
    )


@pytest.mark.parametrize("chosen", [french.CHOSEN, french.PLURALS, french.LISTS, french.FEMININE])
def test_every_chosen_form_is_one_of_the_grammar(chosen: dict[str, str]) -> None:
    spelled = words("fr").spelled
    assert [form for kind, form in chosen.items() if form not in spelled[kind]] == []


def test_prose_and_comments_stay() -> None:
    text = 'Prose  \n\n```sib\nsibdsl 1 en\n# why\ncontract "A"\n```\n\nmore\n\n```sib\ncurrency GBP\n```\n'
    there = translate_source(Source("x.sib.md", text), "fr").text
    assert there == (
        "Prose  \n\n```sib\nsibdsl 1 fr\n\n# why\ncontrat « A »\n```\n\nmore\n\n```sib\ndevise GBP\n```\n"
    )


def test_a_translation_that_said_something_else_would_not_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = ["sibdsl 1 fr", "contrat", "« B »"]
    monkeypatch.setattr(translate_module, "in_french", lambda _: wrong)
    there = to_french('sibdsl 1 en\ncontract "A"\n')
    assert there.text is None
    assert [finding.code for finding in there.findings] == ["SIB060"]


# The command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.sib").write_text(ENGLISH, encoding="utf-8")
    return tmp_path


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(
        main, ["translate", *arguments], prog_name="sib", catch_exceptions=False
    )


@pytest.mark.usefixtures("folder")
def test_the_command_prints_the_translation() -> None:
    result = sib("a.sib", "--to", "fr")
    assert (result.exit_code, result.stdout, result.stderr) == (0, FRENCH, "")


def test_the_command_writes_a_file_and_never_the_one_it_read(folder: Path) -> None:
    assert sib("a.sib", "--to", "fr", "-o", "b.sib").exit_code == 0
    assert (folder / "b.sib").read_text(encoding="utf-8") == FRENCH
    result = sib("a.sib", "--to", "fr", "-o", "a.sib")
    assert result.exit_code == 2
    assert (folder / "a.sib").read_text(encoding="utf-8") == ENGLISH


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("sibdsl 1 fr\ndevise EUR\n", "SIB063", 1),
        ("sibdsl 1 en\ncurrency\n", "SIB0", 1),
        ('sibdsl 1 en\nin French, Fnd is "le Fonds"\nparty Fund is investor\n', "SIB141", 1),
    ],
)
def test_what_cannot_be_translated_is_said(folder: Path, text: str, code: str, status: int) -> None:
    (folder / "c.sib").write_text(text, encoding="utf-8")
    result = sib("c.sib", "--to", "fr")
    assert (result.exit_code, result.stdout) == (status, "")
    assert code in result.stderr
    assert sib("nowhere.sib", "--to", "fr").exit_code == 2
