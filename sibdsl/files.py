"""Reading and writing files: with the command line, the only part that does.

A file that cannot be read is a finding, as a mistake in it would be.
"""

import codecs
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import get_ident
from typing import Final

from sibdsl.decoding import decode
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.source import Source

LARGEST: Final = 512_000_000
"""How many bytes of a file are read: far beyond any contract or sheet, and not all of a device."""


def read_source(path: Path, name: str | None = None) -> Source | Diagnostic:
    """The text of a file under its name, or why it cannot be read."""
    shown = str(path) if name is None else name
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as mistake:  # ValueError: a NUL in the name
        return Diagnostic("SIB804", Severity.ERROR, _why(mistake), Label(None, None, shown))
    if len(data) > LARGEST:
        text = message("the file is larger than {size} MB", size=LARGEST // 10**6)
        return Diagnostic("SIB804", Severity.ERROR, text, Label(None, None, shown))
    return decode(data, shown)


def files_beside(
    contract: Path, named: Callable[[Path], str] = str
) -> Callable[[str], Source | Diagnostic]:
    """Reads the files that a contract uses: those in its folder and below, whatever links there are.

    ``named`` gives the name under which findings speak of a file.
    """
    folder = contract.parent

    def fetch(path: str) -> Source | Diagnostic:
        file = folder / path
        try:
            is_inside = file.resolve().is_relative_to(folder.resolve())
        except (OSError, RuntimeError, ValueError) as mistake:  # RuntimeError: links in a circle
            return Diagnostic("SIB804", Severity.ERROR, _why(mistake), Label(None, None, str(file)))
        if not is_inside:
            text = message("it leads out of the folder of the contract")
            return Diagnostic("SIB804", Severity.ERROR, text, Label(None, None, str(file)))
        return read_source(file, named(file))

    return fetch


def is_folder(path: Path) -> bool:
    """Whether a path names a folder; a name that no file can have names none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def write_text(path: Path, text: str, *, replace: bool = True) -> Diagnostic | None:
    """Write a file whole or not at all: beside it first, then put in its place.

    A file that is replaced keeps who may read and write it. Without ``replace`` a file that is already there is left alone, and that is the finding. What is
    no ordinary file (a terminal, ``/dev/null``) is written to, never replaced.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", newline="\n")
        else:
            _put(path.resolve(), text, replace=replace)
    except FileExistsError:
        return unwritten(path, message("the file is already there"))
    except FileNotFoundError:
        return unwritten(path, message("there is no such folder"))
    except (OSError, RuntimeError, ValueError) as mistake:  # RuntimeError: links in a circle
        return unwritten(path, _why(mistake))
    return None


def rewrite_text(path: Path, before: str, text: str) -> Diagnostic | None:
    """Put a changed text in the place of the one that was read, whole or not at all.

    A byte order mark stays. A file that somebody else has changed since is left alone.
    """
    try:
        with path.open("rb") as file:
            data = file.read()
    except (OSError, ValueError) as mistake:
        return unwritten(path, _why(mistake))
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    if data != mark + before.encode():
        return unwritten(path, message("the file was changed meanwhile"))
    return write_text(path, mark.decode() + text)


def _put(path: Path, text: str, *, replace: bool) -> None:
    beside = path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.new")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if replace:
            with suppress(OSError):  # whoever might read the old file may read the new one
                beside.chmod(path.stat().st_mode & 0o7777)
            beside.replace(path)
        else:
            path.hardlink_to(beside)  # fails if the file is there, whoever made it
    finally:
        beside.unlink(missing_ok=True)


def delete_file(path: Path) -> Diagnostic | None:
    """Delete a file, or say why it stays; one that is not there is deleted already."""
    try:
        path.unlink(missing_ok=True)
    except OSError as mistake:
        return unwritten(path, _why(mistake))
    return None


def unwritten(path: Path, why: Message) -> Diagnostic:
    """That a file is not written, and why."""
    text = message("the file is not written: {why}", why=why)
    return Diagnostic("SIB808", Severity.ERROR, text, Label(None, None, str(path)))


def _why(mistake: OSError | RuntimeError | ValueError) -> Message:
    match mistake:
        case FileNotFoundError():
            return message("there is no such file")
        case IsADirectoryError():
            return message("this is a folder, not a file")
        case NotADirectoryError():
            return message("a folder on the way to this file is a file")
        case PermissionError():
            return message("this file may not be opened")
        case OSError(errno=errno.ENAMETOOLONG):
            return message("the name of the file is too long")
        case OSError(errno=errno.ENOSPC):
            return message("the disk is full")
        case OSError(strerror=str(why)):
            return message("the file cannot be opened ({why})", why=why)
        case _:
            return message("this is not the name of a file")
