"""The command ``sib``. Each command is a module of its own, imported only when it is called."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, Final

import click

from sibdsl.cli.spoken import Option, listen, spoken, write_help

COMMANDS: Final = {
    "check": "Check contracts, and their worked examples.",
    "compile": "Write what a contract means as JSON.",
    "consolidate": "Write a contract with its amendments worked in.",
    "diff": "Compare two versions of a contract, and what they pay.",
    "explain": "Explain the code of a finding.",
    "fmt": "Lay contracts out, without changing a word.",
    "git-setup": "Let git show changes by clause and by word.",
    "new": "Write a small contract to begin with.",
    "run": "Determine what is due on given results.",
    "test": "Hold a contract to its worked examples.",
    "translate": "Write a contract in its other language.",
}
OURS: Final = 3
"""The exit status of a mistake in sibdsl itself."""

UNWRITTEN: Final = 2
"""The exit status where the output, on a full disk for one, cannot be written."""


class Commands(click.Group):
    """The commands by name; the module ``sibdsl.cli.NAME`` holds ``command``, ``_`` for ``-``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names, for the help and for completion."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"sibdsl.cli.{cmd_name.replace('-', '_')}").command
        return command

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does, in the reader's language."""
        write_help(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in the help, without importing a single command."""
        with formatter.section(spoken("Commands")):
            formatter.write_dl([(name, spoken(what)) for name, what in COMMANDS.items()])

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """``[OPTIONS] COMMAND [ARGS]...``, in the reader's language."""
        pieces = super().collect_usage_pieces(ctx)
        return [*pieces[:-1], f"{spoken('COMMAND')} [{spoken('ARGS')}]..."]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; for an unknown one, those there are."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            names = ", ".join(COMMANDS)
            there_are = spoken("There is no command ‘{command}’. There are: {names}.")
            ctx.fail(there_are.format(command=args[0], names=names))
        return super().resolve_command(ctx, args)

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Run; whatever happens, nobody is shown a traceback who did not ask for one."""
        listen()
        for stream in (sys.stdout, sys.stderr):
            # A console that cannot show a letter shows a question mark in its place.
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace")
        try:
            return super().main(args, **extra)
        except (RecursionError, MemoryError):
            too_large = spoken("this contract is too large for the memory of this program")
            click.echo(f"sib: {too_large}", err=True)
            sys.exit(OURS)
        except OSError as mistake:
            # Files are opened under guard: what is left is the output itself.
            with suppress(OSError):
                unwritten = spoken("the output cannot be written")
                click.echo(f"sib: {unwritten} ({mistake.strerror})", err=True)
            _drop_output()
            sys.exit(UNWRITTEN)


def _drop_output() -> None:
    """Let nothing more be written, so that the end of the program does not fail on it again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):  # a closed stream may be None
            os.dup2(nowhere, stream.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="sibdsl",
    message="%(prog)s %(version)s",
    help="Show the version and exit.",
    cls=Option,
)
def main() -> None:
    """Payment terms of social impact bonds: check them, run them, explain them.

    Messages about a contract are in its own language.
    """
