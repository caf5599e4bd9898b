"""Dates: months, periods, terms and business days frozen in the plan."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import sibdsl
from sibdsl.plan import calendars
from tests.rules.running import HEAD, came_to, contract, errors, run, value

PAY = "payment P\n the City pays GBP 5 to Fund\n {}"


def due(line: str, *added: str) -> date:
    (outcome,) = run(PAY.format(line), *added).payments
    return outcome.due


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("due 1 month after Cohort 1", date(2024, 2, 29)),
        ("due 2 months after Cohort 1", date(2024, 3, 31)),
        ("due 13 months after Cohort 1", date(2025, 2, 28)),
        ("due 1 year after Cohort 2", date(2025, 2, 28)),
        ("due 4 years after Cohort 2", date(2028, 2, 29)),
        ("due 60 days after Cohort 1", date(2024, 3, 31)),
        ("due 2025-02-28", date(2025, 2, 28)),
    ],
)
def test_adding_months_counts_from_the_anchor_and_clamps(line: str, day: date) -> None:
    """“Adding months counts from the anchor and clamps to the month's end”: 2024 is a leap year."""
    cohorts = (
        "evaluation Cohort 1 on 2024-01-31",
        "evaluation Cohort 2 on 2024-02-29",
        "measure Leavers is a count at each Cohort",
    )
    assert due(line, *cohorts) == day


def test_month_ends_of_a_series_do_not_drift() -> None:
    """“month ends do not drift”."""
    found = run(
        "evaluations Month monthly from 2024-01-31 to 2024-04-30",
        "payment P at each Month\n the City pays GBP 5 to Fund\n due at evaluation",
    )
    assert [str(outcome.due) for outcome in found.payments] == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]


@pytest.mark.parametrize(
    ("every", "count"),
    [("yearly", 4), ("half-yearly", 7), ("quarterly", 13), ("monthly", 37), ("every 18 months", 3)],
)
def test_a_series_runs_from_its_first_day_to_its_last_both_included(every: str, count: int) -> None:
    """“evaluations Year yearly from 2014-06-30 to 2020-06-30 … also quarterly, monthly, every 6 months”."""
    found = run(
        f"evaluations Stage {every} from 2021-01-15 to 2024-01-15",
        "payment P at each Stage\n the City pays GBP 5 to Fund\n due at evaluation",
    )
    assert len(found.payments) == count
    assert found.payments[-1].evaluation == f"Stage {count}"
    assert found.payments[-1].due == date(2024, 1, 15)


def test_dates_compare_with_words_of_their_own() -> None:
    """“evaluation date with is before / after / on or before / on or after”."""
    known = [("Start", "", "2022-06-30")]
    more = "measure Start is a date"
    for words, expected in (
        ("is before 2022-06-30", False),
        ("is on or before 2022-06-30", True),
        ("is after 2022-06-30", False),
        ("is on or after 2022-06-30", True),
        ("is between 2022-06-30 and 2022-07-01", True),
        ("is between 2022-06-29 and 2022-06-30", True),
    ):
        assert value(f"if Start {words} then 1 else 0", more, results=known) == int(expected)


@pytest.mark.parametrize(
    "added",
    [
        "evaluation Late on 2031-01-01\nmeasure M is a count at Late",
        "evaluation Early on 2019-12-31\nmeasure M is a count at Early",
        "funding Fund provides GBP 5 to Charity on 2031-01-01",
        "funding Fund provides GBP 5 to Charity on 2019-12-31",
    ],
)
def test_evaluations_and_funding_lie_within_the_term(added: str) -> None:
    """“Evaluations, claims and funding lie within the term”."""
    assert errors(added) != []


