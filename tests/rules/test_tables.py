"""Tables: three modes, edges, jumps, and what a bare name means."""

from fractions import Fraction

import pytest

from tests.rules.running import Row, errors, run, value, values

F = Fraction
STEPS = """table Fee by Share, in steps
  from 10%: GBP 100
  above 10%: GBP 150
  from 20%: GBP 400
  otherwise: GBP 7"""
LINES = """table Fee by Share, interpolated
  from 10%: GBP 100
  from 20%: GBP 400
  above 20%: GBP 600
  from 40%: GBP 1,000
  otherwise: GBP 7"""
BANDS = """table Fee by Number, marginal
  from 100: GBP 2
  from 300: GBP 3
  from 500: GBP 0
"""


def fee(table: str, key: str, measure: str = "Share") -> object:
    return value("Fee", table, results=[(measure, "", key)])


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        ("9.99%", 7),
        ("10%", 100),
        ("10.0001%", 150),
        ("19.9999%", 150),
        ("20%", 400),
        ("95%", 400),
        ("-3%", 7),
    ],
)
def test_steps_give_the_last_row_reached(key: str, amount: int) -> None:
    """“Steps: the last row reached”; “from 10%: … (≥) or above 10%: … (>)”."""
    assert fee(STEPS, key) == amount


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        ("9.99%", F(7)),
        ("10%", F(100)),
        # a third of the way from 100 to 400
        ("40/300", F(200)),
        ("15%", F(250)),
        # at the jump itself the row that includes it; just after it the other
        ("20%", F(400)),
        ("20.1%", F(602)),
        ("30%", F(800)),
        ("40%", F(1000)),
        ("99%", F(1000)),
    ],
)
def test_interpolated_runs_straight_between_rows(key: str, amount: Fraction) -> None:
    """“Interpolated: straight lines between rows, the last row's value after it, otherwise before the first”."""
    assert fee(LINES, key) == amount


@pytest.mark.parametrize(
    ("key", "amount"),
    [
        (0, 0),
        (100, 0),
        (101, 2),
        (300, 400),
        (301, 403),
        (500, 1000),
        (900, 1000),
        (-50, 0),
    ],
)
def test_marginal_is_the_rate_times_the_part_of_the_key_in_each_band(key: int, amount: int) -> None:
    """“Marginal: rate × the part of the key inside each band, nothing before the first row”."""
    assert fee(BANDS, key, "Number") == amount  # type: ignore[arg-type]


def test_a_marginal_table_by_a_percentage_says_per_point() -> None:
    """“by a percentage or points the rate says per point”: 25% is 15 points over 10%."""
    table = "table Fee by Share, marginal\n  from 10%: GBP 20 per point"
    assert fee(table, "25%") == 300
    assert errors("table Fee by Share, marginal\n  from 10%: GBP 20") != []
    assert errors("table Fee by Number, marginal\n  from 10: GBP 20 per point") != []


@pytest.mark.parametrize(
    "rows",
    [
        "from 20%: GBP 1\n from 10%: GBP 2\n otherwise: GBP 0",
        "from 20%: GBP 1\n from 20%: GBP 2\n otherwise: GBP 0",
        "above 20%: GBP 1\n from 20%: GBP 2\n otherwise: GBP 0",
        "above 20%: GBP 1\n above 20%: GBP 2\n otherwise: GBP 0",
    ],
)
def test_rows_rise_strictly_save_that_from_may_be_followed_by_above(rows: str) -> None:
    """“rows strictly rising, save that from x may be followed by above x (a jump)”."""
    assert errors(f"table Fee by Share, in steps\n {rows}") != []


def test_steps_and_interpolated_need_otherwise_and_marginal_has_none() -> None:
    """“plus otherwise: …”; “Marginal: … no otherwise”."""
    assert errors("table Fee by Share, in steps\n from 20%: GBP 1") != []
    assert errors("table Fee by Share, interpolated\n from 20%: GBP 1") != []
    assert errors("table Fee by Number, marginal\n from 20: GBP 1\n otherwise: GBP 0") != []


def test_the_mode_is_always_written() -> None:
    """“the mode is always written, since a default would move money”."""
    read = errors("table Fee by Share\n from 20%: GBP 1\n otherwise: GBP 0")
    assert read != []


def test_keys_are_of_any_kind_with_an_order() -> None:
    """“Keyed by any ordered value”."""
    rows: list[Row] = [("Start", "", "2022-03-01"), ("Effect", "", "2 points")]
    more = ("measure Start is a date", "measure Effect is in points")
    by_date = "table T by Start, in steps\n from 2022-03-01: 2\n otherwise: 1"
    by_points = "table T by Effect, in steps\n above 2 points: 2\n otherwise: 1"
    by_amount = "table T by Cost, in steps\n from GBP 0: 2\n otherwise: 1"
    assert value("T", by_date, *more, results=rows) == 2
    assert value("T", by_points, *more, results=rows) == 1
    assert value("T", by_amount, *more, results=[("Cost", "", 0)]) == 2
    assert errors("table T by Done, in steps\n from yes: 2\n otherwise: 1") != []


def test_row_values_are_expressions_of_one_type() -> None:
    """“Row values are expressions of one type”."""
    table = "table T by Share, in steps\n from 10%: 5% of Cost\n otherwise: GBP 1 * Number"
    rows: list[Row] = [("Share", "", "12%"), ("Cost", "", 300)]
    assert value("T", table, results=rows) == 15
    assert errors("table T by Share, in steps\n from 10%: GBP 5\n otherwise: 3") != []


def test_the_bare_name_is_the_value_at_its_own_key_where_that_exists() -> None:
    """“The table's bare name is its value at its own key, where that key exists”."""
    table = "table Fee by Rate, in steps\n from 10%: GBP 5\n otherwise: GBP 1"
    rows: list[Row] = [
        ("Rate", "Year 1", "9%"),
        ("Rate", "Year 2", "10%"),
        ("Rate", "Year 3", "11%"),
    ]
    found = run(table, "X means 2 * Fee", "Y means total of Fee", results=rows)
    assert values(found, "X") == [2, 10, 10]
    assert values(found, "Y") == [11]


def test_a_table_may_be_looked_up_at_another_value() -> None:
    """“T for 12% looks a table up at another value”."""
    assert value("Fee for 12%", STEPS) == 150
    assert value("Fee for (2 * Share)", STEPS, results=[("Share", "", "5%")]) == 100
