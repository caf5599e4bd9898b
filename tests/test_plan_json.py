"""Plans as JSON: written the same way every time, read back equal, anything else refused."""

import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sibdsl.plan import terms
from sibdsl.plan.digest import digest
from sibdsl.plan.forms import TAGS
from sibdsl.plan.schema import schema_json
from sibdsl.plan.serialize import PlanError, from_json, to_json
from sibdsl.plan.terms import Plan
from tests.lowering import plan_of, plans_of_examples

SCHEMA = Path(__file__).parent.parent / "sibdsl" / "plan" / "schema.json"
CLAUSES = """group Lenders is Fund 1/3, Trust 2/3
funding Lenders provide GBP 100 to Payer on 2011-01-01
Change means Rate - (Rate at previous evaluation or else 5%)
payment Fee at each evaluation
  Payer pays GBP 15.12 * Count to Lenders
  when Change is at least 1 points or evaluation date is after 2015-01-01
  due 30 days after evaluation
cap Fee: GBP 500
cap return of Lenders: 13% per year
rate card Results at each evaluation
  outcome "Begins": GBP 100, once, for starts from 2012-01-01 to 2012-12-31
  outcome "Ends": GBP 200, once, requires "Begins"
payment Result Fee at each evaluation
  Payer pays Results to Fund
  due 30 days after evaluation
example "first"
  given Count at Cohort 1 is 3
  given Rate at Cohort 1 is 13/155
  expect Rate at Cohort 1 is 13/155
"""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of(CLAUSES)


@pytest.fixture(scope="module")
def written(plan: Plan) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(to_json(plan))
    return data


def test_what_is_written_reads_back_equal(plan: Plan) -> None:
    text = to_json(plan)
    assert from_json(text) == plan
    assert to_json(from_json(text)) == text
    places = [term.places for term in plan.terms]
    assert [term.places for term in from_json(text).terms] == places


def test_every_example_reads_back_and_fits_the_schema() -> None:
    validator = Draft202012Validator(json.loads(schema_json()))
    names = []
    for name, plan in plans_of_examples():
        text = to_json(plan)
        assert from_json(text) == plan
        assert [error.message for error in validator.iter_errors(json.loads(text))] == []
        names.append(name)
    assert "peterborough" in names


def test_the_head_says_what_it_is(plan: Plan, written: dict[str, Any]) -> None:
    head = {name: written[name] for name in ("format", "version", "digest", "language")}
    assert head == {
        "format": "sibdsl-plan",
        "version": 1,
        "digest": digest(plan),
        "language": "en",
    }


def test_numbers_are_exact_text_and_dates_are_dates(written: dict[str, Any]) -> None:
    values = [term["value"] for term in written["terms"] if term["is"] == "constant"]
    assert {"378/25", "2014-06-30", "1/20"} <= set(values)
    assert written["payments"][0]["payee"]["shares"] == ["1/3", "2/3"]
    assert written["payments"][0]["due"] == "2014-07-30"


def test_there_is_no_binary_float_in_the_text(plan: Plan) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    json.loads(to_json(plan), parse_float=refuse)


def test_each_term_stands_on_a_line_of_its_own(plan: Plan, written: dict[str, Any]) -> None:
    lines = [line.strip().rstrip(",") for line in to_json(plan).splitlines()]
    first = lines.index('"terms": [') + 1
    assert [json.loads(line) for line in lines[first : first + len(plan.terms)]] == written["terms"]


def test_every_kind_of_term_has_a_tag() -> None:
    kinds = {*terms.Term.__args__, *terms.Division.__args__}
    assert set(TAGS) == kinds
    assert len(set(TAGS.values())) == len(kinds)


# The schema


