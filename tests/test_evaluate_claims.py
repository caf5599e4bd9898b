"""Rate cards: which claims are accepted and what they come to (language reference, §6)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from sibdsl.evaluate.claims import outcome_ranks
from sibdsl.evaluate.determination import Determination, OutcomeCount, State
from sibdsl.evaluate.evaluate import evaluate
from sibdsl.plan.terms import Claimed, Requirement, Tariff
from sibdsl.results.reported import Claim, Participant, Results
from tests.plans import GBP, HERE, Draft, draft

F = Fraction
QUARTERS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30))
CLOSED = frozenset({(0, 0), (0, 1), (0, 2)})


def tariff(outcome: str, times: int | None = None, **limits: Any) -> Tariff:
    plain = Tariff(outcome, times, False, 0, 0, (), "", None, HERE)
    return evolve(plain, **limits)


def card(tariffs: Sequence[Tariff], prices: Sequence[int], cap: int | None = None) -> Draft:
    """A card at three quarters, paid at each."""
    made = draft()
    quarters = [made.evaluation(f"Quarter {at + 1}", on) for at, on in enumerate(QUARTERS)]
    made.card("Tariff", tariffs, quarters)
    terms = tuple(made.amount(price) for price in prices)
    limit = None if cap is None else made.amount(cap)
    for quarter, on in zip(quarters, QUARTERS, strict=True):
        claimed = made.add(Claimed(0, quarter, terms, limit, unit=GBP))
        made.pay(claimed, due=on, evaluation=quarter)
    return made


def claim(outcome: int, on: date, quarter: int = 0, who: str = "A", evidence: str = "") -> Claim:
    return Claim(who, 0, outcome, on, quarter, evidence)


def determine(
    made: Draft, *claims: Claim, participants: Sequence[Participant] = ()
) -> Determination:
    results = Results(closed=CLOSED, claims=claims, participants=tuple(participants))
    return evaluate(made.plan(), results)


def count(determined: Determination, outcome: str, quarter: int = 1) -> OutcomeCount:
    (found,) = (
        each
        for each in determined.outcomes
        if (each.outcome, each.evaluation) == (outcome, f"Quarter {quarter}")
    )
    return found


def paid(determined: Determination) -> list[Fraction]:
    return [outcome.amount for outcome in determined.payments]


JANUARY, FEBRUARY, MARCH = date(2020, 1, 15), date(2020, 2, 15), date(2020, 3, 15)
MAY, AUGUST = date(2020, 5, 15), date(2020, 8, 15)


def test_an_accepted_claim_brings_its_price() -> None:
    made = card([tariff("Job")], [100])
    determined = determine(made, claim(0, JANUARY), claim(0, JANUARY, who="B"))
    assert paid(determined) == [200, 0, 0]
    found = count(determined, "Job")
    assert (found.people, found.claimed, found.accepted) == (2, 2, 2)
    assert found.amount == 200


def test_once_is_once_over_the_whole_contract() -> None:
    made = card([tariff("Job", 1)], [100])
    determined = determine(made, claim(0, JANUARY), claim(0, MAY, 1))
    assert paid(determined) == [100, 0, 0]
    assert count(determined, "Job", 2).refused_by_limit == 1


def test_up_to_n_times_takes_the_first_n() -> None:
    made = card([tariff("Job", 2)], [100])
    determined = determine(made, claim(0, JANUARY), claim(0, FEBRUARY), claim(0, MARCH))
    assert paid(determined) == [200, 0, 0]


def test_once_per_evaluation_begins_anew_at_each() -> None:
    made = card([tariff("Wellbeing", per_evaluation=True)], [100])
    determined = determine(made, claim(0, JANUARY), claim(0, FEBRUARY), claim(0, MAY, 1))
    assert paid(determined) == [100, 100, 0]


@pytest.mark.parametrize(("second", "amount"), [(date(2020, 2, 12), 200), (date(2020, 2, 11), 100)])
def test_claims_so_many_days_apart(second: date, amount: int) -> None:
    made = card([tariff("Stay", apart_days=28)], [100])
    assert paid(determine(made, claim(0, JANUARY), claim(0, second))) == [amount, 0, 0]


def test_a_refused_claim_uses_nothing_and_restarts_no_clock() -> None:
    made = card([tariff("Stay", apart_days=28)], [100])
    early, late = date(2020, 2, 11), date(2020, 2, 12)
    determined = determine(made, claim(0, JANUARY), claim(0, early), claim(0, late))
    assert paid(determined) == [200, 0, 0]


def test_distance_is_kept_from_a_later_day_taken_at_an_earlier_evaluation() -> None:
    made = card([tariff("Stay", apart_days=28)], [100])
    determined = determine(made, claim(0, MARCH), claim(0, date(2020, 3, 1), 1))
    assert paid(determined) == [100, 0, 0]


def test_a_required_outcome_of_the_same_day_suffices_whatever_the_order_of_the_card() -> None:
    needs = Requirement((1,))
    made = card([tariff("Sustained", 1, requires=(needs,)), tariff("Entry", 1)], [50, 100])
    determined = determine(made, claim(0, JANUARY), claim(1, JANUARY))
    assert paid(determined) == [150, 0, 0]


def test_a_claim_whose_requirement_is_not_met_is_refused_and_counted() -> None:
    entry, check = Requirement((0,)), Requirement((1,))
    made = card(
        [tariff("Entry", 1), tariff("Check", 1), tariff("Job", 1, requires=(entry, check))],
        [10, 10, 100],
    )
    determined = determine(made, claim(2, JANUARY), claim(0, FEBRUARY), claim(2, MARCH))
    found = count(determined, "Job")
    assert (found.claimed, found.accepted, found.refused_by_requires) == (2, 0, (1, 2))


def test_either_of_two_outcomes_meets_a_requirement() -> None:
    made = card(
        [tariff("A1", 1), tariff("B1", 1), tariff("Job", 1, requires=(Requirement((0, 1)),))],
        [1, 1, 100],
    )
    assert paid(determine(made, claim(1, JANUARY), claim(2, MARCH))) == [101, 0, 0]


@pytest.mark.parametrize(("on", "amount"), [(date(2020, 4, 15), 110), (date(2020, 4, 14), 10)])
def test_a_requirement_so_many_months_before(on: date, amount: int) -> None:
    needs = Requirement((0,), months=3)
    made = card([tariff("Entry"), tariff("Sustained", 1, requires=(needs,))], [10, 100])
    determined = determine(made, claim(0, JANUARY, 1), claim(1, on, 1))
    assert sum(paid(determined)) == amount


def test_a_tariff_for_a_class_is_open_to_no_other() -> None:
    made = card([tariff("Stay", for_class="street")], [100])
    people = [Participant("A", "street", None), Participant("B", "hostel", None)]
    claims = [claim(0, JANUARY, who=who) for who in "ABC"]
    determined = determine(made, *claims, participants=people)
    assert paid(determined) == [100, 0, 0]
    assert count(determined, "Stay").refused_by_class == 2


@pytest.mark.parametrize(
    ("start", "amount"),
    [(date(2019, 1, 1), 100), (date(2019, 12, 31), 100), (date(2020, 1, 1), 0), (None, 0)],
)
def test_a_tariff_for_starts_includes_both_days(start: date | None, amount: int) -> None:
    made = card([tariff("Stay", starts=(date(2019, 1, 1), date(2019, 12, 31)))], [100])
    determined = determine(made, claim(0, JANUARY), participants=[Participant("A", "", start)])
    assert paid(determined) == [amount, 0, 0]


def test_the_participants_cap_cuts_the_claim_that_crosses_it_over_all_evaluations() -> None:
    made = card([tariff("Job")], [100], cap=250)
    claims = [claim(0, JANUARY), claim(0, FEBRUARY), claim(0, MAY, 1), claim(0, AUGUST, 2)]
    determined = determine(made, *claims, claim(0, MAY, 1, "B"))
    assert paid(determined) == [200, 50 + 100, 0]


def test_what_the_cap_cuts_to_nil_stays_accepted_for_chains() -> None:
    made = card(
        [tariff("Job", 1), tariff("Sustained", 1, requires=(Requirement((0,)),))], [5, 9], 0
    )
    determined = determine(made, claim(0, JANUARY), claim(1, MARCH))
    assert [count(determined, name).accepted for name in ("Job", "Sustained")] == [1, 1]
    assert paid(determined) == [0, 0, 0]


def test_a_card_is_unknown_until_it_is_closed_there_and_before() -> None:
    made = card([tariff("Job")], [100])
    results = Results(closed=frozenset({(0, 0), (0, 2)}), claims=(claim(0, JANUARY),))
    states = [outcome.state for outcome in evaluate(made.plan(), results).payments]
    assert states == [State.DUE, State.PENDING, State.PENDING]
    waits = [outcome.waits_for for outcome in evaluate(made.plan(), results).payments]
    assert [[each.evaluation for each in missing] for missing in waits] == [
        [],
        ["Quarter 2"],
        ["Quarter 2"],
    ]


def test_a_cancelled_evaluation_needs_no_closing_and_takes_no_claims() -> None:
    made = card([tariff("Job", 1)], [100])
    results = Results(
        closed=frozenset({(0, 1), (0, 2)}),
        cancelled=frozenset({0}),
        claims=(claim(0, JANUARY), claim(0, MAY, 1)),
    )
    determined = evaluate(made.plan(), results)
    assert paid(determined) == [0, 100, 0]
    assert determined.payments[0].state is State.NOT_DUE


def test_a_price_that_is_not_known_matters_only_where_a_claim_is_accepted_at_it() -> None:
    made = draft()
    quarter = made.evaluation("Quarter 1", QUARTERS[0])
    made.card("Tariff", [tariff("Job"), tariff("Stay")], [quarter])
    prices = (made.amount(100), made.money("Index"))
    made.pay(made.add(Claimed(0, quarter, prices, None, unit=GBP)))
    for outcome, state in ((0, State.DUE), (1, State.PENDING)):
        results = Results(closed=frozenset({(0, 0)}), claims=(claim(outcome, JANUARY),))
        assert evaluate(made.plan(), results).payments[0].state is state


def test_the_rank_of_outcomes_follows_the_card_and_puts_required_ones_first() -> None:
    made = card(
        [
            tariff("C", requires=(Requirement((2,)),)),
            tariff("B"),
            tariff("A", requires=(Requirement((1,)),)),
        ],
        [1, 1, 1],
    )
    assert outcome_ranks(made.plan().cards[0]) == (2, 0, 1)
