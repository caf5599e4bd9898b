"""What can be wrong with a text before it means anything, in a drafter's words."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message, warning
from sibdsl.numerals import Language, Misread, MisreadReason, say_number
from sibdsl.source import Span
from sibdsl.spelled_days import only_day

LONGEST_SHOWN: Final = 80
"""After so many letters a message cuts what it repeats of a contract."""

_NAMES_OF_MONTHS: Final = (
    *(message("January"), message("February"), message("March"), message("April")),
    *(message("May"), message("June"), message("July"), message("August")),
    *(message("September"), message("October"), message("November"), message("December")),
)


def misread(digits: str, text: str, why: Misread, span: Span, language: Language) -> Diagnostic:
    """A number that reads otherwise in this language, or that is no number at all.

    ``text`` is all that was written: the digits with their percent sign, unit or currency.
    """
    offers = tuple(text.replace(digits, say_number(value, language), 1) for value in why.readings)
    cure = _offer(offers)
    match why.reason:
        case MisreadReason.AMBIGUOUS:
            said = message("‘{number}’ can be read as two different numbers", number=text)
            return error("SIB020", span, said, help=cure)
        case MisreadReason.WRONG_MARK:
            said = message(
                "‘{number}’ is not how a number is written in the language of this contract",
                number=text,
            )
            return error("SIB021", span, said, help=cure)
        case MisreadReason.TOO_LONG:
            said = message("a number of more than 60 digits is not read")
            return error("SIB022", span, said, help=message("write a shorter number"))
        case _:
            said = message("the digits of ‘{number}’ are not parted in threes", number=text)
            return error("SIB023", span, said, help=cure)


def three_decimals(digits: str, text: str, span: Span) -> Diagnostic:
    """An amount with more decimals than its currency, which may be meant as thousands."""
    whole, part = digits.split(".")
    return warning(
        "SIB560",
        span,
        message("‘{amount}’ is read with three decimals, not as thousands", amount=text),
        help=message(
            "write {exact} to say so, or {thousands}",
            exact=text.replace(digits, f"{digits}0", 1),
            thousands=text.replace(digits, f"{whole},{part}", 1),
        ),
    )


def odd_date(text: str, span: Span) -> Diagnostic:
    """A date in another form than 2017-03-30."""
    iso = only_day(text)
    if iso is None:
        cure = message("write the year, the month and the day, as in 2017-03-30")
    else:
        cure = message("write {date}", date=iso)
    return error(
        "SIB024", span, message("‘{date}’ is not how a date is written", date=text), help=cure
    )


def impossible_date(text: str, span: Span) -> Diagnostic:
    """A day no calendar has."""
    year, month, _ = (int(part) for part in re.findall(r"\d+", text))
    cure = message("write the year, the month and the day, as in 2017-03-30")
    if 1 <= month <= len(_NAMES_OF_MONTHS) and year:
        cure = message(
            "{month} {year} has {number} days",
            month=_NAMES_OF_MONTHS[month - 1],
            year=str(year),
            number=monthrange(year, month)[1],
        )
    return error("SIB025", span, message("there is no day {date}", date=text), help=cure)


def unreadable(character: str, span: Span) -> Diagnostic:
    """A character that has no place in a contract."""
    name = unicodedata.name(character, "")
    shown = f"U+{ord(character):04X}" + (f" {name}" if name else "")
    if not character.isprintable():
        text = message("an invisible character stands here ({name})", name=shown)
        cure = message("delete it, and the letters on either side of it, and type them again")
        return error("SIB015", span, text, help=cure)
    if character in _CURRENCIES_BY_SIGN or character in "$¥":
        text = message("‘{sign}’ does not say which currency is meant", sign=character)
        return error("SIB014", span, text, help=_THREE_LETTERS)
    text = message("the character ‘{sign}’ ({name}) has no place here", sign=character, name=shown)
    return error("SIB015", span, text, help=message("delete it"))


_CURRENCIES_BY_SIGN: Final = {"£": "GBP", "€": "EUR"}
_THREE_LETTERS: Final = message("write the three letters of the currency, as in GBP 1,250.50")


def currency_of(sign: str) -> str:
    """The ISO 4217 code of a currency's sign that has one meaning, or the code itself."""
    return _CURRENCIES_BY_SIGN.get(sign, sign)


def odd_amount(text: str, amounts: tuple[str, ...], span: Span) -> Diagnostic:
    """An amount with a sign for its currency, or with the code on the other side.

    ``amounts`` are those that it may mean, as this language writes them.
    """
    said = message("‘{text}’ is not how an amount is written", text=text)
    return error("SIB014", span, said, help=_offer(amounts))


