"""What is sure about the value of an expression before any result is known.

Counts, money paid and money provided are never negative; any other reported result may be. A test
that stands before a value (``if``, ``when``) is taken into account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from attrs import define, field

from sibdsl.checks.bounds.guards import Guard, guards_of
from sibdsl.checks.bounds.ranges import (
    ABOVE_ALL,
    ANYTHING,
    BELOW_ALL,
    NEVER_NEGATIVE,
    ZERO,
    Range,
    add,
    both,
    divide,
    either,
    exactly,
    greater,
    lesser,
    multiply,
    negate,
    up_to,
)
from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.dependencies import Term, expressions_of, uses_in
from sibdsl.checks.statements import occasions_at, statements
from sibdsl.dates import full_years, growth, year_fraction
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import (
    Definition,
    Expr,
    MeasureKind,
    NameUse,
    Operator,
    Over,
    TableMode,
)

_DEEPEST: Final = 100
"""How many brackets deep an expression is looked into; what is deeper may be anything."""


@define
class Bounds:
    """Ranges of the terms of a contract, each worked out once.

    ``assumed`` holds what is known at the evaluation at hand, as the condition of a payment is for
    its amount; ``elsewhere`` has the ranges at other evaluations, where nothing is assumed.
    """

    checked: Checked
    assumed: tuple[Guard, ...] = ()
    elsewhere: Bounds | None = None
    _depth: int = field(default=0, init=False)
    _known: dict[str, Range] = field(factory=dict, init=False)
    _gross: dict[str, Range] = field(factory=dict, init=False)

    def of(self, expr: Expr) -> Range:
        """The range of an expression; of tests and dates nothing is said."""
        self._work_out(use.term.name for use in uses_in(expr))
        return self.within(expr, ())

    def named(self, name: str) -> Range:
        """The range of a declared term; one defined in a circle may be anything."""
        self._work_out((name,))
        return self._known.get(name, ANYTHING)

    def within(self, expr: Expr, guards: tuple[Guard, ...]) -> Range:
        """The range of an expression below tests, once the terms it rests on are known."""
        if self._depth >= _DEEPEST:
            return ANYTHING
        self._depth += 1
        found = self._of(expr, guards)
        self._depth -= 1
        for guarded, allowed in (*self.assumed, *guards):
            if guarded == expr:
                found = both(found, allowed)
        return found

    def known(self, name: str) -> Range:
        """The range of a term met on the way; anything where it is not known yet."""
        return self._known.get(name, ANYTHING)

    def known_elsewhere(self, name: str) -> Range:
        """The same, at an evaluation that is not the one at hand."""
        return self.known(name) if self.elsewhere is None else self.elsewhere.named(name)

    def _work_out(self, names: Iterable[str]) -> None:
        """Terms before those that rest on them, without recursion: chains may be long."""
        waiting = [(name, False) for name in names]
        entered: set[str] = set()
        while waiting:
            name, parts_known = waiting.pop()
            if parts_known:
                self._known[name] = _of_declared(self, name)
                declared = self.checked.names.declared.get(name)
                if isinstance(declared, nodes.Payment):
                    self._gross[name] = self.within(declared.amount, ())
            elif name not in self._known and name not in entered:
                entered.add(name)
                waiting.append((name, True))
                rests_on = _rests_on(self.checked, name)
                waiting += [(term, False) for term in rests_on if term not in entered]

    def _of(self, expr: Expr, guards: tuple[Guard, ...]) -> Range:
        match expr:
            case nodes.Number() | nodes.Percentage() | nodes.Points() | nodes.Amount():
                return exactly(expr.value)
            case NameUse():
                return self.known(expr.name.text)
            case nodes.AtEvaluation() | nodes.AtPrevious():
                return self.known_elsewhere(expr.name.text)
            case nodes.LookUp():
                return self.known(expr.table.text)
            case nodes.Arithmetic():
                return _arithmetic(self, expr, guards)
            case nodes.Negative():
                return negate(self.within(expr.operand, guards))
            case nodes.Extremum():
                items = [self.within(item, guards) for item in expr.items]
                return lesser(items) if expr.which is nodes.Extreme.LESSER else greater(items)
            case nodes.Choice():
                return either(_branches(self, expr, guards))
            case nodes.OrElse():
                return either(self.within(part, guards) for part in (expr.operand, expr.fallback))
            case nodes.PointsIn():
                return multiply(self.within(expr.operand, guards), exactly(Fraction(100)))
            case nodes.Rounded():
                return _rounded(self.within(expr.operand, guards), self.within(expr.step, guards))
            case nodes.OverEvaluations():
                return _over(self, expr)
            case nodes.GrossAmount():
                gross = self._gross.get(expr.payment.name.text, ANYTHING)
                return either((gross, exactly(Fraction(0))))
            case nodes.ProvidedToDate():
                return up_to(_provided(self, expr.party.text))
            case nodes.PaidToDate() | nodes.TotalPaid() | nodes.Accepted():
                return NEVER_NEGATIVE
            case nodes.InCurrency():
                # Rates of exchange are positive; how much they come to is not looked at.
                return _stretched(self.within(expr.operand, guards))
            case nodes.Interest():
                return _interest(self, expr, guards)
            case nodes.Indexed():
                return _indexed(self, expr, guards)
            case _:
                return ANYTHING


def _rests_on(checked: Checked, name: str) -> Iterator[str]:
    """The terms whose ranges the range of a term is made of."""
    declared = checked.names.declared.get(name)
    if declared is None:
        return
    for part in expressions_of(Term(name), declared):
        yield from (use.term.name for use in uses_in(part))
    if isinstance(declared, nodes.Payment):
        for cap in statements(checked.contract, nodes.Cap):
            if any(isinstance(target, nodes.CapOn) for target in cap.targets):
                yield from (use.term.name for use in uses_in(cap.limit))


def _branches(bounds: Bounds, expr: nodes.Choice, guards: tuple[Guard, ...]) -> Iterator[Range]:
    """A long ``if … then … else if …`` is a chain of choices, each in the last one's else."""
    rest: Expr = expr
    while isinstance(rest, nodes.Choice):
        holds = tuple(guards_of(bounds, rest.condition, holds=True))
        yield bounds.within(rest.yes, guards + holds)
        guards += tuple(guards_of(bounds, rest.condition, holds=False))
        rest = rest.no
    yield bounds.within(rest, guards)


