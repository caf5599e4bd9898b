"""A plan as one Python function over whole numbers: for many evaluations of one contract.

The source is written by the one evaluator itself: :class:`Written` is an algebra whose values are
expressions, so that the function means what the plan means. A value is a whole number over a
denominator known when the source is written, times denominators known only when it runs; nothing
is rounded but where the contract says.

The function answers only where every result is given and nothing is undefined. Where that is not
so it gives None, and the exact interpreter takes over, as it does for every reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import field

from sibdsl.dates import add_months, growth, year_fraction
from sibdsl.evaluate.expression import Expression
from sibdsl.evaluate.ledger import Ledger
from sibdsl.evaluate.run import value_of
from sibdsl.evaluate.written import COUNTS, NotCompiledError, Written, full_years_grown
from sibdsl.frozen import frozen
from sibdsl.money import allocate
from sibdsl.plan.terms import (
    Aggregate,
    Alias,
    Arithmetic,
    Choice,
    Comparison,
    Constant,
    Fallback,
    Growth,
    Lookup,
    Negation,
    Operation,
    Plan,
    Result,
    Rounded,
    Several,
    Term,
)

MOST_TERMS: Final = 5_000
"""Above so many terms a plan is interpreted: Python compiles very long functions slowly."""

DEEPEST: Final = 8
"""Through so many multiplications no reported number grows too long to be worked out."""


@frozen
class Compiled:
    """A plan ready for many runs.

    ``source`` is for the curious reader. ``run`` takes the value of each (measure, evaluation) of
    ``inputs`` in their order and gives the amount due under each payment in rank order, in steps of
    ``steps``; or None where the interpreter must take over.
    """

    source: str
    inputs: tuple[tuple[int, int | None], ...]
    steps: tuple[Fraction, ...]
    run: Callable[..., tuple[int, ...] | None] = field(repr=False, eq=False)


def compile_plan(plan: Plan) -> Compiled:
    """The plan as a function. Raises NotCompiledError where only the interpreter will do."""
    if len(plan.terms) > MOST_TERMS:
        raise NotCompiledError("the contract is too long to be worth it")
    algebra = Written(plan)
    ledger = Ledger.opened(plan, algebra)
    values: list[Expression] = []
    depths: list[int] = []
    for term in plan.terms:
        # Under a name, since any later term may use it, and more than once.
        value = algebra.named(value_of(term, values, ledger, algebra))
        values.append(value)
        depths.append(_depth(term, depths))
        if depths[-1] > DEEPEST:
            algebra.bound(value)
    roundings = {rounding.currency: rounding.step for rounding in plan.roundings}
    steps = tuple(roundings[payment.currency] for payment in plan.payments)
    amounts = [
        algebra.in_steps(settled.whole.value, step)
        for settled, step in zip(ledger.settled, steps, strict=True)
    ]
    undefined = [settled.whole.value.undefined for settled in ledger.settled]
    source = algebra.function(amounts, [flag for flag in undefined if flag])
    names: dict[str, object] = dict(_USED)
    exec(compile(source, "<contract>", "exec"), names)  # noqa: S102  made of numbers and our own names
    function = names["determine"]
    assert callable(function)
    return Compiled(source, tuple(algebra.inputs), steps, function)


# ---------------------------------------------------------------- what the written source calls


def _shifted(day: date, months: int) -> int:
    return add_months(day, months).toordinal()


_USED: Final[Mapping[str, object]] = {
    "Fraction": Fraction,
    "COUNTS": COUNTS,
    "allocate": allocate,
    "date": date,
    "full_years_grown": full_years_grown,
    "growth": growth,
    "shifted": _shifted,
    "year_fraction": year_fraction,
}


def _depth(term: Term, depths: Sequence[int]) -> int:
    """How many multiplications a value has gone through, one after the other, at most."""
    match term:
        case Arithmetic():
            is_sum = term.operation in {Operation.ADD, Operation.SUBTRACT}
            return max(depths[term.left], depths[term.right]) + (not is_sum)
        case Alias() | Rounded():
            return depths[term.term]
        case Fallback():
            return max(depths[term.term], depths[term.otherwise])
        case Choice():
            return max(depths[term.yes], depths[term.no])
        case Aggregate():
            return max((depths[item] for item in term.items), default=0)
        case Lookup():
            return max(depths[at] for at in (term.key, *term.values)) + 1
        case Growth():
            return depths[term.rate] + DEEPEST + 1
        case Constant() | Result() | Comparison() | Negation() | Several():
            return 0
        case _:  # may rest on any before it
            return max(depths, default=0)
