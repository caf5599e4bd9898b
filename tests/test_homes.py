"""Where terms exist, and what is refused because no evaluation, or the wrong one, is at hand."""

import pytest

from sibdsl.checks.checked import Everywhere, Home
from sibdsl.checks.homes.ordering import circle, in_dependency_order
from sibdsl.messages import say
from tests.checking import CONTRACT, checks

ONCE, ANY = Everywhere.ONCE, Everywhere.ANY
ONE_SERIES = """sibdsl 1 en
currency GBP
party City is outcome payer
party Fund is investor
evaluations Year yearly from 2021-06-30 to 2023-06-30
measure Rate is a percentage at each evaluation
measure Baseline is a percentage
"""

# Where a term exists


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ("X means Baseline * 2", ONCE),
        ("X means Rate - Baseline", "Cohort"),
        ("X means Score * 2", "Final"),
        ("X means Rate at Cohort 1", ONCE),
        ("X means total of Rate", ONCE),
        ("X means Score * total of Seen", "Final"),
        ("X means total of Seen to date", ANY),
        ("X means Seen - total of Seen to date", "Cohort"),
        ("X means Score - total of Seen to date", "Final"),
        ("X means if evaluation date is before 2022-01-01 then 1 else 2", ANY),
        ("X means paid to Fund to date", ANY),
        ("X means provided by Fund to date", ANY),
        ("X means Cost indexed by 2% per year from 2020-01-01", ANY),
        ("X means Rate at previous evaluation", "Cohort"),
        ("X means (X at previous evaluation or else 0%)", ANY),
        ("X means (X at previous evaluation or else 0%) + Rate", "Cohort"),
        ("condition X: Ended or Stopped", "Cohort"),
        ("table X by Rate, in steps from 1%: 2 otherwise: 0", "Cohort"),
        ("table X by Baseline, in steps from 1%: Score otherwise: 0", "Final"),
        ("measure X is a count", ONCE),
        ("measure X is a count at each Cohort", "Cohort"),
        ("measure X is a count at Final", "Final"),
        ("payment X at Final the City pays GBP 1 to Fund due 2025-01-01", "Final"),
        ("payment X the City pays GBP 1 to Fund due 2025-01-01", ONCE),
        ('rate card X at each Cohort outcome "A": GBP 1, once', "Cohort"),
    ],
)
def test_a_term_exists_at_the_series_of_what_it_uses_bare(line: str, home: Home) -> None:
    found = checks(line)
    assert found.told == []
    assert found.homes["X"] == home


def test_a_home_follows_through_other_terms_in_any_order() -> None:
    found = checks("X means Y * 2", "Y means Z + 1", "Z means Seen")
    assert {found.homes[name] for name in "XYZ"} == {"Cohort"}


def test_a_table_looked_up_at_another_key_does_not_take_the_home_of_its_own() -> None:
    table = "table T by Rate, in steps from 1%: 2 otherwise: 0"
    assert checks(table, "X means T for 12%").homes["X"] == ONCE
    assert checks(table, "X means T for Baseline").homes["X"] == ONCE
    assert checks(table, "X means T").homes["X"] == "Cohort"


def test_outcomes_exist_where_their_rate_card_does() -> None:
    card = 'rate card Tariff at each Cohort outcome "A": GBP 1, once'
    assert checks(card, 'X means accepted "A"').homes["X"] == "Cohort"
    assert checks(card, 'X means accepted "A" at Cohort 1').homes["X"] == ONCE


def test_a_measured_exchange_rate_is_used_bare() -> None:
    found = checks(
        "measure Fixing is a number at each Cohort",
        "exchange rate USD 1 is Fixing",
        "X means Dollars in GBP",
    )
    assert found.told == []
    assert found.homes["X"] == "Cohort"


def test_with_one_series_what_goes_by_date_exists_at_it() -> None:
    found = checks("X means evaluation date - 2020-01-01", contract=ONE_SERIES)
    assert found.homes == {"Rate": "Year", "Baseline": ONCE, "X": "Year"}


# At each evaluation


def test_at_each_evaluation_needs_one_series() -> None:
    found = checks("measure Hours is a number at each evaluation")
    assert found.told == ["SIB222 at each evaluation"]
    assert found.cures == ["write ‘at each Cohort’"]


def test_what_rests_on_a_measure_of_no_series_is_not_reported_again() -> None:
    found = checks(
        "measure Jobs is a count at each evaluation",
        "Double means 2 * Jobs",
        "condition Good: Double is at least 10",
        "condition Twice: at least 2 of Good",
    )
    assert found.told == ["SIB222 at each evaluation"]


def test_at_each_evaluation_needs_an_evaluation() -> None:
    contract = "sibdsl 1 en\ncurrency GBP\n"
    found = checks("measure Hours is a number at each evaluation", contract=contract)
    assert found.told == ["SIB222 at each evaluation"]


