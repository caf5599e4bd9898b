"""How a value is worked out, as a reader with a pocket calculator would do it. Data only.

A working goes down to what has a name of its own, was reported, or is written in the contract. What
stands under a name has a working of its own, in the reason of that name.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from sibdsl.dates import DayCount
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.units import Quantity


class How(Enum):
    """What is done with the operands of a working."""

    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    LESSER = "lesser"
    GREATER = "greater"
    AVERAGE = "average"


@frozen
class Given:
    """A value put in: that of a name at an evaluation, or one written in the contract (no name)."""

    value: Quantity
    name: str = ""
    evaluation: str = ""


@frozen
class Worked:
    """Several values made into one."""

    how: How
    operands: tuple[Working, ...]
    value: Quantity


@frozen
class RoundedTo:
    """A value rounded as the contract says, to a multiple of ``step``."""

    operand: Working
    mode: RoundingMode
    step: Quantity
    value: Quantity


@frozen
class Years:
    """The part of a year between two dates: the sum of ``days`` over their bases, as 120/365."""

    day_count: DayCount
    start: date
    end: date
    days: tuple[tuple[int, int], ...]
    value: Quantity


@frozen
class Grown:
    """What 1 becomes at a rate: (1 + rate) to the full years, times 1 + rate × the days left."""

    rate: Working
    full_years: int
    day_count: DayCount
    start: date
    end: date
    days: tuple[tuple[int, int], ...]
    value: Quantity


Working = Given | Worked | RoundedTo | Years | Grown
