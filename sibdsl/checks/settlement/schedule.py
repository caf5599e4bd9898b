"""When each payment falls due, and in which order payments are settled.

Language reference, "Settlement": due date before any business-day adjustment; on one day the order
of the text, which ``ranks after`` changes; instances of one payment by date of evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import assert_never

from attrs import field

from sibdsl.checks.checked import Checked, Names, Occasion
from sibdsl.checks.editions import Edition, edition_on
from sibdsl.dates import add_months
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax.nodes import Due, DueAfter, DueOn, Duration, DurationUnit, Payment


@frozen
class PaymentInstance:
    """One payment at one evaluation, or the payment itself where it exists once.

    ``occasion`` is the name of the evaluation. ``due`` is the date before any business-day
    adjustment. ``place`` is that of the payment in the text, ``edition`` the place of the terms that
    govern it among those of an amended contract.
    """

    name: str
    occasion: str | None
    due: date
    place: Span = field(eq=False)
    edition: int = 0


def ranked(checked: Checked) -> tuple[PaymentInstance, ...]:
    """Every instance of every payment, in the order in which they are settled.

    An instance whose due date the text does not give (an evaluation that is not declared) is left
    out; the checks have said so. Payments that rank after one another in a circle keep the order of
    the text, for the same reason.
    """
    return ranked_over((Edition(None, checked),))


def ranked_over(editions: Sequence[Edition]) -> tuple[PaymentInstance, ...]:
    """The same of an amended contract: each instance by the terms that govern it."""
    said = [
        {payment.name.text: payment for payment in payments_of(each.checked)} for each in editions
    ]
    names = dict.fromkeys(name for payments in reversed(said) for name in payments)
    after = {
        name: frozenset[str]().union(*(ranks_after(each[name]) for each in said if name in each))
        for name in names
    }
    instances = (one for name in names for one in _instances(editions, said, name))
    by_due = sorted(instances, key=lambda instance: instance.due)
    order: list[PaymentInstance] = []
    for _, same_day in groupby(by_due, key=lambda instance: instance.due):
        order += _on_one_day(tuple(same_day), after)
    return tuple(order)


def payments_of(checked: Checked) -> tuple[Payment, ...]:
    """The payments in the order of the text; of two with one name, the first."""
    first: dict[str, Payment] = {}
    for statement in checked.contract.statements:
        if isinstance(statement, Payment):
            first.setdefault(statement.name.text, statement)
    return tuple(first.values())


def ranks_after(payment: Payment) -> frozenset[str]:
    """The names of the payments that this one says it ranks after."""
    return frozenset(name.text for name in payment.ranks_after)


def occasions_of(checked: Checked, payment: Payment) -> tuple[Occasion | None, ...]:
    """The evaluations a payment is made at, by date; None alone for a payment made once."""
    if payment.occurrence is None:
        return (None,)
    named = payment.occurrence.series
    if named is not None and not payment.occurrence.each and named.text in checked.names.occasions:
        return (checked.names.occasions[named.text],)
    home = checked.homes.get(payment.name.text)
    series = checked.names.series.get(home) if isinstance(home, str) else None
    return () if series is None else series.occasions


def due_date(due: Due, occasion: Occasion | None, names: Names) -> date | None:
    """The unadjusted due date; None where the text does not give one.

    ``due 60 days after evaluation`` counts from the evaluation at hand, which a payment made once
    does not have.
    """
    match due:
        case DueOn():
            return due.on.value
        case DueAfter():
            named = due.evaluation
            start = occasion if named is None else names.occasions.get(named.text)
            return None if start is None else shifted(start.on, due.duration)
        case _:
            assert_never(due)


def shifted(day: date, duration: Duration | None) -> date | None:
    """The day so long afterwards; None outside the years 1 to 9999 or for a broken number."""
    if duration is None:
        return day
    if duration.number.denominator != 1:
        return None
    number = duration.number.numerator
    try:
        match duration.unit:
            case DurationUnit.DAYS:
                return day + timedelta(days=number)
            case DurationUnit.MONTHS:
                return add_months(day, number)
            case DurationUnit.YEARS:
                return add_months(day, 12 * number)
            case _:
                assert_never(duration.unit)
    except OverflowError:
        return None


def governing_day(payment: Payment, occasion: Occasion | None, names: Names) -> date | None:
    """The day by which it goes which terms govern a payment.

    Its evaluation's; of a payment made once, that of the evaluation its due date counts from, else its
    due date.
    """
    if occasion is not None:
        return occasion.on
    if isinstance(payment.due, DueAfter) and payment.due.evaluation is not None:
        named = names.occasions.get(payment.due.evaluation.text)
        return None if named is None else named.on
    return due_date(payment.due, None, names)


def _instances(
    editions: Sequence[Edition], said: Sequence[Mapping[str, Payment]], name: str
) -> Iterable[PaymentInstance]:
    """The instances of a payment by date of evaluation, each under the first terms that govern it."""
    found: dict[str | None, PaymentInstance] = {}
    for number, (edition, payments) in enumerate(zip(editions, said, strict=True)):
        payment, names = payments.get(name), edition.checked.names
        if payment is None:
            continue
        for occasion in occasions_of(edition.checked, payment):
            day, due = (
                governing_day(payment, occasion, names),
                due_date(payment.due, occasion, names),
            )
            if day is None or due is None or edition_on(editions, day) != number:
                continue
            at = None if occasion is None else occasion.name
            found.setdefault(at, PaymentInstance(name, at, due, payment.span, number))
    return found.values()


def _on_one_day(
    instances: Sequence[PaymentInstance], after: dict[str, frozenset[str]]
) -> list[PaymentInstance]:
    """Each time the first in the text that ranks after nothing still waiting."""
    waiting = list(dict.fromkeys(instance.name for instance in instances))
    order: list[str] = []
    while waiting:
        free = (name for name in waiting if after[name].isdisjoint(waiting))
        chosen = next(free, waiting[0])
        waiting.remove(chosen)
        order.append(chosen)
    return sorted(instances, key=lambda instance: order.index(instance.name))
