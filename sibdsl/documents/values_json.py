"""Single values as JSON: text that is exact, whatever a reader does with JSON numbers."""

from datetime import date
from fractions import Fraction
from typing import Any

from sibdsl.money import minor_unit
from sibdsl.numerals import decimal_text
from sibdsl.units import Kind, Quantity

Json = dict[str, Any]


def quantity_json(quantity: Quantity | None) -> Json | None:
    """A value with its unit, ready to be written as JSON; None where there is no value."""
    if quantity is None:
        return None
    unit = quantity.unit
    said: Json = {"unit": unit.kind.value}
    if unit.currency:
        said["currency"] = unit.currency
    match quantity.value:
        case bool():
            return said | {"value": quantity.value}
        case date():
            return said | {"value": quantity.value.isoformat()}
        case Fraction() if unit.kind is Kind.DATE:
            return said | {"value": date.fromordinal(int(quantity.value)).isoformat()}
        case Fraction() if unit.kind is Kind.AMOUNT:
            return said | {"value": money(quantity.value, unit.currency)}
        case _:
            return said | {"value": decimal_text(quantity.value)}


def money(amount: Fraction | None, currency: str) -> str | None:
    """An amount, at least to the minor unit of its currency."""
    return None if amount is None else decimal_text(amount, minor_unit(currency))


def exact(value: Fraction | None) -> str | None:
    """A number as a decimal, or as a fraction where none is exact."""
    return None if value is None else decimal_text(value)


def day_json(day: date | None) -> str | None:
    """``2017-03-30``."""
    return None if day is None else day.isoformat()
