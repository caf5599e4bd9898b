"""Rows of claims → claims, each at the evaluation and on the tariff it belongs to.

A claim is known by its participant, its outcome and its date. A second row for the same three is
refused unless it is marked: ``correction`` puts other particulars in its place, ``withdrawn`` takes it
away. Claims come out in one order whatever the order of the rows: that order never moves money.
"""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan, Tariff
from sibdsl.results.enrolled import Enrolment
from sibdsl.results.findings import Findings
from sibdsl.results.lookup import Lookup, advice_on, find_evaluation, name_in, some_of
from sibdsl.results.measured import WHICH_DAY, Measured, reported_on, too_early
from sibdsl.results.reported import Claim, Participant
from sibdsl.results.rows import Row, Table
from sibdsl.results.values import read_date, read_text


class ClaimMark(Enum):
    """What the status column of a claim says."""

    CLAIMED = "claimed"
    CORRECTION = "correction"
    WITHDRAWN = "withdrawn"


_MARKS: Final = {
    "": ClaimMark.CLAIMED,
    "claimed": ClaimMark.CLAIMED,
    "déclaré": ClaimMark.CLAIMED,
    "correction": ClaimMark.CORRECTION,
    "withdrawn": ClaimMark.WITHDRAWN,
    "retiré": ClaimMark.WITHDRAWN,
}


@frozen
class ClaimRow:
    """A row of claims that was understood. ``evaluation`` is None where it names none."""

    participant: str
    card: int
    outcome: int
    on: date
    evaluation: int | None
    reported_on: date | None
    evidence: str
    mark: ClaimMark
    place: Label
    doubts: tuple[Diagnostic, ...] = ()


NOT_ENROLLED: Final = "SIB643"
"""The code of a claim whose participant's class or first day decides and is not known."""

Key = tuple[str, int, str, date]
"""Participant, card, outcome, date."""


@frozen
class ClaimReader:
    """What the rows of claims are read against."""

    plan: Plan
    lookup: Lookup
    measured: Measured
    enrolled: Enrolment
    as_of: date | None


def read_claimed(
    reader: ClaimReader, table: Table, findings: Findings
) -> tuple[tuple[Claim, ...], int, int]:
    """The claims that stand, in the order of evaluation, date, card, outcome, participant.

    The numbers say how many rows do not tell when they were reported, and how many of such rows are
    left out, since what they claim came after the day that is asked for.
    """
    rows: dict[Key, list[ClaimRow]] = {}
    advised: set[Message | None] = set()
    undated = not_yet = 0
    for row in table.rows:
        read = row if isinstance(row, Diagnostic) else _read(reader, row)
        if isinstance(read, Diagnostic):
            if read.code != NOT_ENROLLED or read.help not in advised:  # once for each participant
                findings.add(read)
            advised.add(read.help)
        elif read is not None and read.reported_on is None and _is_later(reader, read.on):
            not_yet += 1
        elif read is not None:
            undated += read.reported_on is None
            findings.extend(read.doubts)
            outcome = reader.plan.cards[read.card].tariffs[read.outcome].outcome
            _keep(
                rows.setdefault((read.participant, read.card, outcome, read.on), []), read, findings
            )
    claims: list[Claim] = []
    for key in list(rows):
        group = rows.pop(key)
        findings.extend(_changed_too_early(group))
        standing = _standing(reader, group)
        if isinstance(standing, Diagnostic):
            findings.add(standing)
        elif standing is not None:
            claims.append(standing)
    claims.sort(key=lambda one: (one.evaluation, one.on, one.card, one.outcome, one.participant))
    return tuple(claims), undated, not_yet


def _is_later(reader: ClaimReader, day: date) -> bool:
    return reader.as_of is not None and day > reader.as_of


def _keep(group: list[ClaimRow], row: ClaimRow, findings: Findings) -> None:
    """One claim, and corrections of it on days of their own."""
    for other in group:
        same_claim = other.mark is row.mark is ClaimMark.CLAIMED
        same_day = other.mark is not ClaimMark.CLAIMED and other.reported_on == row.reported_on
        if same_claim or (same_day and row.mark is not ClaimMark.CLAIMED):
            text = message("this outcome is claimed twice for ‘{name}’", name=row.participant)
            advice = message("mark a row that corrects another ‘correction’ or ‘withdrawn’")
            label = (other.place,)
            findings.add(Diagnostic("SIB635", Severity.ERROR, text, row.place, label, advice))
            return
    group.append(row)


