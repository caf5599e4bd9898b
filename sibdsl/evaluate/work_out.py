"""From a term and its value to its working: what was done with which values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from sibdsl.dates import add_months, days_over_base, full_years
from sibdsl.evaluate.exact import day
from sibdsl.evaluate.grounds import Evaluated, in_force
from sibdsl.evaluate.quantities import quantity
from sibdsl.evaluate.values import Undefined
from sibdsl.evaluate.working import Given, Grown, How, RoundedTo, Worked, Working, Years
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    Aggregate,
    Alias,
    Arithmetic,
    Choice,
    Claimed,
    Constant,
    Fallback,
    Growth,
    Index,
    NamedTerm,
    Operation,
    Result,
    Rounded,
    Settlement,
    Summary,
    Term,
    YearFraction,
)
from sibdsl.units import COUNT, Quantity

DEEPEST: Final = 12
"""A value made in more steps without a name is put in as it is."""
MOST_OPERANDS: Final = 12
"""A sum, or a choice, of more values is put in as it is."""

_HOW: Final = {
    Operation.ADD: How.SUM,
    Operation.SUBTRACT: How.DIFFERENCE,
    Operation.MULTIPLY: How.PRODUCT,
    Operation.DIVIDE: How.QUOTIENT,
}
_SUMMARIES: Final = {
    Summary.TOTAL: How.SUM,
    Summary.AVERAGE: How.AVERAGE,
    Summary.LOWEST: How.LESSER,
    Summary.HIGHEST: How.GREATER,
}


@frozen
class Workings:
    """Makes the workings of values, on one run of a contract; ``names`` are what terms are called."""

    evaluated: Evaluated
    names: Mapping[Index, NamedTerm]

    def of(self, at: Index) -> Working | None:
        """The working of a term; None where it is put in as it is, or has no value."""
        made = self._made(self.evaluated.plan.terms[at], at, 0)
        return None if isinstance(made, Given) else made

    def of_amount(self, at: Index) -> Working | None:
        """The working of a payment's amount; None also where it is all under one name."""
        return None if at in self.names else self.of(at)

    def of_operand(self, at: Index) -> Working | None:
        """The working of a value that is put into another: a named one stands as it is."""
        return self._operand(at, 0)

    def _operand(self, at: Index, depth: int) -> Working | None:
        """A named value as it is; any other worked out in turn, so many steps deep."""
        if at in self.names or depth > DEEPEST:
            return self._given(at)
        return self._made(self.evaluated.plan.terms[at], at, depth)

    def _made(self, term: Term, at: Index, depth: int) -> Working | None:
        below = depth + 1
        match term:
            case Alias():
                return self._operand(term.term, below)
            case Arithmetic():
                return self._worked(_HOW[term.operation], (term.left, term.right), at, below)
            case Aggregate():
                items = self._counting(term, at)
                if not 1 < len(items) <= MOST_OPERANDS:
                    return self._operand(items[0], below) if len(items) == 1 else self._given(at)
                return self._worked(_SUMMARIES[term.summary], items, at, below)
            case Choice():
                condition = self.evaluated.values[term.condition]
                return self._operand(term.yes if condition is True else term.no, below)
            case Fallback():
                fell_back = isinstance(self.evaluated.values[term.term], Undefined)
                return self._operand(term.otherwise if fell_back else term.term, below)
            case Rounded():
                operand, value = self._operand(term.term, below), self._value(at)
                if operand is None or value is None:
                    return None
                return RoundedTo(operand, term.mode, Quantity(term.step, term.unit), value)
            case Claimed():
                return self._claimed(term, at)
            case YearFraction():
                return self._years(term, at)
            case Growth():
                return self._grown(term, at, below)
            case _:
                return self._given(at)

    def _counting(self, term: Aggregate, at: Index) -> tuple[Index, ...]:
        """The values of a sum or a choice; of ``the greater of (X; GBP 0)`` nil only where it counts."""
        items = in_force(self.evaluated, term)
        if term.summary is not Summary.HIGHEST or self.evaluated.values[at] == 0:
            return items
        terms = self.evaluated.plan.terms
        return tuple(
            item
            for item in items
            if not (isinstance(one := terms[item], Constant) and one.value == 0)
        )

    def _worked(self, how: How, items: tuple[Index, ...], at: Index, depth: int) -> Worked | None:
        value = self._value(at)
        operands = [self._operand(item, depth) for item in items]
        found = tuple(operand for operand in operands if operand is not None)
        if value is None or len(found) < len(operands):
            return None
        return Worked(how, found, value)

    def _value(self, at: Index) -> Quantity | None:
        value = self.evaluated.values[at]
        if not isinstance(value, Fraction):
            return None
        return quantity(value, self.evaluated.plan.terms[at].unit)

    def _given(self, at: Index) -> Given | None:
        value = self._value(at)
        if value is None:
            return None
        name, evaluation = self._called(at)
        plan = self.evaluated.plan
        said = "" if evaluation is None else plan.evaluations[evaluation].name
        return Given(value, name, said)

    def _called(self, at: Index) -> tuple[str, int | None]:
        plan, term = self.evaluated.plan, self.evaluated.plan.terms[at]
        if at in self.names:
            return self.names[at].name, self.names[at].evaluation
        match term:
            case Result():
                return plan.measures[term.measure].name, term.evaluation
            case Claimed():
                return plan.cards[term.card].name, term.evaluation
            case Settlement():
                payment = plan.payments[term.payment]
                return payment.name, payment.evaluation
            case _:
                return "", None

    def _claimed(self, term: Claimed, at: Index) -> Working | None:
        """The accepted claims of each outcome at its price, less what the participant's cap took off."""
        value, unit = self._value(at), self.evaluated.plan.terms[at].unit
        taken = self.evaluated.algebra.tallies[term.card].taken.get(term.evaluation, ())
        if value is None or not taken:
            return self._given(at)
        tariffs = self.evaluated.plan.cards[term.card].tariffs
        evaluation = self.evaluated.plan.evaluations[term.evaluation].name
        counts = sorted(Counter(outcome for _, outcome in taken).items())
        lines: list[Working] = []
        in_all = Fraction(0)
        for outcome, count in counts:
            price = self._given(term.prices[outcome])
            each = self.evaluated.values[term.prices[outcome]]
            assert price is not None
            assert isinstance(each, Fraction)
            number = Given(Quantity(Fraction(count), COUNT), tariffs[outcome].outcome, evaluation)
            lines.append(Worked(How.PRODUCT, (number, price), Quantity(each * count, unit)))
            in_all += each * count
        claims = lines[0]
        if len(lines) > 1:
            claims = Worked(How.SUM, tuple(lines), Quantity(in_all, unit))
        cut = in_all - Fraction(value.value) if isinstance(value.value, Fraction) else Fraction(0)
        if not cut:
            return claims
        return Worked(How.DIFFERENCE, (claims, Given(Quantity(cut, unit))), value)

    def _years(self, term: YearFraction, at: Index) -> Years | None:
        value = self._value(at)
        if value is None:
            return None
        start = day(self.evaluated.values[term.start])
        end = day(self.evaluated.values[term.end])
        days = days_over_base(term.day_count, start, end)
        return Years(term.day_count, start, end, days, value)

    def _grown(self, term: Growth, at: Index, depth: int) -> Grown | None:
        value, rate = self._value(at), self._operand(term.rate, depth)
        if value is None or rate is None:
            return None
        start = day(self.evaluated.values[term.start])
        end = day(self.evaluated.values[term.end])
        years, left = full_years(start, end)
        days: tuple[tuple[int, int], ...] = ()
        if left and term.broken_year:
            days = days_over_base(term.day_count, add_months(start, 12 * years), end)
        return Grown(rate, years, term.day_count, start, end, days, value)
