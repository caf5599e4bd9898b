"""What a cap of an amendment and one of the contract share if they bear on the same payments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sibdsl.assembly.statements import Key, key_of
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Side, Statement

Sides = Mapping[str, Side]
"""The one side on which a party or a group stands in the payments of a contract."""


def sides_of(statements: Iterable[Statement]) -> Sides:
    """The side of each party or group that only pays, or is only paid; by itself or through groups."""
    members: dict[str, list[str]] = {}
    standing: dict[str, set[Side]] = {}
    for statement in statements:
        match statement:
            case nodes.ShareGroup() | nodes.Waterfall():
                members[statement.name.text] = [one.name.text for one in statement.members]
            case nodes.Payment():
                standing.setdefault(statement.payer.text, set()).add(Side.PAYER)
                standing.setdefault(statement.payee.text, set()).add(Side.PAYEE)
            case _:
                pass
    found = {name: set(sides) for name, sides in standing.items()}
    for group, sides in standing.items():
        for name in _within(group, members):
            found.setdefault(name, set()).update(sides)
    for group in members:
        for name in _within(group, members):
            found.setdefault(group, set()).update(standing.get(name, ()))
    return {name: next(iter(sides)) for name, sides in found.items() if len(sides) == 1}


def _within(group: str, members: Mapping[str, list[str]]) -> list[str]:
    """The members of a group, those of groups in it among them."""
    found = list(dict.fromkeys(members.get(group, ())))
    for name in found:  # it grows while it is gone through, by each name once
        found += [one for one in members.get(name, ()) if one not in found]
    return found


def amended_key(statement: Statement, sides: Sides) -> Key | None:
    """What a statement is known by; ``cap paid by X`` is ``cap X`` where X only pays."""
    key = key_of(statement)
    if not isinstance(statement, nodes.Cap | nodes.CapWithdrawal) or key is None:
        return key
    targets = frozenset(
        (target.name.text, target.side or sides.get(target.name.text))
        if isinstance(target, nodes.CapOn)
        else ()
        for target in statement.targets
    )
    return (nodes.Cap, targets, statement.period)


def cap_names(statement: Statement) -> tuple[str, ...]:
    """The names that a cap, or its withdrawal, bears on."""
    if not isinstance(statement, nodes.Cap | nodes.CapWithdrawal):
        return ()
    return tuple(one.name.text for one in statement.targets if isinstance(one, nodes.CapOn))
