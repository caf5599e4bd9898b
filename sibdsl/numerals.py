"""Numbers as people write them, in English and in French: reading and writing.

The grammar, the reader of results, the messages and the documents all come here, so that what one
of them writes the others read. A text that could be two numbers is never guessed: reading gives a
:class:`Misread` that says what is wrong and which numbers may have been meant.

French follows the *Lexique des règles typographiques en usage à l'Imprimerie nationale* and CLDR,
which agree: thousands parted by a narrow no-break space (U+202F), a no-break space (U+00A0) before
the percent sign, the unit and the currency.
"""

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final, Literal

from sibdsl.frozen import frozen
from sibdsl.money import minor_unit

Language = Literal["en", "fr"]
DecimalMark = Literal[".", ","]

MOST_DIGITS: Final = 60
"""The longest number that is read: far above any contract, far below what makes reading slow."""

MOST_BITS: Final = 2**17
"""The longest value that is worked out, about forty thousand digits: centuries of compounding come
nowhere near it, and exact arithmetic with it still takes no time that anybody would notice.
"""


def is_too_long(value: Fraction, times: int = 1) -> bool:
    """Whether a value, or what so many factors like it come to, is too long to be worked out.

    A few lines that square and square again would otherwise need all the memory there is.
    """
    longest = max(value.numerator.bit_length(), value.denominator.bit_length())
    return longest * times > MOST_BITS


# ---------------------------------------------------------------------------------------- reading


class MisreadReason(Enum):
    """Why a text is not read as a number."""

    NOT_A_NUMBER = "not a number"  # words, exponents, underscores, digits of other scripts, nothing
    AMBIGUOUS = "ambiguous"  # "1,000" in French: one, or a thousand?
    WRONG_MARK = "wrong mark"  # a number, but as the other language writes it: "3.5" in French
    MISGROUPED = "misgrouped"  # digits parted otherwise than in threes: "1,00,000", "12 34"
    TOO_LONG = "too long"  # more than MOST_DIGITS digits
    NO_PERCENT_SIGN = "no percent sign"  # a bare "61" or "0.61" where a percentage is wanted
    ZERO_DENOMINATOR = "zero denominator"  # "13/0"


@frozen
class Misread:
    """A text that is not a number as it stands.

    ``readings`` are the numbers that may have been meant (two or more when the text is ambiguous).
    They are for the message to offer, in the right spelling, never to be used as the value.
    """

    reason: MisreadReason
    readings: tuple[Fraction, ...] = ()


_SPACE = "[ \u00a0\u202f]"  # a plain space, the no-break space and the narrow one


def _number(decimal_mark: str, *group_marks: str) -> re.Pattern[str]:
    # A first group never begins with 0, so "0,125" cannot be mistaken for a grouped number.
    grouped = "|".join(rf"[1-9][0-9]{{0,2}}(?:{mark}[0-9]{{3}})+" for mark in group_marks)
    return re.compile(rf"(-?)([0-9]+|{grouped})(?:{decimal_mark}([0-9]+))?")


_LITERAL: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": _number(r"\.", ","),
    "fr": _number(",", _SPACE),
}
_CELL: Final[Mapping[DecimalMark, re.Pattern[str]]] = {
    ".": _number(r"\.", ",", _SPACE),
    ",": _number(",", r"\.", _SPACE),
}
# What a French reader takes for one and a bit, and an English one for a thousand and more.
_AMBIGUOUS_IN_FRENCH: Final = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
# Thousands as half of Europe parts them, or a price with three decimals; of which nobody would write
# the last if it were nil.
_THREE_DECIMALS: Final = re.compile(r"-?[1-9][0-9]{0,2}([.,])[0-9]{3}")
_ONE_DIGIT_TOO_MANY: Final = re.compile(r"(-?[1-9][0-9]{0,2})[.,]([0-9]{4,})")
# What a French reader takes for a thousand and more, and an English one for one and a bit.
_AMBIGUOUS_WITH_COMMA: Final = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
_DIGITS_AND_MARKS: Final = re.compile(r"-?[0-9][0-9.,\u0020\u00a0\u202f]*")
_PARTED_DIGITS: Final = re.compile(r"-?[0-9]+(?:[.,\u0020\u00a0\u202f][0-9]+)+")


