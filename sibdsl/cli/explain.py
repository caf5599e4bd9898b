"""``sib explain``: the page of a code."""

import sys

import click

from sibdsl.cli.output import USAGE
from sibdsl.diagnostics import message
from sibdsl.documents.findings_text import WORDS
from sibdsl.messages import say
from sibdsl.messages.pages import find_page
from sibdsl.numerals import Language


@click.command("explain")
@click.argument("code")
@click.option(
    "--lang", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Its language."
)
def command(code: str, lang: Language) -> None:
    """Explain CODE, as SIB301: what it finds, why it matters, what to write instead."""
    page = find_page(code)
    if page is None:
        click.echo(say(message("there is no code ‘{code}’", code=code), lang), err=True)
        sys.exit(USAGE)
    click.echo(f"{page.code} {page.slug} ({say(WORDS[page.severity], lang)})\n")
    click.echo(page.texts[lang].replace("### ", ""), nl=False)
