"""What a change does to payments, in sentences with concrete results: for every form of the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.values_text import Leaf, leaves
from sibdsl.documents.wording import Wording, listed
from sibdsl.evaluate.determination import State, Why
from sibdsl.review.comparison import (
    About,
    Case,
    Difference,
    DueDateMoved,
    Effects,
    GivenValue,
    Interval,
    Origin,
    PartyPair,
    PaymentPair,
)
from sibdsl.review.proof import Verdict
from sibdsl.units import DAYS, Kind, Quantity

_MOST_VALUES: Final = 6
MOST_PAYMENTS: Final = 4
_MOST_CLAIMS: Final = 4
MOST_EXAMPLES: Final = 5


def moved_told(moved: Sequence[DueDateMoved], wording: Wording) -> Iterator[str]:
    """*Fee at Year 1 to Year 3 falls due 30 days later*, whatever the results."""
    alike: dict[tuple[str, int], list[str]] = {}
    for each in moved:
        alike.setdefault((each.payment, each.days), []).append(each.evaluation)
    for (name, days), at in alike.items():
        later, earlier = (
            message("{payment} falls due {days} later"),
            message("{payment} falls due {days} earlier"),
        )
        yield wording.sentence(
            message(
                (later if days > 0 else earlier).template,
                payment=wording.at(name, at),
                days=Quantity(Fraction(abs(days)), DAYS),
            )
        )


def examples_told(effects: Effects, wording: Wording) -> Iterator[str]:
    """The first of the worked examples that differ, a sentence each, and how many more there are."""
    for case in effects.examples[:MOST_EXAMPLES]:
        yield example_told(case, wording)
    more = more_examples_told(effects, wording)
    if more:
        yield more


def more_examples_told(effects: Effects, wording: Wording) -> str:
    """How many worked examples differ beyond those that are told; empty for none."""
    number = len(effects.examples) - MOST_EXAMPLES
    if number <= 0:
        return ""
    return wording.sentence(message("more worked examples differ: {number}", number=number))


def example_told(case: Case, wording: Wording) -> str:
    """What falls due otherwise on a worked example."""
    said, title = _pairs(case, wording), case.title
    if case.origin is Origin.OLD_EXAMPLE:
        return wording.sentence(
            message("worked example “{title}” of the old version: {said}", title=title, said=said)
        )
    return wording.sentence(message("worked example “{title}”: {said}", title=title, said=said))


def results_told(case: Case, wording: Wording) -> str:
    """What falls due otherwise on the results that were given."""
    if not case.differs:
        return wording.sentence(message("on the results given, the same payments fall due"))
    said = wording.sentence(
        message("on the results given, {said}", said=_pairs(case, wording, None))
    )
    net = [_net(pair, wording) for pair in case.parties if pair.gain]
    if not net:
        return said
    return " ".join((said, wording.sentence(message("in all, {said}", said=listed(net)))))


def _net(pair: PartyPair, wording: Wording) -> Message:
    """What a party gains or loses, all payments together."""
    amount = wording.amount(abs(pair.gain), pair.currency)
    better = message("{party} is {amount} better off")
    worse = message("{party} is {amount} worse off")
    template = (better if pair.gain > 0 else worse).template
    return message(template, party=pair.party, amount=amount)


def search_told(effects: Effects, wording: Wording) -> str:
    """What the answer rests on: it is said every time."""
    if effects.proof is not None and effects.proof.verdict is Verdict.EQUAL:
        return wording.sentence(
            message(
                "no results lead to different payments: proved by {prover}",
                prover=effects.proof.prover,
            )
        )
    number = effects.tried
    if effects.is_empty:
        if effects.moved:
            return wording.sentence(
                message(
                    "no amount differs on {number} sets of results tried: a search, not a proof",
                    number=number,
                )
            )
        return wording.sentence(
            message(
                "no payment differs on {number} sets of results tried: a search, not a proof",
                number=number,
            )
        )
    return wording.sentence(
        message(
            "the largest differences on {number} sets of results tried: a search, not a proof",
            number=number,
        )
    )


# --------------------------------------------------------------------------------------- the found


def by_case(largest: Sequence[Difference]) -> list[tuple[Case, list[Difference]]]:
    """Differences on one set of results are told together."""
    found: list[tuple[Case, list[Difference]]] = []
    for difference in largest:
        for case, others in found:
            if case is difference.case:
                others.append(difference)
                break
        else:
            found.append((difference.case, [difference]))
    return found


def found_told(
    case: Case, differences: Sequence[Difference], wording: Wording, *, with_payments: bool = True
) -> Iterator[str]:
    """A set of results that was found: what it is, who gains, which payments, how far it reaches."""
    yield wording.sentence(
        message(
            "where {results}, {gains}",
            results=_results(case, wording),
            gains=_gains(case, differences, wording),
        )
    )
    if with_payments:
        yield wording.sentence(_pairs(case, wording))
    for difference in differences:
        if difference.interval is not None:
            yield wording.sentence(_reach(difference.name, difference.interval, wording))


def _reach(payment: str, interval: Interval, wording: Wording) -> Message:
    """*Prime differs so only where Écart is from 3 points to under 4 points, all else held*."""
    only = message("{payment} differs so only where {interval}, all else held")
    among = message("{payment} differs so where {interval}, among other values, all else held")
    return message(
        (only if interval.is_only else among).template,
        payment=payment,
        interval=_interval(interval, wording),
    )


def _gains(case: Case, differences: Sequence[Difference], wording: Wording) -> Message:
    """*the new version pays EUR 15,000.00 more to Investisseurs*: by party where one is paid.

    A party that pays is told where nobody's receipts are: the one is the other side of the other.
    """
    pairs = {(pair.party, pair.currency): pair for pair in case.parties}
    parties = [each for each in differences if each.about is About.PARTY]
    paid = [each for each in parties if not _pays(pairs[each.name, each.currency])]
    if not paid and parties:
        return listed([_borne(each, pairs[each.name, each.currency], wording) for each in parties])
    to, under = message("{amount} to {name}"), message("{amount} under {name}")
    gains = [
        message(
            (to if each.about is About.PARTY else under).template,
            amount=_amount(each.amount, each.currency, wording),
            name=each.name,
        )
        for each in (paid or differences)
    ]
    return message("the new version pays {gains}", gains=listed(gains))


def _pays(pair: PartyPair) -> bool:
    return pair.old_paid != pair.new_paid


def _amount(amount: Fraction, currency: str, wording: Wording) -> Message:
    said = wording.amount(abs(amount), currency)
    if amount > 0:
        return message("{amount} more", amount=said)
    return message("{amount} less", amount=said)


def _borne(difference: Difference, pair: PartyPair, wording: Wording) -> Message:
    if pair.old_received == pair.new_received:
        amount = _amount(-difference.amount, difference.currency, wording)
        return message("{party} pays {amount}", party=difference.name, amount=amount)
    return _net(pair, wording)


def _results(case: Case, wording: Wording) -> Message:
    """Every result that tells; where they are many, what is not as in the worked example."""
    claims = [*_claims(case)]
    telling = [*_values(case.telling, wording), *claims]
    if not case.title:
        return listed(telling) if telling else message("the results are as usual")
    if telling and not claims and len(case.telling) <= _MOST_VALUES:
        return listed(telling)
    added = [each for each in case.filled if each in case.telling]
    moved = _values((*case.varied, *added), wording)
    if not moved:
        return message("the results are as in the worked example “{title}”", title=case.title)
    return message(
        "{results}, the other results being as in the worked example “{title}”",
        results=listed(moved),
        title=case.title,
    )


def _claims(case: Case) -> Iterator[Message]:
    """*participant “A” claims ‘First job’ on 2015-03-15*; of many how many."""
    if len(case.claims) > _MOST_CLAIMS:
        yield message("the number of claims is {number}", number=len(case.claims))
        return
    for each in case.claims:
        yield message(
            "participant “{participant}” claims ‘{outcome}’ on {date}",
            participant=each.participant,
            outcome=each.outcome,
            date=each.on,
        )


def _values(given: Sequence[GivenValue], wording: Wording) -> list[Message]:
    together = [
        Leaf(
            Why.COMPUTED,
            each.measure,
            each.evaluation,
            wording.quantity(each.value),
            each.value.unit.kind is Kind.YES_NO,
            "",
        )
        for each in given
        if each.value is not None
    ]
    return list(leaves(together, wording))


def _pairs(case: Case, wording: Wording, most: int | None = MOST_PAYMENTS) -> Message:
    """*Prime is EUR 0.00 instead of EUR 15,000.00*, for the payments that differ; of many the largest."""
    alike: dict[tuple[str, Message, Message], list[PaymentPair]] = {}
    for pair in case.payments:
        if pair.differs:
            old, new = due_told(pair, wording)
            alike.setdefault((pair.name, old, new), []).append(pair)
    told = sorted(alike.items(), key=lambda each: -_size(each[1]))
    if most is None or len(told) <= most:
        told = [*alike.items()]
    said = [
        message(
            _instead(pairs[0]).template,
            payment=wording.at(name, [each.evaluation for each in pairs]),
            new=new,
            old=old,
        )
        for (name, old, new), pairs in told[:most]
    ]
    if len(told) > len(said):
        said.append(message("more differ: {number}", number=len(told) - len(said)))
    return listed(said)


def _instead(pair: PaymentPair) -> Message:
    if pair.old_state is None:
        return message("{payment} is {new} and was not in the contract")
    if pair.new_state is None:
        return message("{payment} was {old} and is no longer in the contract")
    return message("{payment} is {new} instead of {old}")


def _size(pairs: Sequence[PaymentPair]) -> Fraction:
    """How much more or less falls due under them, all together."""
    nil = Fraction(0)
    return abs(sum(((each.new or nil) - (each.old or nil) for each in pairs), nil))


def due_told(pair: PaymentPair, wording: Wording) -> tuple[Message, Message]:
    """What falls due under a payment in the old version and in the new one."""
    old = _due(pair.old, pair.old_state, pair, wording)
    return old, _due(pair.new, pair.new_state, pair, wording)


def _due(
    amount: Fraction | None, state: State | None, pair: PaymentPair, wording: Wording
) -> Message:
    if state is None or amount is None:
        return message("not in the contract")
    said = wording.amount(amount, pair.currency)
    match state:
        case State.PENDING if amount:
            return message("{amount} so far and pending", amount=said)
        case State.PENDING:
            return message("pending")
        case State.UNDEFINED:
            return message("undefined")
        case State.DUE | State.NOT_DUE:
            return message("{name}", name=said)


def _interval(interval: Interval, wording: Wording) -> Message:
    """*Écart is from 3 points to under 4 points*."""
    name = wording.at(interval.measure, [interval.evaluation])
    return message("{name} is {interval}", name=name, interval=_range(interval, wording))


def _range(interval: Interval, wording: Wording) -> Message:
    ends = [
        None if end is None else wording.quantity(Quantity(end, interval.unit))
        for end in (interval.low, interval.high)
    ]
    match (*ends, interval.low_included, interval.high_included):
        case (str(low), str(high), True, True) if low == high:
            return message("exactly {value}", value=low)
        case (str(low), str(high), True, True):
            return message("from {low} to {high}", low=low, high=high)
        case (str(low), str(high), True, False):
            return message("from {low} to under {high}", low=low, high=high)
        case (str(low), str(high), False, True):
            return message("above {low} and up to {high}", low=low, high=high)
        case (str(low), str(high), False, False):
            return message("above {low} and under {high}", low=low, high=high)
        case (str(low), None, True, _):
            return message("at least {value}", value=low)
        case (str(low), None, False, _):
            return message("more than {value}", value=low)
        case (None, str(high), _, True):
            return message("at most {value}", value=high)
        case (None, str(high), _, False):
            return message("less than {value}", value=high)
        case _:
            raise AssertionError(interval)
