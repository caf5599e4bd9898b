"""Where things stand in a text: sources, spans, and positions shown to people."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from attrs import define, field


class Span(NamedTuple):
    """A half-open range of offsets, counted in characters from the start of the text."""

    start: int
    end: int

    def to(self, other: Span) -> Span:
        """The range from the start of this one to the end of the other."""
        return Span(self.start, other.end)


class Position(NamedTuple):
    """A place as people count it: lines and columns begin at 1, columns count characters."""

    line: int
    column: int


class Part(NamedTuple):
    """A piece of a text of several files: the file, and where the piece begins in the whole and there."""

    file: Source
    start: int
    begin: int


@define(frozen=True, slots=False)
class Source:
    """A named text. The name is what a finding prints; the text is never changed.

    ``parts`` are the pieces, in order, of a text that several files make; one of them has the name of
    the whole. A text of one file has none.
    """

    name: str
    text: str = field(repr=False)
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset of the first character of each line."""
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return tuple(starts)

    @cached_property
    def files(self) -> dict[str, Source]:
        """The files that the text is of by their names; the one that has its name has none here."""
        if not self.parts:
            return {"": self}
        files = (part.file for part in self.parts)
        return {"" if file.name == self.name else file.name: file for file in files}

    def in_file(self, offset: int) -> tuple[Source, int]:
        """The file that an offset is in, and the offset there; one past the end is allowed."""
        if not self.parts:
            return self, min(offset, len(self.text))
        part = self.parts[bisect_right(self.parts, offset, key=lambda each: each.start) - 1]
        return part.file, min(part.begin + offset - part.start, len(part.file.text))

    def position(self, offset: int) -> Position:
        """The line and column of an offset; one past the end is allowed."""
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line, counted from 1, without its end."""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)].rstrip("\r")

    def words(self, span: Span) -> str:
        """The text a span covers."""
        return self.text[span.start : span.end]
