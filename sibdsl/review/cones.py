"""Which results the payments of a plan rest on, and which payments two plans word otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import define

from sibdsl.evaluate.determination import Determination
from sibdsl.plan.digest import term_digests
from sibdsl.plan.forms import Either, Form, Listing, Record, Whole, form_of, option_for
from sibdsl.plan.kept import kept
from sibdsl.plan.terms import (
    Alias,
    Constant,
    Index,
    Part,
    Payment,
    Plan,
    Result,
    ReturnLimit,
    Settlement,
)
from sibdsl.review.points import Key, keys_at


@define
class Cones:
    """What the terms of a plan rest on."""

    plan: Plan

    def of_payments(self, names: Iterable[tuple[str, str]]) -> frozenset[Key]:
        """The results that payments, each a name and an evaluation, rest on; caps' limits included."""
        wanted = set(names)
        found: set[Key] = set()
        for number, payment in enumerate(self.plan.payments):
            if named(self.plan, payment) in wanted:
                for term in self._roots(number):
                    found |= self.of(term)
        return frozenset(found)

    def cut_with(
        self, names: Iterable[tuple[str, str]], made: Determination
    ) -> frozenset[tuple[str, str]]:
        """The payments, and the earlier ones that used up a cap that cut one of them, and so on."""
        wanted = set(names)
        waiting = [
            n for n, each in enumerate(self.plan.payments) if named(self.plan, each) in wanted
        ]
        seen: set[int] = set()
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            outcome = made.payments[number]
            for cut in (*outcome.cuts, *(cut for part in outcome.parts for cut in part.cuts)):
                account = self.plan.accounts[cut.account]
                shared = (*account.payments, *account.counted, *(each for each, _ in account.parts))
                waiting += (each for each in shared if each < number)
        return frozenset(named(self.plan, self.plan.payments[each]) for each in seen)

    def of(self, term: Index) -> frozenset[Key]:
        """The results that a term rests on."""
        seen: set[Index] = set()
        waiting = [term]
        found: set[Key] = set()
        while waiting:
            at = waiting.pop()
            if at in seen:
                continue
            seen.add(at)
            one = self.plan.terms[at]
            if isinstance(one, Result):
                found.add(keys_at(self.plan, one.measure, one.evaluation))
            elif isinstance(one, Settlement | Part):
                waiting += self._roots(one.payment)
            else:
                made: Any = type(one)
                waiting += _indices(form_of(made), one)
        return frozenset(found)

    def of_changed(self, other: Plan) -> tuple[frozenset[Key], ...]:
        """Of each term that only this plan has, and that is made of terms that both have: its results.

        Constants are left aside: a threshold that was changed is a change of its comparison.
        """
        said, known = term_digests(self.plan), set(term_digests(other))
        found: dict[frozenset[Key], None] = {}
        for at, term in enumerate(self.plan.terms):
            made: Any = type(term)
            below = [] if said[at] in known else [*_indices(form_of(made), term)]
            if below and all(
                said[each] in known or isinstance(self.plan.terms[each], Constant) for each in below
            ):
                found[self.of(at)] = None
        return tuple(each for each in found if each)

    def _roots(self, number: int) -> Iterator[Index]:
        payment = self.plan.payments[number]
        yield payment.gross
        if payment.condition is not None:
            yield payment.condition
        for account in self.plan.accounts:
            if number in account.payments or any(number == each for each, _ in account.parts):
                limit = account.limit
                yield limit.rate if isinstance(limit, ReturnLimit) else limit


@kept
def rests_on_payments(plan: Plan) -> bool:
    """Whether any term is made of what falls due under a payment."""
    paid = {at for at, term in enumerate(plan.terms) if isinstance(term, Settlement | Part)}
    for term in plan.terms:
        made: Any = type(term)
        is_plain = not isinstance(term, Settlement | Part | Alias)
        if is_plain and not paid.isdisjoint(_indices(form_of(made), term)):
            return True
    return False


def named(plan: Plan, payment: Payment) -> tuple[str, str]:
    """A payment by its name and its evaluation, empty for none."""
    at = "" if payment.evaluation is None else plan.evaluations[payment.evaluation].name
    return payment.name, at


def otherwise(old: Plan, new: Plan) -> frozenset[tuple[str, str]]:
    """The payments that are not made of the same terms in both, or that one of them does not have."""
    before, after = _made(old), _made(new)
    return frozenset(each for each in {*before, *after} if before.get(each) != after.get(each))


def _made(plan: Plan) -> dict[tuple[str, str], tuple[object, ...]]:
    said = term_digests(plan)
    limits: dict[int, list[object]] = {}
    for account in plan.accounts:
        limit = account.limit
        rests_on = said[limit.rate if isinstance(limit, ReturnLimit) else limit]
        for number in dict.fromkeys((*account.payments, *(each for each, _ in account.parts))):
            limits.setdefault(number, []).append((rests_on, len(account.payments), account.parts))
    return {
        named(plan, payment): (
            said[payment.gross],
            None if payment.condition is None else said[payment.condition],
            payment.due,
            limits.get(number),
        )
        for number, payment in enumerate(plan.payments)
    }


def _indices(form: Form, value: Any) -> Iterator[Index]:
    match form:
        case Whole("terms"):
            yield value
        case Listing(item):
            for each in value:
                yield from _indices(item, each)
        case Either():
            yield from _indices(option_for(form, value), value)
        case Record():
            for part in form.fields:
                yield from _indices(part.form, getattr(value, part.name))
        case _:
            pass
