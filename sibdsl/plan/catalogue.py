"""What a checked contract declares, arranged for lowering: who, when, and which place each has.

Evaluations stand by date, payments by rank, everything else in the order of the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import assert_never

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.checked import Checked, Declaration, Everywhere, Occasion
from sibdsl.checks.settlement.schedule import PaymentInstance, ranked
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
    """

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
    payments: Mapping[tuple[str, At], int]

    def declared(self, name: str) -> Declaration:
        """What a name stands for."""
        return self.checked.names.declared[name]

    def on(self, evaluation: int) -> date:
        """The date of an evaluation."""
        return self.occasions[evaluation].on


def catalogue_of(checked: Checked) -> Catalogue:
    """Arrange what a checked contract declares."""
    names = checked.names
    occasions = tuple(sorted(names.occasions.values(), key=lambda each: (each.on, each.name)))
    evaluations = {occasion.name: place for place, occasion in enumerate(occasions)}
    instances = ranked(checked)
    cards = _of_kind(checked, nodes.RateCard)
    return Catalogue(
        checked=checked,
        bounds=Bounds(checked),
        occasions=occasions,
        evaluations=evaluations,
        series={
            name: tuple(evaluations[occasion.name] for occasion in series.occasions)
            for name, series in names.series.items()
        },
        parties=_of_kind(checked, nodes.Party),
        measures=_of_kind(checked, nodes.Measure),
        cards=cards,
        outcomes=_outcomes(checked, cards),
        instances=instances,
        payments={
            (instance.name, evaluations.get(instance.occasion or "")): rank
            for rank, instance in enumerate(instances)
        },
    )


def _of_kind(checked: Checked, kind: type[Declaration]) -> dict[str, int]:
    named = (name for name, each in checked.names.declared.items() if isinstance(each, kind))
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

    A term that rests only on the date of the evaluation at hand exists at every one.
    """
    home = catalogue.checked.homes[name]
    match home:
        case Everywhere.ONCE:
            return None
        case Everywhere.ANY:
            return tuple(range(len(catalogue.occasions)))
        case _:
            return catalogue.series[home]


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


def payment_of(catalogue: Catalogue, rank: int) -> nodes.Payment:
    """The statement that a payment is an instance of."""
    declared = catalogue.declared(catalogue.instances[rank].name)
    assert isinstance(declared, nodes.Payment)
    return declared


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
