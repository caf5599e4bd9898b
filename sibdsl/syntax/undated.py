"""Payments that do not say when they are due, with what to write: in the contract's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sibdsl.diagnostics import Diagnostic, Message, error, message
from sibdsl.syntax.nodes import Evaluation, Name, Payment, Statement, Term


def without_due_date(undated: Sequence[Name], read: Sequence[Statement]) -> Iterator[Diagnostic]:
    """A finding for each payment without ``due``; ``read`` are the statements of the contract."""
    if not undated:
        return
    repeated = {
        one.name.span for one in read if isinstance(one, Payment) and one.occurrence is not None
    }
    for name in undated:
        cure = _after_evaluation() if name.span in repeated else _once(read)
        text = message("the payment ‘{name}’ does not say when it is due", name=name.text)
        yield error("SIB030", name.span, text, help=cure)


def _after_evaluation() -> Message:
    return message("add ‘due 60 days after evaluation’, with the number of days that was agreed")


def _once(read: Sequence[Statement]) -> Message:
    """For a payment made once: after the last evaluation of the contract, or on its last day."""
    evaluations = [one for one in read if isinstance(one, Evaluation)]
    term = next((one for one in read if isinstance(one, Term)), None)
    last = max(evaluations, key=lambda one: one.on.value, default=None)
    if last is not None and term is not None:
        return message(
            "add ‘due 60 days after {evaluation}’ or ‘due {day}’, as was agreed",
            evaluation=last.name.text,
            day=term.end.value,
        )
    if last is not None:
        return message(
            "add ‘due 60 days after {evaluation}’, with the number of days that was agreed",
            evaluation=last.name.text,
        )
    if term is not None:
        return message("add ‘due {day}’, with the day that was agreed", day=term.end.value)
    return message("add ‘due 2021-06-30’ or ‘due 60 days after evaluation’")
