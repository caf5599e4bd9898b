"""``sib check``: everything found in contracts, their worked examples included."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from sibdsl.cli.finding_files import contracts_under
from sibdsl.cli.output import findings_text, paint_for, print_findings, status_for, summary
from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.documents.findings_json import findings_json
from sibdsl.files import files_beside, read_source
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source


@click.command("check")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    type=click.Choice(["text", "short", "json"]),
    default="text",
    show_default=True,
    help="In full, one line each, or as JSON.",
)
def command(paths: tuple[Path, ...], format: str) -> None:
    """Check contracts, and hold them to their worked examples.

    PATHS are files (.sib, .sib.md) or folders, whose contracts are all checked. The exit status is 1
    if there is an error, 2 if a file cannot be read.
    """
    every: list[Diagnostic] = []
    documents: list[object] = []
    language: Language = "en"
    files = 0
    for source, findings, language in _checked(paths):
        files += 1
        every.extend(findings)
        sources = {} if source is None else source.files
        if format == "json":
            documents.extend(json.loads(findings_json(findings, sources, language))["findings"])
        elif findings:
            if format == "text" and len(every) > len(findings):
                click.echo()
            text = findings_text(findings, sources, language, format, paint_for(sys.stdout))
            click.echo(text, nl=False, color=True)
    if format == "json":
        data = {"format": "sibdsl-findings", "version": 1, "language": language}
        click.echo(json.dumps(data | {"findings": documents}, ensure_ascii=False, indent=2))
    click.echo(summary(tuple(every), files, language), err=True)
    sys.exit(status_for(tuple(every)))


def _checked(
    paths: tuple[Path, ...],
) -> Iterator[tuple[Source | None, tuple[Diagnostic, ...], Language]]:
    """Each file with what was found in it; None for one that cannot be read."""
    for path in paths:
        contracts = contracts_under(path)
        if not contracts:
            text = message("there is no contract in this folder")
            finding = Diagnostic("SIB806", Severity.ERROR, text, Label(None, None, str(path)))
            print_findings((finding,), {}, "en")
            sys.exit(status_for((finding,)))
        for contract in contracts:
            source = read_source(contract)
            if isinstance(source, Diagnostic):
                yield None, (source,), "en"
            else:
                compiled = compile_contract(source, files_beside(contract))
                yield compiled.source, compiled.findings, compiled.language
