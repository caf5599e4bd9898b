"""Findings: what is wrong or doubtful, where, and what to do about it. Values, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.units import Quantity, Unit


class Severity(Enum):
    """An error stops a contract from being run; a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@frozen
class Message:
    """A sentence not yet said in a language.

    ``template`` is the English sentence and the key of the catalogues; ``{name}`` in it stands
    for a value of ``values``, said in the reader's language when the message is shown.
    """

    template: str
    values: tuple[tuple[str, Said], ...] = ()


Said = str | int | date | Quantity | Unit | Message | tuple["Said", ...]
"""What may stand in a message: contract words, numbers, dates, typed values, or a list of them."""


def message(template: str, /, **values: Said) -> Message:
    """A message; the English template is the key under which its translations stand."""
    return Message(template, tuple(values.items()))


@frozen
class Label:
    """A place and what is to be seen there.

    ``file`` is empty for the contract itself, otherwise the name of the results or claims file.
    ``span`` is None where a place has no text (a row handed in through the API).
    """

    span: Span | None
    text: Message | None = None
    file: str = ""


@frozen
class Diagnostic:
    """One finding, with a stable code that ``sib explain`` knows."""

    code: str
    severity: Severity
    message: Message
    label: Label
    others: tuple[Label, ...] = ()
    help: Message | None = None


def error(
    code: str,
    span: Span,
    text: Message,
    *,
    here: Message | None = None,
    others: Iterable[Label] = (),
    help: Message | None = None,
) -> Diagnostic:
    """A finding that stops the contract from being run."""
    return Diagnostic(code, Severity.ERROR, text, Label(span, here), tuple(others), help)


def warning(
    code: str,
    span: Span,
    text: Message,
    *,
    here: Message | None = None,
    others: Iterable[Label] = (),
    help: Message | None = None,
) -> Diagnostic:
    """A finding that a drafter should look at; the contract runs all the same."""
    return Diagnostic(code, Severity.WARNING, text, Label(span, here), tuple(others), help)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings by file, place, then code: the same input gives the same bytes. Doubles are dropped."""

    def place(finding: Diagnostic) -> tuple[str, int, int, str, str]:
        start, end = finding.label.span or (0, 0)
        return (finding.label.file, start, end, finding.code, repr(finding.message))

    return tuple(sorted(dict.fromkeys(findings), key=place))


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops the contract from being run."""
    return any(finding.severity is Severity.ERROR for finding in findings)
