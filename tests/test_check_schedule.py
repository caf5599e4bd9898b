"""Due dates and rank: language reference, "Settlement"."""

from datetime import date

from sibdsl.checks.settlement.schedule import ranked
from tests.contracts import PARTS, checked, contract


def order(text: str) -> list[tuple[str, str | None, date]]:
    return [(one.name, one.occasion, one.due) for one in ranked(checked(text))]


def payment(name: str, due: str, more: str = "") -> str:
    return f"payment {name}{more}\n  City pays GBP 5 to Provider\n  due {due}"


def names(*payments: str) -> list[str]:
    return [name for name, _, _ in order(contract(*payments, payments=""))]


def test_instances_of_one_payment_by_date_of_evaluation() -> None:
    assert order(contract()) == [
        ("Fee", "Year 1", date(2019, 7, 30)),
        ("Fee", "Year 2", date(2020, 7, 30)),
        ("Fee", "Year 3", date(2021, 7, 30)),
    ]


def test_due_dates_before_the_order_of_the_text() -> None:
    assert names(payment("Late", "2020-02-01"), payment("Early", "2020-01-31")) == ["Early", "Late"]


def test_on_one_day_the_order_of_the_text() -> None:
    assert names(payment("One", "2020-01-31"), payment("Two", "2020-01-31")) == ["One", "Two"]


def test_ranks_after_changes_the_order_on_one_day() -> None:
    one = payment("One", "2020-01-31", " ranks after Three")
    rest = (payment("Two", "2020-01-31"), payment("Three", "2020-01-31"))
    assert names(one, *rest) == ["Two", "Three", "One"]


def test_ranks_after_does_not_change_the_order_of_days() -> None:
    one = payment("One", "2020-01-31", " ranks after Two")
    assert names(one, payment("Two", "2020-02-01")) == ["One", "Two"]


def test_a_circle_keeps_the_order_of_the_text() -> None:
    one = payment("One", "2020-01-31", " ranks after Two")
    two = payment("Two", "2020-01-31", " ranks after One")
    assert names(one, two) == ["One", "Two"]


def test_months_clamp_to_the_end_and_business_days_do_not_count() -> None:
    text = contract(
        payment("Grant", "8 months after Year 1, next business day in GB"),
        payment("Second", "at Year 2"),
        payments="",
    )
    assert order(text) == [
        ("Grant", None, date(2020, 2, 29)),
        ("Second", None, date(2020, 6, 30)),
    ]


def test_a_payment_at_one_evaluation_of_a_series() -> None:
    fee = PARTS["payments"].replace("at each Year", "at Year 2")
    assert order(contract(payments=fee)) == [("Fee", "Year 2", date(2020, 7, 30))]
