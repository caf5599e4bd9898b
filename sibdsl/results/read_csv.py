"""CSV text → rows, each cell with its place. Separator and decimal mark are declared, never guessed.

Declared by the caller's form (``CSV_FORMS``), or by the first line of the file, which goes before it::

    # separator ; decimal ,

The shape is that of RFC 4180; a line may end in LF, CRLF or CR. A row whose cells are all empty is
what a spreadsheet leaves behind, and is passed over.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.numerals import DecimalMark, Language
from sibdsl.results.nearest import nearest
from sibdsl.results.rows import (
    COLUMNS,
    ONE_COLUMN,
    REQUIRED,
    Column,
    Row,
    Table,
    TableKind,
    Value,
    column_name,
    find_column,
)
from sibdsl.source import Source, Span

LONGEST_CELL: Final = 32_767
"""The most characters in a cell, which is also the most that spreadsheets keep."""


@frozen
class CsvForm:
    """How a sheet was written: what parts its cells, what its decimals begin with."""

    separator: str
    decimal_mark: DecimalMark


CSV_FORMS: Final[Mapping[Language, CsvForm]] = {"en": CsvForm(",", "."), "fr": CsvForm(";", ",")}
"""What spreadsheets write in each language; ``--csv`` names one of them."""

LANGUAGES: Final[tuple[Language, ...]] = ("en", "fr")
_CALLED_OTHERWISE: Final = {
    **dict.fromkeys(("indicator", "metric", "result", "kpi"), "measure"),
    **dict.fromkeys(("indicateur", "critère", "libellé"), "mesure"),
    **dict.fromkeys(("amount", "figure", "score"), "value"),
    **dict.fromkeys(("montant", "chiffre", "donnée"), "valeur"),
    **dict.fromkeys(("period", "year", "quarter"), "evaluation"),
    **dict.fromkeys(("période", "année", "trimestre", "échéance"), "évaluation"),
}
"""What people head a column with that has another name here."""

_SEPARATORS: Final = {",": ",", ";": ";", "|": "|", "tab": "\t", "tabulation": "\t"}
_DECLARATION: Final = re.compile(
    r"#\s*(?:separator|séparateur)\s+(?P<separator>,|;|\||tab|tabulation)"
    r"\s*[,;]?\s*(?:decimal|décimale?)\s+(?P<mark>[.,])[\s,;]*",
    re.IGNORECASE,
)


@frozen
class _Record:
    """A line of cells as written, quotation marks and all; each with the place where it begins."""

    number: int
    cells: tuple[tuple[int, str], ...]


@frozen
class _Sheet:
    """What is known before the first row: the text, and how it is to be read."""

    source: Source
    kind: TableKind
    form: CsvForm
    language: Language

    def finding(
        self, code: str, span: Span, text: Message, help: Message | None = None
    ) -> Diagnostic:
        label = Label(span, None, self.source.name)
        return Diagnostic(code, Severity.ERROR, text, label, (), help)


def read_csv(source: Source, kind: TableKind, form: CsvForm, language: Language = "en") -> Table:
    """The rows of a sheet, read as they are walked.

    ``form`` holds unless the first line declares another. ``language`` is that in which the findings
    name the columns; headings are read in both.
    """
    return Table(kind, source.name, _rows(source, kind, form, language))


def _rows(
    source: Source, kind: TableKind, form: CsvForm, language: Language
) -> Iterator[Row | Diagnostic]:
    sheet = _Sheet(source, kind, form, language)
    at = source.text.find("\0")
    if at >= 0:
        problem = message("the file holds a NUL character, which no text has")
        advice = message("save the sheet as CSV in UTF-8")
        yield sheet.finding("SIB607", Span(at, at + 1), problem, advice)
        return
    text = source.text if "\n" in source.text else source.text.replace("\r", "\n")
    start = 1 if text.startswith("\ufeff") else 0
    first_line = text[start:].partition("\n")[0]
    if not first_line.startswith("#"):
        yield from _body(sheet, _records(text, start, form.separator, 0))
        return
    declared = _declared(first_line)
    if declared is None:
        yield sheet.finding("SIB603", Span(start, start + len(first_line)), *_BAD_DECLARATION)
        return
    sheet = _Sheet(source, kind, declared, language)
    yield from _body(sheet, _records(text, start + len(first_line) + 1, declared.separator, 1))


def _declared(line: str) -> CsvForm | None:
    """What the first line declares; None where it cannot be read."""
    found = _DECLARATION.fullmatch(line.strip())
    if found is None:
        return None
    mark: DecimalMark = "," if found["mark"] == "," else "."
    return CsvForm(_SEPARATORS[found["separator"].lower()], mark)


_BAD_DECLARATION: Final = (
    message("the first line does not say how the sheet is written"),
    message("write ‘{example}’", example="# separator ; decimal ,"),
)


def _body(sheet: _Sheet, records: Iterator[_Record | int]) -> Iterator[Row | Diagnostic]:
    """The rows under a heading that can be read; else only what is wrong with it."""
    header = next(records, None)
    start = header if isinstance(header, int) else header.cells[0][0] if header else 0
    misfit = _misfit(sheet, start)
    if misfit is not None:
        yield misfit
        return
    if header is None:
        problem = message("the sheet is empty")
        yield sheet.finding("SIB602", Span(0, 0), problem, _begin(_needed(sheet)))
        return
    if isinstance(header, int):
        yield _unclosed(sheet, header)
        return
    columns, findings = _columns(sheet, header)
    yield from findings
    if findings:
        return
    for record in records:
        if isinstance(record, int):
            yield _unclosed(sheet, record)
        else:
            yield from _row(sheet, columns, record)


def _begin(columns: tuple[str, ...]) -> Message:
    return message("begin with a row that names the columns: {columns}", columns=columns)


def _names(columns: tuple[Column, ...], language: Language) -> tuple[str, ...]:
    return tuple(column_name(column, language) for column in columns)


# -------------------------------------------------------------------------------------- headings


def _columns(sheet: _Sheet, header: _Record) -> tuple[tuple[Column | None, ...], list[Diagnostic]]:
    """The column that each heading names; None under an empty heading, where nothing may stand."""
    headings = [(Span(at, at + len(raw)), _plain(raw).strip()) for at, raw in header.cells]
    columns: list[Column | None] = []
    findings: list[Diagnostic] = []
    for span, heading in headings:
        column = find_column(heading, sheet.kind) if heading else None
        if heading and column is None:
            findings.append(_unknown_column(sheet, span, heading))
        elif column is not None and column in columns:
            text = message("there are two columns ‘{column}’", column=heading)
            findings.append(sheet.finding("SIB601", span, text, ONE_COLUMN))
        columns.append(column)
    missing = tuple(name for name in REQUIRED[sheet.kind] if name not in columns)
    if missing and not findings:
        whole = Span(headings[0][0].start, headings[-1][0].end)
        names = _names(missing, sheet.language)
        text = message("a column is missing: {columns}", columns=names)
        findings.append(sheet.finding("SIB602", whole, text, _begin(_needed(sheet))))
    return tuple(columns), findings


def _needed(sheet: _Sheet) -> tuple[str, ...]:
    return _names(REQUIRED[sheet.kind], sheet.language)


def _unknown_column(sheet: _Sheet, span: Span, heading: str) -> Diagnostic:
    known = tuple(
        column_name(column, language) for language in LANGUAGES for column in COLUMNS[sheet.kind]
    )
    near = nearest(heading.casefold(), known) or _CALLED_OTHERWISE.get(heading.casefold())
    advice = (
        message("did you mean ‘{name}’?", name=near)
        if near
        else message(
            "the columns are: {columns}", columns=_names(COLUMNS[sheet.kind], sheet.language)
        )
    )
    return sheet.finding(
        "SIB601", span, message("there is no column ‘{name}’", name=heading), advice
    )


def _misfit(sheet: _Sheet, start: int) -> Diagnostic | None:
    """A heading that reads well only with another separator than the one declared."""
    line = sheet.source.text[start : start + LONGEST_CELL].partition("\n")[0].partition("\r")[0]
    if _names_a_column(sheet, line.split(sheet.form.separator)):
        return None
    for name, separator in _SEPARATORS.items():
        parts = line.split(separator)
        if len(parts) > 1 and _names_a_column(sheet, parts):
            return _other_separator(sheet, Span(start, start + len(line)), name)
    return None


def _names_a_column(sheet: _Sheet, parts: list[str]) -> bool:
    return any(find_column(_plain(part), sheet.kind) for part in parts)


def _other_separator(sheet: _Sheet, span: Span, name: str) -> Diagnostic:
    declared = next(n for n, mark in _SEPARATORS.items() if mark == sheet.form.separator)
    text = message(
        "the cells are parted by ‘{found}’, but ‘{declared}’ is declared",
        found=name,
        declared=declared,
    )
    if name == "tab":
        # A sheet parted by tabs may be of either country: the decimal mark stays as declared.
        return sheet.finding(
            "SIB603",
            span,
            text,
            message(
                "write ‘{example}’ as the first line, with the decimal mark that the sheet has",
                example=f"# separator tab decimal {sheet.form.decimal_mark}",
            ),
        )
    # The decimal mark cannot be seen in the heading; the advice names the usual companion.
    mark = "." if name == "," else ","
    advice = message(
        "write ‘{example}’ as the first line if decimals are written so, or say --csv {form}",
        example=f"# separator {name} decimal {mark}",
        form="en" if name == "," else "fr",
    )
    return sheet.finding("SIB603", span, text, advice)


# ------------------------------------------------------------------------------------------- rows


def _row(
    sheet: _Sheet, columns: tuple[Column | None, ...], record: _Record
) -> Iterator[Row | Diagnostic]:
    plain = [_plain(raw) for _, raw in record.cells]
    if not any(map(str.strip, plain)):
        return
    if max(map(len, plain)) > LONGEST_CELL:
        yield _too_long(sheet, record, plain)
    elif len(plain) != len(columns):
        # Even an empty cell too many: it may be the place of a value that a decimal comma split.
        yield _ragged(sheet, record, len(columns))
    elif None in columns and (stray := _stray(columns, plain)) is not None:
        text = message("row {row} has a value in a column without a name", row=record.number)
        yield sheet.finding("SIB604", _span(record.cells[stray]), text)
    else:
        values: dict[Column, Value] = {
            column: cell for column, cell in zip(columns, plain, strict=False) if column is not None
        }
        mark = sheet.form.decimal_mark
        name, number = sheet.source.name, record.number
        yield Row(name, number, values, record.cells, columns, sheet.language, mark)


def _stray(columns: tuple[Column | None, ...], plain: list[str]) -> int | None:
    """The first cell with something in it under an empty heading."""
    for at, (column, cell) in enumerate(zip(columns, plain, strict=False)):
        if column is None and cell.strip():
            return at
    return None


def _span(cell: tuple[int, str]) -> Span:
    at, raw = cell
    return Span(at, at + len(raw))


def _ragged(sheet: _Sheet, record: _Record, columns: int) -> Diagnostic:
    span = _span(record.cells[0]).to(_span(record.cells[-1]))
    text = message(
        "row {row} has another number of cells ({cells}) than there are columns ({columns})",
        row=record.number,
        cells=len(record.cells),
        columns=columns,
    )
    missing = columns - len(record.cells)
    advice = (
        message(
            "add {count} × ‘{mark}’ at its end for the empty cells",
            count=missing,
            mark=_mark(sheet),
        )
        if missing > 0
        else message("a value that holds ‘{mark}’ stands in quotation marks", mark=_mark(sheet))
    )
    return sheet.finding("SIB604", span, text, advice)


def _mark(sheet: _Sheet) -> str:
    return "tab" if sheet.form.separator == "\t" else sheet.form.separator


def _too_long(sheet: _Sheet, record: _Record, plain: list[str]) -> Diagnostic:
    text = message(
        "a cell of row {row} has more than {most} characters", row=record.number, most=LONGEST_CELL
    )
    start = next(
        at for (at, _), cell in zip(record.cells, plain, strict=True) if len(cell) > LONGEST_CELL
    )
    advice = message("is a quotation mark missing?")
    return sheet.finding("SIB605", Span(start, start + 1), text, advice)


def _unclosed(sheet: _Sheet, at: int) -> Diagnostic:
    text = message("a quotation mark opens this cell and does not close it")
    advice = message('double a quotation mark that belongs to the text: ""')
    return sheet.finding("SIB606", Span(at, at + 1), text, advice)


# ---------------------------------------------------------------------------------------- records


def _records(text: str, start: int, separator: str, number: int) -> Iterator[_Record | int]:
    """The records of the text, or the place of a quotation mark that is never closed."""
    at = start
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        number += 1
        if '"' in text[at:end]:
            quoted = _quoted_record(text, at, separator)
            if isinstance(quoted, int):
                yield quoted
                return
            end, cells = quoted
        else:
            cells = _plain_record(text[at:end].rstrip("\r"), at, separator)
        yield _Record(number, cells)
        at = end + 1


def _plain_record(line: str, at: int, separator: str) -> tuple[tuple[int, str], ...]:
    cells: list[tuple[int, str]] = []
    for cell in line.split(separator):
        cells.append((at, cell))
        at += len(cell) + 1
    return tuple(cells)


def _quoted_record(
    text: str, at: int, separator: str
) -> tuple[int, tuple[tuple[int, str], ...]] | int:
    """A record with quotation marks in it: where its last line ends, and its cells."""
    cell_form = _cell(separator)
    cells: list[tuple[int, str]] = []
    while True:
        found = cell_form.match(text, at)
        if found is None:
            return at
        cells.append((at, found[1]))
        at = found.end()
        if not text.startswith(separator, at):
            break
        at += 1
    end = text.find("\n", at)
    return (len(text) if end < 0 else end), tuple(cells)


def _cell(separator: str) -> re.Pattern[str]:
    part = re.escape(separator)
    quoted = r' *"[^"]*(?:""[^"]*)*" *'
    bare = rf'(?! *")[^{part}\r\n]*'
    return re.compile(rf"({quoted}|{bare})(?={part}|\r?\n|\r?\Z)")


def _plain(raw: str) -> str:
    """The text of a cell without the quotation marks around it."""
    trimmed = raw.strip()
    if len(trimmed) > 1 and trimmed[0] == trimmed[-1] == '"':
        return trimmed[1:-1].replace('""', '"')
    return raw
