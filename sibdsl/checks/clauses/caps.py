"""Caps: what they bear on, where their limits exist, and in which money."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.checked import Checked, Everywhere, Home
from sibdsl.checks.homes.dependencies import How, uses_in
from sibdsl.checks.settlement.bearing import is_card, payments_under, stands_on
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import stands_for, statements
from sibdsl.checks.types.strays import strays_in
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Cap, CapOn, Node, ReturnCap, Side
from sibdsl.units import Kind, Quantity, amount_in


def cap_on_both_sides(checked: Checked) -> Iterable[Diagnostic]:
    """A cap on a party that pays and is paid, without saying which of the two it limits."""
    payments = [one for one in payments_of(checked) if not _is_to_itself(checked, one)]
    for target in _on_parties(checked):
        if target.side is not None:
            continue
        name = target.name.text
        pays = [one for one in payments if stands_on(checked, name, Side.PAYER, one)]
        paid = [one for one in payments if stands_on(checked, name, Side.PAYEE, one)]
        if pays and paid:
            yield error(
                "SIB520",
                target.span,
                message("‘{party}’ both pays and is paid: the cap does not say which", party=name),
                others=(
                    Label(pays[0].name.span, message("here ‘{party}’ pays", party=name)),
                    Label(paid[0].name.span, message("here ‘{party}’ is paid", party=name)),
                ),
                help=message("write: cap paid by {party}, or: cap paid to {party}", party=name),
            )


def _is_to_itself(checked: Checked, payment: nodes.Payment) -> bool:
    """Whether payer and payee are one, which is a mistake of its own: SIB510."""
    payee = stands_for(checked, payment.payee.text)
    return not stands_for(checked, payment.payer.text).isdisjoint(payee)


def cap_on_nothing(checked: Checked) -> Iterable[Diagnostic]:
    """A cap on a party that no payment is made by (or to): it would limit nothing."""
    for target in _on_parties(checked):
        name = target.name.text
        sides = tuple(Side) if target.side is None else (target.side,)
        payments = payments_of(checked)
        if any(stands_on(checked, name, side, one) for side in sides for one in payments):
            continue
        match target.side:
            case Side.PAYER:
                text = message("no payment is made by ‘{party}’", party=name)
            case Side.PAYEE:
                text = message("no payment is made to ‘{party}’", party=name)
            case _:
                text = message("no payment is made by or to ‘{party}’", party=name)
        yield error(
            "SIB521",
            target.span,
            text,
            help=message("name a party that pays or is paid, or delete the cap"),
        )


def _on_parties(checked: Checked) -> Iterator[CapOn]:
    for cap in statements(checked.contract, Cap):
        for target in cap.targets:
            if isinstance(target, CapOn) and isinstance(
                checked.names.declared.get(target.name.text),
                nodes.Party | nodes.ShareGroup | nodes.Waterfall,
            ):
                yield target


def cap_mixes_card_and_payments(checked: Checked) -> Iterable[Diagnostic]:
    """One cap on a rate card and on payments: a card is an amount, a payment is money due."""
    for cap in statements(checked.contract, Cap):
        cards = [target for target in cap.targets if is_card(checked, target)]
        others = [target for target in cap.targets if not is_card(checked, target)]
        if cards and others:
            yield error(
                "SIB522",
                cards[0].span,
                message("this cap bears on a rate card and on payments at once"),
                others=(Label(others[0].span, message("limited as a payment")),),
                help=message("write one cap for the rate card and one for the payments"),
            )


def cap_target_twice(checked: Checked) -> Iterable[Diagnostic]:
    """A cap that names one payment or party twice; another was probably meant."""
    for cap in statements(checked.contract, Cap):
        first: dict[Node, Node] = {}
        for target in cap.targets:
            earlier = first.setdefault(target, target)
            if earlier is not target:
                yield error(
                    "SIB523",
                    target.span,
                    message("this cap names the same twice"),
                    others=(Label(earlier.span, message("named here first")),),
                    help=message("keep one of the two, or write the other name that was meant"),
                )


def cap_off_evaluation(checked: Checked) -> Iterable[Diagnostic]:
    """A cap per evaluation on a payment that is not made at one: to which would it count?"""
    for cap in statements(checked.contract, Cap):
        if not isinstance(cap.period, nodes.PerEvaluation):
            continue
        for payment in payments_under(checked, cap):
            if payment.occurrence is None:
                yield error(
                    "SIB524",
                    cap.period.span,
                    message(
                        "‘{payment}’ is made once, at no evaluation, and the cap is per evaluation",
                        payment=payment.name.text,
                    ),
                    others=(Label(payment.name.span, message("made once")),),
                    help=message(
                        "name in the cap only payments made at evaluations, and write another cap "
                        "for {payment}",
                        payment=payment.name.text,
                    ),
                )


def cap_across_series(checked: Checked) -> Iterable[Diagnostic]:
    """A limit that rests on results of one series, for payments made at another."""
    for cap in statements(checked.contract, Cap):
        if not isinstance(cap.period, nodes.PerEvaluation):
            continue
        limit_at = _series_of_limit(checked, cap)
        for payment in payments_under(checked, cap):
            home = checked.homes.get(payment.name.text)
            if limit_at is not None and isinstance(home, str) and home != limit_at:
                yield error(
                    "SIB525",
                    cap.limit.span,
                    message(
                        "the limit exists at each ‘{series}’, but ‘{payment}’ is made at ‘{other}’",
                        series=limit_at,
                        payment=payment.name.text,
                        other=home,
                    ),
                    others=(Label(payment.name.span, message("made at another evaluation")),),
                    help=message("name in the cap only payments made at {series}", series=limit_at),
                )


def _series_of_limit(checked: Checked, cap: Cap) -> str | None:
    homes: set[Home] = set()
    for use in uses_in(cap.limit):
        if use.how in (How.HERE, How.PREVIOUS):
            homes.add(checked.homes.get(use.term.name, Everywhere.ONCE))
    return min((home for home in homes if isinstance(home, str)), default=None)


def negative_cap(checked: Checked) -> Iterable[Diagnostic]:
    """A cap whose limit is below nil."""
    bounds = Bounds(checked)
    for cap in statements(checked.contract, Cap):
        if bounds.of(cap.limit).is_always_negative:
            yield error(
                "SIB526",
                cap.limit.span,
                message("the limit of this cap is below nil"),
                help=message("write the most that may be paid, as an amount above nil"),
            )


def cap_in_two_currencies(checked: Checked) -> Iterable[Diagnostic]:
    """A cap in one currency on a payment in another: they never meet in one sum."""
    for cap in statements(checked.contract, Cap):
        limit = checked.types.get(cap.limit.span)
        for payment in payments_under(checked, cap):
            unit = checked.types.get(payment.amount.span)
            if limit is None or unit is None or not limit.kind is unit.kind is Kind.AMOUNT:
                continue
            if limit.currency == unit.currency:
                continue
            strays = tuple(strays_in(checked.contract, "SIB527", cap.limit, payment.amount))
            yield from strays
            if not strays:
                yield error(
                    "SIB527",
                    cap.limit.span,
                    message(
                        "the cap is in {currency}, ‘{payment}’ in {other}",
                        currency=limit.currency,
                        payment=payment.name.text,
                        other=unit.currency,
                    ),
                    others=(Label(payment.amount.span, message("in another currency")),),
                    help=message(
                        "write the payment in {currency} (… in {currency}, with an exchange rate), "
                        "or one cap for each currency",
                        currency=limit.currency,
                    ),
                )


def return_cap_without_funding(checked: Checked) -> Iterable[Diagnostic]:
    """A cap on the return of a party that provides no funding: a return on what?"""
    for cap in statements(checked.contract, ReturnCap):
        group = stands_for(checked, cap.investor.text)
        fundings = statements(checked.contract, nodes.Funding)
        if all(stands_for(checked, one.investor.text).isdisjoint(group) for one in fundings):
            yield error(
                "SIB528",
                cap.investor.span,
                message(
                    "‘{party}’ provides no funding, so it has no return", party=cap.investor.text
                ),
                help=message(
                    "say what it provides: funding {party} provides {amount} to … on …",
                    party=cap.investor.text,
                    amount=Quantity(Fraction(1_000_000), amount_in(checked.currency or "EUR")),
                ),
            )


def return_cap_in_two_currencies(checked: Checked) -> Iterable[Diagnostic]:
    """A cap on the return of a party that funds in one currency and is paid in another."""
    for cap in statements(checked.contract, ReturnCap):
        group = stands_for(checked, cap.investor.text)
        fundings = [
            one
            for one in statements(checked.contract, nodes.Funding)
            if not stands_for(checked, one.investor.text).isdisjoint(group)
        ]
        provided = {
            unit.currency for one in fundings if (unit := checked.types.get(one.amount.span))
        }
        for payment in payments_of(checked):
            unit = checked.types.get(payment.amount.span)
            concerned = any(
                stands_on(checked, cap.investor.text, side, payment) for side in tuple(Side)
            )
            if unit is None or not concerned or not provided or {unit.currency} == provided:
                continue
            amounts = (payment.amount, *(one.amount for one in fundings))
            strays = tuple(strays_in(checked.contract, "SIB529", *amounts))
            yield from strays
            if not strays:
                yield error(
                    "SIB529",
                    cap.span,
                    message(
                        "‘{party}’ provides {currency} and ‘{payment}’ is in {other}: no return "
                        "can be worked out",
                        party=cap.investor.text,
                        currency=tuple(sorted(provided)),
                        payment=payment.name.text,
                        other=unit.currency,
                    ),
                    others=(Label(payment.amount.span, message("in another currency")),),
                    help=message("write funding and payments in one currency"),
                )
