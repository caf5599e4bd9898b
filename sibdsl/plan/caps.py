"""Caps, lowered: the limit of each account, and the terms that cap a rate card.

The term of a limit is made when the first payment under it is settled, so that it stands before that
settlement. A cap on a rate card bears on an amount, not on a payment: it is a term over the claims.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from sibdsl.plan import terms
from sibdsl.plan.catalogue import Catalogue, unit_of
from sibdsl.plan.draft import Draft, Limit, Named, Steps, each
from sibdsl.plan.funding import provided_by
from sibdsl.plan.reach import CapStatement, Reach, cap_statements
from sibdsl.plan.terms import Aggregate, Arithmetic, Constant, Index, Operation, Summary
from sibdsl.syntax import nodes


def caps(catalogue: Catalogue) -> tuple[terms.Cap, ...]:
    """The caps in the order of the text, as the contract words them."""
    return tuple(_cap(catalogue, statement) for statement in cap_statements(catalogue))


def _cap(catalogue: Catalogue, statement: CapStatement) -> terms.Cap:
    if isinstance(statement, nodes.ReturnCap):
        return terms.Cap(
            ((statement.investor.text, ""),),
            _funded_in(catalogue, statement),
            is_return=True,
            period="",
            place=statement.span,
        )
    subjects = tuple(
        (target.name.text, "" if target.side is None else target.side.value)
        for target in statement.targets
        if isinstance(target, nodes.CapOn)
    )
    currency = catalogue.checked.types[statement.limit.span].currency
    period = _said(statement.period)
    return terms.Cap(subjects, currency, is_return=False, period=period, place=statement.span)


def _said(period: nodes.CapPeriod | None) -> str:
    match period:
        case None:
            return ""
        case nodes.PerEvaluation():
            return "per evaluation"
        case nodes.PerCalendarYear():
            return "per calendar year"
        case nodes.Within():
            return f"{period.start.value.isoformat()}/{period.end.value.isoformat()}"
        case _:
            assert_never(period)


def _funded_in(catalogue: Catalogue, cap: nodes.ReturnCap) -> str:
    provided = provided_by(catalogue, cap.investor.text)
    return provided[0].currency if provided else catalogue.checked.currency


def account(draft: Draft, number: int) -> terms.Account:
    """The account of a reach; its limit, or the rate of a return cap, is a term."""
    reach = draft.reaches[number]
    limit = draft.place_of(Limit(number))
    return terms.Account(
        reach.cap,
        _return_limit(draft.catalogue, reach, limit) if reach.investor else limit,
        reach.payments,
        reach.parts,
        tuple(draft.place_of(Named(card, at)) for card, at in reach.cards),
        reach.evaluation,
        reach.year,
        reach.counted,
    )


def _return_limit(catalogue: Catalogue, reach: Reach, rate: Index) -> terms.ReturnLimit:
    fundings = tuple((each.amount, each.on) for each in provided_by(catalogue, reach.investor))
    return terms.ReturnLimit(rate, fundings, reach.own_payments, reach.own_parts)


def card_under_caps(draft: Draft, card: str, at: int, claimed: Index) -> Steps:
    """The lesser of what is claimed and what each cap on the card leaves at this evaluation."""
    rooms: list[Index] = []
    for number, reach in enumerate(draft.reaches):
        if (card, at) in reach.cards:
            room = yield from _room(draft, number, card, at)
            rooms.append(room)
    if not rooms:
        return claimed
    unit, places = unit_of(draft.catalogue, card), draft.terms[claimed].places
    lesser = Aggregate(Summary.LOWEST, (claimed, *rooms), unit=unit, places=places)
    return draft.add(lesser)


def _room(draft: Draft, number: int, card: str, at: int) -> Steps:
    """The limit less what the card, or another under the same cap, took before; never below nil."""
    reach = draft.reaches[number]
    unit, places = unit_of(draft.catalogue, card), (reach.limit.span,)
    limit = yield Limit(number)
    before = reach.cards[: reach.cards.index((card, at))]
    if not before:
        return limit
    taken = yield from each(Named(name, earlier) for name, earlier in before)
    evaluations = tuple(earlier for _, earlier in before)
    total = draft.add(Aggregate(Summary.TOTAL, taken, evaluations, unit=unit, places=places))
    left = draft.add(Arithmetic(Operation.SUBTRACT, limit, total, unit=unit, places=places))
    nil = draft.add(Constant(Fraction(0), unit=unit, places=places))
    return draft.add(Aggregate(Summary.HIGHEST, (left, nil), unit=unit, places=places))
