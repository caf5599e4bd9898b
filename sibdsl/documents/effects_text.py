"""What a change does to payments, as a part of the text of a comparison."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sibdsl.documents.comparison_sentences import EFFECTS
from sibdsl.documents.display import wrapped
from sibdsl.documents.effect_sentences import (
    by_case,
    examples_told,
    found_told,
    moved_told,
    results_told,
    search_told,
)
from sibdsl.documents.wording import Wording
from sibdsl.review.comparison import Effects

_BENEATH: Final = "    "


def effects_text(effects: Effects, wording: Wording) -> Iterator[str]:
    """The lines of this part, an empty one first."""
    yield from ("", wording.say(EFFECTS))
    for text in (*moved_told(effects.moved, wording), *examples_told(effects, wording)):
        yield ""
        yield from _paragraph(text)
    if effects.reported is not None:
        yield ""
        yield from _paragraph(results_told(effects.reported, wording))
    for case, differences in by_case(effects.largest):
        yield ""
        yield from _paragraph(" ".join(found_told(case, differences, wording)))
    yield ""
    yield from wrapped(search_told(effects, wording))


def _paragraph(text: str) -> Iterator[str]:
    first, *rest = wrapped(text)
    yield f"  {first}"
    for line in rest:
        yield f"{_BENEATH}{line}"
