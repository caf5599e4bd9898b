"""What a change does to payments: on worked examples, on results given, and as far as a search sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import zip_longest
from typing import Final

from attrs import define, field

from sibdsl.evaluate.determination import Determination, PaymentOutcome
from sibdsl.evaluate.evaluate import evaluate
from sibdsl.evaluate.examples import example_results
from sibdsl.plan.terms import Plan
from sibdsl.results.reported import Results
from sibdsl.review.claiming import claims_to_try
from sibdsl.review.comparison import (
    About,
    Case,
    Difference,
    Effects,
    GivenClaim,
    GivenValue,
    Interval,
    Origin,
    PartyPair,
    PaymentPair,
)
from sibdsl.review.cones import Cones, otherwise
from sibdsl.review.intervals import interval_of
from sibdsl.review.plans import moved
from sibdsl.review.points import (
    Claims,
    Key,
    Known,
    Point,
    completed,
    keys_of,
    named_claims,
    point_of,
    results_at,
    transferred,
)
from sibdsl.review.proof import Prover
from sibdsl.review.search import Axes, Axis, Hit, Search, Start, search_of
from sibdsl.units import Kind, Quantity

_NIL: Final = Fraction(0)
_MOST_TOLD: Final = 4


def effects(
    old: Plan,
    new: Plan,
    reported: tuple[Results, Results] | None = None,
    *,
    watched: Sequence[str] = (),
    prover: Prover | None = None,
) -> Effects:
    """What falls due otherwise under ``new`` than under ``old``, which has the names of ``new``.

    ``reported`` are results bound to each. ``watched`` are terms that thresholds were changed on: an
    interval is told by them where they move with a measure.
    """
    work = _Work(old, new, tuple(watched))
    shown = None
    if reported is not None:
        shown = work.case(Origin.RESULTS, "", *reported)
    examples = tuple(case for case in work.examples() if case.differs)
    largest = work.largest()
    return Effects(
        examples=examples,
        examples_tried=len(old.examples) + len(new.examples),
        reported=shown,
        largest=largest,
        tried=work.search.tried,
        proof=None if prover is None else prover(old, new),
        moved=tuple(moved(old, new)),
    )


@define
class _Work:
    old: Plan
    new: Plan
    watched: tuple[str, ...]
    search: Search = field(init=False)
    _cones: tuple[Cones, Cones] = field(init=False)
    _cases: dict[tuple[int, int], Case] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.search = search_of(self.old, self.new)
        self._cones = Cones(self.old), Cones(self.new)

    # Worked examples

    def examples(self) -> Iterator[Case]:
        """Every worked example of both, once where both have the very same."""
        seen: list[Results] = []
        for origin, plan, other in (
            (Origin.NEW_EXAMPLE, self.new, self.old),
            (Origin.OLD_EXAMPLE, self.old, self.new),
        ):
            for example in plan.examples:
                results = example_results(plan, example)
                there = transferred(results, plan, other)
                pair = (there, results) if plan is self.new else (results, there)
                if pair[0] not in seen:
                    seen.append(pair[0])
                    yield self.case(origin, example.title, *pair)

    # The search

    def largest(self) -> tuple[Difference, ...]:
        """The largest differences, each replayed; payments first, then parties, more before less."""
        starts = self.starts()
        keys = tuple(dict.fromkeys((*keys_of(self.new), *keys_of(self.old))))
        best = _Best()
        axes = self.axes(keys)
        for hit in self.search.hits(starts, axes):
            best.take(hit)
        hits = best.listed()
        payments = [
            self._of_payment(name, currency, hit, axes)
            for about, name, currency, hit in hits
            if about is About.PAYMENT
        ]
        cases = tuple(
            {id(case): case for case in (self._replayed(hit) for *_, hit in hits)}.values()
        )
        return (*(each for each in payments if each is not None), *_of_parties(cases))

    def starts(self) -> tuple[Start, ...]:
        """The worked examples made whole, and a set of usual values."""
        keys = tuple(dict.fromkeys((*keys_of(self.new), *keys_of(self.old))))
        given = [*self._given()]
        points = [point for _, _, point, _ in given]
        plans = self.new, self.old
        whole = [
            Start(
                origin,
                title,
                completed(keys, point, points, plans),
                claims,
                tuple(key for key in keys if key not in point),
            )
            for origin, title, point, claims in given
        ]
        usual = completed(keys, {}, (), plans)
        tried = (Claims(), *claims_to_try(*plans))
        unlike: list[Start] = []
        for start in (*whole, *(Start(Origin.SEARCH, "", usual, claims) for claims in tried)):
            if all(start.point != each.point or start.claims != each.claims for each in unlike):
                unlike.append(start)
        return tuple(unlike)

    def _given(self) -> Iterator[tuple[Origin, str, Point, Claims]]:
        for origin, plan in ((Origin.NEW_EXAMPLE, self.new), (Origin.OLD_EXAMPLE, self.old)):
            for example in plan.examples:
                results = example_results(plan, example)
                yield origin, example.title, point_of(plan, results), named_claims(plan, results)

    def axes(self, keys: Sequence[Key]) -> Axes:
        """What the search moves, in turn: first what terms that changed rest on, a result of each."""
        together: dict[tuple[str, ...], list[Key]] = {}
        for key in keys:
            together.setdefault((key.measure, key.kind, key.currency), []).append(key)
        several = [tuple(each) for each in together.values() if len(each) > 1]
        every: list[Axis] = [*several, *((key,) for key in keys)]
        old, new = self._cones
        changed = otherwise(self.old, self.new)
        near = old.of_payments(changed) | new.of_payments(changed)
        touched = [
            [axis for axis in every if not cone.isdisjoint(axis)]
            for cone in (*new.of_changed(self.old), *old.of_changed(self.new), near)
        ]
        turns = (axis for turn in zip_longest(*touched) for axis in turn if axis is not None)
        first = tuple(dict.fromkeys(turns))
        return Axes(first, tuple(axis for axis in every if axis not in first))

    # What is told

    def _of_payment(self, name: str, currency: str, hit: Hit, axes: Axes) -> Difference | None:
        case = self._replayed(hit)
        amount = sum(
            (
                _more(pair)
                for pair in case.payments
                if (pair.name, pair.currency) == (name, currency)
            ),
            _NIL,
        )
        if not amount:
            return None
        telling = {(each.measure, each.evaluation) for each in case.telling}
        found = self._interval(hit, name, _told_axes(hit, (*axes.near, *axes.far), telling))
        return Difference(About.PAYMENT, name, currency, amount, case, found)

    def _interval(self, hit: Hit, payment: str, axes: Sequence[Axis]) -> Interval | None:
        """The first that is told by a term that a threshold was changed on, else that has two ends."""

        def rank(each: Interval) -> tuple[bool, int]:
            return each.measure not in self.watched, (each.low is None) + (each.high is None)

        best = not self.watched, 0
        found: list[Interval] = []
        for axis in axes[: 2 if self.search.is_interpreted else _MOST_TOLD]:
            each = interval_of(self.search, hit, axis, payment, self.watched)
            if each is not None:
                found.append(each)
                if rank(each) == best:
                    break  # no other can be told better
        return min(found, key=rank, default=None)

    def _replayed(self, hit: Hit) -> Case:
        key = id(hit.start), id(hit.point)
        if key not in self._cases:
            old, new = (
                results_at(plan, hit.point, hit.start.claims) for plan in (self.old, self.new)
            )
            self._cases[key] = self.case(Origin.SEARCH, hit.start.title, old, new, hit)
        return self._cases[key]

    def case(
        self, origin: Origin, title: str, old: Results, new: Results, hit: Hit | None = None
    ) -> Case:
        """Both versions on one set of results, by the exact interpreter."""
        before = evaluate(self.old, old, reasons=False)
        after = evaluate(self.new, new, reasons=False)
        payments = tuple(_payments(before, after))
        changed = [(pair.name, pair.evaluation) for pair in payments if pair.differs]
        near = frozenset(
            key
            for cones, made in zip(self._cones, (before, after), strict=True)
            for key in cones.of_payments(cones.cut_with(changed, made))
        )
        known = {**point_of(self.old, old), **point_of(self.new, new)}
        order = [key for key in (*keys_of(self.new), *keys_of(self.old)) if key in known]
        given = {key: _given(key, known[key]) for key in dict.fromkeys(order)}
        varied, filled = ((), ()) if hit is None else (hit.varied, hit.start.filled)
        return Case(
            origin=origin,
            title=title,
            results=tuple(given.values()),
            varied=tuple(given[key] for key in varied if key in given),
            filled=tuple(given[key] for key in filled if key in given and key not in varied),
            telling=tuple(each for key, each in given.items() if key in near),
            claims=_claims(hit, (self.old, old), (self.new, new)),
            payments=payments,
            parties=tuple(_parties(before, after)),
            old=before,
            new=after,
        )


def _claims(hit: Hit | None, *bound: tuple[Plan, Results]) -> tuple[GivenClaim, ...]:
    """The claims of either, once each, in the order of their days."""
    named = (
        [hit.start.claims]
        if hit is not None
        else [named_claims(plan, results) for plan, results in bound]
    )
    found = {
        GivenClaim(claim.participant, outcome, claim.on, at): None
        for claims in named
        for _, outcome, _, at, claim in claims.claims
    }
    return tuple(sorted(found, key=lambda each: (each.on, each.participant)))


def _of_parties(cases: Sequence[Case]) -> Iterator[Difference]:
    """The largest gain and the largest loss of each party in these cases."""
    best: dict[tuple[str, str, bool], Difference] = {}
    for case in cases:
        for pair in case.parties:
            key = pair.party, pair.currency, pair.gain > 0
            known = best.get(key)
            if pair.gain and (known is None or abs(pair.gain) > abs(known.amount)):
                best[key] = Difference(About.PARTY, pair.party, pair.currency, pair.gain, case)
    yield from sorted(best.values(), key=lambda each: each.amount < 0)


def _given(key: Key, value: Known) -> GivenValue:
    return GivenValue(key.measure, key.evaluation, Quantity(value, key.unit))


def _told_axes(hit: Hit, axes: Sequence[Axis], telling: set[tuple[str, str]]) -> list[Axis]:
    """The results along which it may be said how far a difference reaches: those moved come first."""

    def counts(axis: Axis) -> bool:
        is_told = any((key.measure, key.evaluation) in telling for key in axis)
        return is_told and axis[0].kind != Kind.YES_NO.value

    moved = [axis for axis in axes if set(axis) <= set(hit.varied) and counts(axis)]
    single = [axis for axis in axes if len(axis) == 1 and counts(axis) and axis not in moved]
    return [*moved, *single]


def _more(pair: PaymentPair) -> Fraction:
    return (pair.new or _NIL) - (pair.old or _NIL)


def _payments(old: Determination, new: Determination) -> Iterator[PaymentPair]:
    """Every payment of either, those of the new version first, in its order."""
    before = {(each.name, each.evaluation): each for each in old.payments}
    after = {(each.name, each.evaluation): each for each in new.payments}
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        shown = other or one
        assert shown is not None
        yield PaymentPair(
            name=shown.name,
            evaluation=shown.evaluation,
            payer=shown.payer,
            payee=shown.payee,
            currency=shown.currency,
            old=None if one is None else one.amount,
            new=None if other is None else other.amount,
            old_state=None if one is None else one.state,
            new_state=None if other is None else other.state,
            old_due=_due(one),
            new_due=_due(other),
        )


def _due(outcome: PaymentOutcome | None) -> date | None:
    return None if outcome is None else outcome.adjusted


def _parties(old: Determination, new: Determination) -> Iterator[PartyPair]:
    before = {(each.party, each.currency): each for each in old.totals}
    after = {(each.party, each.currency): each for each in new.totals}
    for key in dict.fromkeys((*after, *before)):
        one, other = before.get(key), after.get(key)
        yield PartyPair(
            *key,
            _NIL if one is None else one.paid,
            _NIL if other is None else other.paid,
            _NIL if one is None else one.received,
            _NIL if other is None else other.received,
        )


_Size = tuple[Fraction, int, int]


def _roughness(hit: Hit) -> int:
    return sum(Fraction(hit.point[key]).denominator for key in hit.varied)


@define
class _Best:
    """The hit with the largest difference, for each payment and party and in each direction.

    Of equals the one that moves fewer results, then to rounder values, then the first found.
    """

    _found: dict[tuple[About, str, str, bool], tuple[_Size, Hit]] = field(factory=dict)

    def take(self, hit: Hit) -> None:
        payments: dict[tuple[str, str], Fraction] = {}
        parties: dict[tuple[str, str], Fraction] = {}
        for flow, gain in hit.gains:
            _add(payments, (flow.payment, flow.currency), gain)
            _add(parties, (flow.payee, flow.currency), gain)
            _add(parties, (flow.payer, flow.currency), -gain)
        self._take(About.PAYMENT, payments, hit)
        self._take(About.PARTY, parties, hit)

    def _take(self, about: About, gains: Mapping[tuple[str, str], Fraction], hit: Hit) -> None:
        for (name, currency), gain in gains.items():
            if gain:
                key = (about, name, currency, gain > 0)
                size = abs(gain), -len(hit.varied), -_roughness(hit)
                if key not in self._found or size > self._found[key][0]:
                    self._found[key] = (size, hit)

    def listed(self) -> list[tuple[About, str, str, Hit]]:
        """In the order: payments, parties; by name as first met; more before less."""
        order = sorted(self._found, key=lambda key: (key[0] is About.PARTY, not key[3]))
        return [
            (about, name, currency, self._found[about, name, currency, more][1])
            for about, name, currency, more in order
        ]


def _add(sums: dict[tuple[str, str], Fraction], key: tuple[str, str], amount: Fraction) -> None:
    sums[key] = sums.get(key, _NIL) + amount
