"""What a text says where it could not be read: enough to keep one mistake from being told twice.

A statement with a mistake of syntax is left out of the tree, whole, since what is left of it may say
something else than was meant. Names and evaluations that it would have declared are then missing
elsewhere, which is no mistake of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from attrs import evolve

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.source import Span
from sibdsl.syntax.nodes import Example, Statement

_WORD: Final = re.compile(r"[^\W\d_]+")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def parted(
    statements: Iterable[Statement], findings: Iterable[Diagnostic], lost: Iterable[Span]
) -> tuple[tuple[Statement, ...], tuple[Span, ...]]:
    """The statements that were read without a mistake, and the places of the others.

    A worked example stays, without the lines that have one: each line stands for itself. ``lost``
    are places in statements that lack what they need, though no finding stands inside them: a
    payment whose last clause could not be read ends before that clause.
    """
    told = (
        finding.label.span
        for finding in findings
        if finding.severity is Severity.ERROR and finding.label.span is not None
    )
    mistakes = sorted(span.start for span in (*told, *lost))
    sound: list[Statement] = []
    spoilt: list[Span] = []
    for statement in statements:
        if not _holds_one(statement.span, mistakes):
            sound.append(statement)
            continue
        spoilt.append(statement.span)
        if isinstance(statement, Example):
            lines = [line for line in statement.lines if not _holds_one(line.span, mistakes)]
            if lines:
                sound.append(evolve(statement, lines=tuple(lines)))
    return tuple(sound), tuple(spoilt)


def _holds_one(place: Span, mistakes: Sequence[int]) -> bool:
    return bisect_left(mistakes, place.start) < bisect_left(mistakes, place.end)


def words_in(text: str, places: Iterable[Span]) -> tuple[str, ...]:
    """The words at some places of a text, folded, without the characters that nobody sees."""
    found: set[str] = set()
    for place in places:
        seen = _UNSEEN.sub("", text[place.start : place.end])
        found.update(word.casefold() for word in _WORD.findall(seen))
    return tuple(sorted(found))


def is_unread(name: str, words: Collection[str]) -> bool:
    """Whether a name may be declared where the text could not be read: all its words stand there.

    Numbers do not count: ``evaluations Year …`` declares ``Year 3``.
    """
    own = _WORD.findall(name)
    return bool(own) and all(word.casefold() in words for word in own)
