"""``sib git-setup``: lets git show changes of contracts by clause and by word."""

from pathlib import Path
from typing import Final

import click

from sibdsl.cli.git_patterns import heading_pattern, word_pattern
from sibdsl.cli.git_program import Answer, ask_git, refused_by_git, repository_top
from sibdsl.cli.output import stop
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.files import delete_file, read_source, write_text
from sibdsl.messages import say
from sibdsl.numerals import Language

ATTRIBUTES: Final = ".gitattributes"
PATTERNS: Final = ("*.sib", "*.sib.md")
_NAME: Final = "sib"
DRIVER: Final = f"diff={_NAME}"
_SECTION: Final = f"diff.{_NAME}"

Said = list[Message]
"""What was done, as it is to be said."""


@click.command("git-setup", cls=Command)
@click.argument("folder", type=click.Path(path_type=Path), default=Path(), cls=Argument)
@click.option("--undo", is_flag=True, help="Take away what this command put there.", cls=Option)
@click.option(
    "--lang",
    type=click.Choice(["en", "fr"]),
    help="Its language; if it is not given, that of your system.",
    cls=Option,
)
def command(folder: Path, *, undo: bool, lang: Language | None) -> None:
    """Let git show the changes of contracts by clause and by word, in this clone.

    FOLDER is in the working copy of a repository. .gitattributes gets a line for *.sib and one for
    *.sib.md, to be committed; the configuration of this clone, which git cannot commit, gets what a
    hunk is headed with and what one word is (git diff --word-diff). Repeating it changes nothing.
    """
    language = lang or reader_language()
    top = repository_top(folder)
    if isinstance(top, Diagnostic):
        stop((top,), language=language)
    done: Said = []
    refused = _undo(top, done) if undo else _set_up(top, done)
    for text in done:
        click.echo(say(text, language))
    if refused is not None:
        stop((refused,))


def _set_up(top: Path, done: Said) -> Diagnostic | None:
    wanted: list[str] = []
    for pattern in PATTERNS:
        # git itself says what holds for such a file, wherever that is written.
        held = ask_git(top, "check-attr", "diff", "--", pattern.replace("*", "contract"))
        if isinstance(held, Diagnostic):
            return held
        driver = held.said.strip().rpartition(": ")[2]
        # Without the file, what holds may come from its last commit only.
        if driver == "unspecified" or (driver == _NAME and not (top / ATTRIBUTES).exists()):
            wanted.append(f"{pattern} {DRIVER}")
        elif driver != _NAME:
            done.append(
                message(
                    "{file} shows ‘{pattern}’ another way (diff is {driver}): left as it is",
                    file=ATTRIBUTES,
                    pattern=pattern,
                    driver=driver,
                )
            )
    return _add_lines(top / ATTRIBUTES, wanted, done) or _configure(top, done)


def _add_lines(file: Path, wanted: list[str], done: Said) -> Diagnostic | None:
    if not wanted:
        done.append(message("{file} has its lines already", file=ATTRIBUTES))
        return None
    text = ""
    if file.exists():
        source = read_source(file)
        if isinstance(source, Diagnostic):
            return source
        text = source.text
    end = "\r\n" if "\r\n" in text else "\n"
    gap = end if text and not text.endswith("\n") else ""
    refused = write_text(file, text + gap + "".join(f"{line}{end}" for line in wanted))
    if refused is None:
        done.extend(message("{file}: added ‘{line}’", file=ATTRIBUTES, line=one) for one in wanted)
        done.append(message("commit {file}, so that every clone has it", file=ATTRIBUTES))
    return refused


def _configure(top: Path, done: Said) -> Diagnostic | None:
    for key, value in _settings().items():
        held = ask_git(top, "config", "--local", "--get-all", key)
        if isinstance(held, Diagnostic):
            return held
        if held.said == f"{value}\n":
            done.append(message("{key} is set already", key=key))
            continue
        refused = _asked(top, "config", "--local", "--replace-all", key, value)
        if refused is not None:
            return refused
        done.append(message("{key} is set in this clone", key=key))
    return None


def _settings() -> dict[str, str]:
    return {f"{_SECTION}.xfuncname": heading_pattern(), f"{_SECTION}.wordRegex": word_pattern()}


def _undo(top: Path, done: Said) -> Diagnostic | None:
    return _drop_lines(top / ATTRIBUTES, done) or _forget(top, done)


def _drop_lines(file: Path, done: Said) -> Diagnostic | None:
    """Take the lines away; a file that has no other is deleted."""
    if not file.exists():
        return None
    source = read_source(file)
    if isinstance(source, Diagnostic):
        return source
    ours = [f"{pattern} {DRIVER}" for pattern in PATTERNS]
    lines = source.text.splitlines(keepends=True)
    kept = [line for line in lines if line.rstrip("\r\n") not in ours]
    if len(kept) == len(lines):
        return None
    refused = write_text(file, "".join(kept)) if kept else delete_file(file)
    if refused is None:
        gone = [line.rstrip("\r\n") for line in lines if line not in kept]
        done.extend(message("{file}: removed ‘{line}’", file=ATTRIBUTES, line=one) for one in gone)
    return refused


def _forget(top: Path, done: Said) -> Diagnostic | None:
    for key in _settings():
        answer = ask_git(top, "config", "--local", "--unset-all", key)
        if isinstance(answer, Diagnostic):
            return answer
        if answer.status == 0:
            done.append(message("{key} is no longer set", key=key))
    left = ask_git(top, "config", "--local", "--get-regexp", r"^diff\.sib\.")
    if isinstance(left, Answer) and not left.said:
        ask_git(top, "config", "--local", "--remove-section", _SECTION)
    if not done:
        done.append(message("there is nothing to take away"))
    return None


def _asked(top: Path, *arguments: str) -> Diagnostic | None:
    """Have git do something; the finding where it does not."""
    answer = ask_git(top, *arguments)
    if isinstance(answer, Diagnostic):
        return answer
    return refused_by_git(answer, top) if answer.status else None
