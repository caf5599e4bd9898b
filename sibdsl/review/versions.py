"""Two versions compared: what they mean to each other, every change, and what it does to payments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sibdsl.checks.checked import Checked
from sibdsl.checks.editions import InForce
from sibdsl.frozen import frozen
from sibdsl.plan.digest import digest
from sibdsl.plan.renamed import with_names
from sibdsl.plan.terms import Plan
from sibdsl.results.reported import Results
from sibdsl.review.amending import taking_effect
from sibdsl.review.change import Change
from sibdsl.review.changes import BandEdgeChanged, ThresholdChanged
from sibdsl.review.compare import changes_between
from sibdsl.review.comparison import Comparison, Effects, Meaning
from sibdsl.review.effects import effects
from sibdsl.review.found import Version
from sibdsl.review.names import renames
from sibdsl.review.plans import meaning
from sibdsl.review.points import transferred
from sibdsl.review.proof import Prover
from sibdsl.source import Source
from sibdsl.syntax.nodes import Table


@frozen
class Given:
    """A version to compare: its plan, and where they are at hand its text and checked tree."""

    plan: Plan
    source: Source | None
    checked: Checked | None
    amendments: tuple[InForce, ...] = ()


@frozen
class Reported:
    """Results that were given, bound to the new version, or to the old one."""

    results: Results
    is_of_new: bool


def compare(
    old: Given,
    new: Given,
    *,
    reported: Reported | None = None,
    with_effects: bool = True,
    prover: Prover | None = None,
) -> Comparison:
    """Compare two versions of a contract, neither of which has errors.

    Without effects only the texts are compared. Of a version without text, only meaning and effects
    can be told.
    """
    before, after = _version(old), _version(new)
    bound: Mapping[str, str] = {}
    found: tuple[Change, ...] = ()
    if before is not None and after is not None:
        bound = renames(before.checked, after.checked)
    said = meaning(old.plan, new.plan, bound)
    if before is not None and after is not None:
        found = changes_between(before, after, bound, old.plan, new.plan, said)
    shown: Effects | None = None
    if with_effects and said is Meaning.DIFFERENT:
        watched = () if after is None else _watched(found, after.checked)
        renamed = with_names(old.plan, bound)
        results = None if reported is None else _both(reported, renamed, new.plan)
        shown = effects(renamed, new.plan, results, watched=watched, prover=prover)
    return Comparison(
        language=new.plan.language,
        old_name="" if old.source is None else old.source.name,
        new_name="" if new.source is None else new.source.name,
        old_digest=digest(old.plan),
        new_digest=digest(new.plan),
        meaning=said,
        renames=tuple(bound.items()),
        changes=found,
        effects=shown,
        has_texts=before is not None and after is not None,
        amended_by=taking_effect(old.amendments, new.amendments, new.plan),
    )


def _version(given: Given) -> Version | None:
    if given.source is None or given.checked is None:
        return None
    return Version(given.source, given.checked, given.amendments)


def _both(reported: Reported, old: Plan, new: Plan) -> tuple[Results, Results]:
    """The results bound to both: names are those of the new version in either plan."""
    if reported.is_of_new:
        return transferred(reported.results, new, old), reported.results
    return reported.results, transferred(reported.results, old, new)


def _watched(found: Sequence[Change], new: Checked) -> tuple[str, ...]:
    """The terms on which thresholds and edges were changed."""
    names: dict[str, None] = {}
    for change in found:
        match change.what:
            case ThresholdChanged(term=term):
                names[term] = None
            case BandEdgeChanged():
                table = new.names.declared.get(change.name)
                if isinstance(table, Table):
                    names[table.key.text] = None
            case _:
                pass
    return tuple(names)
