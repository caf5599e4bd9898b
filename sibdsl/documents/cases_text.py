"""A case in words: *Reduction is at least 10%, exactly at the threshold*."""

from datetime import date
from fractions import Fraction
from typing import Literal, assert_never

from sibdsl.coverage.cases import Case, CaseKind, Clause, Edge
from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_name
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.examples import CAUSES
from sibdsl.plan.terms import TableMode
from sibdsl.units import Kind, Quantity


def clause_said(clause: Clause, wording: Wording) -> Message:
    """The clause by its name; a cap by its own words, or by what it bears on."""
    if clause.cap is None:
        return message("{name}", name=clause.name)
    words = wording.words(clause.place)
    if words:
        return message("{words}", words=words)
    account = next(
        number for number, each in enumerate(wording.plan.accounts) if each.cap == clause.cap
    )
    return cap_name(wording.plan, clause.cap, account)


def case_said(case: Case, wording: Wording) -> Message:
    """What would have to happen for a case to be shown, under the heading of its clause."""
    match case.kind:
        case CaseKind.MET:
            return message("‘{words}’ is met", words=_words(case, wording))
        case CaseKind.NOT_MET:
            return message("‘{words}’ is not met", words=_words(case, wording))
        case CaseKind.THRESHOLD:
            return _threshold(case, wording)
        case CaseKind.ALTERNATIVE:
            return message("‘{words}’ alone decides", words=_words(case, wording))
        case CaseKind.FALLBACK:
            assert case.cause is not None
            return message("the fall-back, because {cause}", cause=CAUSES[case.cause])
        case CaseKind.MEMBER:
            return message("money reaches {party}", party=case.name)
        case CaseKind.ROW | CaseKind.BELOW_FIRST_ROW | CaseKind.ROW_EDGE | CaseKind.JUST_BELOW:
            return _of_table(case, wording)
        case (
            CaseKind.ACCEPTED
            | CaseKind.REFUSED_BY_LIMIT
            | CaseKind.REFUSED_BY_REQUIRES
            | CaseKind.REFUSED_BY_CLASS
        ):
            return _of_tariff(case, wording)
        case _:
            return _plain(case.kind)


_Plain = Literal[
    CaseKind.WORKED_OUT,
    CaseKind.NO_FALLBACK,
    CaseKind.THEN,
    CaseKind.ELSE,
    CaseKind.PRESUMED,
    CaseKind.OVERRIDDEN,
    CaseKind.YES,
    CaseKind.NO,
    CaseKind.DUE,
    CaseKind.NOT_DUE,
    CaseKind.CAP,
    CaseKind.PARTICIPANT_CAP,
]


def _plain(kind: _Plain) -> Message:
    """Cases that are said alike whatever the clause."""
    match kind:
        case CaseKind.WORKED_OUT:
            return message("it is worked out")
        case CaseKind.NO_FALLBACK:
            return message("there is a value, without the fall-back")
        case CaseKind.THEN:
            return message("the branch ‘then’")
        case CaseKind.ELSE:
            return message("the branch ‘else’")
        case CaseKind.PRESUMED:
            return message("what is presumed holds")
        case CaseKind.OVERRIDDEN:
            return message("something else than presumed is reported")
        case CaseKind.YES:
            return message("the answer is yes")
        case CaseKind.NO:
            return message("the answer is no")
        case CaseKind.DUE:
            return message("it is due")
        case CaseKind.NOT_DUE:
            return message("it is not due")
        case CaseKind.CAP:
            return message("it cuts an amount")
        case CaseKind.PARTICIPANT_CAP:
            return message("the cap per participant cuts an amount")
        case _:
            assert_never(kind)


def _words(case: Case, wording: Wording) -> str | Message:
    return case.name or wording.words(case.place) or clause_said(case.clause, wording)


def _threshold(case: Case, wording: Wording) -> Message:
    words = _words(case, wording)
    if case.edge is None:
        return message("‘{words}’, both being equal", words=words)
    return message("‘{words}’, at exactly {value}", words=words, value=_at(case.edge, wording))


def _at(edge: Edge, wording: Wording, less: Fraction = Fraction(0)) -> str:
    at = edge.at - less
    value = date.fromordinal(int(at)) if edge.unit.kind is Kind.DATE else at
    return wording.quantity(Quantity(value, edge.unit))


def _of_table(case: Case, wording: Wording) -> Message:
    edge = case.edge
    if edge is None:
        assert case.until is not None
        return message("below the first row ({at})", at=_at(case.until, wording))
    at = _at(edge, wording)
    if case.kind is CaseKind.ROW_EDGE:
        return message("exactly {at}", at=at)
    if case.kind is CaseKind.JUST_BELOW:
        return message("just below {at} (from {least})", at=at, least=_at(edge, wording, edge.step))
    return _row(case, edge, at, wording)


def _row(case: Case, edge: Edge, at: str, wording: Wording) -> Message:
    """A row by where it begins and ends."""
    until = None if case.until is None else _at(case.until, wording)
    if case.mode is TableMode.INTERPOLATED and until is not None:
        return message("between the rows {at} and {until}", at=at, until=until)
    if not edge.included:
        return message("the row above {at}", at=at)
    if until is None:
        return message("the last row, from {at}", at=at)
    if case.mode is TableMode.MARGINAL:
        return message("the band from {at} to {until}", at=at, until=until)
    return message("the row from {at} to {until}", at=at, until=until)


def _of_tariff(case: Case, wording: Wording) -> Message:
    name = case.name
    match case.kind:
        case CaseKind.ACCEPTED:
            return message("‘{outcome}’ is accepted", outcome=name)
        case CaseKind.REFUSED_BY_LIMIT:
            return message("‘{outcome}’ is refused by its limit", outcome=name)
        case CaseKind.REFUSED_BY_CLASS:
            return message("‘{outcome}’ is refused by class or first day", outcome=name)
        case _:
            return message(
                "‘{outcome}’ is refused for want of ‘{required}’",
                outcome=name,
                required=_required(case, wording),
            )


def _required(case: Case, wording: Wording) -> tuple[str, ...]:
    card = next(each for each in wording.plan.cards if each.name == case.clause.name)
    requirement = card.tariffs[case.number].requires[case.of]
    return tuple(dict.fromkeys(card.tariffs[each].outcome for each in requirement.outcomes))
