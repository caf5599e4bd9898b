"""Settlement: ranks, the order of the steps, caps, groups and waterfalls, from text."""

from datetime import date
from fractions import Fraction

import pytest

from tests.rules.running import Row, came_to, errors, parts, run

DUE = "due 2024-01-31"


def pay(name: str, amount: str, *, payer: str = "City", payee: str = "Fund", due: str = DUE) -> str:
    return f"payment {name}\n the {payer} pays {amount} to the {payee}\n {due}"


def ranked(*lines: str, results: tuple[Row, ...] = ()) -> list[str]:
    return [line.partition(":")[0] for line in came_to(run(*lines, results=results))]


# Ranks


def test_rank_goes_by_due_date_and_not_by_the_order_of_the_text() -> None:
    """“in rank: due date before any business-day adjustment”."""
    lines = (
        pay("Late", "GBP 60", due="due 2024-02-01"),
        pay("Early", "GBP 60", due="due 2024-01-01"),
        "cap City: GBP 100",
    )
    assert came_to(run(*lines)) == ["Early: 60.00", "Late: 40.00"]


def test_a_business_day_does_not_change_rank() -> None:
    """“due date before any business-day adjustment”; 31 March 2024 was Easter Sunday."""
    easter, tuesday = "due 2024-03-31, next business day in FR", "due 2024-04-01"
    lines = (
        pay("Tuesday", "GBP 60", due=tuesday),
        pay("Easter", "GBP 60", due=easter),
        "cap City: GBP 100",
    )
    found = run(*lines)
    assert came_to(found) == ["Easter: 60.00", "Tuesday: 40.00"]
    assert [outcome.adjusted for outcome in found.payments] == [date(2024, 4, 2), date(2024, 4, 1)]


def test_on_one_day_the_order_of_the_text() -> None:
    """“on one day the order of the text”."""
    first, second = pay("One", "GBP 60"), pay("Two", "GBP 60")
    assert came_to(run(first, second, "cap City: GBP 100")) == ["One: 60.00", "Two: 40.00"]
    assert came_to(run(second, first, "cap City: GBP 100")) == ["Two: 60.00", "One: 40.00"]


def test_ranks_after_changes_the_order_of_one_day() -> None:
    """“the order of the text, which ranks after changes”."""
    one = pay("One ranks after Two", "GBP 60")
    two = pay("Two", "GBP 60")
    assert came_to(run(one, two, "cap City: GBP 100")) == ["Two: 60.00", "One: 40.00"]


def test_instances_of_one_payment_rank_by_date_of_evaluation() -> None:
    """“instances of one payment by date of evaluation”."""
    yearly = "payment Fee at each Year\n the City pays GBP 60 to Fund\n due 2024-01-31"
    assert came_to(run(yearly, "cap City: GBP 100")) == [
        "Fee at Year 1: 60.00",
        "Fee at Year 2: 40.00",
        "Fee at Year 3: not due 0.00",
    ]


def test_an_amount_may_depend_only_on_payments_that_rank_before_it() -> None:
    """“An amount, condition or cap may depend only on payments that rank before it”."""
    first, second = pay("One", "50% of Two"), pay("Two", "GBP 60")
    assert errors(first, second) != []
    assert came_to(run(second, first)) == ["Two: 60.00", "One: 30.00"]
    capped = "cap Two: 50% of Late"
    assert errors(second, pay("Late", "GBP 60", due="due 2024-02-01"), capped) != []


def test_due_dates_depend_on_no_result() -> None:
    """“due dates depend on no result”."""
    start = "measure Start is a date"
    assert errors(start, pay("One", "GBP 60", due="due Start")) != []
    assert errors(start, pay("One", "GBP 60", due="due 60 days after Start")) != []


# The order of the steps


