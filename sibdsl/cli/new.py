"""``sib new``: a small contract to begin with."""

from pathlib import Path

import click

from sibdsl.cli.output import stop
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.cli.starter import STARTERS
from sibdsl.files import is_folder, write_text
from sibdsl.numerals import Language


@click.command("new", cls=Command)
@click.argument("path", type=click.Path(path_type=Path), default=Path("contract.sib"), cls=Argument)
@click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    help="The language in which the contract is written; if it is not given, that of your system.",
    cls=Option,
)
def command(path: Path, lang: Language | None) -> None:
    """Write a small contract with comments to PATH, which must not exist yet.

    PATH is contract.sib if it is not given; a folder gets a contract.sib.
    """
    file = path / "contract.sib" if is_folder(path) else path
    refused = write_text(file, STARTERS[lang or reader_language()], replace=False)
    if refused is not None:
        stop((refused,))
    click.echo(str(file))
