"""Terms defined by themselves, round about: through definitions, payments and the caps on them.

A term may use itself only ``at previous evaluation``. Money ``paid to X to date`` is no use of a
payment's name: whether it comes too early goes by due dates, and is checked payment by payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sibdsl.checks.checked import Names
from sibdsl.checks.homes.dependencies import (
    Aspect,
    How,
    Term,
    Use,
    expressions_of,
    members_of,
    uses_in,
)
from sibdsl.checks.homes.ordering import circle, in_dependency_order
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.frozen import frozen
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Side


@frozen
class Circle:
    """Terms that rest on one another, and one way round: each use leads to the next."""

    members: frozenset[str]
    way: tuple[Use, ...]


def circles(contract: Contract, names: Names) -> tuple[Circle, ...]:
    """Every set of terms that rest on one another without ``at previous evaluation`` between."""
    uses = _uses(contract, names)
    rests_on = {term: tuple(use.term for use in used) for term, used in uses.items()}
    found: list[Circle] = []
    for group in in_dependency_order(uses, rests_on):
        ordered = sorted(group, key=lambda term: names.where[term.name].span)
        way = circle(ordered, rests_on)
        if way:
            steps = zip(way, (*way[1:], way[0]), strict=True)
            taken = (next(use for use in uses[one] if use.term == other) for one, other in steps)
            found.append(Circle(frozenset(term.name for term in group), tuple(taken)))
    return tuple(found)


def circular(found: Iterable[Circle], names: Names) -> Iterator[Diagnostic]:
    """A finding for each circle, with the whole way round in words and every place."""
    for one in found:
        # A payment after caps rests on itself before caps: no step that a reader would see.
        way = [use for use in one.way if use.term.aspect is not Aspect.GROSS or len(one.way) == 1]
        steps = tuple(use.term.name for use in way)
        name = steps[-1]
        yield error(
            "SIB227",
            names.where[name].span,
            message("‘{name}’ is defined by itself", name=name)
            if len(steps) == 1
            else message(
                "‘{name}’ is defined by itself, by way of {steps}", name=name, steps=steps[:-1]
            ),
            others=(
                Label(use.place, message("this uses ‘{name}’", name=use.term.name)) for use in way
            ),
            help=message("a term may use itself only ‘at previous evaluation’"),
        )


def _uses(contract: Contract, names: Names) -> Mapping[Term, tuple[Use, ...]]:
    """What each term rests on at one and the same evaluation, or at a named one, or over several."""
    limits = _Limits.of(contract, names)
    uses: dict[Term, tuple[Use, ...]] = {}
    for name, declaration in names.declared.items():
        match declaration:
            case nodes.Payment():
                gross = Term(name, Aspect.GROSS)
                uses[gross] = _used_by(gross, names)
                before_caps = Use(gross, How.HERE, declaration.name.span)
                uses[Term(name)] = (before_caps, *limits.on_payment(declaration, names))
            case nodes.RateCard():
                uses[Term(name)] = (*_used_by(Term(name), names), *limits.on(name, None))
            case nodes.Table():
                rows = Term(name, Aspect.ROWS)
                uses[rows] = _used_by(rows, names)
                uses[Term(name)] = _used_by(Term(name), names)
            case nodes.Definition() | nodes.Condition():
                uses[Term(name)] = _used_by(Term(name), names)
            case _:
                pass  # nothing to work out: given by the text or reported
    return {term: tuple(use for use in used if use.term in uses) for term, used in uses.items()}


def _used_by(term: Term, names: Names) -> tuple[Use, ...]:
    parts = expressions_of(term, names.declared[term.name])
    return tuple(use for part in parts for use in uses_in(part) if use.how is not How.PREVIOUS)


@frozen
class _Limits:
    """The uses in the limits of the caps, by what they bear on; under no name, on the contract.

    Caps for some dates only are left out: whether they bear goes by due date, payment by payment.
    """

    by_subject: Mapping[tuple[str, Side | None], tuple[Use, ...]]

    @staticmethod
    def of(contract: Contract, names: Names) -> _Limits:
        by_subject: dict[tuple[str, Side | None], tuple[Use, ...]] = {}
        for statement in contract.statements:
            if not isinstance(statement, nodes.Cap) or isinstance(statement.period, nodes.Within):
                continue
            used = tuple(use for use in uses_in(statement.limit) if use.how is not How.PREVIOUS)
            for target in statement.targets:
                for subject in _subjects(target, names):
                    by_subject[subject] = (*by_subject.get(subject, ()), *used)
        return _Limits(by_subject)

    def on(self, name: str, side: Side | None) -> tuple[Use, ...]:
        return self.by_subject.get((name, side), ())

    def on_payment(self, payment: nodes.Payment, names: Names) -> Iterator[Use]:
        yield from self.on("", None)
        yield from self.on(payment.name.text, None)
        for party, side in ((payment.payer.text, Side.PAYER), (payment.payee.text, Side.PAYEE)):
            for name in (party, *members_of(party, names)):
                yield from self.on(name, side)


def _subjects(
    target: nodes.CapOn | nodes.CapOnContract, names: Names
) -> tuple[tuple[str, Side | None], ...]:
    if isinstance(target, nodes.CapOnContract):
        return (("", None),)
    name = target.name.text
    if target.side is not None:
        return tuple((one, target.side) for one in (name, *members_of(name, names)))
    if isinstance(names.declared.get(name), nodes.Payment | nodes.RateCard):
        return ((name, None),)
    return tuple((one, side) for one in (name, *members_of(name, names)) for side in Side)
