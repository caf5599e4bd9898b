"""What Defined Terms are called in the other language: as the contract declares it, and by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.syntax.lexer import words
from sibdsl.syntax.nodes import Contract, Translation

OTHER: Final[Mapping[Language, Language]] = {"en": "fr", "fr": "en"}
_NUMBERED: Final = re.compile(r"(.+) (\d{1,3})")


@frozen
class DefinedTerm:
    """A Defined Term with the article before it, if there is one: ``l'``, ``le``, ``the``."""

    article: str
    name: str


def read_defined_term(text: str, language: Language) -> DefinedTerm | None:
    """The Defined Term that a text is in a language; None where it is none, or more than one."""
    known = words(language)
    if not known.form("NAME").fullmatch(text.strip()):
        return None
    name, article, _ = known.name(text.strip())
    return DefinedTerm(article.strip(), name)


def declared_names(contract: Contract) -> Mapping[str, DefinedTerm]:
    """The name in the other language of each term that has one; of two declarations, the first."""
    found: dict[str, DefinedTerm] = {}
    for statement in contract.statements:
        if isinstance(statement, Translation):
            term = read_defined_term(statement.text.text, OTHER[contract.language])
            if term is not None:
                found.setdefault(statement.name.text, term)
    return found


def name_there(name: str, known: Mapping[str, DefinedTerm]) -> DefinedTerm | None:
    """The name in the other language; ``Year 3`` follows ``Year`` where only that is declared."""
    if name in known:
        return known[name]
    numbered = _NUMBERED.fullmatch(name)
    if numbered and numbered[1] in known:
        series = known[numbered[1]]
        return DefinedTerm(series.article, f"{series.name} {numbered[2]}")
    return None
