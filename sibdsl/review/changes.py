"""What may change between two versions of a contract: one small class for each kind of change.

A change is named by the Defined Terms of the contract, never by lines: moved text is no change. A
value stands as the contract writes it, and as a value where the text fixes one.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from sibdsl.checks.bounds.trends import Trend
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.units import Quantity


@frozen
class Written:
    """A part of a contract: its words, on one line, in the language of its version.

    ``value`` is what they come to where the text itself fixes it, None where it rests on results.
    """

    words: str
    value: Quantity | None = None


# Statements as wholes


@frozen
class Added:
    """A statement that only the new version has; ``said`` is what it says, empty where that is long."""

    said: str = ""


@frozen
class Removed:
    """A statement that only the old version has; ``said`` is what it said, empty where that is long."""

    said: str = ""


@frozen
class Renamed:
    """A statement of the same meaning under another name; its uses follow.

    ``is_declared`` where the contract itself says that the one is the other's name in the other language.
    """

    old: str
    new: str
    is_declared: bool = False


# Conditions and amounts


@frozen
class ThresholdChanged:
    """The other side of a comparison, or how it is compared: ``is at least 10%``.

    ``term`` is what is compared, in the words of the new version. The relations are the values of
    ``syntax.nodes.Relation``, or ``"is between"``. ``trend`` is that of the comparison: RISES where
    it now holds more easily, FALLS where it is harder to meet.
    """

    term: str
    old_relation: str
    new_relation: str
    old: Written
    new: Written
    trend: Trend


@frozen
class TestChanged:
    """The test of a condition, or one of its parts: None where there was, or is, no such part."""

    __test__ = False  # no test of pytest's

    old: Written | None
    new: Written | None
    trend: Trend


class Clause(Enum):
    """The two clauses that make a payment depend on a test."""

    WHEN = "when"
    UNLESS = "unless"


@frozen
class PaymentConditionChanged:
    """A part of ``when`` or ``unless``: None where there was, or is, no such part.

    ``trend`` is that of the payment: RISES where it falls due more easily.
    """

    clause: Clause
    old: Written | None
    new: Written | None
    trend: Trend


@frozen
class AmountChanged:
    """A part of the amount of a payment, the smallest that differs; RISES where it pays more."""

    old: Written | None
    new: Written | None
    trend: Trend
    is_rate: bool = False
    """Whether the part is a rate per year, of interest or of indexation."""


@frozen
class FormulaChanged:
    """A part of a definition, the smallest that differs; the trend is that of the definition."""

    old: Written | None
    new: Written | None
    trend: Trend
    is_rate: bool = False


# Tables


@frozen
class Edge:
    """Where a row of a table begins: ``from`` (included) or ``above`` (not)."""

    at: Written
    included: bool


@frozen
class RowAdded:
    """A row that only the new version has."""

    edge: Edge
    value: Written


@frozen
class RowRemoved:
    """A row that only the old version has."""

    edge: Edge
    value: Written


@frozen
class RowValueChanged:
    """What a row gives; ``edge`` is None for ``otherwise``, a value None where it was not said."""

    edge: Edge | None
    old: Written | None
    new: Written | None
    trend: Trend


@frozen
class BandEdgeChanged:
    """Where a row begins, or whether that value belongs to it (``from`` or ``above``)."""

    old: Edge
    new: Edge
    trend: Trend


class TableAspect(Enum):
    """How a table is read."""

    MODE = "mode"
    KEY = "key"
    PER_POINT = "per point"


@frozen
class TableReadingChanged:
    """How a table is read: the words of ``TableMode``, or the name of its key."""

    aspect: TableAspect
    old: str
    new: str


# Payments and caps


@frozen
class DueDateChanged:
    """When a payment falls due; ``days`` later (negative: earlier), None where it cannot be said."""

    old: Written
    new: Written
    days: int | None


class Side(Enum):
    """The two sides of a payment."""

    PAYER = "payer"
    PAYEE = "payee"


@frozen
class SideChanged:
    """Who pays, or who is paid."""

    side: Side
    old: str
    new: str


@frozen
class OccurrenceChanged:
    """At which evaluations a statement exists; empty words for once in the contract."""

    old: str
    new: str


@frozen
class RankChanged:
    """The order of payments that fall due on one day, first to last."""

    on: date
    old: tuple[str, ...]
    new: tuple[str, ...]


@frozen
class CapLimitChanged:
    """The limit of a cap, or the rate of a cap on a return; RISES where it lets more pass."""

    old: Written
    new: Written
    trend: Trend


@frozen
class CapPeriodChanged:
    """The period that a cap counts by; empty words for the whole contract. RISES where more may pass."""

    old: str
    new: str
    trend: Trend = Trend.UNSURE


# Measures, evaluations, parties, money


class MeasureAspect(Enum):
    """What of a measure changed."""

    KIND = "kind"
    REPORTER = "reporter"
    DIRECTION = "direction"
    ROUNDING = "rounding"
    CUMULATIVE = "cumulative"
    PRESUMED = "presumed"


@frozen
class MeasureChanged:
    """One thing said of a measure; empty words where it is not said."""

    aspect: MeasureAspect
    old: str
    new: str


@frozen
class EvaluationMoved:
    """The date of an evaluation."""

    old: date
    new: date


@frozen
class SeriesChanged:
    """The dates of recurring evaluations."""

    old: str
    new: str


@frozen
class RolesChanged:
    """The roles of a party, in the words of its version."""

    old: str
    new: str


@frozen
class GroupChanged:
    """The members of a group, their shares or limits."""

    old: str
    new: str


@frozen
class FundingChanged:
    """The amount, the recipient or the date of a funding."""

    old: str
    new: str


@frozen
class SettingChanged:
    """The currency, the term, an exchange rate, or the rounding of amounts due: see the sort."""

    old: str
    new: str


@frozen
class EffectiveDateChanged:
    """The day from which an amendment governs; ``governs_others``: other evaluations than before."""

    old: date
    new: date
    governs_others: bool


# Rate cards


class OutcomeAspect(Enum):
    """What of an outcome of a rate card changed."""

    PRICE = "price"
    LIMIT = "limit"
    REQUIREMENT = "requirement"
    WHO = "who"
    ORDER = "order"


@frozen
class OutcomeAdded:
    """An outcome that only the new version of a rate card has."""

    outcome: str
    price: Written


@frozen
class OutcomeRemoved:
    """An outcome that only the old version of a rate card has."""

    outcome: str
    price: Written


@frozen
class OutcomeChanged:
    """The price, a limit or a requirement of an outcome; None where it is not said."""

    outcome: str
    aspect: OutcomeAspect
    old: Written | None
    new: Written | None
    trend: Trend


@frozen
class ParticipantCapChanged:
    """The most that one participant may bring; None where there is none."""

    old: Written | None
    new: Written | None
    trend: Trend


# Words only


class WordingAspect(Enum):
    """What is said in words alone."""

    TITLE = "title"
    REFERENCE = "reference"
    POLICY_FIELD = "field"
    FULL_NAME = "full name"
    DESCRIPTION = "description"
    TRANSLATION = "translation"


@frozen
class WordingChanged:
    """Quoted words: they move no money, but may say what is measured."""

    aspect: WordingAspect
    old: str
    new: str


@frozen
class ExampleChanged:
    """A worked example: its lines, or its title alone where ``lines`` is no."""

    lines: bool


@frozen
class CommentChanged:
    """A comment; None where there was, or is, none."""

    old: str | None
    new: str | None


@frozen
class Reordered:
    """Statements that stand elsewhere in the text, which means nothing."""

    names: tuple[str, ...]


@frozen
class LayoutChanged:
    """White space, articles, prose around the contract: nothing of the contract itself."""


@frozen
class Translated:
    """Another language of keywords."""

    old: Language
    new: Language


What = (
    Added
    | Removed
    | Renamed
    | ThresholdChanged
    | TestChanged
    | PaymentConditionChanged
    | AmountChanged
    | FormulaChanged
    | RowAdded
    | RowRemoved
    | RowValueChanged
    | BandEdgeChanged
    | TableReadingChanged
    | DueDateChanged
    | SideChanged
    | OccurrenceChanged
    | RankChanged
    | CapLimitChanged
    | CapPeriodChanged
    | MeasureChanged
    | EvaluationMoved
    | SeriesChanged
    | RolesChanged
    | GroupChanged
    | FundingChanged
    | SettingChanged
    | EffectiveDateChanged
    | OutcomeAdded
    | OutcomeRemoved
    | OutcomeChanged
    | ParticipantCapChanged
    | WordingChanged
    | ExampleChanged
    | CommentChanged
    | Reordered
    | LayoutChanged
    | Translated
)
"""Everything that a change may be."""

WORDS_ONLY = (
    WordingChanged | ExampleChanged | CommentChanged | Reordered | LayoutChanged | Translated
)
"""Those that can move no money, whatever the contract."""
