"""Literate contracts: CommonMark prose with the contract in its ``sib`` fences."""

from __future__ import annotations

import re
from typing import Final

from sibdsl.source import Span

# The line ends of CommonMark and no others: what a page does not show as a fence is not one.
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# What a reader takes for a fence of a contract, and no fence is: in a quotation, indented, otherwise marked.
_LIKE_A_FENCE: Final = re.compile(
    r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?P<mark>`{3,}|~{3,})[ \t]*\{?[ \t]*\.?sib(?:dsl)?(?!\w)[^`\r\n]*",
    re.IGNORECASE,
)
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^`\r\n]*)")


def is_literate(name: str) -> bool:
    """Whether a file of this name is prose with fences: ``*.sib.md``."""
    return name.lower().endswith(".sib.md")


def contract_text(markdown: str) -> str:
    """The text with everything outside the ``sib`` fences blanked, so that offsets stay true."""
    kept: list[str] = []
    place = 0
    for start, end in fences(markdown):
        kept += (_blank(markdown[place:start]), markdown[start:end])
        place = end
    kept.append(_blank(markdown[place:]))
    return "".join(kept)


def fences(markdown: str) -> tuple[Span, ...]:
    """What stands inside each ``sib`` fence, without the lines that open and close it."""
    found: list[Span] = []
    fence = ""
    inside: int | None = None
    at = 0
    for line in _LINE.findall(markdown):
        mark = _FENCE.match(line)
        if not fence and mark:
            fence = mark[1]
            inside = at + len(line) if mark[2].split()[:1] == ["sib"] else None
        elif fence and _closes(line, fence):
            if inside is not None:
                found.append(Span(inside, at))
            fence, inside = "", None
        at += len(line)
    if inside is not None:
        found.append(Span(inside, at))
    return tuple(found)


def unread_fences(markdown: str) -> tuple[Span, ...]:
    """The opening lines that look like those of ``sib`` fences and are none; not within other fences."""
    found: list[Span] = []
    fence = ""
    at = 0
    for line in _LINE.findall(markdown):
        if not fence:
            mark, like = _FENCE.match(line), _LIKE_A_FENCE.match(line)
            fence = mark[1] if mark else ""
            is_read = mark is not None and mark[2].split()[:1] == ["sib"]
            if like and not is_read:
                found.append(Span(at + like.start("mark"), at + len(like[0].rstrip())))
        elif _closes(line, fence):
            fence = ""
        at += len(line)
    return tuple(found)


def _closes(line: str, fence: str) -> bool:
    mark = _FENCE.match(line)
    return bool(mark and mark[1].startswith(fence) and not mark[2].strip())


def _blank(line: str) -> str:
    return re.sub(r"[^\r\n]", " ", line)
