"""Worked examples written for a contract, to be read and pasted.

What is suggested is read and checked as the contract's own text before anyone sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sibdsl.coverage.cases import Case, Coverage
from sibdsl.coverage.choosing import Suggestion
from sibdsl.coverage.reached import coverage
from sibdsl.coverage.search import MOST_WORK, search
from sibdsl.diagnostics import Message, message
from sibdsl.documents.cases_text import case_said, clause_said
from sibdsl.documents.coverage_text import CoverageReport, SuggestedExample
from sibdsl.documents.example_source import example_source
from sibdsl.documents.wording import Wording
from sibdsl.pipeline import compile_contract
from sibdsl.plan.terms import Plan
from sibdsl.source import Source
from sibdsl.syntax.literate import is_literate

_LONGEST_TITLE: Final = 100
_MOST_REMARKS: Final = 6


def coverage_report(plan: Plan, source: Source | None, work: int = MOST_WORK) -> CoverageReport:
    """What the worked examples show, and examples that show more; ``work`` bounds the search.

    Nothing is suggested for a plan without its text: it could not be tried there.
    """
    shown = coverage(plan)
    if source is None or not shown.missing:
        return CoverageReport(shown, (), shown.missing)
    found = search(plan, shown, work)
    tried = tuple(_tried(plan, source, shown, found.suggestions))
    told = {id(case) for each in tried for case in each.cases}
    left = tuple(case for case in shown.missing if id(case) not in told)
    return CoverageReport(shown, tried, left)


def _tried(
    plan: Plan, source: Source, shown: Coverage, suggestions: Sequence[Suggestion]
) -> Iterator[SuggestedExample]:
    """The suggestions that check, hold and show what they are for, once pasted into the text."""
    titles = {example.title for example in plan.examples}
    wording = Wording(plan, source)
    texts: list[str] = []
    for suggestion in suggestions:
        title = _title(suggestion.cases, wording, titles)
        titles.add(title)
        text = example_source(plan, suggestion.example, suggestion.subjects, title, source)
        texts.append(_remarks(suggestion.cases, wording) + text)
    together = _shown_with(plan, source, "\n".join(texts))
    for number, (suggestion, text) in enumerate(zip(suggestions, texts, strict=True)):
        now = together
        at = len(plan.examples) + number
        if now is None:
            now, at = _shown_with(plan, source, text), len(plan.examples)
        if now is not None:
            cases = tuple(
                before.case
                for before, after in zip(shown.cases, now.cases, strict=True)
                if not before.examples and at in after.examples
            )
            cases = tuple(case for case in cases if _is_for(suggestion, case))
            if cases:
                yield SuggestedExample(text, cases)


def _remarks(cases: Sequence[Case], wording: Wording) -> str:
    """Comments that say what an example shows, where that is more than its title says."""
    told = cases if len(cases) <= _MOST_REMARKS else cases[: _MOST_REMARKS - 1]
    said = [_says(case, wording) for case in (told if len(cases) > 1 else ())]
    if len(told) < len(cases):
        said.append(message("and {count} more", count=len(cases) - len(told)))
    return "".join(f"# {wording.say(each)}\n" for each in said)


def _says(case: Case, wording: Wording) -> Message:
    return message(
        "{clause}, {case}",
        clause=clause_said(case.clause, wording),
        case=case_said(case, wording),
    )


def _is_for(suggestion: Suggestion, case: Case) -> bool:
    return any(case is each for each in suggestion.cases)


def _shown_with(plan: Plan, source: Source, text: str) -> Coverage | None:
    """What is shown once a text is added to the contract; None if anything is found wrong with it."""
    compiled = compile_contract(Source(source.name, pasted(source, text)))
    if compiled.plan is None or len(compiled.plan.examples) <= len(plan.examples):
        return None
    start = len(source.text)
    if any(
        finding.label.span is not None and finding.label.span.start >= start
        for finding in compiled.findings
    ):
        return None
    return coverage(compiled.plan)


def pasted(source: Source, text: str) -> str:
    """A contract's text with more after it; in a literate one between fences."""
    if is_literate(source.name):
        return f"{source.text}\n\n```sib\n{text}```\n"
    return f"{source.text}\n\n{text}"


def _title(cases: Sequence[Case], wording: Wording, taken: set[str]) -> str:
    """What is particular to an example: its first case, in words that no title has yet."""
    said = wording.say(_says(cases[0], wording))
    said = " ".join(_QUOTED.sub(r"\1", said).translate(_MARKS).split())
    title = said if len(said) <= _LONGEST_TITLE else said[:_LONGEST_TITLE].rstrip() + "…"
    number = 1
    wanted = title
    while title in taken:
        number += 1
        title = f"{wanted} ({number})"
    return title


_QUOTED: Final = re.compile(r"‘([^‘]*?)’(?!\w)")
_MARKS: Final = str.maketrans(dict.fromkeys('"«»“”„'))
