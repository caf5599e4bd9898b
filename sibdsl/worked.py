"""Worked examples written for a contract: suggested ones, and the present answers of its own.

What is suggested or changed is read and checked as the contract's own text before anyone sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import unified_diff
from fractions import Fraction
from typing import Final

from attrs import evolve

from sibdsl.assembly.library import files_of
from sibdsl.assembly.places import in_files
from sibdsl.coverage.cases import Case, Coverage
from sibdsl.coverage.choosing import Suggestion
from sibdsl.coverage.reached import coverage
from sibdsl.coverage.search import MOST_WORK, search
from sibdsl.diagnostics import Diagnostic, Message, error, message
from sibdsl.documents.cases_text import case_said, clause_said
from sibdsl.documents.coverage_text import CoverageReport, SuggestedExample
from sibdsl.documents.example_source import example_source, written_like
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.examples import ExampleOutcome, Met
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.plan.terms import Plan
from sibdsl.source import Source, Span
from sibdsl.syntax import nodes
from sibdsl.syntax.literate import contract_text, is_literate
from sibdsl.syntax.parse import parse

_LONGEST_TITLE: Final = 100
_MOST_REMARKS: Final = 6


def coverage_report(plan: Plan, source: Source | None, work: int = MOST_WORK) -> CoverageReport:
    """What the worked examples show, and examples that show more; ``work`` bounds the search.

    Nothing is suggested for a plan without its text: it could not be tried there.
    """
    shown = coverage(plan)
    if source is None or not shown.missing:
        return CoverageReport(shown, (), ())
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
    own = source.files[""]
    compiled = compile_contract(Source(own.name, pasted(own, text)), files_of(source))
    if compiled.plan is None or len(compiled.plan.examples) <= len(plan.examples):
        return None
    places = [each.label.span for each in compiled.findings if not each.label.file]
    if any(place is not None and place.start >= len(own.text) for place in places):
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


# ------------------------------------------------------------------------------ present answers


@frozen
class Accepted:
    """A contract's text with present answers in it.

    ``changed`` counts the answers written; ``findings`` say which could not be, and why.
    """

    text: str
    changed: int
    findings: tuple[Diagnostic, ...]


def accepted(source: Source, outcomes: Iterable[ExampleOutcome], language: Language) -> Accepted:
    """The text with what the contract comes to in each ``expect`` line that does not hold.

    Only the values change, and only those in the contract's own file, not in one that it uses. Nothing
    does where the new text would not be the same contract, with these lines holding.
    """
    own = source.files[""]
    wrong = {
        met.expectation.place: met
        for outcome in outcomes
        for met in outcome.expectations
        if met.finding is not None
    }
    values = _value_places(own, {place: _in_own_file(source, place) for place in wrong})
    edits: dict[Span, str] = {}
    findings: list[Diagnostic] = []
    for place, met in wrong.items():
        value = _present(met)
        if value is None:
            assert met.finding is not None
            findings.append(met.finding)
        elif place not in values or _holds_more(own, values[place]):
            findings.append(_not_written(place))
        else:
            before, unit = own.words(values[place]), met.expectation.unit
            edits[values[place]] = written_like(value, unit, language, before)
    text = _edited(own.text, edits)
    if edits and not _is_same_but(source, text, len(findings)):
        refused = in_files((_not_written(place) for place in wrong), source)
        return Accepted(own.text, 0, refused)
    return Accepted(text, len(edits), in_files(findings, source))


def _in_own_file(source: Source, place: Span) -> Span | None:
    """Where a place is in the contract's own file; None for one in a file that it uses."""
    file, start = source.in_file(place.start)
    is_own = file is source.files[""]
    return Span(start, start + place.end - place.start) if is_own else None


def _value_places(own: Source, wrong: Mapping[Span, Span | None]) -> dict[Span, Span]:
    """Where the value of each ``expect`` line is written, by the place of the line in the whole."""
    contract = parse(own).contract
    assert contract is not None
    values = {
        line.span: line.value.span
        for statement in contract.statements
        if isinstance(statement, nodes.Example)
        for line in statement.lines
        if isinstance(line, nodes.Expect)
    }
    return {place: values[at] for place, at in wrong.items() if at in values}


def _present(met: Met) -> Fraction | bool | None:
    """What the contract comes to; None where there is no value."""
    if met.found is None:
        return None
    value = met.found.value
    return Fraction(value.toordinal()) if isinstance(value, date) else value


def _holds_more(source: Source, place: Span) -> bool:
    """Whether a comment, or the prose of a literate contract, stands within a value."""
    if "#" in source.words(place):
        return True
    return is_literate(source.name) and (
        contract_text(source.text)[place.start : place.end] != source.words(place)
    )


def _not_written(place: Span) -> Diagnostic:
    return error(
        "SIB731",
        place,
        message("the present answer cannot be written here without changing more than its value"),
        help=message("write the value on one line, without a comment in it, then accept again"),
    )


def _edited(text: str, edits: dict[Span, str]) -> str:
    for place in sorted(edits, reverse=True):
        text = text[: place.start] + edits[place] + text[place.end :]
    return text


def _is_same_but(source: Source, text: str, left: int) -> bool:
    """Whether the new text is the old contract, of which only so many expectations do not hold."""
    own, fetch = source.files[""], files_of(source)
    before, after = (compile_contract(each, fetch) for each in (own, Source(own.name, text)))
    if before.plan is None or after.plan is None:
        return False
    others = [each for each in before.findings if each.code not in _OF_EXAMPLES]
    found = [each for each in after.findings if each.code not in _OF_EXAMPLES]
    wrong = [each for each in after.findings if each.code in _OF_EXAMPLES]
    return (
        len(wrong) <= left
        and [each.code for each in found] == [each.code for each in others]
        and _without_values(before.plan) == _without_values(after.plan)
    )


_OF_EXAMPLES: Final = frozenset({"SIB720", "SIB721", "SIB722"})


def _without_values(plan: Plan) -> Plan:
    """The plan with nothing said of the values that its examples expect."""
    return evolve(
        plan,
        examples=tuple(
            evolve(
                example,
                expectations=tuple(evolve(each, value=False) for each in example.expectations),
            )
            for example in plan.examples
        ),
    )


def difference(before: Source, after: str) -> str:
    """The lines that changed, as ``diff -U0`` shows them; empty where none did."""
    old, new = ([line.rstrip("\r") for line in text.split("\n")] for text in (before.text, after))
    lines = unified_diff(old, new, before.name, before.name, n=0, lineterm="")
    return "".join(f"{line}\n" for line in lines)
