"""Text on a screen, where East Asian characters take two columns and accents none."""

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final
from unicodedata import category, east_asian_width

WIDEST: Final = 92
"""Prose is broken into lines of so many columns."""
_GAP: Final = "   "
_SPACE: Final = re.compile(
    r"(?<!\b[A-Z]{3}) (?![0-9]{1,2}(?:[ ,.;:)]|$)(?![0-9]))|(?<=\b[A-Z]{3}) (?![0-9])"
)


def width(text: str) -> int:
    """The columns a text takes, by Unicode Standard Annex 11; its ambiguous characters take one."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1


def wrapped(text: str, widest: int = WIDEST) -> Iterator[str]:
    """The text in lines of so many columns, parted at plain spaces only, and not before a number:
    ``Year 4`` and ``GBP 1,000`` stay together.
    """
    line = ""
    for word in _SPACE.split(text):
        if line and width(line) + 1 + width(word) > widest:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def aligned(rows: Sequence[Sequence[str]], right: Collection[int] = ()) -> Iterator[str]:
    """The rows with their columns one under the other; those of ``right`` end together.

    A column that is empty in every row is left out.
    """
    if not rows:
        return
    columns = [at for at in range(len(rows[0])) if any(row[at] for row in rows)]
    widths = {at: max(width(row[at]) for row in rows) for at in columns}
    for row in rows:
        cells = []
        for at in columns:
            pad = " " * (widths[at] - width(row[at]))
            cells.append(pad + row[at] if at in right else row[at] + pad)
        yield _GAP.join(cells).rstrip()
