"""Pending under a shared cap: certain parts by worked cases, and that they never fall."""

from itertools import permutations

import pytest

import sibdsl
from sibdsl.evaluate.determination import Determination
from tests.rules.running import Row, came_to, contract, parts, run

FIRST = "payment First\n the City pays {} to Fund\n {}due 2024-01-01"
SECOND = "payment Second\n the City pays {} to {}\n {}due 2024-01-02"
SHARED = "cap City: GBP 100"


def first(amount: str, when: str = "") -> str:
    return FIRST.format(amount, f"when {when}\n " if when else "")


def second(amount: str, payee: str = "Fund", when: str = "") -> str:
    return SECOND.format(amount, payee, f"when {when}\n " if when else "")


def test_only_the_condition_unknown_reserves_the_gross_amount() -> None:
    """“the most that each earlier pending payment can still take (its gross amount where only its condition is unknown”."""
    lines = (first("GBP 40", "Done"), second("GBP 80"), SHARED)
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: pending 60.00"]
    met = run(*lines, results=[("Done", "", "yes")])
    assert came_to(met) == ["First: 40.00", "Second: 60.00"]
    failed = run(*lines, results=[("Done", "", "no")])
    assert came_to(failed) == ["First: not due 0.00", "Second: 80.00"]


def test_the_certain_part_is_the_lesser_of_the_gross_amount_and_the_rest() -> None:
    """“the lesser of its gross amount and the headroom less the most”: so due in full where it fits."""
    lines = (first("GBP 40", "Done"), second("GBP 50"), SHARED)
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: 50.00"]


def test_an_unknown_amount_reserves_the_caps_that_bear_on_it_alone() -> None:
    """“else the smallest headroom of the caps that bear on it alone”."""
    lines = (first("Cost"), second("GBP 80"), SHARED)
    own = ("cap First: GBP 45", "cap First: GBP 30")
    assert came_to(run(*lines, *own)) == ["First: pending 0.00", "Second: pending 70.00"]


def test_an_unknown_amount_without_a_cap_of_its_own_reserves_everything() -> None:
    """“else everything). The rest is pending”."""
    lines = (first("Cost"), second("GBP 80"), SHARED)
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: pending 0.00"]


def test_a_cap_of_its_own_whose_limit_is_unknown_limits_nothing_yet() -> None:
    """“the smallest headroom of the caps that bear on it alone”: of those that are known."""
    lines = (first("Cost"), second("GBP 80"), SHARED, "cap First: GBP 1 * Number")
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: pending 0.00"]
    known = run(*lines, results=[("Number", "", 30)])
    assert came_to(known) == ["First: pending 0.00", "Second: pending 70.00"]


def test_several_earlier_pending_payments_are_each_reserved() -> None:
    """“less the most that each earlier pending payment can still take”."""
    lines = (
        first("GBP 40", "Done"),
        "payment Between\n the City pays GBP 25 to Fund\n when Number is 1\n due 2024-01-01",
        second("GBP 80"),
        SHARED,
    )
    assert came_to(run(*lines)) == [
        "First: pending 0.00",
        "Between: pending 0.00",
        "Second: pending 35.00",
    ]


def test_a_payment_that_ranks_later_reserves_nothing() -> None:
    """“an earlier-ranked payment under the same cap”: a later one, though pending, does not."""
    lines = (first("GBP 80"), second("GBP 80", when="Done"), SHARED)
    assert came_to(run(*lines)) == ["First: 80.00", "Second: pending 0.00"]


def test_a_payment_under_no_common_cap_is_due_at_once() -> None:
    """“a payment under the same cap”: a pending one under another cap keeps nothing back."""
    lines = (first("Cost"), second("GBP 80"), "cap First: GBP 100", "cap Second: GBP 100")
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: 80.00"]


def test_a_disputed_value_is_unknown_and_a_provisional_one_used() -> None:
    """“A provisional value is used and marks all that rests on it provisional; a disputed value is unknown”."""
    lines = (first("Cost"), second("GBP 80"), SHARED)
    provisional = run(*lines, results=[("Cost", "", 40, "provisional")])
    assert came_to(provisional) == ["First: 40.00", "Second: 60.00"]
    assert [outcome.provisional for outcome in provisional.payments] == [True, True]
    disputed = run(*lines, results=[("Cost", "", 40, "disputed")])
    assert came_to(disputed) == ["First: pending 0.00", "Second: pending 0.00"]


def test_an_undefined_payment_takes_nothing() -> None:
    """“a result reported not available, is undefined”: for good, so nothing is kept for it."""
    lines = (first("Cost"), second("GBP 80"), SHARED)
    assert came_to(run(*lines, results=[("Cost", "", "", "not available")])) == [
        "First: undefined 0.00",
        "Second: 80.00",
    ]


