"""Names with words in small letters where they are declared, and the preposition of an evaluation."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.hints import JOINING
from sibdsl.syntax.lexer import ANYTHING, UNREADABLE, Token
from sibdsl.syntax.place import Place
from sibdsl.syntax.table import END

_AT: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset({"on", "in", "for", "during", "of", "by"}),
    "fr": frozenset({"à", "au", "en", "pour", "dans", "pendant", "durant"}),
}
"""What people write before an evaluation, where the language has ``at``."""

MOST_WORDS: Final = 8
"""No name has more words behind its first ones."""


def broken_in_declaration(place: Place) -> Diagnostic | None:
    """``measure Comparison rate is …``: a name that its own statement declares, with small words in it."""
    name = place.last
    opening = place.values[0] if place.values else None
    is_declared = len(place.values) == 2 and isinstance(opening, Token) and opening.type != "CAP"
    if name is None or name.type != "NAME" or not is_declared:
        return None
    token, words = place.token, [place.token.text]
    while token.type not in place.outlook.accepted - {"NAME"}:
        at = token.span.end
        token = place.lexer.token(at, place.outlook.accepted)
        if token.type in {END, UNREADABLE} or "\n" in place.text[at : token.span.start]:
            return None
        words.append(token.text)
    words.pop()
    words = [word for word in words if word[:1].islower()]
    words.sort(key=lambda word: word in JOINING[place.language])  # what lacks a capital first
    if not place.token.text[:1].islower() or len(words) > MOST_WORDS:
        return None
    end = len(place.text[: token.span.start].rstrip())
    written = place.text[name.span.start : end]
    capitals = re.sub(r"(?<![\w'’-])(\w)(?=\w{3})", lambda one: one[1].upper(), written)
    whole = place.lexer.words.form("NAME").fullmatch(capitals)
    return mistakes.broken_name(
        written, words[0], capitals if whole else "", Span(name.span.start, end)
    )


def at_otherwise(place: Place) -> Diagnostic | None:
    """``Job Rate on Year 1``, ``Taux de Retour à l'Année 1``: the preposition of an evaluation."""
    is_behind_value = "AT" in place.outlook.accepted or place.outlook.accepted >= place.starts
    if not is_behind_value or place.token.text not in _AT[place.language]:
        return None
    rest = place.lexer.token(place.token.span.end, ANYTHING)
    if rest.type != "NAME":
        return None
    stem = re.escape(re.sub(r"\s+\d+$", "", rest.text))
    if not re.search(rf"^\s*[ée]valuations?\s+(?:l['’])?{stem}\b", place.text, re.MULTILINE):
        return None
    cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("AT"))
    return mistakes.other_word(place.token.text, cure, place.token.span)
