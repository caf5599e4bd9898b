"""Caps: what they bear on, where their limits exist, whether they can bind."""

import pytest

from sibdsl.messages import say
from tests.contracts import PARTS, codes, contract, finding, words

MALUS = """
payment Malus
  Provider pays GBP 5 to City
  due 2020-01-31
"""
GRANT = """
payment Grant
  City pays GBP 5 to Provider
  due 2020-01-31
"""
CARD = """
rate card Tariff at each Year
  outcome "Job": GBP 100, once
payment Outcomes at each Year
  City pays Tariff to Provider
  due 30 days after evaluation
"""


def capped(cap: str, *added: str) -> str:
    return contract(*added, caps=f"cap contract: GBP 1,000,000\n{cap}")


def test_cap_on_both_sides() -> None:
    text = capped("cap City: GBP 10", MALUS)
    assert codes(text) == ["SIB520"]
    assert len(finding(text, "SIB520").others) == 2


@pytest.mark.parametrize("target", ["paid by City", "paid to Provider"])
def test_a_cap_that_says_its_side(target: str) -> None:
    assert codes(capped(f"cap {target}: GBP 10", MALUS)) == []


@pytest.mark.parametrize("target", ["Ministry", "paid to City", "paid by Provider"])
def test_cap_on_nothing(target: str) -> None:
    assert codes(capped(f"cap {target}: GBP 10")) == ["SIB521"]


def test_a_cap_on_a_member_of_a_group_that_pays() -> None:
    text = contract(
        "group Funders is City 20%, Ministry 80%",
        payments=PARTS["payments"].replace("City", "Funders"),
        caps="cap Ministry: GBP 10",
    )
    assert codes(text) == []


def test_cap_mixes_card_and_payments() -> None:
    assert codes(capped("cap Tariff; Fee: GBP 10", CARD)) == ["SIB522"]


def test_cap_target_twice() -> None:
    assert codes(capped("cap Fee; Fee: GBP 10")) == ["SIB523"]


def test_cap_off_evaluation() -> None:
    assert codes(capped("cap City: GBP 4 per evaluation", GRANT)) == ["SIB524"]
    assert codes(capped("cap Fee: GBP 4 per evaluation", GRANT)) == []


def test_cap_across_series() -> None:
    final = """
evaluation Final on 2022-06-30
payment Last at Final
  City pays GBP 5 to Provider
  due 30 days after evaluation
"""
    text = capped("cap City: GBP 1 * Places per evaluation", final)
    assert "SIB525" in codes(text)
    assert words(text, finding(text, "SIB525")) == "GBP 1 * Places"


def test_negative_cap() -> None:
    assert codes(capped("cap Fee: GBP 5 - GBP 10")) == ["SIB526"]


def test_cap_in_two_currencies() -> None:
    assert "SIB527" in codes(capped("cap Fee: EUR 10"))


def test_return_cap_without_funding() -> None:
    paid = "payment Yield\n  City pays GBP 5 to Investors\n  due 2020-01-31"
    cap = "cap return of Investors: 8% per year"
    assert codes(capped(cap, paid)) == ["SIB528"]
    funding = "funding Investors provide GBP 50 to Provider on 2018-01-31"
    assert codes(capped(cap, paid, funding)) == []


def test_return_cap_in_two_currencies() -> None:
    paid = "payment Yield\n  City pays GBP 5 to Investors\n  due 2020-01-31"
    funding = "funding Investors provide EUR 50 to Provider on 2018-01-31"
    assert "SIB529" in codes(capped("cap return of Investors: 8% per year", paid, funding))


# Whether a cap can bind


@pytest.mark.parametrize(
    ("cap", "binds"),
    [
        ("cap Grant: GBP 5", True),
        ("cap Grant: GBP 4.99", True),
        ("cap Grant: GBP 5.01", False),
        ("cap Yearly: GBP 30", True),
        ("cap Yearly: GBP 31", False),
        ("cap Yearly: GBP 10 per evaluation", True),
        ("cap Yearly: GBP 11 per evaluation", False),
        ("cap Yearly: GBP 10 per calendar year", True),
        ("cap Yearly: GBP 11 per calendar year", False),
        ("cap Yearly: GBP 20 from 2019-01-01 to 2020-12-31", True),
        ("cap Yearly: GBP 21 from 2019-01-01 to 2020-12-31", False),
        ("cap Grant; Yearly: GBP 35", True),
        ("cap Grant; Yearly: GBP 36", False),
        ("cap Fee: GBP 999,999,999", True),
    ],
)
def test_cap_never_binds(cap: str, *, binds: bool) -> None:
    yearly = """
payment Yearly at each Year
  City pays the lesser of (GBP 10; GBP 1 * Places) to Provider
  due 30 days after evaluation
"""
    assert codes(capped(cap, GRANT, yearly)) == ([] if binds else ["SIB545"])


def test_the_most_that_falls_due_is_rounded_as_the_contract_rounds() -> None:
    paid = """
payment Third
  City pays GBP 100 / 3 to Provider
  due 2020-01-01
"""
    for rounding, most in (("", "33.33"), ("rounding up to GBP 0.01", "33.34")):
        text = capped("cap Third: GBP 50", paid, rounding)
        assert f"GBP {most} can fall due" in say(finding(text, "SIB545").message, "en")


def test_other_caps_count_towards_what_can_be_reached() -> None:
    text = contract(caps="cap Fee: GBP 100\ncap City: GBP 101")
    assert codes(text) == ["SIB545"]


TIERS = """
table Step by Places, in steps
  from 0: GBP 0 from 10: GBP 25 from 20: GBP 50 from 30: GBP 75 from 40: GBP 100
  otherwise: GBP 0
Stepped means Step
payment Tiered at each Year
  City pays Stepped to Provider
  due 30 days after evaluation
"""


def test_cap_below_first_tier() -> None:
    assert codes(capped("cap Tiered: GBP 24", TIERS)) == ["SIB546"]
    assert codes(capped("cap Tiered: GBP 25", TIERS)) == []


def test_payment_without_cap() -> None:
    assert codes(contract(caps="")) == ["SIB541"]


@pytest.mark.parametrize(
    "cap", ["cap Fee: GBP 5", "cap contract: GBP 5", "cap paid to Provider: GBP 5"]
)
def test_a_payment_with_a_cap(cap: str) -> None:
    assert codes(contract(caps=cap)) == []


def test_a_payment_capped_by_its_rate_card_or_its_return() -> None:
    assert codes(contract(CARD, "cap Tariff: GBP 5")) == []
    text = contract(
        "funding Investors provide GBP 50 to Provider on 2018-01-31",
        payments=PARTS["payments"].replace("to Provider", "to Investors"),
        caps="cap return of Investors: 8% per year",
    )
    assert codes(text) == []
