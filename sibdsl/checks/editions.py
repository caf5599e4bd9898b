"""The terms of an amended contract: those of the contract, and those of each amendment from its day on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import evolve

from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.dependencies import How, Term, expressions_of, uses_in
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node


@frozen
class Edition:
    """Checked terms that govern the evaluations from ``since`` on, until the next; None: from the start."""

    since: date | None
    checked: Checked


@frozen
class InForce:
    """An amendment that a contract stands amended by: its title, its effective day, where that is said."""

    title: str
    since: date
    place: Span


def edition_on(editions: Sequence[Edition], day: date) -> int:
    """The place of the terms that govern an evaluation of that day."""
    return sum(each.since is not None and each.since <= day for each in editions)


def together(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions on one calendar, the last: what was an evaluation then is the one it is now.

    The types are those of every expression of every edition, since one may lead to another.
    """
    if len(editions) == 1:
        return tuple(editions)
    last = editions[-1].checked.names
    types = {span: unit for each in editions for span, unit in each.checked.types.items()}
    return tuple(
        evolve(
            each,
            checked=evolve(
                each.checked,
                types=types,
                names=evolve(each.checked.names, series=last.series, occasions=last.occasions),
            ),
        )
        for each in editions
    )


def names_under(checked: Checked, parts: Iterable[Node], *, once: bool = False) -> Iterator[str]:
    """The names that some expressions rest on, and those that these rest on, each once.

    With ``once`` only those used bare that exist once: what is read in the edition of whoever reads.
    """
    waiting, seen = [*parts], set[str]()
    while waiting:
        for use in uses_in(waiting.pop()):
            name = use.term.name
            declared = checked.names.declared.get(name)
            if name in seen or declared is None:
                continue
            if once and not _is_read_where_it_is_used(checked, use.how, name):
                continue
            seen.add(name)
            yield name
            waiting += expressions_of(Term(name), declared)
            if isinstance(declared, nodes.Table):
                waiting += (row.bound for row in declared.rows)


def _is_read_where_it_is_used(checked: Checked, how: How, name: str) -> bool:
    is_payment = isinstance(checked.names.declared.get(name), nodes.Payment)
    return how is How.HERE and not is_payment and not isinstance(checked.homes.get(name), str)


def is_said_alike(one: Checked, other: Checked, names: Iterable[str]) -> bool:
    """Whether two editions have the same statements under some names."""
    return all(one.names.declared.get(name) is other.names.declared.get(name) for name in names)
