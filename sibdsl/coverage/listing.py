"""Every case that a plan provides for, found among its terms, payments, caps and rate cards.

Evaluations are unrolled in a plan; a clause is one clause all the same. So terms that stand at one
place of the text are taken together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final

from sibdsl.coverage.cases import Case, CaseKind, Clause, Edge
from sibdsl.coverage.listing_money import (
    cap_cases,
    card_cases,
    payment_cases,
    waterfall_cases,
)
from sibdsl.coverage.listing_tables import row_cases
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.steps import names_of
from sibdsl.evaluate.values import Value
from sibdsl.frozen import frozen
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    AcceptedClaims,
    Aggregate,
    Alias,
    Arithmetic,
    Cause,
    Choice,
    Claimed,
    Comparison,
    Constant,
    Fallback,
    Index,
    Lookup,
    NameKind,
    Operation,
    Part,
    Plan,
    Relation,
    Result,
    ReturnLimit,
    Settlement,
    Summary,
    TableMode,
    Undefined,
)
from sibdsl.plan.wellformed import operands
from sibdsl.results.reported import Results
from sibdsl.source import Span
from sibdsl.units import Kind

_TO_THE_END: Final = 1 << 62


@kept
def cases(plan: Plan) -> tuple[Case, ...]:
    """The cases of a plan, in the order of its text."""
    listing = _Listing(plan)
    found = [
        *listing.conditions(),
        *listing.tables(),
        *listing.alternatives(),
        *listing.measures(),
        *payment_cases(plan, listing.varies),
        *waterfall_cases(plan),
        *card_cases(plan),
        *cap_cases(plan),
    ]
    found += listing.definitions({case.clause for case in found})
    return tuple(sorted(found, key=_place))


def _place(case: Case) -> tuple[int, int, int]:
    clause = _TO_THE_END if case.clause.place is None else case.clause.place.start
    return clause, _TO_THE_END if case.place is None else case.place.start, case.number


@frozen(slots=False)
class _Listing:
    """What the cases of a plan are read off."""

    plan: Plan

    # What the plan is made of

    @cached_property
    def _money(self) -> tuple[Index, ...]:
        """What payments and caps rest on themselves."""
        found: list[Index] = []
        for payment in self.plan.payments:
            found += [payment.gross, payment.settlement]
            found += [] if payment.condition is None else [payment.condition]
        for account in self.plan.accounts:
            limit = account.limit
            found.append(limit.rate if isinstance(limit, ReturnLimit) else limit)
        return tuple(found)

    @cached_property
    def _used(self) -> frozenset[Index]:
        """The terms that something else rests on."""
        operand = {each for at in self._contract for each in operands(self.plan.terms[at])}
        return frozenset({*self._money, *operand})

    @cached_property
    def _contract(self) -> frozenset[Index]:
        """The terms of the contract itself: not those that only a worked example asks for."""
        plan = self.plan
        roots = [*self._money, *(name.term for name in plan.names)]
        seen: set[Index] = set()
        while roots:
            at = roots.pop()
            if at not in seen:
                seen.add(at)
                roots += operands(plan.terms[at])
        return frozenset(seen)

    @cached_property
    def varies(self) -> Sequence[bool]:
        """Whether a term rests on results, claims or payments."""
        varies: list[bool] = []
        for term in self.plan.terms:
            comes_in = isinstance(term, Result | Claimed | AcceptedClaims | Settlement | Part)
            varies.append(comes_in or any(varies[each] for each in operands(term)))
        return varies

    @cached_property
    def _fixed(self) -> Sequence[Value]:
        """The values of terms that rest on no result."""
        return evaluated_on(self.plan, Results()).values

    @cached_property
    def _clauses(self) -> tuple[Clause, ...]:
        clauses = {Clause(name.name, name.place) for name in self.plan.names}
        clauses |= {Clause("", cap.place, number) for number, cap in enumerate(self.plan.caps)}
        return tuple(sorted(clauses, key=lambda each: (each.place or Span(0, 0), each.name)))

    def _clause(self, place: Span | None) -> Clause:
        """The last clause that begins before a place."""
        if place is None or not self._clauses:
            return Clause("", None)
        starts = [each.place.start for each in self._clauses if each.place is not None]
        return self._clauses[max(bisect_right(starts, place.start) - 1, 0)]

    def _together(self, wanted: type | tuple[type, ...]) -> Iterator[tuple[Index, ...]]:
        """The terms of a kind, those at one place of the text together."""
        groups: dict[object, list[Index]] = {}
        for at, term in enumerate(self.plan.terms):
            if isinstance(term, wanted) and at in self._contract:
                which = (term.relation,) if isinstance(term, Comparison) else ()
                where = self._places(at)[:1] or (at,)
                groups.setdefault((*where, *which), []).append(at)
        return map(tuple, groups.values())

    def _places(self, at: Index) -> tuple[Span, ...]:
        return self.plan.terms[at].places

    def _first_place(self, terms: Sequence[Index]) -> Span | None:
        return next((place for at in terms for place in self._places(at)), None)

    def _bare(self, at: Index) -> Index:
        """The term that an alias stands for."""
        while isinstance(term := self.plan.terms[at], Alias):
            at = term.term
        return at

    # Conditions, branches, fall-backs

    def conditions(self) -> Iterator[Case]:
        """Conditions and comparisons met, not met, exactly at the threshold; branches; fall-backs."""
        for group in self._together(Comparison):
            yield from self._compared(group)
        for name in dict.fromkeys(
            each.name for each in self.plan.names if each.kind is NameKind.CONDITION
        ):
            yield from self._named_condition(name)
        for group in self._together(Choice):
            yield from self._branches(group)
        for group in self._together(Fallback):
            yield from self._fallbacks(group)

    def _compared(self, group: tuple[Index, ...]) -> Iterator[Case]:
        place = self._first_place(group)
        clause = self._clause(place)
        edge = self._threshold(group[0])
        varies = any(self.varies[at] for at in group)
        for kind, value in ((CaseKind.MET, True), (CaseKind.NOT_MET, False)):
            if varies or any(self._fixed[at] is value for at in group):
                yield Case(kind, clause, group, place, edge=edge)
        term = self.plan.terms[group[0]]
        assert isinstance(term, Comparison)
        is_number = self.plan.terms[term.left].unit.kind is not Kind.YES_NO
        if varies and is_number and term.relation is not Relation.EQUAL:
            yield Case(CaseKind.THRESHOLD, clause, group, place, edge=edge)

    def _threshold(self, at: Index) -> Edge | None:
        term = self.plan.terms[at]
        assert isinstance(term, Comparison)
        for side in (self._bare(term.right), self._bare(term.left)):
            other = self.plan.terms[side]
            if isinstance(other, Constant) and isinstance(other.value, Fraction):
                return Edge(other.value, other.unit)
        return None

    def _named_condition(self, name: str) -> Iterator[Case]:
        """A condition made of several; of one comparison, that comparison says it all."""
        named = [each for each in self.plan.names if each.name == name]
        if isinstance(self.plan.terms[self._bare(named[0].term)], Comparison | Result):
            return
        terms = tuple(each.term for each in named)
        place = named[0].place
        varies = any(self.varies[at] for at in terms)
        for kind, value in ((CaseKind.MET, True), (CaseKind.NOT_MET, False)):
            if varies or any(self._fixed[at] is value for at in terms):
                yield Case(kind, self._clause(place), terms, place, name=name)

    def _branches(self, group: tuple[Index, ...]) -> Iterator[Case]:
        term = self.plan.terms[group[0]]
        assert isinstance(term, Choice)
        if self._places(term.no) == term.places and isinstance(self.plan.terms[term.no], Constant):
            return  # the nil of `gross amount of`, which nobody wrote
        place = self._first_place(group)
        for kind, value in ((CaseKind.THEN, True), (CaseKind.ELSE, False)):
            if any(self._may_be(at, value=value) for at in group):
                yield Case(kind, self._clause(place), group, place)

    def _may_be(self, at: Index, *, value: bool) -> bool:
        term = self.plan.terms[at]
        assert isinstance(term, Choice)
        return self.varies[term.condition] or self._fixed[term.condition] is value

    def _fallbacks(self, group: tuple[Index, ...]) -> Iterator[Case]:
        place = self._first_place(group)
        clause = self._clause(place)
        causes = dict.fromkeys(cause for at in group for cause in self._causes(at))
        yield Case(CaseKind.NO_FALLBACK, clause, group, place)
        for number, cause in enumerate(Cause):
            if cause in causes:
                yield Case(CaseKind.FALLBACK, clause, group, place, number, cause=cause)

    def _causes(self, at: Index) -> Iterator[Cause]:
        """Why the value that a fall-back stands behind may be missing."""
        term = self.plan.terms[at]
        assert isinstance(term, Fallback)
        waiting, seen = [term.term], set[Index]()
        while waiting:
            below = waiting.pop()
            if below in seen:
                continue
            seen.add(below)
            match self.plan.terms[below]:
                case Fallback():
                    continue
                case Undefined(cause):
                    yield cause
                case Result():
                    yield Cause.NOT_AVAILABLE
                case Arithmetic(Operation.DIVIDE, _, divisor) if self.varies[divisor]:
                    yield Cause.DIVISION_BY_ZERO
                case Lookup(mode, _, _, _, None) if mode is not TableMode.MARGINAL:
                    yield Cause.BELOW_FIRST_ROW
                case _:
                    pass
            waiting += operands(self.plan.terms[below])

    # Tables, alternatives, definitions, measures

    def tables(self) -> Iterator[Case]:
        """The rows of every table, read at its own key or at another."""
        groups: dict[object, list[Index]] = {}
        for at, term in enumerate(self.plan.terms):
            if isinstance(term, Lookup) and at in self._contract and self.varies[term.key]:
                where = term.places[1:2] or term.places[:1] or (at,)
                groups.setdefault(where, []).append(at)
        for group in groups.values():
            yield from row_cases(self.plan, tuple(group), self._clause)

    def alternatives(self) -> Iterator[Case]:
        """Each item of ``the lesser of`` and ``the greater of``."""
        cards = {card.place for card in self.plan.cards}
        for group in self._together(Aggregate):
            term = self.plan.terms[group[0]]
            assert isinstance(term, Aggregate)
            is_extreme = term.summary in {Summary.LOWEST, Summary.HIGHEST}
            if not is_extreme or term.evaluations or len(term.items) < 2:
                continue
            last = self.plan.terms[term.items[-1]]
            made = isinstance(last, Constant) and last.places == term.places
            if made or term.places[:1] in {(card,) for card in cards}:
                continue  # the headroom of a cap on a rate card
            if any(self.varies[at] for at in group):
                yield from self._items(group, term)

    def _items(self, group: tuple[Index, ...], term: Aggregate) -> Iterator[Case]:
        whole = self._first_place(group)
        names = names_of(self.plan)
        for number, item in enumerate(term.items):
            named = names.get(self._bare(item)) or names.get(item)
            name = "" if named is None else named.name
            own = self._first_place((item,))
            place = whole if named is not None or own is None else own
            clause = self._clause(whole)
            yield Case(CaseKind.ALTERNATIVE, clause, group, place, number, name=name)

    def definitions(self, told: set[Clause]) -> Iterator[Case]:
        """A definition that rests on results and of which there is nothing else to show."""
        by_name: dict[str, list[Index]] = {}
        places = {each.name: each.place for each in self.plan.names}
        for each in self.plan.names:
            if each.kind is NameKind.DEFINITION and self.varies[each.term]:
                by_name.setdefault(each.name, []).append(each.term)
        for name, terms in by_name.items():
            clause = self._clause(places[name])
            if clause not in told:
                yield Case(CaseKind.WORKED_OUT, clause, tuple(terms), places[name], name=name)

    def measures(self) -> Iterator[Case]:
        """A presumption that holds and one that is overridden; the two answers to a question."""
        for number, measure in enumerate(self.plan.measures):
            terms = tuple(
                at
                for at, term in enumerate(self.plan.terms)
                if isinstance(term, Result) and term.measure == number and at in self._used
            )
            kinds: tuple[CaseKind, ...] = ()
            if not terms:
                continue  # nothing rests on it
            if measure.presumed is not None:
                kinds = (CaseKind.PRESUMED, CaseKind.OVERRIDDEN)
            elif measure.unit.kind is Kind.YES_NO:
                kinds = (CaseKind.YES, CaseKind.NO)
            for kind in kinds:
                clause = Clause(measure.name, measure.place)
                yield Case(kind, clause, terms, measure.place, name=measure.name)
