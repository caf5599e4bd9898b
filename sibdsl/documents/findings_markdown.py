"""Findings as Markdown: the comment that a check leaves under a proposed change."""

from collections.abc import Iterator
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.documents.findings_text import WORDS, help_line, shown_places, where_is
from sibdsl.documents.found import Found, language_of_all, summary
from sibdsl.documents.markdown import code_span, escaped, fenced
from sibdsl.messages import say

MARK: Final = "<!-- sib check -->"
"""The first line, by which a job finds the comment that it left before, to replace it."""
_LONGEST: Final = 60_000
"""GitHub takes comments of 65,536 characters."""


def findings_markdown(every: tuple[Found, ...]) -> str:
    """The number of findings, then each with the lines it points at and what to do.

    What would make the comment longer than forges take is left out, and their number said.
    """
    language = language_of_all(every)
    text = f"{MARK}\n### sib check\n\n{escaped(summary(every, language))}\n"
    left_out = 0
    for found in every:
        for finding in found.findings:
            section = "".join(_section(finding, found))
            if left_out or len(text) + len(section) > _LONGEST:
                left_out += 1
            else:
                text += section
    if left_out:
        told = message("findings that are not shown: {number}", number=left_out)
        text += f"\n{escaped(say(told, language))}\n"
    return text


def _section(finding: Diagnostic, found: Found) -> Iterator[str]:
    severity = say(WORDS[finding.severity], found.language)
    where = where_is(finding.label, found.sources, found.language) or found.name
    said = escaped(say(finding.message, found.language))
    yield f"\n**{severity} {finding.code}** {code_span(where)}<br>\n{said}\n"
    if finding.label.span is not None:
        lines = "\n".join(shown_places(finding, found.sources, found.language))
        yield f"\n{fenced(lines)}"
    if finding.help is not None:
        yield f"\n{escaped(help_line(finding.help, found.language))}\n"
