from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import iso4217
import pytest
from babel.numbers import list_currencies

from sibdsl.money import (
    CURRENCIES,
    RoundingMode,
    allocate,
    ceil_to,
    fill,
    floor_to,
    minor_unit,
    round_quotient,
    round_to,
)

PENNY = Fraction(1, 100)
DECIMAL_MODES = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.UP: ROUND_UP,
    RoundingMode.DOWN: ROUND_DOWN,
}


def fractions(*texts: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(text) for text in texts)


def test_minor_units_are_those_of_iso_4217() -> None:
    published = {
        currency.code: currency.exponent
        for currency in iso4217.Currency
        if currency.exponent is not None
    }
    assert {code: minor_unit(code) for code in CURRENCIES} == published


def test_currencies_are_known_to_cldr() -> None:
    # The Arab accounting dinar is new in ISO 4217 and has not reached every release of CLDR.
    assert CURRENCIES - list_currencies() <= {"XAD"}


@pytest.mark.parametrize("code", ["XAU", "XXX", "XTS", "BGN", "gbp", "GB", "", "£", "Eur"])
def test_no_minor_unit_without_an_active_currency(code: str) -> None:
    assert minor_unit(code) is None
    assert code not in CURRENCIES


def test_rounding_modes_are_worded_as_in_a_contract() -> None:
    assert [mode.value for mode in RoundingMode] == ["half up", "half even", "up", "down"]


@pytest.mark.parametrize("mode", RoundingMode)
@pytest.mark.parametrize("text", ["0.125", "0.135", "0.1251", "0.1249", "0.13", "0", "2.675"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_rounding_agrees_with_decimal(mode: RoundingMode, text: str, sign: str) -> None:
    value = Decimal(sign + text)
    expected = value.quantize(Decimal("0.01"), rounding=DECIMAL_MODES[mode])
    assert round_to(Fraction(value), PENNY, mode) == Fraction(expected)


@pytest.mark.parametrize(
    ("mode", "above", "below"),
    [
        (RoundingMode.HALF_UP, 3, -3),
        (RoundingMode.HALF_EVEN, 2, -2),
        (RoundingMode.UP, 3, -3),
        (RoundingMode.DOWN, 2, -2),
    ],
)
def test_a_tie_rounds_alike_on_both_sides_of_zero(
    mode: RoundingMode, above: int, below: int
) -> None:
    assert round_quotient(5, 2, mode) == above
    assert round_quotient(-5, 2, mode) == below


def test_a_step_need_not_divide_one() -> None:
    assert round_to(Fraction(1130), Fraction(250), RoundingMode.HALF_UP) == 1250
    assert round_to(Fraction(1, 2), Fraction(1, 3), RoundingMode.HALF_EVEN) == Fraction(2, 3)
    assert round_to(Fraction(1, 2), Fraction(1, 3), RoundingMode.DOWN) == Fraction(1, 3)


def test_floor_and_ceiling_keep_their_direction_below_zero() -> None:
    assert floor_to(Fraction("-0.001"), PENNY) == -PENNY
    assert ceil_to(Fraction("-0.001"), PENNY) == 0
    assert floor_to(Fraction("0.019"), PENNY) == PENNY
    assert ceil_to(Fraction("0.011"), PENNY) == Fraction("0.02")
    assert floor_to(Fraction("0.02"), PENNY) == ceil_to(Fraction("0.02"), PENNY) == Fraction("0.02")


@pytest.mark.parametrize("step", [Fraction(0), -PENNY])
def test_a_step_that_is_not_positive_is_a_bug(step: Fraction) -> None:
    with pytest.raises(ValueError, match="positive"):
        round_to(Fraction(1), step, RoundingMode.UP)
    with pytest.raises(ValueError, match="positive"):
        floor_to(Fraction(1), step)
    with pytest.raises(ValueError, match="positive"):
        ceil_to(Fraction(1), step)
    with pytest.raises(ValueError, match="positive"):
        allocate(Fraction(1), (Fraction(1),), step)


def test_a_tie_of_remainders_goes_to_the_member_named_first() -> None:
    third = Fraction(1, 3)
    assert allocate(Fraction(100), (third, third, third), PENNY) == fractions(
        "33.34", "33.33", "33.33"
    )
    assert allocate(Fraction("0.02"), (third, third, third), PENNY) == fractions(
        "0.01", "0.01", "0"
    )


def test_the_largest_remainder_comes_before_the_order_of_names() -> None:
    # 33.5, 33.6 and 32.9 pence: the two pence left over go to the third and the second.
    shares = fractions("0.335", "0.336", "0.329")
    assert allocate(Fraction(1), shares, PENNY) == fractions("0.33", "0.34", "0.33")


def test_a_member_without_a_share_gets_nothing() -> None:
    shares = (Fraction(0), Fraction(1, 3), Fraction(2, 3))
    assert allocate(Fraction("0.01"), shares, PENNY) == fractions("0", "0", "0.01")


def test_a_negative_amount_divides_as_its_opposite() -> None:
    shares = fractions("0.5", "0.5")
    assert allocate(Fraction("-0.01"), shares, PENNY) == fractions("-0.01", "0")


def test_what_cannot_be_allocated_is_a_bug() -> None:
    half = Fraction(1, 2)
    with pytest.raises(ValueError, match="multiple"):
        allocate(Fraction("0.005"), (half, half), PENNY)
    with pytest.raises(ValueError, match="100%"):
        allocate(Fraction(1), (half,), PENNY)
    with pytest.raises(ValueError, match="100%"):
        allocate(Fraction(1), (3 * half, -half), PENNY)
    with pytest.raises(ValueError, match="100%"):
        allocate(Fraction(1), (), PENNY)


def test_a_waterfall_passes_the_excess_on() -> None:
    nothing = fractions("0", "0")
    limits = (Fraction(1_000_000), None)
    assert fill(Fraction(400_000), nothing, limits) == fractions("400000", "0")
    assert fill(Fraction(1_400_000), nothing, limits) == fractions("1000000", "400000")


def test_what_passed_before_counts_against_a_limit() -> None:
    limits = (Fraction(1_000_000), None)
    assert fill(Fraction(400_000), fractions("900000", "0"), limits) == fractions(
        "100000", "300000"
    )
    assert fill(Fraction(400_000), fractions("1000000", "50"), limits) == fractions("0", "400000")
    # Money that passed before a limit was lowered is not called back.
    assert fill(Fraction(400_000), fractions("1200000", "50"), limits) == fractions("0", "400000")


def test_what_no_member_can_take_is_not_paid() -> None:
    limits = fractions("100", "50")
    assert fill(Fraction(200), fractions("0", "20"), limits) == fractions("100", "30")


def test_what_cannot_pass_down_a_waterfall_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        fill(Fraction(-1), (Fraction(0),), (None,))
    with pytest.raises(ValueError, match="zip"):
        fill(Fraction(1), (Fraction(0),), (None, None))
