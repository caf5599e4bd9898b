"""The algebra of exact values: fractions, yes or no, unknown, undefined.

Operations are strict: an undefined operand makes the outcome undefined whatever the others are,
since no later result can mend it; else an unknown one makes it unknown. The exceptions are those
of the language: conditions decided by what is known, the branch not chosen, ``or else``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, assert_never, cast

from attrs import field

from sibdsl.dates import DayCount, add_months, full_years, growth, year_fraction
from sibdsl.evaluate.arithmetic import greatest, is_less, least, minus, over, plus, times, total
from sibdsl.evaluate.claims import Priced, Tally, in_order, price, take_claims
from sibdsl.evaluate.values import UNKNOWN, Known, Undefined, Unknown, Value
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode, allocate, round_to
from sibdsl.numerals import is_too_long
from sibdsl.plan.terms import Cause, Operation, Plan, Quantifier, Relation, Summary
from sibdsl.results.reported import Results, Status


def lacking(*values: Value) -> Undefined | Unknown | None:
    """What keeps a strict operation from an outcome: the first undefined operand, else unknown."""
    unknown: Unknown | None = None
    for value in values:
        if isinstance(value, Undefined):
            return value
        if value is UNKNOWN:
            unknown = UNKNOWN
    return unknown


@frozen
class Exact:
    """Exact values on the results of a contract. Satisfies ``Algebra[Value]``.

    ``priced`` has what each rate card came to where it was asked, for the determination to show.
    One of these serves one run.
    """

    plan: Plan
    results: Results
    tallies: tuple[Tally, ...] = field(init=False)
    priced: dict[tuple[int, int], Priced] = field(init=False, factory=dict)
    _spent: dict[int, dict[str, Fraction]] = field(init=False, factory=lambda: defaultdict(dict))

    @tallies.default
    def _take_claims(self) -> tuple[Tally, ...]:
        return tuple(
            take_claims(self.plan, self.results, card) for card in range(len(self.plan.cards))
        )

    # Where values come from

    def constant(self, value: Known) -> Value:
        """A value written in the contract."""
        return value

    def undefined(self, cause: Cause) -> Value:
        """A value there is none of, for good."""
        return Undefined(cause)

    def unknown(self) -> Value:
        """A value not known yet."""
        return UNKNOWN

    def result(self, measure: int, evaluation: int | None) -> Value:
        """The value in force; a disputed one is unknown, a presumption holds until a report."""
        if evaluation in self.results.cancelled:
            return Undefined(Cause.CANCELLED)
        reported = self.results.values.get((measure, evaluation))
        if reported is None:
            presumed = self.plan.measures[measure].presumed
            return UNKNOWN if presumed is None else presumed
        if reported.status is Status.NOT_AVAILABLE or reported.value is None:
            return Undefined(Cause.NOT_AVAILABLE)
        return UNKNOWN if reported.status is Status.DISPUTED else reported.value

    def claimed(
        self, card: int, evaluation: int, prices: Sequence[Value], cap: Value | None
    ) -> Value:
        """What the accepted claims come to, each participant's sum cut at the cap."""
        if evaluation in self.results.cancelled:
            return Undefined(Cause.CANCELLED)
        priced = self.priced.get((card, evaluation))
        if priced is None:
            spent = self._spent_before(card, evaluation, cap)
            priced = price(self.tallies[card], evaluation, prices, cap, spent)
            self.priced[card, evaluation] = priced
        return priced.amount

    def _spent_before(
        self, card: int, evaluation: int, cap: Value | None
    ) -> dict[str, Fraction] | None:
        """What participants have brought; None where what they brought earlier has no value."""
        if cap is None:
            return {}
        for earlier in in_order(self.plan, card):
            if earlier == evaluation:
                break
            before = self.priced.get((card, earlier))
            if earlier in self.tallies[card].known and (
                before is None or not isinstance(before.amount, Fraction)
            ):
                return None
        return self._spent[card]

    def accepted(self, card: int, evaluation: int, outcome: int) -> Value:
        """How many claims are accepted; unknown until the card is closed there and before."""
        if evaluation in self.results.cancelled:
            return Undefined(Cause.CANCELLED)
        tally = self.tallies[card]
        if evaluation not in tally.known:
            return UNKNOWN
        return Fraction(tally.accepted.get((evaluation, outcome), 0))

    def is_cancelled(self, evaluation: int) -> bool:
        """Whether an evaluation was cancelled."""
        return evaluation in self.results.cancelled

    # What is done with them

    def arithmetic(self, operation: Operation, left: Value, right: Value) -> Value:
        """Strict; a zero divisor is undefined even where what it divides is unknown."""
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return _calculated(operation, left, right)
        if left is UNKNOWN and right == 0 and operation is Operation.DIVIDE:
            return Undefined(Cause.DIVISION_BY_ZERO)
        return lacking(left, right) or _mismatch(left, right)

    def compare(self, relation: Relation, left: Value, right: Value) -> Value:
        """Strict."""
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            return holds(relation, left, right)
        return lacking(left, right) or left == right  # of yes and no nothing else is asked

    def decided(self, condition: Value) -> bool | None:
        """Whether a condition holds; None where that is not known."""
        return condition if isinstance(condition, bool) else None

    def negation(self, condition: Value) -> Value:
        """Strict."""
        return lacking(condition) or not condition

    def several(self, quantifier: Quantifier, number: int, conditions: Sequence[Value]) -> Value:
        """Decided by what is known; else unknown if a later result may decide it, else undefined."""
        needed = required(quantifier, number, len(conditions))
        met = sum(condition is True for condition in conditions)
        failed = sum(condition is False for condition in conditions)
        if met >= needed:
            return True
        if len(conditions) - failed < needed:
            return False
        if UNKNOWN in conditions:
            return UNKNOWN
        return next(item for item in conditions if isinstance(item, Undefined))

    def summary(self, summary: Summary, items: Sequence[Value]) -> Value:
        """Strict."""
        for item in items:
            if not isinstance(item, Fraction):
                return lacking(*items) or _mismatch(*items)
        return _summarized(summary, cast(Sequence[Fraction], items))

    def choose(self, condition: Value, yes: Value, no: Value) -> Value:
        """The chosen branch; the other is not looked at."""
        if isinstance(condition, bool):
            return yes if condition else no
        return lacking(condition) or _mismatch(condition)

    def otherwise(self, value: Value, fallback: Value) -> Value:
        """The fallback where the value is undefined, never where it is unknown."""
        return fallback if isinstance(value, Undefined) else value

    def rounded(self, value: Value, mode: RoundingMode, step: Fraction) -> Value:
        """Strict."""
        return round_to(value, step, mode) if isinstance(value, Fraction) else value

    def year_fraction(self, day_count: DayCount, start: Value, end: Value) -> Value:
        """Strict."""
        return lacking(start, end) or year_fraction(day_count, day(start), day(end))

    def growth(
        self, rate: Value, day_count: DayCount, start: Value, end: Value, *, broken_year: bool
    ) -> Value:
        """Strict."""
        if not isinstance(rate, Fraction):
            return lacking(rate, start, end) or rate
        missing = lacking(start, end)
        if missing is not None:
            return missing
        years, _ = full_years(day(start), day(end))
        if is_too_long(rate, times=years + 1):
            return Undefined(Cause.TOO_LONG)
        if broken_year:
            return growth(rate, day(start), day(end), day_count)
        return (1 + rate) ** years

    def shift(self, day_: Value, months: int) -> Value:
        """Strict; a date never leaves the years 1 to 9999."""
        missing = lacking(day_)
        if missing is not None:
            return missing
        try:
            return Fraction(add_months(day(day_), months).toordinal())
        except OverflowError:
            return Fraction((date.max if months > 0 else date.min).toordinal())

    def allocate(
        self, amount: Value, shares: Sequence[Fraction], step: Fraction
    ) -> tuple[Value, ...]:
        """By largest remainder; asked for known amounts only."""
        assert isinstance(amount, Fraction)
        return allocate(amount, shares, step)

    def is_known(self, value: Value) -> bool:
        """Whether the value is neither unknown nor undefined."""
        return not isinstance(value, (Unknown, Undefined))

    def exactly(self, value: Value) -> Value:
        """The value itself."""
        return value


