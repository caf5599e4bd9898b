"""Tokens and comments to lines: indentation, the columns of tables, blank lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.syntax.align import columns
from sibdsl.syntax.comments import Gap
from sibdsl.syntax.concrete import Branch, walk
from sibdsl.syntax.layout import STEP, Layout
from sibdsl.syntax.spelling import spaces

BLOCKS: Final = frozenset({"payment", "table", "rate_card", "example"})
"""Statements with a blank line before and behind them."""


@frozen
class Written:
    """All that the layout of a text rests on.

    Each token has its kind, the words it is to be written with, the number of its fence. The first
    token is the first line; before each stands its gap, and one more behind the last.
    """

    language: Language
    kinds: Sequence[str]
    words: Sequence[str]
    fences: Sequence[int]
    gaps: Sequence[Gap]


class Page:
    """Where everything in a text stands: as far as that can be said without its blank lines."""

    def __init__(self, written: Written, statements: Iterable[Branch]) -> None:
        self._written = written
        self._spaces = spaces(written.kinds, written.words, written.language)
        self._starts: dict[int, Branch] = {}
        many_held = list(accumulate(held(written), initial=0))
        layout = Layout(written.kinds, written.words, self._spaces, many_held)
        self._depths = layout.depths
        layout.begin(0, 0)
        for statement in statements:
            self._add(layout, statement)

    def _add(self, layout: Layout, statement: Branch) -> None:
        for sign in _signs(self._written.kinds, statement):
            self._spaces[sign + 1] = 0
        layout.statement(statement)
        if statement.action == "table":
            for token, more in tuple(columns(layout, statement)):
                self._spaces[token] += more
        # Its parts are not kept: in a long contract they are most of what there is.
        self._starts[statement.start] = statement._replace(parts=())

    def lines(self, gaps: Sequence[Gap]) -> list[list[str]]:
        """The lines of each fence, with comments and blank lines as ``gaps`` have them."""
        written = self._written
        writing = _Writing(written.fences)
        line: list[str] = []
        before: Branch | None = None
        for at, depth in enumerate(self._depths):
            if depth is None:
                line.append(" " * self._spaces[at] + written.words[at])
                continue
            gap = gaps[at]
            if line:
                writing.line(at - 1, "".join(line), gap.behind)
            blanks = [False] * (len(gap.own) + 1)
            if at in self._starts:
                statement = self._starts[at]
                blanks = _parted(gap, apart=before is None or _are_apart(before, statement))
                before = statement
            writing.gap(at, gap, blanks, depth)
            line = [" " * depth + written.words[at]]
        last = gaps[-1]
        writing.line(-1, "".join(line), last.behind)
        writing.gap(-1, last, [*(comment.blank for comment in last.own), False], 0)
        return writing.done


def _are_apart(before: Branch, statement: Branch) -> bool:
    """Whether a blank line must part two statements: blocks stand alone, measures by themselves.

    The length of a statement does not count: a word that makes a line too long moves no other line.
    """
    kinds = {before.action, statement.action}
    return not BLOCKS.isdisjoint(kinds) or (len(kinds) > 1 and "measure" in kinds)


def _signs(kinds: Sequence[str], statement: Branch) -> Iterator[int]:
    """Each minus that is a sign, and stands close to what it is before."""
    if "MINUS" in kinds[statement.start : statement.end]:
        for branch in walk(statement):
            if branch.action == "negative":
                yield branch.start


def held(written: Written) -> list[bool]:
    """Which tokens begin a line because a comment or the end of a fence stands before them."""
    before = [0, *written.fences]
    return [
        bool(gap.behind or gap.own) or fence != earlier
        for gap, fence, earlier in zip(written.gaps, written.fences, before, strict=False)
    ]


def _parted(gap: Gap, *, apart: bool) -> list[bool]:
    """Before which comments, and at last the statement itself, a blank line stands.

    Where one must and none does, one comes before them all, but after comments that belong to the
    statement before.
    """
    blanks = [*(comment.blank for comment in gap.own), gap.blank]
    stay = next((at for at, own in enumerate(gap.own) if not own.is_deep), len(gap.own))
    blanks[:stay] = [False] * stay
    if (apart or stay) and not any(blanks):
        blanks[stay] = True
    return blanks


class _Writing:
    """Lines as they are written, fence by fence."""

    def __init__(self, fences: Sequence[int]) -> None:
        self.done: list[list[str]] = [[] for _ in range(fences[-1] + 1)]
        self._fences = fences

    def line(self, token: int, line: str, behind: str) -> None:
        """A line that ends with a token, and the comment at its end."""
        self._to(self._fences[token]).append(f"{line}  {behind}" if behind else line)

    def gap(self, token: int, gap: Gap, blanks: Sequence[bool], depth: int) -> None:
        """The comments before a line, and the blank lines."""
        for comment, blank in zip(gap.own, blanks, strict=False):
            lines = self._to(comment.fence)
            if blank and lines:
                lines.append("")
            lines.append(" " * (depth + STEP if comment.is_deep else depth) + comment.text)
        lines = self._to(self._fences[token])
        if blanks[-1] and lines:
            lines.append("")

    def _to(self, fence: int) -> list[str]:
        while len(self.done) <= fence:
            self.done.append([])
        return self.done[fence]
