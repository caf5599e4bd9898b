"""Every published payment, reproduced to the unit it was published in from the sheets of its example.

Marks: *R*, read in a public source, which the ``README.md`` of the example names; *C*, computed from
figures so read. What is inferred, remembered or invented is no evidence, and stands in no table here.
"""

import csv
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from attrs import frozen

import sibdsl
from sibdsl.contract import example_outcomes
from sibdsl.evaluate.determination import Determination
from sibdsl.money import RoundingMode, round_to

EXAMPLES = Path(__file__).parent.parent / "examples"
DRAFTS = sorted((Path(__file__).parent / "data").glob("*.sib"))
SHEETS = ("results", "claims", "participants")

Read = Callable[[Determination], Fraction | None]
"""Where a figure appears in a determination."""


@frozen
class Published:
    """A figure with its mark, the unit it was published in, and where the example shows it."""

    mark: str
    figure: str
    unit: str
    folder: str
    where: str
    read: Read


# ------------------------------------------------------------------------------ where figures appear


def due(payment: str, *evaluations: str) -> Read:
    """What is due under a payment: at the evaluations named, else in all."""
    return lambda found: sum(
        (
            outcome.amount
            for outcome in found.payments
            if outcome.name == payment and (not evaluations or outcome.evaluation in evaluations)
        ),
        Fraction(0),
    )


def gross(payment: str, evaluation: str) -> Read:
    def read(found: Determination) -> Fraction | None:
        (outcome,) = (
            one for one in found.payments if (one.name, one.evaluation) == (payment, evaluation)
        )
        return outcome.gross

    return read


def value(name: str, evaluation: str = "") -> Read:
    def read(found: Determination) -> Fraction | None:
        (named,) = (one for one in found.values if (one.name, one.evaluation) == (name, evaluation))
        assert named.value is not None
        assert isinstance(named.value.value, Fraction)
        return named.value.value

    return read


def received(party: str) -> Read:
    """All that a party is paid."""
    return lambda found: next(each.received for each in found.totals if each.party == party)


def gain(investor: str) -> Read:
    """What an investor gets back over what it put in."""
    return lambda found: next(
        each.received - each.provided for each in found.returns if each.investor == investor
    )


def everything(found: Determination) -> Fraction:
    return sum((outcome.amount for outcome in found.payments), Fraction(0))


def limit(cap: int) -> Read:
    """The limit of a cap, by its place in the contract."""
    return lambda found: next(each.limit for each in found.caps if each.cap == cap)


def paid_for(outcome: str) -> Read:
    return lambda found: sum(
        (each.amount for each in found.outcomes if each.outcome == outcome and each.amount),
        Fraction(0),
    )


def accepted(outcome: str) -> Read:
    return lambda found: Fraction(
        sum(each.accepted for each in found.outcomes if each.outcome == outcome)
    )


def people(outcome: str) -> Read:
    return lambda found: Fraction(
        sum(each.first_time for each in found.outcomes if each.outcome == outcome)
    )


# ------------------------------------------------------------------------------------- the figures

