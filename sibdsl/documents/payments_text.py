"""The payments of a determination, each with what is due, why, and from whom to whom."""

from collections.abc import Iterator, Sequence

from sibdsl.diagnostics import Message, message
from sibdsl.documents.display import wrapped
from sibdsl.documents.parts_text import cuts, parts
from sibdsl.documents.reasons_text import Key, sentences
from sibdsl.documents.waiting_text import each_waits, waiting, waiting_alike
from sibdsl.documents.wording import Wording
from sibdsl.documents.workings_text import amount_worked_out, headrooms_worked_out
from sibdsl.evaluate.determination import Determination, PaymentOutcome, State, Why

_BENEATH = "    "


def payments(determination: Determination, wording: Wording) -> Iterator[str]:
    """A block of lines for each payment; those of which all the same is to be said in one.

    Neighbours that are not due for one reason are neighbours in the text; payments that wait alike are
    told where the first of them stands.
    """
    outcomes = determination.payments
    alike = waiting_alike(outcomes, wording)
    start = 0
    while start < len(outcomes):
        first = outcomes[start]
        end = start + 1
        if first.state is State.NOT_DUE:
            said = because(first, wording)
            while end < len(outcomes) and _is_alike(first, outcomes[end], said, wording):
                end += 1
        group = alike.get(first.payment, outcomes[start:end])
        if group[0] is first:
            yield ""
            yield from _block(group, outcomes[:start], wording)
        start = end


def _is_alike(
    first: PaymentOutcome, other: PaymentOutcome, said: tuple[str, ...], wording: Wording
) -> bool:
    return (
        (other.name, other.state, other.provisional, other.presumed)
        == (first.name, first.state, first.provisional, first.presumed)
        and other.place == first.place
        and because(other, wording) == said
    )


def because(payment: PaymentOutcome, wording: Wording) -> tuple[str, ...]:
    """The reason in sentences: of a pending payment what it waits for."""
    if payment.state is State.PENDING:
        return (wording.sentence(_waiting(payment, wording)),)
    said = sentences(payment, wording, _spoken_of_by_caps(payment, wording))
    taken = cuts(payment, wording) if payment.reason.why is Why.CUT else None
    return tuple(wording.sentence(each) for each in (*said, *([] if taken is None else [taken])))


def worked_out(payment: PaymentOutcome, wording: Wording) -> str | None:
    """How the amount is worked out, as a sentence; None where it is written in the contract."""
    said = amount_worked_out(payment, wording)
    return None if said is None else wording.sentence(said)


def _spoken_of_by_caps(payment: PaymentOutcome, wording: Wording) -> frozenset[Key]:
    """The payments that used a cap which cut this one: the cut says what they left."""
    plan = wording.plan
    cutting = (*payment.cuts, *(cut for part in payment.parts for cut in part.cuts))
    numbers: set[int] = set()
    for cut in cutting:
        account = plan.accounts[cut.account]
        numbers.update(account.payments, (number for number, _ in account.parts))
    return frozenset(
        (one.name, "" if one.evaluation is None else plan.evaluations[one.evaluation].name)
        for one in (plan.payments[number] for number in numbers)
    )


def _block(
    group: Sequence[PaymentOutcome], earlier: Sequence[PaymentOutcome], wording: Wording
) -> Iterator[str]:
    payment = group[0]
    name = wording.at(payment.name, [one.evaluation for one in group])
    if payment.state is State.DUE:
        first, *rest = wrapped(wording.say(_due(payment, name, wording)))
        paragraph = " ".join(because(payment, wording))
    else:
        first, *rest = wrapped(_not_due(group, name, wording))
        paragraph = ""
    yield f"  {first}"
    for line in rest:
        yield f"{_BENEATH}{line}"
    worked, taken = amount_worked_out(payment, wording), cuts(payment, wording)
    said_too = (worked, taken, *headrooms_worked_out(payment, wording))
    for text in (paragraph, *(wording.sentence(one) for one in said_too if one is not None)):
        if text:
            for line in wrapped(text):
                yield f"{_BENEATH}{line}"
    sides = message("from {payer} to {payee}", payer=payment.payer, payee=payment.payee)
    said = wording.say(wording.with_line(sides, payment.place))
    yield f"{_BENEATH}{said[:1].upper()}{said[1:]}"
    for line in parts(payment, earlier, wording):
        yield f"{_BENEATH}  {line}"


def _due(payment: PaymentOutcome, name: Message, wording: Wording) -> Message:
    amount = wording.amount(payment.amount, payment.currency)
    if abs(payment.amount) < 2:
        said = message(
            "{payment}: {amount}, due on {day}", payment=name, amount=amount, day=payment.adjusted
        )
    else:
        said = message(
            "{payment}: {amount} due on {day}", payment=name, amount=amount, day=payment.adjusted
        )
    return _marked(said, payment)


def _marked(said: Message, payment: PaymentOutcome) -> Message:
    """On what a payment rests that may still change."""
    if payment.provisional and payment.presumed:
        return message("{said} (provisional; rests on a presumption)", said=said)
    if payment.provisional:
        return message("{said} (provisional)", said=said)
    if payment.presumed:
        return message("{said} (rests on a presumption)", said=said)
    return said


def _not_due(group: Sequence[PaymentOutcome], name: Message, wording: Wording) -> str:
    """*Cohort Payment at Cohort 1 is not due: Cohort Success is not met.* and what that rests on."""
    payment = group[0]
    if payment.state is State.PENDING and len(group) > 1:
        waits = each_waits(payment, wording)
        if payment.gross is not None:
            gross = wording.amount(payment.gross, payment.currency)
            waits = message("{waits}; each comes to {gross} at most", waits=waits, gross=gross)
        return wording.sentence(
            message("{payments} are pending: {waits}", payments=name, waits=waits)
        )
    if payment.state is State.PENDING:
        return wording.sentence(_pending(payment, name, wording))
    said = sentences(payment, wording, _spoken_of_by_caps(payment, wording))
    if not said:
        return wording.sentence(_headline(payment, name))
    lead, first = _headline(payment, name), said[0]
    opening = message("{headline}: {reason}", headline=lead, reason=first)
    return " ".join(map(wording.sentence, (opening, *said[1:])))


def _headline(payment: PaymentOutcome, name: Message) -> Message:
    if payment.state is State.UNDEFINED:
        return _marked(message("{payment} is undefined", payment=name), payment)
    return _marked(message("{payment} is not due", payment=name), payment)


def _pending(payment: PaymentOutcome, name: Message, wording: Wording) -> Message:
    if not payment.amount:
        waits = _waiting(payment, wording)
        return message("{payment} is pending: {waits}", payment=name, waits=waits)
    assert payment.gross is not None  # an unknown gross amount leaves nothing certain
    return message(
        "{payment}: {amount} due on {day} whatever comes; the rest of {gross} is pending: {waits}",
        payment=name,
        amount=wording.amount(payment.amount, payment.currency),
        day=payment.adjusted,
        gross=wording.amount(payment.gross, payment.currency),
        waits=waiting(payment, wording),
    )


def _waiting(payment: PaymentOutcome, wording: Wording) -> Message:
    waits = waiting(payment, wording)
    if payment.gross is None:
        return waits
    gross = wording.amount(payment.gross, payment.currency)
    if payment.amount:
        certain = wording.amount(payment.amount, payment.currency)
        return message(
            "of {gross} before caps {certain} is due whatever comes; for the rest {waits}",
            gross=gross,
            certain=certain,
            waits=waits,
        )
    return message("{waits}; it comes to {gross} at most", gross=gross, waits=waits)
