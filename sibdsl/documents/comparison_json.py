"""A comparison as JSON, by ``comparison.schema.json``.

Amounts and values are exact text, as in determinations. Words of the language itself (kinds of change,
states) are English whatever the contract's language; words of the contract stand as written.
"""

from __future__ import annotations

import json
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import attrs

from sibdsl.checks.bounds.trends import Trend
from sibdsl.documents.values_json import Json, quantity_json
from sibdsl.money import minor_unit
from sibdsl.numerals import decimal_text
from sibdsl.review.change import Audience, Change, Place
from sibdsl.review.changes import WORDS_ONLY, Edge, What, Written
from sibdsl.review.comparison import (
    Case,
    Comparison,
    Difference,
    Effects,
    GivenValue,
    Interval,
    PartyPair,
    PaymentPair,
)
from sibdsl.source import Position
from sibdsl.units import Quantity


def comparison_json(comparison: Comparison) -> str:
    """The comparison as one JSON object, ending with a line end."""
    return json.dumps(comparison_data(comparison), ensure_ascii=False, indent=2) + "\n"


def comparison_data(comparison: Comparison) -> Json:
    """The comparison ready to be written as JSON."""
    return {
        "format": "sibdsl-comparison",
        "version": 1,
        "language": comparison.language,
        "meaning": comparison.meaning.value,
        "old": {"name": comparison.old_name, "digest": comparison.old_digest},
        "new": {"name": comparison.new_name, "digest": comparison.new_digest},
        "has_texts": comparison.has_texts,
        "renames": [{"old": old, "new": new} for old, new in comparison.renames],
        "changes": [_change(each) for each in comparison.changes],
        "amended_by": [
            {
                "title": each.title,
                "effective": each.since.isoformat(),
                "evaluations": list(each.evaluations),
            }
            for each in comparison.amended_by
        ],
        "effects": None if comparison.effects is None else _effects(comparison.effects),
    }


# ---------------------------------------------------------------------------------------- changes


def _change(change: Change) -> Json:
    return {
        "fingerprint": change.fingerprint,
        "kind": kind_of(change.what),
        "statement": change.sort.value,
        "name": change.name,
        "words_only": isinstance(change.what, WORDS_ONLY),
        "details": _details(change.what),
        "old": _place(change.old),
        "new": _place(change.new),
        "bears_on": [
            {"payment": each.payment, "trend": _TRENDS[each.trend]} for each in change.bears_on
        ],
        "impacts": {each.value: change.impacts.on(each).value for each in Audience},
    }


def kind_of(what: What) -> str:
    """The kind of a change as other programs know it: ``threshold-changed``."""
    name = type(what).__name__
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in name).lstrip("-")


def _details(what: What) -> Json:
    return {part.name: _detail(getattr(what, part.name)) for part in attrs.fields(type(what))}


def _detail(value: Any) -> Any:
    match value:
        case Trend():
            return _TRENDS[value]
        case Written(words, fixed):
            return {"words": words, "value": quantity_json(fixed)}
        case Edge(at, included):
            return {"at": _detail(at), "included": included}
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return [_detail(each) for each in value]
        case _:
            return value


_TRENDS: Final = {
    Trend.RISES: "rises",
    Trend.FALLS: "falls",
    Trend.STEADY: "steady",
    Trend.UNSURE: "unsure",
}


def _place(place: Place | None) -> Json | None:
    if place is None:
        return None
    return {
        "file": place.file,
        "start": _position(place.start, place.span.start),
        "end": _position(place.end, place.span.end),
    }


def _position(position: Position, offset: int) -> Json:
    return {"line": position.line, "column": position.column, "offset": offset}


# ---------------------------------------------------------------------------------------- effects


def _effects(effects: Effects) -> Json:
    proof = effects.proof
    return {
        "sets_tried": effects.tried,
        "proof": None
        if proof is None
        else {"verdict": proof.verdict.value, "prover": proof.prover},
        "examples_tried": effects.examples_tried,
        "examples": [_case(each) for each in effects.examples],
        "results": None if effects.reported is None else _case(effects.reported),
        "due_dates": [
            {
                "payment": each.payment,
                "evaluation": each.evaluation or None,
                "old": each.old.isoformat(),
                "new": each.new.isoformat(),
                "days": each.days,
            }
            for each in effects.moved
        ],
        "largest": [_difference(each) for each in effects.largest],
    }


def _difference(one: Difference) -> Json:
    return {
        "about": one.about.value,
        "name": one.name,
        "currency": one.currency,
        "amount": _money(one.amount, one.currency),
        "interval": None if one.interval is None else _interval(one.interval),
        "case": _case(one.case),
    }


def _interval(one: Interval) -> Json:
    low, high = (
        None if end is None else quantity_json(Quantity(end, one.unit))
        for end in (one.low, one.high)
    )
    return {
        "name": one.measure,
        "evaluation": one.evaluation or None,
        "low": low,
        "low_included": one.low_included,
        "high": high,
        "high_included": one.high_included,
        "is_only": one.is_only,
    }


def _case(case: Case) -> Json:
    return {
        "origin": case.origin.value,
        "title": case.title,
        "results": [_given(each) for each in case.results],
        "varied": [_given(each) for each in case.varied],
        "filled": [_given(each) for each in case.filled],
        "telling": [_given(each) for each in case.telling],
        "claims": [
            {
                "participant": each.participant,
                "outcome": each.outcome,
                "date": each.on.isoformat(),
                "evaluation": each.evaluation,
            }
            for each in case.claims
        ],
        "payments": [_payment(each) for each in case.payments],
        "parties": [_party(each) for each in case.parties],
    }


def _given(given: GivenValue) -> Json:
    return {
        "measure": given.measure,
        "evaluation": given.evaluation or None,
        "value": quantity_json(given.value),
    }


def _payment(pair: PaymentPair) -> Json:
    return {
        "payment": pair.name,
        "evaluation": pair.evaluation or None,
        "payer": pair.payer,
        "payee": pair.payee,
        "currency": pair.currency,
        "old": _money(pair.old, pair.currency),
        "new": _money(pair.new, pair.currency),
        "old_state": None if pair.old_state is None else pair.old_state.value,
        "new_state": None if pair.new_state is None else pair.new_state.value,
        "old_due": None if pair.old_due is None else pair.old_due.isoformat(),
        "new_due": None if pair.new_due is None else pair.new_due.isoformat(),
        "differs": pair.differs,
    }


def _party(pair: PartyPair) -> Json:
    def money(amount: Fraction) -> str | None:
        return _money(amount, pair.currency)

    return {
        "party": pair.party,
        "currency": pair.currency,
        "old_paid": money(pair.old_paid),
        "new_paid": money(pair.new_paid),
        "old_received": money(pair.old_received),
        "new_received": money(pair.new_received),
        "gain": money(pair.gain),
    }


def _money(amount: Fraction | None, currency: str) -> str | None:
    if amount is None:
        return None
    return decimal_text(amount, minor_unit(currency))
