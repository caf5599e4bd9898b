"""The digest: the same for the same meaning, another for another."""

import pytest

from sibdsl.plan.digest import digest
from tests.lowering import plan_of

CONTRACT = """sibdsl 1 en
contract "One"
reference "A-1"
field "reoffending"
currency GBP
term from 2010-01-01 to 2018-12-31
party Payer is outcome payer, "The Ministry"
party Fund is investor and guarantor
party Trust is investor
party Assessor is evaluator
group Lenders is Fund 40%, Trust 60%
funding Lenders provide GBP 100 to Payer on 2011-01-01
evaluation Cohort 1 on 2014-06-30
evaluation Cohort 2 on 2015-06-30
measure Rate is a percentage at each evaluation, reported by Assessor
  "The rate"
measure Count is a count at each evaluation, reported by Assessor
Change means Rate - 5%
condition Good: Change is at least 3 points
rate card Results at each evaluation
  outcome Begins: GBP 100, once
  outcome Ends: GBP 200, once, requires Begins
payment Fee at each evaluation
  Payer pays GBP 10 * Count to Lenders
  when Good
  due 30 days after evaluation
payment Result Fee at each evaluation
  Payer pays Results to Fund
  due 30 days after evaluation
payment Last
  Payer pays GBP 1 to Trust
  due 2018-01-01
cap Fee: GBP 500
cap paid by Payer: GBP 900
cap return of Lenders: 13% per year
example "first"
  given Count at Cohort 1 is 3
  given Rate at Cohort 1 is 10%
  expect Fee at Cohort 1 is GBP 30
"""


def digest_of(text: str) -> str:
    return digest(plan_of(text, head=""))


def replaced(*changes: tuple[str, str]) -> str:
    text = CONTRACT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def original() -> str:
    return digest_of(CONTRACT)


def test_it_is_64_hexadecimal_digits(original: str) -> None:
    assert len(original) == 64
    assert set(original) <= set("0123456789abcdef")


def moved(first_words: str) -> str:
    """The contract with one statement moved to its end."""
    lines = CONTRACT.splitlines(keepends=True)
    start = next(at for at, line in enumerate(lines) if line.startswith(first_words))
    end = start + 1
    while end < len(lines) and lines[end].startswith("  "):
        end += 1
    return "".join(lines[:start] + lines[end:] + lines[start:end])


@pytest.mark.parametrize(
    "statement",
    [
        "currency",
        "term",
        "party Payer",
        "party Fund",
        "group",
        "funding",
        "evaluation Cohort 1",
        "measure Rate",
        "Change",
        "condition",
        "rate card",
        "payment Last",
        "cap Fee",
        "cap return",
        "example",
    ],
)
def test_the_order_of_statements_does_not_change_it(statement: str, original: str) -> None:
    assert digest_of(moved(statement)) == original


