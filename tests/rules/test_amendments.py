"""Language reference, "Amendments": which terms govern what, with figures worked out by hand.

The contract pays GBP 1,000 for each job at four year ends, 2017 to 2020, and a bonus after a final
evaluation in 2021. The amendments take effect on 2019-01-01, between the second year and the third.
"""

from decimal import Decimal

import pytest

import sibdsl
from sibdsl.messages import say

CONTRACT = """sibdsl 1 en
contract "Into Work"
currency GBP
term from 2017-01-01 to 2022-12-31
party Council is outcome payer
party Fund is investor
party Trust is investor
party University is evaluator
evaluations Year yearly from 2017-12-31 to 2020-12-31
evaluation Final on 2021-06-30
measure Score is a number at Final
measure Jobs is a count at each Year, reported by University
Price means GBP 1,000
Earned means Price * Jobs
condition Enough: Jobs is at least 10
payment Job Payment at each Year
  the Council pays Earned to the Fund
  when Enough
  due 60 days after evaluation
payment Bonus
  the Council pays 5 * Price to the Fund
  when total of Jobs is at least 60
  due 30 days after Final
cap Council: GBP 100,000
"""
JOBS = (20, 15, 10, 30)


def amended(
    *said: str, day: str = "2019-01-01", contract: str = CONTRACT, name: str = "contract.sib"
) -> sibdsl.Contract:
    """The contract amended from a day on."""
    lines = (f'amendment "No 1" to "{name}" effective {day}', *said)
    text = "\n".join(("sibdsl 1 en", *lines, ""))
    return sibdsl.parse(text, "amendment.sib", library={name: contract})


def due(contract: sibdsl.Contract, jobs: tuple[int | None, ...] = JOBS) -> dict[str, str]:
    """What falls due, payment by payment: in pounds and on which day."""
    assert contract.ok, str(sibdsl.ContractError(contract.findings, contract.sources))
    rows = [
        ("Jobs", f"Year {year}", number)
        for year, number in enumerate(jobs, start=1)
        if number is not None
    ]
    paid = contract.evaluate(rows).payments
    return {
        f"{one.name} {one.evaluation}".strip(): f"{Decimal(int(one.amount))} on {one.due}"
        for one in paid
        if one.amount
    }


def codes(contract: sibdsl.Contract) -> list[str]:
    """The codes of the errors."""
    return [one.code for one in contract.findings if one.severity is sibdsl.Severity.ERROR]


def test_before_any_amendment() -> None:
    # 20 + 15 + 10 + 30 jobs at GBP 1,000; 75 jobs in all, so the bonus of 5 × 1,000
    assert due(sibdsl.parse(CONTRACT)) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Job Payment Year 3": "10000 on 2020-02-29",
        "Job Payment Year 4": "30000 on 2021-03-01",
        "Bonus": "5000 on 2021-07-30",
    }


def test_each_evaluation_is_governed_by_the_terms_in_force_at_its_date() -> None:
    # Year 2 is of 2018-12-31: the old condition, though its payment falls due under the amendment
    assert due(amended("condition Enough: Jobs is at least 16")) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Job Payment Year 4": "30000 on 2021-03-01",
        "Bonus": "5000 on 2021-07-30",
    }


def test_an_evaluation_on_the_effective_day_is_governed_by_the_amendment() -> None:
    paid = due(amended("Price means GBP 1,200", day="2018-12-31"))
    assert paid["Job Payment Year 1"] == "20000 on 2018-03-01"
    assert paid["Job Payment Year 2"] == "18000 on 2019-03-01"


def test_what_exists_once_is_read_in_the_terms_in_force_where_it_is_used() -> None:
    # Price exists once; Earned, which uses it, is not said anew; the bonus goes by Final, in 2021
    assert due(amended("Price means GBP 1,200")) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Job Payment Year 3": "12000 on 2020-02-29",
        "Job Payment Year 4": "36000 on 2021-03-01",
        "Bonus": "6000 on 2021-07-30",
    }


