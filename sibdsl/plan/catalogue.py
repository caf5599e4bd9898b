"""What a checked contract declares, arranged for lowering: who, when, and which place each has.

Evaluations stand by date, payments by rank, everything else in the order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.checked import Checked, Declaration, Everywhere, Occasion
from sibdsl.checks.editions import Edition, edition_on, together
from sibdsl.checks.settlement.schedule import PaymentInstance, ranked_over
from sibdsl.checks.types.constants import constant_value
from sibdsl.frozen import frozen
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr
from sibdsl.units import (
    COUNT,
    DATE,
    NUMBER,
    PERCENTAGE,
    POINTS,
    YES_NO,
    Kind,
    Unit,
    amount_in,
)

At = int | None
"""The evaluation at hand, as its place in ``Plan.evaluations``; None outside any."""


@frozen
class Catalogue:
    """The declarations of a contract, each with its place in the plan.

    ``payments`` has the rank of each payment by its name and evaluation; ``outcomes`` the tariffs of
    each outcome, a card and a place on it, since one outcome may be priced for several classes.

    ``editions`` are the terms of an amended contract, and ``edition`` the place of those at hand, which
    ``checked`` and ``bounds`` are of; all else is common to them. ``in_force`` has for each evaluation
    the place of the terms that govern it, ``said`` for each rank the statement of the payment.
    """

    editions: tuple[Edition, ...]
    edition: int
    checked: Checked
    bounds: Bounds
    occasions: tuple[Occasion, ...]
    evaluations: Mapping[str, int]
    series: Mapping[str, tuple[int, ...]]
    parties: Mapping[str, int]
    measures: Mapping[str, int]
    cards: Mapping[str, int]
    outcomes: Mapping[str, tuple[tuple[int, int], ...]]
    instances: tuple[PaymentInstance, ...]
    said: tuple[nodes.Payment, ...]
    payments: Mapping[tuple[str, At], int]
    in_force: tuple[int, ...]

    def declared(self, name: str) -> Declaration:
        """What a name stands for."""
        return self.checked.names.declared[name]

    def on(self, evaluation: int) -> date:
        """The date of an evaluation."""
        return self.occasions[evaluation].on


def catalogues_of(editions: Sequence[Edition]) -> tuple[Catalogue, ...]:
    """Arrange what a checked contract declares, seen from each of its editions."""
    editions = together(editions)
    names = editions[-1].checked.names
    occasions = tuple(sorted(names.occasions.values(), key=lambda each: (each.on, each.name)))
    evaluations = {occasion.name: place for place, occasion in enumerate(occasions)}
    instances = ranked_over(editions)
    cards = _of_kind(editions, nodes.RateCard)
    last = Catalogue(
        editions=editions,
        edition=len(editions) - 1,
        checked=editions[-1].checked,
        bounds=Bounds(editions[-1].checked),
        occasions=occasions,
        evaluations=evaluations,
        series={
            name: tuple(evaluations[occasion.name] for occasion in series.occasions)
            for name, series in names.series.items()
        },
        parties=_of_kind(editions, nodes.Party),
        measures=_of_kind(editions, nodes.Measure),
        cards=cards,
        outcomes=_outcomes(editions[-1].checked, cards),
        instances=instances,
        said=tuple(_statement(editions, instance) for instance in instances),
        payments={
            (instance.name, evaluations.get(instance.occasion or "")): rank
            for rank, instance in enumerate(instances)
        },
        in_force=tuple(edition_on(editions, occasion.on) for occasion in occasions),
    )
    earlier = (
        evolve(last, edition=place, checked=each.checked, bounds=Bounds(each.checked))
        for place, each in enumerate(editions[:-1])
    )
    return (*earlier, last)


def _statement(editions: Sequence[Edition], instance: PaymentInstance) -> nodes.Payment:
    declared = editions[instance.edition].checked.names.declared[instance.name]
    assert isinstance(declared, nodes.Payment)
    return declared


def _of_kind(editions: Sequence[Edition], kind: type[Declaration]) -> dict[str, int]:
    """The names of a kind in the order of the text, those of the first edition before all later ones."""
    declared = (name for each in editions for name in each.checked.names.declared.items())
    named = dict.fromkeys(name for name, each in declared if isinstance(each, kind))
    return {name: place for place, name in enumerate(named)}


def _outcomes(checked: Checked, cards: Mapping[str, int]) -> dict[str, tuple[tuple[int, int], ...]]:
    tariffs: dict[str, tuple[tuple[int, int], ...]] = {}
    for name, card in cards.items():
        declared = checked.names.declared[name]
        if isinstance(declared, nodes.RateCard):
            for place, outcome in enumerate(declared.outcomes):
                earlier = tariffs.get(outcome.name.text, ())
                tariffs[outcome.name.text] = (*earlier, (card, place))
    return tariffs


# ------------------------------------------------------------------------- where a name exists


def stands_at(catalogue: Catalogue, name: str) -> tuple[int, ...] | None:
    """The evaluations at which a term exists, by date; None for one that exists once.

    A term that rests only on the date of the evaluation at hand exists at every one. One that an
    amendment adds or withdraws exists only while the terms in force declare it.
    """
    home = catalogue.checked.homes[name]
    match home:
        case Everywhere.ONCE:
            return None
        case Everywhere.ANY:
            every: Sequence[int] = range(len(catalogue.occasions))
        case _:
            every = catalogue.series[home]
    return tuple(at for at in every if is_declared_at(catalogue, name, at))


def is_declared_at(catalogue: Catalogue, name: str, at: int) -> bool:
    """Whether the terms that govern an evaluation declare a name."""
    return name in catalogue.editions[catalogue.in_force[at]].checked.names.declared


def used_at(catalogue: Catalogue, name: str, at: At) -> At:
    """The evaluation at which a term is read where it is used bare at ``at``."""
    return None if catalogue.checked.homes[name] is Everywhere.ONCE else at


def previous(catalogue: Catalogue, at: int) -> At:
    """The evaluation before, in its series; None at the first."""
    series = catalogue.series[catalogue.occasions[at].series]
    place = series.index(at)
    return series[place - 1] if place else None


# ---------------------------------------------------------------------------------------- parties


def members(catalogue: Catalogue, name: str) -> tuple[int, ...]:
    """The parties that a name stands for: itself, or the members of a group in its order."""
    declared = catalogue.declared(name)
    if isinstance(declared, nodes.ShareGroup | nodes.Waterfall):
        return tuple(catalogue.parties[member.name.text] for member in declared.members)
    return (catalogue.parties[name],)


def parts_of(catalogue: Catalogue, payment: nodes.Payment) -> tuple[tuple[int, int], ...]:
    """The pairs of payer and payee among whom a payment is divided, in the payers' order."""
    payers = members(catalogue, payment.payer.text)
    payees = members(catalogue, payment.payee.text)
    return tuple((payer, payee) for payer in payers for payee in payees)


