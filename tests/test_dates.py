from datetime import date, timedelta
from fractions import Fraction

import pytest
import pyxirr

from sibdsl.dates import (
    DayCount,
    Frequency,
    add_months,
    full_years,
    growth,
    recurring,
    year_fraction,
)

ORACLE = {
    DayCount.ACTUAL_365: pyxirr.DayCount.ACT_365F,
    DayCount.ACTUAL_360: pyxirr.DayCount.ACT_360,
    DayCount.THIRTY_360: pyxirr.DayCount.THIRTY_360_ISDA,
    DayCount.THIRTY_E_360: pyxirr.DayCount.THIRTY_E_360,
    DayCount.ACTUAL_ACTUAL: pyxirr.DayCount.ACT_ACT_ISDA,
}
DATES_WITH_EDGES = [
    date(2015, 12, 31),
    date(2016, 1, 1),
    date(2016, 1, 30),
    date(2016, 1, 31),
    date(2016, 2, 28),
    date(2016, 2, 29),
    date(2016, 3, 1),
    date(2016, 12, 31),
    date(2017, 2, 28),
    date(2017, 3, 31),
    date(2019, 12, 31),
    date(2020, 7, 14),
    date(2024, 2, 29),
]


def days(*texts: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(text) for text in texts)


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        ("2018-01-31", 1, "2018-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2018-01-31", 2, "2018-03-31"),
        ("2018-03-31", -1, "2018-02-28"),
        ("2018-12-15", 1, "2019-01-15"),
        ("2018-01-15", -1, "2017-12-15"),
        ("2018-05-31", 0, "2018-05-31"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("0001-02-01", -1, "0001-01-01"),
        ("9999-11-30", 1, "9999-12-30"),
    ],
)
def test_months_count_from_the_anchor(anchor: str, months: int, expected: str) -> None:
    assert add_months(date.fromisoformat(anchor), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(("anchor", "months"), [("9999-12-01", 1), ("0001-01-01", -1)])
def test_a_date_outside_the_calendar_overflows(anchor: str, months: int) -> None:
    with pytest.raises(OverflowError, match="outside the years"):
        add_months(date.fromisoformat(anchor), months)


def test_month_ends_do_not_drift() -> None:
    occasions = recurring(date(2018, 1, 31), date(2018, 5, 31), Frequency.MONTHLY)
    assert occasions == days("2018-01-31", "2018-02-28", "2018-03-31", "2018-04-30", "2018-05-31")


def test_no_month_end_is_made_of_a_thirtieth() -> None:
    occasions = recurring(date(2014, 6, 30), date(2015, 6, 29), Frequency.QUARTERLY)
    assert occasions == days("2014-06-30", "2014-09-30", "2014-12-30", "2015-03-30")


def test_yearly_from_a_leap_day_returns_to_it() -> None:
    occasions = recurring(date(2016, 2, 29), date(2020, 12, 31), Frequency.YEARLY)
    assert occasions == days("2016-02-29", "2017-02-28", "2018-02-28", "2019-02-28", "2020-02-29")


def test_the_last_day_is_included() -> None:
    assert recurring(date(2014, 6, 30), date(2020, 6, 30), 12)[-1] == date(2020, 6, 30)
    assert len(recurring(date(2014, 6, 30), date(2020, 6, 30), 12)) == 7
    assert len(recurring(date(2014, 6, 30), date(2020, 6, 29), 12)) == 6
    assert recurring(date(2014, 6, 30), date(2014, 6, 30), 6) == (date(2014, 6, 30),)


def test_nothing_recurs_before_the_start() -> None:
    assert recurring(date(2014, 6, 30), date(2014, 6, 29), 1) == ()
    assert recurring(date(2014, 6, 30), date(2012, 1, 1), 1) == ()


def test_recurring_reaches_the_end_of_the_calendar() -> None:
    assert recurring(date(9999, 10, 31), date.max, 1) == days(
        "9999-10-31", "9999-11-30", "9999-12-31"
    )


@pytest.mark.parametrize("months", [0, -3])
def test_an_interval_that_goes_nowhere_is_a_bug(months: int) -> None:
    with pytest.raises(ValueError, match="at least one month"):
        recurring(date(2014, 6, 30), date(2020, 6, 30), months)


def test_day_counts_are_worded_as_in_a_contract() -> None:
    assert {count.value for count in DayCount} == {
        "actual/365",
        "actual/360",
        "30/360",
        "30E/360",
        "actual/actual",
    }


@pytest.mark.parametrize("count", DayCount)
def test_day_counts_agree_with_an_independent_implementation(count: DayCount) -> None:
    for start in DATES_WITH_EDGES:
        for end in DATES_WITH_EDGES:
            if end >= start:
                expected = pyxirr.year_fraction(start, end, ORACLE[count])
                assert float(year_fraction(count, start, end)) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "start", "end", "expected"),
    [
        (DayCount.ACTUAL_365, "2016-01-01", "2017-01-01", Fraction(366, 365)),
        (DayCount.ACTUAL_360, "2016-01-01", "2017-01-01", Fraction(366, 360)),
        # Where the two thirty-day counts differ: an end on a 31st after a start before the 30th.
        (DayCount.THIRTY_360, "2017-01-15", "2017-03-31", Fraction(76, 360)),
        (DayCount.THIRTY_E_360, "2017-01-15", "2017-03-31", Fraction(75, 360)),
        (DayCount.THIRTY_360, "2017-01-30", "2017-03-31", Fraction(60, 360)),
        (DayCount.THIRTY_360, "2017-01-31", "2017-03-31", Fraction(60, 360)),
        # Neither makes a 30th of the last day of February.
        (DayCount.THIRTY_360, "2017-02-28", "2017-03-31", Fraction(33, 360)),
        (DayCount.THIRTY_E_360, "2017-02-28", "2017-03-31", Fraction(32, 360)),
        (DayCount.ACTUAL_ACTUAL, "2016-01-01", "2017-01-01", Fraction(1)),
        (DayCount.ACTUAL_ACTUAL, "2015-12-31", "2016-01-01", Fraction(1, 365)),
        # The example of ISDA's memorandum of 1998 on actual/actual: 61/365 + 121/366.
        (
            DayCount.ACTUAL_ACTUAL,
            "2003-11-01",
            "2004-05-01",
            Fraction(61, 365) + Fraction(121, 366),
        ),
        (DayCount.ACTUAL_ACTUAL, "2015-07-01", "2018-07-01", Fraction(184 + 181, 365) + 2),
    ],
)
def test_day_counts_are_exact(count: DayCount, start: str, end: str, expected: Fraction) -> None:
    assert year_fraction(count, date.fromisoformat(start), date.fromisoformat(end)) == expected


