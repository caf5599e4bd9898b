"""Files as they stood at a revision: ``REF:path``, read with git."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from attrs import evolve

from sibdsl.cli.finding_files import bundle_at
from sibdsl.cli.git_program import ask_git, no_repository
from sibdsl.cli.repository import path_in_repository
from sibdsl.decoding import decode
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.source import Source


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
    where = ask_git(revision.folder, "rev-parse", "--git-dir")
    if isinstance(where, Diagnostic):
        return where
    if where.status:
        return no_repository(where, revision.folder)
    commit = f"{revision.ref}^{{commit}}"
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", commit)
    found = ask_git(revision.folder, *asked)
    if isinstance(found, Diagnostic):
        return found
    if found.status:
        return _finding("SIB851", message("there is no such revision in the repository"), name)
    shown = ask_git(revision.folder, "cat-file", "blob", f"{found.said.strip()}:{revision.path}")
    if isinstance(shown, Diagnostic):
        return shown
    if shown.status:
        return _finding("SIB852", message("there is no such file at this revision"), name)
    return decode(shown.data, name)


def files_at(revision: Revision) -> Callable[[str], Source | Diagnostic]:
    """Reads the files that a contract uses as they stood at its revision."""
    folder = revision.path.rpartition("/")[0]

    def fetch(path: str) -> Source | Diagnostic:
        return read_revision(evolve(revision, path=f"{folder}/{path}" if folder else path))

    return fetch


def paths_of(text: str, names: Iterable[str]) -> dict[str, str]:
    """The paths from the top of the repository of a contract, as it was asked for, and of its files.

    A contract that is a file knows the files that it uses by the paths they were read from, one at a
    revision by their revision too.
    """
    revision = revision_of(text)
    if revision is None:
        bundle = bundle_at(Path(text))
        own = text if isinstance(bundle, Diagnostic) else str(bundle.contract)
        files = {name: path_in_repository(Path(name)) for name in names if name}
        return {"": path_in_repository(Path(own)), **files}
    is_from_here = revision.path.startswith("./")

    def path(name: str) -> str:
        return path_in_repository(Path(name)) if is_from_here else name

    files = {name: path(name.removeprefix(f"{revision.ref}:")) for name in names if name}
    return {"": path(revision.path), **files}


def _finding(code: str, said: Message, name: str) -> Diagnostic:
    return Diagnostic(code, Severity.ERROR, said, Label(None, None, name), (), _CURES[code])


_CURES: Final = {
    "SIB851": message("git log shows the revisions, git fetch brings those of others"),
    "SIB852": message(
        "the path begins at the root of the repository; write REF:./path from where you are"
    ),
}
