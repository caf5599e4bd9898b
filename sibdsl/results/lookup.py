"""The names of a plan, for rows that use them: measures, evaluations, cards, outcomes, parties."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.frozen import frozen
from sibdsl.plan.renamed import renamed
from sibdsl.plan.terms import Plan
from sibdsl.results.nearest import nearest
from sibdsl.results.rows import Column, Row
from sibdsl.results.values import read_text

Place = TypeVar("Place")

EVALUATION_WORDS = frozenset({"evaluation", "évaluation"})
"""What stands in the column of measures where the row speaks of the evaluation itself."""


@frozen
class Lookup:
    """Places in the plan by name; ``outcomes`` has every (card, tariff) that an outcome names.

    A name of the contract's other language finds what the contract declares it for. ``parties`` gives
    a party its name in this one.
    """

    measures: Mapping[str, int]
    evaluations: Mapping[str, int]
    cards: Mapping[str, int]
    outcomes: Mapping[str, tuple[tuple[int, int], ...]]
    parties: Mapping[str, str]
    classes: tuple[str, ...]


def lookup_of(plan: Plan) -> Lookup:
    """The names that rows for this plan may use."""
    outcomes: dict[str, tuple[tuple[int, int], ...]] = {}
    for card, rate_card in enumerate(plan.cards):
        for at, tariff in enumerate(rate_card.tariffs):
            name = plain_name(tariff.outcome)
            outcomes[name] = (*outcomes.get(name, ()), (card, at))
    there = {each.name: each.there for each in plan.names_there}

    def found_by(places: Mapping[str, Place]) -> Mapping[str, Place]:
        """By the names of either language; those of the contract's own come first."""
        if not there:
            return places
        return {plain_name(renamed(name, there)): at for name, at in places.items()} | dict(places)

    tariffs = [tariff for card in plan.cards for tariff in card.tariffs]
    return Lookup(
        measures=found_by({plain_name(each.name): at for at, each in enumerate(plan.measures)}),
        evaluations=found_by({plain_name(one.name): at for at, one in enumerate(plan.evaluations)}),
        cards=found_by({plain_name(card.name): at for at, card in enumerate(plan.cards)}),
        outcomes=found_by(outcomes),
        parties=found_by({plain_name(each.name): plain_name(each.name) for each in plan.parties}),
        classes=tuple(dict.fromkeys(t.for_class for t in tariffs if t.for_class)),
    )


@lru_cache(maxsize=4096)  # a sheet says the same names over and over
def plain_name(written: str) -> str:
    """A name as the plan has it: composed letters, straight apostrophes, single spaces."""
    composed = unicodedata.normalize("NFC", written).replace("\u2019", "'")
    return " ".join(composed.split())


def name_in(row: Row, column: Column) -> str | Diagnostic:
    """The name in a cell; empty where there is none."""
    text = read_text(row, column)
    return text if isinstance(text, Diagnostic) else plain_name(text)


def advice_on(name: str, known: tuple[str, ...], otherwise: Message | None) -> Message | None:
    """The name that was probably meant, or else some other advice."""
    near = nearest(name, known)
    return otherwise if near is None else message("did you mean ‘{name}’?", name=near)


def some_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """The first few of many names, for a message."""
    return names if len(names) <= 8 else (*names[:8], "…")


def find_evaluation(
    row: Row, lookup: Lookup, allowed: Sequence[int], owner: str, plan: Plan
) -> int | Diagnostic:
    """The evaluation that a row names; it must be one at which ``owner`` stands."""
    name = name_in(row, "evaluation")
    if isinstance(name, Diagnostic):
        return name
    at = lookup.evaluations.get(name)
    if at is not None and at in allowed:
        return at
    names = tuple(plan.evaluations[at].name for at in allowed)
    listed = message("its evaluations are: {names}", names=some_of(names))
    if not name:
        text = message("‘{name}’ is reported at an evaluation, and none is named", name=owner)
        return row.refuse("SIB611", "evaluation", text, help=listed)
    if at is None:
        text = message("there is no evaluation ‘{name}’", name=name)
        return row.refuse("SIB612", "evaluation", text, help=advice_on(name, names, listed))
    text = message("‘{name}’ does not exist at ‘{evaluation}’", name=owner, evaluation=name)
    return row.refuse("SIB613", "evaluation", text, help=listed)
