"""Lowering: what each construct of the language becomes in the plan."""

from datetime import date
from fractions import Fraction

import pytest

from sibdsl.checks import check
from sibdsl.diagnostics import Severity
from sibdsl.money import RoundingMode
from sibdsl.plan.calendars import (
    CalendarError,
    calendar_findings,
    next_business_day,
)
from sibdsl.plan.lower import lower
from sibdsl.plan.terms import (
    Aggregate,
    Lookup,
    Plan,
    ReturnLimit,
    Settlement,
    Shares,
    Tiers,
)
from sibdsl.plan.wellformed import flaw
from sibdsl.source import Source
from sibdsl.syntax.parse import parse
from tests.lowering import HEAD, checked, place_of, plan_of, plans_of_examples, shown, term_shown

PAYMENT = (
    "payment Fee at each evaluation\n  Payer pays {} to Fund\n  due 30 days after evaluation\n"
)


def fee(amount: str) -> str:
    return PAYMENT.format(amount)


def gross(plan: Plan, rank: int = 0) -> str:
    return term_shown(plan, plan.payments[rank].gross)


# Names and evaluations


def test_each_name_is_lowered_once_for_each_evaluation() -> None:
    plan = plan_of("Twice means Rate + Rate\nThrice means Twice + Rate\n")
    named = [(each.name, each.evaluation) for each in plan.names]
    assert len(named) == len(set(named)) == 12
    assert [shown(plan, "Thrice", f"Cohort {each}") for each in (1, 3)] == [
        "add(Twice @ Cohort 1, Rate @ Cohort 1)",
        "add(Twice @ Cohort 3, Rate @ Cohort 3)",
    ]
    assert len({each.term for each in plan.names}) == len(plan.names)


def test_a_definition_that_is_just_a_name_is_an_alias() -> None:
    plan = plan_of("Same means Rate\nAgain means Same\nFirst means Rate at Cohort 1\n")
    assert shown(plan, "Same", "Cohort 2") == "alias(Rate @ Cohort 2)"
    assert shown(plan, "Again", "Cohort 2") == "alias(Same @ Cohort 2)"
    assert shown(plan, "First") == "alias(Rate @ Cohort 1)"


def test_the_rounding_of_a_measure_stands_over_its_result() -> None:
    plan = plan_of("measure Uptake is a percentage at each evaluation, rounded down to 1%\n")
    assert shown(plan, "Uptake", "Cohort 1") == "rounded down 1/100(result Uptake)"


def test_at_previous_evaluation_is_undefined_at_the_first() -> None:
    plan = plan_of("Change means Count at previous evaluation or else 0\n")
    assert shown(plan, "Change", "Cohort 1") == "or else(undefined: no previous evaluation, 0)"
    assert shown(plan, "Change", "Cohort 3") == "or else(Count @ Cohort 2, 0)"


def test_a_term_may_use_itself_at_the_previous_evaluation() -> None:
    plan = plan_of("Sum means Count + (Sum at previous evaluation or else 0)\n")
    assert shown(plan, "Sum", "Cohort 2") == "add(Count @ Cohort 2, or else(Sum @ Cohort 1, 0))"


def test_to_date_goes_by_date_also_from_another_series() -> None:
    plan = plan_of(
        "evaluation Midterm on 2015-06-30\nmeasure Weight is a number at Midterm\n"
        "So Far means Weight * total of Count to date\n"
        "Every means total of Count\nMost means highest of Count\n"
        "condition Once: at least 2 of Good\ncondition Good: Rate is at least 10%\n"
    )
    both = "total(Count @ Cohort 1, Count @ Cohort 2)"
    assert shown(plan, "So Far", "Midterm") == f"multiply(Weight @ Midterm, {both})"
    cohorts = "Count @ Cohort 1, Count @ Cohort 2, Count @ Cohort 3"
    assert shown(plan, "Every") == f"total({cohorts})"
    assert shown(plan, "Most") == f"highest({cohorts})"
    assert shown(plan, "Once") == "at least 2(Good @ Cohort 1, Good @ Cohort 2, Good @ Cohort 3)"


def test_totals_know_the_evaluations_of_their_items() -> None:
    plan = plan_of("So Far means total of Count to date\n" + fee("GBP 1 * So Far"))
    evaluations = [term.evaluations for term in plan.terms if isinstance(term, Aggregate)]
    assert evaluations == [(0,), (0, 1), (0, 1, 2)]


