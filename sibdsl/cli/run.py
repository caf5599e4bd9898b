"""``sib run``: what is due on given results, and why."""

from datetime import date
from pathlib import Path

import click

from sibdsl.cli.output import print_data, print_findings, stop
from sibdsl.cli.reading import files_of, read_bundle
from sibdsl.cli.spoken import Argument, Command, Day, Option
from sibdsl.contract import ContractError, Format, Sheets, determine
from sibdsl.numerals import Language

FILE = click.Path(path_type=Path)


@click.command("run", cls=Command)
@click.argument("path", type=FILE, cls=Argument)
@click.option("--results", type=FILE, help="The sheet of results, .csv or .json.", cls=Option)
@click.option("--claims", type=FILE, help="The sheet of claims on rate cards.", cls=Option)
@click.option("--participants", type=FILE, help="The sheet of participants.", cls=Option)
@click.option("--as-of", type=Day(), help="Leave out what came later.", cls=Option)
@click.option(
    "--format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    cls=Option,
)
@click.option(
    "--csv",
    type=click.Choice(["en", "fr"]),
    help="How CSV is written: en is ‘,’ and 0.5, fr is ‘;’ and 0,5. By default as the contract.",
    cls=Option,
)
@click.option("-o", "--output", type=FILE, help="Write to this file.", cls=Option)
def command(  # noqa: PLR0913, PLR0917 -- as many as there are options
    path: Path,
    results: Path | None,
    claims: Path | None,
    participants: Path | None,
    as_of: date | None,
    format: Format,
    csv: Language | None,
    output: Path | None,
) -> None:
    """Determine what is due, what is not, what is pending, and why.

    PATH is a contract (.sib, .sib.md), its plan (.json), or a folder that holds one of them as
    contract.sib, contract.sib.md or contract.json, with results.csv, claims.csv and participants.csv
    (or .json) beside it if there are any.
    """
    bundle, contract = read_bundle(path)
    results = results or bundle.results
    claims = claims or bundle.claims
    participants = participants or bundle.participants
    sheets = Sheets(results or (), claims, participants or (), csv or contract.language)
    try:
        determined = determine(contract, sheets, as_of)
    except ContractError as refused:
        stop(refused.findings, refused.sources, contract.language)
    print_findings(determined.findings, determined.sources, contract.language)
    text = contract.report(determined.determination, format, csv=csv)
    read = (*files_of(bundle, contract), results, claims, participants)
    print_data(text, output, read)
