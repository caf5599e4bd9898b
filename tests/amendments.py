"""Amendments to the example contracts, as texts before and after."""

from pathlib import Path

import sibdsl
from sibdsl.review.change import Change
from sibdsl.review.changes import What
from sibdsl.review.comparison import Comparison

EXAMPLES = Path(__file__).parent.parent / "examples"


def example(name: str) -> str:
    """The text of an example contract."""
    return (EXAMPLES / name / "contract.sib").read_text(encoding="utf-8")


def amended(text: str, *replacements: tuple[str, str]) -> str:
    """The text with each of these replaced, wherever it stands; it stands somewhere."""
    for old, new in replacements:
        assert old in text, old
        text = text.replace(old, new)
    return text


def compared(old: str, new: str, *, effects: bool = False) -> Comparison:
    """Two texts compared."""
    return sibdsl.diff(sibdsl.parse(old, "old.sib"), sibdsl.parse(new, "new.sib"), effects=effects)


def changes(old: str, new: str) -> tuple[Change, ...]:
    """Every change between two texts."""
    return compared(old, new).changes


def kinds(comparison: Comparison) -> list[type[What]]:
    """The kinds of change, in order."""
    return [type(change.what) for change in comparison.changes]
