"""A determination as JSON, by ``determination.schema.json``.

Every number that counts money or measures something is text and exact, ``"2500000.00"`` or ``"13/155"``:
a reader that takes JSON numbers for binary floats cannot harm it. Words of the language itself
(states, kinds) are English whatever the contract's language; words of the contract stand as written.
"""

import json
from typing import Final

from sibdsl.documents.determination_names import cap_name
from sibdsl.documents.payments_text import because, worked_out
from sibdsl.documents.values_json import Json, day_json, exact, money, quantity_json
from sibdsl.documents.wording import Wording
from sibdsl.documents.workings_json import working_json
from sibdsl.evaluate.determination import (
    CapUse,
    Cut,
    Determination,
    InvestorReturn,
    Missing,
    NamedValue,
    OutcomeCount,
    PartDue,
    PartyTotal,
    PaymentOutcome,
    Reading,
    Reason,
    Row,
)
from sibdsl.messages import say
from sibdsl.plan.terms import Plan
from sibdsl.source import Source, Span

DEEPEST: Final = 100
"""How many steps down a reason is written: JSON readers have a stack, and give up some way below."""


def determination_json(determination: Determination, plan: Plan, source: Source | None) -> str:
    """The determination as one JSON object, ending with a line end.

    ``source`` is the contract's text, for lines and columns; None where only the plan is at hand.
    """
    wording = Wording(plan, source)
    data = {
        "format": "sibdsl-determination",
        "version": 1,
        "title": determination.title,
        "language": plan.language,
        "contract_digest": determination.contract_digest,
        "results_digest": determination.results_digest,
        "as_of": day_json(determination.as_of),
        "payments": [_payment(one, wording) for one in determination.payments],
        "totals": [_total(one) for one in determination.totals],
        "caps": [_cap(one, plan, source) for one in determination.caps],
        "conditions": [_named(one, source) for one in determination.conditions],
        "values": [_named(one, source) for one in determination.values],
        "returns": [_return(one) for one in determination.returns],
        "outcomes": [_outcome(one) for one in determination.outcomes],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _payment(one: PaymentOutcome, wording: Wording) -> Json:
    plan, source = wording.plan, wording.source
    return {
        "payment": one.name,
        "evaluation": one.evaluation or None,
        "payer": one.payer,
        "payee": one.payee,
        "currency": one.currency,
        "state": one.state.value,
        "provisional": one.provisional,
        "presumed": one.presumed,
        "gross": money(one.gross, one.currency),
        "cuts": [_cut(cut, one.currency, plan) for cut in one.cuts],
        "amount": money(one.amount, one.currency),
        "parts": [_part(part, one.currency, plan) for part in one.parts],
        "due": day_json(one.due),
        "paid_on": day_json(one.adjusted),
        "waits_for": [_missing(missing) for missing in one.waits_for],
        "lacks": [_missing(missing) for missing in one.lacks],
        "behind": [_missing(missing) for missing in one.behind],
        "because": list(because(one, wording)),
        "worked_out": worked_out(one, wording),
        "reason": _reason(one.reason, source),
        "place": _place(one.place, source),
    }


def _missing(missing: Missing) -> Json:
    return {
        "name": missing.name,
        "evaluation": missing.evaluation or None,
        "disputed": missing.disputed,
    }


def _part(part: PartDue, currency: str, plan: Plan) -> Json:
    return {
        "payer": part.payer,
        "payee": part.payee,
        "amount": money(part.amount, currency),
        "cuts": [_cut(cut, currency, plan) for cut in part.cuts],
    }


def _cut(cut: Cut, currency: str, plan: Plan) -> Json:
    said: Json = {
        "cap": say(cap_name(plan, cut.cap, cut.account), plan.language),
        "amount": money(cut.amount, currency),
        "headroom": money(cut.headroom, currency),
    }
    if cut.working is not None:
        said["working"] = working_json(cut.working)
    return said


def _total(one: PartyTotal) -> Json:
    return {
        "party": one.party,
        "currency": one.currency,
        "paid": money(one.paid, one.currency),
        "received": money(one.received, one.currency),
        "provided": money(one.provided, one.currency),
        "pending": one.pending,
        "provisional": money(one.provisional, one.currency),
        "presumed": money(one.presumed, one.currency),
    }


def _cap(use: CapUse, plan: Plan, source: Source | None) -> Json:
    cap, account = plan.caps[use.cap], plan.accounts[use.account]
    at = account.evaluation
    return {
        "cap": say(cap_name(plan, use.cap, use.account), plan.language),
        "evaluation": None if at is None else plan.evaluations[at].name,
        "year": account.year,
        "currency": cap.currency,
        "limit": money(use.limit, cap.currency),
        "used": money(use.used, cap.currency),
        "headroom": money(use.headroom, cap.currency),
        "place": _place(cap.place, source),
    }


def _named(one: NamedValue, source: Source | None) -> Json:
    return {
        "name": one.name,
        "kind": one.kind,
        "evaluation": one.evaluation or None,
        "value": quantity_json(one.value),
        "why": one.why.value,
        "provisional": one.provisional,
        "presumed": one.presumed,
        "reason": _reason(one.reason, source),
    }


def _return(one: InvestorReturn) -> Json:
    return {
        "investor": one.investor,
        "currency": one.currency,
        "provided": money(one.provided, one.currency),
        "received": money(one.received, one.currency),
        "multiple": exact(one.multiple),
        "annual_rate": exact(one.annual_rate),
    }


def _outcome(one: OutcomeCount) -> Json:
    return {
        "card": one.card,
        "outcome": one.outcome,
        "tariff": one.tariff,
        "for_class": one.for_class or None,
        "starts": None if one.starts is None else [day_json(day) for day in one.starts],
        "evaluation": one.evaluation,
        "people": one.people,
        "first_time": one.first_time,
        "claimed": one.claimed,
        "accepted": one.accepted,
        "refused_by_limit": one.refused_by_limit,
        "refused_by_requires": list(one.refused_by_requires),
        "refused_by_class": one.refused_by_class,
        "amount": exact(one.amount),
        "participant_cap": exact(one.cap),
        "cut_by_participant_cap": {name: exact(cut) for name, cut in one.cuts},
    }


def _reason(reason: Reason, source: Source | None, depth: int = 0) -> Json:
    """A reason with what it rests on, down to ``DEEPEST`` steps."""
    because = reason.because if depth < DEEPEST else ()
    return _step(reason, [_reason(one, source, depth + 1) for one in because], source)


def _step(one: Reason, because: list[Json], source: Source | None) -> Json:
    step: Json = {
        "why": one.why.value,
        "name": one.name or None,
        "evaluation": one.evaluation or None,
        "value": quantity_json(one.value),
        "place": _place(one.place, source),
    }
    if one.relation:
        step["relation"] = one.relation
        step["threshold"] = quantity_json(one.threshold)
        step["margin"] = quantity_json(one.margin)
    if one.reading is not None:
        step["reading"] = _reading(one.reading)
    if one.working is not None:
        step["working"] = working_json(one.working)
    step["because"] = because
    return step


def _reading(reading: Reading) -> Json:
    return {
        "mode": reading.mode.value,
        "key": quantity_json(reading.key),
        "row": _row(reading.reached),
        "next_row": _row(reading.next_row),
        "bands": [
            {"part": quantity_json(band.part), "rate": quantity_json(band.rate)}
            for band in reading.bands
        ],
    }


def _row(row: Row | None) -> Json | None:
    if row is None:
        return None
    return {"from": quantity_json(row.at), "value": quantity_json(row.value)}


def _place(place: Span | None, source: Source | None) -> Json | None:
    if place is None or source is None:
        return None
    file, at = source.in_file(place.start)
    line, column = file.position(at)
    return {"file": file.name, "line": line, "column": column}
