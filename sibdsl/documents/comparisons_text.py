"""Comparisons in words: what is needed, and by how much a value passes or falls short of it."""

from fractions import Fraction

from sibdsl.diagnostics import Message, message
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.determination import Reason
from sibdsl.units import Kind, Quantity


def is_true(reason: Reason) -> bool | None:
    """Whether a comparison holds; None where it has no margin to tell by."""
    margin = None if reason.margin is None else reason.margin.value
    if not isinstance(margin, Fraction):
        return None
    return margin > 0 if reason.relation in {"more than", "less than"} else margin >= 0


def compared(reason: Reason, said: Message, wording: Wording, *, is_asked: bool) -> Message:
    """A value, given as ``said``, against its threshold.

    ``is_asked``: the contract asks for the comparison to hold, or to fail, as it does; else the two are
    only set side by side, as where a comparison chooses between two amounts.
    """
    assert reason.threshold is not None
    assert reason.value is not None
    is_date = reason.unit.kind is Kind.DATE
    if not is_asked or (is_date and is_true(reason)):
        return _side_by_side(reason, said, wording)
    threshold = wording.quantity(reason.threshold)
    text = message("{threshold}", threshold=threshold)
    words = wording.words(reason.right)
    if any(name in words for name in wording.declared):
        text = message("{threshold} ({words})", threshold=threshold, words=words)
    needed = _date_needed(reason.relation, text) if is_date else _needed(reason.relation, text)
    margin = _margin(reason, reason.value, reason.threshold, wording)
    if margin is None:
        return message("{said}; {needed}", said=said, needed=needed)
    return message("{said}; {needed}; {margin}", said=said, needed=needed, margin=margin)


def _needed(relation: str, threshold: Message) -> Message:
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


def _date_needed(relation: str, threshold: Message) -> Message:
    match relation:
        case "at least":
            return message("it must be {threshold} or later", threshold=threshold)
        case "at most":
            return message("it must be {threshold} or earlier", threshold=threshold)
        case "more than":
            return message("it must be after {threshold}", threshold=threshold)
        case "less than":
            return message("it must be before {threshold}", threshold=threshold)
        case _:
            return message("it must be {threshold}", threshold=threshold)


def _margin(
    reason: Reason, value: Quantity, threshold: Quantity, wording: Wording
) -> Message | None:
    """How far on which side of the threshold; None where there is nothing to measure."""
    margin = None if reason.margin is None else reason.margin.value
    distance = wording.distance(value, threshold)
    if not isinstance(margin, Fraction) or distance is None:
        return None
    if margin == 0:
        return (
            message("exactly there")
            if is_true(reason)
            else message("exactly there, but not beyond")
        )
    is_above = _is_above(value, threshold)
    if reason.unit.kind is Kind.DATE:
        late, early = message("{distance} too late"), message("{distance} too early")
        template = late if is_above else early
    elif margin < 0:
        over, short = message("{distance} too much"), message("{distance} short")
        template = over if is_above else short
    else:
        above, below = message("{distance} above"), message("{distance} below")
        template = above if is_above else below
    return message(template.template, distance=distance)


def _side_by_side(reason: Reason, said: Message, wording: Wording) -> Message:
    """``5.7 points, 0.7 points above 5 points``; ``2014-06-30, 732 days before 2016-07-01``."""
    assert reason.threshold is not None
    assert reason.value is not None
    threshold = wording.quantity(reason.threshold)
    distance = wording.distance(reason.value, reason.threshold)
    if distance is None or reason.value.value == reason.threshold.value:
        if reason.value.value == reason.threshold.value:
            return message("{said}, exactly {threshold}", said=said, threshold=threshold)
        return message("{said}, not {threshold}", said=said, threshold=threshold)
    is_above = _is_above(reason.value, reason.threshold)
    if reason.unit.kind is Kind.DATE:
        after = message("{said}, {distance} after {threshold}")
        before = message("{said}, {distance} before {threshold}")
        template = after if is_above else before
    else:
        above = message("{said}, {distance} above {threshold}")
        below = message("{said}, {distance} below {threshold}")
        template = above if is_above else below
    return message(template.template, said=said, distance=distance, threshold=threshold)


def _is_above(value: Quantity, threshold: Quantity) -> bool:
    return value.value > threshold.value  # type: ignore[operator]
