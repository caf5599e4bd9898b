"""What investors put in and got back: the multiple, and the annual rate of the cash flows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import Final

Flows = Sequence[tuple[date, Fraction]]

Net = Sequence[tuple[int, Fraction]]
"""What flows on a day in all, days counted from the first."""

_YEAR: Final = 365
_STEPS_PER_UNIT: Final = 10_000  # a hundredth of a point
_HIGHEST: Final = 1_000_000 * _STEPS_PER_UNIT
_DIGITS: Final = 60
_FEW_DIGITS: Final = 15
_NOTHING: Final = Decimal(1).scaleb(-40)
_CLEAR: Final = Decimal(1).scaleb(-7)
"""Of the money moved: a value beyond it has the sign that few digits give it.

They err by some 10^-15 of the logarithm of what a flow grows by, which is below 10^6 for any dates.
"""
_GUESSES: Final = 12
_NEAR: Final = Decimal(1).scaleb(-4)
_UNUSUAL: Final = Decimal(5)


def annual_rate(flows: Flows) -> Fraction | None:
    """The yearly rate at which dated cash flows net to nil, to a hundredth of a point, half up.

    Money put in is negative, money got back positive. Discounting is by (1 + rate) to the power of
    days/365, from the first flow (actual/365, as in XIRR). None where there is no such rate, where
    there may be more than one, or where it lies above 1,000,000 times.

    One change of sign in the order of the dates means exactly one rate above -100% (Descartes' rule
    of signs, which holds for any real exponents). With several changes there may be more than one
    rate, and none is given. The net value is found in decimals of 60 digits, and counts as nil
    below 10^-40 of the money moved.
    """
    net = _by_day(flows)
    signs = [amount > 0 for _, amount in net]
    if sum(before != after for before, after in pairwise(signs)) != 1:
        return None
    guess = _guessed(net)
    if guess is None or not (_reaches(net, guess) and not _reaches(net, guess + 1)):
        guess = _last_reached(net)
    return None if guess is None else Fraction(guess, _STEPS_PER_UNIT)


def _guessed(net: Net) -> int | None:
    """The rate in steps by Newton's method on its logarithm: near it, if it is anywhere usual."""
    with localcontext(Context(prec=_FEW_DIGITS)):
        flows = [
            (Decimal(amount.numerator) / Decimal(amount.denominator), Decimal(day) / _YEAR)
            for day, amount in net
        ]
        logarithm = Decimal(0)
        for _ in range(_GUESSES):
            worth = [amount * (-logarithm * years).exp() for amount, years in flows]
            slope = sum(each * years for each, (_, years) in zip(worth, flows, strict=True))
            if not slope:
                return None
            step = sum(worth) / slope
            logarithm += step
            if abs(logarithm) > _UNUSUAL:
                return None
            if abs(step) < _NEAR:
                break
        return round((logarithm.exp() - 1) * _STEPS_PER_UNIT)


def _last_reached(net: Net) -> int | None:
    """The rate in steps, by halving where it may lie; None where it is too high."""
    # In half steps: the rate lies nearest to k if between k - 1/2 and k + 1/2.
    low, high = -_STEPS_PER_UNIT, 1
    while _reaches(net, high):
        low, high = high, high * 2
        if high > _HIGHEST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if _reaches(net, middle):
            low = middle
        else:
            high = middle
    return low


def _by_day(flows: Flows) -> Net:
    """Days since the first flow, and the net flow of each day that has one."""
    sums: dict[date, Fraction] = defaultdict(Fraction)
    for on, amount in flows:
        sums[on] += amount
    days = sorted(on for on, amount in sums.items() if amount)
    return [((on - days[0]).days, sums[on]) for on in days]


def _reaches(net: Net, step: int) -> bool:
    """Whether the rate is at least half a step below ``step``, so that it rounds to it or above."""
    growth = 1 + Fraction(2 * step - 1, 2 * _STEPS_PER_UNIT)
    value = _value_at(net, growth)
    # Flows that begin with money put in are worth less the higher the rate.
    return value >= 0 if net[0][1] < 0 else value <= 0


def _value_at(net: Net, growth: Fraction) -> Decimal | Fraction:
    """The value of the flows on the last day, each grown to it; nil below what can be told."""
    last = net[-1][0]
    if all((last - day) % _YEAR == 0 for day, _ in net):
        return sum((amount * growth ** ((last - day) // _YEAR) for day, amount in net), Fraction(0))
    value, moved = _grown(net, growth, _FEW_DIGITS)
    if abs(value) < moved * _CLEAR:
        value, moved = _grown(net, growth, _DIGITS)
    return Decimal(0) if abs(value) < moved * _NOTHING else value


def _grown(net: Net, growth: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """The value of the flows on the last day, and how much money that is either way."""
    last = net[-1][0]
    with localcontext(Context(prec=digits)):
        logarithm = (Decimal(growth.numerator) / Decimal(growth.denominator)).ln()
        grown = [
            Decimal(amount.numerator)
            / Decimal(amount.denominator)
            * (logarithm * (last - day) / _YEAR).exp()
            for day, amount in net
        ]
        return sum(grown, Decimal(0)), sum(map(abs, grown), Decimal(0))
