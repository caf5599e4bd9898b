"""Which names of the old version live on under another name.

A statement is renamed where one name is gone, another has come, and the two statements say the same up
to names, their quoted words aside; or where all else that used the one now uses the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, evolve

from sibdsl.checks.checked import Checked
from sibdsl.plan.renamed import NUMBERED, renamed
from sibdsl.review.trees import Same, is_same, renaming
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Name, Node, Statement
from sibdsl.syntax.walk import children, walk

Named = (
    nodes.Party
    | nodes.ShareGroup
    | nodes.Waterfall
    | nodes.Evaluation
    | nodes.Evaluations
    | nodes.Measure
    | nodes.Definition
    | nodes.Table
    | nodes.Condition
    | nodes.RateCard
    | nodes.Payment
)
"""The statements that declare a name."""


def renames(old: Checked, new: Checked) -> Mapping[str, str]:
    """The new name of each name that was changed; a series stands for its evaluations."""
    work = _Renaming(old, new)
    lost = [name for name in work.declared if work.is_lost(name)]
    for name in lost:
        for other in work.others:
            if name not in work.bound and work.may_be(name, other):
                work.bound = work.unified(name, other) or work.bound
    for name in lost:
        for other in work.others:
            if name not in work.bound and work.may_be(name, other):
                work.bound = work.by_uses(name, other) or work.bound
    return work.bound


def declared_in(contract: Contract) -> Mapping[str, Node]:
    """The statements and the named outcomes of a contract by name, in the order of the text."""
    found: dict[str, Node] = {}
    for statement in contract.statements:
        if isinstance(statement, Named):
            found.setdefault(statement.name.text, statement)
        if isinstance(statement, nodes.RateCard):
            for outcome in statement.outcomes:
                if isinstance(outcome.name, Name):
                    found.setdefault(outcome.name.text, outcome)
    return found


@define(init=False)
class _Renaming:
    old: Checked
    new: Checked
    declared: Mapping[str, Node]
    others: Mapping[str, Node]
    bound: dict[str, str]

    def __init__(self, old: Checked, new: Checked) -> None:
        self.old, self.new = old, new
        self.declared, self.others = declared_in(old.contract), declared_in(new.contract)
        self.bound = {}

    def is_lost(self, name: str) -> bool:
        """Whether a name of the old version has no use in the new one."""
        return name in self._names(self.old, self.declared) and not self._is_known(name)

    def is_gained(self, name: str) -> bool:
        """Whether a name is declared by the new version alone."""
        known = self._names(self.old, self.declared)
        return name in self._names(self.new, self.others) and name not in known

    def may_be(self, name: str, other: str) -> bool:
        """Whether a name that is gone may be one that has come."""
        free = self.is_gained(other) and other not in self.bound.values()
        return free and type(self.declared[name]) is type(self.others[other])

    def unified(self, name: str, other: str) -> dict[str, str] | None:
        """The names bound so far with this one, and all that must go with it; None if it cannot be."""
        trial = self.bound | {name: other}
        waiting = [(name, other)]

        def same(one: str, another: str) -> bool:
            if renamed(one, trial) == another:
                return True
            pair = self._bindable(one, another, trial)
            if pair is None:
                return False
            trial.update((pair,))
            waiting.append(pair)
            return True

        while waiting:
            one, another = waiting.pop()
            here, there = self.declared.get(one), self.others.get(another)
            if here is None or there is None:
                continue  # a series that only its evaluations declare
            if not is_same(without_words(here), without_words(there), same):
                return None
        return trial

    def by_uses(self, name: str, other: str) -> dict[str, str] | None:
        """The same, where a statement that used the one uses the other now, and else says the same."""
        trial = self.bound | {name: other}
        same = renaming(trial)
        for statement in self.old.contract.statements:
            if _uses(statement, name):
                for each in self.new.contract.statements:
                    if type(each) is type(statement) and _takes_over(statement, each, name, same):
                        return trial
        return None

    def _bindable(self, one: str, another: str, trial: Mapping[str, str]) -> tuple[str, str] | None:
        numbered, renumbered = NUMBERED.fullmatch(one), NUMBERED.fullmatch(another)
        if numbered and renumbered and numbered["number"] == renumbered["number"]:
            stems = numbered["stem"], renumbered["stem"]
            if stems[0] != stems[1] and self._is_free(*stems, trial):
                return stems
        return (one, another) if self._is_free(one, another, trial) else None

    def _is_free(self, one: str, another: str, trial: Mapping[str, str]) -> bool:
        is_open = one not in trial and another not in trial.values()
        return is_open and self.is_lost(one) and self.is_gained(another)

    def _is_known(self, name: str) -> bool:
        return name in self._names(self.new, self.others)

    @staticmethod
    def _names(checked: Checked, declared: Mapping[str, Node]) -> set[str]:
        return {*declared, *checked.names.declared}


def without_words(node: Node) -> Node:
    """A statement without the quoted words that only describe."""
    match node:
        case nodes.Measure():
            kept = tuple(each for each in node.details if not isinstance(each, nodes.Text))
            return evolve(node, details=kept)
        case nodes.Party():
            return evolve(node, full_name=None)
        case _:
            return node


def _takes_over(old: Statement, new: Statement, name: str, same: Same) -> bool:
    """Whether two statements are of one name, or of none, and a clause that uses a name is the same."""
    if isinstance(old, Named) and isinstance(new, Named) and not same(old.name.text, new.name.text):
        return False
    return any(
        name in set(names_in(one)) and is_same(one, other, same)
        for one, other in zip(children(old), children(new), strict=False)
    )


def _uses(statement: Statement, name: str) -> bool:
    declares = isinstance(statement, Named) and statement.name.text == name
    return not declares and name in set(names_in(statement))


def names_in(node: Node) -> Iterator[str]:
    """Every name that stands in a node."""
    return (part.text for part in walk(node) if isinstance(part, Name))
