"""Rows of results → values in force, cancelled evaluations, closed rate cards.

Of several rows for one value the last reported is in force, and each must be allowed to follow the
one before: anything may follow a provisional or a disputed value; a final one is followed only by a
row marked as a correction or as disputed. So the order of the rows in the file never matters.
"""

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

from attrs import define, field

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Measure, Plan
from sibdsl.results.findings import Findings
from sibdsl.results.lookup import (
    EVALUATION_WORDS,
    Lookup,
    advice_on,
    find_evaluation,
    name_in,
    some_of,
)
from sibdsl.results.reported import Reported, Status
from sibdsl.results.rows import Row, Table
from sibdsl.results.values import WITHOUT_VALUE, read_date, read_text, read_value
from sibdsl.units import Kind

Key = tuple[int, int | None]
"""A measure and its evaluation."""


class Mark(Enum):
    """What the status column says; a correction makes a value final again."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    DISPUTED = "disputed"
    NOT_AVAILABLE = "not available"
    CORRECTION = "correction"


MARKS: Final = {
    "": Mark.FINAL,
    "final": Mark.FINAL,
    "définitif": Mark.FINAL,
    "définitive": Mark.FINAL,
    "provisional": Mark.PROVISIONAL,
    "provisoire": Mark.PROVISIONAL,
    "disputed": Mark.DISPUTED,
    "contesté": Mark.DISPUTED,
    "contestée": Mark.DISPUTED,
    "not available": Mark.NOT_AVAILABLE,
    "non disponible": Mark.NOT_AVAILABLE,
    "correction": Mark.CORRECTION,
}
_STATUS: Final = {
    Mark.FINAL: Status.FINAL,
    Mark.CORRECTION: Status.FINAL,
    Mark.PROVISIONAL: Status.PROVISIONAL,
    Mark.DISPUTED: Status.DISPUTED,
    Mark.NOT_AVAILABLE: Status.NOT_AVAILABLE,
}
_MAY_BE_FOLLOWED: Final = frozenset({Mark.PROVISIONAL, Mark.DISPUTED})
_MAY_FOLLOW: Final = frozenset({Mark.CORRECTION, Mark.DISPUTED})
_CANCELLED: Final = frozenset({"cancelled", "canceled", "annulé", "annulée"})
_COMPLETE: Final = frozenset({"complete", "complet", "complète"})


@frozen
class Entry:
    """A row that was understood, with its place."""

    reported: Reported
    mark: Mark
    place: Label


@define
class Measured:
    """What the rows of results come to, while they are read.

    ``entries`` by key and by the day they were reported; ``closed`` with the day of the closing.
    ``not_yet`` counts the rows without a day that cannot have been known on the day ``as_of``.
    """

    as_of: date | None = None

    entries: dict[Key, dict[date | None, Entry]] = field(factory=dict)
    cancelled: dict[int, Label] = field(factory=dict)
    closed: dict[tuple[int, int], tuple[date | None, Label]] = field(factory=dict)
    undated: int = 0
    not_yet: int = 0

    def cannot_know(self, day: date | None, happened: date) -> bool:
        """Whether a row without a day speaks of what came after the day that is asked for."""
        if day is not None or self.as_of is None or happened <= self.as_of:
            return False
        self.undated -= 1
        self.not_yet += 1
        return True


def read_measured(
    plan: Plan, lookup: Lookup, table: Table, as_of: date | None, findings: Findings
) -> Measured:
    """Read the rows of results; what was reported after ``as_of`` is as if it were not there."""
    measured = Measured(as_of)
    for row in table.rows:
        if isinstance(row, Diagnostic):
            findings.add(row)
            continue
        day = reported_on(row, plan)
        if isinstance(day, Diagnostic):
            findings.add(day)
        elif as_of is None or day is None or day <= as_of:
            measured.undated += day is None
            findings.extend(_take(plan, lookup, row, day, measured))
    return measured


def in_force(measured: Measured, findings: Findings) -> dict[Key, Reported]:
    """The last reported value under each key, where the rows may follow one another."""
    values: dict[Key, Reported] = {}
    for key in sorted(measured.entries, key=lambda key: (key[0], -1 if key[1] is None else key[1])):
        by_day = measured.entries[key]
        first, *later = (by_day[day] for day in sorted(by_day, key=lambda day: day or date.min))
        if first.mark is Mark.CORRECTION:
            text = message("this row corrects nothing: no earlier value was reported")
            findings.add(Diagnostic("SIB626", Severity.ERROR, text, first.place))
        last = first
        for entry in later:
            if last.mark not in _MAY_BE_FOLLOWED and entry.mark not in _MAY_FOLLOW:
                findings.add(_double(entry.place, last.place))
            last = entry
        values[key] = last.reported
    return values


def reported_on(row: Row, plan: Plan) -> date | Diagnostic | None:
    """The day a row was reported; None where it does not say. Not before the contract's term."""
    if row.value("reported on") is None:
        return None
    day = read_date(row, "reported on")
    if isinstance(day, date) and day < plan.start:
        text = message(
            "{day} is before the term of the contract, which begins on {start}",
            day=day,
            start=plan.start,
        )
        return row.refuse("SIB625", "reported on", text)
    return day


