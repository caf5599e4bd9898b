"""Settlement, one test for each rule of the language reference, §5."""

from datetime import date
from fractions import Fraction

import pytest

from sibdsl.evaluate.determination import PaymentOutcome, State, Why
from sibdsl.evaluate.evaluate import evaluate
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import AmountRounding, Cause, Funding, ReturnLimit, Shares, Tiers
from sibdsl.plan.terms import Undefined as UndefinedTerm
from sibdsl.results.reported import Results, Status
from tests.plans import DUE, GBP, Draft, draft, with_status

F = Fraction


def amounts(outcomes: tuple[PaymentOutcome, ...]) -> list[Fraction]:
    return [outcome.amount for outcome in outcomes]


def parts(outcome: PaymentOutcome) -> list[Fraction]:
    return [part.amount for part in outcome.parts]


# ------------------------------------------------------------------------- amount, condition, state


def test_a_payment_without_condition_is_due_for_its_gross_amount_rounded_half_up() -> None:
    made = draft()
    made.pay(made.amount(F("10.125")))
    (outcome,) = made.outcomes()
    assert (outcome.state, outcome.gross, outcome.amount) == (State.DUE, F("10.125"), F("10.13"))


@pytest.mark.parametrize(
    ("mode", "amount"),
    [
        (RoundingMode.HALF_UP, F("0.13")),
        (RoundingMode.HALF_EVEN, F("0.12")),
        (RoundingMode.UP, F("0.13")),
        (RoundingMode.DOWN, F("0.12")),
    ],
)
def test_the_rounding_written_in_the_contract_is_used(mode: RoundingMode, amount: Fraction) -> None:
    made = draft()
    made.rounding = AmountRounding("GBP", mode, F(1, 100))
    made.pay(made.amount(F("0.125")))
    assert amounts(made.outcomes()) == [amount]


def test_a_payment_whose_condition_is_false_is_not_due_even_where_its_amount_is_unknown() -> None:
    made = draft()
    made.pay(made.money("Savings"), when=made.test("Success"))
    (outcome,) = made.outcomes(Success=False)
    assert (outcome.state, outcome.amount, outcome.gross) == (State.NOT_DUE, F(0), None)
    assert outcome.waits_for == ()


def test_a_negative_gross_amount_is_not_due_and_never_reversed() -> None:
    made = draft()
    made.pay(made.amount(-5))
    (outcome,) = made.outcomes()
    assert (outcome.state, outcome.amount, outcome.reason.why.value) == (
        State.NOT_DUE,
        F(0),
        "negative",
    )


def test_a_pending_payment_lists_what_it_waits_for() -> None:
    made = draft()
    made.pay(made.money("Savings"), when=made.test("Success"))
    (outcome,) = made.outcomes()
    assert outcome.state is State.PENDING
    assert [missing.name for missing in outcome.waits_for] == ["Savings", "Success"]


def test_an_undefined_amount_makes_the_payment_undefined_and_takes_nothing() -> None:
    made = draft()
    limit = made.amount(10)
    nothing = made.add(UndefinedTerm(Cause.DIVISION_BY_ZERO, unit=GBP))
    first = made.pay(nothing)
    second = made.pay(made.amount(10))
    made.cap(limit, [first, second])
    outcomes = made.outcomes()
    assert [outcome.state for outcome in outcomes] == [State.UNDEFINED, State.DUE]
    assert amounts(outcomes) == [0, 10]


def test_an_undefined_limit_makes_the_payment_undefined() -> None:
    made = draft()
    limit = made.money("Budget")
    made.cap(limit, [made.pay(made.amount(10))])
    (outcome,) = made.outcomes(Budget=None)
    assert (outcome.state, outcome.amount) == (State.UNDEFINED, F(0))


def test_a_payment_at_a_cancelled_evaluation_is_not_due() -> None:
    made = draft()
    year = made.evaluation("Year 1", date(2020, 1, 1))
    made.pay(made.amount(10), evaluation=year)
    (outcome,) = made.determine(Results(cancelled=frozenset({year}))).payments
    assert (outcome.state, outcome.reason.why.value) == (State.NOT_DUE, "cancelled")


def test_a_payment_on_a_provisional_result_is_due_and_marked() -> None:
    made = draft()
    made.pay(made.money("Savings"))
    results = with_status(made.results(Savings=7), Status.PROVISIONAL)
    (outcome,) = evaluate(made.plan(), results).payments
    assert (outcome.amount, outcome.provisional) == (F(7), True)


def test_a_payment_on_a_disputed_result_is_pending() -> None:
    made = draft()
    made.pay(made.money("Savings"))
    results = with_status(made.results(Savings=7), Status.DISPUTED)
    (outcome,) = evaluate(made.plan(), results).payments
    assert (outcome.state, outcome.waits_for[0].disputed) == (State.PENDING, True)


