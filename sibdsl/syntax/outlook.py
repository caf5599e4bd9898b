"""What may follow: the terminals that a state of reading really takes, and how they are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.syntax.lexer import Words
from sibdsl.syntax.table import END, Tables

_VALUES: Final = frozenset({"NUMBER", "OPEN", "NAME", "PERCENTAGE", "AMOUNT"})
_STARTS: Final = frozenset({"PARTY", "PAYMENT", "MEASURE"})
# Nearly everything may be followed by these, so they tell a drafter little.
GOING_ON: Final = frozenset(
    {
        *("PLUS", "MINUS", "TIMES", "SLASH", "OF", "IN", "INDEXED_BY", "ROUNDED", "AND", "OR"),
        *("OR_ELSE", "AT", "AT_PREVIOUS_EVALUATION", "FOR", "IS", "IS_AT_LEAST", "IS_AT_MOST"),
        *("IS_MORE_THAN", "IS_LESS_THAN", "IS_BETWEEN", "IS_BEFORE", "IS_AFTER"),
        *("IS_ON_OR_BEFORE", "IS_ON_OR_AFTER", "TO_DATE"),
    }
)
_FORMS: Final = {
    "NAME": message("a Defined Term"),
    "TEXT": message("a text in quotes"),
    "DATE": message("a date such as 2017-03-30"),
    "NUMBER": message("a number"),
    "FRACTION": message("a fraction such as 5/6"),
    "AMOUNT": message("an amount of money"),
    "PERCENTAGE": message("a percentage"),
    "DAY_COUNT": message("a day count such as actual/365"),
}
MOST: Final = 5


class Outlook:
    """A stack of states, asked what would happen; nothing is built."""

    def __init__(self, grammar: Tables, stack: Sequence[int]) -> None:
        self._grammar = grammar
        self._stack = list(stack)
        self.accepted = frozenset(
            terminal
            for terminal in grammar.states[stack[-1]]
            if terminal.isupper() and self._after(terminal) is not None
        )

    def after(self, terminal: str) -> Outlook | None:
        """The outlook behind a terminal; None if it cannot stand here, or ends everything."""
        stack = self._after(terminal)
        return Outlook(self._grammar, stack) if stack else None

    def _after(self, terminal: str) -> list[int] | None:
        """The states after a terminal, as the parser would go; empty at the end of the text."""
        states, rules, stack = self._grammar.states, self._grammar.rules, list(self._stack)
        while True:
            action = states[stack[-1]].get(terminal)
            if action is None:
                return None
            if action >= 0:
                stack.append(action)
                return stack
            rule = rules[-action - 1]
            if rule.symbol == "contract":
                return []
            if rule.size:
                del stack[-rule.size :]
            stack.append(states[stack[-1]][rule.symbol])

    def expected(self, starts: frozenset[str], words: Words) -> Message:
        """What may stand here, the most particular first; ``starts`` begin a statement."""
        if self.accepted >= _VALUES:
            return message("a value")
        terminals = self.accepted - GOING_ON or self.accepted
        new_statement = terminals >= _STARTS
        if new_statement:
            terminals -= starts
        shown = list(_said(sorted(terminals), words))
        if new_statement:
            shown.append(message("a new statement"))
        if len(shown) == 1:
            return shown[0]
        if len(shown) > MOST:
            return message("for example {choices}", choices=tuple(shown[:MOST]))
        return message("one of {choices}", choices=tuple(shown))


def _said(terminals: Iterable[str], words: Words) -> Iterable[Message]:
    for terminal in terminals:
        if terminal in _FORMS:
            yield _FORMS[terminal]
        elif terminal != END:
            yield message("‘{word}’", word=words.main_spelling(terminal))
