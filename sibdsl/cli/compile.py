"""``sib compile``: what a contract means, as JSON."""

from pathlib import Path

import click

from sibdsl.cli.output import print_data
from sibdsl.cli.reading import files_of, read_bundle
from sibdsl.cli.spoken import Argument, Command, Option


@click.command("compile", cls=Command)
@click.argument("path", type=click.Path(path_type=Path), cls=Argument)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(path: Path, output: Path | None) -> None:
    """Write what a contract means as JSON: a plan, which `sib run` takes in place of the contract.

    PATH is a contract, or a folder with one. The JSON holds no text of the contract but its names.
    """
    bundle, contract = read_bundle(path)
    print_data(contract.to_json(), output, files_of(bundle, contract))
