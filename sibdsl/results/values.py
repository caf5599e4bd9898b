"""A cell → the value it says, in the unit that is wanted; or why not, and what to write instead."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Final, assert_never

from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.money import minor_unit
from sibdsl.numerals import (
    MOST_DIGITS,
    Misread,
    MisreadReason,
    may_be_thousands,
    read_cell_number,
    read_fraction,
    read_percentage_cell,
)
from sibdsl.results.rows import Column, Row, Value
from sibdsl.spelled_days import only_day
from sibdsl.units import Kind, Quantity, Unit

LONGEST_DAY: Final = 40
"""No day is spelled longer."""

Read = Fraction | bool | Diagnostic

WITHOUT_VALUE: Final = message(
    "leave the row out until it is reported, or give it the status ‘not available’"
)
"""What to do where there is no value to write."""

_NOT_KNOWN: Final = frozenset(
    {"-", "–", "—", "?", "…", "n/a", "n.a.", "na", "n/d", "nd", "nc", "tbc"}
)
"""What people write, in either language, where they have no value."""

_NOT_AVAILABLE: Final = frozenset(
    {"not available", "unavailable", "non disponible", "indisponible", "pas disponible"}
)
_IN_STATUS: Final = message(
    "leave the value empty and write ‘not available’ in the column ‘status’"
)

_YES: Final = frozenset({"yes", "oui"})
_NO: Final = frozenset({"no", "non"})
_POINTS: Final = ("points", "point")
_SIGNS: Final = {"€": "EUR"}
"""Signs that stand for one currency only; ``$`` and ``£`` stand for many."""


def read_value(row: Row, column: Column, unit: Unit) -> Read:
    """The value of a cell that is not empty, as ``plan.terms`` has values.

    Amounts in units of their currency, percentages and points as fractions of one, dates as ordinals.
    """
    value = row.value(column)
    if isinstance(value, float):
        return _binary_float(row, column, value)
    if isinstance(value, str) and value.casefold() in _NOT_AVAILABLE:
        return _wrong_unit(row, column, unit, _IN_STATUS)
    match unit.kind:
        case Kind.YES_NO:
            return _yes_or_no(row, column, value)
        case Kind.DATE:
            day = read_date(row, column)
            return Fraction(day.toordinal()) if isinstance(day, date) else day
        case Kind.COUNT:
            return _count(row, column, value)
        case Kind.PERCENTAGE:
            return _percentage(row, column, value)
        case Kind.POINTS:
            return _points(row, column, value)
        case Kind.AMOUNT:
            return _amount(row, column, value, unit.currency)
        case Kind.NUMBER | Kind.DAYS | Kind.MONTHS:
            return _number(row, column, value, unit)
        case _:
            assert_never(unit.kind)


def read_date(row: Row, column: Column) -> date | Diagnostic:
    """The date in a cell that is not empty, written ``2017-03-30``."""
    value = row.value(column)
    if isinstance(value, datetime):
        text = message("‘{value}’ has a time of day", value=str(value))
        return row.refuse("SIB624", column, text, help=message("give the date alone"))
    if isinstance(value, date):
        return value
    written = str(value)
    if isinstance(value, str) and len(written) == 10 and written.isascii():
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    text = message("‘{value}’ is not a date", value=written)
    advice = message("write year, month and day: 2017-03-30")
    meant = only_day(written) if len(written) <= LONGEST_DAY else None
    if meant is not None:
        advice = message("write {date}", date=meant)
    return row.refuse("SIB624", column, text, help=advice)


def read_text(row: Row, column: Column) -> str | Diagnostic:
    """The text of a cell, on one line with single spaces; empty where there is none."""
    value = row.value(column)
    match value:
        case None:
            return ""
        case str():
            return " ".join(value.split())
        case bool() | float():
            text = message("‘{value}’ is not text", value=str(value))
            return row.refuse("SIB615", column, text)
        case _:
            return str(value)  # a participant numbered 17, in JSON


# ----------------------------------------------------------------------------- one kind at a time


def _yes_or_no(row: Row, column: Column, value: Value) -> Read:
    if isinstance(value, bool):
        return value
    word = value.casefold() if isinstance(value, str) else ""
    if word in _YES | _NO:
        return word in _YES
    advice = WITHOUT_VALUE if word in _NOT_KNOWN else message("write yes or no")
    return _wrong_unit(row, column, Unit(Kind.YES_NO), advice)


def _count(row: Row, column: Column, value: Value) -> Read:
    unit = Unit(Kind.COUNT)
    read = _plain_number(row, column, value, unit, fraction=False)
    if isinstance(read, Diagnostic):
        return read
    # Decimals refused even where they are nil: `12,000` with a decimal comma declared is twelve to
    # the reader of the sheet and twelve thousand to who wrote it.
    written = isinstance(value, str) and row.decimal_mark in value
    if read.denominator != 1 or written:
        text = message("‘{value}’ is a count and has decimals", value=str(value))
        advice = message("a count is a whole number, written without decimals")
        return row.refuse("SIB617", column, text, help=advice)
    if read < 0:
        text = message("‘{value}’ is a count and negative", value=str(value))
        return row.refuse("SIB617", column, text, help=message("a count is nil or more"))
    return read


def _number(row: Row, column: Column, value: Value, unit: Unit) -> Read:
    return _plain_number(row, column, value, unit, fraction=True)


def _percentage(row: Row, column: Column, value: Value) -> Read:
    match value:
        case str():
            read = read_percentage_cell(value, row.decimal_mark)
            if isinstance(read, Fraction):
                return read
            if read.reason is MisreadReason.NO_PERCENT_SIGN:
                return _bare_percentage(row, column, value, read.readings)
            return _misread(row, column, read, Unit(Kind.PERCENTAGE))
        case Fraction():
            # Only a caller in Python can hand one: a proportion made on purpose, not a column.
            return value
        case bool() | None | date() | float():
            return _wrong_unit(row, column, Unit(Kind.PERCENTAGE), _PERCENTAGE_ADVICE)
        case _:
            bare = _exact(value)
            readings = () if bare is None else (bare / 100, bare)
            return _bare_percentage(row, column, str(value), readings)


_PERCENTAGE_ADVICE: Final = message("write it with its sign, 61%, or as a fraction, 13/155")


def _bare_percentage(
    row: Row, column: Column, written: str, readings: tuple[Fraction, ...]
) -> Diagnostic:
    text = message("‘{value}’ is a percentage without its sign", value=written)
    if len(readings) < 2 or len(written) > 20:
        return row.refuse("SIB616", column, text, help=_PERCENTAGE_ADVICE)
    small, large = (Quantity(reading, Unit(Kind.PERCENTAGE)) for reading in readings)
    advice = message("write {small} or {large}, whichever is meant", small=small, large=large)
    return row.refuse("SIB616", column, text, help=advice)


def _points(row: Row, column: Column, value: Value) -> Read:
    unit = Unit(Kind.POINTS)
    if isinstance(value, Fraction):
        return value
    if not isinstance(value, str):
        return _wrong_unit(row, column, unit, _POINTS_ADVICE)
    for word in _POINTS:
        if value.casefold().endswith(word):
            read = _read(value[: -len(word)], row)
            if isinstance(read, Fraction):
                return read / 100
            as_points = Misread(read.reason, tuple(reading / 100 for reading in read.readings))
            return _misread(row, column, as_points, unit)
    return _wrong_unit(row, column, unit, _POINTS_ADVICE)


_POINTS_ADVICE: Final = message("write it with its unit: 3 points")


def _amount(row: Row, column: Column, value: Value, currency: str) -> Read:
    unit = Unit(Kind.AMOUNT, currency)
    if not isinstance(value, str):
        return _plain_number(row, column, value, unit, fraction=False)
    code, digits = _split_currency(value)
    if code and code != currency:
        text = message(
            "‘{value}’ is in {found}, but {wanted} is wanted",
            value=value,
            found=code,
            wanted=currency,
        )
        advice = message("report the amount in {currency}", currency=currency)
        return row.refuse("SIB615", column, text, help=advice)
    if may_be_thousands(digits.replace("\u2212", "-"), currency, row.decimal_mark):
        return _thousands_perhaps(row, column, value, digits)
    read = _read(digits, row)
    return read if isinstance(read, Fraction) else _misread(row, column, read, unit)


def _thousands_perhaps(row: Row, column: Column, value: str, digits: str) -> Diagnostic:
    text = message("‘{value}’ can be read as two different amounts", value=value)
    advice = message(
        "write {thousands} or {units}, whichever is meant",
        thousands=digits.replace(row.decimal_mark, ""),
        units=f"{digits}0",
    )
    return row.refuse("SIB661", column, text, help=advice)


def _split_currency(cell: str) -> tuple[str, str]:
    """The currency written before or after the digits, empty if none; and the digits."""
    sign = "-" if cell[:1] in "-\u2212" else ""
    digits = cell.removeprefix(cell[:1]) if sign else cell
    for mark, code in _SIGNS.items():
        if digits.startswith(mark) or digits.endswith(mark):
            return code, sign + digits.removeprefix(mark).removesuffix(mark).strip()
    for code, rest in ((digits[:3], digits[3:]), (digits[-3:], digits[:-3])):
        if minor_unit(code) is not None:
            return code, sign + rest.strip()
    return "", cell


def _plain_number(
    row: Row, column: Column, value: Value, unit: Unit, *, fraction: bool
) -> Fraction | Diagnostic:
    match value:
        case str():
            if fraction and "/" in value:
                read = read_fraction(value, row.decimal_mark)
            else:
                read = _read(value, row)
            return read if isinstance(read, Fraction) else _misread(row, column, read, unit)
        case bool() | None | date() | float():
            return _wrong_unit(row, column, unit)
        case _:
            exact = _exact(value)
            if exact is not None:
                return exact
            if isinstance(value, Decimal) and not value.is_finite():
                return _wrong_unit(row, column, unit)
            return _misread(row, column, Misread(MisreadReason.TOO_LONG), unit)


def _read(digits: str, row: Row) -> Fraction | Misread:
    return read_cell_number(digits.strip(), row.decimal_mark)


def _exact(value: Decimal | Fraction | int) -> Fraction | None:
    """The number as a fraction; None where it is none, or longer than any contract can mean."""
    match value:
        case Decimal():
            if not value.is_finite() or abs(value.adjusted()) > MOST_DIGITS:
                return None
            return Fraction(value)
        case Fraction():
            return value
        case _:
            return Fraction(value) if abs(value) < 10**MOST_DIGITS else None


# --------------------------------------------------------------------------------------- refusals


def _binary_float(row: Row, column: Column, value: float) -> Diagnostic:
    text = message("{value} is a binary float, which is not exact", value=repr(value))
    if not isfinite(value):
        return row.refuse("SIB619", column, text, help=WITHOUT_VALUE)
    advice = message(
        "pass {decimal}, a Fraction, or the text as it was reported",
        decimal=f'Decimal("{value!r}")',
    )
    return row.refuse("SIB619", column, text, help=advice)


def _wrong_unit(row: Row, column: Column, unit: Unit, advice: Message | None = None) -> Diagnostic:
    text = message("‘{value}’ is not {unit}", value=str(row.value(column)), unit=unit)
    return row.refuse("SIB615", column, text, help=advice)


def _misread(row: Row, column: Column, read: Misread, unit: Unit) -> Diagnostic:
    written = str(row.value(column))
    match read.reason:
        case MisreadReason.AMBIGUOUS:
            return _ambiguous(row, column, written, read.readings, unit)
        case MisreadReason.WRONG_MARK | MisreadReason.MISGROUPED:
            text = message(
                "‘{value}’ is not written with the decimal mark ‘{mark}’",
                value=written,
                mark=row.decimal_mark,
            )
            advice = message("write the value so, or declare how the sheet is written")
            return row.refuse("SIB618", column, text, help=advice)
        case MisreadReason.TOO_LONG:
            text = message("this number has more than {most} digits", most=MOST_DIGITS)
            return row.refuse("SIB615", column, text)
        case MisreadReason.ZERO_DENOMINATOR:
            return row.refuse("SIB615", column, message("‘{value}’ divides by nil", value=written))
        case MisreadReason.NOT_A_NUMBER | MisreadReason.NO_PERCENT_SIGN:
            is_none = written.casefold() in _NOT_KNOWN
            return _wrong_unit(row, column, unit, WITHOUT_VALUE if is_none else _how_to_write(unit))
        case _:
            assert_never(read.reason)


def _ambiguous(
    row: Row, column: Column, written: str, readings: tuple[Fraction, ...], unit: Unit
) -> Diagnostic:
    """``1.000`` in a sheet with decimal commas: a thousand, or one with three decimals."""
    text = message("‘{number}’ can be read as two different numbers", number=written)
    small, large = (Quantity(reading, unit) for reading in sorted(readings, key=abs)[:2])
    advice = message("write {small} or {large}, whichever is meant", small=small, large=large)
    if unit.kind is Kind.COUNT:
        advice = message("write {large} if that is meant: a count has no decimals", large=large)
    return row.refuse("SIB670", column, text, help=advice)


def _how_to_write(unit: Unit) -> Message | None:
    match unit.kind:
        case Kind.PERCENTAGE:
            return _PERCENTAGE_ADVICE
        case Kind.POINTS:
            return _POINTS_ADVICE
        case Kind.COUNT:
            return message("a count is a whole number, written without decimals")
        case Kind.AMOUNT:
            return message("write the amount in figures, in full: {amount}", amount=_example(unit))
        case Kind.NUMBER:
            return message("write the number in figures, in full")
        case _:
            return None


def _example(unit: Unit) -> Quantity:
    return Quantity(Fraction(2501, 2), unit)
