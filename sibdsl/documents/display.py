"""How wide a text is on a screen, where East Asian characters take two columns and accents none."""

from unicodedata import category, east_asian_width


def width(text: str) -> int:
    """The columns a text takes, by Unicode Standard Annex 11; its ambiguous characters take one."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if east_asian_width(character) in {"W", "F"} else 1
