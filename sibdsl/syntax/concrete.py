"""The text as the grammar parts it: every token in its place, for whoever writes the text anew.

The tree of :mod:`sibdsl.syntax.nodes` says what was written and forgets how; here every word is kept.
It is made from what the reader did, so that the two can never differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, NamedTuple, cast

from sibdsl.syntax.parse import SHIFT, Trace
from sibdsl.syntax.table import tables


class Branch(NamedTuple):
    """What one alternative of the grammar took: its name, its parts, the tokens ``[start, end)``.

    A rule that takes one value only is left out, a list is one branch with the marks between its
    items, and a run of sums (or of products) is one branch too. What took nothing has no parts.
    """

    action: str
    parts: tuple[Part, ...]
    start: int
    end: int


Part = int | Branch
"""A token by its number, or a branch."""

LIST: Final = "list"

_GROWING: Final = frozenset({"one_more", "next_after", "next_in_line", "next_name"})
_BEGINNING: Final = frozenset({"nothing", "first", "first_two", "first_name"})
_KEPT: Final = _BEGINNING | {"either", "both", "prevailing_language"}
_RANKS: Final = {"PLUS": 1, "MINUS": 1, "TIMES": 2, "SLASH": 2}
"""The operators of one number may stand in one run; ``of`` binds to the right and never does."""

_Value = Part | list[Part]


def concrete(trace: Trace) -> Iterator[Branch]:
    """The statements of a text without mistakes, over the tokens of its trace, one by one.

    Token 0 is left for the first line.
    """
    rules = _rules()
    kinds = ["", *trace.kinds]
    values: list[_Value] = [[]]
    token = 1
    for step in trace.steps:
        if step == SHIFT:
            values.append(token)
            token += 1
            continue
        size, action = rules[step]
        if action == "one_more" and len(values) == 2:
            yield cast(Branch, values.pop())
        elif action:
            taken = values[len(values) - size :]
            del values[len(values) - size :]
            values.append(_joined(action, taken, kinds))


@cache
def _rules() -> tuple[tuple[int, str], ...]:
    """The size and the action of each rule; no action where a rule passes its one value on."""
    return tuple(
        (rule.size, "" if rule.size == 1 and rule.action not in _KEPT else rule.action)
        for rule in tables().rules
    )


def _joined(action: str, taken: list[_Value], kinds: Sequence[str]) -> _Value:
    """What an alternative makes of its values."""
    if action in _GROWING:
        grown, *rest = taken
        assert isinstance(grown, list)
        grown += map(_part, rest)
        return grown
    if action in _BEGINNING:
        return [_part(value) for value in taken]
    if len(taken) == 1 and isinstance(taken[0], list):
        return _branch(action, taken[0])
    parts = [_part(value) for value in taken]
    if action == "arithmetic":
        parts = _one_run(parts, kinds)
    return _branch(action, parts)


def _part(value: _Value) -> Part:
    return _branch(LIST, value) if isinstance(value, list) else value


def _branch(action: str, parts: list[Part]) -> Branch:
    start = end = -1
    for part in parts:
        first, last = (part, part + 1) if isinstance(part, int) else (part.start, part.end)
        if first >= 0:
            start, end = first if start < 0 else start, last
    return Branch(action, tuple(parts), start, end)


def start_of(part: Part) -> int:
    """The number of its first token."""
    return part if isinstance(part, int) else part.start


def end_of(part: Part) -> int:
    """The number of the token after its last."""
    return part + 1 if isinstance(part, int) else part.end


def _one_run(parts: list[Part], kinds: Sequence[str]) -> list[Part]:
    """``a + b`` and then ``- c``: one run of operations that bind alike."""
    left, sign, right = parts
    if not isinstance(left, Branch) or left.action != "arithmetic":
        return parts
    ranks = [_RANKS.get(kinds[cast(int, each)]) for each in (left.parts[1], sign)]
    if ranks[0] is None or ranks[0] != ranks[1]:
        return parts
    return [*left.parts, sign, right]


def walk(part: Part) -> Iterator[Branch]:
    """Every branch, each before those inside it. No depth is too deep."""
    waiting = [part]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Branch):
            yield current
            waiting += current.parts[::-1]
