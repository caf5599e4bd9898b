"""The annual rate that is found fast is the one found by halving, with sixty digits throughout."""

from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from fractions import Fraction

from hypothesis import example, given
from hypothesis import strategies as st

from sibdsl.evaluate.returns import annual_rate

START = date(2015, 3, 1)
STEPS = 10_000
AMOUNTS = st.integers(1, 10**9) | st.integers(1, 100)
DAYS = st.integers(0, 6_000) | st.integers(0, 12).map(lambda year: year * 365)


@st.composite
def flows_with_one_change(draw: st.DrawFn) -> list[tuple[date, Fraction]]:
    """Money put in, then money got back; or the other way round."""
    sign = draw(st.sampled_from((1, -1)))
    change = draw(DAYS)
    before = draw(st.lists(st.tuples(AMOUNTS, st.integers(0, change)), min_size=1, max_size=4))
    after = draw(
        st.lists(st.tuples(AMOUNTS, DAYS.map(lambda more: more + 1)), min_size=1, max_size=6)
    )
    return [
        *((START + timedelta(day), Fraction(-sign * cents, 100)) for cents, day in before),
        *((START + timedelta(change + day), Fraction(sign * cents, 100)) for cents, day in after),
    ]


def by_halving(flows: list[tuple[date, Fraction]]) -> Fraction | None:
    """Slow and plain: halve between -100% and 1,000,000 times, at every rate that is tried."""
    first = min(on for on, _ in flows)
    last = max(on for on, _ in flows)
    sign = -1 if next(amount for on, amount in flows if on == first) > 0 else 1

    def reaches(step: int) -> bool:
        rate = Fraction(2 * step - 1, 2 * STEPS)
        with localcontext(Context(prec=60)):
            grown = [
                Decimal(amount.numerator)
                / amount.denominator
                * (
                    (1 + Decimal(rate.numerator) / rate.denominator).ln() * (last - on).days / 365
                ).exp()
                for on, amount in flows
            ]
            value = sum(grown, Decimal(0))
            negligible = sum(map(abs, grown), Decimal(0)) * Decimal(1).scaleb(-40)
        return abs(value) < negligible or value * sign > 0

    low, high = -STEPS, 1_048_576 * STEPS
    if reaches(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if reaches(middle) else (low, middle)
    return Fraction(low, STEPS) if low < 1_000_000 * STEPS else None


@given(flows_with_one_change())
@example([(START, Fraction(-100)), (START + timedelta(365), Fraction("105.005"))])
@example([(START, Fraction(-100)), (START + timedelta(1), Fraction("100.01"))])
@example([(START, Fraction(-100)), (START + timedelta(5000), Fraction("0.01"))])
@example([(START, Fraction(-100)), (START + timedelta(1), Fraction(10**6))])
def test_the_annual_rate_is_that_found_by_halving(flows: list[tuple[date, Fraction]]) -> None:
    assert annual_rate(flows) == by_halving(flows)
