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
from importlib.resources import files
from itertools import product
from typing import Final, cast

from attrs import frozen

from sibdsl.numerals import Language

GRAMMAR_FILES: Final[Mapping[str, str]] = {
    "rules": "contract.lark",
    "en": "english.lark",
    "fr": "french.lark",
}
TABLES_FILE: Final = "tables.json"
END: Final = "$END"

# One word of a keyword; `lorsqu'` and `d'` are words of their own.
WORD: Final = re.compile(r"[a-zà-öø-ÿœ]+(?:-[a-zà-öø-ÿœ]+)*['’]?|#")

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


def grammar_digest() -> str:
    """The digest of the grammar's sources, by which a stale table is known."""
    digest = sha256()
    for name in GRAMMAR_FILES.values():
        digest.update(_grammar_text(name).encode())
    return digest.hexdigest()


@cache
def tables() -> Tables:
    """The tables of the grammar: from the packaged file, or built where that is stale or missing."""
    packaged = files("sibdsl.grammar").joinpath(TABLES_FILE)
    if packaged.is_file():
        data = json.loads(packaged.read_text(encoding="utf-8"))
        if data["grammar"] == grammar_digest():
            return _from_data(data)
    return _from_data(build())


def build() -> dict[str, object]:
    """The tables made anew by lark, as JSON data. A conflict or an ambiguous word is a ValueError."""
    english, french = (_lark_of(language) for language in ("en", "fr"))
    lexicons = {"en": _lexicon(english), "fr": _lexicon(french)}
    table, rules, start = _lalr(english)
    for language, lexicon in lexicons.items():
        _refuse_ambiguous_words(language, lexicon, table)
    return {
        "grammar": grammar_digest(),
        "start": start,
        "rules": rules,
        "states": table,
        "lexicons": lexicons,
    }


def _grammar_text(name: str) -> str:
    return files("sibdsl.grammar").joinpath(name).read_text(encoding="utf-8")


def _lark_of(language: str):  # type: ignore[no-untyped-def]  # lark is imported only to build
    from lark import Lark
    from lark.lexer import Lexer

    class NoLexer(Lexer):
        """The words are read by ``syntax.lexer``; lark makes the table."""

        def __init__(self, _: object) -> None: ...

        def lex(self, *_: object):  # type: ignore[no-untyped-def]
            return iter(())

    grammar = _grammar_text(GRAMMAR_FILES["rules"]) + _grammar_text(GRAMMAR_FILES[language])
    return Lark(grammar, parser="lalr", lexer=NoLexer, start="contract", maybe_placeholders=False)


def _lexicon(lark) -> dict[str, object]:  # type: ignore[no-untyped-def]
    forms: list[tuple[str, str]] = []
    phrases: dict[str, list[str]] = {}
    for terminal in lark.terminals:
        spellings = _spellings(terminal.pattern)
        if spellings is None:
            forms.append((terminal.name, terminal.pattern.value))
        else:
            phrases[terminal.name] = spellings
    return {"forms": forms, "phrases": phrases}


def _spellings(pattern) -> list[str] | None:  # type: ignore[no-untyped-def]
    """The phrases of a terminal written as quoted words; None for a regular expression.

    lark joins quoted alternatives to one escaped regular expression, which is taken apart again.
    """
    from lark.lexer import PatternStr

    if isinstance(pattern, PatternStr):
        return [pattern.value]
    match = re.fullmatch(r"\(\?:((?:[^\\()\[\]{}?+*.^$]|\\[^\w])+)\)", pattern.value)
    if match is None:
        return None
    return sorted(re.sub(r"\\(.)", r"\1", match[1]).split("|"))


def _lalr(lark) -> tuple[list[dict[str, int]], list[list[object]], int]:  # type: ignore[no-untyped-def]
    from lark.exceptions import GrammarError
    from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

    # lark settles a shift/reduce conflict without a word unless asked to be strict.
    analyser = LALR_Analyzer(lark.parser.parser_conf, debug=False, strict=True)
    try:
        analyser.compute_lalr()
    except GrammarError as conflict:
        raise ValueError(f"the grammar has a conflict: {conflict}") from conflict
    parse_table = analyser.parse_table
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    states = [
        {
            symbol: arg if action is Shift else -(rules[arg] + 1)
            for symbol, (action, arg) in sorted(parse_table.states[state].items())
            if action is Shift or arg in rules
        }
        for state in range(len(parse_table.states))
    ]
    listed: list[list[object]] = [
        [rule.origin.name, len(rule.expansion), rule.alias or str(rule.origin.name)]
        for rule in lark.rules
    ]
    return states, listed, parse_table.start_states["contract"]


def _refuse_ambiguous_words(
    language: str, lexicon: dict[str, object], table: list[dict[str, int]]
) -> None:
    """One spelling may serve two terminals only where no state takes both."""
    by_phrase: dict[str, list[str]] = {}
    for terminal, phrases in cast(dict[str, list[str]], lexicon["phrases"]).items():
        for phrase in phrases:
            by_phrase.setdefault(phrase, []).append(terminal)
    for phrase, terminals in by_phrase.items():
        for one, other in product(terminals, terminals):
            if one < other and any(one in row and other in row for row in table):
                raise ValueError(f"{language}: “{phrase}” may be {one} or {other} in one place")


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


def as_json(built: dict[str, object]) -> str:
    """What stands in ``tables.json``: one state a line, so that a change can be read."""
    states = cast(list[dict[str, int]], built["states"])
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in states)
    head = {key: value for key, value in built.items() if key != "states"}
    text = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{text},\n "states": [\n{lines}\n]\n}}\n'
