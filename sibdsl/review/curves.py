"""A payment against the one result that moves it, in both versions: for a picture, every point exact.

Between the places where either version changes its mind a payment nearly always follows a straight
line. Where a value half way shows that it does not, points are taken closer together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.plan.renamed import with_names
from sibdsl.plan.terms import Plan
from sibdsl.review.comparison import About, Comparison, Difference, Interval
from sibdsl.review.intervals import simplest
from sibdsl.review.points import Claims, Key, Known
from sibdsl.review.search import Axis, Search, Start, search_of, spread
from sibdsl.units import Kind, Unit

_BESIDE: Final = Fraction(1, 10**9)
"""How near to a place it is looked what falls due just below and just above it."""
_MOST_HALVINGS: Final = 6
_FINE: Final = 400
"""What is less than this part of the whole height is not seen."""
_MOST_SAMPLES: Final = 12

Point = tuple[Fraction, Fraction]


@frozen
class Stretch:
    """Part of a curve without a jump: straight lines from point to point, rising in the result.

    ``holds_at_start`` says that the value at the first point is this stretch's (``from 10%``) and not
    that of the stretch before it (``above 10%``).
    """

    points: tuple[Point, ...]
    holds_at_start: bool = True


@frozen
class Sample:
    """What falls due in both versions at one value of the result."""

    value: Fraction
    old: Fraction
    new: Fraction


@frozen
class Curves:
    """The payment of a difference over the values of a result, all others held as in its case.

    ``evaluation`` is empty for a measure without one, and where it is moved at all its evaluations.
    Amounts are what falls due over all evaluations, in units of the currency. ``samples`` are some of
    the places where a version changes its mind, with their neighbours.
    """

    difference: Difference
    measure: str
    evaluation: str
    unit: Unit
    old: tuple[Stretch, ...]
    new: tuple[Stretch, ...]
    samples: tuple[Sample, ...]


def curves_of(old: Plan, new: Plan, comparison: Comparison) -> Curves | None:
    """The curves of the largest difference of a payment; None where no one result moves it.

    A difference that rests on claims, on a date or on an answer has none.
    """
    if comparison.effects is None:
        return None
    largest = [each for each in comparison.effects.largest if each.about is About.PAYMENT]
    for difference in sorted(largest, key=lambda each: -abs(each.amount)):
        interval = difference.interval
        if interval is not None and not difference.case.claims:
            search = search_of(with_names(old, dict(comparison.renames)), new)
            return _curves(search, difference, interval)
    return None


def _curves(search: Search, difference: Difference, interval: Interval) -> Curves | None:
    point: dict[Key, Known] = {}
    for given in difference.case.results:
        if given.value is not None and isinstance(given.value.value, bool | Fraction):
            unit = given.value.unit
            key = Key(given.measure, given.evaluation, unit.kind.value, unit.currency)
            point[key] = given.value.value
    axis = tuple(key for key in point if (key.measure, key.evaluation) in interval.along)
    if not axis or axis[0].unit.kind in {Kind.DATE, Kind.YES_NO}:
        return None
    start = Start(difference.case.origin, difference.case.title, point, Claims())
    name, currency = difference.name, difference.currency

    def due(value: Fraction) -> tuple[Fraction, Fraction]:
        return search.due(start, {**point, **dict.fromkeys(axis, value)}, name, currency)

    here = Fraction(point[axis[0]])
    (line,) = search.lines(start, [axis])
    places = sorted({Fraction(value) for value in line.values} | {here})
    low, high = _view(places, here, axis[0].unit, lambda value: _differs(due(value)))
    inside = [low, *(each for each in places if low < each < high), high]
    return _drawn(difference, axis, inside, due)


def _differs(amounts: tuple[Fraction, Fraction]) -> bool:
    return amounts[0] != amounts[1]


def _drawn(
    difference: Difference,
    axis: Axis,
    places: Sequence[Fraction],
    due: Callable[[Fraction], tuple[Fraction, Fraction]],
) -> Curves:
    unit = axis[0].unit
    at = {place: due(place) for place in places}
    amounts = [amount for pair in at.values() for amount in pair]
    fine = max(Fraction(1, 50), (max(amounts) - min(amounts)) / _FINE)

    def drawn(side: int) -> tuple[Stretch, ...]:
        points = _points(places, unit, lambda value: due(value)[side], fine)
        return tuple(_stretches(points, _step(unit), fine))

    return Curves(
        difference=difference,
        measure=axis[0].measure,
        evaluation=axis[0].evaluation if len(axis) == 1 else "",
        unit=unit,
        old=drawn(0),
        new=drawn(1),
        samples=tuple(
            Sample(each, *at[each]) for each in map(Fraction, spread(places, _MOST_SAMPLES))
        ),
    )


def _view(
    places: Sequence[Fraction], here: Fraction, unit: Unit, differs: Callable[[Fraction], bool]
) -> tuple[Fraction, Fraction]:
    """From where to where it is drawn: the values that differ, and as much again on both sides."""
    low = _beyond([each for each in reversed(places) if each <= here], differs)
    high = _beyond([each for each in places if each >= here], differs)
    room = high - low or Fraction(1)
    least = Fraction(0) if low >= 0 else low - room
    most = Fraction(1) if unit.kind is Kind.PERCENTAGE else high + room
    return max(low - room, least), min(high + room, most)


def _beyond(places: Sequence[Fraction], differs: Callable[[Fraction], bool]) -> Fraction:
    """The first of the places, outwards, at which the versions agree; else the last."""
    return next((place for place in places if not differs(place)), places[-1])


# ------------------------------------------------------------------------------------------ points


def _points(
    places: Sequence[Fraction], unit: Unit, amount: Callable[[Fraction], Fraction], fine: Fraction
) -> tuple[Point, ...]:
    """Every place with what is just beside it, and as many between as show how it runs."""
    beside = _step(unit)
    low, high = places[0], places[-1]
    near = {place + away for place in places for away in (-beside, Fraction(0), beside)}
    found = [(each, amount(each)) for each in sorted(near) if low <= each <= high]
    points = found[:1]
    for one, other in pairwise(found):
        points += [*_between(one, other, unit, amount, fine, _MOST_HALVINGS), other]
    return tuple(points)


def _step(unit: Unit) -> Fraction:
    return Fraction(1) if unit.kind is Kind.COUNT else _BESIDE


def _between(
    one: Point,
    other: Point,
    unit: Unit,
    amount: Callable[[Fraction], Fraction],
    fine: Fraction,
    halvings: int,
) -> Iterator[Point]:
    """The points between two that are needed because no straight line joins these."""
    middle = _middle(one, other, unit)
    if middle <= one[0] or other[0] - one[0] <= _step(unit):
        return
    there = (middle, amount(middle))
    straight = one[1] + _slope(one, other) * (middle - one[0])
    if abs(there[1] - straight) <= fine:
        return
    if not halvings:
        yield from _jump(one, other, unit, amount)
        return
    yield from _between(one, there, unit, amount, fine, halvings - 1)
    yield there
    yield from _between(there, other, unit, amount, fine, halvings - 1)


def _middle(one: Point, other: Point, unit: Unit) -> Fraction:
    middle = (one[0] + other[0]) / 2
    return Fraction(middle // 1) if unit.kind is Kind.COUNT else middle


def _jump(
    one: Point, other: Point, unit: Unit, amount: Callable[[Fraction], Fraction]
) -> Iterator[Point]:
    """The points beside the steepest place between two, and the roundest value between those."""
    first, last = one, other
    while last[0] - first[0] > _step(unit):
        middle = _middle(first, last, unit)
        there = (middle, amount(middle))
        is_before = abs(there[1] - first[1]) > abs(last[1] - there[1])
        first, last = (first, there) if is_before else (there, last)
    place = simplest(first[0], last[0])
    between = [(place, amount(place))] if first[0] < place < last[0] else []
    yield from (each for each in (first, *between, last) if each not in {one, other})


def _slope(one: Point, other: Point) -> Fraction:
    return (other[1] - one[1]) / (other[0] - one[0])


# --------------------------------------------------------------------------------------- stretches


def _stretches(points: Sequence[Point], step: Fraction, fine: Fraction) -> Iterator[Stretch]:
    """The points parted where the payment jumps: between a place and what is just beside it.

    The place is the rounder value of the two.
    """
    begun, holds = [points[0]], True
    for at, (one, other) in enumerate(pairwise(points)):
        before = _slope(points[at - 1], one) if at else Fraction(0)
        after = _slope(other, points[at + 2]) if at + 2 < len(points) else Fraction(0)
        is_beside = other[0] - one[0] <= step
        if not (is_beside and _is_jump(one, other, (before, after), fine)):
            begun.append(other)
            continue
        gap = other[0] - one[0]
        if (
            other[0].denominator <= one[0].denominator
        ):  # ``from``: the place belongs to what follows
            yield Stretch(_straightened([*begun, (other[0], one[1] + before * gap)]), holds)
            begun, holds = [other], True
        else:  # ``above``: it belongs to what came before
            yield Stretch(_straightened(begun), holds)
            begun, holds = [(one[0], other[1] - after * gap), other], False
    yield Stretch(_straightened(begun), holds)


def _is_jump(one: Point, other: Point, slopes: tuple[Fraction, Fraction], fine: Fraction) -> bool:
    """Whether no line as steep as its neighbours leads from one point to the next."""
    gap, rise = other[0] - one[0], other[1] - one[1]
    return not min(slopes) * gap - fine <= rise <= max(slopes) * gap + fine


def _straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without the points that lie on the line between their neighbours."""
    kept = list(points[:1])
    for one, other in pairwise(points[1:]):
        if kept[-1][0] == one[0] or _slope(kept[-1], one) != _slope(one, other):
            kept.append(one)
    return (*kept, *points[1:][-1:])
