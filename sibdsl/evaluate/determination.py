"""The determination: what falls due, what does not, and why. Data only."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field

from sibdsl.evaluate.working import Working
from sibdsl.frozen import frozen
from sibdsl.plan.terms import TableMode
from sibdsl.source import Span
from sibdsl.units import Quantity, Unit


class State(Enum):
    """The state of a payment.

    ``PENDING`` may have a certain part already due; ``UNDEFINED`` rests on a value that is
    undefined for good.
    """

    DUE = "due"
    NOT_DUE = "not due"
    PENDING = "pending"
    UNDEFINED = "undefined"


class Why(Enum):
    """What a step of a reason says of its value."""

    REPORTED = "reported"
    PRESUMED = "presumed"
    PROVISIONAL = "provisional"
    DISPUTED = "disputed"
    NOT_REPORTED = "not reported"
    NOT_AVAILABLE = "not available"
    CANCELLED = "cancelled"
    RESTS_ON_CANCELLED = "rests on cancelled"
    DIVISION_BY_ZERO = "division by zero"
    NO_PREVIOUS_EVALUATION = "no previous evaluation"
    BELOW_FIRST_ROW = "below the first row"
    NOTHING_TO_AVERAGE = "nothing to average"
    TOO_LONG = "too long"
    CARD_OPEN = "card open"
    CARD_CLOSED = "card closed"
    WRITTEN = "written"
    COMPUTED = "computed"
    MET = "met"
    NOT_MET = "not met"
    COMPARED = "compared"
    ROW_REACHED = "row reached"
    FELL_BACK = "fell back"
    PAID = "paid"
    UNKNOWN = "unknown"
    NEGATIVE = "negative"
    CUT = "cut"


@frozen
class Row:
    """A row of a table: where it begins and its value; of a marginal table its rate."""

    at: Quantity
    value: Quantity | None


@frozen
class Band:
    """What a band of a marginal table brings: the part of the key inside it, at its rate.

    ``part`` is in points where the rate is per point.
    """

    part: Quantity
    rate: Quantity


@frozen
class Reading:
    """How a table was read at a key.

    ``name`` and ``evaluation`` are the contract's words for the key, empty without any. ``reached``
    is the last row that the key reaches, None below the first; ``next_row`` the one after it, below
    the first row that first row, None after the last. ``bands`` are those of a marginal table that
    the key reaches.
    """

    mode: TableMode
    name: str
    evaluation: str
    key: Quantity
    reached: Row | None
    next_row: Row | None
    bands: tuple[Band, ...] = ()


@frozen
class Reason:
    """One step of an explanation, as a tree.

    ``name`` and ``evaluation`` are the contract's words for the value, empty for a step without a
    name of its own. ``value`` is None where unknown or undefined. For a comparison ``threshold``
    is the other side, ``relation`` the words of ``plan.terms.Relation`` and ``margin`` the signed
    distance by which it is passed (negative: short of it); ``left`` and ``right`` are where its
    sides are written. ``reading`` is there for the row of a table alone, ``working`` for an amount or
    another value that the contract works out.
    """

    why: Why
    name: str
    evaluation: str
    unit: Unit
    value: Quantity | None
    place: Span | None
    because: tuple[Reason, ...] = ()
    relation: str = ""
    threshold: Quantity | None = None
    margin: Quantity | None = None
    left: Span | None = field(default=None, eq=False)
    right: Span | None = field(default=None, eq=False)
    reading: Reading | None = None
    working: Working | None = None


@frozen
class Cut:
    """What a cap took off a payment; ``cap`` and ``account`` index the plan.

    ``headroom`` is what the cap had left for the payment before it was settled; ``working``, of a
    return cap alone, how that comes about: money put in, less money got, all grown to the due date.
    """

    cap: int
    account: int
    amount: Fraction
    headroom: Fraction = Fraction(0)
    working: Working | None = None


@frozen
class PartDue:
    """One payer's amount to one payee, in units of the currency."""

    payer: str
    payee: str
    amount: Fraction
    cuts: tuple[Cut, ...] = ()


