"""Rows bound to a plan: what is read, and what is refused by file, row and cell."""

import random
import time
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.results.bind import bind
from sibdsl.results.digest import digest
from sibdsl.results.read_csv import CSV_FORMS, read_csv
from sibdsl.results.read_json import rows_of
from sibdsl.results.reported import Claim, Results, Status
from sibdsl.results.rows import COLUMNS, Table, TableKind, no_rows
from sibdsl.source import Source
from tests.small_plan import PLAN

Bound = tuple[Results, tuple[Diagnostic, ...]]
MEASURES = {measure.name: at for at, measure in enumerate(PLAN.measures)}


def sheet(text: str, kind: TableKind, form: Language = "en") -> Table:
    return read_csv(Source(f"{kind.value}.csv", text), kind, CSV_FORMS[form], form)


def bound(
    results: str = "",
    claims: str = "",
    participants: str = "",
    as_of: str | None = None,
    form: Language = "en",
) -> Bound:
    """Bind rows given under all their columns, cells parted by ``,`` (``;`` in French)."""
    mark = CSV_FORMS[form].separator
    first, second, third = (
        sheet(mark.join(COLUMNS[kind]) + "\n" + filled(rows, kind, mark), kind, form)
        for kind, rows in zip(TableKind, (results, claims, participants), strict=True)
    )
    day = None if as_of is None else date.fromisoformat(as_of)
    return bind(PLAN, first, second, third, day)


def filled(rows: str, kind: TableKind, mark: str) -> str:
    """Rows with the cells that were left out at their end."""
    lines = [line.strip() for line in rows.strip().splitlines()]
    return "".join(
        line + mark * (len(COLUMNS[kind]) - 1 - line.count(mark)) + "\n" for line in lines
    )


def value_of(row: str, form: Language = "en") -> Fraction | bool | None:
    """The value of the one row, which must be accepted."""
    results, findings = bound(row, form=form)
    assert [say(finding.message, "en") for finding in findings] == []
    ((_, reported),) = results.values.items()
    return reported.value


def codes(outcome: Bound) -> list[str]:
    return [finding.code for finding in outcome[1]]


def python(*rows: object) -> Bound:
    table = Table(TableKind.RESULTS, "results", rows_of(rows, TableKind.RESULTS, "results", "en"))
    return bind(PLAN, table, no_rows(TableKind.CLAIMS), no_rows(TableKind.PARTICIPANTS))


# ----------------------------------------------------------------------------------------- values


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("People,Cohort 1,142", Fraction(142)),
        ("People,Cohort 1,0", Fraction(0)),
        ("People,Cohort 1,1 680", Fraction(1680)),
        ("Score,Cohort 1,-3.5", Fraction(-7, 2)),
        ("Score,Cohort 1,13/155", Fraction(13, 155)),
        ("Rate,Cohort 1,61%", Fraction(61, 100)),
        ("Rate,Cohort 1, 61.5 % ", Fraction(123, 200)),
        ("Rate,Cohort 1,13/155", Fraction(13, 155)),
        ("Rate,Cohort 1,-2%", Fraction(-1, 50)),
        ("Rate,Cohort 1,120%", Fraction(6, 5)),
        ("Gap,Cohort 1,3 points", Fraction(3, 100)),
        ("Gap,Cohort 1,-1.5 points", Fraction(-3, 200)),
        ("Gap,Cohort 1,1 point", Fraction(1, 100)),
        ("Cost,Cohort 1,1250.50", Fraction(2501, 2)),
        ("Cost,Cohort 1,GBP 1250.50", Fraction(2501, 2)),
        ("Cost,Cohort 1,1250.50 GBP", Fraction(2501, 2)),
        ("Cost,Cohort 1,-GBP 5", Fraction(-5)),
        ("Stopped,Cohort 1,yes", True),
        ("Stopped,Cohort 1,Non", False),
        ("Start Day,,2014-05-05", Fraction(date(2014, 5, 5).toordinal())),
        ("Baseline Rate,,58%", Fraction(29, 50)),
    ],
)
def test_values_in_english(row: str, expected: Fraction | bool) -> None:  # noqa: FBT001
    read = value_of(row)
    assert read == expected
    assert type(read) is type(expected)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("People;Cohort 1;1 680", Fraction(1680)),
        ("People;Cohort 1;1.680.000", Fraction(1680000)),
        ("Score;Cohort 1;1\u202f250,5", Fraction(2501, 2)),
        ("Rate;Cohort 1;61,5\u00a0%", Fraction(123, 200)),
        ("Cost;Cohort 1;1 250,50 EUR".replace("EUR", "GBP"), Fraction(2501, 2)),
        ("Stopped;Cohort 1;oui", True),
    ],
)
def test_values_in_french(row: str, expected: Fraction | bool) -> None:  # noqa: FBT001
    assert value_of(row, "fr") == expected


