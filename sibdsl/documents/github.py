"""Workflow commands of GitHub Actions, which shows them as annotations on the lines.

The escapes are those of the runner: ``%`` and line ends in what is said, also ``:`` and ``,`` in a
property. Columns are given only within one line, since GitHub refuses them on several.
"""

from collections.abc import Iterable, Iterator
from typing import Final, Literal

from sibdsl.messages.visible import visible
from sibdsl.source import Position

_IN_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})

Level = Literal["error", "warning", "notice"]


def command(level: Level, properties: Iterable[tuple[str, str | int]], said: str) -> str:
    """One annotation, on one line; ``said`` is shown as it stands, on as many lines as it has."""
    listed = ",".join(
        f"{name}={visible(str(value)).translate(_IN_PROPERTY)}" for name, value in properties
    )
    return f"::{level} {listed}::{said.translate(_IN_DATA)}\n"


def lines(start: Position, end: Position) -> Iterator[tuple[str, int]]:
    """The properties of the lines that an annotation is on."""
    yield "line", start.line
    yield "endLine", end.line
    if start.line == end.line:
        yield "col", start.column
        yield "endColumn", end.column
