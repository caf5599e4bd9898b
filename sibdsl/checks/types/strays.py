"""Amounts that slipped into another currency than the contract's: what was meant is nearly always its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.types.currencies import currency_of
from sibdsl.diagnostics import Diagnostic, error, message
from sibdsl.money import minor_unit
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Amount, Contract, Node
from sibdsl.syntax.walk import walk
from sibdsl.units import Quantity, amount_in


def strays_in(contract: Contract, code: str, *parts: Node) -> Iterator[Diagnostic]:
    """A finding of a code for each amount of some parts whose currency has no exchange rate."""
    own = currency_of(contract)
    converted = {
        code
        for rate in contract.statements
        if isinstance(rate, nodes.ExchangeRate)
        for code in (rate.base.currency, getattr(rate.quote, "currency", own))
    }
    if minor_unit(own) is None:
        return
    for part in parts:
        for amount in walk(part):
            if not isinstance(amount, Amount) or minor_unit(amount.currency) is None:
                continue
            if amount.currency != own and amount.currency not in converted:
                yield _stray(amount, own, contract, code)


def instead_of_clashes(contract: Contract, findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings, those of two currencies at the amounts that brought in the second one."""
    for finding in findings:
        strays: tuple[Diagnostic, ...] = ()
        if finding.code == "SIB308":
            place = finding.label.span
            at_hand = (one for one in contract.statements if _holds(one.span, place))
            strays = tuple(strays_in(contract, finding.code, *at_hand))
        yield from strays or (finding,)


def _holds(statement: Span, place: Span | None) -> bool:
    return place is not None and statement.start <= place.start < statement.end


def _stray(amount: Amount, own: str, contract: Contract, code: str) -> Diagnostic:
    theirs = amount.currency
    in_own = Quantity(amount.value, amount_in(own))
    cure = message("write {amount}", amount=in_own)
    if _is_used_often(theirs, contract):
        cure = message(
            "write {amount}; if two currencies are meant, state the rate, ‘exchange rate {code} 1 is "
            "{own} …’, and write ‘{foreign} in {own}’",
            amount=in_own,
            code=theirs,
            own=own,
            foreign=Quantity(amount.value, amount_in(theirs)),
        )
    return error(
        code,
        amount.span,
        message("this amount is in {code}, and the contract is in {own}", code=theirs, own=own),
        help=cure,
    )


def _is_used_often(currency: str, contract: Contract) -> bool:
    """Whether a currency stands in several statements, as it would if it were meant."""
    using = (
        any(getattr(part, "currency", None) == currency for part in walk(statement))
        for statement in contract.statements
    )
    return sum(using) > 1
