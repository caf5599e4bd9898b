"""Worked examples: whether what a contract says of itself holds.

In an example every rate card is closed at every evaluation that is not cancelled: the claims given
are all there are. What is expected is compared exactly, never after rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.evaluate.claims import in_order
from sibdsl.evaluate.determination import Missing, Reason, Why
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.evaluate.explain import Explainer
from sibdsl.evaluate.grounds import Evaluated
from sibdsl.evaluate.quantities import quantity
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.plan.terms import (
    Cause,
    Example,
    Expectation,
    GivenClaim,
    Payment,
    Plan,
    Settlement,
)
from sibdsl.results.reported import Claim, Participant, Reported, Results, Status
from sibdsl.units import DAYS, POINTS, Kind, Quantity


@frozen
class Met:
    """What became of one expectation; ``finding`` is None where it holds."""

    expectation: Expectation
    found: Quantity | None
    finding: Diagnostic | None


@frozen
class ExampleOutcome:
    """What became of a worked example."""

    example: Example
    findings: tuple[Diagnostic, ...]
    expectations: tuple[Met, ...]

    @property
    def holds(self) -> bool:
        """Whether everything expected was found."""
        return not self.findings


def example_findings(plan: Plan) -> tuple[Diagnostic, ...]:
    """Every expectation of every worked example that does not hold, at its place in the text."""
    return tuple(
        finding for example in plan.examples for finding in run_example(plan, example).findings
    )


def run_example(plan: Plan, example: Example) -> ExampleOutcome:
    """Evaluate a contract on what an example assumes, and compare with what it expects."""
    evaluated = evaluated_on(plan, example_results(plan, example))
    explainer = Explainer(evaluated)
    met = tuple(
        Met(
            expected,
            quantity(evaluated.values[expected.term], expected.unit),
            _finding(expected, evaluated, explainer),
        )
        for expected in example.expectations
    )
    wrong = tuple(each.finding for each in met if each.finding is not None)
    return ExampleOutcome(example, wrong, met)


def example_results(plan: Plan, example: Example) -> Results:
    """What an example assumes, as if it had been reported and were final."""
    claims = (_claim(plan, given) for given in example.claims)
    return Results(
        values={
            (given.measure, given.evaluation): Reported(
                given.value, Status.NOT_AVAILABLE if given.value is None else Status.FINAL
            )
            for given in example.results
        },
        cancelled=frozenset(example.cancelled),
        closed=frozenset(
            (card, evaluation)
            for card in range(len(plan.cards))
            for evaluation in plan.cards[card].evaluations
        ),
        claims=tuple(claim for claim in claims if claim is not None),
        participants=tuple(
            Participant(given.participant, given.class_, given.started_on)
            for given in example.participants
        ),
    )


def _claim(plan: Plan, given: GivenClaim) -> Claim | None:
    """A claim at the evaluation it names, else at the card's first on or after its date.

    The checker lets none pass that comes after the last; in a plan read from JSON it counts nowhere.
    """
    evaluation = given.evaluation
    if evaluation is None:
        later = (at for at in in_order(plan, given.card) if plan.evaluations[at].on >= given.on)
        evaluation = next(later, None)
    if evaluation is None:
        return None
    return Claim(given.participant, given.card, given.outcome, given.on, evaluation)


# ---------------------------------------------------------------------------------------- findings


def _finding(
    expected: Expectation, evaluated: Evaluated, explainer: Explainer
) -> Diagnostic | None:
    value = evaluated.values[expected.term]
    if value == expected.value and isinstance(value, bool) == isinstance(expected.value, bool):
        return None
    if value is UNKNOWN:
        return _unknown(expected, explainer)
    if isinstance(value, Undefined):
        return error(
            "SIB721",
            expected.place,
            message(
                "‘{subject}’ is expected to be {expected} and has no value",
                subject=expected.subject,
                expected=_expected(expected),
            ),
            here=CAUSES[value.cause],
        )
    return error(
        "SIB720",
        expected.place,
        message(
            "‘{subject}’ is expected to be {expected} and comes to {found}",
            subject=expected.subject,
            expected=_expected(expected),
            found=_said(quantity(value, expected.unit)),
        ),
        here=_difference(expected, value),
        others=_because(expected, value, explainer),
        help=message("correct the expectation, or the clause that it rests on"),
    )


def _expected(expected: Expectation) -> Quantity:
    return _said(quantity(expected.value, expected.unit))


def _said(value: Quantity | None) -> Quantity:
    assert value is not None
    return value


def _difference(expected: Expectation, value: Value) -> Message | None:
    """How much more or less was found than expected; dates and conditions have no size."""
    wanted = expected.value
    if not isinstance(value, Fraction) or not isinstance(wanted, Fraction):
        return None
    if expected.unit.kind is Kind.DATE:
        return message("{days} apart", days=Quantity(abs(value - wanted), DAYS))
    unit = POINTS if expected.unit.kind is Kind.PERCENTAGE else expected.unit
    size = Quantity(abs(value - wanted), unit)
    if value > wanted:
        return message("{difference} more than expected", difference=size)
    return message("{difference} less than expected", difference=size)


_MOST_REASONS: Final = 4


def _because(expected: Expectation, value: Value, explainer: Explainer) -> Iterator[Label]:
    """The nearest things that the value found rests on, each at its place in the text.

    Where money is due and other money was expected, the condition made no difference: the amount did.
    """
    plan = explainer.evaluated.plan
    term = plan.terms[expected.term]
    if isinstance(term, Settlement) and expected.value and value:
        yield from _amount(plan.payments[term.payment], explainer)
        because = explainer.of_amount(term.payment).because
    else:
        because = explainer.of_term(expected.term).because
    for reason in because[:_MOST_REASONS]:
        text = _reason(reason)
        if reason.place is not None and text is not None:
            yield Label(reason.place, text)


def _amount(payment: Payment, explainer: Explainer) -> Iterator[Label]:
    """The clause that says the amount; a term may stand in other clauses before it."""
    plan, values = explainer.evaluated.plan, explainer.evaluated.values
    gross, value = plan.terms[payment.gross], values[payment.gross]
    places = (place for place in gross.places if place.start >= payment.place.start)
    place = min(places, default=None)
    if place is not None and isinstance(value, Fraction):
        amount = Quantity(value, gross.unit)
        yield Label(place, message("{amount} before caps and rounding", amount=amount))


def _reason(reason: Reason) -> Message | None:
    name = message("‘{name}’", name=reason.name)
    if reason.evaluation:
        name = message("‘{name}’ at {evaluation}", name=reason.name, evaluation=reason.evaluation)
    if reason.why is Why.COMPARED and reason.value is not None and reason.threshold is not None:
        return message(
            "{value} is compared with {threshold}", value=reason.value, threshold=reason.threshold
        )
    if not reason.name or reason.value is None:
        return None
    match reason.why:
        case Why.MET:
            return message("{name} is met", name=name)
        case Why.NOT_MET:
            return message("{name} is not met", name=name)
        case _:
            return message("{name} is {value}", name=name, value=reason.value)


def _unknown(expected: Expectation, explainer: Explainer) -> Diagnostic:
    """The value waits for something that the example does not give."""
    missing = tuple(_named(each) for each in explainer.waiting.waits_for(expected.term))
    return error(
        "SIB722",
        expected.place,
        message(
            "‘{subject}’ is expected to be {expected} and is not known without {missing}",
            subject=expected.subject,
            expected=_expected(expected),
            missing=missing,
        ),
        help=message("add a line ‘given’ for each result that is missing"),
    )


def _named(missing: Missing) -> Message:
    if not missing.evaluation:
        return message("‘{name}’", name=missing.name)
    return message("‘{name}’ at {evaluation}", name=missing.name, evaluation=missing.evaluation)


CAUSES: Final = {
    Cause.DIVISION_BY_ZERO: message("it divides by nil"),
    Cause.NO_PREVIOUS_EVALUATION: message("there is no previous evaluation"),
    Cause.NOT_AVAILABLE: message("a result that it rests on is not available"),
    Cause.CANCELLED: message("the evaluation is cancelled"),
    Cause.BELOW_FIRST_ROW: message("the key of the table is below its first row"),
    Cause.NOTHING_TO_AVERAGE: message("there is nothing to average"),
    Cause.TOO_LONG: message("the number would be too long to be worked out"),
}
