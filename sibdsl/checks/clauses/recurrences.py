"""Doubts about the dates of a series statement: month ends that drift, and an end never reached.

Months count from the first date and are never moved to a month end that the first date does not
have (:func:`sibdsl.dates.recurring`). Language reference, "Terms and evaluations".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sibdsl.checks.checked import Checked, Occasion, Series
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import Diagnostic, message, warning
from sibdsl.syntax.nodes import Evaluations


def month_ends_that_drift(checked: Checked) -> Iterable[Diagnostic]:
    """A series that begins on 30 June, as at a month end, and goes on to 30 September, 30 December."""
    for statement, series in _made(checked):
        odd = _first_that_drifts(statement, series)
        if odd is not None:
            yield warning(
                "SIB408",
                statement.start.span,
                message(
                    "the series begins on the last day of a month, and ‘{name}’ is on {day}, which "
                    "is not one",
                    name=odd.name,
                    day=odd.on,
                ),
                help=message(
                    "to have month ends, begin on a 31st (as from 2024-03-31), or write each "
                    "evaluation on its own"
                ),
            )


def end_never_reached(checked: Checked) -> Iterable[Diagnostic]:
    """A series whose last evaluation comes before the end that its statement gives."""
    for statement, series in _made(checked):
        last = series.occasions[-1]
        # An end missed because month ends drift is the other doubt, said once.
        drifts = _first_that_drifts(statement, series) is not None
        if last.on < statement.end.value and not drifts:
            yield warning(
                "SIB409",
                statement.end.span,
                message(
                    "the last evaluation, ‘{name}’, is on {day}, before the end given here",
                    name=last.name,
                    day=last.on,
                ),
                help=message("write {day} as the end, or mend the first date", day=last.on),
            )


def _made(checked: Checked) -> Iterator[tuple[Evaluations, Series]]:
    for statement in statements(checked.contract, Evaluations):
        series = checked.names.series.get(statement.name.text)
        if series is not None and series.occasions:
            yield statement, series


def _first_that_drifts(statement: Evaluations, series: Series) -> Occasion | None:
    """The first evaluation off the month end that the series began on; yearly ones are meant so."""
    first, *later = series.occasions
    if statement.every_months % 12 == 0 or not _ends_its_month(first.on):
        return None
    return next((occasion for occasion in later if not _ends_its_month(occasion.on)), None)


def _ends_its_month(day: date) -> bool:
    # The very last day that a calendar has is a month end too, and has no morrow.
    return day == date.max or (day + timedelta(days=1)).day == 1
