"""JSON text → rows: a list of objects whose keys are the columns, in English or in French.

Numbers are read as decimals; a percentage is text with its sign, ``"61%"``, or a fraction, ``"13/155"``.
Decimals in text begin with a point, as JSON has it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.numerals import MOST_DIGITS, Language
from sibdsl.results.nearest import nearest
from sibdsl.results.rows import (
    COLUMNS,
    ONE_COLUMN,
    Column,
    Row,
    Table,
    TableKind,
    Value,
    column_name,
    find_column,
)
from sibdsl.results.values import WITHOUT_VALUE
from sibdsl.source import Source, Span

_NO_TEXT: Final = re.compile("[\x00\ud800-\udfff]")
"""NUL, and the halves of a pair: neither can be written to a file again."""


_LONGEST: Final = 1000
"""No number that somebody reports has more digits, in its fraction's numerator or denominator."""


class _DoubleKeyError(ValueError):
    """An object has a key twice; which of the two holds, nobody can tell."""


@frozen
class _NoNumber:
    """``NaN`` or ``Infinity``, which JSON does not have but its readers accept."""

    word: str


_ADVICE: Final = message(
    "write a list of objects, such as {example}",
    example='[{"measure": "…", "evaluation": "…", "value": "61%"}]',
)


def read_json(source: Source, kind: TableKind, language: Language = "en") -> Table:
    """The rows of a JSON text; ``language`` is that in which the findings name the columns."""
    return Table(kind, source.name, _rows(source, kind, language))


def _rows(source: Source, kind: TableKind, language: Language) -> Iterator[Row | Diagnostic]:
    try:
        entries = json.loads(
            source.text.removeprefix("\ufeff"),
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=_NoNumber,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as mistake:
        at = min(mistake.pos, len(source.text))
        text = message("the file is not JSON from here on")
        yield _refused("SIB608", source.name, text, Span(at, min(at + 1, len(source.text))))
    except _DoubleKeyError as mistake:
        text = message("an entry has the key ‘{key}’ twice", key=str(mistake))
        yield _refused("SIB609", source.name, text, None, message("keep one of the two"))
    except RecursionError:
        text = message("the lists in this file are nested too deeply")
        yield _refused("SIB608", source.name, text, None)
    else:
        if isinstance(entries, list):
            yield from rows_of(entries, kind, source.name, language)
        else:
            text = message("the file is not a list of entries")
            yield _refused("SIB608", source.name, text, None)


def rows_of(
    entries: Iterable[object], kind: TableKind, file: str, language: Language
) -> Iterator[Row | Diagnostic]:
    """Rows from objects by column, or from sequences in the order of the columns.

    None, and a column that is not there, are an empty cell.
    """
    for number, entry in enumerate(entries, start=1):
        yield _row(entry, number, kind, file, language)


def _row(
    entry: object, number: int, kind: TableKind, file: str, language: Language
) -> Row | Diagnostic:
    values: dict[Column, Value] = {}
    row = Row(file, number, values, (), (), language, ".")
    match entry:
        case Mapping():
            pairs = [(str(key), value) for key, value in entry.items()]
        case list() | tuple() if len(entry) <= len(COLUMNS[kind]):
            pairs = list(zip(COLUMNS[kind], entry, strict=False))
        case _:
            text = message("row {row} is not an entry with columns", row=number)
            return row.refuse("SIB608", None, text, help=_ADVICE)
    for key, value in pairs:
        column = find_column(key, kind)
        if column is None:
            return _unknown_key(row, key, kind)
        if column in values:
            text = message("row {row} has the column ‘{column}’ twice", row=number, column=key)
            return row.refuse("SIB601", None, text, help=ONE_COLUMN)
        problem = _problem_of(value)
        if problem is not None:
            said, advice = problem
            return row.refuse("SIB608", column, said, help=advice)
        values[column] = value
    return row


def _problem_of(value: object) -> tuple[Message, Message | None] | None:
    """Why a value can stand in no cell, and what to write instead; None where it can."""
    match value:
        case str() if stray := _NO_TEXT.search(value):
            code = f"U+{ord(stray[0]):04X}"
            said = message("a cell holds the character {name}, which no text has", name=code)
            return said, message("delete the character")
        case bool() | None | str() | Decimal() | float() | date():
            return None
        case int() | Fraction():
            longest = max(value.numerator.bit_length(), value.denominator.bit_length())
            too_long = message("this number has more than {most} digits", most=_LONGEST)
            return (too_long, None) if longest > _LONGEST * 10 // 3 else None
        case _NoNumber(word):
            return message("‘{value}’ is not a number", value=word), WITHOUT_VALUE
        case list() | tuple() | dict():
            return message("a cell holds one value, not a list"), None
        case _:
            said = message("a cell holds no value of the type ‘{type}’", type=type(value).__name__)
            return said, message("pass text, a whole number, a Decimal, a Fraction or a date")


def _unknown_key(row: Row, key: str, kind: TableKind) -> Diagnostic:
    known = tuple(column_name(column, row.language) for column in COLUMNS[kind])
    near = nearest(key.casefold(), known)
    advice = (
        message("did you mean ‘{name}’?", name=near)
        if near
        else message("the columns are: {columns}", columns=known)
    )
    text = message("there is no column ‘{name}’", name=key)
    return row.refuse("SIB601", None, text, help=advice)


def _refused(
    code: str, file: str, text: Message, span: Span | None, advice: Message = _ADVICE
) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, text, Label(span, None, file), (), advice)


def _decimal(digits: str) -> Decimal | str:
    """The number as written; one that no contract can mean stays text, and is refused as such."""
    try:
        number = Decimal(digits)
    except InvalidOperation:
        return digits
    far = len(digits) > MOST_DIGITS or abs(number.adjusted()) > MOST_DIGITS
    return digits if far else number


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _DoubleKeyError(key)
            seen.add(key)
    return made
