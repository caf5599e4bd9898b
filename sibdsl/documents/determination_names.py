"""What the parts of a determination are called in words: payments, caps, dates, states."""

from typing import Final

from sibdsl.diagnostics import Message, Said, message
from sibdsl.evaluate.determination import PaymentOutcome, State
from sibdsl.plan.terms import Account, Cap, Plan

STATES: Final = {
    State.DUE: message("due"),
    State.NOT_DUE: message("not due"),
    State.PENDING: message("pending"),
    State.UNDEFINED: message("undefined"),
}


def at(name: str, evaluation: str) -> Message:
    """A name, and the evaluation where there is one."""
    if not evaluation:
        return message("{name}", name=name)
    return message("{name} at {evaluation}", name=name, evaluation=evaluation)


def payment_name(payment: PaymentOutcome) -> Message:
    """``Cohort Payment at Cohort 1``."""
    return at(payment.name, payment.evaluation)


def cap_name(plan: Plan, cap: int, account: int) -> Message:
    """``the cap on what Ministry of Justice pays, at Year 2``."""
    whole = plan.accounts[account]
    name = _subject(plan.caps[cap])
    if whole.evaluation is not None:
        return message("{cap}, at {evaluation}", cap=name, evaluation=_evaluation(plan, whole))
    if whole.year is not None:
        return message("{cap}, in {year}", cap=name, year=str(whole.year))
    return name


def _evaluation(plan: Plan, account: Account) -> str:
    return "" if account.evaluation is None else plan.evaluations[account.evaluation].name


def _subject(cap: Cap) -> Message:
    if cap.is_return:
        names = tuple(name for name, _ in cap.subjects)
        return message("the cap on the return of {names}", names=names)
    if not cap.subjects:
        return message("the cap on the contract")
    subjects: tuple[Said, ...] = tuple(_side(name, side) for name, side in cap.subjects)
    return message("the cap on {subjects}", subjects=subjects)


def _side(name: str, side: str) -> Said:
    match side:
        case "paid by":
            return message("what {name} pays", name=name)
        case "paid to":
            return message("what {name} receives", name=name)
        case _:
            return name