@pytest.mark.parametrize("links", [3_000])
def test_a_long_chain_of_definitions_is_no_recursion(links: int) -> None:
    def name(number: int) -> str:
        letters = "abcdefghij"
        return "Step" + "".join(letters[int(digit)] for digit in str(number))

    chain = "".join(f"{name(each + 1)} means {name(each)} + 1\n" for each in range(links))
    plan = plan_of(f"{chain}{name(0)} means Count\n{fee(f'GBP 1 * {name(links)}')}")
    assert gross(plan) == f"multiply(1 GBP, {name(links)} @ Cohort 1)"
    assert len(plan.names) == 3 * (links + 4)


# Expressions


@pytest.mark.parametrize(
    ("written", "lowered"),
    [
        ("Rate * 50%", "multiply(Rate @ Cohort 1, 1/2)"),
        ("100% - Rate", "subtract(1, Rate @ Cohort 1)"),
        ("95% of Rate", "multiply(19/20, Rate @ Cohort 1)"),
        ("points in Rate", "multiply(Rate @ Cohort 1, 100)"),
        ("-Rate", "subtract(0, Rate @ Cohort 1)"),
        ("the lesser of (Rate; 5%; 10%)", "lowest(Rate @ Cohort 1, 1/20, 1/10)"),
        ("the greater of (Rate; 5%)", "highest(Rate @ Cohort 1, 1/20)"),
        ("Rate rounded half up to 0.1%", "rounded half up 1/1000(Rate @ Cohort 1)"),
        ("if Rate is 5% then 1% else 2%", "if(equal(Rate @ Cohort 1, 1/20), 1/100, 1/50)"),
        ("Rate or else 5%", "or else(Rate @ Cohort 1, 1/20)"),
        ("Rate at Cohort 2 * 2", "multiply(Rate @ Cohort 2, 2)"),
        ("evaluation date + 3 months", "shift 3(2014-06-30)"),
        ("evaluation date - 2 years", "shift -24(2014-06-30)"),
        ("3 months + evaluation date", "shift 3(2014-06-30)"),
        ("evaluation date + 60 days", "add(2014-06-30, 60)"),
        ("2014-01-31 + 60 days", "2014-04-01"),
        ("2014-01-31 + 99,999,999 days", "add(2014-01-31, 99999999)"),
        (
            "interest on GBP 100 at a rate of 5% per year, 30/360, from 2014-01-01 to evaluation date",
            "multiply(multiply(100 GBP, 1/20), years 30/360(2014-01-01, 2014-06-30))",
        ),
        (
            (
                "interest on GBP 100 at a rate of 5% per year compounded yearly, actual/365, from"
                " 2014-01-01 to 2016-01-01"
            ),
            "multiply(100 GBP, subtract(growth broken(1/20, 2014-01-01, 2016-01-01), 1))",
        ),
        (
            "GBP 100 indexed by 2% per year from 2012-01-01",
            "multiply(100 GBP, growth full(1/50, 2012-01-01, 2014-06-30))",
        ),
    ],
)
def test_expressions(written: str, lowered: str) -> None:
    plan = plan_of(f"Value means {written}\n")
    at = {each.evaluation for each in plan.names if each.name == "Value"}
    assert shown(plan, "Value", "" if at == {None} else "Cohort 1") == lowered


@pytest.mark.parametrize(
    ("written", "lowered"),
    [
        ("Rate is at most 5%", "at most(Rate @ Cohort 1, 1/20)"),
        ("Rate is between 5% and 10%", "all 2(at least(Rate @ Cohort 1, 1/20), at most(Rate @ Cohort 1, 1/10))"),
        ("evaluation date is before 2015-01-01", "less than(2014-06-30, 2015-01-01)"),
        ("evaluation date is on or after 2015-01-01", "at least(2014-06-30, 2015-01-01)"),
        ("not Rate is 5%", "not(equal(Rate @ Cohort 1, 1/20))"),
        ("Rate is 5% or Count is 3", "any 1(equal(Rate @ Cohort 1, 1/20), equal(Count @ Cohort 1, 3))"),
        (
            "at least 2 of (Rate is 5%; Count is 3; Count is 4)",
            "at least 2(equal(Rate @ Cohort 1, 1/20), equal(Count @ Cohort 1, 3), equal(Count @ Cohort 1, 4))",
        ),
    ],
)  # fmt: skip
def test_tests(written: str, lowered: str) -> None:
    plan = plan_of(f"condition Test: {written}\n")
    assert shown(plan, "Test", "Cohort 1") == lowered


