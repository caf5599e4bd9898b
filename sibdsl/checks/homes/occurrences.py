"""Where a statement says that a thing exists: ``at each evaluation``, ``at each Quarter``, ``at Final``."""

from __future__ import annotations

from collections.abc import Mapping

from sibdsl.checks.checked import Everywhere, Home, Names
from sibdsl.checks.homes.dependencies import Aspect, Term
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import AtEach, Contract


def stated_homes(
    contract: Contract, names: Names
) -> tuple[Mapping[Term, Home | None], tuple[Diagnostic, ...]]:
    """The homes of measures, rate cards and payments; None where the statement is wrong about it."""
    known: dict[Term, Home | None] = {}
    home: Home | Diagnostic | None
    findings: list[Diagnostic] = []
    for statement in contract.statements:
        match statement:
            case nodes.Measure() | nodes.Payment() | nodes.RateCard():
                said = statement.occurrence
                if said is not None and said.span == statement.name.span:
                    home = (
                        None  # a rate card that does not say where it stands: reported on reading
                    )
                else:
                    home = _home(said, names)
            case _:
                continue
        if isinstance(home, Diagnostic):
            if names.series or not contract.unread:  # an evaluation may have been meant there
                findings.append(home)
            home = None
        known.setdefault(Term(statement.name.text), home)
        if isinstance(statement, nodes.Payment):
            known.setdefault(Term(statement.name.text, Aspect.GROSS), home)
    return known, tuple(findings)


def sole_series(names: Names) -> str | None:
    """The only series of the contract, if it has just one."""
    return next(iter(names.series)) if len(names.series) == 1 else None


def _home(said: AtEach | None, names: Names) -> Home | Diagnostic | None:
    if said is None:
        return Everywhere.ONCE
    if said.series is None:
        return sole_series(names) or _which_series(said.span, names)
    named = said.series.text
    series = names.series.get(named)
    if series is None:
        occasion = names.occasions.get(named)
        # A name that is no evaluation at all has been reported.
        return None if occasion is None else _one_of(said, occasion.series)
    if not said.each and len(series.occasions) > 1:
        return _one_of(said, named)
    return named


def _which_series(place: Span, names: Names) -> Diagnostic:
    if not names.series:
        return error(
            "SIB222",
            place,
            message("the contract has no evaluation"),
            help=message("declare one, for example: evaluation Final on 2027-12-31"),
        )
    return error(
        "SIB222",
        place,
        message(
            "‘at each evaluation’ does not say of which series; there are {series}",
            series=tuple(names.series),
        ),
        others=(
            Label(names.where[name].span, message("the series ‘{name}’", name=name))
            for name in names.series
        ),
        help=message("write ‘at each {series}’", series=next(iter(names.series))),
    )


def _one_of(said: AtEach, series: str) -> Diagnostic:
    assert said.series is not None
    named = said.series.text
    return error(
        "SIB228",
        said.span,
        message("‘{name}’ is a series of several evaluations", name=named)
        if named == series
        else message(
            "‘{name}’ is only one evaluation of the series ‘{series}’", name=named, series=series
        ),
        help=message("write ‘at each {series}’, or leave the evaluation out", series=series),
    )


def is_counted_from_evaluation(payment: nodes.Payment) -> bool:
    """Whether a payment is due some time *after evaluation*, of which it does not say which."""
    return isinstance(payment.due, nodes.DueAfter) and payment.due.evaluation is None
