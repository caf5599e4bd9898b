"""The type table: what each operation makes of values of given types, and what it refuses.

Language reference, "Values". Pure: types in, a type or the reason of a refusal out.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import assert_never

from sibdsl.frozen import frozen
from sibdsl.syntax.nodes import Operator
from sibdsl.units import (
    COUNT,
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PERCENTAGE,
    POINTS,
    YES_NO,
    Kind,
    Unit,
)


class Loose(Enum):
    """Types that take their unit from where they end in."""

    SCALAR = "scalar"
    """A number written in the text, or made only of such: a number."""
    FRACTION = "fraction"
    """A scalar written as a fraction, which also serves as a percentage."""
    RATIO = "ratio"
    """A count or number divided by another: a number where one is wanted, else a percentage."""
    DIFFERENCE = "difference"
    """The difference of two ratios: a number where one is wanted, else points."""
    UNKNOWN = "unknown"
    """What a mistake made: everything is allowed with it, so that it is reported only once."""


Type = Unit | Loose

SCALAR, FRACTION, RATIO, DIFFERENCE, UNKNOWN = Loose

_SCALARS = frozenset({SCALAR, FRACTION})
_MEASURED = frozenset({COUNT, NUMBER})
_NUMBERS = _SCALARS | _MEASURED
_PROPORTIONS = frozenset({PERCENTAGE, RATIO})
_IN_POINTS = frozenset({POINTS, DIFFERENCE})
_DURATIONS = frozenset({DAYS, MONTHS})


class Refusal(Enum):
    """Why two types do not go together."""

    PERCENTAGE_WITH_POINTS = "a percentage and points"
    NUMBER_FOR_PERCENTAGE = "a bare number for a percentage"
    NUMBER_FOR_AMOUNT = "a bare number for an amount"
    PERCENT_ADDED = "a percentage added to what is no percentage"
    NUMBER_WITH_POINTS = "a number and points"
    POINTS_MINUS_PERCENTAGE = "points minus a percentage"
    TIMES_POINTS = "a number or amount multiplied by points"
    TWO_CURRENCIES = "amounts of two currencies"
    DIFFERENT_KINDS = "different kinds"


@frozen
class Clash:
    """Two of several values that do not go together, by their places among them."""

    one: int
    other: int
    refusal: Refusal


def is_amount(type_: Type) -> bool:
    """Whether values of the type are amounts of money."""
    return isinstance(type_, Unit) and type_.kind is Kind.AMOUNT


def settled(type_: Type) -> Unit | None:
    """The unit of a value where nothing asks for another; None after a mistake."""
    match type_:
        case Unit():
            return type_
        case Loose.SCALAR | Loose.FRACTION:
            return NUMBER
        case Loose.RATIO:
            return PERCENTAGE
        case Loose.DIFFERENCE:
            return POINTS
        case Loose.UNKNOWN:
            return None
        case _:
            assert_never(type_)


def clash(one: Type, other: Type) -> Refusal:
    """Why two types that do not go together do not."""
    pair = {one, other}
    if is_amount(one) and is_amount(other):
        return Refusal.TWO_CURRENCIES
    if pair & _PROPORTIONS and pair & _IN_POINTS:
        return Refusal.PERCENTAGE_WITH_POINTS
    if pair & _SCALARS and pair & _PROPORTIONS:
        return Refusal.NUMBER_FOR_PERCENTAGE
    if pair & _SCALARS and (is_amount(one) or is_amount(other)):
        return Refusal.NUMBER_FOR_AMOUNT
    if pair & _NUMBERS and pair & _IN_POINTS:
        return Refusal.NUMBER_WITH_POINTS
    return Refusal.DIFFERENT_KINDS


def fits(found: Type, wanted: Unit) -> Refusal | None:
    """Whether a value serves where a unit is wanted: None, or why it does not."""
    if found in {wanted, UNKNOWN}:
        return None
    match found:
        case Loose.SCALAR:
            serves = wanted in _MEASURED
        case Loose.FRACTION:
            serves = wanted in {*_MEASURED, PERCENTAGE}
        case Loose.RATIO:
            serves = wanted in {NUMBER, PERCENTAGE}
        case Loose.DIFFERENCE:
            serves = wanted in {NUMBER, POINTS}
        case _:
            serves = found == COUNT and wanted == NUMBER
    return None if serves else clash(found, wanted)


def agreed(types: Sequence[Type]) -> Type | Clash:
    """The one type of several values that may stand for one another, or two that differ."""
    # What has a unit says what is wanted of what has none yet.
    order = sorted(range(len(types)), key=lambda at: isinstance(types[at], Loose))
    first = order[0]
    joint = types[first]
    for at in order[1:]:
        both = _alike(joint, types[at])
        if both is None:
            return Clash(min(first, at), max(first, at), clash(joint, types[at]))
        joint = both
    return joint


def _alike(one: Type, other: Type) -> Type | None:
    if one == other or UNKNOWN in {one, other}:
        return one if other is UNKNOWN else other
    pair = {one, other}
    if pair <= _SCALARS:
        return SCALAR
    if pair <= _NUMBERS:
        return NUMBER
    for wanted in (NUMBER, PERCENTAGE, POINTS):
        if wanted in pair and not (fits(one, wanted) or fits(other, wanted)):
            return wanted
    if COUNT in pair and pair & {RATIO, DIFFERENCE}:
        return NUMBER
    return RATIO if pair == {FRACTION, RATIO} else None


def combined(operator: Operator, left: Type, right: Type) -> Type | Refusal:
    """The type that an operation makes, or why the type table refuses it."""
    if UNKNOWN in {left, right}:
        return UNKNOWN
    match operator:
        case Operator.PLUS:
            return _sum(left, right)
        case Operator.MINUS:
            return _difference(left, right)
        case Operator.TIMES:
            return _product(left, right)
        case Operator.OF:
            if left in _PROPORTIONS | {FRACTION}:
                # "80% of 300" is 240: what it is a part of decides, also where it is a scalar.
                return right if right in _SCALARS else _product(left, right)
            return Refusal.TIMES_POINTS if left in _IN_POINTS else Refusal.DIFFERENT_KINDS
        case Operator.DIVIDED_BY:
            return _quotient(left, right)
        case _:
            assert_never(operator)


def negated(operand: Type) -> Type | None:
    """The type of the opposite of a value; None where it has none."""
    if operand == COUNT:
        return NUMBER
    return None if operand in _DURATIONS | {DATE, YES_NO} else operand


def _are_percentages(pair: set[Type]) -> bool:
    return pair <= _PROPORTIONS | {FRACTION} and bool(pair & _PROPORTIONS)


def _sum(left: Type, right: Type) -> Type | Refusal:
    pair = {left, right}
    if DATE in pair and pair & _DURATIONS:
        return DATE
    if pair <= {COUNT}:
        return COUNT
    if _are_percentages(pair):
        return PERCENTAGE if PERCENTAGE in pair else RATIO
    return _either_way(left, right)


def _difference(left: Type, right: Type) -> Type | Refusal:
    pair = {left, right}
    if left == DATE and right == DATE:
        return DAYS
    if left == DATE and right in _DURATIONS:
        return DATE
    if _are_percentages(pair):
        return POINTS if PERCENTAGE in pair else DIFFERENCE
    if left in _IN_POINTS and right in _PROPORTIONS | {FRACTION}:
        return Refusal.POINTS_MINUS_PERCENTAGE
    return _either_way(left, right)


def _either_way(left: Type, right: Type) -> Type | Refusal:
    """What holds of sums and differences alike."""
    pair = {left, right}
    if pair <= _SCALARS:
        return FRACTION if FRACTION in pair else SCALAR
    if pair <= _NUMBERS or (pair & _MEASURED and pair & {RATIO, DIFFERENCE}):
        return NUMBER
    if pair <= _IN_POINTS:
        return POINTS if POINTS in pair else DIFFERENCE
    if pair & _IN_POINTS and pair & (_PROPORTIONS | {FRACTION}):
        return PERCENTAGE if pair & {PERCENTAGE, POINTS} else RATIO
    if left == right and is_amount(left):
        return left
    if right == PERCENTAGE and (left in _MEASURED or is_amount(left)):
        return Refusal.PERCENT_ADDED
    return clash(left, right)


def _product(left: Type, right: Type) -> Type | Refusal:
    if left not in _SCALARS and (is_amount(right) or right in _SCALARS):
        left, right = right, left
    if left in _SCALARS:
        return _times_scalar(left, right)
    pair = {left, right}
    if pair <= _NUMBERS | _PROPORTIONS and pair & _MEASURED:
        return NUMBER
    if pair <= _PROPORTIONS:
        return RATIO if RATIO in pair else PERCENTAGE
    if is_amount(left) and right in _MEASURED | _PROPORTIONS:
        return left
    if pair & _IN_POINTS and pair & _PROPORTIONS:
        return POINTS if POINTS in pair else DIFFERENCE
    if pair & _IN_POINTS and (pair & _MEASURED or is_amount(left)):
        return Refusal.TIMES_POINTS
    return Refusal.DIFFERENT_KINDS


def _times_scalar(scalar: Type, other: Type) -> Type | Refusal:
    if other in _SCALARS:
        return FRACTION if FRACTION in {scalar, other} else SCALAR
    if other in _MEASURED:
        return NUMBER
    return (
        other if other in _PROPORTIONS | _IN_POINTS or is_amount(other) else Refusal.DIFFERENT_KINDS
    )


def _quotient(left: Type, right: Type) -> Type | Refusal:
    if right in _SCALARS:
        if left in _SCALARS:
            return FRACTION
        if left in _MEASURED:
            return RATIO
        is_kept = left in _PROPORTIONS | _IN_POINTS or is_amount(left)
        return left if is_kept else Refusal.DIFFERENT_KINDS
    if right in _MEASURED:
        if left in _NUMBERS or left is RATIO:
            return RATIO
        return left if is_amount(left) else Refusal.DIFFERENT_KINDS
    if right in _PROPORTIONS:
        return _by_proportion(left)
    if right in _IN_POINTS and left in _IN_POINTS:
        return PERCENTAGE if POINTS in {left, right} else RATIO
    if is_amount(left) and is_amount(right):
        return PERCENTAGE if left == right else Refusal.TWO_CURRENCIES
    return Refusal.DIFFERENT_KINDS


def _by_proportion(left: Type) -> Type | Refusal:
    """A value divided by a percentage or a ratio: what it is the given part of."""
    if left in _MEASURED or left is SCALAR:
        return NUMBER
    if is_amount(left):
        return left
    if left in {RATIO, DIFFERENCE, FRACTION}:
        return RATIO
    return PERCENTAGE if left in {PERCENTAGE, POINTS} else Refusal.DIFFERENT_KINDS
