"""Each kind of change, by a small amendment to a small contract: what it is called, and for whom."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from attrs import frozen

import sibdsl
from sibdsl.checks.bounds.trends import Trend
from sibdsl.documents.comparison_text import comparison_text
from sibdsl.documents.wording import Wording
from sibdsl.review import changes
from sibdsl.review.change import Audience, Change, Impact
from sibdsl.review.changes import What
from sibdsl.review.comparison import Meaning
from sibdsl.review.intervals import simplest
from tests.amendments import amended, compared

TEXT = """sibdsl 1 en

contract "Small"
reference "S-1"
currency EUR
term from 2020-01-01 to 2026-12-31

party City is outcome payer, "The city"
party Region is outcome payer
party Fund is investor
party Charity is service provider
party Auditor is evaluator
party Second Auditor is evaluator

group Payers is City 50%, Region 50%
group Notes is Fund up to EUR 500, then Charity

funding Fund provides EUR 1,000 to Charity on 2020-02-01

evaluation Final on 2025-06-30
evaluations Year yearly from 2021-06-30 to 2023-06-30

measure People is a count at each Year, reported by Auditor, higher is better "In work"
measure Share is a percentage at Final, reported by Auditor, rounded half up to 1%
measure Control is a percentage at Final, reported by Auditor
measure Stopped is yes or no, decided by City, presumed no

Price means EUR 40
Gap means Share - Control

table Bonus by Share, in steps
  from 50%: EUR 100
  from 70%: EUR 300
  otherwise: EUR 0

condition Success: Gap is at least 3 points
condition Range: Share is between 40% and 90%

rate card Tariff at each Year
  outcome Start: EUR 100, once
  outcome Job: EUR 500, up to 2 times, requires Start
  at most EUR 1,000 per participant

payment Fee at each Year
  the Payers pay Price * People to Charity
  due 30 days after evaluation

payment Card Payment at each Year
  the City pays Tariff to Charity
  due 40 days after evaluation

payment Premium
  the City pays Bonus at Final to the Fund
  when Success at Final and Range at Final
  unless Stopped
  due 2025-09-30

payment Interest
  the City pays interest on EUR 1,000 at a rate of 2% per year, actual/365, from 2020-02-01 to 2025-06-30
    to the Fund
  due 2025-09-30

payment Claw-Back
  the Fund pays the greater of (EUR 50 - Bonus at Final; EUR 0) to the City
  due 2025-10-31

cap paid by City: EUR 20,000
cap Fee: EUR 5,000 per evaluation
cap return of Fund: 8% per year

rounding half up to EUR 0.01

example "ten people"
  given People at Year 1 is 10
  expect Fee at Year 1 is EUR 400
