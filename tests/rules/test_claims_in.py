"""Claims on rate cards, from the text of a card to what the participants bring."""

from datetime import date
from fractions import Fraction

import pytest

from sibdsl.evaluate.determination import Determination, OutcomeCount
from tests.rules.running import Row, came_to, refused, run

F = Fraction
HEAD_OF_CARD = """evaluations Quarter quarterly from 2024-03-31 to 2024-12-31
rate card Tariff at each Quarter
"""
PAID = """
payment Fee at each Quarter
  the City pays Tariff to the Charity
  due 30 days after evaluation
"""
COMPLETE: tuple[Row, ...] = tuple(("Tariff", f"Quarter {at}", "complete") for at in (1, 2, 3, 4))


def card(rows: str) -> str:
    return HEAD_OF_CARD + rows + PAID


def fees(
    rows: str,
    *claims: Row,
    participants: tuple[Row, ...] = (),
    results: tuple[Row, ...] = COMPLETE,
) -> list[str]:
    """What the four quarters come to, in order."""
    return quarters(run(card(rows), claims=claims, participants=participants, results=results))


def quarters(found: Determination) -> list[str]:
    """The amounts of the payments; a nil amount is not due, which goes without saying here."""
    return [line.partition(": ")[2].removeprefix("not due ") for line in came_to(found)]


def count(found: Determination, outcome: str, quarter: int) -> OutcomeCount:
    (one,) = (
        each
        for each in found.outcomes
        if (each.outcome, each.evaluation) == (outcome, f"Quarter {quarter}")
    )
    return one


def no_fees(*first: str) -> list[str]:
    return [*first, *["0.00"] * (4 - len(first))]


# Where a claim belongs


def test_a_claim_belongs_to_the_evaluation_it_names_else_to_the_next() -> None:
    """“A claim belongs to the evaluation it names, else to the first of the card's series on or
    after the later of its date and its reported on”."""
    rows = '  outcome "Job": GBP 100, no limit'
    on_the_day, a_day_later = ("A", "Job", "2024-03-31"), ("A", "Job", "2024-04-01")
    named = ("A", "Job", "2024-02-01", "Quarter 3")
    late = {"participant": "A", "outcome": "Job", "date": "2024-02-01", "reported on": "2024-07-02"}
    assert fees(rows, on_the_day) == no_fees("100.00")
    assert fees(rows, a_day_later) == no_fees("0.00", "100.00")
    assert fees(rows, named) == no_fees("0.00", "0.00", "100.00")
    assert fees(rows, late) == no_fees("0.00", "0.00", "100.00")


def test_a_claim_after_the_last_evaluation_is_refused_with_advice() -> None:
    """“none there: refused, with advice”."""
    rows = card('  outcome "Job": GBP 100, once')
    (said,) = refused(rows, claims=[("A", "Job", "2025-01-01")])
    assert said.startswith("SIB633")


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (("A", "Jb", "2024-01-01"), "SIB631"),
        (("", "Job", "2024-01-01"), "SIB640"),
        (("A", "Job", ""), "SIB624"),
        (("A", "Job", "2019-12-31"), "SIB625"),
        (("A", "Job", "2024-01-01", "Quarter 9"), "SIB612"),
        (("A", "Job", "2024-01-01", "Year 1"), "SIB613"),
    ],
)
def test_a_wrong_claim_is_refused(claim: Row, code: str) -> None:
    """“Claims for rate cards, one row per claimed outcome”; “claims … lie within the term”."""
    rows = card('  outcome "Job": GBP 100, once')
    assert [said.split()[0] for said in refused(rows, claims=[claim])] == [code]


def test_the_same_participant_outcome_and_date_twice_is_refused_unless_marked() -> None:
    """“The same participant, outcome and date twice is refused unless marked”."""
    rows = '  outcome "Job": GBP 100, no limit'
    claim = {"participant": "A", "outcome": "Job", "date": "2024-02-01"}
    assert [said.split()[0] for said in refused(card(rows), claims=[claim, claim])] == ["SIB635"]
    withdrawn = {**claim, "status": "withdrawn"}
    assert fees(rows, claim, withdrawn) == no_fees()
    moved = {**claim, "status": "correction", "evaluation": "Quarter 2"}
    assert fees(rows, claim, moved) == no_fees("0.00", "100.00")


