"""The path of another file, as a contract names it: from its own folder, and never out of the contract's."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import Final

from sibdsl.diagnostics import Message, message

_ABSOLUTE: Final = re.compile(r"/|~|[A-Za-z]:|[a-z]+:/")


def path_from(file: str, named: str) -> str | Message:
    """The path that a file means, counted from the folder of the contract; or why it means none.

    ``file`` is the path of the file that names it. Only text is looked at: that no link leads out of
    the folder is for whoever opens the file.
    """
    if not named.strip() or named != named.strip() or named.endswith("/"):
        return message("‘{path}’ is not the name of a file", path=named)
    if "\\" in named:
        return message("‘{path}’ has ‘\\’ between its folders, where ‘/’ is read", path=named)
    if _ABSOLUTE.match(named):
        return message("‘{path}’ does not begin at the file that names it", path=named)
    path = normpath(join(dirname(file), named))
    if path == ".." or path.startswith("../"):
        return message("‘{path}’ leads out of the folder of the contract", path=named)
    return path
