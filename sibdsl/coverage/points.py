"""What a suggested example may assume: results, claims and participants, before they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import count
from typing import Final

from attrs import evolve, field

from sibdsl.coverage.claim_scripts import Script, chain, person
from sibdsl.coverage.views import Input, View
from sibdsl.frozen import frozen
from sibdsl.money import minor_unit
from sibdsl.numerals import decimal_text
from sibdsl.plan.terms import (
    Example,
    GivenClaim,
    GivenParticipant,
    GivenResult,
    Measure,
    Plan,
)
from sibdsl.source import Span
from sibdsl.units import Kind, Unit

Given = Fraction | bool | None
"""A result; None where it is not available."""

Counted = tuple[int, int, int]
"""Claims of an outcome: card, outcome, evaluation."""


@frozen
class Point:
    """Results and claims to try. ``counts`` are so many participants who each claim an outcome."""

    values: Mapping[Input, Given]
    claims: tuple[GivenClaim, ...] = ()
    participants: tuple[GivenParticipant, ...] = ()
    cancelled: tuple[int, ...] = ()
    counts: Mapping[Counted, int] = field(factory=dict)

    def with_value(self, at: Input, value: Given) -> Point:
        """The same with one result changed."""
        return evolve(self, values={**self.values, at: value})

    def without(self, at: Input) -> Point:
        """The same with one result left out."""
        return evolve(
            self, values={each: value for each, value in self.values.items() if each != at}
        )

    def without_cancelled(self, evaluation: int) -> Point:
        """The same with an evaluation that takes place."""
        return evolve(self, cancelled=tuple(at for at in self.cancelled if at != evaluation))

    def without_claim(self, claim: GivenClaim) -> Point:
        """The same with one claim, or the last of a participant with the participant, left out."""
        claims = tuple(each for each in self.claims if each != claim)
        names = {each.participant for each in claims}
        people = tuple(each for each in self.participants if each.participant in names)
        return evolve(self, claims=claims, participants=people)

    def with_count(self, at: Counted, number: int) -> Point:
        """The same with so many participants who claim an outcome."""
        return evolve(self, counts={**self.counts, at: number})

    def with_script(self, script: Script) -> Point:
        """The same with other claims."""
        return evolve(self, claims=script.claims, participants=script.participants, counts={})


def example_at(plan: Plan, point: Point) -> Example:
    """The worked example that assumes this; it expects nothing yet."""
    script = Script(point.claims, point.participants)
    names = _names(point)
    for (card, outcome, evaluation), number in point.counts.items():
        for _ in range(number):
            made = chain(plan, card, outcome, evaluation, next(names))
            if made is not None:
                script = script.then(made)
    results = tuple(
        GivenResult(measure, evaluation, value)
        for (measure, evaluation), value in sorted(point.values.items(), key=_by_evaluation)
    )
    return Example("", results, point.cancelled, script.claims, script.participants, (), Span(0, 0))


def _by_evaluation(item: tuple[Input, Given]) -> tuple[int, int]:
    (measure, evaluation), _ = item
    return -1 if evaluation is None else evaluation, measure


def _names(point: Point) -> Iterator[str]:
    taken = {claim.participant for claim in point.claims}
    taken |= {each.participant for each in point.participants}
    for number in count():
        name = person(number)
        if name not in taken:
            yield name


# --------------------------------------------------------------------------- where to begin

_SCALES: Final = (100, 1000, 0, 200)


def seeds(plan: Plan, view: View) -> Iterator[Point]:
    """Where the search begins: at the contract's own examples, then at round numbers.

    What an example gives at one evaluation is taken for the others too.
    """
    for example in plan.examples:
        given = {(each.measure, each.evaluation): each.value for each in example.results}
        ever = {each.measure: each.value for each in reversed(example.results)}
        if given.keys() & set(view.inputs) or not view.inputs:
            values = {
                at: given[at] if at in given else ever.get(at[0], _round_number(plan, at, 100))
                for at in view.inputs
            }
            claims = example.claims if view.cards else ()
            participants = example.participants if claims else ()
            yield Point(values, claims, participants, example.cancelled)
    for scale in _SCALES:
        yield Point({at: _round_number(plan, at, scale) for at in view.inputs})


def _round_number(plan: Plan, at: Input, scale: int) -> Given:
    measure, evaluation = plan.measures[at[0]], at[1]
    if measure.presumed is not None:
        return measure.presumed
    match measure.unit.kind:
        case Kind.PERCENTAGE:
            return Fraction(1, 2)
        case Kind.POINTS:
            return Fraction(5, 100)
        case Kind.AMOUNT:
            return Fraction(scale * 1000)
        case Kind.YES_NO:
            return False
        case Kind.DATE:
            on = plan.start if evaluation is None else plan.evaluations[evaluation].on
            return Fraction(on.toordinal())
        case _:
            return Fraction(scale)


# ------------------------------------------------------------------------------ what is allowed


def grain(measure: Measure) -> Fraction:
    """The step by which a result of this kind is tried: a cent, a day, a hundredth of a point."""
    return grain_of(measure.unit)


def grain_of(unit: Unit) -> Fraction:
    """The smallest step by which a value of a unit is written."""
    match unit.kind:
        case Kind.AMOUNT:
            return Fraction(1, 10 ** (minor_unit(unit.currency) or 0))
        case Kind.PERCENTAGE | Kind.POINTS:
            return Fraction(1, 10_000)
        case Kind.NUMBER:
            return Fraction(1, 100)
        case _:
            return Fraction(1)


_LARGEST: Final = Fraction(10**12)


def allowed(measure: Measure, value: Fraction) -> Iterator[Fraction]:
    """The results nearest to a value that somebody could report: whole, not below nil."""
    least, most = _range(measure)
    step = grain(measure)
    below = (value / step).__floor__() * step
    exact = () if below == value else (value,) if _may_be_exact(measure, value) else ()
    for each in (*exact, below) if below == value else (*exact, below, below + step):
        if least <= each <= most:
            yield each


def _may_be_exact(measure: Measure, value: Fraction) -> bool:
    """A ratio or a number may be given as a fraction, if a short one."""
    return measure.unit.kind in {Kind.PERCENTAGE, Kind.NUMBER} and value.denominator < 10_000


def is_short(point: Point) -> bool:
    """Whether every result has a few decimals only, as results have."""
    return all(
        1_000_000 % value.denominator == 0
        for value in point.values.values()
        if isinstance(value, Fraction)
    )


def digits(point: Point) -> int:
    """How many digits the results have: round numbers the fewest, nil being no number to begin with."""
    shown = (
        decimal_text(abs(value) * 100).strip("0.") or "nil"
        for value in point.values.values()
        if isinstance(value, Fraction)
    )
    return sum(len(each) for each in shown)


def _range(measure: Measure) -> tuple[Fraction, Fraction]:
    match measure.unit.kind:
        case Kind.POINTS | Kind.AMOUNT | Kind.NUMBER:
            return -_LARGEST, _LARGEST
        case Kind.PERCENTAGE:
            return Fraction(-10), Fraction(10)
        case Kind.DATE:
            return Fraction(1), Fraction((date.max - timedelta(1)).toordinal())
        case _:
            return Fraction(0), _LARGEST
