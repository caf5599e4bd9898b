"""The one evaluator: a loop over the plan's terms, handing each to an algebra.

Nothing here knows what a value is. Payments are settled where their term stands in the plan, which
is in rank order, so that what one takes is known when the next comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar, assert_never

from sibdsl.evaluate.algebra import Algebra
from sibdsl.evaluate.ledger import Ledger, Settled
from sibdsl.evaluate.settle import settle
from sibdsl.evaluate.tables import look_up
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    AcceptedClaims,
    Aggregate,
    Alias,
    Arithmetic,
    Cause,
    Choice,
    Claimed,
    Comparison,
    Constant,
    Fallback,
    Growth,
    Index,
    Lookup,
    Negation,
    Part,
    Plan,
    Quantifier,
    Result,
    Rounded,
    Settlement,
    Several,
    Shift,
    Term,
    Undefined,
    YearFraction,
)

V = TypeVar("V")


@frozen
class Trace(Generic[V]):
    """The value of every term, and how every payment was settled; both in the plan's order."""

    values: tuple[V, ...]
    settled: tuple[Settled[V], ...]


def run(plan: Plan, algebra: Algebra[V]) -> Trace[V]:
    """Evaluate every term of a plan once, in order."""
    values: list[V] = []
    ledger = Ledger.opened(plan, algebra)
    for term in plan.terms:
        values.append(value_of(term, values, ledger, algebra))
    return Trace(tuple(values), tuple(ledger.settled))


def value_of(term: Term, values: Sequence[V], ledger: Ledger[V], algebra: Algebra[V]) -> V:
    """The value of one term, from those of the terms before it."""
    match term:
        case Arithmetic():
            return algebra.arithmetic(term.operation, values[term.left], values[term.right])
        case Constant():
            return algebra.constant(term.value)
        case Alias():
            return values[term.term]
        case Result():
            return algebra.result(term.measure, term.evaluation)
        case Comparison():
            return algebra.compare(term.relation, values[term.left], values[term.right])
        case Several():
            items = in_force(term.items, term.evaluations, values, algebra)
            if not items and term.quantifier is Quantifier.ALL:
                # Nothing is left to judge: what holds of every one of none must not pay.
                return algebra.undefined(Cause.CANCELLED)
            return algebra.several(term.quantifier, term.number, items)
        case Aggregate():
            items = in_force(term.items, term.evaluations, values, algebra)
            return algebra.summary(term.summary, items)
        case Settlement():
            return settle(term.payment, values, ledger, algebra)
        case Part():
            return ledger.settled[term.payment].parts[term.part].value
        case Choice():
            return algebra.choose(values[term.condition], values[term.yes], values[term.no])
        case Lookup():
            return look_up(term, values, algebra)
        case Negation():
            return algebra.negation(values[term.term])
        case Fallback():
            return algebra.otherwise(values[term.term], values[term.otherwise])
        case Rounded():
            return algebra.rounded(values[term.term], term.mode, term.step)
        case _:
            return _rarer_value(term, values, algebra)


_Rarer = Claimed | AcceptedClaims | Undefined | YearFraction | Growth | Shift


def _rarer_value(term: _Rarer, values: Sequence[V], algebra: Algebra[V]) -> V:
    match term:
        case Claimed():
            prices = [values[price] for price in term.prices]
            cap = None if term.participant_cap is None else values[term.participant_cap]
            return algebra.claimed(term.card, term.evaluation, prices, cap)
        case AcceptedClaims():
            return algebra.accepted(term.card, term.evaluation, term.outcome)
        case Undefined():
            return algebra.undefined(term.cause)
        case YearFraction():
            return algebra.year_fraction(term.day_count, values[term.start], values[term.end])
        case Growth():
            return algebra.growth(
                values[term.rate],
                term.day_count,
                values[term.start],
                values[term.end],
                broken_year=term.broken_year,
            )
        case Shift():
            return algebra.shift(values[term.date], term.months)
        case _:
            assert_never(term)


def in_force(
    items: Sequence[Index],
    evaluations: Sequence[int],
    values: Sequence[V],
    algebra: Algebra[V],
) -> list[V]:
    """The values of items, those at cancelled evaluations left out."""
    if not evaluations:
        return [values[item] for item in items]
    return [
        values[item]
        for item, evaluation in zip(items, evaluations, strict=True)
        if not algebra.is_cancelled(evaluation)
    ]
