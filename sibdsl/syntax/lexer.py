"""Text to tokens, one at a time: where the next word, name, number or mark ends.

One regular expression per language finds a token; a keyword of several words is then followed
word by word through the lexicon. Numbers, dates and texts are read here, once, so that everything
after works with values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from attrs import define, field

from sibdsl.diagnostics import Diagnostic
from sibdsl.money import CURRENCIES
from sibdsl.numerals import Language, Misread, read_number
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.table import END, WORD, Lexicon, tables

Value = str | Fraction | date | tuple[Fraction, str] | None


class Token(NamedTuple):
    """A word, name, number, text or mark. ``value`` is what it means, where it means something."""

    type: str
    text: str
    span: Span
    value: Value = None
    article: str = ""


UNKNOWN_WORD: Final = "unknown word"
UNREADABLE: Final = "unreadable"

_BLANK: Final = re.compile(r"[\s\u00ad]*")
_FOLDED: Final = re.compile(r"\s+")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_ARTICLE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[Tt]he\s+(?=\S)"),
    "fr": re.compile(r"[Ll](?:es?|a)\s+(?=\S)|[Ll]['’]\s*"),
}
_ODD_DATE: Final = re.compile(
    r"(?:\d{1,4}[/.]\d{1,2}[/.]\d{2,4}(?![\d%])|\d{1,2}(?:st|nd|rd|th|er)?\s{1,3}(?:"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r")\s{1,3}\d{4}(?!\d))"
)


@define
class Branch:
    """Where the words of a phrase have led: what ends here, and which words may follow."""

    words: dict[str, Branch] = field(factory=dict)
    terminals: list[str] = field(factory=list)
    before_digit: list[str] = field(factory=list)


class Words:
    """The words of a language, ready for use: one expression for forms, a tree of phrases."""

    def __init__(self, language: Language, lexicon: Lexicon) -> None:
        self.language = language
        self.lexicon = lexicon
        self.forms = {name: re.compile(form) for name, form in lexicon.forms}
        marks: dict[str, str] = {}
        self.phrases = Branch()
        for terminal, phrases in lexicon.phrases.items():
            for phrase in phrases:
                if WORD.match(phrase) is None:
                    marks[phrase] = terminal
                else:
                    self._plant(phrase, terminal)
        self.marks = marks
        named = [f"(?P<{name}>{form})" for name, form in lexicon.forms]
        self.master = re.compile(
            "|".join([*named, f"(?P<word>{WORD.pattern.removesuffix('|#')})", r"(?P<mark>\S)"])
        )
        self.names: dict[str, tuple[str, str]] = {}

    def _plant(self, phrase: str, terminal: str) -> None:
        branch = self.phrases
        for word in WORD.findall(phrase):
            if word == "#":
                branch.before_digit.append(terminal)
                return
            branch = branch.words.setdefault(word, Branch())
        branch.terminals.append(terminal)

    def name(self, raw: str) -> tuple[str, str]:
        """A Defined Term as it is compared (one space, straight apostrophes), and its article."""
        known = self.names.get(raw)
        if known is None:
            article = _ARTICLE[self.language].match(raw)
            bare = raw[article.end() :] if article else raw
            bare = _FOLDED.sub(" ", bare).replace("’", "'").replace("‑", "-")
            known = (bare, article[0] if article else "")
            if len(self.names) < 100_000:
                self.names[raw] = known
        return known


def _after_blanks(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


@cache
def words(language: Language) -> Words:
    """The words of a language."""
    return Words(language, tables().lexicons[language])


class Lexer:
    """Hands out the tokens of a text; collects comments and what cannot be read."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.words = words(language)
        self.comments: list[Span] = []
        self.findings: list[Diagnostic] = []

    def token(self, at: int, accepted: Mapping[str, int]) -> Token:
        """The token at or after an offset; ``accepted`` settles the few words with two uses."""
        text = self.text
        at = self._past_blanks(at)
        match = self.words.master.match(text, at)
        if match is None:
            return Token(END, "", Span(len(text), len(text)))
        kind = match.lastgroup
        if kind == "word":
            return self._phrase(match, accepted)
        if kind == "mark":
            return self._mark(match)
        if kind == "NAME":
            return self._name(match)
        assert kind is not None
        return self._form(kind, match)

    def _past_blanks(self, at: int) -> int:
        text = self.text
        while True:
            at = _after_blanks(text, at)
            if not text.startswith("#", at):
                return at
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            if not self.comments or self.comments[-1].start < at:
                self.comments.append(Span(at, end))
            at = end

    def _phrase(self, match: re.Match[str], accepted: Mapping[str, int]) -> Token:
        """The longest keyword that begins with this word."""
        text, start, end = self.text, match.start(), match.end()
        branch = self.words.phrases.words.get(match[0].replace("’", "'"))
        longest = end
        terminals: list[str] = []
        while branch is not None:
            if branch.terminals:
                longest, terminals = end, branch.terminals
            at = _after_blanks(text, end)
            if branch.before_digit and text[at : at + 1].isdecimal():
                longest, terminals = end, branch.before_digit
                break
            word = WORD.match(text, at) if branch.words else None
            if word is None:
                break
            branch = branch.words.get(word[0].replace("’", "'"))
            end = word.end()
        span = Span(start, longest)
        if not terminals:
            return Token(UNKNOWN_WORD, match[0], span)
        fitting = next((name for name in terminals if name in accepted), terminals[0])
        return Token(fitting, text[start:longest], span)

    def _mark(self, match: re.Match[str]) -> Token:
        mark, span = match[0], Span(match.start(), match.end())
        terminal = self.words.marks.get(mark)
        if terminal is not None:
            return Token(terminal, mark, span)
        return Token(UNREADABLE, mark, span)

    def _name(self, match: re.Match[str]) -> Token:
        raw, start = match[0], match.start()
        for code in _CURRENCY.finditer(raw):
            if code[0] in CURRENCIES and self._digit_follows(start + code.end()):
                cut = raw[: code.start()].rstrip()
                if cut:
                    raw = cut
                    break
        bare, article = self.words.name(raw)
        return Token("NAME", bare, Span(start + len(article), start + len(raw)), bare, article)

    def _digit_follows(self, at: int) -> bool:
        at = _after_blanks(self.text, at)
        return self.text[at : at + 1].isdecimal()

    def _form(self, kind: str, match: re.Match[str]) -> Token:
        text, span = match[0], Span(match.start(), match.end())
        odd_date = _ODD_DATE.match(self.text, span.start) if kind != "TEXT" else None
        if odd_date is not None and kind != "AMOUNT":
            span = Span(span.start, odd_date.end())
            self.findings.append(mistakes.odd_date(odd_date[0], span))
            return Token("DATE", odd_date[0], span, date.min)
        match kind:
            case "TEXT":
                return Token(kind, text, span, _FOLDED.sub(" ", text[1:-1]).strip())
            case "DATE":
                return Token(kind, text, span, self._date(text, span))
            case "DAY_COUNT":
                return Token(kind, text, span, text)
            case "AMOUNT":
                return self._amount(match)
            case _:
                digits = text
                if kind != "NUMBER":
                    numbers = self.words.forms["NUMBER"].match(text)
                    digits = numbers[0] if numbers else text
                value = self._number(digits, span)
                return Token(kind, text, span, value if kind == "NUMBER" else value / 100)

    def _number(self, digits: str, span: Span) -> Fraction:
        value = read_number(digits, self.language)
        if isinstance(value, Misread):
            self.findings.append(mistakes.misread(digits, value, span, self.language))
            return value.readings[0] if value.readings else Fraction(1)
        return value

    def _date(self, text: str, span: Span) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.findings.append(mistakes.impossible_date(text, span))
            return date.min

    def _amount(self, match: re.Match[str]) -> Token:
        text, start = match[0], match.start()
        number = self.words.forms["NUMBER"].search(text)
        assert number is not None
        code = (text[: number.start()] + text[number.end() :]).strip().replace("€", "EUR")
        if code not in CURRENCIES:
            # `KPI 5` is a Defined Term, `5 CAF` a number before one.
            if number.start():
                name = self.words.forms["NAME"].match(self.text, start)
                assert name is not None
                return self._name(name)
            end = start + number.end()
            value = self._number(number[0], Span(start, end))
            return Token("NUMBER", number[0], Span(start, end), value)
        span = Span(start, match.end())
        return Token("AMOUNT", text, span, (self._number(number[0], span), code))
