"""Findings as JSON, by ``findings.schema.json``: words in one language, places as numbers."""

import json
from typing import Any

from sibdsl.diagnostics import Diagnostic, Label
from sibdsl.documents.findings_text import Sources
from sibdsl.documents.found import Found, language_of_all
from sibdsl.messages import say
from sibdsl.numerals import Language


def findings_json(findings: tuple[Diagnostic, ...], sources: Sources, language: Language) -> str:
    """The findings as one JSON object, ending with a line end."""
    return _written([finding_json(finding, sources, language) for finding in findings], language)


def findings_json_of_all(every: tuple[Found, ...]) -> str:
    """The findings of several files as one JSON object, each in the language of its file."""
    findings = [
        finding_json(finding, found.sources, found.language)
        for found in every
        for finding in found.findings
    ]
    return _written(findings, language_of_all(every))


def _written(findings: list[dict[str, Any]], language: Language) -> str:
    data = {
        "format": "sibdsl-findings",
        "version": 1,
        "language": language,
        "findings": findings,
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def finding_json(finding: Diagnostic, sources: Sources, language: Language) -> dict[str, Any]:
    """One finding, ready to be written as JSON."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": say(finding.message, language),
        "help": None if finding.help is None else say(finding.help, language),
        "place": _place(finding.label, sources, language),
        "others": [_place(label, sources, language) for label in finding.others],
    }


def _place(label: Label, sources: Sources, language: Language) -> dict[str, Any]:
    source = sources.get(label.file)
    placed = {
        "file": source.name if source is not None else label.file,
        "text": None if label.text is None else say(label.text, language),
    }
    if source is None or label.span is None:
        return {**placed, "start": None, "end": None}
    most = len(source.text)
    ends = (min(label.span.start, most), min(label.span.end, most))
    start, end = (source.position(offset)._asdict() | {"offset": offset} for offset in ends)
    return {**placed, "start": start, "end": end}
