"""What a careful reader would ask about prices that go by class or by first day, and about waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from sibdsl.checks.checked import Checked
from sibdsl.checks.clauses.cards import may_meet, never_accepted, outcomes_of, rules_of
from sibdsl.checks.statements import statements
from sibdsl.dates import add_months
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Duration, DurationUnit, ForClass, ForStarts, Outcome, RateCard

_SHORT: Final = timedelta(days=7)
"""A gap between two windows that is shorter is a slip rather than a pause."""

_MOST_PRICES: Final = 400
"""A card of more prices is the work of a machine: to hold each against each would take too long."""


def gap_between_windows(checked: Checked) -> Iterable[Diagnostic]:
    """Two periods of starts of one outcome with a few days between them, on which nobody is paid for.

    Instead: let the second begin on the day after the last day of the first.
    """
    for card in statements(checked.contract, RateCard):
        for windows in _windows(card).values():
            ordered = sorted(windows, key=lambda each: each.start.value)
            for first, second in pairwise(ordered):
                gap = second.start.value - first.end.value - timedelta(days=1)
                if timedelta(0) < gap < _SHORT:
                    yield warning(
                        "SIB562",
                        second.start.span,
                        message(
                            "who starts between {last} and {next} is paid for at no price",
                            last=first.end.value,
                            next=second.start.value,
                        ),
                        others=(Label(first.end.span, message("the last day before the gap")),),
                        help=message(
                            "write {day}, if no gap is meant",
                            day=first.end.value + timedelta(days=1),
                        ),
                    )


def _windows(card: RateCard) -> dict[tuple[str, tuple[str, ...]], list[ForStarts]]:
    """The periods of starts of each outcome, class by class."""
    windows: dict[tuple[str, tuple[str, ...]], list[ForStarts]] = {}
    for outcome in card.outcomes:
        classes = tuple(sorted(rule.text.text for rule in rules_of(outcome, ForClass)))
        for window in rules_of(outcome, ForStarts):
            windows.setdefault((outcome.name.text, classes), []).append(window)
    return windows


def window_beyond_term(checked: Checked) -> Iterable[Diagnostic]:
    """A period of starts that ends after the contract: often a slip of the year."""
    term = next(statements(checked.contract, nodes.Term), None)
    if term is None:
        return
    for _, outcome in outcomes_of(checked):
        for window in rules_of(outcome, ForStarts):
            if window.end.value > term.end.value:
                yield warning(
                    "SIB563",
                    window.end.span,
                    message(
                        "starts until {day} are priced, and the term ends on {end}",
                        day=window.end.value,
                        end=term.end.value,
                    ),
                    others=(Label(term.span, message("the term")),),
                    help=message("end the period with the term, or mend the year"),
                )


def wait_beyond_term(checked: Checked) -> Iterable[Diagnostic]:
    """``requires … at least 60 months before`` in a shorter contract: nobody can ever wait so long."""
    term = next(statements(checked.contract, nodes.Term), None)
    if term is None:
        return
    for _, outcome in outcomes_of(checked):
        for rule in rules_of(outcome, nodes.Requires):
            if rule.before is not None and _after(term.start.value, rule.before) > term.end.value:
                yield warning(
                    "SIB564",
                    rule.before.span,
                    message(
                        "“{outcome}” could never be accepted: the term from {start} to {end} is shorter",
                        outcome=outcome.name.text,
                        start=term.start.value,
                        end=term.end.value,
                    ),
                    others=(Label(term.span, message("the term")),),
                    help=message("shorten the wait, or mend the term"),
                )


def _after(day: date, wait: Duration) -> date:
    """The day so long after another; the last of the calendar where there is none."""
    number = int(wait.number)
    try:
        if wait.unit is DurationUnit.DAYS:
            return day + timedelta(days=number)
        return add_months(day, number * (12 if wait.unit is DurationUnit.YEARS else 1))
    except (OverflowError, ValueError):
        return date.max


def price_never_paid(checked: Checked) -> Iterable[Diagnostic]:
    """A price for some participants whose required outcomes are priced for none of them.

    Or require it in turn. For other participants the outcome is open, so the circle of it all is none.
    """
    for card in statements(checked.contract, RateCard):
        if len(card.outcomes) > _MOST_PRICES:
            continue
        every = frozenset(outcome.name.text for outcome in card.outcomes)
        stuck = never_accepted(card.outcomes, every)
        for outcome in card.outcomes:
            if outcome.name.text not in stuck and _is_for_some(outcome):
                together = [each for each in card.outcomes if may_meet(each, outcome)]
                if outcome.name.text in never_accepted(together, every):
                    yield _never_paid(outcome)


def _is_for_some(outcome: Outcome) -> bool:
    kinds = {type(rule) for rule in outcome.rules}
    return nodes.Requires in kinds and not kinds.isdisjoint({ForClass, ForStarts})


def _never_paid(outcome: Outcome) -> Diagnostic:
    return warning(
        "SIB565",
        outcome.span,
        message(
            "“{outcome}” could never be accepted at this price: for the same participants what it "
            "requires has no price, or requires it in turn",
            outcome=outcome.name.text,
        ),
        others=_required(outcome),
        help=message("price what it requires for the same class and the same starts"),
    )


def _required(outcome: Outcome) -> tuple[Label, ...]:
    return tuple(
        Label(rule.span, message("what it requires")) for rule in rules_of(outcome, nodes.Requires)
    )
