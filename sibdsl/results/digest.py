"""The digest of bound results: the same for the same values, whatever file or order they came in."""

import hashlib
import json
from datetime import date
from fractions import Fraction

from sibdsl.plan.terms import Plan
from sibdsl.results.reported import Results


def digest(plan: Plan, results: Results) -> str:
    """SHA-256, in hexadecimal, of the results in a canonical form.

    The form speaks in names, not in places of the plan, so that neither the order of the contract's
    statements nor that of the rows changes it. Exact values are written as fractions in lowest terms.
    """
    made = hashlib.sha256()
    for line in sorted(_lines(plan, results)):
        made.update(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode())
        made.update(b"\n")
    return made.hexdigest()


def _lines(plan: Plan, results: Results) -> list[list[str]]:
    evaluations = [evaluation.name for evaluation in plan.evaluations]
    lines: list[list[str]] = []
    for (measure, at), one in results.values.items():
        where = "" if at is None else evaluations[at]
        by, on = one.reported_by, _day(one.reported_on)
        value = _value(one.value)
        name = plan.measures[measure].name
        lines.append(["value", name, where, value, one.status.value, by, on, one.evidence])
    lines.extend(["cancelled", evaluations[at]] for at in results.cancelled)
    lines.extend(
        ["complete", plan.cards[card].name, evaluations[at]] for card, at in results.closed
    )
    for claim in results.claims:
        card = plan.cards[claim.card]
        outcome = card.tariffs[claim.outcome].outcome
        when, where = claim.on.isoformat(), evaluations[claim.evaluation]
        lines.append(["claim", claim.participant, card.name, outcome, when, where, claim.evidence])
    lines.extend(
        ["participant", one.name, one.class_, _day(one.started_on)] for one in results.participants
    )
    return lines


def _value(value: Fraction | bool | None) -> str:  # noqa: FBT001
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Fraction():
            return f"{value.numerator}/{value.denominator}"


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