def test_the_steps_of_settlement_in_their_order() -> None:
    """“gross amount; caps on the whole …; rounding, once; division among a group's members, in
    steps of the rounding, by largest remainder …; a member's own caps”.

    Gross 100.01; the cap on the payment leaves 77.77; rounded half up to 10 that would be 80, which
    is over the cap, so headroom rounded down to the step leaves 70; in steps of 10 the thirds of 70
    are 23.33…, 23.33…, 23.33…: two steps each and one step over, to the member named first: 30, 20,
    20. Trust's own cap of 15 leaves 10, a whole step. What it cuts passes to nobody.
    """
    found = run(
        "group Three is Fund 1/3, Trust 1/3, Charity 1/3",
        pay("Fee", "GBP 100.01", payee="Three"),
        "rounding half up to GBP 10",
        "cap Fee: GBP 77.77",
        "cap paid to Trust: GBP 15",
    )
    (fee,) = found.payments
    assert parts(fee) == ["City to Fund: 30.00", "City to Trust: 10.00", "City to Charity: 20.00"]
    assert (fee.gross, fee.amount) == (Fraction("100.01"), Fraction(60))
    assert [cut.amount for cut in fee.parts[1].cuts] == [10]


@pytest.mark.parametrize(
    ("rounding", "amount"),
    [
        ("half up to GBP 1", "3.00"),
        ("half even to GBP 1", "2.00"),
        ("up to GBP 1", "3.00"),
        ("down to GBP 1", "2.00"),
        ("half up to GBP 5", "5.00"),
        ("half up to GBP 0.05", "2.50"),
    ],
)
def test_the_rounding_of_the_contract_rounds_what_falls_due(rounding: str, amount: str) -> None:
    """“half up to the currency's minor unit (ISO 4217) when unsaid; half up, half even, up, down; any step”."""
    assert came_to(run(pay("Fee", "GBP 2.50"), f"rounding {rounding}")) == [f"Fee: {amount}"]


def test_unsaid_amounts_round_half_up_to_the_minor_unit() -> None:
    """“half up to the currency's minor unit (ISO 4217) when unsaid”: cents, but whole yen."""
    assert came_to(run(pay("Fee", "GBP 2.005"))) == ["Fee: 2.01"]
    assert came_to(run(pay("Fee", "JPY 5 / 2"))) == ["Fee: 3.00"]


def test_rounding_never_exceeds_a_cap() -> None:
    """“headroom rounds down to the step”."""
    lines = (pay("Fee", "GBP 98"), "rounding up to GBP 10", "cap City: GBP 99")
    assert came_to(run(*lines)) == ["Fee: 90.00"]


# Caps


@pytest.mark.parametrize(
    ("cap", "amounts"),
    [
        ("cap One: GBP 50", ["One: 50.00", "Two: 80.00", "Three: 80.00"]),
        ("cap One; Two: GBP 100", ["One: 80.00", "Two: 20.00", "Three: 80.00"]),
        ("cap contract: GBP 100", ["One: 80.00", "Two: 20.00", "Three: not due 0.00"]),
        ("cap City: GBP 100", ["One: 80.00", "Two: 20.00", "Three: 80.00"]),
        ("cap paid by City: GBP 100", ["One: 80.00", "Two: 20.00", "Three: 80.00"]),
        ("cap paid by State: GBP 50", ["One: 80.00", "Two: 80.00", "Three: 50.00"]),
        ("cap paid to Fund: GBP 100", ["One: 80.00", "Two: 80.00", "Three: 20.00"]),
        ("cap Fund: GBP 100", ["One: 80.00", "Two: 80.00", "Three: 20.00"]),
        ("cap paid to Trust: GBP 10", ["One: 80.00", "Two: 10.00", "Three: 80.00"]),
        ("cap Fund; Trust: GBP 200", ["One: 80.00", "Two: 80.00", "Three: 40.00"]),
    ],
)
def test_what_a_cap_may_stand_on(cap: str, amounts: list[str]) -> None:
    """“on a payment, several (cap A; B: …), a group, a rate card, contract, paid by X, paid to X”."""
    lines = (
        pay("One", "GBP 80"),
        pay("Two", "GBP 80", payee="Trust"),
        pay("Three", "GBP 80", payer="State"),
    )
    assert came_to(run(*lines, cap)) == amounts


