"""What payments have taken so far: from the headroom of caps, and through waterfalls.

Every taking has two sides: what is certain, in the algebra's values, and what may still come on top
of it while the payment is pending. Only payments that rank before are ever asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, Generic, TypeVar

from attrs import define, field

from sibdsl.dates import DayCount
from sibdsl.evaluate.algebra import Algebra
from sibdsl.evaluate.values import Value
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AmountRounding,
    Operation,
    Payment,
    Plan,
    ReturnLimit,
    Summary,
    Tiers,
)

V = TypeVar("V")

NIL: Final = Fraction(0)


@frozen
class Taking(Generic[V]):
    """What a payment, or a part of one, takes.

    ``value`` is the amount due as expressions see it: unknown while pending, undefined for good.
    ``certain`` is due already; ``further`` may still come on top of it, None for no bound.
    """

    value: V
    certain: V
    further: Fraction | None


@frozen
class Cutting(Generic[V]):
    """A cap that may have cut a payment or a part: the amount before and the headroom found."""

    account: int
    before: V
    headroom: V


@frozen
class Settled(Generic[V]):
    """How a payment was settled.

    ``claim`` is the gross amount where the condition holds, nil where it does not or the amount is
    negative. ``cuts`` stand for the whole and ``part_cuts`` for each part. ``behind`` are the earlier
    pending payments whose share of a headroom keeps this one from being settled.
    """

    claim: V
    whole: Taking[V]
    parts: tuple[Taking[V], ...]
    cuts: tuple[Cutting[V], ...] = ()
    part_cuts: tuple[tuple[Cutting[V], ...], ...] = ()
    behind: tuple[int, ...] = ()


Passage = tuple[str, str, str]
"""A waterfall as money passes through it: the group, ``payer`` or ``payee``, the currency."""


@frozen(slots=False)
class Routes:
    """Which accounts bear on a payment: as a whole, on all that a payer pays, on single parts."""

    whole: tuple[int, ...]
    rows: tuple[tuple[int, ...], ...]
    parts: tuple[tuple[int, ...], ...]
    covered: tuple[tuple[int, tuple[int, ...]], ...]
    """Of each account that covers single parts: which."""
    passages: tuple[tuple[Passage, Tiers], ...]
    """The waterfalls that the payment passes through."""
    counted: tuple[int, ...]
    """Accounts that the payment as a whole uses up, and that do not limit it."""

    @cached_property
    def every(self) -> tuple[int, ...]:
        """All of them, each once, in the order of the plan."""
        listed = (self.whole, *self.rows, *self.parts)
        return tuple(sorted({account for accounts in listed for account in accounts}))

    @cached_property
    def cut_members(self) -> bool:
        """Whether a member's own cap may cut."""
        return any(self.rows) or any(self.parts)


@define
class Passed(Generic[V]):
    """What has passed through a waterfall: to each member, and in all.

    ``is_even``: no member's own cap cuts, so that the sum alone says how far it has filled up.
    """

    members: list[V]
    further: list[Fraction | None]
    total: V
    total_further: Fraction | None
    is_even: bool
    behind: list[int]


