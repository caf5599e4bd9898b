"""Every name is declared once, and every use of one is of something that may stand there."""

from datetime import date

import pytest

from sibdsl.checks.checked import Occasion, Series
from sibdsl.checks.names.declare import declare
from sibdsl.checks.names.evaluations import stem
from sibdsl.source import Source
from sibdsl.syntax.nearest import edits, nearest_name
from sibdsl.syntax.nodes import Measure, Party
from sibdsl.syntax.parse import parse
from tests.checking import checks

# Evaluations and series


def test_single_evaluations_that_differ_in_their_last_number_form_a_series() -> None:
    names = checks().names
    assert [one.name for one in names.series["Cohort"].occasions] == ["Cohort 1", "Cohort 2"]
    assert [one.number for one in names.series["Cohort"].occasions] == [1, 2]
    assert isinstance(names.declared["Cohort"], Series)
    assert isinstance(names.declared["Cohort 1"], Occasion)


def test_any_other_evaluation_is_a_series_of_one_under_its_own_name() -> None:
    names = checks("evaluation Review 1 on 2023-01-01").names
    assert [one.name for one in names.series["Final"].occasions] == ["Final"]
    assert isinstance(names.declared["Final"], Occasion)
    assert [one.name for one in names.series["Review 1"].occasions] == ["Review 1"]
    assert "Review" not in names.series


def test_the_last_number_may_stand_inside_the_name() -> None:
    names = checks(
        "evaluation Round 1 Review on 2023-01-01", "evaluation Round 2 Review on 2024-01-01"
    ).names
    assert [one.name for one in names.series["Round Review"].occasions] == [
        "Round 1 Review",
        "Round 2 Review",
    ]


def test_a_series_statement_makes_numbered_evaluations() -> None:
    names = checks("evaluations Year yearly from 2021-06-30 to 2023-06-30").names
    assert {name: names.occasions[name].on for name in ("Year 1", "Year 3")} == {
        "Year 1": date(2021, 6, 30),
        "Year 3": date(2023, 6, 30),
    }
    assert isinstance(names.declared["Year 2"], Occasion)
    assert isinstance(names.declared["Year"], Series)


def test_the_evaluations_of_a_series_stand_in_the_order_of_their_dates() -> None:
    names = checks("evaluation Cohort 3 on 2020-06-30").names
    assert [one.name for one in names.series["Cohort"].occasions] == [
        "Cohort 3",
        "Cohort 1",
        "Cohort 2",
    ]


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("Cohort 1", "Cohort"),
        ("Final", None),
        ("Year 2 Review 1", "Year 2 Review"),
        ("Round 1 Review", "Round Review"),
        ("B2 Level", None),
    ],
)
def test_the_stem_of_a_name_is_what_is_left_without_its_last_number(
    name: str, shared: str | None
) -> None:
    assert stem(name) == shared


def test_two_evaluations_of_a_series_never_share_a_date() -> None:
    found = checks("evaluation Cohort 3 on 2022-01-01")
    assert found.told == ["SIB204 Cohort 3"]
    assert found.said == ["‘Cohort 3’ and ‘Cohort 2’ of the series ‘Cohort’ are both on 2022-01-01"]


def test_evaluations_of_two_series_may_share_a_date() -> None:
    assert checks("evaluation Closing on 2025-01-01").told == []


def test_a_lone_evaluation_named_like_one_of_a_series_statement_is_refused() -> None:
    found = checks(
        "evaluations Year yearly from 2021-06-30 to 2023-06-30", "evaluation Year 4 on 2024-06-30"
    )
    assert found.told == ["SIB205 Year 4"]


def test_a_series_without_an_evaluation_is_refused_and_its_name_still_known() -> None:
    found = checks(
        "evaluations Year yearly from 2024-06-30 to 2021-06-30",
        "measure Hours is a number at each Year",
    )
    assert found.told == ["SIB207 Year"]


# Declared once


