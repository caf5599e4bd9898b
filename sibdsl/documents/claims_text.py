"""Claims on rate cards: what they came to by outcome, and by evaluation where there were any."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

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
        yield from _cut_at_cap(card, counts, wording)


def _by_outcome(card: RateCard, counts: Sequence[OutcomeCount], wording: Wording) -> Iterator[str]:
    rows = []
    for place in range(len(card.tariffs)):
        of_outcome = [one for one in counts if one.tariff == place]
        if of_outcome:
            name = wording.say(_tariff_name(card, place))
            people = str(sum(one.first_time for one in of_outcome))
            rows.append((name, people, *_cells(card, of_outcome, wording)))
    if len(rows) > 1:  # people are not added up: one may have reached several outcomes
        rows.append((wording.say(message("In all")), "", *_cells(card, counts, wording)))
    heading = message("Claims on {card}", card=card.name)
    yield from table((heading, message("people"), *_HEADINGS, Message("")), rows, wording)


def _tariff_name(card: RateCard, place: int) -> Message:
    """The outcome; of several tariffs for it, whom each is for: ``Job (class young)``."""
    tariff = card.tariffs[place]
    name = message("{name}", name=tariff.outcome)
    if sum(one.outcome == tariff.outcome for one in card.tariffs) == 1:
        return name
    if tariff.for_class:
        name = message("{outcome} (class {name})", outcome=name, name=tariff.for_class)
    if tariff.starts is not None:
        first, last = tariff.starts
        name = message(
            "{outcome} (starts from {first} to {last})", outcome=name, first=first, last=last
        )
    return name


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


def _cut_at_cap(card: RateCard, counts: Sequence[OutcomeCount], wording: Wording) -> Iterator[str]:
    """What the cap per participant took off at each evaluation, and whose claims it cut."""
    for at in card.evaluations:
        evaluation = wording.plan.evaluations[at].name
        here = [one for one in counts if one.evaluation == evaluation and one.cuts]
        cap = next((one.cap for one in here if one.cap is not None), None)
        if cap is None:
            continue
        cut = sum((amount for one in here for _, amount in one.cuts), Fraction(0))
        text = message(
            "{evaluation}: {cut} less under the cap of {cap} per participant ({names})",
            evaluation=evaluation,
            cut=wording.amount(cut, card.currency),
            cap=wording.amount(cap, card.currency),
            names=_participants(sorted({name for one in here for name, _ in one.cuts})),
        )
        yield f"  {wording.sentence(text)}"


def _participants(names: Sequence[str]) -> Message:
    """Who they are; of many the first, and how many more there are."""
    if len(names) == 1:
        return message("participant {name}", name=names[0])
    shown = [message("{name}", name=name) for name in names[:_MOST_NAMED]]
    more = len(names) - len(shown)
    if more:
        shown.append(message("{count} more", count=more))
    return message("participants {names}", names=listed(shown))


_MOST_NAMED: Final = 10

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
    for at, tariff in enumerate(card.tariffs):
        of_outcome = [one for one in counts if one.tariff == at]
        for place, requirement in enumerate(tariff.requires):
            refused = sum(one.refused_by_requires[place] for one in of_outcome)
            if refused:
                required = dict.fromkeys(
                    card.tariffs[each].outcome for each in requirement.outcomes
                )
                names = [message("‘{name}’", name=each) for each in required]
                text = message(
                    "‘{outcome}’: {count} refused for want of {required}",
                    outcome=_tariff_name(card, at),
                    count=refused,
                    required=_either(names),
                )
                yield f"  {wording.sentence(text)}"


def _either(names: Sequence[Message]) -> Message:
    if len(names) == 1:
        return names[0]
    return message("{items} or {last}", items=listed(names[:-1]), last=names[-1])