def test_arithmetic_on_literals_is_done_and_names_stay() -> None:
    plan = plan_of("Half means 50% * GBP 7,000,000\nPart means 50% * Base\nBase means GBP 10\n")
    assert shown(plan, "Half") == "3500000 GBP"
    assert shown(plan, "Part") == "multiply(1/2, Base)"
    assert plan.terms[place_of(plan, "Half")].places != ()


def test_a_table_is_read_at_its_own_key_and_at_another() -> None:
    plan = plan_of(
        "table Bonus by Rate, marginal\n  from 0%: GBP 100 per point\n  from 10%: GBP 50 per point\n"
        "At Twelve means Bonus for 12%\n" + fee("Bonus")
    )
    assert gross(plan) == "Bonus @ Cohort 1"
    assert shown(plan, "Bonus", "Cohort 1") == "marginal(Rate @ Cohort 1: 100 GBP, 50 GBP)"
    assert shown(plan, "At Twelve") == "marginal(3/25: 100 GBP, 50 GBP)"
    lookup = plan.terms[plan.payments[0].gross]
    assert isinstance(lookup, Lookup)
    assert lookup.per_point
    assert [(bound.at, bound.included) for bound in lookup.bounds] == [
        (Fraction(0), True),
        (Fraction(1, 10), True),
    ]


def test_money_converts_by_the_exchange_rate_in_either_direction() -> None:
    rate = "exchange rate EUR 2 is GBP 3\n"
    plan = plan_of(rate + "There means EUR 10 in GBP\nBack means GBP 10 in EUR\n")
    assert shown(plan, "There") == "multiply(10 EUR, 3/2)"
    assert shown(plan, "Back") == "divide(10 GBP, 3/2)"


def test_money_converts_by_a_measured_rate() -> None:
    rate = "measure Pounds is a number, reported by Assessor\nexchange rate EUR 1 is Pounds\n"
    plan = plan_of(rate + "There means EUR 10 in GBP\n")
    assert shown(plan, "There") == "multiply(10 EUR, Pounds)"


# Money so far


def test_paid_to_date_counts_what_is_due_by_the_date_of_the_evaluation() -> None:
    plan = plan_of(
        fee("GBP 10 * Count")
        + "Received means paid to Fund to date\nSpent means paid by Payer to date\n"
        "payment Rest at each evaluation\n  Payer pays the greater of (GBP 9 - Received; GBP 0) to Fund\n"
        "  due 60 days after evaluation\n"
    )
    assert shown(plan, "Received", "Cohort 1") == "total()"
    first = "Fee Payer>Fund, Rest Payer>Fund"
    assert shown(plan, "Received", "Cohort 2") == f"total({first})"
    assert shown(plan, "Received", "Cohort 3") == f"total({first}, {first})"


def test_a_groups_funding_is_that_of_its_members() -> None:
    plan = plan_of(
        "group Lenders is Fund 40%, Trust 60%\n"
        "funding Lenders provide GBP 100 to Payer on 2011-01-01\n"
        "funding Fund provides GBP 5 to Payer on 2015-01-01\n"
        "Alone means provided by Fund to date\nTogether means provided by Lenders to date\n"
        + fee("Alone + Together")
    )
    assert [shown(plan, "Alone", f"Cohort {each}") for each in (1, 2)] == ["40 GBP", "45 GBP"]
    assert [shown(plan, "Together", f"Cohort {each}") for each in (1, 2)] == ["100 GBP", "105 GBP"]


def test_the_gross_amount_is_nil_where_the_condition_is_not_met() -> None:
    plan = plan_of(
        "condition Good: Rate is at least 10%\n"
        "payment Fee at each evaluation\n  Payer pays GBP 10 * Count to Fund\n  when Good\n"
        "  due 30 days after evaluation\n"
        "Claimed means gross amount of Fee\nAll means gross amount of Rest\n"
        "payment Rest at each evaluation\n  Payer pays GBP 5 * Count to Fund\n"
        "  due 30 days after evaluation\n"
    )
    gross_fee = "multiply(10 GBP, Count @ Cohort 1)"
    assert shown(plan, "Claimed", "Cohort 1") == f"if(Good @ Cohort 1, {gross_fee}, 0 GBP)"
    assert shown(plan, "All", "Cohort 1") == "alias(multiply(5 GBP, Count @ Cohort 1))"