def test_what_exists_once_by_way_of_another_is_read_so_too() -> None:
    contract = CONTRACT.replace("Price means GBP 1,000", "Base means GBP 500\nPrice means 2 * Base")
    paid = due(amended("Base means GBP 600", contract=contract))
    assert paid["Job Payment Year 2"] == "15000 on 2019-03-01"
    assert paid["Job Payment Year 3"] == "12000 on 2020-02-29"
    assert paid["Bonus"] == "6000 on 2021-07-30"


def test_a_total_takes_each_evaluation_in_its_own_terms() -> None:
    # Earned at Years 1 and 2 at GBP 1,000, at Years 3 and 4 at GBP 1,200: 20 + 15 + 12 + 36 = 83
    contract = CONTRACT.replace("pays 5 * Price", "pays 1% of total of Earned")
    assert due(amended("Price means GBP 1,200", contract=contract))["Bonus"] == "830 on 2021-07-30"


def test_another_evaluation_is_read_in_its_own_terms() -> None:
    contract = CONTRACT.replace(
        "pays 5 * Price", "pays 10% of (Earned at Year 1 + Earned at Year 3)"
    )
    # 10% of 20 × 1,000 + 10 × 1,200
    paid = due(amended("Price means GBP 1,200", contract=contract))
    assert paid["Bonus"] == "3200 on 2021-07-30"
    text = "payment Job Payment at each Year\n  the Council pays (Earned at previous evaluation or else"
    said = f"{text} GBP 1) to the Fund\n  due 60 days after evaluation"
    paid = due(amended("Price means GBP 1,200", said))
    # the payment of Year 3 looks back to Year 2 at the old price, that of Year 4 to Year 3 at the new
    assert paid["Job Payment Year 3"] == "15000 on 2020-02-29"
    assert paid["Job Payment Year 4"] == "12000 on 2021-03-01"


def test_a_payment_made_once_goes_by_the_evaluation_its_due_date_counts_from() -> None:
    early = CONTRACT.replace("due 30 days after Final", "due 24 months after Year 2")
    early = early.replace("when total of Jobs is at least 60", "when Jobs at Year 1 is at least 20")
    # due in December 2020, but it counts from Year 2, which the old terms govern
    assert due(amended("Price means GBP 1,200", contract=early))["Bonus"] == "5000 on 2020-12-31"
    later = early.replace("24 months after Year 2", "24 months after Year 3")
    assert due(amended("Price means GBP 1,200", contract=later))["Bonus"] == "6000 on 2021-12-31"


def test_else_it_goes_by_its_due_date() -> None:
    early = CONTRACT.replace("due 30 days after Final", "due 2018-12-31")
    early = early.replace("when total of Jobs is at least 60", "when Jobs at Year 1 is at least 20")
    assert due(amended("Price means GBP 1,200", contract=early))["Bonus"] == "5000 on 2018-12-31"
    later = early.replace("2018-12-31\n", "2019-01-01\n")
    assert due(amended("Price means GBP 1,200", contract=later))["Bonus"] == "6000 on 2019-01-01"


def test_a_payment_said_anew_has_its_new_due_date_and_condition_from_then_on() -> None:
    paid = due(
        amended(
            "payment Job Payment at each Year\n  the Council pays Earned + GBP 7 to the Fund\n"
            "  due 6 months after evaluation"
        )
    )
    assert paid == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Job Payment Year 3": "10007 on 2020-06-30",
        "Job Payment Year 4": "30007 on 2021-06-30",
        "Bonus": "5000 on 2021-07-30",
    }


def test_a_payment_withdrawn_stands_at_the_evaluations_before() -> None:
    assert due(amended("withdraw Job Payment")) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Bonus": "5000 on 2021-07-30",
    }
    assert "Bonus" not in due(amended("withdraw Bonus"))