REBOOT = (
    # outcome, people (R), paid (R), claims: paid by price (C)
    ("Agrees education/training is right for them", 231, 115_940, 527),
    ("Has at least 1 consistent relationship", 225, 99_660, 453),
    ("Feels safe", 230, 106_040, 482),
    ("Managing accommodation and costs", 227, 102_520, 466),
    ("Self-determined outcome / SLN screening / Money management", 136, 44_440, 202),
    ("Begins education/training course", 132, 31_900, 145),
    ("Completes 25% of course", 109, 26_620, 121),
    ("Completes 50% of course", 94, 23_320, 106),
    ("Obtains level 1 qualification", 41, 75_680, 43),
    ("Obtains level 2 qualification", 33, 156_090, 33),
    ("Obtains level 3 qualification", 10, 52_030, 11),
    ("Begins higher education", 10, 6_600, 10),
    ("Completes 1 year of higher education", 4, 11_000, 4),
    ("Completes 2 years of higher education", 2, 5_500, 2),
    ("Completes higher education course", 3, 14_190, 3),
    ("Enters work experience / volunteering", 29, 3_190, 29),
    ("Completes 1 week of work experience / volunteering", 19, 4_180, 19),
    ("Completes 4 weeks of work experience / volunteering", 6, 1_980, 6),
    ("Enters employment", 126, 83_160, 126),
    ("Earns £768", 114, 313_500, 114),
    ("Earns £1,631", 102, 280_500, 102),
    ("Earns £3,350", 73, 200_750, 73),
    ("Earns £8,155", 41, 112_750, 41),
)
HOUSING = ("Housing 1", "Housing 2", "Housing 3", "Housing 4")
LINES = tuple(
    Published(mark, figure, "1", "reboot-west", f"{what} {outcome}", read(outcome))
    for outcome, people_, paid_, claims_ in REBOOT
    for mark, figure, what, read in (
        ("R", f"{people_}", "people:", people),
        ("R", f"{paid_}", "paid:", paid_for),
        ("C", f"{claims_}", "claims:", accepted),
    )
)
TABLE = (
    # Care leavers, Reboot West
    Published("R", "1871540", "1", "reboot-west", "all payments", everything),
    Published("R", "2250000", "1", "reboot-west", "cap contract", limit(0)),
    *LINES,
    # Hachioji
    Published("R", "2441000", "1", "hachioji", "Screening Payment", due("Screening Payment")),
    Published("R", "2960000", "1", "hachioji", "Examination Payment", due("Examination Payment")),
    Published("R", "0", "1", "hachioji", "Early Cancer Payment", due("Early Cancer Payment")),
    Published("C", "5401000", "1", "hachioji", "all payments", everything),
    Published("R", "9762000", "1", "hachioji", "cap Hachioji City", limit(2)),
    # Doncaster: the value of the contract is not published, so what is reproduced is a share of it
    Published("R", "0.057", "0.001", "doncaster", "Reduction", value("Reduction", "Cohort 1")),
    Published("R", "0", "1", "doncaster", "Reimbursement", due("Reimbursement", "Cohort 1")),
    Published("R", "0.033", "0.001", "doncaster", "Reduction", value("Reduction", "Cohort 2")),
    Published(
        "R",
        "0.1",
        "0.1",
        "doncaster",
        "Reimbursement by Core Payment",
        lambda found: (
            (due("Reimbursement", "Cohort 2")(found) or Fraction(0))
            / (due("Core Payment", "Contract Year 2")(found) or Fraction(1))
        ),
    ),
    # Newpin: the rates paid, and the interest on the AUD 7 million raised
    Published("R", "0.075", "0.001", "newpin", "Interest Rate", value("Interest Rate", "Year 1")),
    Published("R", "0.089", "0.001", "newpin", "Interest Rate", value("Interest Rate", "Year 2")),
    Published("R", "0.1215", "0.0001", "newpin", "Interest Rate", value("Interest Rate", "Year 3")),
    Published("C", "525000", "1", "newpin", "Interest", due("Interest", "Year 1")),
    Published("C", "623000", "1", "newpin", "Interest", due("Interest", "Year 2")),
    Published("C", "850500", "1", "newpin", "Interest", due("Interest", "Year 3")),
    Published("R", "47000000", "1", "newpin", "cap New South Wales", limit(0)),
    # Peterborough: what was paid in the end is not published beyond capital and "just over 3% a year"
    Published(
        "C", "0.08387", "0.00001", "peterborough", "Reduction", value("Reduction", "Cohort 1")
    ),
    Published("R", "0", "1", "peterborough", "Cohort Payment", due("Cohort Payment", "Cohort 1")),
    Published("R", "0.09", "0.01", "peterborough", "Pooled Reduction", value("Pooled Reduction")),
    Published("R", "8000000", "1", "peterborough", "cap Ministry of Justice", limit(0)),
    # Rikers Island
    Published("R", "0", "1", "rikers", "Success Payment", due("Success Payment")),
    Published("R", "7200000", "1", "rikers", "Principal Drawn", value("Principal Drawn", "Final")),
    Published("R", "11712000", "1", "rikers", "cap City of New York", limit(0)),
    # Troubled Families, Sheffield
    Published(
        "R", "5600000", "1", "troubled-families", "Contract Maximum", value("Contract Maximum")
    ),
    Published("R", "700", "1", "troubled-families", "Crime Fee", value("Crime Fee", "Year 1")),
    Published("C", "1500", "1", "troubled-families", "Crime Fee", value("Crime Fee", "Year 2")),
    Published("C", "2300", "1", "troubled-families", "Crime Fee", value("Crime Fee", "Year 3")),
    Published(
        "R", "800", "1", "troubled-families", "Results Maximum", value("Results Maximum", "Year 1")
    ),
    Published(
        "C", "1600", "1", "troubled-families", "Results Maximum", value("Results Maximum", "Year 2")
    ),
    Published(
        "C", "2400", "1", "troubled-families", "Results Maximum", value("Results Maximum", "Year 3")
    ),
    # Chicago
    Published("C", "542300", "1", "chicago", "gross amount", gross("Initial Payment", "Initial")),
    Published("R", "500000", "1", "chicago", "Initial Payment", due("Initial Payment")),
    # Denver
    Published("R", "188000", "1000", "denver", "1st payment", due("Housing Payment", "Housing 1")),
    Published("R", "837600", "100", "denver", "2nd payment", due("Housing Payment", "Housing 2")),
    Published(
        "R", "1500000", "100000", "denver", "3rd payment", due("Housing Payment", "Housing 3")
    ),
    Published(
        "R", "3913932.96", "0.01", "denver", "four payments", due("Housing Payment", *HOUSING)
    ),
    Published(
        "R", "620978.40", "0.01", "denver", "5th payment", due("Housing Payment", "Housing 5")
    ),
    Published("C", "4534911.36", "0.01", "denver", "housing in all", due("Housing Payment")),
    Published("R", "5104000.00", "0.01", "denver", "Jail Payment", due("Jail Payment")),
    Published("R", "9638911.36", "0.01", "denver", "received by Lenders", received("Lenders")),
    Published("R", "1038911.36", "0.01", "denver", "over what they put in", gain("Lenders")),
    Published(
        "C", "0.38", "0.01", "denver", "Jail Day Reduction", value("Jail Day Reduction", "Final")
    ),
    # Adie and La Cravate Solidaire: the results of the sheets are illustrative, the prices published
    Published("R", "450000", "1", "la-cravate-solidaire", "Remboursement", due("Remboursement")),
    Published("R", "15000", "1", "la-cravate-solidaire", "Prime", due("Prime")),
    Published("R", "1300000", "1", "adie", "Remboursement", due("Remboursement")),
    Published("R", "1500000", "1", "adie", "plafond État", limit(1)),
)


