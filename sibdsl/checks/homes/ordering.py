"""Putting things in an order in which each comes after all that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from attrs import define, field

Item = TypeVar("Item")


def in_dependency_order(
    items: Iterable[Item], rests_on: Mapping[Item, Sequence[Item]]
) -> Iterator[tuple[Item, ...]]:
    """The items in groups, each group after all that it rests on.

    Items that rest on one another, round about, stand together in one group; every other item is a
    group of its own. Tarjan's strongly connected components, without recursion, since a chain of
    definitions may be as long as the contract.
    """
    search = _Search(rests_on)
    for item in items:
        if item not in search.number:
            yield from search.groups_from(item)


def circle(group: Sequence[Item], rests_on: Mapping[Item, Sequence[Item]]) -> tuple[Item, ...]:
    """A shortest way from the first item of a group round to itself, its start not repeated.

    Empty where the item does not rest on itself, round about or directly.
    """
    start, within = group[0], set(group)
    came_from: dict[Item, Item] = {}
    waiting = [start]
    for item in waiting:
        for other in rests_on.get(item, ()):
            if other == start:
                path = [item]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path))
            if other in within and other not in came_from:
                came_from[other] = item
                waiting.append(other)
    return ()


@define
class _Search(Generic[Item]):
    """The state of one search: the number of each item as met, and the lowest it can get back to."""

    rests_on: Mapping[Item, Sequence[Item]]
    number: dict[Item, int] = field(factory=dict)
    lowest: dict[Item, int] = field(factory=dict)
    open_items: list[Item] = field(factory=list)
    is_open: set[Item] = field(factory=set)

    def groups_from(self, start: Item) -> Iterator[tuple[Item, ...]]:
        path = [(start, self._enter(start))]
        while path:
            item, others = path[-1]
            for other in others:
                if other not in self.number:
                    path.append((other, self._enter(other)))
                    break
                if other in self.is_open:
                    self.lowest[item] = min(self.lowest[item], self.number[other])
            else:
                path.pop()
                if path:
                    above = path[-1][0]
                    self.lowest[above] = min(self.lowest[above], self.lowest[item])
                if self.lowest[item] == self.number[item]:
                    yield self._close(item)

    def _enter(self, item: Item) -> Iterator[Item]:
        self.number[item] = self.lowest[item] = len(self.number)
        self.open_items.append(item)
        self.is_open.add(item)
        return iter(self.rests_on.get(item, ()))

    def _close(self, item: Item) -> tuple[Item, ...]:
        group = [self.open_items.pop()]
        while group[-1] != item:
            group.append(self.open_items.pop())
        self.is_open.difference_update(group)
        return tuple(reversed(group))
