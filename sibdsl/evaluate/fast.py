"""Amounts due, many times over: one contract on many sets of results, without reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import field

from sibdsl.evaluate.compiled import compile_plan
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.written import NotCompiledError
from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan, Result
from sibdsl.results.reported import Reported, Results, Status
from sibdsl.units import Kind

Given = Fraction | Decimal | int | date
"""A result: a number, yes or no, or a day. A percentage is a fraction of one."""


@frozen
class Fast:
    """What falls due where every result is reported and final: ``Contract.fast()`` makes it.

    ``inputs`` are the results it takes, each a measure and its evaluation (empty for none);
    ``payments`` are the payments it answers for, each a name and its evaluation, in rank order. An
    amount is a whole number of ``steps``: 603273973 of 1/100 is 6,032,739.73.

    It may be shared between threads.
    """

    inputs: tuple[tuple[str, str], ...]
    payments: tuple[tuple[str, str], ...]
    steps: tuple[Fraction, ...]
    _plan: Plan = field(repr=False)
    _places: tuple[tuple[int, int | None], ...] = field(repr=False)
    _has_days: bool = field(repr=False)
    _run: Callable[..., tuple[int | None, ...] | None] | None = field(repr=False)

    def __call__(self, *values: Given) -> tuple[int | None, ...]:
        """The amount due under each payment, in ``steps``; None where there is none for good.

        Exactly what ``Contract.evaluate`` says. ``values`` stand in the order of ``inputs`` and are
        taken as they are: no row is checked, but a binary ``float`` is a TypeError, as is another
        number of values.
        """
        if float in map(type, values):
            raise TypeError("a binary float is not the number that was reported: give a Decimal")
        if len(values) != len(self.inputs):
            raise TypeError(f"{len(self.inputs)} results are needed, not {len(values)}")
        if self._has_days:
            values = tuple(each.toordinal() if isinstance(each, date) else each for each in values)
        try:
            due = None if self._run is None else self._run(*values)
            return self._interpreted(values) if due is None else due
        except AttributeError:  # it has no ratio of whole numbers
            raise TypeError("a result is a number, yes or no, or a day where one is due") from None

    def _interpreted(self, numbers: Sequence[Given]) -> tuple[int | None, ...]:
        results = {
            (measure, evaluation): Reported(self._value(measure, number), Status.FINAL)
            for (measure, evaluation), number in zip(self._places, numbers, strict=True)
        }
        settled = evaluated_on(self._plan, Results(values=results)).trace.settled
        return tuple(
            int(each.whole.value / step) if isinstance(each.whole.value, Fraction) else None
            for each, step in zip(settled, self.steps, strict=True)
        )

    def _value(self, measure: int, number: Given) -> Fraction | bool:
        assert not isinstance(number, date)  # made a number where the contract wants a day
        if self._plan.measures[measure].unit.kind is Kind.YES_NO:
            return bool(number)
        return Fraction(number)


def fast(plan: Plan) -> Fast:
    """A plan made ready. ValueError where it has a rate card: that rests on claims."""
    if plan.cards:
        raise ValueError("what a rate card comes to rests on claims: use Contract.evaluate")
    run: Callable[..., tuple[int | None, ...] | None] | None
    try:
        run = compile_plan(plan).run
    except NotCompiledError:
        run = None
    steps = {rounding.currency: rounding.step for rounding in plan.roundings}
    places = dict.fromkeys(
        (term.measure, term.evaluation) for term in plan.terms if isinstance(term, Result)
    )
    return Fast(
        tuple((plan.measures[measure].name, _name(plan, at)) for measure, at in places),
        tuple((payment.name, _name(plan, payment.evaluation)) for payment in plan.payments),
        tuple(steps[payment.currency] for payment in plan.payments),
        plan,
        tuple(places),
        any(plan.measures[measure].unit.kind is Kind.DATE for measure, _ in places),
        run,
    )


def _name(plan: Plan, evaluation: int | None) -> str:
    return "" if evaluation is None else plan.evaluations[evaluation].name
