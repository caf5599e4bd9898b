"""Grammar to tables, by lark: run when the grammar changes, never to read a contract.

Refuses what lark would settle silently: a shift/reduce conflict, and one spelling that may be two
keywords in one place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any, cast

from lark import Lark, Token
from lark.exceptions import GrammarError
from lark.lexer import Lexer, Pattern, PatternStr
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

from sibdsl.syntax.table import GRAMMAR_FILES, grammar_digest, grammar_text


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


class _NoLexer(Lexer):
    """The words are read by ``syntax.lexer``; lark makes the table."""

    def __init__(self, _: object) -> None: ...

    def lex(self, *_: object) -> Iterator[Token]:
        return iter(())


def _lark_of(language: str) -> Lark:
    grammar = grammar_text(GRAMMAR_FILES["rules"]) + grammar_text(GRAMMAR_FILES[language])
    return Lark(grammar, parser="lalr", lexer=_NoLexer, start="contract", maybe_placeholders=False)


def _lexicon(lark: Lark) -> dict[str, object]:
    forms: list[tuple[str, str]] = []
    phrases: dict[str, list[str]] = {}
    for terminal in lark.terminals:
        spellings = _spellings(terminal.pattern)
        if spellings is None:
            forms.append((terminal.name, terminal.pattern.value))
        else:
            phrases[terminal.name] = spellings
    return {"forms": forms, "phrases": phrases}


def _spellings(pattern: Pattern) -> list[str] | None:
    """The phrases of a terminal written as quoted words; None for a regular expression.

    lark joins quoted alternatives to one escaped regular expression, which is taken apart again.
    """
    if isinstance(pattern, PatternStr):
        return [pattern.value]
    match = re.fullmatch(r"\(\?:((?:[^\\()\[\]{}?+*.^$]|\\[^\w])+)\)", pattern.value)
    if match is None:
        return None
    return sorted(re.sub(r"\\(.)", r"\1", match[1]).split("|"))


def _lalr(lark: Lark) -> tuple[list[dict[str, int]], list[list[object]], int]:
    # INVARIANT: lark's analyser is no public interface; the packaged table keeps every run but the
    # building of it from depending on its shape. lark settles a shift/reduce conflict without a word unless asked to be strict.
    analyser: Any = cast(Any, LALR_Analyzer)(
        cast(Any, lark.parser).parser_conf, debug=False, strict=True
    )
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


def as_json(built: dict[str, object]) -> str:
    """What stands in ``tables.json``: one state a line, so that a change can be read."""
    states = cast(list[dict[str, int]], built["states"])
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in states)
    head = {key: value for key, value in built.items() if key != "states"}
    text = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return f'{text},\n "states": [\n{lines}\n]\n}}\n'
