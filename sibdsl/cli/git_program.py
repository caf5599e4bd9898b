"""Calling git: the one place that does. What git answers is a value; that it cannot is a finding."""

import subprocess
from pathlib import Path
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.files import is_folder
from sibdsl.frozen import frozen

_LONGEST_WAIT: Final = 60
"""Seconds after which git is given up."""


@frozen
class Answer:
    """What git said and the status it ended with; ``data`` is what it said, byte for byte."""

    status: int
    data: bytes
    complained: str

    @property
    def said(self) -> str:
        """What git said, as text."""
        return self.data.decode("utf-8", "replace")


def ask_git(folder: Path, *arguments: str) -> Answer | Diagnostic:
    """Run git in a folder; the finding SIB861 where there is no git to run."""
    try:
        ran = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
            timeout=_LONGEST_WAIT,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):  # ValueError: a NUL in a name
        text = message("the program git cannot be run here")
        cure = message("install git (git-scm.com), and see that it is on the search path")
        return Diagnostic("SIB861", Severity.ERROR, text, Label(None, None, str(folder)), (), cure)
    return Answer(ran.returncode, ran.stdout, ran.stderr.decode("utf-8", "replace"))


def refused_by_git(answer: Answer, place: Path) -> Diagnostic:
    """That git would not do what it was asked, in its own words."""
    why = " ".join(answer.complained.split())
    text = message("git refuses: {why}", why=why)
    return Diagnostic("SIB861", Severity.ERROR, text, Label(None, None, str(place)))


def repository_top(folder: Path) -> Path | Diagnostic:
    """The top folder of the working copy that a folder lies in; the finding SIB860 for none."""
    if not is_folder(folder):
        text = message("there is no such folder")
        return Diagnostic("SIB860", Severity.ERROR, text, Label(None, None, str(folder)))
    answer = ask_git(folder, "rev-parse", "--show-toplevel")
    if isinstance(answer, Diagnostic):
        return answer
    if answer.status == 0 and answer.said.strip():
        return Path(answer.said.removesuffix("\n"))
    return no_repository(answer, folder)


def no_repository(answer: Answer, folder: Path) -> Diagnostic:
    """That git knows no repository at a folder, or will not look into it."""
    if "dubious ownership" in answer.complained:
        return refused_by_git(answer, folder)
    text = message("this folder is in no working copy of a git repository")
    cure = message("run the command in the folder of your contracts, after git init or git clone")
    return Diagnostic("SIB860", Severity.ERROR, text, Label(None, None, str(folder)), (), cure)
