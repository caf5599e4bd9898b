"""What a value that is not known yet waits for: results, closings of rate cards, other payments."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from attrs import field

from sibdsl.evaluate.claims import in_order
from sibdsl.evaluate.determination import Missing
from sibdsl.evaluate.grounds import Evaluated, missing_limits
from sibdsl.evaluate.values import UNKNOWN
from sibdsl.frozen import frozen
from sibdsl.plan.terms import AcceptedClaims, Claimed, Index, Part, Result, Settlement, Term

TermSet = int
"""A set of terms: bit n stands for term n. A payment may wait for what thousands of others do."""


@frozen(slots=False)
class Waiting:
    """Says of one evaluation what is still missing."""

    evaluated: Evaluated
    _listed: dict[TermSet, tuple[Missing, ...]] = field(init=False, factory=dict)

    def waits_for(self, term: Index) -> tuple[Missing, ...]:
        """The results and closings that an unknown value waits for, in the order of the plan.

        For a payment ask by its settlement.
        """
        waited = self._waited[term]
        if waited not in self._listed:
            listed = (missing for at in _members(waited) for missing in self._missing_at(at))
            self._listed[waited] = tuple(dict.fromkeys(listed))
        return self._listed[waited]

    def lacks(self, number: int) -> tuple[Missing, ...]:
        """What a payment's own condition, amount and caps' limits lack, in the order of the plan.

        Another payment that they rest on stands for what it waits for in turn.
        """
        lacked: dict[Index, tuple[Missing, ...]] = {}
        for at in sorted(self._reached(self._unknown_of(number), through_payments=False)):
            term = self.evaluated.plan.terms[at]
            if isinstance(term, Settlement | Part):
                lacked[at] = (self._payments[term.payment],)
            else:
                lacked[at] = self._missing_at(at)
        return tuple(dict.fromkeys(each for listed in lacked.values() for each in listed))

    def behind(self, number: int) -> tuple[Missing, ...]:
        """The earlier pending payments that may still take the headroom of a shared cap."""
        settled = self.evaluated.trace.settled[number]
        return tuple(self._payments[earlier] for earlier in settled.behind)

    @cached_property
    def _payments(self) -> tuple[Missing, ...]:
        return tuple(
            Missing(payment.name, self._evaluation_name(payment.evaluation))
            for payment in self.evaluated.plan.payments
        )

    def _evaluation_name(self, evaluation: int | None) -> str:
        return "" if evaluation is None else self.evaluated.plan.evaluations[evaluation].name

    # Which terms lack something

    @cached_property
    def _waited(self) -> tuple[TermSet, ...]:
        """Of each term, those that lack what it waits for: one pass, in the order of the plan."""
        waited: list[TermSet] = []
        for at, term in enumerate(self.evaluated.plan.terms):
            waited.append(self._waited_by(at, term, waited))
        return tuple(waited)

    def _waited_by(self, at: Index, term: Term, waited: list[TermSet]) -> TermSet:
        if isinstance(term, Settlement | Part):
            return _union(waited[ground] for ground in self._waiting(term.payment))
        if self.evaluated.values[at] is not UNKNOWN:
            return 0
        if self._missing_at(at):
            return 1 << at
        if isinstance(term, Claimed):  # it may wait for what stands after it in the plan
            return _union(1 << each for each in self._reached([at], through_payments=True))
        return _union(waited[ground] for ground in self.evaluated.grounds[at])

    def _reached(self, terms: Iterable[Index], *, through_payments: bool) -> set[Index]:
        """The terms that lack something, down from some others; payments are passed or stand there."""
        stack = [*terms]
        lacking: set[Index] = set()
        seen: set[Index] = set()
        while stack:
            at = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            term = self.evaluated.plan.terms[at]
            if isinstance(term, Settlement | Part) and through_payments:
                stack.extend(self._waiting(term.payment))
            elif self.evaluated.values[at] is not UNKNOWN:
                continue
            elif isinstance(term, Settlement | Part) or self._missing_at(at):
                lacking.add(at)
            else:
                stack.extend(self.evaluated.grounds[at])
                stack.extend(self._other_claims(term))
        return lacking

    def _waiting(self, number: int) -> Iterable[Index]:
        """What keeps a payment pending: unknown terms, and earlier pending payments."""
        plan = self.evaluated.plan
        settled = self.evaluated.trace.settled[number]
        if all(taking.value is not UNKNOWN for taking in (settled.whole, *settled.parts)):
            return
        yield from self._unknown_of(number)
        for earlier in settled.behind:
            yield plan.payments[earlier].settlement

    def _unknown_of(self, number: int) -> Iterable[Index]:
        """The unknown terms among a payment's condition, gross amount and caps' limits."""
        payment = self.evaluated.plan.payments[number]
        grounds = [payment.gross, *missing_limits(self.evaluated, number)]
        if payment.condition is not None:
            grounds.append(payment.condition)
        yield from (each for each in grounds if self.evaluated.values[each] is UNKNOWN)

    def _missing_at(self, at: Index) -> tuple[Missing, ...]:
        """What a term itself lacks; empty where it only rests on what lacks something."""
        plan, results = self.evaluated.plan, self.evaluated.results
        term = plan.terms[at]
        match term:
            case Result():
                name = plan.measures[term.measure].name
                evaluation = self._evaluation_name(term.evaluation)
                is_disputed = self.evaluated.reported(term) is not None
                return (Missing(name, evaluation, disputed=is_disputed),)
            case Claimed() | AcceptedClaims():
                card = plan.cards[term.card]
                last = plan.evaluations[term.evaluation].on
                return tuple(
                    Missing(card.name, plan.evaluations[evaluation].name)
                    for evaluation in in_order(plan, term.card)
                    if plan.evaluations[evaluation].on <= last
                    and evaluation not in results.cancelled
                    and (term.card, evaluation) not in results.closed
                )
            case _:
                return ()

    def _other_claims(self, term: Term) -> Iterable[Index]:
        """A cap per participant looks back at what the card came to before."""
        if isinstance(term, Claimed):
            for at, other in enumerate(self.evaluated.plan.terms):
                if isinstance(other, Claimed) and other.card == term.card:
                    yield at


def _union(sets: Iterable[TermSet]) -> TermSet:
    together = 0
    for each in sets:
        together |= each
    return together


def _members(terms: TermSet) -> Iterable[Index]:
    while terms:
        lowest = terms & -terms
        yield lowest.bit_length() - 1
        terms ^= lowest
