"""Payment tables."""

import pytest

from tests.contracts import codes, contract, finding, words

PAYMENT = """
payment Fee at each Year
  City pays Step * 1 to Provider
  due 30 days after evaluation
"""


def table(rows: str, mode: str = "in steps", key: str = "Places") -> str:
    return contract(
        f"table Step by {key}, {mode}\n{rows}", payments=PAYMENT, caps="cap City: GBP 10"
    )


STEPS = "from 0: GBP 0 from 10: GBP 20 from 20: GBP 40 from 30: GBP 60 from 40: GBP 80 "


def test_a_sound_table() -> None:
    assert codes(table(STEPS + "otherwise: GBP 0")) == []


@pytest.mark.parametrize(
    "rows",
    [
        "from 10: GBP 20 from 5: GBP 25 otherwise: GBP 20",
        "from 10: GBP 20 from 10: GBP 25 otherwise: GBP 20",
        "above 10: GBP 20 from 10: GBP 25 otherwise: GBP 20",
        "above 10: GBP 20 above 10: GBP 25 otherwise: GBP 20",
    ],
)
def test_rows_not_rising(rows: str) -> None:
    assert codes(table(rows)) == ["SIB501"]


def test_a_jump_after_a_row() -> None:
    assert codes(table("from 10: GBP 20 above 10: GBP 25 otherwise: GBP 20")) == []


def test_bound_not_fixed() -> None:
    text = table("from Places: GBP 20 otherwise: GBP 20")
    assert "SIB502" in codes(text)
    assert words(text, finding(text, "SIB502")) == "Places"


def test_a_bound_that_is_a_fixed_term() -> None:
    text = table("from Target: GBP 20 otherwise: GBP 20")
    assert codes(text + "\nTarget means 10 * 2") == []


@pytest.mark.parametrize("mode", ["in steps", "interpolated"])
def test_missing_otherwise(mode: str) -> None:
    text = table("from 10: GBP 20", mode)
    assert codes(text) == ["SIB503"]


def test_otherwise_in_marginal() -> None:
    assert codes(table("from 0: GBP 20 otherwise: GBP 0", "marginal")) == ["SIB504"]


def test_jump_in_marginal() -> None:
    assert codes(table("from 0: GBP 20 above 10: GBP 30", "marginal")) == ["SIB506"]


def test_a_marginal_table_has_no_otherwise() -> None:
    assert codes(table("from 0: GBP 20 from 10: GBP 30", "marginal")) == []


def test_key_without_order() -> None:
    text = table("from 1: GBP 20 otherwise: GBP 20", key="Many")
    assert "SIB505" in codes(text + "\ncondition Many: Places is at least 10")
