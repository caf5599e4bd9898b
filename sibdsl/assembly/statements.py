"""Which statement of a contract one of an amendment says anew, and which cannot be said anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node, Statement

Key = tuple[object, ...]
"""What two statements share if one of them says the other anew; fundings have none."""

_NAMED: Final = (
    nodes.Party,
    nodes.ShareGroup,
    nodes.Waterfall,
    nodes.Evaluation,
    nodes.Evaluations,
    nodes.Measure,
    nodes.Definition,
    nodes.Table,
    nodes.Condition,
    nodes.RateCard,
    nodes.Payment,
    nodes.Withdrawal,
)
_VERSIONED: Final = (nodes.Definition, nodes.Table, nodes.Condition, nodes.Payment, nodes.Cap)
"""What every evaluation may read in the version in force at its date."""
_DATED: Final = (nodes.Evaluation, nodes.Evaluations)
_ADDED: Final = (
    *_VERSIONED,
    *_DATED,
    nodes.Party,
    nodes.ShareGroup,
    nodes.Waterfall,
    nodes.Funding,
    nodes.Measure,
    nodes.RateCard,
)

_ANOTHER_NAME: Final = message("declare it under another name, and let what uses it use that")
_NEW_CONTRACT: Final = message("agree a new contract for this, and end the term of the old one")
CURES: Final[Mapping[type[Node], Message]] = {
    nodes.Title: message("an amendment has a title of its own, in its line ‘amendment’"),
    nodes.ContractReference: message("leave the reference as it is"),
    nodes.PolicyField: message("leave the field as it is"),
    nodes.Currency: _NEW_CONTRACT,
    nodes.ExchangeRate: _NEW_CONTRACT,
    nodes.Term: message("leave the first day of the term as it is; the last may be said anew"),
    nodes.Party: message(
        "leave the roles as they are; declare another party, and let payments name it"
    ),
    nodes.ShareGroup: _ANOTHER_NAME,
    nodes.Waterfall: _ANOTHER_NAME,
    nodes.Funding: _NEW_CONTRACT,
    nodes.Evaluation: message("write the evaluation as one of its kind, under its own name"),
    nodes.Evaluations: message("write the evaluations as a series, under their own name"),
    nodes.Measure: _ANOTHER_NAME,
    nodes.Definition: _ANOTHER_NAME,
    nodes.Table: _ANOTHER_NAME,
    nodes.Condition: _ANOTHER_NAME,
    nodes.RateCard: _ANOTHER_NAME,
    nodes.Payment: message("withdraw the payment, and add one of another name"),
    nodes.Cap: message("caps on rate cards stay as they are; cap the payment of the card instead"),
    nodes.ReturnCap: message("leave the cap on the return as it is, and cap payments instead"),
    nodes.RoundingRule: message(
        "write the rounding in the amounts that are to be rounded otherwise"
    ),
}
"""What to do about a statement that cannot be amended in this version."""


def key_of(statement: Statement) -> Key | None:
    """What a statement is known by: its name; of a cap, its targets and its period."""
    match statement:
        case nodes.Cap() | nodes.CapWithdrawal():
            targets = frozenset(
                (target.name.text, target.side) if isinstance(target, nodes.CapOn) else ()
                for target in statement.targets
            )
            return (nodes.Cap, targets, statement.period)
        case nodes.ReturnCap():
            return (nodes.ReturnCap, statement.investor.text)
        case nodes.Funding():
            return None
        case nodes.Example():
            return (nodes.Example, statement.title.text)
        case nodes.ExchangeRate():
            return (nodes.ExchangeRate, statement.base.currency)
        case _ if isinstance(statement, _NAMED):
            return (statement.name.text,)
        case _:
            return (type(statement),)


def name_of(statement: Statement) -> str:
    """The name that a statement declares; empty for one that declares none."""
    key = key_of(statement)
    return key[0] if key is not None and isinstance(key[0], str) else ""


def is_amendable(old: Statement | None, new: Statement | None) -> bool:
    """Whether an amendment may put ``new`` in the place of ``old``: None adds, or withdraws.

    What is refused is what every evaluation reads alike, so that old terms would change with new ones.
    """
    if old is None:
        return isinstance(new, _ADDED)
    if new is None:
        return isinstance(old, (*_VERSIONED, nodes.Evaluation, nodes.Measure))
    if isinstance(old, nodes.Party) and isinstance(new, nodes.Party):
        return old.roles == new.roles
    if isinstance(old, nodes.Term) and isinstance(new, nodes.Term):
        return old.start == new.start
    if isinstance(old, nodes.Payment) and isinstance(new, nodes.Payment):
        return (old.payer, old.payee) == (new.payer, new.payee)
    return type(old) is type(new) and isinstance(old, (*_VERSIONED, *_DATED))
