"""What the evaluator asks of values. Whoever answers it gives the plan another kind of value.

The evaluator (:mod:`sibdsl.evaluate.run`) is a loop over the plan's terms that hands each to an
algebra: exact values, arrays of scenarios, symbols of a solver. Tables and settlement are built
from these few operations, so they mean the same in every algebra.

An algebra whose values can be unknown says so by ``is_known``; only then does settlement ask for
``exactly``, since what is pending is worked out in exact amounts and never in arrays or symbols.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol, TypeVar

from sibdsl.dates import DayCount
from sibdsl.evaluate.values import Known, Value
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import Cause, Operation, Quantifier, Relation, Summary

V = TypeVar("V")


class Algebra(Protocol[V]):
    """Operations on values; units and meanings as in :mod:`sibdsl.plan.terms`."""

    def constant(self, value: Known) -> V:
        """A value written in the contract."""

    def undefined(self, cause: Cause) -> V:
        """A value there is none of, for good."""

    def result(self, measure: int, evaluation: int | None) -> V:
        """What was reported of a measure (at an evaluation, or once)."""

    def claimed(self, card: int, evaluation: int, prices: Sequence[V], cap: V | None) -> V:
        """What the accepted claims of a rate card come to at an evaluation."""

    def accepted(self, card: int, evaluation: int, outcome: int) -> V:
        """How many claims of one tariff are accepted at an evaluation."""

    def is_cancelled(self, evaluation: int) -> bool:
        """Whether an evaluation was cancelled: the same in every scenario."""

    def arithmetic(self, operation: Operation, left: V, right: V) -> V:
        """Exact arithmetic; a division by zero is undefined."""

    def compare(self, relation: Relation, left: V, right: V) -> V:
        """Whether the relation holds."""

    def negation(self, condition: V) -> V:
        """``not``."""

    def several(self, quantifier: Quantifier, number: int, conditions: Sequence[V]) -> V:
        """How many of the conditions hold, decided as soon as what is known decides it."""

    def summary(self, summary: Summary, items: Sequence[V]) -> V:
        """Total, average, lowest or highest; of nothing a total is nil, the rest undefined."""

    def decided(self, condition: V) -> bool | None:
        """Whether a condition holds, if that is the same in every scenario; None spares nothing."""

    def choose(self, condition: V, yes: V, no: V) -> V:
        """``if``: of the two values only the chosen one counts."""

    def otherwise(self, value: V, fallback: V) -> V:
        """The fallback where the value is undefined."""

    def rounded(self, value: V, mode: RoundingMode, step: Fraction) -> V:
        """The multiple of the step that the value rounds to."""

    def year_fraction(self, day_count: DayCount, start: V, end: V) -> V:
        """The part of a year between two dates."""

    def growth(self, rate: V, day_count: DayCount, start: V, end: V, *, broken_year: bool) -> V:
        """What 1 becomes between two dates at a yearly rate."""

    def shift(self, day: V, months: int) -> V:
        """A date so many months later."""

    def allocate(self, amount: V, shares: Sequence[Fraction], step: Fraction) -> tuple[V, ...]:
        """Divide by shares in steps, by largest remainder, ties to the member named first."""

    def is_known(self, value: V) -> bool:
        """Whether the value is neither unknown nor undefined, in any scenario."""

    def exactly(self, value: V) -> Value:
        """The exact value; asked only where ``is_known`` fails for some value of a payment."""

    def unknown(self) -> V:
        """A value not known yet; asked only where ``is_known`` fails for some value."""
