"""Why: a walk back from a payment, or a named value, over the terms that counted.

A step of the tree is what a reader can point at: a name of the contract, a result, a comparison, the
row of a table. What lies between two such steps (sums, brackets, aliases) is passed over.

Trees are bounded, however large the contract: at most ``MOST_STEPS`` steps, nearest first; a name
explained once in a tree is not explained again in it; and in the tree of a named value the names it
rests on are not explained, since each has a tree of its own. The walk is a loop over a queue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import evolve, field

from sibdsl.evaluate.determination import Reading, Reason, Row, Why
from sibdsl.evaluate.exact import day
from sibdsl.evaluate.grounds import (
    Evaluated,
    payment_grounds,
    row_reached,
)
from sibdsl.evaluate.steps import margin, margin_unit, quantity, resting_on, why_missing, within
from sibdsl.evaluate.values import Undefined
from sibdsl.evaluate.waiting import Waiting
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AcceptedClaims,
    Alias,
    Claimed,
    Comparison,
    Constant,
    Fallback,
    Index,
    Lookup,
    NamedTerm,
    NameKind,
    Part,
    Plan,
    Relation,
    Result,
    Settlement,
    Term,
)
from sibdsl.plan.terms import Undefined as UndefinedTerm
from sibdsl.results.reported import Status
from sibdsl.source import Span
from sibdsl.units import Kind, Quantity

MOST_STEPS: Final = 200

_STATUSES: Final = {
    Status.FINAL: Why.REPORTED,
    Status.PROVISIONAL: Why.PROVISIONAL,
    Status.DISPUTED: Why.DISPUTED,
    Status.NOT_AVAILABLE: Why.NOT_AVAILABLE,
}

View = tuple[Index, bool]
"""A step: a term, seen by its name (True) or by what it is (False)."""

_Steps = (UndefinedTerm, Result, Claimed, AcceptedClaims, Comparison, Lookup, Settlement, Part)
_WITHOUT_SECOND_VIEW = (Result, Claimed, AcceptedClaims, Settlement, Part)


@frozen(slots=False)
class Explainer:
    """Makes the reasons of one evaluation."""

    evaluated: Evaluated
    _steps: dict[View, Reason] = field(init=False, factory=dict)
    _under: dict[View, tuple[View, ...]] = field(init=False, factory=dict)
    _grown: dict[tuple[tuple[View, ...], bool], tuple[Reason, ...]] = field(
        init=False, factory=dict
    )
    """Many trees have steps in common, and many payments the same tree: each is made once."""

    @cached_property
    def names(self) -> Mapping[Index, NamedTerm]:
        """What readers call a term; the first name where there are several."""
        return names_of(self.evaluated.plan)

    @cached_property
    def waiting(self) -> Waiting:
        """What is still missing."""
        return Waiting(self.evaluated)

    # Trees

    def of_name(self, name: NamedTerm) -> Reason:
        """Why a named value is what it is, down to the next names."""
        root = self.named_step(name)
        views = self._beneath((name.term, True))
        return self._tree(root, views, opens_names=False)

    def of_term(self, at: Index) -> Reason:
        """Why a term is what it is, by name or not, down to the next names."""
        while isinstance(term := self.evaluated.plan.terms[at], Alias) and at not in self.names:
            at = term.term
        by_name = at in self.names
        root = self._step((at, by_name))
        if isinstance(term, Settlement):
            grounds = payment_grounds(self.evaluated, term.payment)
            return self._tree(root, self._steps_among(grounds), opens_names=False)
        return self._tree(root, self._beneath((at, by_name)), opens_names=False)

    def of_payment(self, number: int, root: Reason) -> Reason:
        """The tree under a payment's own step."""
        grounds = payment_grounds(self.evaluated, number)
        return self._tree(root, self._steps_among(grounds), opens_names=True)

    def _tree(self, root: Reason, views: tuple[View, ...], *, opens_names: bool) -> Reason:
        grown = self._grown.get((views, opens_names))
        if grown is None:
            grown = self._grown[views, opens_names] = self._grow(views, opens_names=opens_names)
        return resting_on(root, grown)

    def _grow(self, views: tuple[View, ...], *, opens_names: bool) -> tuple[Reason, ...]:
        queue: list[tuple[View, int]] = [(view, -1) for view in views[:MOST_STEPS]]
        opened: set[View] = set()
        place = 0
        while place < len(queue):
            view, _ = queue[place]
            if view not in opened and (opens_names or not view[1]):
                opened.add(view)
                beneath = self._beneath(view)[: MOST_STEPS - len(queue)]
                queue.extend((each, place) for each in beneath)
            place += 1
        because: list[list[Reason]] = [[] for _ in range(len(queue) + 1)]
        for place in reversed(range(len(queue))):
            view, parent = queue[place]
            step = self._step(view)
            if because[place]:
                step = resting_on(step, tuple(reversed(because[place])))
            because[parent].append(step)
        return tuple(reversed(because[-1]))

    def _beneath(self, view: View) -> tuple[View, ...]:
        """The steps right under a step."""
        if view not in self._under:
            self._under[view] = self._found_beneath(view)
        return self._under[view]

    def _found_beneath(self, view: View) -> tuple[View, ...]:
        at, by_name = view
        term = self.evaluated.plan.terms[at]
        grounds = self.evaluated.grounds[at]
        if by_name and self._is_step(term) and not isinstance(term, _WITHOUT_SECOND_VIEW):
            return ((at, False),)
        if isinstance(term, Comparison):
            return self._under_comparison(term, grounds)
        return self._steps_among(grounds)

    def _under_comparison(self, term: Comparison, grounds: Sequence[Index]) -> tuple[View, ...]:
        """A comparison says its left side itself, so what that rests on comes right under it."""
        views: list[View] = []
        for ground in grounds:
            steps = self._steps_among((ground,))
            if ground == term.left and len(steps) == 1 and steps[0][1]:
                steps = self._beneath(steps[0])
            views.extend(steps)
        return tuple(dict.fromkeys(views))

    def _steps_among(self, grounds: Iterable[Index]) -> tuple[View, ...]:
        """The nearest steps, in the order in which they stand in the contract's expression.

        Never more than a tree may have: a payment may rest on thousands of earlier ones.
        """
        found: dict[View, None] = {}
        stack = list(reversed(tuple(grounds)))
        seen: set[Index] = set()
        seen_as, all_grounds = _seen_as(self.evaluated.plan), self.evaluated.grounds
        while stack and len(found) < MOST_STEPS:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            view = seen_as[at]
            if view is not None:
                found[view] = None
            elif self._is_step(self.evaluated.plan.terms[at]):
                found[at, False] = None
            else:
                stack.extend(reversed(all_grounds[at]))
        return tuple(found)

    def _is_step(self, term: Term) -> bool:
        if isinstance(term, Fallback):
            return isinstance(self.evaluated.values[term.term], Undefined)
        return isinstance(term, _Steps)

    # Steps

    def _step(self, view: View) -> Reason:
        if view not in self._steps:
            self._steps[view] = self._made_step(view)
        return self._steps[view]

    def _made_step(self, view: View) -> Reason:
        at, by_name = view
        if by_name:
            return self.named_step(self.names[at])
        term = self.evaluated.plan.terms[at]
        match term:
            case Result():
                return self._result(at, term)
            case Comparison():
                return self._comparison(at, term)
            case Lookup():
                return self._row(at, term)
            case Claimed() | AcceptedClaims():
                return self._claims(at, term)
            case Settlement() | Part():
                payment = self.evaluated.plan.payments[term.payment]
                why = self._why(at, Why.PAID)
                return self._plain(at, why, payment.name, payment.evaluation, payment.place)
            case Fallback():
                return self._plain(at, Why.FELL_BACK, "", None, None)
            case _:
                return self._plain(at, self._why(at, Why.COMPUTED), "", None, None)

    def named_step(self, name: NamedTerm) -> Reason:
        """The step that says what a name comes to."""
        at = name.term
        term = self.evaluated.plan.terms[at]
        if isinstance(term, Result):
            return self._result(at, term)
        if isinstance(term, Claimed):
            return self._claims(at, term)
        if isinstance(term, Settlement | Part):
            return self._step((at, False))
        value = self.evaluated.values[at]
        if isinstance(value, bool) and name.kind is not NameKind.MEASURE:
            why = Why.MET if value else Why.NOT_MET
        else:
            why = self._why(at, Why.WRITTEN if self._is_written(at) else Why.COMPUTED)
        return self._plain(at, why, name.name, name.evaluation, name.place)

    def _is_written(self, at: Index) -> bool:
        terms = self.evaluated.plan.terms
        while isinstance(term := terms[at], Alias):
            at = term.term
        return isinstance(term, Constant)

    def _why(self, at: Index, known: Why) -> Why:
        return why_missing(self.evaluated.values[at]) or known

    def _plain(
        self, at: Index, why: Why, name: str, evaluation: int | None, place: Span | None
    ) -> Reason:
        term = self.evaluated.plan.terms[at]
        if place is None and term.places:
            place = term.places[0]
        value = quantity(self.evaluated.values[at], term.unit)
        return Reason(why, name, self.evaluation_name(evaluation), term.unit, value, place)

    def evaluation_name(self, evaluation: int | None) -> str:
        """What the contract calls an evaluation; empty for none."""
        return "" if evaluation is None else self.evaluated.plan.evaluations[evaluation].name

    def _result(self, at: Index, term: Result) -> Reason:
        measure = self.evaluated.plan.measures[term.measure]
        reported = self.evaluated.reported(term)
        if term.evaluation in self.evaluated.results.cancelled:
            why = Why.CANCELLED
        elif reported is not None:
            why = _STATUSES[reported.status]
        else:
            why = Why.NOT_REPORTED if measure.presumed is None else Why.PRESUMED
        return self._plain(at, why, measure.name, term.evaluation, measure.place)

    def _claims(self, at: Index, term: Claimed | AcceptedClaims) -> Reason:
        card = self.evaluated.plan.cards[term.card]
        is_open = term.evaluation not in self.evaluated.algebra.tallies[term.card].known
        cancelled = term.evaluation in self.evaluated.results.cancelled
        why = Why.CARD_OPEN if is_open and not cancelled else self._why(at, Why.CARD_CLOSED)
        name, place = card.name, card.place
        if isinstance(term, AcceptedClaims):
            tariff = card.tariffs[term.outcome]
            name, place = tariff.outcome, tariff.place
        return self._plain(at, why, name, term.evaluation, place)

    def _comparison(self, at: Index, term: Comparison) -> Reason:
        values, terms = self.evaluated.values, self.evaluated.plan.terms
        left, right = values[term.left], values[term.right]
        unit = terms[term.left].unit
        name = self._name_of(term.left)
        passed_by = None
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            passed_by = Quantity(margin(term.relation, left, right), margin_unit(unit))
        return Reason(
            why_missing(values[at]) or Why.COMPARED,
            "" if name is None else name.name,
            "" if name is None else self.evaluation_name(name.evaluation),
            unit,
            quantity(left, unit),
            term.places[0] if term.places else None,
            relation=term.relation.value,
            threshold=quantity(right, unit),
            margin=passed_by,
            left=within(terms[term.left], term),
            right=within(terms[term.right], term),
        )

    def _name_of(self, at: Index) -> NamedTerm | None:
        terms = self.evaluated.plan.terms
        while at not in self.names and isinstance(term := terms[at], Alias):
            at = term.term
        return self.names.get(at)

    def _row(self, at: Index, term: Lookup) -> Reason:
        """What a table came to; the threshold is where the row that was reached begins."""
        key = self.evaluated.values[term.key]
        step = self._plain(at, self._why(at, Why.ROW_REACHED), "", None, None)
        row = row_reached(term, key) if isinstance(key, Fraction) else None
        step = evolve(step, reading=self._reading(term, row))
        if row is None:
            return step
        bound = term.bounds[row]
        relation = Relation.AT_LEAST if bound.included else Relation.MORE_THAN
        unit = self.evaluated.plan.terms[term.key].unit
        return evolve(step, relation=relation.value, threshold=Quantity(bound.at, unit))

    def _reading(self, term: Lookup, row: int | None) -> Reading | None:
        key_unit = self.evaluated.plan.terms[term.key].unit
        key = quantity(self.evaluated.values[term.key], key_unit)
        if key is None:
            return None
        name = self._name_of(term.key)
        rows = tuple(
            Row(
                Quantity(day(bound.at) if key_unit.kind is Kind.DATE else bound.at, key_unit),
                quantity(self.evaluated.values[value], self.evaluated.plan.terms[value].unit),
            )
            for bound, value in zip(term.bounds, term.values, strict=True)
        )
        after = 0 if row is None else row + 1
        return Reading(
            term.mode,
            "" if name is None else name.name,
            "" if name is None else self.evaluation_name(name.evaluation),
            key,
            None if row is None else rows[row],
            rows[after] if after < len(rows) else None,
        )


@kept
def _seen_as(plan: Plan) -> tuple[View | None, ...]:
    """Each term that is a step whatever it comes to: by its name where it has one, else as it is."""
    names = names_of(plan)
    views: list[View | None] = []
    for at, term in enumerate(plan.terms):
        by_name = at in names and not isinstance(term, _WITHOUT_SECOND_VIEW)
        views.append((at, by_name) if by_name or isinstance(term, _Steps) else None)
    return tuple(views)


@kept
def names_of(plan: Plan) -> Mapping[Index, NamedTerm]:
    """The name of each term that has one; the first where there are several."""
    names: dict[Index, NamedTerm] = {}
    for name in plan.names:
        names.setdefault(name.term, name)
    return names
