"""The tree of what was written: every kind of statement and expression, in reading order.

Nodes are frozen and compare without their spans, so that two contracts that say the same thing
in two layouts, or in two languages, have equal trees.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field

from sibdsl.dates import DayCount
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.numerals import Language
from sibdsl.source import Span


@frozen
class Node:
    """What every node has: the range of the text it was read from."""

    span: Span = field(kw_only=True, eq=False, repr=False)


@frozen
class Name(Node):
    """A Defined Term: capitalised words, single spaces, straight apostrophes, no article."""

    text: str


@frozen
class Text(Node):
    """Quoted text, without its quotation marks."""

    text: str


# Expressions: literals


@frozen
class Number(Node):
    """``1,250.5``: a scalar; no unit."""

    value: Fraction


@frozen
class Percentage(Node):
    """``7.5%``; the value is a fraction of one (3/40)."""

    value: Fraction


@frozen
class Points(Node):
    """``3 points``; the value is a fraction of one (3/100)."""

    value: Fraction


@frozen
class Amount(Node):
    """``GBP 1,250.50``; the value in units of the currency, the ISO 4217 code."""

    value: Fraction
    currency: str


@frozen
class Date(Node):
    """``2017-03-30``."""

    value: date


class DurationUnit(Enum):
    """The units of a duration; a year is twelve months."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@frozen
class Duration(Node):
    """``60 days``, ``3 months``, ``2 years``; the number is whole (the checker says so)."""

    number: Fraction
    unit: DurationUnit


@frozen
class YesNo(Node):
    """``yes`` or ``no`` as a value."""

    value: bool


# Expressions: names


@frozen
class NameUse(Node):
    """A Defined Term used bare."""

    name: Name


@frozen
class AtEvaluation(Node):
    """``X at Cohort 2``."""

    name: Name
    evaluation: Name


@frozen
class AtPrevious(Node):
    """``X at previous evaluation``."""

    name: Name


@frozen
class EvaluationDate(Node):
    """``evaluation date``: the date of the evaluation at hand."""


# Expressions: arithmetic


class Operator(Enum):
    """The four operations; ``OF`` is the multiplication in ``95% of X``."""

    PLUS = "+"
    MINUS = "-"
    TIMES = "*"
    DIVIDED_BY = "/"
    OF = "of"


@frozen
class Arithmetic(Node):
    """``left + right`` and its kin."""

    operator: Operator
    left: Expr
    right: Expr


@frozen
class Negative(Node):
    """``-X``."""

    operand: Expr


class Extreme(Enum):
    """``the lesser of`` or ``the greater of``."""

    LESSER = "lesser"
    GREATER = "greater"


@frozen
class Extremum(Node):
    """``the lesser of (a; b)``, ``the greater of (a; b; c)``."""

    which: Extreme
    items: tuple[Expr, ...]


@frozen
class Rounded(Node):
    """``X rounded half up to STEP``."""

    operand: Expr
    mode: RoundingMode
    step: Expr


@frozen
class Choice(Node):
    """``if condition then yes else no``."""

    condition: Expr
    yes: Expr
    no: Expr


@frozen
class OrElse(Node):
    """``X or else Y``: Y where X is undefined, never where it is unknown."""

    operand: Expr
    fallback: Expr


@frozen
class PointsIn(Node):
    """``points in X``: 38 for 38%."""

    operand: Expr


@frozen
class InCurrency(Node):
    """``X in USD``, by the contract's exchange rate."""

    operand: Expr
    currency: str


@frozen
class LookUp(Node):
    """``T for 12%``: a table looked up at another value than its own key."""

    table: Name
    key: Expr


# Expressions: tests


class Relation(Enum):
    """How two values are compared; the last four are for dates."""

    AT_LEAST = "is at least"
    AT_MOST = "is at most"
    MORE_THAN = "is more than"
    LESS_THAN = "is less than"
    IS = "is"
    BEFORE = "is before"
    AFTER = "is after"
    ON_OR_BEFORE = "is on or before"
    ON_OR_AFTER = "is on or after"


@frozen
class Comparison(Node):
    """``left is at least right``."""

    relation: Relation
    left: Expr
    right: Expr


@frozen
class Between(Node):
    """``X is between a and b``, both included."""

    operand: Expr
    low: Expr
    high: Expr


@frozen
class Not(Node):
    """``not X``."""

    operand: Expr


@frozen
class And(Node):
    """``a and b and c``, also ``all of (a; b; c)``."""

    items: tuple[Expr, ...]


@frozen
class Or(Node):
    """``a or b``, also ``any of (a; b)``."""

    items: tuple[Expr, ...]


@frozen
class AtLeast(Node):
    """``at least 2 of (a; b; c)``."""

    number: Number
    items: tuple[Expr, ...]


# Expressions: over the evaluations of a series