def test_a_euro_sign_is_a_currency_and_a_dollar_sign_is_none() -> None:
    assert codes(bound("Cost,Cohort 1,5 €")) == ["SIB615"]
    assert codes(bound("Cost,Cohort 1,5 $")) == ["SIB615"]
    (finding,) = bound("Cost,Cohort 1,5 €")[1]
    assert say(finding.message, "en") == "‘5 €’ is in EUR, but GBP is wanted"


@pytest.mark.parametrize(
    ("row", "code", "said"),
    [
        ("Rte,Cohort 1,61%", "SIB610", "there is no measure ‘Rte’ in the contract"),
        (",Cohort 1,61%", "SIB610", "row 2 names no measure"),
        ("Rate,,61%", "SIB611", "‘Rate’ is reported at an evaluation, and none is named"),
        ("Rate,Cohort 3,61%", "SIB612", "there is no evaluation ‘Cohort 3’"),
        ("Rate,Final,61%", "SIB613", "‘Rate’ does not exist at ‘Final’"),
        ("Baseline Rate,Final,61%", "SIB613", "‘Baseline Rate’ is reported once"),
        ("Rate,Cohort 1,", "SIB614", "‘Rate’ has no value in row 2"),
        ("Rate,Cohort 1,5%,not available", "SIB614", "leaves its cell empty"),
        ("Rate,Cohort 1,61", "SIB616", "‘61’ is a percentage without its sign"),
        ("Rate,Cohort 1,0.61", "SIB616", "‘0.61’ is a percentage without its sign"),
        ("Rate,Cohort 1,sixty", "SIB615", "‘sixty’ is not a percentage"),
        ("Rate,Cohort 1,13/0", "SIB615", "‘13/0’ divides by nil"),
        ("People,Cohort 1,12.5", "SIB617", "‘12.5’ is a count and has decimals"),
        ("People,Cohort 1,12.0", "SIB617", "‘12.0’ is a count and has decimals"),
        ("People,Cohort 1,-1", "SIB617", "‘-1’ is a count and negative"),
        ("People,Cohort 1,61%", "SIB615", "‘61%’ is not a count"),
        ("Score,Cohort 1,1e3", "SIB615", "‘1e3’ is not a number"),
        ("Score,Cohort 1," + "9" * 61, "SIB615", "more than 60 digits"),
        ("Score,Cohort 1,2014-05-05", "SIB615", "is not a number"),
        ("Score,Cohort 1,1 25.5", "SIB618", "is not written with the decimal mark ‘.’"),
        ("Gap,Cohort 1,3%", "SIB615", "‘3%’ is not points"),
        ("Gap,Cohort 1,3", "SIB615", "‘3’ is not points"),
        ("Cost,Cohort 1,EUR 5", "SIB615", "‘EUR 5’ is in EUR, but GBP is wanted"),
        ("Cost,Cohort 1,61%", "SIB615", "‘61%’ is not an amount in GBP"),
        ("Stopped,Cohort 1,1", "SIB615", "‘1’ is not yes or no"),
        ("Start Day,,05/05/2014", "SIB624", "‘05/05/2014’ is not a date"),
        ("Start Day,,20140505", "SIB624", "‘20140505’ is not a date"),
        ("Start Day,,2014-02-30", "SIB624", "‘2014-02-30’ is not a date"),
        ("Start Day,,2105-05-05", "SIB625", "2105-05-05 is outside the term"),
        ("Rate,Cohort 1,5%,approved", "SIB621", "there is no status ‘approved’"),
        ("Rate,Cohort 1,5%,,Ministry", "SIB623", "is reported by Assessor, not by ‘Ministry’"),
        ("Rate,Cohort 1,5%,,,2013-01-01", "SIB625", "2013-01-01 is before the term"),
        ("Rate,Cohort 1,5%,,,soon", "SIB624", "‘soon’ is not a date"),
        ("Rate,Cohort 1,5%,correction,,2015-07-01", "SIB626", "this row corrects nothing"),
        ("evaluation,Cohort 1,postponed", "SIB627", "an evaluation can only be cancelled"),
        ("evaluation,Cohort 9,cancelled", "SIB612", "there is no evaluation ‘Cohort 9’"),
        ("Tariff,Cohort 1,12000", "SIB628", "‘Tariff’ is a rate card"),
        ("Tariff,Cohort 1,complete,disputed", "SIB628", "it has no other status"),
        ("Tariff,Final,complete", "SIB613", "‘Tariff’ does not exist at ‘Final’"),
    ],
)
def test_a_wrong_cell_is_refused(row: str, code: str, said: str) -> None:
    results, findings = bound(row)
    assert [finding.code for finding in findings] == [code]
    assert said in say(findings[0].message, "en")
    assert findings[0].label.file == "results.csv"
    if code != "SIB626":
        assert (results.values, results.cancelled, results.closed) == ({}, frozenset(), frozenset())


