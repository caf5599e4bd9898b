"""Values that the text itself fixes: literals, arithmetic on them, and terms made only of such."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction

from sibdsl.checks.checked import Names
from sibdsl.checks.homes.ordering import in_dependency_order
from sibdsl.dates import add_months
from sibdsl.frozen import frozen
from sibdsl.money import round_to
from sibdsl.numerals import is_too_long
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import DurationUnit, Expr, Extreme, Operator, Relation
from sibdsl.syntax.walk import walk

Constant = Fraction | bool | date
"""Percentages and points as fractions of one, amounts in units of their currency, durations in
whole days or whole months."""


def constant_value(expression: Expr, names: Names) -> Constant | None:
    """The value of an expression made only of what is written in the text; None for any other.

    None also where the value would be undefined (a division by zero, a number too long to be worked
    out) or where the kinds do not go together, which the types report.
    """
    fixed: dict[str, _Value | None] = {}
    bodies = _bodies_needed(expression, names)
    rests_on = {name: tuple(_names_in(body)) for name, body in bodies.items()}
    for group in in_dependency_order(bodies, rests_on):
        for name in group:
            if name in bodies:
                is_circular = len(group) > 1 or name in rests_on[name]
                fixed[name] = None if is_circular else _folded(bodies[name], fixed)
    value = _folded(expression, fixed)
    return Fraction(value.number) if isinstance(value, _Duration) else value


@frozen
class _Duration:
    number: int
    is_months: bool

    def after(self, day: date, sign: int) -> date | None:
        try:
            if self.is_months:
                return add_months(day, sign * self.number)
            return day + timedelta(days=sign * self.number)
        except OverflowError:
            return None


_Value = Constant | _Duration


def _bodies_needed(expression: Expr, names: Names) -> dict[str, Expr]:
    """The definitions that the expression rests on, however indirectly."""
    bodies: dict[str, Expr] = {}
    waiting = list(_names_in(expression))
    while waiting:
        name = waiting.pop()
        declaration = names.declared.get(name)
        if name not in bodies and isinstance(declaration, nodes.Definition):
            bodies[name] = declaration.body
            waiting += _names_in(declaration.body)
    return bodies


def _names_in(expression: Expr) -> Iterator[str]:
    return (node.name.text for node in walk(expression) if isinstance(node, nodes.NameUse))


def _folded(expression: Expr, fixed: Mapping[str, _Value | None]) -> _Value | None:
    """The value, worked out from the innermost parts outwards, so that no depth is too deep."""
    values: dict[tuple[int, int], _Value | None] = {}
    parts = [node for node in walk(expression) if isinstance(node, Expr)]
    for part in reversed(parts):
        if isinstance(part, nodes.NameUse):
            values[part.span] = fixed.get(part.name.text)
        else:
            values[part.span] = _value(part, values)
    return values[expression.span]


def _value(part: Expr, values: Mapping[tuple[int, int], _Value | None]) -> _Value | None:
    def at(*parts: Expr) -> tuple[_Value | None, ...]:
        return tuple(values[one.span] for one in parts)

    match part:
        case nodes.Number() | nodes.Percentage() | nodes.Points() | nodes.Amount():
            return part.value
        case nodes.Date() | nodes.YesNo():
            return part.value
        case nodes.Duration():
            return _duration(part)
        case nodes.Arithmetic():
            return _arithmetic(part.operator, *at(part.left, part.right))
        case nodes.Negative() | nodes.PointsIn():
            (value,) = at(part.operand)
            factor = -1 if isinstance(part, nodes.Negative) else 100
            return factor * value if isinstance(value, Fraction) else None
        case nodes.Rounded():
            value, step = at(part.operand, part.step)
            if isinstance(value, Fraction) and isinstance(step, Fraction) and step > 0:
                return round_to(value, step, part.mode)
            return None
        case nodes.Extremum():
            return _extremum(part.which, at(*part.items))
        case nodes.Choice():
            condition, yes, no = at(part.condition, part.yes, part.no)
            return (yes if condition else no) if isinstance(condition, bool) else None
        case nodes.OrElse():
            return at(part.operand)[0]
        case nodes.Comparison():
            return _compared(part.relation, *at(part.left, part.right))
        case nodes.Between():
            low, value, high = at(part.low, part.operand, part.high)
            return _all((_at_most(low, value), _at_most(value, high)))
        case nodes.Not():
            (value,) = at(part.operand)
            return not value if isinstance(value, bool) else None
        case nodes.And():
            return _all(at(*part.items))
        case nodes.Or():
            opposite = _all(
                not item if isinstance(item, bool) else None for item in at(*part.items)
            )
            return None if opposite is None else not opposite
        case _:
            return None  # rests on results, dates of evaluations or payments


def _duration(part: nodes.Duration) -> _Duration | None:
    if part.number.denominator != 1:
        return None
    number = part.number.numerator
    if part.unit is DurationUnit.DAYS:
        return _Duration(number, is_months=False)
    return _Duration(number * (12 if part.unit is DurationUnit.YEARS else 1), is_months=True)


def _arithmetic(operator: Operator, left: _Value | None, right: _Value | None) -> _Value | None:
    if isinstance(left, date):
        return _from_date(operator, left, right)
    if isinstance(right, date) and operator is Operator.PLUS:
        return _from_date(operator, right, left)
    if not isinstance(left, Fraction) or not isinstance(right, Fraction):
        return None
    worked_out = _worked_out(operator, left, right)
    return None if worked_out is None or is_too_long(worked_out) else worked_out


def _worked_out(operator: Operator, left: Fraction, right: Fraction) -> Fraction | None:
    match operator:
        case Operator.PLUS:
            return left + right
        case Operator.MINUS:
            return left - right
        case Operator.TIMES | Operator.OF:
            return left * right
        case Operator.DIVIDED_BY:
            return left / right if right else None


def _from_date(operator: Operator, day: date, other: _Value | None) -> _Value | None:
    if isinstance(other, date) and operator is Operator.MINUS:
        return Fraction((day - other).days)
    if isinstance(other, _Duration) and operator in {Operator.PLUS, Operator.MINUS}:
        return other.after(day, 1 if operator is Operator.PLUS else -1)
    return None


def _extremum(which: Extreme, items: Iterable[_Value | None]) -> _Value | None:
    first, *others = items
    best = first
    for item in others:
        is_higher = _at_most(best, item)
        if is_higher is None:
            return None
        best = item if is_higher is (which is Extreme.GREATER) else best
    return best


def _compared(relation: Relation, left: _Value | None, right: _Value | None) -> bool | None:
    if relation is Relation.IS:
        both = isinstance(left, bool) and isinstance(right, bool)
        return left == right if both or _at_most(left, right) is not None else None
    is_at_most, is_at_least = _at_most(left, right), _at_most(right, left)
    match relation:
        case Relation.AT_MOST | Relation.ON_OR_BEFORE:
            return is_at_most
        case Relation.AT_LEAST | Relation.ON_OR_AFTER:
            return is_at_least
        case Relation.LESS_THAN | Relation.BEFORE:
            return None if is_at_least is None else not is_at_least
        case Relation.MORE_THAN | Relation.AFTER:
            return None if is_at_most is None else not is_at_most


def _at_most(left: _Value | None, right: _Value | None) -> bool | None:
    """Whether two values of one kind stand in this order; None for two kinds or what has none."""
    if isinstance(left, date) and isinstance(right, date):
        return left <= right
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left <= right
    if isinstance(left, _Duration) and isinstance(right, _Duration):
        return left.number <= right.number if left.is_months is right.is_months else None
    return None


def _all(items: Iterable[_Value | None]) -> bool | None:
    """Three-valued *and*: an item that is no leaves nothing open."""
    known = tuple(items)
    if any(item is False for item in known):
        return False
    return None if any(item is not True for item in known) else True
