"""The plan: what a contract means, as a finite graph of terms in topological order.

A term refers to others by index, always to lower ones, so that evaluating is one loop. Evaluations
are unrolled: a measure at three evaluations is three ``Result`` terms. Terms hold no names; what a
reader calls them stands beside, in ``Plan.names``.

Values: amounts in units of their currency; percentages and points as fractions of one; dates as
proleptic Gregorian ordinals (``date.toordinal``); durations in whole days; conditions as booleans.
"""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Annotated

from attrs import field

from sibdsl.dates import DayCount
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.units import Unit

Index = Annotated[int, "terms"]
"""The place of a term in ``Plan.terms``; the note names the tuple that a number points into."""
MeasureIndex = Annotated[int, "measures"]
EvaluationIndex = Annotated[int, "evaluations"]
CardIndex = Annotated[int, "cards"]
PaymentIndex = Annotated[int, "payments"]
PartyIndex = Annotated[int, "parties"]
CapIndex = Annotated[int, "caps"]


@frozen
class TermBase:
    """What every term has: the unit of its value and the places of the text it comes from."""

    unit: Unit = field(kw_only=True)
    places: tuple[Span, ...] = field(kw_only=True, eq=False, default=())


@frozen
class Constant(TermBase):
    """A value written in the contract, or folded from such."""

    value: Fraction | bool


class Cause(Enum):
    """Why a value is undefined."""

    DIVISION_BY_ZERO = "division by zero"
    NO_PREVIOUS_EVALUATION = "no previous evaluation"
    NOT_AVAILABLE = "not available"
    CANCELLED = "cancelled"
    BELOW_FIRST_ROW = "below the first row"
    NOTHING_TO_AVERAGE = "nothing to average"
    TOO_LONG = "too long"


@frozen
class Undefined(TermBase):
    """A value the text itself leaves undefined: ``at previous evaluation`` at the first one."""

    cause: Cause


@frozen
class Result(TermBase):
    """A reported result: ``Plan.measures[measure]`` at ``Plan.evaluations[evaluation]``.

    The rounding that is part of a measure is a ``Rounded`` term over this one.
    """

    measure: MeasureIndex
    evaluation: EvaluationIndex | None


@frozen
class Claimed(TermBase):
    """What a rate card comes to at an evaluation: accepted claims at their prices.

    ``prices`` has one term per tariff of ``Plan.cards[card]``; ``participant_cap`` bounds what one
    participant brings over the whole contract. Caps on the card itself are terms over this one.
    """

    card: CardIndex
    evaluation: EvaluationIndex
    prices: tuple[Index, ...]
    participant_cap: Index | None


@frozen
class AcceptedClaims(TermBase):
    """The number of accepted claims of one tariff at an evaluation."""

    card: CardIndex
    evaluation: EvaluationIndex
    outcome: int


@frozen
class Alias(TermBase):
    """The value of another term, under a name of its own."""

    term: Index


class Operation(Enum):
    """Exact arithmetic on two terms; a division by zero is undefined."""

    ADD = "add"
    SUBTRACT = "subtract"
    MULTIPLY = "multiply"
    DIVIDE = "divide"


@frozen
class Arithmetic(TermBase):
    """``left operation right``; dates and days add and subtract as whole numbers."""

    operation: Operation
    left: Index
    right: Index


class Relation(Enum):
    """How two values compare."""

    AT_LEAST = "at least"
    AT_MOST = "at most"
    MORE_THAN = "more than"
    LESS_THAN = "less than"
    EQUAL = "equal"


@frozen
class Comparison(TermBase):
    """Whether ``left relation right``."""

    relation: Relation
    left: Index
    right: Index


@frozen
class Negation(TermBase):
    """``not``."""

    term: Index


class Quantifier(Enum):
    """How many of several conditions must hold."""

    ALL = "all"
    ANY = "any"
    AT_LEAST = "at least"


@frozen
class Several(TermBase):
    """Three-valued ``and``, ``or``, ``at least n of``.

    Where the items stand at evaluations, ``evaluations`` has one for each, and an item at a
    cancelled evaluation is left out; otherwise it is empty.
    """

    quantifier: Quantifier
    number: int
    items: tuple[Index, ...]
    evaluations: tuple[EvaluationIndex, ...] = ()


class Summary(Enum):
    """What several values come to."""

    TOTAL = "total"
    AVERAGE = "average"
    LOWEST = "lowest"
    HIGHEST = "highest"


@frozen
class Aggregate(TermBase):
    """Total, average, lowest or highest; ``evaluations`` as in ``Several``.

    ``the lesser of (a; b)`` is ``LOWEST`` without evaluations. Nothing left: a total is nil, the
    others are undefined.
    """

    summary: Summary
    items: tuple[Index, ...]
    evaluations: tuple[EvaluationIndex, ...] = ()


@frozen
class Choice(TermBase):
    """``if``: only the condition and the chosen branch count."""

    condition: Index
    yes: Index
    no: Index


@frozen
class Fallback(TermBase):
    """``or else``: the second where the first is undefined, never where it is unknown."""

    term: Index
    otherwise: Index