def test_every_mistake_of_a_row_is_found_at_once_and_at_its_cell() -> None:
    (first, second, third) = bound("Rate,Cohort 7,61,,Ministry")[1]
    places = [say(f.label.text, "en") for f in (first, second, third) if f.label.text]
    assert places == [
        "row 2, column ‘evaluation’",
        "row 2, column ‘value’",
        "row 2, column ‘reported by’",
    ]


def test_columns_are_named_in_the_language_of_the_contract() -> None:
    (finding,) = bound("Rate;Cohort 1;61", form="fr")[1]
    assert finding.label.text is not None
    assert say(finding.label.text, "fr") == "ligne 2, colonne «\u00a0valeur\u00a0»"


@pytest.mark.parametrize(
    ("rows", "near"),
    [("Ratte,Cohort 1,5%", "Rate"), ("Rate,Cohrt 1,5%", "Cohort 1"), ("rate,Cohort 1,5%", "Rate")],
)
def test_the_name_that_was_meant_is_offered(rows: str, near: str) -> None:
    (finding,) = bound(rows)[1]
    assert finding.help is not None
    assert say(finding.help, "en") == f"did you mean ‘{near}’?"


def test_names_may_be_pasted_from_a_word_processor() -> None:
    measure = evolve(PLAN.measures[2], name="Taux d'Évaluation")
    plan = evolve(PLAN, measures=(measure,))
    pasted = "Taux  d\u2019E\u0301valuation"
    row = {"measure": pasted, "evaluation": "Cohort 1", "value": "5%"}
    table = Table(TableKind.RESULTS, "x", rows_of([row], TableKind.RESULTS, "x", "fr"))
    results, findings = bind(
        plan, table, no_rows(TableKind.CLAIMS), no_rows(TableKind.PARTICIPANTS)
    )
    assert (list(results.values), findings) == ([(0, 0)], ())


# ----------------------------------------------------------------------------------- Python values


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("People", 142, Fraction(142)),
        ("People", Decimal("142.0"), Fraction(142)),
        ("Score", Decimal("0.1"), Fraction(1, 10)),
        ("Score", Fraction(1, 3), Fraction(1, 3)),
        ("Rate", Fraction(61, 100), Fraction(61, 100)),
        ("Rate", "61%", Fraction(61, 100)),
        ("Cost", 5, Fraction(5)),
        ("Stopped", True, True),
    ],
)
def test_python_values(measure: str, value: object, expected: object) -> None:
    results, findings = python((measure, "Cohort 1", value))
    assert findings == ()
    assert results.values[MEASURES[measure], 0].value == expected


