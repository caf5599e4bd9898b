"""What a careful reader would ask about: divisions, cliffs, incentives, roundings, measures."""

from pathlib import Path

import pytest

from sibdsl.messages import say
from tests.contracts import PARTS, codes, contract, finding, words

PLANNED = "measure Planned is a count at each Year, reported by Assessor"
RATE = "measure Rate is a percentage at each Year, reported by Assessor{direction}"


def bonus(amount: str, clause: str = "", payer: str = "City", payee: str = "Provider") -> str:
    return (
        f"payment Bonus at each Year\n  {payer} pays {amount} to {payee}\n  {clause}\n"
        "  due 30 days after evaluation"
    )


# Measures


def test_unused_measure() -> None:
    text = contract(PLANNED)
    assert codes(text) == ["SIB540"]
    assert words(text, finding(text, "SIB540")) == "Planned"


def test_a_measure_used_as_a_key_or_in_a_cap() -> None:
    key = "table Step by Planned, in steps from 0: GBP 5 otherwise: GBP 5"
    assert codes(contract(PLANNED, key)) == []
    assert codes(contract(PLANNED, "cap Fee: GBP 5 * Planned per evaluation")) == []


def test_a_measure_used_only_in_a_worked_example_is_not_used() -> None:
    given = 'example "b"\n  given Planned at Year 1 is 5\n  expect Planned at Year 1 is 5'
    assert codes(contract(PLANNED, given)) == ["SIB540"]


# Divisions


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("Share means Places / Planned", ["SIB542"]),
        ("Share means Places / (Planned + 1)", []),
        ("Share means Places / Planned or else 0%", []),
        ("Share means if Planned is more than 0 then Places / Planned else 0%", []),
        ("Share means if Planned is 0 then 0% else Places / Planned", ["SIB542"]),
        ("Share means if Planned is at least 1 then Places / Planned else 0%", []),
        ("Share means if Planned is less than 1 then 0% else Places / Planned", []),
        ("Share means Places / 10 + Planned / 10", []),
    ],
)
def test_unguarded_division(term: str, expected: list[str]) -> None:
    assert divisions(PLANNED, term) == expected


def divisions(*said: str) -> list[str]:
    """The codes found, but for the one on a definition that nothing uses: here none is used."""
    return [code for code in codes(contract(*said)) if code != "SIB091"]


def test_a_division_whose_every_use_has_a_fallback() -> None:
    share = "Share means Places / Planned"
    guarded = "Safe Share means Share or else 0%"
    assert divisions(PLANNED, share, guarded) == []
    assert divisions(PLANNED, share, guarded, "Bare means Share * 2") == ["SIB542"]


def test_a_condition_before_a_division() -> None:
    amount = "GBP 5 * (Places / Planned)"
    assert codes(contract(PLANNED, bonus(amount))) == ["SIB542"]
    assert codes(contract(PLANNED, bonus(amount, "when Planned is more than 0"))) == []


# Cliffs


@pytest.mark.parametrize(
    ("mode", "rows", "share"),
    [
        ("in steps", "from 0: GBP 0 from 9: GBP 100 otherwise: GBP 0", "100%"),
        ("in steps", "from 0: GBP 25 from 9: GBP 50 from 18: GBP 75 from 27: GBP 100", ""),
        ("in steps", "from 0: GBP 26 from 9: GBP 50 from 18: GBP 75 from 27: GBP 100", "26%"),
        ("in steps", "from 0: GBP 100 from 9: GBP 100 otherwise: GBP 100", ""),
        ("interpolated", "from 0: GBP 0 from 9: GBP 100 otherwise: GBP 0", ""),
        ("interpolated", "from 0: GBP 0 above 0: GBP 50 from 9: GBP 100 otherwise: GBP 0", "50%"),
        ("interpolated", "from 0: GBP 52 from 9: GBP 100 otherwise: GBP 0", "52%"),
        ("marginal", "from 0: GBP 0 from 9: GBP 100", ""),
    ],
)
def test_cliff(mode: str, rows: str, share: str) -> None:
    last = "" if mode == "marginal" or "otherwise" in rows else "\n otherwise: GBP 0"
    text = contract(f"table Step by Places, {mode} {rows}{last}")
    assert codes(text) == (["SIB543"] if share else [])
    if share:
        assert share in say(finding(text, "SIB543").message, "en")


def test_the_cure_of_a_cliff_fits_the_mode_of_the_table() -> None:
    table = "table Step by Places, {mode} from 1: GBP 100 otherwise: GBP 0"
    for mode, cure in (("in steps", "‘interpolated’"), ("interpolated", "a row nearer to")):
        told = finding(contract(table.format(mode=mode)), "SIB543")
        assert told.help is not None
        assert cure in say(told.help, "en")


# Incentives


