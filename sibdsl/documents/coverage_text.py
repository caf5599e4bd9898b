"""Which cases no worked example shows, and examples that would show them, as text."""

from collections.abc import Iterator

from sibdsl.coverage.cases import Case, Coverage
from sibdsl.diagnostics import message
from sibdsl.documents.cases_text import case_said, clause_said
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan
from sibdsl.source import Source


@frozen
class SuggestedExample:
    """The text of a worked example, checked in its contract, and the cases that it shows."""

    text: str
    cases: tuple[Case, ...]


@frozen
class CoverageReport:
    """What the worked examples show, examples that would show more, and what none was found for."""

    coverage: Coverage
    suggestions: tuple[SuggestedExample, ...]
    unreached: tuple[Case, ...]


def coverage_text(report: CoverageReport, plan: Plan, source: Source | None) -> str:
    """The count, what is not shown by clause, the suggestions; ends with a line end."""
    return "\n".join(_lines(report, Wording(plan, source))) + "\n"


def _lines(report: CoverageReport, wording: Wording) -> Iterator[str]:
    coverage = report.coverage
    yield wording.say(
        message(
            "Reached: {shown} of {all}",
            shown=coverage.shown,
            all=len(coverage.cases),
        )
    )
    if not coverage.missing:
        return
    yield ""
    yield wording.say(message("No worked example shows:"))
    yield from _by_clause(coverage.missing, wording)
    if report.suggestions:
        yield ""
        yield wording.say(message("Worked examples that would, to be read and pasted:"))
        for suggestion in report.suggestions:
            yield ""
            yield suggestion.text.rstrip("\n")
    if report.unreached:
        yield ""
        yield wording.say(
            message("No results were found that reach these, which may be unreachable:")
        )
        yield from _by_clause(report.unreached, wording)


def _by_clause(cases: tuple[Case, ...], wording: Wording) -> Iterator[str]:
    before = None
    for case in cases:
        if case.clause != before:
            before = case.clause
            name = clause_said(case.clause, wording)
            if case.clause.place is not None:
                name = wording.with_line(name, case.clause.place)
            yield f"  {wording.say(name)}"
        said = case_said(case, wording)
        if case.place is not None and _is_elsewhere(case, wording):
            said = wording.with_line(said, case.place)
        yield f"    {wording.say(said)}"


def _is_elsewhere(case: Case, wording: Wording) -> bool:
    """Whether a case stands on another line than its clause begins on."""
    if case.place is None or case.clause.place is None:
        return True
    return wording.line(case.place) != wording.line(case.clause.place)
