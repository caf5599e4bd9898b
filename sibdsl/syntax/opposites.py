"""Negations: *none of*, *neither … nor*; and the words that no slip of the pen turns into their opposite."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.lexer import ANYTHING, Lexer
from sibdsl.syntax.place import Place

_NONE_OF: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"(?:none|neither|not one|no one)(?: of)?(?: the)?(?=\s*\()"),
    "fr": re.compile(
        r"(?P<gender>aucune?|nulle?|pas une?)(?:\s+(?:de|des|d['’]entre|parmi))?(?=\s*\()"
    ),
}
_NEITHER: Final[Mapping[Language, tuple[str, str]]] = {
    "en": ("neither", "nor"),
    "fr": ("ni", "ni"),
}
_DENIES: Final = re.compile(
    r"\b(?:not|no|none|never|neither|nor|without|un|non|pas|aucune?s?|nulle?s?|ni|jamais|sans)\b|\bn['’]"
)
_DENYING: Final = ("un", "in", "im", "ir", "non", "non-", "dis", "dé", "des")
_OPPOSITES: Final = (
    *(("more", "less"), ("most", "least"), ("before", "after"), ("higher", "lower")),
    *(("better", "worse"), ("up", "down"), ("highest", "lowest"), ("greater", "lesser")),
    *(("supérieur", "inférieur"), ("antérieur", "postérieur"), ("avant", "après")),
    *(("plus", "moins"), ("hausse", "baisse"), ("excès", "défaut"), ("tard", "tôt")),
    *(("minimum", "maximum"), ("all", "any"), ("to", "by"), ("chacun", "aucun")),
)


def is_opposite(written: str, phrase: str) -> bool:
    """Whether a phrase says the contrary of what was written, however alike the two may look."""
    if bool(_DENIES.search(written)) is not bool(_DENIES.search(phrase)):
        return True
    return any(
        _are_opposed(one, other) or _are_opposed(other, one)
        for one, other in zip(written.split(), phrase.split(), strict=False)
    )


def _are_opposed(one: str, other: str) -> bool:
    if any(one == prefix + other for prefix in _DENYING):
        return True
    return any(
        _plain(one).startswith(_plain(first)) and _plain(other).startswith(_plain(last))
        for first, last in _OPPOSITES
    )


def _plain(word: str) -> str:
    """The letters without their accents: ``superieur`` is the slip that people make."""
    return "".join(filter(str.isalpha, unicodedata.normalize("NFD", word)))


def none_of(place: Place) -> Diagnostic | None:
    """``none of (A; B)``, ``aucun de (A ; B)``: the denial of ``any of``."""
    written = _NONE_OF[place.language].match(place.text, place.token.span.start)
    if written is None or "NOT" not in place.outlook.accepted:
        return None
    is_feminine = place.language == "fr" and written["gender"].endswith("e")
    cure = message("write ‘{word}’", word=_not_any_of(place, is_feminine=is_feminine))
    return mistakes.other_word(written[0], cure, Span(*written.span()))


def _not_any_of(place: Place, *, is_feminine: bool = False) -> str:
    words = place.lexer.words
    any_of = words.main_spelling("ANY_OF")
    if place.language == "fr" and not is_feminine:
        any_of = any_of.replace("une", "un")
    return f"{words.main_spelling('NOT')} {any_of}"


def neither_nor(place: Place) -> Diagnostic | None:
    """``neither A nor B``, ``ni A ni B``: the denial of ``any of``, with the names at hand."""
    first, second = _NEITHER[place.language]
    start = place.token.span.start
    if place.token.text != first or "NOT" not in place.outlook.accepted:
        return None
    lexer = Lexer(place.text, place.language)
    one = lexer.token(place.token.span.end, ANYTHING)
    joint = lexer.token(one.span.end, ANYTHING)
    other = lexer.token(joint.span.end, ANYTHING)
    if (one.type, joint.text, other.type) != ("NAME", second, "NAME"):
        return None
    semicolon = "\u202f; " if place.language == "fr" else "; "
    form = f"{_not_any_of(place)} ({one.text}{semicolon}{other.text})"
    span = Span(start, other.span.end)
    words = place.text[span.start : span.end]
    return mistakes.other_word(words, message("write ‘{word}’", word=form), span)
