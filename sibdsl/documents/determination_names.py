"""What the parts of a determination are called in words: payments, caps, dates, states."""

from typing import Final

from sibdsl.diagnostics import Message, Said, message
from sibdsl.evaluate.determination import State
from sibdsl.plan.terms import Cap, Plan

STATES: Final = {
    State.DUE: message("due"),
    State.NOT_DUE: message("not due"),
    State.PENDING: message("pending"),
    State.UNDEFINED: message("undefined"),
}


def cap_name(plan: Plan, cap: int, account: int) -> Message:
    """``the cap on what Ministry of Justice pays at Year 2``."""
    whole = plan.accounts[account]
    name = _named(plan.caps[cap])
    if whole.evaluation is not None:
        evaluation = plan.evaluations[whole.evaluation].name
        return message("{name} at {evaluation}", name=name, evaluation=evaluation)
    if whole.year is not None:
        return message("{cap} in {year}", cap=name, year=str(whole.year))
    return name


def _named(cap: Cap) -> Message:
    if cap.is_return:
        names = tuple(name for name, _ in cap.subjects)
        return message("the cap on the return of {names}", names=names)
    if not cap.subjects:
        return _with_period(message("the cap on the contract"), cap)
    return _with_period(message("the cap on {subjects}", subjects=_subjects(cap)), cap)


def cap_subject(cap: Cap) -> Message:
    """What a cap bears on, under a heading that says that these are caps."""
    if cap.is_return:
        names = tuple(name for name, _ in cap.subjects)
        return message("return of {names}", names=names)
    if not cap.subjects:
        return _with_period(message("the contract"), cap)
    return _with_period(message("{subjects}", subjects=_subjects(cap)), cap)


def _subjects(cap: Cap) -> tuple[Said, ...]:
    return tuple(_side(name, side) for name, side in cap.subjects)


def _with_period(name: Message, cap: Cap) -> Message:
    """The cap's name with the two days it lies between, where the contract gives them."""
    first, slash, last = cap.period.partition("/")
    if not slash:
        return name
    return message("{cap} from {first} to {last}", cap=name, first=first, last=last)


def _side(name: str, side: str) -> Said:
    match side:
        case "paid by":
            return message("what {name} pays", name=name)
        case "paid to":
            return message("what {name} receives", name=name)
        case _:
            return name
