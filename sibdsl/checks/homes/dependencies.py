"""What rests on what: the terms that an expression uses, and how it uses them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import assert_never

from attrs import evolve

from sibdsl.checks.checked import Declaration, Names, Occasion, Series
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Name, Node
from sibdsl.syntax.walk import walk


class Aspect(Enum):
    """What of a declared term is used."""

    VALUE = "value"
    ROWS = "rows"
    """The rows of a table, read at another key than its own."""
    GROSS = "gross amount"
    """A payment before caps and rounding."""


@frozen
class Term:
    """A declared name, or the part of it that something else rests on."""

    name: str
    aspect: Aspect = Aspect.VALUE


class How(Enum):
    """At which evaluation a term is used."""

    HERE = "at the evaluation at hand"
    PREVIOUS = "at previous evaluation"
    NAMED = "at NAME"
    OVER = "over all evaluations"
    OVER_TO_DATE = "over the evaluations to date"


@frozen
class Use:
    """One use of a term. ``evaluation`` is given for ``X at NAME`` only."""

    term: Term
    how: How
    place: Span
    evaluation: Name | None = None


def uses_in(node: Node) -> Iterator[Use]:
    """The terms that an expression, or all expressions in a node, use, in the order of the text."""
    gross: set[Span] = set()
    for part in walk(node):
        if isinstance(part, nodes.GrossAmount):
            gross.add(part.payment.span)
        use = _use(part)
        if use is None:
            continue
        if part.span in gross:
            use = evolve(use, term=Term(use.term.name, Aspect.GROSS))
        yield use


def _use(part: Node) -> Use | None:
    match part:
        case nodes.NameUse():
            return Use(Term(part.name.text), How.HERE, part.span)
        case nodes.AtEvaluation():
            return Use(Term(part.name.text), How.NAMED, part.span, part.evaluation)
        case nodes.AtPrevious():
            return Use(Term(part.name.text), How.PREVIOUS, part.span)
        case nodes.OverEvaluations():
            how = How.OVER_TO_DATE if part.to_date else How.OVER
            return Use(Term(part.name.text), how, part.name.span)
        case nodes.LookUp():
            return Use(Term(part.table.text, Aspect.ROWS), How.HERE, part.table.span)
        case _:
            return None


def expressions_of(term: Term, declaration: Declaration) -> tuple[Node, ...]:
    """The parts of a declaration that make up the value of a term, in the order of the text."""
    match declaration:
        case nodes.Definition():
            return (declaration.body,)
        case nodes.Condition():
            return (declaration.test,)
        case nodes.Table():
            otherwise = () if declaration.otherwise is None else (declaration.otherwise,)
            rows = (*(row.value for row in declaration.rows), *otherwise)
            return rows if term.aspect is Aspect.ROWS else (key_of(declaration), *rows)
        case nodes.RateCard():
            return (declaration,)
        case nodes.Payment():
            return _given(declaration.amount, declaration.when, declaration.unless)
        case (
            nodes.Party()
            | nodes.ShareGroup()
            | nodes.Waterfall()
            | nodes.Measure()
            | Occasion()
            | Series()
        ):
            return ()
        case _:
            assert_never(declaration)


def key_of(table: nodes.Table) -> nodes.NameUse:
    """The key of a table as the use of a term that it is."""
    return nodes.NameUse(table.key, span=table.key.span)


def members_of(group: str, names: Names) -> tuple[str, ...]:
    """The names of the members of a group; none for anything else."""
    match names.declared.get(group):
        case nodes.ShareGroup(members=shared):
            return tuple(member.name.text for member in shared)
        case nodes.Waterfall(members=ranked):
            return tuple(member.name.text for member in ranked)
        case _:
            return ()


def _given(*expressions: Expr | None) -> tuple[Expr, ...]:
    return tuple(expression for expression in expressions if expression is not None)
