"""What worked examples show, as JSON by ``coverage.schema.json``."""

import json
from typing import Any

from sibdsl.coverage.cases import Case
from sibdsl.documents.cases_text import case_said, clause_said
from sibdsl.documents.coverage_text import CoverageReport
from sibdsl.documents.wording import Wording
from sibdsl.plan.terms import Plan
from sibdsl.source import Source, Span


def coverage_json(report: CoverageReport, plan: Plan, source: Source | None) -> str:
    """Every case with the examples that show it, and the suggestions; ends with a line end."""
    wording = Wording(plan, source)
    cases = report.coverage.cases
    number = {id(shown.case): place for place, shown in enumerate(cases)}
    suggested = {id(case) for each in report.suggestions for case in each.cases}
    data = {
        "format": "sibdsl-coverage",
        "version": 1,
        "language": plan.language,
        "reached": report.coverage.shown,
        "cases": [
            {
                **_case(shown.case, wording),
                "examples": [plan.examples[at].title for at in shown.examples],
                "found": bool(shown.examples) or id(shown.case) in suggested,
            }
            for shown in cases
        ],
        "suggestions": [
            {"text": each.text, "reaches": [number[id(case)] for case in each.cases]}
            for each in report.suggestions
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _case(case: Case, wording: Wording) -> dict[str, Any]:
    return {
        "kind": case.kind.value,
        "clause": wording.say(clause_said(case.clause, wording)),
        "says": wording.say(case_said(case, wording)),
        "place": _place(case.place, wording.source),
    }


def _place(place: Span | None, source: Source | None) -> dict[str, Any] | None:
    if place is None:
        return None
    if source is None:
        return {"file": None, "line": None, "start": place.start, "end": place.end}
    file, start = source.in_file(place.start)
    line = file.position(start).line
    return {"file": file.name, "line": line, "start": start, "end": start + place.end - place.start}
