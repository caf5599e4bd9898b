"""Payments, lowered in rank order: what each rests on, then the term of its settlement."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from sibdsl.money import RoundingMode, minor_unit
from sibdsl.plan.calendars import Adjust
from sibdsl.plan.catalogue import (
    Catalogue,
    fixed_number,
    members,
    parts_of,
)
from sibdsl.plan.declared import begin
from sibdsl.plan.draft import Draft, Gross, Limit, Met, Named, work
from sibdsl.plan.moments import is_conditional
from sibdsl.plan.terms import (
    AmountRounding,
    Division,
    Payment,
    Settlement,
    Shares,
    Single,
    Tiers,
)
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Name


def settle(draft: Draft, adjust: Adjust) -> tuple[Payment, ...]:
    """Lower every payment, in rank order, and the limit of every cap before what it bears on."""
    bearing: dict[int, list[int]] = defaultdict(list)
    for number, reach in enumerate(draft.reaches):
        for rank in reach.limited:
            bearing[rank].append(number)
    payments: list[Payment] = []
    for rank in range(len(draft.catalogue.instances)):
        for number in bearing[rank]:
            work(draft, Limit(number), begin)
        payments.append(_settled(draft, rank, adjust))
    for number in range(len(draft.reaches)):
        work(draft, Limit(number), begin)
    return tuple(payments)


def _settled(draft: Draft, rank: int, adjust: Adjust) -> Payment:
    instance, statement = draft.catalogue.instances[rank], draft.catalogue.said[rank]
    catalogue = draft.catalogues[instance.edition]
    name, at = instance.name, catalogue.evaluations.get(instance.occasion or "")
    condition = work(draft, Met(name, at), begin) if is_conditional(statement) else None
    gross = work(draft, Gross(name, at), begin)
    unit = catalogue.checked.types[statement.amount.span]
    settlement = draft.add(Settlement(rank, unit=unit, places=(statement.span,)))
    draft.settlements.append(settlement)
    work(draft, Named(name, at), begin)
    adjusted = statement.due.adjusted
    calendar = "" if adjusted is None else adjusted.calendar
    return Payment(
        name=name,
        evaluation=at,
        payer=_division(catalogue, statement.payer),
        payee=_division(catalogue, statement.payee),
        parts=parts_of(catalogue, statement),
        condition=condition,
        gross=gross,
        settlement=settlement,
        currency=unit.currency,
        due=instance.due,
        adjusted=adjust(instance.due, calendar) if calendar else instance.due,
        calendar=calendar,
        place=statement.name.span,
    )


def _division(catalogue: Catalogue, side: Name) -> Division:
    """One party, a group by shares, or a waterfall."""
    parties = members(catalogue, side.text)
    declared = catalogue.declared(side.text)
    match declared:
        case nodes.ShareGroup():
            shares = tuple(fixed_number(catalogue, member.share) for member in declared.members)
            return Shares(side.text, parties, shares)
        case nodes.Waterfall():
            up_to = tuple(
                None if member.up_to is None else fixed_number(catalogue, member.up_to)
                for member in declared.members
            )
            return Tiers(side.text, parties, up_to)
        case _:
            return Single(parties[0])


def roundings(catalogue: Catalogue, currencies: set[str]) -> tuple[AmountRounding, ...]:
    """How amounts fall due, by currency: half up to the minor unit of ISO 4217 where unsaid."""
    said = {
        catalogue.checked.types[statement.step.span].currency: statement
        for statement in catalogue.checked.contract.statements
        if isinstance(statement, nodes.RoundingRule)
    }
    return tuple(
        _rounding(catalogue, code, said.get(code)) for code in sorted({*currencies, *said})
    )


def _rounding(
    catalogue: Catalogue, currency: str, said: nodes.RoundingRule | None
) -> AmountRounding:
    if said is not None:
        return AmountRounding(currency, said.mode, fixed_number(catalogue, said.step))
    step = Fraction(1, 10 ** (minor_unit(currency) or 0))
    return AmountRounding(currency, RoundingMode.HALF_UP, step)