def _arithmetic(bounds: Bounds, expr: nodes.Arithmetic, guards: tuple[Guard, ...]) -> Range:
    """Sums and products lean to the left, and long ones would lean far: so down, then up again."""
    chain: list[nodes.Arithmetic] = [expr]
    while isinstance(chain[-1].left, nodes.Arithmetic):
        chain.append(chain[-1].left)
    found = bounds.within(chain[-1].left, guards)
    for step in reversed(chain):
        found = _operation(step.operator, found, bounds.within(step.right, guards))
        for guarded, allowed in (*bounds.assumed, *guards):
            if guarded == step:
                found = both(found, allowed)
    return found


def _operation(operator: Operator, left: Range, right: Range) -> Range:
    match operator:
        case Operator.PLUS:
            return add(left, right)
        case Operator.MINUS:
            return add(left, negate(right))
        case Operator.TIMES | Operator.OF:
            return multiply(left, right)
        case Operator.DIVIDED_BY:
            return divide(left, right)


def _of_declared(bounds: Bounds, name: str) -> Range:
    declared = bounds.checked.names.declared.get(name)
    match declared:
        case nodes.Measure():
            return NEVER_NEGATIVE if declared.kind is MeasureKind.COUNT else ANYTHING
        case Definition():
            return bounds.within(declared.body, ())
        case nodes.Table():
            return _of_table(bounds, declared)
        case nodes.RateCard():
            return NEVER_NEGATIVE
        case nodes.Payment():
            return up_to(_most_due(bounds, declared))
        case _:
            return ANYTHING


def _of_table(bounds: Bounds, table: nodes.Table) -> Range:
    values = [bounds.within(row.value, ()) for row in table.rows]
    if table.mode is TableMode.MARGINAL:
        return _marginal(bounds, table, values)
    if table.otherwise is not None:
        values.append(bounds.within(table.otherwise, ()))
    return either(values) if values else ANYTHING


def _marginal(bounds: Bounds, table: nodes.Table, rates: list[Range]) -> Range:
    """Nothing before the first row, then the rate of each band times its width."""
    starts = [bounds.within(row.bound, ()).low for row in table.rows]
    ends = [*starts[1:], max(bounds.known(table.key.text).high, *starts, ZERO)]
    total = exactly(Fraction(0))
    for row, rate, start, end in zip(table.rows, rates, starts, ends, strict=True):
        width = add(Range(end, end), negate(Range(start, start)))
        if row.per_point:
            width = multiply(width, exactly(Fraction(100)))
        total = add(total, multiply(rate, Range(ZERO, max(width.high, ZERO))))
    return total


