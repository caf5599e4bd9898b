"""Whole phrases that drafters say otherwise, each with the cure in the words at hand.

*Within 90 days of Cohort 1*: ``due 90 days after Cohort 1``; *the lesser of A and B*: ``the lesser of
(A; B)``; *at 3%* after ``interest on``: ``at a rate of 3%``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.lexer import ANYTHING, UNKNOWN_WORD, UNREADABLE, Lexer, Token
from sibdsl.syntax.place import Place
from sibdsl.syntax.table import END

_GAP: Final = r"[ \t\u00a0\u202f]+"
_DAY: Final = r"(?P<date>\d{4}-\d{2}-\d{2})"
_DUE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?:(?:due|payable|paid|to be paid){_GAP})?"
        rf"(?:(?:within|in|by|no later than|not later than|at the latest|on or before|before){_GAP})?"
        rf"(?:a period of{_GAP}|at most{_GAP})?(?:the{_GAP})?"
        rf"(?:{_DAY}|(?P<number>\d+){_GAP}(?P<unit>days?|months?|years?)\b"
        rf"(?:{_GAP}(?P<anchored>of|after|from|following|as of|since)\b)?)"
    ),
    "fr": re.compile(
        rf"(?:(?:échéance|payable|exigible|à payer){_GAP})?"
        rf"(?:(?:dans|sous|en|avant|d['’]ici|au plus tard|jusqu['’]au){_GAP})?"
        rf"(?:un délai de{_GAP}|un délai maximal de{_GAP}|dans{_GAP})?(?:les?{_GAP}|au{_GAP})?"
        rf"(?:{_DAY}|(?P<number>\d+){_GAP}(?P<unit>jours?|mois|ans?|années?)\b"
        rf"(?:{_GAP}(?P<anchored>de|du|d['’]|après|suivant|qui suivent|à compter de|à compter du"
        rf"|à partir de|à partir du|dès)(?![^\W\d_]))?)"
    ),
}
_UNITS: Final = {"d": "DAYS", "j": "DAYS", "m": "MONTHS", "y": "YEARS", "a": "YEARS"}
"""Units of time by the first letter of what was written, in either language."""

_ONE_OF_TWO: Final[Mapping[Language, Mapping[str, re.Pattern[str]]]] = {
    "en": {
        "LESSER_OF": re.compile(
            r"(?:the\s+)?(?:lower|smaller|smallest|lowest|minimum|min|least)"
            r"(?:\s+(?:of|between)\b|(?=\s*\())"
        ),
        "GREATER_OF": re.compile(
            r"(?:the\s+)?(?:higher|larger|largest|highest|maximum|max)"
            r"(?:\s+(?:of|between)\b|(?=\s*\())"
        ),
    },
    "fr": {
        "LESSER_OF": re.compile(
            r"(?:l[ea]\s+)?(?:moindre|minimum|min|plus\s+(?:petite?|faible|basse?))"
            r"(?:\s+(?:montant|somme))?(?:\s+(?:de|des|entre|parmi)\b|(?=\s*\())"
        ),
        "GREATER_OF": re.compile(
            r"(?:l[ea]\s+)?(?:maximum|max|plus\s+(?:grande?|forte?|haute?|élevée?))"
            r"(?:\s+(?:montant|somme))?(?:\s+(?:de|des|entre|parmi)\b|(?=\s*\())"
        ),
    },
}
_RATE: Final = re.compile(r"at (?:an?|the) (?:\w+ ){0,2}rate of|at(?=[ \t\u00a0]*\d)")
_PARTING: Final = frozenset({"AND", "SEMICOLON", "COMMA"})
_ENDING: Final = frozenset(
    {
        *(END, UNKNOWN_WORD, UNREADABLE, "WHEN", "UNLESS", "DUE", "THEN", "ELSE", "OR_ELSE"),
        *("OTHERWISE", "COLON", "ROUNDED", "PER_EVALUATION", "PER_CALENDAR_YEAR", "MEANS"),
    }
)


def due_otherwise(place: Place) -> Diagnostic | None:
    """``within 90 days of Cohort 1``, ``due no later than 2020-12-31``: a due date said otherwise."""
    due = next((token for token in reversed(place.opened) if token.type == "DUE"), None)
    if due is None and "DUE" not in place.outlook.accepted:
        return None
    start = place.token.span.start if due is None else due.span.start
    written = _DUE[place.language].match(place.text, start)
    if written is None or written.end() < place.token.span.end:
        return None
    words = place.lexer.words
    said = f"{words.spelled['DUE'][-1]} {written['date']}"
    end = written.end()
    if written["number"]:
        unit = words.main_spelling(_UNITS[written["unit"][0]])
        anchor, end = _anchor(place, end, is_named=bool(written["anchored"]))
        after = words.main_spelling("AFTER")
        said = f"{words.main_spelling('DUE')} {written['number']} {unit} {after} {anchor}"
    return mistakes.due_otherwise(place.text[start:end], said, Span(start, end))


def _anchor(place: Place, end: int, *, is_named: bool) -> tuple[str, int]:
    """From when days are counted, and where that ends: an evaluation, by name or the one at hand."""
    if not is_named:
        return place.lexer.words.main_spelling("EVALUATION"), end
    token = Lexer(place.text, place.language).token(end, {"EVALUATION"})
    if token.type == "NAME":
        return token.text, token.span.end
    if token.type == "EVALUATION":
        return place.lexer.words.main_spelling("EVALUATION"), token.span.end
    return "…", end


def unbracketed(place: Place) -> Diagnostic | None:
    """``the lesser of A and B``, ``the lower of (A; B)``: the form, with the values at hand."""
    opening = place.last
    if opening is not None and opening.type in {"LESSER_OF", "GREATER_OF"}:
        if place.outlook.accepted != {"OPEN"}:
            return None
        return _listed(place, opening.span, opening.type)
    for terminal, pattern in _ONE_OF_TWO[place.language].items():
        written = pattern.match(place.text, place.token.span.start)
        if written is not None and terminal in place.outlook.accepted:
            return _listed(place, Span(*written.span()), terminal)
    return None


def _listed(place: Place, opening: Span, terminal: str) -> Diagnostic:
    values = _values(place, opening.end)
    items = [place.text[value.start : value.end] for value in values]
    if len(items) < 2:
        items = [*items, "…"] if items else ["…", "…"]
    form = f"{place.lexer.words.main_spelling(terminal)} ({'; '.join(items)})"
    if place.language == "fr":
        form = form.replace("; ", "\u202f; ")
    span = Span(opening.start, values[-1].end if values else opening.end)
    return mistakes.unbracketed(place.text[opening.start : opening.end], form, span)


def _values(place: Place, at: int) -> list[Span]:
    """The values that follow on, parted by ``and`` or by a mark, up to where the clause goes on."""
    lexer = Lexer(place.text, place.language)
    first = lexer.token(at, ANYTHING)
    if first.type == "OPEN":
        at = first.span.end
    values: list[Span] = []
    begun: Token | None = None
    until, depth, is_from = at, 0, False
    while True:
        token = lexer.token(at, ANYTHING)
        depth += (token.type == "OPEN") - (token.type == "CLOSE")
        is_over = depth < 0 or (not depth and _goes_on(place, token, until, is_from=is_from))
        is_parting = token.type in _PARTING and not depth and not is_from
        if (is_over or is_parting) and begun is not None:
            values.append(Span(begun.span.start, until))
            begun = None
        if is_over:
            return values
        is_repeated = begun is None and token.type == "OF"  # `le moindre de A et de B`
        if not is_parting and not is_repeated:
            begun = begun or token
            is_from = token.type == "INTEREST_ON" or (is_from and token.type != "TO")
        until = at = token.span.end


def _goes_on(place: Place, token: Token, until: int, *, is_from: bool) -> bool:
    """Whether the clause goes on with a token: the payee, a condition, a new statement."""
    is_anew = token.type == "NAME" and "\n" in place.text[until : token.span.start]
    is_payee = token.type == "TO" and not is_from
    return is_anew or is_payee or token.type in _ENDING or token.type in place.starts


def rate_otherwise(place: Place) -> Diagnostic | None:
    """``interest on X at 3%``, ``at an annual rate of 3%``: the rate without ``at a rate of``."""
    if all(token.type != "INTEREST_ON" for token in place.opened):
        return None
    for token in (place.token, place.last):
        written = None if token is None else _RATE.match(place.text, token.span.start)
        if written is not None:
            word = place.lexer.words.main_spelling("AT_A_RATE_OF")
            cure = message("write ‘{word}’", word=word)
            return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None
