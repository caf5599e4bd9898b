"""Contracts with one mistake each: one finding, at the right words, with the cure that mends it.

To add a row: the language, what stands in the sound contract, what is written instead, the code, the
words at the place of the finding, and words that its cure (or what was expected) holds.
"""

import pytest

from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source
from sibdsl.syntax.parse import parse

ENGLISH = """sibdsl 1 en

contract "Work"
currency GBP
term from 2018-01-01 to 2021-12-31
party Ministry is outcome payer
party Fund is investor, "The Fund"
evaluation Final on 2021-06-30
measure Rate is a percentage, reported by Ministry
measure People is a count
Growth means Rate - 5%
condition Success: the Rate is at least 7.5% and not any of (Growth is more than 1 point; People is 3)
table Tariff by Rate, in steps
  from 10%: GBP 1,000
  from 20%: GBP 2,000
  otherwise: GBP 0
payment Bonus
  the Ministry pays GBP 1,250.50 to the Fund
  when Success
  due 60 days after Final
cap contract: GBP 9,000
"""
FRENCH = """sibdsl 1 fr

contrat « Travail »
devise EUR
durée du 2018-01-01 au 2021-12-31
partie Ministère est payeur
partie Fonds est investisseur, « Le Fonds »
évaluation Finale le 2021-06-30
mesure Taux est un taux, établi par Ministère
mesure Personnes est un effectif
Hausse désigne Taux - 5 %
condition Réussite : le Taux est d'au moins 7,5 % et pas l'une de (Hausse est supérieure à 1 point ; Personnes vaut 3)
barème Tarif selon Taux, par paliers
  à partir de 10 % : 1 000 EUR
  à partir de 20 % : 2 000 EUR
  autrement : 0 EUR
paiement Prime
  le Ministère verse 1 250,50 EUR au Fonds
  lorsque Réussite
  échéance 60 jours après Finale
plafond contrat : 9 000 EUR
"""

SPAN = ", actual/365, from 2018-01-01 to 2019-01-01"
DAYS = ", exact/365, du 2018-01-01 au 2019-01-01"
SOUND: dict[Language, str] = {"en": ENGLISH, "fr": FRENCH}