def test_a_term_that_is_added_exists_from_then_on() -> None:
    added = (
        "measure Places is a count at each Year",
        (
            "payment Place Payment at each Year\n  the Council pays GBP 10 * Places to the Fund\n"
            "  due 60 days after evaluation"
        ),
        (
            "payment Place Bonus\n  the Council pays GBP 1 * total of Places to the Fund\n"
            "  due 60 days after Final"
        ),
    )
    contract = amended(*added)
    assert contract.ok
    (measure,) = (one for one in contract.plan.measures if one.name == "Places")
    assert measure.evaluations == (2, 3)
    rows = [("Places", "Year 3", 4), ("Places", "Year 4", 5)]
    rows += [("Jobs", f"Year {year}", 0) for year in range(1, 5)]
    paid = {one.name + one.evaluation: one.amount for one in contract.evaluate(rows).payments}
    assert {name: amount for name, amount in paid.items() if name.startswith("Place")} == {
        "Place PaymentYear 3": 40,
        "Place PaymentYear 4": 50,
        "Place Bonus": 9,
    }
    with pytest.raises(sibdsl.ContractError):
        contract.evaluate([("Places", "Year 2", 4)])


def test_a_table_is_read_in_the_terms_in_force() -> None:
    contract = CONTRACT.replace(
        "Earned means Price * Jobs",
        "table Band by Jobs, in steps\n  from 10: GBP 100\n  from 20: GBP 200\n  otherwise: GBP 0\n"
        "Earned means Band + Price",
    )
    said = "table Band by Jobs, in steps\n  from 10: GBP 300\n  otherwise: GBP 1"
    # Year 1 200 + 1,000, Year 2 100 + 1,000; then 300 + 1,000
    assert due(amended(said, contract=contract), (20, 15, 10, 30)) == {
        "Job Payment Year 1": "1200 on 2018-03-01",
        "Job Payment Year 2": "1100 on 2019-03-01",
        "Job Payment Year 3": "1300 on 2020-02-29",
        "Job Payment Year 4": "1300 on 2021-03-01",
        "Bonus": "5000 on 2021-07-30",
    }


# ------------------------------------------------------------------------------------------- caps


def test_what_was_due_before_counts_against_a_new_limit_and_is_not_cut_by_it() -> None:
    # 35,000 by the old terms; of 40,000 there are 5,000 left for Year 3, nothing for Year 4
    assert due(amended("cap Council: GBP 40,000")) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
        "Job Payment Year 3": "5000 on 2020-02-29",
    }


def test_a_limit_below_what_was_due_before_leaves_nothing_and_takes_nothing_back() -> None:
    assert due(amended("cap Council: GBP 30,000")) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "15000 on 2019-03-01",
    }


def test_the_old_limit_holds_for_payments_that_the_old_terms_govern() -> None:
    contract = CONTRACT.replace("cap Council: GBP 100,000", "cap Council: GBP 30,000")
    # Year 2 is cut to 10,000 by the old cap; then 80,000 less 30,000
    assert due(amended("cap Council: GBP 80,000", contract=contract)) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "10000 on 2019-03-01",
        "Job Payment Year 3": "10000 on 2020-02-29",
        "Job Payment Year 4": "30000 on 2021-03-01",
        "Bonus": "5000 on 2021-07-30",
    }


def test_a_cap_withdrawn_holds_for_payments_that_the_old_terms_govern() -> None:
    contract = CONTRACT.replace("cap Council: GBP 100,000", "cap Council: GBP 30,000")
    paid = due(amended("withdraw cap Council", contract=contract))
    assert paid["Job Payment Year 2"] == "10000 on 2019-03-01"
    assert paid["Job Payment Year 4"] == "30000 on 2021-03-01"


