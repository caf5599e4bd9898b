"""Reasons as sentences: *Reduction is 8.387…% (13/155); at least 10% is needed; 1.613 points short.*

One sentence per step that says something of its own, in the order in which a reader asks for them.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import at
from sibdsl.evaluate.determination import Reason, Why
from sibdsl.messages import say
from sibdsl.money import RoundingMode, round_to
from sibdsl.numerals import Language
from sibdsl.units import POINTS, Kind, Quantity

MOST_SENTENCES: Final = 12
"""A reason may rest on a thousand results: the sentences stop here, the JSON has them all."""

_THOUSANDTH_OF_A_POINT: Final = Fraction(1, 100_000)
_THOUSANDTH: Final = Fraction(1, 1000)


def sentences(reason: Reason, language: Language, *, after_colon: bool = False) -> tuple[str, ...]:
    """What a payment's reason says beneath its own step, without doubles; the first few of many.

    The evaluation of the payment itself is not said again at each step. ``after_colon`` leaves the
    first word of the first sentence as it is.
    """
    said: dict[str, None] = {}
    for text in _walk(reason):
        is_first = not said
        said.setdefault(_sentence(say(text, language), capital=not (is_first and after_colon)))
        if len(said) > MOST_SENTENCES:
            return (*list(said)[:MOST_SENTENCES], "…")
    return tuple(said)


def _sentence(text: str, *, capital: bool) -> str:
    """A full stop at the end, and upper case at the start."""
    start = text[:1].upper() if capital else text[:1]
    return f"{start}{text[1:]}{'' if text.endswith(('.', '…')) else '.'}"


def _walk(reason: Reason) -> Iterator[Message]:
    """Sentences from the top of the tree down; a loop, since a tree may be deep.

    A step that several others rest on is one object, and is visited once.
    """
    own = _own(reason.why)
    if own is not None:
        yield own
    waiting, visited = list(reversed(reason.because)), set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in visited:
            continue
        visited.add(id(one))
        text = _step(one, reason.evaluation)
        if text is not None:
            yield text
        waiting.extend(reversed(one.because))


def _step(reason: Reason, here: str) -> Message | None:
    """What one step says, seen from an evaluation; None for one that only leads to others."""
    name = at(reason.name, "" if reason.evaluation == here else reason.evaluation)
    match reason.why:
        case Why.COMPARED:
            return _compared(reason, name)
        case Why.ROW_REACHED:
            return _row(reason, name)
        case Why.FELL_BACK:
            return (
                None if reason.value is None else message(_FELL_BACK.template, value=reason.value)
            )
        case _ if not reason.name:
            return _own(reason.why)
        case Why.MET:
            return message("{name} is met", name=name)
        case Why.NOT_MET:
            return message("{name} is not met", name=name)
        case Why.WRITTEN | Why.COMPUTED | Why.PAID:
            return None if reason.value is None else _valued(name, reason.value)
        case Why.REPORTED | Why.PRESUMED | Why.PROVISIONAL:
            return _reported(reason, name)
        case Why.CARD_CLOSED if reason.value is not None:
            return message("{name} is {value}, all claims being in", name=name, value=reason.value)
        case _:
            return _lacking(reason.why, name)


_FELL_BACK: Final = message("in place of what is undefined, {value} holds")


def _row(reason: Reason, name: Message) -> Message | None:
    """The row of a table that a key reaches."""
    if reason.value is None:
        return None
    if not reason.name:
        # A key that is a measure stands right under the row, as the one thing the row rests on.
        if len(reason.because) != 1 or not reason.because[0].name:
            return _row_of_key(reason, reason.value)
        name = message("{name}", name=reason.because[0].name)
    if reason.threshold is None:
        return message("{name} is below the first row: {value}", name=name, value=reason.value)
    template = (
        message("{name} reaches the row above {threshold}: {value}")
        if reason.relation == "more than"
        else message("{name} reaches the row from {threshold}: {value}")
    )
    return message(template.template, name=name, threshold=reason.threshold, value=reason.value)


def _row_of_key(reason: Reason, value: Quantity) -> Message:
    """The row, where the key is no term of the contract."""
    if reason.threshold is None:
        return message("the key of the table is below its first row: {value}", value=value)
    template = (
        message("the key of the table reaches the row above {threshold}: {value}")
        if reason.relation == "more than"
        else message("the key of the table reaches the row from {threshold}: {value}")
    )
    return message(template.template, threshold=reason.threshold, value=value)


def _valued(name: Message, value: Quantity) -> Message:
    if value.unit.kind is Kind.YES_NO:
        return message("{name}: {value}", name=name, value=value)
    return message("{name} is {value}", name=name, value=value)


def _reported(reason: Reason, name: Message) -> Message | None:
    if reason.value is None:
        return _lacking(reason.why, name)
    said = _valued(name, reason.value)
    match reason.why:
        case Why.PRESUMED:
            return message("{said}, presumed", said=said)
        case Why.PROVISIONAL:
            return message("{said}, provisional", said=said)
        case _:
            return message("{said}, as reported", said=said)


def _lacking(why: Why, name: Message) -> Message | None:
    match why:
        case Why.NOT_REPORTED:
            return message("{name} is not reported yet", name=name)
        case Why.DISPUTED:
            return message("{name} is disputed", name=name)
        case Why.NOT_AVAILABLE:
            return message("{name} is reported as not available", name=name)
        case Why.CANCELLED:
            return message("{name}: the evaluation is cancelled", name=name)
        case Why.DIVISION_BY_ZERO:
            return message("{name} is undefined: it divides by nil", name=name)
        case Why.NO_PREVIOUS_EVALUATION:
            return message("{name} is undefined: there is no previous evaluation", name=name)
        case Why.BELOW_FIRST_ROW:
            return message("{name} is undefined: the key is below the first row", name=name)
        case Why.NOTHING_TO_AVERAGE:
            return message("{name} is undefined: there is nothing to average", name=name)
        case Why.CARD_OPEN:
            return message("{name}: not all claims are in", name=name)
        case Why.CARD_CLOSED:
            return message("{name}: all claims are in", name=name)
        case Why.NEGATIVE:
            return message("{name} is negative", name=name)
        case Why.UNKNOWN:
            return message("{name} is not known yet", name=name)
        case _:
            return None


def _own(why: Why) -> Message | None:
    """What a step says that has no name to say it of."""
    match why:
        case Why.DIVISION_BY_ZERO:
            return message("it divides by nil")
        case Why.NO_PREVIOUS_EVALUATION:
            return message("there is no previous evaluation")
        case Why.BELOW_FIRST_ROW:
            return message("the key of the table is below its first row")
        case Why.NOTHING_TO_AVERAGE:
            return message("there is nothing to average")
        case Why.CANCELLED:
            return message("the evaluation is cancelled")
        case Why.NEGATIVE:
            return message("the amount is negative")
        case _:
            return None


# ------------------------------------------------------------------------------------ comparisons


def _compared(reason: Reason, name: Message) -> Message | None:
    if reason.value is None or reason.threshold is None:
        return None
    needed = _needed(reason.relation, reason.threshold)
    if reason.name:
        said = message("{name} is {value}", name=name, value=reason.value)
    else:
        said = message("the value is {value}", value=reason.value)
    margin = _margin(reason)
    if margin is None:
        return message("{said}; {needed}", said=said, needed=needed)
    return message("{said}; {needed}; {margin}", said=said, needed=needed, margin=margin)


def _needed(relation: str, threshold: Quantity) -> Message:
    match relation:
        case "at least":
            return message("at least {threshold} is needed", threshold=threshold)
        case "at most":
            return message("at most {threshold} is allowed", threshold=threshold)
        case "more than":
            return message("more than {threshold} is needed", threshold=threshold)
        case "less than":
            return message("less than {threshold} is needed", threshold=threshold)
        case _:
            return message("{threshold} is needed", threshold=threshold)


def _margin(reason: Reason) -> Message | None:
    """How far on which side of the threshold; None where there is nothing to measure."""
    margin = reason.margin
    if margin is None or isinstance(margin.value, bool) or not isinstance(margin.value, Fraction):
        return None
    if margin.value == 0:
        return message("exactly there")
    distance = _distance(margin, abs(margin.value))
    is_floor = reason.relation in {"at least", "more than"}
    if margin.value < 0:
        short, over = message("{distance} short"), message("{distance} too much")
        template = short if is_floor else over
    else:
        above, below = message("{distance} above"), message("{distance} below")
        template = above if is_floor else below
    return message(template.template, distance=distance)


def _distance(margin: Quantity, size: Fraction) -> Quantity:
    """A distance to be read, not reckoned with: rounded half up to the third decimal, unless nil."""
    is_points = margin.unit.kind in {Kind.POINTS, Kind.PERCENTAGE}
    step = _THOUSANDTH_OF_A_POINT if is_points else _THOUSANDTH
    rounded = round_to(size, step, RoundingMode.HALF_UP)
    unit = POINTS if is_points else margin.unit
    return Quantity(rounded or size, unit)
