"""Exact values: strictness, conditions decided by what is known, tables, what is left out."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibdsl.dates import DayCount
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.exact import Exact
from sibdsl.evaluate.returns import annual_rate
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.plan.terms import (
    Aggregate,
    Bound,
    Cause,
    Index,
    Lookup,
    Operation,
    Quantifier,
    Relation,
    Several,
    Summary,
    TableMode,
)
from sibdsl.results.reported import Reported, Results
from sibdsl.units import NUMBER, YES_NO
from tests.plans import GBP, Draft, draft, final

F = Fraction
ALGEBRA = Exact(draft().plan(), Results())
MISSING = Undefined(Cause.NOT_AVAILABLE)


def value(made: Draft, term: Index, results: Results | None = None) -> Value:
    return evaluated_on(made.plan(), results or Results()).values[term]


# --------------------------------------------------------------------------------------- strictness


def test_undefined_beats_unknown_in_arithmetic() -> None:
    for pair in ((UNKNOWN, MISSING), (MISSING, UNKNOWN), (MISSING, F(1))):
        assert ALGEBRA.arithmetic(Operation.ADD, *pair) == MISSING
        assert ALGEBRA.compare(Relation.AT_LEAST, *pair) == MISSING
    assert ALGEBRA.arithmetic(Operation.MULTIPLY, F(0), UNKNOWN) is UNKNOWN


def test_a_division_by_zero_is_undefined_whatever_it_divides() -> None:
    zero = Undefined(Cause.DIVISION_BY_ZERO)
    assert ALGEBRA.arithmetic(Operation.DIVIDE, F(1), F(0)) == zero
    assert ALGEBRA.arithmetic(Operation.DIVIDE, UNKNOWN, F(0)) == zero


def test_the_fallback_holds_where_undefined_and_never_where_unknown() -> None:
    assert ALGEBRA.otherwise(MISSING, F(3)) == 3
    assert ALGEBRA.otherwise(UNKNOWN, F(3)) is UNKNOWN
    assert ALGEBRA.otherwise(F(0), F(3)) == 0


def test_only_the_condition_and_the_chosen_branch_count() -> None:
    assert ALGEBRA.choose(True, F(1), MISSING) == 1
    assert ALGEBRA.choose(False, UNKNOWN, F(2)) == 2
    assert ALGEBRA.choose(UNKNOWN, F(1), F(1)) is UNKNOWN
    assert ALGEBRA.choose(MISSING, F(1), F(1)) == MISSING


# ---------------------------------------------------------------------------------------- several

CONDITIONS = st.lists(st.sampled_from([True, False, UNKNOWN, MISSING]), max_size=5)


@given(CONDITIONS, st.sampled_from(Quantifier), st.integers(0, 5))
def test_a_condition_is_decided_exactly_when_what_is_known_decides_it(
    conditions: list[Value], quantifier: Quantifier, number: int
) -> None:
    """Compared with every way in which what is open may turn out."""
    needed = {Quantifier.ALL: len(conditions), Quantifier.ANY: 1}.get(quantifier, number)
    options = [[each] if isinstance(each, bool) else [True, False] for each in conditions]
    ways = {sum(way) >= needed for way in product(*options)}
    found = ALGEBRA.several(quantifier, number, conditions)
    if len(ways) == 1:
        assert found is ways.pop()
    else:
        assert found is UNKNOWN if UNKNOWN in conditions else found == MISSING


def test_a_condition_at_a_cancelled_evaluation_is_left_out() -> None:
    made = draft()
    years = [made.evaluation(f"Year {at}", date(2020 + at, 1, 1)) for at in range(2)]
    tests = made.measure("Success", YES_NO, years)
    every = made.add(Several(Quantifier.ALL, 0, tests, tuple(years), unit=YES_NO))
    some = made.add(Several(Quantifier.ANY, 0, tests, tuple(years), unit=YES_NO))
    results = Results({(0, 0): final(value=True)}, cancelled=frozenset({1}))
    assert value(made, every, results) is True
    assert value(made, some, Results(cancelled=frozenset({0, 1}))) is False


# --------------------------------------------------------------------------------------- summaries


@pytest.mark.parametrize(
    ("summary", "left", "of_nothing"),
    [
        (Summary.TOTAL, F(6), F(0)),
        (Summary.AVERAGE, F(3), Undefined(Cause.NOTHING_TO_AVERAGE)),
        (Summary.LOWEST, F(2), Undefined(Cause.NOTHING_TO_AVERAGE)),
        (Summary.HIGHEST, F(4), Undefined(Cause.NOTHING_TO_AVERAGE)),
    ],
)
def test_a_cancelled_evaluation_is_left_out_of_totals_and_averages(
    summary: Summary, left: Fraction, of_nothing: Value
) -> None:
    made = draft()
    years = [made.evaluation(f"Year {at}", date(2020 + at, 1, 1)) for at in range(3)]
    counts = made.measure("People", NUMBER, years)
    together = made.add(Aggregate(summary, counts, tuple(years), unit=NUMBER))
    reported: dict[tuple[int, int | None], Reported] = {(0, 0): final(2), (0, 1): final(4)}
    assert value(made, together, Results(reported)) is UNKNOWN
    assert value(made, together, Results(reported, cancelled=frozenset({2}))) == left
    assert value(made, together, Results(cancelled=frozenset({0, 1, 2}))) == of_nothing


def test_a_result_at_a_cancelled_evaluation_is_undefined() -> None:
    made = draft()
    year = made.evaluation("Year 1", date(2020, 1, 1))
    (people,) = made.measure("People", NUMBER, [year], presumed=F(5))
    assert value(made, people) == 5
    cancelled = Results({(0, 0): final(3)}, cancelled=frozenset({year}))
    assert value(made, people, cancelled) == Undefined(Cause.CANCELLED)


# ------------------------------------------------------------------------------------------ tables


def table(mode: TableMode, key: Fraction, *, otherwise: bool = True) -> Value:
    """From 10: 100, from 20: 200, above 20: 300, from 40: 500; otherwise 7."""
    made = draft()
    at = made.percentage(key)
    bounds = (Bound(F(10), True), Bound(F(20), True), Bound(F(20), False), Bound(F(40), True))
    rows = tuple(made.amount(amount) for amount in (100, 200, 300, 500))
    rest = made.amount(7) if otherwise else None
    return value(made, made.add(Lookup(mode, at, bounds, rows, rest, unit=GBP)))


@pytest.mark.parametrize(
    ("key", "amount"), [(9, 7), (10, 100), (19, 100), (20, 200), (21, 300), (39, 300), (99, 500)]
)
def test_a_table_in_steps_gives_the_last_row_reached(key: int, amount: int) -> None:
    assert table(TableMode.STEPS, F(key)) == amount


@pytest.mark.parametrize(
    ("key", "amount"), [(9, 7), (10, 100), (15, 150), (20, 200), (30, 400), (40, 500), (99, 500)]
)
def test_an_interpolated_table_runs_straight_between_rows(key: int, amount: int) -> None:
    assert table(TableMode.INTERPOLATED, F(key)) == amount


@pytest.mark.parametrize(
    ("key", "amount"), [(9, 0), (10, 0), (15, 500), (20, 1000), (30, 4000), (40, 7000), (41, 7500)]
)
def test_a_marginal_table_applies_each_rate_inside_its_band(key: int, amount: int) -> None:
    assert table(TableMode.MARGINAL, F(key)) == amount


def test_before_the_first_row_without_otherwise_is_undefined() -> None:
    below = table(TableMode.STEPS, F(9), otherwise=False)
    assert below == Undefined(Cause.BELOW_FIRST_ROW)


def test_a_row_that_is_not_reached_may_be_unknown() -> None:
    for mode in (TableMode.STEPS, TableMode.MARGINAL):
        made = draft()
        key, first, second = made.percentage("15"), made.amount(2), made.money("Second Price")
        bounds = (Bound(F(10), True), Bound(F(20), True))
        looked = made.add(Lookup(mode, key, bounds, (first, second), None, unit=GBP))
        assert value(made, looked) == (2 if mode is TableMode.STEPS else 10)


def test_a_rate_per_point_counts_hundredths() -> None:
    made = draft()
    key, rate = made.percentage("0.38"), made.amount(1000)
    bounds = (Bound(F(0), True),)
    looked = made.add(
        Lookup(TableMode.MARGINAL, key, bounds, (rate,), None, per_point=True, unit=GBP)
    )
    assert value(made, looked) == 38_000


# ------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(("months", "end"), [(120_000, date.max), (-120_000, date.min)])
def test_a_date_never_leaves_the_calendar(months: int, end: date) -> None:
    start = F(date(2020, 1, 31).toordinal())
    assert ALGEBRA.shift(start, months) == end.toordinal()
    beyond = ALGEBRA.arithmetic(Operation.ADD, start, F(10_000_000))
    assert ALGEBRA.shift(beyond, 1) == date.max.toordinal()


@pytest.mark.parametrize(
    ("broken", "grown"), [(True, F("1.21") * (1 + F(31, 3650))), (False, F("1.21"))]
)
def test_growth_counts_full_years_and_the_broken_one_where_asked(
    *, broken: bool, grown: Fraction
) -> None:
    start, end = (F(day.toordinal()) for day in (date(2019, 1, 1), date(2021, 2, 1)))
    found = ALGEBRA.growth(F("0.1"), DayCount.ACTUAL_365, start, end, broken_year=broken)
    assert found == grown


# ---------------------------------------------------------------------------------- annual rates

YEAR_0, YEAR_1, YEAR_2 = date(2019, 1, 1), date(2020, 1, 1), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("back", "rate"),
    [
        ("110", "0.1"),
        ("110.005", "0.1001"),  # exactly half a hundredth of a point: up
        ("110.004", "0.1"),
        ("100", "0"),
        ("95", "-0.05"),
        ("0.001", "-1"),
    ],
)
def test_the_annual_rate_is_exact_to_a_hundredth_of_a_point(back: str, rate: str) -> None:
    assert annual_rate([(YEAR_0, F(-100)), (YEAR_1, F(back))]) == F(rate)


def test_the_annual_rate_of_several_flows() -> None:
    flows = [(YEAR_0, F(-100)), (YEAR_1, F(10)), (YEAR_2, F(110))]
    assert annual_rate(flows) == F("0.1")
    assert annual_rate([(YEAR_0, F(-100)), (date(2019, 7, 2), F(105))]) == F("0.1028")


def test_there_is_no_annual_rate_without_a_change_of_sign_or_with_several() -> None:
    assert annual_rate([]) is None
    assert annual_rate([(YEAR_0, F(-100))]) is None
    assert annual_rate([(YEAR_0, F(-100)), (YEAR_1, F(230)), (YEAR_2, F(-132))]) is None
    assert annual_rate([(YEAR_0, F(-100)), (YEAR_0, F(150))]) is None