"""


@frozen
class Case:
    """An amendment, and the one change that is found."""

    replaced: tuple[tuple[str, str], ...]
    what: type[What]
    holds: Callable[[Change], bool]


def case(old: str, new: str, what: type[What], holds: Callable[[Change], bool]) -> Case:
    return Case(((old, new),), what, holds)


def has(**wanted: object) -> Callable[[Change], bool]:
    """Whether the change has these values; what is written counts by its words."""

    def holds(change: Change) -> bool:
        for name, value in wanted.items():
            found = getattr(change.what, name)
            assert getattr(found, "words", found) == value, (name, found)
        return True

    return holds


def bears(payment: str, trend: Trend) -> Callable[[Change], bool]:
    return lambda change: (
        [(each.payment, each.trend) for each in change.bears_on] == [(payment, trend)]
    )


def is_for(**impacts: Impact) -> Callable[[Change], bool]:
    return lambda change: all(
        change.impacts.on(Audience(name)) is impact for name, impact in impacts.items()
    )


UP, DOWN, UNSURE = Trend.RISES, Trend.FALLS, Trend.UNSURE
BETTER, WORSE, EITHER, NONE = Impact.BETTER, Impact.WORSE, Impact.EITHER, Impact.NONE
CASES = [
    # Thresholds
    case("at least 3 points", "at least 4 points", changes.ThresholdChanged, has(trend=DOWN)),
    case("at least 3 points", "at least 2 points", changes.ThresholdChanged, has(trend=UP)),
    case("at least 3 points", "more than 3 points", changes.ThresholdChanged, has(trend=DOWN)),
    case("at least 3 points", "at most 3 points", changes.ThresholdChanged, has(trend=UNSURE)),
    case("between 40% and 90%", "between 30% and 90%", changes.ThresholdChanged, has(trend=UP)),
    case("between 40% and 90%", "between 30% and 80%", changes.ThresholdChanged, has(trend=UNSURE)),
    case("at least 3 points", "at least 4 points", changes.ThresholdChanged, bears("Premium", DOWN)),
    case(
        "at least 3 points",
        "at least 4 points",
        changes.ThresholdChanged,
        is_for(payer=BETTER, investor=WORSE, provider=NONE),
    ),
    # Tests and conditions of payment
    case(
        "Success: Gap is at least 3 points",
        "Success: Gap is at least 3 points and Share is more than 0%",
        changes.TestChanged,
        has(old=None, new="Share is more than 0%", trend=DOWN),
    ),
    case(
        "Success: Gap is at least 3 points",
        "Success: Gap is at least 3 points or Share is more than 95%",
        changes.TestChanged,
        has(old=None, trend=UP),
    ),
    case(
        "Success: Gap is at least 3 points",
        "Success: not Range",
        changes.TestChanged,
        has(new="not Range", trend=UNSURE),
    ),
    case("  unless Stopped\n", "", changes.PaymentConditionChanged, has(new=None, trend=UP)),
    case(
        "to Charity\n  due 30 days",
        "to Charity\n  when People is at least 5\n  due 30 days",
        changes.PaymentConditionChanged,
        has(old=None, clause=changes.Clause.WHEN, trend=DOWN),
    ),
    case(
        "when Success at Final and Range at Final",
        "when Success at Final",
        changes.PaymentConditionChanged,
        has(old="Range at Final", new=None, trend=UP),
    ),
    # Amounts and formulas
    case("Price means EUR 40", "Price means EUR 45", changes.FormulaChanged, bears("Fee", UP)),
    case("Price * People", "2 * Price * People", changes.AmountChanged, is_for(payer=WORSE)),
    case("rate of 2%", "rate of 1.5%", changes.AmountChanged, has(is_rate=True, trend=DOWN)),
    case("interest on EUR 1,000", "interest on EUR 900", changes.AmountChanged, has(trend=DOWN)),
    case("EUR 50 - Bonus", "EUR 60 - Bonus", changes.AmountChanged, is_for(payer=BETTER, investor=WORSE)),
    case("Gap means Share - Control", "Gap means Control - Share", changes.FormulaChanged, has(trend=UNSURE)),
    # Tables
    case("from 70%: EUR 300", "from 75%: EUR 300", changes.BandEdgeChanged, has(trend=DOWN)),
    case("from 70%: EUR 300", "above 70%: EUR 300", changes.BandEdgeChanged, has(trend=DOWN)),
    case("from 70%: EUR 300", "from 70%: EUR 350", changes.RowValueChanged, has(trend=UP)),
    case("otherwise: EUR 0", "otherwise: EUR 10", changes.RowValueChanged, has(edge=None, trend=UP)),
    case("  from 70%: EUR 300\n", "", changes.RowRemoved, has(value="EUR 300")),
    case("  from 70%: EUR 300\n", "  from 70%: EUR 300\n  from 80%: EUR 400\n", changes.RowAdded, has(value="EUR 400")),
    case(", in steps", ", interpolated", changes.TableReadingChanged, has(new="interpolated")),
    case("Bonus by Share", "Bonus by Control", changes.TableReadingChanged, has(old="Share", new="Control")),
    # Payments
    case("due 30 days", "due 45 days", changes.DueDateChanged, has(days=15)),
    case("due 30 days", "due 45 days", changes.DueDateChanged, is_for(payer=BETTER, provider=WORSE)),
    case("due 2025-10-31", "due 2025-10-01", changes.DueDateChanged, has(days=-30)),
    case("due 30 days after evaluation", "due 1 month after evaluation", changes.DueDateChanged, has(days=None)),
    case("the City pays Tariff", "the Region pays Tariff", changes.SideChanged, has(side=changes.Side.PAYER, new="Region")),
    case(
        "Price * People to Charity",
        "Price * People to Fund",
        changes.SideChanged,
        is_for(payer=NONE, investor=BETTER, provider=WORSE),
    ),
    # Caps
    case("cap paid by City: EUR 20,000", "cap paid by City: EUR 19,000", changes.CapLimitChanged, has(trend=DOWN)),
    case("cap paid by City: EUR 20,000", "cap paid by City: EUR 21,000", changes.CapLimitChanged, is_for(payer=WORSE)),
    case("per evaluation", "per calendar year", changes.CapPeriodChanged, has(new="per calendar year")),
    case("Fund: 8% per year", "Fund: 9% per year", changes.CapLimitChanged, is_for(investor=BETTER)),
    case("cap paid by City: EUR 20,000\n", "", changes.Removed, is_for(payer=WORSE)),
    case("cap paid by City: EUR 20,000\n", "cap paid by City: EUR 20,000\ncap Premium: EUR 900\n", changes.Added, bears("Premium", DOWN)),
    # Measures, evaluations, parties, money
    case("a count at each Year", "a number at each Year", changes.MeasureChanged, bears("Fee", UNSURE)),
    case("rounded half up to 1%", "rounded down to 1%", changes.MeasureChanged, has(aspect=changes.MeasureAspect.ROUNDING)),
    case(
        "each Year, reported by Auditor",
        "each Year, reported by Second Auditor",
        changes.MeasureChanged,
        has(aspect=changes.MeasureAspect.REPORTER),
    ),
    case(", higher is better", "", changes.MeasureChanged, has(aspect=changes.MeasureAspect.DIRECTION, new="")),
    case("presumed no", "presumed yes", changes.MeasureChanged, has(aspect=changes.MeasureAspect.PRESUMED)),
    case('"In work"', '"In paid work"', changes.WordingChanged, is_for(payer=NONE)),
    case("Final on 2025-06-30", "Final on 2025-07-31", changes.EvaluationMoved, is_for(payer=EITHER)),
    case("Year yearly from 2021-06-30", "Year yearly from 2021-05-31", changes.SeriesChanged, lambda _: True),
    case("party Region is outcome payer", "party Region is guarantor", changes.RolesChanged, has(new="guarantor")),
    case('"The city"', '"The City Council"', changes.WordingChanged, has(new="The City Council")),
    case("City 50%, Region 50%", "City 40%, Region 60%", changes.GroupChanged, bears("Fee", UNSURE)),
    case("provides EUR 1,000", "provides EUR 1,100", changes.FundingChanged, lambda _: True),
    case("rounding half up to EUR 0.01", "rounding down to EUR 0.01", changes.SettingChanged, is_for(payer=EITHER)),
    case(" per evaluation", "", changes.CapPeriodChanged, bears("Fee", DOWN)),
    case("term from 2020-01-01", "term from 2019-12-31", changes.SettingChanged, is_for(payer=NONE)),
    case('"S-1"', '"S-2"', changes.WordingChanged, has(aspect=changes.WordingAspect.REFERENCE)),
    # Rate cards
    case("Start: EUR 100", "Start: EUR 120", changes.OutcomeChanged, is_for(payer=WORSE, provider=BETTER)),
    case("up to 2 times", "up to 3 times", changes.OutcomeChanged, has(aspect=changes.OutcomeAspect.LIMIT)),
    case(", requires Start", "", changes.OutcomeChanged, has(aspect=changes.OutcomeAspect.REQUIREMENT, trend=UP)),
    case("at most EUR 1,000", "at most EUR 800", changes.ParticipantCapChanged, has(trend=DOWN)),
    case("  at most EUR 1,000 per participant\n", "", changes.ParticipantCapChanged, has(new=None, trend=UP)),
    # Words
    case('example "ten people"', 'example "ten of them"', changes.ExampleChanged, has(lines=False)),
    case("is 10\n", "is 10 # at the end of June\n", changes.CommentChanged, has(old=None)),
]  # fmt: skip


def name(number: int, case: Case) -> str:
    (old, new), *_ = case.replaced
    return f"{number} {old.strip()}->{new.strip()}"


@pytest.mark.parametrize("case", CASES, ids=[name(*each) for each in enumerate(CASES)])
def test_a_change_is_called_what_it_is(case: Case) -> None:
    (change,) = compared(TEXT, amended(TEXT, *case.replaced)).changes
    assert type(change.what) is case.what
    assert case.holds(change)


def test_the_contract_of_these_tests_is_sound() -> None:
    contract = sibdsl.parse(TEXT)
    assert [
        each.message for each in contract.findings if each.severity is sibdsl.Severity.ERROR
    ] == []


def test_places_are_those_of_each_version() -> None:
    new = amended(
        TEXT, ("party Region", "\nparty Region"), ("at least 3 points", "at least 4 points")
    )
    (change,) = compared(TEXT, new).changes
    assert change.old is not None
    assert change.new is not None
    assert TEXT[slice(*change.old.span)] == "Gap is at least 3 points"
    assert new[slice(*change.new.span)] == "Gap is at least 4 points"
    assert change.new.start.line == change.old.start.line + 1


# ----------------------------------------------------------------------------------------- renames


@pytest.mark.parametrize(
    ("old", "new", "meaning"),
    [
        ("Price", "Unit Price", Meaning.SAME),
        ("Success", "Good Result", Meaning.SAME),
        ("Bonus", "Reward", Meaning.SAME),
        ("People", "Persons", Meaning.SAME_BUT_NAMES),
        ("Fund", "Bank", Meaning.SAME_BUT_NAMES),
        ("Year", "Annual", Meaning.SAME_BUT_NAMES),
        ("Premium", "Success Fee", Meaning.SAME_BUT_NAMES),
        ("Tariff", "Price List", Meaning.SAME_BUT_NAMES),
        ("Job", "Employment", Meaning.SAME_BUT_NAMES),
        ("Payers", "Commissioners", Meaning.SAME_BUT_NAMES),
    ],
)
def test_a_renamed_term_is_one_change(old: str, new: str, meaning: Meaning) -> None:
    comparison = compared(TEXT, amended(TEXT, (old, new)), effects=True)
    assert comparison.meaning is meaning
    assert comparison.renames == ((old, new),)
    assert [each.what for each in comparison.changes] == [changes.Renamed(old, new)]
    assert comparison.effects is None


def test_names_that_change_places_are_no_renaming() -> None:
    swapped = amended(TEXT, ("Share", "\0"), ("Control", "Share"), ("\0", "Control"))
    comparison = compared(TEXT, swapped)
    assert comparison.meaning is Meaning.DIFFERENT
    assert comparison.renames == ()


def test_a_term_may_be_renamed_and_changed() -> None:
    new = amended(TEXT, ("Price", "Unit Price"), ("EUR 40\n", "EUR 45\n"))
    comparison = compared(TEXT, new)
    kinds = [type(each.what) for each in comparison.changes]
    assert kinds == [changes.Renamed, changes.FormulaChanged]


def test_two_terms_renamed_together_are_two_changes() -> None:
    new = amended(TEXT, ("Gap", "Distance"), ("Success", "Good Result"), ("Fund", "Bank"))
    assert dict(compared(TEXT, new).renames) == {
        "Gap": "Distance",
        "Success": "Good Result",
        "Fund": "Bank",
    }


# ------------------------------------------------------------------------------- order and meaning


def test_payments_of_one_day_in_another_order_are_told() -> None:
    premium = TEXT[TEXT.index("payment Premium") : TEXT.index("payment Interest")]
    new = amended(TEXT, (premium, ""), ("payment Claw-Back", f"{premium}payment Claw-Back"))
    (change,) = compared(TEXT, new).changes
    assert isinstance(change.what, changes.RankChanged)
    assert (change.what.old, change.what.new) == (("Premium", "Interest"), ("Interest", "Premium"))


def test_a_formula_with_its_parts_the_other_way_pays_the_same() -> None:
    comparison = compared(TEXT, amended(TEXT, ("Price * People", "People * Price")), effects=True)
    assert comparison.meaning is Meaning.DIFFERENT
    assert [type(each.what) for each in comparison.changes] == [changes.AmountChanged]
    assert comparison.effects is not None
    assert comparison.effects.is_empty
    assert comparison.effects.tried > 0


def test_a_term_that_nothing_rests_on_may_come_and_go() -> None:
    comparison = compared(TEXT, TEXT + "\nUnused means EUR 3\n")
    assert comparison.meaning is Meaning.SAME
    assert [type(each.what) for each in comparison.changes] == [changes.Added]


def test_a_measure_of_one_version_alone_has_its_presumed_value_there() -> None:
    new = amended(
        TEXT,
        (
            "measure Stopped",
            "measure Held is yes or no, decided by Region, presumed no\nmeasure Stopped",
        ),
        ("unless Stopped", "unless Stopped or Held"),
    )
    comparison = compared(TEXT, new, effects=True)
    assert comparison.effects is not None
    (most,) = [each for each in comparison.effects.largest if each.name == "Premium"]
    assert most.amount == -300
    assert ("Held", True) in [
        (each.measure, each.value.value) for each in most.case.results if each.value is not None
    ]


# ------------------------------------------------------------------------------------ fingerprints


def test_a_fingerprint_survives_a_rebase_and_tells_values_apart() -> None:
    def fingerprint(text: str) -> str:
        changed = amended(text, ("at least 3 points", "at least 4 points"))
        (change,) = compared(text, changed).changes
        return change.fingerprint

    rebased = amended(TEXT, ("Price means EUR 40", "# by person\nPrice   means EUR 40"))
    (other,) = compared(TEXT, amended(TEXT, ("at least 3 points", "at least 5 points"))).changes
    assert fingerprint(TEXT) == fingerprint(rebased)
    assert fingerprint(TEXT) != other.fingerprint


def test_the_same_change_twice_has_two_fingerprints() -> None:
    new = amended(TEXT, ("EUR 50 - Bonus at Final", "EUR 50 - Bonus at Final - EUR 1 - EUR 1"))
    comparison = compared(TEXT, new)
    prints = [each.fingerprint for each in comparison.changes]
    assert len(set(prints)) == len(prints)


# --------------------------------------------------------------------------------------- effects


def largest(old: str, new: str) -> dict[tuple[str, bool], Fraction]:
    comparison = compared(old, new, effects=True)
    assert comparison.effects is not None
    return {(each.name, each.amount > 0): each.amount for each in comparison.effects.largest}


def test_shares_of_a_group_move_money_between_its_members() -> None:
    found = largest(TEXT, amended(TEXT, ("City 50%, Region 50%", "City 40%, Region 60%")))
    assert found["City", True] == -found["Region", False]
    assert ("Charity", True) not in found


def test_claims_are_tried_where_a_rate_card_changed() -> None:
    found = largest(TEXT, amended(TEXT, ("outcome Start: EUR 100", "outcome Start: EUR 130")))
    assert found["Card Payment", True] == 30


def test_a_result_given_is_determined_by_both() -> None:
    old, new = (sibdsl.parse(each) for each in (TEXT, amended(TEXT, ("EUR 40\n", "EUR 45\n"))))
    rows = [{"measure": "People", "evaluation": "Year 1", "value": 20}]
    comparison = sibdsl.diff(old, new, results=rows)
    assert comparison.effects is not None
    reported = comparison.effects.reported
    assert reported is not None
    (pair,) = (each for each in reported.payments if each.differs)
    assert (pair.name, pair.evaluation) == ("Fee", "Year 1")
    assert (pair.old, pair.new) == (Fraction(800), Fraction(900))


def test_results_may_be_in_the_names_of_the_old_version() -> None:
    old = sibdsl.parse(TEXT)
    new = sibdsl.parse(amended(TEXT, ("People", "Persons"), ("EUR 40\n", "EUR 45\n")))
    rows = [{"measure": "People", "evaluation": "Year 1", "value": 20}]
    comparison = sibdsl.diff(old, new, results=rows)
    assert comparison.effects is not None
    assert comparison.effects.reported is not None
    assert comparison.effects.reported.differs


def test_results_that_fit_neither_version_are_refused() -> None:
    contract = sibdsl.parse(TEXT)
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.diff(contract, contract, results=[{"measure": "Nobody", "value": 1}])
    assert [each.code for each in refused.value.findings] == ["SIB610"]


def test_a_contract_that_cannot_be_run_is_refused() -> None:
    with pytest.raises(sibdsl.ContractError):
        sibdsl.diff(sibdsl.parse(TEXT), sibdsl.parse("sibdsl 1 en\n"))


def test_plans_are_compared_by_what_they_pay() -> None:
    old, new = (sibdsl.parse(each) for each in (TEXT, amended(TEXT, ("EUR 40\n", "EUR 45\n"))))
    comparison = sibdsl.diff(sibdsl.from_json(old.to_json()), new)
    assert not comparison.has_texts
    assert comparison.changes == ()
    assert comparison.effects is not None
    assert not comparison.effects.is_empty


# --------------------------------------------------------------------------------------- intervals


@pytest.mark.parametrize(
    ("low", "high", "simple"),
    [
        ("0.3333333333", "0.3333333334", "1/3"),
        ("2.9999999999", "3", "3"),
        ("0.0299999999", "0.0300000001", "3/100"),
        ("-0.5000000001", "-0.4999999999", "-1/2"),
    ],
)
def test_the_simplest_fraction_between_two_is_found(low: str, high: str, simple: str) -> None:
    assert simplest(Fraction(low), Fraction(high)) == Fraction(simple)


def interval(old: str, new: str, payment: str) -> tuple[object, ...]:
    comparison = compared(old, new, effects=True)
    assert comparison.effects is not None
    (found,) = (each.interval for each in comparison.effects.largest if each.name == payment)
    assert found is not None
    return (found.measure, found.low, found.low_included, found.high, found.high_included)


SIMPLE = """sibdsl 1 en
contract "Simple"
currency EUR
term from 2020-01-01 to 2026-12-31
party City is outcome payer
party Fund is investor
party Auditor is evaluator
evaluation Final on 2025-06-30
measure People is a count, reported by Auditor
measure Rate is a percentage, reported by Auditor
table Bonus by Rate, in steps
  from 10%: EUR 100
  from 20%: EUR 200
  otherwise: EUR 0
