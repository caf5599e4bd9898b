"""What is certain of a payment while it, or an earlier one under the same cap, is pending.

A payment then lies between what is certain and the most that it can come to. A later one is due for
what is left when every earlier one takes the most it can (language reference, "Pending under a
shared cap"). The law: *a result that corrects nothing never lowers a certain part*, neither that of a
payment nor that of a member. Two rules of division would break it and are not used here:

- Largest remainder can give a member less of a larger amount, so a member of a pending payment is
  certain of its share rounded down to the step, no more.
- A waterfall whose past is uncertain may stand anywhere between two levels. What it lets through to a
  member rises and then falls with the level, so the least is at one of the two ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Generic, TypeVar, assert_never

from attrs import field

from sibdsl.evaluate.divide import divide
from sibdsl.evaluate.ledger import (
    NIL,
    Cutting,
    Ledger,
    Passage,
    Passed,
    Settled,
    Taking,
    plus,
    tiers_of,
)
from sibdsl.evaluate.reserve import bears_on_it_alone, reserve
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.frozen import frozen
from sibdsl.money import allocate, ceil_to, floor_to, round_to
from sibdsl.plan.terms import Division, Payment, Shares, Single, Tiers

V = TypeVar("V")


@frozen
class Range:
    """An amount between what is certain and the most it can be; None where nothing bounds it."""

    low: Fraction
    high: Fraction | None

    @property
    def further(self) -> Fraction | None:
        """What may come on top of the certain part."""
        return None if self.high is None else self.high - self.low


_NOTHING = Range(NIL, NIL)


def settle_pending(number: int, claim: V, values: Sequence[V], ledger: Ledger[V]) -> Settled[V]:
    """Settle a payment of which something is unknown or undefined, now or before it."""
    payment = ledger.plan.payments[number]
    routes = ledger.routes[number]
    exact_claim = ledger.algebra.exactly(claim)
    if isinstance(exact_claim, Undefined) or exact_claim == 0:
        return _without_division(claim, claim, payment, ledger)
    limits = {account: ledger.exact_limit(account, values) for account in routes.every}
    undefined = next((value for value in limits.values() if isinstance(value, Undefined)), None)
    if undefined is not None:
        value = ledger.algebra.unknown()
        if isinstance(exact_claim, Fraction):
            value = ledger.algebra.undefined(undefined.cause)
        return _without_division(claim, value, payment, ledger)

    books = _Books(ledger, values, limits)
    cuts = tuple(books.cuts(number, exact_claim))
    amount = _amount(number, exact_claim, books)
    parts, part_cuts = divide(payment, routes, amount, books)
    whole = _whole(payment, amount, parts, cut_members=routes.cut_members)
    decided = isinstance(exact_claim, Fraction) and UNKNOWN not in limits.values()
    behind: tuple[int, ...] = ()
    if not (decided and _is_exact(whole, *parts)):
        behind = _behind(number, ledger)
        for passage, _ in tiers_of(payment):
            ledger.passed[passage].behind.append(number)
    return Settled(
        claim,
        _taking(whole, ledger, decided=decided),
        tuple(_taking(part, ledger, decided=decided) for part in parts),
        cuts,
        tuple(part_cuts),
        behind,
    )


def _without_division(claim: V, value: V, payment: Payment, ledger: Ledger[V]) -> Settled[V]:
    """A payment that takes nothing: not due, or undefined."""
    taking = Taking(value, ledger.algebra.constant(NIL), NIL)
    return Settled(claim, taking, (taking,) * len(payment.parts))


def _taking(amount: Range, ledger: Ledger[V], *, decided: bool) -> Taking[V]:
    certain = ledger.algebra.constant(amount.low)
    value = certain if decided and _is_exact(amount) else ledger.algebra.unknown()
    return Taking(value, certain, amount.further)


def _is_exact(*amounts: Range) -> bool:
    return all(amount.low == amount.high for amount in amounts)


def _behind(number: int, ledger: Ledger[V]) -> tuple[int, ...]:
    """The earlier pending payments that may still take what this one wants."""
    earlier: set[int] = set()
    for account in ledger.routes[number].every:
        earlier.update(ledger.open_payments(account))
    for passage, _ in tiers_of(ledger.plan.payments[number]):
        earlier.update(ledger.passed[passage].behind)
    return tuple(sorted(earlier))


def _amount(number: int, claim: Value, books: _Books[V]) -> Range:
    """The whole amount, after caps on the whole and rounding, before division.

    Under a limit that is unknown nothing is certain, a member's limit included: it may turn out to
    be undefined, and then so is the payment.
    """
    ledger = books.ledger
    payment = ledger.plan.payments[number]
    rounding = ledger.roundings[payment.currency]
    gross = claim
    if not isinstance(claim, Fraction):
        gross = ledger.algebra.exactly(books.values[payment.gross])
    if isinstance(gross, Undefined):
        return _NOTHING
    bounds = list(books.most(number, claim))
    if isinstance(gross, Fraction):
        bounds.append(round_to(max(gross, NIL), rounding.step, rounding.mode))
    high = min(bounds, default=None)
    if not isinstance(claim, Fraction) or UNKNOWN in books.limits.values():
        return Range(NIL, high)
    least = [books.certain(account, payment) for account in ledger.routes[number].whole]
    return Range(round_to(min([claim, *least]), rounding.step, rounding.mode), high)


def _whole(payment: Payment, amount: Range, parts: Sequence[Range], *, cut_members: bool) -> Range:
    """What is due in all: less than the amount where members' own caps or a last tier cut it."""
    limited = any(tiers.up_to[-1] is not None for _, tiers in tiers_of(payment))
    if not cut_members and not limited:
        return amount
    highs = [part.high for part in parts]
    high = amount.high
    for total in highs:
        if total is None:
            return Range(sum((part.low for part in parts), NIL), high)
    together = sum((part.high for part in parts if part.high is not None), NIL)
    return Range(
        sum((part.low for part in parts), NIL),
        together if high is None else min(high, together),
    )