# ------------------------------------------------------------------------------------------- rows


def _take(
    plan: Plan, lookup: Lookup, row: Row, day: date | None, measured: Measured
) -> list[Diagnostic]:
    name = name_in(row, "measure")
    if isinstance(name, Diagnostic):
        return [name]
    if name.casefold() in EVALUATION_WORDS:
        return _cancel(plan, lookup, row, measured)
    if name in lookup.cards:
        return _close(plan, lookup, row, day, lookup.cards[name], measured)
    if name in lookup.measures:
        return _report(plan, lookup, row, day, lookup.measures[name], measured)
    if not name:
        return [
            row.refuse("SIB610", "measure", message("row {row} names no measure", row=row.number))
        ]
    known = (*lookup.measures, *lookup.cards)
    listed = message("the contract has: {names}", names=some_of(known)) if known else None
    text = message("there is no measure ‘{name}’ in the contract", name=name)
    return [row.refuse("SIB610", "measure", text, help=advice_on(name, known, listed))]


def _report(
    plan: Plan, lookup: Lookup, row: Row, day: date | None, at: int, measured: Measured
) -> list[Diagnostic]:
    """One reported value: each cell is looked at, so that all of its mistakes are found at once."""
    measure = plan.measures[at]
    evaluation = _evaluation(plan, lookup, row, measure)
    mark = _mark(row)
    value = mark if isinstance(mark, Diagnostic) else _value(plan, row, measure, mark)
    reporter = _reporter(lookup, row, measure)
    evidence = read_text(row, "evidence")
    wrong = [
        part
        for part in (evaluation, mark, value, reporter, evidence)
        if isinstance(part, Diagnostic)
    ]
    if wrong:
        return list(dict.fromkeys(wrong))
    assert not isinstance(evaluation, Diagnostic)
    assert not isinstance(mark, Diagnostic)
    assert not isinstance(value, Diagnostic)
    assert not isinstance(reporter, Diagnostic)
    assert not isinstance(evidence, Diagnostic)
    on = None if evaluation is None else plan.evaluations[evaluation].on
    if on is not None and measured.cannot_know(day, on):
        return []
    reported = Reported(value, _STATUS[mark], reporter, day, evidence)
    entry = Entry(reported, mark, row.label("value"))
    kept = _keep(measured.entries.setdefault((at, evaluation), {}), day, entry)
    return [*kept, *too_early(row, day, on)]


def too_early(row: Row, day: date | None, happened: date | None) -> list[Diagnostic]:
    """A report that is older than what it reports: one of the two days is a slip."""
    if day is None or happened is None or day >= happened:
        return []
    text = message("reported on {day}, before what it reports, on {on}", day=day, on=happened)
    place = row.label("reported on")
    return [Diagnostic("SIB663", Severity.WARNING, text, place, (), WHICH_DAY)]


WHICH_DAY: Final = message("correct whichever day is wrong")
"""What to do about two days that cannot stand in that order."""


def _keep(by_day: dict[date | None, Entry], day: date | None, entry: Entry) -> list[Diagnostic]:
    """Two rows for one value must be reported on two days, else nobody knows which is the later."""
    same = by_day.get(day)
    if same is None and by_day and (day is None or None in by_day):
        same = next(iter(by_day.values()))
    if same is not None:
        return [_double(entry.place, same.place)]
    by_day[day] = entry
    return []


def _double(place: Label, first: Label) -> Diagnostic:
    text = message("this value was already reported")
    advice = message(
        "if it corrects the other, give it the status ‘correction’ and a later day under"
        " ‘reported on’"
    )
    return Diagnostic("SIB622", Severity.ERROR, text, place, (first,), advice)


def _evaluation(plan: Plan, lookup: Lookup, row: Row, measure: Measure) -> int | Diagnostic | None:
    if measure.evaluations is not None:
        return find_evaluation(row, lookup, measure.evaluations, measure.name, plan)
    if row.value("evaluation") is None:
        return None
    text = message("‘{name}’ is reported once, at no evaluation", name=measure.name)
    return row.refuse("SIB613", "evaluation", text, help=message("leave the cell empty"))


