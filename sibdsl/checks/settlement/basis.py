"""What a value rests on: results at their evaluations, claims, and payments settled before it.

Goes through definitions, conditions and tables at the evaluation each is read at, without recursion,
so that the length of a chain of definitions does not matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from attrs import field

from sibdsl.checks.checked import Checked, Declaration, Occasion
from sibdsl.checks.homes.demands import Silent
from sibdsl.checks.homes.dependencies import Aspect, How, Term, Use, expressions_of, uses_in
from sibdsl.checks.settlement.schedule import PaymentInstance, ranked
from sibdsl.checks.statements import occasions_at, stands_for, term_at
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node, Side
from sibdsl.syntax.walk import walk

Key = tuple[str, str, str | None]
"""A term, its aspect, its evaluation."""


@frozen
class Reliance:
    """A term at an evaluation; ``place`` is where the text that was asked about leads to it."""

    term: Term
    occasion: Occasion | None
    place: Span = field(eq=False)

    @property
    def name(self) -> str:
        """The declared name of the term."""
        return self.term.name

    @property
    def key(self) -> Key:
        """What it is, wherever the text leads to it."""
        return (self.name, self.term.aspect.name, self.occasion.name if self.occasion else None)


@frozen
class Question:
    """An expression to look into, and the evaluation at hand."""

    expr: Node
    occasion: Occasion | None


@frozen
class Surroundings:
    """What finding reliances needs: the checked tree, the payments in rank order, silent uses.

    ``known`` has what each term rests on directly at each evaluation, once it was asked for.
    """

    checked: Checked
    instances: tuple[PaymentInstance, ...]
    silent: Silent
    known: dict[Key, tuple[tuple[Key, Reliance], ...]] = field(factory=dict, eq=False, repr=False)


def surroundings(checked: Checked) -> Surroundings:
    """The tree with its payments in rank order, and what is used without its name being written."""
    silent = Silent.of(checked.contract, checked.currency)
    return Surroundings(checked, ranked(checked), silent)


def rests_on(around: Surroundings, questions: Iterable[Question]) -> Iterator[Reliance]:
    """The measures, rate cards and payments that expressions rest on, each once.

    Payments are given, not gone through: what they rest on is for themselves. The gross amount of a
    payment is gone through, since it needs no settlement.
    """
    waiting = [found for asked in questions for found in _direct(around, asked)]
    seen: set[Key] = set()
    asked_for: set[Key] = set()
    while waiting:
        found = waiting.pop()
        key = found.key
        if key in seen:
            continue
        seen.add(key)
        declared = around.checked.names.declared.get(found.name)
        is_settled = isinstance(declared, nodes.Payment) and found.term.aspect is not Aspect.GROSS
        if is_settled or isinstance(declared, nodes.Measure | nodes.RateCard):
            yield found
        if declared is None or is_settled or isinstance(declared, nodes.Measure):
            continue
        for deeper, one in _beneath(around, found, declared):
            # Totals to date of totals to date name the same things over and over.
            if deeper not in asked_for:
                asked_for.add(deeper)
                waiting.append(Reliance(one.term, one.occasion, found.place))


def _beneath(
    around: Surroundings, found: Reliance, declared: Declaration
) -> tuple[tuple[Key, Reliance], ...]:
    """What a term rests on directly at an evaluation."""
    beneath = around.known.get(found.key)
    if beneath is None:
        direct = {
            one.key: one
            for part in expressions_of(found.term, declared)
            for one in _direct(around, Question(part, found.occasion))
        }
        beneath = around.known[found.key] = tuple(direct.items())
    return beneath


def _direct(around: Surroundings, asked: Question) -> Iterator[Reliance]:
    """The terms that an expression names, at the evaluations it reads them at."""
    for use in uses_in(asked.expr):
        for occasion in _occasions(around.checked, use, asked.occasion):
            yield Reliance(use.term, occasion, use.place)
    for part in walk(asked.expr):
        match part:
            case nodes.Accepted() if part.outcome.text in around.silent.cards:
                card = around.silent.cards[part.outcome.text]
                named = part.evaluation
                at = asked.occasion if named is None else _at(around.checked, named)
                yield Reliance(card, at, part.span)
            case nodes.InCurrency():
                for rate in around.silent.rates.get(part.currency, ()):
                    at = term_at(around.checked, rate.name, asked.occasion)
                    yield Reliance(rate, at, part.span)
            case nodes.PaidToDate() if asked.occasion is not None:
                yield from _paid_to_date(around, part, asked.occasion)
            case _:
                pass


def _occasions(
    checked: Checked, use: Use, occasion: Occasion | None
) -> tuple[Occasion | None, ...]:
    name = use.term.name
    match use.how:
        case How.HERE:
            return (term_at(checked, name, occasion),)
        case How.NAMED:
            return () if use.evaluation is None else (_at(checked, use.evaluation),)
        case How.PREVIOUS:
            return (
                () if occasion is None else occasions_at(checked, name)[: occasion.number - 1][-1:]
            )
        case How.OVER:
            return occasions_at(checked, name)
        case How.OVER_TO_DATE:
            last = date.max if occasion is None else occasion.on
            return tuple(at for at in occasions_at(checked, name) if at.on <= last)
        case _:
            assert_never(use.how)


def _at(checked: Checked, evaluation: nodes.Name) -> Occasion | None:
    return checked.names.occasions.get(evaluation.text)


def _paid_to_date(
    around: Surroundings, paid: nodes.PaidToDate, occasion: Occasion
) -> Iterator[Reliance]:
    """The payments due on or before the date of the evaluation at hand."""
    wanted = stands_for(around.checked, paid.party.text)
    for instance in around.instances:
        if instance.due > occasion.on:
            return
        payment = around.checked.names.declared.get(instance.name)
        if isinstance(payment, nodes.Payment):
            side = payment.payer if paid.side is Side.PAYER else payment.payee
            if not wanted.isdisjoint(stands_for(around.checked, side.text)):
                at = around.checked.names.occasions.get(instance.occasion or "")
                yield Reliance(Term(instance.name), at, paid.span)
