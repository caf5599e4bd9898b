"""``sib check``: everything found in contracts, their worked examples included."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from sibdsl.cli.finding_files import contracts_under
from sibdsl.cli.output import findings_text, paint_for, print_data, print_findings, status_for
from sibdsl.cli.repository import path_in_repository
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.documents.findings_text import Paint
from sibdsl.documents.found import Found, language_of_all, summary
from sibdsl.files import files_beside, read_source
from sibdsl.pipeline import compile_contract

_FOR_PEOPLE: Final = ("text", "short")
_FOR_PROGRAMS: Final = ("json", "markdown", "github", "gitlab", "sarif", "junit")


@click.command("check", cls=Command)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), cls=Argument)
@click.option(
    "--format",
    type=click.Choice([*_FOR_PEOPLE, *_FOR_PROGRAMS]),
    default="text",
    show_default=True,
    help="In full, one line each, as JSON, or as forges and their tools read it (docs/ci.md).",
    cls=Option,
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(paths: tuple[Path, ...], format: str, output: Path | None) -> None:
    """Check contracts, and hold them to their worked examples.

    PATHS are files (.sib, .sib.md) or folders, whose contracts are all checked. The exit status is 1
    if there is an error, 2 if a file cannot be read.
    """
    files = [file for path in paths for file in _contracts(path)]
    every: list[Found] = []
    text = ""
    for file in files:
        found = _checked(file, in_repository=format not in {*_FOR_PEOPLE, "json"})
        every.append(found)
        if format in _FOR_PEOPLE and isinstance(file, Diagnostic):
            print_findings((file,), {}, reader_language())
        elif format in _FOR_PEOPLE:
            part = _for_people(found, format, paint_for(None if output else sys.stdout))
            gap = "\n" if format == "text" and text and part else ""
            text += gap + part
            if output is None:  # as soon as it is known
                click.echo(gap + part, nl=False, color=True)
    language = language_of_all(tuple(every))
    if format in _FOR_PROGRAMS:
        from sibdsl.cli.findings_for import written  # noqa: PLC0415 -- six writers to import

        text = written(tuple(every), format)
    if format in _FOR_PROGRAMS or output is not None:
        read = [file for file in files if isinstance(file, Path)]
        print_data(text, output, read)
    click.echo(summary(tuple(every), language), err=True)
    sys.exit(status_for(tuple(finding for found in every for finding in found.findings)))


def _contracts(path: Path) -> Iterator[Path | Diagnostic]:
    """The contracts that a path stands for; that there are none in a folder."""
    contracts = contracts_under(path)
    yield from contracts
    if not contracts:
        text = message("there is no contract in this folder")
        yield Diagnostic("SIB806", Severity.ERROR, text, Label(None, None, str(path)))


def _checked(file: Path | Diagnostic, *, in_repository: bool) -> Found:
    """What is found in a contract; forges know it by its path in the repository."""
    if isinstance(file, Diagnostic):
        return Found(file.label.file, (file,), reader_language())
    named = path_in_repository if in_repository else str
    name = named(file)
    source = read_source(file, name)
    if isinstance(source, Diagnostic):
        return Found(name, (source,), reader_language())
    compiled = compile_contract(source, files_beside(file, named))
    return Found(name, compiled.findings, compiled.language, compiled.source)


def _for_people(found: Found, format: str, paint: Paint) -> str:
    return findings_text(found.findings, found.sources, found.language, format, paint)
