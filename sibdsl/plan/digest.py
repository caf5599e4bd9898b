"""The digest of a contract: one number for what it means, however it is worded.

It is SHA-256 over a tree of hashes. A term is hashed with the hashes of the terms it rests on, so it
does not matter in which order terms were made, nor what a reader calls them.

Within the digest stands everything on which what is owed can depend, and the names by which others
speak to the contract: those of parties, groups, evaluations, measures, rate cards, outcomes and
payments. Outside it stands wording: layout, comments, the keyword language, the title, the reference,
the field of social policy, full names, descriptions, the names of definitions, conditions and tables,
definitions that nothing rests on, and worked examples. The order of statements counts where it means
something: payments that fall due on one day, members of a group, outcomes of a rate card.

Adjusted dates are inside: they are the days of payment of this plan, frozen when it was made.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, Final, assert_never

from sibdsl.plan.forms import (
    PLAN,
    Day,
    Either,
    Exact,
    Flag,
    Form,
    Listing,
    Null,
    Pair,
    Record,
    Spelling,
    UnitWords,
    Whole,
    Words,
    form_of,
    option_for,
    spelled,
)
from sibdsl.plan.kept import kept
from sibdsl.plan.renamed import with_names
from sibdsl.plan.terms import Account, Alias, Cap, Measure, Party, Payment, Plan, Term

_SALT: Final = "sibdsl meaning 1"
_WORDING: Final = {(Party, "full_name"), (Measure, "description")}
_UNORDERED: Final = {(Party, "roles"), (Measure, "reporters"), (Cap, "subjects")}
_OF_AMENDED: Final = {(Account, "counted")}
"""What only plans of amended contracts have: where it is empty, the digest is as it was before."""
_IN_RANK_ORDER: Final = "payments"
_OUTSIDE: Final = {
    "language",
    "prevailing",
    "names_there",
    "title",
    "reference",
    "policy_field",
    "terms",
    "names",
    "caps",
    "examples",
}
"""Fields of a plan that are wording, or that count only through what rests on them."""

Pointed = Mapping[str, list[Any]]
"""What a place in a tuple of the plan stands for: a name, a hash, or the meaning itself."""


@kept
def digest(plan: Plan) -> str:
    """The digest of the meaning of a plan: 64 hexadecimal digits.

    Equal digests: every set of results leads both plans to the same payments, and both are spoken
    to by the same names. Different digests prove nothing: ``a + b`` and ``b + a`` differ.
    """
    plan = _as_prevails(plan)
    pointed = _pointed(plan)
    meaning: list[Any] = [_SALT]
    for part in PLAN.fields:
        if part.name in _OUTSIDE:
            continue
        value = _meaning(part.form, getattr(plan, part.name), pointed)
        if isinstance(part.form, Listing) and part.name != _IN_RANK_ORDER:
            value = _sorted(value)
        meaning.append([part.name, value])
    return _hash(meaning)


def _as_prevails(plan: Plan) -> Plan:
    """The plan with the names of the text that prevails: a translation has one digest with it."""
    if plan.prevailing == plan.language or not plan.names_there:
        return plan
    return with_names(plan, {each.name: each.there for each in plan.names_there})


@kept
def term_digests(plan: Plan) -> tuple[str, ...]:
    """The digest of each term with all that it rests on: equal ones always have one value."""
    return tuple(_pointed(plan)["terms"])


def _pointed(plan: Plan) -> Pointed:
    pointed: dict[str, list[Any]] = {
        "parties": [party.name for party in plan.parties],
        "evaluations": [evaluation.name for evaluation in plan.evaluations],
        "measures": [measure.name for measure in plan.measures],
        "cards": [card.name for card in plan.cards],
        "payments": [_called(plan, payment) for payment in plan.payments],
        "terms": [],
    }
    for term in plan.terms:
        pointed["terms"].append(_term(term, pointed))
    pointed["caps"] = [_meaning(form_of(Cap), cap, pointed) for cap in plan.caps]
    return pointed


def _term(term: Term, pointed: Pointed) -> Any:
    if isinstance(term, Alias):
        return pointed["terms"][term.term]
    made: Any = type(term)
    return _hash(_meaning(form_of(made), term, pointed))


def _called(plan: Plan, payment: Payment) -> list[str]:
    at = "" if payment.evaluation is None else plan.evaluations[payment.evaluation].name
    return [payment.name, at]


def _meaning(form: Form, value: Any, pointed: Pointed) -> Any:
    match form:
        case Whole(into):
            return pointed[into][value] if into else value
        case Either():
            return _meaning(option_for(form, value), value, pointed)
        case Listing(item):
            return [_meaning(item, each, pointed) for each in value]
        case Pair(_, items):
            return [_meaning(item, each, pointed) for item, each in zip(items, value, strict=True)]
        case Record():
            return _record(form, value, pointed)
        case Flag() | Null() | Words() | Exact() | Day() | UnitWords() | Spelling():
            return spelled(form, value)
        case _:
            assert_never(form)


def _record(form: Record, value: Any, pointed: Pointed) -> list[Any]:
    fields: list[Any] = [form.tag]
    for part in form.fields:
        if part.silent or (form.made, part.name) in _WORDING:
            continue
        if (form.made, part.name) in _OF_AMENDED and not getattr(value, part.name):
            continue
        meaning = _meaning(part.form, getattr(value, part.name), pointed)
        if (form.made, part.name) in _UNORDERED:
            meaning = _sorted(meaning)
        fields.append([part.name, meaning])
    return fields


def _sorted(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=_text)


def _text(meaning: Any) -> str:
    return json.dumps(meaning, ensure_ascii=True, separators=(",", ":"))


def _hash(meaning: Any) -> str:
    return sha256(_text(meaning).encode("ascii")).hexdigest()
