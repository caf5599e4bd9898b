"""``sib consolidate``: a contract with its amendments worked in."""

from pathlib import Path

import click

from sibdsl.cli.finding_files import bundle_at
from sibdsl.cli.output import print_data, print_findings, stop
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.consolidation import consolidate
from sibdsl.diagnostics import Diagnostic
from sibdsl.files import files_beside, read_source


@click.command("consolidate", cls=Command)
@click.argument("path", type=click.Path(path_type=Path), cls=Argument)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(path: Path, output: Path | None) -> None:
    """Write the text of a contract with its amendments worked in.

    PATH is the last amendment. The statements of the contract stand in their order, those said anew in
    their places under a comment that names the amendment, new ones at the end.
    """
    bundle = bundle_at(path)
    if isinstance(bundle, Diagnostic):
        stop((bundle,), language=reader_language())
    source = read_source(bundle.contract)
    if isinstance(source, Diagnostic):
        stop((source,), language=reader_language())
    made = consolidate(source, files_beside(bundle.contract))
    sources, language = made.compiled.source.files, made.compiled.language
    if made.text is None:
        stop(made.findings, sources, language)
    print_findings(made.findings, sources, language)
    read = (bundle.contract, *(Path(name) for name in sources if name))
    print_data(made.text, output, read)