@cache
def contract(folder: str) -> sibdsl.Contract:
    return sibdsl.load(EXAMPLES / folder / "contract.sib")


@cache
def determination(folder: str) -> Determination:
    """What the example comes to on the sheets beside it."""
    results, claims, participants = (EXAMPLES / folder / f"{sheet}.csv" for sheet in SHEETS)
    if not claims.exists():
        return contract(folder).evaluate(results)
    return contract(folder).evaluate(results, claims=claims, participants=participants)


@pytest.mark.parametrize(
    "published", TABLE, ids=lambda one: f"{one.folder}: {one.figure} {one.where} [{one.mark}]"
)
def test_a_published_figure_is_reproduced_to_its_unit(published: Published) -> None:
    found = published.read(determination(published.folder))
    assert found is not None
    shown = round_to(found, Fraction(published.unit), RoundingMode.HALF_UP)
    assert shown == Fraction(published.figure)


def test_only_what_was_read_or_computed_is_evidence() -> None:
    assert {published.mark for published in TABLE} == {"R", "C"}
    assert {published.folder for published in TABLE} <= {path.name for path in EXAMPLES.iterdir()}


# --------------------------------------------------- published figures on rows other than the sheets'


@pytest.mark.parametrize(
    ("families", "maximum"),
    [(1680, "5600000"), (4180, "13933333"), (2630, "8766667")],
)
def test_the_maxima_of_three_authorities(families: int, maximum: str) -> None:
    """[R] families; [C] × 5/6 × 4,000: Sheffield GBP 5.6 million, Birmingham just under 14, Lancashire around 8.8."""
    found = contract("troubled-families").evaluate([("Agreed Families", "", families)])
    assert value("Contract Maximum")(found) == Fraction(maximum)


