"""A comparison of two versions as text: what they mean to each other, what changed, what it does."""

from __future__ import annotations

from collections.abc import Iterator

from sibdsl.documents.comparison_sentences import (
    NO_TEXT,
    amendments_told,
    change_told,
    meant,
    parted,
    verdict,
    versions,
)
from sibdsl.documents.display import wrapped
from sibdsl.documents.effects_text import effects_text
from sibdsl.documents.wording import Wording
from sibdsl.review.change import Audience, Change
from sibdsl.review.comparison import Comparison

_BENEATH = "    "


def comparison_text(
    comparison: Comparison, wording: Wording, audience: Audience | None = None
) -> str:
    """The comparison in the language of the new version, ending with a line end.

    For an audience, only what changes mean for it is told, and what is worse for it comes first.
    """
    lines = [verdict(comparison, wording), versions(comparison, wording)]
    for told in amendments_told(comparison, wording):
        lines += wrapped(told)
    if not comparison.has_texts:
        lines.append(wording.sentence(NO_TEXT))
    for title, changes in parted(comparison.changes, audience):
        lines += ["", wording.say(title), ""]
        for change in changes:
            lines += _change(change, wording, audience)
    if comparison.effects is not None:
        lines += effects_text(comparison.effects, wording)
    return "".join(f"{line}\n" for line in lines)


def _change(change: Change, wording: Wording, audience: Audience | None) -> Iterator[str]:
    first, *rest = wrapped(change_told(change, wording))
    yield f"  {first}"
    for line in rest:
        yield f"{_BENEATH}{line}"
    told = meant(change, wording, audience)
    if told:
        for line in wrapped(told):
            yield f"{_BENEATH}{line}"