def payment_at(catalogue: Catalogue, name: str, at: At) -> nodes.Payment:
    """The statement that a payment at an evaluation is an instance of."""
    return catalogue.said[catalogue.payments[name, at]]


# ------------------------------------------------------------------------------- units and values


def unit_of(catalogue: Catalogue, name: str) -> Unit:
    """The unit of a term."""
    declared = catalogue.declared(name)
    types = catalogue.checked.types
    match declared:
        case nodes.Measure():
            return _measured_in(declared, catalogue.checked.currency)
        case nodes.Condition():
            return YES_NO
        case nodes.Definition():
            return types[declared.body.span]
        case nodes.Table():
            return _table_in(catalogue, declared)
        case nodes.RateCard():
            return types[declared.outcomes[0].price.span]
        case nodes.Payment():
            return types[declared.amount.span]
        case _:
            raise AssertionError(f"{name} has no value")


def _measured_in(measure: nodes.Measure, currency: str) -> Unit:
    match measure.kind:
        case nodes.MeasureKind.COUNT:
            return COUNT
        case nodes.MeasureKind.NUMBER:
            return NUMBER
        case nodes.MeasureKind.PERCENTAGE:
            return PERCENTAGE
        case nodes.MeasureKind.POINTS:
            return POINTS
        case nodes.MeasureKind.AMOUNT:
            return amount_in(measure.currency or currency)
        case nodes.MeasureKind.DATE:
            return DATE
        case nodes.MeasureKind.YES_NO:
            return YES_NO
        case _:
            assert_never(measure.kind)


def _table_in(catalogue: Catalogue, table: nodes.Table) -> Unit:
    """The unit of the values; of a marginal table, that of a rate times the key."""
    value = catalogue.checked.types[table.rows[0].value.span]
    if table.mode is not nodes.TableMode.MARGINAL or value.kind is Kind.AMOUNT:
        return value
    key = unit_of(catalogue, table.key.text)
    return NUMBER if key.kind is Kind.COUNT else key


def fixed(catalogue: Catalogue, expr: Expr) -> Fraction | bool:
    """The value of an expression that the contract fixes, as the checks have made sure.

    Dates are ordinals; durations are whole days, or whole months where they are months or years.
    """
    match constant_value(expr, catalogue.checked.names):
        case None:
            bounds = catalogue.bounds.of(expr)
            assert bounds.least is not None
            assert bounds.least == bounds.most
            return bounds.least
        case date() as day:
            return Fraction(day.toordinal())
        case value:
            return value


def fixed_number(catalogue: Catalogue, expr: Expr) -> Fraction:
    """A fixed value that is no yes or no."""
    value = fixed(catalogue, expr)
    assert isinstance(value, Fraction)
    return value


def months_in(catalogue: Catalogue, expr: Expr) -> int:
    """The months of a duration in months or years, written or under a name."""
    return int(fixed_number(catalogue, expr))