class Over(Enum):
    """What is made of a term over the evaluations of its series."""

    TOTAL = "total of"
    AVERAGE = "average of"
    LOWEST = "lowest of"
    HIGHEST = "highest of"
    ANY = "any of"
    ALL = "all of"
    AT_LEAST = "at least n of"


@frozen
class OverEvaluations(Node):
    """``total of X``, ``any of C to date``, ``at least 2 of C``: one Defined Term, its series.

    ``number`` is given only for ``AT_LEAST``.
    """

    which: Over
    name: Name
    to_date: bool
    number: Number | None = None


# Expressions: money and dates


class Side(Enum):
    """Which side of a payment a party stands on."""

    PAYER = "paid by"
    PAYEE = "paid to"


@frozen
class PaidToDate(Node):
    """``paid to X to date``, ``paid by X to date``: due on or before the evaluation's date."""

    side: Side
    party: Name


@frozen
class ProvidedToDate(Node):
    """``provided by X to date``: the funding up to the evaluation's date."""

    party: Name


@frozen
class TotalPaid(Node):
    """``total paid to X``, ``total paid by X``: only in what a worked example expects."""

    side: Side
    party: Name


@frozen
class GrossAmount(Node):
    """``gross amount of P``: before caps and rounding."""

    payment: NameUse | AtEvaluation | AtPrevious


@frozen
class Accepted(Node):
    """``accepted OUTCOME``: the number of accepted claims, at an evaluation of the card."""

    outcome: Name | Text
    evaluation: Name | None


@frozen
class Interest(Node):
    """``interest on A at a rate of R per year[ compounded yearly], DAY COUNT, from D1 to D2``."""

    amount: Expr
    rate: Expr
    compounded: bool
    day_count: DayCount
    start: Expr
    end: Expr


@frozen
class Indexed(Node):
    """``A indexed by R per year from D``."""

    operand: Expr
    rate: Expr
    start: Expr


Expr = (
    Number
    | Percentage
    | Points
    | Amount
    | Date
    | Duration
    | YesNo
    | NameUse
    | AtEvaluation
    | AtPrevious
    | EvaluationDate
    | Arithmetic
    | Negative
    | Extremum
    | Rounded
    | Choice
    | OrElse
    | PointsIn
    | InCurrency
    | LookUp
    | Comparison
    | Between
    | Not
    | And
    | Or
    | AtLeast
    | OverEvaluations
    | PaidToDate
    | ProvidedToDate
    | TotalPaid
    | GrossAmount
    | Accepted
    | Interest
    | Indexed
)


# Statements: the head of a contract


@frozen
class Title(Node):
    """``contract "One Service"``."""

    text: Text


@frozen
class ContractReference(Node):
    """``reference "CIS-2017-04"``."""

    text: Text


@frozen
class PolicyField(Node):
    """``field "reoffending"``: the field of social policy."""

    text: Text


@frozen
class Translation(Node):
    """``in French, Ministry of Justice is "le Ministère de la Justice"``; the article may be left out."""

    name: Name
    text: Text


@frozen
class PrevailingLanguage(Node):
    """``prevailing language English``: which of two texts counts where they differ."""

    language: Language


@frozen
class Currency(Node):
    """``currency GBP``: the default currency."""

    code: str


@frozen
class ExchangeRate(Node):
    """``exchange rate EUR 1 is USD 1.077``, or ``is NAME``, a measured number."""

    base: Amount
    quote: Amount | NameUse


@frozen
class Term(Node):
    """``term from D to D``: first and last day, both included."""

    start: Date
    end: Date


class Role(Enum):
    """What a party does in the contract."""

    INVESTOR = "investor"
    OUTCOME_PAYER = "outcome payer"
    SERVICE_PROVIDER = "service provider"
    EVALUATOR = "evaluator"
    INTERMEDIARY = "intermediary"
    GUARANTOR = "guarantor"
    OTHER = "other"


@frozen
class Party(Node):
    """``party X is investor and guarantor, "full name"``."""

    name: Name
    roles: tuple[Role, ...]
    full_name: Text | None


@frozen
class ShareMember(Node):
    """``City 20%`` in a group: the share is a percentage or a fraction."""

    name: Name
    share: Expr


@frozen
class ShareGroup(Node):
    """``group Funders is City 20%, Ministry 80%``."""

    name: Name
    members: tuple[ShareMember, ...]


@frozen
class WaterfallMember(Node):
    """``Senior up to GBP 1,000,000``; no limit where ``up_to`` is None."""

    name: Name
    up_to: Expr | None


@frozen
class Waterfall(Node):
    """``group Notes is Senior up to GBP 1,000,000, then Junior``."""

    name: Name
    members: tuple[WaterfallMember, ...]