@pytest.mark.parametrize("count", DayCount)
def test_no_time_runs_backwards(count: DayCount) -> None:
    later, earlier = date(2017, 3, 31), date(2016, 2, 29)
    assert year_fraction(count, later, earlier) == 0
    assert full_years(later, earlier) == (0, 0)
    assert growth(Fraction(-1), later, earlier, count) == 1


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2010-09-09", "2017-07-27", (6, 321)),
        ("2010-09-09", "2017-09-08", (6, 364)),
        ("2010-09-09", "2017-09-09", (7, 0)),
        ("2016-02-29", "2017-02-27", (0, 364)),
        ("2016-02-29", "2017-02-28", (1, 0)),
        ("2016-02-29", "2020-02-28", (3, 365)),
        ("2016-02-29", "2020-02-29", (4, 0)),
        ("2017-01-01", "2017-01-01", (0, 0)),
        ("9998-12-31", "9999-12-30", (0, 364)),
    ],
)
def test_a_year_is_full_on_its_anniversary(start: str, end: str, expected: tuple[int, int]) -> None:
    assert full_years(date.fromisoformat(start), date.fromisoformat(end)) == expected


def test_growth_compounds_full_years_and_adds_the_broken_one() -> None:
    rate = Fraction(13, 100)
    start = date(2013, 1, 31)
    assert growth(rate, start, date(2013, 1, 31)) == 1
    assert growth(rate, start, date(2014, 1, 31)) == 1 + rate
    assert growth(rate, start, date(2016, 3, 1)) == (1 + rate) ** 3 * (1 + rate * Fraction(30, 365))


def test_the_broken_year_goes_by_the_day_count() -> None:
    rate = Fraction(1, 20)
    start, end = date(2015, 1, 31), date(2016, 3, 31)
    full = 1 + rate
    assert growth(rate, start, end, DayCount.THIRTY_360) == full * (1 + rate * Fraction(60, 360))
    assert growth(rate, start, end, DayCount.ACTUAL_360) == full * (1 + rate * Fraction(60, 360))
    assert growth(rate, start, end, DayCount.ACTUAL_ACTUAL) == full * (1 + rate * Fraction(60, 366))
    assert growth(rate, start, end) == growth(rate, start, end, DayCount.ACTUAL_365)


def test_growth_over_full_years_agrees_with_a_yearly_return() -> None:
    # XIRR counts actual/365, and the years 2001 to 2003 have no leap day.
    start, end = date(2001, 1, 1), date(2001, 1, 1) + timedelta(days=3 * 365)
    grown = growth(Fraction(7, 100), start, end)
    assert pyxirr.xirr([start, end], [-100.0, float(100 * grown)]) == pytest.approx(0.07, abs=1e-9)
