"""Two versions of a text as lines side by side: which belong together, and which words changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final

from sibdsl.documents.html import Line, Pair, Piece

_WORD: Final = re.compile(r"\w+(?:[.,]\w+)*|\s+|[^\w\s]")
_LONGEST: Final = 2000
"""What a line has beyond so many characters is compared as one word."""


def sides(old: Sequence[str], new: Sequence[str]) -> tuple[Pair, ...]:
    """The lines of both versions in pairs, each line once and in its order."""
    return tuple(_pairs(old, new))


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag == "equal":
            for at in range(end - start):
                yield Pair(_line(start + at, old[start + at]), _line(from_ + at, new[from_ + at]))
            continue
        shared = min(end - start, to - from_)
        for at in range(shared):
            yield from _changed(start + at, from_ + at, old, new)
        for number in range(start + shared, end):
            yield Pair(_line(number, old[number]), None)
        for number in range(from_ + shared, to):
            yield Pair(None, _line(number, new[number]))


def _line(at: int, text: str) -> Line:
    return Line(at + 1, (Piece(text),))


def _changed(before: int, after: int, old: Sequence[str], new: Sequence[str]) -> Iterator[Pair]:
    """A line that was changed, its words marked; marked as a whole where it is another altogether."""
    one, other = (_WORD.findall(text[:_LONGEST]) for text in (old[before], new[after]))
    one, other = [*one, old[before][_LONGEST:]], [*other, new[after][_LONGEST:]]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    shared = [
        word
        for start, _, size in matcher.get_matching_blocks()
        for word in one[start : start + size]
        if word.strip()
    ]
    if 2 * len(shared) < min(_words(one), _words(other)):
        yield Pair(_line(before, old[before]), _line(after, new[after]))
        return
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, start, end, from_, to in matcher.get_opcodes():
        is_changed = tag != "equal"
        left.append(Piece("".join(one[start:end]), is_changed))
        right.append(Piece("".join(other[from_:to]), is_changed))
    yield Pair(Line(before + 1, _said(left)), Line(after + 1, _said(right)))


def _words(line: Sequence[str]) -> int:
    return sum(bool(word.strip()) for word in line)


def _said(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.text)
