"""A contract compiled to Python says what the interpreter says, or leaves it to the interpreter."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sibdsl
from sibdsl.evaluate.compiled import compile_plan
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.plan.terms import Constant, Lookup, Plan
from sibdsl.results.reported import Reported, Results, Status
from sibdsl.units import Kind

ROOT = Path(__file__).parent.parent.parent
HEAD = """sibdsl 1 en
contract "Every operation"
currency EUR
term from 2020-01-01 to 2024-12-31
party Ministry is outcome payer
party Fund is investor
party Evaluator is evaluator
funding Fund provides EUR 1,000,000 to Ministry on 2020-01-01
evaluation Final on 2022-12-31
measure Rate is a percentage at Final, reported by Evaluator
measure People is a count at Final, reported by Evaluator
measure Base is a number at Final, reported by Evaluator
"""
TABLES = """
table Step by Rate, in steps
  from 5%: EUR 100
  from 10%: EUR 250
  otherwise: EUR 0
table Line by Rate, interpolated
  from 5%: EUR 100,000
  from 10%: EUR 250,000.05
  from 15%: EUR 400,000
  otherwise: EUR 0
Share means People / Base
Likely Share means People / Rate or else 7
"""
PAYMENTS = """
payment Steps at Final
  Ministry pays Step + EUR 1 * Likely Share to Fund
  when Rate is at least 5%
  due 2023-01-31
payment Doubtful at Final
  Ministry pays EUR 100 * Share to Fund
  due 2023-02-28
payment Along at Final
  Ministry pays Line Amount to Fund
  when Rate is more than 8% and not (People is less than 10)
  due 2023-03-31
payment Rest at Final
  Ministry pays the greater of (EUR 812.345 * People - Steps; EUR 0) to Fund
  due 2023-04-30
