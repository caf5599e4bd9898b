"""Exact amounts: currencies, roundings, division among members.

Every amount is a :class:`~fractions.Fraction` of the *currency unit* (pounds, not pence). Nothing
here knows a contract; the order in which these steps are applied is the evaluator's business.

The arithmetic is done on numerators and denominators as whole numbers and a ``Fraction`` is built
once, at the end: these functions are called for every payment of every determination.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from fractions import Fraction
from math import lcm
from types import MappingProxyType
from typing import Final, assert_never

# ISO 4217:2015, list one, as published on 2026-01-01: the active codes of currencies and funds,
# by the number of decimals of their minor unit. The codes for which the standard gives no minor
# unit (gold, special drawing rights, tests) are left out: nothing can fall due in them.
_CODES_BY_DECIMALS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
        CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP
        GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK
        LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
        NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
        SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST
        XAD XCD XCG YER ZAR ZMW ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

_DECIMALS: Final[Mapping[str, int]] = MappingProxyType(
    {code: decimals for decimals, codes in _CODES_BY_DECIMALS.items() for code in codes.split()}
)

CURRENCIES: Final[frozenset[str]] = frozenset(_DECIMALS)
"""The currency codes a contract may use."""


def minor_unit(currency: str) -> int | None:
    """How many decimals the currency's minor unit has: 2 for GBP, 0 for JPY, 3 for TND.

    None for what is not an active ISO 4217 code with a minor unit. Case matters: ``gbp`` is none.
    """
    return _DECIMALS.get(currency)


class RoundingMode(Enum):
    """How a value that lies between two steps is rounded; the value is the English wording.

    The directions are those of ``decimal``: *up* is away from zero and *down* is towards zero, so
    that a sum and the same sum taken back round alike.
    """

    HALF_UP = "half up"  # to the nearest step, a tie away from zero: 0.125 -> 0.13
    HALF_EVEN = "half even"  # to the nearest step, a tie to the even one: 0.125 -> 0.12
    UP = "up"  # away from zero
    DOWN = "down"  # towards zero


def round_quotient(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """``numerator / denominator`` rounded to a whole number; the denominator is positive."""
    whole, rest = divmod(abs(numerator), denominator)
    if rest and _goes_away_from_zero(whole, rest, denominator, mode):
        whole += 1
    return whole if numerator >= 0 else -whole


def _goes_away_from_zero(whole: int, rest: int, denominator: int, mode: RoundingMode) -> bool:
    match mode:
        case RoundingMode.HALF_UP:
            return 2 * rest >= denominator
        case RoundingMode.HALF_EVEN:
            return 2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1)
        case RoundingMode.UP:
            return True
        case RoundingMode.DOWN:
            return False
        case _:
            assert_never(mode)


def round_to(value: Fraction, step: Fraction, mode: RoundingMode) -> Fraction:
    """The multiple of ``step`` that ``value`` rounds to. ValueError unless the step is positive."""
    numerator, denominator = _in_steps(value, step)
    if numerator % denominator == 0:
        return value
    return _steps(round_quotient(numerator, denominator, mode), step)


def floor_to(value: Fraction, step: Fraction) -> Fraction:
    """The greatest multiple of ``step`` that is not above ``value``, below zero too."""
    numerator, denominator = _in_steps(value, step)
    return _steps(numerator // denominator, step)


def ceil_to(value: Fraction, step: Fraction) -> Fraction:
    """The least multiple of ``step`` that is not below ``value``, below zero too."""
    numerator, denominator = _in_steps(value, step)
    return _steps(-(-numerator // denominator), step)


def _in_steps(value: Fraction, step: Fraction) -> tuple[int, int]:
    """``value / step`` as numerator and positive denominator, not in lowest terms."""
    above, below = value.as_integer_ratio()
    step_above, step_below = step.as_integer_ratio()
    if step_above <= 0:
        raise ValueError(f"a rounding step is positive, not {step}")
    return above * step_below, below * step_above


def _steps(count: int, step: Fraction) -> Fraction:
    return Fraction(count * step.numerator, step.denominator)


def allocate(amount: Fraction, shares: Sequence[Fraction], step: Fraction) -> tuple[Fraction, ...]:
    """Divide an amount among members by their shares, each part a multiple of ``step``.

    Largest remainder (Hamilton's method): every member has its exact share rounded down to the
    step; the steps left over go one each to the largest remainders, ties to the member named first.
    The parts make exactly the amount. A negative amount divides as its opposite does.

    ValueError unless the amount is a multiple of the step, no share is negative and the shares
    make 100%: all three are settled before money is divided.
    """
    numerator, denominator = _in_steps(amount, step)
    units, rest = divmod(abs(numerator), denominator)
    if rest:
        raise ValueError(f"{amount} is not a multiple of {step}")
    common = lcm(*(share.denominator for share in shares))
    weights = [share.numerator * (common // share.denominator) for share in shares]
    if sum(weights) != common or any(weight < 0 for weight in weights):
        raise ValueError("shares are not negative and make 100% together")
    parts = _largest_remainder(units, weights, common)
    sign = 1 if numerator >= 0 else -1
    return tuple(_steps(sign * part, step) for part in parts)


def _largest_remainder(units: int, weights: Sequence[int], total: int) -> list[int]:
    parts: list[int] = []
    remainders: list[int] = []
    for weight in weights:
        part, remainder = divmod(units * weight, total)
        parts.append(part)
        remainders.append(remainder)
    # The sort is stable, so equal remainders stay in the order in which members are named.
    by_remainder = sorted(range(len(parts)), key=lambda member: -remainders[member])
    for member in by_remainder[: units - sum(parts)]:
        parts[member] += 1
    return parts


def fill(
    amount: Fraction, already: Sequence[Fraction], up_to: Sequence[Fraction | None]
) -> tuple[Fraction, ...]:
    """Divide an amount down a waterfall: each member takes up to its limit, the excess passes on.

    ``already`` is what has passed to (or from) each member since the start and counts against its
    limit ``up_to``; a member whose limit is None takes all that reaches it. What no member can take
    is in no part: it is not paid. ValueError if the amount is negative or the members do not match.
    """
    if amount < 0:
        raise ValueError(f"a negative amount does not pass down a waterfall: {amount}")
    left = amount
    parts: list[Fraction] = []
    for passed, limit in zip(already, up_to, strict=True):
        part = left if limit is None else min(left, max(limit - passed, Fraction(0)))
        parts.append(part)
        left -= part
    return tuple(parts)
