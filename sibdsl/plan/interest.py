"""Interest and indexation, lowered to arithmetic on growth and year fractions.

Language reference, "Return cap, interest, indexation".
"""

from __future__ import annotations

from fractions import Fraction

from sibdsl.dates import DayCount
from sibdsl.plan.catalogue import At
from sibdsl.plan.draft import Draft, Steps, Written, each
from sibdsl.plan.moments import evaluation_date
from sibdsl.plan.terms import Arithmetic, Constant, Growth, Operation, YearFraction
from sibdsl.syntax import nodes
from sibdsl.units import NUMBER, Unit


def interest(draft: Draft, expr: nodes.Interest, unit: Unit, at: At) -> Steps:
    """Plain: amount × rate × year fraction. Compounded: amount × (growth - 1)."""
    place = expr.span
    amount = yield Written(expr.amount, at)
    rate = yield Written(expr.rate, at)
    if expr.compounded:
        start, end = yield from each((Written(expr.start, at), Written(expr.end, at)))
        growth = Growth(
            rate, expr.day_count, start, end, broken_year=True, unit=NUMBER, places=(place,)
        )
        grown = draft.add(growth)
        one = draft.add(Constant(Fraction(1), unit=NUMBER, places=(place,)))
        gained = draft.arithmetic(Operation.SUBTRACT, grown, one, NUMBER, place)
        return draft.arithmetic(Operation.MULTIPLY, amount, gained, unit, place)
    # Not worked out beforehand, even of two literals: a reader is to see the principal and the rate.
    per_year = draft.add(Arithmetic(Operation.MULTIPLY, amount, rate, unit=unit, places=(place,)))
    start, end = yield from each((Written(expr.start, at), Written(expr.end, at)))
    years = draft.add(YearFraction(expr.day_count, start, end, unit=NUMBER, places=(place,)))
    return draft.arithmetic(Operation.MULTIPLY, per_year, years, unit, place)


def indexed(draft: Draft, expr: nodes.Indexed, unit: Unit, at: At) -> Steps:
    """The amount times (1 + rate) to the full years from the start to the evaluation at hand."""
    place = expr.span
    operand = yield Written(expr.operand, at)
    rate = yield Written(expr.rate, at)
    start = yield Written(expr.start, at)
    end = evaluation_date(draft, place, at)
    # A day count says nothing of full years; one must stand here, and this is the caps' own.
    growth = draft.add(
        Growth(
            rate, DayCount.ACTUAL_365, start, end, broken_year=False, unit=NUMBER, places=(place,)
        )
    )
    return draft.arithmetic(Operation.MULTIPLY, operand, growth, unit, place)