@pytest.mark.parametrize(
    "changes",
    [
        (("\n", "  # said\n"),),
        (("  ", "\n\n\t"),),
        (('"One"', '"Another"'),),
        (('"A-1"', '"B-2"'), ('"reoffending"', '"health"')),
        (('"The Ministry"', '"The Department"'), ('"The rate"', '"That rate"')),
        (("Change", "Difference"),),
        (("Good", "Success"),),
        (("when Good", "when Change is at least 3 points"),),
        (("is GBP 30", "is GBP 30\n  expect Change at Cohort 1 is 5 points"),),
        (("GBP 10 *", "GBP 10.00 *"),),
        (("GBP 500", "Most\nMost means GBP 500"),),
        (("investor and guarantor", "guarantor and investor"),),
        (("cap Fee: GBP 500", "rounding half up to GBP 0.01\ncap Fee: GBP 500"),),
        (("Change means", "Unused means Count * 2\nChange means"),),
    ],
)
def test_wording_does_not_change_it(changes: tuple[tuple[str, str], ...], original: str) -> None:
    assert digest_of(replaced(*changes)) == original


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to 2018-12-31", "to 2019-12-31"),
        ("Payer is", "Payer is intermediary and"),
        ("Fund 40%, Trust 60%", "Fund 41%, Trust 59%"),
        ("Fund 40%, Trust 60%", "Trust 60%, Fund 40%"),
        ("GBP 100 to Payer", "GBP 101 to Payer"),
        ("on 2011-01-01", "on 2011-01-02"),
        ("2014-06-30", "2014-06-29"),
        ("Cohort", "Wave"),
        ("a count at", "a number at"),
        ("Count", "Number"),
        ("Rate - 5%", "Rate - 6%"),
        ("is at least 3 points", "is more than 3 points"),
        ("Begins: GBP 100, once", "Begins: GBP 100, up to 2 times"),
        ("Begins", "Starts"),
        (", once, requires Begins", ", once"),
        ("GBP 10 * Count", "GBP 11 * Count"),
        ("GBP 10 * Count to Lenders", "GBP 10 * Count to Fund"),
        ("  when Good\n", ""),
        ("  when Good", "  unless Good"),
        ("due 2018-01-01", "due 2018-01-02"),
        ("due 2018-01-01", "due 2018-01-01, next business day in FR"),
        ("payment Last", "payment Final Fee"),
        ("cap Fee: GBP 500", "cap Fee: GBP 501"),
        ("cap Fee: GBP 500", "cap Fee: GBP 500 per evaluation"),
        ("cap Fee: GBP 500\n", ""),
        ("cap paid by Payer", "cap contract"),
        ("13% per year", "12% per year"),
        ("cap Fee: GBP 500", "rounding half even to GBP 0.01\ncap Fee: GBP 500"),
        ("reported by Assessor\n  ", "reported by Assessor, presumed 5%\n  "),
        ("reported by Assessor\n  ", "reported by Fund\n  "),
    ],
)
def test_meaning_changes_it(old: str, new: str, original: str) -> None:
    assert digest_of(replaced((old, new))) != original


def test_the_order_of_payments_due_on_one_day_changes_it(original: str) -> None:
    assert digest_of(moved("payment Fee")) != original


def test_ranks_after_says_the_order_aloud(original: str) -> None:
    fee = "payment Result Fee at each evaluation"
    ranked = replaced((fee, f"{fee} ranks after Fee"))
    assert digest_of(ranked) == original


ENGLISH = """sibdsl 1 en
contract "Two"
currency EUR
term from 2018-01-01 to 2021-12-31
party Ministère is outcome payer
party Investisseurs are investors
party Kimso is evaluator
evaluation Finale on 2021-03-31
measure Taux is a percentage at Finale, reported by Kimso
condition Impact: Taux is at least 3%
payment Prime at Finale
  the Ministère pays EUR 15,000.50 to the Investisseurs
  when Impact
  due 60 days after Finale
cap Ministère: EUR 465,000
"""
FRENCH = """sibdsl 1 fr
contrat « Deux »
devise EUR
durée du 2018-01-01 au 2021-12-31
partie Ministère est payeur
partie Investisseurs sont investisseurs
partie Kimso est évaluateur
évaluation Finale le 2021-03-31
mesure Taux est un taux lors de Finale, établi par Kimso
condition Impact : le Taux est d'au moins 3 %
paiement Prime lors de Finale
  le Ministère verse 15 000,50 EUR aux Investisseurs
  lorsque Impact
  échéance 60 jours après Finale
plafond Ministère : 465 000 EUR
"""


def test_the_language_of_the_keywords_does_not_change_it() -> None:
    assert digest_of(ENGLISH) == digest_of(FRENCH)


def test_it_is_the_same_on_every_machine() -> None:
    expected = "875a0d45ac241887ccfaa5132eb7f174b78bfa409d19fe7d4be8e2e8feeb336f"
    assert digest_of(ENGLISH) == expected
