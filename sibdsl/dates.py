"""Dates of a contract: months, recurring occasions, day counts, growth. All of it exact.

Day counts are those of the 2006 ISDA Definitions, section 4.16. A period that ends before it starts
holds no day: no time has run, so no interest has. Every function below keeps to that, whatever
the rate, so that a date which arrives late or early in the results never makes a run fail and never
turns interest into a deduction.
"""

from datetime import date
from enum import Enum, IntEnum
from fractions import Fraction
from itertools import pairwise
from typing import assert_never


class Frequency(IntEnum):
    """The intervals that have a word of their own, in months; any whole number of months serves."""

    MONTHLY = 1
    QUARTERLY = 3
    YEARLY = 12


def add_months(anchor: date, months: int) -> date:
    """The same day of the month, ``months`` later (or earlier), or the month's last day.

    31 January + 1 month is 28 or 29 February; + 2 months is 31 March. Adding 1 month twice is
    something else, hence *anchor*: count from the date that the contract names.

    OverflowError when the date would lie outside the years 1 to 9999, as adding days has it.
    """
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{anchor} + {months} months lies outside the years 1 to 9999")
    month += 1
    if anchor.day <= 28:  # every month has it
        return date(year, month, anchor.day)
    return date(year, month, min(anchor.day, _last_day(year, month)))


def _last_day(year: int, month: int) -> int:
    if month == 2:
        return _days_in(year) - 337
    return 30 if month in {4, 6, 9, 11} else 31


def recurring(start: date, end: date, months: int) -> tuple[date, ...]:
    """The dates every ``months`` months from ``start`` on, up to ``end`` included.

    Each is counted from ``start``, so month ends do not drift: monthly from 31 January gives
    28 February, then 31 March. And no date is moved to a month end that the anchor does not have:
    quarterly from 30 June gives 30 September, 30 December, 30 March. Empty when ``end`` comes before
    ``start``. ValueError unless ``months`` is positive.
    """
    if months < 1:
        raise ValueError(f"an interval is at least one month, not {months}")
    span = (end.year - start.year) * 12 + end.month - start.month
    occasions = (add_months(start, later) for later in range(0, span + 1, months))
    return tuple(occasion for occasion in occasions if occasion <= end)


class DayCount(Enum):
    """How the time between two dates is measured in years; the value is the contract's wording.

    ====================  ==========================================  =======================
    wording               days / year                                 2006 ISDA Definitions
    ====================  ==========================================  =======================
    ``actual/365``        days elapsed / 365, in leap years too       4.16(d), 365 (Fixed)
    ``actual/360``        days elapsed / 360                          4.16(e)
    ``30/360``            the bond basis: months of 30 days           4.16(f)
    ``30E/360``           the Eurobond basis: months of 30 days       4.16(g)
    ``actual/actual``     days in a leap year / 366, the others / 365  4.16(b)
    ====================  ==========================================  =======================
    """

    ACTUAL_365 = "actual/365"
    ACTUAL_360 = "actual/360"
    THIRTY_360 = "30/360"
    THIRTY_E_360 = "30E/360"
    ACTUAL_ACTUAL = "actual/actual"


def year_fraction(day_count: DayCount, start: date, end: date) -> Fraction:
    """The time from ``start`` to ``end`` in years; 0 when ``end`` comes before ``start``."""
    if end <= start:
        return Fraction(0)
    match day_count:
        case DayCount.ACTUAL_365:
            return Fraction((end - start).days, 365)
        case DayCount.ACTUAL_360:
            return Fraction((end - start).days, 360)
        case DayCount.THIRTY_360:
            # The 31st counts as the 30th at the end only if the start is a 30th or a 31st.
            first = min(start.day, 30)
            last = 30 if end.day == 31 and first == 30 else end.day
            return _thirty_360(start, first, end, last)
        case DayCount.THIRTY_E_360:
            return _thirty_360(start, min(start.day, 30), end, min(end.day, 30))
        case DayCount.ACTUAL_ACTUAL:
            return _actual_actual(start, end)
        case _:
            assert_never(day_count)


def days_over_base(day_count: DayCount, start: date, end: date) -> tuple[tuple[int, int], ...]:
    """The year fraction as it is worked out by hand: pairs of days and their base, to be added up.

    One pair, or for actual/actual one for the days in ordinary years and one for those in leap years.
    """
    if end <= start:
        return ((0, 360 if day_count.value.endswith("360") else 365),)
    if day_count is not DayCount.ACTUAL_ACTUAL:
        base = 365 if day_count is DayCount.ACTUAL_365 else 360
        return ((int(year_fraction(day_count, start, end) * base), base),)
    bounds = [start, *(date(year, 1, 1) for year in range(start.year + 1, end.year + 1)), end]
    in_base = {365: 0, 366: 0}
    for first, last in pairwise(bounds):
        in_base[_days_in(first.year)] += (last - first).days
    return tuple((days, base) for base, days in in_base.items() if days)


def _thirty_360(start: date, first: int, end: date, last: int) -> Fraction:
    months = (end.year - start.year) * 12 + end.month - start.month
    return Fraction(months * 30 + last - first, 360)


def _actual_actual(start: date, end: date) -> Fraction:
    """Split at each 1 January. ISDA counts the first day and not the last, here as elsewhere.

    Which of the two is counted shows in this day count alone, and there only by the one day that
    may fall in the other year: from 2019-12-31 to 2020-01-01 is 1/365.
    """
    if start.year == end.year:
        return Fraction((end - start).days, _days_in(start.year))
    in_first = Fraction((date(start.year + 1, 1, 1) - start).days, _days_in(start.year))
    in_last = Fraction((end - date(end.year, 1, 1)).days, _days_in(end.year))
    return in_first + (end.year - start.year - 1) + in_last


def _days_in(year: int) -> int:
    return 366 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 365


def full_years(start: date, end: date) -> tuple[int, int]:
    """How many full years have passed since ``start``, and the days left after them.

    A year is full on its anniversary, counted from ``start``: for a start on 29 February that is
    28 February except in leap years. ``(0, 0)`` when ``end`` comes before ``start``.
    """
    if end <= start:
        return 0, 0
    years = end.year - start.year
    anniversary = add_months(start, 12 * years)
    if anniversary > end:
        years -= 1
        anniversary = add_months(start, 12 * years)
    return years, (end - anniversary).days


def growth(
    rate: Fraction, start: date, end: date, day_count: DayCount = DayCount.ACTUAL_365
) -> Fraction:
    """What 1 becomes from ``start`` to ``end`` at ``rate`` per year, compounded yearly.

    (1 + rate) to the power of the full years, times 1 + rate × the broken year by ``day_count``.
    The broken year grows in a straight line, so there is no fractional power and the result is
    exact. It is 1 when ``end`` does not come after ``start``.
    """
    years, days = full_years(start, end)
    grown = (1 + rate) ** years
    if days == 0:
        return grown
    if day_count is DayCount.ACTUAL_365:
        broken = Fraction(days, 365)
    else:
        broken = year_fraction(day_count, add_months(start, 12 * years), end)
    return grown * (1 + rate * broken)
