"""The laws of amendments, on contracts drawn at random."""

import re
from datetime import date

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

import sibdsl
from sibdsl.consolidation import consolidate
from sibdsl.plan.digest import _pointed, digest
from sibdsl.plan.terms import Part, Plan, Settlement
from sibdsl.plan.wellformed import _wanted
from sibdsl.source import Source
from tests.property.strategies import Written, claims, contracts, results
from tests.property.test_contracts import checked, laws

AMENDABLE = re.compile(r"[A-Z]\w* (?:\d+ )?means|condition |table |payment |cap (?!return)")
NUMBER = re.compile(r"\d+\.\d\d|GBP \d+")


def amending(written: Written, said: list[str], day: str) -> sibdsl.Contract:
    text = "\n".join(
        ("sibdsl 1 en", f'amendment "No 1" to "contract.sib" effective {day}', *said, "")
    )
    library = {"contract.sib": written.text}
    return sibdsl.parse(text, "amendment.sib", library=library)


def drawn(data: st.DataObject, written: Written) -> list[str]:
    """Some of the statements that may be amended."""
    amendable = [each for each in written.statements if AMENDABLE.match(each)]
    assume(amendable)
    return data.draw(st.lists(st.sampled_from(amendable), min_size=1, max_size=4, unique=True))


def changed(data: st.DataObject, statement: str) -> str:
    """A statement with one of its numbers made another."""
    numbers = list(NUMBER.finditer(statement))
    if not numbers:
        return statement
    found = data.draw(st.sampled_from(numbers))
    return f"{statement[: found.start()]}{found[0]}1{statement[found.end() :]}"


def meaning(contract: sibdsl.Contract) -> str:
    """The digest without the accounts of caps that bear on nothing."""
    plan = contract.plan
    bearing = tuple(each for each in plan.accounts if each.payments or each.parts or each.amounts)
    return digest(evolve(plan, accounts=bearing))


def accepted(contract: sibdsl.Contract) -> sibdsl.Contract:
    """The contract, if nothing refuses it."""
    assert isinstance(str(sibdsl.ContractError(contract.findings, contract.sources)), str)
    assume(contract.ok)
    return contract


@laws
@given(st.data())
def test_a_statement_said_anew_as_it_was_changes_no_payment(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    day = data.draw(st.sampled_from(["2021-07-01", "2023-01-01", "2026-06-30"]))
    again = accepted(amending(written, drawn(data, written), day))
    rows, claimed = data.draw(results(written)), data.draw(claims(written))
    before, after = (
        {
            (one.name, one.evaluation): (one.amount, one.state, one.due, one.gross)
            for one in each.evaluate(rows, claims=claimed).payments
        }
        for each in (contract, again)
    )
    assert before == after


@laws
@given(st.data())
def test_an_amendment_effective_after_everything_changes_nothing(data: st.DataObject) -> None:
    written = data.draw(contracts())
    contract = checked(written)
    said = [changed(data, each) for each in drawn(data, written)]
    late = accepted(amending(written, said, "2029-12-31"))
    assume(all(payment.due.isoformat() < "2029-12-31" for payment in contract.plan.payments))
    assert meaning(late) == meaning(contract)


@laws
@given(st.data())
def test_an_amendment_effective_before_everything_is_the_consolidated_contract(
    data: st.DataObject,
) -> None:
    written = data.draw(contracts())
    checked(written)
    said = [changed(data, each) for each in drawn(data, written)]
    early = accepted(amending(written, said, "2020-01-02"))
    assert early.source is not None
    own = early.sources[""]
    made = consolidate(own, lambda path: Source(path, written.text))
    assert made.text is not None
    alone = sibdsl.parse(made.text)
    assert alone.ok
    assert meaning(alone) == meaning(early)


@laws
@given(st.data())
def test_what_rests_on_one_evaluation_is_what_the_terms_that_govern_it_make_of_it(
    data: st.DataObject,
) -> None:
    """Where a payment rests on nothing of another evaluation, one contract alone says what it comes to."""
    written = data.draw(contracts())
    contract = checked(written)
    said = [changed(data, each) for each in drawn(data, written)]
    day = date.fromisoformat(data.draw(st.sampled_from(["2021-07-01", "2022-07-01", "2026-06-30"])))
    both = accepted(amending(written, said, day.isoformat()))
    made = consolidate(both.sources[""], lambda path: Source(path, written.text))
    assert made.text is not None
    old, new = contract.plan, sibdsl.parse(made.text).plan
    for payment in both.plan.payments:
        at = payment.evaluation
        if not rests_on(both.plan, payment.gross) <= {at}:
            continue
        on = payment.due if at is None else both.plan.evaluations[at].on
        governing = new if on >= day else old
        alone = next(
            each
            for each in governing.payments
            if (each.name, each.evaluation) == (payment.name, at)
        )
        gross = _pointed(both.plan)["terms"][payment.gross]
        assert gross == _pointed(governing)["terms"][alone.gross]
        assert payment.due == alone.due


def rests_on(plan: Plan, term: int) -> set[int | None]:
    """The evaluations at which a term, or a name under it, is read; all of them under a payment."""
    named = {each.term: each.evaluation for each in plan.names}
    found: set[int | None] = set()
    waiting = [term]
    while waiting:
        index = waiting.pop()
        one = plan.terms[index]
        if isinstance(one, Settlement | Part):
            return {-1}
        if index in named and named[index] is not None:
            found.add(named[index])
        waiting += [under for kind in _wanted(one) for under in kind]
    return found
