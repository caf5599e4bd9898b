"""Calling git: the one place that does. What git answers is a value; that it cannot is a finding."""

import subprocess
from pathlib import Path

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.files import is_folder
from sibdsl.frozen import frozen


@frozen
class Answer:
    """What git said and the status it ended with."""

    status: int
    said: str
    complained: str


def ask_git(folder: Path, *arguments: str) -> Answer | Diagnostic:
    """Run git in a folder; the finding SIB861 where there is no git to run."""
    try:
        ran = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    except (OSError, ValueError):
        text = message("the program git cannot be run here")
        cure = message("install git (git-scm.com), and see that it is on the search path")
        return Diagnostic("SIB861", Severity.ERROR, text, Label(None, None, str(folder)), (), cure)
    said, complained = (out.decode("utf-8", "replace") for out in (ran.stdout, ran.stderr))
    return Answer(ran.returncode, said, complained)


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
    if "dubious ownership" in answer.complained:
        return refused_by_git(answer, folder)
    text = message("this folder is in no working copy of a git repository")
    cure = message("run the command in the folder of your contracts, after git init or git clone")
    return Diagnostic("SIB860", Severity.ERROR, text, Label(None, None, str(folder)), (), cure)
