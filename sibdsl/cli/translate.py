"""``sib translate``: a contract in its other keyword language."""

from pathlib import Path

import click

from sibdsl.cli.output import print_data, print_findings, stop
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.diagnostics import Diagnostic, Severity
from sibdsl.files import read_source
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source
from sibdsl.syntax.translate import translate_source


@click.command("translate", cls=Command)
@click.argument("file", type=click.Path(path_type=Path), cls=Argument)
@click.option(
    "--to",
    type=click.Choice(["en", "fr"]),
    required=True,
    help="The language to write it in.",
    cls=Option,
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(file: Path, to: Language, output: Path | None) -> None:
    """Write the contract FILE (.sib, .sib.md) in its other language.

    Keywords, numbers, amounts and quotation marks change; comments and quoted text stay. So do Defined
    Terms, unless the contract says what they are called there: in French, Ministry is "le Ministère".
    """
    source = read_source(file)
    if isinstance(source, Diagnostic):
        stop((source,), language=reader_language())
    _refuse_clashes(source)
    translated = translate_source(source, to)
    if translated.text is None:
        stop(translated.findings, {"": source}, translated.language)
    print_findings(translated.findings, {"": source}, translated.language)
    print_data(translated.text, output, (file,))


def _refuse_clashes(source: Source) -> None:
    """End where two terms would have one name in the other language, or one term two."""
    compiled = compile_contract(source)
    clashes = tuple(
        finding
        for finding in compiled.findings
        if finding.code.startswith("SIB14") and finding.severity is Severity.ERROR
    )
    if clashes:
        stop(clashes, {"": source}, compiled.language)
