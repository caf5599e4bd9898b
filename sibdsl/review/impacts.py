"""For whom a change is better or worse, by the roles of who pays and who is paid.

The payer's side is whoever pays, save investors and providers: an intermediary pays with the payer's
money. What reaches an intermediary may reach an investor or a provider through it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sibdsl.checks.bounds.trends import Trend, together
from sibdsl.checks.checked import Checked
from sibdsl.checks.statements import roles_of
from sibdsl.review.change import Audience, Bearing, Impact, Impacts
from sibdsl.review.signs import DOWN, STEADY, UNSURE, UP, opposite, then
from sibdsl.syntax.nodes import Payment, Role

_OF_ROLE = {
    Role.INVESTOR: Audience.INVESTOR,
    Role.SERVICE_PROVIDER: Audience.PROVIDER,
    Role.OUTCOME_PAYER: Audience.PAYER,
    Role.GUARANTOR: Audience.PAYER,
}


def impacts_of(bearings: Iterable[Bearing], *versions: Checked) -> Impacts:
    """What more or less money under some payments is for each audience."""
    moves: dict[Audience, list[Trend]] = {audience: [] for audience in Audience}
    for bearing in bearings:
        payment = next(filter(None, (_payment(each, bearing.payment) for each in versions)), None)
        if payment is None:
            continue
        checked, statement = payment
        for audience, stake in stakes(checked, statement).items():
            moves[audience].append(then(stake, bearing.trend))
    return from_trends({audience: together(found) for audience, found in moves.items()})


def from_trends(trends: dict[Audience, Trend]) -> Impacts:
    """Impacts from what becomes of what each audience has: RISES is better."""
    said = {audience: _SAID[trends.get(audience, STEADY)] for audience in Audience}
    return Impacts(said[Audience.PAYER], said[Audience.INVESTOR], said[Audience.PROVIDER])


_SAID = {
    UP: Impact.BETTER,
    DOWN: Impact.WORSE,
    UNSURE: Impact.EITHER,
    STEADY: Impact.NONE,
}


def stakes(checked: Checked, payment: Payment) -> dict[Audience, Trend]:
    """What becomes of each audience when a payment pays more."""
    found: dict[Audience, list[Trend]] = {audience: [] for audience in Audience}
    for audience in paying(checked, payment.payer.text):
        found[audience].append(DOWN)
    for audience, trend in receiving(checked, payment.payee.text).items():
        found[audience].append(trend)
    return {audience: together(trends) for audience, trends in found.items()}


def paying(checked: Checked, party: str) -> frozenset[Audience]:
    """Who bears what a party or group pays."""
    roles = roles_of(checked, party)
    named = frozenset(_OF_ROLE[role] for role in roles if role in _OF_ROLE)
    return named or frozenset({Audience.PAYER})


def receiving(checked: Checked, party: str) -> dict[Audience, Trend]:
    """Who has what a party or group is paid."""
    roles = roles_of(checked, party)
    named = {_OF_ROLE[role]: UP for role in roles if role in _OF_ROLE}
    return named or dict.fromkeys((Audience.INVESTOR, Audience.PROVIDER), UNSURE)


def side_changed(old: tuple[Checked, str], new: tuple[Checked, str], *, is_payer: bool) -> Impacts:
    """What it is for each audience that another party pays, or is paid."""
    trends: dict[Audience, list[Trend]] = {audience: [] for audience in Audience}
    if is_payer:
        for audience in paying(*old):
            trends[audience].append(UP)
        for audience in paying(*new):
            trends[audience].append(DOWN)
    else:
        for audience, trend in receiving(*old).items():
            trends[audience].append(opposite(trend))
        for audience, trend in receiving(*new).items():
            trends[audience].append(trend)
    return from_trends({audience: together(found) for audience, found in trends.items()})


def _payment(checked: Checked, name: str) -> tuple[Checked, Payment] | None:
    declared = checked.names.declared.get(name)
    return (checked, declared) if isinstance(declared, Payment) else None