# Payments


def test_payments_stand_in_rank_order_with_their_settlements() -> None:
    plan = plan_of(
        "payment Second at each evaluation ranks after First\n  Payer pays GBP 1 to Fund\n"
        "  due 30 days after evaluation\n"
        "payment First at each evaluation\n  Payer pays GBP 2 to Fund\n"
        "  due 30 days after evaluation\n"
        "payment Early\n  Payer pays GBP 3 to Fund\n  due 2014-01-01\n"
    )
    ranked = [(each.name, each.evaluation) for each in plan.payments]
    assert ranked[:3] == [("Early", None), ("First", 0), ("Second", 0)]
    settled = [place for place, term in enumerate(plan.terms) if isinstance(term, Settlement)]
    assert settled == [each.settlement for each in plan.payments]
    assert flaw(plan) is None


def test_when_and_unless_together_are_and_not() -> None:
    plan = plan_of(
        "payment Fee at each evaluation\n  Payer pays GBP 1 to Fund\n  when Rate is 5%\n"
        "  unless Count is 3\n  due 30 days after evaluation\n"
    )
    condition = plan.payments[0].condition
    assert condition is not None
    assert term_shown(plan, condition) == (
        "all 2(equal(Rate @ Cohort 1, 1/20), not(equal(Count @ Cohort 1, 3)))"
    )


def test_groups_divide_payers_first_then_payees() -> None:
    plan = plan_of(
        "group Payers is Payer 1/3, City 2/3\n"
        "group Notes is Fund up to GBP 100, then Trust\n"
        "payment Fee\n  Payers pay GBP 1 to Notes\n  due 2015-01-01\n"
    )
    (payment,) = plan.payments
    assert payment.payer == Shares("Payers", (0, 1), (Fraction(1, 3), Fraction(2, 3)))
    assert payment.payee == Tiers("Notes", (2, 3), (Fraction(100), None))
    assert payment.parts == ((0, 2), (0, 3), (1, 2), (1, 3))


def test_business_days_are_frozen_in_the_plan() -> None:
    plan = plan_of(
        "payment Fee\n  Payer pays GBP 1 to Fund\n  due 2015-05-01, next business day in FR\n"
    )
    (payment,) = plan.payments
    assert (payment.due, payment.adjusted, payment.calendar) == (
        date(2015, 5, 1),
        date(2015, 5, 4),
        "FR",
    )


def test_no_calendar_is_asked_unless_the_contract_asks() -> None:
    def never(_: date, calendar: str) -> date:
        raise AssertionError(calendar)

    plan = lower(checked(HEAD + fee("GBP 1")), never)
    assert plan.payments[0].adjusted == plan.payments[0].due


@pytest.mark.parametrize(
    ("day", "calendar", "open_day"),
    [
        (date(2024, 3, 29), "TARGET", date(2024, 4, 2)),  # Good Friday to Easter Monday
        (date(2024, 7, 14), "FR", date(2024, 7, 15)),
        (date(2024, 7, 4), "US", date(2024, 7, 5)),
        (date(2024, 4, 1), "GB", date(2024, 4, 2)),  # Easter Monday: England, not Scotland
        (date(2024, 7, 3), "US", date(2024, 7, 3)),
    ],
)
def test_the_next_business_day(day: date, calendar: str, open_day: date) -> None:
    assert next_business_day(day, calendar) == open_day


def test_an_unknown_calendar_is_a_finding() -> None:
    with pytest.raises(CalendarError):
        next_business_day(date(2024, 1, 1), "ZZ")
    clauses = "payment Fee\n  Payer pays GBP 1 to Fund\n  due 2015-05-01, next business day in ZZ\n"
    (finding,) = calendar_findings(checked(HEAD + clauses), next_business_day)
    assert finding.code == "SIB481"


# Caps


def accounts(plan: Plan) -> list[tuple[str, list[str], list[tuple[str, int]]]]:
    return [
        (
            "return" if isinstance(each.limit, ReturnLimit) else term_shown(plan, each.limit),
            [called(plan, payment) for payment in each.payments],
            [(called(plan, payment), part) for payment, part in each.parts],
        )
        for each in plan.accounts
    ]