@frozen
class _Books(Generic[V]):
    """Headroom and division in ranges. ``limits`` are those of the accounts of one payment."""

    ledger: Ledger[V]
    values: Sequence[V]
    limits: dict[int, Value]
    within: dict[int, Range] = field(factory=dict)

    # Headroom

    def certain(self, account: int, payment: Payment) -> Fraction:
        """The headroom left if every earlier pending payment takes the most it can."""
        if self.limits[account] is UNKNOWN:
            return NIL
        held = reserve(account, payment, self.values, self.ledger)
        inside = self.within.get(account, _NOTHING).high
        if held is None or inside is None:
            return NIL
        room = self._room(account, payment) - held - inside
        return floor_to(max(room, NIL), self.ledger.step(payment))

    def possible(self, account: int, payment: Payment) -> Fraction | None:
        """The headroom left if earlier payments take no more than is certain; None if unknown."""
        if self.limits[account] is UNKNOWN or self.ledger.adding(account):
            return None
        room = self._room(account, payment) - self.within.get(account, _NOTHING).low
        return floor_to(max(room, NIL), self.ledger.step(payment))

    def cuts(self, number: int, claim: Value) -> Iterable[Cutting[V]]:
        """The caps on the whole, for a known claim."""
        if isinstance(claim, Fraction):
            for account in self.ledger.routes[number].whole:
                headroom = self.certain(account, self.ledger.plan.payments[number])
                yield self.cutting(account, claim, headroom)

    def most(self, number: int, claim: Value) -> Iterable[Fraction]:
        """Bounds on the whole: caps that bear on it alone; for a known claim, settled headroom."""
        for account in self.ledger.routes[number].whole:
            plan = self.ledger.plan
            alone = bears_on_it_alone(plan, plan.accounts[account], number)
            settled = isinstance(claim, Fraction) and not self.ledger.is_open(account)
            if alone or settled:
                bound = self.possible(account, self.ledger.plan.payments[number])
                if bound is not None:
                    yield bound

    def _room(self, account: int, payment: Payment) -> Fraction:
        room = self.ledger.algebra.exactly(self.ledger.room(account, payment, self.values))
        assert isinstance(room, Fraction)
        return room

    # Division

    def split(
        self, payment: Payment, side: str, division: Division, amount: Range
    ) -> Sequence[Range]:
        match division:
            case Single():
                return (amount,)
            case Shares():
                return _by_shares(division, amount, self.ledger.step(payment))
            case Tiers():
                passed = self.ledger.passed[division.group, side, payment.currency]
                return self._down_tiers(division, passed, amount, self.ledger.step(payment))
            case _:
                assert_never(division)

    def _down_tiers(
        self, tiers: Tiers, passed: Passed[V], amount: Range, step: Fraction
    ) -> list[Range]:
        algebra = self.ledger.algebra
        total = algebra.exactly(passed.total)
        members = [algebra.exactly(member) for member in passed.members]
        assert isinstance(total, Fraction)
        limits = [None if limit is None else floor_to(limit, step) for limit in tiers.up_to]
        if passed.is_even:
            level = Range(total, plus(total, passed.total_further))
            parts = _through_bands(limits, level, amount)
        else:
            past = [
                Range(member, plus(member, further))
                for member, further in zip(members, passed.further, strict=True)
                if isinstance(member, Fraction)
            ]
            parts = _through_rooms(limits, past, amount)
        passed.total = algebra.constant(total + amount.low)
        passed.total_further = plus(passed.total_further, amount.further)
        return parts

    def cut(
        self, payment: Payment, amount: Range, accounts: Sequence[int]
    ) -> tuple[Range, tuple[Cutting[V], ...]]:
        low, high = amount.low, amount.high
        cuts: list[Cutting[V]] = []
        for account in accounts:
            headroom = self.certain(account, payment)
            cuts.append(self.cutting(account, amount.low, headroom))
            low = min(low, headroom)
            possible = self.possible(account, payment)
            if possible is not None:
                high = possible if high is None else min(high, possible)
        return Range(low, high), tuple(cuts)

    def cutting(self, account: int, before: Fraction, headroom: Fraction) -> Cutting[V]:
        constant = self.ledger.algebra.constant
        return Cutting(account, constant(before), constant(headroom))

    def take(self, account: int, due: Range) -> None:
        before = self.within.get(account, _NOTHING)
        self.within[account] = Range(before.low + due.low, plus(before.high, due.high))

    def pass_on(self, passage: Passage, member: int, due: Range) -> None:
        passed = self.ledger.passed[passage]
        before = self.ledger.algebra.exactly(passed.members[member])
        assert isinstance(before, Fraction)
        passed.members[member] = self.ledger.algebra.constant(before + due.low)
        passed.further[member] = plus(passed.further[member], due.further)


