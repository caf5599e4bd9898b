"""Settling one payment (language reference, "Settlement", "Waterfall", "Return cap").

In this order: the gross amount; caps on the whole; rounding, once; division among the members of a
group; a member's own caps, and what they cut passes to nobody. With two groups, first among payers,
a payer's own caps, then each payer's part among payees, and the payees' own caps.

Here everything is known, so all is said by operations of the algebra. Where something is not,
:mod:`sibdsl.evaluate.pending` finds what is certain all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar, assert_never

from attrs import field

from sibdsl.evaluate.algebra import Algebra
from sibdsl.evaluate.divide import divide
from sibdsl.evaluate.ledger import NIL, Cutting, Ledger, Passage, Settled, Taking
from sibdsl.evaluate.pending import settle_pending
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    Division,
    Operation,
    Payment,
    Shares,
    Single,
    Summary,
    Tiers,
)

V = TypeVar("V")


def settle(number: int, values: Sequence[V], ledger: Ledger[V], algebra: Algebra[V]) -> V:
    """Settle a payment, enter it in the books, and give its value to the terms that name it."""
    claim = claimed_amount(ledger.plan.payments[number], values, algebra)
    if _is_known(number, claim, values, ledger, algebra):
        settled = _settle_known(number, claim, values, ledger, algebra)
    else:
        settled = settle_pending(number, claim, values, ledger)
    ledger.enter(number, settled)
    return settled.whole.value


def claimed_amount(payment: Payment, values: Sequence[V], algebra: Algebra[V]) -> V:
    """The gross amount where the condition holds and it is not negative; else nil.

    A payment at a cancelled evaluation is not due, whatever its condition and amount.
    """
    nil = algebra.constant(NIL)
    if payment.evaluation is not None and algebra.is_cancelled(payment.evaluation):
        return nil
    amount = algebra.summary(Summary.HIGHEST, (values[payment.gross], nil))
    if payment.condition is None:
        return amount
    return algebra.choose(values[payment.condition], amount, nil)


def _is_known(
    number: int, claim: V, values: Sequence[V], ledger: Ledger[V], algebra: Algebra[V]
) -> bool:
    if not algebra.is_known(claim):
        return False
    for account in ledger.routes[number].every:
        if ledger.is_open(account) or not algebra.is_known(ledger.limit(account, values)):
            return False
    passages = ledger.routes[number].passages
    return not any(ledger.passed[passage].behind for passage, _ in passages)


def _settle_known(
    number: int, claim: V, values: Sequence[V], ledger: Ledger[V], algebra: Algebra[V]
) -> Settled[V]:
    payment = ledger.plan.payments[number]
    cuts = [
        Cutting(account, claim, ledger.headroom(ledger.room(account, payment, values), payment))
        for account in ledger.routes[number].whole
    ]
    capped = algebra.summary(Summary.LOWEST, (claim, *(cut.headroom for cut in cuts)))
    rounding = ledger.roundings[payment.currency]
    amount = algebra.rounded(capped, rounding.mode, rounding.step)
    if isinstance(payment.payer, Single) and isinstance(payment.payee, Single):
        whole = Taking(amount, amount, NIL)
        return Settled(claim, whole, (whole,), tuple(cuts), ((),))
    parts, part_cuts = divide(payment, ledger.routes[number], amount, _Known(ledger, values))
    due = algebra.summary(Summary.TOTAL, parts)
    return Settled(
        claim,
        Taking(due, due, NIL),
        tuple(Taking(part, part, NIL) for part in parts),
        tuple(cuts),
        tuple(part_cuts),
    )


@frozen
class _Known(Generic[V]):
    """Division of an amount that is known, by operations of the algebra."""

    ledger: Ledger[V]
    values: Sequence[V]
    within: dict[int, V] = field(factory=dict)

    def split(self, payment: Payment, side: str, division: Division, amount: V) -> Sequence[V]:
        match division:
            case Single():
                return (amount,)
            case Shares():
                step = self.ledger.step(payment)
                return self.ledger.algebra.allocate(amount, division.shares, step)
            case Tiers():
                return self._fill(
                    payment, (division.group, side, payment.currency), division, amount
                )
            case _:
                assert_never(division)

    def _fill(self, payment: Payment, passage: Passage, tiers: Tiers, amount: V) -> list[V]:
        """Each member up to its limit, less what has passed to it; the excess to the next."""
        algebra = self.ledger.algebra
        passed = self.ledger.passed[passage]
        passed.total = algebra.arithmetic(Operation.ADD, passed.total, amount)
        parts: list[V] = []
        for before, limit in zip(passed.members, tiers.up_to, strict=True):
            part = amount
            if limit is not None:
                up_to = algebra.constant(limit)
                room = algebra.arithmetic(Operation.SUBTRACT, up_to, before)
                room = self.ledger.headroom(room, payment)
                part = algebra.summary(Summary.LOWEST, (amount, room))
            parts.append(part)
            amount = algebra.arithmetic(Operation.SUBTRACT, amount, part)
        return parts

    def cut(
        self, payment: Payment, amount: V, accounts: Sequence[int]
    ) -> tuple[V, tuple[Cutting[V], ...]]:
        algebra = self.ledger.algebra
        cuts: list[Cutting[V]] = []
        for account in accounts:
            room = self.ledger.room(account, payment, self.values)
            if account in self.within:
                room = algebra.arithmetic(Operation.SUBTRACT, room, self.within[account])
            cuts.append(Cutting(account, amount, self.ledger.headroom(room, payment)))
        headrooms = (cut.headroom for cut in cuts)
        return algebra.summary(Summary.LOWEST, (amount, *headrooms)), tuple(cuts)

    def take(self, account: int, due: V) -> None:
        before = self.within.get(account)
        self.within[account] = due if before is None else self._sum(before, due)

    def pass_on(self, passage: Passage, member: int, due: V) -> None:
        members = self.ledger.passed[passage].members
        members[member] = self._sum(members[member], due)

    def _sum(self, left: V, right: V) -> V:
        return self.ledger.algebra.arithmetic(Operation.ADD, left, right)