payment Fee
  City pays EUR 7 * People + Bonus to Fund
  when People is at least 900
  due 30 days after Final
cap Fee: EUR 9,000
"""


def test_a_threshold_of_people_reaches_from_one_to_the_other() -> None:
    new = amended(SIMPLE, ("is at least 900", "is at least 920"))
    assert interval(SIMPLE, new, "Fee") == ("People", 900, True, 919, True)


def test_a_row_that_moves_reaches_from_one_edge_to_the_other() -> None:
    new = amended(SIMPLE, ("from 10%", "from 12.5%"), ("at least 900", "at least 9"))
    old = amended(SIMPLE, ("at least 900", "at least 9"))
    ends = Fraction(1, 10), True, Fraction(1, 8), False
    assert interval(old, new, "Fee") == ("Rate", *ends)


# --------------------------------------------------------------------------------- what is told of it


def said(old: str, new: str, **given: object) -> str:
    """What a comparison does to payments, in words, each space an ordinary one."""
    contract = sibdsl.parse(new, "new.sib")
    comparison = sibdsl.diff(sibdsl.parse(old, "old.sib"), contract, **given)  # type: ignore[arg-type]
    text = comparison_text(
        comparison, Wording(contract.plan_if_any or contract.plan, contract.source)
    )
    return " ".join(text.split())


SHARED = """sibdsl 1 en
contract "Shared"
currency EUR
term from 2020-01-01 to 2026-12-31
party City is outcome payer
party Fund is investor
party Auditor is evaluator
evaluations Year yearly from 2021-06-30 to 2026-06-30
measure People is a count at each Year, reported by Auditor
payment Fee at each Year
  City pays EUR 10 * People to Fund
  due 30 days after evaluation
