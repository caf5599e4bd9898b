"""``sib explain``: the page of a code."""

import re
import sys

import click

from sibdsl.cli.output import USAGE
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.diagnostics import message
from sibdsl.documents.findings_text import WORDS
from sibdsl.messages import say
from sibdsl.messages.pages import find_page
from sibdsl.numerals import Language


@click.command("explain", cls=Command)
@click.argument("code", cls=Argument)
@click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    help="Its language; if it is not given, that of your system.",
    cls=Option,
)
def command(code: str, lang: Language | None) -> None:
    """Explain CODE, as SIB301: what it finds, why it matters, what to write instead."""
    language = lang or reader_language()
    page = find_page(code)
    if page is None:
        click.echo(say(message("there is no code ‘{code}’", code=code), language), err=True)
        sys.exit(USAGE)
    click.echo(f"{page.code} {page.slug} ({say(WORDS[page.severity], language)})\n")
    text = page.texts[language].replace("### ", "")
    click.echo(_plain(text) if sys.stdout.isatty() else text, nl=False)


def _plain(text: str) -> str:
    """The page for a terminal, without the marks of Markdown; examples stay as they are."""
    return "".join(
        line if line.startswith("    ") else re.sub(r"`|\*(?=\w)|(?<=[\w)])\*", "", line)
        for line in text.splitlines(keepends=True)
    )