@pytest.mark.parametrize(
    ("measure", "value", "code"),
    [
        ("Rate", 0.61, "SIB619"),
        ("Score", 0.5, "SIB619"),
        ("Score", float("nan"), "SIB619"),
        ("Stopped", 1.0, "SIB619"),
        ("Rate", Decimal("0.61"), "SIB616"),
        ("Rate", 61, "SIB616"),
        ("Rate", True, "SIB615"),
        ("People", True, "SIB615"),
        ("People", Decimal("NaN"), "SIB615"),
        ("Score", Decimal("1e999999"), "SIB615"),
        ("Score", 10**400, "SIB615"),
        ("Score", date(2014, 5, 5), "SIB615"),
        ("Stopped", 1, "SIB615"),
        ("Gap", Decimal(3), "SIB615"),
    ],
)
def test_python_values_that_are_refused(measure: str, value: object, code: str) -> None:
    assert codes(python((measure, "Cohort 1", value))) == [code]


def test_a_binary_float_is_told_what_to_pass_instead() -> None:
    (finding,) = python(("Rate", "Cohort 1", 0.61))[1]
    assert finding.help is not None
    assert 'Decimal("0.61")' in say(finding.help, "en")


def test_a_binary_float_that_is_no_number_is_told_to_leave_it_out() -> None:
    for value in (float("nan"), float("inf")):
        (finding,) = python(("Rate", "Cohort 1", value))[1]
        assert finding.code == "SIB619"
        assert finding.help is not None
        assert "leave the row out" in say(finding.help, "en")


@pytest.mark.parametrize("value", [10**100, -(10**60), Decimal("1E+400"), Decimal("1E-400")])
@pytest.mark.parametrize("measure", ["People", "Score", "Cost"])
def test_a_number_that_is_too_long_is_told_the_limit(measure: str, value: object) -> None:
    (finding,) = python((measure, "Cohort 1", value))[1]
    assert say(finding.message, "en") == "this number has more than 60 digits"


def test_dates_may_be_dates_but_no_instants() -> None:
    assert codes(python(("Start Day", None, date(2014, 5, 5)))) == []
    instant = datetime(2014, 5, 5, 12, 0)  # noqa: DTZ001 -- what a caller may hand in
    assert codes(python(("Start Day", None, instant))) == ["SIB624"]


# ------------------------------------------------------------------------------------- corrections

FIRST = "Rate,Cohort 1,61%,{},,2015-08-01"
LATER = "Rate,Cohort 1,63%,{},,2015-09-01"


