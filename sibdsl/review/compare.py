"""What changed between two texts: every statement beside its counterpart, then the text around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from sibdsl.plan.terms import Plan
from sibdsl.review import changes, clauses, particulars, plans, wording
from sibdsl.review.amending import effective_dates, is_of_earlier_terms, title_place
from sibdsl.review.change import Bearing, Change, Impacts, Sort
from sibdsl.review.changes import WORDS_ONLY, WordingAspect
from sibdsl.review.comparison import Meaning
from sibdsl.review.differing import Differ
from sibdsl.review.found import Found, Two, Version, fingerprint
from sibdsl.review.impacts import impacts_of
from sibdsl.review.influence import Influence
from sibdsl.review.names import Named
from sibdsl.review.pairs import Pair, name_of, pairs, sort_of
from sibdsl.review.signs import DOWN, UP
from sibdsl.review.trees import is_same, renaming
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.naming import declared_names, name_there
from sibdsl.syntax.nodes import Node, Statement


def changes_between(
    old: Version,
    new: Version,
    bound: Mapping[str, str],
    old_plan: Plan,
    new_plan: Plan,
    meaning: Meaning,
) -> tuple[Change, ...]:
    """Every change, in the order of the new text; what is gone where it stood; words last."""
    same = renaming(bound)
    differ = Differ(Influence(old.checked), Influence(new.checked), same)
    two = Two(old, new, differ)
    together = pairs(old.checked.contract, new.checked.contract, bound, same)
    found = [*_renamed(two, together)]
    for pair in together:
        found += _of_pair(two, pair)
    ranked = [*plans.ranks(old_plan, new_plan, bound, two)]
    found += ranked
    found += effective_dates(two, old_plan, new_plan)
    names = frozenset(each.payment for one in ranked for each in one.bears_on)
    found += wording.reordered(two, together, names)
    found += wording.comments(two)
    found += wording.language(two)
    found = found or [*wording.layout(two)]
    return _finished(two, found, is_same_meaning=meaning is not Meaning.DIFFERENT)


def _finished(two: Two, found: list[Found], *, is_same_meaning: bool) -> tuple[Change, ...]:
    times: Counter[str] = Counter()
    made: list[Change] = []
    for each in found:
        if isinstance(each.what, WORDS_ONLY) or is_same_meaning:
            impacts = Impacts()
        elif each.impacts is not None:
            impacts = each.impacts
        else:
            impacts = impacts_of(each.bears_on, two.new.checked, two.old.checked)
        alike = fingerprint(each)
        made.append(two.finished(each, impacts, times[alike]))
        times[alike] += 1
    return tuple(sorted(made, key=_place))


def _place(change: Change) -> tuple[bool, int]:
    place = change.new or change.old
    return isinstance(change.what, WORDS_ONLY), 0 if place is None else place.span.start


def _renamed(two: Two, together: tuple[Pair, ...]) -> Iterator[Found]:
    for pair in together:
        if isinstance(pair.old, Named) and isinstance(pair.new, Named):
            old, new = pair.old.name, pair.new.name
            if old.text != new.text:
                is_declared = _is_declared(two, old.text, new.text)
                what = changes.Renamed(old.text, new.text, is_declared)
                yield Found(sort_of(pair.new), new.text, what, old, new)
        if isinstance(pair.old, nodes.RateCard) and isinstance(pair.new, nodes.RateCard):
            for outcome in pair.new.outcomes:
                for earlier in pair.old.outcomes:
                    one, other = earlier.name, outcome.name
                    if one.text != other.text and two.differ.same(one.text, other.text):
                        what = changes.Renamed(one.text, other.text)
                        yield Found(Sort.OUTCOME, other.text, what, one, other)


def _is_declared(two: Two, old: str, new: str) -> bool:
    """Whether the new name is the declared translation of the old one, or the other way round."""
    before, after = two.old.checked.contract, two.new.checked.contract
    if before.language == after.language:
        return False
    there = name_there(old, declared_names(before))
    back = name_there(new, declared_names(after))
    return (there is not None and there.name == new) or (back is not None and back.name == old)


def _of_pair(two: Two, pair: Pair) -> Iterator[Found]:
    match pair:
        case Pair(None, nodes.Node() as new):
            if not is_of_earlier_terms(new, two.new, two.old):
                yield _whole(two, new, is_added=True)
        case Pair(nodes.Node() as old, None):
            if not is_of_earlier_terms(old, two.old, two.new):
                yield _whole(two, old, is_added=False)
        case Pair(nodes.Node() as old, nodes.Node() as new):
            if not is_same(old, new, two.differ.same):
                yield from _within(two, old, new)


def _whole(two: Two, statement: Statement, *, is_added: bool) -> Found:
    """A statement that came, or went, with what it is for the payments it is about."""
    if isinstance(statement, nodes.Translation):
        return _translation(statement, is_added=is_added)
    said = _substance(two.new if is_added else two.old, statement)
    what: changes.What = changes.Added(said) if is_added else changes.Removed(said)
    influence = two.new_influence if is_added else two.old_influence
    more, less = (UP, DOWN) if is_added else (DOWN, UP)
    bears_on: tuple[Bearing, ...] = ()
    match statement:
        case nodes.Payment():
            bears_on = influence.of_payments((statement.name.text,), more)
        case nodes.Cap():
            bears_on = influence.under(statement, less)
        case nodes.ReturnCap():
            bears_on = influence.to(statement.investor.text, less)
        case nodes.Funding():
            bears_on = particulars.of_funding(two, statement)
        case nodes.RoundingRule() | nodes.ExchangeRate() | nodes.Evaluation() | nodes.Evaluations():
            bears_on = influence.of_all()
        case _:
            pass  # it counts through what uses it, which is told
    old, new = (None, statement) if is_added else (statement, None)
    return Found(sort_of(statement), name_of(statement), what, old, new, bears_on)


def _translation(statement: nodes.Translation, *, is_added: bool) -> Found:
    """A name in the other language that came, or went: words that move nothing."""
    text = statement.text.text
    words = ("", text) if is_added else (text, "")
    what = changes.WordingChanged(WordingAspect.TRANSLATION, *words)
    old, new = (None, statement) if is_added else (statement, None)
    return Found(Sort.TRANSLATION, name_of(statement), what, old, new)


def _substance(version: Version, statement: Statement) -> str:
    """What a statement says, its name left out; empty where it is too long to be told in a line."""
    match statement:
        case nodes.Payment() | nodes.Evaluation() | nodes.Evaluations():
            start = statement.name.span.end
        case nodes.Definition():
            start = statement.body.span.start
        case nodes.Condition():
            start = statement.test.span.start
        case nodes.Cap():
            start = statement.limit.span.start
        case nodes.ReturnCap():
            start = statement.rate.span.start
        case nodes.Funding():
            start = statement.investor.span.end
        case _:
            return ""
    said = version.between(Span(start, statement.span.end))
    return said if len(said) <= _LONGEST_SAID else ""


_LONGEST_SAID: Final = 300


def _within(two: Two, old: Statement, new: Statement) -> Iterator[Found]:
    """What changed between a statement and its counterpart, which is of the same kind."""
    match (old, new):
        case (nodes.Definition(), nodes.Definition()):
            yield from clauses.definition(two, old, new)
        case (nodes.Condition(), nodes.Condition()):
            yield from clauses.condition(two, old, new)
        case (nodes.Table(), nodes.Table()):
            yield from clauses.table(two, old, new)
        case (nodes.Payment(), nodes.Payment()):
            yield from clauses.payment(two, old, new)
        case (nodes.Cap(), nodes.Cap()):
            yield from clauses.cap(two, old, new, name_of(new))
        case (nodes.ReturnCap(), nodes.ReturnCap()):
            yield from clauses.return_cap(two, old, new, name_of(new))
        case (nodes.Measure(), nodes.Measure()):
            yield from particulars.measure(two, old, new)
        case (nodes.RateCard(), nodes.RateCard()):
            yield from particulars.rate_card(two, old, new)
        case (nodes.Party(), nodes.Party()):
            yield from particulars.party(old, new)
        case (nodes.Evaluation(), nodes.Evaluation()):
            yield from particulars.evaluation(two, old, new)
        case (nodes.Evaluations(), nodes.Evaluations()):
            yield from particulars.evaluations(two, old, new)
        case (nodes.Funding(), nodes.Funding()):
            yield from particulars.funding(two, old, new)
        case (nodes.Example(), nodes.Example()):
            lines = not _same_lines(two, old, new)
            what = changes.ExampleChanged(lines)
            yield Found(Sort.EXAMPLE, new.title.text, what, old, new)
        case _:
            yield from _of_head(two, old, new)


def _same_lines(two: Two, old: nodes.Example, new: nodes.Example) -> bool:
    return len(old.lines) == len(new.lines) and all(
        is_same(*lines, two.differ.same) for lines in zip(old.lines, new.lines, strict=True)
    )


_InWords = nodes.Title | nodes.ContractReference | nodes.PolicyField | nodes.Translation


def _of_head(two: Two, old: Statement, new: Statement) -> Iterator[Found]:
    sort, name = sort_of(new), name_of(new)
    match sort:
        case Sort.TITLE:
            aspect = WordingAspect.TITLE
        case Sort.REFERENCE:
            aspect = WordingAspect.REFERENCE
        case Sort.POLICY_FIELD:
            aspect = WordingAspect.POLICY_FIELD
        case Sort.TRANSLATION:
            aspect = WordingAspect.TRANSLATION
            if two.old.checked.contract.language != two.new.checked.contract.language:
                return  # each says the other's name
        case Sort.GROUP:
            yield from particulars.group(two, old, new, name)
            return
        case _:
            yield from particulars.setting(two, sort, name, old, new)
            return
    assert isinstance(old, _InWords)
    assert isinstance(new, _InWords)
    places: tuple[Node, Node] = (old, new)
    if sort is Sort.TITLE:
        places = title_place(two.old, old), title_place(two.new, new)
    yield from particulars.wording(sort, name, aspect, [old.text.text, new.text.text], places)
