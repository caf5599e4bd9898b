"""Grammar to tables, by lark: run when the grammar changes, never to read a contract.

Refuses what lark would settle silently: a shift/reduce conflict, and one spelling that may be two
keywords in one place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, cast

from lark import Lark, Token
from lark.exceptions import GrammarError
from lark.lexer import Lexer, Pattern, PatternStr
from lark.parsers.lalr_analysis import LALR_Analyzer, Shift

from sibdsl.syntax.table import digest_of


def build(grammar: Mapping[str, str]) -> dict[str, object]:
    """The tables made anew by lark, as JSON data. A conflict or an ambiguous word is a ValueError.

    ``grammar`` holds the texts of :data:`~sibdsl.syntax.table.GRAMMAR_FILES`.
    """
    languages = {language: _lark_of(grammar, language) for language in ("en", "fr")}
    lexicons = {language: _lexicon(lark, grammar[language]) for language, lark in languages.items()}
    table, rules, start = _lalr(languages["en"])
    for language, lexicon in lexicons.items():
        _refuse_ambiguous_words(language, lexicon, table)
    return {
        "grammar": digest_of(grammar),
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


def _lark_of(grammar: Mapping[str, str], language: str) -> Lark:
    text = grammar["rules"] + grammar[language]
    try:
        return Lark(text, parser="lalr", lexer=_NoLexer, start="contract", maybe_placeholders=False)
    except GrammarError as conflict:
        raise ValueError(f"{language}: the grammar has a conflict: {conflict}") from conflict


def _lexicon(lark: Lark, text: str) -> dict[str, object]:
    forms: list[tuple[str, str]] = []
    phrases: dict[str, list[str]] = {}
    for terminal in lark.terminals:
        spellings = _spellings(terminal.pattern)
        if spellings is None:
            forms.append((terminal.name, terminal.pattern.value))
        else:
            declared = text.index(f"\n{terminal.name}:")
            # lark sorts spellings by length; the first one written is the one that findings offer.
            phrases[terminal.name] = sorted(
                spellings, key=lambda phrase: text.index(f'"{phrase}"', declared)
            )
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
    return re.sub(r"\\(.)", r"\1", match[1]).split("|")


def _lalr(lark: Lark) -> tuple[list[dict[str, int]], list[list[object]], int]:
    # INVARIANT: lark's analyser is no public interface; the packaged table keeps every run but the
    # building of it from depending on its shape. lark settles a shift/reduce conflict without a
    # word unless asked to be strict.
    analyser: Any = cast(Any, LALR_Analyzer)(
        cast(Any, lark.parser).parser_conf, debug=False, strict=True
    )
    try:
        analyser.compute_lalr()
    except GrammarError as conflict:
        raise ValueError(f"the grammar has a conflict: {conflict}") from conflict
    rules = {rule: number for number, rule in enumerate(lark.rules)}
    states: dict[int, dict[str, int]] = {
        state: {
            symbol: arg if action is Shift else -(rules[arg] + 1)
            for symbol, (action, arg) in sorted(row.items())
            if action is Shift or arg in rules
        }
        for state, row in analyser.parse_table.states.items()
    }
    listed: list[list[object]] = [
        [rule.origin.name, len(rule.expansion), rule.alias or str(rule.origin.name)]
        for rule in lark.rules
    ]
    return _renumbered(states, analyser.parse_table.start_states["contract"]), listed, 0


def _renumbered(states: dict[int, dict[str, int]], start: int) -> list[dict[str, int]]:
    """The states in the order in which they are met from the start, symbol by symbol.

    lark numbers them otherwise in each process; the packaged table must come out the same.
    """
    numbers = {start: 0}
    met = [start]
    for state in met:  # grows as it goes
        for target in states[state].values():
            if target >= 0 and target not in numbers:
                numbers[target] = len(met)
                met.append(target)
    return [
        {symbol: numbers[to] if to >= 0 else to for symbol, to in states[state].items()}
        for state in met
    ]


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
