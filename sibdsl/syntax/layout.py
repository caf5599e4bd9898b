"""Where lines begin, and how deep: one shape for each kind of statement and of expression.

What fits on a line stays on it, save that each row, outcome, detail, clause and line of an example has
its own. What does not fit is parted at its outermost joints: before an operator, after an opening
bracket, before ``then``. ``docs/decisions/0018`` says why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from sibdsl.syntax.concrete import LIST, Branch, Part, end_of, start_of

WIDTH: Final = 100
"""The longest line, in characters; a name or a quoted text that is longer stays whole."""

STEP: Final = 2
"""How much deeper the parts of a thing stand than the thing."""

Inside = list[tuple[Part, int]]
"""Parts still to be laid out, each with the depth at which its own parts begin a line."""


class Layout:
    """The depth of each token that begins a line; None for one that follows on a line.

    ``spaces`` stand before a token that follows. A line begins wherever a comment stands before a
    token; ``held`` counts those before each token, and one more behind the last.
    """

    def __init__(
        self,
        kinds: Sequence[str],
        words: Sequence[str],
        spaces: Sequence[int],
        held: Sequence[int],
    ) -> None:
        self.kinds = kinds
        self.depths: list[int | None] = [None] * len(kinds)
        self._words = words
        self._spaces = spaces
        self._held = held
        self._widths = [0]  # how much room the first tokens take in a row
        self._here = 0  # where the line at hand begins, and how deep
        self._depth = 0
        self._base = 0  # how deep the last line stands that the layout itself began
        self._seen = 0

    def statement(self, branch: Branch) -> None:
        """Lay out a statement."""
        self._measure(branch.end)
        self.begin(branch.start, 0)
        waiting: Inside = [(branch, STEP)]
        while waiting:
            part, depth = waiting.pop()
            if isinstance(part, int) or part.start < 0:
                continue
            shape = SHAPES.get(part.action, _plain)
            if part.action in ALWAYS or not self.fits(part.start, part.end):
                waiting += shape(self, part, depth)[::-1]
        self._advance(branch.end - 1)

    def _measure(self, end: int) -> None:
        room = self._widths[-1]
        for at in range(len(self._widths) - 1, end):
            room += self._spaces[at] + len(self._words[at])
            self._widths.append(room)

    def begin(self, token: int, depth: int) -> None:
        """Begin a line with a token."""
        self.depths[token] = depth

    def fits(self, start: int, end: int) -> bool:
        """Whether some tokens, and the mark that closes them, have room where they stand."""
        self._advance(start)
        if self._held[end] != self._held[start + 1]:
            return False
        while end < len(self.kinds) and self.kinds[end] in _CLOSING and self.depths[end] is None:
            end += 1
        return self._depth + self.width(self._here, end) <= WIDTH

    def width(self, start: int, end: int) -> int:
        """How much room some tokens take on one line."""
        return self._widths[end] - self._widths[start] - self._spaces[start]

    def _advance(self, token: int) -> None:
        """Follow the lines up to a token; what a comment parts goes on two deeper."""
        for at in range(self._seen + 1, token + 1):
            depth = self.depths[at]
            if depth is not None:
                self._base = depth
            elif self._held[at + 1] != self._held[at]:
                self.depths[at] = depth = self._base + STEP
            if depth is not None:
                self._here, self._depth = at, depth
        self._seen = max(self._seen, token)


_CLOSING: Final = frozenset({"COMMA", "SEMICOLON", "CLOSE", "COLON"})


def _plain(layout: Layout, branch: Branch, depth: int) -> Inside:  # noqa: ARG001
    """No line begins here; perhaps further in."""
    return [(part, depth) for part in branch.parts]


# Statements: ``depth`` is that of what stands under their first line


def _each(layout: Layout, branch: Branch, depth: int) -> Inside:
    """Every item of the lists in a statement on its own line: rows, outcomes, lines of an example."""
    inside: Inside = []
    for part in branch.parts:
        if isinstance(part, Branch) and part.action == LIST:
            items = [item for item in part.parts if not _is_comma(layout, item)]
            for item in items:
                layout.begin(start_of(item), depth)
            inside += [(item, depth + STEP) for item in items]
    return inside


def _is_comma(layout: Layout, part: Part) -> bool:
    return isinstance(part, int) and layout.kinds[part] == "COMMA"


def _rate_card(layout: Layout, branch: Branch, depth: int) -> Inside:
    inside = _each(layout, branch, depth)
    for part in branch.parts:
        if isinstance(part, int) and layout.kinds[part] == "AT_MOST":
            layout.begin(part, depth)
            inside.append((branch.parts[-2], depth + STEP))
    return inside


def _outcome(layout: Layout, branch: Branch, depth: int) -> Inside:
    *_, price, rules = branch.parts
    return [(price, depth), *_after_commas(layout, rules, depth)]


def _after_commas(layout: Layout, items: Part, depth: int) -> Inside:
    """What follows each comma of a list on its own line."""
    assert isinstance(items, Branch)
    for before, part in zip(items.parts, items.parts[1:], strict=False):
        if _is_comma(layout, before):
            layout.begin(start_of(part), depth)
    return [(part, depth + STEP) for part in items.parts]


def _group(layout: Layout, branch: Branch, depth: int) -> Inside:
    members = branch.parts[-1]
    layout.begin(start_of(members), depth)
    return _after_commas(layout, members, depth)


def _payment(layout: Layout, branch: Branch, depth: int) -> Inside:
    *_, ranks, payer, _, amount, to, payee, clauses = branch.parts
    assert isinstance(clauses, Branch)
    layout.begin(start_of(payer), depth)
    if end_of(ranks) > 0 and not layout.fits(branch.start, start_of(payer)):
        layout.begin(start_of(ranks), depth)
    inside: Inside = []
    deeper = depth + STEP
    if not layout.fits(start_of(payer), end_of(payee)):
        layout.begin(start_of(to), deeper)
        if not layout.fits(start_of(payer), end_of(amount)):
            layout.begin(start_of(amount), deeper)
        inside.append((amount, deeper))
    for clause in clauses.parts:
        layout.begin(start_of(clause), depth)
        inside.append((clause, deeper))
    return inside


def _test(layout: Layout, branch: Branch, depth: int) -> Inside:  # noqa: ARG001
    """``when all of (…)``: the list stands as deep as the clause, operators deeper."""
    body = branch.parts[1]
    is_list = isinstance(body, Branch) and SHAPES.get(body.action) is _listed
    return [(body, depth - STEP if is_list else depth)]


def _body_below(layout: Layout, branch: Branch, depth: int) -> Inside:
    """``NAME means`` and, below it, what it means."""
    body = branch.parts[-1]
    layout.begin(start_of(body), depth)
    return [(body, depth)]


def _cap(layout: Layout, branch: Branch, depth: int) -> Inside:
    *_, limit, period = branch.parts
    layout.begin(start_of(limit), depth)
    if end_of(period) > 0 and not layout.fits(start_of(limit), end_of(period)):
        layout.begin(start_of(period), depth)
    return [(limit, depth)]


def _party(layout: Layout, branch: Branch, depth: int) -> Inside:
    if layout.kinds[branch.end - 1] == "TEXT":
        layout.begin(branch.end - 1, depth)
    return []


def _funding(layout: Layout, branch: Branch, depth: int) -> Inside:
    _, _, _, amount, to, *_ = branch.parts
    layout.begin(start_of(amount), depth)
    layout.begin(start_of(to), depth)
    return [(amount, depth + STEP)]


# Expressions: ``depth`` is that at which their own parts begin a line


def _row(layout: Layout, branch: Branch, depth: int) -> Inside:
    at = 3 if len(branch.parts) > 3 else 2
    value = branch.parts[at]
    layout.begin(start_of(value), depth)
    return [(part, depth) for part in branch.parts]


def _joints(layout: Layout, branch: Branch, depth: int) -> Inside:
    """Operands parted by operators: a line begins before each operator."""
    for joint in branch.parts[1::2]:
        layout.begin(start_of(joint), depth)
    return [(operand, depth + STEP) for operand in branch.parts[::2]]


def _or_else(layout: Layout, branch: Branch, depth: int) -> Inside:
    operand, joint, fallback = branch.parts
    layout.begin(start_of(joint), depth)
    return [(operand, depth + STEP), (fallback, depth + _inner(fallback, "or_else"))]


def _choice(layout: Layout, branch: Branch, depth: int) -> Inside:
    _, test, then, yes, otherwise, no = branch.parts
    layout.begin(start_of(then), depth)
    layout.begin(start_of(otherwise), depth)
    deeper = depth + STEP
    return [(test, deeper), (yes, deeper), (no, depth + _inner(no, "choice"))]


def _inner(part: Part, action: str) -> int:
    """``else if …`` goes on as deep as the ``if`` before it."""
    return 0 if isinstance(part, Branch) and part.action == action else STEP


def _after_first(layout: Layout, branch: Branch, depth: int) -> Inside:
    """An operand and what is said of it: a line begins after the operand."""
    operand, joint, *rest = branch.parts
    layout.begin(start_of(joint), depth)
    return [(operand, depth + STEP), *((part, depth + STEP) for part in rest)]


def _bracketed(layout: Layout, branch: Branch, depth: int) -> Inside:  # noqa: ARG001
    return [(branch.parts[1], depth + STEP)]


def _listed(layout: Layout, branch: Branch, depth: int) -> Inside:
    """``all of (…)``: each item on its own line, the bracket closed on another."""
    *_, items, close = branch.parts
    assert isinstance(items, Branch)
    layout.begin(start_of(close), depth)
    for item in items.parts[::2]:
        layout.begin(start_of(item), depth + STEP)
    return [(item, depth + 2 * STEP) for item in items.parts[::2]]


def _interest(layout: Layout, branch: Branch, depth: int) -> Inside:
    for part in branch.parts:
        if isinstance(part, int) and layout.kinds[part] in {"AT_A_RATE_OF", "FROM"}:
            layout.begin(part, depth)
    return [(part, depth + STEP) for part in branch.parts]


Shape = Callable[[Layout, Branch, int], Inside]

SHAPES: Final[Mapping[str, Shape]] = {
    "measure": _each,
    "table": _each,
    "example": _each,
    "rate_card": _rate_card,
    "outcome": _outcome,
    "share_group": _group,
    "waterfall": _group,
    "payment": _payment,
    "when": _test,
    "unless": _test,
    "definition": _body_below,
    "condition": _body_below,
    "cap": _cap,
    "party": _party,
    "funding": _funding,
    "row_from": _row,
    "row_above": _row,
    "row_otherwise": _row,
    "or_else": _or_else,
    "choice": _choice,
    "either": _joints,
    "both": _joints,
    "arithmetic": _joints,
    "comparison": _joints,
    "between": _after_first,
    "rounded": _after_first,
    "indexed": _after_first,
    "bracketed": _bracketed,
    "lesser": _listed,
    "greater": _listed,
    "all_of": _listed,
    "any_of": _listed,
    "at_least_of": _listed,
    "interest": _interest,
}
"""How what has no room on one line is parted, by the name of its alternative in the grammar."""

ALWAYS: Final = frozenset({"measure", "table", "example", "rate_card", "payment"})
"""What is parted even where it has room."""
