"""Worked examples: compared exactly, and what is wrong said at the line that expects it."""

from fractions import Fraction

from sibdsl.diagnostics import Diagnostic
from sibdsl.evaluate.examples import example_findings, run_example
from sibdsl.messages import say
from sibdsl.pipeline import compile_contract
from sibdsl.plan.terms import Plan
from sibdsl.source import Source

HEAD = """sibdsl 1 en
contract "Test"
currency GBP
term from 2020-01-01 to 2022-12-31
party Ministry is outcome payer
party Provider is service provider
evaluation Cohort 1 on 2020-06-30
evaluation Cohort 2 on 2021-06-30
measure Served is a count at each evaluation
measure Returned is a count at each evaluation
Rate means Returned / Served
condition Success: Rate is at least 60%
payment Fee at each evaluation
  the Ministry pays GBP 1,000 * Rate to the Provider
  when Success
  due 60 days after evaluation
rate card Tariff at each evaluation
  outcome "Job": GBP 100, no limit
  at most GBP 150 per participant
payment Outcomes
  the Ministry pays Tariff at Cohort 2 to the Provider
  due 60 days after Cohort 2
cap Fee: GBP 2,000
cap contract: GBP 10,000
"""


def plan(example: str) -> Plan:
    compiled = compile_contract(Source("test.sib", HEAD + example))
    assert compiled.plan is not None, compiled.findings
    return compiled.plan


def only(example: str) -> Diagnostic:
    (finding,) = example_findings(plan(example))
    return finding


def test_an_example_that_holds_finds_nothing() -> None:
    made = plan(
        """example "a third"
          given Served at Cohort 1 is 3
          given Returned at Cohort 1 is 2
          expect Rate at Cohort 1 is 2/3
          expect Success at Cohort 1 is yes
          expect Fee at Cohort 1 is GBP 666.67
        """
    )
    outcome = run_example(made, made.examples[0])
    assert outcome.holds
    assert [each.found and each.found.value for each in outcome.expectations] == [
        Fraction(2, 3),
        True,
        Fraction("666.67"),
    ]


def test_a_value_is_compared_exactly_and_not_as_it_is_shown() -> None:
    finding = only(
        """example "a third"
          given Served at Cohort 1 is 3
          given Returned at Cohort 1 is 2
          expect Rate at Cohort 1 is 66.667%
        """
    )
    assert finding.code == "SIB720"


def test_the_finding_says_expected_found_difference_and_why() -> None:
    finding = only(
        """example "seventy"
          given Served at Cohort 1 is 100
          given Returned at Cohort 1 is 70
          expect Fee at Cohort 1 is GBP 750
        """
    )
    assert finding.code == "SIB720"
    said = say(finding.message, "en")
    assert "GBP 750.00" in said
    assert "GBP 700.00" in said
    assert finding.label.text is not None
    assert say(finding.label.text, "en") == "GBP 50.00 less than expected"
    assert [say(other.text, "en") for other in finding.others if other.text] == [
        "GBP 700.00 before caps and rounding",
        "‘Rate’ at Cohort 1 is 70%",
    ]
    place = finding.others[0].span
    assert place is not None
    assert HEAD[place.start : place.end] == "GBP 1,000 * Rate"


def test_the_finding_points_at_the_condition_where_that_made_the_difference() -> None:
    given = """example "seventy"
          given Served at Cohort 1 is 100
          given Returned at Cohort 1 is {}
          expect Fee at Cohort 1 is GBP {}
        """
    for returned, expected, said in ((70, 0, "met"), (50, 500, "not met")):
        finding = only(given.format(returned, expected))
        assert finding.others[0].text is not None
        assert say(finding.others[0].text, "en") == f"‘Success’ at Cohort 1 is {said}"


def test_a_value_that_is_not_known_names_the_result_that_is_missing() -> None:
    finding = only(
        """example "half given"
          given Served at Cohort 1 is 100
          expect Rate at Cohort 1 is 70%
        """
    )
    assert finding.code == "SIB722"
    assert "‘Returned’ at Cohort 1" in say(finding.message, "en")


def test_a_value_that_is_undefined_says_why() -> None:
    finding = only(
        """example "nobody"
          given Served at Cohort 1 is 0
          given Returned at Cohort 1 is 0
          expect Rate at Cohort 1 is 0%
        """
    )
    assert finding.code == "SIB721"
    assert finding.label.text is not None
    assert say(finding.label.text, "en") == "it divides by nil"


def test_every_card_is_closed_and_the_cap_of_a_participant_runs_over_all_evaluations() -> None:
    made = plan(
        """example "claims"
          given participant "A" claims "Job" on 2020-02-01
          given participant "A" claims "Job" on 2021-02-01
          expect Tariff at Cohort 2 is GBP 50
          expect Tariff at Cohort 1 is GBP 100
          expect Outcomes is GBP 50
        """
    )
    assert example_findings(made) == ()
