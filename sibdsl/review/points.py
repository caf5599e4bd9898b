"""Sets of results as the search handles them: a value for every result that either version takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple, assert_never

from sibdsl.evaluate.evaluate import certain, evaluated_on, side_name
from sibdsl.evaluate.fast import Fast, fast
from sibdsl.frozen import frozen
from sibdsl.plan.digest import term_digests
from sibdsl.plan.terms import Division, Plan, Result, ReturnLimit, Shares, Single, Tiers
from sibdsl.results.reported import Claim, Participant, Reported, Results, Status
from sibdsl.units import Kind, Unit

Known = Fraction | bool


class Key(NamedTuple):
    """A result that a version takes: a measure at an evaluation, empty for none, and its unit.

    All of it plain text, so that the many look-ups of the search are quick.
    """

    measure: str
    evaluation: str
    kind: str
    currency: str = ""

    @property
    def unit(self) -> Unit:
        """The unit of the values of the measure."""
        return Unit(Kind(self.kind), self.currency)


Point = Mapping[Key, Known]
"""A value for every key."""


@frozen
class Flow:
    """Money under one payment from one party, or group, to another."""

    payment: str
    evaluation: str
    payer: str
    payee: str
    currency: str


NamedClaim = tuple[str, str, str, str, Claim]
"""Card, outcome, class of its tariff and evaluation by name, with the claim itself."""


@frozen
class Claims:
    """Claims on rate cards by names, and who makes them: the same for both versions."""

    claims: tuple[NamedClaim, ...] = ()
    participants: tuple[Participant, ...] = ()


Amounts = Callable[[Point], tuple[Fraction | int | None, ...]]


@frozen
class Runner:
    """A plan ready to be run on many points: what falls due in the order of ``flows``, in ``steps``."""

    flows: tuple[Flow, ...]
    steps: tuple[Fraction, ...]
    run: Amounts


def keys_of(plan: Plan) -> tuple[Key, ...]:
    """The results that a plan rests on, in the order of its measures and evaluations."""
    places = {
        (term.measure, -1 if term.evaluation is None else term.evaluation)
        for term in plan.terms
        if isinstance(term, Result)
    }
    return tuple(keys_at(plan, measure, None if at < 0 else at) for measure, at in sorted(places))


def keys_at(plan: Plan, measure: int, evaluation: int | None) -> Key:
    """The key of a result, by its places in the plan."""
    at = "" if evaluation is None else plan.evaluations[evaluation].name
    return _key(plan.measures[measure].name, at, plan.measures[measure].unit)


def _key(measure: str, evaluation: str, unit: Unit) -> Key:
    return Key(measure, evaluation, unit.kind.value, unit.currency)


def runner(plan: Plan, claims: Claims, *, by_parts: bool) -> Runner:
    """A plan made ready: generated where that serves, else the interpreter, which also knows parts."""
    if plan.cards or by_parts:
        flows = tuple(_parts(plan))
        return Runner(flows, (Fraction(1),) * len(flows), _interpreted(plan, claims))
    made = fast(plan)
    return Runner(tuple(_wholes(plan)), made.steps, _generated(plan, made))


def _generated(plan: Plan, made: Fast) -> Amounts:
    units = {measure.name: measure.unit for measure in plan.measures}
    order = tuple(_key(name, at, units[name]) for name, at in made.inputs)

    def amounts(point: Point) -> tuple[int | None, ...]:
        return made(*[point[key] for key in order])

    return amounts


def _interpreted(plan: Plan, claims: Claims) -> Amounts:
    def amounts(point: Point) -> tuple[Fraction, ...]:
        settled = evaluated_on(plan, results_at(plan, point, claims)).trace.settled
        return tuple(certain(part.certain) for each in settled for part in each.parts)

    return amounts


def _wholes(plan: Plan) -> Iterator[Flow]:
    for each in plan.payments:
        at = "" if each.evaluation is None else plan.evaluations[each.evaluation].name
        sides = side_name(plan, each.payer), side_name(plan, each.payee)
        yield Flow(each.name, at, *sides, each.currency)


def _parts(plan: Plan) -> Iterator[Flow]:
    for each in plan.payments:
        at = "" if each.evaluation is None else plan.evaluations[each.evaluation].name
        for payer, payee in each.parts:
            sides = plan.parties[payer].name, plan.parties[payee].name
            yield Flow(each.name, at, *sides, each.currency)


def is_divided_alike(old: Plan, new: Plan) -> bool:
    """Whether payments are divided among the same members in the same way, and their parts capped so.

    Then two versions differ in a part only where they differ in the whole, as far as a search goes.
    """
    return _divided(old) == _divided(new)


def _divided(plan: Plan) -> tuple[object, ...]:
    """How payments are divided and what limits their parts, by names and digests."""
    said = term_digests(plan)
    parties = [party.name for party in plan.parties]
    payments = [
        (
            payment.name,
            _named_sides(payment.payer, parties),
            _named_sides(payment.payee, parties),
        )
        for payment in plan.payments
        if not (isinstance(payment.payer, Single) and isinstance(payment.payee, Single))
    ]
    limits = [
        (said[account.limit], account.parts)
        for account in plan.accounts
        if account.parts and not isinstance(account.limit, ReturnLimit)
    ]
    return payments, limits


def _named_sides(side: Division, parties: Sequence[str]) -> tuple[object, ...]:
    match side:
        case Single(party):
            return (parties[party],)
        case Shares(group, members, shares):
            return (group, [parties[each] for each in members], shares)
        case Tiers(group, members, up_to):
            return (group, [parties[each] for each in members], up_to)
        case _:
            assert_never(side)


def results_at(plan: Plan, point: Point, claims: Claims) -> Results:
    """A point as results of a plan, all final, every rate card closed with the claims there are."""
    measures = {measure.name: at for at, measure in enumerate(plan.measures)}
    evaluations = {evaluation.name: at for at, evaluation in enumerate(plan.evaluations)}
    values = {
        (measures[key.measure], evaluations[key.evaluation] if key.evaluation else None): Reported(
            value, Status.FINAL
        )
        for key, value in point.items()
        if _takes(plan, key, measures, evaluations)
    }
    closed = frozenset(
        (card, evaluation)
        for card, each in enumerate(plan.cards)
        for evaluation in each.evaluations
    )
    return Results(
        values=values,
        closed=closed,
        claims=tuple(_bound(plan, claims, evaluations)),
        participants=claims.participants,
    )


def _takes(
    plan: Plan, key: Key, measures: Mapping[str, int], evaluations: Mapping[str, int]
) -> bool:
    if key.measure not in measures or (key.evaluation and key.evaluation not in evaluations):
        return False
    measure = plan.measures[measures[key.measure]]
    return measure.unit == key.unit and (measure.evaluations is not None) is bool(key.evaluation)


def _bound(plan: Plan, claims: Claims, evaluations: Mapping[str, int]) -> Iterator[Claim]:
    """The claims that a plan has an outcome for."""
    for card, outcome, class_, at, claim in claims.claims:
        for number, each in enumerate(plan.cards):
            tariffs = [
                place
                for place, tariff in enumerate(each.tariffs)
                if tariff.outcome == outcome and tariff.for_class in {class_, ""}
            ]
            if each.name == card and tariffs and evaluations.get(at) in each.evaluations:
                yield Claim(
                    claim.participant, number, tariffs[0], claim.on, evaluations[at], claim.evidence
                )


def named_claims(plan: Plan, results: Results) -> Claims:
    """The claims of bound results by names, so that another version can be given them."""
    named = tuple(
        (
            plan.cards[claim.card].name,
            plan.cards[claim.card].tariffs[claim.outcome].outcome,
            plan.cards[claim.card].tariffs[claim.outcome].for_class,
            plan.evaluations[claim.evaluation].name,
            claim,
        )
        for claim in results.claims
    )
    return Claims(named, results.participants)


def transferred(results: Results, source: Plan, target: Plan) -> Results:
    """Results bound to one plan, bound to another with the same names; what it does not take is left out."""
    measures = {measure.name: at for at, measure in enumerate(target.measures)}
    evaluations = {evaluation.name: at for at, evaluation in enumerate(target.evaluations)}
    cards = {card.name: at for at, card in enumerate(target.cards)}
    values: dict[tuple[int, int | None], Reported] = {}
    for (measure, evaluation), reported in results.values.items():
        key = keys_at(source, measure, evaluation)
        if _takes(target, key, measures, evaluations):
            at = evaluations[key.evaluation] if key.evaluation else None
            values[measures[key.measure], at] = reported
    closed = frozenset(
        (cards[source.cards[card].name], evaluations[source.evaluations[at].name])
        for card, at in results.closed
        if source.cards[card].name in cards and source.evaluations[at].name in evaluations
    )
    cancelled = (source.evaluations[at].name for at in results.cancelled)
    return Results(
        values=values,
        cancelled=frozenset(evaluations[name] for name in cancelled if name in evaluations),
        closed=closed,
        claims=tuple(_bound(target, named_claims(source, results), evaluations)),
        participants=results.participants,
    )


def point_of(plan: Plan, results: Results) -> dict[Key, Known]:
    """The values that were reported, by key."""
    return {
        keys_at(plan, measure, at): reported.value
        for (measure, at), reported in results.values.items()
        if reported.value is not None
    }


def usual(unit: Unit) -> Known:
    """A value for a result of which nothing is known."""
    match unit.kind:
        case Kind.YES_NO:
            return False
        case Kind.PERCENTAGE:
            return Fraction(1, 2)
        case Kind.POINTS:
            return Fraction(5, 100)
        case Kind.AMOUNT:
            return Fraction(100_000)
        case _:
            return Fraction(100)


def completed(
    keys: Iterable[Key], known: Point, elsewhere: Iterable[Point], plans: tuple[Plan, ...]
) -> dict[Key, Known]:
    """A value for every key: the known one, else what is presumed, else what others say of the measure."""
    presumed = {
        measure.name: measure.presumed
        for plan in plans
        for measure in plan.measures
        if measure.presumed is not None
    }
    said: dict[tuple[str, str, str], Known] = {}
    for point in (known, *elsewhere):
        for key, value in point.items():
            said.setdefault((key.measure, key.kind, key.currency), value)
    whole: dict[Key, Known] = {}
    for key in keys:
        if key in known:
            whole[key] = known[key]
        elif key.measure in presumed:
            whole[key] = presumed[key.measure]
        else:
            start = min(plan.start for plan in plans).toordinal()
            fallback = Fraction(start) if key.unit.kind is Kind.DATE else usual(key.unit)
            whole[key] = said.get((key.measure, key.kind, key.currency), fallback)
    return whole
