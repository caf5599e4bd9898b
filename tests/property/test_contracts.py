"""The laws of the whole, on contracts drawn at random: what passes the check runs, and means one thing."""

from fractions import Fraction

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import sibdsl
from sibdsl.evaluate.compiled import compile_plan
from sibdsl.evaluate.written import NotCompiledError
from sibdsl.plan.digest import digest
from tests.property.strategies import Rows, Written, claims, contracts, results

laws = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)


def checked(written: Written) -> sibdsl.Contract:
    """The contract, if it passes the check; whatever it says, it can be said in words."""
    contract = sibdsl.parse(written.text)
    assert isinstance(str(sibdsl.ContractError(contract.findings, contract.sources)), str)
    assume(contract.ok)
    return contract


def evaluated(contract: sibdsl.Contract, rows: Rows, claimed: Rows) -> sibdsl.Determination:
    return contract.evaluate(rows, claims=claimed)


@laws
@given(st.data())
def test_what_passes_the_check_runs_on_any_results(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    for complete in (True, False):
        rows = data.draw(results(written, complete=complete))
        determination = evaluated(contract, rows, data.draw(claims(written)))
        assert contract.report(determination)
        assert contract.report(determination, "json")
        assert contract.report(determination, "csv", csv="fr")


@laws
@given(st.data())
def test_nothing_due_is_negative_or_more_than_gross_or_than_any_cap(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    rows = data.draw(results(written))
    determination = evaluated(contract, rows, data.draw(claims(written)))
    steps = {rounding.currency: rounding.step for rounding in contract.plan.roundings}
    for payment in determination.payments:
        assert payment.amount >= 0
        assert payment.amount == sum(part.amount for part in payment.parts)
        assert (payment.amount / steps[payment.currency]).denominator == 1
        if payment.gross is not None:
            # Rounding up may pass the gross amount, by less than a step.
            assert payment.amount < max(payment.gross, Fraction(0)) + steps[payment.currency]
    for cap in determination.caps:
        if cap.limit is not None and cap.used is not None and cap.headroom is not None:
            assert cap.used <= max(cap.limit, Fraction(0))
            assert cap.headroom >= 0


@laws
@given(st.data())
def test_a_contract_parted_into_files_means_the_same(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    cuts = st.integers(0, len(written.statements))
    first, second, third, fourth = sorted(data.draw(st.tuples(cuts, cuts, cuts, cuts)))
    lines = written.statements
    head = 'sibdsl 1 en\nclause library "Part"\n'
    titles = [at for at, line in enumerate(lines) if line.startswith("contract ")]
    assume(not any(first <= at < fourth for at in titles))
    inner = head + "\n".join(lines[second:third]) + "\n"
    outer = [*lines[first:second], 'use "inner.sib"', *lines[third:fourth]]
    main = ["sibdsl 1 en", *lines[:first], 'use "parts/outer.sib"', *lines[fourth:], ""]
    library = {"parts/outer.sib": head + "\n".join(outer), "parts/inner.sib": inner}
    parted = sibdsl.parse("\n".join(main), library=library)
    assert digest(parted.plan) == digest(contract.plan)
    # A library may hold what this contract does not use: others may.
    told, alone = (
        sorted(one.code for one in each.findings if one.code != "SIB091")
        for each in (parted, contract)
    )
    assert told == alone


@laws
@given(st.data())
def test_a_plan_reads_back_and_determines_the_same(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    again = sibdsl.from_json(contract.to_json())
    assert again.to_json() == contract.to_json()
    rows, claimed = data.draw(results(written)), data.draw(claims(written))
    one, other = (evaluated(each, rows, claimed) for each in (contract, again))
    assert one == other


@laws
@given(st.data())
def test_neither_order_nor_layout_nor_comments_change_the_digest(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    payments = [each for each in written.statements if each.startswith("payment ")]
    shuffled = data.draw(st.permutations(written.statements))
    in_order = iter(payments)
    moved = [next(in_order) if each.startswith("payment ") else each for each in shuffled]
    text = "  # a comment\n\n".join(("sibdsl 1 en", *moved, "")).replace(" is ", "\t is\n  ")
    other = sibdsl.parse(text)
    assert other.ok, str(sibdsl.ContractError(other.findings, other.sources))
    assert digest(other.plan) == digest(contract.plan)


@laws
@given(st.data())
def test_a_contract_compiled_says_what_the_interpreter_says(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    try:
        compiled = compile_plan(contract.plan)
    except NotCompiledError:
        assert contract.plan.cards
        return
    rows = data.draw(results(written, complete=True))
    determination = evaluated(contract, rows, [])
    reported = {(row["measure"], row["evaluation"]): str(row["value"]) for row in rows}
    plan = contract.plan
    values = [
        _value(
            reported[
                plan.measures[measure].name,
                None if evaluation is None else plan.evaluations[evaluation].name,
            ]
        )
        for measure, evaluation in compiled.inputs
    ]
    found = compiled.run(*values)
    if found is not None:
        due = [number * step for number, step in zip(found, compiled.steps, strict=True)]
        assert due == [payment.amount for payment in determination.payments]


def _value(written: str) -> Fraction | bool:
    if written in {"yes", "no"}:
        return written == "yes"
    for unit in ("%", " points"):
        if written.endswith(unit):
            return Fraction(written.removesuffix(unit)) / 100
    return Fraction(written)


def test_most_contracts_drawn_pass_the_check() -> None:
    passed: list[bool] = []

    @settings(laws, phases=[Phase.generate], database=None)
    @given(contracts())
    def count(written: Written) -> None:
        passed.append(sibdsl.parse(written.text).ok)

    count()
    assert sum(passed) > len(passed) / 2
