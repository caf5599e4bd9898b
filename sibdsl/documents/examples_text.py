"""Worked examples and what became of them, as text and as JSON."""

import json
from collections.abc import Iterator
from typing import Any

from sibdsl.diagnostics import message
from sibdsl.documents.findings_json import finding_json
from sibdsl.documents.findings_text import Paint, Sources, full_text
from sibdsl.documents.values_json import quantity_json
from sibdsl.evaluate.examples import ExampleOutcome, Met
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.units import Quantity


def examples_text(
    outcomes: tuple[ExampleOutcome, ...], sources: Sources, language: Language, paint: Paint
) -> str:
    """One line for each example, and under one that does not hold the findings."""
    return "".join(_lines(outcomes, sources, language, paint))


def _lines(
    outcomes: tuple[ExampleOutcome, ...], sources: Sources, language: Language, paint: Paint
) -> Iterator[str]:
    for outcome in outcomes:
        text = (
            message("holds: {title} ({count} expected)")
            if outcome.holds
            else message("does not hold: {title} ({count} expected)")
        )
        title, count = outcome.example.title, len(outcome.expectations)
        yield say(message(text.template, title=title, count=count), language) + "\n"
        if not outcome.holds:
            yield "\n" + full_text(outcome.findings, sources, language, paint) + "\n"


def examples_json(
    outcomes: tuple[ExampleOutcome, ...], sources: Sources, language: Language
) -> str:
    """What became of each example and of each of its expectations, ending with a line end."""
    data = {
        "format": "sibdsl-examples",
        "version": 1,
        "language": language,
        "examples": [
            {
                "title": outcome.example.title,
                "holds": outcome.holds,
                "expectations": [_met(met) for met in outcome.expectations],
                "findings": [finding_json(one, sources, language) for one in outcome.findings],
            }
            for outcome in outcomes
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _met(met: Met) -> dict[str, Any]:
    expected = Quantity(met.expectation.value, met.expectation.unit)
    return {
        "subject": met.expectation.subject,
        "expected": quantity_json(expected),
        "found": quantity_json(met.found),
        "holds": met.finding is None,
    }
