"""Amounts rounded twice: the second rounding moves what the first has already moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.checked import Checked
from sibdsl.checks.doubts.headroom import payment_currency
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import parts, statements
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.money import minor_unit
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator, Rounded
from sibdsl.units import Kind


def rounded_twice(checked: Checked) -> Iterable[Diagnostic]:
    """An amount rounded, then rounded again to a step that the first is no multiple of.

    GBP 0.125 rounded to GBP 0.01 and then to GBP 0.1 is not what it is rounded to GBP 0.1 at once.
    An amount rounded to the pound and paid to the penny is rounded once: the second changes nothing.
    """
    bounds = Bounds(checked)
    told: set[tuple[int, int]] = set()
    for outer_step, operand, place in _roundings(checked, bounds):
        for inner in _rounded_below(checked, operand):
            step = bounds.of(inner.step).least
            if step is None or step <= 0 or (step / outer_step).denominator == 1:
                continue
            if inner.span not in told:
                told.add(inner.span)
                yield warning(
                    "SIB547",
                    inner.span,
                    message("this amount is rounded here, and rounded again later"),
                    others=(Label(place.span, message("rounded again here")),),
                    help=message(
                        "round once, where the amount falls due, and delete this rounding"
                    ),
                )


def _roundings(checked: Checked, bounds: Bounds) -> Iterator[tuple[Fraction, Expr, nodes.Node]]:
    """Each rounding of an amount: written, or when a payment falls due."""
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.Example):
            continue
        for outer in parts(statement, Rounded):
            unit = checked.types.get(outer.span)
            step = bounds.of(outer.step).least
            if unit is not None and unit.kind is Kind.AMOUNT and step is not None and step > 0:
                yield step, outer.operand, outer
    rule = next(statements(checked.contract, nodes.RoundingRule), None)
    for payment in payments_of(checked):
        step = None if rule is None else bounds.of(rule.step).least
        if step is None or step <= 0:
            decimals = minor_unit(payment_currency(checked, payment)) or 0
            step = Fraction(1, 10**decimals)
        yield step, payment.amount, payment.name


def _rounded_below(checked: Checked, expr: Expr) -> Iterator[Rounded]:
    """The roundings whose value reaches this one by sums, choices and names alone.

    Not through products and quotients: a price rounded to the penny, times a count, is one rounding
    of a price and one of an amount.
    """
    waiting = [expr]
    seen: set[str] = set()
    while waiting:
        part = waiting.pop()
        match part:
            case Rounded():
                yield part
            case nodes.NameUse() | nodes.AtEvaluation() | nodes.AtPrevious():
                declared = checked.names.declared.get(part.name.text)
                if isinstance(declared, nodes.Definition) and part.name.text not in seen:
                    seen.add(part.name.text)
                    waiting.append(declared.body)
            case nodes.Arithmetic(operator=Operator.PLUS | Operator.MINUS):
                waiting += (part.left, part.right)
            case nodes.Negative():
                waiting.append(part.operand)
            case nodes.Extremum():
                waiting += part.items
            case nodes.Choice():
                waiting += (part.yes, part.no)
            case nodes.OrElse():
                waiting += (part.operand, part.fallback)
            case _:
                pass