@define
class Ledger(Generic[V]):
    """The books of one run. ``settled`` has one entry for each payment settled so far."""

    plan: Plan
    algebra: Algebra[V]
    routes: tuple[Routes, ...]
    roundings: dict[str, AmountRounding]
    settled: list[Settled[V]] = field(factory=list)
    used: list[V] = field(factory=list)
    behind: list[list[int]] = field(factory=list)
    further: list[dict[str, Fraction | None]] = field(factory=list)
    """What may still come of each account under the pending payments of a name, one by one."""
    passed: dict[Passage, Passed[V]] = field(factory=dict)

    @classmethod
    def opened(cls, plan: Plan, algebra: Algebra[V]) -> Ledger[V]:
        """The books before any payment."""
        nil = algebra.constant(NIL)
        accounts = len(plan.accounts)
        routes = all_routes(plan)
        ledger = cls(
            plan=plan,
            algebra=algebra,
            routes=routes,
            roundings={rounding.currency: rounding for rounding in plan.roundings},
            used=[nil] * accounts,
            behind=[[] for _ in range(accounts)],
            further=[{} for _ in range(accounts)],
        )
        ledger.passed = _passages(routes, nil)
        return ledger

    # Headroom

    def limit(self, account: int, values: Sequence[V]) -> V:
        """The value that a cap's limit rests on: the limit itself, or the rate of a return cap."""
        limit = self.plan.accounts[account].limit
        return values[limit.rate if isinstance(limit, ReturnLimit) else limit]

    def open_payments(self, account: int) -> tuple[int, ...]:
        """The earlier pending payments that may still take headroom, or still add to it."""
        return tuple(sorted({*self.behind[account], *self.adding(account)}))

    def adding(self, account: int) -> tuple[int, ...]:
        """The investor's own pending payments, which may still raise a return cap."""
        limit = self.plan.accounts[account].limit
        if not isinstance(limit, ReturnLimit):
            return ()
        return tuple(
            payment
            for payment in self._own_payments(limit)
            if any(taking.further != 0 for taking in self._own_takings(limit, payment))
        )

    def is_open(self, account: int) -> bool:
        """Whether there are any such payments."""
        return bool(self.behind[account]) or bool(self.adding(account))

    def room(self, account: int, payment: Payment, values: Sequence[V]) -> V:
        """The limit less what earlier payments are certain to take; it may be negative."""
        limit = self.plan.accounts[account].limit
        if isinstance(limit, ReturnLimit):
            return self._returnable(account, limit, payment, values)
        return self.algebra.arithmetic(Operation.SUBTRACT, values[limit], self.used[account])

    def headroom(self, room: V, payment: Payment) -> V:
        """The room that there is, rounded down to the step of the payment."""
        algebra = self.algebra
        positive = algebra.summary(Summary.HIGHEST, (room, algebra.constant(NIL)))
        return algebra.rounded(positive, RoundingMode.DOWN, self.step(payment))

    def step(self, payment: Payment) -> Fraction:
        """The step by which amounts of the payment's currency fall due."""
        return self.roundings[payment.currency].step

    def _returnable(
        self, account: int, limit: ReturnLimit, payment: Payment, values: Sequence[V]
    ) -> V:
        """Funding and own payments less earlier receipts, all grown to the unadjusted due date.

        Funding of a later day is not in it. Language reference, "Return cap, interest, indexation".
        """
        algebra = self.algebra
        rate = values[limit.rate]
        put_in = [
            self._grown(algebra.constant(amount), rate, on.toordinal(), payment)
            for amount, on in limit.fundings
            if on <= payment.due
        ]
        for earlier in self._own_payments(limit):
            due = self.plan.payments[earlier].due.toordinal()
            put_in.extend(
                self._grown(taking.certain, rate, due, payment)
                for taking in self._own_takings(limit, earlier)
            )
        got = algebra.constant(NIL)
        for earlier, taking in self.receipts(account):
            due = self.plan.payments[earlier].due.toordinal()
            grown = self._grown(taking.certain, rate, due, payment)
            got = algebra.arithmetic(Operation.ADD, got, grown)
        return algebra.arithmetic(Operation.SUBTRACT, algebra.summary(Summary.TOTAL, put_in), got)

    def _grown(self, amount: V, rate: V, start: int, payment: Payment) -> V:
        algebra = self.algebra
        factor = algebra.growth(
            rate,
            DayCount.ACTUAL_365,
            algebra.constant(Fraction(start)),
            algebra.constant(Fraction(payment.due.toordinal())),
            broken_year=True,
        )
        return algebra.arithmetic(Operation.MULTIPLY, amount, factor)

    def _own_payments(self, limit: ReturnLimit) -> Iterable[int]:
        numbers = {*limit.own_payments, *(payment for payment, _ in limit.own_parts)}
        return sorted(number for number in numbers if number < len(self.settled))

    def _own_takings(self, limit: ReturnLimit, payment: int) -> Iterable[Taking[V]]:
        settled = self.settled[payment]
        if payment in limit.own_payments:
            return (settled.whole,)
        return [settled.parts[part] for number, part in limit.own_parts if number == payment]

    def receipts(self, account: int) -> Iterable[tuple[int, Taking[V]]]:
        """What the settled payments took of an account, in rank order."""
        books = self.plan.accounts[account]
        settled = len(self.settled)
        wholes = [(number, -1) for number in books.payments if number < settled]
        parts = [pair for pair in books.parts if pair[0] < settled]
        for number, part in sorted((*wholes, *parts)):
            entry = self.settled[number]
            yield number, entry.whole if part < 0 else entry.parts[part]

    # Entries

    def enter(self, number: int, settled: Settled[V]) -> None:
        """Write down a settled payment against its accounts."""
        self.settled.append(settled)
        routes = self.routes[number]
        for account in (*routes.whole, *routes.counted):
            self._take(account, number, settled.whole)
        for account, parts in routes.covered:
            for part in parts:
                self._take(account, number, settled.parts[part])

    def _take(self, account: int, number: int, taking: Taking[V]) -> None:
        self.used[account] = self.algebra.arithmetic(
            Operation.ADD, self.used[account], taking.certain
        )
        if taking.further != 0:
            further, name = self.further[account], self.plan.payments[number].name
            further[name] = plus(further.get(name, NIL), taking.further)
            if self.behind[account][-1:] != [number]:  # the parts of one payment come together
                self.behind[account].append(number)

    def exact_limit(self, account: int, values: Sequence[V]) -> Value:
        """The exact value that a limit rests on; for what is pending."""
        return self.algebra.exactly(self.limit(account, values))


def plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    """A sum in which None has no bound."""
    return None if left is None or right is None else left + right


@kept
def all_routes(plan: Plan) -> tuple[Routes, ...]:
    """The accounts that bear on each payment."""
    whole: dict[int, list[int]] = defaultdict(list)
    counted: dict[int, list[int]] = defaultdict(list)
    parts: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, account in enumerate(plan.accounts):
        for payment in account.payments:
            (counted if payment in account.counted else whole)[payment].append(number)
        for payment, part in account.parts:
            parts[payment][number].add(part)
    return tuple(
        _routes(
            payment,
            (whole[number], counted[number]),
            parts[number],
            {account for account in parts[number] if number in plan.accounts[account].counted},
        )
        for number, payment in enumerate(plan.payments)
    )


def _routes(
    payment: Payment,
    whole_and_counted: tuple[Sequence[int], Sequence[int]],
    parts: dict[int, set[int]],
    only_counted: set[int],
) -> Routes:
    """A cap on all that one payer pays to several payees cuts before the payees divide it.

    Accounts of parts that are ``only_counted`` cut nothing.
    """
    whole, counted = whole_and_counted
    payees = len({payee for _, payee in payment.parts})
    payers = len(payment.parts) // payees
    rows: list[list[int]] = [[] for _ in range(payers)]
    cells: list[list[int]] = [[] for _ in payment.parts]
    for account, covered in sorted(parts.items()):
        if account in only_counted:
            continue
        for row in range(payers):
            in_row = set(range(row * payees, (row + 1) * payees))
            if in_row <= covered:
                rows[row].append(account)
            else:
                for cell in sorted(in_row & covered):
                    cells[cell].append(account)
    of_parts = tuple((account, tuple(sorted(each))) for account, each in sorted(parts.items()))
    return Routes(
        tuple(whole),
        tuple(map(tuple, rows)),
        tuple(map(tuple, cells)),
        of_parts,
        tuple(tiers_of(payment)),
        tuple(counted),
    )


def _passages(routes: Sequence[Routes], nil: V) -> dict[Passage, Passed[V]]:
    passed: dict[Passage, Passed[V]] = {}
    for route in routes:
        for passage, tiers in route.passages:
            members = len(tiers.members)
            if passage not in passed:
                passed[passage] = Passed(
                    [nil] * members, [NIL] * members, nil, NIL, is_even=True, behind=[]
                )
            if route.cut_members:
                passed[passage].is_even = False
    return passed


def tiers_of(payment: Payment) -> Sequence[tuple[Passage, Tiers]]:
    """The waterfalls that a payment passes through."""
    return [
        ((division.group, side, payment.currency), division)
        for side, division in (("payer", payment.payer), ("payee", payment.payee))
        if isinstance(division, Tiers)
    ]
