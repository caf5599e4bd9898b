"""The name that was probably meant: at most one, and only when it is close."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SMALL_WORDS = frozenset({"of", "the", "de", "du", "des", "d", "la", "le", "les", "l"})
_LONGEST = 100


def nearest_name(written: str, declared: Iterable[str]) -> str | None:
    """The declared name closest to a name that is not declared, or None.

    Capitals, accents, hyphens, small words and a final s count for nothing; otherwise about one
    letter in four may be wrong, a swap of neighbours counting as one. Names with other numbers in
    them are other names: ``Cohort 3`` is not a slip for ``Cohort 2``.
    """
    plain = _plain(written)
    if len(plain) > _LONGEST:
        return None
    allowed = max(1, len(plain) // 4)
    best: str | None = None
    best_distance = allowed + 1
    for name in declared:
        other = _plain(name)
        if name == written or _numbers(other) != _numbers(plain):
            continue
        if abs(len(other) - len(plain)) >= best_distance:
            continue
        distance = edits(plain, other)
        if distance < best_distance:
            best, best_distance = name, distance
    return best


def longer_name(written: str, declared: Iterable[str]) -> str | None:
    """The one declared name of which some words are left out, or None: ``Interest`` of ``Interest
    Payment``.
    """
    words = set(_plain(written).split())
    longer = [name for name in declared if words and words < set(_plain(name).split())]
    return longer[0] if len(longer) == 1 else None


def edits(one: str, other: str) -> int:
    """How many letters to add, drop, change or swap with a neighbour to get from one to the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = re.findall(r"[^\W_]+", letters)
    kept = [word for word in words if word not in _SMALL_WORDS] or words
    return " ".join(_singular(word) for word in kept)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 2 and word.endswith("s") else word


def _numbers(plain: str) -> list[str]:
    return re.findall(r"\d+", plain)