@frozen
class Funding(Node):
    """``funding X provides A to Y on D``."""

    investor: Name
    amount: Expr
    recipient: Name
    on: Date


@frozen
class Evaluation(Node):
    """``evaluation Cohort 1 on D``."""

    name: Name
    on: Date


@frozen
class Evaluations(Node):
    """``evaluations Year yearly from D to D``: the series Year 1, Year 2, …"""

    name: Name
    every_months: int
    start: Date
    end: Date


# Statements: what is measured and defined


@frozen
class AtEach(Node):
    """``at each Quarter``, ``at Final``: where a thing exists; ``series`` None for ``at each evaluation``."""

    series: Name | None
    each: bool


class MeasureKind(Enum):
    """What a measure may be."""

    COUNT = "a count"
    NUMBER = "a number"
    PERCENTAGE = "a percentage"
    POINTS = "in points"
    AMOUNT = "an amount"
    DATE = "a date"
    YES_NO = "yes or no"


class Direction(Enum):
    """Which way a result is an improvement."""

    HIGHER = "higher is better"
    LOWER = "lower is better"


@frozen
class ReportedBy(Node):
    """``reported by X``, several joined by ``and``."""

    parties: tuple[Name, ...]


@frozen
class DecidedBy(Node):
    """``decided by X``: human judgement."""

    parties: tuple[Name, ...]


@frozen
class BetterResult(Node):
    """``higher is better`` or ``lower is better``."""

    direction: Direction


@frozen
class MeasureRounding(Node):
    """``rounded down to 1%``: part of the measure."""

    mode: RoundingMode
    step: Expr


@frozen
class Cumulative(Node):
    """``cumulative``: each value includes those before it."""


@frozen
class Presumed(Node):
    """``presumed no``: holds until a value is reported."""

    value: Expr


MeasureDetail = (
    ReportedBy | DecidedBy | BetterResult | MeasureRounding | Cumulative | Presumed | Text
)
"""What may follow the commas of a measure; quoted text is what the measure is, in words."""


@frozen
class Measure(Node):
    """``measure X is a count at each evaluation, reported by E "what it is"``.

    ``currency`` is set for an amount in another currency than the contract's.
    """

    name: Name
    kind: MeasureKind
    currency: str | None
    occurrence: AtEach | None
    details: tuple[MeasureDetail, ...]


@frozen
class Definition(Node):
    """``X means …``."""

    name: Name
    body: Expr


class TableMode(Enum):
    """How a table is read between its rows."""

    STEPS = "in steps"
    INTERPOLATED = "interpolated"
    MARGINAL = "marginal"


@frozen
class Row(Node):
    """``from 10%: USD 9,600,000`` (included) or ``above 10%: …`` (excluded)."""

    bound: Expr
    included: bool
    value: Expr
    per_point: bool


@frozen
class Table(Node):
    """``table X by KEY, in steps`` and its rows."""

    name: Name
    key: Name
    mode: TableMode
    rows: tuple[Row, ...]
    otherwise: Expr | None


@frozen
class Condition(Node):
    """``condition X: test``."""

    name: Name
    test: Expr


# Statements: rate cards


@frozen
class LimitTimes(Node):
    """``once`` (1), ``up to 4 times``, ``no limit`` (None): over the whole contract."""

    number: Number | None


@frozen
class OncePerEvaluation(Node):
    """``once per evaluation``."""


@frozen
class Apart(Node):
    """``at least 28 days apart``: between two accepted claims of the outcome by a participant."""

    duration: Duration


@frozen
class Requires(Node):
    """``requires A or B [at least 3 months before]``: one of them, accepted earlier."""

    outcomes: tuple[Name | Text, ...]
    before: Duration | None


@frozen
class ForClass(Node):
    """``for class "…"``."""

    text: Text


@frozen
class ForStarts(Node):
    """``for starts from D to D``."""

    start: Date
    end: Date


OutcomeRule = LimitTimes | OncePerEvaluation | Apart | Requires | ForClass | ForStarts


@frozen
class Outcome(Node):
    """``outcome NAME: PRICE, LIMIT, …``: one tariff."""

    name: Name | Text
    price: Expr
    rules: tuple[OutcomeRule, ...]


@frozen
class RateCard(Node):
    """``rate card NAME at each Quarter``, its tariffs, ``at most A per participant``."""

    name: Name
    occurrence: AtEach
    outcomes: tuple[Outcome, ...]
    participant_cap: Expr | None


# Statements: payments and caps


@frozen
class BusinessDay(Node):
    """``, next business day in FR``: the calendar's country code, or TARGET."""

    calendar: str


@frozen
class DueOn(Node):
    """``due 2021-06-30``."""

    on: Date
    adjusted: BusinessDay | None


