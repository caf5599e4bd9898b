"""Names, numbers, texts and layout: every rule of how a contract is written, with counter-examples."""

from datetime import date
from fractions import Fraction

import pytest

from sibdsl.diagnostics import Severity
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax import nodes as n
from sibdsl.syntax.lexer import Lexer, Token
from sibdsl.syntax.parse import Parsed, parse
from sibdsl.syntax.walk import walk


def tokens(text: str, language: Language = "en") -> list[Token]:
    lexer = Lexer(text, language)
    read: list[Token] = []
    at = 0
    while (token := lexer.token(at, ())).type != "$END":
        read.append(token)
        at = token.span.end
    assert lexer.findings == []
    return read


def written(text: str, language: Language = "en") -> list[str]:
    return [token.text for token in tokens(text, language)]


def contract(text: str, language: Language = "en", name: str = "x.sib") -> Parsed:
    return parse(Source(name, f"sibdsl 1 {language}\n{text}"))


def statements(text: str, language: Language = "en") -> tuple[n.Statement, ...]:
    parsed = contract(text, language)
    assert parsed.findings == ()
    assert parsed.contract is not None
    return parsed.contract.statements


# Defined Terms


@pytest.mark.parametrize(
    "name",
    [
        "Rate",
        "Share of Participants",
        "Share of the Participants",
        "St Basil's",
        "J.B. Pritzker",
        "J. B. Pritzker Family Foundation",
        "Return-to-Work Rate",
        "Cohort 1",
        "Phase 2 Cohort 12",
        "Year 100",
        "École Élémentaire",
        "KPI 5",
        "CAF Venturesome",
        "O'Brien",
        "Article_5",
    ],
)
def test_an_english_name_is_one_name(name: str) -> None:
    assert [(token.type, token.text) for token in tokens(name)] == [("NAME", name)]


@pytest.mark.parametrize(
    "name",
    [
        "Taux de Retour",
        "Taux des Missions Locales",
        "Ministère du Travail",
        "Taux d'Emploi",
        "Part de la Région",
        "Prix de l'Emploi",
        "Année 1",
        "Saint-Étienne",
        "Œuvre Sociale",
    ],
)
def test_a_french_name_is_one_name(name: str) -> None:
    assert [(token.type, token.text) for token in tokens(name, "fr")] == [("NAME", name)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("City 20%", ["City", "20%"]),
        ("City 20 %", ["City", "20 %"]),
        ("City 1/3", ["City", "1/3"]),
        ("Year 2 / Score", ["Year 2", "/", "Score"]),
        ("Year 2/Score", ["Year 2", "/", "Score"]),
        ("Year 2 / 3", ["Year 2", "/", "3"]),
        ("City 1.5", ["City", "1.5"]),
        ("City 1,000", ["City", "1,000"]),
        ("City 1000", ["City", "1000"]),
        ("Rate 3 points", ["Rate", "3 points"]),
        ("Rate 3 percentage points", ["Rate", "3 percentage points"]),
        ("Term 60 days", ["Term", "60", "days"]),
        ("Term 2 years", ["Term", "2", "years"]),
        ("Limit 4 times", ["Limit", "4", "times"]),
        ("Senior GBP 5", ["Senior", "GBP 5"]),
        ("Price USD 15.12", ["Price", "USD 15.12"]),
        ("Return to Work", ["Return", "to", "Work"]),
        ("Cohort 1 is", ["Cohort 1", "is"]),
        ("Rate\nOther", ["Rate", "Other"]),
        ("Rate of\nReturn", ["Rate", "of", "Return"]),
        ("Cohort\n1", ["Cohort", "1"]),
        ("Rate of return", ["Rate", "of", "return"]),
    ],
)
def test_what_does_not_continue_an_english_name(text: str, parts: list[str]) -> None:
    lexer = Lexer(text, "en")
    read, at = [], 0
    while (token := lexer.token(at, ())).type != "$END":
        read.append(token.text)
        at = token.span.end
    assert read == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ville 20 %", ["Ville", "20 %"]),
        ("Ville 1/3", ["Ville", "1/3"]),
        ("Année 2 / Score", ["Année 2", "/", "Score"]),
        ("Année 2 / 3", ["Année 2", "/", "3"]),
        ("Ville 1,5", ["Ville", "1,5"]),
        ("Ville 1 000", ["Ville", "1 000"]),
        ("Senior 5 EUR", ["Senior", "5 EUR"]),
        ("Senior 5 €", ["Senior", "5 €"]),
        ("Senior 500 EUR", ["Senior", "500 EUR"]),
        ("Taux 3 points", ["Taux", "3 points"]),
        ("Durée 60 jours", ["Durée", "60", "jours"]),
        ("Durée 2 ans", ["Durée", "2", "ans"]),
        ("Limite 4 fois", ["Limite", "4", "fois"]),
        ("Taux\nde Retour", ["Taux", "de", "Retour"]),
    ],
)
def test_what_does_not_continue_a_french_name(text: str, parts: list[str]) -> None:
    assert written(text, "fr") == parts


