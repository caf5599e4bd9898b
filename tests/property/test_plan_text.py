"""No text makes reading a plan fail but with its one error, and what is read can be evaluated."""

import json
from functools import cache
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sibdsl.evaluate.evaluate import evaluate
from sibdsl.evaluate.examples import example_findings
from sibdsl.plan.digest import digest
from sibdsl.plan.reading import read_plan
from sibdsl.plan.serialize import PlanError, from_json, to_json
from sibdsl.plan.terms import Plan
from sibdsl.results.reported import Results
from tests.lowering import plans_of_examples

WORDS = ["", "yes or no", "date", "percentage", "1/2", "-3", "0", "2015-01-01", "single", "GBP"]
leaves = st.none() | st.booleans() | st.integers(-3, 400) | st.sampled_from(WORDS) | st.floats(0, 1)
values = st.recursive(leaves, lambda each: st.lists(each, max_size=3), max_leaves=4)


@cache
def plans() -> tuple[Plan, ...]:
    return tuple(plan for _, plan in plans_of_examples())


@st.composite
def changed(draw: st.DrawFn) -> str:
    """The JSON of an example with a few values replaced, taken away, or copied from elsewhere."""
    data = json.loads(to_json(draw(st.sampled_from(plans()))))
    for _ in range(draw(st.integers(1, 3))):
        where, last = place(draw, data)
        how = draw(st.sampled_from(["other", "copied", "away"]))
        if how == "away":
            del where[last]
        elif how == "copied":
            there, other = place(draw, data)
            where[last] = json.loads(json.dumps(there[other]))
        else:
            where[last] = draw(values)
    return json.dumps(data)


def place(draw: st.DrawFn, data: Any) -> tuple[Any, Any]:
    """A random place in JSON, deep ones as likely as shallow ones."""
    where: Any = data
    step: Any = draw(st.sampled_from(sorted(data)))
    while isinstance(where[step], dict | list) and where[step] and draw(st.integers(0, 4)):
        where = where[step]
        steps = sorted(where) if isinstance(where, dict) else range(len(where))
        step = draw(st.sampled_from(steps))
    return where, step


def read(text: str) -> Plan | PlanError:
    try:
        return read_plan(text)[0]
    except PlanError as refused:
        return refused


@given(text=changed())
def test_a_changed_plan_is_refused_or_runs(text: str) -> None:
    found = read(text)
    if isinstance(found, Plan):
        assert from_json(to_json(found)) == found
        assert evaluate(found, Results()).contract_digest == digest(found)
        assert all(finding.code for finding in example_findings(found))
    else:
        assert found.path.startswith("$")


@given(text=st.text())
def test_any_text_is_refused(text: str) -> None:
    found = read(text)
    assert isinstance(found, PlanError)
    assert found.path in {"$", "$.format"}
