"""Giving each expression its unit, from the outside inwards: what is loose takes what is wanted."""

from __future__ import annotations

from collections.abc import Iterator

from sibdsl.checks.types.arithmetic import (
    DIFFERENCE,
    FRACTION,
    RATIO,
    SCALAR,
    UNKNOWN,
    Clash,
    Type,
    agreed,
    settled,
)
from sibdsl.checks.types.judgement import Judgement
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator
from sibdsl.syntax.walk import walk
from sibdsl.units import COUNT, NUMBER, PERCENTAGE, POINTS, Unit

_NUMBERS = frozenset({COUNT, NUMBER})


def settle(expression: Expr, wanted: Unit | None, judgement: Judgement) -> None:
    """Write down the units of an expression whose types are found, and of all its parts.

    ``wanted`` is the unit of the place it stands in; None where it stands for itself. What a
    mistake left unknown gets no unit.
    """
    wants: dict[Span, Unit] = {}
    if wanted is not None:
        wants[expression.span] = wanted
    for part in walk(expression):
        if isinstance(part, Expr):
            unit = _unit(judgement.found[part.span], wants.get(part.span))
            if unit is not None:
                judgement.types[part.span] = unit
            wants.update((child.span, unit) for child, unit in _wants(part, unit, judgement))


def _unit(found: Type, wanted: Unit | None) -> Unit | None:
    if isinstance(found, Unit) or found is UNKNOWN or wanted is None:
        return settled(found)
    return wanted


def _wants(part: Expr, unit: Unit | None, judgement: Judgement) -> Iterator[tuple[Expr, Unit]]:
    """The units that an expression asks of its parts, where it asks for one."""
    match part:
        case nodes.Interest() | nodes.Indexed():
            yield part.rate, PERCENTAGE
        case nodes.LookUp():
            key = settled(judgement.keys.get(part.table.text, UNKNOWN))
            yield from _all_in(key, part.key)
        case nodes.Comparison():
            yield from _all_in(_joint(judgement, part.left, part.right), part.left, part.right)
        case nodes.Between():
            sides = (part.operand, part.low, part.high)
            yield from _all_in(_joint(judgement, *sides), *sides)
        case nodes.Extremum():
            yield from _all_in(unit, *part.items)
        case nodes.Choice():
            yield from _all_in(unit, part.yes, part.no)
        case nodes.OrElse():
            yield from _all_in(unit, part.operand, part.fallback)
        case nodes.Rounded():
            yield from _all_in(unit, part.operand, part.step)
        case nodes.Negative():
            yield from _all_in(unit, part.operand)
        case nodes.Arithmetic():
            for side in (part.left, part.right):
                side_unit = _of_side(part, judgement.found[side.span], unit, judgement)
                yield from _all_in(side_unit, side)
        case _:
            pass  # its parts stand for themselves


def _all_in(unit: Unit | None, *parts: Expr) -> Iterator[tuple[Expr, Unit]]:
    if unit is not None:
        yield from ((part, unit) for part in parts)


def _joint(judgement: Judgement, *sides: Expr) -> Unit | None:
    joint = agreed([judgement.found[side.span] for side in sides])
    return None if isinstance(joint, Clash) else settled(joint)


def _of_side(
    part: nodes.Arithmetic, side: Type, unit: Unit | None, judgement: Judgement
) -> Unit | None:
    """The unit of a loose side of an operation, by what the operation makes."""
    whole = judgement.found[part.span]
    is_sum = part.operator in {Operator.PLUS, Operator.MINUS}
    if side in {RATIO, DIFFERENCE}:
        # Ratios stay numbers where the whole is one: number + ratio, or a loose whole that is.
        is_number = unit in _NUMBERS and (is_sum or whole in {RATIO, DIFFERENCE})
        if is_number:
            return NUMBER
        return PERCENTAGE if side is RATIO else POINTS
    if side is FRACTION and is_sum and unit in {PERCENTAGE, POINTS} and whole is not FRACTION:
        return PERCENTAGE
    return NUMBER if side in {SCALAR, FRACTION} else None
