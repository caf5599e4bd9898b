"""Every use of a name: is it declared, and is it of the sort that must stand there?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import assert_never

from sibdsl.checks.checked import Declaration, Names, Occasion, Series
from sibdsl.checks.names.evaluations import stem
from sibdsl.checks.names.outcomes import check_outcomes
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nearest import longer_name, nearest_name
from sibdsl.syntax.nodes import Contract, Name, Node
from sibdsl.syntax.unread import is_unread
from sibdsl.syntax.walk import walk

_AMOUNT = re.compile(r"([A-Z]{3}) \d+")
"""A name that reads like an amount in a currency that there is not."""

_OF_EVALUATION = re.compile(
    r"(?P<name>.+) (?:of the |of |de la |de l'|du |des |de |d')(?P<evaluation>.+)"
)
"""``Taux de Récidive de l'Année 1``: a term and an evaluation, read as one name."""


class Sort(Enum):
    """What a name may stand for."""

    PARTY = message("a party")
    GROUP = message("a group")
    EVALUATION = message("an evaluation")
    SERIES = message("a series of evaluations")
    MEASURE = message("a measure")
    DEFINITION = message("a defined term")
    TABLE = message("a table")
    CONDITION = message("a condition")
    RATE_CARD = message("a rate card")
    PAYMENT = message("a payment")


def sort_of(declaration: Declaration) -> Sort:
    """What a declaration makes its name stand for."""
    match declaration:
        case nodes.Party():
            return Sort.PARTY
        case nodes.ShareGroup() | nodes.Waterfall():
            return Sort.GROUP
        case Occasion():
            return Sort.EVALUATION
        case Series():
            return Sort.SERIES
        case nodes.Measure():
            return Sort.MEASURE
        case nodes.Definition():
            return Sort.DEFINITION
        case nodes.Table():
            return Sort.TABLE
        case nodes.Condition():
            return Sort.CONDITION
        case nodes.RateCard():
            return Sort.RATE_CARD
        case nodes.Payment():
            return Sort.PAYMENT
        case _:
            assert_never(declaration)


@frozen
class Wanted:
    """The sorts that may stand at a place, and how a reader calls them."""

    said: Message
    sorts: frozenset[Sort]


def _wanted(said: Message, *sorts: Sort) -> Wanted:
    return Wanted(said, frozenset(sorts))


_PARTY = _wanted(message("a party"), Sort.PARTY)
_PARTY_OR_GROUP = _wanted(message("a party or a group"), Sort.PARTY, Sort.GROUP)
_EVALUATION = _wanted(message("an evaluation"), Sort.EVALUATION)
_SERIES = _wanted(message("an evaluation or a series of them"), Sort.EVALUATION, Sort.SERIES)
_MEASURE = _wanted(message("a measure"), Sort.MEASURE)
_TABLE = _wanted(message("a table"), Sort.TABLE)
_PAYMENT = _wanted(message("a payment"), Sort.PAYMENT)
_TERM = _wanted(
    message("a term that has a value"),
    Sort.MEASURE,
    Sort.DEFINITION,
    Sort.TABLE,
    Sort.CONDITION,
    Sort.RATE_CARD,
    Sort.PAYMENT,
)
_CAPPED = _wanted(
    message("a payment, a party, a group or a rate card"),
    Sort.PAYMENT,
    Sort.PARTY,
    Sort.GROUP,
    Sort.RATE_CARD,
)