# ------------------------------------------------------------------------------------------- caps


def test_the_smallest_headroom_limits_a_payment_whatever_the_order_of_the_caps() -> None:
    for limits in ([7, 4], [4, 7]):
        made = draft()
        first, second = (made.amount(limit) for limit in limits)
        payment = made.pay(made.amount(10))
        made.cap(first, [payment])
        made.cap(second, [payment])
        (outcome,) = made.outcomes()
        assert outcome.amount == 4
        assert [(cut.cap, cut.amount) for cut in outcome.cuts] == [(limits.index(4), F(6))]


def test_a_cap_is_used_up_by_what_is_due_and_not_by_what_was_claimed() -> None:
    made = draft()
    own, shared = made.amount(3), made.amount(10)
    first, second = made.pay(made.amount(9)), made.pay(made.amount(9))
    made.cap(own, [first])
    made.cap(shared, [first, second])
    assert amounts(made.outcomes()) == [3, 7]


def test_headroom_rounds_down_to_the_step() -> None:
    made = draft()
    made.rounding = AmountRounding("GBP", RoundingMode.UP, F(10))
    limit = made.amount(99)
    made.cap(limit, [made.pay(made.amount(98))])
    assert amounts(made.outcomes()) == [90]


def test_caps_come_before_rounding_and_rounding_happens_once() -> None:
    made = draft(3)
    halves = Shares("Both", (1, 2), (F(1, 2), F(1, 2)))
    made.pay(made.amount(F("0.015")), payee=halves)
    (outcome,) = made.outcomes()
    assert (outcome.amount, parts(outcome)) == (F("0.02"), [F("0.01"), F("0.01")])


def test_money_flowing_back_restores_no_headroom() -> None:
    made = draft()
    limit = made.amount(10)
    first = made.pay(made.amount(8))
    made.pay(made.amount(8), payer=1, payee=0)
    last = made.pay(made.amount(8))
    made.cap(limit, [first, last])
    assert amounts(made.outcomes()) == [8, 8, 2]


def test_a_limit_below_nil_leaves_no_headroom() -> None:
    made = draft()
    limit = made.amount(-3)
    made.cap(limit, [made.pay(made.amount(8))])
    (outcome,) = made.outcomes()
    assert (outcome.amount, outcome.state) == (F(0), State.NOT_DUE)


def test_what_a_cap_cuts_to_nil_is_not_due_and_says_which_cap() -> None:
    made = draft()
    limit = made.amount(8)
    first, second = made.pay(made.amount(8)), made.pay(made.amount(5))
    made.cap(limit, [first, second])
    outcome = made.outcomes()[1]
    assert (outcome.amount, outcome.state, outcome.gross) == (F(0), State.NOT_DUE, F(5))
    assert outcome.reason.why is Why.CUT
    assert [(cut.amount, cut.headroom) for cut in outcome.cuts] == [(F(5), F(0))]


def test_what_rounds_to_nil_is_not_due() -> None:
    made = draft()
    made.pay(made.amount(F("0.004")))
    (outcome,) = made.outcomes()
    assert (outcome.amount, outcome.state) == (F(0), State.NOT_DUE)
    assert outcome.reason.why is Why.COMPUTED


# ----------------------------------------------------------------------------------------- division


def test_a_group_divides_by_largest_remainder_and_ties_go_to_the_member_named_first() -> None:
    made = draft(4)
    thirds = Shares("Three", (1, 2, 3), (F(1, 3), F(1, 3), F(1, 3)))
    made.pay(made.amount(100), payee=thirds)
    (outcome,) = made.outcomes()
    assert parts(outcome) == [F("33.34"), F("33.33"), F("33.33")]


def test_what_a_members_own_cap_cuts_passes_to_nobody() -> None:
    made = draft(3)
    limit = made.amount(20)
    halves = Shares("Both", (1, 2), (F(1, 2), F(1, 2)))
    payment = made.pay(made.amount(100), payee=halves)
    made.cap(limit, parts=[(payment, 0)])
    (outcome,) = made.outcomes()
    assert (parts(outcome), outcome.amount) == ([F(20), F(50)], F(70))
    assert [(cut.cap, cut.amount) for cut in outcome.parts[0].cuts] == [(0, F(30))]


def test_a_cap_on_the_whole_is_used_by_what_members_caps_left() -> None:
    made = draft(3)
    own, shared = made.amount(20), made.amount(100)
    halves = Shares("Both", (1, 2), (F(1, 2), F(1, 2)))
    first = made.pay(made.amount(90), payee=halves)
    second = made.pay(made.amount(90))
    made.cap(own, parts=[(first, 0)])
    made.cap(shared, [first, second])
    assert amounts(made.outcomes()) == [65, 35]


