"""A comparison as the writers for forges take it: where each change is shown, and how loudly."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import assert_never

from sibdsl.documents.comparison_sentences import change_told, meant
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.change import Audience, Change, Impact, Place
from sibdsl.review.comparison import Comparison


@frozen
class Compared:
    """A comparison, for whom it is told, and the files of the new version as a forge knows them.

    ``paths`` has the path from the top of the repository for each name that a ``Place`` may have:
    the empty one, of the contract's own file, among them.
    """

    comparison: Comparison
    wording: Wording
    audience: Audience | None
    paths: Mapping[str, str]

    def path(self, place: Place | None) -> str:
        """The file to show something in: the contract's own for what stands nowhere."""
        name = "" if place is None else place.file
        return self.paths.get(name, name)

    def told(self, change: Change) -> str:
        """The sentence of a change, and what it means for whom under it."""
        said = change_told(change, self.wording)
        means = meant(change, self.wording, self.audience)
        return f"{said}\n{means}" if means else said


class Weight(Enum):
    """How much a change asks for a reader: no change is a mistake, so none is an error."""

    LOSS = "worse for the side it is judged for"
    DOUBT = "may be worse for that side; for any, where none is named"
    NOTE = "nothing to lose by it"


def weight(change: Change, audience: Audience | None) -> Weight:
    """What a change asks for: by its impact on the audience, or on all of them."""
    impacts = [change.impacts.on(each) for each in (Audience if audience is None else (audience,))]
    if audience is None:
        return Weight.NOTE if set(impacts) == {Impact.NONE} else Weight.DOUBT
    (impact,) = impacts
    match impact:
        case Impact.WORSE:
            return Weight.LOSS
        case Impact.EITHER:
            return Weight.DOUBT
        case Impact.BETTER | Impact.NONE:
            return Weight.NOTE
        case _:
            assert_never(impact)


def is_loud(change: Change, audience: Audience | None) -> bool:
    """Whether a change is shown as a warning: one that the side it is judged for may lose by."""
    return audience is not None and weight(change, audience) is not Weight.NOTE
