"""Reading a table at a key, by the operations of an algebra (language reference, "Tables").

Each row that is reached replaces what the ones before came to, so rows are looked at from the last,
and no further than one that is certainly reached. Since of two values only the chosen one counts, a
row that is not reached may be unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from typing import TypeVar

from sibdsl.evaluate.algebra import Algebra
from sibdsl.plan.terms import Bound, Cause, Lookup, Operation, Relation, Summary, TableMode

V = TypeVar("V")


def look_up(term: Lookup, values: Sequence[V], algebra: Algebra[V]) -> V:
    """The value of a table at its key; ``values`` are those of the plan's terms so far."""
    key = values[term.key]
    if term.mode is TableMode.MARGINAL:
        return _marginal(term, key, values, algebra)
    perhaps: list[tuple[V, V]] = []
    for row in reversed(range(len(term.bounds))):
        is_reached = _is_reached(key, term.bounds[row], algebra)
        decided = algebra.decided(is_reached)
        if decided is None:
            perhaps.append((is_reached, _in_row(term, row, key, values, algebra)))
        elif decided:
            result = _in_row(term, row, key, values, algebra)
            break
    else:
        result = _otherwise(term, values, algebra)
    for is_reached, value in reversed(perhaps):
        result = algebra.choose(is_reached, value, result)
    return result


def _otherwise(term: Lookup, values: Sequence[V], algebra: Algebra[V]) -> V:
    """What the table says of a key before its first row."""
    if term.otherwise is None:
        return algebra.undefined(Cause.BELOW_FIRST_ROW)
    return values[term.otherwise]


def _in_row(term: Lookup, row: int, key: V, values: Sequence[V], algebra: Algebra[V]) -> V:
    if term.mode is TableMode.INTERPOLATED:
        return _on_line(term, row, key, values, algebra)
    return values[term.values[row]]


def _is_reached(key: V, bound: Bound, algebra: Algebra[V]) -> V:
    relation = Relation.AT_LEAST if bound.included else Relation.MORE_THAN
    return algebra.compare(relation, key, algebra.constant(bound.at))


def _on_line(term: Lookup, row: int, key: V, values: Sequence[V], algebra: Algebra[V]) -> V:
    """On the straight line from a row to the next; the row itself needs no next."""
    value = values[term.values[row]]
    at = term.bounds[row].at
    if row + 1 == len(term.bounds) or term.bounds[row + 1].at == at:
        return value
    width = algebra.constant(term.bounds[row + 1].at - at)
    start = algebra.constant(at)
    along = algebra.arithmetic(
        Operation.DIVIDE, algebra.arithmetic(Operation.SUBTRACT, key, start), width
    )
    rise = algebra.arithmetic(Operation.SUBTRACT, values[term.values[row + 1]], value)
    between = algebra.arithmetic(
        Operation.ADD, value, algebra.arithmetic(Operation.MULTIPLY, rise, along)
    )
    return algebra.choose(algebra.compare(Relation.EQUAL, key, start), value, between)


def _marginal(term: Lookup, key: V, values: Sequence[V], algebra: Algebra[V]) -> V:
    """Each row's rate on the part of the key inside its band; nothing before the first row."""
    result = algebra.constant(Fraction(0))
    for bound, after, rate in zip_longest(term.bounds, term.bounds[1:], term.values):
        if after is not None and after.at == bound.at:
            continue
        start = algebra.constant(bound.at)
        top = key
        if after is not None:
            top = algebra.summary(Summary.LOWEST, (key, algebra.constant(after.at)))
        part = algebra.arithmetic(Operation.SUBTRACT, top, start)
        if term.per_point:
            part = algebra.arithmetic(Operation.MULTIPLY, part, algebra.constant(Fraction(100)))
        here = algebra.arithmetic(
            Operation.ADD, result, algebra.arithmetic(Operation.MULTIPLY, values[rate], part)
        )
        result = algebra.choose(algebra.compare(Relation.MORE_THAN, key, start), here, result)
    return result