def read_number(text: str, language: Language) -> Fraction | Misread:
    """The number that a literal of a contract says: ``1,250.5`` in English, ``1 250,5`` in French.

    English groups by commas, French by spaces (U+0020, U+00A0, U+202F), always in threes. In French
    ``1,000`` is ambiguous, being a thousand to an English reader; ``0,125`` and ``1 250,125`` are
    not. A minus sign may stand before the number, as U+002D or U+2212.
    """
    plain = _with_plain_minus(text)
    if language == "fr" and _AMBIGUOUS_IN_FRENCH.fullmatch(plain):
        return _misread(plain)
    return _read(plain, _LITERAL[language])


def read_amount(text: str, currency: str, language: Language) -> Fraction | Misread:
    """The number of an amount: as :func:`read_number`, save that ``GBP 4.000`` is not read.

    Where the minor unit has fewer than three decimals, three of which the last is nil may be
    thousands: ``4,000`` or ``4``. More decimals, or fewer, are plain.
    """
    plain = _with_plain_minus(text)
    if language == "en" and may_be_thousands(plain, currency, "."):
        return Misread(MisreadReason.AMBIGUOUS, (_together(plain), Fraction(plain)))
    return read_number(text, language)


def may_be_thousands(digits: str, currency: str, decimal_mark: DecimalMark) -> bool:
    """Whether the digits of an amount are more likely thousands: three decimals, the last nil."""
    return digits.endswith("0") and looks_like_thousands(digits, currency, decimal_mark)


def looks_like_thousands(digits: str, currency: str, decimal_mark: DecimalMark) -> bool:
    """Whether an amount has three decimals in a currency of fewer: ``GBP 94.505``."""
    found = _THREE_DECIMALS.fullmatch(digits)
    return found is not None and found[1] == decimal_mark and (minor_unit(currency) or 0) < 3


def _together(digits: str) -> Fraction:
    return Fraction(digits.replace(".", "").replace(",", ""))


def read_cell_number(text: str, decimal_mark: DecimalMark) -> Fraction | Misread:
    """The number in a cell of a table whose decimal mark has been declared, so nothing is guessed.

    Groups may be parted by spaces, or by the one of comma and point that is not the decimal mark.
    With a decimal comma ``1.000`` is ambiguous all the same, as ``1,000`` is in a French contract;
    ``1.000,00`` and ``1.000.000`` are not. White space around the number is no part of it.
    """
    plain = _with_plain_minus(text.strip())
    if decimal_mark == "," and _AMBIGUOUS_WITH_COMMA.fullmatch(plain):
        return _misread(plain)
    return _read(plain, _CELL[decimal_mark])


def read_fraction(text: str, decimal_mark: DecimalMark) -> Fraction | Misread:
    """A fraction of two whole numbers, ``13/155``, kept exact. Only the first may be negative."""
    above, slash, below = text.partition("/")
    if not slash:
        return Misread(MisreadReason.NOT_A_NUMBER)
    numerator = _read(_with_plain_minus(above.strip()), _CELL[decimal_mark])
    denominator = _read(_with_plain_minus(below.strip()), _CELL[decimal_mark])
    match numerator, denominator:
        case (Misread(), _):
            return numerator
        case (_, Misread()):
            return denominator
        case (Fraction(denominator=1), Fraction(denominator=1)) if denominator >= 0:
            if denominator == 0:
                return Misread(MisreadReason.ZERO_DENOMINATOR)
            return numerator / denominator
        case _:
            return Misread(MisreadReason.NOT_A_NUMBER)


def read_percentage_cell(text: str, decimal_mark: DecimalMark) -> Fraction | Misread:
    """A percentage in a cell, as a proportion: ``61 %`` is 61/100, and ``13/155`` is itself.

    A bare ``61`` or ``0.61`` is refused: nobody can tell which of the two is meant.
    """
    cell = text.strip()
    if "/" in cell:
        return read_fraction(cell, decimal_mark)
    read = read_cell_number(cell.removesuffix("%"), decimal_mark)
    match read:
        case Misread(reason, readings):
            return Misread(reason, tuple(reading / 100 for reading in readings))
        case _ if cell.endswith("%"):
            return read / 100
        case _:
            return Misread(MisreadReason.NO_PERCENT_SIGN, (read / 100, read))


def _with_plain_minus(text: str) -> str:
    return text.replace("\u2212", "-", 1)


def _read(plain: str, pattern: re.Pattern[str]) -> Fraction | Misread:
    if _is_too_long(plain):
        return Misread(MisreadReason.TOO_LONG)
    value = _match(plain, pattern)
    return _misread(plain) if value is None else value


