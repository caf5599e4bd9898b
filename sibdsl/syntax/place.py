"""Where reading stopped: all that is known there of what came before and of what could follow."""

from __future__ import annotations

from collections.abc import Sequence

from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax.lexer import Lexer, Token
from sibdsl.syntax.outlook import Outlook
from sibdsl.syntax.table import END


@frozen
class Place:
    """Where reading stopped: what came before, what was found, what could have stood there."""

    lexer: Lexer
    outlook: Outlook
    starts: frozenset[str]
    """The keywords that begin a statement."""
    values: Sequence[object]
    """What is open in the statement at hand: tokens, and what was made of others."""
    last: Token | None
    token: Token
    first_statement: bool

    @property
    def text(self) -> str:
        """The whole text."""
        return self.lexer.text

    @property
    def language(self) -> Language:
        """The language of the keywords."""
        return self.lexer.language

    @property
    def here(self) -> Span:
        """Where the token stands; the end of what is written, at the end of the text."""
        if self.token.type == END:
            end = len(self.text.rstrip())
            return Span(end, end)
        return self.token.span

    @property
    def opened(self) -> tuple[Token, ...]:
        """The tokens that are open in the statement at hand."""
        return tuple(value for value in self.values if isinstance(value, Token))
