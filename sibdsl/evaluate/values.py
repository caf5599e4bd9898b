"""Exact values: a number, yes or no, not known yet, or undefined for good."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.plan.terms import Cause


class Unknown(Enum):
    """The one value of what is not reported yet, or is disputed."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN


@frozen
class Undefined:
    """A value that there is none of, and why; no later result will give one."""

    cause: Cause


Known = Fraction | bool
"""A value that there is."""

Value = Known | Unknown | Undefined
"""Amounts in units of their currency, percentages as fractions of one, dates as ordinals."""