def _standing(reader: ClaimReader, group: list[ClaimRow]) -> Claim | Diagnostic | None:
    """What the rows of one claim come to; None where it was withdrawn."""
    original = next((row for row in group if row.mark is ClaimMark.CLAIMED), None)
    changes = sorted(
        (row for row in group if row.mark is not ClaimMark.CLAIMED),
        key=lambda row: row.reported_on or date.min,
    )
    if original is None:
        text = message("there is no such claim to correct or withdraw")
        advice = message("give the participant, the outcome and the date of the claim as claimed")
        return Diagnostic("SIB636", Severity.ERROR, text, changes[0].place, (), advice)
    last = changes[-1] if changes else original
    if last.mark is ClaimMark.WITHDRAWN:
        return None
    naming = last if last.evaluation is not None else original
    at = _evaluation_of(reader, original) if naming.evaluation is None else naming.evaluation
    if at is None:
        return _too_late(reader, original)
    closed = reader.measured.closed.get((original.card, at))
    if closed is not None and _is_after(naming.reported_on, closed[0]):
        return _closed(reader, naming, at, closed[1])
    evidence = last.evidence or original.evidence
    return Claim(original.participant, original.card, original.outcome, original.on, at, evidence)


def _is_after(claim: date | None, closing: date | None) -> bool:
    """Whether a claim came after its evaluation was closed; not where one of the days is unknown."""
    return claim is not None and closing is not None and claim > closing


def _evaluation_of(reader: ClaimReader, row: ClaimRow) -> int | None:
    """The card's first evaluation on or after the later of the claim's date and its report."""
    since = max(row.on, row.reported_on or row.on)
    evaluations = reader.plan.evaluations
    later = [at for at in reader.plan.cards[row.card].evaluations if evaluations[at].on >= since]
    return min(later, key=lambda at: evaluations[at].on, default=None)


def _too_late(reader: ClaimReader, row: ClaimRow) -> Diagnostic:
    card = reader.plan.cards[row.card]
    text = message(
        "‘{card}’ has no evaluation on or after {day}",
        card=card.name,
        day=max(row.on, row.reported_on or row.on),
    )
    advice = message("name the evaluation that the claim belongs to, if the contract allows it")
    return Diagnostic("SIB633", Severity.ERROR, text, row.place, (), advice)


def _closed(reader: ClaimReader, row: ClaimRow, at: int, closing: Label) -> Diagnostic:
    text = message(
        "the claims of ‘{evaluation}’ were complete before this one was reported",
        evaluation=reader.plan.evaluations[at].name,
    )
    advice = message("name a later evaluation")
    return Diagnostic("SIB634", Severity.ERROR, text, row.place, (closing,), advice)


# ------------------------------------------------------------------------------------------- rows


def _read(reader: ClaimReader, row: Row) -> ClaimRow | Diagnostic | None:
    """A row of claims; None for one that was reported after the day that is asked for."""
    day = reported_on(row, reader.plan)
    if isinstance(day, Diagnostic):
        return day
    if reader.as_of is not None and day is not None and day > reader.as_of:
        return None
    name = read_text(row, "participant")
    on = _day(reader.plan, row)
    mark = _mark(row)
    evidence = read_text(row, "evidence")
    for part in (name, on, mark, evidence):
        if isinstance(part, Diagnostic):
            return part
    assert isinstance(name, str)
    assert isinstance(on, date)
    assert isinstance(mark, ClaimMark)
    assert isinstance(evidence, str)
    if not name:
        text = message("row {row} names no participant", row=row.number)
        return row.refuse("SIB640", "participant", text)
    tariff = _tariff(reader, row, name)
    if isinstance(tariff, Diagnostic):
        return tariff
    card, outcome = tariff
    at = _named_evaluation(reader, row, card)
    if isinstance(at, Diagnostic):
        return at
    place = row.label("outcome")
    doubts: tuple[Diagnostic, ...] = ()
    if mark is ClaimMark.CLAIMED:
        doubts = (*too_early(row, day, on), *_before_start(reader, row, name, on))
    return ClaimRow(name, card, outcome, on, at, day, evidence, mark, place, doubts)


def _before_start(reader: ClaimReader, row: Row, name: str, on: date) -> Iterator[Diagnostic]:
    """A claim older than its participant's first day: one of the two days is a slip."""
    who = reader.enrolled.participants.get(name)
    if who is not None and who.started_on is not None and on < who.started_on:
        text = message("‘{name}’ started on {day}, after this", name=name, day=who.started_on)
        yield Diagnostic("SIB664", Severity.WARNING, text, row.label("date"), (), WHICH_DAY)


def _changed_too_early(group: list[ClaimRow]) -> Iterator[Diagnostic]:
    """A row that changes a claim and was reported before it."""
    original = next((row for row in group if row.mark is ClaimMark.CLAIMED), None)
    for row in group:
        if original is not None and _is_after(original.reported_on, row.reported_on):
            text = message(
                "reported before the claim that it changes, on {day}",
                day=original.reported_on or original.on,
            )
            other = (original.place,)
            yield Diagnostic("SIB665", Severity.WARNING, text, row.place, other, WHICH_DAY)