@pytest.mark.parametrize(
    ("first", "later", "allowed"),
    [
        ("provisional", "final", True),
        ("provisional", "provisional", True),
        ("disputed", "final", True),
        ("final", "correction", True),
        ("final", "disputed", True),
        ("correction", "correction", False),  # the first corrects nothing
        ("final", "final", False),
        ("final", "provisional", False),
        ("", "", False),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_which_value_may_follow_which(first: str, later: str, allowed: bool, turned: bool) -> None:  # noqa: FBT001
    rows = [FIRST.format(first), LATER.format(later)]
    results, findings = bound("\n".join(reversed(rows) if turned else rows))
    assert allowed is (findings == ())
    assert results.values[MEASURES["Rate"], 0].value == Fraction(63, 100)


def test_a_correction_is_final_again() -> None:
    results, _ = bound(FIRST.format("final") + "\n" + LATER.format("correction"))
    assert results.values[MEASURES["Rate"], 0].status is Status.FINAL


@pytest.mark.parametrize(
    "rows",
    [
        "Rate,Cohort 1,61%\nRate,Cohort 1,61%",
        "Rate,Cohort 1,61%,provisional\nRate,Cohort 1,63%,final",
        "Rate,Cohort 1,61%,,,2015-08-01\nRate,Cohort 1,63%,correction",
        "Rate,Cohort 1,61%,,,2015-08-01\nRate,Cohort 1,63%,correction,,2015-08-01",
        "evaluation,Cohort 1,cancelled\nevaluation,Cohort 1,cancelled",
        "Tariff,Cohort 1,complete\nTariff,Cohort 1,complete",
    ],
)
def test_two_rows_that_cannot_be_put_in_order_are_refused(rows: str) -> None:
    (finding,) = bound(rows)[1]
    assert finding.code == "SIB622"


def test_a_value_not_available_is_undefined_for_good() -> None:
    results, findings = bound("Rate,Cohort 1,,not available")
    assert findings == ()
    assert results.values[MEASURES["Rate"], 0].status is Status.NOT_AVAILABLE
    assert results.values[MEASURES["Rate"], 0].value is None
    later = "Rate,Cohort 1,,not available,,2015-08-01\n" + LATER.format("")
    assert codes(bound(later)) == ["SIB622"]


def test_what_was_reported_later_is_left_out() -> None:
    rows = (
        FIRST.format("final") + "\n" + LATER.format("correction") + "\nRte,Cohort 1,,,,2015-09-01"
    )
    results, findings = bound(rows, as_of="2015-08-31")
    assert findings == ()
    assert results.values[MEASURES["Rate"], 0].value == Fraction(61, 100)


def test_rows_without_a_day_are_doubted_when_a_day_is_asked_for() -> None:
    outcome = bound("Rate,Cohort 1,61%\nRate,Cohort 2,61%", as_of="2016-08-31")
    assert codes(outcome) == ["SIB651"]
    assert "2" in say(outcome[1][0].message, "en")
    assert codes(bound("Rate,Cohort 1,61%")) == []


def test_what_cannot_be_known_on_a_day_is_left_out() -> None:
    rows = "Rate,Cohort 1,61%\nRate,Cohort 2,61%\nTariff,Cohort 2,complete"
    results, findings = bound(rows, as_of="2015-08-31")
    assert [finding.code for finding in findings] == ["SIB651", "SIB662"]
    assert say(findings[1].message, "en").endswith(": 2")
    assert list(results.values) == [(MEASURES["Rate"], 0)]
    assert results.closed == frozenset()
    claims = "A,Entry,2014-05-05\nA,Entry,2015-09-01"
    results, findings = bound(claims=claims, as_of="2015-08-31")
    assert [finding.code for finding in findings] == ["SIB651", "SIB662"]
    assert [claim.on for claim in results.claims] == [date(2014, 5, 5)]


@pytest.mark.parametrize(
    "row",
    ["Rate,Cohort 1,61%,,,2015-06-29", "Tariff,Cohort 1,complete,,,2015-06-29"],
)
def test_a_report_before_its_evaluation_is_doubted(row: str) -> None:
    (finding,) = bound(row)[1]
    assert (finding.code, finding.severity) == ("SIB663", Severity.WARNING)
    assert codes(bound(row.replace("06-29", "06-30"))) == []


def test_a_claim_reported_before_its_outcome_is_doubted() -> None:
    assert codes(bound(claims="A,Entry,2014-05-05,,,,2014-05-04")) == ["SIB663"]
    assert codes(bound(claims="A,Entry,2014-05-05,,,,2014-05-05")) == []


def test_evaluations_are_cancelled_and_cards_closed() -> None:
    results, findings = bound("evaluation,Cohort 2,cancelled\nTariff,Cohort 1,Complète")
    assert findings == ()
    assert results.cancelled == {1}
    assert results.closed == {(0, 0)}


# ------------------------------------------------------------------------------------------ claims

PEOPLE = "A,adult,2014-02-01\nB,youth,2015-02-01"


def claimed(rows: str, participants: str = PEOPLE, results: str = "") -> tuple[Claim, ...]:
    bound_results, findings = bound(results, rows, participants)
    assert [say(finding.message, "en") for finding in findings] == []
    return bound_results.claims


def test_a_claim_belongs_to_the_first_evaluation_after_it() -> None:
    rows = "A,Entry,2014-05-05\nB,Entry,2015-07-01\nC,Entry,2015-06-30\nD,Entry,2014-05-05,Cohort 2"
    assert {claim.participant: claim.evaluation for claim in claimed(rows)} == {
        "A": 0,
        "B": 1,
        "C": 0,
        "D": 1,
    }


def test_a_claim_reported_late_belongs_to_a_later_evaluation() -> None:
    (claim,) = claimed("A,Entry,2014-05-05,,,,2015-08-01")
    assert claim.evaluation == 1


def test_the_tariff_goes_by_class_and_first_day() -> None:
    rows = "A,Job,2014-05-05\nB,Job,2015-05-05\nA,Grant,2014-05-05"
    assert [(c.participant, c.outcome) for c in claimed(rows)] == [("A", 1), ("A", 3), ("B", 2)]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("A,Enty,2014-05-05", "SIB631"),
        ("A,,2014-05-05", "SIB631"),
        ("A,Entry,2014-05-05,,Tarif", "SIB631"),
        (",Entry,2014-05-05", "SIB640"),
        ("A,Entry,", "SIB624"),
        ("A,Entry,2013-05-05", "SIB625"),
        ("A,Entry,2019-05-05", "SIB625"),
        ("A,Entry,2017-05-05", "SIB633"),
        ("A,Entry,2014-05-05,Cohort 3", "SIB612"),
        ("A,Entry,2014-05-05,Final", "SIB613"),
        ("A,Entry,2014-05-05,,,lost", "SIB621"),
        ("A,Entry,2014-05-05,,,correction", "SIB636"),
        ("A,Entry,2014-05-05,,,withdrawn", "SIB636"),
        ("Z,Job,2014-05-05", "SIB643"),
        ("Z,Grant,2014-05-05", "SIB643"),
    ],
)
def test_a_wrong_claim_is_refused(row: str, code: str) -> None:
    results, findings = bound(claims=row, participants=PEOPLE)
    assert [finding.code for finding in findings] == [code]
    assert findings[0].label.file == "claims.csv"
    assert results.claims == ()


