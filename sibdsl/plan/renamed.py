"""A plan with other names for what others speak to it by: of another version, or of another language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from attrs import evolve

from sibdsl.plan.terms import Division, Plan, Single

NUMBERED: Final = re.compile(r"(?P<stem>.*\S) (?P<number>[0-9]+)")
"""The name of one of a series of evaluations: ``Cohort 2``."""


def renamed(name: str, bound: Mapping[str, str]) -> str:
    """What a name is called by these; ``Cohort 2`` follows ``Cohort`` where only that has another."""
    if name in bound:
        return bound[name]
    numbered = NUMBERED.fullmatch(name)
    if numbered is not None and numbered["stem"] in bound:
        return f"{bound[numbered['stem']]} {numbered['number']}"
    return name


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
