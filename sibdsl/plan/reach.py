"""What caps bear on, unrolled: one account for each cap over each span of time it speaks of.

All of it is known from the text, before any term is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from attrs import evolve

from sibdsl.frozen import frozen
from sibdsl.plan.catalogue import (
    At,
    Catalogue,
    members,
    parts_of,
    stands_at,
)
from sibdsl.plan.editions import first_alike
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Side

CapStatement = nodes.Cap | nodes.ReturnCap
_SIDES: Final = {Side.PAYER: 0, Side.PAYEE: 1}


@frozen
class Reach:
    """What one account of a cap bears on.

    ``cards`` are rate cards at their evaluations, by date; ``payments`` and ``parts`` are ranks and
    places of parts; ``at`` is the evaluation at which the limit is read. ``own_payments`` and
    ``own_parts`` are what the investor of a return cap pays itself. Of a cap that an amendment says,
    ``counted`` are the payments that earlier terms govern: they use the limit up, and are not cut by it. ``edition`` is the place of the terms in which the limit is read.
    """

    cap: int
    limit: Expr
    at: At
    payments: tuple[int, ...] = ()
    parts: tuple[tuple[int, int], ...] = ()
    cards: tuple[tuple[str, int], ...] = ()
    evaluation: int | None = None
    year: int | None = None
    investor: str = ""
    own_payments: tuple[int, ...] = ()
    own_parts: tuple[tuple[int, int], ...] = ()
    counted: tuple[int, ...] = ()
    edition: int = 0

    @property
    def ranks(self) -> tuple[int, ...]:
        """The payments borne on, as a whole or in part."""
        return (*self.payments, *(rank for rank, _ in self.parts))

    @property
    def limited(self) -> tuple[int, ...]:
        """Those of them that the cap may cut."""
        return tuple(rank for rank in self.ranks if rank not in self.counted)


def cap_statements(catalogue: Catalogue) -> tuple[CapStatement, ...]:
    """The caps in the order of the text, those of the terms last in force before all others."""
    by_place = {
        statement.span: statement
        for edition in reversed(catalogue.editions)
        for statement in edition.checked.contract.statements
        if isinstance(statement, nodes.Cap | nodes.ReturnCap)
    }
    return tuple(by_place.values())


def reaches(catalogue: Catalogue) -> tuple[Reach, ...]:
    """Every account of every cap, in the order of the text, then of time."""
    found: list[Reach] = []
    for number, cap in enumerate(cap_statements(catalogue)):
        if isinstance(cap, nodes.ReturnCap):
            found.append(_of_return(catalogue, number, cap))
            continue
        for first, last in _runs(catalogue, cap):
            found += _governed(catalogue, _of_cap(catalogue, number, cap), first, last)
    return tuple(found)


def _runs(catalogue: Catalogue, cap: nodes.Cap) -> Iterator[tuple[int, int]]:
    """The editions that a cap stands in, first and last, parted where its limit comes to be another."""
    starts: dict[int, int] = {}
    for number, edition in enumerate(catalogue.editions):
        if any(statement is cap for statement in edition.checked.contract.statements):
            since = first_alike(catalogue.editions, (cap.limit,), number)
            earlier = [first for first in starts if first >= since]
            starts[earlier[0] if earlier else number] = number
    yield from starts.items()


def _governed(
    catalogue: Catalogue, reaches: Iterable[Reach], first: int, last: int
) -> Iterator[Reach]:
    """What editions from ``first`` to ``last`` govern of some reaches; what earlier ones do, is counted."""

    def edition(rank: int) -> int:
        return catalogue.instances[rank].edition

    for reach in reaches:
        governed = evolve(
            reach,
            edition=last,
            payments=tuple(rank for rank in reach.payments if edition(rank) <= last),
            parts=tuple(pair for pair in reach.parts if edition(pair[0]) <= last),
            counted=tuple(sorted({rank for rank in reach.ranks if edition(rank) < first})),
        )
        if governed.limited or governed.cards or len(catalogue.editions) == 1:
            yield governed


# ------------------------------------------------------------------------------ what a cap reaches


def _of_cap(catalogue: Catalogue, number: int, cap: nodes.Cap) -> Iterator[Reach]:
    payments, parts = _borne_on(catalogue, cap)
    whole = Reach(number, cap.limit, None, payments, parts, _cards(catalogue, cap))
    match cap.period:
        case None:
            yield whole
        case nodes.Within():
            first, last = cap.period.start.value, cap.period.end.value
            yield _only(catalogue, whole, lambda _, on: first <= on <= last)
        case nodes.PerEvaluation():
            for evaluation in _evaluations(catalogue, whole):
                there = _only(catalogue, whole, lambda at, _: at == evaluation)  # noqa: B023
                yield evolve(there, at=evaluation, evaluation=evaluation)
        case nodes.PerCalendarYear():
            for year in _years(catalogue, whole):
                there = _only(catalogue, whole, lambda _, on: on.year == year)  # noqa: B023
                yield evolve(there, year=year)


def _only(catalogue: Catalogue, reach: Reach, holds: Callable[[At, date], bool]) -> Reach:
    """The part of a reach at certain evaluations or dates.

    A payment goes by its unadjusted due date, a rate card by the date of its evaluation.
    """

    def of_payment(rank: int) -> bool:
        instance = catalogue.instances[rank]
        return holds(catalogue.evaluations.get(instance.occasion or ""), instance.due)

    return evolve(
        reach,
        payments=tuple(rank for rank in reach.payments if of_payment(rank)),
        parts=tuple((rank, part) for rank, part in reach.parts if of_payment(rank)),
        cards=tuple((card, at) for card, at in reach.cards if holds(at, catalogue.on(at))),
    )


def _evaluations(catalogue: Catalogue, reach: Reach) -> Sequence[int]:
    of_payments = (catalogue.instances[rank].occasion for rank in reach.ranks)
    named = {catalogue.evaluations[occasion] for occasion in of_payments if occasion is not None}
    return sorted(named | {at for _, at in reach.cards})


def _years(catalogue: Catalogue, reach: Reach) -> Sequence[int]:
    due = {catalogue.instances[rank].due.year for rank in reach.ranks}
    return sorted(due | {catalogue.on(at).year for _, at in reach.cards})


def _cards(catalogue: Catalogue, cap: nodes.Cap) -> tuple[tuple[str, int], ...]:
    """The rate cards a cap names, at their evaluations: by date, then as the cap names them."""
    named = [
        target.name.text
        for target in cap.targets
        if isinstance(target, nodes.CapOn) and target.name.text in catalogue.cards
    ]
    standing = [
        (catalogue.on(at), place, name, at)
        for place, name in enumerate(named)
        for at in stands_at(catalogue, name) or ()
    ]
    return tuple((name, at) for _, _, name, at in sorted(standing))


Borne = tuple[tuple[int, ...], tuple[tuple[int, int], ...]]
"""Payments as a whole, and parts of others."""


def _borne_on(catalogue: Catalogue, cap: nodes.Cap) -> Borne:
    """The payments that a cap bears on as a whole, and those of which it bears on parts."""
    if any(isinstance(target, nodes.CapOnContract) for target in cap.targets):
        return tuple(range(len(catalogue.instances))), ()
    named = [target for target in cap.targets if isinstance(target, nodes.CapOn)]
    payments = {target.name.text for target in named}
    whole, parts = _on_sides(catalogue, {side: _among(catalogue, named, side) for side in Side})
    every = {rank for rank, each in enumerate(catalogue.instances) if each.name in payments}
    return tuple(sorted({*whole, *every})), tuple(pair for pair in parts if pair[0] not in every)


def _on_sides(catalogue: Catalogue, wanted: Mapping[Side, frozenset[int]]) -> Borne:
    """The payments on a side of which certain parties stand: alone, or with others.

    Parties named together count as one, as the members of a group do: where everybody on a side of
    a payment is among them, the whole of it is theirs.
    """
    whole: list[int] = []
    parts: list[tuple[int, int]] = []
    for rank in range(len(catalogue.instances)):
        pairs = parts_of(catalogue, catalogue.said[rank])
        theirs = [
            {number for number, pair in enumerate(pairs) if pair[_SIDES[side]] in parties}
            for side, parties in wanted.items()
        ]
        if any(len(numbers) == len(pairs) for numbers in theirs):
            whole.append(rank)
        else:
            parts += [(rank, number) for number in sorted(set().union(*theirs))]
    return tuple(whole), tuple(parts)


def _among(catalogue: Catalogue, targets: Iterable[nodes.CapOn], side: Side) -> frozenset[int]:
    return frozenset(
        party
        for target in targets
        if target.side in (None, side) and _is_party(catalogue, target.name.text)
        for party in members(catalogue, target.name.text)
    )


def _is_party(catalogue: Catalogue, name: str) -> bool:
    declared = catalogue.checked.names.declared.get(name)
    return isinstance(declared, nodes.Party | nodes.ShareGroup | nodes.Waterfall)


def _of_return(catalogue: Catalogue, number: int, cap: nodes.ReturnCap) -> Reach:
    """What an investor, or a group as one, is paid; and what it pays, which counts as put in."""
    name = cap.investor.text
    investors = frozenset(members(catalogue, name))
    payments, parts = _on_sides(catalogue, {Side.PAYEE: investors})
    own_payments, own_parts = _on_sides(catalogue, {Side.PAYER: investors})
    return Reach(
        number,
        cap.rate,
        None,
        payments,
        parts,
        investor=name,
        own_payments=own_payments,
        own_parts=own_parts,
    )