# Closing


def test_a_card_is_unknown_until_a_row_closes_it() -> None:
    """“A card at an evaluation is unknown until a result row (the card, the evaluation, complete)
    closes it: no claims are not nil”."""
    rows = '  outcome "Job": GBP 100, once'
    assert fees(rows, results=()) == ["pending 0.00"] * 4
    assert fees(rows, results=COMPLETE[:2]) == ["0.00", "0.00", "pending 0.00", "pending 0.00"]
    # A claim still to come at Quarter 1 could use up the limit: Quarter 2 is not known before it.
    assert fees(rows, ("A", "Job", "2024-05-01"), results=COMPLETE[1:2]) == ["pending 0.00"] * 4


def test_a_claim_that_names_a_closed_evaluation_is_refused() -> None:
    """“a claim that names a closed evaluation is refused”: where it came after the closing."""
    rows = card('  outcome "Job": GBP 100, once')
    closed: Row = ("Tariff", "Quarter 1", "complete", "", "", "2024-04-15")
    claim = {
        "participant": "A",
        "outcome": "Job",
        "date": "2024-02-01",
        "evaluation": "Quarter 1",
        "reported on": "2024-04-16",
    }
    said = refused(rows, claims=[claim], results=[closed])
    assert [one.split()[0] for one in said] == ["SIB634"]
    in_time = {**claim, "reported on": "2024-04-15"}
    assert refused(rows, claims=[in_time], results=[closed]) == []


def test_a_correction_moves_no_claim_into_a_closed_evaluation() -> None:
    """“a claim that names a closed evaluation is refused”: also by way of a correction."""
    rows = card('  outcome "Job": GBP 100, once')
    closed: Row = ("Tariff", "Quarter 1", "complete", "", "", "2024-04-15")
    claim = {
        "participant": "A",
        "outcome": "Job",
        "date": "2024-02-01",
        "evaluation": "Quarter 2",
        "reported on": "2024-04-01",
    }
    moved = {
        **claim,
        "evaluation": "Quarter 1",
        "status": "correction",
        "reported on": "2024-04-16",
    }
    said = refused(rows, claims=[claim, moved], results=[closed])
    assert [one.split()[0] for one in said] == ["SIB634"]
    in_time = {**moved, "reported on": "2024-04-15"}
    assert refused(rows, claims=[claim, in_time], results=[closed]) == []


def test_a_rate_card_never_accepts_totals() -> None:
    """“Aggregates cannot apply a per-person cap, so a rate card never accepts totals”."""
    rows = card('  outcome "Job": GBP 100, once')
    assert [one.split()[0] for one in refused(rows, results=[("Tariff", "Quarter 1", 500)])] == [
        "SIB628"
    ]


# The order in which claims are taken


def test_the_order_of_rows_never_moves_money() -> None:
    """“Claims are taken by evaluation, date, then the card's order of outcomes, a required outcome
    first: the order of rows never moves money”."""
    rows = """  outcome "Sustained": GBP 50, once, requires "Job"
  outcome "Job": GBP 100, once
  at most GBP 120 per participant"""
    one, two = ("A", "Job", "2024-02-01"), ("A", "Sustained", "2024-02-01")
    for claims in ((one, two), (two, one)):
        found = run(card(rows), claims=claims, results=COMPLETE)
        # Job first though the card names it second: 100, then 20 of 50.
        assert [count(found, name, 1).amount for name in ("Job", "Sustained")] == [100, 20]


def test_within_a_day_the_order_of_the_card() -> None:
    """“then the card's order of outcomes”: which claim the cap cuts."""
    rows = """  outcome "Course": GBP 80, once
  outcome "Job": GBP 100, once
  at most GBP 120 per participant"""
    found = run(
        card(rows),
        claims=[("A", "Job", "2024-02-01"), ("A", "Course", "2024-02-01")],
        results=COMPLETE,
    )
    assert [count(found, name, 1).amount for name in ("Course", "Job")] == [80, 40]


