"""The cases that a contract provides for, each to be shown by a worked example.

A case is one way in which a clause can turn out: a condition met or not met, a table read in one of
its rows or exactly where the row begins, a cap that cuts, a claim that is refused.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field

from sibdsl.frozen import frozen
from sibdsl.plan.terms import Cause, Index, TableMode
from sibdsl.source import Span
from sibdsl.units import Unit


class CaseKind(Enum):
    """How a clause may turn out; the value is what JSON says."""

    WORKED_OUT = "worked out"
    MET = "met"
    NOT_MET = "not met"
    THRESHOLD = "exactly at the threshold"
    ROW = "row"
    BELOW_FIRST_ROW = "below the first row"
    ROW_EDGE = "exactly where the row begins"
    JUST_BELOW = "just below where the row begins"
    NO_FALLBACK = "no fall-back"
    FALLBACK = "fall-back"
    THEN = "then"
    ELSE = "else"
    ALTERNATIVE = "alternative"
    PRESUMED = "presumed"
    OVERRIDDEN = "presumption overridden"
    YES = "yes"
    NO = "no"
    ACCEPTED = "accepted"
    REFUSED_BY_LIMIT = "refused by its limit"
    REFUSED_BY_REQUIRES = "refused by what it requires"
    REFUSED_BY_CLASS = "refused by class or first day"
    PARTICIPANT_CAP = "participant cap"
    DUE = "due"
    NOT_DUE = "not due"
    MEMBER = "member reached"
    CAP = "cap"


@frozen
class Edge:
    """A value at which something changes: a threshold, the beginning of a row.

    ``step`` is how far below it counts as just below, in the same unit. A row that begins ``above``
    does not include it.
    """

    at: Fraction
    unit: Unit
    step: Fraction = Fraction(0)
    included: bool = True


@frozen
class Clause:
    """A clause of the contract, by its name and where it is; a cap has no name."""

    name: str
    place: Span | None = field(eq=False)
    cap: int | None = None


@frozen
class Case:
    """One way in which a clause can turn out.

    ``terms`` are the terms of the plan at which it can be seen, one for each evaluation; of a cap or
    of a waterfall's member, the settlements. ``number`` counts rows, alternatives, tariffs, members,
    caps, from 0; ``of`` the requirements of a tariff. ``edge`` is where a row begins or ends
    (``until``), ``mode`` how its table is read; ``cause`` why a value may be missing.
    """

    kind: CaseKind
    clause: Clause
    terms: tuple[Index, ...]
    place: Span | None = field(eq=False)
    number: int = 0
    of: int = 0
    edge: Edge | None = None
    until: Edge | None = None
    cause: Cause | None = None
    name: str = ""
    mode: TableMode | None = None


@frozen
class Shown:
    """A case, and the worked examples that show it, by their places in the plan."""

    case: Case
    examples: tuple[int, ...]


@frozen
class Coverage:
    """Every case of a contract, in the order of its text."""

    cases: tuple[Shown, ...]

    @property
    def shown(self) -> int:
        """How many cases are shown by an example."""
        return sum(bool(each.examples) for each in self.cases)

    @property
    def missing(self) -> tuple[Case, ...]:
        """The cases that no example shows."""
        return tuple(each.case for each in self.cases if not each.examples)