def test_a_party_that_is_both_payer_and_payee_says_which() -> None:
    """“plain X where X is never both”."""
    both = (pay("One", "GBP 80"), pay("Back", "GBP 5", payer="Fund", payee="City"))
    assert errors(*both, "cap Fund: GBP 5") != []
    assert came_to(run(*both, "cap paid to Fund: GBP 50", "cap paid by Fund: GBP 3")) == [
        "One: 50.00",
        "Back: 3.00",
    ]


def test_a_payment_is_limited_to_the_smallest_headroom_whatever_the_order() -> None:
    """“limited to the smallest headroom among its caps … So the order in which caps are written cannot matter”."""
    caps = ("cap Fee: GBP 70", "cap City: GBP 40", "cap contract: GBP 55")
    for order in (caps, caps[::-1], (caps[1], caps[2], caps[0])):
        assert came_to(run(pay("Fee", "GBP 80"), *order)) == ["Fee: 40.00"]


def test_a_cap_is_used_up_by_what_is_due_and_not_by_what_was_claimed() -> None:
    """“a cap is used up by what is due, not by what was claimed”."""
    lines = (pay("One", "GBP 90"), pay("Two", "GBP 90"), "cap One: GBP 30", "cap City: GBP 100")
    assert came_to(run(*lines)) == ["One: 30.00", "Two: 70.00"]


def test_money_flowing_back_restores_no_headroom() -> None:
    """“money flowing back restores no headroom”."""
    lines = (
        pay("One", "GBP 80"),
        pay("Back", "GBP 80", payer="Fund", payee="City"),
        pay("Two", "GBP 80"),
        "cap paid by City: GBP 100",
    )
    assert came_to(run(*lines)) == ["One: 80.00", "Back: 80.00", "Two: 20.00"]


def test_nothing_unused_is_carried_over() -> None:
    """“nothing unused is carried over”."""
    yearly = "payment Fee at each Year\n the City pays GBP 1 * Jobs to Fund\n due 30 days after evaluation"
    rows: tuple[Row, ...] = (("Jobs", "Year 1", 10), ("Jobs", "Year 2", 90), ("Jobs", "Year 3", 90))
    capped = ["Fee at Year 1: 10.00", "Fee at Year 2: 50.00", "Fee at Year 3: 50.00"]
    for cap in ("cap Fee: GBP 50 per evaluation", "cap Fee: GBP 50 per calendar year"):
        assert came_to(run(yearly, cap, results=rows)) == capped


def test_per_calendar_year_goes_by_the_unadjusted_due_date() -> None:
    """“per calendar year goes by the unadjusted due date”; 31 December 2023 was a Sunday."""
    found = run(
        pay("Old", "GBP 60", due="due 2023-12-31, next business day in GB"),
        pay("New", "GBP 60", due="due 2024-01-02"),
        "cap City: GBP 60 per calendar year",
    )
    assert came_to(found) == ["Old: 60.00", "New: 60.00"]
    # New Year's Day is a holiday, so both are in fact paid in 2024, on one day.
    assert [outcome.adjusted for outcome in found.payments] == [date(2024, 1, 2), date(2024, 1, 2)]


def test_a_period_includes_both_days() -> None:
    """“A period from … to … includes both days”."""
    days = ("2023-12-31", "2024-01-01", "2024-03-31", "2024-04-01")
    lines = [pay(f"Day {at}", "GBP 60", due=f"due {day}") for at, day in enumerate(days, 1)]
    assert came_to(run(*lines, "cap City: GBP 80 from 2024-01-01 to 2024-03-31")) == [
        "Day 1: 60.00",
        "Day 2: 60.00",
        "Day 3: 20.00",
        "Day 4: 60.00",
    ]


def test_a_cap_may_be_an_expression_over_results() -> None:
    """“by an expression over results”."""
    lines = (pay("Fee", "GBP 90"), "cap Fee: GBP 2 * Number")
    assert came_to(run(*lines, results=[("Number", "", 30)])) == ["Fee: 60.00"]
    assert came_to(run(*lines)) == ["Fee: pending 0.00"]
    # A limit below nil leaves nothing, and takes nothing back.
    assert came_to(run(pay("Fee", "GBP 90"), "cap Fee: Cost", results=[("Cost", "", -5)])) == [
        "Fee: not due 0.00"
    ]