def _day(plan: Plan, row: Row) -> date | Diagnostic:
    if row.value("date") is None:
        text = message("row {row} does not say when the outcome was reached", row=row.number)
        return row.refuse("SIB624", "date", text)
    day = read_date(row, "date")
    if isinstance(day, date) and not plan.start <= day <= plan.end:
        text = message(
            "{day} is outside the term of the contract, {start} to {end}",
            day=day,
            start=plan.start,
            end=plan.end,
        )
        return row.refuse("SIB625", "date", text)
    return day


def _mark(row: Row) -> ClaimMark | Diagnostic:
    written = read_text(row, "status")
    if isinstance(written, Diagnostic):
        return written
    mark = _MARKS.get(
        written.casefold().removesuffix("e") if row.language == "fr" else written.casefold()
    )
    mark = mark or _MARKS.get(written.casefold())
    if mark is not None:
        return mark
    text = message("there is no status ‘{name}’", name=written)
    words = ("correction", "retiré") if row.language == "fr" else ("correction", "withdrawn")
    listed = message("a status is one of: {words}", words=words)
    return row.refuse("SIB621", "status", text, help=listed)


def _named_evaluation(reader: ClaimReader, row: Row, card: int) -> int | Diagnostic | None:
    if row.value("evaluation") is None:
        return None
    rate_card = reader.plan.cards[card]
    return find_evaluation(row, reader.lookup, rate_card.evaluations, rate_card.name, reader.plan)


def _tariff(reader: ClaimReader, row: Row, participant: str) -> tuple[int, int] | Diagnostic:
    """The card and the tariff that a claim is for."""
    name = name_in(row, "outcome")
    if isinstance(name, Diagnostic):
        return name
    found = reader.lookup.outcomes.get(name, ())
    if not found:
        return _unknown_outcome(reader, row, name)
    on_cards = _on_cards(reader, row, found)
    if isinstance(on_cards, Diagnostic):
        return on_cards
    if len({card for card, _ in on_cards}) > 1:
        cards = tuple(reader.plan.cards[card].name for card, _ in on_cards)
        text = message("‘{name}’ stands on several rate cards: {cards}", name=name, cards=cards)
        advice = message("name the rate card in a column ‘rate card’")
        return row.refuse("SIB632", "outcome", text, help=advice)
    return _open_to(reader, row, participant, on_cards)


def _on_cards(
    reader: ClaimReader, row: Row, found: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, int], ...] | Diagnostic:
    """Those on the card that the row names, or that stand at the evaluation it names."""
    named = name_in(row, "rate card")
    if isinstance(named, Diagnostic):
        return named
    if named:
        card = reader.lookup.cards.get(named)
        if card is None:
            text = message("there is no rate card ‘{name}’", name=named)
            advice = advice_on(named, tuple(reader.lookup.cards), None)
            return row.refuse("SIB631", "rate card", text, help=advice)
        kept = tuple(one for one in found if one[0] == card)
        if not kept:
            text = message("‘{card}’ has no such outcome", card=named)
            return row.refuse("SIB631", "outcome", text)
        return kept
    at = reader.lookup.evaluations.get(str(row.value("evaluation") or ""))
    standing = tuple(one for one in found if at in reader.plan.cards[one[0]].evaluations)
    return standing or found


def _unknown_outcome(reader: ClaimReader, row: Row, name: str) -> Diagnostic:
    if not name:
        text = message("row {row} names no outcome", row=row.number)
        return row.refuse("SIB631", "outcome", text)
    known = tuple(reader.lookup.outcomes)
    listed = message("the outcomes are: {names}", names=some_of(known)) if known else None
    text = message("no rate card has an outcome ‘{name}’", name=name)
    return row.refuse("SIB631", "outcome", text, help=advice_on(name, known, listed))


def _open_to(
    reader: ClaimReader, row: Row, participant: str, found: tuple[tuple[int, int], ...]
) -> tuple[int, int] | Diagnostic:
    """Of tariffs for several classes or starting days, the one open to the participant.

    Where none is, the first: the claim is refused in the determination, which then says why.
    """
    who = reader.enrolled.participants.get(participant)
    for card, at in found:
        tariff = reader.plan.cards[card].tariffs[at]
        if (tariff.for_class and not (who and who.class_)) or (
            tariff.starts and not (who and who.started_on)
        ):
            if who is None and reader.enrolled.may_hold(participant):
                return found[0]
            text = message(
                "‘{name}’ is paid by the participant's class or first day, and neither is known",
                name=tariff.outcome,
            )
            advice = message("list ‘{name}’ among the participants", name=participant)
            return row.refuse(NOT_ENROLLED, "participant", text, help=advice)
    fitting = (one for one in found if _fits(reader.plan.cards[one[0]].tariffs[one[1]], who))
    return next(fitting, found[0])


def _fits(tariff: Tariff, who: Participant | None) -> bool:
    if tariff.for_class and (who is None or who.class_ != tariff.for_class):
        return False
    if tariff.starts is None:
        return True
    first, last = tariff.starts
    return who is not None and who.started_on is not None and first <= who.started_on <= last