def required(quantifier: Quantifier, number: int, among: int) -> int:
    """How many of so many conditions must hold."""
    match quantifier:
        case Quantifier.ALL:
            return among
        case Quantifier.ANY:
            return 1
        case Quantifier.AT_LEAST:
            return number
        case _:
            assert_never(quantifier)


def day(ordinal: Value) -> date:
    """The date of an ordinal; reported dates may add up to days beyond the years 1 to 9999."""
    assert isinstance(ordinal, Fraction)
    return date.fromordinal(min(max(int(ordinal), 1), date.max.toordinal()))


# A name costs a tenth of what looking up the member of an Enum does, in Python 3.11.
_ADD: Final = Operation.ADD
_SUBTRACT: Final = Operation.SUBTRACT
_MULTIPLY: Final = Operation.MULTIPLY
_DIVIDE: Final = Operation.DIVIDE
_AT_LEAST: Final = Relation.AT_LEAST
_AT_MOST: Final = Relation.AT_MOST
_MORE_THAN: Final = Relation.MORE_THAN
_LESS_THAN: Final = Relation.LESS_THAN
_EQUAL: Final = Relation.EQUAL
_TOTAL: Final = Summary.TOTAL
_AVERAGE: Final = Summary.AVERAGE
_LOWEST: Final = Summary.LOWEST
_HIGHEST: Final = Summary.HIGHEST


def _calculated(operation: Operation, left: Fraction, right: Fraction) -> Value:
    if operation is _ADD:
        return plus(left, right)
    if operation is _SUBTRACT:
        return minus(left, right)
    if operation is _MULTIPLY:
        return _bounded(times(left, right))
    if operation is _DIVIDE:
        return _bounded(over(left, right)) if right else Undefined(Cause.DIVISION_BY_ZERO)
    assert_never(operation)


def _summarized(summary: Summary, known: Sequence[Fraction]) -> Value:
    if summary is _TOTAL:
        return total(known)
    if not known:
        return Undefined(Cause.NOTHING_TO_AVERAGE)
    if summary is _LOWEST:
        return least(known)
    if summary is _HIGHEST:
        return greatest(known)
    if summary is _AVERAGE:
        return total(known) / len(known)
    assert_never(summary)


def _bounded(value: Fraction) -> Value:
    """The value, if it is not longer than anybody could mean: a few lines can square and square."""
    return Undefined(Cause.TOO_LONG) if is_too_long(value) else value


def holds(relation: Relation, left: Fraction, right: Fraction) -> bool:
    """Whether a relation holds between two known values."""
    if relation is _AT_LEAST:
        return not is_less(left, right)
    if relation is _AT_MOST:
        return not is_less(right, left)
    if relation is _MORE_THAN:
        return is_less(right, left)
    if relation is _LESS_THAN:
        return is_less(left, right)
    if relation is _EQUAL:
        return left == right
    assert_never(relation)


def _mismatch(*values: Value) -> Value:
    raise TypeError(f"no arithmetic on {values!r}: the checker lets none pass")
