"""A change as it is found, its places still nodes; and the two versions it is found in."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from hashlib import sha256
from typing import Any

import attrs

from sibdsl.checks.checked import Checked
from sibdsl.checks.editions import InForce
from sibdsl.checks.types.constants import Constant, constant_value
from sibdsl.frozen import frozen
from sibdsl.review.change import Bearing, Change, Impacts, Place, Sort
from sibdsl.review.changes import What, Written
from sibdsl.review.differing import Differ
from sibdsl.review.influence import Influence
from sibdsl.source import Source, Span
from sibdsl.syntax.nodes import Expr, Node
from sibdsl.units import DATE, YES_NO, Quantity, Unit


@frozen
class Version:
    """One version of a contract: its text, and what checking it found out."""

    source: Source
    checked: Checked
    amendments: tuple[InForce, ...] = ()

    def written(self, expr: Expr) -> Written:
        """The words of an expression, and its value if the text fixes one."""
        value = constant_value(expr, self.checked.names)
        unit = self.checked.types.get(expr.span)
        return Written(self.words(expr), None if value is None else _quantity(value, unit))

    def words(self, node: Node | None) -> str:
        """The words of a node, on one line; none for none."""
        return "" if node is None else self.between(node.span)

    def between(self, span: Span) -> str:
        """The words of a range, on one line."""
        return " ".join(self.source.words(span).split())

    def place(self, node: Node | None) -> Place | None:
        """Where a node stands; None for none."""
        if node is None:
            return None
        file, start = self.source.in_file(node.span.start)
        end = min(start + node.span.end - node.span.start, len(file.text))
        name = "" if file is self.source.files[""] else file.name
        return Place(Span(start, end), file.position(start), file.position(end), name)


def _quantity(value: Constant, unit: Unit | None) -> Quantity | None:
    match value:
        case bool():
            return Quantity(value, YES_NO)
        case date():
            return Quantity(value, DATE)
        case _ if unit is None:
            return None
        case _:
            return Quantity(value, unit)


@frozen
class Found:
    """A change with its nodes; ``impacts`` where the payments that it bears on do not tell them."""

    sort: Sort
    name: str
    what: What
    old: Node | None
    new: Node | None
    bears_on: tuple[Bearing, ...] = ()
    impacts: Impacts | None = None


@frozen
class Two:
    """Both versions, and what compares them; ``old_influence`` and ``new_influence`` say who is touched."""

    old: Version
    new: Version
    differ: Differ

    @property
    def old_influence(self) -> Influence:
        """What rests on what in the old version."""
        return self.differ.old

    @property
    def new_influence(self) -> Influence:
        """What rests on what in the new version."""
        return self.differ.new

    def finished(self, found: Found, impacts: Impacts, times: int) -> Change:
        """The change with its places and its fingerprint; ``times`` it was found before."""
        return Change(
            found.sort,
            found.name,
            found.what,
            self.old.place(found.old),
            self.new.place(found.new),
            found.bears_on,
            impacts,
            fingerprint(found, times),
        )


def fingerprint(found: Found, times: int = 0) -> str:
    """Sixteen hexadecimal digits for what changed, where it stands left aside."""
    said = (found.sort.value, found.name, _said(found.what), times)
    return sha256(repr(said).encode()).hexdigest()[:16]


def _said(value: Any) -> Any:
    """Data as plain text; of what is written its value where it has one, so that no layout counts."""
    match value:
        case Written(words, fixed):
            return words if fixed is None else _said(fixed)
        case tuple():
            return tuple(_said(each) for each in value)
        case _ if attrs.has(type(value)):
            parts = [_said(getattr(value, part.name)) for part in attrs.fields(type(value))]
            return (type(value).__name__, *parts)
        case Fraction() | date():
            return str(value)
        case _:
            return getattr(value, "value", value)