def test_the_published_schema_is_fresh(update_golden: bool) -> None:  # noqa: FBT001
    if update_golden:
        SCHEMA.write_text(schema_json(), encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == schema_json()


def test_the_schema_is_one_and_refuses(written: dict[str, Any]) -> None:
    schema = json.loads(schema_json())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid(written)
    for change in ({"version": 2}, {"terms": [{"is": "constant"}]}, {"more": 1}, {"start": "May"}):
        assert not validator.is_valid(written | change)


# Refusals


def changed(written: dict[str, Any], path: str, value: Any) -> str:
    """The JSON with one value changed; the path is that of the refusal that is expected."""
    data = json.loads(json.dumps(written))
    steps = path.replace("]", "").replace("[", ".").split(".")[1:]
    where = data
    for step in steps[:-1]:
        where = where[int(step)] if isinstance(where, list) else where[step]
    last = steps[-1]
    if value is MISSING:
        del where[last]
    else:
        where[int(last) if isinstance(where, list) else last] = value
    return json.dumps(data)


MISSING = object()


def first(written: dict[str, Any], kind: str) -> int:
    return next(place for place, term in enumerate(written["terms"]) if term["is"] == kind)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.format", "plan"),
        ("$.version", 2),
        ("$.version", True),
        ("$.version", 1.0),
        ("$.digest", "0" * 64),
        ("$.digest", None),
        ("$.language", "de"),
        ("$.title", 3),
        ("$.currency", "XXX"),
        ("$.start", "2010-1-1"),
        ("$.start", "2010-02-30"),
        ("$.end", MISSING),
        ("$.extra", 1),
        ("$.parties", {}),
        ("$.parties[1].name", "Payer"),
        ("$.fundings[0].amount", 100),
        ("$.fundings[0].amount", 1.5),
        ("$.fundings[0].amount", "100.00"),
        ("$.fundings[0].amount", "200/2"),
        ("$.fundings[0].amount", "1/0"),
        ("$.fundings[0].amount", "9" * 5_000),
        ("$.fundings[0].amount", "١"),
        ("$.evaluations[0].on", 20140630),
        ("$.measures[0].unit", "apples"),
        ("$.measures[0].unit", "amount"),
        ("$.measures[0].place", [1]),
        ("$.measures[0].place", [1, 2.5]),
        ("$.measures[0].evaluations[0]", 9),
        ("$.measures[0].direction", "sideways"),
        ("$.measures[0].presumed", True),
        ("$.cards[0].tariffs[1].requires", [{"outcomes": [7]}]),
        ("$.cards[0].tariffs[1].times", 10**30),
        ("$.payments[0].payer", {"is": "single", "party": 99}),
        ("$.payments[0].parts", []),
        ("$.payments[0].settlement", 0),
        ("$.payments[0].currency", "EUR"),
        ("$.accounts[0].cap", -1),
        ("$.accounts[0].payments[0]", 99),
        ("$.roundings[0].step", "0"),
        ("$.roundings[0].mode", "sideways"),
        ("$.examples[0].results[0]", {"measure": 1, "evaluation": None, "value": "3"}),
        ("$.examples[0].expectations[0]", MISSING),
    ],
)
def test_what_is_not_a_plan_is_refused_at_its_place(
    written: dict[str, Any], path: str, value: object
) -> None:
    if path.endswith("expectations[0]"):
        path, value = path + ".term", 10**6
    with pytest.raises(PlanError) as refused:
        from_json(changed(written, path, value))
    assert refused.value.path.startswith(path.rpartition(".")[0] if value is MISSING else path)
    assert refused.value.message.template


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("arithmetic", "left", 10_000),
        ("arithmetic", "left", -1),
        ("arithmetic", "operation", "power"),
        ("arithmetic", "unit", "yes or no"),
        ("arithmetic", "right", MISSING),
        ("arithmetic", "more", 1),
        ("constant", "value", "one"),
        ("constant", "value", True),
        ("constant", "is", "variable"),
        ("comparison", "left", 2.5),
        ("result", "measure", 12),
        ("result", "evaluation", None),
        ("several", "items", [0]),
        ("claimed", "prices", []),
    ],
)
def test_a_term_that_cannot_be_evaluated_is_refused(
    written: dict[str, Any], kind: str, field: str, value: object
) -> None:
    place = first(written, kind)
    with pytest.raises(PlanError) as refused:
        from_json(changed(written, f"$.terms[{place}].{field}", value))
    assert refused.value.path.startswith(f"$.terms[{place}]")


def test_a_term_never_rests_on_a_later_one(written: dict[str, Any]) -> None:
    place = first(written, "arithmetic")
    for later in (place, place + 1):
        with pytest.raises(PlanError) as refused:
            from_json(changed(written, f"$.terms[{place}].left", later))
        assert refused.value.path == f"$.terms[{place}].left"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "1e400",
        "[" * 100_000,
        '{"a": ' * 100_000,
        '{"format": "sibdsl-plan", "format": "sibdsl-plan"}',
        '{"format": NaN}',
        "\x00",
        "9" * 10_000,
        '"\\ud800"',
    ],
)  # fmt: skip
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(PlanError):
        from_json(text)


def test_a_refusal_says_where_and_what_in_one_line() -> None:
    with pytest.raises(PlanError, match=r"^\$: this is not JSON: line 1, column 2$"):
        from_json("{")


def test_a_change_that_keeps_the_form_is_seen_by_the_digest(written: dict[str, Any]) -> None:
    with pytest.raises(PlanError) as refused:
        from_json(changed(written, "$.fundings[0].amount", "101"))
    assert refused.value.path == "$.digest"


def test_a_date_without_its_unit_is_an_ordinal() -> None:
    plan = plan_of(
        "measure Start is a date, reported by Assessor, presumed 2014-01-01\n"
        'example "late"\n  given Start is 2015-01-01\n  expect Start is 2015-01-01\n'
    )
    data = json.loads(to_json(plan))
    assert data["measures"][2]["presumed"] == "2014-01-01"
    assert data["examples"][0]["expectations"][0]["value"] == "2015-01-01"
    ordinal = Fraction(date(2015, 1, 1).toordinal())
    assert data["examples"][0]["results"][0]["value"] == str(ordinal)
    assert from_json(to_json(plan)) == plan
