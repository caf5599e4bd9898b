"""Worked examples as a JUnit report, which test runners and forges read.

The format is the one that Jenkins and GitLab document; no times are in it, so that the same contract
gives the same bytes.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from sibdsl.coverage.cases import Shown
from sibdsl.diagnostics import message
from sibdsl.documents.cases_text import case_said, clause_said
from sibdsl.documents.coverage_text import CoverageReport
from sibdsl.documents.findings_text import Sources, short_text
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.examples import ExampleOutcome
from sibdsl.messages import say
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language


def junit_xml(
    outcomes: tuple[ExampleOutcome, ...],
    name: str,
    sources: Sources,
    language: Language,
    shown: str = "",
) -> str:
    """One suite for the contract ``name``, one case for each worked example.

    ``shown`` are the cases of :func:`coverage_cases`, which follow as tests: one that no example
    shows is skipped, since nothing is wrong with it.
    """
    failures = sum(not outcome.holds for outcome in outcomes)
    skipped = shown.count("<skipped")
    tests = len(outcomes) + shown.count("<testcase")
    counts = f'tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'
    cases = "".join(_case(outcome, name, sources, language) for outcome in outcomes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {counts}>\n"
        f"  <testsuite name={attribute(name)} {counts}>\n"
        f"{cases}{shown}"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def coverage_cases(report: CoverageReport, name: str, wording: Wording) -> str:
    """A test for each case of a contract: passed where an example shows it, else skipped."""
    return "".join(_shown(each, name, wording) for each in report.coverage.cases)


def _shown(shown: Shown, name: str, wording: Wording) -> str:
    clause = wording.say(clause_said(shown.case.clause, wording))
    said = wording.say(case_said(shown.case, wording))
    head = f"    <testcase classname={attribute(name)} name={attribute(f'{clause}: {said}')}"
    if shown.examples:
        return f"{head}/>\n"
    why = attribute(wording.say(message("no worked example shows this")))
    return f"{head}>\n      <skipped message={why}/>\n    </testcase>\n"


def _case(outcome: ExampleOutcome, name: str, sources: Sources, language: Language) -> str:
    head = f"    <testcase classname={attribute(name)} name={attribute(outcome.example.title)}"
    if outcome.holds:
        return f"{head}/>\n"
    failures = "".join(_failures(outcome, sources, language))
    return f"{head}>\n{failures}    </testcase>\n"


def _failures(outcome: ExampleOutcome, sources: Sources, language: Language) -> Iterator[str]:
    for finding in outcome.findings:
        said = attribute(say(finding.message, language))
        text = escape(short_text((finding,), sources, language).rstrip("\n"))
        yield f'      <failure type="{finding.code}" message={said}>{text}</failure>\n'


def attribute(text: str) -> str:
    """Text in quotation marks; what XML may not hold is made visible first."""
    return quoteattr(visible(text))
