"""A plan while it is being made, and the work list that keeps lowering off Python's stack.

Lowering an expression is written as a generator: it *asks* for what it needs (``left = yield
Written(expr.left, at)``) and is sent the place of the term. One loop answers, so that neither a
chain of ten thousand definitions nor a sum of ten thousand items is ever a recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import define, evolve, field

from sibdsl.frozen import frozen
from sibdsl.plan.catalogue import At, Catalogue
from sibdsl.plan.editions import in_circle, read_in, settled_later
from sibdsl.plan.reach import Reach
from sibdsl.plan.terms import (
    Alias,
    Arithmetic,
    Constant,
    Index,
    NamedTerm,
    Operation,
    Part,
    Term,
)
from sibdsl.source import Span
from sibdsl.syntax.nodes import Expr
from sibdsl.units import Kind, Unit

_MOST_BITS: Final = 1_000
"""Literal arithmetic is worked out beforehand only while its numbers stay this short."""


@frozen(eq=False)
class Written:
    """An expression, at an evaluation; ``edition`` is the place of the terms it is read in."""

    expr: Expr
    at: At
    edition: int = 0


@frozen
class Named:
    """A declared term, at an evaluation, in the terms that govern it or, without one, whoever asks."""

    name: str
    at: At
    edition: int = 0


@frozen
class Gross:
    """A payment's amount before caps, as its text has it, whether or not its condition is met."""

    name: str
    at: At
    edition: int = 0


@frozen
class Met:
    """A payment's condition: ``when`` and not ``unless``."""

    name: str
    at: At
    edition: int = 0


@frozen
class Limit:
    """The limit of one account of a cap, by its place in ``Draft.reaches``."""

    reach: int
    edition: int = 0


Wanted = Written | Named | Gross | Met | Limit
Steps = Generator[Wanted, Index, Index]
"""The lowering of one thing: it asks for places of terms and gives back that of its own."""


def each(wanted: Iterable[Wanted]) -> Generator[Wanted, Index, tuple[Index, ...]]:
    """Ask for several things in order; the places of all."""
    found: list[Index] = []
    for one in wanted:
        index = yield one
        found.append(index)
    return tuple(found)


@define
class Draft:
    """The terms made so far. ``known`` holds the place of whatever has one place only.

    ``catalogue`` is that of the terms in which the work at hand is read.
    """

    catalogues: tuple[Catalogue, ...]
    catalogue: Catalogue
    reaches: tuple[Reach, ...]
    terms: list[Term] = field(factory=list)
    names: list[NamedTerm] = field(factory=list)
    known: dict[Wanted, Index] = field(factory=dict)
    settlements: list[Index] = field(factory=list)
    _parts: dict[tuple[int, int], Index] = field(factory=dict)
    _literals: set[Index] = field(factory=set)
    _spoken_for: set[Index] = field(factory=set)
    _begun: set[Wanted] = field(factory=set)
    _read_in: dict[tuple[str, At, int], int] = field(factory=dict)

    def add(self, term: Term) -> Index:
        """Add a term; its place."""
        self.terms.append(term)
        return len(self.terms) - 1

    def literal(self, value: Fraction, unit: Unit, place: Span) -> Index:
        """A value written in the text, with which arithmetic may be done beforehand."""
        index = self.add(Constant(value, unit=unit, places=(place,)))
        self._literals.add(index)
        return index

    def arithmetic(
        self, operation: Operation, left: Index, right: Index, unit: Unit, place: Span
    ) -> Index:
        """An operation; of two literals, its result. What has a name is never folded away."""
        value = self._folded(operation, left, right)
        if value is not None and _is_writable(value, unit):
            del self.terms[-2:]
            self._literals -= {left, right}
            return self.literal(value, unit, place)
        return self.add(Arithmetic(operation, left, right, unit=unit, places=(place,)))

    def _folded(self, operation: Operation, left: Index, right: Index) -> Fraction | None:
        if not self._literals.issuperset((left, right)) or (left, right) != self._last_two():
            return None
        first, second = self.terms[left], self.terms[right]
        assert isinstance(first, Constant)
        assert isinstance(second, Constant)
        return _worked_out(operation, Fraction(first.value), Fraction(second.value))

    def _last_two(self) -> tuple[Index, Index]:
        return len(self.terms) - 2, len(self.terms) - 1

    def name(self, named: NamedTerm) -> Index:
        """Let readers call a term by a name; one that has a place of its own is aliased."""
        index = named.term
        if index in self._spoken_for:
            unit = self.terms[index].unit
            index = self.add(Alias(index, unit=unit, places=(named.place,)))
        self.keep(index)
        self.names.append(NamedTerm(named.name, named.kind, named.evaluation, index, named.place))
        return index

    def keep(self, index: Index) -> Index:
        """Let a term stand for something of its own: it is no literal, and takes no second name."""
        self._literals.discard(index)
        self._spoken_for.add(index)
        return index

    def settled(self, payment: int) -> Index:
        """The term of a payment, which ranks before whatever asks for it.

        Raises EditionsError where it does not: by the terms of one date it may, of two together not.
        """
        if payment >= len(self.settlements):
            raise settled_later(self.catalogue, payment)
        return self.settlements[payment]

    def part(self, payment: int, part: int, unit: Unit) -> Index:
        """The term of one part of a payment, which has been settled."""
        self.settled(payment)
        key = payment, part
        if key not in self._parts:
            self._parts[key] = self.keep(self.add(Part(payment, part, unit=unit)))
        return self._parts[key]

    def in_edition(self, wanted: Wanted, asking: int) -> Wanted:
        """What is wanted, in the terms in which it is read: see :func:`sibdsl.plan.editions.read_in`."""
        if len(self.catalogues) == 1:
            return wanted
        if isinstance(wanted, Limit):
            return evolve(wanted, edition=self.reaches[wanted.reach].edition)
        if isinstance(wanted, Written):
            return evolve(wanted, edition=asking)
        question = wanted.name, wanted.at, asking
        edition = self._read_in.get(question)
        if edition is None:
            edition = self._read_in[question] = read_in(self.catalogue, *question)
        return evolve(wanted, edition=edition)

    def begun(self, wanted: Wanted, begin: Callable[[Draft, Wanted], Steps]) -> Steps:
        """The steps of what is wanted. Raises EditionsError where they have begun and wait for it."""
        self.catalogue = self.catalogues[wanted.edition]
        if len(self.catalogues) > 1 and not isinstance(wanted, Written):
            if wanted in self._begun:
                raise in_circle(self.catalogue, _name_of(self, wanted))
            self._begun.add(wanted)
        return begin(self, wanted)

    def place_of(self, wanted: Wanted) -> Index:
        """The place of what was made before."""
        return self.known[self.in_edition(wanted, self.catalogue.edition)]


