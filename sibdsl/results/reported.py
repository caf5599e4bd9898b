"""What was reported, bound to a plan: results, cancelled evaluations, claims, participants.

Made by ``results.bind`` from rows, or by a worked example; read by the evaluator.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field

from sibdsl.frozen import frozen


class Status(Enum):
    """The standing of a reported value."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    DISPUTED = "disputed"
    NOT_AVAILABLE = "not available"


@frozen
class Reported:
    """One value in force: a Fraction (dates as ordinals) or a boolean; None if not available."""

    value: Fraction | bool | None
    status: Status
    reported_by: str = ""
    reported_on: date | None = None
    evidence: str = ""


@frozen
class Claim:
    """One claimed outcome, at the evaluation it belongs to (indices into the plan)."""

    participant: str
    card: int
    outcome: int
    on: date
    evaluation: int
    evidence: str = ""


@frozen
class Participant:
    """What is known of a participant: class (empty if none) and first day (None if not given)."""

    name: str
    class_: str
    started_on: date | None


@frozen
class Results:
    """Everything a determination rests on, bound to a plan by index.

    ``values`` by (measure, evaluation or None); ``closed`` the (card, evaluation) pairs for which
    all claims are in; a card is unknown at an evaluation until then.
    """

    values: Mapping[tuple[int, int | None], Reported] = field(factory=dict)
    cancelled: frozenset[int] = frozenset()
    closed: frozenset[tuple[int, int]] = frozenset()
    claims: tuple[Claim, ...] = ()
    participants: tuple[Participant, ...] = ()
