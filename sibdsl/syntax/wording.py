"""Each token in the other language: which keyword, which form of it, how a number is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.numerals import Language, Misread
from sibdsl.syntax import french
from sibdsl.syntax.french import Phrase, french_text
from sibdsl.syntax.lexer import words
from sibdsl.syntax.spelling import grouped


@frozen
class Said:
    """A token to be translated: its kind, its words, the alternative of the grammar it stands in.

    The words of a name are those of the other language already, its ``article`` the French one that
    it takes there; empty where none was written.
    """

    kind: str
    text: str
    action: str = ""
    article: str = ""
    is_capital: bool = False


ROLES: Final = frozenset(
    {
        "INVESTOR",
        "OUTCOME_PAYER",
        "SERVICE_PROVIDER",
        "EVALUATOR",
        "INTERMEDIARY",
        "GUARANTOR",
        "OTHER",
    }
)
VERBS: Final = frozenset(
    {
        "PAYS",
        "PROVIDES",
        "MEANS",
        "IS",
        "IS_AT_LEAST",
        "IS_AT_MOST",
        "IS_MORE_THAN",
        "IS_LESS_THAN",
        "IS_BETWEEN",
        "IS_BEFORE",
        "IS_AFTER",
        "IS_ON_OR_BEFORE",
        "IS_ON_OR_AFTER",
    }
)
"""Of a role and a verb each language lists the singular first, then the plural."""

UNITS: Final = frozenset({"DAYS", "MONTHS", "YEARS", "TIMES_EACH"})
"""The plural first, then the singular."""

_NUMBERS: Final = frozenset({"NUMBER", "PERCENTAGE", "POINTS", "AMOUNT"})
_AS_WRITTEN: Final = frozenset({"DATE", "FRACTION"})
_PLURAL: Final = re.compile(r"\b(?:are|sont)\b|^(?:pay|provide|mean)$|\w+ent\b")
_DIGITS: Final = re.compile(r"\d[\d ,.]*\d|\d")
_QUOTED: Final = re.compile(r"[«“”„\"](.*)[»“”\"]", re.DOTALL)
_DAY_COUNTS: Final = (("actual", "exact"), ("actual", "réel"))


# English


def in_english(said: Sequence[Said]) -> list[str]:
    """The tokens of a French contract in English."""
    return [_english(each, before) for before, each in pairwise([Said("", ""), *said])]


def _english(said: Said, before: Said) -> str:
    kind = said.kind
    spelled = words("en").spelled.get(kind, ())
    if kind == "HEADER":
        return said.text.replace(" fr", " en")
    if kind == "NAME":
        the = "The " if said.is_capital else "the "
        return f"{the}{said.text}" if said.article else said.text
    if kind == "DUE":
        return "due on" if said.text.endswith(" le") else spelled[0]
    if kind == "IS" and said.action == "translation":
        return spelled[0]
    return _other(said, before, "en") or spelled[0]


# French


def in_french(said: Sequence[Said]) -> list[str]:
    """The tokens of an English contract in French."""
    return french_text(list(_phrases(said)))


def _phrases(said: Sequence[Said]) -> Iterator[Phrase]:
    nothing = Said("", "")
    is_feminine = False
    for at, each in enumerate(said):
        before = said[at - 1] if at else nothing
        after = said[at + 1] if at + 1 < len(said) else nothing
        if each.kind == "MEASURE":
            is_feminine = False
        elif each.kind == "A_DATE":
            is_feminine = True
        elif each.kind == "CANCELLED":
            is_feminine = said[at - 2].article == "la"
        yield _french(each, before, after, is_feminine=is_feminine)


def _french(said: Said, before: Said, after: Said, *, is_feminine: bool) -> Phrase:
    kind = said.kind
    if kind == "HEADER":
        return Phrase(kind, said.text.replace(" en", " fr"))
    if kind == "NAME":
        article = said.article.capitalize() if said.is_capital else said.article
        return Phrase(kind, said.text, article)
    article, is_soft = french.ARTICLES.get(kind, ("", False))
    text = _other(said, before, "fr")
    if kind == "IS" and said.action == "translation":
        text = "sont" if before.article == "les" else "est"  # les Investisseurs sont « Investors »
    text = text or _french_keyword(said, after, is_feminine=is_feminine)
    return Phrase(kind, text, article, is_soft)


def _french_keyword(said: Said, after: Said, *, is_feminine: bool) -> str:
    kind = said.kind
    spelled = words("fr").spelled[kind]
    if kind == "IS":
        return _french_is(said, after)
    if kind == "DUE":
        return f"{spelled[0]} le" if said.text.endswith(" on") else spelled[0]
    if kind == "EVALUATION":
        return spelled[said.action.startswith("due")]
    if (kind in french.LISTS and after.kind == "OPEN") or said.action.startswith("at_least"):
        return french.LISTS.get(kind, spelled[0])
    if kind in french.ON_A_DATE and after.kind == "DATE":
        is_open = said.action == "indexed" or said.action.startswith("row")
        return "à partir du" if is_open and kind == "FROM" else french.ON_A_DATE[kind]
    if kind in french.FEMININE and is_feminine:
        return french.FEMININE[kind]
    if kind in french.PLURALS and _is_plural(said):
        return french.PLURALS[kind]
    return french.CHOSEN.get(kind, spelled[0])


def _french_is(said: Said, after: Said) -> str:
    """``vaut 5``, ``est de 5 %``, ``soit oui``: by what follows, and by what is said of it."""
    is_plural = _is_plural(said)
    of = " de" if after.kind in {"PERCENTAGE", "POINTS", "AMOUNT", "FRACTION"} else ""
    if said.action == "expect":
        of = " de" if after.kind == "NUMBER" else of
        return ("soient" if is_plural else "soit") + of
    if said.action.startswith(("given", "comparison", "exchange")):
        if after.kind == "NUMBER" or said.action.startswith("exchange"):
            return "valent" if is_plural else "vaut"
    else:
        of = ""
    return ("sont" if is_plural else "est") + of


# Both


def _other(said: Said, before: Said, to: Language) -> str:
    """What is written alike in both: marks, numbers, units, roles, verbs; else nothing."""
    kind, text = said.kind, said.text
    spelled = words(to).spelled.get(kind, ())
    if kind in _AS_WRITTEN or text in words(to).marks:
        return text
    if kind in _NUMBERS:
        return _number(kind, text, to)
    if kind == "TEXT":
        return _quoted(text, to)
    if kind == "DAY_COUNT":
        return _day_count(text, to)
    if kind in UNITS:
        return spelled[len(spelled) > 1 and _is_one(before.text, to)]
    is_plural = (kind in ROLES and text.endswith("s")) or (kind in VERBS and _is_plural(said))
    if kind in ROLES or (kind in VERBS and (to == "en" or kind not in _OWN_FORMS)):
        return spelled[is_plural and len(spelled) > 1]
    return ""


_OWN_FORMS: Final = frozenset(
    {
        "IS",
        "IS_MORE_THAN",
        "IS_LESS_THAN",
        "IS_BETWEEN",
        "IS_BEFORE",
        "IS_AFTER",
        "IS_ON_OR_BEFORE",
        "IS_ON_OR_AFTER",
    }
)
"""Verbs whose French form is chosen by what follows."""


def _is_plural(said: Said) -> bool:
    return _PLURAL.search(said.text) is not None


def _is_one(number: str, to: Language) -> bool:
    """Whether what is counted stands in the singular: ``1`` alone in English, below two in French."""
    if to == "en":
        return number == "1"
    values = (words(language).number(number) for language in ("fr", "en"))
    return next((value < 2 for value in values if not isinstance(value, Misread)), False)


def _number(kind: str, text: str, to: Language) -> str:
    digits = _DIGITS.search(text)
    assert digits is not None
    number = _digits(digits[0], to)
    if kind == "NUMBER":
        return number
    if kind == "PERCENTAGE":
        return f"{number}%" if to == "en" else f"{number} %"
    if kind == "POINTS":
        unit = "point" if _is_one(number, to) else "points"
        return f"{number} {unit}"
    code = (text[: digits.start()] + text[digits.end() :]).strip().replace("€", "EUR")
    return f"{code} {number}" if to == "en" else f"{number} {code}"


def _digits(digits: str, to: Language) -> str:
    """``1,250.5`` and ``1 250,5``.

    French ``2,125`` could be two thousand: a nought behind it says that it is not, and goes again.
    """
    group, mark, decimal = (" ", ",", ".") if to == "en" else (",", ".", ",")
    whole, _, part = digits.replace(group, "").partition(mark)
    is_doubtful = len(whole) < 4 and whole[0] != "0" and len(part) > 2 and not part[3:].strip("0")
    if is_doubtful:
        part = part + "0" if to == "fr" else part[: max(3, len(part) - 1)]
    return grouped(whole + (decimal + part if part else ""), to)


def _quoted(text: str, to: Language) -> str:
    """Quoted text in the quotation marks of the language, unless it holds such marks itself."""
    quoted = _QUOTED.fullmatch(text)
    assert quoted is not None
    inside = quoted[1].strip()
    if to == "fr":
        return text if "»" in inside else f"« {inside} »"
    return f'"{inside}"' if '"' not in inside else text


def _day_count(text: str, to: Language) -> str:
    for english, other in _DAY_COUNTS:
        one, two = (other, english) if to == "en" else (english, other)
        if one in text:
            return text.replace(one, two)
    return text
