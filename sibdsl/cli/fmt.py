"""``sib fmt``: contracts in their one layout."""

import sys
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Final

import click

from sibdsl.cli.finding_files import contracts_under
from sibdsl.cli.output import FOUND, USAGE, print_findings
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.decoding import decode
from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.files import LARGEST, read_source, write_text
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax.format import Formatted, format_source

STANDARD_INPUT: Final = Path("-")


@click.command("fmt", cls=Command)
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), cls=Argument
)
@click.option(
    "--check",
    is_flag=True,
    help="Change nothing; the exit status says what would change.",
    cls=Option,
)
@click.option("--diff", is_flag=True, help="Change nothing; print what would change.", cls=Option)
def command(paths: tuple[Path, ...], *, check: bool, diff: bool) -> None:
    """Bring contracts into their one layout; no word and no comment is changed.

    PATHS are files (.sib, .sib.md) or folders, whose contracts are all laid out; - is standard input,
    laid out on standard output. The files that change are named. The exit status is 1 if --check finds
    a file to change, 2 if a file cannot be read or has an error, and is left as it is.
    """
    changed = failed = 0
    language: Language = reader_language()
    for path, source in _sources(paths):
        if isinstance(source, Diagnostic):
            print_findings((source,), {}, language)
            failed += 1
            continue
        formatted = format_source(source)
        language = formatted.language
        if formatted.text is None:
            print_findings(formatted.findings, {"": source}, language)
            failed += 1
            continue
        is_changed = formatted.text != source.text
        changed += is_changed
        if diff:
            click.echo("".join(_difference(source, formatted.text)), nl=False)
        elif check:
            click.echo(f"{path}\n" if is_changed else "", nl=False)
        else:
            failed += not _put(path, formatted, is_changed=is_changed)
    click.echo(_summary(changed, failed, language, would=check or diff), err=True)
    sys.exit(USAGE if failed else FOUND if check and changed else 0)


def _sources(paths: tuple[Path, ...]) -> Iterator[tuple[Path, Source | Diagnostic]]:
    """Each contract with its path, or why it cannot be read."""
    for path in paths:
        if path == STANDARD_INPUT:
            yield path, decode(sys.stdin.buffer.read(LARGEST), str(path))
            continue
        contracts = contracts_under(path)
        if not contracts:
            text = message("there is no contract in this folder")
            yield path, Diagnostic("SIB806", Severity.ERROR, text, Label(None, None, str(path)))
        for contract in contracts:
            yield contract, read_source(contract)


def _put(path: Path, formatted: Formatted, *, is_changed: bool) -> bool:
    """Write the layout where the contract came from; whether that could be done."""
    text = formatted.text
    assert text is not None
    if path == STANDARD_INPUT:
        click.echo(text, nl=False)
    elif is_changed:
        refused = write_text(path, text)
        if refused is not None:
            print_findings((refused,), {}, formatted.language)
            return False
        click.echo(str(path))
    return True


def _difference(source: Source, text: str) -> Iterator[str]:
    """The lines that change, as ``diff -u`` shows them."""
    for line in unified_diff(
        source.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        source.name,
        source.name,
    ):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _summary(changed: int, failed: int, language: Language, *, would: bool) -> str:
    if would:
        text = message(
            "to be laid out: {changed}, left as they are: {failed}", changed=changed, failed=failed
        )
    else:
        text = message(
            "laid out: {changed}, left as they are: {failed}", changed=changed, failed=failed
        )
    return say(text, language)
