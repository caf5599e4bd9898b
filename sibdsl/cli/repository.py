"""Where the files of a command stand in the repository that they are kept in."""

import os
from pathlib import Path


def top_of_repository(folder: Path) -> Path | None:
    """The folder, or the nearest one above it, that git keeps; None if there is none."""
    return next((each for each in (folder, *folder.parents) if (each / ".git").exists()), None)


def path_in_repository(path: Path) -> str:
    """A path as a forge knows it: from the top of the repository, with forward slashes.

    Outside a repository it is counted from the working folder; a file elsewhere keeps its own path.
    """
    here = Path.cwd()
    top = top_of_repository(here) or here
    for whole in (os.path.abspath(path), os.path.realpath(path)):  # noqa: PTH100 -- no link followed
        if Path(whole).is_relative_to(top):
            return Path(whole).relative_to(top).as_posix()
    return path.as_posix()
