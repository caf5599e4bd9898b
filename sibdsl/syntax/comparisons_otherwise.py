"""Tests in other words: *is 5 or more*, *at least 5* without *is*, *between 5 to 10*, *if … then …*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import misphrased, mistakes
from sibdsl.syntax.lexer import UNREADABLE
from sibdsl.syntax.place import Place
from sibdsl.syntax.table import END

_GAP: Final = r"[ \t\u00a0\u202f]+"
_VALUE: Final = r"(?P<value>(?:[A-Z]{3}[ \u00a0\u202f]?)?\d[^\n:;()]{0,40}?)"
_OR_MORE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?<!\w)(?:is|are|equals?|reach(?:es)?){_GAP}{_VALUE}{_GAP}(?:or|and){_GAP}"
        r"(?:(?P<more>more|greater|higher|above|over|better)|less|fewer|lower|below|under)(?!\w)"
    ),
    "fr": re.compile(
        rf"(?<!\w)(?:est|sont|vaut|valent|atteint)(?:{_GAP}de)?{_GAP}{_VALUE}{_GAP}(?:ou|et){_GAP}"
        r"(?:(?P<more>plus|davantage|au-delà|supérieure?)|moins|inférieure?)(?!\w)"
    ),
}
_BARE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(rf"at{_GAP}(?:(?P<least>least)|most)(?!\w)"),
    "fr": re.compile(rf"au{_GAP}(?:(?P<least>moins)|plus)(?!\w)"),
}
_FARTHEST: Final = 400
"""No further back than so many letters is looked on a line."""
_OF_TESTS: Final = ("CONDITION", "WHEN", "UNLESS", "IF", "AND", "OR", "MEANS", "ALL_OF", "ANY_OF")


def or_more(place: Place) -> Diagnostic | None:
    """``is 5 or more``, ``est de 5 ou moins``: a level and beyond."""
    at = place.token.span.start
    begin = max(place.text.rfind("\n", 0, at) + 1, at - _FARTHEST)
    for written in _OR_MORE[place.language].finditer(place.text, begin, at + len(place.token.text)):
        if written.end() >= at:
            terminal = "IS_AT_LEAST" if written["more"] else "IS_AT_MOST"
            word = place.lexer.words.main_spelling(terminal)
            cure = message("write ‘{word}’", word=f"{word} {written['value']}")
            return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def without_is(place: Place) -> Diagnostic | None:
    """``Places at least 5``: the level without the verb."""
    for token in (place.token, place.last):
        written = (
            None if token is None else _BARE[place.language].match(place.text, token.span.start)
        )
        if written is None or written.end() < place.token.span.end or not _is_in_test(place):
            continue
        word = place.lexer.words.main_spelling("IS_AT_LEAST" if written["least"] else "IS_AT_MOST")
        cure = message("write ‘{word}’", word=word)
        return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def _is_in_test(place: Place) -> bool:
    """Whether a test stands here; what was read of it may be closed, so the line itself tells."""
    at = place.token.span.start
    line = place.text[max(place.text.rfind("\n", 0, at) + 1, at - _FARTHEST) : at]
    spelled = place.lexer.words.spelled
    words = (re.escape(phrase) for terminal in _OF_TESTS for phrase in spelled[terminal])
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)").search(line) is not None


def between_otherwise(place: Place) -> Diagnostic | None:
    """``is between 5 to 10``: two ends that ``and`` joins."""
    if all(token.type != "IS_BETWEEN" for token in place.opened):
        return None
    is_joining = place.token.type in {"TO", "UP_TO", "COMMA", "SEMICOLON", "OR"}
    if "AND" not in place.outlook.accepted or not is_joining:
        return None
    cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("AND"))
    return mistakes.other_word(place.token.text, cure, place.token.span)


def without_else(place: Place) -> Diagnostic | None:
    """``if A then GBP 5``: nothing is said for where A does not hold."""
    is_choice = any(token.type == "THEN" for token in place.opened)
    if not is_choice or "ELSE" not in place.outlook.accepted or place.token.type == UNREADABLE:
        return None
    choice = next(token for token in reversed(place.opened) if token.type == "IF")
    found = "" if place.token.type == END else place.token.text
    return misphrased.without_else(found, place.here, choice.span)