@pytest.mark.parametrize(
    ("language", "text", "name", "article"),
    [
        ("en", "the Rate", "Rate", "the "),
        ("en", "The Rate", "Rate", "The "),
        ("en", "Theatre Company", "Theatre Company", ""),
        ("fr", "le Taux", "Taux", "le "),
        ("fr", "la Région", "Région", "la "),
        ("fr", "les Investisseurs", "Investisseurs", "les "),
        ("fr", "l'Écart", "Écart", "l'"),
        ("fr", "L’Écart", "Écart", "L’"),
        ("fr", "Lesage", "Lesage", ""),
    ],
)
def test_an_article_is_kept_and_means_nothing(
    language: Language, text: str, name: str, article: str
) -> None:
    [token] = tokens(text, language)
    assert (token.text, token.article) == (name, article)
    assert text[token.span.start : token.span.end] == text[len(article) :]


def test_a_name_is_compared_without_its_typography() -> None:
    plain, typeset = tokens("St Basil's-Upon Rate\nSt\u00a0 Basil’s‑Upon  Rate")
    assert plain.text == typeset.text == "St Basil's-Upon Rate"


@pytest.mark.parametrize(
    "text",
    [
        "paiement P\nle Ministère verse 5 EUR aux Investisseurs\néchéance 2021-01-01",
        "paiement P\nMinistère verse 5 EUR à Investisseurs\néchéance le 2021-01-01",
        "paiement P\nle Ministère versent 5 EUR à les Investisseurs\néchéance 2021-01-01",
        "paiement P\nLe Ministère paie 5 EUR au Investisseurs\néchéance 2021-01-01",
    ],
)
def test_every_contraction_and_agreement_reads_alike(text: str) -> None:
    plain = "paiement P\nMinistère verse 5 EUR à Investisseurs\néchéance 2021-01-01"
    assert statements(text, "fr") == statements(plain, "fr")


# Numbers, amounts, dates


def value(text: str, language: Language) -> object:
    keyword = "means" if language == "en" else "désigne"
    [definition] = statements(f"X {keyword} {text}", language)
    assert isinstance(definition, n.Definition)
    return definition.body


HERE = Span(0, 0)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "1,250.5", n.Number(Fraction("1250.5"), span=HERE)),
        ("en", "1250.5", n.Number(Fraction("1250.5"), span=HERE)),
        ("fr", "1 250,5", n.Number(Fraction("1250.5"), span=HERE)),
        ("fr", "1\u00a0250,5", n.Number(Fraction("1250.5"), span=HERE)),
        ("fr", "1\u202f250,5", n.Number(Fraction("1250.5"), span=HERE)),
        ("fr", "1250,5", n.Number(Fraction("1250.5"), span=HERE)),
        ("en", "7.5%", n.Percentage(Fraction("0.075"), span=HERE)),
        ("en", "7.5 %", n.Percentage(Fraction("0.075"), span=HERE)),
        ("fr", "7,5\u202f%", n.Percentage(Fraction("0.075"), span=HERE)),
        ("en", "3 points", n.Points(Fraction("0.03"), span=HERE)),
        ("fr", "7,5\u00a0points", n.Points(Fraction("0.075"), span=HERE)),
        ("en", "1 point", n.Points(Fraction("0.01"), span=HERE)),
        ("en", "GBP 1,250.50", n.Amount(Fraction("1250.5"), "GBP", span=HERE)),
        ("en", "GBP\u00a01,250.50", n.Amount(Fraction("1250.5"), "GBP", span=HERE)),
        ("fr", "1 250,50 EUR", n.Amount(Fraction("1250.5"), "EUR", span=HERE)),
        ("fr", "1\u202f250,50\u00a0€", n.Amount(Fraction("1250.5"), "EUR", span=HERE)),
        ("en", "2017-03-30", n.Date(date(2017, 3, 30), span=HERE)),
        ("en", "13 / 155", None),
        ("fr", "13/155", None),
    ],
)
def test_a_literal_is_read_exactly(language: Language, text: str, expected: object) -> None:
    thirteen = n.Number(Fraction(13), span=HERE), n.Number(Fraction(155), span=HERE)
    fraction = n.Arithmetic(n.Operator.DIVIDED_BY, thirteen[0], thirteen[1], span=HERE)
    assert value(text, language) == (expected or fraction)


