"""Numbers that grow without end: a few lines that square and square need no endless memory."""

from fractions import Fraction
from time import perf_counter
from typing import Final

import pytest

import sibdsl
from sibdsl.evaluate.determination import State

CONTRACT: Final = """sibdsl 1 en
contract "Growth"
currency GBP
term from 2000-01-01 to 2099-12-31
party City is outcome payer
party Fund is investor
evaluations Year yearly from 2001-06-30 to 2090-06-30
measure First is a number
measure Yearly is a number at each Year
"""
PAID: Final = """payment Bonus
  City pays the lesser of (GBP 5; the greater of (GBP 1 * {0}; GBP 0)) to Fund
  due 2095-01-01
cap City: GBP 5
"""
SQUARED: Final = "".join(f"X{at} means X{at - 1} * X{at - 1}\n" for at in range(1, 60))
DOUBLED: Final = "".join(f"X{at} means X{at - 1} + X{at - 1}\n" for at in range(1, 60))


def determined(*lines: str, paid: str) -> tuple[State, str]:
    began = perf_counter()
    contract = sibdsl.parse(CONTRACT + "".join(lines) + PAID.format(paid))
    assert contract.ok, [finding.code for finding in contract.findings]
    rows = [{"measure": "First", "evaluation": None, "value": "3.7"}] + [
        {"measure": "Yearly", "evaluation": f"Year {number}", "value": "1.0001"}
        for number in range(1, 91)
    ]
    determination = contract.evaluate(rows)
    for language in ("en", "fr"):
        assert contract.report(determination, "csv", csv=language)
    assert contract.report(determination, "json")
    text = contract.report(determination)
    assert perf_counter() - began < 20
    return determination.payments[0].state, text


@pytest.mark.parametrize("first", ["First", "3.7", "(First / 7)"])
def test_a_number_squared_again_and_again_is_undefined_and_says_why(first: str) -> None:
    state, text = determined(f"X0 means {first}\n", SQUARED, paid="X59")
    assert state is State.UNDEFINED
    assert "too long" in text


def test_a_fallback_serves_where_a_number_is_too_long() -> None:
    state, text = determined("X0 means First\n", SQUARED, paid="(X59 or else 3)")
    assert state is State.DUE
    assert "GBP 3.00" in text


def test_a_number_squared_at_each_evaluation_begins_anew_where_it_is_too_long() -> None:
    squared = "X means (X at previous evaluation * X at previous evaluation or else Yearly)\n"
    assert determined(squared, paid="X at Year 90")[0] is State.DUE


def test_a_number_doubled_again_and_again_is_worked_out() -> None:
    assert determined("X0 means First\n", DOUBLED, paid="X59")[0] is State.DUE


def test_a_century_of_compounding_is_worked_out() -> None:
    compounded = "X means (X at previous evaluation * (100% + Yearly / 7) or else Yearly)\n"
    assert determined(compounded, paid="X at Year 90")[0] is State.DUE


def test_millennia_of_compounding_at_an_endless_rate_are_undefined() -> None:
    rate = "123456789.123456789123456789"
    grown = f"interest on GBP 1 at a rate of {rate}% per year compounded yearly, actual/365,"
    state, text = determined(paid=f"(({grown} from 0001-01-01 to 9999-12-31) / GBP 1)")
    assert state is State.UNDEFINED
    assert "too long" in text


@pytest.mark.parametrize("first", ["First", "(First + 0.5)"])
def test_many_evaluations_give_up_a_number_that_grows_without_end_as_one_does(first: str) -> None:
    began = perf_counter()
    text = CONTRACT + f"X0 means {first}\n" + SQUARED + PAID.format("(X59 or else 3)")
    contract = sibdsl.parse(text)
    fast = contract.fast()
    assert fast(*[Fraction(37, 10) for _ in fast.inputs]) == (300,)
    assert perf_counter() - began < 20