def _offer(offers: tuple[str, ...]) -> Message | None:
    if not offers:
        return None
    if len(offers) == 1:
        return message("write {number}", number=offers[0])
    return message("write {one} or {other}", one=offers[0], other=offers[1])


def unclosed_quotation(span: Span) -> Diagnostic:
    """A quotation mark without its other half on the line."""
    return error(
        "SIB012",
        span,
        message("the quotation that begins here is not closed on the same line"),
        help=message("close the quotation; a quoted text stands on one line"),
    )


def single_quotation(span: Span) -> Diagnostic:
    """A text in single quotation marks, or a stray apostrophe."""
    return error(
        "SIB012",
        span,
        message("a text does not stand in single quotation marks"),
        help=message("write double quotation marks around the text"),
    )


def sign_for_words(sign: str, span: Span, word: str) -> Diagnostic:
    """``>=`` where the language has words."""
    return error(
        "SIB013",
        span,
        message("‘{sign}’ is not read: contracts say it in words", sign=sign),
        help=message("write ‘{word}’", word=word),
    )


def full_stop(span: Span) -> Diagnostic:
    """A sentence ended as sentences are."""
    return error(
        "SIB027",
        span,
        message("no full stop stands at the end of a statement"),
        help=message("delete the full stop"),
    )


def other_word(written: str, cure: Message, span: Span) -> Diagnostic:
    """A word that means something to a drafter, where the language has another."""
    text = message("‘{word}’ is not the word to write here", word=shown(written))
    if " " in written:
        text = message("‘{words}’ is not the phrase to write here", words=shown(written))
    return error("SIB011", span, text, help=cure)


def misspelt(written: str, phrase: str, span: Span) -> Diagnostic:
    """A keyword with a slip of the pen."""
    text = message("‘{word}’ is not a word of the language", word=shown(written))
    return error("SIB011", span, text, help=message("did you mean ‘{word}’?", word=phrase))


def unknown_word(word: str, span: Span, expected: Message) -> Diagnostic:
    """A small word that the language does not have."""
    return error(
        "SIB011",
        span,
        message("‘{word}’ is not a word of the language", word=shown(word)),
        here=message("{expected} is expected", expected=expected),
        help=message("a Defined Term begins with a capital; a comment begins with #"),
    )


def other_language(
    word: str, ours: str, span: Span, language: Language, *, whole_text: bool
) -> Diagnostic:
    """A keyword of the other language; ``whole_text`` where already the first one is."""
    if language == "fr":
        text = message("‘{word}’ is French, and the first line says English", word=word)
        cure = message("write the first line ‘sibdsl 1 fr’")
    else:
        text = message("‘{word}’ is English, and the first line says French", word=word)
        cure = message("write the first line ‘sibdsl 1 en’")
    if not whole_text:
        cure = message("write ‘{word}’", word=ours)
    return error("SIB026", span, text, help=cure)


def capital_keyword(written: str, keyword: str, span: Span) -> Diagnostic:
    """``Payment Bonus``: a keyword that reads as a Defined Term."""
    return error(
        "SIB033",
        span,
        message(
            "‘{written}’ is read as a Defined Term, because it begins with a capital",
            written=written,
        ),
        help=message("write ‘{keyword}’ in small letters", keyword=keyword),
    )


def lower_case_name(word: str, name: str, span: Span) -> Diagnostic:
    """``the ministry``: a Defined Term without its capitals; ``name`` has them."""
    return error(
        "SIB035",
        span,
        message("‘{word}’ is not a Defined Term: it does not begin with a capital", word=word),
        help=message("write ‘{name}’", name=name),
    )


def joined_name(name: str, word: str, rest: str, span: Span) -> Diagnostic:
    """A Defined Term broken by a small word: ``Return to Work Rate``."""
    return error(
        "SIB016",
        span,
        message(
            "the name ‘{name} {word} {rest}’ is broken by a small word",
            name=shown(name),
            word=word,
            rest=shown(rest),
        ),
        help=message(
            "join the words with hyphens, ‘{hyphens}’, or give a short name here and the full name in quotes",
            hyphens=shown(f"{name} {word} {rest}".replace(" ", "-")),
        ),
    )


