"""Values: every line of the type table comes to the value it should; unknown and undefined.

Which kind each operation makes, and what is refused with which cure, stands in ``tests/test_types.py``.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.rules.running import Row, came_to, errors, refused, run, value, values

F = Fraction
KNOWN: tuple[Row, ...] = (
    ("Share", "", "12%"),
    ("Number", "", 8),
    ("Cost", "", 300),
    ("People", "", 40),
    ("Places", "", 50),
    ("Effect", "", "3 points"),
    ("Start", "", "2024-01-31"),
)
MORE = (
    "measure People is a count",
    "measure Places is a count",
    "measure Effect is in points",
    "measure Start is a date",
)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        # scalar x T = T; T / scalar = T
        ("3 * Share", F(36, 100)),
        ("Share / 3", F(4, 100)),
        ("Effect / 2", F(15, 1000)),
        ("Cost * 5/6", F(250)),
        ("Cost / 4", F(75)),
        # a fraction also serves as a percentage
        ("Share + 5/6 * 6%", F(17, 100)),
        ("the greater of (Share; 1/4)", F(1, 4)),
        # ratios: a number where one is wanted, else a percentage
        ("People / Places", F(4, 5)),
        ("Number + People / Places", F(88, 10)),
        ("People / Places - 1/2", F(3, 10)),
        # percentage x T, T / percentage
        ("Share * Number", F(96, 100)),
        ("25% of People", F(10)),
        ("Share * 50%", F(6, 100)),
        ("Share * Effect", F(36, 10_000)),
        ("12% of Cost", F(36)),
        ("Cost / Share", F(2500)),
        ("People / 10%", F(400)),
        # like by like, and points by percentage
        ("Effect / 6 points", F(1, 2)),
        ("Effect / Share", F(1, 4)),
        ("Cost / GBP 400", F(3, 4)),
        # counts, numbers and amounts
        ("People * Cost", F(12_000)),
        ("Cost / People", F(15, 2)),
        ("People * Number", F(320)),
        ("People + Places", F(90)),
        ("People - Places", F(-10)),
        # percentages and points
        ("Share + 5%", None),
        ("5% + Share", F(17, 100)),
        ("Share - 5%", F(7, 100)),
        ("Share + 5 points", F(17, 100)),
        ("Share - Effect", F(9, 100)),
        ("Effect + 2 points", F(5, 100)),
        # the literal 100% on either side
        ("100% - Share", F(88, 100)),
        ("People / Places - 100%", F(-1, 5)),
        ("(100% - Share) * Cost", F(264)),
        # dates
        ("Start - 2024-01-01", F(30)),
        ("Start + 1 month", date(2024, 2, 29)),
        ("Start + 60 days", date(2024, 3, 31)),
        ("Start - 2 years", date(2022, 1, 31)),
        # points in X
        ("points in 38%", F(38)),
        ("points in Effect", F(3)),
        ("Cost * points in (Share - 5%)", F(2100)),
        # roundings, always with their direction
        ("Share rounded half up to 5%", F(10, 100)),
        ("Cost / 7 rounded up to GBP 1", F(43)),
        ("Cost / 7 rounded down to GBP 1", F(42)),
        ("GBP 2.50 rounded half even to GBP 1", F(2)),
        # choices
        ("the lesser of (Cost; GBP 200; GBP 250)", F(200)),
        ("the greater of (Cost; GBP 200; GBP 250)", F(300)),
        ("if Share is at least 12% then Cost else GBP 0", F(300)),
        ("if Share is more than 12% then Cost else GBP 0", F(0)),
        ("if Share is between 10% and 12% then Cost else GBP 0", F(300)),
    ],
)
def test_each_line_of_the_type_table_comes_to_its_value(
    expression: str, expected: Fraction | date | None
) -> None:
    """“Type table; all else is refused, with the cure.” Each value is worked out by hand."""
    if expected is None:
        assert errors(*MORE, f"X means {expression}") == [f"SIB304 {expression}"]
    else:
        assert value(expression, *MORE, results=KNOWN) == expected


def test_arithmetic_is_exact() -> None:
    """“All arithmetic is exact (rationals).”"""
    assert value("GBP 10 / 3 * 3") == 10
    assert value("Cost / 7", results=[("Cost", "", Decimal("0.1"))]) == F(1, 70)


def test_json_numbers_are_read_as_decimals_and_floats_are_refused() -> None:
    """“a Python float handed to the API is refused with advice”."""
    (said,) = refused(results=[("Cost", "", 0.1)])
    assert said.startswith("SIB619")


def test_rounding_happens_only_where_said_and_once_when_an_amount_falls_due() -> None:
    """“Rounding happens only where the text says so, and once when an amount falls due.”"""
    third = "payment Third\n the City pays GBP 100 / 3 to Fund\n due 2024-01-01"
    double = "payment Double\n the City pays 2 * gross amount of Third to Fund\n due 2024-01-02"
    # Twice 33.333… is 66.67; twice the rounded 33.33 would be 66.66.
    assert came_to(run(third, double)) == ["Third: 33.33", "Double: 66.67"]


# Unknown and undefined


def test_a_measure_not_yet_reported_is_unknown() -> None:
    """“A measure not yet reported is unknown”."""
    assert value("Cost * 2") == "unknown"


@pytest.mark.parametrize(
    ("expression", "results", "why"),
    [
        ("Cost / Number", [("Cost", "", 1), ("Number", "", 0)], "division by zero"),
        ("Cost * 2", [("Cost", "", "", "not available")], "not available"),
    ],
)
def test_what_is_undefined_names_its_cause(expression: str, results: list[Row], why: str) -> None:
    """“a division by zero … or a result reported not available, is undefined and names its cause”."""
    assert value(expression, results=results) == why


def test_at_previous_evaluation_is_undefined_at_the_first() -> None:
    """“at previous evaluation at the first one … is undefined”."""
    rows: list[Row] = [("Rate", f"Year {year}", f"{10 * year}%") for year in (1, 2, 3)]
    found = run("Change means Rate - Rate at previous evaluation", results=rows)
    assert values(found, "Change") == ["no previous evaluation", F(1, 10), F(1, 10)]


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        ("Done and Open", False),
        ("Open and Done", False),
        ("not Done or Open", True),
        ("Open or not Done", True),
        ("Done or Open", "unknown"),
        ("not Done and Open", "unknown"),
        ("not Open", "unknown"),
        ("all of (Done; Open)", False),
        ("any of (not Done; Open)", True),
        ("at least 2 of (not Done; not Done; Open)", True),
        ("at least 2 of (Done; Done; Open)", False),
        ("at least 2 of (Done; not Done; Open)", "unknown"),
    ],
)
def test_a_condition_already_decided_by_what_is_known_is_decided(
    test: str,
    expected: bool | str,  # noqa: FBT001
) -> None:
    """“and, or, all of, any of, at least n of follow three-valued logic”."""
    found = run("measure Open is yes or no", f"condition X: {test}", results=[("Done", "", "no")])
    assert values(found, "X") == [expected]


def test_or_else_gives_its_value_where_undefined_never_where_unknown() -> None:
    """“(X or else Y) gives Y where X is undefined, never where it is unknown”."""
    means = "(Cost / Number or else GBP 7)"
    assert value(means, results=[("Cost", "", 1), ("Number", "", 0)]) == 7
    assert value(means, results=[("Cost", "", 6), ("Number", "", 2)]) == 3
    assert value(means, results=[("Cost", "", 1)]) == "unknown"
    # By nil nothing can be divided: that is undefined already, whatever Cost may come to.
    assert value(means, results=[("Number", "", 0)]) == 7
    assert value("(Cost or else GBP 7)", results=[("Cost", "", "", "not available")]) == 7


def test_or_else_stands_in_brackets_unless_it_is_a_whole_definition() -> None:
    """“it stands in brackets unless it is a whole definition”."""
    assert errors("X means Cost or else GBP 7") == []
    assert errors("X means GBP 1 + (Cost or else GBP 7)") == []
    assert errors("X means GBP 1 + Cost or else GBP 7") == []
    assert errors("X means 2 * Cost or else GBP 7 + GBP 1") == []
    assert errors("payment P\n City pays Cost or else GBP 7 to Fund\n due 2024-01-01") != []


def test_a_presumed_value_holds_until_a_value_is_reported() -> None:
    """“A measure may be presumed V: until a value is reported V holds, and every reason that rests on it says presumed”."""
    lines = (
        "measure Stopped is yes or no, presumed no",
        "payment P\n the City pays GBP 5 to Fund\n unless Stopped\n due 2024-01-01",
    )
    (presumed,) = run(*lines).payments
    assert (presumed.amount, presumed.presumed) == (F(5), True)
    (reported,) = run(*lines, results=[("Stopped", "", "no")]).payments
    assert (reported.amount, reported.presumed) == (F(5), False)
    assert came_to(run(*lines, results=[("Stopped", "", "yes")])) == ["P: not due 0.00"]
    disputed = run(*lines, results=[("Stopped", "", "yes", "disputed")])
    assert came_to(disputed) == ["P: pending 0.00"]


def test_only_the_condition_and_the_chosen_branch_count() -> None:
    """“In if … then … else … only the condition and the chosen branch count”."""
    means = "if Done then Cost else GBP 1 / Number"
    assert value(means, results=[("Done", "", "yes"), ("Cost", "", 3)]) == 3
    assert value(means, results=[("Done", "", "no"), ("Number", "", 4)]) == F(1, 4)
    assert value(means, results=[("Done", "", "no"), ("Number", "", 0)]) == "division by zero"
    assert value(means, results=[("Cost", "", 3), ("Number", "", 4)]) == "unknown"


def test_a_payment_that_needs_an_unknown_value_is_pending_and_lists_what_it_waits_for() -> None:
    """“A payment that needs an unknown value is pending and lists what it waits for”."""
    (outcome,) = run(
        "payment P\n the City pays Cost * Number to Fund\n when Done\n due 2024-01-01",
        results=[("Number", "", 2)],
    ).payments
    assert {missing.name for missing in outcome.waits_for} == {"Cost", "Done"}


def test_a_payment_whose_condition_is_false_is_not_due_even_where_its_amount_is_unknown() -> None:
    """“one whose condition is false is not due, even where its amount is unknown”."""
    lines = "payment P\n the City pays Cost to Fund\n when Done\n due 2024-01-01"
    assert came_to(run(lines, results=[("Done", "", "no")])) == ["P: not due 0.00"]
    undefined: list[Row] = [("Done", "", "no"), ("Cost", "", "", "not available")]
    assert came_to(run(lines, results=undefined)) == ["P: not due 0.00"]


# Currencies

EUROS = "measure Grant is an amount in EUR"


def test_amounts_of_two_currencies_never_meet_without_a_rate() -> None:
    """“amounts of two currencies never meet in one sum, cap or return without exchange rate”."""
    assert errors(EUROS, "X means Cost + Grant") == ["SIB308 Cost + Grant"]
    paid = "payment P\n the City pays Grant to Fund\n due 2024-01-01"
    assert errors(EUROS, paid, "cap City: GBP 5")[0].startswith("SIB")
    assert errors(
        "funding Fund provides GBP 5 to Charity on 2020-01-01",
        EUROS,
        paid,
        "cap return of Fund: 5% per year",
    )[0].startswith("SIB")


def test_an_amount_is_converted_by_the_rate_in_the_contract_or_by_a_measured_one() -> None:
    """“exchange rate EUR 1 is USD 1.077 (or is NAME, a measured number) and X in USD”."""
    fixed = "exchange rate EUR 1 is GBP 0.80"
    assert value("Grant in GBP", EUROS, fixed, results=[("Grant", "", 10)]) == 8
    assert value("Cost in EUR", EUROS, fixed, results=[("Cost", "", 10)]) == F(25, 2)
    measured = "exchange rate EUR 1 is Number"
    rows: list[Row] = [("Grant", "", 10), ("Number", "", Decimal("0.9"))]
    assert value("Grant in GBP", EUROS, measured, results=rows) == 9
