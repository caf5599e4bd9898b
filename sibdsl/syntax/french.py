"""French words as they stand among others: articles, contractions, elisions, agreement.

Of the forms that the grammar reads as one keyword, one is chosen for each place; the tests hold each
chosen form to the grammar. Verbs that do not agree in gender are preferred (``dépasse``, ``se situe
entre``), since nothing says what gender a Defined Term has.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.syntax.lexer import words


@frozen
class Phrase:
    """A keyword or a name in French with the article before it.

    A ``soft`` article stands only after such words as ``de``, ``que`` and ``sur``: ``du total de``,
    ``que le total de``, but ``= total de``.
    """

    kind: str
    text: str
    article: str = ""
    soft: bool = False


CHOSEN: Final[Mapping[str, str]] = {
    "ABOVE": "au-delà de",
    "ALL_OF": "chacune de",
    "ANY_OF": "l'une de",
    "AT_EACH": "lors de chaque",
    "EVALUATION_DATE": "la date d'évaluation",
    "EXPECT": "on attend que",
    "GIVEN": "étant donné que",
    "GREATER_OF": "plus élevé de",
    "HALF_YEARLY": "semestrielles",
    "IS_MORE_THAN": "dépasse",
    "IS_LESS_THAN": "n'atteint pas",
    "IS_BETWEEN": "se situe entre",
    "LESSER_OF": "moindre de",
    "MONTHLY": "mensuelles",
    "PARTICIPANT": "le participant",
    "QUARTERLY": "trimestrielles",
    "STARTED_ON": "est entré le",
    "YEARLY": "annuelles",
}
"""The form that is written where it is not the one that the grammar lists first."""

PLURALS: Final[Mapping[str, str]] = {
    "IS_MORE_THAN": "dépassent",
    "IS_LESS_THAN": "n'atteignent pas",
    "IS_BETWEEN": "se situent entre",
}
LISTS: Final[Mapping[str, str]] = {
    "ALL_OF": "toutes parmi",
    "ANY_OF": "l'une parmi",
    "OF": "parmi",
}
"""Before a bracket, where ``l'une de`` would be read as if of one; ``au moins 2 parmi`` always."""

ON_A_DATE: Final[Mapping[str, str]] = {
    "FROM": "du",
    "TO": "au",
    "IS_BEFORE": "est avant le",
    "IS_AFTER": "est après le",
    "IS_ON_OR_BEFORE": "est au plus tard le",
    "IS_ON_OR_AFTER": "est au plus tôt le",
}
FEMININE: Final[Mapping[str, str]] = {
    "REPORTED_BY": "établie par",
    "DECIDED_BY": "décidée par",
    "PRESUMED": "présumée",
    "ROUNDED": "arrondie",
    "CUMULATIVE": "cumulative",
    "CANCELLED": "annulée",
}
ARTICLES: Final[Mapping[str, tuple[str, bool]]] = {
    "LESSER_OF": ("le", False),
    "GREATER_OF": ("le", False),
    "TOTAL_OF": ("le", True),
    "AVERAGE_OF": ("la", True),
    "LOWEST_OF": ("le", True),
    "HIGHEST_OF": ("le", True),
    "GROSS_AMOUNT_OF": ("le", True),
    "TOTAL_PAID_TO": ("le", True),
    "TOTAL_PAID_BY": ("le", True),
    "INTEREST_ON": ("les", True),
}
"""The article of a keyword that is a noun, and whether it is soft."""

_CONTRACTED: Final[Mapping[tuple[str, str], str]] = {
    ("de", "le"): "du",
    ("de", "les"): "des",
    ("à", "le"): "au",
    ("à", "les"): "aux",
}
_LINK: Final = re.compile(r"(?:^|[ ']|(?<=lors))(de|à|que|si|sur|dans|verse|versent)$")
_HEAD: Final = re.compile(r"(.*?)(?: (?:of|de|du|des)\b.*| d['’].*|)$")


def french_text(phrases: Sequence[Phrase]) -> list[str]:
    """The words of each phrase, joined with those after it as French joins them."""
    written: list[str] = []
    before = ""
    kind = ""
    for phrase in phrases:
        link = _LINK.search(before)
        article = phrase.article
        if link is None:
            text = _with(article if not phrase.soft else "", phrase.text)
        else:
            text = _with(article, phrase.text)
            joined = _joined(before, link[1], article, text)
            if joined is not None and joined in _spelled(kind):
                written[-1] = joined
                text = phrase.text if (link[1], article) in _CONTRACTED else text
        written.append(text)
        before, kind = text, phrase.kind
        if phrase.kind == "NAME":
            before = ""  # what a name ends with joins nothing
    return written


def _joined(before: str, link: str, article: str, text: str) -> str | None:
    """``lors de`` and ``le`` are ``lors du``; ``que`` before a vowel is ``qu'``."""
    stem = before.removesuffix(link)
    contracted = _CONTRACTED.get((link, article))
    if contracted is not None:
        return stem + contracted
    if link in {"de", "que"} and begins_with_vowel(text):
        return f"{stem}{link[:-1]}'"
    return None


def _spelled(kind: str) -> tuple[str, ...]:
    return words("fr").spelled.get(kind, ())


def _with(article: str, text: str) -> str:
    if not article:
        return text
    return article + text if article[-1] == "'" else f"{article} {text}"


def begins_with_vowel(text: str) -> bool:
    """Whether a word before it is elided; before an ``h`` it is not, since nobody can tell."""
    first = unicodedata.normalize("NFD", text[:1].casefold())[:1]
    return bool(first) and first in "aeiouœæ"


def usual_article(name: str) -> str:
    """The article that a name has if nobody says otherwise: plural by its ``s``, else masculine."""
    if begins_with_vowel(name):
        return "l'" if not _is_plural(name) else "les"
    return "les" if _is_plural(name) else "le"


def _is_plural(name: str) -> bool:
    head = _HEAD.match(name)
    noun = head[1] if head else name
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def is_feminine(kind: str) -> bool:
    """Whether a measure of this kind is a feminine noun: ``une date, établie par``."""
    return kind == "A_DATE"
