"""Caps beside what they cap: those that can never bind, and those below the first tier of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from sibdsl.checks.bounds.bounds import Bounds, bounds_where
from sibdsl.checks.bounds.ranges import ZERO, up_to
from sibdsl.checks.checked import Checked
from sibdsl.checks.settlement.bearing import is_card, payments_under
from sibdsl.checks.settlement.schedule import PaymentInstance, payments_of, ranked
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.money import RoundingMode, minor_unit, round_to
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Cap, CapOn, Payment
from sibdsl.units import Quantity, amount_in


def cap_never_binds(checked: Checked) -> Iterable[Diagnostic]:
    """A cap above the most that could ever be due under it: it limits nothing.

    A cap that is exactly the most is quiet: many contracts say their maximum aloud.
    """
    bounds = Bounds(checked)
    most = {payment.name.text: _most_due(checked, payment) for payment in payments_of(checked)}
    instances = ranked(checked)
    for cap in statements(checked.contract, Cap):
        payments = payments_under(checked, cap)
        if not payments or any(is_card(checked, target) for target in cap.targets):
            continue
        limit = bounds.of(cap.limit)
        reached = _most_under(checked, bounds, cap, payments, most, instances)
        if reached is not None and limit.low > (0, reached):
            currency = payment_currency(checked, payments[0])
            yield warning(
                "SIB545",
                cap.limit.span,
                message(
                    "this cap can never bind: no more than {most} can fall due under it",
                    most=Quantity(reached, amount_in(currency)),
                ),
                others=(Label(payments[0].name.span, message("a payment it bears on")),),
                help=message(
                    "lower the cap to {most} if that is the maximum meant, or look for an amount "
                    "that is too low",
                    most=Quantity(reached, amount_in(currency)),
                ),
            )


def payment_currency(checked: Checked, payment: Payment) -> str:
    """The currency of a payment's amount; that of the contract where its type is not known."""
    unit = checked.types.get(payment.amount.span)
    return unit.currency if unit is not None and unit.currency else checked.currency


def _most_due(checked: Checked, payment: Payment) -> Fraction | None:
    """The most one instance can come to where its conditions hold, rounded as the contract rounds."""
    bounds = bounds_where(checked, (payment.when, True), (payment.unless, False))
    most = up_to(bounds.of(payment.amount).most).most
    if most is None:
        return None
    currency = payment_currency(checked, payment)
    mode, step = RoundingMode.HALF_UP, Fraction(1, 10 ** (minor_unit(currency) or 0))
    rule = next(statements(checked.contract, nodes.RoundingRule), None)
    least = None if rule is None else Bounds(checked).of(rule.step).least
    if rule is not None and least is not None and least > 0:
        mode, step = rule.mode, least
    return round_to(most, step, mode)


def _most_under(
    checked: Checked,
    bounds: Bounds,
    cap: Cap,
    payments: Sequence[Payment],
    most: dict[str, Fraction | None],
    instances: Sequence[PaymentInstance],
) -> Fraction | None:
    """The most that can fall due under a cap in one of its periods."""
    under = {payment.name.text for payment in payments}
    sums: defaultdict[tuple[object, str], Fraction] = defaultdict(Fraction)
    for instance in instances:
        if instance.name not in under or not _counts(cap, instance.due):
            continue
        amount = most[instance.name]
        if amount is None:
            own = _own_limit(checked, bounds, instance.name, cap)
            if own is None:
                return None
            amount = own
        sums[_period(cap, instance), instance.name] += amount
    totals: defaultdict[object, Fraction] = defaultdict(Fraction)
    for (period, name), total in sums.items():
        own = _own_limit(checked, bounds, name, cap)
        totals[period] += total if own is None else min(total, own)
    return max(totals.values(), default=None)


def _counts(cap: Cap, due: date) -> bool:
    period = cap.period
    return not isinstance(period, nodes.Within) or period.start.value <= due <= period.end.value


def _period(cap: Cap, instance: PaymentInstance) -> object:
    match cap.period:
        case nodes.PerEvaluation():
            return instance.occasion
        case nodes.PerCalendarYear():
            return instance.due.year
        case _:
            return None


def _own_limit(checked: Checked, bounds: Bounds, payment: str, but: Cap) -> Fraction | None:
    """The lowest other cap on a payment by its name, over the whole contract."""
    limits = [
        limit
        for cap in statements(checked.contract, Cap)
        if cap is not but and cap.period is None
        for target in cap.targets
        if isinstance(target, CapOn) and target.name.text == payment
        if (limit := bounds.of(cap.limit).most) is not None
    ]
    return min(limits, default=None)


def cap_below_first_tier(checked: Checked) -> Iterable[Diagnostic]:
    """A cap on a payment below the first tier of its table: every tier would pay the cap."""
    bounds = Bounds(checked)
    for cap in statements(checked.contract, Cap):
        limit = bounds.of(cap.limit)
        if isinstance(cap.period, nodes.PerCalendarYear | nodes.Within) or limit.low < ZERO:
            continue
        for payment in _named(checked, cap):
            table = _table_of(checked, payment.amount)
            if table is None or table.mode is nodes.TableMode.MARGINAL or not table.rows:
                continue
            tiers = [bounds.of(row.value).low for row in table.rows]
            positive = [
                (tier, row) for tier, row in zip(tiers, table.rows, strict=True) if tier > ZERO
            ]
            if positive and limit.high < min(tier for tier, _ in positive):
                yield warning(
                    "SIB546",
                    cap.limit.span,
                    message(
                        "this cap is below the first tier of ‘{table}’, so that every tier pays "
                        "the same",
                        table=table.name.text,
                    ),
                    others=(Label(positive[0][1].value.span, message("the first tier")),),
                    help=message("raise the cap, or mend the tiers of the table"),
                )


def _named(checked: Checked, cap: Cap) -> Iterator[Payment]:
    for target in cap.targets:
        if isinstance(target, CapOn):
            declared = checked.names.declared.get(target.name.text)
            if isinstance(declared, Payment):
                yield declared


def _table_of(checked: Checked, amount: nodes.Expr) -> nodes.Table | None:
    """The table that an amount is, by its name or by way of definitions that only rename it."""
    seen: set[str] = set()
    while isinstance(amount, nodes.NameUse) and amount.name.text not in seen:
        seen.add(amount.name.text)
        declared = checked.names.declared.get(amount.name.text)
        if isinstance(declared, nodes.Table):
            return declared
        if not isinstance(declared, nodes.Definition):
            return None
        amount = declared.body
    return None
