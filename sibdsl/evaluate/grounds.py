"""What a value rests on: of a term's operands, those that counted.

The branch not chosen, the conjunct that did not decide, the row that was not reached are no grounds.
From the grounds follow the marks *provisional* and *presumed*, and what a pending value waits for.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, assert_never

from attrs import field

from sibdsl.evaluate.arithmetic import is_less, minus
from sibdsl.evaluate.exact import Exact, required
from sibdsl.evaluate.ledger import all_routes
from sibdsl.evaluate.run import Trace
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AcceptedClaims,
    Aggregate,
    Alias,
    Arithmetic,
    Choice,
    Claimed,
    Comparison,
    Constant,
    Fallback,
    Growth,
    Index,
    Lookup,
    Negation,
    Part,
    Plan,
    Result,
    ReturnLimit,
    Rounded,
    Settlement,
    Several,
    Shift,
    TableMode,
    Term,
    YearFraction,
)
from sibdsl.plan.terms import Undefined as UndefinedTerm
from sibdsl.results.reported import Reported, Results, Status


@frozen
class Marks:
    """Whether a value rests on a provisional result, and whether on a presumption."""

    provisional: bool = False
    presumed: bool = False

    def __or__(self, other: Marks) -> Marks:
        return Marks(self.provisional or other.provisional, self.presumed or other.presumed)

    def __bool__(self) -> bool:
        return self.provisional or self.presumed


NO_MARKS = Marks()
_NIL: Final = Fraction(0)


@frozen(slots=False)
class Evaluated:
    """A plan, what was reported, and what every term came to."""

    plan: Plan
    results: Results
    algebra: Exact
    trace: Trace[Value]
    payment_grounds: dict[int, tuple[Index, ...]] = field(init=False, factory=dict, eq=False)
    """What was found of payments so far: one may rest on thousands of others."""

    _paid: dict[int, tuple[list[int], list[Index]]] = field(init=False, factory=dict, eq=False)

    @property
    def values(self) -> tuple[Value, ...]:
        """The value of each term."""
        return self.trace.values

    @cached_property
    def _grounds_and_marks(self) -> tuple[tuple[tuple[Index, ...], ...], tuple[Marks, ...]]:
        """In the order of the plan: grounds come before what rests on them."""
        grounds: list[tuple[Index, ...]] = []
        marks: list[Marks] = []
        operands, values = _operands(self.plan), self.values
        for at, term in enumerate(self.plan.terms):
            every = operands[at]
            if every is not None and isinstance(values[at], Fraction | bool):
                resting = every
            else:
                resting = grounds_of(self, at, term, marks)
            grounds.append(resting)
            mark = self._own_marks(term)
            for ground in resting:
                if marks[ground] is not NO_MARKS:
                    mark |= marks[ground]
            marks.append(mark)
        return tuple(grounds), tuple(marks)

    @property
    def grounds(self) -> tuple[tuple[Index, ...], ...]:
        """The terms that each term's value rests on."""
        return self._grounds_and_marks[0]

    @property
    def marks(self) -> tuple[Marks, ...]:
        """The marks of each term's value."""
        return self._grounds_and_marks[1]

    def paid_under(self, account: int) -> tuple[list[int], list[Index]]:
        """The payments under an account for which something is certainly due: numbers and terms."""
        if account not in self._paid:
            numbers = [
                payment
                for payment in _payments_under(self.plan)[account]
                if self.trace.settled[payment].whole.certain
            ]
            self._paid[account] = (
                numbers,
                [self.plan.payments[payment].settlement for payment in numbers],
            )
        return self._paid[account]

    def reported(self, term: Result) -> Reported | None:
        """What was reported under a result; None at a cancelled evaluation, or if nothing was."""
        if term.evaluation in self.results.cancelled:
            return None
        return self.results.values.get((term.measure, term.evaluation))

    def _own_marks(self, term: Term) -> Marks:
        if not isinstance(term, Result) or term.evaluation in self.results.cancelled:
            return NO_MARKS
        reported = self.reported(term)
        if reported is None:
            is_presumed = self.plan.measures[term.measure].presumed is not None
            return Marks(presumed=True) if is_presumed else NO_MARKS
        return Marks(provisional=True) if reported.status is Status.PROVISIONAL else NO_MARKS

    def together(self, terms: Iterable[Index]) -> Marks:
        """The marks of what rests on several terms."""
        marks = NO_MARKS
        of_terms = self.marks
        for term in terms:
            if of_terms[term] is not NO_MARKS:
                marks |= of_terms[term]
        return marks


