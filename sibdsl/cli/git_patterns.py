"""The regular expressions by which git reads a contract: what heads a hunk, and what one word is.

POSIX extended ones, where the longest match from the left wins and nothing looks ahead. Keywords come
from the tables of the grammar, in both languages at once, since git knows only the name of a file.
Where the locale knows no letter beyond ASCII, a byte of such a letter counts as a letter.
"""

from collections.abc import Iterable
from typing import Final

from sibdsl.syntax.table import END, tables

_GAP: Final = "( |\t|\u00a0|\u202f)"
_LETTER: Final = "([[:alnum:]_]|[^[:print:][:space:][:cntrl:]])"
_APOSTROPHE: Final = "('|’)"
_DIGITS: Final = f"[0-9]+([.,][0-9]+|{_GAP}[0-9]{{3}})*"
_CAPITALISED: Final = f"([[:upper:]]\\.)+|[[:upper:]]{_LETTER}*((-|‑|{_APOSTROPHE}){_LETTER}+)*"
_SMALL: Final = (
    f"((of|of{_GAP}+the|de|de{_GAP}+la|du|des){_GAP}+|(d|de{_GAP}+l){_APOSTROPHE}{_GAP}*)"
)
_TERM: Final = f"({_CAPITALISED})({_GAP}+({_SMALL}?({_CAPITALISED})|[0-9][0-9]?[0-9]?({_GAP}?%)?))*"
_FORMS: Final = (
    _TERM,
    "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    f"[A-Z]{{3}}{_GAP}*{_DIGITS}",
    f"{_DIGITS}{_GAP}*(€|[A-Z]{{3}})",
    f"{_DIGITS}{_GAP}*%",
    f"{_DIGITS}{_GAP}+(percentage{_GAP}+)?points?({_GAP}+de{_GAP}+pourcentage)?",
    "[0-9]+/[0-9]+",
    _DIGITS,
)
_PLAIN_WORD: Final = f"{_LETTER}+(-{_LETTER}+)*"
_MARK: Final = "«|»|’|–|−|×|÷|[^[:space:]]"


def word_pattern() -> str:
    """For ``diff.sib.wordRegex``: Defined Terms, amounts, dates and keywords are one word each."""
    phrases = (
        phrase.removesuffix(" #")
        for lexicon in tables().lexicons.values()
        for spellings in lexicon.phrases.values()
        for phrase in spellings
    )
    keywords = sorted({phrase for phrase in phrases if set(phrase) & set(" '")})
    return "|".join((*_FORMS, *map(_spaced, keywords), _PLAIN_WORD, _MARK))


def heading_pattern() -> str:
    """For ``diff.sib.xfuncname``: the first line of a statement, as it is written."""
    begun = rf"({_either(_openers())})([[:blank:]:].*)?"
    defined = (
        f'[^"«“„#[:blank:]][^"«“„#]*[[:blank:]]({_either(_spellings("MEANS"))})([[:blank:]].*)?'
    )
    return f"^[[:blank:]]*({begun}|{defined})$"


def _openers() -> Iterable[str]:
    """The keywords with which a statement may begin: the grammar's, where one may stand."""
    made = tables()
    return (
        phrase
        for terminal in sorted(made.states[made.start])
        if terminal.isupper() and terminal not in {END, "NAME"}
        for phrase in _spellings(terminal)
    )


def _spellings(terminal: str) -> Iterable[str]:
    return (
        phrase
        for lexicon in tables().lexicons.values()
        for phrase in lexicon.phrases.get(terminal, ())
    )


def _either(phrases: Iterable[str]) -> str:
    return "|".join(dict.fromkeys(map(_spaced, phrases)))


def _spaced(phrase: str) -> str:
    return phrase.replace("'", _APOSTROPHE).replace(" ", f"{_GAP}+")
