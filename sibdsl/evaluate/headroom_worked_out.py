"""What a cap on a return left for a payment, worked out: money put in, less money got, all of it grown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import islice
from typing import Final

from sibdsl.dates import DayCount, add_months, days_over_base, full_years, growth
from sibdsl.evaluate.ledger import Taking
from sibdsl.evaluate.values import Value
from sibdsl.evaluate.work_out import Workings
from sibdsl.evaluate.working import Given, Grown, How, RoundedTo, Worked, Working
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import ReturnLimit
from sibdsl.units import NUMBER, Quantity, Unit, amount_in

MOST_FLOWS: Final = 24
"""A headroom made of more sums of money is not worked out: it would be as long as the contract."""


@frozen
class _Flow:
    """Money put in or got on a day, and what the contract calls it."""

    amount: Fraction
    on: date
    name: str
    evaluation: str = ""


def headroom_worked_out(
    workings: Workings, account: int, number: int, headroom: Fraction
) -> Working | None:
    """How the headroom of a return cap comes about for the payment of that number; None for another
    cap, and where too much money flowed before.
    """
    limit = workings.evaluated.plan.accounts[account].limit
    if not isinstance(limit, ReturnLimit):
        return None
    put_in = tuple(islice(_put_in(workings, limit, number), MOST_FLOWS + 1))
    got = tuple(islice(_got(workings, account, number), MOST_FLOWS + 1))
    rate = workings.of_operand(limit.rate)
    if rate is None or not put_in or len(put_in) + len(got) > MOST_FLOWS:
        return None
    return _Grower(workings, number, rate).less(put_in, got, headroom)


def _put_in(workings: Workings, limit: ReturnLimit, number: int) -> Iterable[_Flow]:
    """Funding up to the due date of a payment, and what the investor itself paid before it."""
    plan = workings.evaluated.plan
    for amount, on in limit.fundings:
        if on <= plan.payments[number].due:
            yield _Flow(amount, on, "")
    for payment in limit.own_payments:
        yield from _flow(workings, payment, number, workings.evaluated.trace.settled[payment].whole)
    for payment, part in limit.own_parts:
        settled = workings.evaluated.trace.settled[payment]
        yield from _flow(workings, payment, number, settled.parts[part])


def _got(workings: Workings, account: int, number: int) -> Iterable[_Flow]:
    """What the investor got before a payment."""
    books, settled = workings.evaluated.plan.accounts[account], workings.evaluated.trace.settled
    for payment in books.payments:
        yield from _flow(workings, payment, number, settled[payment].whole)
    for payment, part in books.parts:
        yield from _flow(workings, payment, number, settled[payment].parts[part])


def _flow(workings: Workings, payment: int, number: int, taking: Taking[Value]) -> Iterable[_Flow]:
    """The money of a payment that was settled before another, if there was any."""
    plan = workings.evaluated.plan
    one, amount = plan.payments[payment], taking.certain
    if payment < number and isinstance(amount, Fraction) and amount:
        at = "" if one.evaluation is None else plan.evaluations[one.evaluation].name
        yield _Flow(amount, one.due, one.name, at)


@frozen
class _Grower:
    """Grows money to the due date of one payment, at the rate of a return cap."""

    workings: Workings
    number: int
    rate: Working

    def less(
        self, put_in: tuple[_Flow, ...], got: tuple[_Flow, ...], headroom: Fraction
    ) -> Working:
        """What was put in less what was got, never below nil, rounded down to the step."""
        made = self._sum(put_in)
        if got:
            taken = self._sum(got)
            left = _exact(made) - _exact(taken)
            made = Worked(How.DIFFERENCE, (made, taken), Quantity(left, self._unit))
        if _exact(made) < 0:
            nil = Given(Quantity(Fraction(0), self._unit))
            made = Worked(How.GREATER, (made, nil), nil.value)
        if _exact(made) == headroom:
            return made
        plan = self.workings.evaluated.plan
        currency = plan.payments[self.number].currency
        step = next(one.step for one in plan.roundings if one.currency == currency)
        step_said, value = Quantity(step, self._unit), Quantity(headroom, self._unit)
        return RoundedTo(made, RoundingMode.DOWN, step_said, value)

    @property
    def _unit(self) -> Unit:
        return amount_in(self.workings.evaluated.plan.payments[self.number].currency)

    def _sum(self, flows: tuple[_Flow, ...]) -> Working:
        grown = tuple(map(self._grown, flows))
        if len(grown) == 1:
            return grown[0]
        total = sum(map(_exact, grown), Fraction(0))
        return Worked(How.SUM, grown, Quantity(total, self._unit))

    def _grown(self, flow: _Flow) -> Working:
        """``GBP 400,000.00 × (1 + 8%)^2 × (1 + 8% × 180/365)``; on the very day the money alone."""
        due = self.workings.evaluated.plan.payments[self.number].due
        money = Given(Quantity(flow.amount, self._unit), flow.name, flow.evaluation)
        if flow.on == due:
            return money
        factor = growth(_exact(self.rate), flow.on, due)
        years, left = full_years(flow.on, due)
        days: tuple[tuple[int, int], ...] = ()
        if left:
            days = days_over_base(DayCount.ACTUAL_365, add_months(flow.on, 12 * years), due)
        grown = Grown(
            self.rate, years, DayCount.ACTUAL_365, flow.on, due, days, Quantity(factor, NUMBER)
        )
        return Worked(How.PRODUCT, (money, grown), Quantity(flow.amount * factor, self._unit))


def _exact(working: Working) -> Fraction:
    assert isinstance(working.value.value, Fraction)
    return working.value.value
