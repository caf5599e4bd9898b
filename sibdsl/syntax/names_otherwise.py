"""Names that do not read as one: without a capital, with a small word or a digit in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sibdsl.diagnostics import Diagnostic
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.hints import JOINING
from sibdsl.syntax.lexer import ANYTHING, UNKNOWN_WORD, Lexer, Token
from sibdsl.syntax.place import Place

LONGEST: Final = 40
"""No name or keyword is longer: what is longer is not compared with them."""

_ARTICLES: Final = re.compile(r"(?:the|les?|la)\s+|l['’]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SEVERAL: Final = re.compile(rf"{_WORD.pattern}(?: (?:{_WORD.pattern}|\d{{1,3}})){{0,5}}")
_DECLARING: Final = (
    *("PARTY", "GROUP", "EVALUATION", "EVALUATIONS", "MEASURE", "TABLE", "CONDITION"),
    *("RATE_CARD", "PAYMENT", "OUTCOME"),
)
_MOST_LETTERS: Final = 6 * LONGEST
_CLAUSES: Final = frozenset({"WHEN", "UNLESS", "DUE"})


def capital_keyword(place: Place) -> Diagnostic | None:
    """``Payment Bonus``: a keyword that reads as a Defined Term."""
    name = place.last
    if name is None or name.type != "NAME" or place.outlook.accepted != {"MEANS"}:
        return None
    keywords = place.starts | _CLAUSES
    keyword = Lexer(name.text.lower(), place.language).token(0, keywords)
    if keyword.type not in keywords or _defines_in_several_words(place):
        return None
    written = name.text[: keyword.span.end]
    return mistakes.capital_keyword(
        written, keyword.text, Span(name.span.start, name.span.start + len(written))
    )


def _defines_in_several_words(place: Place) -> bool:
    """``Payment per Unit means …``: a name is meant, though it begins like a statement."""
    rest = place.lexer.token(place.token.span.end, ANYTHING)
    is_joined = place.token.text.replace("’", "'") in JOINING[place.language]
    return is_joined and rest.type == "NAME" and _is_defined(place, rest)


def _is_defined(place: Place, name: Token) -> bool:
    return place.lexer.token(name.span.end, ANYTHING).type == "MEANS"


def joined_name(place: Place) -> Diagnostic | None:
    """``Return to Work Rate``: a name, a small word, and more of the name on the same line."""
    name, token = place.last, place.token
    if name is None or name.type != "NAME":
        return None
    is_to_be_defined = place.outlook.accepted == {"MEANS"}
    if is_to_be_defined and token.article and _is_on_line(place, name, token):
        span = Span(name.span.start, token.span.end)
        return mistakes.joined_name(name.text, token.article.strip(), token.text, span)
    if token.text.replace("’", "'") not in JOINING[place.language]:
        return None
    rest = place.lexer.token(token.span.end, ANYTHING)
    span = Span(name.span.start, rest.span.end)
    if rest.type != "NAME" or rest.article or "\n" in place.text[span.start : span.end]:
        return None
    if place.outlook.accepted == {"BY"} and not _is_followed_by(place, rest, "BY"):
        return None  # `barème Prix par Écart`: the name is whole
    opening = place.values[0]
    is_payment = isinstance(opening, Token) and opening.type == "PAYMENT"
    if token.type == "AND" and is_payment and len(place.values) > 2:
        return mistakes.two_payees(name.text, rest.text, span)
    return mistakes.joined_name(name.text, token.text, rest.text, span)


def _is_followed_by(place: Place, token: Token, terminal: str) -> bool:
    return place.lexer.token(token.span.end, {terminal}).type == terminal


def _is_on_line(place: Place, one: Token, other: Token) -> bool:
    return "\n" not in place.text[one.span.start : other.span.end]


def number_in_name(place: Place) -> Diagnostic | None:
    """``party 3SC``: a name that begins with a digit."""
    if place.token.type != "NUMBER" or "NAME" not in place.outlook.accepted:
        return None
    word = re.compile(r"\d+[^\W\d_]\w*").match(place.text, place.token.span.start)
    if word is None or "NUMBER" in place.outlook.accepted:
        return None
    return mistakes.digit_in_front(word[0], Span(*word.span()))


def declared_name(place: Place) -> Diagnostic | None:
    """``to the bank``: what the contract declares, without its capitals."""
    if "NAME" not in place.outlook.accepted:
        return None
    article = _ARTICLES.match(place.text, place.token.span.start)
    start = article.end() if article else place.token.span.start
    words = _SEVERAL.match(place.text, start)
    if words is None or not words[0][0].islower() or len(words[0]) > _MOST_LETTERS:
        return None
    every = words[0].split(" ")
    tried = [" ".join(every[:number]) for number in range(len(every), 0, -1)]
    name = _as_declared(place, tried)
    if name is None:
        return None
    end = start + len(name)
    return mistakes.lower_case_name(place.text[start:end], name, Span(start, end))


def _as_declared(place: Place, tried: Sequence[str]) -> str | None:
    """The longest name of a statement of this contract that differs in nothing but its capitals."""
    declaring = "|".join(
        re.escape(phrase) for name in _DECLARING for phrase in place.lexer.words.spelled[name]
    )
    written = "|".join(map(re.escape, tried))
    statement = re.compile(rf"^[ \t]*(?:{declaring})[ \t]+((?i:{written}))(?!\w)", re.MULTILINE)
    found: set[str] = set()
    for one in statement.finditer(place.text):
        name = place.lexer.token(one.start(1), ANYTHING)
        if name.type == "NAME" and name.text.casefold() == one[1].casefold():
            found.add(name.text)
    return max(found, key=len, default=None)


def lower_case_name(place: Place) -> Diagnostic | None:
    """``the ministry``: a word that would be a name if it had its capital."""
    if "NAME" not in place.outlook.accepted or not place.token.text[:1].islower():
        return None
    start = place.token.span.start
    article = _ARTICLES.match(place.text, start)
    word = _WORD.match(place.text, article.end() if article else start)
    if word is None or len(word[0]) > LONGEST or not word[0][0].islower():
        return None
    behind = place.outlook.after("NAME")
    following = place.lexer.token(word.end(), behind.accepted if behind else ANYTHING)
    fits = behind is not None and following.type in behind.accepted
    if not fits and (place.token.type != UNKNOWN_WORD or not article):
        return None
    return mistakes.lower_case_name(word[0], word[0][0].upper() + word[0][1:], Span(*word.span()))
