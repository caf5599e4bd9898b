"""Rows as they came in, before anything is made of them: the common shape of CSV, JSON and the API.

A reader gives a :class:`Table`: its columns and an iterator of rows, read as it is walked, so that a
million rows need the memory of one.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final, Literal

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.numerals import DecimalMark, Language
from sibdsl.source import Span

Value = str | int | Decimal | Fraction | bool | date | float | None
"""What a cell may hold. A ``float`` comes only from the API, and is there to be refused by name."""


class TableKind(Enum):
    """The three sheets that may come with a contract."""

    RESULTS = "results"
    CLAIMS = "claims"
    PARTICIPANTS = "participants"


Column = Literal[
    "measure",
    "evaluation",
    "value",
    "status",
    "reported by",
    "reported on",
    "evidence",
    "participant",
    "rate card",
    "outcome",
    "date",
    "class",
    "started on",
]

COLUMNS: Final[Mapping[TableKind, tuple[Column, ...]]] = {
    TableKind.RESULTS: (
        "measure",
        "evaluation",
        "value",
        "status",
        "reported by",
        "reported on",
        "evidence",
    ),
    TableKind.CLAIMS: (
        "participant",
        "outcome",
        "date",
        "evaluation",
        "rate card",
        "status",
        "reported on",
        "evidence",
    ),
    TableKind.PARTICIPANTS: ("participant", "class", "started on"),
}
REQUIRED: Final[Mapping[TableKind, tuple[Column, ...]]] = {
    TableKind.RESULTS: ("measure", "evaluation", "value"),
    TableKind.CLAIMS: ("participant", "outcome", "date"),
    TableKind.PARTICIPANTS: ("participant",),
}
FRENCH: Final[Mapping[Column, str]] = {
    "measure": "mesure",
    "evaluation": "évaluation",
    "value": "valeur",
    "status": "statut",
    "reported by": "établi par",
    "reported on": "établi le",
    "evidence": "pièce",
    "participant": "participant",
    "rate card": "grille tarifaire",
    "outcome": "résultat",
    "date": "date",
    "class": "catégorie",
    "started on": "entré le",
}


ONE_COLUMN: Final = message("keep one of the two columns")
"""What to do about two columns of one name."""


def column_name(column: Column, language: Language) -> str:
    """What a column is called in a language."""
    return FRENCH[column] if language == "fr" else column


def find_column(heading: str, kind: TableKind) -> Column | None:
    """The column a heading names, in either language; capitals and spaces around do not matter."""
    plain = " ".join(heading.casefold().replace("_", " ").split())
    for column in COLUMNS[kind]:
        if plain in {column, FRENCH[column]}:
            return column
    return None


@frozen
class Row:
    """One row: its number as a spreadsheet shows it, and its values by column.

    ``file`` names where it came from. ``cells`` are the places of the cells in the text, each with
    what is written there, in the order of the columns; empty where the row has no text of its own
    (JSON, the API). They become spans only where a finding needs one.
    """

    file: str
    number: int
    values: Mapping[Column, Value]
    cells: tuple[tuple[int, str], ...]
    columns: tuple[Column | None, ...]
    language: Language
    decimal_mark: DecimalMark

    def value(self, column: Column) -> Value:
        """The value in a column; None where the cell is empty or there is no such column."""
        found = self.values.get(column)
        if isinstance(found, str):
            return found.strip() or None
        return found

    def span(self, column: Column) -> Span | None:
        """The place of a cell in the text; None where the row has no text of its own."""
        if column not in self.columns or not self.cells:
            return None
        at, written = self.cells[self.columns.index(column)]
        return Span(at, at + len(written))

    def label(self, column: Column | None = None) -> Label:
        """The place of a cell, or of the whole row."""
        if column is None:
            return Label(None, message("row {row}", row=self.number), self.file)
        name = column_name(column, self.language)
        text = message("row {row}, column ‘{column}’", row=self.number, column=name)
        return Label(self.span(column), text, self.file)

    def refuse(
        self,
        code: str,
        column: Column | None,
        text: Message,
        *,
        help: Message | None = None,
        others: tuple[Label, ...] = (),
    ) -> Diagnostic:
        """A finding at a cell of this row."""
        return Diagnostic(code, Severity.ERROR, text, self.label(column), others, help)


@frozen
class Table:
    """A sheet: rows to be walked once. A row that could not be read is a finding in its place.

    ``handed_in`` tells a sheet without rows, which says that there are none, from no sheet at all.
    """

    kind: TableKind
    file: str
    rows: Iterator[Row | Diagnostic]
    handed_in: bool = True


def no_rows(kind: TableKind) -> Table:
    """A sheet that did not come."""
    return Table(kind, kind.value, iter(()), handed_in=False)