def called(plan: Plan, payment: int) -> str:
    one = plan.payments[payment]
    return one.name if one.evaluation is None else f"{one.name} {one.evaluation + 1}"


def test_caps_per_evaluation_read_their_limit_at_it() -> None:
    plan = plan_of(fee("GBP 10 * Count") + "cap Fee: GBP 2 * Count per evaluation\n")
    assert accounts(plan) == [
        (f"multiply(2 GBP, Count @ Cohort {each})", [f"Fee {each}"], []) for each in (1, 2, 3)
    ]
    assert [each.evaluation for each in plan.accounts] == [0, 1, 2]


def test_caps_per_calendar_year_go_by_the_unadjusted_due_date() -> None:
    plan = plan_of(
        "payment Fee at each evaluation\n  Payer pays GBP 1 to Fund\n"
        "  due 184 days after evaluation, next business day in FR\n"
        "cap contract: GBP 5 per calendar year\n"
    )
    assert [each.due for each in plan.payments] == [
        date(2014, 12, 31),
        date(2015, 12, 31),
        date(2016, 12, 31),
    ]
    assert [(each.year, each.payments) for each in plan.accounts] == [
        (2014, (0,)),
        (2015, (1,)),
        (2016, (2,)),
    ]


def test_caps_from_to_include_both_days() -> None:
    plan = plan_of(fee("GBP 1") + "cap Fee: GBP 5 from 2014-07-30 to 2015-07-30\n")
    assert accounts(plan) == [("5 GBP", ["Fee 1", "Fee 2"], [])]
    assert plan.caps[0].period == "2014-07-30/2015-07-30"


GROUPED = """group Payers is Payer 50%, City 50%
payment Joint
  Payers pay GBP 1 to Fund
  due 2015-01-01
payment Alone
  City pays GBP 1 to Fund
  due 2015-02-01
"""


@pytest.mark.parametrize(
    ("target", "whole", "parts"),
    [
        ("City", ["Alone"], [("Joint", 1)]),
        ("paid by City", ["Alone"], [("Joint", 1)]),
        ("paid to Fund", ["Joint", "Alone"], []),
        ("Payers", ["Joint", "Alone"], []),
        ("City; Payer", ["Joint", "Alone"], []),
        ("contract", ["Joint", "Alone"], []),
        ("Joint", ["Joint"], []),
        ("Joint; City", ["Joint", "Alone"], []),
    ],
)
def test_a_cap_bears_on_wholes_and_on_parts(
    target: str, whole: list[str], parts: list[tuple[str, int]]
) -> None:
    plan = plan_of(f"{GROUPED}cap {target}: GBP 5\n")
    assert accounts(plan) == [("5 GBP", whole, parts)]


def test_a_limit_is_made_before_the_first_settlement_under_it() -> None:
    plan = plan_of(
        "Limit means GBP 1 * Count at Cohort 1\n" + fee("GBP 1") + "cap contract: Limit\n"
    )
    (account,) = plan.accounts
    assert isinstance(account.limit, int)
    assert account.limit < plan.payments[0].settlement


def test_a_group_under_a_return_cap_counts_as_one() -> None:
    plan = plan_of(
        "group Lenders is Fund 40%, Trust 60%\n"
        "funding Fund provides GBP 30 to Payer on 2011-01-01\n"
        "funding Lenders provide GBP 100 to Payer on 2012-01-01\n"
        "payment Success\n  Payer pays GBP 1 to Lenders\n  due 2015-01-01\n"
        "payment Fee\n  Payer pays GBP 1 to Fund\n  due 2015-02-01\n"
        "payment Malus\n  Trust pays GBP 1 to Payer\n  due 2015-03-01\n"
        "cap return of Lenders: 10% per year\ncap return of Trust: 5% per year\n"
    )
    both, trust = plan.accounts
    assert isinstance(both.limit, ReturnLimit)
    assert isinstance(trust.limit, ReturnLimit)
    assert (both.payments, both.parts, both.limit.own_payments) == ((0, 1), (), (2,))
    assert sum(amount for amount, _ in both.limit.fundings) == 130
    assert (trust.payments, trust.parts, trust.limit.own_payments) == ((), ((0, 1),), (2,))
    assert trust.limit.fundings == ((Fraction(60), date(2012, 1, 1)),)


