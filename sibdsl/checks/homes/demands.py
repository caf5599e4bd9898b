"""What an expression asks of the evaluation at hand: that there is one, or that it is of a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sibdsl.checks.checked import Everywhere, Home
from sibdsl.checks.homes.dependencies import How, Term, Use, uses_in
from sibdsl.checks.names.outcomes import card_of
from sibdsl.diagnostics import Message, message
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Node
from sibdsl.syntax.walk import walk


@frozen
class Demand:
    """One thing that needs an evaluation at hand: of a series, or any.

    ``what`` is the use of a term, or the words that speak of the evaluation at hand.
    """

    home: Home
    place: Span
    what: Use | Message


@frozen
class Silent:
    """What is used without its name being written: cards by their outcomes, measured rates."""

    cards: Mapping[str, Term]
    rates: Mapping[str, tuple[Term, ...]]

    @staticmethod
    def of(contract: Contract, currency: str) -> Silent:
        """``currency`` is that of the contract, in which a measured rate is quoted."""
        cards = {outcome: Term(card.name.text) for outcome, card in card_of(contract).items()}
        rates: dict[str, tuple[Term, ...]] = {}
        for statement in contract.statements:
            if isinstance(statement, nodes.ExchangeRate) and isinstance(
                statement.quote, nodes.NameUse
            ):
                term = Term(statement.quote.name.text)
                for code in (statement.base.currency, currency):
                    rates[code] = (*rates.get(code, ()), term)
        return Silent(cards, rates)


def demands_of(node: Node, known: Mapping[Term, Home | None], silent: Silent) -> tuple[Demand, ...]:
    """The demands of an expression, in the order of the text.

    Terms that are not in ``known`` (not declared, or being worked out) and those whose home could
    not be told ask for nothing, save ``at previous evaluation``, which asks for a series.
    """
    found = [*_of_uses(node, known), *_of_words(node, known, silent)]
    return tuple(sorted(found, key=lambda demand: demand.place))


def _of_uses(node: Node, known: Mapping[Term, Home | None]) -> Iterator[Demand]:
    for use in uses_in(node):
        home = known.get(use.term, Everywhere.ANY if use.how is How.PREVIOUS else None)
        if home is None or home is Everywhere.ONCE:
            continue  # what exists once may be used anywhere
        match use.how:
            case How.HERE | How.PREVIOUS:
                yield Demand(home, use.place, use)
            case How.OVER_TO_DATE:
                # Goes by date, and so works from another series too.
                yield Demand(Everywhere.ANY, use.place, message("‘to date’"))
            case How.NAMED | How.OVER:
                pass


def _of_words(node: Node, known: Mapping[Term, Home | None], silent: Silent) -> Iterator[Demand]:
    for part in walk(node):
        match part:
            case nodes.EvaluationDate():
                yield Demand(Everywhere.ANY, part.span, message("‘evaluation date’"))
            case nodes.PaidToDate() | nodes.ProvidedToDate():
                yield Demand(Everywhere.ANY, part.span, message("‘to date’"))
            case nodes.Indexed():
                yield Demand(Everywhere.ANY, part.span, message("‘indexed by’"))
            case nodes.Accepted(evaluation=None):
                card = silent.cards.get(part.outcome.text)
                home = None if card is None else known.get(card)
                if home is not None:
                    yield Demand(home, part.span, message("‘accepted’"))
            case nodes.InCurrency():
                for rate in silent.rates.get(part.currency, ()):
                    home = known.get(rate)
                    if home is not None and home is not Everywhere.ONCE:
                        yield Demand(home, part.span, Use(rate, How.HERE, part.span))
            case _:
                pass
