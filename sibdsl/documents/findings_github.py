"""Findings as workflow commands of GitHub Actions (:mod:`sibdsl.documents.github`).

A finding is about the text as it is now, so none points at a deleted line, where no annotation can
stand.
"""

from collections.abc import Iterator
from typing import assert_never

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.documents.findings_text import help_line
from sibdsl.documents.found import Found, file_of, range_of
from sibdsl.documents.github import Level, command, lines
from sibdsl.messages import say


def findings_github(every: tuple[Found, ...]) -> str:
    """One command for each finding, a line each; empty where there is none."""
    return "".join(_command(finding, found) for found in every for finding in found.findings)


def _command(finding: Diagnostic, found: Found) -> str:
    said = say(finding.message, found.language)
    if finding.help is not None:
        said = f"{said}\n{help_line(finding.help, found.language)}"
    return command(_level(finding.severity), _properties(finding, found), said)


def _properties(finding: Diagnostic, found: Found) -> Iterator[tuple[str, str | int]]:
    yield "file", file_of(finding.label, found)
    place = range_of(finding.label, found)
    if place is not None:
        yield from lines(*place)
    yield "title", finding.code


def _level(severity: Severity) -> Level:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.NOTE:
            return "notice"
        case _:
            assert_never(severity)
