"""Where comments stand among the tokens: at the end of a line, before one, or behind a statement."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from sibdsl.source import Span

_LINE_END: Final = r"(?>\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])"
_LINE_ENDS: Final = re.compile(_LINE_END)
_BLANK_LINE: Final = re.compile(rf"{_LINE_END}\s*?{_LINE_END}")


class Own(NamedTuple):
    """A comment on a line of its own.

    ``is_deep``: it stands deeper than what follows, and so belongs to what stands before it.
    ``blank``: a blank line stands before it. ``fence`` is the number of its fence.
    """

    text: str
    is_deep: bool
    blank: bool
    fence: int


class Gap(NamedTuple):
    """What stands before a token that is no token.

    ``behind`` is the comment at the end of the line of the token before; ``blank`` says whether a
    blank line stands right before the token.
    """

    behind: str
    own: tuple[Own, ...]
    blank: bool


_EMPTY: Final = Gap("", (), False)
_BLANK: Final = Gap("", (), True)


def gaps(
    text: str,
    tokens: tuple[Sequence[int], Sequence[int]],
    comments: Sequence[Span],
    last: int,
    fences: Sequence[Span],
) -> list[Gap]:
    """What stands before each of the tokens (where they start and end), and behind the last.

    ``last`` is where the last statement begins, by which comments at the very end are measured.
    """
    ends = [fence.end for fence in fences]
    end = len(text)
    found: list[Gap] = []
    waiting = iter([*comments, Span(end + 1, end + 1)])
    comment = next(waiting)
    place = 0
    for start, finish in zip((*tokens[0], end), (*tokens[1], end), strict=True):
        if comment.start < start:
            here: list[Span] = []
            while comment.start < start:
                here.append(comment)
                comment = next(waiting)
            depth = _column(text, start if start < end else last)
            found.append(_gap(text, place, here, _Bounds(start, depth, ends)))
        elif start - place > 1 and _has_blank_line(text[place:start]):
            found.append(_BLANK)
        else:
            found.append(_EMPTY)
        place = finish
    return found


class _Bounds(NamedTuple):
    """Where a gap ends, how deep what follows stands, and where each fence ends."""

    until: int
    depth: int
    ends: Sequence[int]


def _gap(text: str, place: int, comments: Sequence[Span], bounds: _Bounds) -> Gap:
    behind = ""
    own: list[Own] = []
    for comment in comments:
        before = text[place : comment.start]
        words = text[comment.start : comment.end].rstrip()
        if not own and not behind and place and not _LINE_ENDS.search(before):
            behind = words
        else:
            is_deep = _column(text, comment.start) > bounds.depth
            fence = bisect_right(bounds.ends, comment.start)
            own.append(Own(words, is_deep, _has_blank_line(before), fence))
        place = comment.end
    return Gap(behind, tuple(own), _has_blank_line(text[place : bounds.until]))


def _has_blank_line(between: str) -> bool:
    return _BLANK_LINE.search(between) is not None


def _column(text: str, at: int) -> int:
    """How far from the start of its line something stands."""
    start = at
    while start and not _LINE_ENDS.match(text, start - 1):
        start -= 1
    return at - start
