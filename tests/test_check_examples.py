"""The structure of worked examples."""

import pytest

from tests.contracts import PARTS, codes, contract

CARD = """
rate card Tariff at each Year
  outcome "Job": GBP 100, once
payment Outcomes at each Year
  City pays Tariff to Provider
  due 30 days after evaluation
"""
CLAIM = 'given participant "A" claims "Job" on'


def example(*lines: str) -> str:
    body = "\n".join(f"  {line}" for line in lines)
    return contract(CARD, f'example "another"\n{body}\n  expect total paid to Provider is GBP 0')


@pytest.mark.parametrize(
    "line",
    [
        "given Places at Year 1 is 10",
        "given Year 3 is cancelled",
        f"{CLAIM} 2019-01-31",
        'given participant "A" is in class "young"',
        'given participant "A" started on 2018-01-31',
    ],
)
def test_given_twice(line: str) -> None:
    assert codes(example(line)) == []
    assert codes(example(line, line)) == ["SIB701"]


def test_the_same_result_at_two_evaluations() -> None:
    lines = ("given Places at Year 1 is 10", "given Places at Year 2 is 10")
    assert codes(example(*lines)) == []


def test_claim_after_last_evaluation() -> None:
    assert codes(example(f"{CLAIM} 2021-06-30")) == []
    assert codes(example(f"{CLAIM} 2021-07-01")) == ["SIB702"]


def test_claim_at_other_evaluation() -> None:
    final = "evaluation Final on 2022-06-30\nmeasure End is a count at Final\ncondition C: End is at least 1"
    text = example(f"{CLAIM} 2019-01-31 at Final")
    assert codes(f"{text}\n{final}") == ["SIB703"]


def test_claim_outside_the_term() -> None:
    assert codes(example(f"{CLAIM} 2017-01-31")) == ["SIB402"]


def test_nothing_expected() -> None:
    assert codes(contract('example "another"\n  given Places at Year 1 is 10')) == ["SIB704"]


def test_example_title_twice() -> None:
    assert codes(contract(PARTS["examples"])) == ["SIB705"]


def test_no_worked_example() -> None:
    assert codes(contract(examples="")) == ["SIB710"]
