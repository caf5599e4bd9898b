"""What looks beyond the evaluation at hand: other evaluations, and money up to its date."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from sibdsl.plan import terms
from sibdsl.plan.catalogue import (
    At,
    is_declared_at,
    members,
    parts_of,
    payment_at,
    previous,
    stands_at,
    used_at,
)
from sibdsl.plan.draft import Draft, Gross, Met, Named, Steps, each
from sibdsl.plan.editions import not_there
from sibdsl.plan.funding import provided_by
from sibdsl.plan.terms import (
    AcceptedClaims,
    Aggregate,
    Cause,
    Constant,
    Index,
    Quantifier,
    Several,
    Summary,
)
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Over, Side
from sibdsl.units import COUNT, DATE, YES_NO, Unit

_SUMMARIES: Final = {
    Over.TOTAL: Summary.TOTAL,
    Over.AVERAGE: Summary.AVERAGE,
    Over.LOWEST: Summary.LOWEST,
    Over.HIGHEST: Summary.HIGHEST,
}
_QUANTIFIERS: Final = {
    Over.ANY: Quantifier.ANY,
    Over.ALL: Quantifier.ALL,
    Over.AT_LEAST: Quantifier.AT_LEAST,
}


# ------------------------------------------------------------------------------ other evaluations


def evaluation_date(draft: Draft, place: Span, at: At) -> Index:
    """The date of the evaluation at hand."""
    assert at is not None
    ordinal = Fraction(draft.catalogue.on(at).toordinal())
    return draft.add(Constant(ordinal, unit=DATE, places=(place,)))


def at_evaluation(draft: Draft, expr: nodes.AtEvaluation) -> Steps:
    """``X at Cohort 2``. Raises EditionsError where the terms then in force have no such name."""
    catalogue, name = draft.catalogue, expr.name.text
    at = catalogue.evaluations[expr.evaluation.text]
    if not is_declared_at(catalogue, name, at):
        raise not_there(catalogue, name, expr.span, at)
    return (yield Named(name, at))


def at_previous(draft: Draft, expr: nodes.AtPrevious, unit: Unit, at: At) -> Steps:
    """``X at previous evaluation``: undefined at the first of the series."""
    assert at is not None
    earlier = previous(draft.catalogue, at)
    if earlier is None or not is_declared_at(draft.catalogue, expr.name.text, earlier):
        return _no_previous(draft, unit, expr.span)
    return (yield Named(expr.name.text, earlier))


def _no_previous(draft: Draft, unit: Unit, place: Span) -> Index:
    return draft.add(terms.Undefined(Cause.NO_PREVIOUS_EVALUATION, unit=unit, places=(place,)))


def over_evaluations(draft: Draft, expr: nodes.OverEvaluations, unit: Unit, at: At) -> Steps:
    """``total of X``, ``any of C to date``: to date counts every evaluation up to this one's date."""
    name = expr.name.text
    evaluations = stands_at(draft.catalogue, name) or ()
    if expr.to_date:
        assert at is not None
        today = draft.catalogue.on(at)
        evaluations = tuple(each for each in evaluations if draft.catalogue.on(each) <= today)
    items = yield from each(Named(name, evaluation) for evaluation in evaluations)
    places = (expr.span,)
    if expr.which in _SUMMARIES:
        summary = _SUMMARIES[expr.which]
        return draft.add(Aggregate(summary, items, evaluations, unit=unit, places=places))
    number = {Over.ANY: 1, Over.ALL: len(items)}.get(expr.which, 0)
    if expr.number is not None:
        number = int(expr.number.value)
    quantifier = _QUANTIFIERS[expr.which]
    return draft.add(Several(quantifier, number, items, evaluations, unit=YES_NO, places=places))


def gross_amount(draft: Draft, expr: nodes.GrossAmount, unit: Unit, at: At) -> Steps:
    """``gross amount of P``: before caps and rounding, nil where its condition is not met."""
    name, place = expr.payment.name.text, expr.span
    where: At
    match expr.payment:
        case nodes.NameUse():
            where = used_at(draft.catalogue, name, at)
        case nodes.AtEvaluation():
            where = draft.catalogue.evaluations[expr.payment.evaluation.text]
            if not is_declared_at(draft.catalogue, name, where):
                raise not_there(draft.catalogue, name, place, where)
        case nodes.AtPrevious():
            assert at is not None
            where = previous(draft.catalogue, at)
            if where is None or not is_declared_at(draft.catalogue, name, where):
                return _no_previous(draft, unit, place)
    gross = yield Gross(name, where)
    if not is_conditional(payment_at(draft.catalogue, name, where)):
        return gross
    met = yield Met(name, where)
    nil = draft.add(Constant(Fraction(0), unit=unit, places=(place,)))
    return draft.add(terms.Choice(met, gross, nil, unit=unit, places=(place,)))


def is_conditional(payment: nodes.Payment) -> bool:
    """Whether a payment has a condition."""
    return payment.when is not None or payment.unless is not None


# ------------------------------------------------------------------------------------------ money


def paid(draft: Draft, expr: nodes.PaidToDate | nodes.TotalPaid, unit: Unit, at: At) -> Index:
    """The total of the parts that a party pays or is paid, due by the evaluation's date or ever."""
    catalogue = draft.catalogue
    wanted = set(members(catalogue, expr.party.text))
    side = 0 if expr.side is Side.PAYER else 1
    items: list[Index] = []
    for rank, instance in enumerate(catalogue.instances):
        if isinstance(expr, nodes.PaidToDate):
            assert at is not None
            if instance.due > catalogue.on(at):
                break
        payment = catalogue.said[rank]
        if catalogue.checked.types[payment.amount.span] != unit:
            continue
        for part, sides in enumerate(parts_of(catalogue, payment)):
            if sides[side] in wanted:
                items.append(draft.part(rank, part, unit))
    return draft.add(Aggregate(Summary.TOTAL, tuple(items), unit=unit, places=(expr.span,)))


def provided(draft: Draft, expr: nodes.ProvidedToDate, unit: Unit, at: At) -> Index:
    """The funding by a party, or by a group and its members, up to the evaluation's date."""
    catalogue = draft.catalogue
    assert at is not None
    today = catalogue.on(at)
    amounts = (
        each.amount
        for each in provided_by(catalogue, expr.party.text)
        if each.on <= today and each.currency == unit.currency
    )
    total = sum(amounts, Fraction(0))
    return draft.add(Constant(total, unit=unit, places=(expr.span,)))


# ----------------------------------------------------------------------------------------- claims


def accepted(draft: Draft, expr: nodes.Accepted, unit: Unit, at: At) -> Index:
    """The accepted claims of an outcome, for whichever class it is priced.

    Raises EditionsError where the terms then in force have no such card.
    """
    catalogue = draft.catalogue
    where = at if expr.evaluation is None else catalogue.evaluations[expr.evaluation.text]
    assert where is not None
    places = (expr.span,)
    cards = tuple(catalogue.cards)
    for card, _ in catalogue.outcomes[expr.outcome.text]:
        if not is_declared_at(catalogue, cards[card], where):
            raise not_there(catalogue, cards[card], expr.span, where)
    counts = tuple(
        draft.add(AcceptedClaims(card, where, place, unit=COUNT, places=places))
        for card, place in catalogue.outcomes[expr.outcome.text]
    )
    if len(counts) == 1:
        return counts[0]
    return draft.add(Aggregate(Summary.TOTAL, counts, unit=unit, places=places))