@pytest.mark.parametrize("where", ["at Cohort 1", "at each Cohort 2", "at Cohort"])
def test_a_thing_exists_at_every_evaluation_of_a_series_or_once(where: str) -> None:
    found = checks(f"measure Hours is a number {where}", "X means Hours * Seen")
    assert found.told == [f"SIB228 {where}"]
    assert found.homes["Hours"] == ANY


# Used where it does not exist


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("X means Score - Seen", "SIB220 Seen"),
        ("X means Score - (Seen at previous evaluation)", "SIB220 Seen at previous evaluation"),
        ("condition X: Score is at least 3 and Ended", "SIB220 Ended"),
        ("table X by Rate, in steps from 1%: Score otherwise: 0", "SIB220 Score"),
        (
            "payment X at Final the City pays GBP 1 * Seen to Fund due 2025-01-01",
            "SIB220 Seen",
        ),
        ('rate card X at Final outcome "A": GBP 1 * Seen, once', "SIB220 Seen"),
    ],
)
def test_bare_use_across_series_is_refused(line: str, told: str) -> None:
    assert checks(line).told == [told]


def test_use_across_series_is_reported_once_where_it_begins() -> None:
    found = checks("X means Score - Seen - Rate * Seen", "Y means X + Score")
    assert found.told == ["SIB220 Seen"]
    assert found.homes["Y"] == "Final"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("cap City: GBP 1 * Seen", "SIB221 Seen"),
        ("cap return of Fund: Rate per year", "SIB221 Rate"),
        ("payment X the City pays GBP 1 to Fund when Ended due 2025-01-01", "SIB221 Ended"),
        ("payment X the City pays GBP 1 * Seen to Fund due 2025-01-01", "SIB221 Seen"),
        (
            "payment X the City pays GBP 1 to Fund when evaluation date is after 2021-01-01 due 2025-01-01",
            "SIB221 evaluation date",
        ),
        ("cap City: paid to Fund to date", "SIB221 paid to Fund to date"),
        ("cap City: GBP 1 * total of Seen to date", "SIB221 Seen"),
        ("cap City: Cost indexed by 2% per year from 2020-01-01", "SIB221"),
        ('example "e" expect Rate is 3%', "SIB221 Rate"),
        ('example "e" given Rate is 3% expect Baseline is 3%', "SIB221 Rate"),
        ("cap City: GBP 1 * (Seen at previous evaluation)", "SIB225 Seen at previous evaluation"),
    ],
)
def test_bare_use_where_no_evaluation_is_at_hand_is_refused(line: str, told: str) -> None:
    (found,) = checks(line).told
    assert found.startswith(told)


def test_an_evaluation_left_out_in_many_lines_of_examples_is_said_once() -> None:
    example = 'example "{}" given Score is 3 given Rate at Cohort 1 is 3% expect Score is 3'
    found = checks(*(example.format(number) for number in range(5))).findings
    assert [(one.code, say(one.message, "en")) for one in found] == [
        ("SIB221", "‘Score’ is reported at ‘Final’"),
        ("SIB221", "‘Score’ has its value at ‘Final’, which is not said here"),
    ]
    for one in found:
        assert one.label.text is not None
        assert say(one.label.text, "en") == "and in other lines of examples: 4"
        assert one.help is not None
        assert say(one.help, "en") == "write ‘Score at Final’"


def test_what_to_write_instead_goes_by_the_kind_of_the_term() -> None:
    payment = "payment X the City pays GBP 1 to Fund when {} due 2025-01-01"
    assert checks(payment.format("Ended")).cures == ["write ‘Ended at Cohort 2’ or ‘any of Ended’"]
    assert checks(payment.format("Rate is at least 3%")).cures == [
        "write ‘Rate at Cohort 2’ or ‘total of Rate’"
    ]
    assert checks(payment.format("Score is at least 3")).cures == ["write ‘Score at Final’"]


def test_a_cap_per_evaluation_is_read_at_the_evaluation_of_its_limit() -> None:
    assert checks("cap City: GBP 1 * Seen per evaluation").told == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("X means Rate at Final", "SIB223 Rate at Final"),
        ('example "e" given Rate at Final is 3% expect Baseline is 3%', "SIB223 Rate at Final"),
        ("X means Baseline at Cohort 1", "SIB224 Baseline at Cohort 1"),
        ("X means Baseline at previous evaluation", "SIB224 Baseline at previous evaluation"),
        (
            'example "e" given Baseline at Final is 3% expect Baseline is 3%',
            "SIB224 Baseline at Final",
        ),
        ("X means total of Baseline", "SIB226 Baseline"),
        ("condition X: any of Stopped", "SIB226 Stopped"),
        ("X means highest of Baseline to date", "SIB226 Baseline"),
    ],
)
def test_an_evaluation_is_named_only_where_the_term_has_a_value_at_it(line: str, told: str) -> None:
    assert checks(line).told == [told]


def test_a_term_that_exists_at_any_evaluation_may_be_named_at_every_one() -> None:
    shared = "Share means if evaluation date is before 2022-01-01 then 10% else 20%"
    assert checks(shared, "X means Share at Final - Share at Cohort 1").told == []