def _is_too_long(plain: str) -> bool:
    """Checked before any digit is converted: Python's own limit on ``int`` raises."""
    if len(plain) <= MOST_DIGITS or not _DIGITS_AND_MARKS.fullmatch(plain):
        return False
    return sum(character.isdigit() for character in plain) > MOST_DIGITS


def _match(plain: str, pattern: re.Pattern[str]) -> Fraction | None:
    found = pattern.fullmatch(plain)
    if found is None:
        return None
    sign, whole, part = found.groups(default="")
    digits = "".join(filter(str.isdigit, whole)) + part
    return Fraction(int(sign + digits), 10 ** len(part))


def _misread(plain: str) -> Misread:
    """Why a text that its own convention does not read is not read, by trying the others."""
    found = [_match(plain, pattern) for pattern in _CELL.values()]
    readings = tuple(dict.fromkeys(value for value in found if value is not None))
    if len(readings) > 1:
        return Misread(MisreadReason.AMBIGUOUS, readings)
    if readings and (slip := _ONE_DIGIT_TOO_MANY.fullmatch(plain)):
        grouped = Fraction(slip[1]) * 1000 if not int(slip[2]) else None
        offers = (grouped, _together(plain)) if grouped else (_together(plain), readings[0])
        return Misread(MisreadReason.AMBIGUOUS, offers)
    if readings:
        return Misread(MisreadReason.WRONG_MARK, readings)
    if _PARTED_DIGITS.fullmatch(plain):
        return Misread(MisreadReason.MISGROUPED)
    return Misread(MisreadReason.NOT_A_NUMBER)


# ---------------------------------------------------------------------------------------- writing

_MOST_DECIMALS: Final = 6  # a number with more decimals is cut off…
_CUT_DECIMALS: Final = 3  # …after these, and the cut is shown
_ELLIPSIS: Final = "\u2026"
_NO_BREAK_SPACE: Final = "\u00a0"
_GROUP_MARK: Final[Mapping[Language, str]] = {"en": ",", "fr": "\u202f"}
_DECIMAL_MARK: Final[Mapping[Language, DecimalMark]] = {"en": ".", "fr": ","}
_DIGITS_AT_ONCE: Final = 4000  # below the limit that Python sets to ``str`` of an int
_AT_ONCE: Final = 10**_DIGITS_AT_ONCE


def say_number(
    value: Fraction,
    language: Language,
    decimals: int | None = None,
    *,
    exact: bool = False,
    reads_back: bool = True,
) -> str:
    """The number in words of digits: ``1,250.5``, ``1 250,5``.

    All its decimals if they are at most six, ``decimals`` being the least that are written; else
    three, cut off and not rounded, and an ellipsis: ``8.387…`` is above 8.387. With ``exact`` the
    fraction follows what was cut: ``8.387… (260/31)``.

    What is written without an ellipsis reads back as the same number: French ``2,125``, which
    would be ambiguous, is written ``2,1250``; ``2,125`` all the same unless it ``reads_back``, in
    documents that nobody copies into a contract.
    """
    said, is_cut = _say(value, language, decimals or 0, reads_back=reads_back)
    return _with_fraction(said, value, shown=exact and is_cut)


def say_percentage(
    value: Fraction, language: Language, *, exact: bool = False, reads_back: bool = True
) -> str:
    """A proportion as a percentage: 3/40 is ``7.5%``, in French ``7,5 %``.

    With ``exact`` the proportion follows a percentage that was cut: ``8.387…% (13/155)``;
    ``reads_back`` is as in :func:`say_number`.
    """
    said, is_cut = _say(value * 100, language, 0, reads_back=reads_back)
    space = _NO_BREAK_SPACE if language == "fr" else ""
    return _with_fraction(f"{said}{space}%", value, shown=exact and is_cut)


def say_points(
    value: Fraction, language: Language, *, exact: bool = False, reads_back: bool = True
) -> str:
    """A difference of two proportions in points: 3/100 is ``3 points``.

    English has the singular for one alone, French for all that is below two: ``1,5 point``. With
    ``exact`` the number of points follows one that was cut: ``1.612… points (50/31)``;
    ``reads_back`` is as in :func:`say_number`.
    """
    points = value * 100
    said, is_cut = _say(points, language, 0, reads_back=reads_back)
    is_singular = abs(points) == 1 if language == "en" else abs(points) < 2
    space = _NO_BREAK_SPACE if language == "fr" else " "
    unit = "point" if is_singular else "points"
    return _with_fraction(f"{said}{space}{unit}", points, shown=exact and is_cut)