@pytest.mark.parametrize(
    "added",
    [
        "evaluation Last on 2030-12-31\nmeasure M is a count at Last",
        "evaluation First on 2020-01-01\nmeasure M is a count at First",
        "funding Fund provides GBP 5 to Charity on 2030-12-31",
        PAY.format("due 2035-01-01"),
        "X means interest on GBP 5 at a rate of 1% per year, actual/365, from 2030-01-01 to 2035-01-01",
    ],
)
def test_both_ends_belong_to_the_term_and_due_dates_may_lie_after(added: str) -> None:
    """“due dates, reports and interest periods may lie after”."""
    assert errors(added) == []


# Business days

EASTER = "due 2024-03-29, next business day in {}"


@pytest.mark.parametrize(
    ("calendar", "adjusted"),
    [
        # Good Friday 29 March 2024 is no holiday in France; Easter Monday is.
        ("FR", date(2024, 3, 29)),
        ("GB", date(2024, 4, 2)),
        ("TARGET", date(2024, 4, 2)),
        # In the United States it is no federal holiday.
        ("US", date(2024, 3, 29)),
    ],
)
def test_the_next_business_day_is_that_of_the_calendar(calendar: str, adjusted: date) -> None:
    """“due 60 days after evaluation …, next business day in FR”."""
    (outcome,) = run(PAY.format(EASTER.format(calendar))).payments
    assert (outcome.due, outcome.adjusted) == (date(2024, 3, 29), adjusted)


def test_a_business_day_changes_no_interest() -> None:
    """“A business-day adjustment changes neither rank, nor interest, nor the year of a cap”.

    Under a return cap 365 at 10% from 1 January 2023 to Sunday 31 March 2024 has grown by a year and
    90 days: 401.50 × (1 + 0.1 × 90/365) = 411.40, whatever day it is in fact paid on.
    """
    lines = (
        "funding Fund provides GBP 365 to Charity on 2023-01-01",
        "cap return of Fund: 10% per year",
    )
    paid = "payment P\n the City pays GBP 900 to Fund\n due 2024-03-31"
    assert came_to(run(*lines, paid)) == ["P: 411.40"]
    assert came_to(run(*lines, paid + ", next business day in FR")) == ["P: 411.40"]


def test_business_days_are_frozen_in_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """“business-day adjustment”: the plan keeps the day; no calendar is asked when it is run again."""
    plan = contract(PAY.format(EASTER.format("GB"))).to_json()
    (written,) = json.loads(plan)["payments"]
    assert "2024-04-02" in written.values()

    def moved(day: date, calendar: str) -> date:
        raise AssertionError(f"{calendar} was asked about {day}")

    monkeypatch.setattr(calendars, "next_business_day", moved)
    (outcome,) = sibdsl.from_json(plan).evaluate().payments
    assert outcome.adjusted == date(2024, 4, 2)


BLOCKED = """
import sys
sys.modules["holidays"] = None
from sibdsl.cli import main
main(prog_name="sib")
"""


def blocked(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line where the library of public holidays is not installed."""
    command = [sys.executable, "-c", BLOCKED, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    """“, next business day in FR”: it needs the extra, and says so in one line."""
    file = tmp_path / "contract.sib"
    file.write_text(HEAD + PAY.format(EASTER.format("GB")) + "\n", encoding="utf-8")
    for arguments in (["check", str(file)], ["run", str(file)], ["compile", str(file)]):
        ran = blocked(*arguments)
        assert "Traceback" not in ran.stderr
        assert (ran.returncode, 'pip install "sibdsl[calendar]"' in ran.stdout + ran.stderr) == (
            2,
            True,
        )
        assert 'pip install ".[calendar]"' in ran.stdout + ran.stderr


def test_without_the_extra_a_plan_compiled_earlier_runs(tmp_path: Path) -> None:
    """“the plan … is the one thing that every back end reads”: its days do not move."""
    file = tmp_path / "plan.json"
    file.write_text(contract(PAY.format(EASTER.format("GB"))).to_json(), encoding="utf-8")
    ran = blocked("run", str(file))
    assert (ran.stderr, ran.returncode) == ("", 0)
    assert "2024-04-02" in ran.stdout