def _most_due(bounds: Bounds, payment: nodes.Payment) -> Fraction | None:
    """The most one instance can be due for, by its amount and by the caps on it alone."""
    limits = [
        bounds.within(cap.limit, ()).high
        for cap in statements(bounds.checked.contract, nodes.Cap)
        for target in cap.targets
        if isinstance(target, nodes.CapOn) and target.name.text == payment.name.text
    ]
    is_infinite, most = min([bounds.within(payment.amount, ()).high, *limits])
    return None if is_infinite else most


def _over(bounds: Bounds, expr: nodes.OverEvaluations) -> Range:
    one = bounds.known_elsewhere(expr.name.text)
    if expr.which in (Over.AVERAGE, Over.LOWEST, Over.HIGHEST):
        return one
    if expr.which is not Over.TOTAL:
        return ANYTHING
    # A cancelled evaluation is left out, so that a total may be of fewer, or of none.
    number = len(occasions_at(bounds.checked, expr.name.text))
    return multiply(one, Range(ZERO, (0, Fraction(number))))


def _provided(bounds: Bounds, party: str) -> Fraction | None:
    total = exactly(Fraction(0))
    for funding in statements(bounds.checked.contract, nodes.Funding):
        if funding.investor.text == party:
            total = add(total, bounds.within(funding.amount, ()))
    is_group = isinstance(
        bounds.checked.names.declared.get(party), nodes.ShareGroup | nodes.Waterfall
    )
    return None if is_group else total.most


def _rounded(value: Range, step: Range) -> Range:
    """Rounding never carries a value past zero, nor further than a step."""
    if step.most is None or step.most <= 0:
        return _stretched(value)
    low = add(value, exactly(-step.most)).low
    high = add(value, exactly(step.most)).high
    return Range(
        max(low, ZERO) if value.low >= ZERO else low,
        min(high, ZERO) if value.high <= ZERO else high,
    )


def _stretched(value: Range) -> Range:
    """The range of a value known only by the sign of this one."""
    return Range(
        ZERO if value.low >= ZERO else BELOW_ALL,
        ZERO if value.high <= ZERO else ABOVE_ALL,
        value.is_never_zero,
    )


def _interest(bounds: Bounds, expr: nodes.Interest, guards: tuple[Guard, ...]) -> Range:
    amount, rate = bounds.within(expr.amount, guards), bounds.within(expr.rate, guards)
    start, end = expr.start, expr.end
    if not (isinstance(start, nodes.Date) and isinstance(end, nodes.Date)):
        if rate.is_never_negative:
            return multiply(amount, NEVER_NEGATIVE)
        return ANYTHING
    if not expr.compounded:
        years = year_fraction(expr.day_count, start.value, end.value)
        return multiply(amount, multiply(rate, exactly(years)))
    if rate.least is None or rate.least != rate.most:
        return multiply(amount, NEVER_NEGATIVE) if rate.is_never_negative else ANYTHING
    grown = growth(rate.least, start.value, end.value, expr.day_count)
    return multiply(amount, exactly(grown - 1))


def _indexed(bounds: Bounds, expr: nodes.Indexed, guards: tuple[Guard, ...]) -> Range:
    amount, rate = bounds.within(expr.operand, guards), bounds.within(expr.rate, guards)
    dates = [occasion.on for occasion in bounds.checked.names.occasions.values()]
    if not isinstance(expr.start, nodes.Date) or not dates or not rate.is_never_negative:
        factor = NEVER_NEGATIVE if rate.low >= (0, Fraction(-1)) else ANYTHING
        return multiply(amount, factor)
    years, _ = full_years(expr.start.value, max(dates))
    least = exactly(Fraction(1))
    highest = ABOVE_ALL if rate.most is None else (0, (1 + rate.most) ** years)
    return multiply(amount, Range(least.low, highest))


def bounds_where(checked: Checked, *tests: tuple[Expr | None, bool]) -> Bounds:
    """Ranges where tests hold (or, with False, do not): the conditions of a payment."""
    plain = Bounds(checked)
    guards: list[Guard] = []
    for test, holds in tests:
        if test is not None:
            plain.of(test)
            guards += guards_of(plain, test, holds=holds)
    return Bounds(checked, tuple(guards), plain)