def test_a_name_declared_twice_is_shown_at_both_places() -> None:
    found = checks("City means 3")
    assert found.told == ["SIB201 City"]
    (other,) = found.findings[0].others
    assert other.span is not None
    assert found.text[: other.span.start].endswith("party ")


def test_of_a_name_declared_twice_the_first_counts() -> None:
    found = checks("City means 3", "Rate means 4")
    assert isinstance(found.names.declared["City"], Party)
    assert isinstance(found.names.declared["Rate"], Measure)


def test_uses_of_a_name_declared_twice_are_not_reported_again() -> None:
    assert checks("City means 3", "X means City + 1").told == ["SIB201 City"]


@pytest.mark.parametrize("taken", ["measure Cohort is a count", "Cohort means 3"])
def test_a_series_does_not_take_the_name_of_something_else(taken: str) -> None:
    assert checks(taken).told == ["SIB206 Cohort"]


def test_an_evaluation_made_by_a_series_does_not_take_a_name() -> None:
    found = checks("evaluations Year yearly from 2021-06-30 to 2023-06-30", "Year 2 means 3")
    assert found.told == ["SIB206 Year 2"]


def test_two_series_of_one_name_are_one_mistake() -> None:
    assert checks("evaluations Cohort yearly from 2023-01-01 to 2024-01-01").told == [
        "SIB206 Cohort"
    ]


# Uses


def test_a_name_that_is_not_declared_is_reported_once_with_every_place() -> None:
    found = checks("X means Ratte + Ratte", "Y means Ratte")
    assert found.told == ["SIB202 Ratte"]
    assert len(found.findings[0].others) == 2
    assert found.cures == ["did you mean ‘Rate’?"]


def test_only_names_of_a_suitable_sort_are_suggested() -> None:
    found = checks("cap Fundd: GBP 1", "X means total of Fundd")
    assert found.told == ["SIB202 Fundd"]
    assert found.cures == ["did you mean ‘Fund’?"]
    assert checks("X means Fundd * 2").cures == [
        "declare ‘Fundd’, or write the name as it was declared"
    ]


def test_an_unknown_evaluation_of_a_known_series_is_told_the_evaluations_there_are() -> None:
    found = checks("X means Rate at Cohort 3")
    assert found.told == ["SIB202 Cohort 3"]
    assert found.cures == ["the evaluations of ‘Cohort’ are ‘Cohort 1’ to ‘Cohort 2’"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("X means City + 1", "SIB203 City"),
        ("X means Final + 60 days", "SIB203 Final"),
        ("X means Rate at City", "SIB203 City"),
        ("X means Rate at Cohort", "SIB203 Cohort"),
        ("X means Rate for 3", "SIB203 Rate"),
        ("X means gross amount of Rate at Cohort 1", "SIB203 Rate"),
        ("X means paid to Rate to date", "SIB203 Rate"),
        ("cap Rate: GBP 1", "SIB203 Rate"),
        ("cap paid by Rate: GBP 1", "SIB203 Rate"),
        ("cap return of Rate: 3% per year", "SIB203 Rate"),
        ("group Others is Rate 100%", "SIB203 Rate"),
        ("group Others is Both 100%", "SIB203 Both"),
        ("measure Hours is a number, reported by Both", "SIB203 Both"),
        ("measure Hours is a number at each City", "SIB203 City"),
        ("table T by City, in steps from 1: 2 otherwise: 0", "SIB203 City"),
        ("funding the Rate provides GBP 1 to the City on 2020-02-02", "SIB203 Rate"),
        ('example "e" given City is 3 expect Baseline is 1%', "SIB203 City"),
        ('example "e" given Cohort is cancelled expect Baseline is 1%', "SIB203 Cohort"),
        ("payment P the City pays GBP 1 to Rate due 2025-01-01", "SIB203 Rate"),
        ("payment P ranks after Rate the City pays GBP 1 to Fund due 2025-01-01", "SIB203 Rate"),
        ("payment P the City pays GBP 1 to Fund due 30 days after City", "SIB203 City"),
    ],
)
def test_a_name_must_be_of_the_sort_that_stands_there(line: str, told: str) -> None:
    assert checks(line).told == [told]


