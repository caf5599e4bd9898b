"""Parties and groups."""

import pytest

from sibdsl.messages import say
from tests.contracts import PARTS, codes, contract, finding, words

NOTES = """
payment Fee at each Year
  City pays GBP 400 * Places to Notes
  due 30 days after evaluation
"""


def with_notes(group: str) -> str:
    return contract("party Senior is investor\nparty Junior is investor", group, payments=NOTES)


def with_funders(group: str) -> str:
    return contract(group, payments=PARTS["payments"].replace("City", "Funders"))


@pytest.mark.parametrize("role", ["investor", "outcome payer", "service provider"])
def test_evaluator_with_a_stake(role: str) -> None:
    assert codes(contract(f"party Judge is evaluator and {role}")) == ["SIB110"]


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            "payment Fine\n  Judge pays GBP 5 to Provider\n  due 2020-01-01",
            "‘Judge’ is evaluator and also pays ‘Fine’",
        ),
        (
            "group Us is Judge 50%, City 50% payment Fine\nUs pay GBP 5 to Provider due 2020-01-01",
            "‘Judge’ is evaluator and also pays ‘Fine’",
        ),
        (
            "funding Judge provides GBP 5 to Provider on 2020-01-01",
            "‘Judge’ is evaluator and also provides funding",
        ),
    ],
)
def test_an_evaluator_with_a_stake_in_fact(added: str, said: str) -> None:
    text = contract("party Judge is evaluator", added)
    assert say(finding(text, "SIB110").message, "en") == said


@pytest.mark.parametrize(
    "added",
    [
        "payment Fee of Judge\n  City pays GBP 5 to Judge\n  due 2020-01-01",
        "party Ada is evaluator and intermediary payment X\nAda pays GBP 5 to Provider due 2020-01-01",
    ],
)
def test_an_evaluator_may_be_paid_and_an_intermediary_pass_money_on(added: str) -> None:
    assert "SIB110" not in codes(contract("party Judge is evaluator", added))


JUDGED = """party Judge is evaluator
measure Score is a number, reported by {}
Fee of Score means Score * GBP 5
condition Good: Score is at least 10
payment Reward the City pays GBP 100 to Provider when Good due 2020-06-01
"""


@pytest.mark.parametrize(
    "fee",
    [
        "pays GBP 5 to Judge when Good",
        "pays Fee of Score to Judge",
        "pays 10% of Reward to Judge",
        "pays GBP 5 to Judge unless Good",
    ],
)
def test_an_evaluator_paid_by_what_it_reports_has_a_stake(fee: str) -> None:
    added = f"payment Judging the City {fee} due 2020-06-30"
    paid = contract(JUDGED.format("Judge"), added)
    said = "‘Judge’ is evaluator, reports ‘Score’ and is paid ‘Judging’, which rests on it"
    assert say(finding(paid, "SIB110").message, "en") == said
    doubted = contract(JUDGED.format("Provider"), added)
    assert "SIB110" not in codes(doubted)
    assert say(finding(doubted, "SIB561").message, "en") == (
        "‘Judge’ is evaluator and is paid ‘Judging’, which rests on ‘Score’"
    )


def test_an_evaluator_paid_through_a_group_has_a_stake() -> None:
    group = "group Them is Judge 50%, Provider 50%"
    added = "payment Judging the City pays GBP 5 to Them when Good due 2020-06-30"
    assert "SIB110" in codes(contract(JUDGED.format("Judge"), group, added))


def test_an_evaluator_may_be_intermediary() -> None:
    assert codes(contract("party Judge is evaluator and intermediary")) == []


def test_role_twice() -> None:
    assert codes(contract("party Bank is investor and investor")) == ["SIB111"]


def test_shares_not_whole() -> None:
    text = with_funders("group Funders is City 20%, Ministry 70%")
    assert codes(text) == ["SIB120"]
    cure = finding(text, "SIB120").help
    assert cure is not None
    assert say(cure, "en").endswith("Ministry 80%")


def test_shares_that_make_a_whole() -> None:
    assert codes(with_funders("group Funders is City 1/3, Ministry 2/3")) == []


def test_share_not_fixed() -> None:
    assert codes(with_funders("group Funders is City 0%, Ministry 100%")) == ["SIB121"]


def test_member_twice() -> None:
    assert codes(with_funders("group Funders is City 50%, City 50%")) == ["SIB123"]


def test_waterfall_without_limit() -> None:
    text = with_notes("group Notes is Senior, then Junior")
    assert codes(text) == ["SIB124"]
    assert words(text, finding(text, "SIB124")) == "Senior"


def test_waterfall_limit_not_fixed() -> None:
    assert codes(with_notes("group Notes is Senior up to GBP 0, then Junior")) == ["SIB125"]


def test_a_waterfall_in_order() -> None:
    assert codes(with_notes("group Notes is Senior up to GBP 5,000, then Junior")) == []


@pytest.mark.parametrize("reporter", ["City", "Provider", "Investors"])
def test_interested_reporter(reporter: str) -> None:
    text = contract(measures=PARTS["measures"].replace("Assessor", reporter))
    assert codes(text) == ["SIB130"]


def test_an_interested_reporter_beside_an_evaluator() -> None:
    text = contract(measures=PARTS["measures"].replace("Assessor", "Provider and Assessor"))
    assert codes(text) == []