cap Ministry: EUR 300,000
"""


def rounding(mode: str) -> str:
    """A contract with every kind of table, a divisor that may be nil, and a cap that binds."""
    definition = f"Line Amount means Line rounded {mode} to EUR 0.01\n"
    return f"{HEAD}{TABLES}{definition}{PAYMENTS}rounding {mode} to EUR 0.01\n"


def contracts() -> dict[str, sibdsl.Contract]:
    found = {
        str(path.relative_to(ROOT)): sibdsl.load(path)
        for path in sorted((ROOT / "examples").rglob("contract.sib"))
    }
    for mode in ("half even", "half up", "up", "down"):
        found[mode] = sibdsl.parse(rounding(mode))
    return {name: each for name, each in found.items() if each.ok and not each.plan.cards}


CONTRACTS = contracts()
COMPILED = {name: compile_plan(each.plan) for name, each in CONTRACTS.items()}
FAST = {name: each.fast() for name, each in CONTRACTS.items()}


def telling(plan: Plan) -> list[Fraction]:
    """Values where something changes: what is written in the contract, and just beside it."""
    written = {Fraction(0), Fraction(1)}
    for term in plan.terms:
        if isinstance(term, Constant) and isinstance(term.value, Fraction):
            written.add(term.value)
        if isinstance(term, Lookup):
            written.update(bound.at for bound in term.bounds)
    beside = (Fraction(0), Fraction(1, 1000), Fraction(-1, 1000), Fraction(1, 200))
    return sorted({value + near for value in written for near in beside})


def drawn(data: st.DataObject, plan: Plan, kind: Kind) -> Fraction | bool:
    if kind is Kind.YES_NO:
        return data.draw(st.booleans())
    if kind is Kind.DATE:
        return Fraction(data.draw(st.dates(date(2000, 1, 1), date(2060, 1, 1))).toordinal())
    if kind is Kind.COUNT:
        return Fraction(data.draw(st.integers(0, 30) | st.integers(0, 2_000)))
    free = st.fractions(-2, 5_000_000, max_denominator=997)
    return data.draw(st.sampled_from(telling(plan)) | free)


def interpreted(plan: Plan, values: dict[tuple[int, int | None], Fraction | bool]) -> list[object]:
    reported = {at: Reported(value, Status.FINAL) for at, value in values.items()}
    settled = evaluated_on(plan, Results(values=reported)).trace.settled
    steps = {rounding.currency: rounding.step for rounding in plan.roundings}
    return [
        each.whole.value / steps[payment.currency]
        if isinstance(each.whole.value, Fraction)
        else None
        for each, payment in zip(settled, plan.payments, strict=True)
    ]


def test_there_are_contracts_to_compare() -> None:
    assert {"half even", "half up", "up", "down"} < set(CONTRACTS)


@pytest.mark.parametrize("name", CONTRACTS)
@given(data=st.data())
def test_compiled_is_interpreted(name: str, data: st.DataObject) -> None:
    plan, compiled = CONTRACTS[name].plan, COMPILED[name]
    values = {at: drawn(data, plan, plan.measures[at[0]].unit.kind) for at in compiled.inputs}
    expected = interpreted(plan, values)
    found = compiled.run(*values.values())
    assert found is None or list(found) == expected
    if None not in expected:
        assert found is not None
    assert list(FAST[name](*values.values())) == expected


def test_what_is_undefined_is_left_to_the_interpreter() -> None:
    fast = FAST["half even"]
    nothing = [Fraction(0) for _ in fast.inputs]
    assert COMPILED["half even"].run(*nothing) is None
    due = dict(zip(fast.payments, fast(*nothing), strict=True))
    assert due["Doubtful", "Final"] is None
    assert due["Steps", "Final"] == 0


@pytest.mark.parametrize("count", [Fraction(1, 2), Fraction(-3)])
def test_no_count_is_taken_for_another(count: Fraction) -> None:
    fast = FAST["half even"]
    given = {("Rate", "Final"): Fraction(1, 10), ("People", "Final"): count}
    values = [given.get(at, Fraction(7)) for at in fast.inputs]
    places: dict[tuple[int, int | None], Fraction | bool] = {}
    places.update(zip(COMPILED["half even"].inputs, values, strict=True))
    assert list(fast(*values)) == interpreted(CONTRACTS["half even"].plan, places)


def test_numbers_are_taken_as_they_come_but_no_float() -> None:
    fast = FAST["half even"]
    assert fast.steps == (Fraction(1, 100),) * 4
    known: dict[str, Decimal | Fraction | int] = {
        "Rate": Decimal("0.12"),
        "People": 12,
        "Base": Fraction(1, 3),
    }
    due = fast(*(known[measure] for measure, _ in fast.inputs))
    # 250 + 12/0.12; 100 × 12/(1/3); of the line's 310,000.03 what the cap leaves; then nothing.
    assert due == (350_00, 3_600_00, 296_050_00, 0)
    with pytest.raises(TypeError, match="float"):
        fast(*(0.12 for _ in fast.inputs))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="3 results"):
        fast(1)


DAYS = f"""{HEAD}
measure Finish is a date at Final, reported by Evaluator
measure Audited is yes or no at Final, reported by Evaluator
payment Early at Final
  Ministry pays EUR 10 * People to Fund
  when all of (Finish is before 2022-06-30; Audited)
  due 2023-01-31
cap Ministry: EUR 300,000
"""


def test_a_day_is_given_as_a_date() -> None:
    fast = sibdsl.parse(DAYS).fast()
    given: dict[str, date | int] = {"People": 3, "Audited": True, "Rate": 0, "Base": 1}
    for day, due in ((date(2022, 6, 29), 30_00), (date(2022, 6, 30), 0)):
        given["Finish"] = day
        assert fast(*(given[measure] for measure, _ in fast.inputs)) == (due,)
    with pytest.raises(TypeError, match="a number"):
        FAST["half even"](*(date(2022, 6, 30) for _ in FAST["half even"].inputs))


def test_a_rate_card_is_refused() -> None:
    cards = sibdsl.load(ROOT / "examples" / "innovation-fund" / "contract.sib")
    with pytest.raises(ValueError, match="claims"):
        cards.fast()
