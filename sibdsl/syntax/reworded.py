"""Clauses said otherwise whose cure is made of the drafter's own figures and names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.numerals import Language, Misread, read_number, say_number, say_percentage
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.lexer import ANYTHING, Lexer, Token
from sibdsl.syntax.place import Place

_AMOUNT: Final[Mapping[Language, str]] = {
    "en": r"(?P<amount>[A-Z]{3}[ \u00a0]?\d+(?:,\d{3})*(?:\.\d+)?)",
    "fr": r"(?P<amount>\d[\d \u00a0\u202f]*(?:,\d+)?[ \u00a0\u202f]?(?:EUR|€|[A-Z]{3}\b))",
}
_LIMIT: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r",?\s*(?:subject to (?:a|an overall) |up to |within |limited to |capped at |not exceeding |"
        r"not to exceed |with a )(?:a )?(?:total )?(?:(?:limit|maximum|cap|ceiling) of )?"
        + _AMOUNT["en"]
    ),
    "fr": re.compile(
        r",?\s*(?:dans la limite (?:de |d['’])|dans une limite de |sans (?:pouvoir )?(?:excéder|dépasser) |"
        r"plafonnée?s? à |limitée?s? à |jusqu['’]à |à hauteur de |sous (?:un )?plafond de |"
        r"avec un plafond de |au maximum |au plus )" + _AMOUNT["fr"]
    ),
}
_EACH: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:per|for (?:each|every)|each)\s+(?P<what>[^\W\d_][\w'’-]*(?: [A-Z][\w'’-]*)*)"
    ),
    "fr": re.compile(
        r"(?:par|pour chaque)\s+(?P<what>[^\W\d_][\w'’-]*(?: (?:d[eu] |d['’])?[A-ZÀ-Þ][\w'’-]*)*)"
    ),
}
_PERSON: Final = re.compile(
    r"beneficiar(?:y|ies)|person|individual|people|bénéficiaires?|personnes?|individus?|usagers?|jeunes?|élèves?"
)
_NOT_LESS: Final[Mapping[Language, tuple[tuple[re.Pattern[str], str], ...]]] = {
    "en": (
        (re.compile(r"(?:is|are) (?:no|not) (?:less|lower|fewer|smaller) than"), "IS_AT_LEAST"),
        (re.compile(r"(?:is|are) (?:no|not) (?:more|higher|greater|larger) than"), "IS_AT_MOST"),
        (re.compile(r"does not exceed|do not exceed"), "IS_AT_MOST"),
    ),
    "fr": (
        (re.compile(r"n['’](?:est|sont) pas inférieure?s? (?:à|aux?)"), "IS_AT_LEAST"),
        (re.compile(r"n['’](?:est|sont) pas supérieure?s? (?:à|aux?)"), "IS_AT_MOST"),
        (re.compile(r"n['’]excède(?:nt)? pas|ne dépasse(?:nt)? pas"), "IS_AT_MOST"),
    ),
}
_BY_SHARE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?P<number>\d+(?:\.\d+)?)(?P<unit>%| points?)\s+(?P<way>higher|more|greater|above|lower|less|below)(?: than)?"
    ),
    "fr": re.compile(
        r"(?P<way>supérieur|inférieur)e?s? de\s+(?P<number>\d+(?:,\d+)?)[ \u00a0\u202f]?(?P<unit>%|points?)(?:\s+(?:à|aux?))?"
    ),
}
_LATER: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:at least )?(?P<delay>\d+ (?:days?|months?|years?)) after(?: (?P<name>[A-Z][\w ]*|\"[^\"\n]*\"))?"
    ),
    "fr": re.compile(
        r"(?:au moins )?(?P<delay>\d+ (?:jours?|mois|ans?|années?)) après"
        r"(?: (?P<name>(?:l['’])?[A-ZÀ-Þ][\w' ’]*|«[^»\n]*»))?"
    ),
}


def limit_within_payment(place: Place) -> Diagnostic | None:
    """``pays X, subject to a maximum of GBP 20,000``: a limit within the clause that pays."""
    opening = place.opened[:2]
    if len(opening) < 2 or opening[0].type != "PAYMENT":
        return None
    for start in (place.token.span.start, _last(place)):
        written = _LIMIT[place.language].match(place.text, start)
        if written is None or written.end() <= place.token.span.start:
            continue
        cure = message(
            "write a statement of its own, ‘cap {payment}: {amount}’, or, in the amount, ‘the lesser "
            "of (…; {amount})’",
            payment=opening[1].text,
            amount=written["amount"].strip(),
        )
        words = written[0].lstrip(", ")
        span = Span(written.end() - len(words), written.end())
        return mistakes.other_word(words, cure, span)
    return None


def amount_for_each(place: Place) -> Diagnostic | None:
    """``pays GBP 100 per Tenancies``: a price, and what is counted; ``at most … per beneficiary``."""
    last = place.last
    written = _EACH[place.language].match(place.text, place.token.span.start)
    if written is None or last is None or last.type != "AMOUNT":
        return None
    words = place.lexer.words
    begun = place.opened[0].type if place.opened else ""
    span = Span(*written.span())
    if "PER_PARTICIPANT" in place.outlook.accepted and _PERSON.fullmatch(written["what"]):
        cure = message("write ‘{word}’", word=words.main_spelling("PER_PARTICIPANT"))
        return mistakes.other_word(written[0], cure, span)
    if begun != "PAYMENT":
        return None
    counted = written["what"] if written["what"][0].isupper() else "…"
    cure = message("write ‘{form}’", form=f"{last.text} {words.main_spelling('TIMES')} {counted}")
    return mistakes.other_word(written[0], cure, span)


def not_less_than(place: Place) -> Diagnostic | None:
    """``is no less than 5 points``, ``n'est pas inférieure à 5 points``: *at least*."""
    is_ = next((one.span.start for one in reversed(place.opened) if one.type == "IS"), 0)
    for start in (place.token.span.start, _last(place), is_):
        for pattern, terminal in _NOT_LESS[place.language]:
            written = pattern.match(place.text, start)
            if written is not None and written.end() > place.token.span.start:
                cure = message("write ‘{word}’", word=place.lexer.words.main_spelling(terminal))
                return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def higher_by_a_share(place: Place) -> Diagnostic | None:
    """``is 3% higher than X``, ``supérieur de 3 % à X``: 103% of X, with that very number."""
    for start in (place.token.span.start, _last(place)):
        written = _BY_SHARE[place.language].match(place.text, start)
        if written is None or written.end() <= place.token.span.start:
            continue
        number = read_number(written["number"], place.language)
        if isinstance(number, Misread):
            return None
        is_more = written["way"] in {"higher", "more", "greater", "above", "supérieur"}
        cure = _by_a_share(place, number if is_more else -number)
        if "point" in written["unit"]:
            cure = message("write ‘{form}’", form=_by_points(place, number if is_more else -number))
        return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def _relation(place: Place, number: Fraction) -> str:
    return place.lexer.words.main_spelling("IS_AT_LEAST" if number > 0 else "IS_AT_MOST")


