"""Values with their units, as a determination shows them."""

from datetime import date
from fractions import Fraction

from sibdsl.evaluate.exact import day
from sibdsl.evaluate.values import Value
from sibdsl.units import Kind, Quantity, Unit


def quantity(value: Value, unit: Unit) -> Quantity | None:
    """A value with its unit; dates as dates. None where there is no value."""
    if isinstance(value, bool):
        return Quantity(value, unit)
    if not isinstance(value, Fraction):
        return None
    said: Fraction | date = day(value) if unit.kind is Kind.DATE else value
    return Quantity(said, unit)