@frozen
class DueAfter(Node):
    """``due 60 days after evaluation`` (``evaluation`` None) or ``after Cohort 2``; ``due at evaluation`` has no duration."""

    duration: Duration | None
    evaluation: Name | None
    adjusted: BusinessDay | None


Due = DueOn | DueAfter


@frozen
class Payment(Node):
    """``payment P at each Q: X pays A to Y when … unless … due …``."""

    name: Name
    occurrence: AtEach | None
    ranks_after: tuple[Name, ...]
    payer: Name
    amount: Expr
    payee: Name
    when: Expr | None
    unless: Expr | None
    due: Due


@frozen
class CapOn(Node):
    """What a cap bears on: a payment, party, group or rate card; a party on one side only."""

    name: Name
    side: Side | None


@frozen
class CapOnContract(Node):
    """``cap contract: …``."""


@frozen
class PerEvaluation(Node):
    """``per evaluation``."""


@frozen
class PerCalendarYear(Node):
    """``per calendar year``: of the unadjusted due date."""


@frozen
class Within(Node):
    """``from D to D``: by due date, both days included."""

    start: Date
    end: Date


CapPeriod = PerEvaluation | PerCalendarYear | Within


@frozen
class Cap(Node):
    """``cap A; B: LIMIT per calendar year``."""

    targets: tuple[CapOn | CapOnContract, ...]
    limit: Expr
    period: CapPeriod | None


@frozen
class ReturnCap(Node):
    """``cap return of X: 13% per year``."""

    investor: Name
    rate: Expr


@frozen
class RoundingRule(Node):
    """``rounding half even to GBP 0.01``."""

    mode: RoundingMode
    step: Expr


# Statements: worked examples


@frozen
class NotAvailable(Node):
    """``is not available``: undefined for good."""


@frozen
class Given(Node):
    """``given X at Q is V``."""

    name: Name
    evaluation: Name | None
    value: Expr | NotAvailable


@frozen
class GivenCancelled(Node):
    """``given Cohort 3 is cancelled``."""

    evaluation: Name


@frozen
class GivenClaim(Node):
    """``given participant "A" claims NAME on DATE [at Q]``."""

    participant: Text
    outcome: Name | Text
    on: Date
    evaluation: Name | None


@frozen
class GivenParticipant(Node):
    """``given participant "A" is in class "adult"``, ``given participant "A" started on DATE``."""

    participant: Text
    class_: Text | None
    started_on: Date | None


@frozen
class Expect(Node):
    """``expect X at Q is V``."""

    subject: Expr
    value: Expr


ExampleLine = Given | GivenCancelled | GivenClaim | GivenParticipant | Expect


@frozen
class Example(Node):
    """``example "cohort 1 as published"`` and its lines."""

    title: Text
    lines: tuple[ExampleLine, ...]


# Statements: other files


@frozen
class UseOfFile(Node):
    """``use "clauses/standard.sib"``: its statements stand here, as though they were written here."""

    path: Text


@frozen
class ClauseLibrary(Node):
    """``clause library "Standard clauses"``: the file is there to be used by contracts."""

    text: Text


@frozen
class Amendment(Node):
    """``amendment "No 1" to "contract.sib" effective D``: what the file changes, and from which day."""

    text: Text
    path: Text
    effective: Date


@frozen
class Withdrawal(Node):
    """``withdraw NAME``: from its effective day on, an amendment leaves the name out of the contract."""

    name: Name


@frozen
class CapWithdrawal(Node):
    """``withdraw cap A per calendar year``: the cap on the same targets over the same period."""

    targets: tuple[CapOn | CapOnContract, ...]
    period: CapPeriod | None


Statement = (
    Title
    | ContractReference
    | PolicyField
    | Translation
    | PrevailingLanguage
    | Currency
    | ExchangeRate
    | Term
    | Party
    | ShareGroup
    | Waterfall
    | Funding
    | Evaluation
    | Evaluations
    | Measure
    | Definition
    | Table
    | Condition
    | RateCard
    | Payment
    | Cap
    | ReturnCap
    | RoundingRule
    | Example
    | UseOfFile
    | ClauseLibrary
    | Amendment
    | Withdrawal
    | CapWithdrawal
)


@frozen
class Comment(Node):
    """``# …`` to the end of its line; the text without the mark."""

    text: str


@frozen
class Contract(Node):
    """A whole file: its keyword language and its statements in the order of the text.

    ``broken`` are the names that statements which could not be read would have declared, ``unread``
    the words of all that could not be read: one mistake is not reported again wherever something
    is missing that may stand there.
    """

    version: int
    language: Language
    statements: tuple[Statement, ...]
    comments: tuple[Comment, ...] = field(default=(), eq=False, kw_only=True)
    broken: tuple[Name, ...] = field(default=(), eq=False, kw_only=True)
    unread: tuple[str, ...] = field(default=(), eq=False, kw_only=True)
