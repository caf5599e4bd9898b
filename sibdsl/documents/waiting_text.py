"""What a pending payment waits for, in one sentence.

Its own results come first; then the earlier payments that may still take the headroom of a cap that
both share. What those wait for in turn stands under them. A long contract has many payments of one
clause that wait alike, each for the results of its own evaluation: they are told together.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_name
from sibdsl.documents.wording import Wording, listed
from sibdsl.evaluate.determination import Missing, PaymentOutcome, State
from sibdsl.plan.terms import Account, ReturnLimit, Tiers

_FEWEST_TOGETHER: Final = 3
"""So many payments that wait alike are told in one sentence."""


def waiting(payment: PaymentOutcome, wording: Wording) -> Message:
    """``it waits for Cost and Families at Term 5, and for Base at Term 4, ranking before it …``."""
    own = _own(payment.lacks or (() if payment.behind else payment.waits_for), wording)
    if not payment.behind:
        return message("it waits for {own}", own=listed(own))
    others = message(
        "{payments}, ranking before it under {caps}",
        payments=listed(_grouped(payment.behind, wording)),
        caps=listed(_shared(payment, wording)),
    )
    if not own:
        return message("it waits for {others}", others=others)
    return message("it waits for {own}, and for {others}", own=listed(own), others=others)


def waiting_alike(
    outcomes: Sequence[PaymentOutcome], wording: Wording
) -> dict[int, tuple[PaymentOutcome, ...]]:
    """Under the number of each payment that waits like enough others, all of them in their order."""
    groups: dict[tuple[object, ...], list[PaymentOutcome]] = {}
    for outcome in outcomes:
        if outcome.state is State.PENDING and outcome.evaluation and not outcome.amount:
            groups.setdefault(_way_of_waiting(outcome, wording), []).append(outcome)
    return {
        outcome.payment: tuple(group)
        for group in groups.values()
        if len(group) >= _FEWEST_TOGETHER
        for outcome in group
    }


def _way_of_waiting(payment: PaymentOutcome, wording: Wording) -> tuple[object, ...]:
    marks = (payment.name, payment.place, payment.gross, payment.provisional, payment.presumed)
    own, common = _parted(payment)
    behind = frozenset(one.name for one in payment.behind)
    return (*marks, own, common, behind, tuple(_shared(payment, wording) if behind else ()))


def _parted(payment: PaymentOutcome) -> tuple[tuple[Missing, ...], tuple[Missing, ...]]:
    """What is missing at a payment's own evaluation, without saying which that is; and the rest."""
    missing = payment.lacks or (() if payment.behind else payment.waits_for)
    here = [one for one in missing if one.evaluation == payment.evaluation]
    rest = tuple(one for one in missing if one.evaluation != payment.evaluation)
    return tuple(Missing(one.name, "", one.disputed) for one in here), rest


def each_waits(payment: PaymentOutcome, wording: Wording) -> Message:
    """``each waits for Cost and Families at its own evaluation, and for those ranking before it …``."""
    own, common = _parted(payment)
    missing = [
        *(message("{name} at its own evaluation", name=one) for one in _own(own, wording)),
        *_own(common, wording),
    ]
    if not payment.behind:
        return message("each waits for {own}", own=listed(missing))
    others = message(
        "the payments ranking before it under {caps}", caps=listed(_shared(payment, wording))
    )
    if not missing:
        return message("each waits for {others}", others=others)
    return message("each waits for {own}, and for {others}", own=listed(missing), others=others)


def _own(missing: Sequence[Missing], wording: Wording) -> list[Message]:
    cards = {card.name for card in wording.plan.cards}
    payments = {payment.name for payment in wording.plan.payments}
    special = cards | payments
    results = [one for one in missing if one.name not in special and not one.disputed]
    disputed = [one for one in missing if one.name not in special and one.disputed]
    closings = [one for one in missing if one.name in cards]
    return [
        *_grouped(results, wording),
        *(message("{results}, disputed", results=one) for one in _grouped(disputed, wording)),
        *(
            message("the close of claims on {card}", card=one)
            for one in _grouped(closings, wording)
        ),
        *_grouped((one for one in missing if one.name in payments), wording),
    ]


def _grouped(missing: Iterable[Missing], wording: Wording) -> list[Message]:
    """``Cost and Families at Term 4 to Term 8``: names that lack the same evaluations together."""
    by_name: dict[str, list[str]] = {}
    for one in missing:
        by_name.setdefault(one.name, []).append(one.evaluation)
    by_evaluations: dict[tuple[str, ...], list[str]] = {}
    for name, lacking in by_name.items():
        by_evaluations.setdefault(tuple(lacking), []).append(name)
    grouped = []
    for evaluations, names in by_evaluations.items():
        together = listed([message("{name}", name=name) for name in names])
        shown = [each for each in evaluations if each]
        if shown:
            together = message(
                "{name} at {evaluation}", name=together, evaluation=wording.evaluations(shown)
            )
        grouped.append(together)
    return grouped


def _shared(payment: PaymentOutcome, wording: Wording) -> list[Message]:
    """The caps, and the waterfalls, under which the payment comes after those it waits for."""
    plan = wording.plan
    behind = {(one.name, one.evaluation) for one in payment.behind}
    numbers = {
        number
        for number, one in enumerate(plan.payments)
        if (one.name, "" if one.evaluation is None else plan.evaluations[one.evaluation].name)
        in behind
    }
    shared: list[Message] = []
    under_caps: set[int] = set()
    for at, account in enumerate(plan.accounts):
        bearing = _bearing(account)
        counting = bearing | _counting(account)
        if payment.payment in bearing and numbers & counting:
            shared.append(cap_name(plan, account.cap, at))
            under_caps |= counting
    if numbers - under_caps:
        sides = plan.payments[payment.payment].payer, plan.payments[payment.payment].payee
        groups = (side.group for side in sides if isinstance(side, Tiers))
        shared.extend(message("the waterfall of {group}", group=group) for group in groups)
    return list(dict.fromkeys(shared))


def _bearing(account: Account) -> set[int]:
    return {*account.payments, *(number for number, _ in account.parts)}


def _counting(account: Account) -> set[int]:
    """An investor's own payments, which raise what its return cap lets pass."""
    if not isinstance(account.limit, ReturnLimit):
        return set()
    return {*account.limit.own_payments, *(number for number, _ in account.limit.own_parts)}
