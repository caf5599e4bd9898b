"""Caps said as other contracts say them: *a cap of GBP 6,000 on X*, *in total*, *the Fund's return*."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.lexer import ANYTHING, Lexer, Token
from sibdsl.syntax.place import Place

_WHOLE_TERM: Final = message(
    "delete it: a cap bears on the whole term, unless it says ‘per evaluation’ or ‘per calendar year’"
)
_PER_YEAR: Final = message(
    "write ‘per calendar year’ behind the amount, or ‘per evaluation’ if each evaluation counts alone"
)
_YEARS: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:(?:per|a|each|every) (?:(?:calendar|full|contract) )?(?:year|annum)|annual(?:ly)?|yearly"
        r"|p\. ?a\.?|pa)(?!\w)"
    ),
    "fr": re.compile(
        r"(?:par an(?:née)?(?: civile| pleine)?|l['’]an(?:née)?|annuel(?:le)?s?|annuellement"
        r"|chaque année|p\. ?a\.?)(?!\w)"
    ),
}
_IN_ALL: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"in total|in all|in aggregate|overall|altogether"),
    "fr": re.compile(r"en tout|au total|en cumul|au global"),
}
_RETURN: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:[Tt]he )?(?P<investor>[^\s:,;]+(?: [^\s:,;]+)*?)(?:['’]s|(?<=s)['’]) "
        r"(?:(?:annual|yearly) )?return(?!\w)"
    ),
    "fr": re.compile(
        r"(?:(?:taux de )?rendement annuel|taux de rendement) (?P<of>de l['’]|de la |des |de |du |d['’])"
        r"(?P<investor>[^\s:,;]+(?: [^\s:,;]+)*)"
    ),
}


def cap_otherwise(place: Place) -> Diagnostic | None:
    """``cap on X``, ``cap GBP 6,000 …``, ``… per year``, ``… in total``: a cap said otherwise."""
    if all(token.type != "CAP" for token in place.opened) or place.last is None:
        return None
    if any(token.type == "RETURN_OF" for token in place.opened):
        return _rate_of_return(place)
    cap = next(token for token in reversed(place.opened) if token.type == "CAP")
    returned = _RETURN[place.language].match(place.text, _after_blanks(place, cap.span.end))
    if returned is not None and returned.end() >= place.token.span.start:
        return _return_of(place, returned)
    if place.last.type == "CAP":
        return _subject(place)
    return _period(place)


def _after_blanks(place: Place, at: int) -> int:
    return at + len(place.text[at:]) - len(place.text[at:].lstrip())


def _rate_of_return(place: Place) -> Diagnostic | None:
    """``cap return of X: 3% per annum``: a return is always worked out by the year."""
    assert place.last is not None
    word = place.lexer.words.main_spelling("PER_YEAR")
    for token in (place.token, place.last):
        written = _YEARS[place.language].match(place.text, token.span.start)
        if written is not None and written.end() >= place.token.span.end:
            return _other(written, message("write ‘{word}’", word=word))
    return None


def _return_of(place: Place, written: re.Match[str]) -> Diagnostic:
    """``cap the Fund's return``: whose return it is comes behind."""
    word = place.lexer.words.main_spelling("RETURN_OF")
    said = f"{word} {written['investor']}"
    if "of" in written.groupdict():  # `de`, `du`, `de la` as it was written
        said = f"{word.split()[0]} {written['of']}{written['investor']}"
    return _other(written, message("write ‘{word}’", word=said))


def _other(written: re.Match[str], cure: Message) -> Diagnostic:
    return mistakes.other_word(written[0], cure, Span(*written.span()))


def _subject(place: Place) -> Diagnostic | None:
    """What stands where the cap must say what it bears on."""
    token = place.token
    if token.type == "AMOUNT":
        return _cap_on_what(place, token)
    if token.type in {"ON", "OF", "FOR", "FROM", "AT", "TO"} or token.text == "sur":
        amount = place.lexer.token(token.span.end, ANYTHING)
        if amount.type == "AMOUNT":
            return _cap_on_what(place, amount)
        return mistakes.other_word(token.text, message("delete this word"), token.span)
    written = _YEARS[place.language].match(place.text, token.span.start)
    return None if written is None else _other(written, _PER_YEAR)


def _period(place: Place) -> Diagnostic | None:
    assert place.last is not None
    is_joining = place.token.type in {"AT", "OF", "TO", "IS", "ON"}
    amount = place.lexer.token(place.token.span.end, ANYTHING)
    if is_joining and "COLON" in place.outlook.accepted and amount.type == "AMOUNT":
        cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("COLON"))
        return mistakes.other_word(place.token.text, cure, place.token.span)
    for token in (place.token, place.last):
        for patterns, cure in ((_IN_ALL, _WHOLE_TERM), (_YEARS, _PER_YEAR)):
            written = patterns[place.language].match(place.text, token.span.start)
            if written is not None and written.end() >= place.token.span.end:
                return _other(written, cure)
    return None


def _cap_on_what(place: Place, amount: Token) -> Diagnostic:
    """``cap GBP 6,000``, ``cap of GBP 6,000 on X``: the amount before what it bears on."""
    lexer = Lexer(place.text, place.language)
    rest = lexer.token(amount.span.end, {"PER_PARTICIPANT"})
    subject = lexer.token(rest.span.end, ANYTHING)
    if rest.type == "PER_PARTICIPANT":
        cure = message(
            "write ‘at most {amount} per participant’, as the last line of the rate card",
            amount=amount.text,
        )
        return mistakes.other_word(amount.text, cure, amount.span)
    is_on = rest.type in {"ON", "FOR", "OF", "TO"} or rest.text in {"sur", "pour"}
    if is_on and subject.type == "NAME" and "\n" not in place.text[amount.span.end : rest.span.end]:
        cure = message("write ‘cap {subject}: {amount}’", subject=subject.text, amount=amount.text)
        whole = place.token.span.to(subject.span)
        return mistakes.other_word(place.text[whole.start : whole.end], cure, whole)
    cure = message("say what it bears on: ‘cap contract: {amount}’", amount=amount.text)
    return mistakes.other_word(amount.text, cure, amount.span)
