"""Findings for terms that are used where they do not exist, each with what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve

from sibdsl.checks.checked import Everywhere, Home, Names
from sibdsl.checks.homes.demands import Demand
from sibdsl.checks.homes.dependencies import How, Use
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import MeasureKind, Name

NONE_AT_HAND: Final = "SIB221"
"""The code of what is used where no evaluation is at hand; on a payment's name, of the payment."""


def across_series(demand: Demand, here: str, because: Span | None, names: Names) -> Diagnostic:
    """A term of one series used bare at another. ``because`` is what put it there."""
    others = (
        ()
        if because is None
        else (Label(because, message("this exists at ‘{series}’", series=here)),)
    )
    if isinstance(demand.what, Message):
        return error(
            "SIB220",
            demand.place,
            message(
                "{what} goes by ‘{series}’ and is used at ‘{here}’",
                what=demand.what,
                series=str(demand.home),
                here=here,
            ),
            others=others,
            help=message("say at which evaluation of ‘{series}’", series=str(demand.home)),
        )
    name = demand.what.term.name
    return error(
        "SIB220",
        demand.place,
        message(
            "‘{name}’ exists at ‘{series}’ and is used at ‘{here}’",
            name=name,
            series=str(demand.home),
            here=here,
        ),
        others=(*others, _declared(name, names)),
        help=_say_which(demand.what, str(demand.home), names),
    )


def nothing_at_hand(demand: Demand, names: Names) -> Diagnostic:
    """A term of a series, or words that speak of the evaluation at hand, where there is none."""
    if isinstance(demand.what, Message):
        return error(
            NONE_AT_HAND,
            demand.place,
            message("no evaluation is at hand here, and {what} needs one", what=demand.what),
            help=message("say at which evaluation, or use it in something that exists at one"),
        )
    use = demand.what
    name = use.term.name
    if use.how is How.PREVIOUS:
        return error(
            "SIB225",
            demand.place,
            message("no evaluation is at hand here, so none is previous to it"),
            others=(_declared(name, names),),
            help=_say_which(use, demand.home, names),
        )
    text = message("‘{name}’ has a value at each evaluation, and none is at hand here", name=name)
    if isinstance(demand.home, str):
        text = message(
            "‘{name}’ has a value at each evaluation of ‘{series}’, and none is at hand here",
            name=name,
            series=demand.home,
        )
        if _is_alone(demand.home, names):
            text = message(
                "‘{name}’ has its value at ‘{series}’, which is not said here",
                name=name,
                series=demand.home,
            )
    return error(
        NONE_AT_HAND,
        demand.place,
        text,
        others=(_declared(name, names),),
        help=_say_which(use, demand.home, names),
    )


def stands_elsewhere(
    statement: nodes.Payment | nodes.RateCard,
    home: Home,
    wanted: str,
    demands: Sequence[Demand],
    names: Names,
) -> Diagnostic:
    """A payment made once, or at one series, all of whose values exist at another: one mistake."""
    name = statement.name.text
    values = dict.fromkeys(
        demand.what.term.name for demand in demands if isinstance(demand.what, Use)
    )
    uses = [Label(demand.place, message("used here")) for demand in demands]
    occasions = names.series[wanted].occasions
    cure = message(
        "write ‘payment {name} at each {series}’, or say which evaluation counts: ‘{value} at {last}’"
    )
    if isinstance(statement, nodes.RateCard):
        cure = message(
            "write ‘rate card {name} at each {series}’, or say which evaluation counts: ‘{value} at {last}’"
        )
    if len(occasions) == 1:
        cure = message(
            "write ‘payment {name} at {series}’, or say which evaluation counts: ‘{value} at {last}’"
        )
    header = message(
        cure.template,
        name=name,
        series=wanted,
        value=next(iter(values), "…"),
        last=occasions[-1].name,
    )
    if home is Everywhere.ONCE:
        text = message(
            "‘{name}’ is made once, and what it uses exists at each ‘{series}’: {values}",
            name=name,
            series=wanted,
            values=tuple(values),
        )
        code = NONE_AT_HAND
    else:
        text = message(
            "‘{name}’ is made at ‘{here}’, and what it uses exists at ‘{series}’: {values}",
            name=name,
            here=str(home),
            series=wanted,
            values=tuple(values),
        )
        code = "SIB220"
    return error(code, statement.name.span, text, others=uses, help=header)


