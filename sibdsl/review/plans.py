"""Two plans side by side: whether they mean the same, and whether they do but for names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sibdsl.plan.digest import digest
from sibdsl.plan.renamed import renamed, with_names
from sibdsl.plan.terms import Plan
from sibdsl.review import changes
from sibdsl.review.change import Bearing, Sort
from sibdsl.review.comparison import DueDateMoved, Meaning
from sibdsl.review.cones import named
from sibdsl.review.found import Found, Two, Version
from sibdsl.review.signs import UNSURE
from sibdsl.syntax.nodes import Node


def meaning(old: Plan, new: Plan, bound: Mapping[str, str]) -> Meaning:
    """Whether two plans mean the same, by their digests; with the old one's names changed if need be."""
    if digest(old) == digest(new):
        return Meaning.SAME
    if bound and digest(with_names(old, bound)) == digest(new):
        return Meaning.SAME_BUT_NAMES
    return Meaning.DIFFERENT


def ranks(old: Plan, new: Plan, bound: Mapping[str, str], two: Two) -> Iterator[Found]:
    """Payments due on one day that are settled in another order; ``old`` in names of its own."""
    before, after = _by_day(old, bound), _by_day(new, {})
    for day, order in after.items():
        common = [each for each in order if each in before.get(day, ())]
        was = [each for each in before.get(day, ()) if each in common]
        if was != common:
            what = changes.RankChanged(day, tuple(was), tuple(common))
            names = tuple(dict.fromkeys(_payments(new, day)))
            bears_on = tuple(Bearing(each, UNSURE) for each in names)
            one, other = _statement(two.old, names[0]), _statement(two.new, names[0])
            yield Found(Sort.PAYMENT, names[0], what, one, other, bears_on)
            return


def moved(old: Plan, new: Plan) -> Iterator[DueDateMoved]:
    """The payments of both that fall due on another day; ``old`` has the names of ``new``."""
    before = {named(old, each): each.adjusted for each in old.payments}
    for payment in new.payments:
        name = named(new, payment)
        if before.get(name, payment.adjusted) != payment.adjusted:
            yield DueDateMoved(*name, before[name], payment.adjusted)


def _statement(version: Version, name: str) -> Node | None:
    declared = version.checked.names.declared.get(name)
    return declared if isinstance(declared, Node) else None


def _payments(plan: Plan, day: date) -> Iterator[str]:
    return (each.name for each in plan.payments if each.due == day)


def _by_day(plan: Plan, bound: Mapping[str, str]) -> dict[date, tuple[str, ...]]:
    found: dict[date, tuple[str, ...]] = {}
    for payment in plan.payments:
        at = "" if payment.evaluation is None else plan.evaluations[payment.evaluation].name
        said = " ".join(filter(None, (renamed(payment.name, bound), renamed(at, bound))))
        found[payment.due] = (*found.get(payment.due, ()), said)
    return found
