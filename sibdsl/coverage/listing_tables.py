"""The cases of a table: each row, the value at which it begins, the value just below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import assert_never

from sibdsl.coverage.cases import Case, CaseKind, Clause, Edge
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Index, Lookup, Plan, TableMode
from sibdsl.source import Span
from sibdsl.units import Kind, Unit

ClauseAt = Callable[[Span | None], Clause]


def row_cases(plan: Plan, terms: tuple[Index, ...], clause_at: ClauseAt) -> Iterator[Case]:
    """The cases of the look-ups of one table, in the order of its rows."""
    term = plan.terms[terms[0]]
    assert isinstance(term, Lookup)
    table = _Table(term, terms, plan.terms[term.key].unit, clause_at)
    has_below = term.otherwise is not None or term.mode is TableMode.MARGINAL
    if has_below and table.can_be_below(0):
        yield table.case(CaseKind.BELOW_FIRST_ROW, len(term.bounds), until=table.edge(0))
    for row in range(len(term.bounds)):
        yield from table.row(row)


@frozen
class _Table:
    term: Lookup
    terms: tuple[Index, ...]
    unit: Unit
    clause_at: ClauseAt

    def case(self, kind: CaseKind, row: int, until: Edge | None = None) -> Case:
        places = self.term.places
        place = places[1 + row] if 1 + row < len(places) else next(iter(places), None)
        edge = self.edge(row) if row < len(self.term.bounds) else None
        return Case(
            kind,
            self.clause_at(place),
            self.terms,
            place,
            row,
            edge=edge,
            until=until,
            mode=self.term.mode,
        )

    def edge(self, row: int) -> Edge:
        """Where a row begins; just below is within a step of it and still in the row before."""
        at = self.term.bounds[row].at
        step = step_of(self.unit)
        if row and self.term.bounds[row - 1].at < at:
            step = min(step, at - self.term.bounds[row - 1].at)
        return Edge(at, self.unit, step, included=self.term.bounds[row].included)

    def can_be_below(self, row: int) -> bool:
        """Whether a key can lie below a row: no count is below nil."""
        return self.unit.kind is not Kind.COUNT or self.term.bounds[row].at > 0

    def row(self, row: int) -> Iterator[Case]:
        """The cases of one row; one that holds at a single value is shown at that value alone."""
        bounds, mode = self.term.bounds, self.term.mode
        jumps = row + 1 < len(bounds) and bounds[row + 1].at == bounds[row].at
        after_jump = row > 0 and bounds[row - 1].at == bounds[row].at
        if not jumps:
            until = self.edge(row + 1) if row + 1 < len(bounds) else None
            yield self.case(CaseKind.ROW, row, until)
        if not after_jump:
            yield self.case(CaseKind.ROW_EDGE, row)
        may_be_below = bounds[row].included and not after_jump and self.can_be_below(row)
        if may_be_below and self._jumps_at(row, mode):
            yield self.case(CaseKind.JUST_BELOW, row)

    def _jumps_at(self, row: int, mode: TableMode) -> bool:
        """Whether what the table comes to may jump where a row begins."""
        match mode:
            case TableMode.STEPS:
                return True
            case TableMode.INTERPOLATED:
                return row == 0
            case TableMode.MARGINAL:
                return False
            case _:
                assert_never(mode)


def step_of(unit: Unit) -> Fraction:
    """How far below an edge is just below: one, of percentages and points one hundredth."""
    return Fraction(1, 100) if unit.kind in {Kind.PERCENTAGE, Kind.POINTS} else Fraction(1)
