"""Whole phrases that drafters say otherwise, each with the cure in the words at hand.

*Within 90 days of Cohort 1*: ``due 90 days after Cohort 1``; *the lesser of A and B*: ``the lesser of
(A; B)``; *at 3%* after ``interest on``: ``at a rate of 3%``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import misphrased, mistakes
from sibdsl.syntax.lexer import ANYTHING, UNKNOWN_WORD, UNREADABLE, Lexer, Token
from sibdsl.syntax.nodes import AtEach
from sibdsl.syntax.place import Place
from sibdsl.syntax.table import END

_GAP: Final = r"[ \t\u00a0\u202f]+"
_DAY: Final = r"(?P<date>\d{4}-\d{2}-\d{2})"
_DUE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?:(?:due|payable|paid|to be paid){_GAP})?"
        rf"(?:(?:within|in|by|no later than|not later than|at the latest|on or before|before){_GAP})?"
        rf"(?:a period of{_GAP}|at most{_GAP})?(?:the{_GAP})?"
        rf"(?:{_DAY}|(?P<number>\d+|[a-z]+){_GAP}(?:calendar{_GAP})?(?P<unit>days?|weeks?|months?|years?)\b"
        rf"(?:{_GAP}(?P<anchored>of|after|from|following|as of|since)\b)?)"
    ),
    "fr": re.compile(
        rf"(?:(?:échéance|payable|exigible|à payer){_GAP})?"
        rf"(?:(?:dans|sous|en|avant|d['’]ici|au plus tard|jusqu['’]au){_GAP})?"
        rf"(?:un délai de{_GAP}|un délai maximal de{_GAP}|dans{_GAP})?(?:les?{_GAP}|au{_GAP})?"
        rf"(?:{_DAY}|(?P<number>\d+|[a-zé]+){_GAP}(?P<unit>jours?|semaines?|mois|ans?|années?)\b"
        rf"(?:{_GAP}(?P<anchored>de|du|d['’]|après|suivant|qui suivent|à compter de|à compter du"
        rf"|à partir de|à partir du|dès)(?![^\W\d_]))?)"
    ),
}
_NUMBERS: Final = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "six": 6,
    "ten": 10,
    "twelve": 12,
    "thirty": 30,
    "forty-five": 45,
    "sixty": 60,
    "ninety": 90,
    "un": 1,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "trente": 30,
    "soixante": 60,
}
_UNITS: Final = {
    **dict.fromkeys("dj", ("DAYS", 1)),
    **dict.fromkeys("ws", ("DAYS", 7)),
    **dict.fromkeys("ya", ("YEARS", 1)),
    "m": ("MONTHS", 1),
}
"""Units of time by the first letter of what was written, in either language, and how many they are."""

_ONE_OF_TWO: Final[Mapping[Language, Mapping[str, re.Pattern[str]]]] = {
    "en": {
        "LESSER_OF": re.compile(
            r"(?:the\s+)?(?:lower|smaller|smallest|lowest|minimum|min|least)"
            r"(?:\s+(?:of|between)\b|(?=\s*\())"
        ),
        "GREATER_OF": re.compile(
            r"(?:the\s+)?(?:higher|larger|largest|highest|maximum|max)"
            r"(?:\s+(?:of|between)\b|(?=\s*\())"
        ),
    },
    "fr": {
        "LESSER_OF": re.compile(
            r"(?:l[ea]\s+)?(?:moindre|minimum|min|plus\s+(?:petite?|faible|basse?))"
            r"(?:\s+(?:montant|somme))?(?:\s+(?:de|des|entre|parmi)\b|(?=\s*\())"
        ),
        "GREATER_OF": re.compile(
            r"(?:l[ea]\s+)?(?:maximum|max|plus\s+(?:grande?|forte?|haute?|élevée?))"
            r"(?:\s+(?:montant|somme))?(?:\s+(?:de|des|entre|parmi)\b|(?=\s*\())"
        ),
    },
}
_FREQUENCIES: Final[Mapping[Language, Mapping[str, re.Pattern[str]]]] = {
    "en": {
        "MONTHLY": re.compile(r"(?:every|each|per) month\b"),
        "QUARTERLY": re.compile(r"(?:every|each|per) quarter\b"),
        "HALF_YEARLY": re.compile(r"(?:every|each|per) half[- ]year\b|twice a year"),
        "YEARLY": re.compile(r"(?:every|each|per|a) year\b|annually|annual|per annum"),
    },
    "fr": {
        "MONTHLY": re.compile(r"(?:chaque|tous les|par) mois\b|mensuelles?\b"),
        "QUARTERLY": re.compile(r"(?:chaque|tous les|par) trimestres?\b|trimestrielles?\b"),
        "HALF_YEARLY": re.compile(r"(?:chaque|tous les|par) semestres?\b|semestrielles?\b"),
        "YEARLY": re.compile(r"(?:chaque|tous les|par) (?:ans?|années?)\b|annuelles?\b"),
    },
}
_PEOPLE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"a number of (?!points)\w+"),
    "fr": re.compile(r"un nombre d(?:e |['’])(?!points)\w+|un nombre entier"),
}
_RATE: Final = re.compile(r"at (?:an?|the) (?:\w+ ){0,2}rate of|at(?=[ \t\u00a0]*\d)")
_PARAGRAPH: Final = re.compile(
    rf"[ \t]*(\(?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[a-zA-Z]|[ivxIVX]{1, 8})(?:[.)°]|(?<=\d)(?={_GAP}[a-z])))"
    rf"{_GAP}"
)
_CHOOSING: Final = {"LOWEST_OF": "LESSER_OF", "HIGHEST_OF": "GREATER_OF"}
"""What is written where one of several evaluations is meant, and where one of several values."""
_VALUES: Final = frozenset({"AMOUNT", "NUMBER", "PERCENTAGE", "POINTS", "FRACTION", "OPEN"})
_AMOUNT_NAMED: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(
        rf"(?:an?|the){_GAP}(?:[a-z-]+{_GAP}){{0,2}}?(?:malus|bonus|penalty|fee|premium|amount|sum"
        rf"|payment|price|grant|instal?lment|deduction){_GAP}(?:of|equal to){_GAP}(?=[A-Z]{{3}}[ \u00a0]?\d)"
    ),
    "fr": re.compile(
        rf"(?:une?|l[ea]|l['’]){_GAP}?(?:malus|bonus|prime|pénalité|somme|montant|indemnité|versement"
        rf"|paiement|prix|subvention|retenue)(?:{_GAP}[a-zé]+)?{_GAP}(?:de|égale? à){_GAP}(?=\d)"
    ),
}
_PARTING: Final = frozenset({"AND", "SEMICOLON", "COMMA"})
_ENDING: Final = frozenset(
    {
        *(END, UNKNOWN_WORD, UNREADABLE, "WHEN", "UNLESS", "DUE", "THEN", "ELSE", "OR_ELSE"),
        *("OTHERWISE", "COLON", "ROUNDED", "PER_EVALUATION", "PER_CALENDAR_YEAR", "MEANS"),
    }
)


def due_otherwise(place: Place) -> Diagnostic | None:
    """``within 90 days of Cohort 1``, ``due no later than 2020-12-31``: a due date said otherwise."""
    due = next((token for token in reversed(place.opened) if token.type == "DUE"), None)
    if due is None and "DUE" not in place.outlook.accepted:
        return None
    start = place.token.span.start if due is None else due.span.start
    written = _DUE[place.language].match(place.text, start)
    if written is None or place.text[written.end() : place.token.span.start].strip():
        return None
    words = place.lexer.words
    said = f"{words.spelled['DUE'][-1]} {written['date']}"
    end = written.end()
    if written["number"]:
        number = str(_NUMBERS.get(written["number"], written["number"]))
        if not number.isdecimal():
            return None
        terminal, times = _UNITS[written["unit"][0]]
        unit, number = words.main_spelling(terminal), str(times * int(number))
        anchor, end = _anchor(place, end, is_named=bool(written["anchored"]))
        after = words.main_spelling("AFTER")
        begun = f"{words.main_spelling('DUE')} {number} {unit} {after}"
        in_figures = written[0].replace(written["number"], number)
        if begun == in_figures and (anchor == "…" or written[0] != in_figures):
            return None  # what is wrong is the evaluation, or a number in words
        said = f"{begun} {anchor}"
    return misphrased.due_otherwise(place.text[start:end], said, Span(start, end))


def _anchor(place: Place, end: int, *, is_named: bool) -> tuple[str, int]:
    """From when days are counted, and where that ends: an evaluation, by name or the one at hand."""
    if not is_named:
        return place.lexer.words.main_spelling("EVALUATION") if _repeats(place) else "…", end
    token = Lexer(place.text, place.language).token(end, ANYTHING)
    if token.type == "NAME":
        return token.text, token.span.end
    if token.type in {"EVALUATION", "EVALUATION_DATE"}:
        return place.lexer.words.main_spelling("EVALUATION"), token.span.end
    return "…", end


def _repeats(place: Place) -> bool:
    """Whether the payment at hand is made at evaluations."""
    return any(isinstance(value, AtEach) for value in place.values)


def unbracketed(place: Place) -> Diagnostic | None:
    """``the lesser of A and B``, ``the lower of (A; B)``: the form, with the values at hand."""
    opening = place.last
    if opening is not None and opening.type in {"LESSER_OF", "GREATER_OF"}:
        if place.outlook.accepted != {"OPEN"}:
            return None
        return _listed(place, opening.span, opening.type)
    if opening is not None and opening.type in _CHOOSING and place.token.type in _VALUES:
        return _listed(place, opening.span, _CHOOSING[opening.type])
    for terminal, pattern in _ONE_OF_TWO[place.language].items():
        written = pattern.match(place.text, place.token.span.start)
        if written is not None and terminal in place.outlook.accepted:
            return _listed(place, Span(*written.span()), terminal)
    return None


def amount_named(place: Place) -> Diagnostic | None:
    """``pays a malus of GBP 100``: an amount with a word for what it is."""
    if "AMOUNT" not in place.outlook.accepted:
        return None
    written = _AMOUNT_NAMED[place.language].match(place.text, place.token.span.start)
    if written is None:
        return None
    amount = Lexer(place.text, place.language).token(written.end(), ANYTHING)
    return misphrased.amount_named(
        written[0].strip(), amount.text, written.start(), amount.span.end
    )


def _listed(place: Place, opening: Span, terminal: str) -> Diagnostic:
    values = _values(place, opening.end)
    items = [place.text[value.start : value.end] for value in values]
    if len(items) < 2:
        items = [*items, "…"] if items else ["…", "…"]
    form = f"{place.lexer.words.main_spelling(terminal)} ({'; '.join(items)})"
    if place.language == "fr":
        form = form.replace("; ", "\u202f; ")
    span = Span(opening.start, values[-1].end if values else opening.end)
    return misphrased.unbracketed(place.text[opening.start : opening.end], form, span)


def _values(place: Place, at: int) -> list[Span]:
    """The values that follow on, parted by ``and`` or by a mark, up to where the clause goes on."""
    lexer = Lexer(place.text, place.language)
    first = lexer.token(at, ANYTHING)
    if first.type == "OPEN":
        at = first.span.end
    values: list[Span] = []
    begun: Token | None = None
    until, depth, is_from = at, 0, False
    while True:
        token = lexer.token(at, ANYTHING)
        depth += (token.type == "OPEN") - (token.type == "CLOSE")
        is_over = depth < 0 or (not depth and _goes_on(place, token, until, is_from=is_from))
        is_parting = token.type in _PARTING and not depth and not is_from
        if (is_over or is_parting) and begun is not None:
            values.append(Span(begun.span.start, until))
            begun = None
        if is_over:
            return values
        is_repeated = begun is None and token.type == "OF"  # `le moindre de A et de B`
        if not is_parting and not is_repeated:
            begun = begun or token
            is_from = token.type == "INTEREST_ON" or (is_from and token.type != "TO")
        until = at = token.span.end


def _goes_on(place: Place, token: Token, until: int, *, is_from: bool) -> bool:
    """Whether the clause goes on with a token: the payee, a condition, a new statement."""
    is_anew = token.type == "NAME" and "\n" in place.text[until : token.span.start]
    is_payee = token.type == "TO" and not is_from
    return is_anew or is_payee or token.type in _ENDING or token.type in place.starts


def rate_otherwise(place: Place) -> Diagnostic | None:
    """``interest on X at 3%``, ``at an annual rate of 3%``: the rate without ``at a rate of``."""
    if all(token.type != "INTEREST_ON" for token in place.opened):
        return None
    for token in (place.token, place.last):
        written = None if token is None else _RATE.match(place.text, token.span.start)
        if written is not None:
            word = place.lexer.words.main_spelling("AT_A_RATE_OF")
            cure = message("write ‘{word}’", word=word)
            return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def frequency_otherwise(place: Place) -> Diagnostic | None:
    """``evaluations Quarter every quarter``: the interval in other words."""
    if all(token.type != "EVALUATIONS" for token in place.opened) or place.last is None:
        return None
    for token in (place.token, place.last):
        for terminal, pattern in _FREQUENCIES[place.language].items():
            written = pattern.match(place.text, token.span.start)
            if written is not None and written.end() >= place.token.span.end:
                cure = message("write ‘{word}’", word=place.lexer.words.main_spelling(terminal))
                return mistakes.other_word(written[0], cure, Span(*written.span()))
    return None


def count_otherwise(place: Place) -> Diagnostic | None:
    """``a number of people``: what is counted is a count."""
    last = place.last
    if last is None or last.type not in {"A_NUMBER", "IN_POINTS"}:
        return None
    written = _PEOPLE[place.language].match(place.text, last.span.start)
    if written is None:
        return None
    cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("A_COUNT"))
    return mistakes.other_word(written[0], cure, Span(*written.span()))


def day_count_unsaid(place: Place) -> Diagnostic | None:
    """Interest that does not say how days are counted: no default, since it would move money."""
    is_interest = any(token.type == "INTEREST_ON" for token in place.opened)
    if not is_interest or place.token.type != "FROM" or "NAME" in place.outlook.accepted:
        return None
    return misphrased.day_count_unsaid(place.token.span)


def row_otherwise(place: Place) -> Diagnostic | None:
    """``40% to 60%: GBP 800``, ``from 40% to 60%: …``: a row of a table with two bounds, or bare."""
    if all(token.type != "TABLE" for token in place.opened):
        return None
    if place.token.type in {"TO", "UP_TO", "AND"} and "COLON" in place.outlook.accepted:
        return misphrased.second_bound(place.token.span)
    if not {"FROM", "ABOVE"} <= place.outlook.accepted:
        return None
    lexer = Lexer(place.text, place.language)
    bound = place.token
    if bound.type in {"OF", "FROM", "IS_BETWEEN"} or bound.text in {"between", "entre"}:
        bound = lexer.token(bound.span.end, ANYTHING)
    if bound.type not in {"PERCENTAGE", "NUMBER", "AMOUNT", "POINTS", "DATE", "FRACTION"}:
        return None
    word = place.lexer.words.main_spelling("FROM")
    said = f"{word} {bound.text}{_unit_behind(lexer, bound)}"
    return misphrased.bare_row(said, place.token.span.to(bound.span))


def _unit_behind(lexer: Lexer, bound: Token) -> str:
    """The unit that the second bound has, for a first one without: ``5 to 7 points``."""
    joint = lexer.token(bound.span.end, ANYTHING)
    other = lexer.token(joint.span.end, ANYTHING)
    if bound.type != "NUMBER" or other.type not in {"PERCENTAGE", "POINTS"}:
        return ""
    return re.sub(r"^[\d.,]*", "", other.text)


def at_least_otherwise(place: Place) -> Diagnostic | None:
    """``Tenancies of at least 120``, ``requires Housed 3 months before``: the words around *at least*."""
    words = place.lexer.words
    at_least = next((one for one in reversed(place.opened) if one.type == "AT_LEAST"), None)
    if at_least is not None and place.outlook.accepted == {"OF"}:
        if place.token.type == "OPEN":
            return None
        if place.token.type == "NAME" and place.last is not None:
            return _level_first(place, at_least, place.last)
        cure = message("write ‘{word}’", word=words.main_spelling("IS_AT_LEAST"))
        return mistakes.other_word(at_least.text, cure, at_least.span)
    if place.token.type == "NUMBER" and {"AT_LEAST", "OR"} <= place.outlook.accepted:
        word = words.main_spelling("AT_LEAST")
        return mistakes.missing(word, place.token.text, place.token.span, None)
    return None


def _level_first(place: Place, at_least: Token, number: Token) -> Diagnostic:
    """``at least 100 Places``: the test begins with its level."""
    span = at_least.span.to(place.token.span)
    word = place.lexer.words.main_spelling("IS_AT_LEAST")
    cure = message("write ‘{word}’", word=f"{place.token.text} {word} {number.text}")
    return mistakes.other_word(place.text[span.start : span.end], cure, span)


def and_for_comma(place: Place) -> Diagnostic | None:
    """``County 60% and City 40%``: *and* where a list is parted by commas."""
    if not place.opened or place.opened[0].type not in {"GROUP", "MEASURE", "RATE_CARD"}:
        return None
    if place.token.type != "AND" or "COMMA" not in place.outlook.accepted:
        return None
    cure = message("write ‘{word}’", word=place.lexer.words.main_spelling("COMMA"))
    return mistakes.other_word(place.token.text, cure, place.token.span)


def numbered_statement(place: Place) -> Diagnostic | None:
    """``3. party …``, ``(a) party …``: a statement with the number of a paragraph before it."""
    start = place.token.span.start
    line = place.text.rfind("\n", 0, start) + 1
    written = _PARAGRAPH.match(place.text, line)
    if written is None or written.start(1) != start:
        return None
    following = Lexer(place.text, place.language).token(written.end(), place.starts)
    if following.type not in place.starts:
        return None
    return misphrased.numbered(written[1], Span(*written.span(1)))


def clause_before_payer(place: Place) -> Diagnostic | None:
    """``payment Bonus due …``: a clause of a payment before the sentence that says who pays."""
    is_payment = bool(place.opened) and place.opened[0].type == "PAYMENT"
    is_clause = place.token.type in {"WHEN", "UNLESS", "DUE"}
    if not is_payment or not is_clause or not {"NAME", "RANKS_AFTER"} <= place.outlook.accepted:
        return None
    return misphrased.payer_first(place.token.text, place.token.span)
