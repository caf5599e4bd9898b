"""Messages said in the reader's language: catalogues, placeholders, and the pages of the codes.

The English template of a message is its key. The French of each stage stands in ``french/*.po``,
compiled together into ``french.mo`` by ``python -m tests.messages``; at run time the standard
``gettext`` reads that one file, and only when French is first spoken.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, assert_never

from sibdsl.diagnostics import Message, Said, message
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language, say_amount, say_date, say_number, say_percentage, say_points
from sibdsl.units import Kind, Quantity, Unit

if TYPE_CHECKING:
    from gettext import GNUTranslations

_PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)\}")
_VOWELS: Final = frozenset("aeiouàâäéèêëîïôöùûüœAEIOUÀÂÄÉÈÊËÎÏÔÖÙÛÜŒ")
_ELISIONS: Final = {"lors de": "lors de l’", "de": "d’", "que": "qu’"}
_ELIDED: Final = re.compile(r"\b(lors de|de|que) \Z")
_LONGEST: Final = 160
"""Text of others in a message is cut after so many characters: a cell may hold a whole book."""


def say(text: Message, language: Language) -> str:
    """The message in a language, its placeholders filled.

    Text stands as it is, save that what cannot be seen is made visible; numbers, dates, quantities
    and units follow the language, a tuple is joined by commas, a message is said in turn.
    """
    template = translate(text.template, language)
    values = dict(text.values)
    if language == "fr":
        return _with_elisions(template, values)
    return _PLACEHOLDER.sub(lambda found: _said(values[found[1]], language), template)


def _with_elisions(template: str, values: dict[str, Said]) -> str:
    """The French template filled, with ``d’`` and ``qu’`` before a vowel.

    An evaluation takes its article where the gender of its name cannot be heard: ``lors de l’Année 3``.
    """
    said, at = "", 0
    for found in _PLACEHOLDER.finditer(template):
        said += template[at : found.start()]
        value = _said(values[found[1]], "fr")
        if value[:1] in _VOWELS:
            said = _ELIDED.sub(lambda word: _ELISIONS[word[1]], said)
        said, at = said + value, found.end()
    return said + template[at:]


def translate(template: str, language: Language) -> str:
    """The template in a language; a template without a translation stays English."""
    return _french().gettext(template) if template and language == "fr" else template


def say_quantity(
    quantity: Quantity, language: Language, *, exact: bool = True, reads_back: bool = True
) -> str:
    """A value with its unit in words; ``exact`` adds the fraction where the digits are cut.

    ``reads_back`` is as in :func:`sibdsl.numerals.say_number`.
    """
    value, unit = quantity.value, quantity.unit
    if isinstance(value, bool):
        return say(YES if value else NO, language)
    if isinstance(value, date):
        return say_date(value, language)
    match unit.kind:
        case Kind.PERCENTAGE:
            return say_percentage(value, language, exact=exact, reads_back=reads_back)
        case Kind.POINTS:
            return say_points(value, language, exact=exact, reads_back=reads_back)
        case Kind.AMOUNT:
            return say_amount(value, unit.currency, language, exact=exact, reads_back=reads_back)
        case Kind.DATE:
            return say_date(date.fromordinal(int(value)), language)
        case Kind.YES_NO:
            return say(YES if value else NO, language)
        case Kind.DAYS:
            return _counted(value, ONE_DAY, DAYS, language)
        case Kind.MONTHS:
            return _counted(value, ONE_MONTH, MONTHS, language)
        case Kind.COUNT | Kind.NUMBER:
            return say_number(value, language, exact=exact, reads_back=reads_back)
        case _:
            assert_never(unit.kind)


YES: Final = message("yes")
NO: Final = message("no")
ONE_DAY: Final = message("{number} day")
DAYS: Final = message("{number} days")
ONE_MONTH: Final = message("{number} month")
MONTHS: Final = message("{number} months")

UNITS: Final = {
    Kind.COUNT: message("a count"),
    Kind.NUMBER: message("a number"),
    Kind.PERCENTAGE: message("a percentage"),
    Kind.POINTS: message("points"),
    Kind.AMOUNT: message("an amount"),
    Kind.DATE: message("a date"),
    Kind.DAYS: message("a number of days"),
    Kind.MONTHS: message("a number of months"),
    Kind.YES_NO: message("yes or no"),
}


def _counted(value: Fraction, one: Message, several: Message, language: Language) -> str:
    # French has the singular below two, English for one alone.
    is_singular = abs(value) == 1 if language == "en" else abs(value) < 2
    counted = one if is_singular else several
    return say(message(counted.template, number=say_number(value, language)), language)


def _said(value: Said, language: Language) -> str:
    match value:
        case str():
            cut = value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
            return visible(cut)
        case int():
            return say_number(Fraction(value), language)
        case date():
            return say_date(value, language)
        case Quantity():
            return say_quantity(value, language)
        case Unit():
            return _unit(value, language)
        case Message():
            return say(value, language)
        case tuple():
            return ", ".join(_said(item, language) for item in value)
        case _:
            assert_never(value)


def _unit(unit: Unit, language: Language) -> str:
    if unit.kind is Kind.AMOUNT and unit.currency:
        return say(message("an amount in {currency}", currency=unit.currency), language)
    return say(UNITS[unit.kind], language)


@cache  # safe in threads: two of them may each read the file once, and get the same catalogue
def _french() -> GNUTranslations:
    """The catalogue of French."""
    from gettext import GNUTranslations  # noqa: PLC0415 -- slow to import, and English needs none
    from importlib.resources import files  # noqa: PLC0415

    with files("sibdsl.messages").joinpath("french.mo").open("rb") as catalogue:
        return GNUTranslations(catalogue)
