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
from sibdsl.syntax.format import format_source
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


def in_every_format(case: Case) -> str:
    """``sib diff`` as each of those that read it gets it."""
    command = "diff NAME.sib NAME.amended --for investor --format"
    formats = ("markdown", "github", "gitlab", "sarif", "html")
    return "".join(f"{command} {each}\n{sib(f'{command} {each}')(case)}\n" for each in formats)


def run_with_sheets(case: Case) -> str:
    """``sib run`` with the sheets that stand beside the case."""
    command = "run NAME.sib --results NAME.csv"
    for sheet in ("claims", "participants"):
        if case.path.with_name(f"{case.name}.{sheet}.csv").exists():
            command += f" --{sheet} NAME.{sheet}.csv"
    return sib(command)(case)


def outline(value: object) -> Iterator[str]:
    """Frozen data as indented lines: spans, and what is empty, left out."""
    if isinstance(value, tuple):
        for part in value:
            yield from outline(part)
    elif not attrs.has(type(value)):
        yield plain(value)
    elif is_leaf(parts := dict(fields(value))):
        yield " ".join([type(value).__name__, *map(plain, parts.values())])
    else:
        yield type(value).__name__
        for name, part in parts.items():
            inner = list(outline(part))
            if len(inner) == 1:
                yield f"  {name}: {inner[0]}"
            else:
                yield f"  {name}:"
                yield from (f"    {line}" for line in inner)


def is_leaf(parts: dict[str, object]) -> bool:
    return len(parts) <= 1 and not any(
        isinstance(part, tuple) or attrs.has(type(part)) for part in parts.values()
    )


def fields(value: Any) -> Iterator[tuple[str, object]]:
    for attribute in attrs.fields(type(value)):
        part = getattr(value, attribute.name)
        if part not in (None, ()) and not isinstance(part, Span):
            yield attribute.name, part


def plain(value: object) -> str:
    return str(value.value if isinstance(value, Enum) else value)


def formatted(case: Case) -> str:
    text = format_source(case.source).text
    assert text is not None
    return text


STAGES: dict[str, Stage] = {
    "parse": lambda case: "\n".join(outline(parse(case.source).contract)) + "\n",
    "format": formatted,
    "check": sib("check NAME.sib"),
    "run": run_with_sheets,
    "coverage": sib("test --coverage NAME.sib"),
    "diff": sib("diff NAME.sib NAME.amended"),
    "diff-formats": in_every_format,
}