def not_at(use: Use, home: str, names: Names) -> Diagnostic:
    """``X at NAME`` where X has no value at that evaluation."""
    assert use.evaluation is not None
    return error(
        "SIB223",
        use.place,
        message(
            "‘{name}’ has no value at ‘{evaluation}’: it exists at ‘{series}’",
            name=use.term.name,
            evaluation=use.evaluation.text,
            series=home,
        ),
        others=(_declared(use.term.name, names),),
        help=_evaluations(home, names),
    )


def never_repeated(use: Use) -> Diagnostic:
    """An evaluation asked of a term that exists once, or a total over it."""
    name = use.term.name
    if use.how in {How.OVER, How.OVER_TO_DATE}:
        return error(
            "SIB226",
            use.place,
            message("‘{name}’ exists once: there is nothing to add up or compare", name=name),
            help=message("write ‘{name}’ alone", name=name),
        )
    return error(
        "SIB224",
        use.place,
        message("‘{name}’ exists once, not at each evaluation", name=name),
        help=message("write ‘{name}’ alone", name=name),
    )


def over_no_series(use: Use, names: Names) -> Diagnostic:
    """A total over a term that exists at any evaluation, in a contract with several series."""
    name = use.term.name
    return error(
        "SIB229",
        use.place,
        message(
            "‘{name}’ exists at the evaluations of every series, so of which is not said", name=name
        ),
        others=(_declared(name, names),),
        help=message("write out the evaluations that count, each as ‘{name} at …’", name=name),
    )


def given_without_evaluation(name: Name, home: str, names: Names) -> Diagnostic:
    """A result assumed for a measure that is reported at each evaluation, without saying which."""
    text = message(
        "‘{name}’ is reported at each evaluation of ‘{series}’", name=name.text, series=home
    )
    if _is_alone(home, names):
        text = message("‘{name}’ is reported at ‘{series}’", name=name.text, series=home)
    return error(
        NONE_AT_HAND,
        name.span,
        text,
        others=(_declared(name.text, names),),
        help=_at_first(name.text, home, names),
    )


def said_once(findings: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The same mistake made in line after line of the examples: once, with the number of the others."""
    alike: dict[tuple[str, Message], list[Diagnostic]] = {}
    for finding in findings:
        alike.setdefault((finding.code, finding.message), []).append(finding)
    for first, *others in alike.values():
        if not others or first.label.text is not None:
            yield from (first, *others)
            continue
        more = message("and in other lines of examples: {count}", count=len(others))
        yield evolve(first, label=evolve(first.label, text=more))


def _is_alone(home: str, names: Names) -> bool:
    series = names.series.get(home)
    return series is not None and len(series.occasions) == 1


def _say_which(use: Use, home: object, names: Names) -> Message:
    name = use.term.name
    series = names.series.get(home) if isinstance(home, str) else None
    if series is None or not series.occasions:
        return message("say at which evaluation: ‘{name} at …’", name=name)
    if len(series.occasions) == 1:
        return _at_first(name, series.name, names)
    last = series.occasions[-1].name
    if _is_yes_or_no(name, names):
        return message(
            "write ‘{name} at {evaluation}’ or ‘any of {name}’", name=name, evaluation=last
        )
    return message(
        "write ‘{name} at {evaluation}’ or ‘total of {name}’", name=name, evaluation=last
    )


def _at_first(name: str, home: str, names: Names) -> Message:
    evaluation = names.series[home].occasions[0].name
    return message("write ‘{name} at {evaluation}’", name=name, evaluation=evaluation)


def _evaluations(home: str, names: Names) -> Message:
    occasions = names.series[home].occasions
    return message(
        "write one of: {evaluations}",
        evaluations=tuple(occasion.name for occasion in occasions[:5]),
    )


def _is_yes_or_no(name: str, names: Names) -> bool:
    match names.declared.get(name):
        case nodes.Condition() | nodes.Measure(kind=MeasureKind.YES_NO):
            return True
        case _:
            return False


def _declared(name: str, names: Names) -> Label:
    return Label(names.where[name].span, message("‘{name}’ is declared here", name=name))
