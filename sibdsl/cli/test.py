"""``sib test``: whether a contract holds to its worked examples."""

import sys
from pathlib import Path

import click

from sibdsl.cli.finding_files import bundle_at
from sibdsl.cli.output import CLEAN, FOUND, paint_for, print_data, stop
from sibdsl.cli.reading import loaded
from sibdsl.cli.spoken import Command, Option
from sibdsl.contract import Contract, ContractError, example_outcomes
from sibdsl.diagnostics import Diagnostic, message
from sibdsl.documents.examples_text import examples_json, examples_text
from sibdsl.documents.findings_text import PLAIN
from sibdsl.documents.junit import junit_xml
from sibdsl.evaluate.examples import ExampleOutcome
from sibdsl.messages import say


@click.command("test", cls=Command)
@click.argument("path", type=click.Path(path_type=Path))
@click.option(
    "--format",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    cls=Option,
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(path: Path, format: str, output: Path | None) -> None:
    """Hold a contract to its worked examples.

    PATH is a contract, its plan (.json), or a folder with one. The exit status is 1 if an example
    does not hold.
    """
    bundle = bundle_at(path)
    if isinstance(bundle, Diagnostic):
        stop((bundle,))
    contract = loaded(bundle.contract)
    try:
        outcomes = example_outcomes(contract)
    except ContractError as refused:
        stop(refused.findings, refused.sources, contract.language)
    name = str(bundle.contract) if contract.source is None else contract.source.name
    text = _report(contract, outcomes, name, format, colour=output is None)
    print_data(text, output, contract.language)
    if not outcomes:
        click.echo(say(message("there is no worked example"), contract.language), err=True)
    sys.exit(CLEAN if all(outcome.holds for outcome in outcomes) else FOUND)


def _report(
    contract: Contract,
    outcomes: tuple[ExampleOutcome, ...],
    name: str,
    format: str,
    *,
    colour: bool,
) -> str:
    sources, language = contract.sources, contract.language
    match format:
        case "json":
            return examples_json(outcomes, sources, language)
        case "junit":
            return junit_xml(outcomes, name, sources, language)
        case _:
            paint = paint_for(sys.stdout) if colour else PLAIN
            return examples_text(outcomes, sources, language, paint)
