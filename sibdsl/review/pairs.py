"""The statements of two versions, each beside its counterpart."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence

from sibdsl.frozen import frozen
from sibdsl.plan.renamed import renamed
from sibdsl.review.change import Sort
from sibdsl.review.names import Named
from sibdsl.review.trees import Same, is_same, without
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Statement


@frozen
class Pair:
    """A statement of each version; None where one has no counterpart."""

    old: Statement | None
    new: Statement | None


def pairs(old: Contract, new: Contract, bound: Mapping[str, str], same: Same) -> tuple[Pair, ...]:
    """Every statement of both versions once: those of the new one in its order, then what is gone."""
    left = _by_key(old.statements, lambda name: renamed(name, bound))
    matched: dict[int, Statement] = {}
    by_key = _by_key(new.statements, lambda name: name)
    for key, group in by_key.items():
        for one, other in _matched(left.get(key, []), group, same):
            matched[id(other)] = one
    gone = {id(one) for one in matched.values()}
    lost = [each for each in old.statements if id(each) not in gone]
    for fresh in new.statements:
        if id(fresh) not in matched and isinstance(fresh, nodes.Example):
            twin = next((each for each in lost if _has_lines_of(each, fresh, same)), None)
            if twin is not None:
                matched[id(fresh)] = twin
                lost = without(lost, twin)
    together = [Pair(matched.get(id(each)), each) for each in new.statements]
    return (*together, *(Pair(each, None) for each in lost))


def _by_key(
    statements: Sequence[Statement], called: Callable[[str], str]
) -> dict[Hashable, list[Statement]]:
    found: dict[Hashable, list[Statement]] = {}
    for statement in statements:
        found.setdefault(_key(statement, called), []).append(statement)
    return found


def _matched(
    old: Sequence[Statement], new: Sequence[Statement], same: Same
) -> Iterator[tuple[Statement, Statement]]:
    """Those that say the same first, then the others in the order of the text."""
    left, rest = list(old), []
    for statement in new:
        twin = next((each for each in left if is_same(each, statement, same)), None)
        if twin is None:
            rest.append(statement)
        else:
            left = without(left, twin)
            yield twin, statement
    yield from zip(left, rest, strict=False)


def _has_lines_of(old: Statement, new: nodes.Example, same: Same) -> bool:
    if not isinstance(old, nodes.Example) or len(old.lines) != len(new.lines):
        return False
    return all(is_same(*lines, same) for lines in zip(old.lines, new.lines, strict=True))


def _key(statement: Statement, called: Callable[[str], str]) -> Hashable:
    sort = sort_of(statement)
    if isinstance(statement, Named):
        return sort, called(statement.name.text)
    match statement:
        case nodes.Funding():
            return sort, called(statement.investor.text)
        case nodes.Cap():
            return sort, frozenset(_target(each, called) for each in statement.targets)
        case nodes.ReturnCap():
            return sort, called(statement.investor.text)
        case nodes.ExchangeRate():
            return sort, statement.base.currency
        case nodes.Translation():
            return sort, called(statement.name.text)
        case nodes.Example():
            return sort, statement.title.text
        case _:
            return sort


def _target(target: nodes.CapOn | nodes.CapOnContract, called: Callable[[str], str]) -> Hashable:
    if isinstance(target, nodes.CapOnContract):
        return None
    return called(target.name.text), target.side


SORTS: Mapping[type[Statement], Sort] = {
    nodes.Title: Sort.TITLE,
    nodes.ContractReference: Sort.REFERENCE,
    nodes.PolicyField: Sort.POLICY_FIELD,
    nodes.Currency: Sort.CURRENCY,
    nodes.ExchangeRate: Sort.EXCHANGE_RATE,
    nodes.Term: Sort.TERM,
    nodes.Party: Sort.PARTY,
    nodes.ShareGroup: Sort.GROUP,
    nodes.Waterfall: Sort.GROUP,
    nodes.Funding: Sort.FUNDING,
    nodes.Evaluation: Sort.EVALUATION,
    nodes.Evaluations: Sort.EVALUATIONS,
    nodes.Measure: Sort.MEASURE,
    nodes.Definition: Sort.DEFINITION,
    nodes.Table: Sort.TABLE,
    nodes.Condition: Sort.CONDITION,
    nodes.RateCard: Sort.RATE_CARD,
    nodes.Payment: Sort.PAYMENT,
    nodes.Cap: Sort.CAP,
    nodes.ReturnCap: Sort.RETURN_CAP,
    nodes.RoundingRule: Sort.ROUNDING,
    nodes.Translation: Sort.TRANSLATION,
    nodes.PrevailingLanguage: Sort.PREVAILING_LANGUAGE,
    nodes.Example: Sort.EXAMPLE,
}
"""The kind of each class of statement."""


def sort_of(statement: Statement) -> Sort:
    """The kind of a statement."""
    return SORTS[type(statement)]


def name_of(statement: Statement) -> str:
    """What a statement is called: its Defined Term, the targets of a cap, the title of an example."""
    if isinstance(statement, Named):
        return statement.name.text
    match statement:
        case nodes.Funding() | nodes.ReturnCap():
            return statement.investor.text
        case nodes.Cap():
            return "; ".join(
                each.name.text for each in statement.targets if isinstance(each, nodes.CapOn)
            )
        case nodes.Translation():
            return statement.name.text
        case nodes.Example():
            return statement.title.text
        case nodes.ExchangeRate():
            return statement.base.currency
        case _:
            return ""
