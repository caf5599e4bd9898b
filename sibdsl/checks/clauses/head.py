"""The head of a contract: one title, one currency, one term."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.checked import Checked
from sibdsl.checks.statements import parts, statements
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.money import minor_unit
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node


def missing_title(checked: Checked) -> Iterable[Diagnostic]:
    """A contract without a title: its determinations would name nothing."""
    if not any(statements(checked.contract, nodes.Title)):
        yield error(
            "SIB101",
            _start(checked),
            message("the contract has no title"),
            help=message('write under the first line: contract "Title of the contract"'),
        )


def said_twice(checked: Checked) -> Iterable[Diagnostic]:
    """A title, currency, term, reference, field, rounding or language said more than once: which one holds?"""
    for kind, what in _ONCE:
        first, *again = (*statements(checked.contract, kind),) or (None,)
        for statement in again:
            if first is not None:
                yield error(
                    "SIB102",
                    statement.span,
                    message("the {what} of the contract is said twice", what=what),
                    others=(Label(first.span, message("said here first")),),
                    help=message("keep one of the two and delete the other"),
                )


_ONCE: tuple[tuple[type[Node], Message], ...] = (
    (nodes.Title, message("title")),
    (nodes.Currency, message("currency")),
    (nodes.Term, message("term")),
    (nodes.ContractReference, message("reference")),
    (nodes.PolicyField, message("field of social policy")),
    (nodes.RoundingRule, message("rounding")),
    (nodes.PrevailingLanguage, message("prevailing language")),
)


def withdrawal_outside_amendment(checked: Checked) -> Iterable[Diagnostic]:
    """A withdrawal in a contract: what is withdrawn is simply not written there."""
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.Withdrawal | nodes.CapWithdrawal):
            yield error(
                "SIB078",
                statement.span,
                message("only an amendment withdraws"),
                help=message(
                    "delete the statement itself, or say under the first line what the file amends"
                ),
            )


def library_titled(contract: nodes.Contract) -> Iterable[Diagnostic]:
    """A clause library with the title of a contract: no contract could use it."""
    for statement in contract.statements:
        if isinstance(statement, nodes.Title):
            yield error(
                "SIB076",
                statement.span,
                message("a clause library has the title of a contract"),
                help=message("delete the title of the contract, or the line ‘clause library’"),
            )


def missing_currency(checked: Checked) -> Iterable[Diagnostic]:
    """A contract without a default currency, the unit of measures that are amounts."""
    if not any(statements(checked.contract, nodes.Currency)):
        yield error(
            "SIB103",
            _start(checked),
            message("the contract has no currency"),
            help=message("write under the title, for example: currency GBP"),
        )


def unknown_currency(checked: Checked) -> Iterable[Diagnostic]:
    """A code that is no currency of ISO 4217: how amounts are rounded would not be known."""
    told: set[str] = set()
    for code, place in _currencies(checked):
        if minor_unit(code) is None and code not in told:
            told.add(code)
            cure = message("write the three capital letters of ISO 4217: EUR, GBP, USD")
            if code in checked.names.occasions:  # `Rate in Year 1`
                cure = message("it is an evaluation: write ‘at {evaluation}’", evaluation=code)
            yield error(
                "SIB104", place, message("‘{code}’ is not a currency", code=code), help=cure
            )


def _currencies(checked: Checked) -> Iterator[tuple[str, Span]]:
    for part in parts(checked.contract, Node):
        match part:
            case nodes.Currency():
                yield part.code, part.span
            case nodes.Amount() | nodes.InCurrency():
                yield part.currency, part.span
            case nodes.Measure() if part.currency is not None:
                yield part.currency, part.span
            case _:
                pass


def missing_term(checked: Checked) -> Iterable[Diagnostic]:
    """A contract without a first and a last day: no date could be found outside it."""
    if not any(statements(checked.contract, nodes.Term)):
        yield error(
            "SIB105",
            _start(checked),
            message("the contract has no term"),
            help=message(
                "write under the currency, for example: term from 2024-01-01 to 2027-12-31"
            ),
        )


def _start(checked: Checked) -> Span:
    start = checked.contract.span.start
    return Span(start, start)
