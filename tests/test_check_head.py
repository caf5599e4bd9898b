"""The head of a contract: one title, one currency, one term."""

import pytest

from sibdsl.checks import check
from sibdsl.source import Source
from sibdsl.syntax.parse import parse
from tests.contracts import codes, contract, finding, words


def test_a_sound_contract_has_no_finding() -> None:
    assert codes(contract()) == []


def test_missing_title() -> None:
    assert codes(contract(title="")) == ["SIB101"]


def test_missing_currency() -> None:
    assert "SIB103" in codes(contract(currency=""))


def test_missing_term() -> None:
    assert codes(contract(term="")) == ["SIB105"]


def test_nothing_is_said_to_be_missing_from_a_text_that_could_not_be_read() -> None:
    parsed = parse(Source("contract.sib", contract(title="contract Bridge")))
    assert parsed.contract is not None
    assert not parsed.ok
    assert check(parsed.contract, is_whole=False).findings == ()


@pytest.mark.parametrize(
    "again",
    [
        'contract "Bridge, second phase"',
        "currency GBP",
        "term from 2018-01-01 to 2021-12-31",
        'reference "A"\nreference "B"',
        'field "housing"\nfield "health"',
        "rounding half up to GBP 1\nrounding down to GBP 1",
    ],
)
def test_said_twice(again: str) -> None:
    text = contract(again)
    assert codes(text) == ["SIB102"]
    found = finding(text, "SIB102")
    assert words(text, found) == again.splitlines()[-1]
    assert len(found.others) == 1


def test_unknown_currency() -> None:
    text = contract(currency="currency GBR")
    assert words(text, finding(text, "SIB104")) == "currency GBR"
