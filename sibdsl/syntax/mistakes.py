"""What can be wrong with a text before it means anything, in a drafter's words."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.numerals import Language, Misread, MisreadReason, say_number
from sibdsl.source import Span

_MONTHS: Final = {
    month: number % 12 + 1
    for number, month in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        )
    )
}


def misread(digits: str, why: Misread, span: Span, language: Language) -> Diagnostic:
    """A number that reads otherwise in this language, or that is no number at all."""
    offers = " / ".join(say_number(reading, language) for reading in why.readings)
    cure = message("write {numbers}", numbers=offers) if offers else None
    match why.reason:
        case MisreadReason.AMBIGUOUS:
            text = message("‘{number}’ can be read as two different numbers", number=digits)
            return error("SIB020", span, text, help=cure)
        case MisreadReason.WRONG_MARK:
            text = message(
                "‘{number}’ is not how a number is written in the language of this contract",
                number=digits,
            )
            return error("SIB021", span, text, help=cure)
        case MisreadReason.TOO_LONG:
            text = message("a number of more than 60 digits is not read")
            return error("SIB022", span, text, help=message("write a shorter number"))
        case _:
            text = message("the digits of ‘{number}’ are not parted in threes", number=digits)
            return error("SIB023", span, text, help=cure)


def odd_date(text: str, span: Span) -> Diagnostic:
    """A date in another form than 2017-03-30."""
    iso = _iso(text)
    if iso is None:
        cure = message("write the year, the month and the day, as in 2017-03-30")
    else:
        cure = message("write {date}", date=iso)
    return error(
        "SIB024", span, message("‘{date}’ is not how a date is written", date=text), help=cure
    )


def _iso(text: str) -> date | None:
    """The one day a text can mean; 03/04/2017 means two and is left to the drafter."""
    parts = re.findall(r"\d+|[^\W\d_]+", re.sub(r"(?<=\d)(?:st|nd|rd|th|er)\b", "", text))
    if len(parts) != 3:
        return None
    try:
        if parts[1].lower() in _MONTHS:
            return date(int(parts[2]), _MONTHS[parts[1].lower()], int(parts[0]))
        first, second, third = (int(part) for part in parts)
        if first > 31:
            return date(first, second, third)
        if first > 12 and third > 31:
            return date(third, second, first)
        if second > 12 and third > 31:
            return date(third, first, second)
    except ValueError:
        return None
    return None


def impossible_date(text: str, span: Span) -> Diagnostic:
    """A day no calendar has."""
    return error(
        "SIB025",
        span,
        message("there is no day {date}", date=text),
        help=message("write the year, the month and the day, as in 2017-03-30"),
    )


def unreadable(character: str, span: Span) -> Diagnostic:
    """A character that has no place in a contract."""
    name = unicodedata.name(character, "")
    shown = f"U+{ord(character):04X}" + (f" {name}" if name else "")
    if character in '"«»“”':
        return error(
            "SIB012",
            span,
            message("the quotation that begins here is not closed on the same line"),
            help=message("close the quotation; a quoted text stands on one line"),
        )
    if character in "<>=≤≥≠":
        return error(
            "SIB013",
            span,
            message("‘{sign}’ is not read: a comparison is written in words", sign=character),
            help=message(
                "write ‘is at least’, ‘is at most’, ‘is more than’, ‘is less than’ or ‘is’"
            ),
        )
    if character in "£$¥€":
        return error(
            "SIB014",
            span,
            message("‘{sign}’ does not say which currency is meant", sign=character),
            help=message("write the three letters of the currency, as in GBP 1,250.50"),
        )
    visible = character.isprintable()
    text = (
        message("the character ‘{sign}’ ({name}) has no place here", sign=character, name=shown)
        if visible
        else message("an invisible character stands here ({name})", name=shown)
    )
    return error("SIB015", span, text, help=message("delete it and type the words again"))


def unknown_word(word: str, span: Span, near: str | None) -> Diagnostic:
    """A small word that the language does not have."""
    cure = (
        message("did you mean ‘{word}’?", word=near)
        if near
        else message("a Defined Term begins with a capital; a comment begins with #")
    )
    return error(
        "SIB011", span, message("‘{word}’ is not a word of the language", word=word), help=cure
    )


def joined_name(name: str, word: str, rest: str, span: Span) -> Diagnostic:
    """A Defined Term broken by a small word: ``Return to Work Rate``."""
    return error(
        "SIB016",
        span,
        message(
            "the name ‘{name} {word} {rest}’ is broken by a small word",
            name=name,
            word=word,
            rest=rest,
        ),
        help=message(
            "join the words with hyphens, ‘{hyphens}’, or give a short name here and the full name in quotes",
            hyphens=f"{name.replace(' ', '-')}-{word}-{rest.replace(' ', '-')}",
        ),
    )


def misplaced(found: str, expected: Message, span: Span, statement: Label | None) -> Diagnostic:
    """A word that cannot stand where it stands."""
    return error(
        "SIB010",
        span,
        message("‘{found}’ cannot stand here", found=found),
        here=message("{expected} is expected", expected=expected),
        others=(statement,) if statement else (),
    )


def ends_early(expected: Message, span: Span) -> Diagnostic:
    """The text ends in the middle of a statement."""
    return error(
        "SIB017",
        span,
        message("the text ends in the middle of a statement"),
        help=message("{expected} is expected", expected=expected),
    )


def comma_in_list(span: Span) -> Diagnostic:
    """A list in brackets parted by commas."""
    return error(
        "SIB018",
        span,
        message("a comma does not part the items of a list in brackets"),
        help=message("write a semicolon: (A; B; C)"),
    )


def nested_too_deeply(span: Span) -> Diagnostic:
    """More brackets or operations inside one another than anyone can read."""
    return error(
        "SIB019",
        span,
        message("this clause is nested too deeply to be read"),
        help=message("give its parts names of their own"),
    )
