"""What could have stood where a mistake stands, said in the words of the language."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.syntax.lexer import Words
from sibdsl.syntax.table import END, Row

_VALUES: Final = frozenset({"NUMBER", "OPEN", "NAME", "PERCENTAGE", "AMOUNT"})
_FORMS: Final = {
    "NAME": message("a Defined Term"),
    "TEXT": message("a text in quotes"),
    "DATE": message("a date such as 2017-03-30"),
    "NUMBER": message("a number"),
    "AMOUNT": message("an amount of money"),
    "PERCENTAGE": message("a percentage"),
    "DAY_COUNT": message("a day count such as actual/365"),
}
MOST: Final = 4


def expected_here(row: Row, words: Words) -> Message:
    """Up to four things a state takes, the most particular first."""
    terminals = [symbol for symbol in row if symbol.isupper()]
    if set(terminals) >= _VALUES:
        return message("a value")
    if "TITLE" in row or {"PAYMENT", "PARTY", "MEASURE"} <= set(terminals):
        going_on = [t for t in terminals if row[t] >= 0]
        if {"PAYMENT", "PARTY"} <= set(going_on) or not going_on:
            return message("a new statement")
        terminals = going_on
    shown = list(_said(terminals, words))[:MOST]
    if len(shown) == 1:
        return shown[0]
    return message("one of {choices}", choices=tuple(shown))


def _said(terminals: Iterable[str], words: Words) -> Iterable[Message]:
    for terminal in terminals:
        if terminal in _FORMS:
            yield _FORMS[terminal]
        elif terminal in words.lexicon.phrases and terminal != END:
            phrase = min(words.lexicon.phrases[terminal], key=len).removesuffix(" #")
            yield message("‘{word}’", word=phrase)
