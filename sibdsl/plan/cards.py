"""Rate cards: tariffs and their limits per participant."""

from __future__ import annotations

from typing import Any, assert_never

from sibdsl.plan.catalogue import Catalogue, stands_at, unit_of
from sibdsl.plan.terms import RateCard, Requirement, Tariff
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Duration, DurationUnit


def rate_card(catalogue: Catalogue, name: str) -> RateCard:
    """A rate card with its tariffs in the order of the text."""
    declared = catalogue.declared(name)
    assert isinstance(declared, nodes.RateCard)
    return RateCard(
        name,
        unit_of(catalogue, name).currency,
        stands_at(catalogue, name) or (),
        tuple(_tariff(catalogue, outcome) for outcome in declared.outcomes),
        declared.name.span,
    )


def _tariff(catalogue: Catalogue, outcome: nodes.Outcome) -> Tariff:
    requires: list[Requirement] = []
    said: dict[str, Any] = {
        "times": None,
        "per_evaluation": False,
        "apart_months": 0,
        "apart_days": 0,
        "for_class": "",
        "starts": None,
    }
    for rule in outcome.rules:
        match rule:
            case nodes.LimitTimes():
                said["times"] = None if rule.number is None else int(rule.number.value)
            case nodes.OncePerEvaluation():
                said["per_evaluation"] = True
            case nodes.Apart():
                said["apart_months"], said["apart_days"] = _months_and_days(rule.duration)
            case nodes.Requires():
                requires.append(_requirement(catalogue, rule))
            case nodes.ForClass():
                said["for_class"] = rule.text.text
            case nodes.ForStarts():
                said["starts"] = (rule.start.value, rule.end.value)
            case _:
                assert_never(rule)
    return Tariff(outcome=outcome.name.text, requires=tuple(requires), place=outcome.span, **said)


def _requirement(catalogue: Catalogue, rule: nodes.Requires) -> Requirement:
    """Any of some outcomes, each at whichever class it is priced for."""
    outcomes = tuple(
        place for outcome in rule.outcomes for _, place in catalogue.outcomes[outcome.text]
    )
    months, days = (0, 0) if rule.before is None else _months_and_days(rule.before)
    return Requirement(outcomes, months, days)


def _months_and_days(duration: Duration) -> tuple[int, int]:
    number = int(duration.number)
    match duration.unit:
        case DurationUnit.DAYS:
            return 0, number
        case DurationUnit.MONTHS:
            return number, 0
        case DurationUnit.YEARS:
            return 12 * number, 0
        case _:
            assert_never(duration.unit)
