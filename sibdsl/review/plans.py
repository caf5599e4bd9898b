"""Two plans side by side: whether they mean the same, and whether they do but for names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from attrs import evolve

from sibdsl.plan.digest import digest
from sibdsl.plan.terms import Division, Plan, Single
from sibdsl.review import changes
from sibdsl.review.change import Bearing, Sort
from sibdsl.review.comparison import Meaning
from sibdsl.review.found import Found, Two, Version
from sibdsl.review.signs import UNSURE
from sibdsl.review.trees import renamed
from sibdsl.syntax.nodes import Node


def meaning(old: Plan, new: Plan, bound: Mapping[str, str]) -> Meaning:
    """Whether two plans mean the same, by their digests; with the old one's names changed if need be."""
    if digest(old) == digest(new):
        return Meaning.SAME
    if bound and digest(with_names(old, bound)) == digest(new):
        return Meaning.SAME_BUT_NAMES
    return Meaning.DIFFERENT


def with_names(plan: Plan, bound: Mapping[str, str]) -> Plan:
    """The plan with other names for what others speak to it by."""

    def name(text: str) -> str:
        return renamed(text, bound)

    def division(side: Division) -> Division:
        return side if isinstance(side, Single) else evolve(side, group=name(side.group))

    return evolve(
        plan,
        parties=tuple(evolve(each, name=name(each.name)) for each in plan.parties),
        fundings=tuple(
            evolve(each, investor=name(each.investor), recipient=name(each.recipient))
            for each in plan.fundings
        ),
        evaluations=tuple(
            evolve(each, name=name(each.name), series=name(each.series))
            for each in plan.evaluations
        ),
        measures=tuple(
            evolve(each, name=name(each.name), reporters=tuple(map(name, each.reporters)))
            for each in plan.measures
        ),
        cards=tuple(
            evolve(
                each,
                name=name(each.name),
                tariffs=tuple(
                    evolve(tariff, outcome=name(tariff.outcome)) for tariff in each.tariffs
                ),
            )
            for each in plan.cards
        ),
        payments=tuple(
            evolve(
                each,
                name=name(each.name),
                payer=division(each.payer),
                payee=division(each.payee),
            )
            for each in plan.payments
        ),
        caps=tuple(
            evolve(each, subjects=tuple((name(subject), side) for subject, side in each.subjects))
            for each in plan.caps
        ),
    )


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
