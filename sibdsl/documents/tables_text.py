"""The tables of a determination: totals, caps, conditions, returns, in aligned columns."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_subject
from sibdsl.documents.display import aligned
from sibdsl.documents.wording import Wording, listed
from sibdsl.evaluate.determination import CapUse, Determination, NamedValue, PartyTotal, Why
from sibdsl.numerals import say_number, say_percentage
from sibdsl.plan.terms import Account

NOTHING: Final = "–"
"""Stands for nil where a column would otherwise be full of zeros."""


def table(
    headings: Sequence[Message], rows: Sequence[Sequence[str]], wording: Wording
) -> Iterator[str]:
    """A heading over each column, the first being that of the section; nothing without rows."""
    if not rows:
        return
    first, *others = (wording.say(heading) if heading.template else "" for heading in headings)
    numbers = range(1, len(headings) - 1)
    shown = [(first, *others), *((f"  {row[0]}", *row[1:]) for row in rows)]
    kept = [at for at in range(len(headings)) if any(row[at] for row in shown[1:])]
    trimmed = [[row[at] for at in kept] for row in shown]
    yield from aligned(trimmed, right={kept.index(at) for at in numbers if at in kept})


def totals(determination: Determination, wording: Wording) -> Iterator[str]:
    """What each party pays and receives; parties through which no money passes are left out."""
    rows = []
    for total in determination.totals:
        if not (total.paid or total.received or total.pending):
            continue
        rows.append(
            (
                wording.say(message("{name}", name=total.party)),
                _money(total.paid, total.currency, wording),
                _money(total.received, total.currency, wording),
                wording.say(message("more is pending")) if total.pending else "",
            )
        )
    headings = (message("Totals"), message("to pay"), message("to receive"), Message(""))
    yield from table(headings, rows, wording)


def _money(amount: Fraction, currency: str, wording: Wording) -> str:
    return wording.amount(amount, currency) if amount else NOTHING


# ------------------------------------------------------------------------------------------ caps


def caps(determination: Determination, wording: Wording) -> Iterator[str]:
    """Each cap with its limit, what is used and what is left; equal neighbours of one cap once."""
    rows = []
    uses = determination.caps
    start = 0
    while start < len(uses):
        end = start + 1
        while end < len(uses) and _is_alike(uses[start], uses[end], wording):
            end += 1
        rows.append(_cap_row(uses[start:end], wording))
        start = end
    headings = (
        message("Caps"),
        message("limit"),
        message("used"),
        message("left"),
        Message(""),
    )
    yield from table(headings, rows, wording)


def _is_alike(first: CapUse, other: CapUse, wording: Wording) -> bool:
    accounts = wording.plan.accounts
    return (
        first.cap == other.cap
        and accounts[first.account].year is None
        and accounts[first.account].evaluation is not None
        and (first.limit, first.used, first.headroom) == (other.limit, other.used, other.headroom)
    )


def _cap_row(uses: Sequence[CapUse], wording: Wording) -> tuple[str, ...]:
    use = uses[0]
    cap = wording.plan.caps[use.cap]
    accounts = [wording.plan.accounts[each.account] for each in uses]
    name = cap_subject(cap)
    evaluations = [_evaluation(each, wording) for each in accounts]
    if len(uses) > 1:
        named = wording.evaluations(evaluations)
        name = message("{cap} at {evaluations}, each", cap=name, evaluations=named)
    elif evaluations[0]:
        name = message("{name} at {evaluation}", name=name, evaluation=evaluations[0])
    elif accounts[0].year is not None:
        name = message("{cap} in {year}", cap=name, year=str(accounts[0].year))
    line = wording.line(cap.place)
    return (
        _capital(wording.say(name)),
        *(
            wording.say(message("not known yet"))
            if amount is None
            else wording.amount(amount, cap.currency)
            if amount or amount is not use.used
            else NOTHING
            for amount in (use.limit, use.used, use.headroom)
        ),
        "" if line is None else f"({wording.say(line)})",
    )


def _evaluation(account: Account, wording: Wording) -> str:
    return "" if account.evaluation is None else wording.plan.evaluations[account.evaluation].name


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ----------------------------------------------------------------------------- conditions, returns


def conditions(determination: Determination, wording: Wording) -> Iterator[str]:
    """Whether each condition is met, and at which evaluations."""
    states: dict[tuple[str, str], list[str]] = {}
    for one in determination.conditions:
        state = wording.say(_state(one))
        states.setdefault((one.name, state), []).append(one.evaluation)
    rows = []
    before = ""
    for (name, state), evaluations in states.items():
        shown = [each for each in evaluations if each]
        rows.append(
            (
                "" if name == before else wording.say(message("{name}", name=name)),
                state,
                wording.say(wording.evaluations(shown)) if shown else "",
            )
        )
        before = name
    if rows:
        yield wording.say(message("Conditions"))
        yield from (f"  {line}" for line in aligned(rows))


def _state(one: NamedValue) -> Message:
    match one.why:
        case Why.MET if one.provisional:
            return message("met, provisionally")
        case Why.NOT_MET if one.provisional:
            return message("not met, provisionally")
        case Why.MET:
            return message("met")
        case Why.NOT_MET:
            return message("not met")
        case Why.UNKNOWN:
            return message("not yet known")
        case Why.CANCELLED | Why.RESTS_ON_CANCELLED:
            return message("cancelled")
        case _:
            return message("without a value")


def returns(determination: Determination, wording: Wording) -> Iterator[str]:
    """What each investor put in and got back, by what is due so far."""
    pending = {total.party for total in determination.totals if total.pending}
    rows = []
    for one in determination.returns:
        multiple, rate = "", ""
        if one.multiple is not None:
            times = say_number(one.multiple, wording.language, reads_back=False)
            multiple = wording.say(message("{times} times", times=times))
        if one.annual_rate is not None and one.investor not in pending:
            rate = say_percentage(one.annual_rate, wording.language, reads_back=False)
        rows.append(
            (
                wording.say(message("{name}", name=one.investor)),
                _money(one.provided, one.currency, wording),
                _money(one.received, one.currency, wording),
                multiple,
                rate,
                wording.say(message("so far")) if one.investor in pending else "",
            )
        )
    headings = (
        message("Returns"),
        message("provided and paid"),
        message("received"),
        message("multiple"),
        message("per year"),
        Message(""),
    )
    yield from table(headings, rows, wording)


def owed(totals: Sequence[PartyTotal], wording: Wording) -> tuple[Message, ...]:
    """What each party has to pay in all, where that is something."""
    return tuple(_owed_by(total, wording) for total in totals if total.paid)


def _owed_by(total: PartyTotal, wording: Wording) -> Message:
    """``City GBP 1,000.00 (of which GBP 400.00 provisional)``."""
    amount = wording.amount(total.paid, total.currency)
    said = message("{party} {amount}", party=total.party, amount=amount)
    marks = [
        message(template.template, amount=wording.amount(part, total.currency))
        for template, part in (
            (message("{amount} provisional"), total.provisional),
            (message("{amount} resting on a presumption"), total.presumed),
        )
        if part
    ]
    if not marks:
        return said
    return message("{said} (of which {marks})", said=said, marks=listed(marks))