def test_an_evaluation_used_as_a_value_is_offered_its_date() -> None:
    assert checks("X means Final + 60 days").cures == ["to speak of its date, write 2025-01-01"]


def test_a_name_that_an_unreadable_statement_would_declare_is_not_reported() -> None:
    text = "sibdsl 1 en\ncurrency GBP\nmeasure Rate is percentage\nX means Rate + 1\n"
    parsed = parse(Source("test.sib", text))
    assert parsed.contract is not None
    assert [name.text for name in parsed.contract.broken] == ["Rate"]
    assert declare(parsed.contract)[1] == ()


def test_the_total_paid_belongs_in_worked_examples() -> None:
    found = checks("X means total paid to Fund", 'example "e" expect total paid to Fund is GBP 0')
    assert found.told == ["SIB210 total paid to Fund"]
    assert found.cures == ["write ‘paid to Fund to date’"]


# Outcomes

CARD = """rate card Tariff at each Cohort
  outcome "First job": GBP 100, once
  outcome "Job kept": GBP 50, once, requires "{required}"
"""


def test_an_outcome_may_be_required_counted_and_claimed() -> None:
    example = 'example "e" given participant "A" claims "First job" on 2021-01-01'
    expected = 'expect accepted "First job" at Cohort 1 is 1'
    assert checks(CARD.format(required="First job"), example, expected).told == []


def test_an_outcome_that_stands_on_no_card_is_reported_with_the_nearest() -> None:
    found = checks(CARD.format(required="First jobs"), 'X means accepted "Job lost" at Cohort 1')
    assert found.told == ['SIB208 "First jobs"', 'SIB208 "Job lost"']
    assert found.cures == [
        "did you mean “First job”?",
        "write the outcome as it stands on the rate card, for example “First job”",
    ]


def test_an_outcome_required_from_another_card_is_unknown_there() -> None:
    other = 'rate card Bonus at each Cohort\n  outcome "Extra": GBP 1, once, requires "First job"'
    assert checks(CARD.format(required="First job"), other).told == ['SIB208 "First job"']


def test_an_outcome_stands_on_one_card_only() -> None:
    other = 'rate card Bonus at each Cohort\n  outcome "First job": GBP 1, once'
    assert checks(CARD.format(required="First job"), other).told == ['SIB209 "First job"']


def test_one_outcome_may_be_priced_for_several_classes_on_one_card() -> None:
    card = (
        "rate card Tariff at each Cohort\n"
        '  outcome First Job: GBP 100, once, for class "adult"\n'
        '  outcome First Job: GBP 150, once, for class "young"'
    )
    assert checks(card).told == []


# Spelling


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("reduction", "Reduction"),
        ("Redction", "Reduction"),
        ("Reductions", "Reduction"),
        ("Return to Work Rate", "Return-to-Work Rate"),
        ("Beneficiaires", "Bénéficiaires"),
        ("Taux Retour", "Taux de Retour"),
        ("Cohort 3", None),
        ("Payment", None),
    ],
)
def test_the_nearest_name_is_a_slip_away_or_nothing(written: str, meant: str | None) -> None:
    declared = ("Reduction", "Return-to-Work Rate", "Bénéficiaires", "Taux de Retour", "Cohort 2")
    assert nearest_name(written, declared) == meant


@pytest.mark.parametrize(
    ("one", "other", "changes"),
    [("", "", 0), ("abc", "abc", 0), ("abc", "ab", 1), ("abc", "acb", 1), ("abc", "xyz", 3)],
)
def test_a_swap_of_neighbours_is_one_slip(one: str, other: str, changes: int) -> None:
    assert edits(one, other) == edits(other, one) == changes
