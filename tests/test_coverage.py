"""What worked examples show: each kind of case, by a contract and an example that shows it or not."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import sibdsl
from sibdsl.coverage.cases import Case, CaseKind
from sibdsl.coverage.reached import coverage
from sibdsl.documents.cases_text import case_said
from sibdsl.documents.coverage_json import coverage_json
from sibdsl.documents.coverage_text import CoverageReport, coverage_text
from sibdsl.documents.wording import Wording
from sibdsl.source import Source
from sibdsl.worked import coverage_report, pasted

ROOT = Path(__file__).parent.parent
CONTRACTS = sorted(ROOT.glob("examples/*/contract.sib*"))

HEAD = """sibdsl 1 en
contract "Test"
currency GBP
term from 2020-01-01 to 2030-12-31
party City is outcome payer
party Fund is investor
party Bank is investor
party Auditor is evaluator
evaluations Year yearly from 2021-01-01 to 2023-01-01
measure Jobs is a count at each Year, reported by Auditor
measure Starts is a count at each Year, reported by Auditor
measure Early End is yes or no at each Year, decided by City, presumed no
cap contract: GBP 1,000,000
"""
FIXED = "payment Fee at each Year\n  City pays {} to Fund\n  due 30 days after evaluation\n"


def contract(*clauses: str) -> sibdsl.Contract:
    read = sibdsl.parse(HEAD + "\n".join(clauses))
    assert read.ok, str(sibdsl.ContractError(read.findings, read.sources))
    return read


def fee(amount: str) -> str:
    return FIXED.format(amount)


def example(*lines: str, title: str = "one") -> str:
    return f'example "{title}"\n  ' + "\n  ".join(lines)


def said(read: sibdsl.Contract, *kinds: CaseKind, shown: bool) -> list[str]:
    """The cases of some kinds that are shown, or that are not, in words."""
    wording = Wording(read.plan, read.source)
    return [
        wording.say(case_said(each.case, wording))
        for each in coverage(read.plan).cases
        if bool(each.examples) is shown and each.case.kind in kinds
    ]


COMPARED = (CaseKind.MET, CaseKind.NOT_MET, CaseKind.THRESHOLD)
WHEN = "when Jobs is at least 80\n  due 30 days after evaluation"


def conditional(*examples: str) -> sibdsl.Contract:
    return contract(fee("GBP 5").replace("due 30 days after evaluation", WHEN), *examples)


@pytest.mark.parametrize(
    ("jobs", "expected"),
    [
        (79, ["‘Jobs is at least 80’ is not met"]),
        (80, ["‘Jobs is at least 80’ is met", "‘Jobs is at least 80’, at exactly 80"]),
        (81, ["‘Jobs is at least 80’ is met"]),
    ],
)
def test_a_comparison_is_met_not_met_or_at_its_threshold(jobs: int, expected: list[str]) -> None:
    amount = 5 if jobs >= 80 else 0
    lines = (f"given Jobs at Year 1 is {jobs}", f"expect Fee at Year 1 is GBP {amount}")
    read = conditional(example(*lines))
    assert said(read, *COMPARED, shown=True) == expected


def test_what_is_not_expected_is_not_shown() -> None:
    lines = ("given Jobs at Year 1 is 80", "given Starts at Year 1 is 9")
    read = contract(
        "Double means 2 * Starts",
        fee("GBP 5").replace("due 30 days after evaluation", WHEN),
        example(*lines, "expect Double at Year 1 is 18"),
    )
    assert said(read, *COMPARED, shown=True) == []
    assert said(read, CaseKind.WORKED_OUT, shown=True) == ["it is worked out"]


def test_a_condition_that_decided_nothing_is_not_shown() -> None:
    read = contract(
        "condition Both: Jobs is at least 80 and Starts is at least 90",
        fee("GBP 5").replace("due 30", "when Both\n  due 30"),
        example(
            "given Jobs at Year 1 is 100",
            "given Starts at Year 1 is 10",
            "expect Fee at Year 1 is GBP 0",
        ),
    )
    assert said(read, *COMPARED, shown=True) == [
        "‘Both’ is not met",
        "‘Starts is at least 90’ is not met",
    ]


def test_a_payment_is_due_and_not_due() -> None:
    due = ("given Jobs at Year 2 is 90", "expect Fee at Year 2 is GBP 5")
    kinds = (CaseKind.DUE, CaseKind.NOT_DUE)
    assert said(conditional(example(*due)), *kinds, shown=True) == ["it is due"]
    assert said(conditional(example(*due)), *kinds, shown=False) == ["it is not due"]


def test_a_payment_that_nothing_can_stop_is_never_to_be_shown_as_not_due() -> None:
    assert said(contract(fee("GBP 5")), CaseKind.NOT_DUE, shown=False) == []


TABLE = """table Amount by Jobs, {}
  from 10: GBP 100
  from 20: GBP 200
  {}"""
ROWS = (CaseKind.ROW, CaseKind.ROW_EDGE, CaseKind.JUST_BELOW, CaseKind.BELOW_FIRST_ROW)


@pytest.mark.parametrize(
    ("mode", "jobs", "amount", "expected"),
    [
        ("in steps", 9, 0, ["just below 10 (from 9)", "below the first row (10)"]),
        ("in steps", 10, 100, ["the row from 10 to 20", "exactly 10"]),
        ("in steps", 15, 100, ["the row from 10 to 20"]),
        ("in steps", 19, 100, ["the row from 10 to 20", "just below 20 (from 19)"]),
        ("in steps", 20, 200, ["the last row, from 20", "exactly 20"]),
        ("interpolated", 5, 0, ["below the first row (10)"]),
        ("interpolated", 10, 100, ["exactly 10"]),
        ("interpolated", 15, 150, ["between the rows 10 and 20"]),
        ("interpolated", 21, 200, ["the last row, from 20"]),
        ("marginal", 5, 0, ["below the first row (10)"]),
        ("marginal", 15, 500, ["the band from 10 to 20"]),
        ("marginal", 21, 1200, ["the band from 10 to 20", "the last row, from 20"]),
    ],
)
def test_the_rows_of_a_table(mode: str, jobs: int, amount: int, expected: list[str]) -> None:
    otherwise = "" if mode == "marginal" else "otherwise: GBP 0"
    read = contract(
        TABLE.format(mode, otherwise),
        fee("Amount"),
        example(f"given Jobs at Year 1 is {jobs}", f"expect Fee at Year 1 is GBP {amount:,}"),
    )
    assert sorted(said(read, *ROWS, shown=True)) == sorted(expected)


def test_a_row_that_holds_at_one_value_is_shown_at_that_value() -> None:
    rows = "table Amount by Jobs, in steps\n  from 10: GBP 1\n  above 10: GBP 2\n  otherwise: GBP 0"
    read = contract(
        rows,
        fee("Amount"),
        example("given Jobs at Year 1 is 10", "expect Fee at Year 1 is GBP 1"),
    )
    assert said(read, *ROWS, shown=True) == ["exactly 10"]
    assert sorted(said(read, *ROWS, shown=False)) == [
        "below the first row (10)",
        "just below 10 (from 9)",
        "the row above 10",
    ]


@pytest.mark.parametrize(
    ("given", "amount", "expected"),
    [
        (("Jobs at Year 1 is 5", "Starts at Year 1 is 10"), 50, "there is a value"),
        (("Starts at Year 1 is 0",), 7, "the fall-back, because it divides by nil"),
        (
            ("Jobs at Year 1 is not available", "Starts at Year 1 is 10"),
            7,
            "the fall-back, because a result that it rests on is not available",
        ),
    ],
)
def test_a_fall_back_and_why_it_is_taken(
    given: tuple[str, ...], amount: int, expected: str
) -> None:
    read = contract(
        "Share means Jobs / Starts or else 7%",
        fee("Share * GBP 100"),
        example(*(f"given {each}" for each in given), f"expect Fee at Year 1 is GBP {amount}"),
    )
    shown = said(read, CaseKind.FALLBACK, CaseKind.NO_FALLBACK, shown=True)
    assert len(shown) == 1
    assert shown[0].startswith(expected)


def test_the_first_evaluation_has_no_previous_one() -> None:
    read = contract(
        "Before means Jobs at previous evaluation or else 3",
        fee("GBP 1 * Before"),
        example("expect Fee at Year 1 is GBP 3"),
    )
    assert said(read, CaseKind.FALLBACK, shown=True) == [
        "the fall-back, because there is no previous evaluation"
    ]


@pytest.mark.parametrize(("jobs", "amount", "shown"), [(5, 1, "‘then’"), (4, 2, "‘else’")])
def test_the_branches_of_a_choice(jobs: int, amount: int, shown: str) -> None:
    read = contract(
        fee("if Jobs is at least 5 then GBP 1 else GBP 2"),
        example(f"given Jobs at Year 1 is {jobs}", f"expect Fee at Year 1 is GBP {amount}"),
    )
    assert said(read, CaseKind.THEN, CaseKind.ELSE, shown=True) == [f"the branch {shown}"]


@pytest.mark.parametrize(
    ("jobs", "amount", "shown"),
    [(5, 5, ["‘GBP 1 * Jobs’ alone decides"]), (9, 7, ["‘GBP 7’ alone decides"]), (7, 7, [])],
)
def test_the_alternatives_of_the_lesser_of(jobs: int, amount: int, shown: list[str]) -> None:
    read = contract(
        fee("the lesser of (GBP 1 * Jobs; GBP 7)"),
        example(f"given Jobs at Year 1 is {jobs}", f"expect Fee at Year 1 is GBP {amount}"),
    )
    assert said(read, CaseKind.ALTERNATIVE, shown=True) == shown


def test_a_presumption_holds_or_is_overridden() -> None:
    kinds = (CaseKind.PRESUMED, CaseKind.OVERRIDDEN)
    unless = fee("GBP 5").replace("due 30", "unless Early End\n  due 30")
    holds = example("expect Fee at Year 1 is GBP 5")
    assert said(contract(unless, holds), *kinds, shown=True) == ["what is presumed holds"]
    ends = example("given Early End at Year 1 is yes", "expect Fee at Year 1 is GBP 0")
    assert said(contract(unless, ends), *kinds, shown=True) == [
        "something else than presumed is reported"
    ]


@pytest.mark.parametrize(("jobs", "amount", "shown"), [(3, 30, 0), (4, 30, 1), (2, 20, 0)])
def test_a_cap_is_shown_where_it_cuts(jobs: int, amount: int, shown: int) -> None:
    read = contract(
        fee("GBP 10 * Jobs"),
        "cap Fee: GBP 30 per evaluation",
        example(f"given Jobs at Year 1 is {jobs}", f"expect Fee at Year 1 is GBP {amount}"),
    )
    assert len(said(read, CaseKind.CAP, shown=True)) == shown


def test_of_several_caps_the_one_that_leaves_the_least_is_shown() -> None:
    read = contract(
        fee("GBP 10 * Jobs"),
        "cap Fee: GBP 30 per evaluation",
        "cap Fee: GBP 40 per calendar year",
        example("given Jobs at Year 1 is 9", "expect Fee at Year 1 is GBP 30"),
    )
    shown = [each for each in coverage(read.plan).cases if each.case.kind is CaseKind.CAP]
    assert [(each.case.number, bool(each.examples)) for each in shown] == [
        (0, False),
        (1, True),
        (2, False),
    ]


def test_the_members_of_a_waterfall() -> None:
    read = contract(
        "group Notes is Fund up to GBP 50, then Bank",
        fee("GBP 10 * Jobs").replace("to Fund", "to Notes"),
        example("given Jobs at Year 1 is 5", "expect Fee at Year 1 is GBP 50"),
    )
    assert said(read, CaseKind.MEMBER, shown=True) == ["money reaches Fund"]
    assert said(read, CaseKind.MEMBER, shown=False) == ["money reaches Bank"]


CARD = """rate card Prices at each Year
  outcome "Enters": GBP 10, once
  outcome "Stays": GBP 20, no limit, requires "Enters" at least 3 months before
  outcome "Grows": GBP 30, once, for class "young"
  at most GBP 35 per participant
