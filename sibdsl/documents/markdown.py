"""Text of others made safe in Markdown as forges show it (CommonMark, and what GitHub and GitLab add)."""

import re
from typing import Final

from sibdsl.messages.visible import visible

_PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
_NEEDED: Final = frozenset("\\`*_{}[]<>#|~&@")
"""What may begin markup or a link in the middle of a line; the rest of punctuation stays readable."""
_REFERENCE: Final = re.compile(r"([@#!$%~^&:])(?=[\w\"'/])")
"""A sign that a forge turns into a mention, a reference, a picture or a link, when the Markdown is read."""


def escaped(text: str) -> str:
    """Text as it stands, on one line: no markup, no HTML, no link, no mention, no reference.

    An empty comment parts a sign such as ``@`` from the word behind it, because forges look for
    mentions after backslashes are gone.
    """
    parted = _REFERENCE.sub("\\1\0", visible(text))
    marked = _PUNCTUATION.sub(
        lambda found: f"\\{found[1]}" if found[1] in _NEEDED else found[1], parted
    )
    return re.sub(r"(?i)\b(www)\.", r"\1\\.", marked).replace("\0", "<!-- -->")


def code_span(text: str) -> str:
    """Text between backticks, more of them than it holds."""
    shown = visible(text)
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def fenced(text: str, language: str = "text") -> str:
    """Lines as a fenced block, its fence longer than any run of backticks in them."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return f"{fence}{language}\n{text.rstrip()}\n{fence}\n"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)
