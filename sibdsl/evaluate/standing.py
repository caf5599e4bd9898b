"""Where parties, caps and investors stand once every payment is settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from sibdsl.dates import growth
from sibdsl.evaluate.arithmetic import total
from sibdsl.evaluate.determination import (
    CapUse,
    InvestorReturn,
    PartyTotal,
    PaymentOutcome,
    State,
    Why,
)
from sibdsl.evaluate.grounds import Evaluated
from sibdsl.evaluate.ledger import Settled
from sibdsl.evaluate.returns import annual_rate
from sibdsl.evaluate.values import Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Account, Cause, Payment, Plan, ReturnLimit, Single

_NIL = Fraction(0)

# ----------------------------------------------------------------------------------------- parties


def party_totals(
    plan: Plan, outcomes: Sequence[PaymentOutcome], settled: Sequence[Settled[Value]]
) -> tuple[PartyTotal, ...]:
    """What each party pays, receives and provides, in the order of the parties, by currency.

    Of a pending payment what is certain counts: the whole for a party that stands alone on its
    side, its certain part for a member of a group.
    """
    currencies = sorted(
        {payment.currency for payment in plan.payments}
        | {funding.currency for funding in plan.fundings}
    )
    totals: list[PartyTotal] = []
    for number, party in enumerate(plan.parties):
        for currency in currencies:
            provided = total(
                funding.amount
                for funding in plan.fundings
                if (funding.investor, funding.currency) == (party.name, currency)
            )
            involved = [
                each
                for each in range(len(plan.payments))
                if plan.payments[each].currency == currency
                and any(number in pair for pair in plan.payments[each].parts)
            ]
            if not involved and not provided:
                continue
            paid, received = (
                total(_moved(plan.payments[at], settled[at], side, number) for at in involved)
                for side in (0, 1)
            )
            pending = any(outcomes[at].state is State.PENDING for at in involved)
            paid_by_mark = {
                mark: sum(
                    (
                        _moved(plan.payments[at], settled[at], 0, number)
                        for at in involved
                        if _mark(outcomes[at]) is mark
                    ),
                    _NIL,
                )
                for mark in (Why.PROVISIONAL, Why.PRESUMED)
            }
            totals.append(
                PartyTotal(
                    party.name,
                    currency,
                    paid,
                    received,
                    provided,
                    pending,
                    provisional=paid_by_mark[Why.PROVISIONAL],
                    presumed=paid_by_mark[Why.PRESUMED],
                )
            )
    return tuple(totals)


def _mark(outcome: PaymentOutcome) -> Why | None:
    """The weaker ground that an outcome rests on: a provisional result before a presumption."""
    if outcome.provisional:
        return Why.PROVISIONAL
    return Why.PRESUMED if outcome.presumed else None


def _moved(payment: Payment, settled: Settled[Value], side: int, party: int) -> Fraction:
    """What a party certainly pays (side 0) or receives (side 1) under a payment."""
    division = (payment.payer, payment.payee)[side]
    if isinstance(division, Single):
        return _certain(settled.whole.certain) if division.party == party else _NIL
    return total(
        _certain(part.certain)
        for pair, part in zip(payment.parts, settled.parts, strict=True)
        if pair[side] == party
    )


def _certain(amount: Value) -> Fraction:
    assert isinstance(amount, Fraction)
    return amount


# -------------------------------------------------------------------------------------------- caps


def cap_uses(evaluated: Evaluated) -> tuple[CapUse, ...]:
    """The limit, use and headroom of each account of each cap, in the order of the plan."""
    return tuple(
        _return_use(evaluated, number, account, account.limit)
        if isinstance(account.limit, ReturnLimit)
        else _use(evaluated, number, account, account.limit)
        for number, account in enumerate(evaluated.plan.accounts)
    )


def _use(evaluated: Evaluated, number: int, account: Account, at: int) -> CapUse:
    limit = _known(evaluated.values[at])
    used: Fraction | None = total(amount for _, amount in _receipts(evaluated, account))
    for term in account.amounts:
        value = evaluated.values[term]
        amount = _NIL if value == Undefined(Cause.CANCELLED) else _known(value)
        used = None if used is None or amount is None else used + amount
    return _cap_use(account.cap, number, limit, used)


def _cap_use(cap: int, account: int, limit: Fraction | None, used: Fraction | None) -> CapUse:
    headroom = None if limit is None or used is None else max(limit - used, _NIL)
    return CapUse(cap, account, limit, used, headroom)


def _known(value: Value) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _receipts(evaluated: Evaluated, account: Account) -> Iterable[tuple[date, Fraction]]:
    """What is certainly due under an account, with unadjusted due dates."""
    plan, settled = evaluated.plan, evaluated.trace.settled
    for payment in account.payments:
        yield plan.payments[payment].due, _certain(settled[payment].whole.certain)
    for payment, part in account.parts:
        yield plan.payments[payment].due, _certain(settled[payment].parts[part].certain)


def _return_use(evaluated: Evaluated, number: int, account: Account, limit: ReturnLimit) -> CapUse:
    """On the day that the investor last got money, everything grown to it; the last day if never.

    Growth in two stretches passes growth in one where a year is broken, so on a later day what was
    got would seem to be more than the cap let through.
    """
    rate = _known(evaluated.values[limit.rate])
    receipts = tuple(_receipts(evaluated, account))
    if rate is None or not receipts:
        return CapUse(account.cap, number, None, None, None)
    last = max([due for due, amount in receipts if amount] or [due for due, _ in receipts])
    own = Account(account.cap, limit, limit.own_payments, limit.own_parts, ())
    put_in = [
        *((on, amount) for amount, on in limit.fundings),
        *_receipts(evaluated, own),
    ]
    allowed = total(amount * growth(rate, on, last) for on, amount in put_in if on <= last)
    used = total(amount * growth(rate, due, last) for due, amount in receipts)
    return _cap_use(account.cap, number, allowed, used)


# --------------------------------------------------------------------------------------- investors


@frozen
class _Flows:
    """What went in and what came back, with dates."""

    put_in: tuple[tuple[date, Fraction], ...]
    got: tuple[tuple[date, Fraction], ...]


def investor_returns(plan: Plan, settled: Sequence[Settled[Value]]) -> tuple[InvestorReturn, ...]:
    """For each party or group that provides funding, in the order of the text, by currency.

    Provided is funding and what the investor itself pays under the contract; a group counts as one.
    """
    investors = dict.fromkeys((funding.investor, funding.currency) for funding in plan.fundings)
    members = _members_of_groups(plan)
    numbers = {party.name: number for number, party in enumerate(plan.parties)}
    returns: list[InvestorReturn] = []
    for investor, currency in investors:
        who = members.get(investor) or frozenset([numbers[investor]] if investor in numbers else ())
        flows = _flows(plan, settled, investor, currency, who)
        provided = total(amount for _, amount in flows.put_in)
        received = total(amount for _, amount in flows.got)
        signed = (*((on, -amount) for on, amount in flows.put_in), *flows.got)
        returns.append(
            InvestorReturn(
                investor,
                currency,
                provided,
                received,
                received / provided if provided else None,
                annual_rate(signed),
            )
        )
    return tuple(returns)


def _members_of_groups(plan: Plan) -> dict[str, frozenset[int]]:
    return {
        division.group: frozenset(division.members)
        for payment in plan.payments
        for division in (payment.payer, payment.payee)
        if not isinstance(division, Single)
    }


def _flows(
    plan: Plan,
    settled: Sequence[Settled[Value]],
    investor: str,
    currency: str,
    who: frozenset[int],
) -> _Flows:
    put_in = [
        (funding.on, funding.amount)
        for funding in plan.fundings
        if (funding.investor, funding.currency) == (investor, currency)
    ]
    got: list[tuple[date, Fraction]] = []
    for payment, entry in zip(plan.payments, settled, strict=True):
        if payment.currency != currency:
            continue
        paid, received = (
            total(_moved(payment, entry, side, member) for member in who) for side in (0, 1)
        )
        if paid:
            put_in.append((payment.due, paid))
        if received:
            got.append((payment.due, received))
    return _Flows(tuple(put_in), tuple(got))