@pytest.mark.parametrize(("ready", "due_"), [(172, 498_800), (173, 500_000), (374, 500_000)])
def test_the_maximum_of_chicago_binds_above_46_per_cent(ready: int, due_: int) -> None:
    """[C] "the cap binds for any rate above 46.1 %": 172 of 374 are 46.0%, 173 are 46.3%."""
    found = contract("chicago").evaluate([("First Children Ready", "Initial", ready)])
    assert due("Initial Payment")(found) == due_


@pytest.mark.parametrize(
    ("reduction", "amount"), [("10%", 9_600_000), ("20%", 11_712_000), ("8.4%", 0)]
)
def test_the_published_rows_of_rikers(reduction: str, amount: int) -> None:
    """[R] USD 9.6 million at 10%, the ceiling of USD 11.712 million at 20%, nothing under 8.5%."""
    share = Fraction(reduction.rstrip("%")) / 100
    rows = [("Bed Days", "Final", 1000 * (1 - share)), ("Matched Bed Days", "Final", 1000)]
    found = contract("rikers").evaluate([*rows, ("Trend", "Final", 0)])
    assert due("Success Payment")(found) == amount


@pytest.mark.parametrize(
    ("folder", "person", "together", "cap"),
    [
        ("innovation-fund", "NH01", 15_100, 8_200),
        ("innovation-fund-round-two", "PR01", 20_200, 11_700),
    ],
)
def test_a_person_with_every_outcome_earns_the_cap_and_not_the_sum(
    folder: str, person: str, together: int, cap: int
) -> None:
    """[R] prices and caps per person; [C] the sums. The same claims, of one person and then of many."""
    agreed = contract(folder)
    (card,) = agreed.plan.cards
    closed = [(card.name, agreed.plan.evaluations[at].name, "complete") for at in card.evaluations]
    with (EXAMPLES / folder / "claims.csv").open(encoding="utf-8", newline="") as sheet:
        claims = [row for row in csv.DictReader(sheet) if row["participant"] == person]
    names = [tariff.outcome for tariff in card.tariffs]
    assert sorted(row["outcome"] for row in claims) == sorted(names)
    assert everything(agreed.evaluate(closed, claims=claims)) == cap

    def first_in_chain(outcome: str) -> str:
        requires = card.tariffs[names.index(outcome)].requires
        return first_in_chain(names[requires[0].outcomes[0]]) if requires else outcome

    apart = [row | {"participant": first_in_chain(row["outcome"])} for row in claims]
    assert everything(agreed.evaluate(closed, claims=apart)) == together


# ------------------------------------------------------------------------ other drafts of the same

WARNED_ONLY = frozenset({sibdsl.Severity.WARNING})


@pytest.mark.parametrize("path", DRAFTS, ids=lambda path: path.stem)
def test_a_draft_of_a_published_contract_checks_and_its_examples_hold(path: Path) -> None:
    """Six of them in other words than the examples', as different drafters would write them."""
    read = sibdsl.load(path)
    assert {finding.severity for finding in read.findings} <= WARNED_ONLY
    outcomes = example_outcomes(read)
    assert all(outcome.holds for outcome in outcomes)
    assert len(outcomes) == (0 if read.language == "fr" else 1)


def test_there_are_six_drafts() -> None:
    assert len(DRAFTS) == 6
