"""Delays that are not counted in calendar days: *60 business days after*, *30 jours fin de mois*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import misphrased
from sibdsl.syntax.place import Place

_GAP: Final = r"[ \t\u00a0\u202f]+"
_BEFORE: Final = r"(?:[^\W\d_'’]+[ \t\u00a0'’]+){0,6}"
_WORKING: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"{_BEFORE}(?:\d+|[a-z]+){_GAP}(?:clear{_GAP})?(?:business|working){_GAP}days?\b"
    ),
    "fr": re.compile(
        rf"{_BEFORE}(?:\d+|[a-zé]+){_GAP}jours?{_GAP}(?:ouvrés?|ouvrables?|francs?)\b"
    ),
}
_MONTH_END: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"{_BEFORE}\d+{_GAP}days?{_GAP}(?:from{_GAP}|after{_GAP})?(?:the{_GAP})?"
        rf"(?:end{_GAP}of{_GAP}(?:the{_GAP})?month|month{_GAP}end|EOM)\b"
    ),
    "fr": re.compile(
        rf"{_BEFORE}\d+{_GAP}jours?{_GAP}(?:à{_GAP})?(?:la{_GAP})?fin{_GAP}d[eu]{_GAP}mois\b"
    ),
}
_COUNTRY: Final[Mapping[Language, str]] = {"en": "GB", "fr": "FR"}


def counted_otherwise(place: Place) -> Diagnostic | None:
    """A delay in business days, or to the end of a month: what can be said instead, and no number.

    Sixty business days are twelve weeks, so the same number of calendar days would be another date.
    """
    due = next((token for token in reversed(place.opened) if token.type == "DUE"), None)
    if due is None and "DUE" not in place.outlook.accepted:
        return None
    start = place.token.span.start if due is None else due.span.start
    words = place.lexer.words
    for patterns, is_working in ((_WORKING, True), (_MONTH_END, False)):
        written = patterns[place.language].match(place.text, start)
        if written is None:
            continue
        cure = message(
            "name the day, ‘due 2026-03-31’, or count days or months after an evaluation: no delay "
            "runs to the end of a month"
        )
        if is_working:
            clause = (
                f"{words.main_spelling('DUE')} … {words.main_spelling('DAYS')} "
                f"{words.main_spelling('AFTER')} {words.main_spelling('EVALUATION')}, "
                f"{words.main_spelling('NEXT_BUSINESS_DAY')} {words.main_spelling('IN')} "
                f"{_COUNTRY[place.language]}"
            )
            cure = message(
                "delays count calendar days, of which five business days take seven: write ‘{clause}’ "
                "with their number",
                clause=clause,
            )
        return misphrased.counted_otherwise(written[0], cure, Span(*written.span()))
    return None
