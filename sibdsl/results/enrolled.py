"""Rows of participants → who they are: their class and the day they started."""

from collections.abc import Mapping

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.frozen import frozen
from sibdsl.results.findings import Findings
from sibdsl.results.lookup import Lookup, advice_on
from sibdsl.results.reported import Participant
from sibdsl.results.rows import Row, Table
from sibdsl.results.values import read_date, read_text


@frozen
class Enrolled:
    """A participant and the row that speaks of them."""

    participant: Participant
    place: Label


@frozen
class Enrolment:
    """The participants by name, in the order of the rows.

    ``unread`` are those whose row was refused, and not ``whole`` says that others may have been: of
    them nothing more is said, since their one mistake is.
    """

    participants: Mapping[str, Participant]
    unread: frozenset[str]
    whole: bool

    def may_hold(self, name: str) -> bool:
        """Whether a participant that is not known may stand in a row that was refused."""
        return not self.whole or name in self.unread


def read_enrolled(lookup: Lookup, table: Table, findings: Findings) -> Enrolment:
    """Read the rows of participants."""
    enrolled: dict[str, Enrolled] = {}
    unread: set[str] = set()
    whole = True
    for row in table.rows:
        if isinstance(row, Diagnostic):
            findings.add(row)
            whole = False
            continue
        one = _read(row)
        if isinstance(one, Diagnostic):
            findings.add(one)
            name = read_text(row, "participant")
            unread.update((name,) if isinstance(name, str) else ())
            continue
        findings.extend(_unknown_class(lookup, row, one))
        first = enrolled.get(one.name)
        if first is None:
            enrolled[one.name] = Enrolled(one, row.label("participant"))
        else:
            text = message("the participant ‘{name}’ is listed twice", name=one.name)
            place = row.label("participant")
            findings.add(Diagnostic("SIB641", Severity.ERROR, text, place, (first.place,)))
    participants = {name: one.participant for name, one in enrolled.items()}
    return Enrolment(participants, frozenset(unread), whole)


def _read(row: Row) -> Participant | Diagnostic:
    name = read_text(row, "participant")
    class_ = read_text(row, "class")
    started_on = read_date(row, "started on") if row.value("started on") is not None else None
    for part in (name, class_, started_on):
        if isinstance(part, Diagnostic):
            return part
    assert not isinstance(name, Diagnostic)
    assert not isinstance(class_, Diagnostic)
    assert not isinstance(started_on, Diagnostic)
    if not name:
        text = message("row {row} names no participant", row=row.number)
        return row.refuse("SIB640", "participant", text)
    return Participant(name, class_, started_on)


def _unknown_class(lookup: Lookup, row: Row, one: Participant) -> list[Diagnostic]:
    """A class that no tariff knows earns nothing: more often a slip than an intention."""
    if not one.class_ or not lookup.classes or one.class_ in lookup.classes:
        return []
    text = message("no outcome of the contract is for the class ‘{name}’", name=one.class_)
    listed = message("its classes are: {names}", names=lookup.classes)
    advice = advice_on(one.class_, lookup.classes, listed)
    return [Diagnostic("SIB642", Severity.WARNING, text, row.label("class"), (), advice)]