def test_of_two_caps_alike_none_is_said_anew() -> None:
    contract = CONTRACT + "cap Council: GBP 30,000\n"
    paid = due(amended("Price means GBP 1,200", contract=contract))
    assert paid["Job Payment Year 2"] == "10000 on 2019-03-01"  # the second cap still stands
    for said in ("cap Council: GBP 40,000", "withdraw cap Council"):
        assert codes(amended(said, contract=contract)) == ["SIB082"]


def test_a_cap_whose_limit_rests_on_what_is_said_anew_is_a_new_limit() -> None:
    contract = CONTRACT.replace(
        "cap Council: GBP 100,000", "Most means GBP 30,000\ncap Council: Most"
    )
    paid = due(amended("Most means GBP 40,000", contract=contract))
    assert paid["Job Payment Year 2"] == "10000 on 2019-03-01"
    assert paid["Job Payment Year 3"] == "10000 on 2020-02-29"
    assert "Job Payment Year 4" not in paid


def test_a_cap_on_a_member_of_a_group_counts_its_part() -> None:
    contract = CONTRACT.replace("to the Fund", "to the Both")
    contract = contract.replace(
        "party University", "group Both is Fund 50%, Trust 50%\nparty University"
    )
    # Fund had 17,500 of 20,000: 2,500 left, where its half of Year 3 is 5,000
    paid = due(amended("cap paid to Fund: GBP 20,000", contract=contract))
    assert paid["Job Payment Year 3"] == "7500 on 2020-02-29"
    assert paid["Job Payment Year 4"] == "15000 on 2021-03-01"


def test_a_cap_per_year_counts_what_old_terms_made_due_in_that_year() -> None:
    said = (
        "cap Council: GBP 17,000 per calendar year",
        (
            "payment Job Payment at each Year\n  the Council pays Earned to the Fund\n  when Enough\n"
            "  due at evaluation"
        ),
    )
    # 2019: Year 2 by the old terms 15,000 in March, Year 3 by the new on 31 December: 2,000 left
    paid = due(amended(*said))
    assert paid["Job Payment Year 2"] == "15000 on 2019-03-01"
    assert paid["Job Payment Year 3"] == "2000 on 2019-12-31"
    assert paid["Job Payment Year 4"] == "17000 on 2020-12-31"


def test_while_an_old_payment_is_pending_a_new_one_is_due_for_its_certain_part() -> None:
    # Year 2 may still take all that the old cap leaves, 20,000: of 60,000 that leaves 20,000
    contract = CONTRACT.replace("cap Council: GBP 100,000", "cap Council: GBP 40,000")
    paid = due(amended("cap Council: GBP 60,000", contract=contract), (20, None, 10, 30))
    assert paid["Job Payment Year 3"] == "10000 on 2020-02-29"
    assert paid["Job Payment Year 4"] == "10000 on 2021-03-01"


# ---------------------------------------------------------------------------------------- a chain


def test_an_amendment_may_amend_an_amendment() -> None:
    first = (
        'sibdsl 1 en\namendment "No 1" to "contract.sib" effective 2018-06-30\nPrice means GBP 1,100\n'
        "condition Enough: Jobs is at least 11\n"
    )
    second = (
        'sibdsl 1 en\namendment "No 2" to "one.sib" effective 2020-06-30\nPrice means GBP 1,200\n'
    )
    library = {"contract.sib": CONTRACT, "one.sib": first}
    contract = sibdsl.parse(second, "two.sib", library=library)
    # Year 1 at 1,000; Years 2 and 3 at 1,100, and 10 jobs are not enough; Year 4 and Final at 1,200
    assert due(contract) == {
        "Job Payment Year 1": "20000 on 2018-03-01",
        "Job Payment Year 2": "16500 on 2019-03-01",
        "Job Payment Year 4": "36000 on 2021-03-01",
        "Bonus": "6000 on 2021-07-30",
    }
    assert contract.plan.title == "Into Work, No 1, No 2"


