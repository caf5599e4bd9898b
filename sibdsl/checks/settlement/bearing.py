"""Which caps bear on which payments, and on which side of a payment a party stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.dependencies import Term, expressions_of, uses_in
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import stands_for, statements
from sibdsl.syntax.nodes import Cap, CapOn, CapOnContract, Measure, Payment, RateCard, Side


def caps_on(checked: Checked, payment: Payment) -> Iterator[Cap]:
    """The caps that bear on a payment, a part of it, or all of them together; not on rate cards."""
    for cap in statements(checked.contract, Cap):
        if any(bears_on(checked, target, payment) for target in cap.targets):
            yield cap


def payments_under(checked: Checked, cap: Cap) -> tuple[Payment, ...]:
    """The payments that a cap bears on, in the order of the text."""
    return tuple(
        payment
        for payment in payments_of(checked)
        if any(bears_on(checked, target, payment) for target in cap.targets)
    )


def bears_on(checked: Checked, target: CapOn | CapOnContract, payment: Payment) -> bool:
    """Whether one target of a cap takes in a payment, in whole or in part."""
    match target:
        case CapOnContract():
            return True
        case CapOn():
            if target.name.text == payment.name.text:
                return True
            sides = (Side.PAYER, Side.PAYEE) if target.side is None else (target.side,)
            return any(stands_on(checked, target.name.text, side, payment) for side in sides)
        case _:
            assert_never(target)


def stands_on(checked: Checked, party: str, side: Side, payment: Payment) -> bool:
    """Whether a party or group pays (or is paid), itself, through its group, or by its members."""
    there = payment.payer if side is Side.PAYER else payment.payee
    return not stands_for(checked, party).isdisjoint(stands_for(checked, there.text))


def paid_to(checked: Checked, party: str) -> Iterator[Payment]:
    """The payments to a party, alone or as a member of a group."""
    for payment in payments_of(checked):
        if party in stands_for(checked, payment.payee.text):
            yield payment


def results_behind(checked: Checked, payment: Payment) -> Iterator[Measure | RateCard]:
    """The measures and rate cards on which a payment rests, through whatever terms and payments."""
    declared = checked.names.declared
    waiting = [use.term for use in uses_in(payment)]
    seen: set[Term] = set()
    while waiting:
        term = waiting.pop()
        found = declared.get(term.name)
        if term in seen or found is None:
            continue
        seen.add(term)
        if isinstance(found, Measure | RateCard):
            yield found
        else:
            waiting.extend(
                use.term for part in expressions_of(term, found) for use in uses_in(part)
            )


def is_card(checked: Checked, target: CapOn | CapOnContract) -> bool:
    """Whether a target of a cap is a rate card."""
    return isinstance(target, CapOn) and isinstance(
        checked.names.declared.get(target.name.text), RateCard
    )
