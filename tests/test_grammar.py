"""The grammar: no conflict, no word with two readings, nothing in one language or unused."""

import re

import pytest

from sibdsl.numerals import Language
from sibdsl.syntax.build import Build, actions
from sibdsl.syntax.generate import as_json, build
from sibdsl.syntax.lexer import Lexer
from sibdsl.syntax.table import sources, tables
from tests.regenerate import TABLES

LANGUAGES: tuple[Language, ...] = ("en", "fr")
PHRASES = [
    (language, terminal, phrase)
    for language in LANGUAGES
    for terminal, phrases in tables().lexicons[language].phrases.items()
    for phrase in phrases
]


def declared(language: Language) -> list[str]:
    return re.findall(r"^([A-Z_]+):", sources()[language], re.MULTILINE)


def changed(part: str, old: str, new: str) -> dict[str, str]:
    """The grammar with one thing written otherwise in one of its files."""
    assert old in sources()[part]
    return {**sources(), part: sources()[part].replace(old, new, 1)}


def test_the_packaged_tables_are_fresh() -> None:
    fresh = as_json(build(sources()))
    assert fresh == TABLES.read_text(encoding="utf-8"), "run `python -m tests.regenerate`"


def test_a_shift_reduce_conflict_fails_the_build() -> None:
    grammar = changed(
        "rules", "    | NOT negation", "    | negation AND negation -> both\n    | NOT negation"
    )
    with pytest.raises(ValueError, match="conflict"):
        build(grammar)


def test_a_reduce_reduce_conflict_fails_the_build() -> None:
    grammar = changed("rules", "primary: NUMBER ", "primary: NAME -> again\n    | NUMBER ")
    with pytest.raises(ValueError, match="conflict"):
        build(grammar)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [("en", 'AND: "and"', 'AND: "and" | "or"'), ("fr", 'ELSE: "sinon"', 'ELSE: "sinon" | "et"')],
)
def test_one_word_for_two_things_in_one_place_fails_the_build(
    language: Language, old: str, new: str
) -> None:
    with pytest.raises(ValueError, match="in one place"):
        build(changed(language, old, new))


def test_a_word_without_its_translation_fails_the_build() -> None:
    with pytest.raises(ValueError, match=r"fr: .*PARTICIPANT"):
        build(changed("fr", 'PARTICIPANT: "participant" | "le participant"\n', ""))


def test_both_languages_declare_the_same_terminals_once() -> None:
    assert len(set(declared("en"))) == len(declared("en"))
    assert sorted(declared("en")) == sorted(declared("fr"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_declared_terminal_is_used_by_a_rule(language: Language) -> None:
    lexicon = tables().lexicons[language]
    used = {name for name, _ in lexicon.forms} | set(lexicon.phrases)
    assert used == set(declared(language))
    assert used == {symbol for row in tables().states for symbol in row if symbol.isupper()} - {
        "$END"
    }


def test_every_alternative_has_its_action_and_every_action_its_alternative() -> None:
    named = {rule.action for rule in tables().rules} - {"_statement"}
    assert named == set(actions(Build()))


def test_every_rule_of_a_state_exists() -> None:
    states, rules = tables().states, tables().rules
    assert all(-len(rules) <= to < len(states) for row in states for to in row.values())
    assert {-to - 1 for row in states for to in row.values() if to < 0} == set(range(len(rules)))


@pytest.mark.parametrize(("language", "terminal", "phrase"), PHRASES)
def test_every_phrase_reads_as_its_own_terminal(
    language: Language, terminal: str, phrase: str
) -> None:
    """In the place that asks for it, however its words are parted, and whole."""
    before_digit = phrase.endswith(" #")
    words = phrase.removesuffix(" #")
    for written in (words, words.replace(" ", "\n  "), words.replace("'", "’")):
        text = f"{written} {'2017-01-01' if before_digit else ''}"
        token = Lexer(text, language).token(0, {terminal: 0})
        assert (token.type, token.text) == (terminal, written)
