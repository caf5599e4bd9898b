"""Laws of amounts, dates and numerals."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sibdsl.dates import DayCount, add_months, full_years, growth, recurring, year_fraction
from sibdsl.money import CURRENCIES, RoundingMode, allocate, ceil_to, fill, floor_to, round_to
from sibdsl.numerals import (
    DecimalMark,
    Language,
    Misread,
    decimal_text,
    read_cell_number,
    read_fraction,
    read_number,
    read_percentage_cell,
    say_amount,
    say_fraction,
    say_number,
    say_percentage,
)

values = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
amounts = st.fractions(min_value=0, max_value=10**9, max_denominator=10**6)
steps = st.one_of(
    st.sampled_from([Fraction(1, 100), Fraction(1), Fraction(250), Fraction(1, 3)]),
    st.fractions(min_value=Fraction(1, 1000), max_value=1000),
)
modes = st.sampled_from(RoundingMode)
weights = st.lists(st.integers(0, 1000), min_size=1, max_size=8).filter(any)
decimals = st.builds(
    lambda digits, places: Fraction(digits, 10**places),
    st.integers(-(10**18), 10**18),
    st.integers(0, 6),
)
dates = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))
day_counts = st.sampled_from(DayCount)
languages: st.SearchStrategy[Language] = st.sampled_from(("en", "fr"))
marks: st.SearchStrategy[DecimalMark] = st.sampled_from((".", ","))
almost_numbers = st.text(alphabet="0123456789.,-/% \u00a0\u202f\u2212eE_+x\u0663", max_size=40)


# ------------------------------------------------------------------------------------------ money


@given(values, steps, modes)
def test_a_rounded_value_is_the_multiple_of_the_step_beside_it(
    value: Fraction, step: Fraction, mode: RoundingMode
) -> None:
    rounded = round_to(value, step, mode)
    assert (rounded / step).denominator == 1
    assert rounded in {floor_to(value, step), ceil_to(value, step)}
    assert round_to(rounded, step, mode) == rounded
    assert round_to(-value, step, mode) == -rounded


@given(values, steps)
def test_each_rounding_keeps_its_direction(value: Fraction, step: Fraction) -> None:
    assert abs(round_to(value, step, RoundingMode.DOWN)) <= abs(value)
    assert abs(round_to(value, step, RoundingMode.UP)) >= abs(value)
    assert value - step < floor_to(value, step) <= value <= ceil_to(value, step) < value + step
    for mode in (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN):
        assert abs(round_to(value, step, mode) - value) * 2 <= step


@given(st.integers(-(10**9), 10**9), steps)
def test_ties_go_away_from_zero_or_to_the_even_step(count: int, step: Fraction) -> None:
    tie = count * step + step / 2
    away = count + 1 if count >= 0 else count
    even = count if count % 2 == 0 else count + 1
    assert round_to(tie, step, RoundingMode.HALF_UP) == away * step
    assert round_to(tie, step, RoundingMode.HALF_EVEN) == even * step


@given(st.integers(-(10**12), 10**12), weights, steps)
def test_what_is_allocated_is_the_whole_and_nobody_is_a_step_off(
    units: int, parts: list[int], step: Fraction
) -> None:
    amount = units * step
    shares = [Fraction(part, sum(parts)) for part in parts]
    allocated = allocate(amount, shares, step)
    assert sum(allocated) == amount
    for part, share in zip(allocated, shares, strict=True):
        assert (part / step).denominator == 1
        assert abs(part - amount * share) < step
        assert share or not part


@given(st.integers(0, 10**12), weights)
def test_no_member_gets_less_than_one_with_the_same_share_named_later(
    units: int, parts: list[int]
) -> None:
    shares = [Fraction(part, sum(parts)) for part in parts]
    allocated = allocate(Fraction(units), shares, Fraction(1))
    for share in set(shares):
        equals = [part for part, other in zip(allocated, shares, strict=True) if other == share]
        assert equals == sorted(equals, reverse=True)
        assert equals[0] - equals[-1] <= 1


limits = st.one_of(st.none(), amounts)


@given(amounts, st.lists(st.tuples(amounts, limits), min_size=1, max_size=6))
def test_a_waterfall_fills_in_order(
    amount: Fraction, members: list[tuple[Fraction, Fraction | None]]
) -> None:
    already = [passed for passed, _ in members]
    up_to = [limit for _, limit in members]
    parts = fill(amount, already, up_to)
    assert sum(parts) <= amount
    left = amount
    for part, passed, limit in zip(parts, already, up_to, strict=True):
        assert 0 <= part <= left
        left -= part
        # A member that leaves something has reached its limit.
        assert left == 0 or (limit is not None and passed + part >= limit)
        assert part == 0 or limit is None or passed + part <= limit


@given(amounts, amounts, amounts)
def test_a_waterfall_in_two_payments_is_that_of_their_sum(
    first: Fraction, second: Fraction, limit: Fraction
) -> None:
    up_to = (limit, limit / 2, None)
    nothing = (Fraction(0),) * 3
    once = fill(first, nothing, up_to)
    twice = fill(second, once, up_to)
    together = [one + two for one, two in zip(once, twice, strict=True)]
    assert tuple(together) == fill(first + second, nothing, up_to)


# ------------------------------------------------------------------------------------------ dates


@given(dates, st.integers(-600, 600))
def test_months_move_the_month_and_at_most_clamp_the_day(anchor: date, months: int) -> None:
    moved = add_months(anchor, months)
    apart = (moved.year - anchor.year) * 12 + moved.month - anchor.month
    assert apart == months
    assert moved.day <= anchor.day
    assert moved.day == anchor.day or (moved + timedelta(days=1)).day == 1


@given(dates, dates, st.integers(1, 30))
def test_recurring_dates_rise_within_their_period(start: date, end: date, months: int) -> None:
    occasions = recurring(start, end, months)
    assert list(occasions) == sorted(set(occasions))
    assert all(start <= occasion <= end for occasion in occasions)
    assert occasions == () or occasions[0] == start
    assert add_months(start, months * len(occasions)) > end


@given(dates, dates)
def test_full_years_and_the_days_left_make_the_period(start: date, end: date) -> None:
    years, left = full_years(start, end)
    if end >= start:
        assert add_months(start, 12 * years) + timedelta(days=left) == end
        assert 0 <= left < 366
        assert add_months(start, 12 * (years + 1)) > end
    else:
        assert (years, left) == (0, 0)


@given(dates, dates, dates)
def test_counts_of_actual_days_add_up(first: date, second: date, third: date) -> None:
    start, middle, end = sorted((first, second, third))
    for count in (DayCount.ACTUAL_365, DayCount.ACTUAL_360, DayCount.ACTUAL_ACTUAL):
        before = year_fraction(count, start, middle)
        assert before + year_fraction(count, middle, end) == year_fraction(count, start, end)


@given(day_counts, dates, dates)
def test_a_year_fraction_is_the_years_elapsed(count: DayCount, start: date, end: date) -> None:
    years = year_fraction(count, start, end)
    if end <= start:
        assert years == 0
    else:
        assert years >= 0
        assert abs(years - Fraction((end - start).days * 4, 1461)) <= Fraction(2, 100) * (
            2 + (end.year - start.year)
        )


@given(st.fractions(0, 1, max_denominator=1000), dates, dates, day_counts)
def test_growth_is_at_least_that_of_its_full_years(
    rate: Fraction, start: date, end: date, count: DayCount
) -> None:
    years, _ = full_years(start, end)
    assert (1 + rate) ** years <= growth(rate, start, end, count)
    # The broken year is a straight line, which lies above the compound curve.
    assert growth(rate, start, end, count) <= (1 + rate) ** (years + 1) * (1 + rate / 50)


# --------------------------------------------------------------------------------------- numerals


@given(decimals, languages)
def test_what_is_said_reads_back(value: Fraction, language: Language) -> None:
    assert read_number(say_number(value, language), language) == value


@given(decimals, st.integers(0, 8), languages)
def test_what_is_said_with_more_decimals_reads_back(
    value: Fraction, places: int, language: Language
) -> None:
    assert read_number(say_number(value, language, places), language) == value


@given(decimals, languages)
def test_a_percentage_that_is_said_reads_back(value: Fraction, language: Language) -> None:
    mark: DecimalMark = "." if language == "en" else ","
    assert read_percentage_cell(say_percentage(value / 100, language), mark) == value / 100


@given(decimals, st.sampled_from(sorted(CURRENCIES)), languages)
def test_an_amount_that_is_said_reads_back(
    value: Fraction, currency: str, language: Language
) -> None:
    said = say_amount(value, currency, language)
    assert currency in said
    assert read_number(said.replace(currency, "").replace("- ", "-").strip(), language) == value


@given(decimals, st.one_of(st.none(), st.integers(0, 8)))
def test_decimal_text_reads_back(value: Fraction, places: int | None) -> None:
    assert read_cell_number(decimal_text(value, places), ".") == value
    assert Fraction(decimal_text(value, places)) == value


@given(values, marks)
def test_a_fraction_reads_back(value: Fraction, mark: DecimalMark) -> None:
    said = say_fraction(value)
    assert Fraction(said) == value
    if value.denominator != 1:
        assert read_fraction(said, mark) == value


@given(values, languages)
def test_what_is_cut_off_lies_just_beyond_what_is_said(value: Fraction, language: Language) -> None:
    said = say_number(value, language)
    if said.endswith("…"):
        shown = Fraction(
            said[:-1].replace(",", "" if language == "en" else ".").replace("\u202f", "")
        )
        assert 0 < abs(value) - abs(shown) < Fraction(1, 1000)


@given(st.one_of(st.text(), almost_numbers), languages, marks)
def test_reading_never_raises(text: str, language: Language, mark: DecimalMark) -> None:
    assert isinstance(read_number(text, language), Fraction | Misread)
    assert isinstance(read_cell_number(text, mark), Fraction | Misread)
    assert isinstance(read_percentage_cell(text, mark), Fraction | Misread)


@given(st.text(alphabet="012.,- ", max_size=9))
def test_a_literal_never_reads_as_two_numbers_in_the_two_languages(text: str) -> None:
    english, french = read_number(text, "en"), read_number(text, "fr")
    assert isinstance(english, Misread) or isinstance(french, Misread) or english == french


@given(st.integers(1, 10**12).map(lambda number: f"{number:,}"))
def test_english_thousands_are_never_a_french_number(text: str) -> None:
    french = read_number(text, "fr")
    assert isinstance(french, Misread) or "," not in text
