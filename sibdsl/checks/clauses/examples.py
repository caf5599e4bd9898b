"""The structure of worked examples; whether their numbers hold is found out by running them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.checked import Checked
from sibdsl.checks.names.outcomes import card_of
from sibdsl.checks.statements import occasions_at, statements
from sibdsl.diagnostics import Diagnostic, Label, error, message, warning
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Example, ExampleLine, Given, GivenClaim, GivenParticipant


def given_twice(checked: Checked) -> Iterable[Diagnostic]:
    """A result, a cancellation or a claim given twice in one example: which one is meant?"""
    for example in statements(checked.contract, Example):
        first: dict[tuple[str, ...], Span] = {}
        for line in example.lines:
            for key in _given(line):
                earlier = first.setdefault(key, line.span)
                if earlier != line.span:
                    yield error(
                        "SIB701",
                        line.span,
                        message(
                            "this is given twice in the worked example “{title}”",
                            title=example.title.text,
                        ),
                        others=(Label(earlier, message("given here first")),),
                        help=message("keep one of the two lines"),
                    )


def _given(line: ExampleLine) -> Iterator[tuple[str, ...]]:
    """What a line settles, in words that are the same where two lines settle the same."""
    match line:
        case Given():
            at = "" if line.evaluation is None else line.evaluation.text
            yield ("result", line.name.text, at)
        case nodes.GivenCancelled():
            yield ("cancelled", line.evaluation.text)
        case GivenClaim():
            yield ("claim", line.participant.text, line.outcome.text, str(line.on.value))
        case GivenParticipant():
            if line.class_ is not None:
                yield ("class", line.participant.text)
            if line.started_on is not None:
                yield ("start", line.participant.text)
        case _:
            pass


def claim_after_last_evaluation(checked: Checked) -> Iterable[Diagnostic]:
    """A claim dated after the last evaluation of its rate card, or at an evaluation of another."""
    cards = card_of(checked.contract)
    for claim in _claims(checked):
        card = cards.get(claim.outcome.text)
        occasions = () if card is None else occasions_at(checked, card.name.text)
        if card is None or not occasions:
            continue
        if claim.evaluation is None and claim.on.value > occasions[-1].on:
            yield error(
                "SIB702",
                claim.on.span,
                message(
                    "the last evaluation of ‘{card}’ is ‘{evaluation}’ on {date}, before this claim",
                    card=card.name.text,
                    evaluation=occasions[-1].name,
                    date=occasions[-1].on,
                ),
                others=(Label(card.name.span, message("the rate card")),),
                help=message(
                    "mend the date, or name the evaluation it belongs to: … on {date} at {evaluation}",
                    date=claim.on.value,
                    evaluation=occasions[-1].name,
                ),
            )


def claim_at_other_evaluation(checked: Checked) -> Iterable[Diagnostic]:
    """A claim at an evaluation at which its rate card does not exist."""
    cards = card_of(checked.contract)
    for claim in _claims(checked):
        card = cards.get(claim.outcome.text)
        occasions = () if card is None else occasions_at(checked, card.name.text)
        if card is None or not occasions or claim.evaluation is None:
            continue
        if claim.evaluation.text not in {occasion.name for occasion in occasions}:
            yield error(
                "SIB703",
                claim.evaluation.span,
                message(
                    "‘{card}’ is not settled at ‘{evaluation}’",
                    card=card.name.text,
                    evaluation=claim.evaluation.text,
                ),
                others=(Label(card.name.span, message("the rate card")),),
                help=message(
                    "its evaluations are ‘{first}’ to ‘{last}’",
                    first=occasions[0].name,
                    last=occasions[-1].name,
                ),
            )


def _claims(checked: Checked) -> Iterator[GivenClaim]:
    for example in statements(checked.contract, Example):
        yield from (line for line in example.lines if isinstance(line, GivenClaim))


def nothing_expected(checked: Checked) -> Iterable[Diagnostic]:
    """A worked example that expects nothing: it could never fail."""
    for example in statements(checked.contract, Example):
        if not any(isinstance(line, nodes.Expect) for line in example.lines):
            yield warning(
                "SIB704",
                example.title.span,
                message("the worked example “{title}” expects nothing", title=example.title.text),
                help=message("add what should come out: expect … is …"),
            )


def example_title_twice(checked: Checked) -> Iterable[Diagnostic]:
    """Two worked examples of one title: a report of one would be taken for the other."""
    first: dict[str, Example] = {}
    for example in statements(checked.contract, Example):
        earlier = first.setdefault(example.title.text, example)
        if earlier is not example:
            yield warning(
                "SIB705",
                example.title.span,
                message("two worked examples are titled “{title}”", title=example.title.text),
                others=(Label(earlier.title.span, message("the other one")),),
                help=message("say in the title of each what is particular to it"),
            )
