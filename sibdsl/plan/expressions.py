"""Expressions, lowered: each becomes a term at the evaluation at hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, assert_never

from sibdsl.plan import terms
from sibdsl.plan.catalogue import At, fixed_number, months_in, used_at
from sibdsl.plan.draft import Draft, Named, Steps, Written, each
from sibdsl.plan.interest import indexed, interest
from sibdsl.plan.moments import (
    accepted,
    at_evaluation,
    at_previous,
    evaluation_date,
    gross_amount,
    over_evaluations,
    paid,
    provided,
)
from sibdsl.plan.tables import looked_up
from sibdsl.plan.terms import Index, Operation, Quantifier, Summary
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator, Relation
from sibdsl.units import NUMBER, YES_NO, Kind, Unit

_OPERATIONS: Final = {
    Operator.PLUS: Operation.ADD,
    Operator.MINUS: Operation.SUBTRACT,
    Operator.TIMES: Operation.MULTIPLY,
    Operator.OF: Operation.MULTIPLY,
    Operator.DIVIDED_BY: Operation.DIVIDE,
}
_RELATIONS: Final = {
    Relation.AT_LEAST: terms.Relation.AT_LEAST,
    Relation.AT_MOST: terms.Relation.AT_MOST,
    Relation.MORE_THAN: terms.Relation.MORE_THAN,
    Relation.LESS_THAN: terms.Relation.LESS_THAN,
    Relation.IS: terms.Relation.EQUAL,
    Relation.BEFORE: terms.Relation.LESS_THAN,
    Relation.AFTER: terms.Relation.MORE_THAN,
    Relation.ON_OR_BEFORE: terms.Relation.AT_MOST,
    Relation.ON_OR_AFTER: terms.Relation.AT_LEAST,
}


def lowered(draft: Draft, expr: Expr, at: At) -> Steps:
    """The term of an expression."""
    match expr:
        case nodes.NameUse():
            name = expr.name.text
            return (yield Named(name, used_at(draft.catalogue, name, at)))
        case nodes.Arithmetic():
            return (yield from _arithmetic(draft, expr, at))
        case nodes.Comparison() | nodes.Between():
            return (yield from _comparison(draft, expr, at))
        case nodes.Not():
            negated = yield Written(expr.operand, at)
            return draft.add(terms.Negation(negated, unit=YES_NO, places=(expr.span,)))
        case nodes.And() | nodes.Or() | nodes.AtLeast():
            return (yield from _several(draft, expr, at))
        case nodes.Choice():
            condition = yield Written(expr.condition, at)
            yes = yield Written(expr.yes, at)
            no = yield Written(expr.no, at)
            unit = _unit(draft, expr)
            return draft.add(terms.Choice(condition, yes, no, unit=unit, places=(expr.span,)))
        case nodes.OrElse():
            first = yield Written(expr.operand, at)
            other = yield Written(expr.fallback, at)
            unit = _unit(draft, expr)
            return draft.add(terms.Fallback(first, other, unit=unit, places=(expr.span,)))
        case nodes.Extremum():
            return (yield from _extremum(draft, expr, at))
        case nodes.Negative() | nodes.PointsIn() | nodes.InCurrency() | nodes.Rounded():
            return (yield from _changed(draft, expr, at))
        case nodes.Interest():
            return (yield from interest(draft, expr, _unit(draft, expr), at))
        case nodes.Indexed():
            return (yield from indexed(draft, expr, _unit(draft, expr), at))
        case nodes.LookUp():
            return (yield from looked_up(draft, expr, _unit(draft, expr), at))
        case _:
            return (yield from _elsewhere(draft, expr, at))


Literal = (
    nodes.Number
    | nodes.Percentage
    | nodes.Points
    | nodes.Amount
    | nodes.Date
    | nodes.Duration
    | nodes.YesNo
)
Elsewhere = (
    Literal
    | nodes.AtEvaluation
    | nodes.AtPrevious
    | nodes.EvaluationDate
    | nodes.OverEvaluations
    | nodes.PaidToDate
    | nodes.ProvidedToDate
    | nodes.TotalPaid
    | nodes.GrossAmount
    | nodes.Accepted
)


def _elsewhere(draft: Draft, expr: Elsewhere, at: At) -> Steps:
    """What is written out, and what looks beyond the evaluation at hand."""
    unit = _unit(draft, expr)
    match expr:
        case nodes.AtEvaluation():
            return (yield from at_evaluation(draft, expr))
        case nodes.AtPrevious():
            return (yield from at_previous(draft, expr, unit, at))
        case nodes.OverEvaluations():
            return (yield from over_evaluations(draft, expr, unit, at))
        case nodes.GrossAmount():
            return (yield from gross_amount(draft, expr, unit, at))
        case nodes.EvaluationDate():
            return evaluation_date(draft, expr.span, at)
        case nodes.PaidToDate() | nodes.TotalPaid():
            return paid(draft, expr, unit, at)
        case nodes.ProvidedToDate():
            return provided(draft, expr, unit, at)
        case nodes.Accepted():
            return accepted(draft, expr, unit, at)
        case _:
            return _literal(draft, expr, unit)


def _unit(draft: Draft, expr: Expr) -> Unit:
    return draft.catalogue.checked.types[expr.span]


def _literal(draft: Draft, expr: Literal, unit: Unit) -> Index:
    match expr:
        case nodes.YesNo():
            return draft.add(terms.Constant(expr.value, unit=unit, places=(expr.span,)))
        case nodes.Date():
            return draft.literal(Fraction(expr.value.toordinal()), unit, expr.span)
        case nodes.Duration():
            return draft.literal(fixed_number(draft.catalogue, expr), unit, expr.span)
        case nodes.Number() | nodes.Percentage() | nodes.Points() | nodes.Amount():
            return draft.literal(expr.value, unit, expr.span)
        case _:
            assert_never(expr)


# ------------------------------------------------------------------------------------ arithmetic


def _arithmetic(draft: Draft, expr: nodes.Arithmetic, at: At) -> Steps:
    unit = _unit(draft, expr)
    if unit.kind is Kind.DATE:
        if _unit(draft, expr.right).kind is Kind.MONTHS:
            return (yield from _shifted(draft, expr, expr.left, expr.right, at))
        if _unit(draft, expr.left).kind is Kind.MONTHS:
            return (yield from _shifted(draft, expr, expr.right, expr.left, at))
    left = yield Written(expr.left, at)
    right = yield Written(expr.right, at)
    return draft.arithmetic(_OPERATIONS[expr.operator], left, right, unit, expr.span)


def _shifted(draft: Draft, expr: nodes.Arithmetic, moved: Expr, duration: Expr, at: At) -> Steps:
    """A date and a duration in months: they are counted from the date, never added up as days."""
    months = months_in(draft.catalogue, duration)
    if expr.operator is Operator.MINUS:
        months = -months
    day = yield Written(moved, at)
    return draft.add(terms.Shift(day, months, unit=_unit(draft, expr), places=(expr.span,)))


def _extremum(draft: Draft, expr: nodes.Extremum, at: At) -> Steps:
    items = yield from each(Written(item, at) for item in expr.items)
    summary = Summary.LOWEST if expr.which is nodes.Extreme.LESSER else Summary.HIGHEST
    unit = _unit(draft, expr)
    return draft.add(terms.Aggregate(summary, items, unit=unit, places=(expr.span,)))


Changed = nodes.Negative | nodes.PointsIn | nodes.InCurrency | nodes.Rounded


def _changed(draft: Draft, expr: Changed, at: At) -> Steps:
    """One value made of another."""
    unit, place = _unit(draft, expr), expr.span
    match expr:
        case nodes.Negative():
            nil = draft.literal(Fraction(0), unit, place)
            operand = yield Written(expr.operand, at)
            return draft.arithmetic(Operation.SUBTRACT, nil, operand, unit, place)
        case nodes.PointsIn():
            operand = yield Written(expr.operand, at)
            hundred = draft.literal(Fraction(100), NUMBER, place)
            return draft.arithmetic(Operation.MULTIPLY, operand, hundred, unit, place)
        case nodes.Rounded():
            operand = yield Written(expr.operand, at)
            step = fixed_number(draft.catalogue, expr.step)
            return draft.add(terms.Rounded(operand, expr.mode, step, unit=unit, places=(place,)))
        case nodes.InCurrency():
            operand = yield Written(expr.operand, at)
            return (yield from _converted(draft, expr, operand, at))
        case _:
            assert_never(expr)


def _converted(draft: Draft, expr: nodes.InCurrency, operand: Index, at: At) -> Steps:
    """By the exchange rate between the two currencies, whichever way round the contract has it."""
    given, wanted = draft.terms[operand].unit.currency, expr.currency
    unit, place = _unit(draft, expr), expr.span
    if given == wanted:
        return operand
    for rate in draft.catalogue.checked.contract.statements:
        if not isinstance(rate, nodes.ExchangeRate):
            continue
        pair = rate.base.currency, _quoted_in(draft, rate)
        if pair == (given, wanted):
            per_unit = yield from _per_unit(draft, rate, at)
            return draft.arithmetic(Operation.MULTIPLY, operand, per_unit, unit, place)
        if pair == (wanted, given):
            per_unit = yield from _per_unit(draft, rate, at)
            return draft.arithmetic(Operation.DIVIDE, operand, per_unit, unit, place)
    raise AssertionError(f"no exchange rate from {given} to {wanted}")


def _quoted_in(draft: Draft, rate: nodes.ExchangeRate) -> str:
    """The other currency; a rate that is measured is one into the currency of the contract."""
    if isinstance(rate.quote, nodes.Amount):
        return rate.quote.currency
    return draft.catalogue.checked.currency


def _per_unit(draft: Draft, rate: nodes.ExchangeRate, at: At) -> Steps:
    """How much of the other currency one unit of the base comes to."""
    if isinstance(rate.quote, nodes.Amount):
        per_unit = rate.quote.value / rate.base.value
        return draft.add(terms.Constant(per_unit, unit=NUMBER, places=(rate.span,)))
    quoted = yield Written(rate.quote, at)
    if rate.base.value == 1:
        return quoted
    base = draft.add(terms.Constant(rate.base.value, unit=NUMBER, places=(rate.base.span,)))
    return draft.arithmetic(Operation.DIVIDE, quoted, base, NUMBER, rate.span)


# ----------------------------------------------------------------------------------------- tests


def _comparison(draft: Draft, expr: nodes.Comparison | nodes.Between, at: At) -> Steps:
    match expr:
        case nodes.Comparison():
            left = yield Written(expr.left, at)
            right = yield Written(expr.right, at)
            return _compared(draft, _RELATIONS[expr.relation], left, right, expr.span)
        case nodes.Between():
            operand = yield Written(expr.operand, at)
            low = yield Written(expr.low, at)
            high = yield Written(expr.high, at)
            within = (
                _compared(draft, terms.Relation.AT_LEAST, operand, low, expr.span),
                _compared(draft, terms.Relation.AT_MOST, operand, high, expr.span),
            )
            return draft.add(
                terms.Several(Quantifier.ALL, 2, within, unit=YES_NO, places=(expr.span,))
            )
        case _:
            assert_never(expr)


def _compared(
    draft: Draft, relation: terms.Relation, left: Index, right: Index, place: Span
) -> Index:
    return draft.add(terms.Comparison(relation, left, right, unit=YES_NO, places=(place,)))


def _several(draft: Draft, expr: nodes.And | nodes.Or | nodes.AtLeast, at: At) -> Steps:
    items = yield from each(Written(item, at) for item in expr.items)
    match expr:
        case nodes.And():
            quantifier, number = Quantifier.ALL, len(items)
        case nodes.Or():
            quantifier, number = Quantifier.ANY, 1
        case nodes.AtLeast():
            quantifier, number = Quantifier.AT_LEAST, int(expr.number.value)
        case _:
            assert_never(expr)
    return draft.add(terms.Several(quantifier, number, items, unit=YES_NO, places=(expr.span,)))
