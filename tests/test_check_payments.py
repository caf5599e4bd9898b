"""Payments: rank, what may be known when they fall due, sign."""

import pytest

from sibdsl.messages import say
from tests.contracts import PARTS, codes, contract, finding, words

ONCE = """
payment {name}{ranks}
  {payer} pays {amount} to {payee}
  due {due}
"""


def once(name: str, amount: str, due: str, ranks: str = "") -> str:
    return ONCE.format(
        name=name, ranks=ranks, payer="City", amount=amount, payee="Provider", due=due
    )


def yearly(amount: str, *, due: str = "30 days after evaluation", more: str = "") -> str:
    return contract(
        f"payment Bonus at each Year{more}\n  City pays {amount} to Provider\n  due {due}"
    )


# Parties


@pytest.mark.parametrize("payee", ["City", "Funders"])
def test_payer_is_payee(payee: str) -> None:
    text = contract(
        "group Funders is City 50%, Ministry 50%",
        payments=PARTS["payments"].replace("to Provider", f"to {payee}"),
        caps="cap contract: GBP 5",
    )
    assert codes(text) == ["SIB510"]


# Rank


def test_rank_circle() -> None:
    text = contract(
        once("First", "GBP 5", "2020-01-31", " ranks after Second"),
        once("Second", "GBP 5", "2020-01-31", " ranks after First"),
    )
    assert codes(text) == ["SIB511"]
    assert len(finding(text, "SIB511").others) == 1


def test_a_payment_cannot_rank_after_itself() -> None:
    assert codes(contract(once("First", "GBP 5", "2020-01-31", " ranks after First"))) == ["SIB511"]


def test_rank_against_dates() -> None:
    text = contract(
        once("First", "GBP 5", "2020-01-31", " ranks after Second"),
        once("Second", "GBP 5", "2020-06-30"),
    )
    assert codes(text) == ["SIB512"]


def test_ranks_after_an_earlier_payment_says_what_dates_say() -> None:
    text = contract(
        once("First", "GBP 5", "2020-06-30", " ranks after Second"),
        once("Second", "GBP 5", "2020-01-31"),
    )
    assert codes(text) == []


def test_depends_on_later_payment_by_date() -> None:
    text = contract(once("Early", "50% of Late", "2020-01-31"), once("Late", "GBP 5", "2020-06-30"))
    assert codes(text) == ["SIB513"]
    assert words(text, finding(text, "SIB513")) == "Late"


def test_depends_on_later_payment_by_order_of_the_text() -> None:
    second = once("Second", "GBP 5", "2020-01-31")
    text = contract(once("First", "50% of Second", "2020-01-31"), second)
    assert codes(text) == ["SIB513"]
    cure = finding(text, "SIB513").help
    assert cure is not None
    assert say(cure, "en").endswith("payment First ranks after Second")
    ranked = once("First", "50% of Second", "2020-01-31", " ranks after Second")
    assert codes(contract(ranked, second)) == []


def test_the_gross_amount_of_a_later_payment_needs_no_settlement() -> None:
    text = contract(
        once("Early", "50% of gross amount of Late", "2020-01-31"),
        once("Late", "GBP 5", "2020-06-30"),
    )
    assert codes(text) == []


def test_money_paid_to_date_is_settled_before_later_evaluations() -> None:
    amount = "the greater of (GBP 100 - paid to Provider to date; GBP 0)"
    assert codes(yearly(amount)) == []
    assert codes(yearly(amount, due="at evaluation")) == ["SIB513"]


def test_a_cap_may_depend_only_on_earlier_payments() -> None:
    late = once("Late", "GBP 5", "2020-06-30")
    early = once("Early", "GBP 5", "2020-01-31")
    assert codes(contract(early, late, "cap Early: 50% of Late")) == ["SIB513"]
    assert codes(contract(early, late, "cap Late: 50% of Early")) == []


# What is known


def test_due_before_known() -> None:
    text = yearly("GBP 10 * total of Places")
    assert codes(text) == ["SIB407"]
    assert words(text, finding(text, "SIB407")) == "Places"


def test_a_total_to_date_is_known() -> None:
    assert codes(yearly("GBP 10 * total of Places to date")) == []


def test_due_before_a_condition_can_be_known() -> None:
    early = "payment Bonus\n  City pays GBP 5 to Provider\n  when Won\n  due {}"
    won = "condition Won: Places at Year 3 is at least 10"
    assert codes(contract(early.format("2021-06-29"), won)) == ["SIB407"]
    assert codes(contract(early.format("2021-06-30"), won)) == []


def test_due_before_a_cap_can_be_known() -> None:
    text = contract(once("Early", "GBP 5", "2020-01-31"), "cap Early: GBP 1 * Places at Year 3")
    assert codes(text) == ["SIB407"]


@pytest.mark.parametrize(("due", "expected"), [("2022-01-30", ["SIB407"]), ("2022-01-31", [])])
def test_a_measured_exchange_rate_must_be_known(due: str, expected: list[str]) -> None:
    text = contract(
        "evaluation End on 2022-01-31",
        "measure Fixing is a number at End, reported by Assessor",
        "exchange rate EUR 1 is Fixing",
        f"payment Last at End\n  City pays EUR 5 in GBP to Provider\n  due {due}",
    )
    assert codes(text) == expected


# Sign

DEDUCTED = "measure Deducted is a count at each Year, reported by Assessor"


def test_never_due() -> None:
    assert codes(yearly("GBP 0 - GBP 5")) == ["SIB514"]


@pytest.mark.parametrize("amount", ["GBP 5 * (Places - Deducted)", "GBP 500 - GBP 5 * Deducted"])
def test_may_be_negative(amount: str) -> None:
    assert codes(yearly(f"{amount} + GBP 0 * Deducted") + f"\n{DEDUCTED}") == ["SIB515"]


@pytest.mark.parametrize(
    "amount",
    [
        "the greater of (GBP 5 * (Places - Deducted); GBP 0)",
        "if Places is at least Deducted then GBP 5 * (Places - Deducted) else GBP 1 * Deducted",
        "GBP 5 * (Places + Deducted)",
        "GBP 5 * Places / (Deducted + 1)",
        "GBP 500 * (100% - 40%) + GBP 1 * Deducted",
    ],
)
def test_an_amount_seen_never_to_be_negative(amount: str) -> None:
    assert codes(yearly(amount) + f"\n{DEDUCTED}") == []


def test_a_condition_that_excludes_a_negative_amount() -> None:
    text = contract(
        DEDUCTED,
        "condition Ahead: Places is more than Deducted",
        """payment Bonus at each Year
  City pays GBP 5 * (Places - Deducted) to Provider
  when Ahead
  due 30 days after evaluation""",
    )
    assert codes(text) == []


def test_a_condition_says_nothing_of_another_evaluation() -> None:
    text = contract(
        DEDUCTED,
        "condition Ahead: Places is more than Deducted",
        "Gain means Places - Deducted",
        """payment Bonus at each Year
  City pays GBP 5 * (Gain at previous evaluation or else 0) to Provider
  when Ahead
  due 30 days after evaluation""",
    )
    assert codes(text) == ["SIB515"]