def _by_shares(shares: Shares, amount: Range, step: Fraction) -> list[Range]:
    """A settled amount by largest remainder; else each share's whole steps, and no more than one."""
    if amount.low == amount.high:
        return [Range(part, part) for part in allocate(amount.low, shares.shares, step)]
    return [
        Range(
            floor_to(amount.low * share, step),
            None if amount.high is None else ceil_to(amount.high * share, step),
        )
        for share in shares.shares
    ]


def _through_bands(limits: Sequence[Fraction | None], level: Range, amount: Range) -> list[Range]:
    """A waterfall filled up to a level between two: each member has a band of the total.

    The certain part of a member is the lesser of what it has at the two ends.
    """
    parts: list[Range] = []
    start = NIL
    for limit in limits:
        end = None if limit is None else start + limit
        at_ends = [_overlap(start, end, level.low, amount.low)]
        at_ends.append(_overlap(start, end, level.high, amount.low))
        top = plus(level.high, amount.high)
        highs = [
            each for each in (amount.high, _above(start, end, level.low, top)) if each is not None
        ]
        parts.append(Range(min(at_ends), min(highs, default=None)))
        if end is None:
            parts.extend([_NOTHING] * (len(limits) - len(parts)))
            break
        start = end
    return parts


def _overlap(
    start: Fraction, end: Fraction | None, level: Fraction | None, amount: Fraction
) -> Fraction:
    """How much of an amount poured in at a level falls between start and end; None is no end."""
    if level is None:
        return amount if end is None else NIL
    top = level + amount if end is None else min(end, level + amount)
    return max(top - max(start, level), NIL)


def _above(
    start: Fraction, end: Fraction | None, level: Fraction, top: Fraction | None
) -> Fraction | None:
    """The most that can fall between start and end, from a level up."""
    if end is None and top is None:
        return None
    ends = [each for each in (end, top) if each is not None]
    return max(min(ends) - max(start, level), NIL)


def _through_rooms(
    limits: Sequence[Fraction | None], past: Sequence[Range], amount: Range
) -> list[Range]:
    """A waterfall in which members' own caps cut too: each member's room lies between two.

    The certain part of a member is what reaches it past all others' most room, in its least room.
    """
    parts: list[Range] = []
    low, high = amount.low, amount.high
    for limit, before in zip(limits, past, strict=True):
        most = None if limit is None else max(limit - before.low, NIL)
        least = limit
        if limit is not None:
            least = NIL if before.high is None else max(limit - before.high, NIL)
        certain = low if least is None else min(low, least)
        bounds = [each for each in (high, most) if each is not None]
        parts.append(Range(certain, min(bounds, default=None)))
        low = NIL if most is None else max(low - most, NIL)
        if high is not None:
            high = NIL if least is None else max(high - least, NIL)
    return parts