def test_the_certain_part_of_a_group_is_divided_in_whole_steps() -> None:
    """“The rest is pending”: what is certain of a whole is certain of its parts."""
    lines = ("group Both is Fund 50%, Trust 50%", first("GBP 40", "Done"), second("GBP 80", "Both"))
    found = run(*lines, SHARED)
    assert came_to(found) == ["First: pending 0.00", "Second: pending 60.00"]
    assert parts(found.payments[1]) == ["City to Fund: 30.00", "City to Trust: 30.00"]


def test_the_certain_part_under_a_return_cap_keeps_what_is_pending_grown() -> None:
    """“headroom less the most”: under a return cap the reserve grows as a payment would.

    100 put in on 1 January 2022 at 10% is 110 on 1 January 2023 and 121 on 1 January 2024. A
    pending 50 in 2023 would be 55 by then: 66 are certain.
    """
    lines = (
        "funding Fund provides GBP 100 to Charity on 2022-01-01",
        "payment First\n the City pays GBP 50 to Fund\n when Done\n due 2023-01-01",
        "payment Second\n the City pays GBP 500 to Fund\n due 2024-01-01",
        "cap return of Fund: 10% per year",
    )
    assert came_to(run(*lines)) == ["First: pending 0.00", "Second: pending 66.00"]
    assert came_to(run(*lines, results=[("Done", "", "yes")]))[1] == "Second: 66.00"
    assert came_to(run(*lines, results=[("Done", "", "no")]))[1] == "Second: 121.00"


def test_an_investors_own_payment_that_is_pending_gives_no_headroom_yet() -> None:
    """“A result that corrects nothing never lowers a certain part”: so nothing is counted early."""
    lines = (
        "funding Fund provides GBP 100 to Charity on 2022-01-01",
        "payment Back\n the Fund pays GBP 50 to City\n when Done\n due 2023-01-01",
        "payment Second\n the City pays GBP 500 to Fund\n due 2024-01-01",
        "cap return of Fund: 0% per year",
    )
    assert came_to(run(*lines)) == ["Back: pending 0.00", "Second: pending 100.00"]
    assert came_to(run(*lines, results=[("Done", "", "yes")]))[1] == "Second: 150.00"
    assert came_to(run(*lines, results=[("Done", "", "no")]))[1] == "Second: 100.00"


# The law: a result that corrects nothing never lowers a certain part

THREE = (
    "group Notes is Trust up to GBP 50, then Fund",
    "payment One\n the City pays Cost to Notes\n when Done\n due 2024-01-01",
    "payment Two\n the City pays GBP 30 * Number to Notes\n due 2024-01-02",
    "payment Three\n the City pays GBP 45 to Notes\n unless Share is less than 10%\n due 2024-01-03",
    "payment Four\n the City pays GBP 90 to Trust\n due 2024-01-04",
    "cap One: GBP 35",
    "cap City: GBP 150",
    "cap paid to Trust: GBP 80",
)
FINDINGS: tuple[tuple[Row, ...], ...] = (
    (("Cost", "", 60), ("Done", "", "yes"), ("Number", "", 2), ("Share", "", "12%")),
    (("Cost", "", 20), ("Done", "", "no"), ("Number", "", 0), ("Share", "", "8%")),
    (
        ("Cost", "", 60),
        ("Done", "", "yes"),
        ("Number", "", "", "not available"),
        ("Share", "", "9%"),
    ),
)


@pytest.mark.parametrize("rows", FINDINGS)
def test_a_result_that_corrects_nothing_never_lowers_a_certain_part(rows: tuple[Row, ...]) -> None:
    """“A result that corrects nothing never lowers a certain part”: four results, in every order."""
    agreed = contract(*THREE)
    for order in permutations(rows):
        before = agreed.evaluate()
        for count in range(1, len(order) + 1):
            after = agreed.evaluate(order[:count])
            assert_never_lower(before, after)
            before = after
        assert all(one.state is not sibdsl.State.PENDING for one in before.payments)


def assert_never_lower(before: Determination, after: Determination) -> None:
    for old, new in zip(before.payments, after.payments, strict=True):
        assert new.amount >= old.amount, (old.name, came_to(before), came_to(after))
        for old_part, new_part in zip(old.parts, new.parts, strict=False):
            assert new_part.amount >= old_part.amount, (parts(old), parts(new))


def test_the_end_of_the_worked_case() -> None:
    """The first of the cases above, by hand.

    One: 60 cut to 35 by its own cap; all to Trust (tier 50). Two: 60, Trust 15 and Fund 45. Three:
    45, to Fund alone; 140 are used. Four: 10 are left to City, and Trust has 50 of 80: 10.
    """
    found = run(*THREE, results=FINDINGS[0])
    assert came_to(found) == ["One: 35.00", "Two: 60.00", "Three: 45.00", "Four: 10.00"]
    assert [parts(outcome) for outcome in found.payments[:3]] == [
        ["City to Trust: 35.00", "City to Fund: 0.00"],
        ["City to Trust: 15.00", "City to Fund: 45.00"],
        ["City to Trust: 0.00", "City to Fund: 45.00"],
    ]
