"""What a check found as a JUnit report: a file with errors is a test that fails.

Warnings and notes stand in the output of the test and fail nothing, as they do not stop a contract.
No times are in it, so that the same contracts give the same bytes.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.documents.findings_text import full_text
from sibdsl.documents.found import Found, language_of_all, summary
from sibdsl.documents.junit import attribute
from sibdsl.messages import say


def findings_junit(every: tuple[Found, ...]) -> str:
    """One suite, with one case for each file."""
    failures = sum(any(map(_is_error, found.findings)) for found in every)
    counts = f'tests="{len(every)}" failures="{failures}" errors="0"'
    cases = "".join(line for found in every for line in _case(found))
    said = escape(summary(every, language_of_all(every)))
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<testsuites {counts}>\n"
        f'  <testsuite name="sib check" {counts} skipped="0">\n'
        f"{cases}"
        f"    <system-out>{said}</system-out>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def _case(found: Found) -> Iterator[str]:
    head = f'    <testcase classname="sib check" name={attribute(found.name)}'
    errors = tuple(filter(_is_error, found.findings))
    others = tuple(finding for finding in found.findings if not _is_error(finding))
    if not found.findings:
        yield f"{head}/>\n"
        return
    yield f"{head}>\n"
    if errors:
        first = errors[0]
        said = attribute(say(first.message, found.language))
        yield f'      <failure type="{first.code}" message={said}>{_text(errors, found)}</failure>\n'
    if others:
        yield f"      <system-out>{_text(others, found)}</system-out>\n"
    yield "    </testcase>\n"


def _is_error(finding: Diagnostic) -> bool:
    return finding.severity is Severity.ERROR


def _text(findings: tuple[Diagnostic, ...], found: Found) -> str:
    return escape(full_text(findings, found.sources, found.language))
