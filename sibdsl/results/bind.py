"""Rows → results bound to a plan: every name found, every value in its unit, every row accounted for.

Nothing is ever read as zero: what is not in the rows is not known.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.plan.terms import Plan
from sibdsl.results.claimed import ClaimReader, read_claimed
from sibdsl.results.enrolled import read_enrolled
from sibdsl.results.findings import Findings
from sibdsl.results.lookup import lookup_of
from sibdsl.results.measured import Measured, in_force, read_measured
from sibdsl.results.reported import Results
from sibdsl.results.rows import Table


def bind(
    plan: Plan, results: Table, claims: Table, participants: Table, as_of: date | None = None
) -> tuple[Results, tuple[Diagnostic, ...]]:
    """The results that a determination rests on, and everything that is wrong with the rows.

    With ``as_of`` whatever was reported later is left out, so that an old determination can be made
    again. Where a finding is an error the results are incomplete: nothing is to be made of them.
    """
    lookup = lookup_of(plan)
    of_results, of_claims = Findings(results.file), Findings(claims.file)
    of_participants = Findings(participants.file)
    enrolled = read_enrolled(lookup, participants, of_participants)
    measured = read_measured(plan, lookup, results, as_of, of_results)
    values = in_force(measured, of_results)
    reader = ClaimReader(plan, lookup, measured, enrolled, as_of)
    standing, undated, not_yet = read_claimed(reader, claims, of_claims)
    if not claims.handed_in:
        of_claims.extend(_without_claims(plan, measured))
    if as_of is not None:
        _say_undated(of_results, measured.undated, as_of)
        _say_left_out(of_results, measured.not_yet, as_of)
        _say_undated(of_claims, undated, as_of)
        _say_left_out(of_claims, not_yet, as_of)
    people = enrolled.participants
    bound = Results(
        values,
        frozenset(measured.cancelled),
        frozenset(measured.closed),
        standing,
        tuple(people[name] for name in sorted(people)),
    )
    return bound, (*of_results.all(), *of_participants.all(), *of_claims.all())


def _without_claims(plan: Plan, measured: Measured) -> Iterator[Diagnostic]:
    """That a card was closed and nobody handed in its claims: forgotten, they would count as nil."""
    if not measured.closed:
        return
    (card, at), *_ = measured.closed
    _, place = measured.closed[card, at]
    text = message(
        "‘{card}’ is complete at {evaluation}, and no sheet of claims was handed in",
        card=plan.cards[card].name,
        evaluation=plan.evaluations[at].name,
    )
    advice = message(
        "hand the claims in: --claims FILE, claims.csv in the folder, or claims=… in Python; a sheet"
        " with its headings alone, or claims=[], says that there are none"
    )
    yield Diagnostic("SIB660", Severity.ERROR, text, place, (), advice)


def _say_undated(findings: Findings, undated: int, as_of: date) -> None:
    if not undated:
        return
    text = message(
        "rows that do not say when they were reported, and count as known on {day}: {count}",
        count=undated,
        day=as_of,
    )
    label = Label(None, None, findings.file)
    findings.add(Diagnostic("SIB651", Severity.WARNING, text, label, (), _GIVE_THE_DAY))


def _say_left_out(findings: Findings, not_yet: int, as_of: date) -> None:
    if not not_yet:
        return
    text = message(
        "rows on what came after {day} that do not say when they were reported, left out: {count}",
        count=not_yet,
        day=as_of,
    )
    label = Label(None, None, findings.file)
    findings.add(Diagnostic("SIB662", Severity.WARNING, text, label, (), _GIVE_THE_DAY))


_GIVE_THE_DAY: Final = message("give the day under ‘reported on’")