@kept
def _operands(plan: Plan) -> tuple[tuple[Index, ...] | None, ...]:
    """All operands of each term whose value rests on all of them where there is one."""
    return tuple(
        None if operands is None else tuple(dict.fromkeys(operands))
        for operands in map(_weighed, plan.terms)
    )


def _weighed(term: Term) -> tuple[Index, ...] | None:
    match term:
        case Constant() | Result() | UndefinedTerm() | AcceptedClaims():
            return ()
        case Alias() | Negation() | Rounded():
            return (term.term,)
        case Shift():
            return (term.date,)
        case Arithmetic() | Comparison():
            return (term.left, term.right)
        case YearFraction():
            return (term.start, term.end)
        case Growth():
            return (term.rate, term.start, term.end)
        case Aggregate():
            return None if term.evaluations else term.items
        case Several() | Choice() | Fallback() | Lookup() | Claimed() | Settlement() | Part():
            return None
        case _:
            assert_never(term)


def grounds_of(
    evaluated: Evaluated, at: Index, term: Term, marks: Sequence[Marks]
) -> tuple[Index, ...]:
    """The operands on which a term's value rests; ``marks`` are those of the terms before."""
    values = evaluated.values
    match term:
        case Aggregate():
            return _weighing(values[at], tuple(dict.fromkeys(in_force(evaluated, term))), values)
        case Several():
            return _deciding(term, values[at], in_force(evaluated, term), values, marks)
        case Choice():
            condition = values[term.condition]
            if not isinstance(condition, bool):
                return (term.condition,)
            return (term.condition, term.yes if condition else term.no)
        case Fallback():
            fell_back = isinstance(values[term.term], Undefined)
            return (term.term, term.otherwise) if fell_back else (term.term,)
        case Lookup():
            return (term.key, *rows_read(term, values))
        case Claimed():
            return _priced(evaluated, term)
        case Settlement():
            return payment_grounds(evaluated, term.payment)
        case Part():
            return (evaluated.plan.payments[term.payment].settlement,)
        case (
            Constant()
            | UndefinedTerm()
            | Result()
            | AcceptedClaims()
            | Alias()
            | Negation()
            | Rounded()
            | Shift()
            | Arithmetic()
            | Comparison()
            | YearFraction()
            | Growth()
        ):
            return _weighing(values[at], _operands(evaluated.plan)[at] or (), values)
        case _:
            assert_never(term)


def in_force(evaluated: Evaluated, term: Several | Aggregate) -> tuple[Index, ...]:
    """The items that do not stand at a cancelled evaluation."""
    if not term.evaluations:
        return term.items
    return tuple(
        item
        for item, evaluation in zip(term.items, term.evaluations, strict=True)
        if evaluation not in evaluated.results.cancelled
    )


def _weighing(
    value: Value, operands: tuple[Index, ...], values: Sequence[Value]
) -> tuple[Index, ...]:
    """All operands of a value; of a missing one those that are missing in the same way.

    A division by a zero that is known rests on both operands.
    """
    if isinstance(value, Undefined):
        same = tuple(each for each in operands if values[each] == value)
        return same or operands
    if value is UNKNOWN:
        return tuple(each for each in operands if values[each] is UNKNOWN)
    return operands


def _deciding(
    term: Several,
    value: Value,
    items: Sequence[Index],
    values: Sequence[Value],
    marks: Sequence[Marks],
) -> tuple[Index, ...]:
    """The items that decided; those that rest on nothing provisional, if they decide alone."""
    items = tuple(dict.fromkeys(items)) if term.number < 2 else tuple(items)
    if not isinstance(value, bool):
        kind = Undefined if isinstance(value, Undefined) else type(UNKNOWN)
        return tuple(each for each in items if isinstance(values[each], kind))
    needed = required(term.quantifier, term.number, len(items))
    enough = needed if value else len(items) - needed + 1
    agreeing = tuple(each for each in items if values[each] is value)
    firm = tuple(each for each in agreeing if not marks[each])
    return firm if len(firm) >= enough else agreeing


def row_reached(term: Lookup, key: Fraction) -> int | None:
    """The last row of a table that a key reaches; None before the first."""
    for row in reversed(range(len(term.bounds))):
        bound = term.bounds[row]
        if not is_less(key, bound.at) if bound.included else is_less(bound.at, key):
            return row
    return None