def test_two_groups_divide_among_payers_first_and_each_part_among_payees() -> None:
    made = draft(4)
    payers = Shares("Payers", (0, 1), (F(1, 4), F(3, 4)))
    payees = Shares("Payees", (2, 3), (F(1, 2), F(1, 2)))
    made.pay(made.amount(F("0.10")), payers, payees)
    (outcome,) = made.outcomes()
    assert parts(outcome) == [F("0.02"), F("0.01"), F("0.04"), F("0.03")]


def test_a_payers_own_cap_cuts_before_the_payees_divide() -> None:
    made = draft(4)
    limit = made.amount(10)
    payers = Shares("Payers", (0, 1), (F(1, 2), F(1, 2)))
    payees = Shares("Payees", (2, 3), (F(1, 2), F(1, 2)))
    payment = made.pay(made.amount(100), payers, payees)
    made.cap(limit, parts=[(payment, 0), (payment, 1)])
    (outcome,) = made.outcomes()
    assert parts(outcome) == [5, 5, 25, 25]


# ---------------------------------------------------------------------------------------- waterfall


def waterfall(made: Draft, last: Fraction | None = None) -> Tiers:
    assert len(made.parties) == 3
    return Tiers("Notes", (1, 2), (F(100), last))


def test_a_waterfall_fills_each_member_up_to_its_limit_over_all_payments() -> None:
    made = draft(3)
    for _ in range(3):
        made.pay(made.amount(60), payee=waterfall(made))
    assert [parts(outcome) for outcome in made.outcomes()] == [[60, 0], [40, 20], [0, 60]]


def test_the_excess_over_the_last_limit_of_a_waterfall_is_not_paid() -> None:
    made = draft(3)
    made.pay(made.amount(160), payee=waterfall(made, F(50)))
    (outcome,) = made.outcomes()
    assert (parts(outcome), outcome.amount) == ([F(100), F(50)], F(150))


def test_a_waterfall_of_payers_counts_what_passed_from_each() -> None:
    made = draft(3)
    for _ in range(2):
        made.pay(made.amount(80), payer=waterfall(made), payee=0)
    assert [parts(outcome) for outcome in made.outcomes()] == [[80, 0], [20, 60]]


def test_a_waterfall_whose_past_is_uncertain_takes_the_lesser_of_both_ends() -> None:
    made = draft(3)
    made.pay(made.amount(80), payee=waterfall(made), when=made.test("Success"))
    made.pay(made.amount(60), payee=waterfall(made))
    first, second = made.outcomes()
    assert (first.state, first.amount) == (State.PENDING, F(0))
    # Senior has 60 if the first payment fails and 20 if not; Junior nothing or 40.
    assert (second.state, second.amount, parts(second)) == (State.PENDING, F(60), [F(20), F(0)])


# ---------------------------------------------------------------------------------------- return cap


def return_limit(made: Draft, rate: str, *fundings: tuple[int, date]) -> ReturnLimit:
    made.fundings += [Funding("Party 1", F(put), "GBP", "Party 0", on) for put, on in fundings]
    return ReturnLimit(made.percentage(rate), tuple((F(put), on) for put, on in fundings), (), ())


