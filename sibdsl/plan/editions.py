"""Amended contracts, lowered: in which terms a name is read, and what no reading makes sense of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sibdsl.checks.editions import Edition, is_said_alike, names_under
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.plan.catalogue import At, Catalogue
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node


class EditionsError(Exception):
    """Terms of two dates that cannot be read together; ``finding`` says which."""

    def __init__(self, finding: Diagnostic) -> None:
        self.finding = finding
        super().__init__(finding.code)


def read_in(catalogue: Catalogue, name: str, at: At, asking: int) -> int:
    """The edition in which a name is read at an evaluation, by whoever is read in ``asking``.

    The one that governs the evaluation; for a payment, the one that governs it; for what exists once,
    that of whoever asks, or the earliest that says the same of it and of all it rests on.
    """
    rank = catalogue.payments.get((name, at))
    if rank is not None:
        return catalogue.instances[rank].edition
    if at is not None:
        return catalogue.in_force[at]
    use = nodes.NameUse(nodes.Name(name, span=_NOWHERE), span=_NOWHERE)
    return first_alike(catalogue.editions, (use,), asking)


_NOWHERE = Span(0, 0)


def first_alike(editions: Sequence[Edition], parts: Iterable[Node], edition: int) -> int:
    """The earliest edition from which on some expressions, read outside any evaluation, mean the same."""
    names = tuple(names_under(editions[edition].checked, parts, once=True))
    first = edition
    while first and is_said_alike(editions[first - 1].checked, editions[edition].checked, names):
        first -= 1
    return first


# ---------------------------------------------------------------------------------------- findings


def settled_later(catalogue: Catalogue, rank: int) -> EditionsError:
    """A payment that something rests on, and that is settled after it."""
    instance = catalogue.instances[rank]
    text = message(
        "‘{payment}’ is settled on {due}, after what depends on it by the terms of another date",
        payment=instance.name,
        due=instance.due,
    )
    advice = message(
        "leave its due date as it was, or withdraw it and add a payment of another name"
    )
    return EditionsError(error("SIB088", instance.place, text, help=advice))


def in_circle(catalogue: Catalogue, name: str) -> EditionsError:
    """A name that rests on itself by way of terms of two dates."""
    place = _where(catalogue, name)
    text = message("‘{name}’ is defined by itself, by way of terms of another date", name=name)
    advice = message("let the terms of one date use no evaluation of the other")
    return EditionsError(error("SIB088", place, text, help=advice))


def not_there(catalogue: Catalogue, name: str, place: Span, evaluation: int) -> EditionsError:
    """A name used at an evaluation whose terms do not declare it."""
    occasion = catalogue.occasions[evaluation]
    text = message(
        "‘{name}’ does not exist at ‘{evaluation}’, by the terms in force on {day}",
        name=name,
        evaluation=occasion.name,
        day=occasion.on,
    )
    others = (Label(_where(catalogue, name), message("declared here")),)
    advice = message("use it at an evaluation whose terms declare it")
    return EditionsError(error("SIB087", place, text, others=others, help=advice))


def _where(catalogue: Catalogue, name: str) -> Span:
    """Where a name is declared first."""
    return next(
        each.checked.names.where[name].span
        for each in catalogue.editions
        if name in each.checked.names.declared
    )
