"""Both texts of a comparison side by side, each change told under its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from attrs import evolve

from sibdsl.diagnostics import message
from sibdsl.documents.comparison_sentences import change_told, is_gone, meant
from sibdsl.documents.html import Note, Pair, escaped, folded, more_side_by_side, side_by_side
from sibdsl.documents.sides import sides
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.change import Audience, Change
from sibdsl.source import Source

_AROUND: Final = 3
"""So many lines around a change are shown as they are."""
_MOST_SAME: Final = 8
"""More lines that are the same are folded."""

_Lines = Mapping[tuple[str, int], list[Note]]
"""What is told under a line, by the name of its file and its number."""


@frozen
class Texts:
    """Both versions of a text, and the changes between them."""

    old: Source
    new: Source
    changes: tuple[Change, ...]


def texts_html(texts: Texts, wording: Wording, audience: Audience | None) -> str:
    """The contract, then each used file that differs, with the changes under their lines."""
    notes = _notes(texts.changes, wording, audience)
    body = f"<h2>{escaped(wording.say(message('Both texts')))}</h2>\n"
    for old_name, new_name in _files(texts):
        old, new = _lines(texts.old, old_name), _lines(texts.new, new_name)
        pairs = [_noted(pair, old_name, new_name, notes) for pair in sides(old, new)]
        if not new_name or any(pair.notes or not pair.is_same for pair in pairs):
            names = _called(texts.old, old_name), _called(texts.new, new_name)
            body += "".join(_parts(pairs, names, wording))
    return body


def _files(texts: Texts) -> Iterator[tuple[str | None, str | None]]:
    """The files of both, each beside the one of the same path; its revision does not count."""
    olds = {name.rpartition(":")[2]: name for name in texts.old.files}
    news = {name.rpartition(":")[2]: name for name in texts.new.files}
    for path in sorted({*olds, *news}):
        yield olds.get(path), news.get(path)


def _called(source: Source, name: str | None) -> str:
    """The name of a file as it is shown; empty where that version has no such file."""
    return "" if name is None else name or source.name


def _lines(source: Source, name: str | None) -> list[str]:
    return [] if name is None else source.files[name].text.splitlines()


def _notes(changes: Sequence[Change], wording: Wording, audience: Audience | None) -> _Lines:
    """What is told under the lines: of the new text, with ``-`` before its file of the old one."""
    notes: dict[tuple[str, int], list[Note]] = {}
    for change in changes:
        place = change.old if is_gone(change) else change.new
        if place is not None:
            said = change_told(change, wording, with_line=False)
            text = f"{said} {meant(change, wording, audience)}".strip()
            key = f"{'-' if is_gone(change) else '+'}{place.file}", place.start.line
            notes.setdefault(key, []).append(Note(f"change-{change.fingerprint}", text))
    return notes


def _noted(pair: Pair, old_name: str | None, new_name: str | None, notes: _Lines) -> Pair:
    found: list[Note] = []
    if pair.before is not None:
        found += notes.get((f"-{old_name}", pair.before.number), ())
    if pair.after is not None:
        found += notes.get((f"+{new_name}", pair.after.number), ())
    return evolve(pair, notes=tuple(found)) if found else pair


def _parts(pairs: Sequence[Pair], names: tuple[str, str], wording: Wording) -> Iterator[str]:
    """The lines near a change, and between them those that are the same, folded where they are many."""
    shown = _shown(pairs)
    runs = [
        (is_shown, [pair for _, pair in run])
        for is_shown, run in groupby(zip(shown, pairs, strict=True), key=lambda each: each[0])
    ]
    if not pairs or not runs[0][0]:
        yield side_by_side((), *names)
    for number, (is_shown, run) in enumerate(runs):
        if not is_shown:
            said = message("Lines that are the same: {number}", number=len(run))
            yield folded(wording.say(said), more_side_by_side(run))
        elif number:
            yield more_side_by_side(run)
        else:
            yield side_by_side(run, *names)


def _shown(pairs: Sequence[Pair]) -> list[bool]:
    """Whether each line is near a change, or in a run of the same that is too short to be folded."""
    told = [at for at, pair in enumerate(pairs) if pair.notes or not pair.is_same]
    near = [False] * len(pairs)
    for at in told:
        for place in range(max(0, at - _AROUND), min(len(pairs), at + _AROUND + 1)):
            near[place] = True
    shown: list[bool] = []
    for is_near, run in groupby(near):
        length = len(list(run))
        shown += [is_near or length <= _MOST_SAME] * length
    return shown