def test_the_same_claim_twice_is_refused_unless_marked() -> None:
    row = "A,Entry,2014-05-05"
    assert codes(bound(claims=f"{row}\n{row}")) == ["SIB635"]
    assert claimed(f"{row}\n{row},,,withdrawn") == ()
    (claim,) = claimed(f"{row},,,correction,2016-01-01,letter 2\n{row},Cohort 2,,,,letter 1")
    assert (claim.evaluation, claim.evidence) == (1, "letter 2")
    again = f"{row},,,correction,2016-01-01\n{row}\n{row},,,withdrawn,2016-01-02"
    assert claimed(again) == ()
    assert codes(bound(claims=f"{row}\n{row},,,correction\n{row},,,withdrawn")) == ["SIB635"]


def test_a_claim_after_the_closing_of_its_evaluation_is_refused() -> None:
    closing = "Tariff,Cohort 1,complete,,,2015-07-31"
    late = "A,Entry,2014-05-05,Cohort 1,,,2015-08-01"
    assert codes(bound(closing, late)) == ["SIB634"]
    in_time = late.replace("2015-08-01", "2015-07-31")
    assert len(claimed(in_time, results=closing)) == 1


def test_the_order_of_rows_never_matters() -> None:
    people = PEOPLE.replace("2015-02-01", "2014-01-01").replace("2014-02-01", "2014-01-01")
    rows = [
        f"{person},{outcome},2014-0{month}-01"
        for person in "ABC"
        for outcome in ("Entry",)
        for month in range(1, 8)
    ]
    expected = bound(claims="\n".join(rows), participants=people)
    for seed in range(5):
        shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311 -- no secret
        assert bound(claims="\n".join(shuffled), participants=people) == expected