def _mark(row: Row) -> Mark | Diagnostic:
    written = read_text(row, "status")
    if isinstance(written, Diagnostic):
        return written
    mark = MARKS.get(written.casefold())
    if mark is not None:
        return mark
    text = message("there is no status ‘{name}’", name=written)
    french = ("définitif", "provisoire", "contesté", "non disponible", "correction")
    words = french if row.language == "fr" else tuple(mark.value for mark in Mark)
    listed = message("a status is one of: {words}", words=words)
    return row.refuse("SIB621", "status", text, help=listed)


def _value(
    plan: Plan, row: Row, measure: Measure, mark: Mark
) -> Fraction | bool | Diagnostic | None:
    is_empty = row.value("value") is None
    if mark is Mark.NOT_AVAILABLE:
        if is_empty:
            return None
        text = message("a value that is not available leaves its cell empty")
        return row.refuse("SIB614", "value", text)
    if is_empty:
        text = message("‘{name}’ has no value in row {row}", name=measure.name, row=row.number)
        return row.refuse("SIB614", "value", text, help=WITHOUT_VALUE)
    value = read_value(row, "value", measure.unit)
    if measure.unit.kind is Kind.DATE and isinstance(value, Fraction):
        return _within_term(plan, row, value)
    return value


def _within_term(plan: Plan, row: Row, ordinal: Fraction) -> Fraction | Diagnostic:
    day = date.fromordinal(int(ordinal))
    if plan.start <= day <= plan.end:
        return ordinal
    text = message(
        "{day} is outside the term of the contract, {start} to {end}",
        day=day,
        start=plan.start,
        end=plan.end,
    )
    return row.refuse("SIB625", "value", text)


def _reporter(lookup: Lookup, row: Row, measure: Measure) -> str | Diagnostic:
    name = name_in(row, "reported by")
    if isinstance(name, Diagnostic) or not name:
        return name
    named = measure.reporters or tuple(sorted(set(lookup.parties.values())))
    if lookup.parties.get(name) in named:
        return lookup.parties[name]
    if measure.reporters:
        text = message(
            "‘{name}’ is reported by {parties}, not by ‘{other}’",
            name=measure.name,
            parties=measure.reporters,
            other=name,
        )
    else:
        text = message("‘{name}’ is not a party to the contract", name=name)
    otherwise = message(
        "only a report by {parties} counts: ask for one, or change the contract",
        parties=some_of(named),
    )
    return row.refuse("SIB623", "reported by", text, help=advice_on(name, named, otherwise))


# ------------------------------------------------------------------ cancelled evaluations, closings


def _cancel(plan: Plan, lookup: Lookup, row: Row, measured: Measured) -> list[Diagnostic]:
    everywhere = range(len(plan.evaluations))
    at = find_evaluation(row, lookup, everywhere, "evaluation", plan)
    if isinstance(at, Diagnostic):
        return [at]
    word = str(row.value("value") or "").casefold()
    if word not in _CANCELLED:
        text = message("an evaluation can only be cancelled, not ‘{value}’", value=word)
        return [row.refuse("SIB627", "value", text, help=message("write ‘cancelled’"))]
    if at in measured.cancelled:
        return [_double(row.label("evaluation"), measured.cancelled[at])]
    measured.cancelled[at] = row.label("evaluation")
    return []


def _close(
    plan: Plan, lookup: Lookup, row: Row, day: date | None, card: int, measured: Measured
) -> list[Diagnostic]:
    rate_card = plan.cards[card]
    at = find_evaluation(row, lookup, rate_card.evaluations, rate_card.name, plan)
    if isinstance(at, Diagnostic):
        return [at]
    if str(row.value("value") or "").casefold() not in _COMPLETE:
        text = message("‘{name}’ is a rate card: it takes claims, not a value", name=rate_card.name)
        advice = message("write ‘complete’ here when all its claims are in")
        return [row.refuse("SIB628", "value", text, help=advice)]
    mark = _mark(row)
    if isinstance(mark, Diagnostic):
        return [mark]
    if mark is not Mark.FINAL:
        text = message("a rate card is complete or it is not: it has no other status")
        return [row.refuse("SIB628", "status", text)]
    if (card, at) in measured.closed:
        return [_double(row.label("value"), measured.closed[card, at][1])]
    on = plan.evaluations[at].on
    if measured.cannot_know(day, on):
        return []
    measured.closed[card, at] = (day, row.label("value"))
    return too_early(row, day, on)
