"""Worked examples as a JUnit report, which test runners and forges read.

The format is the one that Jenkins and GitLab document; no times are in it, so that the same contract
gives the same bytes.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from sibdsl.documents.findings_text import Sources, short_text
from sibdsl.evaluate.examples import ExampleOutcome
from sibdsl.messages import say
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language


def junit_xml(
    outcomes: tuple[ExampleOutcome, ...], name: str, sources: Sources, language: Language
) -> str:
    """One suite for the contract ``name``, one case for each worked example."""
    failures = sum(not outcome.holds for outcome in outcomes)
    counts = f'tests="{len(outcomes)}" failures="{failures}" errors="0" skipped="0"'
    cases = "".join(_case(outcome, name, sources, language) for outcome in outcomes)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {counts}>\n"
        f"  <testsuite name={attribute(name)} {counts}>\n"
        f"{cases}"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


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
