"""Ranges of values and their arithmetic: what is sure about a value before any result is known.

Exact: the ends are fractions or infinite. Every function is sound (the true value lies in the range
it gives) and none is complete: ``X - X`` is not seen to be nil.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce

from sibdsl.frozen import frozen
from sibdsl.numerals import is_too_long

End = tuple[int, Fraction]
"""An end of a range: (0, value), or (-1, 0) and (1, 0) for the infinities; tuples compare so."""

_NIL = Fraction(0)
BELOW_ALL: End = (-1, _NIL)
ABOVE_ALL: End = (1, _NIL)
ZERO: End = (0, _NIL)


@frozen
class Range:
    """From ``low`` to ``high``, both included; ``not_zero`` where zero is known to be left out."""

    low: End
    high: End
    not_zero: bool = False

    @property
    def is_never_negative(self) -> bool:
        """Whether no value below zero is possible."""
        return self.low >= ZERO

    @property
    def is_always_negative(self) -> bool:
        """Whether only values below zero are possible."""
        return self.high < ZERO

    @property
    def is_never_zero(self) -> bool:
        """Whether zero is impossible."""
        return self.not_zero or self.low > ZERO or self.high < ZERO

    @property
    def most(self) -> Fraction | None:
        """The upper end; None where there is none."""
        return self.high[1] if self.high[0] == 0 else None

    @property
    def least(self) -> Fraction | None:
        """The lower end; None where there is none."""
        return self.low[1] if self.low[0] == 0 else None


ANYTHING = Range(BELOW_ALL, ABOVE_ALL)
NEVER_NEGATIVE = Range(ZERO, ABOVE_ALL)


def exactly(value: Fraction) -> Range:
    """The range of one value."""
    return Range((0, value), (0, value))


def up_to(most: Fraction | None) -> Range:
    """From nil to the most; without an upper end for None."""
    return NEVER_NEGATIVE if most is None else Range(ZERO, (0, max(most, _NIL)))


def add(left: Range, right: Range) -> Range:
    """The range of a sum."""
    one_sided = (left.low >= ZERO and right.low >= ZERO) or (
        left.high <= ZERO and right.high <= ZERO
    )
    not_zero = one_sided and (left.is_never_zero or right.is_never_zero)
    return _widened(Range(_sum(left.low, right.low), _sum(left.high, right.high), not_zero))


def negate(value: Range) -> Range:
    """The range of the opposite."""
    return Range(_opposite(value.high), _opposite(value.low), value.not_zero)


def multiply(left: Range, right: Range) -> Range:
    """The range of a product."""
    ends = [_product(one, other) for one in _ends(left) for other in _ends(right)]
    return _widened(Range(min(ends), max(ends), left.is_never_zero and right.is_never_zero))


def divide(left: Range, right: Range) -> Range:
    """The range of a quotient; where the divisor is nil there is no quotient."""
    if right.low < ZERO < right.high or right.low == right.high == ZERO:
        return ANYTHING
    inverse = Range(
        BELOW_ALL if right.high == ZERO else _inverse(right.high),
        ABOVE_ALL if right.low == ZERO else _inverse(right.low),
        not_zero=True,
    )
    return multiply(left, inverse)


def either(ranges: Iterable[Range]) -> Range:
    """The smallest range that holds all of several; there is at least one."""
    return reduce(
        lambda one, other: Range(
            min(one.low, other.low),
            max(one.high, other.high),
            one.is_never_zero and other.is_never_zero,
        ),
        ranges,
    )


def both(one: Range, other: Range) -> Range:
    """What two ranges of the same value have in common; if nothing, the first."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    return Range(low, high, one.is_never_zero or other.is_never_zero) if low <= high else one


def lesser(ranges: Iterable[Range]) -> Range:
    """The range of the least of several values."""
    several = tuple(ranges)
    return Range(
        min(one.low for one in several),
        min(one.high for one in several),
        all(one.is_never_zero for one in several),
    )


def greater(ranges: Iterable[Range]) -> Range:
    """The range of the greatest of several values."""
    several = tuple(ranges)
    return Range(
        max(one.low for one in several),
        max(one.high for one in several),
        all(one.is_never_zero for one in several),
    )


def _widened(value: Range) -> Range:
    """The range with its long ends put further out: what nobody could read tells nobody anything."""
    low, high = value.low, value.high
    if is_too_long(low[1]):
        low = ZERO if low > ZERO else BELOW_ALL
    if is_too_long(high[1]):
        high = ZERO if high < ZERO else ABOVE_ALL
    return Range(low, high, value.is_never_zero)


def _ends(value: Range) -> tuple[End, End]:
    return (value.low, value.high)


def _sum(left: End, right: End) -> End:
    # Two low ends, or two high ends: never one infinity with the other.
    return (left[0] or right[0], _NIL) if left[0] or right[0] else (0, left[1] + right[1])


def _opposite(end: End) -> End:
    return (-end[0], -end[1])


def _product(left: End, right: End) -> End:
    if left[0] == right[0] == 0:
        return (0, left[1] * right[1])
    # An end of zero is a value, not a limit: zero times as much as you like is zero.
    return (_sign(left) * _sign(right), _NIL)


def _sign(end: End) -> int:
    return (end > ZERO) - (end < ZERO)


def _inverse(end: End) -> End:
    return ZERO if end[0] else (0, 1 / end[1])