Mistake = tuple[Language, str, str, str, str, str]
MISTAKES: list[Mistake] = [
    ("en", "payment Bonus", "paymnet Bonus", "SIB011", "paymnet", "‘payment’"),
    ("en", "when Success", "whn Success", "SIB011", "whn", "‘when’"),
    ("en", "is at least 7.5%", "is at laest 7.5%", "SIB011", "is at laest", "‘is at least’"),
    ("en", "measure Rate is", "mesure Rate is", "SIB026", "mesure", "‘measure’"),
    ("en", "condition Success: the", "condition Success the", "SIB029", "Rate", "‘:’"),
    ("en", "from 10%: GBP", "from 10% GBP", "SIB029", "GBP 1,000", "‘:’"),
    ("en", "otherwise: GBP", "otherwise GBP", "SIB029", "GBP 0", "‘:’"),
    ("en", "cap contract: GBP", "cap contract GBP", "SIB029", "GBP 9,000", "‘:’"),
    ("en", "a percentage, reported", "a percentage reported", "SIB029", "reported by", "‘,’"),
    ("en", "evaluation Final on 2021", "evaluation Final 2021", "SIB029", "2021-06-30", "‘on’"),
    ("en", "GBP 1,250.50 to", "GBP 1,250.50", "SIB029", "Fund", "‘to’"),
    ("en", '"The Fund"', '"The Fund', "SIB012", '"The Fund', "close the quotation"),
    ("en", '"The Fund"', "‘The Fund’", "SIB012", "‘", "double quotation marks"),
    ("en", "1 point; People", "1 point, People", "SIB018", ",", "semicolon"),
    ("en", "1,250.50", "1250,50", "SIB021", "GBP 1250,50", "GBP 1,250.5"),
    ("en", "1,250.50", "4.000", "SIB020", "GBP 4.000", "GBP 4,000 or GBP 4"),
    ("en", "1,250.50", "12.340", "SIB020", "GBP 12.340", "GBP 12,340 or GBP 12.34"),
    ("en", "1,250.50", "1,0000", "SIB020", "GBP 1,0000", "GBP 1,000 or GBP 10,000"),
    ("en", "1,250.50", "1,2345", "SIB020", "GBP 1,2345", "GBP 12,345 or GBP 1.2345"),
    ("en", "7.5%", "7,5%", "SIB021", "7,5%", "7.5%"),
    ("en", "1,250.50", "1,250,50", "SIB023", "GBP 1,250,50", ""),
    ("en", "on 2021-06-30", "on 31/12/2018", "SIB024", "31/12/2018", "2018-12-31"),
    ("en", "on 2021-06-30", "on 30 June 2018", "SIB024", "30 June 2018", "2018-06-30"),
    ("en", "on 2021-06-30", "on June 30, 2018", "SIB024", "June 30, 2018", "2018-06-30"),
    (
        "en",
        "on 2021-06-30",
        "on 03/04/2018",
        "SIB024",
        "03/04/2018",
        "the year, the month and the day",
    ),
    ("en", "on 2021-06-30", "on 2021-06-31", "SIB025", "2021-06-31", "June 2021 has 30 days"),
    ("en", "is at least 7.5%", ">= 7.5%", "SIB013", ">=", "‘is at least’"),
    ("en", "is at least 7.5%", "≤ 7.5%", "SIB013", "≤", "‘is at most’"),
    ("en", "Growth means", "Growth =", "SIB013", "=", "‘means’"),
    (
        "en",
        "is at least 7.5%",
        "is greater than 7.5%",
        "SIB011",
        "is greater than",
        "‘is more than’",
    ),
    ("en", "is at least 7.5%", "shall be at least 7.5%", "SIB011", "shall be", "‘is at least’"),
    ("en", "is at least 7.5%", "is at least 7.5 per cent", "SIB011", "per cent", "%"),
    ("en", "GBP 1,250.50", "£1,250.50", "SIB014", "£1,250.50", "GBP 1,250.50"),
    ("en", "GBP 1,250.50", "1,250.50 GBP", "SIB014", "1,250.50 GBP", "GBP 1,250.50"),
    ("en", "GBP 1,250.50", "$1,250.50", "SIB014", "$", "three letters"),
    ("en", "GBP 1,250.50", "GBP 1.25m", "SIB011", "m", "in full"),
    (
        "en",
        "measure Rate is",
        "measure Return to Work Rate is",
        "SIB016",
        "Return to Work Rate",
        "Return-to-Work-Rate",
    ),
    ("en", "party Fund is", "party St. John's is", "SIB016", ".", "full name in quotes"),
    ("en", "party Fund is", "party A&E is", "SIB016", "&", "full name in quotes"),
    ("en", "party Fund is", "party 3SC is", "SIB016", "3SC", "begins with a capital"),
    ("en", "is at least 7.5%", "is not at least 7.5%", "SIB011", "not", "before the test"),
    ("en", "party Fund is", "party fund is", "SIB035", "fund", "‘Fund’"),
    ("en", "the Ministry pays", "the ministry pays", "SIB035", "ministry", "‘Ministry’"),
    ("en", "payment Bonus", "Payment Bonus", "SIB033", "Payment", "‘payment’"),
    ("en", "to the Fund", "to Fund and Ministry", "SIB038", "Fund and Ministry", "group"),
    ("en", "  due 60 days after Final\n", "", "SIB030", "Bonus", "‘due 60 days after Final’"),
    ("en", "  due 60", "  Due 60", "SIB033", "Due", "‘due’"),
    (
        *("en", "due 60 days after", "within 60 days of", "SIB040"),
        *("within 60 days of Final", "‘due 60 days after Final’"),
    ),
    (
        *("en", "due 60 days after Final", "due no later than 2021-09-30", "SIB040"),
        *("due no later than 2021-09-30", "‘due on 2021-09-30’"),
    ),
    (
        *("en", "due 60 days after Final", "payable within 60 days", "SIB040"),
        *("payable within 60 days", "‘due 60 days after …’ and the evaluation"),
    ),
    (
        *("en", "days after Final", "days of an invoice", "SIB040"),
        *("due 60 days of", "‘due 60 days after …’ and the evaluation"),
    ),
    (
        *("en", "pays GBP 1,250.50", "pays the lesser of Tariff and GBP 5", "SIB041"),
        *("the lesser of Tariff and GBP 5", "‘the lesser of (Tariff; GBP 5)’"),
    ),
    (
        *("en", "pays GBP 1,250.50", "pays the higher of (2 * Tariff, GBP 5)", "SIB041"),
        *("the higher of (2 * Tariff, GBP 5", "‘the greater of (2 * Tariff; GBP 5)’"),
    ),
    (
        *("en", "pays GBP 1,250.50", f"pays interest on GBP 9 at a rate of 3% per annum{SPAN}"),
        *("SIB011", "per annum", "‘per year’"),
    ),
    (
        *("en", "pays GBP 1,250.50", f"pays interest on GBP 9 at a rate of 3% p.a.{SPAN}"),
        *("SIB011", "p.a.", "‘per year’"),
    ),
    (
        *("en", "pays GBP 1,250.50", f"pays interest on GBP 9 at 3% per year{SPAN}"),
        *("SIB011", "at", "‘at a rate of’"),
    ),
    (
        *("en", "pays GBP 1,250.50", f"pays interest on GBP 9 at an annual rate of 3%{SPAN}"),
        *("SIB011", "at an annual rate of", "‘at a rate of’"),
    ),
    ("en", "  when Success", "  When Success", "SIB033", "When", "‘when’"),
    ("en", "when Success", "when Success and no Success", "SIB011", "no", "‘not’"),
    ("en", "cap contract", "cap total", "SIB011", "total", "‘contract’"),
    ("en", "cap contract", "cap overall", "SIB011", "overall", "‘contract’"),
    ("en", "when Success", "when Success is met", "SIB011", "met", "alone"),
    ("en", "is at least 7.5%", "is higher by 5%", "SIB011", "higher by", "117% * X"),
    ("en", "60 days", "sixty days", "SIB011", "sixty", "figures"),
    ("en", "60 days", "60 business days", "SIB040", "due 60 business days", "next business day"),
    (
        "en",
        "  when Success\n",
        "  when Success\n  when Growth is 3 points\n",
        "SIB032",
        "when Growth is 3 points",
        "keep one",
    ),
    ("en", "  when Success\n", "  if Success\n", "SIB011", "if", "‘when’"),
    (
        "en",
        "  otherwise: GBP 0\n",
        "  otherwise: GBP 0\n  otherwise: GBP 1\n",
        "SIB032",
        "otherwise: GBP 1",
        "keep one",
    ),
    ("en", "  otherwise: GBP 0\n", "  else: GBP 0\n", "SIB011", "else", "‘otherwise’"),
    ("en", "by Rate, in steps", "by Rate", "SIB039", "table", "‘, in steps’"),
    ("en", "is 3)", "is 3", "SIB028", "(", "‘)’"),
    ("en", "is 3)", "is 3))", "SIB037", ")", "delete"),
    ("en", "not any of", "no any of", "SIB011", "no", "‘not’"),
    ("en", "term from", "term: from", "SIB010", ":", "delete"),
    ("en", "to the Fund\n", "to the Fund,\n", "SIB010", ",", "delete"),
    ("en", 'contract "Work"', "contract Work", "SIB010", "Work", "quotes"),
    ("en", "(Growth", "[Growth", "SIB015", "[", "delete"),
    ("en", "sibdsl 1 en\n\n", "", "SIB001", 'contract "Work"', "‘sibdsl 1 en’"),
    ("en", "sibdsl 1 en", "sibdsl en", "SIB001", "sibdsl en", "‘sibdsl 1 en’"),
    ("en", "sibdsl 1 en", "sibdsl 1 de", "SIB002", "de", "‘fr’"),
    ("en", "sibdsl 1 en", "sibdsl 2 en", "SIB003", "2", "pip install"),
    ("en", "Growth means", "Gro\u200bwth means", "SIB015", "\u200b", "type them again"),
    ("en", "the Rate", "the \u200bRate", "SIB015", "\u200b", "type them again"),
    ("en", '"Work"', '"Wo\u202erk"', "SIB015", "\u202e", "type them again"),
    ("en", "cap contract: GBP 9,000\n", "cap contract:", "SIB017", "", "value"),
    ("en", "after Final\n", "after Final.\n", "SIB027", ".", "full stop"),
    ("en", "GBP 9,000", "GBP 9,000.", "SIB027", ".", "full stop"),
    ("fr", "paiement Prime", "payement Prime", "SIB011", "payement", "«\u00a0paiement\u00a0»"),
    ("fr", "mesure Taux", "measure Taux", "SIB026", "measure", "«\u00a0mesure\u00a0»"),
    ("fr", "Réussite : le", "Réussite le", "SIB029", "Taux", "«\u00a0:\u00a0»"),
    ("fr", "« Le Fonds »", "« Le Fonds", "SIB012", "« Le Fonds", "fermez les guillemets"),
    ("fr", "partie Fonds est", "partie Fonds A&B est", "SIB016", "&", "entre guillemets"),
    (
        "fr",
        "est d'au moins 7,5 %",
        "n'est pas de 7,5 %",
        "SIB011",
        "n'est pas",
        "devant la condition",
    ),
    ("fr", "1 point ; ", "1 point, ", "SIB018", ",", "point-virgule"),
    ("fr", "1 250,50", "1250.50", "SIB021", "1250.50 EUR", "1\u202f250,5 EUR"),
    ("fr", "7,5 %", "7.5 %", "SIB021", "7.5 %", "7,5 %"),
    ("fr", "1 250,50", "1,000", "SIB020", "1,000 EUR", "1\u202f000 EUR ou 1 EUR"),
    ("fr", "le 2021-06-30", "le 31/12/2018", "SIB024", "31/12/2018", "2018-12-31"),
    ("fr", "le 2021-06-30", "le 30 juin 2018", "SIB024", "30 juin 2018", "2018-06-30"),
    ("fr", "le 2021-06-30", "le 1er juin 2018", "SIB024", "1er juin 2018", "2018-06-01"),
    ("fr", "est d'au moins", ">=", "SIB013", ">=", "est d'au moins"),
    ("fr", "est d'au moins", "atteint", "SIB011", "atteint", "est d'au moins"),
    ("fr", "est d'au moins", "excède", "SIB011", "excède", "est supérieur à"),
    ("fr", "1 250,50 EUR", "£5 000", "SIB014", "£5 000", "5 000 GBP"),
    ("fr", "1 250,50 EUR", "EUR 250", "SIB014", "EUR 250", "250 EUR"),
    ("fr", "1 250,50 EUR", "1 250,50 euros", "SIB011", "euros", "trois lettres"),
    ("fr", "7,5 %", "7,5 pour cent", "SIB011", "pour cent", "%"),
    ("fr", "  autrement :", "  sinon :", "SIB011", "sinon", "autrement"),
    ("fr", "et pas ", "et non ", "SIB011", "non", "pas"),
    (
        "fr",
        "  autrement : 0 EUR\n",
        "  autrement : 0 EUR\n  autrement : 1 EUR\n",
        "SIB032",
        "autrement : 1 EUR",
        "gardez",
    ),
    (
        "fr",
        "mesure Taux",
        "mesure Taux pour Emploi",
        "SIB016",
        "Taux pour Emploi",
        "Taux-pour-Emploi",
    ),
    ("fr", "mesure Taux", "mesure taux", "SIB035", "taux", "Taux"),
    ("fr", "le Taux est", "le taux est", "SIB035", "taux", "Taux"),
    ("fr", "paiement Prime", "Paiement Prime", "SIB033", "Paiement", "paiement"),
    ("fr", "  échéance 60 jours après Finale\n", "", "SIB030", "Prime", "échéance 60 jours"),
    ("fr", "  échéance 60", "  Échéance 60", "SIB033", "Échéance", "échéance"),
    (
        *("fr", "échéance 60 jours après", "dans les 60 jours suivant", "SIB040"),
        *("dans les 60 jours suivant Finale", "échéance 60 jours après Finale"),
    ),
    (
        *("fr", "échéance 60 jours après Finale", "échéance au plus tard le 2021-09-30", "SIB040"),
        *("échéance au plus tard le 2021-09-30", "échéance le 2021-09-30"),
    ),
    (
        *("fr", "échéance 60 jours après Finale", "sous 60 jours", "SIB040"),
        *("sous 60 jours", "échéance 60 jours après …"),
    ),
    (
        *("fr", "verse 1 250,50 EUR", "verse le plus petit de Tarif et de 5 EUR", "SIB041"),
        *("le plus petit de Tarif et de 5 EUR", "le moindre de (Tarif\u202f; 5 EUR)"),
    ),
    (
        *("fr", "verse 1 250,50 EUR", f"verse intérêts sur 9 EUR au taux annuel de 3 %{DAYS}"),
        *("SIB011", "au taux annuel de", "au taux de"),
    ),
    (
        *("fr", "verse 1 250,50 EUR", f"verse intérêts sur 9 EUR au taux de 3 % par année{DAYS}"),
        *("SIB011", "par année", "par an"),
    ),
    ("fr", "  lorsque Réussite", "  Lorsque Réussite", "SIB033", "Lorsque", "lorsque"),
    ("fr", "lorsque Réussite", "lorsque Réussite et non Réussite", "SIB011", "non", "pas"),
    ("fr", "plafond contrat", "plafond global", "SIB011", "global", "contrat"),
    ("fr", "lorsque Réussite", "lorsque Réussite est atteinte", "SIB011", "atteinte", "seul"),
    ("fr", "lorsque Réussite", "lorsque Réussite est rempli", "SIB011", "rempli", "seul"),
    (
        "fr",
        "est d'au moins 7,5 %",
        "est supérieur de 17 % au Taux",
        "SIB011",
        "supérieur de 17 % au",
        "* X",
    ),
    ("fr", "échéance 60", "échéance : 60", "SIB010", ":", "supprimez"),
    (
        "fr",
        "  lorsque Réussite\n",
        "  lorsque Réussite\n  lorsque Hausse est 3 points\n",
        "SIB032",
        "lorsque Hausse est 3 points",
        "gardez",
    ),
    ("fr", "lorsque Réussite", "si Réussite", "SIB011", "si", "lorsque"),
    ("fr", "Hausse désigne", "Hausse signifie", "SIB011", "signifie", "désigne"),
    ("fr", "vaut 3)", "vaut 3", "SIB028", "(", ")"),
    ("fr", "plafond contrat : 9 000 EUR\n", "plafond contrat :", "SIB017", "", "valeur"),
    ("fr", "après Finale\n", "après Finale.\n", "SIB027", ".", "supprimez le point"),
    ("fr", "devise EUR", "devise euros", "SIB011", "euros", "trois lettres"),
    ("fr", "sibdsl 1 fr", "sibdsl 1 en", "SIB026", "contrat", "sibdsl 1 fr"),
    (
        "fr",
        "le 2021-06-30",
        "le 2021-02-29",
        "SIB025",
        "2021-02-29",
        "février 2021 compte 28 jours",
    ),
    ("en", "on 2021-06-30", "on 2021-13-30", "SIB025", "2021-13-30", "2017-03-30"),
    ("fr", "sibdsl 1 fr", "sibdsl 2 fr", "SIB003", "2", "pip install"),
]


