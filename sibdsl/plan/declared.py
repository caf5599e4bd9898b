"""Declared terms, lowered: each name once for every evaluation at which it is wanted."""

from __future__ import annotations

from typing import assert_never

from sibdsl.plan.caps import card_under_caps
from sibdsl.plan.catalogue import At, fixed_number, payment_at, stands_at, unit_of
from sibdsl.plan.draft import Draft, Gross, Limit, Met, Named, Steps, Wanted, Written, each
from sibdsl.plan.expressions import lowered
from sibdsl.plan.tables import table
from sibdsl.plan.terms import (
    Claimed,
    Constant,
    NamedTerm,
    NameKind,
    Negation,
    Quantifier,
    Result,
    Rounded,
    Several,
)
from sibdsl.syntax import nodes
from sibdsl.units import YES_NO


def begin(draft: Draft, wanted: Wanted) -> Steps:
    """The lowering of whatever is wanted."""
    match wanted:
        case Written():
            return lowered(draft, wanted.expr, wanted.at)
        case Named():
            return _named(draft, wanted.name, wanted.at)
        case Gross():
            return _gross(draft, wanted)
        case Met():
            return _met(draft, wanted)
        case Limit():
            return _limit(draft, wanted)
        case _:
            assert_never(wanted)


def _named(draft: Draft, name: str, at: At) -> Steps:
    declared = draft.catalogue.declared(name)
    match declared:
        case nodes.Measure():
            kind, index = NameKind.MEASURE, _measure(draft, declared, at)
        case nodes.Definition():
            kind, index = NameKind.DEFINITION, (yield Written(declared.body, at))
        case nodes.Condition():
            kind, index = NameKind.CONDITION, (yield Written(declared.test, at))
        case nodes.Table():
            kind, index = NameKind.TABLE, (yield from table(draft, declared, at))
        case nodes.RateCard():
            kind, index = NameKind.RATE_CARD, (yield from _card(draft, declared, at))
        case nodes.Payment():
            kind, index = NameKind.PAYMENT, draft.settled(draft.catalogue.payments[name, at])
        case _:
            raise AssertionError(f"{name} has no value")
    return draft.name(NamedTerm(name, kind, at, index, declared.name.span))


def _measure(draft: Draft, declared: nodes.Measure, at: At) -> int:
    catalogue = draft.catalogue
    name = declared.name.text
    unit, places = unit_of(catalogue, name), (declared.name.span,)
    result = draft.add(Result(catalogue.measures[name], at, unit=unit, places=places))
    for detail in declared.details:
        if isinstance(detail, nodes.MeasureRounding):
            step = fixed_number(catalogue, detail.step)
            places = (detail.span,)
            result = draft.add(Rounded(result, detail.mode, step, unit=unit, places=places))
    return result


def _card(draft: Draft, declared: nodes.RateCard, at: At) -> Steps:
    assert at is not None
    name = declared.name.text
    prices = yield from each(Written(outcome.price, at) for outcome in declared.outcomes)
    participant_cap = None
    if declared.participant_cap is not None:
        participant_cap = yield Written(declared.participant_cap, at)
        # The cap runs over the whole contract, so what the card came to before stands before.
        stands = stands_at(draft.catalogue, name) or ()
        for earlier in stands[: stands.index(at)][-1:]:
            yield Named(name, earlier)
    claimed = draft.add(
        Claimed(
            draft.catalogue.cards[name],
            at,
            prices,
            participant_cap,
            unit=unit_of(draft.catalogue, name),
            places=(declared.name.span,),
        )
    )
    return (yield from card_under_caps(draft, name, at, claimed))


# --------------------------------------------------------------------------------------- payments


def _gross(draft: Draft, wanted: Gross) -> Steps:
    return (yield Written(payment_at(draft.catalogue, wanted.name, wanted.at).amount, wanted.at))


def _met(draft: Draft, wanted: Met) -> Steps:
    """``when A unless B``: A and not B. A payment without either is always met."""
    payment = payment_at(draft.catalogue, wanted.name, wanted.at)
    tests: list[int] = []
    if payment.when is not None:
        when = yield Written(payment.when, wanted.at)
        tests.append(when)
    if payment.unless is not None:
        unless = yield Written(payment.unless, wanted.at)
        places = (payment.unless.span,)
        tests.append(draft.add(Negation(unless, unit=YES_NO, places=places)))
    if not tests:
        return draft.add(Constant(value=True, unit=YES_NO, places=(payment.span,)))
    if len(tests) == 1:
        return tests[0]
    return draft.add(Several(Quantifier.ALL, 2, tuple(tests), unit=YES_NO, places=(payment.span,)))


def _limit(draft: Draft, wanted: Limit) -> Steps:
    reach = draft.reaches[wanted.reach]
    return (yield Written(reach.limit, reach.at))