def say_amount(
    value: Fraction,
    currency: str,
    language: Language,
    *,
    exact: bool = False,
    reads_back: bool = True,
) -> str:
    """An amount in currency units: ``GBP 1,250.50``, in French ``1 250,50 EUR``.

    At least the decimals of the currency's minor unit (ISO 4217) are written; ``exact`` and
    ``reads_back`` are as in :func:`say_number`.
    """
    said, is_cut = _say(abs(value), language, minor_unit(currency) or 0, reads_back=reads_back)
    sign = "-" if value < 0 else ""
    if reads_back and language == "en" and looks_like_thousands(said, currency, "."):
        said += "0"
    if language == "en":
        amount = f"{sign}{currency} {said}"
    else:
        amount = f"{sign}{said}{_NO_BREAK_SPACE}{currency}"
    return _with_fraction(amount, value, shown=exact and is_cut)


def say_date(day: date, language: Language) -> str:  # noqa: ARG001
    """A date as contracts write it, ``2017-03-30``: the same in each language, never misread."""
    return day.isoformat()


def say_fraction(value: Fraction) -> str:
    """The exact fraction in lowest terms, ``13/155``; a whole number without a denominator."""
    above = _digits(value.numerator)
    return above if value.denominator == 1 else f"{above}/{_digits(value.denominator)}"


def decimal_text(value: Fraction, places: int | None = None) -> str:
    """The number for a machine, without groups and always exact: ``1250.50``.

    ``places`` is the least number of decimals written. A number without a finite decimal form, or
    with more than MOST_DIGITS decimals, is written as a fraction: ``13/155``.
    """
    needed = _decimals_needed(value, MOST_DIGITS)
    if needed is None:
        return say_fraction(value)
    sign, whole, part = _cut(value, max(needed, places or 0))
    return f"{sign}{whole}.{part}" if part else sign + whole


def as_said(value: Fraction) -> Fraction:
    """The number that :func:`say_number` writes for a number, cut off where that cuts it off."""
    if _decimals_needed(value, _MOST_DECIMALS) is not None:
        return value
    cut = Fraction(abs(value.numerator) * 10**_CUT_DECIMALS // value.denominator, 10**_CUT_DECIMALS)
    return -cut if value < 0 else cut


def _say(value: Fraction, language: Language, least: int, *, reads_back: bool) -> tuple[str, bool]:
    """The number with at least so many decimals, and whether some more were cut off."""
    needed = _decimals_needed(value, max(least, _MOST_DECIMALS))
    is_cut = needed is None
    decimals = max(least, _CUT_DECIMALS if needed is None else needed)
    sign, whole, part = _cut(value, decimals)
    said = sign + _grouped(whole, _GROUP_MARK[language])
    if part:
        said += _DECIMAL_MARK[language] + part
    if is_cut:
        return said + _ELLIPSIS, True
    if reads_back and language == "fr" and _AMBIGUOUS_IN_FRENCH.fullmatch(said):
        said += "0"
    return said, False


def _with_fraction(said: str, value: Fraction, *, shown: bool) -> str:
    return f"{said} ({say_fraction(value)})" if shown else said


def _decimals_needed(value: Fraction, most: int) -> int | None:
    """How many decimals write the number exactly; None if more than ``most`` or without end."""
    denominator = value.denominator
    if 10**most % denominator:
        return None
    return next(places for places in range(most + 1) if 10**places % denominator == 0)


def _cut(value: Fraction, decimals: int) -> tuple[str, str, str]:
    """Sign, whole part and decimals, the rest being dropped towards zero."""
    scaled = abs(value.numerator) * 10**decimals // value.denominator
    digits = _digits(scaled).rjust(decimals + 1, "0")
    split = len(digits) - decimals
    return "-" if value < 0 else "", digits[:split], digits[split:]


def _grouped(whole: str, mark: str) -> str:
    first = len(whole) % 3
    groups = [whole[at : at + 3] for at in range(first, len(whole), 3)]
    return mark.join([whole[:first], *groups] if first else groups)


def _digits(number: int) -> str:
    """``str(number)`` for a number of any length: growth over many years can be very long."""
    if number < 0:
        return "-" + _digits(-number)
    chunks: list[str] = []
    while number >= _AT_ONCE:
        number, last = divmod(number, _AT_ONCE)
        chunks.append(str(last).rjust(_DIGITS_AT_ONCE, "0"))
    chunks.append(str(number))
    return "".join(reversed(chunks))
