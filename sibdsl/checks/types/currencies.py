"""The money of a contract: its currency, its exchange rates, who is paid and who provides what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sibdsl.checks.checked import Names
from sibdsl.checks.homes.dependencies import members_of
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, ExchangeRate, Funding, Payment, Side


@frozen
class Money:
    """What the types of a contract need to know of its money.

    ``rates`` by pair of currencies, in the direction of the statement. ``payments`` and
    ``fundings`` by the party, or the group and each of its members, on that side of them.
    """

    currency: str
    rates: Mapping[tuple[str, str], ExchangeRate]
    names: Names
    payments: Mapping[tuple[str, Side], Sequence[Payment]]
    fundings: Mapping[str, Sequence[Funding]]

    def converts(self, one: str, other: str) -> bool:
        """Whether the contract has an exchange rate between two currencies, either way round."""
        return (one, other) in self.rates or (other, one) in self.rates

    def paid(self, party: str, side: Side) -> Iterator[Payment]:
        """The payments of a party, or of the members of a group, alone or through a group."""
        found: dict[Span, Payment] = {}
        for name in (party, *members_of(party, self.names)):
            found |= {each.span: each for each in self.payments.get((name, side), ())}
        yield from found.values()

    def provided(self, party: str) -> Iterator[Funding]:
        """The fundings of a party, or of the members of a group, alone or through a group."""
        found: dict[Span, Funding] = {}
        for name in (party, *members_of(party, self.names)):
            found |= {each.span: each for each in self.fundings.get(name, ())}
        yield from found.values()


def currency_of(contract: Contract) -> str:
    """The ISO 4217 code of the contract's own currency; empty where it names none."""
    stated = (each.code for each in contract.statements if isinstance(each, nodes.Currency))
    return next(stated, "")


def money_of(contract: Contract, names: Names) -> Money:
    """The money of a contract. Of two rates for one pair of currencies the first counts."""
    currency = currency_of(contract)
    rates: dict[tuple[str, str], ExchangeRate] = {}
    payments: dict[tuple[str, Side], list[Payment]] = {}
    fundings: dict[str, list[Funding]] = {}
    for statement in contract.statements:
        match statement:
            case ExchangeRate():
                rates.setdefault(pair_of(statement, currency), statement)
            case Payment():
                for party in _sides(statement, names):
                    payments.setdefault(party, []).append(statement)
            case Funding():
                investor = statement.investor.text
                for name in (investor, *members_of(investor, names)):
                    fundings.setdefault(name, []).append(statement)
            case _:
                pass
    return Money(currency, rates, names, payments, fundings)


def pair_of(rate: ExchangeRate, currency: str) -> tuple[str, str]:
    """The currencies of a rate; a measured one is quoted in the currency of the contract."""
    quote = rate.quote
    return (rate.base.currency, quote.currency if isinstance(quote, nodes.Amount) else currency)


def check_rates(contract: Contract) -> Iterator[Diagnostic]:
    """Rates that are nil, join a currency with itself, or are stated twice."""
    currency = currency_of(contract)
    first: dict[frozenset[str], ExchangeRate] = {}
    for rate in contract.statements:
        if not isinstance(rate, ExchangeRate):
            continue
        pair = pair_of(rate, currency)
        earlier = first.setdefault(frozenset(pair), rate)
        is_nil = rate.base.value == 0 or (
            isinstance(rate.quote, nodes.Amount) and rate.quote.value == 0
        )
        if is_nil:
            yield error(
                "SIB323",
                rate.span,
                message("an exchange rate is never nil"),
                help=message("write what one unit of a currency is worth in the other"),
            )
        elif pair[0] == pair[1]:
            yield error(
                "SIB323",
                rate.span,
                message("this exchange rate joins {currency} with itself", currency=pair[0]),
                help=message(
                    "name the other currency first; a measured rate is quoted in your own"
                ),
            )
        elif earlier is not rate:
            yield error(
                "SIB323",
                rate.span,
                message(
                    "the exchange rate between {one} and {other} is stated twice",
                    one=pair[0],
                    other=pair[1],
                ),
                others=(Label(earlier.span, message("stated here first")),),
                help=message("keep one of the two and delete the other"),
            )


def _sides(payment: Payment, names: Names) -> Iterator[tuple[str, Side]]:
    for party, side in ((payment.payer.text, Side.PAYER), (payment.payee.text, Side.PAYEE)):
        for name in (party, *members_of(party, names)):
            yield name, side