@pytest.mark.parametrize(
    ("direction", "amount", "expected"),
    [
        ("lower", "GBP 5 * Rate", ["SIB544"]),
        ("higher", "GBP 5 * Rate", []),
        ("higher", "GBP 5 * (100% - Rate)", ["SIB544"]),
        ("lower", "GBP 5 * (100% - Rate)", []),
        ("higher", "GBP 5 * (100% - Rate) + GBP 7 * Rate", []),
        ("higher", "if Rate is at least 50% then GBP 5 else GBP 9", ["SIB544"]),
        ("higher", "if Rate is at least 50% then GBP 9 else GBP 5", []),
        ("lower", "if Rate is less than 50% then GBP 5 else GBP 9", ["SIB544"]),
        ("higher", "the lesser of (GBP 5; GBP 5 * (100% - Rate))", ["SIB544"]),
        ("lower", "GBP 5 / (Places + 1)", ["SIB544"]),
        ("lower", "GBP 5 * points in Rate", ["SIB544"]),
        ("lower", "GBP 5 * Places", []),
    ],
)
def test_falls_as_results_improve(direction: str, amount: str, expected: list[str]) -> None:
    rate = RATE.format(direction=f", {direction} is better")
    use = "condition Used: Rate is at least 0%"
    positive = f"the greater of ({amount}; GBP 0)"
    assert codes(contract(rate, use, bonus(positive))) == expected


def test_a_payment_whose_condition_ceases_as_results_improve() -> None:
    rate = RATE.format(direction=", higher is better")
    assert codes(contract(rate, bonus("GBP 5", "when Rate is less than 50%"))) == ["SIB544"]
    assert codes(contract(rate, bonus("GBP 5", "unless Rate is less than 50%"))) == []
    assert codes(contract(rate, bonus("GBP 5", "unless Rate is at least 50%"))) == ["SIB544"]


def test_a_table_that_falls() -> None:
    rate = RATE.format(direction=", lower is better")
    rises = "table Step by Rate, interpolated from 0%: GBP 0 from 50%: GBP 90 otherwise: GBP 0"
    falls = "table Step by Rate, interpolated from 0%: GBP 90 from 50%: GBP 0 otherwise: GBP 90"
    assert codes(contract(rate, rises, bonus("Step"))) == ["SIB544"]
    assert codes(contract(rate, falls, bonus("Step"))) == []


@pytest.mark.parametrize(("payer", "payee"), [("Provider", "City"), ("Investors", "City")])
def test_a_claw_back_is_meant_to_fall(payer: str, payee: str) -> None:
    rate = RATE.format(direction=", higher is better")
    text = contract(
        rate,
        bonus("GBP 5", "when Rate is less than 50%", payer, payee),
        caps="cap contract: GBP 1,000,000",
    )
    assert codes(text) == []


# Roundings

COST = "measure Cost is an amount at each Year, reported by Assessor"


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("Net rounded half up to GBP 0.001", ["SIB547"]),
        ("Net rounded half up to GBP 1", []),
        ("(Net rounded half up to GBP 0.1) rounded half up to GBP 1", ["SIB547"]),
        ("(Net rounded half up to GBP 1) rounded half up to GBP 0.1", []),
        ("(Net rounded half up to GBP 0.001) * 3", []),
    ],
)
def test_rounded_twice(amount: str, expected: list[str]) -> None:
    net = "Net means the greater of (Cost; GBP 0)"
    assert codes(contract(COST, net, bonus(amount))) == expected


def test_rounded_again_when_the_payment_falls_due() -> None:
    net = "Net means (the greater of (Cost; GBP 0)) rounded half up to GBP 1"
    assert codes(contract(COST, net, bonus("Net"))) == []
    assert codes(contract(COST, net, bonus("Net"), "rounding down to GBP 10")) == ["SIB547"]


# Depth


def test_no_depth_is_too_deep() -> None:
    """A chain of terms, a long sum and many brackets: looked into, or given up, never a crash."""
    chain = "\n".join(f"Step {n} means Step {n - 1} + GBP 1" for n in range(1, 400))
    long_sum = " + ".join(["GBP 5 * Places"] * 40)
    brackets = "(" * 50 + "GBP 5 * Places" + ") * 1" * 50
    amount = f"{long_sum} + {brackets} + Step 399"
    text = contract("Step 0 means GBP 5 * Places", chain, bonus(amount))
    assert codes(text) == []


EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/contract.sib"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_the_examples_say_nothing_of_sign_or_order(path: Path) -> None:
    """A check that cries at the published contracts would be switched off."""
    quiet = {
        *("SIB404", "SIB407", "SIB408", "SIB409", "SIB513"),
        *("SIB514", "SIB537", "SIB544", "SIB546", "SIB547"),
    }
    assert quiet.isdisjoint(codes(path.read_text(encoding="utf-8")))


def test_parts_are_those_of_a_sound_contract() -> None:
    assert codes(contract(**PARTS)) == []
