"""From offsets in the text of several files to places in each: what leaves the pipeline names files."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from sibdsl.diagnostics import Diagnostic, Label
from sibdsl.source import Source, Span


def in_files(findings: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """The findings, each place in the file it is in; a text of one file changes nothing."""
    if not source.parts:
        return tuple(findings)
    return tuple(
        evolve(
            finding,
            label=_in_file(finding.label, source),
            others=tuple(_in_file(label, source) for label in finding.others),
        )
        for finding in findings
    )


def _in_file(label: Label, source: Source) -> Label:
    if label.file or label.span is None:
        return label
    file, start = source.in_file(label.span.start)
    end = min(start + label.span.end - label.span.start, len(file.text))
    name = "" if file is source.files[""] else file.name
    return Label(Span(start, end), label.text, name)


def named(findings: Iterable[Diagnostic], file: str) -> tuple[Diagnostic, ...]:
    """Findings of the text of one file, under the name of that file."""
    return tuple(
        evolve(
            finding,
            label=evolve(finding.label, file=file),
            others=tuple(evolve(label, file=file) for label in finding.others),
        )
        for finding in findings
    )
