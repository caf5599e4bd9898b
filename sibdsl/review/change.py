"""One change between two versions of a contract: what, where, and what it is for whom."""

from __future__ import annotations

from enum import Enum

from attrs import field

from sibdsl.checks.bounds.trends import Trend
from sibdsl.frozen import frozen
from sibdsl.review.changes import What
from sibdsl.source import Position, Span


class Sort(Enum):
    """The kinds of statement that a change may be about; ``TEXT`` is the file as a whole."""

    TEXT = "text"
    TITLE = "title"
    REFERENCE = "reference"
    POLICY_FIELD = "field"
    CURRENCY = "currency"
    EXCHANGE_RATE = "exchange rate"
    TERM = "term"
    PARTY = "party"
    GROUP = "group"
    FUNDING = "funding"
    EVALUATION = "evaluation"
    EVALUATIONS = "evaluations"
    MEASURE = "measure"
    DEFINITION = "definition"
    TABLE = "table"
    CONDITION = "condition"
    RATE_CARD = "rate card"
    OUTCOME = "outcome"
    PAYMENT = "payment"
    CAP = "cap"
    RETURN_CAP = "return cap"
    ROUNDING = "rounding"
    TRANSLATION = "translation"
    PREVAILING_LANGUAGE = "prevailing language"
    EXAMPLE = "example"
    AMENDMENT = "amendment"


@frozen
class Place:
    """Where a change stands in the text of one version; positions count lines and columns from 1.

    ``span`` are offsets in the file; ``file`` is empty for the contract's own, else the one it uses.
    """

    span: Span
    start: Position
    end: Position
    file: str = ""


class Audience(Enum):
    """For whom a change is judged, by the roles of the parties to the payments it bears on."""

    PAYER = "payer"
    INVESTOR = "investor"
    PROVIDER = "provider"


class Impact(Enum):
    """What a change is for somebody, as far as the clause alone tells."""

    BETTER = "better"
    WORSE = "worse"
    EITHER = "may be either"
    NONE = "none"


@frozen
class Impacts:
    """The impact of a change on each audience."""

    payer: Impact = Impact.NONE
    investor: Impact = Impact.NONE
    provider: Impact = Impact.NONE

    def on(self, audience: Audience) -> Impact:
        """The impact on one of them."""
        match audience:
            case Audience.PAYER:
                return self.payer
            case Audience.INVESTOR:
                return self.investor
            case Audience.PROVIDER:
                return self.provider


@frozen
class Bearing:
    """A payment that rests on what changed: whether it pays more (RISES), less, or may do either."""

    payment: str
    trend: Trend


@frozen
class Change:
    """One change: what, of which statement, where in both versions, what it is for whom.

    ``name`` is the Defined Term in the new version, in the old one if only that has it; for a cap its
    targets, for an example its title, empty for the text as a whole. ``old`` and ``new`` are None
    where that version has no such place. ``fingerprint`` is made of the kind, the names and the
    values, not of places: the same change has it again after a rebase.
    """

    sort: Sort
    name: str
    what: What
    old: Place | None = field(eq=False)
    new: Place | None = field(eq=False)
    bears_on: tuple[Bearing, ...]
    impacts: Impacts
    fingerprint: str
