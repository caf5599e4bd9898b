"""Money put in, by whom and when: a group's funding is that of its members, in their shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from sibdsl.frozen import frozen
from sibdsl.money import fill
from sibdsl.plan.catalogue import Catalogue, fixed_number, members
from sibdsl.syntax import nodes


@frozen
class Provided:
    """What one party put in on a day, in units of the currency."""

    party: int
    on: date
    amount: Fraction
    currency: str


def provided_by(catalogue: Catalogue, name: str) -> tuple[Provided, ...]:
    """What a party, or the members of a group together, put in; by date."""
    wanted = members(catalogue, name)
    found = (each for each in _all_funding(catalogue) if each.party in wanted and each.amount)
    return tuple(sorted(found, key=lambda each: each.on))


def _all_funding(catalogue: Catalogue) -> Iterator[Provided]:
    statements = catalogue.checked.contract.statements
    fundings = [each for each in statements if isinstance(each, nodes.Funding)]
    passed: dict[str, list[Fraction]] = {}
    for funding in sorted(fundings, key=lambda each: each.on.value):
        amount = fixed_number(catalogue, funding.amount)
        currency = catalogue.checked.types[funding.amount.span].currency
        parties = members(catalogue, funding.investor.text)
        for party, part in zip(parties, _divided(catalogue, funding, amount, passed), strict=True):
            yield Provided(party, funding.on.value, part, currency)


def _divided(
    catalogue: Catalogue,
    funding: nodes.Funding,
    amount: Fraction,
    passed: dict[str, list[Fraction]],
) -> Sequence[Fraction]:
    """Shares are exact here: nothing falls due, so nothing is rounded. A waterfall fills up."""
    name = funding.investor.text
    group = catalogue.declared(name)
    match group:
        case nodes.ShareGroup():
            return [amount * fixed_number(catalogue, each.share) for each in group.members]
        case nodes.Waterfall():
            limits = [
                None if each.up_to is None else fixed_number(catalogue, each.up_to)
                for each in group.members
            ]
            already = passed.setdefault(name, [Fraction(0)] * len(limits))
            parts = fill(amount, already, limits)
            passed[name] = [before + part for before, part in zip(already, parts, strict=True)]
            return parts
        case _:
            return (amount,)