def check_references(
    contract: Contract, names: Names, doubled: frozenset[str]
) -> Iterator[Diagnostic]:
    """Findings for names that are not declared or stand for the wrong sort of thing.

    ``doubled`` are the names that stand for two things: that has been said already.
    """
    # What a statement that cannot be read would have declared has its own finding.
    passed_over = doubled | broken_names(contract)
    unread = frozenset(contract.unread)
    undeclared: dict[str, list[tuple[Name, Wanted]]] = {}
    places: set[Span] = set()
    for node in walk(contract):
        if isinstance(node, nodes.LookUp) and _is_at_evaluation(node, names):
            places.add(node.key.span)
            places.add(node.table.span)
            yield _at_otherwise(node, names)
        for name, wanted in _uses(node):
            # What a gross amount is taken of is also a use of its own: the narrower one counts.
            if name.span in places or name.text in passed_over:
                continue
            places.add(name.span)
            declaration = names.declared.get(name.text)
            if declaration is None and is_unread(name.text, unread):
                continue
            if declaration is None:
                undeclared.setdefault(name.text, []).append((name, wanted))
            elif sort_of(declaration) not in wanted.sorts:
                yield _wrong_sort(name, declaration, wanted, names)
    for uses in undeclared.values():
        yield _not_declared(uses, names)
    yield from check_outcomes(contract)
    yield from _totals_outside_examples(contract)


def _is_at_evaluation(node: nodes.LookUp, names: Names) -> bool:
    """Whether ``X for Year 1`` means the value of X at that evaluation: X is no table."""
    key, of = node.key, names.declared.get(node.table.text)
    is_evaluation = isinstance(key, nodes.NameUse) and key.name.text in names.occasions
    return is_evaluation and of is not None and sort_of(of) in _TERM.sorts - {Sort.TABLE}


def _at_otherwise(node: nodes.LookUp, names: Names) -> Diagnostic:
    assert isinstance(node.key, nodes.NameUse)
    evaluation = node.key.name.text
    return error(
        "SIB203",
        node.span,
        message("‘{name}’ is an evaluation; a value of a table must stand here", name=evaluation),
        others=(_declared_here(evaluation, names),),
        help=message("write ‘{name} at {evaluation}’", name=node.table.text, evaluation=evaluation),
    )


def broken_names(contract: Contract) -> frozenset[str]:
    """The names that statements which cannot be read would have declared, and their series."""
    written = {name.text for name in contract.broken}
    return frozenset(written | {shared for name in written if (shared := stem(name))})


def _uses(node: Node) -> Iterator[tuple[Name, Wanted]]:
    """The names written in a node itself, each with what must stand there."""
    match node:
        case nodes.NameUse() | nodes.AtPrevious() | nodes.OverEvaluations():
            yield node.name, _TERM
        case nodes.AtEvaluation():
            yield node.name, _TERM
            yield node.evaluation, _EVALUATION
        case nodes.LookUp():
            yield node.table, _TABLE
        case nodes.GrossAmount():
            yield node.payment.name, _PAYMENT
        case nodes.Accepted(evaluation=Name() as evaluation):
            yield evaluation, _EVALUATION
        case nodes.PaidToDate() | nodes.ProvidedToDate() | nodes.TotalPaid():
            yield node.party, _PARTY_OR_GROUP
        case nodes.Given():
            yield node.name, _MEASURE
            yield from _evaluation(node.evaluation)
        case nodes.GivenCancelled():
            yield node.evaluation, _EVALUATION
        case nodes.GivenClaim() | nodes.DueAfter():
            yield from _evaluation(node.evaluation)
        case nodes.AtEach(series=Name() as series):
            yield series, _SERIES
        case _:
            yield from _statement_uses(node)


def _statement_uses(node: Node) -> Iterator[tuple[Name, Wanted]]:
    match node:
        case nodes.ShareMember() | nodes.WaterfallMember():
            yield node.name, _PARTY
        case nodes.Funding():
            yield node.investor, _PARTY_OR_GROUP
            yield node.recipient, _PARTY_OR_GROUP
        case nodes.ReportedBy() | nodes.DecidedBy():
            yield from ((party, _PARTY) for party in node.parties)
        case nodes.Table():
            yield node.key, _TERM
        case nodes.Payment():
            yield from ((earlier, _PAYMENT) for earlier in node.ranks_after)
            yield node.payer, _PARTY_OR_GROUP
            yield node.payee, _PARTY_OR_GROUP
        case nodes.CapOn():
            yield node.name, _CAPPED if node.side is None else _PARTY_OR_GROUP
        case nodes.ReturnCap():
            yield node.investor, _PARTY_OR_GROUP
        case _:
            pass  # every other node holds no name, or declares it


