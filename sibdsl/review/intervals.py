"""For which values of one result a payment differs, all others held: found by halving, exact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Final

from attrs import evolve

from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.frozen import frozen
from sibdsl.plan.terms import NamedTerm, NameKind, Plan
from sibdsl.review.breaks import step_of
from sibdsl.review.comparison import Interval
from sibdsl.review.points import results_at
from sibdsl.review.search import Axis, Hit, Search
from sibdsl.units import Kind, Unit

_FINEST: Final = Fraction(1, 10**9)
_MOST_HALVINGS: Final = 60
_ROUGHEST: Final = 10_000


@frozen
class _End:
    """Where a payment ceases to differ; None where it does not, as far as was looked."""

    at: Fraction | None
    included: bool


def interval_of(
    search: Search, hit: Hit, axis: Axis, payment: str, watched: Sequence[str]
) -> Interval | None:
    """The values around those of a hit for which a payment differs as it does there.

    ``watched`` are terms by which an interval is better told than by a measure.
    """
    here = hit.point[axis[0]]
    unit = axis[0].unit
    if isinstance(here, bool):
        return None
    more = _gain(search, hit, payment, axis, here) > 0

    @cache
    def differs(value: Fraction) -> bool:
        gain = _gain(search, hit, payment, axis, value)
        return gain != 0 and (gain > 0) is more

    (line,) = search.lines(evolve(hit.start, point=hit.point), [axis])
    places = sorted({Fraction(value) for value in line.values} | {here})
    low = _end(differs, [each for each in reversed(places) if each <= here], unit)
    high = _end(differs, [each for each in places if each >= here], unit)
    if low.at is None and high.at is None:
        return None
    beyond = [each for each in places if _is_beyond(each, low, high)]
    told = _by_term(search.new, hit, axis, (low, high), watched)
    if told is None:
        at = axis[0].evaluation if len(axis) == 1 else ""
        ends = low.at, low.included, high.at, high.included
        told = Interval(axis[0].measure, at, unit, *ends)
    along = tuple((key.measure, key.evaluation) for key in axis)
    return evolve(told, is_only=not any(differs(each) for each in beyond), along=along)


def _is_beyond(value: Fraction, low: _End, high: _End) -> bool:
    return (low.at is not None and value < low.at) or (high.at is not None and value > high.at)


def _gain(search: Search, hit: Hit, payment: str, axis: Axis, value: Fraction) -> Fraction:
    point = {**hit.point, **dict.fromkeys(axis, value)}
    gains = search.gains(hit.start, point)
    return sum((gain for flow, gain in gains if flow.payment == payment), Fraction(0))


def _end(differs: Callable[[Fraction], bool], places: Sequence[Fraction], unit: Unit) -> _End:
    """From the first of the places outwards, to where the payment no longer differs."""
    last = places[0]
    for place in places[1:]:
        if differs(place):
            last = place
        else:
            return _between(differs, last, place, unit)
    return _End(None, included=False)


def _between(
    differs: Callable[[Fraction], bool], inside: Fraction, outside: Fraction, unit: Unit
) -> _End:
    """The end between a value that differs and one that does not."""
    if unit.kind in {Kind.COUNT, Kind.DATE}:
        while abs(outside - inside) > 1:
            middle = Fraction((inside + outside) // 2)
            inside, outside = (middle, outside) if differs(middle) else (inside, middle)
        return _End(inside, included=True)
    for _ in range(_MOST_HALVINGS):
        if abs(outside - inside) <= _FINEST:
            break
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if differs(middle) else (inside, middle)
    edge = simplest(min(inside, outside), max(inside, outside))
    if edge.denominator > _ROUGHEST:
        # Where cents are rounded away there is no simple end: told is the natural step beyond it.
        step = step_of(unit)
        beyond = (-(-edge // step) if outside > inside else edge // step) * step
        if not differs(beyond):
            return _End(beyond, included=False)
    return _End(edge, included=differs(edge))


def simplest(low: Fraction, high: Fraction) -> Fraction:
    """The fraction with the smallest denominator from ``low`` to ``high``, both included."""
    whole = low.numerator // low.denominator
    if whole == low:
        return low
    if whole + 1 <= high:
        return Fraction(whole + 1)
    return whole + 1 / simplest(1 / (high - whole), 1 / (low - whole))


def _by_term(
    plan: Plan, hit: Hit, axis: Axis, ends: tuple[_End, _End], watched: Sequence[str]
) -> Interval | None:
    """The same interval in a term that thresholds were changed on, where it moves with the result."""
    for named in plan.names:
        if named.name not in watched or named.kind is NameKind.MEASURE:
            continue
        at = "" if named.evaluation is None else plan.evaluations[named.evaluation].name
        if at and (len(axis) > 1 or at != axis[0].evaluation):
            continue
        told = _in_term(plan, hit, axis, ends, named)
        if told is not None:
            return told
    return None


def _in_term(
    plan: Plan, hit: Hit, axis: Axis, ends: tuple[_End, _End], named: NamedTerm
) -> Interval | None:
    here = Fraction(hit.point[axis[0]])
    unit = plan.terms[named.term].unit

    def value(at: Fraction) -> Fraction | None:
        point = {**hit.point, **dict.fromkeys(axis, at)}
        found = evaluated_on(plan, results_at(plan, point, hit.start.claims)).values[named.term]
        return found if isinstance(found, Fraction) and unit.kind is not Kind.DATE else None

    before, step = value(here), step_of(axis[0].unit)
    # A result that is rounded moves the term only by a larger step.
    further = (value(here + times * step) for times in (1, 10, 100))
    after = next((each for each in further if each is not None and each != before), None)
    if before is None or after is None:
        return None
    low, high = (end if end.at is None else _End(value(end.at), end.included) for end in ends)
    if (ends[0].at is not None and low.at is None) or (ends[1].at is not None and high.at is None):
        return None
    if before > after:
        low, high = high, low
    evaluation = "" if named.evaluation is None else plan.evaluations[named.evaluation].name
    return Interval(named.name, evaluation, unit, low.at, low.included, high.at, high.included)
