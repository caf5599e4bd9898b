"""What a contract invites to: cliffs, and payments that fall when a result improves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.trends import Trend, Trends, together
from sibdsl.checks.checked import Checked
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import roles_of, statements
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Direction, Expr, Measure, Payment, Role, Table, TableMode
from sibdsl.units import PERCENTAGE, Quantity

CLIFF: Final = Fraction(1, 4)
"""The share of a table's largest value that one step may move without a warning.

A table of four even steps or more is quiet; docs/decisions says why a quarter.
"""


def cliff(checked: Checked) -> Iterable[Diagnostic]:
    """A table one step of which moves more than a quarter of its largest value.

    Where so much hangs on one case more or less, the case will be argued about. A jump is a jump in
    a table in steps, and in an interpolated one between ``otherwise`` and the first row, or where
    ``above`` follows ``from``.
    """
    bounds = Bounds(checked)
    for table in statements(checked.contract, Table):
        jumps = [(share, value) for share, value in _jumps(bounds, table) if share > CLIFF]
        if not jumps:
            continue
        largest, place = max(jumps, key=lambda jump: jump[0])
        yield warning(
            "SIB543",
            place.span,
            message(
                "one step of ‘{table}’ moves about {share} of its largest value",
                table=table.name.text,
                share=Quantity(round(largest * 100, 0) / Fraction(100), PERCENTAGE),
            ),
            others=tuple(
                Label(value.span, message("also more than a quarter"))
                for _, value in jumps
                if value is not place
            ),
            help=message("add rows between, or write ‘interpolated’ so that the value rises evenly")
            if table.mode is TableMode.STEPS
            else message("begin with a row nearer to what is paid below it, if no jump is meant"),
        )


def _jumps(bounds: Bounds, table: Table) -> Iterator[tuple[Fraction, Expr]]:
    """How far the value moves at once at each row, as a share of the largest; where it is fixed."""
    if table.mode is TableMode.MARGINAL:
        return
    rows = [(row, bounds.of(row.value)) for row in table.rows]
    fixed = [(row, value.least) for row, value in rows if value.low == value.high]
    values = [(row, value) for row, value in fixed if value is not None]
    largest = max((abs(value) for _, value in values), default=Fraction(0))
    if len(values) != len(rows) or not largest:
        return
    before = None if table.otherwise is None else bounds.of(table.otherwise)
    last = before.least if before is not None and before.low == before.high else None
    for number, (row, value) in enumerate(values):
        jumps_here = table.mode is TableMode.STEPS or number == 0 or not row.included
        if last is not None and jumps_here:
            yield abs(value - last) / largest, row.value
        last = value


def falls_as_results_improve(checked: Checked) -> Iterable[Diagnostic]:
    """A payment for outcomes that falls when a result improves, by the measure's own direction.

    Only payments by an outcome payer (or somebody on its behalf) to another party: a guarantee or a
    claw-back is meant to fall as results improve.
    """
    plain = Bounds(checked)
    for measure in statements(checked.contract, Measure):
        better = next(
            (one.direction for one in measure.details if isinstance(one, nodes.BetterResult)), None
        )
        if better is None:
            continue
        trends = Trends(plain, measure.name.text)
        wrong = Trend.FALLS if better is Direction.HIGHER else Trend.RISES
        for payment in payments_of(checked):
            if _pays_for_outcomes(checked, payment) and _trend(trends, payment) is wrong:
                yield warning(
                    "SIB544",
                    payment.name.span,
                    message(
                        "‘{payment}’ falls when ‘{measure}’ improves",
                        payment=payment.name.text,
                        measure=measure.name.text,
                    ),
                    others=(
                        Label(measure.name.span, message("its better direction is said here")),
                    ),
                    help=message(
                        "look at the signs and the order of the rows, or at ‘higher is better’ and "
                        "‘lower is better’"
                    ),
                )


_AGAINST = frozenset({Role.INVESTOR, Role.SERVICE_PROVIDER, Role.GUARANTOR})


def _pays_for_outcomes(checked: Checked, payment: Payment) -> bool:
    payer = roles_of(checked, payment.payer.text)
    payee = roles_of(checked, payment.payee.text)
    return payer.isdisjoint(_AGAINST) and Role.OUTCOME_PAYER not in payee


def _trend(trends: Trends, payment: Payment) -> Trend:
    moving = [trends.of(payment.amount)]
    if payment.when is not None:
        moving.append(trends.of(payment.when))
    if payment.unless is not None:
        moving.append(trends.of(nodes.Not(payment.unless, span=payment.unless.span)))
    return together(moving)
