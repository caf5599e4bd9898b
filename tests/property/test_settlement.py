"""The laws of settlement, on contracts drawn at random.

The one that matters most: *a result that corrects nothing never lowers a certain part*, neither
that of a payment nor that of a member. Results are therefore revealed one after the other.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from sibdsl.dates import growth
from sibdsl.evaluate.determination import PaymentOutcome, State
from sibdsl.evaluate.evaluate import evaluate, evaluated_on
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import (
    AmountRounding,
    Funding,
    Index,
    Plan,
    ReturnLimit,
    Shares,
    Tiers,
)
from sibdsl.results.reported import Results
from tests.plans import Draft, draft

START = date(2015, 1, 1)
MEMBERS = (1, 2, 3)
PAYERS = Shares("Payers", (0, 4), (Fraction(1, 3), Fraction(2, 3)))
NIL = Fraction(0)
Reports = Mapping[str, Fraction | bool | None]

values = st.fractions(-5, 60, max_denominator=300)
limits = st.fractions(0, 80, max_denominator=7)


@st.composite
def shares(draw: st.DrawFn) -> Shares:
    weights = draw(st.lists(st.integers(0, 5), min_size=3, max_size=3).filter(any))
    return Shares("Funders", MEMBERS, tuple(Fraction(each, sum(weights)) for each in weights))


@st.composite
def tiers(draw: st.DrawFn) -> Tiers:
    first, second = draw(limits), draw(limits)
    return Tiers("Notes", MEMBERS, (first, second, draw(st.none() | limits)))


@frozen
class Drawn:
    """A contract, the results there will be, and the order in which they come."""

    made: Draft
    reports: Reports
    order: tuple[str, ...]

    def revealed(self) -> list[tuple[PaymentOutcome, ...]]:
        """What is due before any result, and after each."""
        plan = self.made.plan()
        return [
            evaluate(
                plan, self.results(self.order[:known]), reasons=False, contract_digest=""
            ).payments
            for known in range(len(self.order) + 1)
        ]

    def results(self, names: tuple[str, ...]) -> Results:
        return self.made.results(**{name: self.reports[name] for name in names})


@st.composite
def contracts(draw: st.DrawFn) -> Drawn:
    made = draft(5)
    reports: dict[str, Fraction | bool | None] = {}

    def amount(sort: st.SearchStrategy[Fraction]) -> Index:
        value = draw(sort)
        if draw(st.booleans()):
            return made.amount(value)
        name = f"Amount {len(reports)}"
        reports[name] = draw(st.none() | st.just(value)) if draw(st.integers(0, 4)) == 0 else value
        return made.money(name)

    def test() -> Index | None:
        if draw(st.booleans()):
            return None
        name = f"Test {len(reports)}"
        reports[name] = draw(st.sampled_from([True, True, False, None]))
        return made.test(name)

    mode = draw(st.sampled_from(RoundingMode))
    made.rounding = AmountRounding(
        "GBP", mode, draw(st.sampled_from([Fraction(1, 100), Fraction(3)]))
    )
    count = draw(st.integers(1, 5))
    group, notes = draw(shares()), draw(tiers())
    caps = [amount(limits) for _ in range(draw(st.integers(0, 3)))]
    rate = amount(st.fractions(0, 1, max_denominator=20))
    due = START
    back: list[int] = []
    for number in range(count):
        due += timedelta(draw(st.integers(0, 500)))
        payer = draw(st.sampled_from((made.side(0), made.side(0), PAYERS)))
        payee = draw(st.sampled_from((made.side(1), group, notes)))
        if draw(st.integers(0, 4)) == 0:
            payer, payee = payee, payer
            back.append(number)
        name = draw(st.sampled_from(("", "Yearly")))
        year = made.evaluation(f"Year {number}", due) if name else None
        made.pay(amount(values), payer, payee, test(), due=due, name=name, evaluation=year)
    for cap in caps:
        _bear(draw, made, cap, count)
    if draw(st.booleans()):
        _cap_return(draw, made, rate, back)
    return Drawn(made, reports, tuple(draw(st.permutations(sorted(reports)))))


def _bear(draw: st.DrawFn, made: Draft, cap: Index, count: int) -> None:
    """A cap on some payments as a whole, or on one member of some groups."""
    if draw(st.booleans()):
        made.cap(
            cap, draw(st.lists(st.integers(0, count - 1), min_size=1, unique=True).map(sorted))
        )
        return
    member = draw(st.sampled_from((*MEMBERS, 0, 4)))
    parts = [
        (number, part)
        for number, payment in enumerate(made.payments)
        for part, pair in enumerate(payment.parts)
        if member in pair and len(payment.parts) > 1
    ]
    if parts:
        made.cap(cap, parts=parts)


def _cap_return(draw: st.DrawFn, made: Draft, rate: Index, back: list[int]) -> None:
    on = START - timedelta(draw(st.integers(0, 900)))
    put_in = draw(limits)
    made.fundings.append(Funding("Funders", put_in, "GBP", "Party 0", on))
    paid = [number for number in range(len(made.payments)) if number not in back]
    if paid:
        limit = ReturnLimit(rate, ((put_in, on),), tuple(back), ())
        made.cap(limit, paid)


def part_amounts(outcome: PaymentOutcome) -> list[Fraction]:
    return [part.amount for part in outcome.parts]


@given(contracts())
def test_a_result_that_corrects_nothing_never_lowers_a_certain_part(drawn: Drawn) -> None:
    for before, after in pairwise(drawn.revealed()):
        for earlier, later in zip(before, after, strict=True):
            assert later.amount >= earlier.amount
            for part, next_part in zip(earlier.parts, later.parts, strict=True):
                assert next_part.amount >= part.amount


@given(contracts())
def test_what_is_settled_stays_settled(drawn: Drawn) -> None:
    for before, after in pairwise(drawn.revealed()):
        for earlier, later in zip(before, after, strict=True):
            if earlier.state is not State.PENDING:
                assert (later.state, later.amount) == (earlier.state, earlier.amount)
                assert part_amounts(later) == part_amounts(earlier)
                assert earlier.waits_for == ()
            else:
                assert earlier.waits_for


@given(contracts())
def test_nothing_is_pending_once_everything_is_reported(drawn: Drawn) -> None:
    assert all(outcome.state is not State.PENDING for outcome in drawn.revealed()[-1])


@given(contracts())
def test_no_cap_is_ever_exceeded(drawn: Drawn) -> None:
    plan = drawn.made.plan()
    for known in range(len(drawn.order) + 1):
        results = drawn.results(drawn.order[:known])
        determined = evaluate(plan, results, reasons=False, contract_digest="")
        for use in determined.caps:
            if use.limit is None or isinstance(plan.accounts[use.account].limit, ReturnLimit):
                continue
            assert use.used is not None
            assert use.used <= max(use.limit, NIL)


@given(contracts())
def test_no_return_cap_is_ever_exceeded(drawn: Drawn) -> None:
    plan = drawn.made.plan()
    for outcomes, known in zip(drawn.revealed(), range(len(drawn.order) + 1), strict=True):
        results = drawn.results(drawn.order[:known])
        for account in plan.accounts:
            if isinstance(account.limit, ReturnLimit):
                _check_return(plan, account.payments, account.limit, outcomes, results)


def _check_return(
    plan: Plan,
    payments: tuple[int, ...],
    limit: ReturnLimit,
    outcomes: tuple[PaymentOutcome, ...],
    results: Results,
) -> None:
    rate = evaluate_term(plan, limit.rate, results)
    for at in payments:
        if rate is None:
            assert outcomes[at].amount == 0
            continue
        due = plan.payments[at].due
        put_in = sum(
            (amount * growth(rate, on, due) for amount, on in limit.fundings if on <= due), NIL
        )
        grown = {
            each: outcomes[each].amount * growth(rate, plan.payments[each].due, due)
            for each in (*payments, *limit.own_payments)
        }
        put_in += sum((grown[own] for own in limit.own_payments if own < at), NIL)
        got = sum((grown[each] for each in payments if each <= at), NIL)
        assert got <= put_in or outcomes[at].amount == 0


def evaluate_term(plan: Plan, term: Index, results: Results) -> Fraction | None:
    value = evaluated_on(plan, results).values[term]
    return value if isinstance(value, Fraction) else None


@given(contracts())
def test_amounts_are_whole_steps_and_never_negative(drawn: Drawn) -> None:
    step = drawn.made.rounding.step
    for outcomes in drawn.revealed():
        for outcome in outcomes:
            for amount in (outcome.amount, *(part.amount for part in outcome.parts)):
                assert amount >= 0
                assert (amount / step).denominator == 1


@given(contracts())
def test_parts_make_the_amount_where_no_member_is_cut(drawn: Drawn) -> None:
    plan = drawn.made.plan()
    for outcome in drawn.revealed()[-1]:
        payment = plan.payments[outcome.payment]
        limited = any(
            isinstance(side, Tiers) and side.up_to[-1] is not None
            for side in (payment.payer, payment.payee)
        )
        assert sum(part.amount for part in outcome.parts) == outcome.amount
        if not limited and not any(part.cuts for part in outcome.parts):
            cut = sum((each.amount for each in outcome.cuts), NIL)
            if outcome.gross is not None:
                assert abs(outcome.gross - cut - outcome.amount) <= drawn.made.rounding.step


@given(contracts())
def test_the_order_of_caps_cannot_matter(drawn: Drawn) -> None:
    made = drawn.made
    results = drawn.results(drawn.order)
    first = evaluate(made.plan(), results, reasons=False, contract_digest="")
    made.caps.reverse()
    made.accounts.reverse()
    second = evaluate(made.plan(), results, reasons=False, contract_digest="")
    assert [each.amount for each in first.payments] == [each.amount for each in second.payments]
    assert list(map(part_amounts, first.payments)) == list(map(part_amounts, second.payments))


@given(contracts())
def test_every_number_is_exact(drawn: Drawn) -> None:
    for outcomes in drawn.revealed():
        for outcome in outcomes:
            assert type(outcome.amount) is Fraction
            assert all(type(part.amount) is Fraction for part in outcome.parts)
