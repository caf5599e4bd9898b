"""Whoever does again what a determination says comes to the same amount, on contracts drawn at random."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import add, mul, sub, truediv
from typing import assert_never

from hypothesis import given
from hypothesis import strategies as st

import sibdsl
from sibdsl.dates import DayCount, days_over_base, year_fraction
from sibdsl.evaluate.determination import Reason
from sibdsl.evaluate.working import Given, Grown, How, RoundedTo, Worked, Working, Years
from sibdsl.money import round_to
from tests.property.strategies import claims, contracts, results
from tests.property.test_contracts import checked, evaluated, laws

FOLDED = {How.SUM: add, How.DIFFERENCE: sub, How.PRODUCT: mul, How.QUOTIENT: truediv}
DAYS = st.dates(date(1995, 1, 1), date(2030, 12, 31))


def done_again(working: Working) -> Fraction:
    """What a working comes to by its figures alone."""
    match working:
        case Given():
            return number(working)
        case Worked():
            figures = [done_again(operand) for operand in working.operands]
            if working.how in FOLDED:
                return reduce(FOLDED[working.how], figures)
            if working.how is How.AVERAGE:
                return sum(figures, Fraction(0)) / len(figures)
            return min(figures) if working.how is How.LESSER else max(figures)
        case RoundedTo():
            step = working.step.value
            assert isinstance(step, Fraction)
            return round_to(done_again(working.operand), step, working.mode)
        case Years():
            return over_base(working.days)
        case Grown():
            rate = done_again(working.rate)
            return (1 + rate) ** working.full_years * (1 + rate * over_base(working.days))
        case _:
            assert_never(working)


def over_base(days: tuple[tuple[int, int], ...]) -> Fraction:
    return sum((Fraction(number, base) for number, base in days), Fraction(0))


def number(working: Working) -> Fraction:
    value = working.value.value
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(value)


def workings(reason: Reason) -> Iterator[Working]:
    waiting = [reason]
    while waiting:
        one = waiting.pop()
        waiting.extend(one.because)
        if one.working is not None:
            yield one.working


@laws
@given(st.data())
def test_a_working_done_again_gives_the_value_and_that_of_a_payment_its_gross_amount(
    data: st.DataObject,
) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    rows = data.draw(results(written, complete=True))
    determination = evaluated(contract, rows, data.draw(claims(written)))
    for payment in determination.payments:
        if payment.reason.working is not None:
            assert done_again(payment.reason.working) == payment.gross
        for working in workings(payment.reason):
            assert done_again(working) == number(working)
        for cut in (*payment.cuts, *(cut for part in payment.parts for cut in part.cuts)):
            if cut.working is not None:
                assert done_again(cut.working) == cut.headroom


@given(st.sampled_from(DayCount), DAYS, DAYS)
def test_days_over_their_base_add_up_to_the_year_fraction(
    day_count: DayCount, start: date, end: date
) -> None:
    assert over_base(days_over_base(day_count, start, end)) == year_fraction(day_count, start, end)


def test_a_marginal_table_is_the_sum_of_its_bands() -> None:
    contract = sibdsl.parse(MARGINAL)
    determination = contract.evaluate([("Jobs", "", 25)])
    [payment] = determination.payments
    [reading] = [one.reading for one in payment.reason.because[0].because if one.reading]
    parts = [(band.part.value, band.rate.value) for band in reading.bands]
    assert parts == [(10, 100), (15, 25)]
    assert payment.gross == 10 * 100 + 15 * 25


def test_a_return_cap_says_what_it_left_and_not_where_too_much_money_flowed() -> None:
    contract = sibdsl.parse(YIELD)
    payments = contract.evaluate([("Jobs", "", 100)]).payments
    cuts = {payment.name: payment.cuts for payment in payments if payment.cuts}
    first, second = cuts["Last"], cuts["Later"]
    assert first[0].working is not None
    assert done_again(first[0].working) == first[0].headroom == 108 - 30
    # Everything that the cap let through was paid, and grew in one stretch as the funding did.
    assert second[0].working is not None
    assert done_again(second[0].working) == second[0].headroom == 0
    many = "\n".join(
        f"funding Fund provides GBP 1 to City on 2018-02-{day:02}" for day in range(1, 28)
    )
    payments = sibdsl.parse(f"{YIELD}{many}\n").evaluate([("Jobs", "", 100)]).payments
    assert [cut.working for payment in payments for cut in payment.cuts] == [None, None]


YIELD = """sibdsl 1 en
contract "Yield"
currency GBP
term from 2018-01-01 to 2021-12-31
party City is outcome payer
party Fund is investor
party Charity is service provider
measure Jobs is a count
funding Fund provides GBP 100 to Charity on 2018-01-01
payment Early
  City pays GBP 30 to the Fund
  due 2019-01-01
payment Last
  City pays GBP 2 * Jobs to the Fund
  due 2019-01-01
payment Later
  City pays GBP 3 * Jobs to the Fund
  due 2020-01-01
cap return of Fund: 8% per year
"""
MARGINAL = """sibdsl 1 en
contract "Bands"
currency GBP
term from 2018-01-01 to 2021-12-31
party City is outcome payer
party Fund is investor
measure Jobs is a count
table Fee by Jobs, marginal
  from 0: GBP 100
  from 10: GBP 25
payment Bonus
  City pays Fee to the Fund
  due 2019-01-01
cap contract: GBP 90,000
"""
