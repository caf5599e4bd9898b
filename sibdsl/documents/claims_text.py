"""Claims on rate cards: what they came to by outcome, and by evaluation where there were any."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sibdsl.diagnostics import Message, message
from sibdsl.documents.tables_text import NOTHING, table
from sibdsl.documents.wording import Wording, listed
from sibdsl.evaluate.determination import Determination, OutcomeCount
from sibdsl.plan.terms import RateCard


def claims(determination: Determination, wording: Wording) -> Iterator[str]:
    """For each card two tables: its outcomes over all evaluations, and its evaluations."""
    is_first = True
    for card in wording.plan.cards:
        counts = [one for one in determination.outcomes if one.card == card.name and one.claimed]
        if not counts:
            continue
        if not is_first:
            yield ""
        is_first = False
        yield from _by_outcome(card, counts, wording)
        yield from _unmet(card, counts, wording)
        yield ""
        yield from _by_evaluation(card, counts, wording)


def _by_outcome(card: RateCard, counts: Sequence[OutcomeCount], wording: Wording) -> Iterator[str]:
    rows = []
    for tariff in card.tariffs:
        of_outcome = [one for one in counts if one.outcome == tariff.outcome]
        if of_outcome:
            name = wording.say(message("{name}", name=tariff.outcome))
            people = str(sum(one.first_time for one in of_outcome))
            rows.append((name, people, *_cells(card, of_outcome, wording)))
    if len(rows) > 1:  # people are not added up: one may have reached several outcomes
        rows.append((wording.say(message("In all")), "", *_cells(card, counts, wording)))
    heading = message("Claims on {card}", card=card.name)
    yield from table((heading, message("people"), *_HEADINGS, Message("")), rows, wording)


def _by_evaluation(
    card: RateCard, counts: Sequence[OutcomeCount], wording: Wording
) -> Iterator[str]:
    rows = []
    for at in card.evaluations:
        evaluation = wording.plan.evaluations[at].name
        here = [one for one in counts if one.evaluation == evaluation]
        if here:
            rows.append(
                (wording.say(message("{name}", name=evaluation)), *_cells(card, here, wording))
            )
    heading = message("{card}, by evaluation", card=card.name)
    yield from table((heading, *_HEADINGS, Message("")), rows, wording)


_HEADINGS = (
    message("claimed"),
    message("accepted"),
    message("over the limit"),
    message("requirement not met"),
    message("not open to them"),
    message("amount"),
)


def _cells(card: RateCard, counts: Sequence[OutcomeCount], wording: Wording) -> tuple[str, ...]:
    """Claims, and the refused ones by rule: a rule that refused none leaves its column out."""
    amounts = [one.amount for one in counts]
    total = sum((each for each in amounts if each is not None), Fraction(0))
    by_requires = sum(one.claimed for one in counts) - sum(
        one.accepted + one.refused_by_limit + one.refused_by_class for one in counts
    )
    refused = (
        sum(one.refused_by_limit for one in counts),
        by_requires,
        sum(one.refused_by_class for one in counts),
    )
    return (
        str(sum(one.claimed for one in counts)),
        str(sum(one.accepted for one in counts)),
        *(str(count) if count else "" for count in refused),
        NOTHING if None in amounts else wording.amount(total, card.currency),
        "",
    )


def _unmet(card: RateCard, counts: Sequence[OutcomeCount], wording: Wording) -> Iterator[str]:
    """Which requirement refused how many claims of which outcome."""
    for tariff in card.tariffs:
        of_outcome = [one for one in counts if one.outcome == tariff.outcome]
        for place, requirement in enumerate(tariff.requires):
            refused = sum(one.refused_by_requires[place] for one in of_outcome)
            if refused:
                names = [
                    message("‘{name}’", name=card.tariffs[outcome].outcome)
                    for outcome in requirement.outcomes
                ]
                text = message(
                    "‘{outcome}’: {count} refused for want of {required}",
                    outcome=tariff.outcome,
                    count=refused,
                    required=_either(names),
                )
                yield f"  {wording.sentence(text)}"


def _either(names: Sequence[Message]) -> Message:
    if len(names) == 1:
        return names[0]
    return message("{items} or {last}", items=listed(names[:-1]), last=names[-1])
