"""From where a case can be seen: a name of the contract whose value may rest on it.

What is expected in a suggested example is the value of such a name: of a payment if there is one,
else of a condition, a table, a definition, a rate card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final

from attrs import evolve

from sibdsl.coverage.cases import Case
from sibdsl.evaluate.ledger import all_routes, tiers_of
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    AcceptedClaims,
    Account,
    Claimed,
    Constant,
    Index,
    NamedTerm,
    NameKind,
    Part,
    Plan,
    Result,
    ReturnLimit,
    Settlement,
    Term,
)
from sibdsl.plan.wellformed import operands
from sibdsl.units import NUMBER

Input = tuple[int, int | None]
"""A result that may be given: a measure and its evaluation."""

_MOST_INSTANCES: Final = 3
MANY_TERMS: Final = 5_000
"""In a larger plan it takes too long to ask of every name what it rests on."""
_KINDS: Final = (
    NameKind.PAYMENT,
    NameKind.TABLE,
    NameKind.CONDITION,
    NameKind.DEFINITION,
    NameKind.RATE_CARD,
)


@frozen(slots=False)
class View:
    """A name, and every term that its value may rest on, whatever the results."""

    plan: Plan
    name: NamedTerm

    @cached_property
    def below(self) -> frozenset[Index]:
        """Every term that the value may rest on."""
        return _below(self.plan, self.name.term)

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """The results that it may rest on, in the order of the plan."""
        terms = (self.plan.terms[at] for at in sorted(self.below))
        found = ((term.measure, term.evaluation) for term in terms if isinstance(term, Result))
        return tuple(dict.fromkeys(found))

    @cached_property
    def counted(self) -> tuple[tuple[int, int, int], ...]:
        """The outcomes whose accepted claims are counted: card, outcome, evaluation."""
        terms = (self.plan.terms[at] for at in sorted(self.below))
        return tuple(
            dict.fromkeys(
                (term.card, term.outcome, term.evaluation)
                for term in terms
                if isinstance(term, AcceptedClaims)
            )
        )

    @cached_property
    def cards(self) -> tuple[tuple[int, int], ...]:
        """The rate cards it rests on, at their evaluations."""
        terms = (self.plan.terms[at] for at in sorted(self.below))
        return tuple(
            dict.fromkeys(
                (term.card, term.evaluation)
                for term in terms
                if isinstance(term, Claimed | AcceptedClaims)
            )
        )

    @cached_property
    def cost(self) -> int:
        """About how many terms it takes to work the name out: under a return cap each payment is
        held against all before it.
        """
        returns = (
            len(each.payments) + len(each.parts)
            for each in self.part.accounts
            if isinstance(each.limit, ReturnLimit)
        )
        return len(self.below) + 10 * sum(number**2 for number in returns)

    @cached_property
    def part(self) -> Plan:
        """The plan with nothing in it but what this name rests on: it is worked out the sooner.

        Terms keep their places; those it does not need are nil. Payments are numbered anew.
        """
        needed = [n for n, each in enumerate(self.plan.payments) if each.settlement in self.below]
        number = {old: new for new, old in enumerate(needed)}
        return evolve(
            self.plan,
            terms=tuple(
                _renumbered(term, number) if at in self.below else _NIL
                for at, term in enumerate(self.plan.terms)
            ),
            payments=tuple(self.plan.payments[each] for each in needed),
            accounts=tuple(_fewer(account, number) for account in self.plan.accounts),
            names=tuple(name for name in self.plan.names if name.term in self.below),
        )

    def may_show(self, case: Case) -> bool:
        """Whether a case can be seen from here at all."""
        return any(at in self.below for at in case.terms)


_NIL: Final = Constant(Fraction(0), unit=NUMBER)


def _renumbered(term: Term, number: Mapping[int, int]) -> Term:
    if isinstance(term, Settlement | Part):
        return evolve(term, payment=number[term.payment])
    return term


def _fewer(account: Account, number: Mapping[int, int]) -> Account:
    limit = account.limit
    if isinstance(limit, ReturnLimit):
        limit = evolve(
            limit,
            own_payments=tuple(number[each] for each in limit.own_payments if each in number),
            own_parts=tuple((number[n], part) for n, part in limit.own_parts if n in number),
        )
    return evolve(
        account,
        limit=limit,
        payments=tuple(number[each] for each in account.payments if each in number),
        parts=tuple((number[each], part) for each, part in account.parts if each in number),
    )


def views(plan: Plan) -> tuple[View, ...]:
    """Views to look from, the best first: payments, those that rest on the fewest results.

    Of a name that exists at many evaluations the first ones and the last are enough.
    """
    instances: dict[tuple[NameKind, str], list[NamedTerm]] = {}
    for name in sorted(plan.names, key=lambda each: each.term):
        instances.setdefault((name.kind, name.name), []).append(name)
    found = [
        View(plan, name)
        for kind in _KINDS
        for (of_kind, _), named in instances.items()
        if of_kind is kind
        for name in (*named[: _MOST_INSTANCES - 1], *named[_MOST_INSTANCES - 1 :][-1:])
    ]
    if len(plan.terms) > MANY_TERMS:
        return tuple(found)
    return tuple(sorted(found, key=lambda view: (_KINDS.index(view.name.kind), len(view.inputs))))


def _below(plan: Plan, top: Index) -> frozenset[Index]:
    seen: set[Index] = set()
    asked: dict[int, int] = {}
    waiting = [top]
    while waiting:
        at = waiting.pop()
        if at in seen:
            continue
        seen.add(at)
        term = plan.terms[at]
        if isinstance(term, Settlement | Part):
            waiting += _under_payment(plan, term.payment, asked)
        else:
            waiting += operands(term)
    return frozenset(seen)


def _under_payment(plan: Plan, number: int, asked: dict[int, int]) -> Iterator[Index]:
    """What a payment may rest on: condition, amount, limits, the payments that rank before.

    ``asked`` has the last payment for which an account was gone through: it covers those before.
    """
    payment = plan.payments[number]
    yield payment.settlement
    yield payment.gross
    if payment.condition is not None:
        yield payment.condition
    earlier: set[int] = set(_through_the_same(plan, number))
    for at in all_routes(plan)[number].every:
        account = plan.accounts[at]
        limit = account.limit
        yield limit.rate if isinstance(limit, ReturnLimit) else limit
        if asked.get(at, -1) >= number:
            continue
        asked[at] = number
        earlier.update(account.payments, (rank for rank, _ in account.parts))
        if isinstance(limit, ReturnLimit):
            earlier.update(limit.own_payments, (rank for rank, _ in limit.own_parts))
    for rank in sorted(earlier):
        if rank < number:
            yield plan.payments[rank].settlement


def _through_the_same(plan: Plan, number: int) -> Iterable[int]:
    """The payments that pass through a waterfall that this one passes through."""
    passages = {passage for passage, _ in tiers_of(plan.payments[number])}
    for rank, other in enumerate(plan.payments[:number] if passages else ()):
        if passages & {passage for passage, _ in tiers_of(other)}:
            yield rank
