"""The most that earlier pending payments can still take of a cap's headroom.

Of one payment: its gross amount where only its condition is unknown; else the smallest headroom of
the caps that bear on it alone; else everything. The instances of a payment at several evaluations
share the caps on that payment, so together they take no more than those let pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeVar

from sibdsl.dates import growth
from sibdsl.evaluate.arithmetic import total
from sibdsl.evaluate.ledger import NIL, Ledger, plus
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import Account, Payment, Plan, ReturnLimit

V = TypeVar("V")

_ONE: Final = Fraction(1)


@frozen
class _Entry:
    """What an earlier payment takes, grown under a return cap: its certain part, and the most."""

    number: int
    factor: Fraction
    certain: Fraction
    most: Fraction | None


def bears_on_it_alone(plan: Plan, account: Account, number: int) -> bool:
    """Whether a cap bears on one payment, at whichever evaluations, as a whole, and on no other."""
    name = plan.payments[number].name
    return not account.parts and all(plan.payments[each].name == name for each in account.payments)


def reserve(
    account: int, payment: Payment, values: Sequence[V], ledger: Ledger[V]
) -> Fraction | None:
    """The most that may still be taken before a payment, beyond what is certain; None: everything.

    Under a return cap each taking is grown to the due date of the payment.
    """
    further = ledger.further[account]
    if not further:
        return NIL
    is_return = isinstance(ledger.plan.accounts[account].limit, ReturnLimit)
    own = _own_accounts(ledger.plan)
    held: Fraction | None = NIL
    together: set[str] = set()
    for name, most in further.items():
        if is_return or name in own:
            together.add(name)
        else:
            held = plus(held, most)
    if not together:
        return held
    by_name: dict[str, list[_Entry]] = defaultdict(list)
    for entry in _entries(account, payment, together, values, ledger):
        by_name[ledger.plan.payments[entry.number].name].append(entry)
    for entries in by_name.values():
        most = _most_together(entries, values, ledger)
        certain = total(entry.certain for entry in entries)
        held = plus(held, None if most is None else most - certain)
    return held


@kept
def _own_accounts(plan: Plan) -> Mapping[str, tuple[int, ...]]:
    """The accounts of caps that bear on one payment alone, by the name of the payment."""
    own: dict[str, list[int]] = defaultdict(list)
    for number, account in enumerate(plan.accounts):
        if account.payments and bears_on_it_alone(plan, account, account.payments[0]):
            own[plan.payments[account.payments[0]].name].append(number)
    return {name: tuple(accounts) for name, accounts in own.items()}


def _entries(
    account: int, payment: Payment, names: Container[str], values: Sequence[V], ledger: Ledger[V]
) -> Iterable[_Entry]:
    """What the earlier payments of these names took."""
    limit = ledger.plan.accounts[account].limit
    rate: object = None
    if isinstance(limit, ReturnLimit):
        rate = ledger.algebra.exactly(values[limit.rate])
    for number, taking in ledger.receipts(account):
        if ledger.plan.payments[number].name not in names:
            continue
        certain = ledger.algebra.exactly(taking.certain)
        assert isinstance(certain, Fraction)
        most = certain if taking.further == 0 else plus(certain, taking.further)
        if isinstance(rate, Fraction):
            factor = growth(rate, ledger.plan.payments[number].due, payment.due)
            grown = factor * certain
            if most is certain:
                yield _Entry(number, factor, grown, grown)
            else:
                yield _Entry(number, factor, grown, None if most is None else factor * most)
        else:
            yield _Entry(number, _ONE, certain, most)


def _most_together(
    entries: Sequence[_Entry], values: Sequence[V], ledger: Ledger[V]
) -> Fraction | None:
    """The most that the instances of one payment take together: one by one, or under one cap."""
    own_caps = _own_caps(entries[0].number, values, ledger).values()
    bounds = (_most(entries), *(_most_under(accounts, entries) for accounts in own_caps))
    return min((bound for bound in bounds if bound is not None), default=None)


def _most(entries: Iterable[_Entry]) -> Fraction | None:
    bounds = [entry.most for entry in entries]
    known = [bound for bound in bounds if bound is not None]
    return total(known) if len(known) == len(bounds) else None


def _own_caps(
    number: int, values: Sequence[V], ledger: Ledger[V]
) -> dict[int, list[tuple[frozenset[int], Fraction]]]:
    """Of each cap on this payment alone, its accounts with a known limit: their payments, it."""
    plan = ledger.plan
    own: dict[int, list[tuple[frozenset[int], Fraction]]] = defaultdict(list)
    for each in _own_accounts(plan).get(plan.payments[number].name, ()):
        account = plan.accounts[each]
        at = account.limit
        if isinstance(at, ReturnLimit):
            continue
        limit = ledger.algebra.exactly(values[at]) if at < len(values) else None
        limited = frozenset(account.payments).difference(account.counted)
        if limited and isinstance(limit, Fraction):
            own[account.cap].append((limited, max(limit, NIL)))
    return own


def _most_under(
    accounts: Iterable[tuple[frozenset[int], Fraction]], entries: Sequence[_Entry]
) -> Fraction | None:
    """The accounts of one cap share no payment, so what each lets pass adds up."""
    together: Fraction | None = NIL
    left = list(entries)
    for payments, limit in accounts:
        inside = [entry for entry in left if entry.number in payments]
        left = [entry for entry in left if entry.number not in payments]
        highest = max((entry.factor for entry in inside), default=NIL)
        most = _most(inside)
        bound = highest * limit
        together = plus(together, bound if most is None else min(most, bound))
    return plus(together, _most(left))
