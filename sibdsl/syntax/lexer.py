"""Text to tokens, one at a time: where the next word, name, number or mark ends.

One regular expression per language finds a token; a second one, looked up by the first word,
follows a keyword of several words. Numbers, dates and texts are read here, once, so that
everything after works with values.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Final, NamedTuple

from sibdsl.diagnostics import Diagnostic
from sibdsl.money import CURRENCIES
from sibdsl.numerals import (
    Language,
    Misread,
    looks_like_thousands,
    read_amount,
    read_number,
    say_number,
)
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
ANYTHING: Final[frozenset[str]] = frozenset()
"""For a token that is read without knowing what may stand there."""

# A soft hyphen is invisible and comes with text pasted from Word.
_BLANK: Final = r"[\s\u00ad]*+"
_BLANKS: Final = re.compile(_BLANK)
# A comment ends where any editor ends a line: nothing may hide behind a carriage return.
_COMMENT: Final = r"#[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*"
_ONE_WORD: Final = WORD.pattern.removesuffix("|#")
_FOLLOWING: Final = re.compile(rf"{_BLANK}({_ONE_WORD}|(?=\d))")
_FOLDED: Final = re.compile(r"[\s\u00ad]+")
_CURRENCY: Final = re.compile(r"\b[A-Z]{3}\b")
_ARTICLE: Final[Mapping[Language, re.Pattern[str]]] = {
    "en": re.compile(r"[Tt]he\s+(?=\S)"),
    "fr": re.compile(r"[Ll](?:es?|a)\s+(?=\S)|[Ll]['’]\s*"),
}
_MONTHS: Final = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "[Jj]anvier|[Ff]évrier|[Mm]ars|[Aa]vril|[Mm]ai|[Jj]uin|[Jj]uillet|[Aa]oût|[Ss]eptembre|"
    "[Oo]ctobre|[Nn]ovembre|[Dd]écembre)"
)
_ODD_DATE: Final = "|".join(
    (
        r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}(?![\d%])",
        rf"\d{{1,2}}(?:st|nd|rd|th|er)?\s{{1,3}}{_MONTHS}\s{{1,3}}\d{{4}}(?!\d)",
        rf"{_MONTHS}\s{{1,3}}\d{{1,2}}(?:st|nd|rd|th)?,\s{{0,3}}\d{{4}}(?!\d)",
    )
)
_DASH: Final = re.compile("[\u2010\u2011\u2013\u2212]")
"""What a word processor makes of the hyphens of a date."""
_SIGN: Final = r"[A-Z]{3}\b|[£€]"
_SIGN_AFTER: Final = re.compile(rf"[ \t\u00a0\u202f]{{0,3}}({_SIGN})")
_REMEMBERED: Final = 100_000
"""How many spellings are kept with what they mean, so that a hostile text fills no memory."""


class Words:
    """The words of a language, ready for use, and what has been read in it before."""

    def __init__(self, language: Language, lexicon: Lexicon) -> None:
        self.language = language
        self.lexicon = lexicon
        self._forms = dict(lexicon.forms)
        self.digits = self.form("NUMBER")
        self.marks: dict[str, str] = {}
        self.spelled = {
            terminal: tuple(dict.fromkeys(phrase.removesuffix(" #") for phrase in phrases))
            for terminal, phrases in lexicon.phrases.items()
        }
        self.phrases = _Step()
        for terminal, phrases in lexicon.phrases.items():
            for phrase in phrases:
                words = ["" if word == "#" else word for word in WORD.findall(phrase)]
                if words:
                    self.phrases.reach(words).terminals.append(terminal)
                else:
                    self.marks[phrase] = terminal
        forms = [f"(?P<{name}>{form})" for name, form in lexicon.forms]
        forms.insert(_after("DATE", lexicon), f"(?P<odd_date>{_ODD_DATE})")
        number = self.digits.pattern
        forms.append(rf"(?P<odd_amount>[£€][ \t\u00a0\u202f]{{0,3}}{number})")
        word = f"(?P<word>{_ONE_WORD})"
        marks = [f"(?P<comment>{_COMMENT})", r"(?P<mark>\S)"]
        self.master = re.compile(f"{_BLANK}(?:{'|'.join([*forms, word, *marks])})")
        self._names: dict[str, tuple[str, str, bool]] = {}
        self._numbers: dict[str, Fraction | Misread] = {}

    def form(self, name: str) -> re.Pattern[str]:
        """A number, name, text or date by itself: compiled when asked for, and ``re`` keeps it."""
        return re.compile(self._forms[name])

    def name(self, raw: str) -> tuple[str, str, bool]:
        """A Defined Term as it is compared (one space, straight apostrophes), its article, and
        whether a word of it may be a currency code.
        """
        known = self._names.get(raw)
        if known is None:
            article = _ARTICLE[self.language].match(raw)
            bare = raw[article.end() :] if article else raw
            bare = _FOLDED.sub(" ", bare).replace("’", "'").replace("‑", "-")
            known = (bare, article[0] if article else "", _CURRENCY.search(raw) is not None)
            if len(self._names) < _REMEMBERED:
                self._names[raw] = known
        return known

    def number(self, digits: str) -> Fraction | Misread:
        """A number as this language writes it."""
        known = self._numbers.get(digits)
        if known is None:
            known = read_number(digits, self.language)
            if len(self._numbers) < _REMEMBERED:
                self._numbers[digits] = known
        return known

    def main_spelling(self, terminal: str) -> str:
        """The phrase that the grammar lists first for a keyword or mark."""
        return self.spelled[terminal][0]


class _Step:
    """Where the words of a keyword lead: the terminals that end here, and the words that go on.

    A tree of dicts, because a regular expression for each first word made every start slow.
    """

    __slots__ = ("further", "terminals")

    def __init__(self) -> None:
        self.terminals: list[str] = []
        self.further: dict[str, _Step] = {}

    def reach(self, following: Iterable[str]) -> _Step:
        """The step after some words; ``""`` stands for a digit that follows."""
        step = self
        for word in following:
            step = step.further.setdefault(word, _Step())
        return step


def _after(form: str, lexicon: Lexicon) -> int:
    return [name for name, _ in lexicon.forms].index(form) + 1


@cache
def words(language: Language) -> Words:
    """The words of a language."""
    return Words(language, tables().lexicons[language])


class Lexer:
    """Hands out the tokens of a text; collects comments, what cannot be read, and what is doubtful."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.words = words(language)
        self.comments: list[Span] = []
        self.findings: list[Diagnostic] = []
        self.doubts: list[Diagnostic] = []
        self._match = self.words.master.match

    def token(self, at: int, accepted: Collection[str]) -> Token:
        """The token at or after an offset; ``accepted`` settles the few words with two uses."""
        while True:
            match = self._match(self.text, at)
            if match is None:
                return Token(END, "", Span(len(self.text), len(self.text)))
            kind = match.lastgroup
            assert kind is not None
            start, at = match.span(kind)
            if kind == "word":
                return self._phrase(match[kind], start, at, accepted)
            if kind == "NAME":
                return self._name(match[kind], start)
            if kind == "mark":
                mark = match[kind]
                return Token(self.words.marks.get(mark, UNREADABLE), mark, Span(start, at))
            if kind != "comment":
                return self._form(kind, match[kind], Span(start, at))
            if not self.comments or self.comments[-1].start < start:
                self.comments.append(Span(start, at))

    def _phrase(self, word: str, start: int, end: int, accepted: Collection[str]) -> Token:
        """The longest keyword that begins with this word and can stand here, else the longest."""
        step = self.words.phrases.further.get(word.replace("’", "'"))
        longest = fitting = ""
        longest_end = fitting_end = end
        while step is not None:
            if step.terminals:
                longest, longest_end = step.terminals[0], end
                able = next((name for name in step.terminals if name in accepted), "")
                if able:
                    fitting, fitting_end = able, end
            following = _FOLLOWING.match(self.text, end) if step.further else None
            if following is None:
                break
            step = step.further.get(following[1].replace("’", "'"))
            end = following.end() if following[1] else end  # no blanks before a digit
        if not longest:
            return Token(UNKNOWN_WORD, word, Span(start, start + len(word)))
        if not fitting:
            fitting, fitting_end = longest, longest_end
        return Token(fitting, self.text[start:fitting_end], Span(start, fitting_end))

    def _name(self, raw: str, start: int) -> Token:
        bare, article, has_code = self.words.name(raw)
        if has_code:
            if self.language == "fr" and (amount := self._code_first(raw, start)):
                return self._odd_amount(amount)
            raw = self._before_amount(raw, start)
            bare, article, _ = self.words.name(raw)
        return Token("NAME", bare, Span(start + len(article), start + len(raw)), bare, article)

    def _before_amount(self, raw: str, start: int) -> str:
        """A Defined Term without the currency code of an amount that follows it."""
        for code in _CURRENCY.finditer(raw):
            if code[0] in CURRENCIES and self._digit_follows(start + code.end()):
                return raw[: code.start()].rstrip() or raw
        return raw

    def _code_first(self, raw: str, start: int) -> Span | None:
        """Where an amount stands that begins with its currency code."""
        code = raw[:3]
        digits = self.words.digits.match(self.text, start + 4)
        if code not in CURRENCIES or raw[3:4].strip() or digits is None:
            return None
        return Span(start, digits.end())

    def _digit_follows(self, at: int) -> bool:
        blanks = _BLANKS.match(self.text, at)
        at = blanks.end() if blanks else at
        return self.text[at : at + 1].isdecimal()

    def _form(self, kind: str, text: str, span: Span) -> Token:
        match kind:
            case "NUMBER":
                sign = _SIGN_AFTER.match(self.text, span.end)
                if sign is not None and mistakes.currency_of(sign[1]) in CURRENCIES:
                    return self._odd_amount(Span(span.start, sign.end()))
                return Token(kind, text, span, self._number(text, text, span))
            case "AMOUNT":
                return self._amount(text, span)
            case "TEXT":
                return Token(kind, text, span, _FOLDED.sub(" ", text[1:-1]).strip())
            case "DATE":
                return Token(kind, text, span, self._date(text, span))
            case "DAY_COUNT" | "FRACTION":
                return Token(kind, text, span, text)
            case "odd_amount":
                return self._odd_amount(span)
            case "odd_date":
                self.findings.append(mistakes.odd_date(text, span))
                return Token("DATE", text, span, date.min)
            case _:
                numbers = self.words.digits.match(text)
                digits = numbers[0] if numbers else text
                return Token(kind, text, span, self._number(digits, text, span) / 100)

    def _number(self, digits: str, text: str, span: Span, currency: str = "") -> Fraction:
        """The value of the digits in the text of a number, percentage or amount."""
        value = self.words.number(digits)
        if currency:
            value = read_amount(digits, currency, self.language)
        if isinstance(value, Misread):
            self.findings.append(mistakes.misread(digits, text, value, span, self.language))
            return value.readings[0] if value.readings else Fraction(1)
        return value

    def _odd_amount(self, span: Span) -> Token:
        """``£5,000`` or ``5,000 GBP`` in English, ``EUR 5 000`` in French: said, and read on."""
        text = self.text[span.start : span.end]
        digits = self.words.digits.search(text)
        assert digits is not None
        sign = (text[: digits.start()] + text[digits.end() :]).strip()
        code = mistakes.currency_of(sign)
        value = self.words.number(digits[0])
        offers: tuple[str, ...] = (digits[0],)
        if isinstance(value, Misread):
            offers = tuple(say_number(reading, self.language) for reading in value.readings)
            value = value.readings[0] if value.readings else Fraction(1)
        form = f"{code} {{}}" if self.language == "en" else f"{{}} {code}"
        amounts = tuple(form.format(offer) for offer in offers)
        self.findings.append(mistakes.odd_amount(text, amounts, span))
        return Token("AMOUNT", text, span, (value, code))

    def _date(self, text: str, span: Span) -> date:
        try:
            return date.fromisoformat(_DASH.sub("-", text))
        except ValueError:
            self.findings.append(mistakes.impossible_date(text, span))
            return date.min

    def _amount(self, text: str, span: Span) -> Token:
        number = self.words.digits.search(text)
        assert number is not None
        code = (text[: number.start()] + text[number.end() :]).strip().replace("€", "EUR")
        if code in CURRENCIES:
            value = self._number(number[0], text, span, code)
            if self.language == "en" and looks_like_thousands(number[0], code, "."):
                self.doubts.append(mistakes.three_decimals(number[0], text, span))
            return Token("AMOUNT", text, span, (value, code))
        # `KPI 5` is a Defined Term, `5 CAF` a number before one.
        if number.start():
            name = self.words.form("NAME").match(self.text, span.start)
            assert name is not None
            return self._name(name[0], span.start)
        span = Span(span.start, span.start + number.end())
        return Token("NUMBER", number[0], span, self._number(number[0], number[0], span))
