"""Claims to try on rate cards: each outcome by one participant, often, and all outcomes together.

A claim is made as a participant would: what an outcome requires is claimed before, by somebody of the
class and with the first day that the tariff is open to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sibdsl.plan.terms import Plan, RateCard, Tariff
from sibdsl.results.reported import Claim, Participant
from sibdsl.review.points import Claims, NamedClaim

_PARTICIPANT = "A"
_OFTEN = 3
_MOST = 24


def claims_to_try(*plans: Plan) -> tuple[Claims, ...]:
    """Sets of claims on the cards of either plan, no two the same."""
    found: dict[Claims, None] = {}
    for plan in plans:
        for card in plan.cards:
            for tried in _of_card(plan, card):
                found.setdefault(tried)
    return tuple(found)[:_MOST]


def _of_card(plan: Plan, card: RateCard) -> Iterator[Claims]:
    occasions = sorted(card.evaluations, key=lambda each: plan.evaluations[each].on)
    if not occasions:
        return
    first, last = occasions[0], occasions[-1]
    yield _claims(plan, card, [(each, last) for each in card.tariffs])
    for tariff in card.tariffs:
        needed = _required(card, tariff)
        once = [(each, first) for each in needed]
        yield _claims(plan, card, [*once, (tariff, last)])
        if needed:
            yield _claims(plan, card, [(each, last) for each in (*needed, tariff)])
        at = [occasions[number * (len(occasions) - 1) // (_OFTEN - 1)] for number in range(_OFTEN)]
        yield _claims(plan, card, [*once, *((tariff, each) for each in at)])


def _required(card: RateCard, tariff: Tariff) -> list[Tariff]:
    """What must have been accepted before, and before that; the first of several that serve."""
    found: list[Tariff] = []
    waiting = [tariff]
    while waiting:
        for requirement in waiting.pop().requires:
            before = card.tariffs[requirement.outcomes[0]]
            if before not in found and before is not tariff:
                found.append(before)
                waiting.append(before)
    return found[::-1]


def _claims(plan: Plan, card: RateCard, wanted: Sequence[tuple[Tariff, int]]) -> Claims:
    """Claims of one participant, a day apart where they are of one evaluation, the last on its day."""
    named: list[NamedClaim] = []
    for number, (tariff, at) in enumerate(wanted):
        evaluation = plan.evaluations[at]
        on = max(plan.start, evaluation.on - timedelta(days=len(wanted) - 1 - number))
        claim = Claim(_PARTICIPANT, 0, 0, on, 0)
        named.append((card.name, tariff.outcome, tariff.for_class, evaluation.name, claim))
    classes = [tariff.for_class for tariff, _ in wanted if tariff.for_class]
    who = Participant(_PARTICIPANT, classes[-1] if classes else "", _started(plan, wanted))
    return Claims(tuple(named), (who,))


def _started(plan: Plan, wanted: Sequence[tuple[Tariff, int]]) -> date:
    starts = [tariff.starts[0] for tariff, _ in wanted if tariff.starts is not None]
    return starts[-1] if starts else plan.start
