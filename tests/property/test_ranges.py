"""Ranges are sound: what comes out of an operation lies in the range of the operation."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from sibdsl.checks.bounds import ranges
from sibdsl.checks.bounds.ranges import ABOVE_ALL, BELOW_ALL, End, Range

VALUES = st.fractions(min_value=-9, max_value=9, max_denominator=4)


@st.composite
def within(draw: st.DrawFn) -> tuple[Fraction, Range]:
    """A value, and a range that holds it."""
    value = draw(VALUES)
    low: End = draw(st.sampled_from([BELOW_ALL, (0, value), (0, value - 1), (0, value - 3)]))
    high: End = draw(st.sampled_from([ABOVE_ALL, (0, value), (0, value + 1), (0, value + 3)]))
    return value, Range(low, high, bool(value) and draw(st.booleans()))


def holds(found: Range, value: Fraction) -> bool:
    inside = found.low <= (0, value) <= found.high
    return inside and not (found.is_never_zero and value == 0)


@given(within(), within())
def test_sums_differences_and_products(
    one: tuple[Fraction, Range], two: tuple[Fraction, Range]
) -> None:
    (a, x), (b, y) = one, two
    assert holds(ranges.add(x, y), a + b)
    assert holds(ranges.add(x, ranges.negate(y)), a - b)
    assert holds(ranges.multiply(x, y), a * b)


@given(within(), within())
def test_quotients(one: tuple[Fraction, Range], two: tuple[Fraction, Range]) -> None:
    (a, x), (b, y) = one, two
    assume(b != 0)
    assert holds(ranges.divide(x, y), a / b)


@given(within(), within())
def test_choices_and_extremes(one: tuple[Fraction, Range], two: tuple[Fraction, Range]) -> None:
    (a, x), (b, y) = one, two
    assert holds(ranges.either((x, y)), a)
    assert holds(ranges.either((x, y)), b)
    assert holds(ranges.lesser((x, y)), min(a, b))
    assert holds(ranges.greater((x, y)), max(a, b))


@given(within())
def test_what_two_ranges_have_in_common(one: tuple[Fraction, Range]) -> None:
    value, found = one
    assert holds(ranges.both(found, ranges.ANYTHING), value)
    assert holds(ranges.both(ranges.ANYTHING, found), value)
