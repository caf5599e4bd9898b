"""The single steps of a reason: what a name, a result, a comparison or a row of a table says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Final, assert_never

from attrs import evolve

from sibdsl.evaluate.determination import Band, Reading, Reason, Row, Why
from sibdsl.evaluate.exact import day
from sibdsl.evaluate.grounds import Evaluated, row_reached
from sibdsl.evaluate.quantities import quantity
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.evaluate.work_out import Workings
from sibdsl.evaluate.working import Working
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AcceptedClaims,
    Alias,
    Cause,
    Claimed,
    Comparison,
    Constant,
    Fallback,
    Index,
    Lookup,
    NamedTerm,
    NameKind,
    Part,
    Plan,
    Relation,
    Result,
    Settlement,
    TableMode,
    Term,
)
from sibdsl.results.reported import Status
from sibdsl.source import Span
from sibdsl.units import DAYS, POINTS, Kind, Quantity, Unit

_CAUSES: Final = {
    Cause.DIVISION_BY_ZERO: Why.DIVISION_BY_ZERO,
    Cause.NO_PREVIOUS_EVALUATION: Why.NO_PREVIOUS_EVALUATION,
    Cause.NOT_AVAILABLE: Why.NOT_AVAILABLE,
    Cause.CANCELLED: Why.RESTS_ON_CANCELLED,
    Cause.BELOW_FIRST_ROW: Why.BELOW_FIRST_ROW,
    Cause.NOTHING_TO_AVERAGE: Why.NOTHING_TO_AVERAGE,
    Cause.TOO_LONG: Why.TOO_LONG,
}
_STATUSES: Final = {
    Status.FINAL: Why.REPORTED,
    Status.PROVISIONAL: Why.PROVISIONAL,
    Status.DISPUTED: Why.DISPUTED,
    Status.NOT_AVAILABLE: Why.NOT_AVAILABLE,
}

View = tuple[Index, bool]
"""A step: a term, seen by its name (True) or by what it is (False)."""


@frozen
class Steps:
    """Makes the steps of reasons, on one run of a contract."""

    evaluated: Evaluated

    @property
    def names(self) -> Mapping[Index, NamedTerm]:
        """What readers call a term; the first name where there are several."""
        return names_of(self.evaluated.plan)

    def of(self, view: View) -> Reason:
        """The step that a term is, by its name or by what it is."""
        at, by_name = view
        if by_name:
            return self.named(self.names[at])
        term = self.evaluated.plan.terms[at]
        match term:
            case Result():
                return self._result(at, term)
            case Comparison():
                return self._comparison(at, term)
            case Lookup():
                return self._row(at, term)
            case Claimed() | AcceptedClaims():
                return self._claims(at, term)
            case Settlement() | Part():
                payment = self.evaluated.plan.payments[term.payment]
                why = self._why(at, Why.PAID)
                return self._plain(at, why, payment.name, payment.evaluation, payment.place)
            case Fallback():
                return self._plain(at, Why.FELL_BACK, "", None, None)
            case _:
                return self._plain(at, self._why(at, Why.COMPUTED), "", None, None)

    @property
    def workings(self) -> Workings:
        """What works values out once more, for a reader."""
        return Workings(self.evaluated, self.names)

    def named(self, name: NamedTerm, *, worked_out: bool = True) -> Reason:
        """The step that says what a name comes to; ``worked_out`` shows how."""
        at = name.term
        term = self.evaluated.plan.terms[at]
        if isinstance(term, Result):
            return self._result(at, term)
        if isinstance(term, Claimed):
            return self._claims(at, term, worked_out=worked_out)
        if isinstance(term, Settlement | Part):
            return self.of((at, False))
        value = self.evaluated.values[at]
        if isinstance(value, bool) and name.kind is not NameKind.MEASURE:
            why = Why.MET if value else Why.NOT_MET
        else:
            why = self._why(at, Why.WRITTEN if self._is_written(at) else Why.COMPUTED)
        step = self._plain(at, why, name.name, name.evaluation, name.place)
        if not worked_out or why is not Why.COMPUTED:
            return step
        return evolve(step, working=self._working(name))

    def _working(self, name: NamedTerm) -> Working | None:
        is_made = name.kind in {NameKind.DEFINITION, NameKind.RATE_CARD}
        return self.workings.of(name.term) if is_made else None

    def _is_written(self, at: Index) -> bool:
        terms = self.evaluated.plan.terms
        while isinstance(term := terms[at], Alias):
            at = term.term
        return isinstance(term, Constant)

    def _why(self, at: Index, known: Why) -> Why:
        return why_missing(self.evaluated.values[at]) or known

    def _plain(
        self, at: Index, why: Why, name: str, evaluation: int | None, place: Span | None
    ) -> Reason:
        term = self.evaluated.plan.terms[at]
        if place is None and term.places:
            place = term.places[0]
        value = quantity(self.evaluated.values[at], term.unit)
        return Reason(why, name, self.evaluation_name(evaluation), term.unit, value, place)

    def evaluation_name(self, evaluation: int | None) -> str:
        """What the contract calls an evaluation; empty for none."""
        return "" if evaluation is None else self.evaluated.plan.evaluations[evaluation].name

    def _result(self, at: Index, term: Result) -> Reason:
        measure = self.evaluated.plan.measures[term.measure]
        reported = self.evaluated.reported(term)
        if term.evaluation in self.evaluated.results.cancelled:
            why = Why.CANCELLED
        elif reported is not None:
            why = _STATUSES[reported.status]
        else:
            why = Why.NOT_REPORTED if measure.presumed is None else Why.PRESUMED
        return self._plain(at, why, measure.name, term.evaluation, measure.place)

    def _claims(
        self, at: Index, term: Claimed | AcceptedClaims, *, worked_out: bool = True
    ) -> Reason:
        card = self.evaluated.plan.cards[term.card]
        is_open = term.evaluation not in self.evaluated.algebra.tallies[term.card].known
        cancelled = term.evaluation in self.evaluated.results.cancelled
        why = Why.CARD_OPEN if is_open else self._why(at, Why.CARD_CLOSED)
        if cancelled:
            why = Why.CANCELLED
        name, place = card.name, card.place
        if isinstance(term, AcceptedClaims):
            tariff = card.tariffs[term.outcome]
            name, place = tariff.outcome, tariff.place
        step = self._plain(at, why, name, term.evaluation, place)
        if isinstance(term, AcceptedClaims) or not worked_out:
            return step
        return evolve(step, working=self.workings.of(at))

    def _comparison(self, at: Index, term: Comparison) -> Reason:
        values, terms = self.evaluated.values, self.evaluated.plan.terms
        left, right = values[term.left], values[term.right]
        unit = terms[term.left].unit
        name = self._name_of(term.left)
        margin = None
        if isinstance(left, Fraction) and isinstance(right, Fraction):
            margin = Quantity(_margin(term.relation, left, right), _margin_unit(unit))
        return Reason(
            why_missing(values[at]) or Why.COMPARED,
            "" if name is None else name.name,
            "" if name is None else self.evaluation_name(name.evaluation),
            unit,
            quantity(left, unit),
            term.places[0] if term.places else None,
            relation=term.relation.value,
            threshold=quantity(right, unit),
            margin=margin,
            left=_within(terms[term.left], term),
            right=_within(terms[term.right], term),
            working=None if name is None else self._working(name),
        )

    def _name_of(self, at: Index) -> NamedTerm | None:
        terms = self.evaluated.plan.terms
        while at not in self.names and isinstance(term := terms[at], Alias):
            at = term.term
        return self.names.get(at)

    def _row(self, at: Index, term: Lookup) -> Reason:
        """What a table came to; the threshold is where the row that was reached begins."""
        key = self.evaluated.values[term.key]
        step = self._plain(at, self._why(at, Why.ROW_REACHED), "", None, None)
        row = row_reached(term, key) if isinstance(key, Fraction) else None
        step = evolve(step, reading=self._reading(term, row))
        if row is None:
            return step
        bound = term.bounds[row]
        relation = Relation.AT_LEAST if bound.included else Relation.MORE_THAN
        unit = self.evaluated.plan.terms[term.key].unit
        return evolve(step, relation=relation.value, threshold=Quantity(bound.at, unit))

    def _reading(self, term: Lookup, row: int | None) -> Reading | None:
        key_unit = self.evaluated.plan.terms[term.key].unit
        key = quantity(self.evaluated.values[term.key], key_unit)
        if key is None:
            return None
        name = self._name_of(term.key)
        rows = tuple(
            Row(
                Quantity(day(bound.at) if key_unit.kind is Kind.DATE else bound.at, key_unit),
                quantity(self.evaluated.values[value], self.evaluated.plan.terms[value].unit),
            )
            for bound, value in zip(term.bounds, term.values, strict=True)
        )
        after = 0 if row is None else row + 1
        return Reading(
            term.mode,
            "" if name is None else name.name,
            "" if name is None else self.evaluation_name(name.evaluation),
            key,
            None if row is None else rows[row],
            rows[after] if after < len(rows) else None,
            self._bands(term, row) if term.mode is TableMode.MARGINAL else (),
        )

    def _bands(self, term: Lookup, reached: int | None) -> tuple[Band, ...]:
        """What each band brings that the key reaches; a row that only jumps has none."""
        terms, key = self.evaluated.plan.terms, self.evaluated.values[term.key]
        assert isinstance(key, Fraction)
        bands = []
        for row in range(0 if reached is None else reached + 1):
            after = term.bounds[row + 1].at if row + 1 < len(term.bounds) else key
            part = min(key, after) - term.bounds[row].at
            rate = quantity(self.evaluated.values[term.values[row]], terms[term.values[row]].unit)
            if part > 0 and rate is not None:
                unit = POINTS if term.per_point else terms[term.key].unit
                bands.append(Band(Quantity(part, unit), rate))
        return tuple(bands)


def resting_on(step: Reason, because: tuple[Reason, ...]) -> Reason:
    """A step with what it rests on."""
    # As ``evolve(step, because=…)``, which looks up each field: there are hundreds of steps.
    return Reason(
        step.why,
        step.name,
        step.evaluation,
        step.unit,
        step.value,
        step.place,
        because,
        step.relation,
        step.threshold,
        step.margin,
        step.left,
        step.right,
        step.reading,
        step.working,
    )


@kept
def names_of(plan: Plan) -> Mapping[Index, NamedTerm]:
    """The name of each term that has one; the first where there are several."""
    names: dict[Index, NamedTerm] = {}
    for name in plan.names:
        names.setdefault(name.term, name)
    return names


def _within(side: Term, comparison: Comparison) -> Span | None:
    """Where a side of a comparison is written: equal terms are one, and may stand in many places."""
    for place in side.places:
        for whole in comparison.places:
            if whole.start <= place.start and place.end <= whole.end:
                return place
    return None


def why_missing(value: Value) -> Why | None:
    """Why there is no value; None if there is one."""
    if isinstance(value, Undefined):
        return _CAUSES[value.cause]
    return Why.UNKNOWN if value is UNKNOWN else None


def _margin(relation: Relation, left: Fraction, right: Fraction) -> Fraction:
    match relation:
        case Relation.AT_LEAST | Relation.MORE_THAN:
            return left - right
        case Relation.AT_MOST | Relation.LESS_THAN:
            return right - left
        case Relation.EQUAL:
            return -abs(left - right)
        case _:
            assert_never(relation)


def _margin_unit(unit: Unit) -> Unit:
    """The unit of a difference: of percentages points, of dates days."""
    match unit.kind:
        case Kind.PERCENTAGE:
            return POINTS
        case Kind.DATE:
            return DAYS
        case _:
            return unit
