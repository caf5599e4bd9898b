"""Where a contract changes its mind: the results at which a comparison, a row, a cap is just reached.

Along one result, all others held, what is compared is nearly always a quotient of straight lines:
three values of it tell where it is nil. A place so found is only a place to look at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Final

from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.exact import Exact
from sibdsl.evaluate.ledger import Ledger
from sibdsl.evaluate.run import value_of
from sibdsl.evaluate.values import UNKNOWN, Value
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    Aggregate,
    Comparison,
    Lookup,
    Part,
    Plan,
    Rounded,
    Settlement,
    Summary,
)
from sibdsl.results.reported import Results
from sibdsl.review.cones import rests_on_payments
from sibdsl.units import Kind, Unit

_MOST_ITEMS: Final = 4
_LONGEST: Final = 400
"""How many bits the numbers of a fit may have: beyond lies nothing that anybody would report."""


@frozen
class Break:
    """Two values that meet: a term and another, or a term and a fixed value; their sum of gross amounts."""

    plus: tuple[int, ...]
    minus: int | None
    at: Fraction = Fraction(0)


@kept
def breaks_of(plan: Plan) -> tuple[Break, ...]:
    """Every comparison, row, choice of the lesser or greater, rounding and cap of a plan."""
    return tuple(dict.fromkeys(_breaks(plan)))


def _breaks(plan: Plan) -> Iterator[Break]:
    for number, term in enumerate(plan.terms):
        match term:
            case Comparison():
                yield Break((term.left,), term.right)
            case Lookup():
                yield from (Break((term.key,), None, bound.at) for bound in term.bounds)
            case Aggregate(summary=Summary.LOWEST | Summary.HIGHEST):
                for one, other in combinations(term.items[:_MOST_ITEMS], 2):
                    yield Break((one,), other)
            case Rounded():
                yield Break((term.term,), number)
            case _:
                pass
    for payment in plan.payments:
        yield Break((payment.gross,), None)
    for account in plan.accounts:
        if isinstance(account.limit, int):
            grosses = {plan.payments[each].gross for each in account.payments}
            grosses |= {plan.payments[each].gross for each, _ in account.parts}
            if grosses:
                yield Break(tuple(sorted(grosses)), account.limit)
            yield from (Break((gross,), account.limit) for gross in sorted(grosses))


def values_on(plan: Plan, results: Results) -> Sequence[Value]:
    """The value of every term; payments are settled only where a term rests on what they come to."""
    if rests_on_payments(plan):
        return evaluated_on(plan, results).values
    algebra = Exact(plan, results)
    ledger = Ledger.opened(plan, algebra)
    values: list[Value] = []
    for term in plan.terms:
        is_paid = isinstance(term, Settlement | Part)
        values.append(UNKNOWN if is_paid else value_of(term, values, ledger, algebra))
    return values


def gap(one: Break, values: Sequence[Value]) -> Fraction | None:
    """How far what meets is apart; None where it has no value."""
    total = -one.at
    for place in one.plus:
        value = values[place]
        if not isinstance(value, Fraction):
            return None
        total += value
    if one.minus is not None:
        value = values[one.minus]
        if not isinstance(value, Fraction):
            return None
        total -= value
    return total


def nil_of(places: Sequence[Fraction], gaps: Sequence[Fraction]) -> Fraction | None:
    """Where (a x + b) / (c x + 1) through three places is nil; None where it nowhere is."""
    (x, y, z), (f, g, h) = places, gaps
    if f == g == h:
        return None
    if (g - f) * (z - x) == (h - f) * (y - x):
        return None if f == g else x - f * (y - x) / (g - f)
    # a x + b - c x f = f at each place: solved by Cramer's rule.
    whole = _determinant((x, 1, -x * f), (y, 1, -y * g), (z, 1, -z * h))
    if whole == 0:
        return None
    slope = _determinant((f, 1, -x * f), (g, 1, -y * g), (h, 1, -z * h)) / whole
    level = _determinant((x, f, -x * f), (y, g, -y * g), (z, h, -z * h)) / whole
    if slope == 0 or slope.denominator.bit_length() > _LONGEST:
        return None
    return -level / slope


def _determinant(*rows: tuple[Fraction | int, Fraction | int, Fraction | int]) -> Fraction:
    (a, b, c), (d, e, f), (g, h, i) = rows
    return Fraction(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g))


def step_of(unit: Unit) -> Fraction:
    """The natural step of a result: one person, a tenth of a point, one cent."""
    match unit.kind:
        case Kind.PERCENTAGE | Kind.POINTS:
            return Fraction(1, 1000)
        case Kind.AMOUNT:
            return Fraction(1, 100)
        case Kind.NUMBER:
            return Fraction(1, 10)
        case _:
            return Fraction(1)


def around(at: Fraction, unit: Unit) -> tuple[Fraction, ...]:
    """A break value and its neighbours by a natural step, as far as such a result can be."""
    step = step_of(unit)
    below = at // step * step
    near = (below, below + step) if below != at else (at - step, at, at + step)
    is_whole = unit.kind in {Kind.COUNT, Kind.DATE}
    found = near if is_whole or below == at else (below, at, below + step)
    return tuple(each for each in found if is_possible(each, unit))


def is_possible(value: Fraction, unit: Unit) -> bool:
    """Whether a result may well be so: a count is not negative, a percentage from 0% to 100%."""
    match unit.kind:
        case Kind.COUNT:
            return value >= 0
        case Kind.PERCENTAGE:
            return 0 <= value <= 1
        case Kind.DATE:
            return 1 <= value <= 3_652_059
        case _:
            return value.denominator.bit_length() <= _LONGEST
