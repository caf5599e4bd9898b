"""Which way a whole moves when one part of it rises: read down an expression, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.ranges import ZERO, Range
from sibdsl.checks.bounds.trends import Trend
from sibdsl.frozen import frozen
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator, Relation
from sibdsl.syntax.walk import children

UP, DOWN, UNSURE, STEADY = Trend.RISES, Trend.FALLS, Trend.UNSURE, Trend.STEADY

UPWARDS: Final = frozenset(
    {Relation.AT_LEAST, Relation.MORE_THAN, Relation.AFTER, Relation.ON_OR_AFTER}
)
"""The comparisons that hold more easily the higher their left side is."""

_DEEPEST: Final = 60
"""How many brackets deep a sign is followed; what is deeper may move either way."""


@frozen
class Part:
    """A part right below an expression; ``sign`` is the trend of the whole when the part rises."""

    expr: Expr
    sign: Trend
    is_rate: bool = False


def then(first: Trend, second: Trend) -> Trend:
    """The trend through two steps, one upon the other."""
    if STEADY in (first, second):
        return STEADY
    if UNSURE in (first, second):
        return UNSURE
    return UP if first is second else DOWN


def opposite(trend: Trend) -> Trend:
    """The other way."""
    return then(DOWN, trend)


def parts_of(expr: Expr, bounds: Bounds) -> tuple[Part, ...]:
    """The parts right below an expression, in the order of the text."""
    match expr:
        case nodes.Arithmetic():
            return _of_arithmetic(expr, bounds)
        case nodes.Negative() | nodes.Not():
            return (Part(expr.operand, DOWN),)
        case nodes.Extremum() | nodes.And() | nodes.Or() | nodes.AtLeast():
            return tuple(Part(item, UP) for item in expr.items)
        case nodes.Rounded():
            return Part(expr.operand, UP), Part(expr.step, UNSURE)
        case nodes.PointsIn() | nodes.InCurrency():
            return (Part(expr.operand, UP),)
        case nodes.OrElse():
            return Part(expr.operand, UP), Part(expr.fallback, UP)
        case nodes.Choice():
            yes, no = bounds.of(expr.yes), bounds.of(expr.no)
            sign = UP if yes.low >= no.high else DOWN if yes.high <= no.low else UNSURE
            return Part(expr.condition, sign), Part(expr.yes, UP), Part(expr.no, UP)
        case nodes.Comparison():
            if expr.relation is Relation.IS:
                return Part(expr.left, UNSURE), Part(expr.right, UNSURE)
            sign = UP if expr.relation in UPWARDS else DOWN
            return Part(expr.left, sign), Part(expr.right, opposite(sign))
        case nodes.Between():
            return Part(expr.operand, UNSURE), Part(expr.low, DOWN), Part(expr.high, UP)
        case nodes.Interest():
            sign = _sign(bounds.of(expr.amount))
            return (
                Part(expr.amount, UP),
                Part(expr.rate, sign, is_rate=True),
                Part(expr.start, UNSURE),
                Part(expr.end, UNSURE),
            )
        case nodes.Indexed():
            sign = _sign(bounds.of(expr.operand))
            return (
                Part(expr.operand, UP),
                Part(expr.rate, sign, is_rate=True),
                Part(expr.start, UNSURE),
            )
        case nodes.LookUp():
            return (Part(expr.key, UNSURE),)
        case _:
            return tuple(Part(each, UNSURE) for each in children(expr) if isinstance(each, Expr))


def _of_arithmetic(expr: nodes.Arithmetic, bounds: Bounds) -> tuple[Part, ...]:
    left, right = expr.left, expr.right
    match expr.operator:
        case Operator.PLUS:
            return Part(left, UP), Part(right, UP)
        case Operator.MINUS:
            return Part(left, UP), Part(right, DOWN)
        case Operator.TIMES | Operator.OF:
            return Part(left, _sign(bounds.of(right))), Part(right, _sign(bounds.of(left)))
        case Operator.DIVIDED_BY:
            below = opposite(_sign(bounds.of(left)))
            return Part(left, _sign(bounds.of(right))), Part(right, below)


def _sign(factor: Range) -> Trend:
    """What a factor does to the trend of the other."""
    if factor.low >= ZERO:
        return UP
    return DOWN if factor.high <= ZERO else UNSURE


def all_parts(expr: Expr, bounds: Bounds) -> Iterator[Part]:
    """An expression and everything in it, each with its sign in the whole."""
    waiting = [(Part(expr, UP), 0)]
    while waiting:
        part, depth = waiting.pop()
        yield part
        for below in parts_of(part.expr, bounds):
            sign = then(part.sign, below.sign) if depth < _DEEPEST else UNSURE
            waiting.append((Part(below.expr, sign, below.is_rate), depth + 1))


def key_sign(table: nodes.Table, bounds: Bounds) -> Trend:
    """The trend of what a table gives when its key rises."""
    ranges = [bounds.of(row.value) for row in table.rows]
    if table.mode is nodes.TableMode.MARGINAL:
        return UP if all(each.low >= ZERO for each in ranges) else UNSURE
    if table.otherwise is not None:
        ranges.insert(0, bounds.of(table.otherwise))
    if all(one.high <= other.low for one, other in pairwise(ranges)):
        return UP
    return DOWN if all(one.low >= other.high for one, other in pairwise(ranges)) else UNSURE
