"""The outcomes of the rate cards: what is claimed, required or counted must stand on a card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nearest import nearest_name
from sibdsl.syntax.nodes import Contract, Name, Node, Outcome, RateCard, Text
from sibdsl.syntax.walk import walk


def card_of(contract: Contract) -> Mapping[str, RateCard]:
    """The rate card that each outcome stands on, by the outcome's words; the first of several."""
    cards: dict[str, RateCard] = {}
    for card in _cards(contract):
        for outcome in card.outcomes:
            cards.setdefault(outcome.name.text, card)
    return cards


def check_outcomes(contract: Contract) -> Iterator[Diagnostic]:
    """Findings for outcomes that stand on no card, or on two."""
    known = card_of(contract)
    yield from _on_two_cards(contract, known)
    for statement in contract.statements:
        if isinstance(statement, RateCard):
            own = {outcome.name.text: statement for outcome in statement.outcomes}
            yield from _unknown(statement, own)
        elif not contract.unread:  # else a card may stand there unread
            yield from _unknown(statement, known)


def _cards(contract: Contract) -> Iterator[RateCard]:
    return (statement for statement in contract.statements if isinstance(statement, RateCard))


def _unknown(statement: Node, known: Mapping[str, RateCard]) -> Iterator[Diagnostic]:
    for node in walk(statement):
        for outcome in _claimed(node):
            if outcome.text not in known:
                close = nearest_name(outcome.text, known)
                yield error(
                    "SIB208",
                    outcome.span,
                    message("no rate card has an outcome “{outcome}”", outcome=outcome.text)
                    if not isinstance(statement, RateCard)
                    else message("this rate card has no outcome “{outcome}”", outcome=outcome.text),
                    help=_instead(close, known),
                )


def _instead(close: str | None, known: Iterable[str]) -> Message:
    if close is not None:
        return message("did you mean “{outcome}”?", outcome=close)
    first = next(iter(known), None)
    if first is None:
        return message("write a rate card with this outcome")
    return message(
        "write the outcome as it stands on the rate card, for example “{outcome}”", outcome=first
    )


def _claimed(node: Node) -> tuple[Name | Text, ...]:
    match node:
        case nodes.Accepted() | nodes.GivenClaim():
            return (node.outcome,)
        case nodes.Requires():
            return node.outcomes
        case _:
            return ()


def _on_two_cards(contract: Contract, known: Mapping[str, RateCard]) -> Iterator[Diagnostic]:
    first: dict[str, Outcome] = {}
    for card in _cards(contract):
        for outcome in card.outcomes:
            there = first.setdefault(outcome.name.text, outcome)
            if known[outcome.name.text] is not card:
                yield error(
                    "SIB209",
                    outcome.name.span,
                    message(
                        "the outcome “{outcome}” stands on two rate cards, ‘{one}’ and ‘{other}’",
                        outcome=outcome.name.text,
                        one=known[outcome.name.text].name.text,
                        other=card.name.text,
                    ),
                    others=(Label(there.name.span, message("priced here first")),),
                    help=message("a claim names the outcome alone: word the two differently"),
                )
