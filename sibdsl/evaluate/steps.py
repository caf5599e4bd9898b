"""What one step of a reason says: its value, why there is none, by how much a test was passed."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, assert_never

from sibdsl.evaluate.determination import Reason, Why
from sibdsl.evaluate.exact import day
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.plan.terms import Cause, Comparison, Relation, Term
from sibdsl.source import Span
from sibdsl.units import DAYS, POINTS, Kind, Quantity, Unit

_CAUSES: Final = {
    Cause.DIVISION_BY_ZERO: Why.DIVISION_BY_ZERO,
    Cause.NO_PREVIOUS_EVALUATION: Why.NO_PREVIOUS_EVALUATION,
    Cause.NOT_AVAILABLE: Why.NOT_AVAILABLE,
    Cause.CANCELLED: Why.CANCELLED,
    Cause.BELOW_FIRST_ROW: Why.BELOW_FIRST_ROW,
    Cause.NOTHING_TO_AVERAGE: Why.NOTHING_TO_AVERAGE,
    Cause.TOO_LONG: Why.TOO_LONG,
}


def resting_on(step: Reason, because: tuple[Reason, ...]) -> Reason:
    """A step with what it rests on."""
    # As ``evolve(step, because=…)``, which looks up each field: there are hundreds of steps.
    return Reason(
        step.why,
        step.name,
        step.evaluation,
        step.unit,
        step.value,
        step.place,
        because,
        step.relation,
        step.threshold,
        step.margin,
        step.left,
        step.right,
        step.reading,
    )


def within(side: Term, comparison: Comparison) -> Span | None:
    """Where a side of a comparison is written: equal terms are one, and may stand in many places."""
    for place in side.places:
        for whole in comparison.places:
            if whole.start <= place.start and place.end <= whole.end:
                return place
    return None


def why_missing(value: Value) -> Why | None:
    """Why there is no value; None if there is one."""
    if isinstance(value, Undefined):
        return _CAUSES[value.cause]
    return Why.UNKNOWN if value is UNKNOWN else None


def quantity(value: Value, unit: Unit) -> Quantity | None:
    """A value with its unit; dates as dates. None where there is no value."""
    if isinstance(value, bool):
        return Quantity(value, unit)
    if not isinstance(value, Fraction):
        return None
    said: Fraction | date = day(value) if unit.kind is Kind.DATE else value
    return Quantity(said, unit)


def margin(relation: Relation, left: Fraction, right: Fraction) -> Fraction:
    """The signed distance by which a comparison is passed; negative where it is short of it."""
    match relation:
        case Relation.AT_LEAST | Relation.MORE_THAN:
            return left - right
        case Relation.AT_MOST | Relation.LESS_THAN:
            return right - left
        case Relation.EQUAL:
            return -abs(left - right)
        case _:
            assert_never(relation)


def margin_unit(unit: Unit) -> Unit:
    """The unit of a difference: of percentages points, of dates days."""
    match unit.kind:
        case Kind.PERCENTAGE:
            return POINTS
        case Kind.DATE:
            return DAYS
        case _:
            return unit
