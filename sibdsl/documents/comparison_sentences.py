"""What every form of a comparison says in the same words: the verdict, each change, for whom it is what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from sibdsl.checks.bounds.trends import Trend
from sibdsl.diagnostics import Message, message
from sibdsl.documents.change_sentences import sentence_of, subject
from sibdsl.documents.wording import Wording, listed
from sibdsl.review.change import Audience, Change, Impact
from sibdsl.review.changes import (
    WORDS_ONLY,
    EffectiveDateChanged,
    OutcomeAdded,
    OutcomeRemoved,
    RowAdded,
    RowRemoved,
    What,
    WordingAspect,
    WordingChanged,
)
from sibdsl.review.comparison import Comparison, Meaning, TakingEffect

CHANGES: Final = message("Changes")
WORDS: Final = message("Words only")
EFFECTS: Final = message("What it does to payments")
NO_TEXT: Final = message(
    "a plan has no text: only what falls due is compared, not what was changed"
)


def verdict(comparison: Comparison, wording: Wording) -> str:
    """Whether both mean the same, in one sentence."""
    match comparison.meaning:
        case Meaning.SAME:
            return wording.sentence(_same(comparison))
        case Meaning.SAME_BUT_NAMES:
            return wording.sentence(message("the same meaning but for names"))
        case Meaning.DIFFERENT:
            return wording.sentence(message("not the same meaning"))
        case _:
            assert_never(comparison.meaning)


def _same(comparison: Comparison) -> Message:
    if any(_is_more_than_words(each.what) for each in comparison.changes):
        return message("the same payments, whatever the results; see what changed all the same")
    return message("the same meaning: layout, comments, words only")


def _is_more_than_words(what: What) -> bool:
    """Whether a change is to be seen though it moves no money: another day, perhaps another party."""
    match what:
        case EffectiveDateChanged():
            return True
        case WordingChanged(aspect=WordingAspect.FULL_NAME, old=old, new=new):
            return bool(old and new)
        case _:
            return False


def amendments_told(comparison: Comparison, wording: Wording) -> Iterator[str]:
    """From which day each amendment of the new version governs, and what."""
    for amendment in comparison.amended_by:
        yield wording.sentence(_takes_effect(amendment))


def _takes_effect(amendment: TakingEffect) -> Message:
    """From which day an amendment governs, and what."""
    if not amendment.evaluations:
        return message(
            "“{title}” takes effect on {day}, after the last evaluation: it governs none",
            title=amendment.title,
            day=amendment.since,
        )
    return message(
        "“{title}” takes effect on {day}: it governs {evaluations}",
        title=amendment.title,
        day=amendment.since,
        evaluations=amendment.evaluations,
    )


def versions(comparison: Comparison, wording: Wording) -> str:
    """What was compared: ``signed.sib (85e1dc793239) → amended.sib (5d23cb02baf9)``."""
    return wording.say(
        message(
            "{old} ({old_digest}) → {new} ({new_digest})",
            old=comparison.old_name or message("a plan"),
            new=comparison.new_name or message("a plan"),
            old_digest=comparison.old_digest[:12],
            new_digest=comparison.new_digest[:12],
        )
    )


def parted(
    changes: Sequence[Change], audience: Audience | None
) -> tuple[tuple[Message, list[Change]], ...]:
    """Those that may move money, worst for an audience first, and those of words only; titled."""
    told = [each for each in changes if not isinstance(each.what, WORDS_ONLY)]
    words = [each for each in changes if isinstance(each.what, WORDS_ONLY)]
    if audience is not None:
        told.sort(key=lambda change: _FIRST.index(change.impacts.on(audience)))
    return tuple((title, each) for title, each in ((CHANGES, told), (WORDS, words)) if each)


_FIRST: Final = (Impact.WORSE, Impact.EITHER, Impact.BETTER, Impact.NONE)


def change_told(change: Change, wording: Wording, *, with_line: bool = True) -> str:
    """The sentence of a change, with the line it stands on."""
    said = message("{what}: {said}", what=subject(change), said=sentence_of(change, wording))
    where = _where(change) if with_line else None
    if where is not None:
        said = message("{said} ({line})", said=said, line=where)
    return wording.sentence(said)


def is_gone(change: Change) -> bool:
    """Whether nothing stands in the new version where it stood, but what it was part of may."""
    return change.new is None or isinstance(change.what, RowRemoved | OutcomeRemoved)


def _where(change: Change) -> Message | None:
    old, new = change.old, change.new
    if old is not None and is_gone(change):
        return message("line {number} of the old version", number=str(old.start.line))
    if new is None:
        return None
    if new.file:
        return message("line {number} of {file}", number=str(new.start.line), file=new.file)
    is_new = isinstance(change.what, RowAdded | OutcomeAdded)
    if old is None or is_new or old.start.line == new.start.line:
        return message("line {number}", number=str(new.start.line))
    return message(
        "line {number}, formerly {old}", number=str(new.start.line), old=str(old.start.line)
    )


def meant(change: Change, wording: Wording, audience: Audience | None) -> str:
    """Which payments it bears on and how, and for whom it is better or worse; empty for none of it."""
    said = [*_payments(change)]
    asked = Audience if audience is None else (audience,)
    impacts = [(each, change.impacts.on(each)) for each in asked]
    told = [each for each in impacts if each[1] is not Impact.NONE or audience]
    return " ".join(wording.sentence(each) for each in (*said, *_joined(told)))


def _payments(change: Change) -> Iterator[Message]:
    for trend, template in _TRENDS:
        names = tuple(each.payment for each in change.bears_on if each.trend is trend)
        if names:
            yield message(template.template, payments=names)


_TRENDS: Final = (
    (Trend.RISES, message("pays more: {payments}")),
    (Trend.FALLS, message("pays less: {payments}")),
    (Trend.UNSURE, message("may pay more or less: {payments}")),
)


def _joined(told: Sequence[tuple[Audience, Impact]]) -> Iterator[Message]:
    """*Better for the payer and worse for the investor and the provider*."""
    parts: list[Message] = []
    for impact in dict.fromkeys(each for _, each in told):
        whom = listed([_AUDIENCES[audience] for audience, each in told if each is impact])
        parts.append(message("{impact} for {audiences}", impact=_IMPACTS[impact], audiences=whom))
    if parts:
        yield listed(parts)


_IMPACTS: Final = {
    Impact.BETTER: message("better"),
    Impact.WORSE: message("worse"),
    Impact.EITHER: message("better or worse"),
    Impact.NONE: message("neither better nor worse"),
}
_AUDIENCES: Final = {
    Audience.PAYER: message("the payer"),
    Audience.INVESTOR: message("the investor"),
    Audience.PROVIDER: message("the provider"),
}
