"""Files as they stood at a revision: ``REF:path``, read with git. The only place that starts git."""

import subprocess
from pathlib import Path
from typing import Final

from sibdsl.decoding import decode
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.source import Source

_LONGEST_WAIT: Final = 60


@frozen
class Revision:
    """A file at a revision, both as git writes them; ``folder`` is where git is asked."""

    ref: str
    path: str
    folder: Path

    @property
    def name(self) -> str:
        """``HEAD:contract.sib``."""
        return f"{self.ref}:{self.path}"


def revision_of(text: str) -> Revision | None:
    """What ``REF:path`` names; None where a file has that very name, or where it has no colon.

    As in git, the path begins at the root of the repository, ``./path`` where one stands.
    """
    ref, colon, path = text.partition(":")
    is_drive = len(ref) == 1 and path[:1] in {"/", "\\"}  # C:\contracts, on Windows
    if not colon or not ref or not path or is_drive or Path(text).exists():
        return None
    return Revision(ref, path, Path.cwd())


def committed(path: Path) -> Revision:
    """A file as it was last committed."""
    return Revision("HEAD", f"./{path.name}", path.parent)


def read_revision(revision: Revision) -> Source | Diagnostic:
    """The text of a file at a revision, or why there is none."""
    name = revision.name.replace(":./", ":")
    where = _git(revision.folder, "rev-parse", "--git-dir")
    if isinstance(where, Diagnostic):
        return where
    if where.returncode:
        return _finding("SIB850", message("this folder is in no git repository"), name)
    commit = f"{revision.ref}^{{commit}}"
    found = _git(revision.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", commit)
    if isinstance(found, Diagnostic):
        return found
    if found.returncode:
        return _finding("SIB851", message("there is no such revision in the repository"), name)
    at = f"{found.stdout.decode('ascii', 'replace').strip()}:{revision.path}"
    shown = _git(revision.folder, "cat-file", "blob", at)
    if isinstance(shown, Diagnostic):
        return shown
    if shown.returncode:
        return _finding("SIB852", message("there is no such file at this revision"), name)
    return decode(shown.stdout, name)


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes] | Diagnostic:
    try:
        return subprocess.run(  # noqa: S603 -- no shell, and the names are arguments
            ("git", "-C", str(folder), *arguments),  # noqa: S607 -- the git of the user
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=_LONGEST_WAIT,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):  # ValueError: a NUL in a name
        return _finding("SIB853", message("git cannot be started"), str(folder))


def _finding(code: str, said: Message, name: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, said, Label(None, None, name), (), _CURES[code])


_CURES: Final = {
    "SIB850": message("give two files: sib diff OLD NEW"),
    "SIB851": message("git log shows the revisions, git fetch brings those of others"),
    "SIB852": message(
        "the path begins at the root of the repository; write REF:./path from where you are"
    ),
    "SIB853": message("install git, or give two files: sib diff OLD NEW"),
}
