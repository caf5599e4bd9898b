"""The language of the command line itself: that of the reader's system, by gettext's own rules.

What is said about a contract is in the contract's language. Help, and what is said of a command that
was typed wrongly, cannot be: they follow ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``, as
click's own messages do. Texts are looked up when they are shown; until then nothing is read.
"""

from __future__ import annotations

import gettext
from copy import copy
from datetime import datetime
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from sibdsl.numerals import Language

DOMAIN: Final = "sib"
CATALOGUES: Final = Path(__file__).parent.parent / "messages" / "command_line"


def listen() -> None:
    """Let click find its messages, and ours, in our catalogues."""
    gettext.bindtextdomain(DOMAIN, str(CATALOGUES))
    gettext.textdomain(DOMAIN)


def reader_language() -> Language:
    """The language of the reader's system, if it is one of ours; else English."""
    return "fr" if gettext.find(DOMAIN, str(CATALOGUES)) else "en"


def spoken(text: str) -> str:
    """A text of the command line in the reader's language; the English is the key."""
    return gettext.dgettext(DOMAIN, cleandoc(text)) if text else text


def write_help(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """What a command does, in the reader's language."""
    shown = copy(command)
    shown.help = spoken(command.help or "")
    click.Command.format_help_text(shown, ctx, formatter)


class Command(click.Command):
    """A command whose help is said in the reader's language."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        write_help(self, ctx, formatter)


class Option(click.Option):
    """An option whose help is said in the reader's language."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names, and what it is for."""
        shown = copy(self)
        shown.help = spoken(self.help or "")
        return click.Option.get_help_record(shown, ctx)


class Day(click.DateTime):
    """A day as contracts write it, and nothing else."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """The day; a usage error, which shows the form, for anything else."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            form = spoken("‘{value}’ is not a date: write year, month and day, as in 2017-03-30")
            self.fail(form.format(value=value), param, ctx)
        return day
