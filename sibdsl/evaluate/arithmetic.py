"""The arithmetic of exact values, for the loop that does little else.

``Fraction`` itself spends most of an addition on finding out what it was given. Here both sides are
known to be fractions, and most are whole or share a denominator. The outcomes are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction


def plus(left: Fraction, right: Fraction) -> Fraction:
    """``left + right``."""
    above, below = left.as_integer_ratio()
    other_above, other_below = right.as_integer_ratio()
    if below == other_below:
        total = above + other_above
        return Fraction(total) if below == 1 else Fraction(total, below)
    return Fraction(above * other_below + other_above * below, below * other_below)


def minus(left: Fraction, right: Fraction) -> Fraction:
    """``left - right``."""
    above, below = left.as_integer_ratio()
    other_above, other_below = right.as_integer_ratio()
    if below == other_below:
        rest = above - other_above
        return Fraction(rest) if below == 1 else Fraction(rest, below)
    return Fraction(above * other_below - other_above * below, below * other_below)


def times(left: Fraction, right: Fraction) -> Fraction:
    """``left * right``."""
    above, below = left.as_integer_ratio()
    other_above, other_below = right.as_integer_ratio()
    below *= other_below
    return Fraction(above * other_above) if below == 1 else Fraction(above * other_above, below)


def over(left: Fraction, right: Fraction) -> Fraction:
    """``left / right``; the divisor is not nil."""
    above, below = left.as_integer_ratio()
    other_above, other_below = right.as_integer_ratio()
    return Fraction(above * other_below, below * other_above)


def is_less(left: Fraction, right: Fraction) -> bool:
    """``left < right``."""
    above, below = left.as_integer_ratio()
    other_above, other_below = right.as_integer_ratio()
    return above * other_below < other_above * below


def total(items: Iterable[Fraction]) -> Fraction:
    """The sum; nil of nothing."""
    above, below = 0, 1
    for item in items:
        item_above, item_below = item.as_integer_ratio()
        if item_below == below:
            above += item_above
        else:
            above, below = above * item_below + item_above * below, below * item_below
    return Fraction(above, below)


def least(items: Iterable[Fraction]) -> Fraction:
    """The lowest of one or more; of equals the first."""
    others = iter(items)
    found = next(others)
    for item in others:
        if is_less(item, found):
            found = item
    return found


def greatest(items: Iterable[Fraction]) -> Fraction:
    """The highest of one or more; of equals the first."""
    others = iter(items)
    found = next(others)
    for item in others:
        if is_less(found, item):
            found = item
    return found
