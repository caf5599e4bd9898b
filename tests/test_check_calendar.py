"""Dates: the term, the evaluations, periods, and due dates that the text gives."""

import pytest

from sibdsl.messages import say
from tests.contracts import PARTS, codes, contract, finding, words


def test_term_ends_before_it_starts() -> None:
    assert codes(contract(term="term from 2022-12-31 to 2018-01-01")) == ["SIB401"]


@pytest.mark.parametrize(
    ("added", "place"),
    [
        ("funding Investors provide GBP 5 to Provider on 2081-01-01", "2081-01-01"),
        (
            "evaluation Final on 2028-06-30\npayment Grant\n City pays GBP 5 to Provider\n due at Final",
            "2028-06-30",
        ),
    ],
)
def test_date_outside_term(added: str, place: str) -> None:
    text = contract(added)
    assert codes(text) == ["SIB402"]
    assert words(text, finding(text, "SIB402")) == place


def test_a_series_that_leaves_the_term() -> None:
    text = contract(evaluations="evaluations Year yearly from 2019-06-30 to 2024-06-30")
    assert codes(text) == ["SIB402"]
    assert words(text, finding(text, "SIB402")) == "2024-06-30"


def test_a_due_date_may_lie_after_the_term_and_not_before_it() -> None:
    once = "payment Grant\n  City pays GBP 5 to Provider\n  due {}"
    assert codes(contract(once.format("2030-01-01"))) == []
    assert codes(contract(once.format("2017-12-31"))) == ["SIB402"]


@pytest.mark.parametrize("first", ["2018-01-01", "2022-12-31"])
def test_both_ends_of_the_term_belong_to_it(first: str) -> None:
    assert codes(contract(f"funding Investors provide GBP 5 to Provider on {first}")) == []


def test_period_ends_before_it_starts() -> None:
    text = contract(caps="cap City: GBP 1,000,000\ncap Fee: GBP 5 from 2019-12-31 to 2019-01-01")
    assert codes(text) == ["SIB403"]


def test_evaluation_never_used() -> None:
    text = contract("evaluation Final on 2022-06-30")
    assert codes(text) == ["SIB404"]
    assert words(text, finding(text, "SIB404")) == "Final"


@pytest.mark.parametrize(
    "use",
    [
        "payment Grant\n  City pays GBP 5 to Provider\n  due 60 days after Final",
        "measure End is a count at Final, reported by Assessor\ncondition Ended: End is at least 1",
    ],
)
def test_an_evaluation_that_is_used(use: str) -> None:
    assert codes(contract("evaluation Final on 2022-06-30", use)) == []


def test_due_without_evaluation() -> None:
    text = contract("payment Grant\n  City pays GBP 5 to Provider\n  due 60 days after evaluation")
    assert codes(text) == ["SIB405"]


@pytest.mark.parametrize("duration", ["2.5 months", "9,000 years"])
def test_due_beyond_calendars(duration: str) -> None:
    text = contract(payments=PARTS["payments"].replace("30 days", duration))
    assert codes(text) == ["SIB406"]


SERIES = "evaluations Year {}"


@pytest.mark.parametrize(
    ("series", "shown"),
    [
        ("half-yearly from 2018-06-30 to 2022-06-30", "‘Year 2’ is on 2018-12-30"),
        ("quarterly from 2018-06-30 to 2022-12-31", "‘Year 3’ is on 2018-12-30"),
        ("monthly from 2018-04-30 to 2018-05-31", "‘Year 2’ is on 2018-05-30"),
        ("every 6 months from 2020-02-29 to 2021-02-28", "‘Year 2’ is on 2020-08-29"),
        ("quarterly from 2018-02-28 to 2018-05-28", "‘Year 2’ is on 2018-05-28"),
    ],
)
def test_month_ends_that_drift(series: str, shown: str) -> None:
    text = contract(evaluations=SERIES.format(series))
    assert codes(text) == ["SIB408"]
    assert words(text, finding(text, "SIB408")) == series.split()[-3]
    assert shown in say(finding(text, "SIB408").message, "en")


@pytest.mark.parametrize(
    "series",
    [
        "yearly from 2018-06-30 to 2022-06-30",
        "every 24 months from 2020-02-29 to 2022-02-28",
        "half-yearly from 2018-12-31 to 2022-06-30",
        "quarterly from 2018-03-31 to 2022-12-31",
        "quarterly from 2018-06-30 to 2018-09-30",
        "quarterly from 2020-02-28 to 2020-05-28",
        "monthly from 2018-06-15 to 2018-12-15",
    ],
)
def test_dates_that_are_what_they_seem(series: str) -> None:
    assert codes(contract(evaluations=SERIES.format(series))) == []


@pytest.mark.parametrize(
    "series", ["yearly from 2018-06-30 to 2022-12-31", "quarterly from 2018-03-15 to 2018-12-31"]
)
def test_an_end_that_is_never_reached(series: str) -> None:
    text = contract(evaluations=SERIES.format(series))
    assert codes(text) == ["SIB409"]
    assert words(text, finding(text, "SIB409")) == series.rsplit(maxsplit=1)[-1]
