"""What a test that stands before a value says of it: ``if X is at least 0 then … X …``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from sibdsl.checks.bounds.ranges import ABOVE_ALL, BELOW_ALL, ZERO, Range, exactly
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, NameUse, Operator, Relation

if TYPE_CHECKING:
    from sibdsl.checks.bounds.bounds import Bounds

Guard = tuple[Expr, Range]
"""An expression, and the range that a test before it leaves to it."""

_OPPOSITE = {
    Relation.AT_LEAST: Relation.LESS_THAN,
    Relation.LESS_THAN: Relation.AT_LEAST,
    Relation.AT_MOST: Relation.MORE_THAN,
    Relation.MORE_THAN: Relation.AT_MOST,
}
_MIRRORED = {
    Relation.AT_LEAST: Relation.AT_MOST,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.MORE_THAN: Relation.LESS_THAN,
    Relation.LESS_THAN: Relation.MORE_THAN,
    Relation.IS: Relation.IS,
}
_TESTS: Final = 40
"""How many tests one in another are looked into, by name or written; beyond it nothing is learnt."""


def guards_of(bounds: Bounds, test: Expr, *, holds: bool, depth: int = _TESTS) -> Iterator[Guard]:
    """What is known of other expressions where a test holds, or where it does not."""
    if depth == 0:
        return
    match test:
        case nodes.Not():
            yield from guards_of(bounds, test.operand, holds=not holds, depth=depth - 1)
        case nodes.And() | nodes.Or() if isinstance(test, nodes.And) is holds:
            for item in test.items:
                yield from guards_of(bounds, item, holds=holds, depth=depth - 1)
        case nodes.Between() if holds:
            yield from _compared(bounds, Relation.AT_LEAST, test.operand, test.low)
            yield from _compared(bounds, Relation.AT_MOST, test.operand, test.high)
        case nodes.Comparison():
            relation = test.relation if holds else _OPPOSITE.get(test.relation)
            if relation in _MIRRORED:
                yield from _compared(bounds, relation, test.left, test.right)
                yield from _compared(bounds, _MIRRORED[relation], test.right, test.left)
        case NameUse():
            declared = bounds.checked.names.declared.get(test.name.text)
            if isinstance(declared, nodes.Condition):
                yield from guards_of(bounds, declared.test, holds=holds, depth=depth - 1)
        case _:
            return


def _compared(bounds: Bounds, relation: Relation, left: Expr, right: Expr) -> Iterator[Guard]:
    """What a comparison says of its left side, and of its left side less its right side."""
    if isinstance(left, _WRITTEN):
        return
    difference = nodes.Arithmetic(Operator.MINUS, left, right, span=left.span)
    yield left, _allowed(relation, bounds.within(right, ()))
    yield difference, _allowed(relation, exactly(Fraction(0)))


_WRITTEN = (nodes.Number, nodes.Percentage, nodes.Points, nodes.Amount, nodes.Date, nodes.YesNo)


def _allowed(relation: Relation, other: Range) -> Range:
    match relation:
        case Relation.AT_LEAST:
            return Range(other.low, ABOVE_ALL)
        case Relation.MORE_THAN:
            return Range(other.low, ABOVE_ALL, other.is_never_negative)
        case Relation.AT_MOST:
            return Range(BELOW_ALL, other.high)
        case Relation.LESS_THAN:
            return Range(BELOW_ALL, other.high, other.high <= ZERO)
        case _:
            return other
