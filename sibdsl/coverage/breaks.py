"""Where something changes as one result moves: thresholds, edges of rows, room under caps.

Along one result nearly everything in a contract is a straight line or a quotient of two, piece by
piece. Three values of such a function give it exactly, and so the result at which it takes any
value: the cross-ratio of four results is that of what they come to. Elsewhere it is a guess, and a
guess is only ever tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise

from sibdsl.coverage.listing_tables import step_of
from sibdsl.evaluate.grounds import Evaluated
from sibdsl.evaluate.ledger import tiers_of
from sibdsl.evaluate.values import Value
from sibdsl.plan.terms import (
    Aggregate,
    Arithmetic,
    Comparison,
    Constant,
    Index,
    Lookup,
    Operation,
    Plan,
    Settlement,
    Summary,
    Term,
)
from sibdsl.units import Unit

Level = tuple[tuple[int, ...], Fraction]
"""Something measured, by a key, and a value of it at which something changes."""


def measured(evaluated: Evaluated, below: frozenset[Index]) -> Mapping[tuple[int, ...], Fraction]:
    """Every quantity on which a change depends, by a key that is the same on any results."""
    values = evaluated.values
    values = evaluated.values
    found: dict[tuple[int, ...], Fraction | None] = {}
    for at in below:
        value = values[at]
        found[at,] = value if isinstance(value, Fraction) else None
        found.update(_gaps(evaluated, at, evaluated.plan.terms[at]))
    return {key: value for key, value in found.items() if value is not None}


def _gaps(
    evaluated: Evaluated, at: Index, term: Term
) -> Iterator[tuple[tuple[int, ...], Fraction | None]]:
    """How far apart the two sides of a change are."""
    values = evaluated.values
    match term:
        case Comparison():
            yield (at, 0), _less(values[term.left], values[term.right])
        case Aggregate(Summary.LOWEST | Summary.HIGHEST, items, ()):
            for place, (one, other) in enumerate(pairwise(items)):
                yield (at, place), _less(values[one], values[other])
        case Settlement():
            settled = evaluated.trace.settled[term.payment]
            cuts = (*settled.cuts, *(cut for part in settled.part_cuts for cut in part))
            for place, cut in enumerate(cuts):
                yield (at, place), _less(cut.before, cut.headroom)
        case _:
            pass


def _less(left: Value, right: Value) -> Fraction | None:
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return left - right
    return None


def levels(evaluated: Evaluated, below: frozenset[Index]) -> Iterator[Level]:
    """What each quantity would have to come to for something to change."""
    plan = evaluated.plan
    for at in sorted(below):
        term = plan.terms[at]
        match term:
            case Comparison():
                step = step_of(plan.terms[term.left].unit)
                yield from (((at, 0), each) for each in (Fraction(0), -step / 2, step / 2))
            case Aggregate(Summary.LOWEST | Summary.HIGHEST, items, ()):
                step = step_of(term.unit)
                for place in range(len(items) - 1):
                    yield (at, place), -step
                    yield (at, place), step
            case Lookup():
                yield from (((term.key,), each) for each in _in_rows(term, evaluated))
            case Arithmetic(Operation.DIVIDE, _, right):
                yield (right,), Fraction(0)
            case Settlement():
                yield (plan.payments[term.payment].gross,), Fraction(0)
                for passage in tiers_of(plan.payments[term.payment]):
                    for limit in passage[1].up_to:
                        if limit is not None:
                            yield (at,), limit + 1
                settled = evaluated.trace.settled[term.payment]
                cuts = (*settled.cuts, *(cut for part in settled.part_cuts for cut in part))
                for place in range(len(cuts)):
                    yield (at, place), Fraction(1)
            case _:
                pass


def marks(plan: Plan, below: frozenset[Index]) -> Mapping[Unit, tuple[Fraction, ...]]:
    """The values written in a contract, by unit: thresholds and edges that a result may hit itself."""
    found: dict[Unit, dict[Fraction, None]] = {}
    for at in sorted(below):
        term = plan.terms[at]
        match term:
            case Lookup():
                of_key = found.setdefault(plan.terms[term.key].unit, {})
                of_key.update(dict.fromkeys(bound.at for bound in term.bounds))
            case Constant(Fraction() as value):
                found.setdefault(term.unit, {})[value] = None
            case _:
                pass
    return {unit: tuple(values) for unit, values in found.items()}


def _in_rows(term: Lookup, evaluated: Evaluated) -> Iterator[Fraction]:
    """Where each row begins, just below it, and somewhere inside."""
    step = step_of(evaluated.plan.terms[term.key].unit)
    bounds = [bound.at for bound in term.bounds]
    for place, at in enumerate(bounds):
        after = bounds[place + 1] if place + 1 < len(bounds) else at + 2 * step
        before = bounds[place - 1] if place else at - 2 * step
        yield at
        yield at - min(step, at - before) / 2
        yield at - min(step, (at - before) / 2)
        yield (at + after) / 2


def crossing(
    inputs: tuple[Fraction, Fraction, Fraction],
    outputs: tuple[Fraction, Fraction, Fraction],
    wanted: Fraction,
) -> Fraction | None:
    """The input at which a quotient of straight lines takes a value, from three of its values."""
    x1, x2, x3 = inputs
    y1, y2, y3 = outputs
    if y1 in {y2, y3} or y2 == y3:
        return None
    if wanted == y3:
        return x3
    ratio = (wanted - y1) * (y2 - y3) / ((wanted - y3) * (y2 - y1))
    # (x - x1)(x2 - x3) = ratio (x - x3)(x2 - x1)
    slope = (x2 - x3) - ratio * (x2 - x1)
    if slope == 0:
        return None
    return (x1 * (x2 - x3) - ratio * x3 * (x2 - x1)) / slope
