"""What each golden folder does with a case: one line per stage, in the order of the pipeline."""

from collections.abc import Callable, Iterator
from contextlib import chdir
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen
from click.testing import CliRunner

from sibdsl.cli import main
from sibdsl.source import Source, Span
from sibdsl.syntax.parse import parse


@frozen
class Case:
    """A golden case: a contract, and by the same name whatever else its stage reads."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.name.split(".")[0]

    @property
    def source(self) -> Source:
        return Source(self.path.name, self.path.read_text(encoding="utf-8"))


Stage = Callable[[Case], str]


def sib(command: str) -> Stage:
    """A stage that is a command line, run in the folder of the case; NAME stands for the case."""

    def run(case: Case) -> str:
        arguments = command.replace("NAME", case.name).split()
        with chdir(case.path.parent):
            result = CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)
        return f"{result.output}[exit {result.exit_code}]\n"

    return run


def outline(value: object, depth: int = 0) -> Iterator[str]:
    """Frozen data as indented lines: one line per value, spans and what is empty left out."""
    pad = "  " * depth
    if attrs.has(type(value)):
        yield f"{pad}{type(value).__name__}"
        for name, part in fields(value):
            if attrs.has(type(part)) or isinstance(part, tuple):
                yield f"{pad}  {name}:"
                yield from outline(part, depth + 2)
            else:
                yield f"{pad}  {name}: {plain(part)}"
    elif isinstance(value, tuple):
        for part in value:
            yield from outline(part, depth)
    else:
        yield f"{pad}{plain(value)}"


def fields(value: Any) -> Iterator[tuple[str, object]]:
    for attribute in attrs.fields(type(value)):
        part = getattr(value, attribute.name)
        if part not in (None, ()) and not isinstance(part, Span):
            yield attribute.name, part


def plain(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)


STAGES: dict[str, Stage] = {
    "parse": lambda case: "\n".join(outline(parse(case.source))) + "\n",
    "check": sib("check NAME.sib"),
    "run": sib("run NAME.sib NAME.csv"),
}