def rows_read(term: Lookup, values: Sequence[Value]) -> tuple[Index, ...]:
    """The values of a table that counted at its key."""
    key = values[term.key]
    if not isinstance(key, Fraction):
        return ()
    row = row_reached(term, key)
    if row is None:
        return () if term.otherwise is None else (term.otherwise,)
    if term.mode is TableMode.MARGINAL:
        return term.values[: row + 1]
    if term.mode is TableMode.INTERPOLATED and row + 1 < len(term.bounds):
        at, after = term.bounds[row].at, term.bounds[row + 1].at
        if at < key and at < after:
            return term.values[row : row + 2]
    return (term.values[row],)


def _priced(evaluated: Evaluated, term: Claimed) -> tuple[Index, ...]:
    """The prices at which claims were accepted, and the participant's cap."""
    tally = evaluated.algebra.tallies[term.card]
    if term.evaluation not in tally.known:
        return ()
    outcomes = {outcome for _, outcome in tally.taken.get(term.evaluation, ())}
    cap = () if term.participant_cap is None else (term.participant_cap,)
    return (*(term.prices[outcome] for outcome in sorted(outcomes)), *cap)


def payment_grounds(evaluated: Evaluated, number: int) -> tuple[Index, ...]:
    """What a payment rests on: condition, gross amount, and the caps that cut it or may still.

    A condition that is not met is the only ground; neither is anything else at a cancelled
    evaluation.
    """
    known = evaluated.payment_grounds
    if number not in known:
        known[number] = _payment_grounds(evaluated, number)
    return known[number]


def _payment_grounds(evaluated: Evaluated, number: int) -> tuple[Index, ...]:
    plan, values = evaluated.plan, evaluated.values
    payment = plan.payments[number]
    if payment.evaluation in evaluated.results.cancelled:
        return ()
    condition = () if payment.condition is None else (payment.condition,)
    if condition and values[condition[0]] is not True:
        if values[condition[0]] is UNKNOWN:
            return (*condition, payment.gross)
        return condition
    if isinstance(values[payment.gross], Undefined) or is_nil_or_less(values[payment.gross]):
        return (*condition, payment.gross)
    return tuple(dict.fromkeys((*condition, payment.gross, *_cap_grounds(evaluated, number))))


def is_nil_or_less(value: Value) -> bool:
    """Whether an amount is known and there is nothing to pay."""
    return isinstance(value, Fraction) and value <= 0


def _cap_grounds(evaluated: Evaluated, number: int) -> Iterable[Index]:
    """Limits that are missing or that cut, and the earlier payments that used the headroom."""
    plan = evaluated.plan
    settled = evaluated.trace.settled[number]
    for cutting in (*settled.cuts, *(each for part in settled.part_cuts for each in part)):
        account = plan.accounts[cutting.account]
        if not cut_amount(cutting.before, cutting.headroom):
            continue
        limit = account.limit
        yield limit.rate if isinstance(limit, ReturnLimit) else limit
        numbers, settlements = evaluated.paid_under(cutting.account)
        yield from settlements[: bisect_left(numbers, number)]
    yield from missing_limits(evaluated, number)
    for payment in settled.behind:
        yield plan.payments[payment].settlement


@kept
def _payments_under(plan: Plan) -> tuple[tuple[int, ...], ...]:
    """The payments that each account covers, as wholes or in parts, in rank order."""
    return tuple(
        tuple(sorted({*account.payments, *(payment for payment, _ in account.parts)}))
        for account in plan.accounts
    )


def missing_limits(evaluated: Evaluated, number: int) -> Iterable[Index]:
    """The limits, or rates of return caps, that bear on a payment and have no value."""
    for at in bearing_limits(evaluated.plan, number):
        if not isinstance(evaluated.values[at], Fraction):
            yield at


def bearing_limits(plan: Plan, number: int) -> Iterable[Index]:
    """The terms that the limits of a payment's caps rest on."""
    for account in all_routes(plan)[number].every:
        limit = plan.accounts[account].limit
        yield limit.rate if isinstance(limit, ReturnLimit) else limit


def cut_amount(before: Value, headroom: Value) -> Fraction:
    """What a headroom takes off an amount."""
    if not isinstance(before, Fraction) or not isinstance(headroom, Fraction):
        return Fraction(0)
    return minus(before, headroom) if is_less(headroom, before) else _NIL