def _evaluation(name: Name | None) -> Iterator[tuple[Name, Wanted]]:
    if name is not None:
        yield name, _EVALUATION


def _wrong_sort(name: Name, declaration: Declaration, wanted: Wanted, names: Names) -> Diagnostic:
    cure = _instead(name.text, wanted, names)
    if isinstance(declaration, Occasion) and Sort.DEFINITION in wanted.sorts:
        cure = message("to speak of its date, write {date}", date=declaration.on)
    elif wanted is _MEASURE and sort_of(declaration) in {Sort.DEFINITION, Sort.CONDITION}:
        cure = message("give the measures that ‘{name}’ is made of", name=name.text)
    return error(
        "SIB203",
        name.span,
        message(
            "‘{name}’ is {sort}; {wanted} must stand here",
            name=name.text,
            sort=sort_of(declaration).value,
            wanted=wanted.said,
        ),
        others=(_declared_here(name.text, names),),
        help=cure or message("write the name of {wanted}", wanted=wanted.said),
    )


def _declared_here(name: str, names: Names) -> Label:
    return Label(names.where[name].span, message("‘{name}’ is declared here", name=name))


def _not_declared(uses: Sequence[tuple[Name, Wanted]], names: Names) -> Diagnostic:
    """A name that is not declared is one mistake, wherever it is used."""
    (name, wanted), *more = uses
    return error(
        "SIB202",
        name.span,
        message("‘{name}’ is not declared", name=name.text),
        here=message("{wanted} must stand here", wanted=wanted.said),
        others=(Label(other.span, message("used here too")) for other, _ in more),
        help=_instead(name.text, wanted, names)
        or message("declare ‘{name}’, or write the name as it was declared", name=name.text),
    )


def _totals_outside_examples(contract: Contract) -> Iterator[Diagnostic]:
    """``total paid to X`` is known only at the end: only a worked example can speak of it."""
    for statement in contract.statements:
        if isinstance(statement, nodes.Example):
            continue
        for node in walk(statement):
            if isinstance(node, nodes.TotalPaid):
                yield error(
                    "SIB210",
                    node.span,
                    message("the total paid is known only when everything has been paid"),
                    help=message("write ‘paid to {party} to date’", party=node.party.text)
                    if node.side is nodes.Side.PAYEE
                    else message("write ‘paid by {party} to date’", party=node.party.text),
                )


def _instead(written: str, wanted: Wanted, names: Names) -> Message | None:
    """What to write: the nearest name of a suitable sort, or the evaluations of the series meant."""
    suitable = [name for name, item in names.declared.items() if sort_of(item) in wanted.sorts]
    close = nearest_name(written, suitable) or longer_name(written, suitable)
    if close is not None:
        return message("did you mean ‘{name}’?", name=close)
    at = _OF_EVALUATION.fullmatch(written)
    if at is not None and at["name"] in names.declared and at["evaluation"] in names.occasions:
        return message(
            "write ‘{name} at {evaluation}’", name=at["name"], evaluation=at["evaluation"]
        )
    code = _AMOUNT.fullmatch(written)
    if code is not None and wanted is _TERM:
        return message(
            "‘{code}’ is not a currency: write the three letters of ISO 4217", code=code[1]
        )
    series = names.series.get(stem(written) or written) if Sort.EVALUATION in wanted.sorts else None
    if series is None or len(series.occasions) < 2:
        return None
    return message(
        "the evaluations of ‘{series}’ are ‘{first}’ to ‘{last}’",
        series=series.name,
        first=series.occasions[0].name,
        last=series.occasions[-1].name,
    )
