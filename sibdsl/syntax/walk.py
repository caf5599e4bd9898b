"""Going through a tree: the children of a node, all nodes in the order of the text, one tree moved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeVar

from attrs import evolve

from sibdsl.frozen import fields
from sibdsl.source import Span
from sibdsl.syntax.nodes import Node

Kind = TypeVar("Kind", bound=Node)


@cache
def _parts(kind: type) -> tuple[str, ...]:
    return tuple(part.name for part in fields(kind) if part.name != "span")


def children(node: Node) -> tuple[Node, ...]:
    """The nodes right below a node, in the order of its fields, which is the order of reading."""
    found: list[Node] = []
    for name in _parts(type(node)):  # type: ignore[arg-type]  # mypy sees the hash of its instances
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif isinstance(value, tuple):
            found += [item for item in value if isinstance(item, Node)]
    return tuple(found)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, each before its children. No depth is too deep."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += children(current)[::-1]


def moved(node: Kind, by: int) -> Kind:
    """The same node, its places and those of all below it so many characters further on."""
    if not by:
        return node
    parts: dict[str, object] = {}
    for name in _parts(type(node)):  # type: ignore[arg-type]  # as above
        value = getattr(node, name)
        if isinstance(value, Node):
            parts[name] = moved(value, by)
        elif isinstance(value, tuple):
            parts[name] = tuple(
                moved(item, by) if isinstance(item, Node) else item for item in value
            )
    return evolve(node, span=Span(node.span.start + by, node.span.end + by), **parts)
