"""Whether a value rises or falls with a result, where that can be seen without a solver.

Sound and not complete: whatever is not simple is *unsure*, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import pairwise
from typing import Final

from attrs import define, field

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.ranges import ZERO, Range
from sibdsl.checks.homes.dependencies import Term, expressions_of, key_of, uses_in
from sibdsl.checks.homes.ordering import in_dependency_order
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator, Relation, TableMode
from sibdsl.syntax.walk import walk


class Trend(Enum):
    """What a value does when the result rises and all else stays as it is."""

    STEADY = 0
    RISES = 1
    FALLS = -1
    UNSURE = None


_OTHER_WAY = {
    Trend.STEADY: Trend.STEADY,
    Trend.RISES: Trend.FALLS,
    Trend.FALLS: Trend.RISES,
    Trend.UNSURE: Trend.UNSURE,
}

_DEEPEST: Final = 60
"""How many brackets deep an expression is looked into; what is deeper is unsure."""


def together(trends: Iterable[Trend]) -> Trend:
    """The trend of a sum of values: sure only where all that move, move the same way."""
    moving = set(trends) - {Trend.STEADY}
    return moving.pop() if len(moving) == 1 else (Trend.UNSURE if moving else Trend.STEADY)


@define
class Trends:
    """The trends of the terms of a contract with one measure."""

    bounds: Bounds
    measure: str
    _depth: int = field(default=0, init=False)
    _known: dict[str, Trend] = field(factory=dict, init=False)

    def of(self, expr: Expr) -> Trend:
        """The trend of an expression; of a test, whether it comes to hold or ceases to."""
        self._work_out(use.term.name for use in uses_in(expr))
        return self.within(expr)

    def known(self, name: str) -> Trend:
        """The trend of a term met on the way."""
        return self._known.get(name, Trend.UNSURE)

    def within(self, expr: Expr) -> Trend:
        """The trend of an expression whose terms are known."""
        if self._depth >= _DEEPEST:
            return Trend.UNSURE
        self._depth += 1
        found = self._of(expr)
        self._depth -= 1
        return found

    def _of(self, expr: Expr) -> Trend:
        match expr:
            case nodes.NameUse() | nodes.AtEvaluation() | nodes.AtPrevious():
                return self.known(expr.name.text)
            case nodes.OverEvaluations():
                return self.known(expr.name.text)
            case nodes.Arithmetic():
                return _arithmetic(self, expr)
            case nodes.Negative() | nodes.Not():
                return _OTHER_WAY[self.within(expr.operand)]
            case nodes.Extremum() | nodes.And() | nodes.Or() | nodes.AtLeast():
                return together(self.within(item) for item in expr.items)
            case nodes.Rounded() | nodes.PointsIn() | nodes.InCurrency():
                return self.within(expr.operand)
            case nodes.OrElse():
                return together((self.within(expr.operand), self.within(expr.fallback)))
            case nodes.Choice():
                return _choice(self, expr)
            case nodes.Comparison():
                return _comparison(self, expr)
            case nodes.LookUp():
                return _looked_up(self, expr.table.text, self.within(expr.key))
            case _:
                return Trend.UNSURE if self._moves(expr) else Trend.STEADY

    def _moves(self, expr: Expr) -> bool:
        """Whether anything in an expression that is not looked into moves, or may."""
        if any(isinstance(part, nodes.PaidToDate | nodes.TotalPaid) for part in walk(expr)):
            return True
        return any(self.known(use.term.name) is not Trend.STEADY for use in uses_in(expr))

    def _work_out(self, names: Iterable[str]) -> None:
        """Terms before those that rest on them; terms that rest on themselves stay unsure."""
        rests_on: dict[str, tuple[str, ...]] = {}
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in rests_on and name not in self._known:
                rests_on[name] = tuple(_rests_on(self, name))
                waiting += rests_on[name]
        for group in in_dependency_order(rests_on, rests_on):
            for name in group:
                if name in self._known:
                    continue
                circular = len(group) > 1 or name in rests_on[name]
                self._known[name] = Trend.UNSURE if circular else _of_declared(self, name)


def _rests_on(trends: Trends, name: str) -> Iterator[str]:
    declared = trends.bounds.checked.names.declared.get(name)
    if declared is not None:
        for part in expressions_of(Term(name), declared):
            yield from (use.term.name for use in uses_in(part))


def _of_declared(trends: Trends, name: str) -> Trend:
    declared = trends.bounds.checked.names.declared.get(name)
    match declared:
        case nodes.Measure():
            return Trend.RISES if name == trends.measure else Trend.STEADY
        case nodes.Definition():
            return trends.within(declared.body)
        case nodes.Condition():
            return trends.within(declared.test)
        case nodes.Table():
            return _looked_up(trends, name, trends.within(key_of(declared)))
        case nodes.Payment():
            # Caps and earlier payments come between: all that can be seen is that nothing moves.
            parts = (declared.amount, declared.when, declared.unless)
            still = all(part is None or trends.within(part) is Trend.STEADY for part in parts)
            return Trend.STEADY if still else Trend.UNSURE
        case _:
            return Trend.STEADY


def _arithmetic(trends: Trends, expr: nodes.Arithmetic) -> Trend:
    """Sums and products lean to the left, and long ones far: so down the left side, then up."""
    chain = [expr]
    while isinstance(chain[-1].left, nodes.Arithmetic):
        chain.append(chain[-1].left)
    found = trends.within(chain[-1].left)
    for step in reversed(chain):
        right = trends.within(step.right)
        match step.operator:
            case Operator.PLUS:
                found = together((found, right))
            case Operator.MINUS:
                found = together((found, _OTHER_WAY[right]))
            case Operator.TIMES | Operator.OF:
                left_moves = _times(trends, found, step.right)
                found = together((left_moves, _times(trends, right, step.left)))
            case Operator.DIVIDED_BY:
                left_moves = _times(trends, found, step.right)
                right_moves = _times(trends, _OTHER_WAY[right], step.left)
                found = together((left_moves, right_moves))
    return found


def _times(trends: Trends, trend: Trend, factor: Expr) -> Trend:
    """The trend of what moves, multiplied by (or divided by, or dividing) a factor."""
    if trend in (Trend.STEADY, Trend.UNSURE):
        return trend
    return _signed(trend, trends.bounds.of(factor))


def _signed(trend: Trend, factor: Range) -> Trend:
    if factor.low >= ZERO:
        return trend
    return _OTHER_WAY[trend] if factor.high <= ZERO else Trend.UNSURE


def _choice(trends: Trends, expr: nodes.Choice) -> Trend:
    condition = trends.within(expr.condition)
    branches = together((trends.within(expr.yes), trends.within(expr.no)))
    if condition is Trend.STEADY or branches is Trend.UNSURE or condition is Trend.UNSURE:
        return branches if condition is Trend.STEADY else Trend.UNSURE
    yes, no = trends.bounds.of(expr.yes), trends.bounds.of(expr.no)
    if yes.low >= no.high:
        return together((branches, condition))
    if yes.high <= no.low:
        return together((branches, _OTHER_WAY[condition]))
    return Trend.UNSURE


_UPWARDS = (Relation.AT_LEAST, Relation.MORE_THAN, Relation.AFTER, Relation.ON_OR_AFTER)


def _comparison(trends: Trends, expr: nodes.Comparison) -> Trend:
    left, right = trends.within(expr.left), trends.within(expr.right)
    if expr.relation is Relation.IS:
        return Trend.STEADY if left is right is Trend.STEADY else Trend.UNSURE
    difference = together((left, _OTHER_WAY[right]))
    return difference if expr.relation in _UPWARDS else _OTHER_WAY[difference]


def _looked_up(trends: Trends, name: str, key: Trend) -> Trend:
    table = trends.bounds.checked.names.declared.get(name)
    if not isinstance(table, nodes.Table):
        return Trend.UNSURE
    otherwise = () if table.otherwise is None else (table.otherwise,)
    values = (*otherwise, *(row.value for row in table.rows))
    moving = together(trends.within(value) for value in values)
    if key is Trend.STEADY:
        return moving
    if key is Trend.UNSURE or moving is not Trend.STEADY:
        return Trend.UNSURE
    ranges = [trends.bounds.of(value) for value in values]
    if table.mode is TableMode.MARGINAL:
        rates = [rate for rate in ranges if (rate.low, rate.high) != (ZERO, ZERO)]
        return together(_signed(key, rate) for rate in rates)
    return _by_rows(key, ranges)


def _by_rows(key: Trend, values: list[Range]) -> Trend:
    """A table whose values are all the same does not move; one that goes up and down is unsure."""
    steps = list(pairwise(values))
    if all(one.low == one.high == other.low == other.high for one, other in steps):
        return Trend.STEADY
    if all(one.high <= other.low for one, other in steps):
        return key
    if all(one.low >= other.high for one, other in steps):
        return _OTHER_WAY[key]
    return Trend.UNSURE
