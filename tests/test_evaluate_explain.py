"""Reasons: the terms that counted and no other, the marks they carry, trees that stay small."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve

from sibdsl.evaluate.determination import Reason, Why
from sibdsl.evaluate.evaluate import evaluate
from sibdsl.evaluate.explain import MOST_STEPS
from sibdsl.plan.terms import (
    Bound,
    Choice,
    Lookup,
    NameKind,
    Operation,
    Quantifier,
    Relation,
    Several,
    TableMode,
)
from sibdsl.results.reported import Results, Status
from sibdsl.units import PERCENTAGE, POINTS, YES_NO
from tests.plans import GBP, Draft, draft

F = Fraction


def steps(reason: Reason) -> Iterator[Reason]:
    yield reason
    for each in reason.because:
        yield from steps(each)


def names(reason: Reason) -> list[str]:
    return [each.name for each in steps(reason) if each.name]


def threshold() -> Draft:
    """A payment when a measured rate is at least 10%."""
    made = draft()
    (rate,) = made.measure("Rate", PERCENTAGE)
    success = made.compare(rate, Relation.AT_LEAST, made.percentage("0.1"))
    made.name("Success", success, NameKind.CONDITION)
    made.pay(made.amount(100), when=success, name="Bonus")
    return made


def test_a_payment_that_is_not_due_says_how_far_short_it_fell() -> None:
    (outcome,) = threshold().outcomes(Rate=F("0.08"))
    not_met = outcome.reason.because[0]
    assert (outcome.reason.why, not_met.why, not_met.name) == (Why.NOT_MET, Why.NOT_MET, "Success")
    compared = not_met.because[0]
    assert (compared.why, compared.name, compared.relation) == (Why.COMPARED, "Rate", "at least")
    assert compared.margin is not None
    assert (compared.margin.value, compared.margin.unit) == (F("-0.02"), POINTS)
    assert [each.why for each in compared.because] == [Why.REPORTED]


@pytest.mark.parametrize(
    ("relation", "margin"),
    [
        (Relation.AT_LEAST, F("-0.02")),
        (Relation.MORE_THAN, F("-0.02")),
        (Relation.AT_MOST, F("0.02")),
        (Relation.LESS_THAN, F("0.02")),
        (Relation.EQUAL, F("-0.02")),
    ],
)
def test_a_margin_is_negative_where_the_comparison_falls_short(
    relation: Relation, margin: Fraction
) -> None:
    made = draft()
    (rate,) = made.measure("Rate", PERCENTAGE)
    compared = made.compare(rate, relation, made.percentage("0.1"))
    made.pay(made.amount(100), when=compared)
    (outcome,) = made.outcomes(Rate=F("0.08"))
    (said,) = (each for each in steps(outcome.reason) if each.why is Why.COMPARED)
    assert said.margin is not None
    assert said.margin.value == margin


def test_the_branch_not_chosen_is_no_reason() -> None:
    made = draft()
    test, yes, no = made.test("Test"), made.money("Yes Amount"), made.money("No Amount")
    made.pay(made.add(Choice(test, yes, no, unit=GBP)), name="Fee")
    results = {"Test": True, "Yes Amount": 5}
    (outcome,) = made.outcomes(**results)
    assert names(outcome.reason) == ["Fee", "Test", "Yes Amount"]


def test_only_the_conjuncts_that_decided_are_reasons() -> None:
    made = draft()
    tests = tuple(made.test(name) for name in ("First", "Second", "Third"))
    every = made.add(Several(Quantifier.ALL, 0, tests, unit=YES_NO))
    made.pay(made.amount(5), when=every, name="Fee")
    (outcome,) = made.outcomes(First=True, Second=False)
    assert names(outcome.reason) == ["Fee", "Second"]


def test_a_row_that_is_reached_says_where_it_begins() -> None:
    made = draft()
    (rate,) = made.measure("Rate", PERCENTAGE)
    bounds = (Bound(F("0.1"), True), Bound(F("0.2"), False))
    rows = (made.money("Low"), made.money("High"))
    made.pay(made.add(Lookup(TableMode.STEPS, rate, bounds, rows, None, unit=GBP)), name="Fee")
    (outcome,) = made.outcomes(Rate=F("0.2"), Low=3)
    (row,) = (each for each in steps(outcome.reason) if each.why is Why.ROW_REACHED)
    assert row.threshold is not None
    assert (row.relation, row.threshold.value) == ("at least", F("0.1"))
    assert names(outcome.reason) == ["Fee", "Rate", "Low"]


# ------------------------------------------------------------------------------------------- marks


def test_a_presumed_value_marks_all_that_rests_on_it_until_a_value_is_reported() -> None:
    made = draft()
    (stopped,) = made.measure("Stopped", YES_NO, presumed=False)
    running = made.name("Running", made.test("Open"), NameKind.CONDITION)
    both = made.add(Several(Quantifier.ANY, 0, (stopped, running), unit=YES_NO))
    made.pay(made.amount(5), when=both)
    assert made.outcomes(Open=False)[0].presumed
    assert not made.outcomes(Open=False, Stopped=False)[0].presumed
    # A condition that another conjunct decides alone does not rest on the presumption.
    assert not made.outcomes(Open=True)[0].presumed


def test_a_provisional_value_counts_only_where_it_decided() -> None:
    made = threshold()
    made.pay(made.amount(7))
    results = made.results(Rate=F("0.08"))
    provisional = {
        key: evolve(each, status=Status.PROVISIONAL) for key, each in results.values.items()
    }
    first, second = evaluate(made.plan(), Results(provisional)).payments
    assert (first.provisional, second.provisional) == (True, False)


def test_a_provisional_payment_marks_a_later_one_only_where_it_cut_it() -> None:
    for gross, marked in ((60, True), (50, False)):
        made = draft()
        limit = made.amount(100)
        first, second = made.pay(made.money("Savings")), made.pay(made.amount(gross))
        made.cap(limit, [first, second])
        results = made.results(Savings=50)
        provisional = {
            key: evolve(each, status=Status.PROVISIONAL) for key, each in results.values.items()
        }
        outcomes = evaluate(made.plan(), Results(provisional)).payments
        assert [outcome.provisional for outcome in outcomes] == [True, marked]


# ------------------------------------------------------------------------------------------ bounds


def test_a_tree_is_bounded_however_long_the_chain_of_definitions() -> None:
    made = draft()
    term = made.money("Start")
    for number in range(5_000):
        term = made.compute(Operation.ADD, term, term)
        made.name(f"Step {number}", term)
    made.pay(term)
    (outcome,) = made.outcomes(Start=0)
    assert sum(1 for _ in steps(outcome.reason)) <= MOST_STEPS + 1


def test_a_tree_is_bounded_however_many_results_a_total_has() -> None:
    made = draft()
    years = [made.evaluation(f"Year {at}", date(2020, 1, 1)) for at in range(1_000)]
    savings = made.measure("Savings", GBP, years)
    made.pay(made.total(savings, years))
    (outcome,) = made.determine().payments
    assert sum(1 for _ in steps(outcome.reason)) == MOST_STEPS + 1
    assert len(outcome.waits_for) == 1_000


def test_without_reasons_only_the_first_step_is_given() -> None:
    made = threshold()
    results = made.results(Rate=F("0.08"))
    plain = evaluate(made.plan(), results, reasons=False)
    full = evaluate(made.plan(), results)
    assert plain.payments[0].reason == evolve(full.payments[0].reason, because=())
    assert plain.conditions[0].reason.because == ()
