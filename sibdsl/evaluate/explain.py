"""Why: a walk back from a payment, or a named value, over the terms that counted.

A step of the tree is what a reader can point at: a name of the contract, a result, a comparison, the
row of a table. What lies between two such steps (sums, brackets, aliases) is passed over.

Trees are bounded, however large the contract: at most ``MOST_STEPS`` steps, nearest first; a name
explained once in a tree is not explained again in it; and in the tree of a named value the names it
rests on are not explained, since each has a tree of its own. The walk is a loop over a queue.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from attrs import field

from sibdsl.evaluate.determination import Reason
from sibdsl.evaluate.grounds import (
    Evaluated,
    payment_grounds,
)
from sibdsl.evaluate.steps import Steps, View, names_of, resting_on
from sibdsl.evaluate.values import Undefined
from sibdsl.evaluate.waiting import Waiting
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AcceptedClaims,
    Alias,
    Claimed,
    Comparison,
    Fallback,
    Index,
    Lookup,
    NamedTerm,
    Part,
    Plan,
    Result,
    Settlement,
    Term,
)
from sibdsl.plan.terms import Undefined as UndefinedTerm

MOST_STEPS: Final = 200

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
    def steps(self) -> Steps:
        """What makes the single steps."""
        return Steps(self.evaluated)

    @cached_property
    def waiting(self) -> Waiting:
        """What is still missing."""
        return Waiting(self.evaluated)

    # Trees

    def of_name(self, name: NamedTerm) -> Reason:
        """Why a named value is what it is, down to the next names."""
        root = self.steps.named(name)
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

    def of_amount(self, number: int) -> Reason:
        """Why a payment that is due comes to what it does: its condition, being met, is no reason."""
        payment = self.evaluated.plan.payments[number]
        grounds = payment_grounds(self.evaluated, number)
        views = self._steps_among(at for at in grounds if at != payment.condition)
        return self._tree(self._step((payment.settlement, False)), views, opens_names=False)

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

    def _step(self, view: View) -> Reason:
        if view not in self._steps:
            self._steps[view] = self.steps.of(view)
        return self._steps[view]


@kept
def _seen_as(plan: Plan) -> tuple[View | None, ...]:
    """Each term that is a step whatever it comes to: by its name where it has one, else as it is."""
    names = names_of(plan)
    views: list[View | None] = []
    for at, term in enumerate(plan.terms):
        by_name = at in names and not isinstance(term, _WITHOUT_SECOND_VIEW)
        views.append((at, by_name) if by_name or isinstance(term, _Steps) else None)
    return tuple(views)
