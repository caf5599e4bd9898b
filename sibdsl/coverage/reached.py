"""Which cases a worked example shows.

An example shows a case where what it expects *rests* on it, as a reason rests on its grounds: a
condition that was worked out but decided nothing is shown by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import assert_never

from sibdsl.coverage.cases import Case, CaseKind, Coverage, Shown
from sibdsl.coverage.listing import cases
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.examples import example_results
from sibdsl.evaluate.grounds import Evaluated, cut_amount, row_reached
from sibdsl.evaluate.ledger import Cutting
from sibdsl.evaluate.values import Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    AcceptedClaims,
    Aggregate,
    Alias,
    Choice,
    Claimed,
    Comparison,
    Division,
    Fallback,
    Index,
    Lookup,
    PartyIndex,
    Plan,
    Result,
    Settlement,
    TableMode,
    Tiers,
)
from sibdsl.results.reported import Results


def coverage(plan: Plan) -> Coverage:
    """Every case of a plan, with the worked examples that show it.

    Whether an example holds does not matter here: what it expects rests on the same clauses.
    """
    runs = [
        looked_at(plan, example_results(plan, example), (one.term for one in example.expectations))
        for example in plan.examples
    ]
    return Coverage(
        tuple(
            Shown(case, tuple(at for at, one in enumerate(runs) if shows(one, case)))
            for case in cases(plan)
        )
    )


@frozen
class Looked:
    """A contract worked out on results, and the terms that some of its values rest on."""

    evaluated: Evaluated
    resting: frozenset[Index]

    @property
    def values(self) -> tuple[Value, ...]:
        """The value of each term."""
        return self.evaluated.values


def looked_at(plan: Plan, results: Results, expected: Iterable[Index]) -> Looked:
    """A contract on given results, looked at through the terms of which something is expected."""
    evaluated = evaluated_on(plan, results)
    return Looked(evaluated, resting_under(evaluated, expected))


def resting_under(evaluated: Evaluated, expected: Iterable[Index]) -> frozenset[Index]:
    """Some terms, and all that their values rest on."""
    grounds = evaluated.grounds
    waiting = [*expected]
    seen: set[Index] = set()
    while waiting:
        at = waiting.pop()
        if at not in seen:
            seen.add(at)
            waiting += grounds[at]
    return frozenset(seen)


def shows(looked: Looked, case: Case) -> bool:
    """Whether what is looked at rests on a case."""
    return any(at in looked.resting and is_so(looked.evaluated, case, at) for at in case.terms)


def is_so(evaluated: Evaluated, case: Case, at: Index) -> bool:
    """Whether a case is there at one of its terms."""
    term, value = evaluated.plan.terms[at], evaluated.values[at]
    match case.kind:
        case CaseKind.MET:
            return value is True
        case CaseKind.NOT_MET:
            return value is False
        case CaseKind.WORKED_OUT:
            return isinstance(value, Fraction | bool)
        case _:
            pass
    match term:
        case Comparison():
            left, right = evaluated.values[term.left], evaluated.values[term.right]
            return isinstance(left, Fraction) and left == right  # exactly at the threshold
        case Settlement():
            return _settled(evaluated, case, term)
        case Lookup():
            return _in_table(evaluated, case, term)
        case Result():
            return _reported(evaluated, case, term, value)
        case Claimed() | AcceptedClaims() if case.kind is not CaseKind.CAP:
            return _claim(evaluated, case, term)
        case _:
            return _chosen(evaluated, case, at, value)


def _chosen(evaluated: Evaluated, case: Case, at: Index, value: Value) -> bool:
    """Which of several the value of a term was taken from."""
    term, values = evaluated.plan.terms[at], evaluated.values
    match term:
        case Choice():
            return values[term.condition] is (case.kind is CaseKind.THEN)
        case Fallback() if case.kind is CaseKind.NO_FALLBACK:
            return isinstance(values[term.term], Fraction | bool)
        case Fallback():
            behind = values[term.term]
            return isinstance(behind, Undefined) and behind.cause is case.cause
        case Aggregate() if case.kind is CaseKind.ALTERNATIVE:
            return _decides(term, case.number, value, values)
        case _:
            return case.kind is CaseKind.CAP and _card_cut(evaluated, case.number, at)


def _decides(term: Aggregate, number: int, value: Value, values: tuple[Value, ...]) -> bool:
    """Whether one alternative decides, and no other comes to the same."""
    equal = [place for place, item in enumerate(term.items) if values[item] == value]
    return isinstance(value, Fraction) and equal == [number]


def _in_table(evaluated: Evaluated, case: Case, term: Lookup) -> bool:
    key = evaluated.values[term.key]
    if not isinstance(key, Fraction):
        return False
    row = row_reached(term, key)
    match case.kind:
        case CaseKind.ROW:
            return row is not None and _in_row(term, case.number, row, key)
        case CaseKind.BELOW_FIRST_ROW:
            return row is None
        case CaseKind.ROW_EDGE:
            assert case.edge is not None
            return key == case.edge.at
        case CaseKind.JUST_BELOW:
            assert case.edge is not None
            return case.edge.at - case.edge.step <= key < case.edge.at
        case _:
            return False


def _in_row(term: Lookup, wanted: int, reached: int, key: Fraction) -> bool:
    """In a table of rates a key passes through every band; between rows it lies strictly inside."""
    at = term.bounds[wanted].at
    match term.mode:
        case TableMode.STEPS:
            return reached == wanted
        case TableMode.INTERPOLATED:
            is_last = wanted + 1 == len(term.bounds)
            return reached == wanted and (is_last or key > at)
        case TableMode.MARGINAL:
            return key > at
        case _:
            assert_never(term.mode)


def _reported(evaluated: Evaluated, case: Case, term: Result, value: Value) -> bool:
    reported = evaluated.reported(term)
    match case.kind:
        case CaseKind.PRESUMED:
            return reported is None and isinstance(value, Fraction | bool)
        case CaseKind.OVERRIDDEN:
            presumed = evaluated.plan.measures[term.measure].presumed
            return reported is not None and reported.value not in {None, presumed}
        case CaseKind.YES:
            return value is True
        case CaseKind.NO:
            return value is False
        case _:
            return False


def _claim(evaluated: Evaluated, case: Case, term: Claimed | AcceptedClaims) -> bool:
    tally = evaluated.algebra.tallies[term.card]
    at = (term.evaluation, case.number)
    if term.evaluation not in tally.known:
        return False
    match case.kind:
        case CaseKind.ACCEPTED:
            return bool(tally.accepted.get(at))
        case CaseKind.REFUSED_BY_LIMIT:
            return bool(tally.refused.get((at, "limit")))
        case CaseKind.REFUSED_BY_CLASS:
            return bool(tally.refused.get((at, "class")))
        case CaseKind.REFUSED_BY_REQUIRES:
            return bool(tally.refused.get((at, case.of)))
        case CaseKind.PARTICIPANT_CAP:
            priced = evaluated.algebra.priced.get((term.card, term.evaluation))
            return priced is not None and bool(priced.cuts)
        case _:
            return False


def _settled(evaluated: Evaluated, case: Case, term: Settlement) -> bool:
    settled = evaluated.trace.settled[term.payment]
    payment = evaluated.plan.payments[term.payment]
    amount = settled.whole.value
    match case.kind:
        case CaseKind.DUE:
            return isinstance(amount, Fraction) and amount > 0
        case CaseKind.NOT_DUE:
            return isinstance(amount, Fraction) and settled.claim == 0
        case CaseKind.MEMBER:
            side = payment.payer if case.of == 0 else payment.payee
            return any(
                isinstance(part.value, Fraction)
                and part.value > 0
                and pair[case.of] == _member(side, case.number)
                for pair, part in zip(payment.parts, settled.parts, strict=True)
            )
        case CaseKind.CAP:
            groups = (settled.cuts, *settled.part_cuts)
            return isinstance(amount, Fraction) and any(
                evaluated.plan.accounts[cut.account].cap == case.number
                for cuts in groups
                for cut in _binding(cuts)
            )
        case _:
            return False


def _binding(cuts: Sequence[Cutting[Value]]) -> Iterator[Cutting[Value]]:
    """Of the caps that bear on one amount, the one that leaves the least; of equals the first."""
    for before in dict.fromkeys(cut.before for cut in cuts):
        together = [cut for cut in cuts if cut.before == before]
        tightest = max(together, key=lambda cut: cut_amount(before, cut.headroom))
        if cut_amount(before, tightest.headroom) > 0:
            yield tightest


def _member(side: Division, number: int) -> PartyIndex:
    assert isinstance(side, Tiers)
    return side.members[number]


def _card_cut(evaluated: Evaluated, cap: int, at: Index) -> bool:
    """Whether a cap cuts what a rate card comes to: the claims are more than its room."""
    plan, values = evaluated.plan, evaluated.values
    bearing = [account.cap for account in plan.accounts if at in account.amounts]
    while isinstance(term := plan.terms[at], Alias):
        at = term.term
    if not isinstance(term, Aggregate):
        return False  # no cap bears on it here
    claimed, rooms = values[term.items[0]], term.items[1:]
    cuts = [cut_amount(claimed, values[room]) for room in rooms]
    most = max(cuts, default=Fraction(0))
    return most > 0 and bearing[cuts.index(most)] == cap
