"""What the commands print: data on standard output, words about it on standard error."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn, TextIO

import click

from sibdsl.cli.spoken import reader_language
from sibdsl.diagnostics import Diagnostic, Severity, has_errors, message
from sibdsl.documents.findings_json import findings_json
from sibdsl.documents.findings_text import COLOURED, PLAIN, Paint, full_text, short_text
from sibdsl.files import unwritten, write_text
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Source

CLEAN, FOUND, USAGE = 0, 1, 2
"""Exit status: nothing wrong; something found; the command cannot do what it was asked to."""

_CANNOT_START = frozenset({"SIB480", "SIB804", "SIB806", "SIB808", "SIB860", "SIB861"})
"""A missing file, library or repository: nothing is wrong with the contract."""


def paint_for(stream: TextIO | None) -> Paint:
    """Colour only on a terminal, and not where NO_COLOR asks for none (no-color.org).

    None is a stream that was closed before the program began.
    """
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    return COLOURED if stream is not None and stream.isatty() and not plain else PLAIN


def findings_text(
    findings: tuple[Diagnostic, ...],
    sources: Mapping[str, Source],
    language: Language,
    format: str,
    paint: Paint,
) -> str:
    """Findings in a format: text, short or json."""
    match format:
        case "json":
            return findings_json(findings, sources, language)
        case "short":
            return short_text(findings, sources, language)
        case _:
            return full_text(findings, sources, language, paint)


def print_findings(
    findings: tuple[Diagnostic, ...], sources: Mapping[str, Source], language: Language
) -> None:
    """Findings about what a command was given, on standard error."""
    text = findings_text(findings, sources, language, "text", paint_for(sys.stderr))
    click.echo(text, nl=False, err=True, color=True)


def count_warnings(findings: Iterable[Diagnostic], file: Path, language: Language) -> None:
    """How many doubts there are about a contract that runs, on standard error, and where to read them.

    They were told when it was checked: every run would tell them again.
    """
    number = sum(finding.severity is Severity.WARNING for finding in findings)
    typed = f'"{file}"' if " " in str(file) else str(file)
    said = message("{number} warnings: sib check {file}", number=number, file=typed)
    if number == 1:
        said = message("1 warning: sib check {file}", file=typed)
    if number:
        click.echo(say(said, language), err=True)


def status_for(findings: tuple[Diagnostic, ...]) -> int:
    """The exit status that findings ask for; warnings ask for none."""
    if any(finding.code in _CANNOT_START for finding in findings):
        return USAGE
    return FOUND if has_errors(findings) else CLEAN


def stop(
    findings: tuple[Diagnostic, ...],
    sources: Mapping[str, Source] | None = None,
    language: Language | None = None,
) -> NoReturn:
    """Print findings and end; those on no contract are in the reader's language."""
    print_findings(findings, sources or {}, language or reader_language())
    sys.exit(status_for(findings))


def print_data(text: str, output: Path | None, read: Iterable[Path | None] = ()) -> None:
    """Data on standard output, or in a file written whole or not at all.

    A file that was ``read`` for it is never overwritten: it would be lost.
    """
    if output is None:
        click.echo(text, nl=False)
        return
    if any(_is_same(output, file) for file in read if file is not None):
        refused: Diagnostic | None = unwritten(output, message("it was read for this very answer"))
    else:
        refused = write_text(output, text)
    if refused is not None:
        stop((refused,))


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except (OSError, RuntimeError, ValueError):
        return False