def broken_name(name: str, word: str, capitals: str, span: Span) -> Diagnostic:
    """A Defined Term with a word that has no capital: ``Comparison rate``.

    ``capitals`` is the name as it may be written, empty where small words would still break it.
    """
    text = message("‘{word}’ breaks the name ‘{name}’", word=word, name=shown(name))
    if capitals:
        return error("SIB016", span, text, help=message("write ‘{name}’", name=shown(capitals)))
    cure = message(
        "join the words with hyphens, ‘{hyphens}’, or give a short name here and the full name in quotes",
        hyphens=shown(name.replace(" ", "-")),
    )
    return error("SIB016", span, text, help=cure)


def sign_in_name(name: str, sign: str, span: Span) -> Diagnostic:
    """``A&E``, ``St. John's``: a sign that a short name does not hold."""
    return error(
        "SIB016",
        span,
        message("the name ‘{name}’ holds a sign ‘{sign}’", name=shown(name), sign=sign),
        help=message("give a short name here, without it, and the full name in quotes"),
    )


def digit_in_front(name: str, span: Span) -> Diagnostic:
    """``3SC``: a short name that begins with a digit."""
    return error(
        "SIB016",
        span,
        message("the name ‘{name}’ begins with a digit", name=shown(name)),
        help=message("give a short name that begins with a capital, and the full name in quotes"),
    )


def two_payees(one: str, other: str, span: Span) -> Diagnostic:
    """``pays … to Fund and Bank``: two names where one stands."""
    return error(
        "SIB038",
        span,
        message("‘{one}’ and ‘{other}’ stand where one name stands", one=one, other=other),
        help=message("declare a group of the two, with the share of each, and name the group here"),
    )


def misplaced(found: str, expected: Message, span: Span, statement: Label | None) -> Diagnostic:
    """A word that cannot stand where it stands."""
    return error(
        "SIB010",
        span,
        message("‘{found}’ cannot stand here", found=shown(found)),
        here=message("{expected} is expected", expected=expected),
        others=(statement,) if statement else (),
    )


def missing(word: str, found: str, span: Span, statement: Label | None) -> Diagnostic:
    """One word or mark left out."""
    return error(
        "SIB029",
        span,
        message("‘{word}’ is missing before ‘{found}’", word=word, found=shown(found)),
        others=(statement,) if statement else (),
        help=message("write ‘{word}’ before it", word=word),
    )


def superfluous(mark: str, span: Span) -> Diagnostic:
    """One mark too many."""
    text = message("‘{found}’ cannot stand here", found=mark)
    return error("SIB010", span, text, help=message("delete this mark"))


def unquoted(name: str, span: Span) -> Diagnostic:
    """A title or a full name without quotation marks."""
    return error(
        "SIB010",
        span,
        message("‘{found}’ cannot stand here", found=shown(name)),
        here=message("{expected} is expected", expected=message("a text in quotes")),
        help=message("put the text in quotes"),
    )


def ends_early(expected: Message, span: Span, statement: Label | None) -> Diagnostic:
    """The text ends in the middle of a statement."""
    return error(
        "SIB017",
        span,
        message("the text ends in the middle of a statement"),
        here=message("{expected} is expected", expected=expected),
        others=(statement,) if statement else (),
        help=message("finish the statement, or delete it"),
    )


def open_bracket(bracket: Span, reached: Span) -> Diagnostic:
    """A bracket still open where something new begins."""
    return error(
        "SIB028",
        bracket,
        message("this bracket is not closed"),
        others=(Label(reached, message("it is still open here")),),
        help=message("write ‘)’ where it ends"),
    )


def closing_bracket(span: Span) -> Diagnostic:
    """A closing bracket without its opening one."""
    return error(
        "SIB037", span, message("this bracket closes nothing"), help=message("delete the bracket")
    )


def comma_in_list(span: Span) -> Diagnostic:
    """A list in brackets parted by commas."""
    return error(
        "SIB018",
        span,
        message("a comma does not part the items of a list in brackets"),
        help=message("write a semicolon: (A; B; C)"),
    )


def comma_between_caps(cure: Message, span: Span) -> Diagnostic:
    """``cap A, B: …``: the payments that share a cap, parted by a comma."""
    text = message("a comma does not part what a cap bears on")
    return error("SIB018", span, text, help=cure)


def nested_too_deeply(span: Span) -> Diagnostic:
    """More brackets or operations inside one another than anyone can read."""
    return error(
        "SIB019",
        span,
        message("this clause is nested too deeply to be read"),
        help=message("give its parts names of their own"),
    )


def shown(text: str) -> str:
    """The text as a message repeats it: its beginning, where it is very long."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
