"""Rate cards: outcomes, their limits for each participant, and the chains between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.ranges import ZERO
from sibdsl.checks.checked import Checked
from sibdsl.checks.homes.ordering import circle, in_dependency_order
from sibdsl.checks.settlement.basis import Question, rests_on, surroundings
from sibdsl.checks.settlement.schedule import occasions_of, payments_of
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import Diagnostic, Label, error, message, warning
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Apart, ForClass, ForStarts, LimitTimes, Outcome, RateCard

Rule = TypeVar("Rule", bound=nodes.Node)


def outcome_twice(checked: Checked) -> Iterable[Diagnostic]:
    """An outcome priced twice on a card for the same participants: which price holds?

    One outcome may be priced for several classes, or for several periods of starts.
    """
    for card in statements(checked.contract, RateCard):
        for number, outcome in enumerate(card.outcomes):
            for earlier in card.outcomes[:number]:
                if earlier.name.text == outcome.name.text and may_meet(earlier, outcome):
                    yield error(
                        "SIB530",
                        outcome.name.span,
                        message(
                            "the outcome “{outcome}” is priced twice on ‘{card}’",
                            outcome=outcome.name.text,
                            card=card.name.text,
                        ),
                        others=(Label(earlier.name.span, message("priced here first")),),
                        help=message(
                            "keep one price, or say for whom each is: for class “…”, for starts "
                            "from … to …"
                        ),
                    )
                    break


def may_meet(one: Outcome, other: Outcome) -> bool:
    """Whether some participant could claim either: of no two classes, in no two periods."""
    classes = [{rule.text.text for rule in rules_of(out, ForClass)} for out in (one, other)]
    if all(classes) and classes[0].isdisjoint(classes[1]):
        return False
    periods = [next(rules_of(out, ForStarts), None) for out in (one, other)]
    first, second = periods
    if first is None or second is None:
        return True
    return first.start.value <= second.end.value and second.start.value <= first.end.value


def limit_missing(checked: Checked) -> Iterable[Diagnostic]:
    """An outcome that does not say how often one participant may claim it."""
    for card, outcome in outcomes_of(checked):
        limits = (LimitTimes, nodes.OncePerEvaluation, Apart)
        if not any(isinstance(rule, limits) for rule in outcome.rules):
            yield error(
                "SIB531",
                outcome.span,
                message(
                    "“{outcome}” on ‘{card}’ does not say how often a participant may claim it",
                    outcome=outcome.name.text,
                    card=card.name.text,
                ),
                help=message("write after the price: , once — or: , up to 4 times, , no limit"),
            )


def limit_twice(checked: Checked) -> Iterable[Diagnostic]:
    """An outcome with two limits of one kind: which of them holds?"""
    for _, outcome in outcomes_of(checked):
        for kind in (LimitTimes, nodes.OncePerEvaluation, Apart, ForClass, ForStarts):
            rules = [rule for rule in outcome.rules if isinstance(rule, kind)]
            if len(rules) > 1:
                yield error(
                    "SIB532",
                    rules[1].span,
                    message(
                        "“{outcome}” has two rules of the same kind", outcome=outcome.name.text
                    ),
                    others=(Label(rules[0].span, message("the first one")),),
                    help=message("keep one of the two"),
                )


def limit_not_whole(checked: Checked) -> Iterable[Diagnostic]:
    """``up to 0 times``, ``up to 2.5 times``: nobody, or half a claim."""
    for _, outcome in outcomes_of(checked):
        for rule in rules_of(outcome, LimitTimes):
            if rule.number is None:
                continue
            if rule.number.value.denominator != 1 or rule.number.value < 1:
                yield error(
                    "SIB533",
                    rule.span,
                    message(
                        "“{outcome}” cannot be claimed so many times", outcome=outcome.name.text
                    ),
                    help=message("write a whole number from 1 on: up to 4 times"),
                )


def requirement_circle(checked: Checked) -> Iterable[Diagnostic]:
    """Outcomes that require one another round about: none could ever be accepted first.

    Only where every way leads round: ``requires A or B`` is open while B is.
    """
    for card in statements(checked.contract, RateCard):
        stuck = never_accepted(card.outcomes, {outcome.name.text for outcome in card.outcomes})
        waits_for = {
            name: tuple(
                dict.fromkeys(
                    needed.text
                    for outcome in card.outcomes
                    if outcome.name.text == name
                    for rule in rules_of(outcome, nodes.Requires)
                    for needed in rule.outcomes
                    if needed.text in stuck
                )
            )
            for name in stuck
        }
        first = {outcome.name.text: outcome for outcome in reversed(card.outcomes)}
        for group in in_dependency_order(waits_for, waits_for):
            round_about = circle(group, waits_for)
            if round_about:
                outcome = first[round_about[0]]
                yield error(
                    "SIB534",
                    outcome.name.span,
                    message(
                        "“{outcome}” could never be accepted: it requires itself, round about",
                        outcome=outcome.name.text,
                    ),
                    others=tuple(
                        Label(first[name].name.span, message("also in the circle"))
                        for name in round_about[1:]
                    ),
                    help=message("delete one ‘requires’ of the circle"),
                )


def never_accepted(outcomes: Sequence[Outcome], own: AbstractSet[str]) -> tuple[str, ...]:
    """The outcomes left when all that can be accepted one after another are taken away.

    ``own`` are those of the card: what is required and stands on none is another mistake.
    """
    open_: set[str] = set()
    grows = True
    while grows:
        grows = False
        for outcome in outcomes:
            if outcome.name.text in open_:
                continue
            required = [
                {needed.text for needed in rule.outcomes}
                for rule in rules_of(outcome, nodes.Requires)
            ]
            if all(not needed <= own or needed & open_ for needed in required):
                open_.add(outcome.name.text)
                grows = True
    return tuple(dict.fromkeys(one.name.text for one in outcomes if one.name.text not in open_))


def negative_price(checked: Checked) -> Iterable[Diagnostic]:
    """A price, or a cap for each participant, below nil."""
    bounds = Bounds(checked)
    for card in statements(checked.contract, RateCard):
        prices = [outcome.price for outcome in card.outcomes]
        caps = [] if card.participant_cap is None else [card.participant_cap]
        for amount in (*prices, *caps):
            if bounds.of(amount).is_always_negative:
                yield error(
                    "SIB535",
                    amount.span,
                    message(
                        "an amount of the rate card ‘{card}’ is below nil", card=card.name.text
                    ),
                    help=message("write an amount above nil"),
                )


def participant_cap_below_prices(checked: Checked) -> Iterable[Diagnostic]:
    """A cap for each participant below every price: no claim would ever be paid in full."""
    bounds = Bounds(checked)
    for card in statements(checked.contract, RateCard):
        if card.participant_cap is None or not card.outcomes:
            continue
        cap = bounds.of(card.participant_cap)
        prices = [bounds.of(outcome.price).low for outcome in card.outcomes]
        if ZERO <= cap.high < min(prices):
            yield warning(
                "SIB536",
                card.participant_cap.span,
                message(
                    "the most for each participant is below every price of ‘{card}’",
                    card=card.name.text,
                ),
                others=(Label(card.outcomes[0].price.span, message("a price above it")),),
                help=message("raise the most for each participant, or mend the prices"),
            )


def card_never_paid(checked: Checked) -> Iterable[Diagnostic]:
    """A rate card that no payment rests on: claims would be counted and nothing paid for them."""
    around = surroundings(checked)
    paid: set[str] = set()
    for payment in payments_of(checked):
        for occasion in occasions_of(checked, payment):
            asked = Question(payment.amount, occasion)
            paid.update(found.name for found in rests_on(around, [asked]))
    for card in statements(checked.contract, RateCard):
        if card.name.text not in paid:
            yield warning(
                "SIB537",
                card.name.span,
                message("no payment pays the rate card ‘{card}’", card=card.name.text),
                help=message(
                    "write a payment whose amount is {card}, made at the same evaluations",
                    card=card.name.text,
                ),
            )


def outcomes_of(checked: Checked) -> Iterator[tuple[RateCard, Outcome]]:
    """Every outcome with its card."""
    for card in statements(checked.contract, RateCard):
        for outcome in card.outcomes:
            yield card, outcome


def rules_of(outcome: Outcome, kind: type[Rule]) -> Iterator[Rule]:
    """The rules of an outcome of one kind."""
    return (rule for rule in outcome.rules if isinstance(rule, kind))
