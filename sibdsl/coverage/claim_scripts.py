"""Claims that would show what a rate card provides for: accepted, and refused for each reason."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta

from sibdsl.coverage.cases import Case, CaseKind
from sibdsl.dates import add_months
from sibdsl.evaluate.claims import in_order, outcome_ranks
from sibdsl.frozen import frozen
from sibdsl.plan.terms import GivenClaim, GivenParticipant, Plan, Tariff

MOST_CLAIMS = 40
"""A longer example would be read by nobody."""


@frozen
class Script:
    """Claims, and what is said of those who make them."""

    claims: tuple[GivenClaim, ...] = ()
    participants: tuple[GivenParticipant, ...] = ()

    def then(self, other: Script) -> Script:
        """The claims of both, none of them twice."""
        return Script(
            tuple(dict.fromkeys((*self.claims, *other.claims))),
            tuple(dict.fromkeys((*self.participants, *other.participants))),
        )


def person(number: int) -> str:
    """A participant: A to Z, then A2 to Z2."""
    letter, again = chr(ord("A") + number % 26), number // 26
    return f"{letter}{again + 1}" if again else letter


def scripts(
    plan: Plan, case: Case, card: int, evaluation: int, name: str = "A"
) -> Iterator[Script]:
    """Claims at an evaluation that may show a case of a rate card."""
    tariff = plan.cards[card].tariffs[case.number] if case.kind is not CaseKind.CAP else None
    match case.kind:
        case CaseKind.ACCEPTED:
            yield from _made(chain(plan, card, case.number, evaluation, name))
        case CaseKind.REFUSED_BY_LIMIT:
            assert tariff is not None
            yield from _made(_over_the_limit(plan, card, case.number, evaluation, name))
        case CaseKind.REFUSED_BY_REQUIRES:
            yield from _made(chain(plan, card, case.number, evaluation, name, without=case.of))
        case CaseKind.REFUSED_BY_CLASS:
            on = plan.evaluations[evaluation].on
            claim = GivenClaim(name, card, case.number, on, evaluation)
            yield Script((claim,))
        case CaseKind.PARTICIPANT_CAP:
            yield from _everything(plan, card, evaluation, (name,))
        case _:
            people = tuple(person(number) for number in range(26))
            yield from deque(_everything(plan, card, evaluation, people), maxlen=1)


def _made(script: Script | None) -> Iterator[Script]:
    if script is not None:
        yield script


def chain(
    plan: Plan,
    card: int,
    outcome: int,
    evaluation: int,
    name: str,
    *,
    without: int | None = None,
    on: date | None = None,
) -> Script | None:
    """A claim of an outcome, and before it the claims that it requires; None if none can be made.

    ``without`` leaves one requirement out.
    """
    tariffs = plan.cards[card].tariffs
    day = plan.evaluations[evaluation].on if on is None else on
    claims: dict[int, date] = {}
    waiting = [(outcome, day)]
    while waiting:
        wanted, by = waiting.pop()
        if wanted in claims and claims[wanted] <= by:
            continue
        if by < plan.start or len(claims) > len(tariffs):
            return None
        claims[wanted] = by
        for number, requirement in enumerate(tariffs[wanted].requires):
            if wanted == outcome and number == without:
                continue
            before = add_months(by, -requirement.months) - timedelta(requirement.days)
            waiting.append((_easiest(tariffs, requirement.outcomes), before))
    ranks = outcome_ranks(plan.cards[card])
    made = tuple(
        GivenClaim(name, card, each, when, _evaluation_of(plan, card, when))
        for each, when in sorted(claims.items(), key=lambda item: (item[1], ranks[item[0]]))
    )
    if any(claim.evaluation is None for claim in made):
        return None
    return Script(made, _participant(tariffs, tuple(claims), name))


def _easiest(tariffs: tuple[Tariff, ...], outcomes: tuple[int, ...]) -> int:
    return min(outcomes, key=lambda each: len(tariffs[each].requires))


def _evaluation_of(plan: Plan, card: int, on: date) -> int | None:
    later = (at for at in in_order(plan, card) if plan.evaluations[at].on >= on)
    return next(later, None)


def _participant(
    tariffs: tuple[Tariff, ...], outcomes: tuple[int, ...], name: str
) -> tuple[GivenParticipant, ...]:
    """What must be known of a participant for the tariffs to be open."""
    classes = [tariffs[each].for_class for each in outcomes if tariffs[each].for_class]
    starts = [tariffs[each].starts for each in outcomes if tariffs[each].starts is not None]
    if not classes and not starts:
        return ()
    first = max((start[0] for start in starts if start is not None), default=None)
    return (GivenParticipant(name, classes[0] if classes else "", first),)


def _over_the_limit(
    plan: Plan, card: int, outcome: int, evaluation: int, name: str
) -> Script | None:
    """The claim again and again, a day apart, until the limit is passed."""
    tariff = plan.cards[card].tariffs[outcome]
    last = chain(plan, card, outcome, evaluation, name)
    if last is None or (tariff.times or 1) >= MOST_CLAIMS:
        return None
    once = tariff.per_evaluation or tariff.apart_days or tariff.apart_months
    again = 1 if once else tariff.times or 1
    day = plan.evaluations[evaluation].on
    script = chain(plan, card, outcome, evaluation, name, on=day - timedelta(again)) or last
    extra = tuple(
        GivenClaim(name, card, outcome, day - timedelta(back), evaluation)
        for back in reversed(range(again))
    )
    return script.then(Script(extra))


def _everything(
    plan: Plan, card: int, evaluation: int, people: tuple[str, ...]
) -> Iterator[Script]:
    """One outcome after the other claimed by everybody, up to a readable number of claims."""
    script = Script()
    tariffs = range(len(plan.cards[card].tariffs))
    evaluations = [
        at
        for at in in_order(plan, card)
        if plan.evaluations[at].on <= plan.evaluations[evaluation].on
    ]
    for at in reversed(evaluations):
        for name in people:
            for outcome in tariffs:
                made = chain(plan, card, outcome, at, name)
                if made is None:
                    continue
                longer = script.then(made)
                if len(longer.claims) > MOST_CLAIMS:
                    return
                if len(longer.participants) > len({e.participant for e in longer.participants}):
                    continue
                if longer.claims != script.claims:
                    script = longer
                    yield script
