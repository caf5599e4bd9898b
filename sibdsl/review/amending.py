"""Amendments beside each other: from which day each governs, and what only one version can hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sibdsl.checks.editions import InForce
from sibdsl.plan.terms import Plan
from sibdsl.review import changes
from sibdsl.review.change import Sort
from sibdsl.review.comparison import TakingEffect
from sibdsl.review.found import Found, Two, Version
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node, Statement, Text


def taking_effect(
    old: Sequence[InForce], new: Sequence[InForce], plan: Plan
) -> tuple[TakingEffect, ...]:
    """The amendments that only the new version has; ``plan`` is that of the new version."""
    matched = {id(after) for _, after in _together(old, new)}
    return tuple(
        TakingEffect(each.title, each.since, _governed(new, number, plan))
        for number, each in enumerate(new)
        if id(each) not in matched
    )


def _together(old: Sequence[InForce], new: Sequence[InForce]) -> Iterator[tuple[InForce, InForce]]:
    """Amendments of both versions, by their place in the chain."""
    return zip(old, new, strict=False)


def _governed(amendments: Sequence[InForce], number: int, plan: Plan) -> tuple[str, ...]:
    """The evaluations from its day on until the next one takes effect."""
    since = amendments[number].since
    until = min((each.since for each in amendments[number + 1 :]), default=date.max)
    return tuple(each.name for each in plan.evaluations if since <= each.on < until)


def effective_dates(two: Two, old: Plan, new: Plan) -> Iterator[Found]:
    """The amendments of both versions that take effect on another day."""
    before, after = two.old.amendments, two.new.amendments
    for number, (one, other) in enumerate(_together(before, after)):
        if one.since != other.since:
            is_other = _governed(before, number, old) != _governed(after, number, new)
            what = changes.EffectiveDateChanged(one.since, other.since, is_other)
            was, now = (Text(each.title, span=each.place) for each in (one, other))
            bears_on = two.new_influence.of_all() if is_other else ()
            yield Found(Sort.AMENDMENT, other.title, what, was, now, bears_on)


def is_of_earlier_terms(statement: Statement, own: Version, other: Version) -> bool:
    """Whether it is a worked example that an amendment leaves to the earlier terms: it is not removed."""
    return isinstance(statement, nodes.Example) and is_less_amended(own, other)


def is_less_amended(version: Version, than: Version) -> bool:
    """Whether the other version amends this one: it holds neither its examples nor its comments."""
    return len(version.amendments) < len(than.amendments)


def title_place(version: Version, title: Node) -> Node:
    """Where the title stands: with the last amendment, which is a part of it."""
    if not version.amendments:
        return title
    last = version.amendments[-1]
    return Text(last.title, span=last.place)
