"""Lines of a rate card in other words: an outcome without its quotes or its price, *only once*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import misphrased, mistakes
from sibdsl.syntax.place import Place

_GAP: Final = r"[ \t\u00a0\u202f]+"
_RULES: Final = frozenset(
    {
        *("ONCE", "ONCE_PER_EVALUATION", "NO_LIMIT", "UP_TO", "AT_LEAST", "AT_MOST", "COMMA"),
        *("REQUIRES", "FOR_CLASS", "FOR_STARTS", "OUTCOME"),
    }
)
_ONCE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:only|just|at most) once(?: only)?(?! per)(?!\w)|once only|one time(?: only)?"
    ),
    "fr": re.compile(
        r"(?:seulement|uniquement|au plus|au maximum) une(?: seule)? fois|une unique fois"
        r"|une(?: seule)? fois (?:seulement|uniquement|au plus|maximum)|1 fois"
    ),
}
_HELD: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?:(?:held|sustained|kept){_GAP})?(?:for|during){_GAP}(?:at least{_GAP})?"
        rf"(?P<time>\d+{_GAP}(?:days?|months?|years?))(?!\w)(?:{_GAP}before)?"
    ),
    "fr": re.compile(
        rf"(?:(?:tenue?|maintenue?){_GAP})?(?:pendant|durant|pour|depuis){_GAP}(?:au moins{_GAP})?"
        rf"(?P<time>\d+{_GAP}(?:jours?|mois|ans?|années?))(?!\w)(?:{_GAP}(?:au moins|avant))?"
    ),
}
_WEEKS: Final = re.compile(r"(?:calendar )?weeks?|semaines?(?: calendaires?)?")


def unquoted_outcome(place: Place) -> Diagnostic | None:
    """``outcome Initial assessment: …``: a name of several words, of which one is small."""
    open_last = [token.type for token in place.opened[-2:]]
    if open_last == ["OUTCOME", "NAME"]:
        start = place.opened[-1].span.start
    elif open_last[-1:] == ["OUTCOME"] and place.token.text[:1].islower():
        start = place.token.span.start
    else:
        return _unquoted_requirement(place)
    line = re.compile(r"[^\n:\"«»“”]{1,80}(?=:)").match(place.text, start)
    if line is None or line.end() < place.token.span.end:
        return None
    text = line[0].rstrip()
    return misphrased.unquoted_outcome(text, Span(start, start + len(text)))


def _unquoted_requirement(place: Place) -> Diagnostic | None:
    """``requires Initial assessment``: an outcome of the card, named without its quotes."""
    name = place.last
    if name is None or name.type != "NAME" or all(one.type != "REQUIRES" for one in place.opened):
        return None
    phrase = re.compile(r"[^\n:,;\"«»“”]{1,80}").match(place.text, name.span.start)
    words = phrase[0].split(" ") if phrase else []
    outcome = "|".join(map(re.escape, place.lexer.words.spelled["OUTCOME"]))
    for number in range(len(words), 1, -1):
        written = " ".join(words[:number])
        stated = re.compile(rf"(?:{outcome})\s+[\"«“]?\s*(?i:{re.escape(written)})\s*[\"»”:]")
        if written.strip() and stated.search(place.text):
            return misphrased.unquoted_outcome(
                written, Span(name.span.start, name.span.start + len(written))
            )
    return None


def unpriced_outcome(place: Place) -> Diagnostic | None:
    """``outcome Housed: once``: a limit where the price belongs."""
    last = place.last
    is_priced = last is not None and last.type == "COLON"
    if not is_priced or all(token.type != "OUTCOME" for token in place.opened):
        return None
    if place.token.type not in _RULES or place.token.type in place.outlook.accepted - {"AT_LEAST"}:
        return None
    return misphrased.unpriced_outcome(place.token.text, place.here)


def once_otherwise(place: Place) -> Diagnostic | None:
    """``only once``: a limit that ``once`` says alone."""
    if all(token.type != "RATE_CARD" for token in place.opened):
        return None
    for token in (place.token, place.last):
        written = (
            None if token is None else _ONCE[place.language].match(place.text, token.span.start)
        )
        if written is not None and written.end() >= place.token.span.end:
            cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("ONCE"))
            return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def held_otherwise(place: Place) -> Diagnostic | None:
    """``requires Housed for at least 3 months``: the time between the two outcomes."""
    if all(token.type != "REQUIRES" for token in place.opened):
        return None
    for token in (place.token, place.last):
        written = (
            None if token is None else _HELD[place.language].match(place.text, token.span.start)
        )
        if written is not None and written.end() >= place.token.span.end:
            words = place.lexer.words
            at_least, before = words.main_spelling("AT_LEAST"), words.main_spelling("BEFORE")
            cure = message("write ‘{word}’", word=f"{at_least} {written['time']} {before}")
            return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def weeks(place: Place) -> Diagnostic | None:
    """``13 weeks``: time is counted in days, months and years."""
    number = place.last
    if number is None or number.type != "NUMBER" or "DAYS" not in place.outlook.accepted:
        return None
    written = _WEEKS.match(place.text, place.token.span.start)
    days = re.compile(r"\d{1,9}").fullmatch(number.text)
    if written is None or days is None:
        return None
    said = f"{7 * int(days[0])} {place.lexer.words.main_spelling('DAYS')}"
    return misphrased.weeks(said, Span(number.span.start, written.end()))
