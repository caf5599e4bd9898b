"""Payments: what may be known when they fall due, the order they are settled in, their sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from sibdsl.checks.bounds.bounds import bounds_where
from sibdsl.checks.bounds.ranges import Range
from sibdsl.checks.checked import Checked, Occasion
from sibdsl.checks.homes.circles import circles
from sibdsl.checks.homes.ordering import circle, in_dependency_order
from sibdsl.checks.settlement.basis import Question, Reliance, Surroundings, rests_on, surroundings
from sibdsl.checks.settlement.bearing import caps_on
from sibdsl.checks.settlement.schedule import PaymentInstance, payments_of, ranked, ranks_after
from sibdsl.checks.statements import stands_for
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message, warning
from sibdsl.frozen import frozen
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Payment
from sibdsl.units import Kind, Quantity, Unit


def payer_is_payee(checked: Checked) -> Iterable[Diagnostic]:
    """A payment whose payer is also its payee, by name or as a member of a group."""
    for payment in payments_of(checked):
        payer, payee = payment.payer, payment.payee
        shared = sorted(stands_for(checked, payer.text) & stands_for(checked, payee.text))
        if shared:
            yield error(
                "SIB510",
                payer.span.to(payee.span),
                message(
                    "‘{party}’ both makes and receives ‘{payment}’",
                    party=tuple(shared),
                    payment=payment.name.text,
                ),
                help=message("name another party as payer or as payee"),
            )


# Rank


def rank_circle(checked: Checked) -> Iterable[Diagnostic]:
    """Payments that say they rank after one another, round about."""
    payments = {payment.name.text: payment for payment in payments_of(checked)}
    for round_about in _rank_circles(payments):
        first, *others = (payments[name] for name in round_about)
        yield error(
            "SIB511",
            first.name.span,
            message("‘{payment}’ would rank after itself", payment=first.name.text),
            others=tuple(Label(other.name.span, message("also in the circle")) for other in others),
            help=message("delete one ‘ranks after’ of the circle"),
        )


def _rank_circles(payments: Mapping[str, Payment]) -> Iterator[Sequence[str]]:
    after = {name: tuple(sorted(ranks_after(payment))) for name, payment in payments.items()}
    for group in in_dependency_order(payments, after):
        round_about = circle(group, after)
        if round_about:
            yield round_about


def rank_against_dates(checked: Checked) -> Iterable[Diagnostic]:
    """A payment said to rank after one that always falls due later: dates decide before the text."""
    dues: dict[str, dict[str | None, PaymentInstance]] = {}
    for instance in ranked(checked):
        dues.setdefault(instance.name, {})[instance.occasion] = instance
    payments = {payment.name.text: payment for payment in payments_of(checked)}
    said = [frozenset(names) for names in _rank_circles(payments)]  # a finding of their own: SIB511
    for payment in payments.values():
        for earlier in payment.ranks_after:
            if any({payment.name.text, earlier.text} <= names for names in said):
                continue
            pair = _against_dates(dues.get(payment.name.text, {}), dues.get(earlier.text, {}))
            if pair is not None:
                here, there = pair
                yield error(
                    "SIB512",
                    earlier.span,
                    message(
                        "‘{payment}’ is due on {due}, before ‘{other}’ on {later}, and cannot "
                        "rank after it",
                        payment=here.name,
                        due=here.due,
                        other=there.name,
                        later=there.due,
                    ),
                    others=(Label(there.place, message("falls due later")),),
                    help=message(
                        "the due date decides first, the order of the text only on one day: mend "
                        "a due date, or delete the ‘ranks after’"
                    ),
                )


def _against_dates(
    mine: dict[str | None, PaymentInstance], others: dict[str | None, PaymentInstance]
) -> tuple[PaymentInstance, PaymentInstance] | None:
    """Two instances of one evaluation in the wrong order, where no two fall on one day.

    Of payments made at different evaluations: the last of the one, before the first of the other.
    """
    if {one.due for one in mine.values()} & {one.due for one in others.values()}:
        return None
    if mine and others and mine.keys().isdisjoint(others) and None not in (*mine, *others):
        last = max(mine.values(), key=lambda instance: instance.due)
        first = min(others.values(), key=lambda instance: instance.due)
        return (last, first) if last.due < first.due else None
    for occasion, here in mine.items():
        there = others.get(occasion)
        if there is None and None in (occasion, *others):
            there = next(iter(others.values()), None)
        if there is not None and here.due < there.due:
            return here, there
    return None


@frozen
class _Stake:
    """What an instance of a payment rests on, and whether by its own text or by that of a cap."""

    instance: PaymentInstance
    subject: Message
    found: Reliance


def depends_on_later_payment(checked: Checked) -> Iterable[Diagnostic]:
    """An amount, condition or cap that depends on a payment settled at the same time or later."""
    around = surroundings(checked)
    said = circles(checked.contract, checked.names)  # a finding of their own: SIB227
    order = {(one.name, one.occasion): place for place, one in enumerate(around.instances)}
    told: set[tuple[str, str]] = set()
    for stake in _stakes(checked, around):
        here = (stake.instance.name, stake.instance.occasion)
        there = (stake.found.name, _name(stake.found.occasion))
        if there not in order or order[there] < order[here] or (here[0], there[0]) in told:
            continue
        if any({here[0], there[0]} <= circular.members for circular in said):
            continue
        told.add((here[0], there[0]))
        yield _later(stake, around.instances[order[there]])


def _later(stake: _Stake, other: PaymentInstance) -> Diagnostic:
    here = stake.instance
    if here == other:
        return error(
            "SIB513",
            stake.found.place,
            message("{subject} depends on the amount due under itself", subject=stake.subject),
            help=message(
                "write gross amount of {payment}, or {payment} at previous evaluation",
                payment=here.name,
            ),
        )
    text = message(
        "{subject}, due on {due}, depends on ‘{other}’, settled after it on {later}",
        subject=stake.subject,
        due=here.due,
        other=_instance(other),
        later=other.due,
    )
    advice = (
        message(
            "settle the other first: payment {payment} ranks after {other}",
            payment=here.name,
            other=other.name,
        )
        if here.due == other.due
        else message(
            "let ‘{payment}’ fall due later, or let it depend only on payments due before it",
            payment=here.name,
        )
    )
    others = (Label(other.place, message("settled later")),)
    return error("SIB513", stake.found.place, text, others=others, help=advice)


def due_before_known(checked: Checked) -> Iterable[Diagnostic]:
    """A payment due before a result, or the claims, that it depends on can be known."""
    around = surroundings(checked)
    worst: dict[str, _Stake] = {}
    for stake in _stakes(checked, around):
        at = stake.found.occasion
        is_result = isinstance(
            checked.names.declared.get(stake.found.name), nodes.Measure | nodes.RateCard
        )
        if at is None or not is_result or at.on <= stake.instance.due:
            continue
        known = worst.setdefault(stake.instance.name, stake)
        if known.found.occasion is not None and at.on > known.found.occasion.on:
            worst[stake.instance.name] = stake
    for stake in worst.values():
        if stake.found.occasion is not None:
            yield _too_early(checked, stake, stake.found.occasion)


def _too_early(checked: Checked, stake: _Stake, at: Occasion) -> Diagnostic:
    measured = checked.names.where.get(stake.found.name)
    return error(
        "SIB407",
        stake.found.place,
        message(
            "{subject} is due on {due}, before ‘{term}’ at ‘{evaluation}’ can be known on {date}",
            subject=stake.subject,
            due=stake.instance.due,
            term=stake.found.name,
            evaluation=at.name,
            date=at.on,
        ),
        others=(
            Label(stake.instance.place, message("the payment")),
            *(() if measured is None else (Label(measured.span, message("declared here")),)),
        ),
        help=message(
            "let it fall due later (due 30 days after {evaluation}), or count only what is known "
            "(total of … to date)",
            evaluation=at.name,
        ),
    )


def _stakes(checked: Checked, around: Surroundings) -> Iterator[_Stake]:
    by_name = {payment.name.text: payment for payment in payments_of(checked)}
    for instance in around.instances:
        payment = by_name[instance.name]
        at = checked.names.occasions.get(instance.occasion or "")
        own = (payment.amount, payment.when, payment.unless)
        # What has no unit rests on a mistake that is told already.
        questions = [Question(part, at) for part in own if part and part.span in checked.types]
        subject = message("‘{payment}’", payment=_instance(instance))
        for found in rests_on(around, questions):
            yield _Stake(instance, subject, found)
        limits = [
            Question(cap.limit, at if isinstance(cap.period, nodes.PerEvaluation) else None)
            for cap in caps_on(checked, payment)
        ]
        capped = message("the cap on ‘{payment}’", payment=_instance(instance))
        for found in rests_on(around, limits):
            yield _Stake(instance, capped, found)


def _instance(instance: PaymentInstance) -> Message:
    if instance.occasion is None:
        return message("{payment}", payment=instance.name)
    return message("{payment} at {evaluation}", payment=instance.name, evaluation=instance.occasion)


def _name(occasion: Occasion | None) -> str | None:
    return None if occasion is None else occasion.name


# Sign


def never_due(checked: Checked) -> Iterable[Diagnostic]:
    """A payment whose amount is always below nil: it is never due and never reversed."""
    for payment in payments_of(checked):
        if _amount(checked, payment).is_always_negative:
            yield error(
                "SIB514",
                payment.amount.span,
                message(
                    "‘{payment}’ always comes to less than nil, and so is never due",
                    payment=payment.name.text,
                ),
                help=message(
                    "exchange payer and payee and write the opposite amount: {payee} pays … to {payer}",
                    payer=payment.payer.text,
                    payee=payment.payee.text,
                ),
            )


def may_be_negative(checked: Checked) -> Iterable[Diagnostic]:
    """A payment whose amount may come to less than nil, where the text does not say what then.

    A negative amount is not due and never reversed. That may be what is meant; a text that says so
    cannot be read in two ways. Only what is sure is used: counts, money paid and money provided are
    never negative, any other result may be.
    """
    for payment in payments_of(checked):
        amount = _amount(checked, payment)
        if amount.is_never_negative or amount.is_always_negative:
            continue
        unit = checked.types.get(payment.amount.span, Unit(Kind.AMOUNT, checked.currency))
        if unit.kind is not Kind.AMOUNT:
            continue
        yield warning(
            "SIB515",
            payment.amount.span,
            message(
                "‘{payment}’ may come to less than nil, and is then not due",
                payment=payment.name.text,
            ),
            help=message(
                "say it aloud: the greater of (…; {nil}); for money that flows back write a "
                "second payment the other way",
                nil=Quantity(Fraction(0), unit),
            ),
        )


def _amount(checked: Checked, payment: Payment) -> Range:
    bounds = bounds_where(checked, (payment.when, True), (payment.unless, False))
    return bounds.of(payment.amount)