def test_participants() -> None:
    results, findings = bound(participants="B,youth\nA,adult,2014-02-01")
    assert [one.name for one in results.participants] == ["A", "B"]
    assert findings == ()
    assert codes(bound(participants="A\nA")) == ["SIB641"]
    assert codes(bound(participants="A,adlut")) == ["SIB642"]
    assert codes(bound(participants=",adult")) == ["SIB640"]
    assert codes(bound(participants="A,adult,soon")) == ["SIB624"]


def test_a_row_of_participants_that_is_refused_is_the_one_finding() -> None:
    claims = "Z,Job,2014-05-05\nZ,Job,2014-05-06\nZ,Grant,2014-05-05\nB,Job,2015-05-05"
    outcome = bound(claims=claims, participants=f"{PEOPLE}\nZ,adult,05/05/2014")
    assert codes(outcome) == ["SIB624"]
    without_headings = sheet("Z,adult,2014-02-01\nB,adult,2014-02-01\n", TableKind.PARTICIPANTS)
    claimed_ = sheet("participant,outcome,date\nZ,Job,2014-05-05\n", TableKind.CLAIMS)
    found = bind(PLAN, no_rows(TableKind.RESULTS), claimed_, without_headings)
    assert {finding.label.file for finding in found[1]} == {"participants.csv"}


def test_a_participant_that_nobody_listed_is_said_once() -> None:
    outcome = bound(claims="Z,Job,2014-05-05\nY,Job,2014-05-05\nZ,Grant,2014-05-05")
    assert codes(outcome) == ["SIB643", "SIB643"]


def test_a_claim_on_two_cards_names_one() -> None:
    cards = (PLAN.cards[0], evolve(PLAN.cards[0], name="Other", evaluations=(2,)))
    plan = evolve(PLAN, cards=cards)

    def claim(*cells: str) -> Bound:
        rows = rows_of([cells], TableKind.CLAIMS, "claims", "en")
        table = Table(TableKind.CLAIMS, "claims", rows)
        return bind(plan, no_rows(TableKind.RESULTS), table, no_rows(TableKind.PARTICIPANTS))

    assert codes(claim("A", "Entry", "2014-05-05")) == ["SIB632"]
    assert claim("A", "Entry", "2014-05-05", "", "Other")[0].claims[0].card == 1
    assert claim("A", "Entry", "2014-05-05", "Final")[0].claims[0].card == 1
    assert claim("A", "Entry", "2014-05-05", "Cohort 1")[0].claims[0].card == 0


# ------------------------------------------------------------------------------ bounds and digests


def test_a_hundred_findings_are_listed_and_the_others_counted() -> None:
    _, findings = bound("Rate,Cohort 1,61\n" * 5000)
    assert len(findings) == 101
    assert findings[-1].code == "SIB650"
    assert say(findings[-1].message, "en") == "findings that are not listed: 4,900"


def test_many_wrong_rows_take_bounded_time() -> None:
    started = time.process_time()
    bound("Raate,Cohort 1,61\n" * 5_000)
    assert time.process_time() - started < 5


def test_the_digest_is_of_the_results_not_of_their_sheet() -> None:
    one = bound("Rate,Cohort 1,61%\nPeople,Cohort 1,142")[0]
    other = bound("People;Cohort 1;142\nRate;Cohort 1;61 %", form="fr")[0]
    assert digest(PLAN, one) == digest(PLAN, other)
    assert len(digest(PLAN, one)) == 64


@pytest.mark.parametrize(
    "rows",
    [
        "Rate,Cohort 1,62%",
        "Rate,Cohort 2,61%",
        "Rate,Cohort 1,61%,provisional",
        "Rate,Cohort 1,61%,,Assessor",
        "Rate,Cohort 1,61%,,,2015-08-01",
        "Rate,Cohort 1,61%,,,,letter",
        "Rate,Cohort 1,61%\nevaluation,Cohort 2,cancelled",
        "Rate,Cohort 1,61%\nTariff,Cohort 2,complete",
    ],
)
def test_whatever_differs_in_the_results_changes_the_digest(rows: str) -> None:
    assert digest(PLAN, bound(rows)[0]) != digest(PLAN, bound("Rate,Cohort 1,61%")[0])


