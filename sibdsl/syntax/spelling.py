"""How one token is written, and what stands between two: the same words, one form of white space.

Nothing here chooses a word. Blanks, line ends and no-break spaces inside a keyword, a name or an
amount become one plain space; the digits of a number are grouped in threes; quoted text is not
touched.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

from sibdsl.numerals import Language

_BLANKS: Final = re.compile(r"[\s\u00ad]+")
_BEHIND_APOSTROPHE: Final = re.compile(r"(?<=['’])[\s\u00ad]+")
_BEHIND_ARTICLE: Final = re.compile(r"(?<=^[Ll]['’])[\s\u00ad]+")
_NUMBER: Final = re.compile(r"\d[\d\s\u00a0\u202f,.]*\d|\d")
_GROUPS: Final[Mapping[Language, tuple[str, str]]] = {"en": (",", "."), "fr": (" ", ",")}
_AS_WRITTEN: Final = frozenset({"TEXT", "DATE", "DAY_COUNT", "FRACTION"})
_NUMBERS: Final = frozenset({"NUMBER", "PERCENTAGE", "POINTS", "AMOUNT"})


@lru_cache(maxsize=10_000)
def spelled(kind: str, text: str, language: Language) -> str:
    """A token as the formatter writes it, a name with its article."""
    if kind in _AS_WRITTEN:
        return text
    if kind in _NUMBERS:
        return _spelled_number(text, language)
    if kind == "NAME":
        return _BEHIND_ARTICLE.sub("", _one_space(text))
    return _BEHIND_APOSTROPHE.sub("", _one_space(text))


def _one_space(words: str) -> str:
    return _BLANKS.sub(" ", words)


def _spelled_number(text: str, language: Language) -> str:
    """``GBP5000`` is written ``GBP 5,000``; in French ``5000€`` is written ``5 000 €``."""
    digits = _NUMBER.search(text)
    assert digits is not None
    before = text[: digits.start()].strip()
    after = _one_space(text[digits.end() :].strip())
    number = grouped(digits[0], language)
    if before:
        return f"{before} {number}"
    is_close = not after or (after == "%" and language == "en")
    return number + after if is_close else f"{number} {after}"


def grouped(digits: str, language: Language) -> str:
    """A number as it is written, its whole part in groups of three."""
    group, decimal = _GROUPS[language]
    whole, mark, part = digits.partition(decimal)
    plain = "".join(filter(str.isdecimal, whole))
    if plain.startswith("0"):  # no number that begins with nought is grouped
        return digits
    first = len(plain) % 3
    groups = [plain[at : at + 3] for at in range(first, len(plain), 3)]
    return group.join([plain[:first], *groups] if first else groups) + mark + part


_CLOSING: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset({"CLOSE", "COMMA", "COLON", "SEMICOLON"}),
    "fr": frozenset({"CLOSE", "COMMA"}),
}


def spaces(kinds: Sequence[str], words: Sequence[str], language: Language) -> list[int]:
    """How many spaces stand before each token where it follows another on a line.

    None after an apostrophe or an opening bracket, nor before a mark that closes. French parts the
    colon and the semicolon from what they follow, as its typography does.
    """
    closing = _CLOSING[language]
    found: list[int] = []
    is_open = True
    for kind, word in zip(kinds, words, strict=True):
        found.append(0 if is_open or kind in closing else 1)
        is_open = kind == "OPEN" or (word[-1] in "'’" and kind not in {"NAME", "TEXT"})
    return found