# Negative amounts


def test_a_negative_gross_amount_is_not_due_never_reversed() -> None:
    """“A negative gross amount is not due, never reversed”."""
    lines = pay("Fee", "Cost")
    assert came_to(run(lines, results=[("Cost", "", -5)])) == ["Fee: not due 0.00"]


# Groups

HALVES = "group Both is Fund 50%, Trust 50%"
PAYERS = "group Payers is City 25%, State 75%"


def test_shares_must_make_a_whole() -> None:
    """“shares that must make 100%”."""
    assert errors("group Both is Fund 50%, Trust 49%") != []
    assert errors("group Both is Fund 1/3, Trust 2/3", pay("Fee", "GBP 3", payee="Both")) == []


def test_a_payment_to_a_group_is_one_per_member_by_largest_remainder() -> None:
    """“a payment by or to a group becomes one payment per member, remainder by largest remainder”."""
    thirds = "group Both is Fund 2/3, Trust 1/3"
    (fee,) = run(thirds, pay("Fee", "GBP 0.05", payee="Both")).payments
    # Of five pence 3.33 and 1.67: three and one are whole, the fifth goes to the larger rest.
    assert parts(fee) == ["City to Fund: 0.03", "City to Trust: 0.02"]


def test_ties_go_to_the_member_named_first() -> None:
    """“ties to the member named first”."""
    (fee,) = run(HALVES, pay("Fee", "GBP 0.05", payee="Both")).payments
    assert parts(fee) == ["City to Fund: 0.03", "City to Trust: 0.02"]


def test_a_members_own_cap_cuts_after_division_and_passes_to_nobody() -> None:
    """“a member's own caps, and what they cut passes to nobody”."""
    (fee,) = run(HALVES, pay("Fee", "GBP 100", payee="Both"), "cap Trust: GBP 20").payments
    assert parts(fee) == ["City to Fund: 50.00", "City to Trust: 20.00"]


def test_two_groups_divide_among_payers_first_then_each_part_among_payees() -> None:
    """“If both sides are groups: among payers first, then each part among payees”.

    Ten pence by 25% and 75% are 2.5 and 7.5: 3 and 7 (a tie, to the member named first). Half of
    three is 2 and 1, half of seven 4 and 3.
    """
    lines = "payment Fee\n the Payers pay GBP 0.10 to Both\n due 2024-01-31"
    (fee,) = run(HALVES, PAYERS, lines).payments
    assert parts(fee) == [
        "City to Fund: 0.02",
        "City to Trust: 0.01",
        "State to Fund: 0.04",
        "State to Trust: 0.03",
    ]


def test_each_payers_part_fills_the_waterfall_of_the_payees_in_turn() -> None:
    """“among payers first, then each part among payees”: A 70%, B 30%; C up to 600, then D; 1,000."""
    lines = (
        "group Givers is City 70%, State 30%",
        "group Notes is Fund up to GBP 600, then Trust",
        "payment Fee\n the Givers pay GBP 1,000 to the Notes\n due 2024-01-31",
    )
    (fee,) = run(*lines).payments
    assert parts(fee) == [
        "City to Fund: 600.00",
        "City to Trust: 100.00",
        "State to Fund: 0.00",
        "State to Trust: 300.00",
    ]


def test_a_cap_on_a_group_bears_on_the_whole() -> None:
    """“caps on the whole (payment, contract, group, the other side)”."""
    lines = (HALVES, pay("Fee", "GBP 100", payee="Both"), "cap Both: GBP 60")
    (fee,) = run(*lines).payments
    assert parts(fee) == ["City to Fund: 30.00", "City to Trust: 30.00"]


