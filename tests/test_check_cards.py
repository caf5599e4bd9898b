"""Rate cards: outcomes, limits, chains."""

import pytest

from tests.contracts import codes, contract, finding, words

PAID = """
payment Outcomes at each Year
  City pays Tariff to Provider
  due 30 days after evaluation
"""


def card(*outcomes: str, paid: str = PAID) -> str:
    rows = "\n".join(f"  {outcome}" for outcome in outcomes)
    return contract(f"rate card Tariff at each Year\n{rows}", paid)


def test_a_sound_card() -> None:
    rows = (
        'outcome "Job": GBP 100, once',
        'outcome "Kept": GBP 50, up to 4 times, at least 28 days apart, requires "Job"',
        "at most GBP 250 per participant",
    )
    assert codes(card(*rows)) == []


def test_outcome_twice() -> None:
    text = card('outcome "Job": GBP 100, once', 'outcome "Job": GBP 200, once')
    assert codes(text) == ["SIB530"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ('for class "young"', 'for class "old"', []),
        ('for class "young"', 'for class "young"', ["SIB530"]),
        ('for class "young"', "", ["SIB530"]),
        (
            "for starts from 2018-01-01 to 2018-12-31",
            "for starts from 2019-01-01 to 2019-12-31",
            [],
        ),
        (
            "for starts from 2018-01-01 to 2018-12-31",
            "for starts from 2018-12-31 to 2019-12-31",
            ["SIB530"],
        ),
    ],
)
def test_one_outcome_for_different_participants(
    first: str, second: str, expected: list[str]
) -> None:
    rules = (f", {rule}" if rule else "" for rule in (first, second))
    assert codes(card(*(f'outcome "Job": GBP 100, once{rule}' for rule in rules))) == expected


def test_limit_missing() -> None:
    text = card('outcome "Job": GBP 100, requires "Plan"', 'outcome "Plan": GBP 5, no limit')
    assert codes(text) == ["SIB531"]


@pytest.mark.parametrize("limit", ["once", "no limit", "once per evaluation", "up to 2 times"])
def test_a_limit_of_any_kind(limit: str) -> None:
    assert codes(card(f'outcome "Job": GBP 100, {limit}')) == []


def test_limit_twice() -> None:
    text = card('outcome "Job": GBP 100, once, up to 4 times')
    assert codes(text) == ["SIB532"]
    assert words(text, finding(text, "SIB532")) == "up to 4 times"


@pytest.mark.parametrize("number", ["0", "2.5"])
def test_limit_not_whole(number: str) -> None:
    assert codes(card(f'outcome "Job": GBP 100, up to {number} times')) == ["SIB533"]


def test_requirement_circle() -> None:
    text = card(
        'outcome "Job": GBP 100, once, requires "Kept"',
        'outcome "Kept": GBP 50, once, requires "Job"',
    )
    assert codes(text) == ["SIB534"]


def test_an_outcome_cannot_require_itself() -> None:
    assert codes(card('outcome "Job": GBP 100, once, requires "Job"')) == ["SIB534"]


def test_a_circle_with_a_way_in() -> None:
    text = card(
        'outcome "Plan": GBP 5, once',
        'outcome "Job": GBP 100, once, requires "Kept" or "Plan"',
        'outcome "Kept": GBP 50, once, requires "Job"',
    )
    assert codes(text) == []


def test_negative_price() -> None:
    assert codes(card('outcome "Job": GBP 5 - GBP 10, once')) == ["SIB535"]


def test_participant_cap_below_prices() -> None:
    row = 'outcome "Job": GBP 100, once'
    assert codes(card(row, "at most GBP 99 per participant")) == ["SIB536"]
    assert codes(card(row, "at most GBP 100 per participant")) == []


def test_card_never_paid() -> None:
    assert codes(card('outcome "Job": GBP 100, once', paid="")) == ["SIB537"]


def test_a_card_paid_by_way_of_a_term() -> None:
    paid = "Earned means 90% of Tariff\n" + PAID.replace("pays Tariff", "pays Earned")
    assert codes(card('outcome "Job": GBP 100, once', paid=paid)) == []


FIRST, SECOND = "2018-01-01 to 2018-12-31", "{} to 2020-12-31"


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2019-01-01", []),
        ("2019-01-02", ["SIB562"]),
        ("2019-01-07", ["SIB562"]),
        ("2019-01-08", []),
    ],
)
def test_gap_between_windows(start: str, expected: list[str]) -> None:
    text = card(
        f'outcome "Job": GBP 100, once, for starts from {FIRST}',
        f'outcome "Job": GBP 90, once, for starts from {SECOND.format(start)}',
    )
    assert codes(text) == expected


def test_no_gap_between_windows_of_two_classes_or_outcomes() -> None:
    text = card(
        f'outcome "Job": GBP 100, once, for class "a", for starts from {FIRST}',
        f'outcome "Job": GBP 90, once, for class "b", for starts from {SECOND.format("2019-01-02")}',
        f'outcome "Plan": GBP 90, once, for starts from {SECOND.format("2019-01-02")}',
    )
    assert codes(text) == []


def test_window_beyond_term() -> None:
    rule = 'outcome "Job": GBP 100, once, for starts from 2018-01-01 to {}'
    assert codes(card(rule.format("2022-12-31"))) == []
    text = card(rule.format("2023-01-01"))
    assert codes(text) == ["SIB563"]
    assert words(text, finding(text, "SIB563")) == "2023-01-01"


@pytest.mark.parametrize("wait", ["60 months", "5 years", "1826 days", "9999999 days"])
def test_wait_beyond_term(wait: str) -> None:
    rows = ('outcome "Job": GBP 100, once, requires "Plan" at least {} before',)
    plan_ = 'outcome "Plan": GBP 5, once'
    text = card(rows[0].format(wait), plan_)
    assert codes(text) == ["SIB564"]
    assert words(text, finding(text, "SIB564")) == wait
    assert codes(card(rows[0].format("59 months"), plan_)) == []


def test_price_never_paid() -> None:
    late = SECOND.format("2019-01-01")
    for required, expected in (
        (f"for starts from {FIRST}", ["SIB565"]),
        ('for class "old"', ["SIB565"]),
        (f"for starts from {late}", []),
        ('for class "young"', []),
        ('requires "Job"', ["SIB565"]),
    ):
        text = card(
            f'outcome "Job": GBP 90, once, requires "Plan", for class "young", for starts from {late}',
            f'outcome "Job": GBP 100, once, for starts from {FIRST}',
            f'outcome "Plan": GBP 5, once, {required}',
        )
        assert codes(text) == expected
