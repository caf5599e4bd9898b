"""A comparison as Markdown: what a reviewer reads under a proposed change, and in the summary of a job.

The answer comes first, then the changes, then the largest effects on payments. It can follow another
report, so it begins with an empty line. Whatever would make it longer than forges take is left out,
whole parts at a time, and their number is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.documents.case_tables import HEADINGS, cases_told
from sibdsl.documents.comparison_sentences import (
    EFFECTS,
    NO_TEXT,
    amendments_told,
    change_told,
    meant,
    parted,
    verdict,
    versions,
)
from sibdsl.documents.effect_sentences import more_examples_told, moved_told, search_told
from sibdsl.documents.markdown import code_span, escaped
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.change import Audience, Change
from sibdsl.review.comparison import Comparison, Effects

_LONGEST: Final = 60_000
"""GitHub takes comments of 65,536 characters."""
_MOST_OPEN: Final = 12
"""Longer lists and tables are folded."""


@frozen
class _Part:
    """A piece of the answer that is left out whole or not at all; ``counts`` for how many it stands."""

    text: str
    counts: int = 1


def comparison_markdown(
    comparison: Comparison, wording: Wording, audience: Audience | None = None
) -> str:
    """The comparison in the language of the new version."""
    name = comparison.new_name or comparison.old_name
    head = f"\n### sib diff {code_span(name)}\n" if name else "\n### sib diff\n"
    head += f"\n**{escaped(verdict(comparison, wording))}**<br>\n"
    head += f"{escaped(versions(comparison, wording))}\n"
    for amendment in amendments_told(comparison, wording):
        head += f"\n{escaped(amendment)}\n"
    if not comparison.has_texts:
        head += f"\n{escaped(wording.sentence(NO_TEXT))}\n"
    end = ""
    if comparison.effects is not None:
        end = f"\n{escaped(search_told(comparison.effects, wording))}\n"
    text, left_out = head, 0
    for part in _parts(comparison, wording, audience):
        if left_out or len(text) + len(part.text) + len(end) > _LONGEST:
            left_out += part.counts
        else:
            text += part.text
    if left_out:
        told = message("not shown, for want of room: {number}", number=left_out)
        text += f"\n{escaped(wording.sentence(told))}\n"
    return text + end


def _parts(comparison: Comparison, wording: Wording, audience: Audience | None) -> Iterator[_Part]:
    for title, changes in parted(comparison.changes, audience):
        yield from _changes(title, changes, wording, audience)
    if comparison.effects is not None:
        yield from _effects(comparison.effects, wording)


def _title(title: Message, wording: Wording) -> _Part:
    return _Part(f"\n**{escaped(wording.say(title))}**\n", counts=0)


# ----------------------------------------------------------------------------------------- changes


def _changes(
    title: Message, changes: Sequence[Change], wording: Wording, audience: Audience | None
) -> Iterator[_Part]:
    """The changes under their title; those beyond the first few in a fold."""
    items = [_item(change, wording, audience) for change in changes]
    yield _title(title, wording)
    for at, item in enumerate(items[:_MOST_OPEN]):
        yield _Part(item if at else f"\n{item}")
    rest = items[_MOST_OPEN:]
    for start in range(0, len(rest), _MOST_FOLDED):
        some = rest[start : start + _MOST_FOLDED]
        said = wording.say(message("More changes: {number}", number=len(some)))
        yield _Part(_folded(said, "".join(some)), counts=len(some))


_MOST_FOLDED: Final = 40


def _item(change: Change, wording: Wording, audience: Audience | None) -> str:
    told = meant(change, wording, audience)
    means = f"<br>\n  *{escaped(told)}*" if told else ""
    return f"- {escaped(change_told(change, wording))}{means}\n"


# ----------------------------------------------------------------------------------------- effects


def _effects(effects: Effects, wording: Wording) -> Iterator[_Part]:
    yield _title(EFFECTS, wording)
    for moved in moved_told(effects.moved, wording):
        yield _Part(f"\n{escaped(moved)}\n")
    for told in cases_told(effects, wording):
        table = _table(told.rows, wording)
        if len(told.rows) > _MOST_OPEN:
            said = message("Payments that differ: {number}", number=len(told.rows))
            table = _folded(wording.say(said), table)
        yield _Part(f"\n{escaped(told.said)}\n{table}")
    more = more_examples_told(effects, wording)
    if more:
        yield _Part(f"\n{escaped(more)}\n")


def _table(rows: Sequence[tuple[str, str, str]], wording: Wording) -> str:
    if not rows:
        return ""
    lines = [
        _row([wording.say(each) for each in HEADINGS]),
        "| :-- | --: | --: |",
        *map(_row, rows),
    ]
    return "\n" + "".join(f"{line}\n" for line in lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def _folded(summary: str, body: str) -> str:
    """What a reader opens; the empty lines let Markdown begin again inside."""
    return f"\n<details><summary>{escape(summary)}</summary>\n\n{body.strip()}\n\n</details>\n"