def test_amendments_follow_one_another() -> None:
    first = 'sibdsl 1 en\namendment "No 1" to "contract.sib" effective 2019-01-01\n'
    second = 'sibdsl 1 en\namendment "No 2" to "one.sib" effective 2019-01-01\n'
    library = {"contract.sib": CONTRACT, "one.sib": first}
    assert codes(sibdsl.parse(second, "two.sib", library=library)) == ["SIB081"]


# ------------------------------------------------------------------------------ what is not undone


@pytest.mark.parametrize("day", ["2017-01-01", "2023-01-01"])
def test_an_amendment_takes_effect_within_the_term(day: str) -> None:
    assert codes(amended("Price means GBP 1,200", day=day)) == ["SIB081"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("evaluations Year yearly from 2017-11-30 to 2020-11-30", {"SIB084"}),
        (
            "evaluations Year yearly from 2017-12-31 to 2021-12-31\nevaluation Final on 2022-01-31",
            set(),
        ),
        ("evaluation Final on 2021-09-30", set()),
        ("evaluation Final on 2018-09-30", {"SIB084", "SIB407"}),
        ("withdraw Final\nwithdraw Bonus\nwithdraw Score", {"SIB084"}),
    ],
)
def test_an_evaluation_before_the_amendment_cannot_be_moved(said: str, expected: set[str]) -> None:
    assert set(codes(amended(said))) == expected


def test_what_counts_from_an_evaluation_that_is_moved_moves_with_it() -> None:
    assert due(amended("evaluation Final on 2021-09-30"))["Bonus"] == "5000 on 2021-10-30"
    years = "evaluations Year yearly from 2017-12-31 to 2021-12-31"
    longer = due(amended(years, "evaluation Final on 2022-01-31"), (*JOBS, 11))
    assert longer["Job Payment Year 5"] == "11000 on 2022-03-01"


def test_a_payment_that_fell_due_cannot_change() -> None:
    early = CONTRACT.replace("due 30 days after Final", "due 2018-06-30").replace(
        "when total of Jobs is at least 60", "when Jobs at Year 1 is at least 20"
    )
    again = "payment Bonus\n  the Council pays GBP 1 to the Fund\n  due"
    # by its due date the old terms govern it: what the amendment says of it is in vain
    vain = amended(f"{again} 2018-06-30", contract=early)
    assert [one.code for one in vain.findings if one.code.startswith("SIB0")] == ["SIB089"]
    assert due(vain)["Bonus"] == "5000 on 2018-06-30"
    assert codes(amended(f"{again} 2018-06-30")) == ["SIB085"]
    advance = early.replace("payment Bonus\n", "payment Bonus at Final\n")
    # it goes by Final, in 2021, and fell due in 2018
    assert codes(amended("Price means GBP 1,200", contract=advance)) == ["SIB085"]
    assert codes(amended("condition Enough: Jobs is at least 16", contract=advance)) == []
    # nor by a cap: one that bears on it counts as a change of it
    assert codes(amended("cap Council: GBP 90,000", contract=advance)) == ["SIB085"]
    assert codes(amended("withdraw cap Council", contract=advance)) == ["SIB085"]
    assert codes(amended("cap Job Payment: GBP 90,000", contract=advance)) == []


@pytest.mark.parametrize(
    "said",
    [
        "currency EUR",
        'contract "Other"',
        "term from 2016-01-01 to 2022-12-31",
        "measure Jobs is a count at each Year",
        "rounding down to GBP 1",
        "party Fund is service provider",
        "cap return of Fund: 5% per year",
        "withdraw Fund",
        "condition Price: Jobs at Year 1 is at least 1",
        "payment Bonus\n  the Fund pays GBP 5 to the Council\n  due 30 days after Final",
    ],
)
def test_what_every_date_reads_alike_cannot_be_amended(said: str) -> None:
    assert "SIB082" in codes(amended(said))


