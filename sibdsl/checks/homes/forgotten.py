"""Measures that examples give at each evaluation, and that do not say so themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sibdsl.checks.checked import Everywhere, Home, Names
from sibdsl.checks.homes.dependencies import Term
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Name


def given_at_evaluations(
    contract: Contract, homes: Mapping[Term, Home | None], names: Names
) -> Iterator[tuple[Term, Diagnostic]]:
    """A measure that exists once, given at evaluations of a series: one finding, at the measure.

    The example says what was meant. To take its evaluations away would leave one value for all years.
    """
    told: set[Term] = set()
    for example in statements(contract, nodes.Example):
        for line in example.lines:
            if not isinstance(line, nodes.Given) or line.evaluation is None:
                continue
            term = Term(line.name.text)
            measure = names.declared.get(line.name.text)
            occasion = names.occasions.get(line.evaluation.text)
            is_once = homes.get(term) is Everywhere.ONCE and isinstance(measure, nodes.Measure)
            if term in told or not is_once or occasion is None:
                continue
            if len(names.series[occasion.series].occasions) > 1:
                told.add(term)
                yield term, _forgotten(line.name, line.evaluation, occasion.series, names)


def _forgotten(measure: Name, evaluation: Name, series: str, names: Names) -> Diagnostic:
    return error(
        "SIB342",
        names.where[measure.text].span,
        message(
            "‘{name}’ does not say that it is reported at each ‘{series}’, and an example gives it at ‘{evaluation}’",
            name=measure.text,
            series=series,
            evaluation=evaluation.text,
        ),
        others=(Label(measure.span.to(evaluation.span), message("given here")),),
        help=message(
            "add ‘at each {series}’ to the measure; if it is reported once, write ‘{name}’ alone in the example",
            series=series,
            name=measure.text,
        ),
    )
