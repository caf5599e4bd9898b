"""Worked examples, lowered: what they assume, and the terms of what they expect."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from sibdsl.diagnostics import Message, message
from sibdsl.messages import say
from sibdsl.plan.catalogue import Catalogue, fixed, is_declared_at
from sibdsl.plan.declared import begin
from sibdsl.plan.draft import Draft, Written, work
from sibdsl.plan.editions import not_there
from sibdsl.plan.terms import (
    Example,
    Expectation,
    GivenClaim,
    GivenParticipant,
    GivenResult,
    RateCard,
    Tariff,
)
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import ExampleLine, Name, Side
from sibdsl.syntax.walk import walk


def example(draft: Draft, statement: nodes.Example, cards: tuple[RateCard, ...]) -> Example:
    """One worked example."""
    catalogue, lines = draft.catalogue, statement.lines
    participants = _participants(lines)
    return Example(
        statement.title.text,
        tuple(_result(catalogue, line) for line in lines if isinstance(line, nodes.Given)),
        tuple(
            catalogue.evaluations[line.evaluation.text]
            for line in lines
            if isinstance(line, nodes.GivenCancelled)
        ),
        tuple(
            _claim(catalogue, line, participants, cards)
            for line in lines
            if isinstance(line, nodes.GivenClaim)
        ),
        tuple(participants.values()),
        tuple(_expectation(draft, line) for line in lines if isinstance(line, nodes.Expect)),
        statement.title.span,
    )


def _at(catalogue: Catalogue, evaluation: Name | None) -> int | None:
    return None if evaluation is None else catalogue.evaluations[evaluation.text]


def _result(catalogue: Catalogue, line: nodes.Given) -> GivenResult:
    value = None if isinstance(line.value, nodes.NotAvailable) else fixed(catalogue, line.value)
    name, at = line.name.text, _at(catalogue, line.evaluation)
    if at is not None and not is_declared_at(catalogue, name, at):
        raise not_there(catalogue, name, line.span, at)
    return GivenResult(catalogue.measures[name], at, value)


def _participants(lines: Iterable[ExampleLine]) -> dict[str, GivenParticipant]:
    """What all lines on a participant say together."""
    known: dict[str, GivenParticipant] = {}
    for line in lines:
        if isinstance(line, nodes.GivenParticipant):
            name = line.participant.text
            said = known.get(name, GivenParticipant(name, "", None))
            if line.class_ is not None:
                said = evolve(said, class_=line.class_.text)
            if line.started_on is not None:
                said = evolve(said, started_on=line.started_on.value)
            known[name] = said
    return known


def _claim(
    catalogue: Catalogue,
    line: nodes.GivenClaim,
    participants: dict[str, GivenParticipant],
    cards: tuple[RateCard, ...],
) -> GivenClaim:
    """A claim, at the tariff open to its participant; at the first, which refuses it, if none is."""
    who = participants.get(line.participant.text)
    tariffs = catalogue.outcomes[line.outcome.text]
    fitting = (place for place in tariffs if _is_open(cards[place[0]].tariffs[place[1]], who))
    card, outcome = next(fitting, tariffs[0])
    evaluation = _at(catalogue, line.evaluation)
    name = cards[card].name
    if evaluation is not None and not is_declared_at(catalogue, name, evaluation):
        raise not_there(catalogue, name, line.span, evaluation)
    return GivenClaim(line.participant.text, card, outcome, line.on.value, evaluation)


def _is_open(tariff: Tariff, who: GivenParticipant | None) -> bool:
    if tariff.for_class and (who is None or who.class_ != tariff.for_class):
        return False
    if tariff.starts is None:
        return True
    first, last = tariff.starts
    return who is not None and who.started_on is not None and first <= who.started_on <= last


def _expectation(draft: Draft, line: nodes.Expect) -> Expectation:
    term = work(draft, Written(line.subject, None), begin)
    unit = draft.catalogue.checked.types[line.subject.span]
    value = fixed(draft.catalogue, line.value)
    subject = say(_said(line.subject), draft.catalogue.checked.contract.language)
    return Expectation(subject, term, value, unit, line.span)


def _said(subject: nodes.Expr) -> Message:
    """What is expected of, as the contract would say it; of a calculation, the names in it."""
    match subject:
        case nodes.NameUse():
            return message("{name}", name=subject.name.text)
        case nodes.AtEvaluation():
            evaluation = subject.evaluation.text
            return message("{name} at {evaluation}", name=subject.name.text, evaluation=evaluation)
        case nodes.TotalPaid(Side.PAYEE, party):
            return message("total paid to {party}", party=party.text)
        case nodes.TotalPaid(_, party):
            return message("total paid by {party}", party=party.text)
        case nodes.GrossAmount():
            return message("gross amount of {payment}", payment=_said(subject.payment))
        case nodes.Accepted(outcome, None):
            return message("accepted {outcome}", outcome=outcome.text)
        case nodes.Accepted(outcome, nodes.Name() as at):
            return message(
                "accepted {outcome} at {evaluation}", outcome=outcome.text, evaluation=at.text
            )
        case _:
            names = (part for part in walk(subject) if isinstance(part, nodes.Name | nodes.Text))
            return message("{names}", names=tuple(name.text for name in names))
