"""Sets of results on which two versions differ, each with its payments in columns: for pages and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sibdsl.diagnostics import message
from sibdsl.documents.effect_sentences import (
    MOST_EXAMPLES,
    MOST_PAYMENTS,
    by_case,
    due_told,
    example_told,
    found_told,
    results_told,
)
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.comparison import Case, Effects, PaymentPair

HEADINGS: Final = (message("payment"), message("old version"), message("new version"))


@frozen
class Told:
    """A set of results: what is said of it, and the rows that are to stand under it, if any."""

    said: str
    rows: tuple[tuple[str, str, str], ...]
    case: Case


def cases_told(effects: Effects, wording: Wording) -> tuple[Told, ...]:
    """Every set of results that is told: worked examples, results given, the largest differences."""
    return tuple(_told(effects, wording))


def _told(effects: Effects, wording: Wording) -> Iterator[Told]:
    for case in effects.examples[:MOST_EXAMPLES]:
        rows = payment_rows(case, wording)  # a few are told in the sentence
        yield Told(example_told(case, wording), rows if len(rows) > MOST_PAYMENTS else (), case)
    if effects.reported is not None:
        rows = payment_rows(effects.reported, wording)
        said = wording.say(message("on the results given:"))
        if not rows:
            said = results_told(effects.reported, wording)
        yield Told(f"{said[:1].upper()}{said[1:]}", rows, effects.reported)
    for case, differences in by_case(effects.largest):
        said = " ".join(found_told(case, differences, wording, with_payments=False))
        yield Told(said, payment_rows(case, wording), case)


def payment_rows(case: Case, wording: Wording) -> tuple[tuple[str, str, str], ...]:
    """Each payment that differs, with what falls due in the old version and in the new one."""
    return tuple(_row(pair, wording) for pair in case.payments if pair.differs)


def _row(pair: PaymentPair, wording: Wording) -> tuple[str, str, str]:
    old, new = due_told(pair, wording)
    name = wording.at(pair.name, [pair.evaluation])
    return wording.say(name), wording.say(old), wording.say(new)