def test_claims_and_participants_are_in_the_digest() -> None:
    plain = digest(PLAN, bound()[0])
    claim = digest(PLAN, bound(claims="A,Entry,2014-05-05")[0])
    person = digest(PLAN, bound(participants="A,adult")[0])
    assert len({plain, claim, person}) == 3


@pytest.mark.parametrize(
    ("row", "form", "offers"),
    [
        ("Cost,Cohort 1,GBP 4.000", "en", "write 4000 or 4.0000"),
        ("Cost,Cohort 1,-12.340", "en", "write -12340 or -12.3400"),
        ("Cost;Cohort 1;4,000", "fr", "write 4000 or 4,0000"),
    ],
)
def test_an_amount_in_a_cell_that_may_be_thousands_is_refused(
    row: str, form: Language, offers: str
) -> None:
    outcome = bound(row, form=form)
    assert codes(outcome) == ["SIB661"]
    assert outcome[1][0].help is not None
    assert say(outcome[1][0].help, "en").startswith(offers)


@pytest.mark.parametrize("cell", ["4.0000", "4.00", "0.120", "94.505", "4000.000"])
def test_plain_amounts_in_a_cell_are_read(cell: str) -> None:
    assert value_of(f"Cost,Cohort 1,{cell}") == Fraction(cell)


# ------------------------------------------------------------------------- a sheet that did not come


def closed_without_claims(results: str, claims: Table, as_of: date | None = None) -> Bound:
    head = "measure,evaluation,value,reported on\n"
    return bind(
        PLAN,
        sheet(head + results, TableKind.RESULTS),
        claims,
        no_rows(TableKind.PARTICIPANTS),
        as_of,
    )


def test_a_closed_card_without_a_sheet_of_claims_is_refused() -> None:
    rows = "Tariff,Cohort 1,complete,2015-07-01\nTariff,Cohort 2,complete,2016-07-01\n"
    outcome = closed_without_claims(rows, no_rows(TableKind.CLAIMS))
    assert codes(outcome) == ["SIB660"]
    (finding,) = outcome[1]
    assert "‘Tariff’ is complete at Cohort 1" in say(finding.message, "en")
    assert finding.label.span is not None
    assert finding.help is not None
    assert "claims=[]" in say(finding.help, "en")
    assert "«\u00a0Tariff\u00a0» est complète lors de Cohort 1" in say(finding.message, "fr")


def test_a_sheet_of_claims_without_rows_says_that_there_are_none() -> None:
    headings = sheet("participant,outcome,date\n", TableKind.CLAIMS)
    outcome = closed_without_claims("Tariff,Cohort 1,complete,\n", headings)
    assert outcome[1] == ()
    assert outcome[0].closed == {(0, 0)}


def test_no_sheet_of_claims_is_wanted_while_no_card_is_closed() -> None:
    rows = "Tariff,Cohort 1,complete,2015-07-01\n"
    before = date(2015, 6, 30)
    assert codes(closed_without_claims(rows, no_rows(TableKind.CLAIMS), before)) == []
    assert codes(closed_without_claims("", no_rows(TableKind.CLAIMS))) == []


# ------------------------------------------------------------------------------ days out of order


def test_a_claim_before_its_participant_started_is_doubted() -> None:
    people = "A,adult,2014-02-01"
    for day, expected in (("2014-01-31", ["SIB664"]), ("2014-02-01", [])):
        outcome = bound(claims=f"A,Entry,{day}", participants=people)
        assert codes(outcome) == expected
        assert len(outcome[0].claims) == 1


def test_a_change_reported_before_its_claim_is_doubted() -> None:
    claim_ = "A,Entry,2014-05-05,,,,2014-07-01\nA,Entry,2014-05-05,,,{},{}"
    for mark in ("withdrawn", "correction"):
        assert codes(bound(claims=claim_.format(mark, "2014-06-30"))) == ["SIB665"]
        assert codes(bound(claims=claim_.format(mark, "2014-07-01"))) == []