@frozen
class Missing:
    """A result or card closing that a pending payment waits for; ``disputed`` if contested."""

    name: str
    evaluation: str
    disputed: bool = False


@frozen
class PaymentOutcome:
    """One payment instance as determined.

    ``gross`` None where unknown, undefined or not due. ``amount`` is what is due (the certain part
    where pending). ``provisional`` and ``presumed`` mark what it rests on. ``waits_for`` are all the
    results and closings that keep it pending; ``lacks`` of these and of other payments those that
    its own condition, amount and caps' limits rest on; ``behind`` the earlier pending payments that
    may still take the headroom of a cap it shares.
    """

    payment: int
    name: str
    evaluation: str
    payer: str
    payee: str
    currency: str
    state: State
    provisional: bool
    presumed: bool
    gross: Fraction | None
    cuts: tuple[Cut, ...]
    amount: Fraction
    parts: tuple[PartDue, ...]
    due: date
    adjusted: date
    waits_for: tuple[Missing, ...]
    reason: Reason
    place: Span = field(eq=False)
    lacks: tuple[Missing, ...] = ()
    behind: tuple[Missing, ...] = ()


@frozen
class PartyTotal:
    """What a party pays and receives, per currency; ``pending`` if more may come either way.

    Of ``paid``, ``provisional`` rests on a provisional result, and ``presumed`` on a presumption but
    on no provisional result.
    """

    party: str
    currency: str
    paid: Fraction
    received: Fraction
    provided: Fraction
    pending: bool
    provisional: Fraction = Fraction(0)
    presumed: Fraction = Fraction(0)


@frozen
class CapUse:
    """A cap's account: its limit, what is used, what is left. None where unknown or, for a
    return cap, where the limit moves with the date (``limit`` at the last payment).
    """

    cap: int
    account: int
    limit: Fraction | None
    used: Fraction | None
    headroom: Fraction | None


@frozen
class NamedValue:
    """A measure, definition, condition, table or rate card, with its value at an evaluation."""

    name: str
    kind: str
    evaluation: str
    value: Quantity | None
    why: Why
    provisional: bool
    presumed: bool
    reason: Reason


@frozen
class InvestorReturn:
    """What an investor put in and got back.

    ``multiple`` is received ÷ provided, exact. ``annual_rate`` is the yearly rate at which the
    dated cash flows net to nil (actual/365, as XIRR), rounded to a hundredth of a point, None
    where there is none or more than one.
    """

    investor: str
    currency: str
    provided: Fraction
    received: Fraction
    multiple: Fraction | None
    annual_rate: Fraction | None


@frozen
class OutcomeCount:
    """What the claims of one tariff came to at an evaluation.

    ``refused_by_requires`` has one count per ``requires`` of the tariff. ``first_time`` are those of
    the ``people`` who had no claim of the tariff accepted before: over evaluations they add up.
    An outcome may have several tariffs: ``tariff`` is the place on the card, ``for_class`` (empty
    for all) and ``starts`` (None for all) say whom it is for. ``cap`` bounds what one participant
    brings, None without one; ``cuts`` is what it took off, by participant.
    """

    card: str
    outcome: str
    evaluation: str
    people: int
    claimed: int
    accepted: int
    refused_by_limit: int
    refused_by_requires: tuple[int, ...]
    refused_by_class: int
    amount: Fraction | None
    first_time: int = 0
    tariff: int = 0
    for_class: str = ""
    starts: tuple[date, date] | None = None
    cap: Fraction | None = None
    cuts: tuple[tuple[str, Fraction], ...] = ()


@frozen
class Determination:
    """What a contract comes to on given results."""

    title: str
    contract_digest: str
    results_digest: str
    as_of: date | None
    payments: tuple[PaymentOutcome, ...]
    totals: tuple[PartyTotal, ...]
    caps: tuple[CapUse, ...]
    conditions: tuple[NamedValue, ...]
    values: tuple[NamedValue, ...]
    returns: tuple[InvestorReturn, ...]
    outcomes: tuple[OutcomeCount, ...]