def test_a_total_must_be_over_one_series() -> None:
    shared = "Share means if evaluation date is before 2022-01-01 then 10% else 20%"
    assert checks(shared, "X means total of Share").told == ["SIB229 Share"]
    assert checks(shared, "X means total of Share", contract=ONE_SERIES).told == []


# Circles


def test_a_term_that_uses_itself_is_refused() -> None:
    found = checks("X means X + 1")
    assert found.told == ["SIB227 X"]
    assert found.said == ["‘X’ is defined by itself"]


def test_a_circle_is_told_whole_with_every_place() -> None:
    found = checks("X means Y + 1", "Y means Z * 2", "Z means total of X")
    assert found.told == ["SIB227 X", "SIB226 X"]
    assert found.said[0] == "‘X’ is defined by itself, by way of Y, Z"
    assert len(found.findings[0].others) == 3


def test_a_term_may_use_itself_at_the_previous_evaluation() -> None:
    assert checks("X means (X at previous evaluation or else 0) + Seen").told == []
    assert checks("X means (Y at previous evaluation or else 0) + Seen", "Y means X * 2").told == []


def test_a_circle_through_a_payment_is_found() -> None:
    payment = "payment P the City pays Fee to Fund due 2025-01-01"
    assert checks(payment, "Fee means 50% of P").told == ["SIB227 P"]
    assert checks(
        "payment P the City pays Cost to Fund when Paid due 2025-01-01",
        "condition Paid: P is more than GBP 0",
    ).told == ["SIB227 P"]


def test_a_circle_through_a_cap_is_found() -> None:
    payment = "payment P the City pays Cost to Fund due 2025-01-01"
    for target in ("P", "City", "paid to Fund", "Both", "contract"):
        assert checks(payment, f"cap {target}: 50% of P").told == ["SIB227 P"], target
    assert checks(payment, "cap paid to City: 50% of P").told == []


def test_the_gross_amount_does_not_rest_on_the_caps() -> None:
    payment = "payment P the City pays Cost to Fund due 2025-01-01"
    assert checks(payment, "cap P: 50% of gross amount of P").told == []


def test_money_paid_to_date_goes_by_due_dates_and_is_no_circle() -> None:
    payment = "payment P at each Cohort the City pays Rest to Fund due 60 days after evaluation"
    rest = "Rest means the greater of (GBP 100 - paid to Fund to date; GBP 0)"
    assert checks(payment, rest).told == []


# The order in which terms follow from one another


def test_each_group_stands_after_what_it_rests_on() -> None:
    rests_on = {"a": ("b", "c"), "b": ("d",), "c": ("b",), "d": ()}
    assert list(in_dependency_order("abcd", rests_on)) == [("d",), ("b",), ("c",), ("a",)]


def test_what_rests_on_one_another_stands_together() -> None:
    rests_on = {"a": ("b",), "b": ("c",), "c": ("b", "d"), "d": ()}
    groups = list(in_dependency_order("abcd", rests_on))
    assert [set(group) for group in groups] == [{"d"}, {"b", "c"}, {"a"}]


def test_a_chain_may_be_as_long_as_the_contract() -> None:
    rests_on = {number: (number + 1,) for number in range(50_000)}
    groups = list(in_dependency_order(range(50_000), rests_on))
    assert groups[0] == (50_000,)
    assert groups[-1] == (0,)


def test_the_way_round_is_a_shortest_one() -> None:
    rests_on = {"a": ("b", "c"), "b": ("c",), "c": ("a",)}
    assert circle(("a", "b", "c"), rests_on) == ("a", "c")
    assert circle(("a",), {"a": ("a",)}) == ("a",)
    assert circle(("a",), {"a": ("b",), "b": ()}) == ()


def test_the_contract_of_these_tests_is_right() -> None:
    assert checks().told == []
    assert checks(contract=CONTRACT.replace("Cohort 2", "Cohort 3")).told == []


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_where_a_term_exists_does_not_depend_on_the_order_of_the_text(
    order: tuple[int, ...],
) -> None:
    lines = (
        "Lowest means lowest of Steps to date",
        "Next means Lowest",
        "table Steps by Rate, in steps\n  from 10%: GBP 5\n  otherwise: GBP 0",
    )
    found = checks(*(lines[at] for at in order))
    assert found.told == []
    assert found.homes["Steps"] == "Cohort"
    assert found.homes["Lowest"] is found.homes["Next"] is Everywhere.ANY


def test_a_measure_given_at_evaluations_is_told_to_say_so_itself() -> None:
    """The finding belongs to the measure, once: without its evaluations an example would say little."""
    found = checks(
        "condition High: Baseline is at least 3%",
        'example "e"',
        "given Baseline at Cohort 1 is 3%",
        "given Baseline at Cohort 2 is 4%",
        "expect High at Cohort 1 is yes",
    )
    assert found.told == ["SIB342 Baseline"]
    assert "add ‘at each Cohort’ to the measure" in found.cures[0]
