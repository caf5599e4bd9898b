"""Looking for worked examples that show the cases which none shows yet.

From the contract's own examples, and from round numbers, one result at a time is moved to where
something changes. What shows a case, or anything not seen before, is where the search goes on from.
It is bounded and uses no chance: the same contract gives the same examples.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import chain, count, islice, pairwise
from typing import Final

from attrs import define, field

from sibdsl.coverage.breaks import crossing, levels, marks, measured
from sibdsl.coverage.cases import Case, CaseKind, Coverage
from sibdsl.coverage.choosing import Sighting, Suggestion, chosen
from sibdsl.coverage.claim_scripts import MOST_CLAIMS, Script, person, scripts
from sibdsl.coverage.listing import cases
from sibdsl.coverage.listing_tables import step_of
from sibdsl.coverage.points import (
    Counted,
    Point,
    allowed,
    example_at,
    grain,
    is_short,
    seeds,
)
from sibdsl.coverage.reached import Looked, is_so, resting_under, shows
from sibdsl.coverage.views import Input, View, views
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.examples import example_results
from sibdsl.evaluate.grounds import Evaluated
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Cause, Constant, Index, Plan, Result
from sibdsl.units import Kind, Unit

MOST_WORK: Final = 400_000
"""How many terms and cases are looked at, at most, in one search: a few seconds."""
_MOST_RUNS: Final = 1_000
"""How many sets of results are tried at most from one view."""
_MOST_VIEWS: Final = 6
"""From how many names a case is looked for."""
_MOST_COUNTED: Final = 30
_MOST_BASES: Final = 24
_MOST_CLAIMED: Final = 2
_LEAST_SUGGESTED: Final = 3
_TERMS_SUGGESTED: Final = 100_000
_MOST_PAIRED: Final = 3
_MOST_PAIRED_RUNS: Final = 400


@frozen
class Found:
    """What was found: examples, and the cases that nothing tried has shown."""

    suggestions: tuple[Suggestion, ...]
    unreached: tuple[Case, ...]


def search(plan: Plan, shown: Coverage, work: int = MOST_WORK) -> Found:
    """Few examples that show as many of the cases not shown as could be found.

    ``work`` is how many terms are worked out at most.
    """
    hunt = _Hunt(plan, list(shown.missing), work=work)
    every = views(plan)
    for view in every:
        hunt.look_from(view)
    # Each is worked out with its whole contract in the end, which takes long in a large one.
    most = max(_LEAST_SUGGESTED, _TERMS_SUGGESTED // len(plan.terms))
    suggestions = tuple(islice(chosen(every, hunt.pool, shown.missing), most))
    told = {id(case) for each in suggestions for case in each.cases}
    return Found(suggestions, tuple(case for case in shown.missing if id(case) not in told))


@define
class _Hunt:
    """The search while it runs. ``open`` are the places of the cases that nothing has shown yet."""

    plan: Plan
    wanted: list[Case]
    pool: list[Sighting] = field(factory=list)
    seen: set[int] = field(factory=set)
    looked_for: Counter[int] = field(factory=Counter)
    work: int = MOST_WORK

    def look_from(self, view: View) -> None:
        """Try results as seen from one view, if it may show what is not shown."""
        if self.work <= 0:
            return
        self.work -= len(self.plan.terms) // 4
        targets = [
            number
            for number, case in enumerate(self.wanted)
            if number not in self.seen
            and view.may_show(case)
            and self.looked_for[number] < _MOST_VIEWS
        ]
        if targets:
            self.looked_for.update(targets)
            # Always a part of what is left, so that the last view has something too.
            _Look(self, view, targets, least=self.work - self.work // 4).run()


@define(slots=False)
class _Look:
    """The search from one view."""

    hunt: _Hunt
    view: View
    targets: Sequence[int]
    runs: int = _MOST_RUNS
    least: int = 0
    features: set[tuple[int, int]] = field(factory=set)
    tried: set[object] = field(factory=set)
    queue: deque[tuple[Point, Evaluated]] = field(factory=deque)

    def run(self) -> None:
        """From each seed on, until everything is shown or enough was tried."""
        for number, point in enumerate(seeds(self.hunt.plan, self.view)):
            self.attempt(point, keep=True)
            if number < _MOST_CLAIMED:
                for claimed in chain(self._together(point), self._scripts(point)):
                    self.attempt(claimed)
        bases = 0
        while self.queue and bases < _MOST_BASES and not self.is_done():
            bases += 1
            point, evaluated = self.queue.popleft()
            for moved in self._moves(point, evaluated):
                self.attempt(moved)
                if self.is_done():
                    return
        self._spare_some()
        for point in islice(seeds(self.hunt.plan, self.view), _MOST_PAIRED):
            for moved in self._paired(point):
                self.attempt(moved)
                if self.is_done():
                    return

    def is_done(self) -> bool:
        """Whether nothing is left to show, or to spend."""
        return (
            self.runs <= 0
            or self.hunt.work <= self.least
            or all(number in self.hunt.seen for number in self.targets)
        )

    def attempt(self, point: Point, *, keep: bool = False) -> None:
        """Work the contract out at a point, and note what it shows."""
        key = _key(point)
        if key in self.tried or self.runs <= 0 or self.hunt.work <= 0:
            return
        self.tried.add(key)
        evaluated = self._worked_out(point)
        value = evaluated.values[self.view.name.term]
        cases = frozenset[int]()
        if isinstance(value, Fraction | bool):
            looked = Looked(evaluated, resting_under(evaluated, (self.view.name.term,)))
            cases = frozenset(at for at, case in self._wanted if shows(looked, case))
        if cases:
            is_likely = is_short(point) and self._is_likely(evaluated)
            self.hunt.pool.append(Sighting(self.view, point, cases, is_likely))
            if is_likely:
                self.hunt.seen |= cases
        if self._is_new(evaluated) or keep:
            self.queue.append((point, evaluated))

    def _worked_out(self, point: Point) -> Evaluated:
        plan = self.view.part
        self.runs -= 1
        idle = len(plan.terms) // 8
        self.hunt.work -= self.view.cost + len(self._every_case) + idle
        return evaluated_on(plan, example_results(plan, example_at(plan, point)))

    def _is_likely(self, evaluated: Evaluated) -> bool:
        """Whether every rate is one that people expect: no more than all, nor less than none."""
        return all(
            (0 if at in self._shares else -1) <= value <= 1
            for at in self._rates
            if isinstance(value := evaluated.values[at], Fraction)
        )

    @cached_property
    def _shares(self) -> frozenset[Index]:
        """The reported percentages that are called a share or a rate: none of them is below nil."""
        terms, measures = self.hunt.plan.terms, self.hunt.plan.measures
        return frozenset(
            at
            for at in self._rates
            if isinstance(term := terms[at], Result) and _SHARE.search(measures[term.measure].name)
        )

    @cached_property
    def _rates(self) -> tuple[Index, ...]:
        terms = self.hunt.plan.terms
        return tuple(
            at
            for at in sorted(self.view.below)
            if terms[at].unit.kind is Kind.PERCENTAGE and not isinstance(terms[at], Constant)
        )

    @cached_property
    def _wanted(self) -> tuple[tuple[int, Case], ...]:
        """The cases that can be seen from here and that no example of the contract shows."""
        return tuple(
            (number, case)
            for number, case in enumerate(self.hunt.wanted)
            if self.view.may_show(case)
        )

    @cached_property
    def _every_case(self) -> tuple[tuple[int, Case, Index], ...]:
        return tuple(
            (number, case, at)
            for number, case in enumerate(cases(self.hunt.plan))
            for at in case.terms
            if at in self.view.below
        )

    def _is_new(self, evaluated: Evaluated) -> bool:
        """Whether any case, shown already or not, has not been seen from here before."""
        found = {
            (number, at) for number, case, at in self._every_case if is_so(evaluated, case, at)
        }
        is_new = not found <= self.features
        self.features |= found
        return is_new

    # Moves

    def _scripts(self, point: Point) -> Iterator[Point]:
        """Other claims, where a rate card is to be shown."""
        for number in self.targets:
            case = self.hunt.wanted[number]
            of_card = case.kind in _OF_CARDS and number not in self.hunt.seen
            for card, evaluation in self.view.cards if of_card else ():
                if case.kind is not CaseKind.CAP and not self._is_of(case, card):
                    continue
                for script in scripts(self.hunt.plan, case, card, evaluation):
                    yield point.with_script(script)
                    if number in self.hunt.seen:
                        break

    def _together(self, point: Point) -> Iterator[Point]:
        """The claims for as many cases as fit, each of a participant of its own."""
        for card, evaluation in self.view.cards:
            script, people = Script(), count()
            for number in self.targets:
                case = self.hunt.wanted[number]
                is_told = number in self.hunt.seen or case.kind not in _OF_TARIFFS
                if is_told or not self._is_of(case, card):
                    continue
                name = person(next(people))
                for more in scripts(self.hunt.plan, case, card, evaluation, name):
                    if len(script.claims) + len(more.claims) > MOST_CLAIMS:
                        yield point.with_script(script)
                        script = Script()
                    script = script.then(more)
            if script.claims:
                yield point.with_script(script)

    def _is_of(self, case: Case, card: int) -> bool:
        return case.clause.name == self.hunt.plan.cards[card].name

    def _moves(self, point: Point, evaluated: Evaluated) -> Iterator[Point]:
        """One result changed to where something changes, is missing, or is answered otherwise."""
        wants_missing = any(
            self.hunt.wanted[number].cause is Cause.NOT_AVAILABLE for number in self.targets
        )
        for at in self.view.inputs:
            if self._is_question(at):
                yield point.with_value(at, point.values[at] is not True)
            if wants_missing:
                yield point.with_value(at, None)
        for at in self.view.inputs:
            if not self._is_question(at):
                value = point.values[at]
                assert not isinstance(value, bool)
                yield from self._numbers(point, evaluated, at, value)
        for counted in self.view.counted:
            yield from self._counts(point, evaluated, counted)

    def _is_question(self, at: Input) -> bool:
        return self.hunt.plan.measures[at[0]].unit.kind is Kind.YES_NO

    def _numbers(
        self, point: Point, evaluated: Evaluated, at: Input, value: Fraction | None
    ) -> Iterator[Point]:
        measure = self.hunt.plan.measures[at[0]]
        start = Fraction(1) if value is None else value
        found: dict[Fraction, None] = {}
        for mark in self._marks.get(measure.unit, ()):
            step = step_of(measure.unit)
            for near in (mark, mark - step / 2, mark + step / 2):
                found.update(dict.fromkeys(allowed(measure, near)))
        for step in dict.fromkeys((grain(measure), step_of(measure.unit))):
            probes = (start, start + step, start + 2 * step)
            runs = [
                evaluated if probe == value else self._worked_out(point.with_value(at, probe))
                for probe in probes
            ]
            for root in self._roots(probes, runs):
                found.update(dict.fromkeys(allowed(measure, root)))
        for other in (Fraction(0), start * 2, start * 10, start * 100, start / 2, -start):
            found.update(dict.fromkeys(allowed(measure, other)))
        for number in found:
            yield point.with_value(at, number)

    def _spare_some(self) -> None:
        """Leave something for the second way of moving results."""
        self.runs = max(self.runs, _MOST_PAIRED_RUNS)
        self.least = min(self.least, self.hunt.work - self.hunt.work // 4)

    def _paired(self, point: Point) -> Iterator[Point]:
        """One count moved a little and another to where something changes exactly.

        A share of a whole number of people is seldom met by moving one of two counts.
        """
        plan = self.hunt.plan
        if not any(self._is_exact(number) for number in self.targets):
            return
        counts = [at for at in self.view.inputs if plan.measures[at[0]].unit.kind is Kind.COUNT]
        for moved, solved in pairwise(counts):
            start = point.values[moved]
            if start is None or isinstance(start, bool):
                continue
            for more in range(1, 10):
                shifted = point.with_value(moved, start + more)
                yield from self._solved(shifted, solved)

    def _is_exact(self, number: int) -> bool:
        kind = self.hunt.wanted[number].kind
        return number not in self.hunt.seen and kind in {CaseKind.THRESHOLD, CaseKind.ROW_EDGE}

    def _solved(self, point: Point, at: Input) -> Iterator[Point]:
        """A count moved to where something changes, where that is a whole number."""
        start = point.values[at]
        if start is None or isinstance(start, bool):
            return
        probes = (start, start + 1, start + 2)
        runs = [self._worked_out(point.with_value(at, probe)) for probe in probes]
        for root in dict.fromkeys(self._roots(probes, runs)):
            if root >= 0 and root.denominator == 1:
                yield point.with_value(at, root)

    @cached_property
    def _marks(self) -> Mapping[Unit, tuple[Fraction, ...]]:
        return marks(self.hunt.plan, self.view.below)

    def _counts(self, point: Point, evaluated: Evaluated, counted: Counted) -> Iterator[Point]:
        now = point.counts.get(counted, 0)
        probes = tuple(Fraction(now + each) for each in range(3))
        runs = [
            evaluated if probe == now else self._worked_out(point.with_count(counted, int(probe)))
            for probe in probes
        ]
        found = {now + 1, now + 2}
        for root in self._roots((probes[0], probes[1], probes[2]), runs):
            found |= {int(root), int(root) + 1} if root >= 0 else set()
        for number in sorted(found):
            if 0 <= number <= _MOST_COUNTED:
                yield point.with_count(counted, number)

    def _roots(
        self, probes: tuple[Fraction, Fraction, Fraction], runs: Sequence[Evaluated]
    ) -> Iterator[Fraction]:
        below = self.view.below
        first, second, third = (measured(each, below) for each in runs)
        for key, wanted in levels(runs[0], below):
            if key in first and key in second and key in third:
                outputs = (first[key], second[key], third[key])
                root = crossing(probes, outputs, wanted)
                if root is not None:
                    yield root


_SHARE: Final = re.compile(
    r"\b(?:shares?|rates?|ratios?|proportions?|percentages?|taux|parts?|pourcentages?)\b",
    re.IGNORECASE,
)
_OF_TARIFFS: Final = {
    CaseKind.ACCEPTED,
    CaseKind.REFUSED_BY_LIMIT,
    CaseKind.REFUSED_BY_REQUIRES,
    CaseKind.REFUSED_BY_CLASS,
}
_OF_CARDS: Final = _OF_TARIFFS | {CaseKind.PARTICIPANT_CAP, CaseKind.CAP}


def _key(point: Point) -> object:
    return (
        tuple(sorted(point.values.items(), key=lambda item: (item[0][0], item[0][1] or -1))),
        point.claims,
        point.participants,
        point.cancelled,
        tuple(sorted(point.counts.items())),
    )
