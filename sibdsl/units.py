"""The types of values a contract speaks of, and a value together with its type."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from sibdsl.frozen import frozen


class Kind(Enum):
    """The kinds of value of the language reference, "Values"."""

    COUNT = "count"
    NUMBER = "number"
    PERCENTAGE = "percentage"
    POINTS = "points"
    AMOUNT = "amount"
    DATE = "date"
    DAYS = "days"
    MONTHS = "months"
    YES_NO = "yes or no"


@frozen
class Unit:
    """A kind, and for amounts the ISO 4217 code of the currency."""

    kind: Kind
    currency: str = ""


COUNT = Unit(Kind.COUNT)
NUMBER = Unit(Kind.NUMBER)
PERCENTAGE = Unit(Kind.PERCENTAGE)
POINTS = Unit(Kind.POINTS)
DATE = Unit(Kind.DATE)
DAYS = Unit(Kind.DAYS)
MONTHS = Unit(Kind.MONTHS)
YES_NO = Unit(Kind.YES_NO)


def amount_in(currency: str) -> Unit:
    """The unit of amounts in a currency (ISO 4217 code)."""
    return Unit(Kind.AMOUNT, currency)


@frozen
class Quantity:
    """A value with its unit, ready to be said in either language.

    Amounts are in units of their currency, percentages and points in fractions of one
    (38% and 38 points are 19/50), durations in whole days or whole months.
    """

    value: Fraction | bool | date
    unit: Unit
