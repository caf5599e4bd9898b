"""Which payments rest on a term, and whether they pay more or less when it rises.

This is what the clauses say by themselves: a cap that is used up by one payment and so cuts another is
left aside, and so is money paid so far. What all of it comes to together is for the effects to show.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, field

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.trends import Trend, together
from sibdsl.checks.checked import Checked
from sibdsl.checks.settlement.bearing import payments_under
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import statements
from sibdsl.review.change import Bearing
from sibdsl.review.signs import DOWN, UNSURE, UP, all_parts, key_sign, then
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr

Onward = Mapping[str, Trend]
"""Payments by name, each with its trend when something rises."""


@define
class Influence:
    """What rests on what in one version."""

    checked: Checked
    bounds: Bounds = field(init=False)
    _uses: dict[str, list[tuple[str, Trend]]] = field(init=False)
    """For each term, the terms and payments that use it, each with its trend when the term rises."""
    _found: dict[str, Onward] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.bounds = Bounds(self.checked)
        self._uses = {}
        for user, expr, sign in _expressions(self.checked, self.bounds):
            for part in all_parts(expr, self.bounds):
                for used in _used(part.expr, self.checked):
                    found = then(sign, part.sign if used == _said(part.expr) else UNSURE)
                    self._uses.setdefault(used, []).append((user, found))

    def of_term(self, name: str, trend: Trend = UP) -> tuple[Bearing, ...]:
        """The payments that rest on a term that moves so, in the order of the text."""
        return self._listed(
            {_payment: then(trend, sign) for _payment, sign in self._onward(name).items()}
        )

    def of_payments(
        self, names: Iterator[str] | tuple[str, ...], trend: Trend
    ) -> tuple[Bearing, ...]:
        """Payments that themselves move so, and those that rest on them."""
        found: dict[str, Trend] = {}
        for name in names:
            for payment, sign in ({name: UP} | dict(self._onward(name))).items():
                moved = then(trend, sign)
                found[payment] = together((found[payment], moved)) if payment in found else moved
        return self._listed(found)

    def under(self, cap: nodes.Cap, trend: Trend) -> tuple[Bearing, ...]:
        """The payments that a cap bears on, itself or through a rate card."""
        found = {each.name.text: trend for each in payments_under(self.checked, cap)}
        for target in cap.targets:
            if isinstance(target, nodes.CapOn):
                for payment, sign in self._onward(target.name.text).items():
                    found.setdefault(payment, then(trend, sign))
        return self._listed(found)

    def to(self, party: str, trend: Trend) -> tuple[Bearing, ...]:
        """The payments made to a party or group."""
        found = {
            each.name.text: trend for each in payments_of(self.checked) if each.payee.text == party
        }
        return self._listed(found)

    def by(self, party: str, trend: Trend) -> tuple[Bearing, ...]:
        """The payments made by a party or group."""
        found = {
            each.name.text: trend for each in payments_of(self.checked) if each.payer.text == party
        }
        return self._listed(found)

    def of_all(self, trend: Trend = UNSURE) -> tuple[Bearing, ...]:
        """Every payment."""
        return self._listed({each.name.text: trend for each in payments_of(self.checked)})

    def _listed(self, found: Onward) -> tuple[Bearing, ...]:
        return tuple(
            Bearing(each.name.text, found[each.name.text])
            for each in payments_of(self.checked)
            if found.get(each.name.text, Trend.STEADY) is not Trend.STEADY
        )

    def _onward(self, name: str) -> Onward:
        """Worked out from what is used last to what is used first; in a circle nothing is sure."""
        waiting = [(name, False)]
        entered: set[str] = set()
        while waiting:
            current, are_users_known = waiting.pop()
            if current in self._found:
                continue
            users = self._uses.get(current, [])
            if are_users_known:
                self._found[current] = self._through(users)
            elif current not in entered:
                entered.add(current)
                waiting.append((current, True))
                waiting += [(user, False) for user, _ in users]
        return self._found[name]

    def _through(self, users: list[tuple[str, Trend]]) -> Onward:
        found: dict[str, Trend] = {}
        for user, sign in users:
            reached: dict[str, Trend] = {}
            if isinstance(self.checked.names.declared.get(user), nodes.Payment):
                reached[user] = UP
            known = self._found.get(user)
            reached |= dict.fromkeys(_payments(self.checked), UNSURE) if known is None else known
            for payment, onward in reached.items():
                moved = then(sign, onward)
                before = found.get(payment)
                found[payment] = moved if before is None else together((before, moved))
        return found


def _payments(checked: Checked) -> Iterator[str]:
    return (each.name.text for each in payments_of(checked))


def _expressions(checked: Checked, bounds: Bounds) -> Iterator[tuple[str, Expr, Trend]]:
    """Every expression on which a payment may rest: who uses it, and its trend when that rises."""
    for statement in checked.contract.statements:
        match statement:
            case nodes.Definition():
                yield statement.name.text, statement.body, UP
            case nodes.Condition():
                yield statement.name.text, statement.test, UP
            case nodes.Table():
                key = nodes.NameUse(statement.key, span=statement.key.span)
                yield statement.name.text, key, key_sign(statement, bounds)
                for row in statement.rows:
                    yield statement.name.text, row.value, UP
                if statement.otherwise is not None:
                    yield statement.name.text, statement.otherwise, UP
            case nodes.RateCard():
                for outcome in statement.outcomes:
                    yield statement.name.text, outcome.price, UP
                if statement.participant_cap is not None:
                    yield statement.name.text, statement.participant_cap, UP
            case nodes.Payment():
                yield from _of_payment(statement)
            case nodes.Cap():
                for payment in payments_under(checked, statement):
                    yield payment.name.text, statement.limit, UP
            case nodes.ReturnCap():
                for payment in payments_of(checked):
                    yield payment.name.text, statement.rate, UP
            case _:
                pass


def _of_payment(payment: nodes.Payment) -> Iterator[tuple[str, Expr, Trend]]:
    user = payment.name.text
    yield user, payment.amount, UP
    if payment.when is not None:
        yield user, payment.when, UP
    if payment.unless is not None:
        yield user, payment.unless, DOWN


def _said(expr: Expr) -> str:
    match expr:
        case nodes.NameUse() | nodes.AtEvaluation() | nodes.AtPrevious() | nodes.OverEvaluations():
            return expr.name.text
        case nodes.LookUp():
            return expr.table.text
        case _:
            return ""


def _used(expr: Expr, checked: Checked) -> Iterator[str]:
    """The terms that one expression uses itself; money so far is that of any payment."""
    if _said(expr):
        yield _said(expr)
    match expr:
        case nodes.PaidToDate():
            yield from _payments(checked)
        case nodes.GrossAmount():
            yield expr.payment.name.text
        case nodes.Accepted():
            yield from (each.name.text for each in statements(checked.contract, nodes.RateCard))
        case nodes.InCurrency():
            for rate in statements(checked.contract, nodes.ExchangeRate):
                if isinstance(rate.quote, nodes.NameUse):
                    yield rate.quote.name.text
        case _:
            pass
