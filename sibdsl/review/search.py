"""The search: sets of results near every place where either version changes its mind.

From each starting set (the worked examples of both versions, and one of usual values) one result at a
time, then two together, are set to the values at which something is just reached, and to their
neighbours by a natural step. Bounded, and the same every time. A search and not a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import islice
from typing import Final

from attrs import define, evolve, field

from sibdsl.evaluate.values import Value
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan, ReturnLimit
from sibdsl.review.breaks import around, breaks_of, gap, is_possible, nil_of, step_of, values_on
from sibdsl.review.comparison import Origin
from sibdsl.review.points import (
    Claims,
    Flow,
    Key,
    Known,
    Point,
    Runner,
    is_divided_alike,
    results_at,
    runner,
)
from sibdsl.units import Kind

_MOST_POINTS: Final = 3000
_MOST_TERMS: Final = 240_000
_MOST_INTERPRETED: Final = 30_000
"""How many sets of results are compared: so many at most, and so many times the terms of a plan, by
generated functions and by the interpreter. So a long contract is answered as quickly as a short one."""
_MOST_STARTS: Final = 6
_MOST_AXES: Final = 12
_MOST_FAR: Final = 6
_MOST_VALUES: Final = 24
_MOST_TOGETHER: Final = 7
_MOST_FIRST: Final = 4
_OF_A_PART: Final = 10
_OF_GROWTH: Final = 3
_MOST_TIMES: Final = 1000
_PROBED_TERMS: Final = 16_000
"""How many terms are worked out, for each version, to find where to look."""

Axis = tuple[Key, ...]
"""Results that are moved together: one, or a measure at all its evaluations."""


@frozen
class Axes:
    """What may be moved: ``near`` are results that what changed rests on, ``far`` the others."""

    near: tuple[Axis, ...]
    far: tuple[Axis, ...]


@frozen
class Start:
    """A set of results to set out from, and where it comes from; ``filled`` is not in the worked example."""

    origin: Origin
    title: str
    point: Point
    claims: Claims
    filled: tuple[Key, ...] = ()


@frozen
class Line:
    """The values of an axis to look at; ``between`` are places that no whole number reaches."""

    axis: Axis
    values: tuple[Known, ...]
    between: tuple[Fraction, ...]


@frozen
class Hit:
    """A point at which the versions differ, with how it was come by; ``gains`` are new less old."""

    start: Start
    point: Point
    varied: tuple[Key, ...]
    gains: tuple[tuple[Flow, Fraction], ...]


def _most(terms: int, *plans: Plan) -> int:
    """How many sets of results plans are run on, where so many terms are worked out in all."""
    return min(_MOST_POINTS, terms // max(1, *map(_cost, plans)))


def _cost(plan: Plan) -> int:
    """How long a run takes, in terms: division among members takes longer, growth far longer."""
    parts = sum(len(each.parts) for each in plan.payments if len(each.parts) > 1)
    grown = sum(
        (len(account.payments) + len(account.parts))
        * (len(limit.fundings) + len(limit.own_payments) + len(limit.own_parts))
        for account in plan.accounts
        if isinstance(limit := account.limit, ReturnLimit)
    )
    return len(plan.terms) + _OF_A_PART * parts + _OF_GROWTH * grown


@define
class Search:
    """Both versions made ready, with one set of claims each time."""

    old: Plan
    new: Plan
    run: Callable[[Plan, Claims], Runner]
    is_interpreted: bool
    tried: int = 0
    _alike: bool | None = None
    _runners: dict[int, tuple[Runner, Runner]] = field(factory=dict)

    def hits(self, starts: Sequence[Start], axes: Axes) -> Iterator[Hit]:
        """Every point tried at which they differ, in the order of trying; the starts come first."""
        terms = _MOST_INTERPRETED if self.is_interpreted else _MOST_TERMS
        left = _most(terms, self.old, self.new)
        for start in starts:
            yield from self._tried(start, [((), start.point)])
        some = [start for start in starts if start.title or not start.claims.claims][:_MOST_STARTS]
        for number, start in enumerate(some):
            share = left // (len(some) - number)
            before = self.tried
            yield from self._tried(start, islice(self._near(start, axes, len(some)), share))
            left -= self.tried - before

    def gains(self, start: Start, point: Point) -> tuple[tuple[Flow, Fraction], ...]:
        """What falls due otherwise at a point, new less old."""
        old, new = self._ready(start)
        before, after = old.run(point), new.run(point)
        if self._is_alike(old, new):
            if before == after:
                return ()
            apart = [
                (flow, step * ((now or 0) - (then or 0)))
                for flow, step, then, now in zip(new.flows, new.steps, before, after, strict=True)
                if then != now
            ]
            return tuple((flow, amount) for flow, amount in apart if amount)
        found: dict[Flow, Fraction] = {}
        for sign, ready, due in ((1, new, after), (-1, old, before)):
            for flow, step, amount in zip(ready.flows, ready.steps, due, strict=True):
                found[flow] = found.get(flow, Fraction(0)) + sign * step * (amount or 0)
        return tuple((flow, amount) for flow, amount in found.items() if amount)

    def due(
        self, start: Start, point: Point, payment: str, currency: str
    ) -> tuple[Fraction, Fraction]:
        """What falls due under a payment at a point, over all its evaluations: old, new."""
        old, new = (
            [
                step * (amount or 0)
                for flow, step, amount in zip(
                    ready.flows, ready.steps, ready.run(point), strict=True
                )
                if (flow.payment, flow.currency) == (payment, currency)
            ]
            for ready in self._ready(start)
        )
        return sum(old, Fraction(0)), sum(new, Fraction(0))

    def _ready(self, start: Start) -> tuple[Runner, Runner]:
        key = id(start.claims) if start.claims.claims else 0
        if key not in self._runners:
            self._runners[key] = (
                self.run(self.old, start.claims),
                self.run(self.new, start.claims),
            )
        return self._runners[key]

    def _is_alike(self, old: Runner, new: Runner) -> bool:
        if self._alike is None:
            self._alike = old.flows == new.flows and old.steps == new.steps
        return self._alike

    def _tried(
        self, start: Start, points: Iterable[tuple[tuple[Key, ...], Point]]
    ) -> Iterator[Hit]:
        for varied, point in points:
            self.tried += 1
            gains = self.gains(start, point)
            if gains:
                yield Hit(start, point, varied, gains)

    def _near(
        self, start: Start, axes: Axes, starts: int
    ) -> Iterator[tuple[tuple[Key, ...], Point]]:
        """One result moved at a time, then two."""
        lines = self.lines(start, axes.near[:_MOST_AXES], starts)
        for line in lines:
            for value in line.values:
                yield line.axis, {**start.point, **dict.fromkeys(line.axis, value)}
        for line in lines:
            for place in line.between[:_MOST_TOGETHER]:
                yield _scaled(start.point, line.axis, place)
        yield from self._one_after_the_other(start, lines, starts)
        yield from _together(start.point, lines)
        for line in self.lines(start, axes.far[:_MOST_FAR], starts):
            for value in line.values:
                yield line.axis, {**start.point, **dict.fromkeys(line.axis, value)}

    def _one_after_the_other(
        self, start: Start, lines: Sequence[Line], starts: int
    ) -> Iterator[tuple[tuple[Key, ...], Point]]:
        """One result moved, and then another to where something is reached from there.

        ``Share`` at 70%, then ``Control`` at 67%: three points between the two, on another row.
        """
        first = lines[:_MOST_FIRST]
        times = max(1, sum(len(spread(line.values, _MOST_TOGETHER)) for line in first))
        for line in first:
            for value in spread(line.values, _MOST_TOGETHER):
                moved = {**start.point, **dict.fromkeys(line.axis, value)}
                others = [each.axis for each in first if not set(each.axis) & set(line.axis)]
                there = evolve(start, point=moved)
                for other in self.lines(there, others, max(1, starts * times // _MOST_FIRST)):
                    for reached in spread(other.values, _MOST_TOGETHER):
                        point = {**moved, **dict.fromkeys(other.axis, reached)}
                        yield (*line.axis, *other.axis), point

    def lines(self, start: Start, axes: Sequence[Axis], starts: int = 1) -> list[Line]:
        """Where each axis is worth looking at, from a start."""
        plans = self.old, self.new
        left = [_PROBED_TERMS // (starts * max(1, _cost(plan))) for plan in plans]
        found: list[Line] = []
        for axis in axes:
            key, here = axis[0], start.point[axis[0]]
            if key.kind == Kind.YES_NO.value:
                found.append(Line(axis, (False, True), ()))
                continue
            probes = _probes(here, key)
            places: set[Fraction] = set()
            for at, plan in enumerate(plans):
                if left[at] >= len(probes):
                    left[at] -= len(probes)
                    places.update(_reached(plan, start, axis, probes))
            values = {near for place in places for near in around(place, key.unit)}
            values.update(_ends(here, key))
            between = sorted(place for place in places if _is_between(place, key))
            found.append(Line(axis, spread(sorted(values), _MOST_VALUES), tuple(between)))
        return found


def search_of(old: Plan, new: Plan) -> Search:
    """A search between two versions, which have the same names."""
    by_parts = not is_divided_alike(old, new)
    has_cards = bool(old.cards or new.cards)

    def run(plan: Plan, claims: Claims) -> Runner:
        return runner(plan, claims, by_parts=by_parts)

    return Search(old, new, run, by_parts or has_cards)


def _is_between(place: Fraction, key: Key) -> bool:
    """Whether a place lies between two numbers of people: only more people can reach it exactly."""
    return key.kind == Kind.COUNT.value and 1 < place.denominator <= _MOST_TIMES


def _scaled(point: Point, axis: Axis, place: Fraction) -> tuple[tuple[Key, ...], Point]:
    """So many times as many people throughout that a ratio is reached exactly."""
    times = place.denominator
    people = {key: value for key, value in point.items() if key.kind == Kind.COUNT.value}
    more: dict[Key, Known] = {key: Fraction(value) * times for key, value in people.items()}
    more |= dict.fromkeys(axis, place * times)
    return (*axis, *(key for key in people if key not in axis)), {**point, **more}


def _reached(
    plan: Plan, start: Start, axis: Axis, probes: Sequence[Fraction]
) -> Iterator[Fraction]:
    """The values along an axis at which something of a plan is just reached."""
    at: list[Sequence[Value]] = []
    for probe in probes:
        point = {**start.point, **dict.fromkeys(axis, probe)}
        results = results_at(plan, point, start.claims)
        at.append(values_on(plan, results))
    gaps = {tuple(gap(one, values) for values in at) for one in breaks_of(plan)}
    unit = axis[0].unit
    for one in gaps:
        known = [each for each in one if each is not None]
        place = nil_of(probes, known) if len(known) == len(probes) else None
        if place is not None and is_possible(place, unit):
            yield place


def _probes(value: Known, key: Key) -> tuple[Fraction, ...]:
    """Three values of a result, the one at hand among them."""
    step = step_of(key.unit)
    here = Fraction(value)
    if key.unit.kind is Kind.PERCENTAGE:
        away = Fraction(1, 100) if here <= Fraction(1, 2) else Fraction(-1, 100)
        return here, here + 3 * away, here + 7 * away
    away = max(step * 3, abs(here) // step * step / 7 // step * step)
    return here, here + away, here + 2 * away + step


def _ends(value: Known, key: Key) -> Iterator[Fraction]:
    """As low and as high as one may well look."""
    here = Fraction(value)
    match key.unit.kind:
        case Kind.PERCENTAGE:
            yield from (Fraction(0), Fraction(1))
        case Kind.DATE:
            yield from ()
        case _:
            yield from (Fraction(0), 2 * here)


def _together(point: Point, lines: Sequence[Line]) -> Iterator[tuple[tuple[Key, ...], Point]]:
    """Every two results moved at once; those that stand early come first."""
    for at, other in enumerate(lines):
        for one in lines[:at]:
            if set(one.axis) & set(other.axis):
                continue
            for first in spread(one.values, _MOST_TOGETHER):
                for second in spread(other.values, _MOST_TOGETHER):
                    both = dict.fromkeys(one.axis, first) | dict.fromkeys(other.axis, second)
                    yield (*one.axis, *other.axis), {**point, **both}


def spread(values: Sequence[Known], most: int) -> tuple[Known, ...]:
    """At most so many of them, evenly, the first and the last included."""
    if len(values) <= most:
        return tuple(values)
    return tuple(values[at * (len(values) - 1) // (most - 1)] for at in range(most))
