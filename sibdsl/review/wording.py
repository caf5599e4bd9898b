"""What changed in the text and not in the meaning: comments, order, layout, language."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from sibdsl.review import changes
from sibdsl.review.amending import is_less_amended
from sibdsl.review.change import Sort
from sibdsl.review.found import Found, Two, Version
from sibdsl.review.pairs import Pair, name_of, sort_of
from sibdsl.syntax.nodes import Comment


def comments(two: Two) -> Iterator[Found]:
    """Comments that came, went or were changed."""
    old, new = _comments(two.old, two.new), _comments(two.new, two.old)
    before, after = ([_words((each,)) for each in comments] for comments in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, from_, to in matcher.get_opcodes():
        if tag != "equal":
            yield from _changed(old[start:end], new[from_:to])


def _comments(version: Version, other: Version) -> Sequence[Comment]:
    """Those of a version; none where the other amends it, and so keeps only its own."""
    return () if is_less_amended(version, other) else version.checked.contract.comments


def _changed(old: Sequence[Comment], new: Sequence[Comment]) -> Iterator[Found]:
    """A run of lines is one comment that was rewritten."""
    what = changes.CommentChanged(_words(old) or None, _words(new) or None)
    yield Found(Sort.TEXT, "", what, old[0] if old else None, new[0] if new else None)


def _words(comments: Sequence[Comment]) -> str:
    return " ".join(" ".join(each.text.split()) for each in comments)


def reordered(two: Two, pairs: Sequence[Pair], ranked: frozenset[str]) -> Iterator[Found]:
    """The fewest statements whose moving explains the new order; ``ranked`` are told otherwise."""
    place = {id(each): at for at, each in enumerate(two.old.checked.contract.statements)}
    both = [(pair.old, pair.new) for pair in pairs if pair.old and pair.new]
    still = _longest_rise([place[id(old)] for old, _ in both])
    moved = [pair for at, pair in enumerate(both) if at not in still]
    kept = [pair for pair in moved if name_of(pair[1]) not in ranked]
    if kept:
        names = tuple(name_of(new) or sort_of(new).value for _, new in kept)
        yield Found(Sort.TEXT, "", changes.Reordered(names), *kept[0])


def _longest_rise(places: Sequence[int]) -> frozenset[int]:
    """The places, in the list, of a longest run of rising numbers."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else None)
        if length == len(ends):
            ends.append(place)
            last.append(at)
        else:
            ends[length], last[length] = place, at
    found: set[int] = set()
    current = last[-1] if last else None
    while current is not None:
        found.add(current)
        current = before[current]
    return frozenset(found)


def language(two: Two) -> Iterator[Found]:
    """Keywords of another language."""
    old, new = two.old.checked.contract, two.new.checked.contract
    if old.language != new.language:
        yield Found(Sort.TEXT, "", changes.Translated(old.language, new.language), None, None)


def layout(two: Two) -> Iterator[Found]:
    """Where nothing else changed and the text did."""
    if two.old.source.text != two.new.source.text:
        yield Found(Sort.TEXT, "", changes.LayoutChanged(), None, None)
