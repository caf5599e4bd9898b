"""A determination as a person reads it, in the contract's language."""

from collections.abc import Iterator
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_name, payment_name
from sibdsl.documents.display import width
from sibdsl.documents.reasons_text import sentences
from sibdsl.evaluate.determination import (
    Cut,
    Determination,
    InvestorReturn,
    Missing,
    OutcomeCount,
    PaymentOutcome,
    State,
)
from sibdsl.frozen import frozen
from sibdsl.messages import say
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language, say_amount, say_number, say_percentage
from sibdsl.plan.terms import Plan
from sibdsl.source import Source, Span

COLON: Final = message(":")
PAYMENTS: Final = message("Payments")
TOTALS: Final = message("Totals")
CAPS: Final = message("Caps")
RETURNS: Final = message("Returns")
CLAIMS: Final = message("Claims")


@frozen
class Setting:
    """What every part of the text needs to know."""

    determination: Determination
    plan: Plan
    source: Source | None

    @property
    def language(self) -> Language:
        """The contract's language, which is the determination's."""
        return self.plan.language


def determination_text(determination: Determination, plan: Plan, source: Source | None) -> str:
    """Every payment with its clause and the figures that caused it, then totals, caps, returns.

    ``source`` is the contract's text, for its lines; None where only the plan is at hand.
    """
    setting = Setting(determination, plan, source)
    return "".join(f"{line.rstrip()}\n" for line in _lines(setting))


def _say(setting: Setting, text: Message) -> str:
    return say(text, setting.language)


def _sentence(setting: Setting, text: Message) -> str:
    said = _say(setting, text)
    return f"{said[:1].upper()}{said[1:]}."


def _lines(setting: Setting) -> Iterator[str]:
    yield from _head(setting)
    for heading, body in (
        (PAYMENTS, _payments(setting)),
        (TOTALS, _totals(setting)),
        (CAPS, _caps(setting)),
        (RETURNS, _returns(setting)),
        (CLAIMS, _claims(setting)),
    ):
        lines = list(body)
        if lines:
            yield ""
            yield _say(setting, heading)
            yield from lines


def _head(setting: Setting) -> Iterator[str]:
    determination = setting.determination
    yield visible(determination.title)
    if determination.as_of is not None:
        yield _say(setting, message("as known on {day}", day=determination.as_of))
    yield _say(setting, message("contract {digest}", digest=determination.contract_digest[:16]))
    yield _say(setting, message("results {digest}", digest=determination.results_digest[:16]))


# ------------------------------------------------------------------------------- payments


def _payments(setting: Setting) -> Iterator[str]:
    for payment in setting.determination.payments:
        yield ""
        yield f"  {_headline(setting, payment)}"
        for line in _about(setting, payment):
            yield f"    {line}"


def _headline(setting: Setting, payment: PaymentOutcome) -> str:
    name = payment_name(payment)
    match payment.state:
        case State.DUE:
            text = message(
                "{payment}: {amount} due on {day}",
                payment=name,
                amount=_amount(setting, payment),
                day=payment.adjusted,
            )
        case State.NOT_DUE:
            text = message("{payment}: not due", payment=name)
        case State.PENDING if payment.amount:
            text = message(
                "{payment}: {amount} due on {day}, the rest pending",
                payment=name,
                amount=_amount(setting, payment),
                day=payment.adjusted,
            )
        case State.PENDING:
            text = message("{payment}: pending", payment=name)
        case State.UNDEFINED:
            text = message("{payment}: undefined", payment=name)
    return _say(setting, text) + _marks(setting, payment)


def _marks(setting: Setting, payment: PaymentOutcome) -> str:
    words = []
    if payment.provisional:
        words.append(_say(setting, message("provisional")))
    if payment.presumed:
        words.append(_say(setting, message("rests on a presumption")))
    return f" ({', '.join(words)})" if words else ""


def _amount(setting: Setting, payment: PaymentOutcome) -> str:
    return say_amount(payment.amount, payment.currency, setting.language)


def _about(setting: Setting, payment: PaymentOutcome) -> Iterator[str]:
    parties = message("{payer} to {payee}", payer=payment.payer, payee=payment.payee)
    yield _say(setting, parties) + _place(setting, payment.place)
    yield from _because(setting, payment)
    if payment.gross is not None and (payment.cuts or payment.gross != payment.amount):
        gross = say_amount(payment.gross, payment.currency, setting.language, exact=True)
        yield _sentence(setting, message("before caps and rounding {amount}", amount=gross))
    for cut in payment.cuts:
        yield _cut(setting, cut, payment.currency)
    if len(payment.parts) > 1:
        yield from _parts(setting, payment)
    if payment.waits_for:
        missing = tuple(_missing(one) for one in payment.waits_for)
        yield _sentence(setting, message("it waits for {missing}", missing=missing))


