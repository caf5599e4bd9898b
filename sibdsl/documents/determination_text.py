"""A determination as a person reads it, in the contract's language: the answer first, then why."""

from collections.abc import Callable, Iterator
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.claims_text import claims
from sibdsl.documents.display import wrapped
from sibdsl.documents.payments_text import payments
from sibdsl.documents.tables_text import caps, conditions, owed, returns, totals
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.determination import Determination, State
from sibdsl.messages.visible import visible
from sibdsl.plan.terms import Plan
from sibdsl.source import Source

_DIGITS_OF_A_DIGEST: Final = 12
_STATES: Final = (
    (State.DUE, message("{count} due")),
    (State.NOT_DUE, message("{count} not due")),
    (State.PENDING, message("{count} pending")),
    (State.UNDEFINED, message("{count} undefined")),
)
_SECTIONS: Final[tuple[Callable[[Determination, Wording], Iterator[str]], ...]] = (
    totals,
    caps,
    conditions,
    returns,
    claims,
)


def determination_text(determination: Determination, plan: Plan, source: Source | None) -> str:
    """Every payment with its clause and the figures that caused it, then totals, caps, returns.

    ``source`` is the contract's text, for its lines; None where only the plan is at hand.
    """
    wording = Wording(plan, source)
    return "".join(f"{line.rstrip()}\n" for line in _lines(determination, wording))


def _lines(determination: Determination, wording: Wording) -> Iterator[str]:
    yield from _head(determination, wording)
    yield ""
    yield wording.say(message("Payments"))
    yield from payments(determination, wording)
    for section in _SECTIONS:
        lines = list(section(determination, wording))
        if lines:
            yield ""
            yield from lines


def _head(determination: Determination, wording: Wording) -> Iterator[str]:
    yield visible(determination.title)
    yield wording.sentence(_origin(determination, wording))
    counts = [
        message(template.template, count=count)
        for state, template in _STATES
        if (count := sum(one.state is state for one in determination.payments))
    ]
    yield wording.sentence(message("payments: {counts}", counts=tuple(counts)))
    owing = owed(determination.totals, wording)
    if owing:
        yield from wrapped(wording.sentence(message("to pay: {sums}", sums=owing)))
    else:
        is_open = any(one.state is State.PENDING for one in determination.payments)
        nothing = message("nothing is due so far") if is_open else message("nothing is due")
        yield wording.sentence(nothing)


def _origin(determination: Determination, wording: Wording) -> Message:
    """Which contract, on which results: the digests in short, the JSON has them whole."""
    contract = determination.contract_digest[:_DIGITS_OF_A_DIGEST]
    results = determination.results_digest[:_DIGITS_OF_A_DIGEST]
    said = message("contract {contract}, results {results}", contract=contract, results=results)
    if wording.source is not None:
        said = message(
            "contract {file} ({contract}), results {results}",
            file=wording.source.name,
            contract=contract,
            results=results,
        )
    if determination.as_of is None:
        return said
    return message("{said}, as known on {day}", said=said, day=determination.as_of)