# Layout, comments, literate files


@pytest.mark.parametrize("space", ["\n", "\r\n", "\t", "  ", "\u00a0 ", "\n\n# a comment\n"])
def test_layout_never_matters(space: str) -> None:
    words = ("party", "Fund", "is", "investor", ",", "Gap", "means", "(", "Rate", "-", "7%", ")")
    text = 'party Fund is investor, "A" Gap means (Rate - 7%)'
    spread = space.join(words).replace(",", ', "A"\n')
    assert statements(spread) == statements(text)


def test_comments_are_kept_with_their_places() -> None:
    parsed = contract("# first\nparty Fund is investor # second\n#third")
    assert parsed.contract is not None
    assert [comment.text for comment in parsed.contract.comments] == [" first", " second", "third"]
    places = [parsed.source.words(comment.span) for comment in parsed.contract.comments]
    assert places == ["# first", "# second", "#third"]


def test_a_number_sign_in_a_text_begins_no_comment() -> None:
    [party] = statements('party Fund is investor, "Fund #1"')
    assert isinstance(party, n.Party)
    assert party.full_name == n.Text("Fund #1", span=HERE)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\u2028", "\u0085"])
def test_no_line_end_hides_a_clause_behind_a_comment(line_end: str) -> None:
    lines = ("sibdsl 1 en", "# the parties", "party Fund is investor", "")
    contract = parse(Source("x.sib", line_end.join(lines))).contract
    assert contract is not None
    assert len(contract.statements) == 1


LITERATE = """# The contract of the Fund

Words of lawyers: party Nobody is investor.

```sib
sibdsl 1 en
party Fund is investor
```

Between the two halves of a clause stands a reason.

~~~~ sib title
payment Bonus
  Council pays GBP 5 to Fund
~~~
~~~~

```python
party = "Other"
```

```sib
  due 2021-01-01
```
"""


def test_only_the_fences_of_a_literate_file_are_read_and_places_stay_true() -> None:
    parsed = parse(Source("x.sib.md", LITERATE.replace("~~~\n~~~~", "~~~~")))
    assert parsed.findings == ()
    assert parsed.contract is not None
    party, payment = parsed.contract.statements
    assert parsed.source.words(party.span) == "party Fund is investor"
    assert parsed.source.position(party.span.start) == (7, 1)
    assert isinstance(payment, n.Payment)
    assert parsed.source.words(payment.due.span) == "due 2021-01-01"


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_a_literate_file_may_have_any_line_ends(line_end: str) -> None:
    text = "```sib\nsibdsl 1 en\nparty Fund is investor\n```\nprose\n".replace("\n", line_end)
    parsed = parse(Source("x.sib.md", text))
    assert parsed.findings == ()
    assert parsed.contract is not None
    assert len(parsed.contract.statements) == 1


@pytest.mark.parametrize("unseen", ["\u2028", "\u0085", "\x0c", "\x1c"])
def test_what_a_page_does_not_show_as_a_fence_is_none(unseen: str) -> None:
    text = f"```sib\nsibdsl 1 en\n```\nprose{unseen}```sib{unseen}party Fund is investor\n"
    parsed = parse(Source("x.sib.md", text))
    assert parsed.contract is not None
    assert parsed.contract.statements == ()


@pytest.mark.parametrize(
    "opening",
    [
        "> ```sib",
        "``` Sib",
        "```{.sib}",
        "    ```sib",
        "- ```sib",
        "10. ~~~ SIB",
        "```sib,numbered",
    ],
)
def test_what_looks_like_a_fence_and_is_none_is_told(opening: str) -> None:
    text = f"```sib\nsibdsl 1 en\n```\nprose\n\n{opening}\nparty Fund is investor\n```\n"
    parsed = parse(Source("x.sib.md", text))
    assert parsed.contract is not None
    assert parsed.contract.statements == ()
    (finding,) = parsed.findings
    assert (finding.code, finding.severity) == ("SIB092", Severity.WARNING)
    assert finding.label.span is not None
    assert opening.endswith(parsed.source.words(finding.label.span))
    alone = parse(Source("x.sib.md", f"{opening}\nsibdsl 1 en\n```\n"))
    assert [one.code for one in alone.findings] == ["SIB001", "SIB092"]


@pytest.mark.parametrize(
    "prose",
    ["````markdown\n> ```sib\n```Sib\n````", "```text\nsib\n```", "Write ```sib here.", "> sib"],
)
def test_other_fences_are_not_taken_for_one(prose: str) -> None:
    text = f"```sib\nsibdsl 1 en\n```\n{prose}\n   ```sib numbered\nparty Fund is investor\n```\n"
    parsed = parse(Source("x.sib.md", text))
    assert parsed.findings == ()
    assert parsed.contract is not None
    assert len(parsed.contract.statements) == 1


