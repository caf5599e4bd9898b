"""Values as text: what an expression of the written source is, and how two become one.

A value is a whole number over a denominator known when the source is written, times denominators
known only when it runs. Nothing here writes a line of the function; :mod:`written` does.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import Operation, Relation


@frozen
class Expression:
    """A value to be computed: ``text`` over ``below``, and over the product of ``by``.

    A condition has only a text. ``undefined`` is a condition that says when there is no value.
    ``constant`` is given where the value is known while writing. ``by`` are names of positive whole
    numbers.
    """

    text: str
    below: int = 1
    by: tuple[str, ...] = ()
    undefined: str = ""
    constant: Fraction | bool | None = None
    never_negative: bool = False


# Arithmetic


def folded(operation: Operation, left: Expression, right: Expression) -> Fraction | None:
    """What two constants come to; None where one is no constant, or the divisor is zero."""
    if not isinstance(left.constant, Fraction) or not isinstance(right.constant, Fraction):
        return None
    match operation:
        case Operation.ADD:
            return left.constant + right.constant
        case Operation.SUBTRACT:
            return left.constant - right.constant
        case Operation.MULTIPLY:
            return left.constant * right.constant
        case Operation.DIVIDE:
            return left.constant / right.constant if right.constant else None


def product(left: Expression, right: Expression) -> Expression:
    """The product of two values."""
    below = left.below * right.below
    texts = []
    for factor in (left, right):
        text = factor.text
        if factor.constant is not None:
            shared = gcd(below, factor.constant.numerator)
            below //= shared
            text = str(factor.constant.numerator // shared)
        if text != "1":
            texts.append(text)
    return Expression(
        f"({' * '.join(texts)})" if len(texts) > 1 else (texts or ["1"])[0],
        below,
        tuple(sorted((*left.by, *right.by))),
        either(left.undefined, right.undefined),
        never_negative=left.never_negative and right.never_negative,
    )


def together(values: Sequence[Expression]) -> tuple[list[str], int, tuple[str, ...]]:
    """The numerators of several values over one denominator."""
    below = lcm(*(value.below for value in values))
    by = union([value.by for value in values])
    above = []
    for value in values:
        factor = below // value.below
        missing = without(by, value.by)
        if value.constant is not None:
            text, factor = str(value.constant.numerator * factor), 1
        else:
            text = value.text
        factors = [text, *([str(factor)] if factor != 1 else []), *missing]
        above.append(" * ".join(factors))
    return above, below, by


def quotient(value: Expression, step: Fraction) -> tuple[str, int, tuple[str, ...]]:
    """A value in steps: numerator, and what it is still to be divided by."""
    above, below = step.denominator, value.below * step.numerator
    shared = gcd(above, below)
    above, below = above // shared, below // shared
    if isinstance(value.constant, Fraction):
        steps = value.constant / step
        return str(steps.numerator), steps.denominator, ()
    text = value.text if above == 1 else f"({value.text} * {above})"
    return text, below, value.by


def one_more(mode: RoundingMode, names: tuple[str, str, str, str], *, positive: bool) -> str:
    """Whether a quotient rounds up from its floor (``money.round_quotient``).

    ``names`` are those of the floor, the remainder, the dividend and the divisor.
    """
    whole, rest, above, divisor = names
    match mode:
        case RoundingMode.HALF_EVEN:
            tie = f"{rest} * 2 == {divisor} and {whole} & 1"
        case RoundingMode.HALF_UP:
            tie = f"{rest} * 2 == {divisor}" + ("" if positive else f" and {above} >= 0")
        case RoundingMode.UP:
            return f"({rest} > 0" + ("" if positive else f" and {above} > 0") + ")"
        case RoundingMode.DOWN:
            return f"({rest} > 0 and {above} < 0)"
    return f"({rest} * 2 > {divisor} or {tie})"


def ordinal_text(value: Expression) -> str:
    """A date as Python has it; an undefined one is any day, and marked."""
    whole = f"{value.text} // ({' * '.join([str(value.below), *value.by])})"
    if value.undefined:
        whole = f"(1 if {value.undefined} else {whole})"
    return f"date.fromordinal({whole})"


def day_of(value: Fraction) -> date:
    """The date of an ordinal."""
    return date.fromordinal(int(value))


# Conditions


RELATIONS: Final[Mapping[Relation, tuple[str, Callable[[Fraction, Fraction], bool]]]] = {
    Relation.AT_LEAST: (">=", operator.ge),
    Relation.AT_MOST: ("<=", operator.le),
    Relation.MORE_THAN: (">", operator.gt),
    Relation.LESS_THAN: ("<", operator.lt),
    Relation.EQUAL: ("==", operator.eq),
}
"""The sign of a relation, and what it says of two known values."""


def either(one: str, other: str) -> str:
    """A condition that holds where one of two does; an empty one never does."""
    if not one or not other or one == other:
        return one or other
    return f"({one} or {other})"


def enough(needed: int, conditions: Sequence[str]) -> str:
    """Whether so many of several conditions hold."""
    if needed <= 0:
        return "True"
    if needed > len(conditions):
        return "False"
    if needed == len(conditions):
        return f"({' and '.join(conditions)})"
    if needed == 1:
        return f"({' or '.join(conditions)})"
    return f"({' + '.join(f'bool({each})' for each in conditions)} >= {needed})"


# Denominators known only when the function runs


def union(multisets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The least multiset that holds each of several."""
    joined: Counter[str] = Counter()
    for names in multisets:
        joined |= Counter(names)
    return tuple(sorted(joined.elements()))


def without(names: tuple[str, ...], fewer: tuple[str, ...]) -> list[str]:
    """A multiset less another."""
    return sorted((Counter(names) - Counter(fewer)).elements())
