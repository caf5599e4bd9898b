"""What was found in each file, as the writers for other programs take it, and how it is known again."""

import json
from collections import Counter
from hashlib import sha256

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.documents.findings_text import Sources
from sibdsl.frozen import frozen
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Position, Source


@frozen
class Found:
    """One file with what was found in it; ``source`` is None for a file that cannot be read.

    ``name`` is the path that other programs know it by: from the top of the repository, with forward
    slashes.
    """

    name: str
    findings: tuple[Diagnostic, ...]
    language: Language
    source: Source | None = None

    @property
    def sources(self) -> Sources:
        """The text that the findings point into, by the name that their labels use."""
        return {} if self.source is None else self.source.files


Range = tuple[Position, Position]
"""The place of the first character, and that one past the last."""


def file_of(label: Label, found: Found) -> str:
    """The path of the file that a label points into."""
    return label.file or found.name


def range_of(label: Label, found: Found) -> Range | None:
    """Where a label points in its file; None where it points at no text."""
    source = found.sources.get(label.file)
    if source is None or label.span is None:
        return None
    most = len(source.text)
    start, end = (source.position(min(offset, most)) for offset in label.span)
    return start, end


def line_of(label: Label, found: Found) -> int:
    """The line a label points at: 1 where it points at no text, for whoever must have one."""
    place = range_of(label, found)
    return 1 if place is None else place[0].line


def language_of_all(every: tuple[Found, ...]) -> Language:
    """The language that all the files share; else English."""
    languages = {found.language for found in every}
    return languages.pop() if len(languages) == 1 else "en"


def summary(every: tuple[Found, ...], language: Language) -> str:
    """``errors: 2, warnings: 1, files: 3``."""
    findings = [finding for found in every for finding in found.findings]
    text = message(
        "errors: {errors}, warnings: {warnings}, files: {files}",
        errors=sum(finding.severity is Severity.ERROR for finding in findings),
        warnings=sum(finding.severity is Severity.WARNING for finding in findings),
        files=len(every),
    )
    return say(text, language)


def fingerprints(found: Found) -> tuple[str, ...]:
    """For each finding of a file, what it is known by when the file has changed around it.

    No number of a line and no word of a message is in it: only the file, the code, the line pointed
    at without its spacing, the words pointed at, and which of several equal ones this is. So it
    outlasts a rebase, a change of layout elsewhere, and another wording in a later version.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    made = []
    for finding in found.findings:
        key = (file_of(finding.label, found), finding.code, *_pointed_at(finding.label, found))
        seen[key] += 1
        data = json.dumps([*key, seen[key]])
        made.append(sha256(data.encode()).hexdigest())
    return tuple(made)


def _pointed_at(label: Label, found: Found) -> tuple[str, str]:
    """The line pointed at and the words in it, each run of white space one space."""
    source: Source | None = found.sources.get(label.file)
    if source is None or label.span is None:
        return ("", "")
    line = source.line(line_of(label, found))
    return (" ".join(line.split()), " ".join(source.words(label.span).split()))
