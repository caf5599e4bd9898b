"""The type of a payment table: what its rows make of its key.

In steps and interpolated, a table has the type of its rows. Marginal, it has that of a rate times a
part of the key: an amount or number per unit of a count or number, a percentage of an amount, and
so much ``per point`` of a percentage or of points. Language reference, "Tables".
"""

from __future__ import annotations

from sibdsl.checks.types.arithmetic import SCALAR, UNKNOWN, Type, is_amount, settled
from sibdsl.checks.types.inference import infer
from sibdsl.checks.types.judgement import Judgement
from sibdsl.checks.types.refusals import said
from sibdsl.checks.types.settling import settle
from sibdsl.diagnostics import message
from sibdsl.syntax.nodes import Expr, Row, Table, TableMode
from sibdsl.units import COUNT, DATE, DAYS, MONTHS, NUMBER, PERCENTAGE, POINTS, YES_NO, Unit

_IN_PARTS = frozenset({COUNT, NUMBER, PERCENTAGE, POINTS})


def table_type(table: Table, judgement: Judgement) -> Type:
    """The type of a table's value; the units of its bounds and rows are written down."""
    key = _key(table, judgement)
    judgement.keys[table.name.text] = key
    for row in table.rows:
        infer(row.bound, judgement)
        _bound(row, settled(key), judgement)
        _per_point(table, row, settled(key), judgement)
    values = [row.value for row in table.rows]
    if table.otherwise is not None:
        values.append(table.otherwise)
    for value in values:
        infer(value, judgement)
    joint = judgement.agree(values) if values else UNKNOWN
    for value in values:
        settle(value, settled(joint), judgement)
    if table.mode is TableMode.MARGINAL:
        return _marginal(table, settled(key), joint, judgement)
    if table.mode is TableMode.INTERPOLATED and joint in {YES_NO, DATE, DAYS, MONTHS}:
        return judgement.refuse(
            "SIB324",
            table.rows[0].value.span,
            message("between rows there is nothing: each is {kind}", kind=said(joint)),
            message("write ‘in steps’"),
        )
    return joint


def _key(table: Table, judgement: Judgement) -> Type:
    key = judgement.terms.get(table.key.text, UNKNOWN)
    # That a table cannot go by yes or no is a matter of the tables.
    return UNKNOWN if key == YES_NO else key


def _bound(row: Row, key: Unit | None, judgement: Judgement) -> None:
    if key is not None:
        judgement.want(row.bound, key)
    settle(row.bound, key, judgement)


def _per_point(table: Table, row: Row, key: Unit | None, judgement: Judgement) -> None:
    """``per point`` is said exactly where a marginal table goes by a percentage or points."""
    if key is None:
        return
    is_by_points = table.mode is TableMode.MARGINAL and key in {PERCENTAGE, POINTS}
    if is_by_points and not row.per_point:
        judgement.refuse(
            "SIB318",
            row.value.span,
            message("‘{key}’ is in percent: the rate must say ‘per point’", key=table.key.text),
            message("write ‘per point’ after the rate"),
        )
    elif row.per_point and not is_by_points:
        judgement.refuse(
            "SIB318",
            row.value.span,
            message(
                "‘per point’ is only for the rates of a marginal table by a percentage or points"
            ),
            message("take ‘per point’ away, or write ‘marginal’"),
        )


def _marginal(table: Table, key: Unit | None, rate: Type, judgement: Judgement) -> Type:
    """The type of the rate times a part of the key."""
    if key is None or rate is UNKNOWN or not table.rows:
        return UNKNOWN
    place: Expr = table.rows[0].value
    if is_amount(key):
        if judgement.want(place, PERCENTAGE):
            return key
        return UNKNOWN
    if key not in _IN_PARTS:
        return judgement.refuse(
            "SIB319",
            table.key.span,
            message("{key} has no part inside a band", key=key),
            message("write ‘in steps’ or ‘interpolated’"),
        )
    allowed = {NUMBER, COUNT} if key in {NUMBER, COUNT} else {NUMBER, COUNT, PERCENTAGE, POINTS}
    unit = NUMBER if rate is SCALAR else settled(rate)
    if unit is not None and (is_amount(unit) or unit in allowed):
        return NUMBER if unit == COUNT else unit
    return judgement.refuse(
        "SIB319",
        place.span,
        message("a rate by {key} is an amount or a number, not {rate}", key=key, rate=said(rate)),
    )
