"""Turns of phrase that lawyers write, each with the clause to write: *et/ou*, *au profit des*, *ACT/365*.

Each is looked for where reading stops, at the word there and at the one before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, Message, message
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.place import Place


@frozen
class Turn:
    """What was written, as a pattern of whole words; what to write; in which statements, if not in all."""

    words: str
    instead: Message
    inside: frozenset[str] = frozenset()


_AND_OR: Final = message("write ‘or’, which both together meet too, or ‘and’, which asks for both")
_TRUE: Final = message("write the condition’s name alone; for its contrary ‘not’ before the name")
_EITHER: Final = message(
    "delete the word, and join the conditions with ‘or’, which both together meet too"
)
_RATHER: Final = message("write ‘+’ and an amount; for 10% more, ‘110% * X’")
_LESS: Final = message("write ‘-’ and an amount; for 10% less, ‘90% * X’")
_FUNDER: Final = message(
    "write ‘investor’ for who provides the funding, ‘outcome payer’ for who pays for results"
)
_TAX: Final = message(
    "delete it: an amount is what is paid; say in the wording of the contract whether tax is included"
)
_COUNTRY: Final = message("say of which country: ‘next business day in FR’")
_ROLES: Final = frozenset({"PARTY"})
_TESTS: Final = frozenset({"CONDITION", "PAYMENT", "EXAMPLE"})

TURNS: Final[Mapping[Language, tuple[Turn, ...]]] = {
    "en": (
        Turn(r"and\s*/\s*or", _AND_OR),
        Turn(r"is (?:true|false)|are (?:true|false)", _TRUE, _TESTS),
        Turn(r"either(?=\s)", _EITHER, _TESTS),
        Turn(r"(?:for the benefit|in favou?r) of", message("write ‘to’")),
        Turn(r"(?:increased|augmented|uplifted) by|together with", _RATHER, frozenset({"PAYMENT"})),
        Turn(r"(?:decreased|reduced|diminished) by", _LESS, frozenset({"PAYMENT"})),
        Turn(
            r"(?:depending on|as a function of|according to)",
            message("write ‘by’"),
            frozenset({"TABLE"}),
        ),
        Turn(r"(?:funders?|lenders?|commissioners?|donors?)", _FUNDER, _ROLES),
        Turn(
            r"(?:(?:excluding|including|inclusive of|exclusive of|plus|net of|ex\.?|incl\.?) )?VAT",
            _TAX,
        ),
        Turn(r"(?:the )?date of (?:the |each )?evaluation", message("write ‘evaluation date’")),
    ),
    "fr": (
        Turn(r"et\s*/\s*ou", _AND_OR),
        Turn(r"(?:est|sont) (?:vraie?s?|fausses?|faux)", _TRUE, _TESTS),
        Turn(r"soit(?=\s)", _EITHER, _TESTS),
        Turn(
            r"(?:au profit|au bénéfice|en faveur) (?:des|du|de la|de|d['’])", message("write ‘to’")
        ),
        Turn(r"(?:majoré|augmenté)e?s? (?:des|du|de|d['’])", _RATHER, frozenset({"PAYMENT"})),
        Turn(r"(?:minoré|diminué|réduit)e?s? (?:des|du|de|d['’])", _LESS, frozenset({"PAYMENT"})),
        Turn(
            r"sous (?:la )?(?:réserve|condition) (?:que|qu['’]|de|d['’])",
            message("write ‘when’"),
            frozenset({"PAYMENT"}),
        ),
        Turn(r"en fonction (?:des|du|de la|de|d['’])", message("write ‘by’"), frozenset({"TABLE"})),
        Turn(r"(?:co)?financeurs?|bailleurs?(?: de fonds)?|prêteurs?|donateurs?", _FUNDER, _ROLES),
        Turn(r"TTC|HT|HTVA|toutes taxes comprises|hors taxes?|TVA(?: (?:comprise|incluse))?", _TAX),
        Turn(r"(?:la )?date de (?:l['’]|chaque )évaluation", message("write ‘evaluation date’")),
    ),
}
_DAY_COUNT: Final = re.compile(
    r"(?:(?:base|basis)\s+)?(?:act(?:ual)?|exact|réel)\s?/\s?(?P<year>36[05]|act(?:ual)?|exact|réel)(?![\w/])",
    re.IGNORECASE,
)


def turned_otherwise(place: Place) -> Diagnostic | None:
    """The first turn that stands where reading stopped, or began right before it."""
    opening = next(iter(place.opened), None)
    begun = "" if opening is None else opening.type
    here = place.token.span.start
    for start in _starts(place):
        for turn in TURNS[place.language]:
            if turn.inside and begun not in turn.inside:
                continue
            written = re.compile(rf"(?:{turn.words})(?:(?<=['’])|(?!\w))").match(place.text, start)
            # A name behind a whole clause seems to begin a definition: `EUR 30,000 VAT`.
            is_behind = turn.instead is _TAX and place.outlook.accepted == {"MEANS"}
            if written is not None and (written.end() >= here or is_behind):
                return mistakes.other_word(written[0], turn.instead, Span(*written.span()))
    return None


def _starts(place: Place) -> tuple[int, ...]:
    here = place.token.span.start
    return (here,) if place.last is None else (place.last.span.start, here)


def day_count_otherwise(place: Place) -> Diagnostic | None:
    """``ACT/365``: a day count as bankers abbreviate it."""
    written = _DAY_COUNT.match(place.text, place.token.span.start)
    if written is None or all(token.type != "INTEREST_ON" for token in place.opened):
        return None
    actual = "exact" if place.language == "fr" else "actual"
    year = written["year"] if written["year"].isdecimal() else actual
    cure = message("write ‘{word}’", word=f"{actual}/{year}")
    return mistakes.other_word(written[0], cure, Span(*written.span()))


def country_unsaid(place: Place) -> Diagnostic | None:
    """``, next business day`` of nowhere: holidays are those of a country."""
    last = place.last
    if last is None or last.type != "NEXT_BUSINESS_DAY" or place.token.type == "NAME":
        return None
    return mistakes.other_word(last.text, _COUNTRY, last.span)