def said(language: Language, text: str) -> list[tuple[str, str, str]]:
    """Each finding as its code, the words at its place, and what it advises."""
    source = Source("x.sib", text)
    return [
        (
            finding.code,
            source.words(finding.label.span) if finding.label.span else "",
            " ".join(
                say(part, language)
                for part in (finding.label.text, finding.help)
                if part is not None
            ),
        )
        for finding in parse(source).findings
    ]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_contract_without_mistakes_reads(language: Language) -> None:
    assert said(language, SOUND[language]) == []


@pytest.mark.parametrize(("language", "sound", "written", "code", "place", "cure"), MISTAKES)
def test_a_mistake_is_found_once_in_its_place_with_its_cure(
    language: Language, sound: str, written: str, code: str, place: str, cure: str
) -> None:
    assert sound in SOUND[language]
    text = SOUND[language].replace(sound, written, 1)
    [(found, words, advice)] = said(language, text)
    assert (found, words) == (code, place)
    assert cure in advice


@pytest.mark.parametrize(("language", "sound", "written", "code", "place", "cure"), MISTAKES)
def test_a_mistake_of_syntax_is_all_that_the_check_finds(
    language: Language, sound: str, written: str, code: str, place: str, cure: str
) -> None:
    source = Source("x.sib", SOUND[language].replace(sound, written, 1))
    assert [finding.code for finding in compile_contract(source).findings] == [code], (place, cure)