def test_nor_what_such_a_statement_rests_on() -> None:
    contract = CONTRACT.replace(
        "party University",
        "Tier means GBP 9\ngroup Notes is Fund up to Tier, then Trust\nparty University",
    )
    assert codes(amended("Tier means GBP 10", contract=contract)) == ["SIB082"]


@pytest.mark.parametrize(
    "said",
    [
        "Price means 40%",
        "Price means GBP 1 * Jobs",
    ],
)
def test_a_name_keeps_its_nature(said: str) -> None:
    assert "SIB086" in codes(amended(said))


def test_the_last_day_of_the_term_and_a_full_name_may_be_said_anew() -> None:
    contract = amended(
        "term from 2017-01-01 to 2024-12-31", 'party Fund is investor, "New Fund plc"'
    )
    assert contract.plan.end.year == 2024
    assert contract.plan.parties[1].full_name == "New Fund plc"


def test_a_term_is_used_only_where_it_is_in_force() -> None:
    late = "Extra means Jobs * 2\npayment Late\n  the Council pays GBP 1 * Extra at Year 2 to the Fund\n"
    assert codes(amended(f"{late}  due 30 days after Final")) == ["SIB087"]
    soon = late.replace("Year 2", "Year 3")
    assert codes(amended(f"{soon}  due 30 days after Final")) == []


def test_terms_of_two_dates_may_not_rest_on_one_another() -> None:
    contract = CONTRACT.replace(
        "Earned means", "First means Jobs\nSecond means Jobs + First at Year 3\nEarned means"
    )
    said = ("First means Jobs + Second at Year 1", "Second means Jobs")
    assert codes(amended(*said, contract=contract)) == ["SIB088"]


def test_a_payment_may_not_come_to_be_settled_after_what_depends_on_it() -> None:
    contract = CONTRACT.replace(
        "payment Bonus",
        "payment Fee\n  the Council pays GBP 9 to the Fund\n  due after Year 3\n"
        "payment Extra at each Year\n  the Council pays GBP 1 + 10% of Fee to the Fund\n"
        "  due 5 years after evaluation\npayment Bonus",
    ).replace("due after Year 3", "due at Year 3")
    said = "payment Fee\n  the Council pays GBP 9 to the Fund\n  due 10 years after Year 3"
    extra = "payment Extra at each Year\n  the Council pays GBP 1 to the Fund\n  due at evaluation"
    assert codes(amended(said, extra, contract=contract)) == ["SIB088"]


@pytest.mark.parametrize(
    "said", ["withdraw Nothing", "withdraw cap Fund", "withdraw cap Council per evaluation"]
)
def test_only_what_is_there_is_withdrawn(said: str) -> None:
    assert codes(amended(said)) == ["SIB083"]


def test_a_contract_withdraws_nothing() -> None:
    assert codes(sibdsl.parse(CONTRACT + "withdraw Bonus")) == ["SIB078"]


def test_nor_a_cap_on_a_rate_card_or_the_rate_of_a_return_cap() -> None:
    funding = "funding Fund provides GBP 10,000 to University on 2017-01-01\n"
    contract = (
        CONTRACT.replace("evaluator", "evaluator and other")
        + funding
        + """Most means GBP 100
Rate means 5%
rate card Card at each Year
  outcome Job: GBP 10, once
payment Card Payment at each Year
  the Council pays Card to the Trust
  due 60 days after evaluation
cap Card: Most
cap return of Fund: Rate per year
"""
    )
    assert codes(amended("Price means GBP 1,200", contract=contract)) == []
    for said in ("cap Card: GBP 50", "withdraw cap Card", "Most means GBP 50", "Rate means 4%"):
        assert codes(amended(said, contract=contract)) == ["SIB082"]


