"""Findings as a code quality report, which GitLab shows in a merge request.

Every object carries each of the properties that GitLab's documentation calls required: one without a
severity or a fingerprint, and the whole report is not shown.
"""

import json
from typing import Any, assert_never

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.documents.findings_text import help_line
from sibdsl.documents.found import Found, file_of, fingerprints, line_of
from sibdsl.messages import say
from sibdsl.messages.visible import visible


def findings_gitlab(every: tuple[Found, ...]) -> str:
    """A JSON list with an object for each finding, ending with a line end."""
    issues = [
        _issue(finding, found, fingerprint)
        for found in every
        for finding, fingerprint in zip(found.findings, fingerprints(found), strict=True)
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(finding: Diagnostic, found: Found, fingerprint: str) -> dict[str, Any]:
    said = say(finding.message, found.language)
    if finding.help is not None:
        said = f"{said} ({help_line(finding.help, found.language)})"
    return {
        "description": said,
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _severity(finding.severity),
        "location": {
            "path": visible(file_of(finding.label, found)),
            "lines": {"begin": line_of(finding.label, found)},
        },
    }


def _severity(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "major"
        case Severity.WARNING:
            return "minor"
        case Severity.NOTE:
            return "info"
        case _:
            assert_never(severity)
