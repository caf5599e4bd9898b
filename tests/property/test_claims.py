"""Claims: the order of rows never moves money, and a participant never brings more than the cap."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sibdsl.evaluate.evaluate import evaluate, evaluated_on
from sibdsl.plan.terms import Claimed, Requirement, Tariff
from sibdsl.results.reported import Claim, Results
from tests.plans import GBP, HERE, Draft, draft

CLOSED = frozenset({(0, 0), (0, 1)})
FIRST = date(2020, 1, 1)


@st.composite
def tariffs(draw: st.DrawFn) -> list[Tariff]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        # An outcome may require any named before it, so that no circle arises.
        needed = [each for each in range(number) if draw(st.booleans())]
        made.append(
            Tariff(
                f"Outcome {number}",
                draw(st.sampled_from([None, 1, 2])),
                draw(st.booleans()),
                0,
                draw(st.sampled_from([0, 0, 7])),
                (Requirement(tuple(needed), 0, draw(st.sampled_from([0, 5]))),) if needed else (),
                "",
                None,
                HERE,
            )
        )
    return draw(st.permutations(made)) if all(not each.requires for each in made) else made


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Draft, list[Claim], int | None]:
    listed = draw(tariffs())
    made = draft()
    for number in range(2):
        made.evaluation(f"Quarter {number + 1}", FIRST + timedelta(90 * (number + 1)))
    made.card("Tariff", listed, (0, 1))
    prices = tuple(made.amount(draw(st.integers(0, 30))) for _ in listed)
    cap = draw(st.none() | st.integers(0, 60))
    limit = None if cap is None else made.amount(cap)
    for evaluation in range(2):
        made.pay(made.add(Claimed(0, evaluation, prices, limit, unit=GBP)), evaluation=evaluation)
    rows = st.tuples(
        st.sampled_from("AB"),
        st.integers(0, len(listed) - 1),
        st.integers(0, 40),
        st.integers(0, 1),
    )
    claims = [
        Claim(who, 0, outcome, FIRST + timedelta(day), evaluation)
        for who, outcome, day, evaluation in draw(
            st.lists(rows, max_size=14, unique_by=lambda row: row[:3])
        )
    ]
    return made, claims, cap


@given(contracts(), st.data())
def test_the_order_of_rows_never_moves_money(
    drawn: tuple[Draft, list[Claim], int | None], data: st.DataObject
) -> None:
    made, claims, _ = drawn
    plan = made.plan()
    shuffled = data.draw(st.permutations(claims))
    one, other = (
        evaluate(plan, Results(closed=CLOSED, claims=tuple(rows))) for rows in (claims, shuffled)
    )
    assert one == other


@given(contracts())
def test_every_claim_is_accepted_or_refused_for_a_reason(
    drawn: tuple[Draft, list[Claim], int | None],
) -> None:
    made, claims, _ = drawn
    for each in evaluate(made.plan(), Results(closed=CLOSED, claims=tuple(claims))).outcomes:
        refused = each.claimed - each.accepted
        reasons = (
            each.refused_by_limit + each.refused_by_class + max(each.refused_by_requires, default=0)
        )
        assert refused == reasons
        assert each.people <= each.accepted


@given(contracts())
def test_no_participant_brings_more_than_the_cap(
    drawn: tuple[Draft, list[Claim], int | None],
) -> None:
    made, claims, cap = drawn
    results = Results(closed=CLOSED, claims=tuple(claims))
    evaluated = evaluated_on(made.plan(), results)
    payments = evaluate(made.plan(), results, reasons=False).payments
    total = sum((outcome.amount for outcome in payments), Fraction(0))
    people = {claim.participant for claim in claims}
    if cap is not None:
        assert total <= cap * len(people)
    accepted = Counter(
        pair for taken in evaluated.algebra.tallies[0].taken.values() for pair in taken
    )
    for (_, outcome), times in accepted.items():
        most = evaluated.plan.cards[0].tariffs[outcome].times
        assert most is None or times <= most
