"""Every declared name, once: what each stands for, and where.

Names are those of parties, groups, evaluations and their series, measures, definitions, tables,
conditions, rate cards and payments, all in one name space. Whether each use of a name is of the
right sort is for :mod:`sibdsl.checks.names.references`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.checked import Declaration, Names, Occasion, Series
from sibdsl.checks.names.evaluations import DatedSeries, series_of
from sibdsl.checks.names.references import check_references
from sibdsl.diagnostics import Diagnostic, Label, error, in_order, message
from sibdsl.frozen import frozen
from sibdsl.syntax.nodes import (
    Condition,
    Contract,
    Definition,
    Evaluation,
    Measure,
    Name,
    Outcome,
    Party,
    Payment,
    RateCard,
    ShareGroup,
    Table,
    Waterfall,
)


@frozen
class Declared:
    """A name at the place where it is declared.

    ``formed`` for the names that evaluations give rise to without being written: ``Year 1`` of a
    series statement, ``Cohort`` of ``Cohort 1`` and ``Cohort 2``.
    """

    text: str
    written: Name
    stands_for: Declaration | Outcome
    formed: bool = False


def declare(contract: Contract) -> tuple[Names, tuple[Diagnostic, ...]]:
    """The names of a contract; findings for those declared twice and for uses that do not resolve.

    Of a name declared twice the first declaration counts, so that one mistake is one finding.
    """
    dated, found_series = series_of(contract)
    first, doubled, found = _first_of_each(contract, dated)
    names = _names(first.values(), dated)
    uses = check_references(contract, names, doubled)
    return names, in_order((*found_series, *found, *uses))


def clashes(contract: Contract) -> tuple[Diagnostic, ...]:
    """Findings for names declared twice in a text whose other names may stand elsewhere."""
    dated, found_series = series_of(contract)
    _, _, found = _first_of_each(contract, dated)
    return in_order((*found_series, *found))


def _first_of_each(
    contract: Contract, dated: tuple[DatedSeries, ...]
) -> tuple[dict[str, Declared], frozenset[str], list[Diagnostic]]:
    """The first declaration of each name, the names that have another, and a finding for each of those."""
    found: list[Diagnostic] = []
    first: dict[str, Declared] = {}
    doubled: set[str] = set()
    for declared in (*_written(contract, dated), *_formed(dated)):
        earlier = first.setdefault(declared.text, declared)
        if earlier is not declared:
            # Of two series of one name, the evaluations clash too: that is no mistake of its own.
            if not (
                isinstance(declared.stands_for, Occasion) and declared.stands_for.series in doubled
            ):
                found.append(_twice(earlier, declared))
            doubled.add(declared.text)
    return first, frozenset(doubled), found


def _names(declarations: Iterable[Declared], dated: tuple[DatedSeries, ...]) -> Names:
    known: dict[str, Declaration] = {}
    where: dict[str, Name] = {}
    for declared in sorted(declarations, key=lambda declared: declared.written.span):
        if not isinstance(declared.stands_for, Outcome):
            known[declared.text] = declared.stands_for
            where[declared.text] = declared.written
    series: dict[str, Series] = {}
    occasions: dict[str, Occasion] = {}
    for item in dated:
        series.setdefault(item.series.name, item.series)
    for one in (one for named in series.values() for one in named.occasions):
        occasions.setdefault(one.name, one)
    return Names(known, where, series, occasions)


def _written(contract: Contract, dated: tuple[DatedSeries, ...]) -> Iterator[Declared]:
    """The names that a statement declares, in the order of the text; evaluations in series last."""
    occasions = {one.name: one for item in dated for one in item.series.occasions}
    for statement in contract.statements:
        match statement:
            case Party() | ShareGroup() | Waterfall() | Measure() | Definition() | Table():
                yield Declared(statement.name.text, statement.name, statement)
            case Condition() | Payment():
                yield Declared(statement.name.text, statement.name, statement)
            case RateCard():
                yield Declared(statement.name.text, statement.name, statement)
                yield from _outcomes(statement)
            case Evaluation():
                name = statement.name
                yield Declared(name.text, name, occasions[name.text])
            case _:
                pass  # evaluations in series stand in ``dated``; the others name nothing
    for item in dated:
        if item.named_by.text == item.series.name and item.series.name not in occasions:
            yield Declared(item.series.name, item.named_by, item.series)


def _formed(dated: tuple[DatedSeries, ...]) -> Iterator[Declared]:
    """The names that evaluations give rise to: those of series, then of the evaluations in them."""
    for item in dated:
        if item.named_by.text != item.series.name:
            yield Declared(item.series.name, item.named_by, item.series, formed=True)
    for item in dated:
        if item.named_by.text == item.series.name:
            for occasion in item.series.occasions:
                if occasion.name != item.series.name:
                    yield Declared(occasion.name, item.named_by, occasion, formed=True)


def _outcomes(card: RateCard) -> Iterator[Declared]:
    """The outcomes that are Defined Terms; a card may price one outcome for several classes."""
    named = {item.name.text: item for item in card.outcomes if isinstance(item.name, Name)}
    for text, outcome in named.items():
        if isinstance(outcome.name, Name):
            yield Declared(text, outcome.name, outcome)


def _twice(earlier: Declared, later: Declared) -> Diagnostic:
    here, there = sorted((later, earlier), key=lambda declared: declared.written.span)[::-1]
    if here.formed or there.formed:
        return _clash_with_series(here, there)
    return error(
        "SIB201",
        here.written.span,
        message("‘{name}’ is declared twice", name=here.text),
        others=(Label(there.written.span, message("declared here first")),),
        help=message("give one of the two another name"),
    )


def _clash_with_series(here: Declared, there: Declared) -> Diagnostic:
    by_series, other = (here, there) if here.formed else (there, here)
    text = (
        message(
            "the evaluations form a series named ‘{name}’, a name already taken", name=here.text
        )
        if isinstance(by_series.stands_for, Series)
        else message(
            "the series makes an evaluation named ‘{name}’, already declared", name=here.text
        )
    )
    return error(
        "SIB206",
        here.written.span,
        text,
        others=(Label(there.written.span, message("the other ‘{name}’", name=there.text)),),
        help=message("give ‘{name}’ or the evaluations another name", name=other.text),
    )
