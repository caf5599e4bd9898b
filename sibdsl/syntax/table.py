"""The tables that drive reading: LALR states and rules, and the words of each language.

``grammar/*.lark`` are the source. lark makes the LALR table from them; the result is kept beside
them as ``tables.json``, so that a command starts without building it again (a test holds the file
to its source, and a stale one is never used).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pkgutil import get_data
from typing import Final, cast

from sibdsl.frozen import frozen
from sibdsl.numerals import Language

GRAMMAR_FILES: Final[Mapping[str, str]] = {
    "rules": "contract.lark",
    "en": "english.lark",
    "fr": "french.lark",
}
TABLES_FILE: Final = "tables.json"
END: Final = "$END"

# One word of a keyword; `lorsqu'` and `d'` are words of their own. A first word has no capital, or it
# would be a Defined Term; `in French` has one later on.
WORD: Final = re.compile(r"[EF]?[a-zà-öø-ÿœ]+(?:-[a-zà-öø-ÿœ]+)*['’]?|#")

Row = Mapping[str, int]
"""What a state does on a symbol: n >= 0, go to state n; n < 0, reduce by rule -(n + 1)."""


@frozen
class Rule:
    """One alternative: the symbol it makes, how many values it takes, the action that joins them."""

    symbol: str
    size: int
    action: str


@frozen
class Lexicon:
    """The words of a language: forms in the order they are tried, and phrases per terminal."""

    forms: tuple[tuple[str, str], ...]
    phrases: Mapping[str, tuple[str, ...]]


@frozen
class Tables:
    """Everything a parser needs."""

    states: tuple[Row, ...]
    rules: tuple[Rule, ...]
    start: int
    lexicons: Mapping[Language, Lexicon]


def sources() -> Mapping[str, str]:
    """The grammar's files, packaged with this one: the rules, and the words of each language."""
    return {part: _packaged(name) for part, name in GRAMMAR_FILES.items()}


def _packaged(name: str) -> str:
    # get_data and not importlib.resources, which is slow to import.
    data = get_data("sibdsl.grammar", name)
    assert data is not None
    return data.decode("utf-8")


def digest_of(grammar: Mapping[str, str]) -> str:
    """The digest of the grammar's sources, by which a stale table is known."""
    return sha256("".join(grammar[part] for part in GRAMMAR_FILES).encode()).hexdigest()


@cache
def tables() -> Tables:
    """The tables of the grammar: from the packaged file, or built where that is stale or missing."""
    try:
        data = json.loads(_packaged(TABLES_FILE))
    except FileNotFoundError:
        data = {"grammar": ""}
    if data["grammar"] == digest_of(sources()):
        return _from_data(data)
    from sibdsl.syntax.generate import build  # noqa: PLC0415  lark is slow to import, seldom needed

    return _from_data(build(sources()))


def _from_data(data: dict[str, object]) -> Tables:
    lexicons = cast(Mapping[Language, dict[str, object]], data["lexicons"])
    return Tables(
        states=tuple(cast(list[Row], data["states"])),
        rules=tuple(Rule(*rule) for rule in cast(list[tuple[str, int, str]], data["rules"])),
        start=cast(int, data["start"]),
        lexicons={
            language: Lexicon(
                forms=tuple((name, form) for name, form in cast(list[list[str]], words["forms"])),
                phrases={
                    terminal: tuple(phrases)
                    for terminal, phrases in cast(dict[str, list[str]], words["phrases"]).items()
                },
            )
            for language, words in lexicons.items()
        },
    )