def _name_of(draft: Draft, wanted: Named | Gross | Met | Limit) -> str:
    """The declared name that something is of; of a limit, that of the first thing under it."""
    if not isinstance(wanted, Limit):
        return wanted.name
    reach = draft.reaches[wanted.reach]
    cards = [card for card, _ in reach.cards]
    return next(iter((*cards, *(draft.catalogue.instances[rank].name for rank in reach.limited))))


def _is_writable(value: Fraction, unit: Unit) -> bool:
    """Whether a value may stand in the plan as it is: no number of a thousand digits, no day that
    no calendar has.
    """
    if unit.kind is Kind.DATE:
        return 1 <= value <= date.max.toordinal()
    return max(abs(value.numerator), value.denominator).bit_length() <= _MOST_BITS


def _worked_out(operation: Operation, left: Fraction, right: Fraction) -> Fraction | None:
    match operation:
        case Operation.ADD:
            return left + right
        case Operation.SUBTRACT:
            return left - right
        case Operation.MULTIPLY:
            return left * right
        case Operation.DIVIDE:
            return left / right if right else None


def work(draft: Draft, wanted: Wanted, begin: Callable[[Draft, Wanted], Steps]) -> Index:
    """The place of what is wanted, made with all that it rests on unless it is there already."""
    asked: list[tuple[Wanted, Steps]] = []
    wanted = draft.in_edition(wanted, draft.catalogue.edition)
    answer: Index | None = _known(draft, wanted)
    if answer is None:
        asked.append((wanted, draft.begun(wanted, begin)))
    while asked:
        current, steps = asked[-1]
        draft.catalogue = draft.catalogues[current.edition]
        try:
            needed = next(steps) if answer is None else steps.send(answer)
        except StopIteration as finished:
            asked.pop()
            answer = _remember(draft, current, finished.value)
            continue
        needed = draft.in_edition(needed, current.edition)
        answer = _known(draft, needed)
        if answer is None:
            asked.append((needed, draft.begun(needed, begin)))
    draft.catalogue = draft.catalogues[-1]
    assert answer is not None
    return answer


def _known(draft: Draft, wanted: Wanted) -> Index | None:
    return None if isinstance(wanted, Written) else draft.known.get(wanted)


def _remember(draft: Draft, wanted: Wanted, index: Index) -> Index:
    if not isinstance(wanted, Written):
        draft.known[wanted] = draft.keep(index)
    return index
