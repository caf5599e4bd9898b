"""Dates: the term, the evaluations, periods, and due dates that the text gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.displaced import NONE_AT_HAND
from sibdsl.checks.settlement.schedule import due_date, occasions_of, payments_of
from sibdsl.checks.statements import parts, statements
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Date, Node
from sibdsl.units import DAYS, MONTHS, Quantity


def term_ends_before_it_starts(checked: Checked) -> Iterable[Diagnostic]:
    """A term whose last day lies before its first."""
    for term in statements(checked.contract, nodes.Term):
        if term.end.value < term.start.value:
            yield error(
                "SIB401",
                term.span,
                message(
                    "the term ends on {end}, before it starts on {start}",
                    end=term.end.value,
                    start=term.start.value,
                ),
                help=message(
                    "write the first day first: term from {start} to {end}",
                    start=term.end.value,
                    end=term.start.value,
                ),
            )


def date_outside_term(checked: Checked) -> Iterable[Diagnostic]:
    """An evaluation, a funding or a claim outside the term, or a due date before it begins."""
    term = next(statements(checked.contract, nodes.Term), None)
    if term is None or term.end.value < term.start.value:
        return
    for what, day, place in (*_dated(checked), *_due_before(checked, term)):
        if not term.start.value <= day <= term.end.value:
            yield error(
                "SIB402",
                place,
                message(
                    "{what} is on {day}, outside the term from {start} to {end}",
                    what=what,
                    day=day,
                    start=term.start.value,
                    end=term.end.value,
                ),
                others=(Label(term.span, message("the term")),),
                help=message("mend the date, or let the term cover it"),
            )


def _dated(checked: Checked) -> Iterator[tuple[Message, date, Span]]:
    for statement in checked.contract.statements:
        match statement:
            case nodes.Evaluation():
                yield (
                    message("‘{name}’", name=statement.name.text),
                    statement.on.value,
                    statement.on.span,
                )
            case nodes.Evaluations():
                yield from _ends_of_series(checked, statement)
            case nodes.Funding():
                investor = statement.investor.text
                what = message("the funding by ‘{investor}’", investor=investor)
                yield what, statement.on.value, statement.on.span
            case nodes.Example():
                for line in statement.lines:
                    if isinstance(line, nodes.GivenClaim):
                        who = line.participant.text
                        what = message("the claim for participant ‘{participant}’", participant=who)
                        yield what, line.on.value, line.on.span
            case _:
                pass


def _ends_of_series(
    checked: Checked, statement: nodes.Evaluations
) -> Iterator[tuple[Message, date, Span]]:
    series = checked.names.series.get(statement.name.text)
    if series is not None and series.occasions:
        first, last = series.occasions[0], series.occasions[-1]
        yield message("‘{name}’", name=first.name), first.on, statement.start.span
        if last != first:
            yield message("‘{name}’", name=last.name), last.on, statement.end.span


def _due_before(checked: Checked, term: nodes.Term) -> Iterator[tuple[Message, date, Span]]:
    """Due dates may lie after the term, not before it."""
    for payment in payments_of(checked):
        if isinstance(payment.due, nodes.DueOn) and payment.due.on.value < term.start.value:
            what = message("the due date of ‘{payment}’", payment=payment.name.text)
            yield what, payment.due.on.value, payment.due.on.span


def period_ends_before_it_starts(checked: Checked) -> Iterable[Diagnostic]:
    """A period of a cap, of starts or of interest whose last day lies before its first."""
    for start, end, place in _periods(checked):
        if end.value < start.value:
            yield error(
                "SIB403",
                place,
                message(
                    "the period ends on {end}, before it starts on {start}",
                    end=end.value,
                    start=start.value,
                ),
                help=message(
                    "write the first day first: from {start} to {end}",
                    start=end.value,
                    end=start.value,
                ),
            )


def _periods(checked: Checked) -> Iterator[tuple[Date, Date, Span]]:
    for part in parts(checked.contract, Node):
        match part:
            case nodes.Within() | nodes.ForStarts():
                yield part.start, part.end, part.span
            case nodes.Interest(start=Date() as start, end=Date() as end):
                yield start, end, start.span.to(end.span)
            case _:
                pass


def evaluation_never_used(checked: Checked) -> Iterable[Diagnostic]:
    """An evaluation at which nothing is measured, claimed, paid or due: something was forgotten."""
    used = _used_evaluations(checked)
    for statement in checked.contract.statements:
        match statement:
            case nodes.Evaluation():
                occasion = checked.names.occasions.get(statement.name.text)
                made = (
                    {statement.name.text} if occasion is None else {occasion.name, occasion.series}
                )
            case nodes.Evaluations():
                series = checked.names.series.get(statement.name.text)
                occasions = () if series is None else series.occasions
                made = {statement.name.text, *(occasion.name for occasion in occasions)}
            case _:
                continue
        if used.isdisjoint(made):
            yield error(
                "SIB404",
                statement.name.span,
                message("nothing is measured, paid or due at ‘{name}’", name=statement.name.text),
                help=message(
                    "say which measure is established then (measure … at {name}), or delete the "
                    "evaluation",
                    name=statement.name.text,
                ),
            )


def _used_evaluations(checked: Checked) -> frozenset[str]:
    """The series and evaluations that anything outside the worked examples speaks of."""
    used = {home for home in checked.homes.values() if isinstance(home, str)}
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.Example):
            continue
        for part in parts(statement, Node):
            match part:
                case nodes.AtEach():
                    named = checked.names.series if part.series is None else (part.series.text,)
                    used.update(named)
                case nodes.AtEvaluation():
                    used.add(part.evaluation.text)
                case nodes.DueAfter() | nodes.Accepted() if part.evaluation is not None:
                    used.add(part.evaluation.text)
                case _:
                    pass
    return frozenset(used)


def due_without_evaluation(checked: Checked) -> Iterable[Diagnostic]:
    """A payment made once that is due some time *after evaluation*: after which one?"""
    told = {one.label.span for one in checked.findings if one.code == NONE_AT_HAND}
    for payment in payments_of(checked):
        due = payment.due
        if (
            isinstance(due, nodes.DueAfter)
            and due.evaluation is None
            and payment.occurrence is None
            and payment.name.span not in told  # that it is made once was said already
        ):
            yield error(
                "SIB405",
                due.span,
                message(
                    "‘{payment}’ is made once: there is no evaluation at hand to count from",
                    payment=payment.name.text,
                ),
                help=_counted_from(payment, due, checked),
            )


def _counted_from(payment: nodes.Payment, due: nodes.DueAfter, checked: Checked) -> Message:
    """What to write: the same time after the last evaluation, or the payment made at a series."""
    last = max(checked.names.occasions.values(), key=lambda one: one.on, default=None)
    if last is None:
        return message("declare an evaluation, and name it here")
    at = message("at {evaluation}", evaluation=last.name)
    if len(checked.names.series[last.series].occasions) > 1:
        at = message("at each {series}", series=last.series)
    cure = message(
        "name the evaluation (due {time} after {evaluation}), or make the payment at one "
        "(payment {payment} {at})"
    )
    if due.duration is None:
        cure = message(
            "name the evaluation (due at {evaluation}), or make the payment at one "
            "(payment {payment} {at})"
        )
    return message(
        cure.template,
        time=_said_time(due.duration),
        evaluation=last.name,
        payment=payment.name.text,
        at=at,
    )


def _said_time(time: nodes.Duration | None) -> Quantity | str:
    if time is None:
        return ""
    if time.unit is nodes.DurationUnit.DAYS:
        return Quantity(time.number, DAYS)
    months = 12 if time.unit is nodes.DurationUnit.YEARS else 1
    return Quantity(time.number * months, MONTHS)


def due_beyond_calendars(checked: Checked) -> Iterable[Diagnostic]:
    """A due date that no calendar has: after the year 9999, or two and a half months later."""
    for payment in payments_of(checked):
        due = payment.due
        starts = (
            checked.names.occasions.get(due.evaluation.text)
            if isinstance(due, nodes.DueAfter) and due.evaluation is not None
            else occasion
            for occasion in occasions_of(checked, payment)
        )
        if any(
            start is not None and due_date(due, start, checked.names) is None for start in starts
        ):
            yield error(
                "SIB406",
                due.span,
                message("no calendar has the due date of ‘{payment}’", payment=payment.name.text),
                help=message("write a whole number of days, months or years, and a smaller one"),
            )