"""
CLAIMS = (
    CaseKind.ACCEPTED,
    CaseKind.REFUSED_BY_LIMIT,
    CaseKind.REFUSED_BY_REQUIRES,
    CaseKind.REFUSED_BY_CLASS,
    CaseKind.PARTICIPANT_CAP,
)


@pytest.mark.parametrize(
    ("claims", "amount", "shown"),
    [
        (("Enters 2020-02-01",), 10, ["‘Enters’ is accepted"]),
        (
            ("Enters 2020-02-01", "Enters 2020-02-02"),
            10,
            ["‘Enters’ is accepted", "‘Enters’ is refused by its limit"],
        ),
        (("Stays 2020-02-01",), 0, ["‘Stays’ is refused for want of ‘Enters’"]),
        (("Grows 2020-02-01",), 0, ["‘Grows’ is refused by class or first day"]),
        (
            ("Enters 2020-02-01", "Stays 2020-06-01", "Stays 2020-07-01"),
            35,
            [
                "the cap per participant cuts an amount",
                "‘Enters’ is accepted",
                "‘Stays’ is accepted",
            ],
        ),
    ],
)
def test_the_claims_of_a_rate_card(claims: tuple[str, ...], amount: int, shown: list[str]) -> None:
    given = (
        f'given participant "A" claims "{name}" on {on}'
        for name, on in (claim.split() for claim in claims)
    )
    read = contract(CARD, fee("Prices"), example(*given, f"expect Fee at Year 1 is GBP {amount}"))
    assert said(read, *CLAIMS, shown=True) == shown


def test_a_cap_on_a_rate_card_is_shown_where_it_cuts() -> None:
    read = contract(
        CARD,
        fee("Prices"),
        "cap Prices: GBP 8",
        example(
            'given participant "A" claims "Enters" on 2020-02-01', "expect Fee at Year 1 is GBP 8"
        ),
    )
    assert len(said(read, CaseKind.CAP, shown=True)) == 1


def test_evaluations_are_cases_of_one_clause() -> None:
    met = example("given Jobs at Year 1 is 90", "expect Fee at Year 1 is GBP 5")
    failed = example(
        "given Jobs at Year 3 is 1", "expect Fee at Year 3 is GBP 0", title="the other"
    )
    cases = coverage(conditional(met, failed).plan).cases
    shown = {each.case.kind: each.examples for each in cases}
    assert (shown[CaseKind.MET], shown[CaseKind.NOT_MET]) == ((0,), (1,))


# ----------------------------------------------------------------------------------- suggestions


def report_of(path: Path) -> tuple[sibdsl.Contract, CoverageReport]:
    read = sibdsl.load(path)
    return read, coverage_report(read.plan, read.source, work=60_000)


@pytest.mark.parametrize("path", CONTRACTS, ids=[path.parent.name for path in CONTRACTS])
def test_every_example_contract_has_a_report_whose_suggestions_hold(path: Path) -> None:
    read, report = report_of(path)
    assert read.source is not None
    assert coverage_text(report, read.plan, read.source)
    jsonschema.validate(json.loads(coverage_json(report, read.plan, read.source)), schema())
    told = [case for each in report.suggestions for case in each.cases]
    assert len(told) + len(report.unreached) == len(report.coverage.missing)
    for suggestion in report.suggestions:
        text = pasted(read.source, suggestion.text)
        now = sibdsl.parse(text, read.source.name)
        # What an example expects is used: a definition that nothing used may be so no longer.
        used = {"SIB091"}.difference(one.code for one in now.findings)
        assert now.findings == tuple(one for one in read.findings if one.code not in used)
        shown = [
            each.case
            for each in coverage(now.plan).cases
            if len(read.plan.examples) in each.examples
        ]
        assert [alike(case) for case in suggestion.cases] == [
            alike(case)
            for case in shown
            if alike(case) in {alike(each) for each in suggestion.cases}
        ]


def alike(case: Case) -> tuple[object, ...]:
    return (case.kind, case.clause.name, case.place, case.number, case.of, case.cause)


def schema() -> dict[str, Any]:
    text = files("sibdsl.documents").joinpath("coverage.schema.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data


def test_the_schema_knows_every_kind() -> None:
    data = schema()
    jsonschema.Draft202012Validator.check_schema(data)
    kinds = data["$defs"]["case"]["properties"]["kind"]["enum"]
    assert kinds == [kind.value for kind in CaseKind]


def test_one_suggestion_may_show_several_cases() -> None:
    read = conditional()
    assert read.source is not None
    report = coverage_report(read.plan, read.source)
    assert [len(each.cases) for each in report.suggestions] == [3, 2]
    assert report.suggestions[0].text == (
        "# Fee, it is due\n"
        "# Fee, ‘Jobs is at least 80’ is met\n"
        "# Fee, ‘Jobs is at least 80’, at exactly 80\n"
        'example "Fee, it is due"\n  given Jobs at Year 1 is 80\n  expect Fee at Year 1 is GBP 5\n'
    )


def test_nothing_is_suggested_that_cannot_be_reached() -> None:
    read = contract(fee("the lesser of (GBP 1 * Jobs; GBP 7)"), "cap Fee: GBP 7 per evaluation")
    report = coverage_report(read.plan, read.source)
    assert [case.kind for case in report.unreached] == [CaseKind.CAP, CaseKind.CAP]
    assert "may be unreachable" in coverage_text(report, read.plan, read.source)


def test_a_plan_without_its_text_has_a_report_and_no_suggestions() -> None:
    read = sibdsl.from_json(conditional().to_json())
    report = coverage_report(read.plan, None)
    assert report.suggestions == ()
    text = coverage_text(report, read.plan, None)
    assert "Fee" in text
    assert "unreachable" not in text  # nothing was tried
    jsonschema.validate(json.loads(coverage_json(report, read.plan, None)), schema())


def test_a_literate_contract_gets_suggestions_too() -> None:
    text = conditional().source
    assert text is not None
    markdown = f"# A contract\n\n```sib\n{text.text}\n```\n\nThe end.\n"
    read = sibdsl.parse(markdown, "contract.sib.md")
    report = coverage_report(read.plan, read.source)
    assert len(report.suggestions) == 2


def test_a_search_without_means_suggests_nothing() -> None:
    read = conditional()
    assert coverage_report(read.plan, read.source, work=0).suggestions == ()


def test_the_same_contract_gives_the_same_suggestions() -> None:
    read, again = (sibdsl.load(ROOT / "examples/rikers/contract.sib") for _ in range(2))
    assert [each.text for each in coverage_report(read.plan, read.source).suggestions] == [
        each.text for each in coverage_report(again.plan, again.source).suggestions
    ]


SHARES = (
    "measure Success Rate is a percentage at each Year, reported by Auditor",
    "measure Base is a percentage at each Year, reported by Auditor",
    "Gap means Success Rate - Base",
    """table Scale by Gap, in steps
  from -50 points: GBP 5
  from 4 points: GBP 10
  from 8 points: GBP 20
  otherwise: GBP 0""",
    fee("Scale"),
)


@pytest.mark.parametrize("name", ["Success Rate", "Share of Starts"])
def test_a_share_is_tried_between_none_and_all_of_it(name: str) -> None:
    clauses = [each.replace("Success Rate", name) for each in SHARES]
    read = contract(*clauses)
    assert read.source is not None
    report = coverage_report(read.plan, read.source)
    given = [
        each.value
        for suggestion in report.suggestions
        for made in sibdsl.parse(pasted(read.source, suggestion.text)).plan.examples
        for each in made.results
    ]
    assert {each.kind for each in report.unreached} == {CaseKind.CAP}
    assert given
    assert all(0 <= value <= 1 for value in given if not isinstance(value, bool | None))


def test_names_that_begin_with_a_vowel_are_elided_in_french() -> None:
    text = """sibdsl 1 fr
contrat « Essai »
devise EUR
durée du 2020-01-01 au 2030-12-31
partie Ville est payeur
partie Fonds est investisseur
partie Auditeur est évaluateur
évaluation Échéance le 2021-01-01
mesure Emplois est un effectif lors d'Échéance, établi par Auditeur
paiement Indemnité lors d'Échéance
  Ville verse 1 250,50 EUR au Fonds
  lorsque Emplois est d'au moins 1 250
  échéance 30 jours après l'évaluation
plafond contrat : 5 000 EUR
"""
    read = sibdsl.parse(text)
    assert read.ok
    report = coverage_report(read.plan, Source("c.sib", text))
    assert report.suggestions[0].text.partition("\nex")[2] == (
        "emple « Indemnité, le paiement est dû »\n"
        "  étant donné qu'Emplois lors d'Échéance vaut 1 250\n"
        "  on attend qu'Indemnité lors d'Échéance soit de 1 250,50 EUR\n"
    )
