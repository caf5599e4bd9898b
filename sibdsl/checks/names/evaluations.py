"""The evaluations of a contract and the series they form.

A series statement makes ``Year 1``, ``Year 2``, … and the series ``Year``. Single evaluations whose
names differ only in their last number form a series named by what they share. Any other evaluation
is a series of one, under its own name. Language reference, "Terms and evaluations".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from sibdsl.checks.checked import Occasion, Series
from sibdsl.dates import recurring
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.frozen import frozen
from sibdsl.syntax.nodes import Contract, Evaluation, Evaluations, Name

_LAST_NUMBER = re.compile(r"(.*?)\s*\b(\d+)\b(\D*)", re.DOTALL)


@frozen
class DatedSeries:
    """A series with the name it was read from: of the series itself, or of its first evaluation."""

    series: Series
    named_by: Name


def series_of(contract: Contract) -> tuple[tuple[DatedSeries, ...], tuple[Diagnostic, ...]]:
    """Every series, those of series statements first, and what is wrong with them."""
    made = tuple(_made(contract))
    singles = tuple(_formed(contract))
    findings = [
        *_empty(made),
        *_same_dates(singles),
        *_beside(made, singles),
    ]
    return (*made, *singles), tuple(findings)


def stem(name: str) -> str | None:
    """What a name shares with others that differ only in their last number; None without one."""
    found = _LAST_NUMBER.fullmatch(name)
    if found is None:
        return None
    shared = f"{found[1]} {found[3].strip()}".strip()
    return shared or None


def _made(contract: Contract) -> Iterator[DatedSeries]:
    for statement in contract.statements:
        if isinstance(statement, Evaluations):
            name = statement.name.text
            occasions = tuple(
                Occasion(f"{name} {number}", on, name, number, statement.name.span)
                for number, on in enumerate(_dates(statement), start=1)
            )
            yield DatedSeries(Series(name, occasions), statement.name)


def _dates(statement: Evaluations) -> tuple[date, ...]:
    if statement.every_months < 1:
        return ()
    return recurring(statement.start.value, statement.end.value, statement.every_months)


def _formed(contract: Contract) -> Iterator[DatedSeries]:
    """The series of the single evaluations; of two with one name, the first counts."""
    singles: dict[str, Evaluation] = {}
    for statement in contract.statements:
        if isinstance(statement, Evaluation):
            singles.setdefault(statement.name.text, statement)
    alike: dict[str, list[Evaluation]] = {}
    for name, single in singles.items():
        alike.setdefault(stem(name) or name, []).append(single)
    for shared, together in alike.items():
        name = shared if len(together) > 1 else together[0].name.text
        yield DatedSeries(_in_order_of_dates(name, together), together[0].name)


def _in_order_of_dates(name: str, together: Sequence[Evaluation]) -> Series:
    by_date = sorted(together, key=lambda single: single.on.value)
    return Series(
        name,
        tuple(
            Occasion(single.name.text, single.on.value, name, number, single.name.span)
            for number, single in enumerate(by_date, start=1)
        ),
    )


def _empty(made: Iterable[DatedSeries]) -> Iterator[Diagnostic]:
    for dated in made:
        if not dated.series.occasions:
            yield error(
                "SIB207",
                dated.named_by.span,
                message("the series ‘{name}’ has no evaluation", name=dated.series.name),
                help=message("write a first date on or before the last, and at least one month"),
            )


def _same_dates(singles: Iterable[DatedSeries]) -> Iterator[Diagnostic]:
    for dated in singles:
        for one, next_one in pairwise(dated.series.occasions):
            if one.on == next_one.on:
                first, second = sorted((one, next_one), key=lambda occasion: occasion.place)
                yield error(
                    "SIB204",
                    second.place,
                    message(
                        "‘{second}’ and ‘{first}’ of the series ‘{series}’ are both on {date}",
                        second=second.name,
                        first=first.name,
                        series=dated.series.name,
                        date=one.on,
                    ),
                    others=(Label(first.place, message("the other evaluation of that date")),),
                    help=message("give each evaluation of a series its own date"),
                )


def _beside(made: Sequence[DatedSeries], singles: Iterable[DatedSeries]) -> Iterator[Diagnostic]:
    """A lone ``Year 8`` beside the series statement ``Year``: a reader would take it for part of it."""
    statements = {dated.series.name: dated.named_by for dated in made}
    for dated in singles:
        if len(dated.series.occasions) != 1:
            continue
        shared = statements.get(stem(dated.series.name) or "")
        if shared is not None:
            yield error(
                "SIB205",
                dated.named_by.span,
                message(
                    "‘{name}’ looks like one of the series ‘{series}’ and is not",
                    name=dated.series.name,
                    series=shared.text,
                ),
                others=(Label(shared.span, message("this makes the whole series")),),
                help=message(
                    "give it another name, or write every evaluation of the series on its own"
                ),
            )
