"""The language of the command line itself: that of the reader's system, by gettext's own rules.

What is said about a contract is in the contract's language. Help, and what is said of a command that
was typed wrongly, cannot be: they follow ``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES`` and ``LANG``, as
click's own messages do. Texts are looked up when they are shown; until then nothing is read.
"""

from __future__ import annotations

import gettext
from copy import copy
from datetime import date
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sibdsl.spelled_days import only_day

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


class Argument(click.Argument):
    """An argument whose name is said in the reader's language: PATH, CHEMIN."""

    def make_metavar(self, ctx: click.Context) -> str:
        """Its name in capitals, as the usage shows it."""
        shown = copy(self)
        shown.metavar = None
        written = click.Argument.make_metavar(shown, ctx)
        name = (self.name or "").upper()
        return written.replace(name, spoken(name))

    def get_error_hint(self, ctx: click.Context | None) -> str:  # noqa: ARG002
        """Its name as what is said of it names it."""
        return spoken("'{name}'").format(name=spoken((self.name or "").upper()))


class Day(click.ParamType[date]):
    """A day, written ``2026-12-31``; of another form that has one meaning, that day is offered."""

    name = "day"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """How it is written."""
        return spoken("YYYY-MM-DD")

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day; a refusal says how to write it."""
        written = str(value)
        try:
            # `20261231`, which the library reads too, is not how anyone here writes a day.
            return date.fromisoformat(written if "-" in written else "")
        except ValueError:
            meant = only_day(written)
            if meant is None:
                text = spoken("{value} is not a day: write year, month and day, as in 2026-12-31")
                self.fail(text.format(value=written), param, ctx)
            text = spoken("{value} is not how a day is written: write {model}")
            self.fail(text.format(value=written, model=meant.isoformat()), param, ctx)
