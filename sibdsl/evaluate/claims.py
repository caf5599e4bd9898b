"""Which claims of a rate card are accepted, and what they come to (language reference, §6).

Claims are taken by evaluation, date, then the card's order of outcomes, a required outcome first.
No claim of one participant bears on another's, so each participant's are taken on their own, and
neither the order of rows nor that of participants can matter.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from typing import Final

from attrs import field

from sibdsl.dates import add_months
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan, RateCard, Requirement, Tariff
from sibdsl.results.reported import Claim, Participant, Results

_NIL: Final = Fraction(0)
_NOBODY: Final = Participant("", "", None)

At = tuple[int, int]
"""An evaluation and an outcome of the card."""


@frozen
class Tally:
    """What became of the claims of one card.

    ``known`` are the evaluations at which the card is closed, as it is at every one before: a claim
    still to come at an earlier one could use up a limit. ``taken`` are, for each of them, the
    accepted claims as participant and outcome, in the order in which they were taken. ``refused``
    counts, by place and reason, where the reason is ``"class"``, ``"limit"`` or the place of a
    requirement on its tariff.
    """

    known: frozenset[int]
    taken: Mapping[int, Sequence[tuple[str, int]]]
    claimed: Mapping[At, int]
    accepted: Mapping[At, int]
    people: Mapping[At, int]
    refused: Mapping[tuple[At, str | int], int]


@frozen
class Priced:
    """What the accepted claims of a card come to at an evaluation: in all, and by outcome.

    ``cap`` is that on what one participant brings, None without one; ``cuts`` what it took off the
    claims of an outcome, by participant.
    """

    amount: Value
    by_outcome: Mapping[int, Fraction] = field(factory=dict)
    cap: Fraction | None = None
    cuts: Mapping[int, Mapping[str, Fraction]] = field(factory=dict)


# --------------------------------------------------------------------------------------- accepting


def take_claims(plan: Plan, results: Results, card: int) -> Tally:
    """Accept or refuse every claim of a card at the evaluations that are closed."""
    tariffs = plan.cards[card].tariffs
    order = {at: place for place, at in enumerate(in_order(plan, card))}
    known = _known(tuple(order), card, results)
    ranks = outcome_ranks(plan.cards[card])
    by_participant: dict[str, list[Claim]] = defaultdict(list)
    for claim in results.claims:
        if claim.card == card and claim.evaluation in known:
            by_participant[claim.participant].append(claim)
    people = {participant.name: participant for participant in results.participants}
    taking = _Taking(tariffs, defaultdict(list), Counter(), Counter(), Counter(), Counter())
    for name in sorted(by_participant):
        claims = by_participant[name]
        claims.sort(key=lambda each: (order[each.evaluation], each.on, ranks[each.outcome]))
        taking.take_all(people.get(name, _NOBODY), claims)
    return Tally(
        known, taking.taken, taking.claimed, taking.accepted, taking.people, taking.refused
    )


def in_order(plan: Plan, card: int) -> tuple[int, ...]:
    """The evaluations of a card by date."""
    return tuple(sorted(plan.cards[card].evaluations, key=lambda at: plan.evaluations[at].on))


def _known(evaluations: Sequence[int], card: int, results: Results) -> frozenset[int]:
    known: list[int] = []
    for evaluation in evaluations:
        if evaluation in results.cancelled:
            continue
        if (card, evaluation) not in results.closed:
            break
        known.append(evaluation)
    return frozenset(known)


def outcome_ranks(card: RateCard) -> tuple[int, ...]:
    """The order in which outcomes claimed on one day are taken: that of the card, required first.

    The first outcome all of whose requirements have been placed comes next.
    """
    placed: list[int] = []
    waiting = list(range(len(card.tariffs)))
    while waiting:
        ready = next((each for each in waiting if _is_ready(card, each, placed)), waiting[0])
        placed.append(ready)
        waiting.remove(ready)
    return tuple(placed.index(outcome) for outcome in range(len(card.tariffs)))


def _is_ready(card: RateCard, outcome: int, placed: Sequence[int]) -> bool:
    return all(
        needed in placed or needed == outcome
        for requirement in card.tariffs[outcome].requires
        for needed in requirement.outcomes
    )


@frozen
class _Taking:
    """The counts while claims are being taken."""

    tariffs: Sequence[Tariff]
    taken: dict[int, list[tuple[str, int]]]
    claimed: Counter[At]
    accepted: Counter[At]
    people: Counter[At]
    refused: Counter[tuple[At, str | int]]

    def take_all(self, participant: Participant, claims: Iterable[Claim]) -> None:
        """Take the claims of one participant, in order."""
        history: dict[int, list[date]] = {}
        seen: set[At] = set()
        for claim in claims:
            at = (claim.evaluation, claim.outcome)
            self.claimed[at] += 1
            reasons = refusals(self.tariffs[claim.outcome], claim, participant, history, seen)
            for reason in reasons:
                self.refused[at, reason] += 1
            if reasons:
                continue
            insort(history.setdefault(claim.outcome, []), claim.on)
            self.taken[claim.evaluation].append((claim.participant, claim.outcome))
            self.accepted[at] += 1
            if at not in seen:
                seen.add(at)
                self.people[at] += 1


def refusals(
    tariff: Tariff,
    claim: Claim,
    participant: Participant,
    history: Mapping[int, Sequence[date]],
    seen: set[At],
) -> tuple[str | int, ...]:
    """Why a claim is refused, empty if it is accepted.

    ``history`` has the days of the participant's accepted claims by outcome, rising; ``seen`` where
    some were accepted. A claim of the wrong class is not looked at further, nor is one whose
    limit is used up; of requirements every one that is not met is named.
    """
    if not is_open_to(tariff, participant):
        return ("class",)
    before = history.get(claim.outcome, ())
    if tariff.times is not None and len(before) >= tariff.times:
        return ("limit",)
    if tariff.per_evaluation and (claim.evaluation, claim.outcome) in seen:
        return ("limit",)
    if (tariff.apart_months or tariff.apart_days) and not _is_apart(tariff, claim.on, before):
        return ("limit",)
    return tuple(
        place
        for place, requirement in enumerate(tariff.requires)
        if not _is_met(requirement, claim.on, history)
    )


def is_open_to(tariff: Tariff, participant: Participant) -> bool:
    """Whether a tariff is open to a participant; one of whom too little is known is refused."""
    if tariff.for_class and participant.class_ != tariff.for_class:
        return False
    if tariff.starts is None:
        return True
    first, last = tariff.starts
    return participant.started_on is not None and first <= participant.started_on <= last


def _is_apart(tariff: Tariff, on: date, before: Sequence[date]) -> bool:
    """Whether the nearest accepted days on both sides are far enough away."""
    place = bisect_left(before, on)
    months, days = tariff.apart_months, tariff.apart_days
    if place < len(before) and _after(on, months, days) > before[place]:
        return False
    return place == 0 or _after(before[place - 1], months, days) <= on


def _is_met(requirement: Requirement, on: date, history: Mapping[int, Sequence[date]]) -> bool:
    """Whether an accepted claim answers; with an interval, the earliest day is the one to count."""
    months, days = requirement.months, requirement.days
    for outcome in requirement.outcomes:
        before = history.get(outcome)
        if before and (not (months or days) or _after(before[0], months, days) <= on):
            return True
    return False


def _after(day: date, months: int, days: int) -> date:
    try:
        return add_months(day, months) + timedelta(days)
    except OverflowError:
        return date.max


# ----------------------------------------------------------------------------------------- pricing


def price(
    tally: Tally,
    evaluation: int,
    prices: Sequence[Value],
    cap: Value | None,
    spent: dict[str, Fraction] | None,
) -> Priced:
    """What the claims accepted at an evaluation come to.

    ``spent`` has what each participant has brought so far; it is brought up to date, and is None
    where an earlier evaluation's prices are not known, so that it cannot be told what the cap
    leaves. A price counts only if some claim is accepted at it.
    """
    if evaluation not in tally.known:
        return Priced(UNKNOWN)
    claims = tally.taken.get(evaluation, ())
    if not claims:
        return Priced(_NIL)
    counts = Counter(outcome for _, outcome in claims)
    needed = [prices[outcome] for outcome in sorted(counts)]
    if cap is not None:
        needed.append(cap)
    for value in needed:
        if isinstance(value, Undefined):
            return Priced(value)
    if UNKNOWN in needed or spent is None:
        return Priced(UNKNOWN)
    known = {at: value for at, value in enumerate(prices) if isinstance(value, Fraction)}
    if isinstance(cap, Fraction):
        return _cut_at_cap(claims, known, cap, spent)
    by_outcome = {outcome: known[outcome] * count for outcome, count in sorted(counts.items())}
    return Priced(sum(by_outcome.values(), _NIL), by_outcome)


def _cut_at_cap(
    claims: Sequence[tuple[str, int]],
    prices: Mapping[int, Fraction],
    cap: Fraction,
    spent: dict[str, Fraction],
) -> Priced:
    """The accepted claim that crosses the cap is cut; later ones of that participant bring nil.

    In whole numbers of one denominator: a card may have hundreds of thousands of claims.
    """
    people = dict.fromkeys(participant for participant, _ in claims)
    before = {participant: spent.get(participant, _NIL) for participant in people}
    amounts = (*prices.values(), cap, *before.values())
    scale = lcm(*{amount.denominator for amount in amounts})
    whole = {outcome: int(price * scale) for outcome, price in prices.items()}
    limit = int(cap * scale)
    brought = {participant: int(amount * scale) for participant, amount in before.items()}
    by_outcome = dict.fromkeys((outcome for _, outcome in claims), 0)
    cuts: dict[int, Counter[str]] = defaultdict(Counter)
    for participant, outcome in claims:
        brings = min(whole[outcome], max(limit - brought[participant], 0))
        brought[participant] += brings
        by_outcome[outcome] += brings
        if brings < whole[outcome]:
            cuts[outcome][participant] += whole[outcome] - brings
    spent.update(_in_units(brought, scale))
    amounts_by_outcome = {outcome: Fraction(sum_, scale) for outcome, sum_ in by_outcome.items()}
    return Priced(
        sum(amounts_by_outcome.values(), _NIL),
        amounts_by_outcome,
        cap,
        {outcome: _in_units(of_people, scale) for outcome, of_people in cuts.items()},
    )


def _in_units(sums: Mapping[str, int], scale: int) -> dict[str, Fraction]:
    return {participant: Fraction(sum_, scale) for participant, sum_ in sums.items()}


def refused_at(tally: Tally, at: At, tariff: Tariff) -> tuple[int, tuple[int, ...], int]:
    """How many claims the limit refused, each ``requires``, and the class or first day."""
    by_requires = tuple(tally.refused.get((at, place), 0) for place in range(len(tariff.requires)))
    by_limit, by_class = (tally.refused.get((at, why), 0) for why in ("limit", "class"))
    return by_limit, by_requires, by_class