def test_an_evaluation_comes_before_a_date() -> None:
    """“by evaluation, date”: a claim of an earlier day that belongs to a later quarter waits."""
    rows = '  outcome "Job": GBP 100, once'
    early_but_late = ("A", "Job", "2024-01-15", "Quarter 2")
    assert fees(rows, early_but_late, ("A", "Job", "2024-03-01")) == no_fees("100.00")


# Limits


@pytest.mark.parametrize(
    ("limit", "amounts"),
    [
        ("once", ["100.00", "0.00", "0.00", "0.00"]),
        ("up to 3 times", ["200.00", "100.00", "0.00", "0.00"]),
        ("once per evaluation", ["100.00", "100.00", "100.00", "0.00"]),
        ("no limit", ["200.00", "200.00", "100.00", "0.00"]),
        # 29 days from 1 February to 1 March, 29 from 1 May to 30 May
        ("at least 29 days apart", ["200.00", "200.00", "100.00", "0.00"]),
        ("at least 30 days apart", ["100.00", "100.00", "100.00", "0.00"]),
        ("up to 2 times, at least 30 days apart", ["100.00", "100.00", "0.00", "0.00"]),
    ],
)
def test_limits_per_participant(limit: str, amounts: list[str]) -> None:
    """“limits per participant: once, up to 4 times, no limit, once per evaluation, at least 28 days apart”."""
    claims = [("A", "Job", f"2024-{day}") for day in ("02-01", "03-01", "05-01", "05-30", "08-01")]
    assert fees(f'  outcome "Job": GBP 100, {limit}', *claims) == amounts


def test_a_limit_is_per_participant() -> None:
    """“limits per participant”: what A uses up B still has."""
    claims = [(who, "Job", "2024-02-01") for who in "AB"]
    assert fees('  outcome "Job": GBP 100, once', *claims) == no_fees("200.00")


# Chains


def test_every_requires_is_met_by_an_accepted_claim_of_the_same_participant() -> None:
    """“every requires is met by an accepted claim of the same participant taken before it (the same
    day suffices)”."""
    rows = """  outcome "Start": GBP 10, once
  outcome "Job": GBP 100, once, requires "Start\""""
    assert fees(rows, ("A", "Start", "2024-02-01"), ("A", "Job", "2024-02-01")) == no_fees("110.00")
    assert fees(rows, ("A", "Start", "2024-02-02"), ("A", "Job", "2024-02-01")) == no_fees("10.00")
    assert fees(rows, ("B", "Start", "2024-02-01"), ("A", "Job", "2024-02-01")) == no_fees("10.00")


def test_requires_one_or_the_other_and_several() -> None:
    """“chains: requires A, requires A or B”."""
    either = """  outcome "A1": GBP 1, once
  outcome "B1": GBP 2, once
  outcome "Job": GBP 100, once, requires "A1" or "B1\""""
    both = either.replace('"A1" or "B1"', '"A1", requires "B1"')
    claims = [("P", "B1", "2024-02-01"), ("P", "Job", "2024-02-02")]
    assert fees(either, *claims) == no_fees("102.00")
    assert fees(both, *claims) == no_fees("2.00")
    assert fees(both, ("P", "A1", "2024-02-01"), *claims) == no_fees("103.00")


@pytest.mark.parametrize(("on", "amount"), [("2024-04-29", "0.00"), ("2024-04-30", "100.00")])
def test_requires_so_many_months_before_clamps_to_the_end_of_the_month(
    on: str, amount: str
) -> None:
    """“requires A at least 3 months before”; “clamps to the month's end”: 31 January and three months is 30 April."""
    rows = """  outcome "Start": GBP 0, once
  outcome "Job": GBP 100, once, requires "Start" at least 3 months before"""
    found = fees(rows, ("A", "Start", "2024-01-31"), ("A", "Job", on))
    assert found == no_fees("0.00", amount)