@pytest.mark.parametrize(
    ("language", "sound", "written"),
    [
        ("en", '"The Fund"', "“The Fund”"),
        ("en", '"The Fund"', "„The Fund”"),
        ("en", '"The Fund"', '“The Fund"'),
        ("en", '"The Fund"', "« The Fund »"),
        ("en", "2021-06-30", "2021–06–30"),
        ("en", "2021-06-30", "2021‑06‑30"),
        ("fr", "2021-06-30", "2021\u201006\u221230"),
        ("en", "Rate - 5%", "Rate – 5%"),
        ("en", "Rate - 5%", "Rate\u00a0−\u00a05%"),
        ("en", "the Rate", "the\u00a0Rate"),
        ("fr", "est d'au moins", "est d’au moins"),
        ("fr", "« Travail »", "«\u202fTravail\u202f»"),
        ("fr", "1 250,50 EUR", "1\u202f250,50\u00a0€"),
        ("fr", "7,5 %", "7,5\u202f%"),
    ],
)
def test_what_a_word_processor_writes_is_read(language: Language, sound: str, written: str) -> None:
    sound_tree = parse(Source("x.sib", SOUND[language])).contract
    text = SOUND[language].replace(sound, written, 1)
    assert said(language, text) == []
    assert parse(Source("x.sib", text)).contract == sound_tree
