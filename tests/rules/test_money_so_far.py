"""Money so far: payments by name, gross amounts, and what was paid to a date."""

from tests.rules.running import Row, came_to, run, values

ROWS: tuple[Row, ...] = (("Jobs", "Year 1", 10), ("Jobs", "Year 2", 20), ("Jobs", "Year 3", 30))
YEARLY = (
    "payment Fee at each Year\n the City pays GBP 10.001 * Jobs to Fund\n due {} after evaluation"
)
BARE = "Sum means paid to Fund to date + GBP 0 * Jobs"


def test_the_name_of_a_payment_is_what_is_due_after_caps_and_rounding() -> None:
    """“The name of a payment in an expression is the amount due under it, after caps and rounding”."""
    found = run(
        YEARLY.format("30 days"),
        "cap Fee: GBP 150 per evaluation",
        "Due means Fee",
        "Claimed means gross amount of Fee",
        results=ROWS,
    )
    assert [f"{amount}" for amount in values(found, "Due")] == ["10001/100", "150", "150"]
    assert [f"{amount}" for amount in values(found, "Claimed")] == [
        "10001/100",
        "10001/50",
        "30003/100",
    ]


def test_paid_to_date_counts_what_is_due_on_or_before_the_date_of_the_evaluation() -> None:
    """“paid to X to date counts amounts due on or before the evaluation's date”."""
    lines = (BARE, "payment Start\n the State pays GBP 5 to Fund\n due {}")
    yearly = "payment Fee at each Year\n the City pays GBP 10 * Jobs to Fund\n due 1 year after evaluation"
    on_the_day = run(*lines[:1], lines[1].format("2022-06-30"), yearly, results=ROWS)
    # Year 2: the 5 of that very day and the 100 of Year 1, due a year after it.
    assert values(on_the_day, "Sum") == [0, 105, 305]
    a_day_later = run(*lines[:1], lines[1].format("2022-07-01"), yearly, results=ROWS)
    assert values(a_day_later, "Sum") == [0, 100, 305]


def test_paid_to_date_is_unknown_while_a_part_is_pending() -> None:
    """“unknown while a part is pending”: what falls due only later does not matter yet."""
    yearly = "payment Fee at each Year\n the City pays GBP 10 * Jobs to Fund\n due 1 year after evaluation"
    rates: list[Row] = [("Rate", f"Year {year}", "5%") for year in (1, 2, 3)]
    so_far = "Sum means paid to Fund to date + GBP 0 * points in Rate"
    assert values(run(so_far, yearly, results=[*rates, ROWS[1]]), "Sum") == [
        0,
        "unknown",
        "unknown",
    ]
    assert values(run(so_far, yearly, results=[*rates, ROWS[0]]), "Sum") == [0, 100, "unknown"]


def test_paid_by_and_provided_by_to_date() -> None:
    """“paid to X to date, paid by X to date, provided by X to date”."""
    found = run(
        "funding Fund provides GBP 70 to Charity on 2021-06-30",
        "funding Fund provides GBP 30 to Charity on 2021-07-01",
        "payment One\n the City pays GBP 8 to Fund\n due 2022-06-30",
        "payment Two\n the City pays GBP 4 to Trust\n due 2023-06-30",
        "By means paid by City to date + GBP 0 * Jobs",
        "Put means provided by Fund to date + GBP 0 * Jobs",
        results=ROWS,
    )
    assert values(found, "By") == [0, 8, 12]
    assert values(found, "Put") == [70, 100, 100]


def test_paid_to_a_group_counts_its_members_and_to_a_member_its_part() -> None:
    """“a payment by or to a group becomes one payment per member”: so a member is paid its part."""
    found = run(
        "group Both is Fund 25%, Trust 75%",
        "payment One\n the City pays GBP 80 to Both\n due 2022-06-30",
        "payment Two\n the City pays GBP 10 to Trust\n due 2022-06-30",
        "Funds means paid to Fund to date + GBP 0 * Jobs",
        "Trusts means paid to Trust to date + GBP 0 * Jobs",
        "Boths means paid to Both to date + GBP 0 * Jobs",
        results=ROWS,
    )
    assert values(found, "Funds") == [0, 20, 20]
    assert values(found, "Trusts") == [0, 70, 70]
    assert values(found, "Boths") == [0, 90, 90]


def test_a_payment_may_rest_on_what_was_paid_before() -> None:
    """“Money so far”: 100 a year until 250 are paid. By year 3 200 are paid, so 50 are left."""
    top = "payment Fee at each Year\n the City pays the lesser of (GBP 100; GBP 250 - paid to Fund to date) to Fund\n due 60 days after evaluation"
    assert came_to(run(top)) == [
        "Fee at Year 1: 100.00",
        "Fee at Year 2: 100.00",
        "Fee at Year 3: 50.00",
    ]