def test_a_cap_on_the_other_side_bears_on_the_whole() -> None:
    """“caps on the whole (…, the other side)”: the payer of a payment to a group."""
    (fee,) = run(HALVES, pay("Fee", "GBP 100", payee="Both"), "cap City: GBP 60").payments
    assert parts(fee) == ["City to Fund: 30.00", "City to Trust: 30.00"]


def test_a_members_cap_counts_what_it_gets_alone_and_through_the_group() -> None:
    """“a member's own caps” count all that it is paid, through the group or not."""
    lines = (
        HALVES,
        pay("Alone", "GBP 30", payee="Trust"),
        pay("Fee", "GBP 100", payee="Both"),
        "cap Trust: GBP 45",
    )
    alone, fee = run(*lines).payments
    assert (alone.amount, fee.amount) == (Fraction(30), Fraction(65))
    assert parts(fee) == ["City to Fund: 50.00", "City to Trust: 15.00"]


# Waterfalls

NOTES = "group Notes is Trust up to GBP 100, then Fund"


def test_a_waterfall_counts_everything_since_the_start_and_passes_the_excess_on() -> None:
    """“up to counts everything that passed through the group to (or from) that member since the start, and passes the excess on”."""
    lines = [pay(f"Fee {at}", "GBP 60", payee="Notes") for at in (1, 2, 3)]
    found = run(NOTES, *lines)
    assert [parts(fee) for fee in found.payments] == [
        ["City to Trust: 60.00", "City to Fund: 0.00"],
        ["City to Trust: 40.00", "City to Fund: 20.00"],
        ["City to Trust: 0.00", "City to Fund: 60.00"],
    ]


def test_what_a_member_gets_outside_the_group_does_not_fill_its_tier() -> None:
    """“everything that passed through the group”: and nothing else."""
    found = run(NOTES, pay("Alone", "GBP 90", payee="Trust"), pay("Fee", "GBP 60", payee="Notes"))
    assert parts(found.payments[1]) == ["City to Trust: 60.00", "City to Fund: 0.00"]


def test_a_tier_is_filled_by_what_is_due_and_not_by_what_a_cap_cut() -> None:
    """“a cap is used up by what is due”: so is a tier. Fund is due 20 of its first 50, so 30 of its
    tier are left; they are cut by its own cap, and “what they cut passes to nobody”."""
    found = run(
        "group Turns is Fund up to GBP 50, then Trust",
        pay("One", "GBP 80", payee="Turns"),
        pay("Two", "GBP 80", payee="Turns"),
        "cap paid to Fund: GBP 20",
    )
    assert [parts(outcome) for outcome in found.payments] == [
        ["City to Fund: 20.00", "City to Trust: 30.00"],
        ["City to Fund: 0.00", "City to Trust: 50.00"],
    ]


def test_a_waterfall_from_payers() -> None:
    """“that passed through the group to (or from) that member”."""
    payers = "group Guarantors is City up to GBP 100, then State"
    lines = [pay(f"Fee {at}", "GBP 80", payer="Guarantors") for at in (1, 2)]
    found = run(payers, *lines)
    assert [parts(fee) for fee in found.payments] == [
        ["City to Fund: 80.00", "State to Fund: 0.00"],
        ["City to Fund: 20.00", "State to Fund: 60.00"],
    ]


def test_over_the_last_limit_of_a_waterfall_nothing_is_paid() -> None:
    """“the last member may have none, and if it has one the excess is not paid”."""
    notes = "group Notes is Trust up to GBP 100, then Fund up to GBP 30"
    (fee,) = run(notes, pay("Fee", "GBP 180", payee="Notes")).payments
    assert (parts(fee), fee.amount) == (
        ["City to Trust: 100.00", "City to Fund: 30.00"],
        Fraction(130),
    )


def test_a_waterfall_over_several_members() -> None:
    """“passes the excess on”: from tier to tier, within one payment."""
    notes = "group Notes is Trust up to GBP 100, then Fund up to GBP 30, then Charity"
    (fee,) = run(notes, pay("Fee", "GBP 180", payee="Notes")).payments
    assert parts(fee) == [
        "City to Trust: 100.00",
        "City to Fund: 30.00",
        "City to Charity: 50.00",
    ]
