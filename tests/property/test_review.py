"""The laws of a comparison, on contracts drawn at random and amended at random."""

import re
from typing import Any

import attrs
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import sibdsl
from sibdsl.checks.bounds.trends import Trend
from sibdsl.evaluate.evaluate import evaluated_on
from sibdsl.plan.renamed import with_names
from sibdsl.plan.terms import Plan
from sibdsl.review import changes
from sibdsl.review.change import Change, Impact, Impacts, Sort
from sibdsl.review.changes import What
from sibdsl.review.comparison import Case, Comparison, Meaning
from sibdsl.review.points import Claims, Key, results_at
from tests.property.strategies import Written, contracts

SLOW = settings(suppress_health_check=list(HealthCheck), max_examples=25)
NUMBER = re.compile(r"(?<=[ (])[0-9]+(?=[.%) ;]|$)", re.MULTILINE)
RELATIONS = ("is at least", "is at most", "is more than", "is less than")


@st.composite
def amendments(draw: st.DrawFn) -> tuple[str, str]:
    """A contract and the same with one to three statements amended, dropped or moved."""
    written = draw(contracts())
    statements = list(written.statements)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(9, len(statements) - 1))
        match draw(st.sampled_from(("number", "number", "relation", "drop", "move", "rename"))):
            case "number":
                found = list(NUMBER.finditer(statements[at]))
                if found:
                    one = draw(st.sampled_from(found))
                    number = str(int(one[0]) + draw(st.integers(1, 9)))
                    text = statements[at]
                    statements[at] = text[: one.start()] + number + text[one.end() :]
            case "relation":
                old, new = draw(st.permutations(RELATIONS))[:2]
                statements[at] = statements[at].replace(old, new, 1)
            case "drop":
                del statements[at]
            case "move":
                statements.append(statements.pop(at))
            case _:
                name = draw(
                    st.sampled_from(("Term 0", "Measure 0", "Table 0", "Payment 0", "Fund"))
                )
                statements = [each.replace(name, f"Other {name}") for each in statements]
    return written.text, attrs.evolve(written, statements=tuple(statements)).text


def parsed(text: str) -> sibdsl.Contract:
    contract = sibdsl.parse(text)
    assume(contract.plan_if_any is not None)
    return contract


def plan_of(contract: sibdsl.Contract) -> Plan:
    assert contract.plan_if_any is not None
    return contract.plan_if_any


@SLOW
@given(contracts())
def test_a_contract_does_not_differ_from_itself(written: Written) -> None:
    contract = parsed(written.text)
    comparison = sibdsl.diff(contract, contract)
    assert comparison.meaning is Meaning.SAME
    assert comparison.changes == ()
    assert comparison.effects is None


@SLOW
@given(contracts())
def test_layout_is_the_only_change_of_a_contract_laid_out_otherwise(written: Written) -> None:
    old, new = parsed(written.text), parsed(written.text.replace("\n", "\n\n"))
    comparison = sibdsl.diff(old, new)
    assert comparison.meaning is Meaning.SAME
    assert [type(each.what) for each in comparison.changes] == [changes.LayoutChanged]


MIRRORED = {
    changes.Added: changes.Removed,
    changes.RowAdded: changes.RowRemoved,
    changes.OutcomeAdded: changes.OutcomeRemoved,
}
MIRRORED |= {removed: added for added, removed in MIRRORED.items()}
OPPOSITE = {Trend.RISES: Trend.FALLS, Trend.FALLS: Trend.RISES}
OTHER_WAY = {Impact.BETTER: Impact.WORSE, Impact.WORSE: Impact.BETTER}


def told(change: Change) -> tuple[Any, ...]:
    """A change as it is compared: places and the fingerprint, which has a direction, left out."""
    bears_on = frozenset((each.payment, each.trend) for each in change.bears_on)
    return (change.sort, change.name, change.what, bears_on, change.impacts)


def mirrored(change: Change, names: dict[str, str]) -> tuple[Any, ...]:
    """What the same change is, seen from the other side."""
    bears_on = frozenset(
        (names.get(each.payment, each.payment), OPPOSITE.get(each.trend, each.trend))
        for each in change.bears_on
    )
    turned = {
        part.name: OTHER_WAY.get(impact, impact)
        for part in attrs.fields(type(change.impacts))
        for impact in (getattr(change.impacts, part.name),)
    }
    impacts = Impacts(**turned)
    name = names.get(change.name, change.name)
    return (change.sort, name, mirrored_what(change.what), bears_on, impacts)


def mirrored_what(what: What) -> What:
    kind: Any = MIRRORED.get(type(what), type(what))
    parts = {part.name: getattr(what, part.name) for part in attrs.fields(type(what))}
    for name in [each for each in parts if each == "old" or each.startswith("old_")]:
        other = name.replace("old", "new")
        parts[name], parts[other] = parts[other], parts[name]
    if "trend" in parts:
        parts["trend"] = OPPOSITE.get(parts["trend"], parts["trend"])
    if parts.get("days") is not None:
        parts["days"] = -parts["days"]
    made: What = kind(**parts)
    return made


