"""What checking a tree makes: the names declared, where each exists, the type of each expression.

Data only. The tree itself is never changed; tables stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

from attrs import field

from sibdsl.diagnostics import Diagnostic, has_errors
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax.nodes import (
    Condition,
    Contract,
    Definition,
    Measure,
    Name,
    Party,
    Payment,
    RateCard,
    ShareGroup,
    Table,
    Waterfall,
)
from sibdsl.units import Unit


@frozen
class Occasion:
    """One evaluation, single or made by a series statement. ``number`` counts within its series."""

    name: str
    on: date
    series: str
    number: int
    place: Span = field(eq=False)


@frozen
class Series:
    """A calendar of evaluations in the order of their dates; a lone evaluation is a series of one."""

    name: str
    occasions: tuple[Occasion, ...]


class Everywhere(Enum):
    """Homes that are no series."""

    ONCE = "once"
    """Exists once for the whole contract."""
    ANY = "any"
    """Exists at whichever evaluation it is used at (it rests on ``evaluation date`` or ``… to date``)."""


Home = str | Everywhere
"""Where a term exists: the name of a series, once, or at any evaluation."""


Declaration = (
    Party
    | ShareGroup
    | Waterfall
    | Occasion
    | Series
    | Measure
    | Definition
    | Table
    | Condition
    | RateCard
    | Payment
)


@frozen
class Names:
    """Every declared name; one name space, since names are declared once.

    ``order`` has the declarations in the order of the text. A series made of numbered single
    evaluations is reachable under its stem (``Cohort``); a series statement under its own name.
    """

    declared: Mapping[str, Declaration]
    where: Mapping[str, Name]
    series: Mapping[str, Series]
    occasions: Mapping[str, Occasion]


@frozen
class Checked:
    """A tree with what checking found out about it.

    ``types`` has the unit of every expression by its span, ``homes`` where each measure,
    definition, condition, table, rate card and payment exists, ``currency`` the default.
    """

    contract: Contract
    names: Names
    types: Mapping[Span, Unit]
    homes: Mapping[str, Home]
    currency: str
    findings: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the contract can be lowered to a plan."""
        return not has_errors(self.findings)
