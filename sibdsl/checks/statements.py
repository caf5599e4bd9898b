"""Finding one's way in a checked tree: statements and nodes of a kind, parties, evaluations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from sibdsl.checks.checked import Checked, Everywhere, Occasion
from sibdsl.checks.homes.dependencies import members_of
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Node, Role
from sibdsl.syntax.walk import walk

Kind = TypeVar("Kind", bound=Node)


def statements(contract: Contract, kind: type[Kind]) -> Iterator[Kind]:
    """The statements of one kind, in the order of the text."""
    for statement in contract.statements:
        if isinstance(statement, kind):
            yield statement


def parts(node: Node, kind: type[Kind]) -> Iterator[Kind]:
    """The node itself and all nodes in it, of one kind, in the order of the text."""
    for part in walk(node):
        if isinstance(part, kind):
            yield part


def term_at(checked: Checked, name: str, occasion: Occasion | None) -> Occasion | None:
    """The evaluation a term used bare is read at; None for a term that exists once."""
    home = checked.homes.get(name)
    if isinstance(home, str):
        return occasion if occasion is not None and occasion.series == home else None
    return occasion if home is Everywhere.ANY else None


def occasions_at(checked: Checked, name: str) -> tuple[Occasion, ...]:
    """The evaluations of the series a term exists at, by date; none for a term that has none."""
    home = checked.homes.get(name)
    series = checked.names.series.get(home) if isinstance(home, str) else None
    return () if series is None else series.occasions


def stands_for(checked: Checked, name: str) -> frozenset[str]:
    """A party alone, or a group with its members."""
    return frozenset({name, *members_of(name, checked.names)})


def roles_of(checked: Checked, name: str) -> frozenset[Role]:
    """The roles of a party, or of the members of a group together."""
    roles: set[Role] = set()
    for party in stands_for(checked, name):
        declared = checked.names.declared.get(party)
        if isinstance(declared, nodes.Party):
            roles.update(declared.roles)
    return frozenset(roles)