def same_either_way(there: Comparison, back: Comparison) -> None:
    names = {new: old for old, new in there.renames}
    kinds = [sorted(type(mirrored_what(each.what)).__name__ for each in there.changes)]
    kinds.append(sorted(type(each.what).__name__ for each in back.changes))
    assert kinds[0] == kinds[1]
    if there.renames:
        return  # a term that is compared is told in the words of the new version
    left = [told(each) for each in back.changes]
    for change in there.changes:
        if isinstance(change.what, changes.Reordered):
            continue  # of two statements that changed places, either moved
        assert mirrored(change, names) in left
        left.remove(mirrored(change, names))


@SLOW
@given(amendments())
def test_the_comparison_the_other_way_is_its_mirror(texts: tuple[str, str]) -> None:
    old, new = map(parsed, texts)
    there, back = sibdsl.diff(old, new, effects=False), sibdsl.diff(new, old, effects=False)
    assert there.meaning is back.meaning
    assert sorted((new, old) for old, new in there.renames) == sorted(back.renames)
    same_either_way(there, back)


def amounts(plan: Plan, case: Case) -> dict[tuple[str, str], Any]:
    """What falls due on the results of a case, worked out here and now."""
    point = {
        Key(each.measure, each.evaluation, each.value.unit.kind.value, each.value.unit.currency): (
            each.value.value
        )
        for each in case.results
        if each.value is not None
    }
    settled = evaluated_on(plan, results_at(plan, point, Claims())).trace.settled  # type: ignore[arg-type]
    names = [
        "" if each.evaluation is None else plan.evaluations[each.evaluation].name
        for each in plan.payments
    ]
    return {
        (payment.name, at): outcome.whole.certain
        for payment, at, outcome in zip(plan.payments, names, settled, strict=True)
    }


@SLOW
@given(amendments())
def test_every_difference_is_what_two_runs_give(texts: tuple[str, str]) -> None:
    old, new = map(parsed, texts)
    assume("rate card" not in "".join(texts))
    comparison = sibdsl.diff(old, new)
    if comparison.effects is None:
        return
    before = with_names(plan_of(old), dict(comparison.renames))
    for difference in comparison.effects.largest:
        case = difference.case
        one, other = amounts(before, case), amounts(plan_of(new), case)
        for pair in case.payments:
            key = pair.name, pair.evaluation
            assert one.get(key) == pair.old
            assert other.get(key) == pair.new
        if difference.about.value == "payment":
            due = [
                (pair.new or 0) - (pair.old or 0)
                for pair in case.payments
                if (pair.name, pair.currency) == (difference.name, difference.currency)
            ]
            assert sum(due) == difference.amount
        else:
            gains = [
                each.gain
                for each in case.parties
                if (each.party, each.currency) == (difference.name, difference.currency)
            ]
            assert gains == [difference.amount]


@SLOW
@given(amendments())
def test_nothing_differs_where_the_meaning_is_the_same(texts: tuple[str, str]) -> None:
    old, new = map(parsed, texts)
    comparison = sibdsl.diff(old, new)
    if comparison.meaning is Meaning.DIFFERENT:
        assert comparison.changes != ()
    else:
        assert comparison.effects is None
        assert all(each.impacts == Impacts() for each in comparison.changes)


@SLOW
@given(amendments())
def test_fingerprints_do_not_know_lines(texts: tuple[str, str]) -> None:
    old, new = map(parsed, texts)
    moved = sibdsl.parse(texts[1].replace("\nmeasure Closing", "\n\n\n  measure   Closing"))
    one, other = sibdsl.diff(old, new, effects=False), sibdsl.diff(old, moved, effects=False)
    prints = [
        {each.fingerprint for each in comparison.changes if each.sort is not Sort.TEXT}
        for comparison in (one, other)
    ]
    assert prints[0] == prints[1]
    assert len(prints[0]) == sum(each.sort is not Sort.TEXT for each in one.changes)


@st.composite
def single_amendments(draw: st.DrawFn) -> tuple[str, str]:
    """A contract without caps, and the same with one number or one relation amended."""
    written = draw(contracts())
    kept = [each for each in written.statements if not each.startswith("cap ")]
    at = draw(st.integers(12, len(kept) - 1))
    text = kept[at]
    found = [*NUMBER.finditer(text), *re.finditer("|".join(RELATIONS), text)]
    assume(found)
    one = draw(st.sampled_from(found))
    if one[0].isdigit():
        word = str(int(one[0]) + draw(st.sampled_from((-3, -1, 1, 2, 9))))
        assume(int(word) >= 0)
    else:
        word = draw(st.sampled_from(RELATIONS))
    after = text[: one.start()] + word + text[one.end() :]
    texts = [
        attrs.evolve(written, statements=(*kept[:at], each, *kept[at + 1 :])).text
        for each in (text, after)
    ]
    return texts[0], texts[1]


@SLOW
@given(single_amendments())
def test_what_is_said_to_pay_more_never_pays_less(texts: tuple[str, str]) -> None:
    """Without caps, what a clause says by itself is what comes of it."""
    old, new = map(parsed, texts)
    comparison = sibdsl.diff(old, new)
    if comparison.effects is None or comparison.renames:
        return
    said: dict[str, set[Trend]] = {}
    for change in comparison.changes:
        for bearing in change.bears_on:
            said.setdefault(bearing.payment, set()).add(bearing.trend)
    for difference in comparison.effects.largest:
        if difference.about.value == "payment":
            trends = said.get(difference.name, set())
            assert trends, f"{difference.name} differs and rests on nothing that changed"
            assert trends != {Trend.FALLS if difference.amount > 0 else Trend.RISES}
