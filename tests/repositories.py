"""Real repositories of git for tests, which know nothing of the configuration of this machine."""

import os
import subprocess
from pathlib import Path

ALONE = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CEILING_DIRECTORIES": "/",
}


def git(folder: Path, *arguments: str, locale: str = "C.UTF-8") -> str:
    """Run git, which must succeed; what it printed."""
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        **ALONE,
        "LC_ALL": locale,
    }
    ran = subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False
    )
    printed = ran.stdout.decode("utf-8")
    assert ran.returncode == 0, f"git {arguments}\n{printed}\n{ran.stderr.decode()}"
    return printed


def repository(folder: Path) -> Path:
    """An empty repository in a folder, on the branch ``main``."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "--quiet", "--initial-branch=main")
    return folder


def commit(folder: Path, **texts: str) -> str:
    """Write files (``contract_sib`` is contract.sib) and commit all there is; the commit's name."""
    for name, text in texts.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a change")
    return git(folder, "rev-parse", "HEAD").strip()