def test_a_refused_claim_uses_nothing_and_may_be_made_again() -> None:
    """“A refused claim uses nothing and may be made again: that is how an interrupted clock restarts”."""
    rows = """  outcome "Start": GBP 0, no limit
  outcome "Job": GBP 100, once, requires "Start" at least 91 days before"""
    found = run(
        card(rows),
        claims=[
            ("A", "Start", "2024-01-01"),
            ("A", "Job", "2024-03-31"),  # 90 days after the start: a day too soon
            ("A", "Job", "2024-04-01"),
        ],
        results=COMPLETE,
    )
    assert quarters(found) == no_fees("0.00", "100.00")
    early, late = count(found, "Job", 1), count(found, "Job", 2)
    assert (early.claimed, early.accepted, early.refused_by_requires) == (1, 0, (1,))
    assert (late.claimed, late.accepted, late.refused_by_requires) == (1, 1, (0,))


def test_the_determination_counts_people_claims_and_refusals() -> None:
    """“The determination gives people and claims for each outcome, and how many claims each requires refused”."""
    rows = """  outcome "Start": GBP 10, once
  outcome "Review": GBP 5, no limit
  outcome "Job": GBP 100, no limit, requires "Start", requires "Review\""""
    claims = [
        ("A", "Start", "2024-01-01"),
        ("A", "Review", "2024-01-01"),
        ("A", "Job", "2024-01-02"),
        ("A", "Job", "2024-01-03"),
        ("B", "Start", "2024-01-01"),
        ("B", "Job", "2024-01-02"),
        ("C", "Job", "2024-01-02"),
        ("C", "Start", "2024-01-01"),
        ("C", "Start", "2024-01-03"),
    ]
    found = run(card(rows), claims=claims, results=COMPLETE)
    jobs, starts = count(found, "Job", 1), count(found, "Start", 1)
    assert (jobs.people, jobs.claimed, jobs.accepted) == (1, 4, 2)
    assert jobs.refused_by_requires == (0, 2)
    assert (starts.people, starts.claimed, starts.accepted, starts.refused_by_limit) == (3, 4, 3, 1)
    assert starts.amount == 30


# Who a price is open to


def test_prices_for_a_class_and_for_starts() -> None:
    """“for class “…”, for starts from D to D”."""
    rows = """  outcome "Job": GBP 100, once, for class "young"
  outcome "Job": GBP 150, once, for class "adult"
  outcome "Course": GBP 7, once, for starts from 2024-01-01 to 2024-01-31"""
    people: tuple[Row, ...] = (
        ("A", "young", "2024-01-01"),
        ("B", "adult", "2024-01-31"),
        ("C", "adult", "2024-02-01"),
    )
    jobs = [(who, "Job", "2024-02-15") for who in "ABC"]
    courses = [(who, "Course", "2024-02-15") for who in "AB"]
    assert fees(rows, *jobs, *courses, participants=people) == no_fees("414.00")


# The participant's cap


def test_the_cap_cuts_the_accepted_claim_that_crosses_it() -> None:
    """“The participant's cap then cuts the accepted claim that crosses it”: over the whole contract."""
    rows = """  outcome "Job": GBP 100, no limit
  at most GBP 250 per participant"""
    claims = [("A", "Job", f"2024-{day}") for day in ("01-01", "02-01", "05-01", "08-01")]
    assert fees(rows, *claims, ("B", "Job", "2024-05-01")) == ["200.00", "150.00", "0.00", "0.00"]


def test_what_is_cut_even_to_nil_stays_accepted_for_chains() -> None:
    """“what is cut, even to nil, stays accepted for chains”."""
    rows = """  outcome "Job": GBP 100, once
  outcome "Sustained": GBP 50, once, requires "Job"
  outcome "Kept": GBP 50, once, requires "Sustained"
  at most GBP 100 per participant"""
    claims = [
        ("A", "Job", "2024-01-01"),
        ("A", "Sustained", "2024-01-02"),
        ("A", "Kept", "2024-01-03"),
    ]
    found = run(card(rows), claims=claims, results=COMPLETE)
    kept = [count(found, name, 1) for name in ("Job", "Sustained", "Kept")]
    assert [(one.accepted, one.amount) for one in kept] == [(1, F(100)), (1, F(0)), (1, F(0))]