def found(contract: sibdsl.Contract, code: str) -> list[sibdsl.Diagnostic]:
    """The findings of one code."""
    return [one for one in contract.findings if one.code == code]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Prise means GBP 1,500", "Price"),
        (
            (
                "payment Job Paymnt at each Year\n  the Council pays Earned to the Fund\n"
                "  due 60 days after evaluation"
            ),
            "Job Payment",
        ),
    ],
)
def test_a_new_name_close_to_one_that_stands_is_doubted(said: str, meant: str) -> None:
    (slip,) = found(amended(said), "SIB090")
    assert slip.help is not None
    assert f"did you mean ‘{meant}’?" in say(slip.help, "en")


@pytest.mark.parametrize("said", ["Fee means GBP 5", "Price means GBP 5"])
def test_other_names_are_not_doubted(said: str) -> None:
    assert found(amended(said), "SIB090") == []


def test_names_that_count_by_letters_are_other_names() -> None:
    contract = CONTRACT + "Phase A means GBP 5\n"
    assert found(amended("Phase B means GBP 6", contract=contract), "SIB090") == []


def test_a_definition_that_nothing_uses_is_doubted() -> None:
    assert len(found(amended("Extra means GBP 1,500"), "SIB091")) == 1
    assert found(amended("Price means GBP 1,500"), "SIB091") == []
    expected = 'example "price"\n  given Jobs at Year 1 is 20\n  expect Unused is GBP 5\n'
    assert found(sibdsl.parse(CONTRACT + "Unused means GBP 5\n"), "SIB091") != []
    assert found(sibdsl.parse(CONTRACT + "Unused means GBP 5\n" + expected), "SIB091") == []


@pytest.mark.parametrize(
    ("withdrawal", "advice"),
    [
        ("withdraw Pricee", "did you mean ‘Price’?"),
        ("withdraw cap Councill", "did you mean ‘Council’?"),
        (
            "withdraw Nothing At All",
            "these can be withdrawn: Final, Score, Jobs, Price, Earned, Enough, Job Payment, Bonus",
        ),
    ],
)
def test_what_is_not_there_to_withdraw_is_told_with_what_is(withdrawal: str, advice: str) -> None:
    (finding,) = found(amended(withdrawal), "SIB083")
    assert finding.help is not None
    assert say(finding.help, "en") == advice


def test_a_withdrawal_of_no_cap_shows_those_there_are() -> None:
    (finding,) = found(amended("withdraw cap Fund"), "SIB083")
    shown = [(label.file, label.span) for label in finding.others]
    start = CONTRACT.index("cap Council")
    assert shown == [("contract.sib", (start, len(CONTRACT) - 1))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("cap Council", "cap paid by Council"),
        ("cap paid by Council", "cap Council"),
        ("cap Fund", "cap paid to Fund"),
    ],
)
def test_caps_on_the_same_payments_by_the_same_side_are_one(old: str, new: str) -> None:
    contract = CONTRACT.replace("cap Council", old)
    anew = due(amended(f"{new}: GBP 55,000", contract=contract))
    assert anew == due(amended(f"{old}: GBP 55,000", contract=contract))
    gone = amended(f"withdraw {new}", contract=contract)
    assert due(gone) == due(amended(f"withdraw {old}", contract=contract))


def test_a_wider_cap_is_replaced_and_does_not_stay_beside_the_new_one() -> None:
    many = (60, 45, 30, 30)
    free = due(amended("withdraw cap Council"), many)
    assert due(amended("cap paid by Council: GBP 1,000,000"), many) == free
    assert due(amended("Price means GBP 1,000"), many) != free


def test_a_member_of_a_group_that_only_pays_pays_by_itself_too() -> None:
    shared = CONTRACT.replace(
        "cap Council: GBP 100,000",
        "party Town is outcome payer\ngroup Payers is Council 50%, Town 50%\ncap Town: GBP 9,000",
    ).replace("the Council pays", "Payers pays")
    assert codes(amended("withdraw cap paid by Town", contract=shared)) == []