payment Bonus
  City pays EUR 300 * People at Year 6 to Fund
  due 2026-12-31
cap City: EUR 5,000
example "first year"
  given People at Year 1 is 10
  expect Fee at Year 1 is EUR 100
"""


def test_on_results_given_every_payment_is_told_with_the_net_of_each_party() -> None:
    new = amended(SHARED, ("EUR 10 *", "EUR 12 *"))
    rows = [
        {"measure": "People", "evaluation": f"Year {year}", "value": 20 * year}
        for year in range(1, 7)
    ]
    text = (
        said(SHARED, new, results=rows).partition("On the results given, ")[2].partition("Where")[0]
    )
    assert text.count(" instead of ") == 7
    assert "more differ" not in text
    assert text.startswith("Fee at Year 1 is EUR 240.00 instead of EUR 200.00, ")
    assert "In all, City is" not in text  # the cap leaves the same to pay


def test_of_many_payments_that_differ_the_largest_come_first() -> None:
    given = "".join(f"  given People at Year {year} is {10 + year}\n" for year in range(2, 7))
    old = amended(SHARED, ("cap City: EUR 5,000\n", ""), ("  expect", f"{given}  expect"))
    text = said(old, amended(old, ("EUR 10 *", "EUR 12 *"), ("EUR 300 *", "EUR 200 *")))
    found = text.partition("Worked example “first year”: ")[2].partition(" Where")[0]
    assert found.startswith("Bonus is EUR 3,200.00 instead of EUR 4,800.00, Fee at Year 6 is ")
    assert found.endswith("and more differ: 3.")


def test_the_usual_values_are_not_called_those_of_a_worked_example() -> None:
    new = amended(SHARED, ("EUR 300 * People at Year 6", "EUR 4 * total of People"))
    new = amended(new, ("2021-06-30", "2020-06-30"), ("cap City: EUR 5,000\n", ""))
    found = said(new, amended(new, ("EUR 4 *", "EUR 3 *"))).partition("Where ")[2]
    where = found.partition(", the new version")[0]
    assert "results are as in the worked example" not in where
    assert "People" in where


def test_the_results_that_use_up_a_cap_are_told() -> None:
    new = amended(SHARED, ("cap City: EUR 5,000", "cap City: EUR 4,000"))
    comparison = compared(SHARED, new, effects=True)
    assert comparison.effects is not None
    (bonus,) = (each for each in comparison.effects.largest if each.name == "Bonus")
    told = {each.evaluation for each in bonus.case.telling}
    assert told == {f"Year {year}" for year in range(1, 7)}


def test_a_payment_that_falls_due_later_is_told_where_no_amount_differs() -> None:
    text = said(SHARED, amended(SHARED, ("due 30 days", "due 60 days")))
    assert "Fee at Year 1 to Year 6 falls due 30 days later." in text
    assert "No amount differs on " in text
    assert "No payment differs" not in text


def test_what_comes_and_goes_is_told_with_its_substance() -> None:
    capped = "cap Bonus: EUR 900 per calendar year\n"
    assert "Cap ‘Bonus’: added: EUR 900 per calendar year (line" in said(SHARED, SHARED + capped)
    gone = "payment Bonus\n  City pays EUR 300 * People at Year 6 to Fund\n  due 2026-12-31\n"
    words = "removed: City pays EUR 300 * People at Year 6 to Fund due 2026-12-31"
    text = said(SHARED, amended(SHARED, (gone, "")))
    assert words in text
    assert "is no longer in the contract" in text
    assert "instead of not" not in text


def test_another_full_name_may_be_another_party() -> None:
    old, new = (
        amended(SHARED, ("is investor", f'is investor, "{name}"')) for name in ("A Ltd", "B Ltd")
    )
    text = said(old, new)
    assert text.startswith("The same payments, whatever the results; see what changed")
    assert "full name: “B Ltd” instead of “A Ltd”; perhaps another party" in text


def test_fewer_of_a_list_are_easier() -> None:
    listed = (
        "when at least 2 of (People at Year 1 is 1; People at Year 2 is 1; People at Year 3 is 1)"
    )
    old = amended(SHARED, ("  due 2026", f"  {listed}\n  due 2026"))
    (change,) = compared(old, amended(old, ("at least 2 of", "at least 1 of"))).changes
    assert isinstance(change.what, changes.PaymentConditionChanged)
    assert change.what.trend is UP


def test_a_cap_made_yearly_is_looser_and_back_tighter() -> None:
    yearly = amended(SHARED, ("EUR 5,000", "EUR 5,000 per calendar year"))
    assert "; looser (line" in said(SHARED, yearly)
    assert "; tighter (line" in said(yearly, SHARED)


def test_funding_that_no_clause_counts_bears_on_nothing() -> None:
    old = amended(
        SHARED, ("evaluations", "funding Fund provides EUR 9 to City on 2020-02-01\nevaluations")
    )
    (change,) = compared(old, amended(old, ("EUR 9 ", "EUR 8 "))).changes
    assert change.bears_on == ()


@pytest.mark.parametrize(
    ("old", "new", "trend"),
    [("half up", "down", DOWN), ("half even", "up", UP), ("up", "half up", DOWN)],
)
def test_rounding_down_never_pays_more(old: str, new: str, trend: Trend) -> None:
    one, other = (f"{SHARED}rounding {mode} to EUR 1\n" for mode in (old, new))
    (change,) = compared(one, other).changes
    assert {each.trend for each in change.bears_on} == {trend}