def test_a_return_cap_grows_funding_exactly_to_the_due_date() -> None:
    made = draft()
    limit = return_limit(made, "0.1", (1000, date(2019, 1, 1)))
    made.cap(limit, [made.pay(made.amount(5000), due=date(2021, 2, 1))])
    exact = 1000 * F("1.1") ** 2 * (1 + F("0.1") * F(31, 365))
    assert amounts(made.outcomes()) == [exact // F(1, 100) * F(1, 100)]


def test_a_return_cap_takes_earlier_receipts_off_grown_to_the_due_date() -> None:
    made = draft()
    limit = return_limit(made, "0.1", (1000, date(2019, 1, 1)))
    first = made.pay(made.amount(100), due=date(2020, 1, 1))
    second = made.pay(made.amount(5000), due=date(2021, 1, 1))
    made.cap(limit, [first, second])
    assert amounts(made.outcomes()) == [100, 1210 - 110]


def test_a_return_cap_counts_no_funding_of_a_later_day() -> None:
    made = draft()
    limit = return_limit(made, "0", (100, date(2019, 1, 1)), (100, date(2020, 1, 1)))
    first = made.pay(made.amount(150), due=date(2019, 12, 31))
    second = made.pay(made.amount(150), due=date(2020, 1, 1))
    made.cap(limit, [first, second])
    assert amounts(made.outcomes()) == [100, 100]


def test_a_return_cap_adds_the_investors_own_payments() -> None:
    made = draft()
    made.pay(made.amount(50), payer=1, payee=0, due=date(2019, 6, 1))
    limit = return_limit(made, "0", (100, date(2019, 1, 1)))
    own = ReturnLimit(limit.rate, limit.fundings, (0,), ())
    payment = made.pay(made.amount(500), due=date(2020, 1, 1))
    made.cap(own, [payment])
    assert amounts(made.outcomes()) == [50, 150]


# ------------------------------------------------------------------------ pending under a shared cap


def shared(limit: int, *, later: int) -> Draft:
    """A cap over a payment of 40 on a condition, and a later one that is known."""
    made = draft()
    top = made.amount(limit)
    first = made.pay(made.amount(40), when=made.test("Success"))
    second = made.pay(made.amount(later))
    made.cap(top, [first, second])
    return made


def test_a_later_payment_is_due_for_what_the_pending_one_cannot_take() -> None:
    first, second = shared(100, later=80).outcomes()
    assert (first.state, first.amount) == (State.PENDING, F(0))
    assert (second.state, second.amount) == (State.PENDING, F(60))
    assert [missing.name for missing in second.waits_for] == ["Success"]


def test_a_later_payment_is_due_in_full_where_headroom_is_left_all_the_same() -> None:
    _, second = shared(100, later=60).outcomes()
    assert (second.state, second.amount, second.waits_for) == (State.DUE, F(60), ())


def test_the_certain_part_rises_when_the_condition_fails() -> None:
    _, second = shared(100, later=80).outcomes(Success=False)
    assert (second.state, second.amount) == (State.DUE, F(80))


def test_the_certain_part_stands_when_the_condition_holds() -> None:
    _, second = shared(100, later=80).outcomes(Success=True)
    assert (second.state, second.amount) == (State.DUE, F(60))


def test_a_pending_payment_of_unknown_amount_is_reserved_up_to_the_caps_on_it_alone() -> None:
    made = draft()
    own, top = made.amount(30), made.amount(100)
    first, second = made.pay(made.money("Savings")), made.pay(made.amount(80))
    made.cap(own, [first])
    made.cap(top, [first, second])
    assert amounts(made.outcomes()) == [0, 70]


def test_a_pending_payment_of_unknown_amount_without_a_cap_of_its_own_may_take_everything() -> None:
    made = draft()
    top = made.amount(100)
    first, second = made.pay(made.money("Savings")), made.pay(made.amount(80))
    made.cap(top, [first, second])
    assert amounts(made.outcomes()) == [0, 0]


def test_instances_of_a_payment_reserve_no_more_than_the_cap_on_it_together() -> None:
    made = draft()
    own, top = made.amount(50), made.amount(110)
    yearly = [
        made.pay(
            made.money(f"Savings {year}"), name="Yearly", evaluation=made.evaluation(f"{year}", DUE)
        )
        for year in range(3)
    ]
    last = made.pay(made.amount(80), name="Final")
    made.cap(own, yearly)
    made.cap(top, [*yearly, last])
    assert amounts(made.outcomes()) == [0, 0, 0, 60]


def test_the_reserve_is_the_gross_amount_as_it_would_be_rounded() -> None:
    made = draft()
    top = made.amount(100)
    first = made.pay(made.amount(F("40.005")), when=made.test("Success"))
    second = made.pay(made.amount(80))
    made.cap(top, [first, second])
    assert amounts(made.outcomes()) == [0, F("59.99")]


def test_under_an_unknown_limit_nothing_is_certain() -> None:
    made = draft()
    limit = made.money("Budget")
    made.cap(limit, [made.pay(made.amount(10))])
    (outcome,) = made.outcomes()
    assert (outcome.state, outcome.amount) == (State.PENDING, F(0))
    assert [missing.name for missing in outcome.waits_for] == ["Budget"]


def test_a_member_of_a_pending_payment_is_certain_of_its_whole_steps_only() -> None:
    made = draft(4)
    top = made.amount(F("1.00"))
    first = made.pay(made.amount(F("0.90")), when=made.test("Success"))
    thirds = Shares("Three", (1, 2, 3), (F(1, 3), F(1, 3), F(1, 3)))
    second = made.pay(made.amount(F("0.50")), payee=thirds)
    made.cap(top, [first, second])
    outcome = made.outcomes()[1]
    assert (outcome.amount, parts(outcome)) == (F("0.10"), [F("0.03")] * 3)


def test_the_name_of_a_pending_payment_is_unknown_in_an_expression() -> None:
    made = draft()
    first = made.pay(made.money("Savings"))
    made.pay(made.settled(first))
    _, second = made.outcomes()
    assert (second.state, [missing.name for missing in second.waits_for]) == (
        State.PENDING,
        ["Savings"],
    )


def test_the_name_of_a_payment_is_the_amount_due_after_caps_and_rounding() -> None:
    made = draft()
    limit = made.amount(7)
    first = made.pay(made.amount(10))
    made.pay(made.settled(first))
    made.cap(limit, [first])
    assert amounts(made.outcomes()) == [7, 7]
