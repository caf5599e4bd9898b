"""Choosing few examples among the results that were found to show cases.

Each is pared of what it does not need, and expects of every name that shows a case besides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Final

from attrs import evolve

from sibdsl.coverage.cases import Case
from sibdsl.coverage.points import Point, digits, example_at
from sibdsl.coverage.reached import Looked, looked_at, resting_under, shows
from sibdsl.coverage.views import MANY_TERMS, View
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.examples import example_results
from sibdsl.evaluate.grounds import Evaluated
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Example, Expectation, NamedTerm, NameKind, Plan
from sibdsl.source import Span


@frozen
class Suggestion:
    """A worked example that no contract has yet, and the cases that it shows."""

    example: Example
    subjects: tuple[NamedTerm, ...]
    cases: tuple[Case, ...]


@frozen
class Sighting:
    """Results on which a view shows some of the cases."""

    view: View
    point: Point
    cases: frozenset[int]
    is_likely: bool


def chosen(
    every: Sequence[View], pool: Sequence[Sighting], wanted: Sequence[Case]
) -> Iterator[Suggestion]:
    """Always the one that shows the most of what is left; of equals that of the roundest results.

    Results that nobody would expect come in only where no others show a case.
    """
    likely = [each for each in pool if each.is_likely]
    left = set[int]().union(*(each.cases for each in pool))
    while left:
        best = max(likely or pool, key=lambda each: (len(each.cases & left), -digits(each.point)))
        if not best.cases & left:
            likely = []
            continue
        cases = best.cases & left
        point = _pared(best, [wanted[number] for number in sorted(cases)])
        plan, others = _whole_or_part(best.view, every)
        example = example_at(plan, point)
        evaluated = evaluated_on(plan, example_results(plan, example))
        subjects, more = _seen_besides(evaluated, best.view, others, wanted, left - cases)
        left -= cases | more
        expectations = tuple(_expected(evaluated, one) for one in subjects)
        yield Suggestion(
            evolve(example, expectations=expectations),
            subjects,
            tuple(wanted[number] for number in sorted(cases | more)),
        )


def _whole_or_part(view: View, every: Sequence[View]) -> tuple[Plan, Sequence[View]]:
    """What to look at besides: everything, or in a large plan what the name rests on itself."""
    if len(view.plan.terms) <= MANY_TERMS:
        return view.plan, every
    return view.part, [other for other in every if other.name.term in view.below]


def _pared(sighting: Sighting, cases: Sequence[Case]) -> Point:
    """The point without the results, cancellations and claims that change nothing."""
    top, part = sighting.view.name.term, sighting.view.part

    def looked(point: Point) -> Looked:
        return looked_at(part, example_results(part, example_at(part, point)), (top,))

    point = sighting.point
    value = looked(point).values[top]
    for shorter in _shorter(point):
        then = looked(shorter(point))
        if then.values[top] == value and all(shows(then, case) for case in cases):
            point = shorter(point)
    return point


def _shorter(point: Point) -> Iterator[Callable[[Point], Point]]:
    """Ways to leave one thing out; of very many things none is tried."""
    if len(point.values) + len(point.claims) > _MOST_PARED:
        return
    for at in point.values:
        yield partial(Point.without, at=at)
    for evaluation in point.cancelled:
        yield partial(Point.without_cancelled, evaluation=evaluation)
    for claim in point.claims:
        yield partial(Point.without_claim, claim=claim)


def _seen_besides(
    evaluated: Evaluated,
    view: View,
    every: Sequence[View],
    wanted: Sequence[Case],
    left: Iterable[int],
) -> tuple[tuple[NamedTerm, ...], set[int]]:
    """The payments that the name rests on, and other names that show more of what is left."""
    resting = resting_under(evaluated, (view.name.term,))
    payments = {
        (payment.name, payment.evaluation)
        for payment in evaluated.plan.payments
        if payment.settlement in resting
    }
    subjects = [
        name
        for name in evaluated.plan.names
        if name.kind is NameKind.PAYMENT
        and (name.name, name.evaluation) in payments
        and name.term != view.name.term
        and isinstance(evaluated.values[name.term], Fraction)
    ][:_MOST_PAYMENTS]
    subjects.append(view.name)
    more: set[int] = set()
    for other in every:
        if not isinstance(evaluated.values[other.name.term], Fraction | bool):
            continue
        looked = Looked(evaluated, resting_under(evaluated, (other.name.term,)))
        found = {number for number in left if shows(looked, wanted[number])} - more
        if found:
            more |= found
            if other.name not in subjects:
                subjects.append(other.name)
    return tuple(subjects), more


_MOST_PAYMENTS: Final = 6
_MOST_PARED: Final = 100


def _expected(evaluated: Evaluated, name: NamedTerm) -> Expectation:
    value = evaluated.values[name.term]
    assert isinstance(value, Fraction | bool)
    unit = evaluated.plan.terms[name.term].unit
    return Expectation(name.name, name.term, value, unit, Span(0, 0))
