"""Two trees side by side: whether they say the same, up to the names that were changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

from attrs import fields

from sibdsl.plan.renamed import renamed
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Name, Node
from sibdsl.syntax.walk import children

Tree = TypeVar("Tree", bound=Node)

Same = Callable[[str, str], bool]
"""Whether a name of the old version stands for a name of the new one."""


def is_same(old: Node | None, new: Node | None, same: Same) -> bool:
    """Whether two trees differ in names alone, and those stand for each other. Any depth will do."""
    waiting = [(old, new)]
    while waiting:
        one, other = waiting.pop()
        if one is None or other is None:
            if one is not other:
                return False
            continue
        if isinstance(one, Name) and isinstance(other, Name):
            if not same(one.text, other.text):
                return False
            continue
        if shape(one) != shape(other):
            return False
        waiting += zip(children(one), children(other), strict=True)
    return True


def shape(node: Node) -> tuple[Any, ...]:
    """What a node itself says, its parts left out."""
    return (type(node), *(_shape(getattr(node, name)) for name in _FIELDS[type(node)]))


_FIELDS: Final[dict[type, tuple[str, ...]]] = {
    kind: tuple(part.name for part in fields(kind) if part.eq)
    for kind in vars(nodes).values()
    if isinstance(kind, type) and issubclass(kind, Node)
}


def _shape(value: object) -> object:
    if isinstance(value, Node):
        return Node
    return tuple(map(_shape, value)) if isinstance(value, tuple) else value


def without(items: Sequence[Tree], gone: Tree) -> list[Tree]:
    """The nodes but this one, known by identity: to compare deep trees could exhaust the stack."""
    return [each for each in items if each is not gone]


def renaming(bound: Mapping[str, str]) -> Same:
    """Names stand for themselves, save those that are bound; a series brings its evaluations along."""
    taken = frozenset(bound.values())

    def same(old: str, new: str) -> bool:
        found = renamed(old, bound)
        return found == new and (found != old or new not in taken or bound.get(old) == new)

    return same