def test_a_shorter_fence_does_not_close_a_longer_one() -> None:
    parsed = parse(Source("x.sib.md", LITERATE))
    assert [parsed.source.words(f.label.span or Span(0, 0)) for f in parsed.findings] == ["~"]


@pytest.mark.parametrize(
    "header",
    [
        "sibdsl 1 en\n",
        "\ufeffsibdsl 1 en\n",
        "\n\n  sibdsl  1\ten  \n",
        "sibdsl 1 en # signed version\n",
        "sibdsl 1 en\r\n",
        "sibdsl 1 en",
    ],
)
def test_the_first_line_reads(header: str) -> None:
    parsed = parse(Source("x.sib", header))
    assert parsed.findings == ()
    assert parsed.contract is not None
    assert parsed.contract.language == "en"


# Going on after a mistake


def test_two_mistakes_are_two_findings_and_the_rest_is_read() -> None:
    parsed = contract(
        "party Fund is investor\nparty Other is banker\nmeasure Rate is a percentage\n"
        "measure Jobs is a lot\nevaluation Final on 2021-06-30\n"
    )
    assert [finding.code for finding in parsed.findings] == ["SIB011", "SIB011"]
    assert parsed.contract is not None
    read = [getattr(statement, "name").text for statement in parsed.contract.statements]  # noqa: B009
    assert read == ["Fund", "Rate", "Final"]
    assert [name.text for name in parsed.contract.broken] == ["Other", "Jobs"]


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("Gap means * 3", "Gap"),
        ("condition Good: is 3", "Good"),
        ("table T by Rate, in steps\n  from: 3", "T"),
        ("rate card Prices at each Year\n  outcome: 3", "Prices"),
        ("payment Bonus\n  Council pays to Fund", "Bonus"),
        ("evaluations Year yearly to 2020-01-01", "Year"),
    ],
)
def test_the_name_of_a_broken_statement_is_known(text: str, broken: str) -> None:
    parsed = contract(f"{text}\nparty Fund is investor\n")
    assert parsed.contract is not None
    assert [name.text for name in parsed.contract.broken] == [broken]
    assert len(parsed.findings) == 1
    assert len(parsed.contract.statements) == 1


def test_each_line_of_an_example_is_read_by_itself() -> None:
    parsed = contract(
        'example "e"\n  given A is 3\n  given B as 4\n  given C is 5\n  expect D as 6\n'
        "party Fund is investor\n"
    )
    assert [parsed.source.words(f.label.span or Span(0, 0)) for f in parsed.findings] == [
        "as",
        "as",
    ]
    assert parsed.contract is not None
    assert isinstance(parsed.contract.statements[-1], n.Party)


def test_every_place_of_an_example_contract_covers_its_words() -> None:
    text = "Gap means (Rate - Other Rate) / Rate"
    parsed = contract(text)
    assert parsed.contract is not None
    names = [node for node in walk(parsed.contract) if isinstance(node, n.Name)]
    assert [parsed.source.words(name.span) for name in names] == [name.text for name in names]
    assert [name.text for name in names] == ["Gap", "Rate", "Other Rate", "Rate"]


def test_a_fraction_is_one_number() -> None:
    """``5/6 of X`` is five sixths of X, not 5 divided by ``6 of X``; with spaces it divides."""
    together = parse(Source("t.sib", "sibdsl 1 en\nX means 5/6 of Y\n")).contract
    apart = parse(Source("t.sib", "sibdsl 1 en\nX means (5 / 6) of Y\n")).contract
    assert together is not None
    assert apart is not None
    assert together.statements == apart.statements


@pytest.mark.parametrize(
    ("statement", "cure"),
    [
        ("X means GBP 94.505", "write GBP 94.5050 to say so, or GBP 94,505"),
        ("X means GBP 94.5050", None),
        ("X means GBP 0.125", None),
        ("X means GBP 1,094.505", None),
        ("X means TND 94.505", None),
        ("exchange rate EUR 1 is USD 1.077", None),
    ],
)
def test_an_amount_with_three_decimals_is_doubted(statement: str, cure: str | None) -> None:
    parsed = contract(statement)
    assert parsed.ok
    assert parsed.contract is not None
    assert len(parsed.contract.statements) == 1
    assert parsed.contract.unread == ()
    said = [(one.code, one.help and say(one.help, "en")) for one in parsed.findings]
    assert said == ([] if cure is None else [("SIB560", cure)])


def test_an_amount_that_is_refused_is_not_doubted_too() -> None:
    parsed = contract("X means GBP 94.500")
    assert [one.code for one in parsed.findings] == ["SIB020"]
