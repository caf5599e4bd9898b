"""Contracts drawn at random: what is suggested for them checks, holds, and shows what it says."""

from hypothesis import given
from hypothesis import strategies as st

import sibdsl
from sibdsl.coverage.reached import coverage
from sibdsl.diagnostics import Severity
from sibdsl.worked import coverage_report, pasted
from tests.property.strategies import contracts
from tests.property.test_contracts import checked, laws


@laws
@given(st.data())
def test_every_suggestion_shows_what_it_says(data: st.DataObject) -> None:
    read = checked(data.draw(contracts()))
    assert read.source is not None
    report = coverage_report(read.plan, read.source, work=20_000)
    before = {id(each.case): number for number, each in enumerate(report.coverage.cases)}
    for suggestion in report.suggestions:
        now = sibdsl.parse(pasted(read.source, suggestion.text))
        assert [each for each in now.findings if each.severity is Severity.ERROR] == []
        shown = coverage(now.plan).cases
        for case in suggestion.cases:
            assert len(now.plan.examples) - 1 in shown[before[id(case)]].examples


@laws
@given(st.data())
def test_a_case_is_suggested_for_or_said_to_be_unreached(data: st.DataObject) -> None:
    read = checked(data.draw(contracts()))
    report = coverage_report(read.plan, read.source, work=3_000)
    told = [id(case) for each in report.suggestions for case in each.cases]
    unreached = [id(case) for case in report.unreached]
    assert sorted(told + unreached) == sorted(id(case) for case in report.coverage.missing)