CARD = """rate card Results at each evaluation
  outcome "Begins": GBP 100, once, for class "adult"
  outcome "Begins": GBP 150, once, for class "youth"
  outcome "Ends": GBP 200, up to 4 times, at least 28 days apart, requires "Begins" at least 3 months before
  at most GBP 250 per participant
payment Fee at each evaluation
  Payer pays Results to Fund
  due 30 days after evaluation
"""


def test_a_cap_on_a_rate_card_leaves_what_earlier_evaluations_did_not_take() -> None:
    plan = plan_of(CARD + "cap Results: GBP 1,000\n")
    claimed = "claimed(100 GBP, 150 GBP, 200 GBP; 250 GBP)"
    assert shown(plan, "Results", "Cohort 1") == f"lowest({claimed}, 1000 GBP)"
    taken = "total(Results @ Cohort 1, Results @ Cohort 2)"
    room = f"highest(subtract(1000 GBP, {taken}), 0 GBP)"
    assert shown(plan, "Results", "Cohort 3") == f"lowest({claimed}, {room})"
    (account,) = plan.accounts
    assert (account.payments, account.parts) == ((), ())
    assert [term_shown(plan, each) for each in account.amounts] == [
        f"Results @ Cohort {each}" for each in (1, 2, 3)
    ]


def test_a_rate_card_keeps_the_limits_of_its_outcomes() -> None:
    plan = plan_of(CARD + 'Begun means accepted "Begins"\n')
    _, _, ends = plan.cards[0].tariffs
    assert (ends.times, ends.apart_days) == (4, 28)
    assert (ends.requires[0].outcomes, ends.requires[0].months) == ((0, 1), 3)
    assert shown(plan, "Begun", "Cohort 1") == "total(accepted Begins, accepted Begins)"


def test_a_claim_of_an_example_is_at_the_tariff_open_to_its_participant() -> None:
    plan = plan_of(
        CARD + 'example "claims"\n'
        '  given participant "A" is in class "youth"\n'
        '  given participant "A" claims "Begins" on 2014-01-31\n'
        "  given Cohort 3 is cancelled\n"
        "  given Count at Cohort 1 is not available\n"
        "  expect Fee at Cohort 1 is GBP 150\n"
        "  expect total paid to Fund is GBP 150\n"
    )
    (example,) = plan.examples
    assert [(claim.outcome, claim.participant) for claim in example.claims] == [(1, "A")]
    assert (example.cancelled, example.results[0].value) == ((2,), None)
    fee_due, total = example.expectations
    assert (fee_due.subject, total.subject) == ("Fee at Cohort 1", "total paid to Fund")
    assert term_shown(plan, fee_due.term) == "Fee @ Cohort 1"
    assert term_shown(plan, total.term) == ("total(Fee Payer>Fund, Fee Payer>Fund, Fee Payer>Fund)")
    assert total.value == 150


# Roundings


def test_amounts_round_half_up_to_the_minor_unit_where_unsaid() -> None:
    plan = plan_of("payment Fee\n  Payer pays JPY 1 to Fund\n  due 2015-01-01\n")
    said = [(each.currency, each.mode, each.step) for each in plan.roundings]
    assert said == [
        ("GBP", RoundingMode.HALF_UP, Fraction(1, 100)),
        ("JPY", RoundingMode.HALF_UP, Fraction(1)),
    ]


def test_a_rounding_that_is_said_holds() -> None:
    plan = plan_of(fee("GBP 1") + "rounding half even to GBP 10\n")
    (rounding,) = plan.roundings
    assert (rounding.mode, rounding.step) == (RoundingMode.HALF_EVEN, Fraction(10))


def test_every_example_lowers_to_a_sound_plan() -> None:
    flaws = {name: flaw(plan) for name, plan in plans_of_examples()}
    assert flaws
    assert set(flaws.values()) == {None}


def test_a_number_of_months_that_rests_on_results_is_refused() -> None:
    parsed = parse(
        Source(
            "test.sib",
            HEAD
            + "Delay means if Count is 3 then 3 months else 4 months\nEnd means 2015-01-01 + Delay\n",
        )
    )
    assert parsed.contract is not None
    assert [
        each.code for each in check(parsed.contract).findings if each.severity is Severity.ERROR
    ] == ["SIB316"]
