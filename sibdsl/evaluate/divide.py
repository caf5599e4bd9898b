"""Dividing a payment among the members of its groups: the one order of steps.

Among payers first, a payer's own caps, then each payer's part among payees, the payees' own caps.
What an amount is, known or only bounded, the :class:`Divider` says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from sibdsl.evaluate.ledger import Cutting, Passage, Routes, tiers_of
from sibdsl.plan.terms import Division, Payment

A = TypeVar("A")


class Divider(Protocol[A]):
    """How amounts of one sort are divided, cut and written down."""

    def split(self, payment: Payment, side: str, division: Division, amount: A) -> Sequence[A]:
        """An amount among the members of a side (``payer`` or ``payee``), in their order."""

    def cut(
        self, payment: Payment, amount: A, accounts: Sequence[int]
    ) -> tuple[A, tuple[Cutting[Any], ...]]:
        """What members' own caps leave of an amount."""

    def take(self, account: int, due: A) -> None:
        """A later part of this payment finds so much less headroom."""

    def pass_on(self, passage: Passage, member: int, due: A) -> None:
        """So much has passed through a waterfall to a member, or from it."""


def divide(
    payment: Payment, routes: Routes, amount: A, by: Divider[A]
) -> tuple[list[A], list[tuple[Cutting[Any], ...]]]:
    """The parts of a payment, in their order, and the caps of members that bore on each."""
    parts: list[A] = []
    part_cuts: list[tuple[Cutting[Any], ...]] = []
    sides = {passage[1]: passage for passage, _ in tiers_of(payment)}
    for row, of_payer in enumerate(by.split(payment, "payer", payment.payer, amount)):
        left, row_cuts = by.cut(payment, of_payer, routes.rows[row])
        for member, of_payee in enumerate(by.split(payment, "payee", payment.payee, left)):
            accounts = routes.parts[len(parts)]
            due, cuts = by.cut(payment, of_payee, accounts)
            for account in (*routes.rows[row], *accounts):
                by.take(account, due)
            if "payer" in sides:
                by.pass_on(sides["payer"], row, due)
            if "payee" in sides:
                by.pass_on(sides["payee"], member, due)
            parts.append(due)
            part_cuts.append((*row_cuts, *cuts) if member == 0 else cuts)
    return parts, part_cuts
