"""Divisions by what may be zero, where the text does not say what holds then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.guards import Guard, guards_of
from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.dependencies import uses_in
from sibdsl.diagnostics import Diagnostic, message, warning
from sibdsl.frozen import frozen
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Arithmetic, Node, Operator
from sibdsl.syntax.walk import children, walk


def unguarded_division(checked: Checked) -> Iterable[Diagnostic]:
    """A division that can be by zero with no ``or else``: what rests on it would be undefined.

    Nothing is said where a test before it excludes zero, nor where each use of the term that holds
    it has an ``or else`` of its own.
    """
    bounds = Bounds(checked)
    covered = _covered_terms(checked)
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.Example):
            continue
        if isinstance(statement, nodes.Definition) and statement.name.text in covered:
            continue
        for division in _divisions(bounds, statement):
            yield warning(
                "SIB542",
                division.span,
                message("this division has no value where its divisor is zero"),
                here=message("what rests on it would be undefined"),
                help=message("say what holds then, in brackets: (… / … or else 0%)"),
            )


@frozen
class _Place:
    node: Node
    guards: tuple[Guard, ...]


def _divisions(bounds: Bounds, statement: Node) -> Iterator[Arithmetic]:
    """The divisions whose divisor may be zero, outside of what an ``or else`` falls back from."""
    waiting = [_Place(statement, _at_hand(bounds, statement))]
    while waiting:
        place = waiting.pop()
        node, guards = place.node, place.guards
        match node:
            case nodes.OrElse():
                waiting.append(_Place(node.fallback, guards))
            case nodes.Choice():
                holds = guards_of(bounds, node.condition, holds=True)
                fails = guards_of(bounds, node.condition, holds=False)
                waiting.append(_Place(node.no, (*guards, *fails)))
                waiting.append(_Place(node.yes, (*guards, *holds)))
                waiting.append(_Place(node.condition, guards))
            case _:
                waiting.extend(_Place(child, guards) for child in reversed([*children(node)]))
        if isinstance(node, Arithmetic) and node.operator is Operator.DIVIDED_BY:
            bounds.of(node.right)
            if not bounds.within(node.right, guards).is_never_zero:
                yield node


def _at_hand(bounds: Bounds, statement: Node) -> tuple[Guard, ...]:
    """What the condition of a payment says of its amount."""
    for use in uses_in(statement):
        bounds.named(use.term.name)
    if not isinstance(statement, nodes.Payment):
        return ()
    when = () if statement.when is None else guards_of(bounds, statement.when, holds=True)
    unless = () if statement.unless is None else guards_of(bounds, statement.unless, holds=False)
    return (*when, *unless)


def _covered_terms(checked: Checked) -> frozenset[str]:
    """The definitions whose every use has an ``or else``, or stands in a definition that has.

    The largest such set: begin with every definition that is used, and take away until none of the
    rest has a use without.
    """
    uses = tuple(_uses(checked))
    defined = {
        statement.name.text
        for statement in checked.contract.statements
        if isinstance(statement, nodes.Definition)
    }
    covered = {term for term, _, _ in uses} & defined
    used_bare_in: dict[str, list[str]] = {}
    for term, user, has_fallback in uses:
        if not has_fallback:
            used_bare_in.setdefault(user, []).append(term)
    waiting = [user for user in used_bare_in if user not in covered]
    while waiting:
        bare = covered.intersection(used_bare_in.get(waiting.pop(), ()))
        covered -= bare
        waiting += bare
    return frozenset(covered)


def _uses(checked: Checked) -> Iterator[tuple[str, str, bool]]:
    """Each use of a term: the term, the definition it stands in, whether under an ``or else``."""
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.Example):
            continue
        user = statement.name.text if isinstance(statement, nodes.Definition) else ""
        if isinstance(statement, nodes.Table):
            yield statement.key.text, user, False
        places = {
            use.place
            for part in walk(statement)
            if isinstance(part, nodes.OrElse)
            for use in uses_in(part.operand)
        }
        for use in uses_in(statement):
            yield use.term.name, user, use.place in places
