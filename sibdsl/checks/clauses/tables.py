"""Payment tables: rows that rise, a value before the first row, keys that have an order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.checked import Checked
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Date, MeasureKind, Row, Table, TableMode
from sibdsl.units import Kind, Quantity, Unit


def rows_not_rising(checked: Checked) -> Iterable[Diagnostic]:
    """Rows out of order, or a bound written twice: which of the two would hold?

    ``from 10%`` may be followed by ``above 10%``: that is a jump.
    """
    bounds = Bounds(checked)
    for table in statements(checked.contract, Table):
        for row, following in pairwise(table.rows):
            low, high = fixed_bound(bounds, row), fixed_bound(bounds, following)
            if low is None or high is None or low < high:
                continue
            if low == high and row.included and not following.included:
                continue
            yield error(
                "SIB501",
                following.bound.span,
                message(
                    "the rows of ‘{table}’ do not rise: {later} stands after {earlier}",
                    table=table.name.text,
                    later=_bound(checked, following, high),
                    earlier=_bound(checked, row, low),
                ),
                others=(Label(row.bound.span, message("the row before it")),),
                help=message("put the rows in order, the lowest first, and each bound once"),
            )


def _bound(checked: Checked, row: Row, value: Fraction) -> Quantity:
    return Quantity(value, checked.types.get(row.bound.span, Unit(Kind.NUMBER)))


def fixed_bound(bounds: Bounds, row: Row) -> Fraction | None:
    """The bound of a row, a date as its day number; None where it is not fixed."""
    if isinstance(row.bound, Date):
        return Fraction(row.bound.value.toordinal())
    found = bounds.of(row.bound)
    return found.least if found.low == found.high else None


def bound_not_fixed(checked: Checked) -> Iterable[Diagnostic]:
    """A bound that depends on a result: rows might then change their order."""
    bounds = Bounds(checked)
    for table in statements(checked.contract, Table):
        for row in table.rows:
            if fixed_bound(bounds, row) is None:
                yield error(
                    "SIB502",
                    row.bound.span,
                    message(
                        "a row of ‘{table}’ begins at a value that is not fixed",
                        table=table.name.text,
                    ),
                    help=message(
                        "write a number, or a term made only of numbers; for a bound that moves "
                        "with results, key the table by the difference from it"
                    ),
                )


def missing_otherwise(checked: Checked) -> Iterable[Diagnostic]:
    """A table in steps or interpolated that does not say its value before the first row."""
    for table in statements(checked.contract, Table):
        if table.mode is not TableMode.MARGINAL and table.otherwise is None and table.rows:
            yield error(
                "SIB503",
                table.name.span,
                message("‘{table}’ has no value before its first row", table=table.name.text),
                others=(Label(table.rows[0].span, message("the first row")),),
                help=message(
                    "write after the last row: otherwise: {nil}", nil=_nil(checked, table.rows[0])
                ),
            )


def _nil(checked: Checked, row: Row) -> Quantity:
    unit = checked.types.get(row.value.span, Unit(Kind.AMOUNT, checked.currency))
    kinds = (Kind.AMOUNT, Kind.PERCENTAGE, Kind.POINTS, Kind.NUMBER, Kind.COUNT)
    return Quantity(Fraction(0), unit if unit.kind in kinds else Unit(Kind.NUMBER))


def otherwise_in_marginal(checked: Checked) -> Iterable[Diagnostic]:
    """A marginal table with ``otherwise``: before its first row nothing is counted anyway."""
    for table in statements(checked.contract, Table):
        if table.mode is TableMode.MARGINAL and table.otherwise is not None:
            yield error(
                "SIB504",
                table.otherwise.span,
                message(
                    "‘{table}’ is marginal: before its first row nothing is counted",
                    table=table.name.text,
                ),
                help=message(
                    "delete the otherwise; for a rate before the first row add a row from the "
                    "lowest value"
                ),
            )


def key_without_order(checked: Checked) -> Iterable[Diagnostic]:
    """A table keyed by yes or no, by a party, or by anything else that cannot rise."""
    for table in statements(checked.contract, Table):
        declared = checked.names.declared.get(table.key.text)
        match declared:
            case nodes.Measure() if declared.kind is not MeasureKind.YES_NO:
                continue
            case nodes.Measure() | nodes.Condition():
                yield _no_order(table)
            case nodes.Definition() if checked.types.get(declared.body.span) == Unit(Kind.YES_NO):
                yield _no_order(table)
            case _:
                continue


def _no_order(table: Table) -> Diagnostic:
    return error(
        "SIB505",
        table.key.span,
        message(
            "‘{table}’ cannot go by ‘{key}’, which is yes or no",
            table=table.name.text,
            key=table.key.text,
        ),
        help=message(
            "write a definition instead: {table} means if {key} then … else …",
            table=table.name.text,
            key=table.key.text,
        ),
    )


def jump_in_marginal(checked: Checked) -> Iterable[Diagnostic]:
    """A marginal table with ``above``: a rate counts from a point on, which has no two sides."""
    for table, row in _marginal_rows(checked):
        if not row.included:
            yield error(
                "SIB506",
                row.span,
                message(
                    "‘{table}’ is marginal: a rate counts from its bound on, so ‘above’ says "
                    "nothing that ‘from’ does not",
                    table=table.name.text,
                ),
                help=message("write from in place of above, with one row for each bound"),
            )


def _marginal_rows(checked: Checked) -> Iterator[tuple[Table, Row]]:
    for table in statements(checked.contract, Table):
        if table.mode is TableMode.MARGINAL:
            for row in table.rows:
                yield table, row