def test_caps_on_payments_give_nothing_back_to_a_participant() -> None:
    """“caps on payments give nothing back to a participant”: Quarter 1 is cut to 60 by the cap on
    the payment, yet A's 100 are used up."""
    rows = """  outcome "Job": GBP 100, no limit
  at most GBP 150 per participant"""
    lines = card(rows) + "cap Fee: GBP 60 per evaluation\n"
    claims: list[Row] = [("A", "Job", "2024-01-01"), ("A", "Job", "2024-05-01")]
    found = run(lines, claims=claims, results=COMPLETE)
    assert quarters(found)[:2] == ["60.00", "50.00"]


def test_a_cap_on_the_rate_card_bears_on_all_of_it() -> None:
    """“cap … on … a rate card”: 250 over all quarters."""
    lines = card('  outcome "Job": GBP 100, no limit') + "cap Tariff: GBP 250\n"
    claims: list[Row] = [(who, "Job", day) for who in "AB" for day in ("2024-01-01", "2024-05-01")]
    found = run(lines, claims=claims, results=COMPLETE)
    assert quarters(found)[:3] == ["200.00", "50.00", "0.00"]


@pytest.mark.parametrize(
    ("period", "amounts"),
    [
        ("per evaluation", ["150.00", "150.00", "0.00", "150.00"]),
        ("per calendar year", ["150.00", "0.00", "0.00", "0.00"]),
        ("from 2024-01-01 to 2024-06-29", ["150.00", "200.00", "0.00", "200.00"]),
        ("from 2024-01-01 to 2024-06-30", ["150.00", "0.00", "0.00", "200.00"]),
    ],
)
def test_the_periods_of_a_cap_on_a_rate_card_go_by_evaluation(
    period: str, amounts: list[str]
) -> None:
    """“per evaluation, per calendar year, from D to D”: a card has no due date, so the evaluation's
    date decides; Quarter 2 is evaluated on 30 June and paid on 30 July."""
    lines = card('  outcome "Job": GBP 100, no limit') + f"cap Tariff: GBP 150 {period}\n"
    days = ("2024-01-01", "2024-05-01", "2024-11-01")
    claims: list[Row] = [(who, "Job", day) for who in "AB" for day in days]
    assert quarters(run(lines, claims=claims, results=COMPLETE)) == amounts


def test_accepted_is_the_number_of_accepted_claims() -> None:
    """“accepted OUTCOME”."""
    lines = card('  outcome "Job": GBP 100, once').replace(
        "pays Tariff", 'pays GBP 7 * accepted "Job"'
    )
    claims: list[Row] = [
        ("A", "Job", "2024-01-01"),
        ("A", "Job", "2024-01-02"),
        ("B", "Job", "2024-01-01"),
    ]
    assert quarters(run(lines, claims=claims, results=COMPLETE)) == no_fees("14.00")


def test_a_cancelled_evaluation_takes_no_claims_and_needs_no_closing() -> None:
    """“A row evaluation, cancelled …; its payments are not due”: nor does it use up a limit."""
    rows = '  outcome "Job": GBP 100, once'
    cancelled: tuple[Row, ...] = (("evaluation", "Quarter 1", "cancelled"), *COMPLETE[1:])
    claims = [("A", "Job", "2024-01-01"), ("A", "Job", "2024-05-01")]
    assert fees(rows, *claims, results=cancelled) == no_fees("0.00", "100.00")


def test_claims_as_of_an_earlier_day() -> None:
    """“--as-of DATE ignores what was reported later”: claims and closings too."""
    lines = card('  outcome "Job": GBP 100, no limit')
    claim = {
        "participant": "A",
        "outcome": "Job",
        "date": "2024-01-01",
        "reported on": "2024-01-02",
    }
    withdrawn = {**claim, "status": "withdrawn", "reported on": "2024-06-01"}
    closed: Row = ("Tariff", "Quarter 1", "complete", "", "", "2024-04-15")

    def on(day: str) -> str:
        found = run(
            lines,
            claims=[claim, withdrawn],
            results=[closed],
            as_of=date.fromisoformat(day),
        )
        return quarters(found)[0]

    assert on("2024-04-14") == "pending 0.00"
    assert on("2024-04-15") == "100.00"
    assert on("2024-06-01") == "0.00"