@frozen
class Rounded(TermBase):
    """Rounding written in the contract; ``step`` is positive, in the unit of the term."""

    term: Index
    mode: RoundingMode
    step: Fraction


class TableMode(Enum):
    """How a table is read between its rows."""

    STEPS = "steps"
    INTERPOLATED = "interpolated"
    MARGINAL = "marginal"


@frozen
class Bound:
    """Where a row of a table begins: ``from`` (included) or ``above`` (not)."""

    at: Fraction
    included: bool


@frozen
class Lookup(TermBase):
    """A table read at a key; one value term per bound, bounds rising.

    Marginal: each value is a rate per unit of the key (``per_point``: per hundredth). ``places`` are
    that of the table or look-up, then those of its rows, then that of ``otherwise``.
    """

    mode: TableMode
    key: Index
    bounds: tuple[Bound, ...]
    values: tuple[Index, ...]
    otherwise: Index | None
    per_point: bool = False


@frozen
class YearFraction(TermBase):
    """The part of a year between two dates by a day count."""

    day_count: DayCount
    start: Index
    end: Index


@frozen
class Growth(TermBase):
    """(1 + rate) to the number of full years, times (1 + rate × broken year) if ``broken_year``.

    The broken year is counted by ``day_count``; language reference, "Return cap, interest,
    indexation".
    """

    rate: Index
    day_count: DayCount
    start: Index
    end: Index
    broken_year: bool


@frozen
class Shift(TermBase):
    """A date some months later (or earlier), clamped to the month's end."""

    date: Index
    months: int


@frozen
class Settlement(TermBase):
    """The amount due under ``Plan.payments[payment]``, after caps, rounding and division.

    Settlements stand in rank order; what a settlement takes is no longer there for later ones.
    """

    payment: PaymentIndex


@frozen
class Part(TermBase):
    """The amount due under one part of a settled payment: one payer to one payee."""

    payment: PaymentIndex
    part: int


Term = (
    Constant
    | Undefined
    | Result
    | Claimed
    | AcceptedClaims
    | Alias
    | Arithmetic
    | Comparison
    | Negation
    | Several
    | Aggregate
    | Choice
    | Fallback
    | Rounded
    | Lookup
    | YearFraction
    | Growth
    | Shift
    | Settlement
    | Part
)


# What the terms speak of


@frozen
class Party:
    """A party with the words of its roles (the values of ``syntax.nodes.Role``)."""

    name: str
    roles: tuple[str, ...]
    full_name: str
    place: Span = field(eq=False)


@frozen
class Funding:
    """Money put in; ``investor`` is a party or group name. Amount in units of the currency."""

    investor: str
    amount: Fraction
    currency: str
    recipient: str
    on: date


@frozen
class Evaluation:
    """A dated occasion; ``series`` is the name of the series it belongs to."""

    name: str
    on: date
    series: str


@frozen
class Measure:
    """A result somebody reports, at every evaluation of ``evaluations``, or once if None.

    ``unit`` is that of its values. ``presumed`` holds until a value is reported.
    ``direction`` is ``"higher"``, ``"lower"`` or empty. ``reporters`` are party names, empty
    where the contract names none.
    """

    name: str
    unit: Unit
    evaluations: tuple[EvaluationIndex, ...] | None
    reporters: tuple[str, ...]
    decided: bool
    presumed: Fraction | bool | None
    direction: str
    cumulative: bool
    description: str
    place: Span = field(eq=False)


@frozen
class Requirement:
    """One of ``outcomes`` (indices on the card) accepted earlier, at least so long before."""

    outcomes: tuple[int, ...]
    months: int = 0
    days: int = 0


@frozen
class Tariff:
    """One outcome of a rate card and its limits per participant.

    ``times`` over the whole contract (None: no limit); ``per_evaluation`` once per evaluation;
    ``apart_months``/``apart_days`` between two accepted claims; ``for_class`` empty for all;
    ``starts`` the participants' first days it is open to.
    """

    outcome: str
    times: int | None
    per_evaluation: bool
    apart_months: int
    apart_days: int
    requires: tuple[Requirement, ...]
    for_class: str
    starts: tuple[date, date] | None
    place: Span = field(eq=False)


@frozen
class RateCard:
    """A rate card: its tariffs in the order of the text, and the evaluations it stands at."""

    name: str
    currency: str
    evaluations: tuple[EvaluationIndex, ...]
    tariffs: tuple[Tariff, ...]
    place: Span = field(eq=False)


# Payments and caps


@frozen
class Single:
    """One party on a side of a payment; an index into ``Plan.parties``."""

    party: PartyIndex


@frozen
class Shares:
    """A group that divides by shares making one."""

    group: str
    members: tuple[PartyIndex, ...]
    shares: tuple[Fraction, ...]


@frozen
class Tiers:
    """A waterfall: each member up to its limit over the whole contract, then the next."""

    group: str
    members: tuple[PartyIndex, ...]
    up_to: tuple[Fraction | None, ...]


Division = Single | Shares | Tiers