def _by_points(place: Place, number: Fraction) -> str:
    points = say_number(abs(number), place.language)
    return f"{_relation(place, number)} X {'+' if number > 0 else '-'} {points} points"


def _by_a_share(place: Place, number: Fraction) -> Message:
    share = say_percentage(1 + number / 100, place.language)
    times = place.lexer.words.main_spelling("TIMES")
    return message(
        "write ‘{share}’; for a gap in points ‘{points}’",
        share=f"{_relation(place, number)} {share} {times} X",
        points=_by_points(place, number),
    )


def later_than(place: Place) -> Diagnostic | None:
    """``3 months after Housed`` in a rate card: the earlier outcome is named, and stands before."""
    if not place.opened or place.opened[0].type != "RATE_CARD":
        return None
    requires = next((one for one in reversed(place.opened) if one.type == "REQUIRES"), None)
    written = _LATER[place.language].match(place.text, place.token.span.start)
    if written is None:
        return None
    words = place.lexer.words
    before = f"{words.main_spelling('AT_LEAST')} {written['delay']} {words.main_spelling('BEFORE')}"
    form = before
    if requires is None:
        form = f"{words.main_spelling('REQUIRES')} {(written['name'] or '…').strip()} {before}"
    return mistakes.other_word(
        written[0].strip(), message("write ‘{word}’", word=form), Span(*written.span())
    )


def payee_before_amount(place: Place) -> Diagnostic | None:
    """``verse aux Investisseurs 100 EUR``: the amount comes first."""
    last, token = place.last, place.token
    if last is None or last.type != "PAYS" or token.type != "TO":
        return None
    lexer = Lexer(place.text, place.language)
    payee = lexer.token(token.span.end, ANYTHING)
    if payee.type != "NAME":
        return None
    said = " ".join(place.text[token.span.start : payee.span.end].split())
    cure = message("put the amount first: ‘{pays} … {payee}’", pays=last.text, payee=said)
    return mistakes.other_word(said, cure, Span(token.span.start, payee.span.end))


def listed_conditions(place: Place) -> Diagnostic | None:
    """``A, B and C`` as conditions: each is joined by its own *and*."""
    token, last = place.token, place.last
    in_test = any(one.type in {"CONDITION", "WHEN", "UNLESS"} for one in place.opened)
    if token.type != "COMMA" or last is None or last.type != "NAME" or not in_test:
        return None
    lexer = Lexer(place.text, place.language)
    names, at = [last.text], token.span.end
    while True:
        name = lexer.token(at, ANYTHING)
        joint: Token = lexer.token(name.span.end, ANYTHING)
        if name.type != "NAME":
            return None
        names.append(name.text)
        at = joint.span.end
        if joint.type in {"AND", "OR"}:
            break
        if joint.type != "COMMA":
            return None
    final = lexer.token(at, ANYTHING)
    if final.type != "NAME":
        return None
    form = f" {joint.text} ".join([*names, final.text])
    span = Span(last.span.start, final.span.end)
    words = " ".join(place.text[span.start : span.end].split())
    return mistakes.other_word(words, message("write ‘{word}’", word=form), span)


def listed_caps(place: Place) -> Diagnostic | None:
    """``cap A, B: …``: what a cap bears on is parted by semicolons."""
    if not place.opened or place.opened[0].type != "CAP" or place.token.type != "COMMA":
        return None
    last = place.last
    name = place.lexer.token(place.token.span.end, ANYTHING)
    if last is None or last.type != "NAME" or name.type != "NAME":
        return None
    mark = "\u202f;" if place.language == "fr" else ";"
    cure = message("write ‘{word}’", word=f"{last.text}{mark} {name.text}")
    return mistakes.comma_between_caps(cure, place.here)


def _last(place: Place) -> int:
    return place.token.span.start if place.last is None else place.last.span.start