def _because(setting: Setting, payment: PaymentOutcome) -> Iterator[str]:
    """*Cohort Payment at Cohort 1 is not due: Cohort Success is not met.* and what it rests on."""
    name = payment_name(payment)
    match payment.state:
        case State.DUE:
            text = message("{payment} is due", payment=name)
        case State.NOT_DUE:
            text = message("{payment} is not due", payment=name)
        case State.PENDING:
            text = message("{payment} is pending", payment=name)
        case State.UNDEFINED:
            text = message("{payment} is undefined", payment=name)
    first, *others = sentences(payment.reason, setting.language, after_colon=True) or ("",)
    said = _say(setting, text)
    lead = f"{said[:1].upper()}{said[1:]}"
    joined = f"{lead}{_say(setting, COLON)} {first}" if first else f"{lead}."
    yield from _wrapped(" ".join([joined, *others]))


def _wrapped(text: str) -> Iterator[str]:
    """The text in lines of at most 92 columns, parted at plain spaces only."""
    line = ""
    for word in text.split(" "):
        if line and width(line) + 1 + width(word) > 92:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _cut(setting: Setting, cut: Cut, currency: str) -> str:
    amount = say_amount(cut.amount, currency, setting.language, exact=True)
    cap = cap_name(setting.plan, cut.cap, cut.account)
    said = _sentence(setting, message("{amount} is cut by {cap}", amount=amount, cap=cap))
    return f"{said[:-1]}{_place(setting, setting.plan.caps[cut.cap].place)}."


def _parts(setting: Setting, payment: PaymentOutcome) -> Iterator[str]:
    for part in payment.parts:
        amount = say_amount(part.amount, payment.currency, setting.language)
        yield _say(
            setting,
            message(
                "{payer} to {payee}: {amount}",
                payer=part.payer,
                payee=part.payee,
                amount=amount,
            ),
        )
        for cut in part.cuts:
            yield f"  {_cut(setting, cut, payment.currency)}"


def _missing(missing: Missing) -> Message:
    if missing.evaluation:
        name = message("{name} at {evaluation}", name=missing.name, evaluation=missing.evaluation)
    else:
        name = message("{name}", name=missing.name)
    return message("{name}, disputed", name=name) if missing.disputed else name


def _place(setting: Setting, place: Span) -> str:
    if setting.source is None:
        return ""
    line, _ = setting.source.position(min(place.start, len(setting.source.text)))
    return f" ({visible(setting.source.name)}:{line})"


# ------------------------------------------------------------------------- totals and caps


def _totals(setting: Setting) -> Iterator[str]:
    for total in setting.determination.totals:
        paid = say_amount(total.paid, total.currency, setting.language)
        received = say_amount(total.received, total.currency, setting.language)
        text = message(
            "{party}: to pay {paid}, to receive {received}",
            party=total.party,
            paid=paid,
            received=received,
        )
        more = message("{total}; more is pending", total=text)
        yield f"  {_say(setting, more if total.pending else text)}"


def _caps(setting: Setting) -> Iterator[str]:
    for use in setting.determination.caps:
        currency = setting.plan.caps[use.cap].currency
        limit, used, left = (
            _say(setting, message("not known yet"))
            if amount is None
            else say_amount(amount, currency, setting.language)
            for amount in (use.limit, use.used, use.headroom)
        )
        said = _say(
            setting,
            message(
                "{cap}: limit {limit}, used {used}, left {left}",
                cap=cap_name(setting.plan, use.cap, use.account),
                limit=limit,
                used=used,
                left=left,
            ),
        )
        yield f"  {said[:1].upper()}{said[1:]}{_place(setting, setting.plan.caps[use.cap].place)}"


def _returns(setting: Setting) -> Iterator[str]:
    for one in setting.determination.returns:
        yield f"  {_one_return(setting, one)}"


def _one_return(setting: Setting, one: InvestorReturn) -> str:
    text = message(
        "{investor} provided {provided} and received {received}",
        investor=one.investor,
        provided=say_amount(one.provided, one.currency, setting.language),
        received=say_amount(one.received, one.currency, setting.language),
    )
    if one.multiple is not None:
        times = say_number(one.multiple, setting.language)
        text = message("{said}, {times} times", said=text, times=times)
    if one.annual_rate is not None:
        rate = say_percentage(one.annual_rate, setting.language)
        text = message("{said}, {rate} per year", said=text, rate=rate)
    return _say(setting, text)


def _claims(setting: Setting) -> Iterator[str]:
    for one in setting.determination.outcomes:
        if one.claimed:
            yield f"  {_outcome(setting, one)}"


def _outcome(setting: Setting, one: OutcomeCount) -> str:
    text = message(
        "{outcome} at {evaluation}: claimed {claimed}, accepted {accepted}, people {people}",
        outcome=one.outcome,
        evaluation=one.evaluation,
        claimed=one.claimed,
        accepted=one.accepted,
        people=one.people,
    )
    for template, count in (
        (message("{said}; {count} over the limit"), one.refused_by_limit),
        (message("{said}; {count} without what is required"), sum(one.refused_by_requires)),
        (message("{said}; {count} not open to the participant"), one.refused_by_class),
    ):
        if count:
            text = message(template.template, said=text, count=count)
    return _say(setting, text)
