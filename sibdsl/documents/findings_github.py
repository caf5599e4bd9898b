"""Findings as workflow commands of GitHub Actions, which shows them as annotations on the lines.

The escapes are those of the runner: ``%`` and line ends in what is said, also ``:`` and ``,`` in a
property. Columns are given only within one line, since GitHub refuses them on several. A finding is
about the text as it is now, so none points at a deleted line, where no annotation can stand.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.documents.findings_text import help_line
from sibdsl.documents.found import Found, file_of, range_of
from sibdsl.messages import say
from sibdsl.messages.visible import visible

_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def findings_github(every: tuple[Found, ...]) -> str:
    """One command for each finding, a line each; empty where there is none."""
    return "".join(f"{_command(finding, found)}\n" for found in every for finding in found.findings)


def _command(finding: Diagnostic, found: Found) -> str:
    properties = ",".join(
        f"{name}={visible(str(value)).translate(_IN_PROPERTY)}"
        for name, value in _properties(finding, found)
    )
    said = say(finding.message, found.language)
    if finding.help is not None:
        said = f"{said}\n{help_line(finding.help, found.language)}"
    return f"::{_name(finding.severity)} {properties}::{said.translate(_IN_DATA)}"


def _properties(finding: Diagnostic, found: Found) -> Iterator[tuple[str, str | int]]:
    yield "file", file_of(finding.label, found)
    place = range_of(finding.label, found)
    if place is not None:
        start, end = place
        yield "line", start.line
        yield "endLine", end.line
        if start.line == end.line:
            yield "col", start.column
            yield "endColumn", end.column
    yield "title", finding.code


def _name(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.NOTE:
            return "notice"
        case _:
            assert_never(severity)
