"""A comparison of two versions as text: what they mean to each other, what changed, what it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from sibdsl.checks.bounds.trends import Trend
from sibdsl.diagnostics import Message, message
from sibdsl.documents.change_sentences import sentence_of, subject
from sibdsl.documents.display import wrapped
from sibdsl.documents.effects_text import effects_text
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

_BENEATH = "    "


def comparison_text(
    comparison: Comparison, wording: Wording, audience: Audience | None = None
) -> str:
    """The comparison in the language of the new version, ending with a line end.

    For an audience, only what changes mean for it is told, and what is worse for it comes first.
    """
    lines = [*_head(comparison, wording)]
    told = [each for each in comparison.changes if not isinstance(each.what, WORDS_ONLY)]
    words = [each for each in comparison.changes if isinstance(each.what, WORDS_ONLY)]
    if audience is not None:
        told.sort(key=lambda change: _FIRST.index(change.impacts.on(audience)))
    for title, changes in ((_CHANGES, told), (_WORDS, words)):
        if changes:
            lines += ["", wording.say(title), ""]
            for change in changes:
                lines += _change(change, wording, audience)
    if comparison.effects is not None:
        lines += effects_text(comparison.effects, wording)
    return "".join(f"{line}\n" for line in lines)


_CHANGES: Final = message("Changes")
_WORDS: Final = message("Words only")
_FIRST: Final = (Impact.WORSE, Impact.EITHER, Impact.BETTER, Impact.NONE)


def _head(comparison: Comparison, wording: Wording) -> Iterator[str]:
    match comparison.meaning:
        case Meaning.SAME:
            yield wording.sentence(_same(comparison))
        case Meaning.SAME_BUT_NAMES:
            yield wording.sentence(message("the same meaning but for names"))
        case Meaning.DIFFERENT:
            yield wording.sentence(message("not the same meaning"))
    yield wording.say(
        message(
            "{old} ({old_digest}) → {new} ({new_digest})",
            old=comparison.old_name or message("a plan"),
            new=comparison.new_name or message("a plan"),
            old_digest=comparison.old_digest[:12],
            new_digest=comparison.new_digest[:12],
        )
    )
    for amendment in comparison.amended_by:
        yield from wrapped(wording.sentence(_takes_effect(amendment)))
    if not comparison.has_texts:
        yield wording.sentence(
            message("a plan has no text: only what falls due is compared, not what was changed")
        )


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


def _change(change: Change, wording: Wording, audience: Audience | None) -> Iterator[str]:
    said = message("{what}: {said}", what=subject(change), said=sentence_of(change, wording))
    where = _where(change)
    if where is not None:
        said = message("{said} ({line})", said=said, line=where)
    first, *rest = wrapped(wording.sentence(said))
    yield f"  {first}"
    for line in rest:
        yield f"{_BENEATH}{line}"
    for text in _meant(change, wording, audience):
        for line in wrapped(text):
            yield f"{_BENEATH}{line}"


def _where(change: Change) -> Message | None:
    old, new = change.old, change.new
    if old is not None and (new is None or isinstance(change.what, RowRemoved | OutcomeRemoved)):
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


def _meant(change: Change, wording: Wording, audience: Audience | None) -> Iterator[str]:
    """Which payments it bears on and how, and for whom it is better or worse."""
    said = [*_payments(change)]
    asked = Audience if audience is None else (audience,)
    impacts = [(each, change.impacts.on(each)) for each in asked]
    told = [each for each in impacts if each[1] is not Impact.NONE or audience]
    if said or told:
        yield " ".join(wording.sentence(each) for each in (*said, *_joined(told)))


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