@frozen
class Payment:
    """One instance of a payment, at one evaluation or on its own.

    ``due`` is the date before any business-day adjustment: rank, interest and caps go by it.
    ``adjusted`` is the frozen date of payment. ``parts`` are pairs of party indices, payer first,
    in the payers' order, then the payees'. ``settlement`` is its ``Settlement`` term.
    """

    name: str
    evaluation: EvaluationIndex | None
    payer: Division
    payee: Division
    parts: tuple[tuple[PartyIndex, PartyIndex], ...]
    condition: Index | None
    gross: Index
    settlement: Index
    currency: str
    due: date
    adjusted: date
    calendar: str
    place: Span = field(eq=False)


@frozen
class ReturnLimit:
    """What an investor may have received by a date: funding and own payments, grown at a rate.

    ``fundings`` and ``payments``/``parts`` (the investor's own payments) grow from their dates.
    """

    rate: Index
    fundings: tuple[tuple[Fraction, date], ...]
    own_payments: tuple[PaymentIndex, ...]
    own_parts: tuple[tuple[PaymentIndex, int], ...]


@frozen
class Account:
    """The headroom of one cap over one span of time: what it bears on and how much it lets pass.

    ``payments`` are limited as a whole, ``parts`` (payment, part) after division. ``amounts`` are
    terms already limited by the lowering (a cap on a rate card): shown, not enforced again.
    ``evaluation`` and ``year`` say which one a periodic cap's account is for. ``counted`` are those of
    the payments that use the limit up and are not limited by it: earlier terms govern them.
    """

    cap: CapIndex
    limit: Index | ReturnLimit
    payments: tuple[PaymentIndex, ...]
    parts: tuple[tuple[PaymentIndex, int], ...]
    amounts: tuple[Index, ...]
    evaluation: EvaluationIndex | None = None
    year: int | None = None
    counted: tuple[PaymentIndex, ...] = ()


@frozen
class Cap:
    """A cap as the contract words it; its accounts stand in ``Plan.accounts``.

    ``subjects`` are the names it bears on, each with ``""``, ``"paid by"`` or ``"paid to"``; the
    contract as a whole has none. ``is_return`` for ``cap return of``. ``period`` is empty,
    ``"per evaluation"``, ``"per calendar year"``, or an interval ``"2017-01-01/2017-12-31"``.
    """

    subjects: tuple[tuple[str, str], ...]
    currency: str
    is_return: bool
    period: str
    place: Span = field(eq=False)


@frozen
class AmountRounding:
    """How amounts of a currency fall due."""

    currency: str
    mode: RoundingMode
    step: Fraction


# Names and worked examples


class NameKind(Enum):
    """What kind of statement gave a term its name."""

    MEASURE = "measure"
    DEFINITION = "definition"
    CONDITION = "condition"
    TABLE = "table"
    RATE_CARD = "rate card"
    PAYMENT = "payment"


@frozen
class NamedTerm:
    """What readers call a term, at which evaluation, and where the name is declared."""

    name: str
    kind: NameKind
    evaluation: EvaluationIndex | None
    term: Index
    place: Span = field(eq=False)


@frozen
class GivenResult:
    """A result a worked example assumes; ``value`` None where it is not available."""

    measure: MeasureIndex
    evaluation: EvaluationIndex | None
    value: Fraction | bool | None


@frozen
class GivenClaim:
    """A claim a worked example assumes."""

    participant: str
    card: CardIndex
    outcome: int
    on: date
    evaluation: EvaluationIndex | None


@frozen
class GivenParticipant:
    """What a worked example says of a participant."""

    participant: str
    class_: str
    started_on: date | None


@frozen
class Expectation:
    """What a worked example expects of a term; ``subject`` in the contract's words."""

    subject: str
    term: Index
    value: Fraction | bool
    unit: Unit
    place: Span = field(eq=False)


@frozen
class Example:
    """A worked example: every rate card is closed at every evaluation."""

    title: str
    results: tuple[GivenResult, ...]
    cancelled: tuple[EvaluationIndex, ...]
    claims: tuple[GivenClaim, ...]
    participants: tuple[GivenParticipant, ...]
    expectations: tuple[Expectation, ...]
    place: Span = field(eq=False)


@frozen
class NameThere:
    """What the contract's other language calls a term; a series brings its evaluations along."""

    name: str
    there: str


@frozen
class Plan:
    """What a contract means. ``payments`` stand in rank order.

    ``prevailing`` is the language of the text that counts where two say the same contract: its own, if
    the contract names none. ``names_there`` are the names that the other text has for its terms.
    """

    language: Language
    prevailing: Language
    names_there: tuple[NameThere, ...]
    title: str
    reference: str
    policy_field: str
    currency: str
    start: date
    end: date
    parties: tuple[Party, ...]
    fundings: tuple[Funding, ...]
    evaluations: tuple[Evaluation, ...]
    measures: tuple[Measure, ...]
    cards: tuple[RateCard, ...]
    terms: tuple[Term, ...]
    names: tuple[NamedTerm, ...]
    payments: tuple[Payment, ...]
    caps: tuple[Cap, ...]
    accounts: tuple[Account, ...]
    roundings: tuple[AmountRounding, ...]
    examples: tuple[Example, ...]
