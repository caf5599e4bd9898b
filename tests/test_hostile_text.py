"""Texts that nobody would write by hand: a clear finding, never an exception, and in bounded work."""

import random
from time import perf_counter

import pytest

from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax.lexer import Lexer
from sibdsl.syntax.parse import MOST_FINDINGS, Parsed, parse

LIMIT = 20  # seconds: anything linear needs far less, anything quadratic far more
MANY = 100_000
MILLION = 10**6


def read(text: str, language: Language = "en") -> Parsed:
    """The text behind a first line, read within the limit; every finding can be said."""
    began = perf_counter()
    parsed = parse(Source("x.sib", f"sibdsl 1 {language}\n{text}"))
    assert perf_counter() - began < LIMIT
    assert len(parsed.findings) <= MOST_FINDINGS
    for finding in parsed.findings:
        assert finding.label.span is not None
        assert len(say(finding.message, language)) < 1000
    return parsed


def codes(text: str, language: Language = "en") -> list[str]:
    return [finding.code for finding in read(text, language).findings]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("x" * 10 * MILLION, "SIB011", id="one word of ten million letters"),
        pytest.param("X" * 10 * MILLION, "SIB017", id="one name of ten million letters"),
        pytest.param("X means A" + " B" * MANY, "", id="a name of a hundred thousand words"),
        pytest.param("X means A" + " of B" * MANY, "", id="a name of many small words"),
        pytest.param("X means A" + " of the" * MANY, "SIB035", id="small words that join nothing"),
        pytest.param("X means A" + "-b" * MILLION, "", id="a name of a million hyphens"),
        pytest.param("X means A" + " 1" * MANY, "", id="a name of many numbers"),
        pytest.param('contract "' + "x" * 10 * MILLION + '"', "", id="a long text"),
        pytest.param('contract "' + "x" * 10 * MILLION, "SIB012", id="a long text, not closed"),
        pytest.param("X means " + "(" * MANY, "SIB019", id="open brackets"),
        pytest.param("X means " + "(" * MANY + "1" + ")" * MANY, "SIB019", id="nested brackets"),
        pytest.param("X means 1" + ")" * MANY, "SIB037", id="closing brackets"),
        pytest.param("X means 1" + " + 1" * MANY, "SIB019", id="a long sum"),
        pytest.param("X means " + "not " * MANY + "A", "SIB019", id="not not not"),
        pytest.param("X means " + "- " * MANY + "1", "SIB019", id="minus minus minus"),
        pytest.param("X means " + "if A then B else " * MANY + "C", "SIB019", id="if after if"),
        pytest.param("X means " + "50% of " * MANY + "C", "SIB019", id="of of of"),
        pytest.param("X means " + "A or else " * MANY + "C", "SIB019", id="or else or else"),
        pytest.param("X means A" + " and A" * MANY, "", id="a long and"),
        pytest.param("X means " + "9" * MILLION, "SIB022", id="a million digits"),
        pytest.param("X means 0." + "9" * MILLION, "SIB022", id="a million decimals"),
        pytest.param("X means 1" + ",000" * MANY, "SIB022", id="many thousands"),
        pytest.param("X means GBP " + "9" * MILLION, "SIB022", id="a million digits of money"),
        pytest.param("X means 1" + "/9" * MANY, "SIB019", id="a long fraction"),
        pytest.param("\x00", "SIB015", id="a NUL"),
        pytest.param("X means A\x00", "SIB015", id="a NUL behind a name"),
        pytest.param('contract "a\x00b"', "SIB015", id="a NUL in a text"),
        pytest.param("# \x00", "SIB015", id="a NUL in a comment"),
        pytest.param("X means \ud800", "SIB015", id="a lone surrogate"),
        pytest.param('contract "\udfff"', "SIB015", id="a lone surrogate in a text"),
        pytest.param('contract "a\u202eb"', "SIB015", id="letters turned about in a text"),
        pytest.param("# a\u2066b", "SIB015", id="letters turned about in a comment"),
        pytest.param("X\u200b means 1", "SIB015", id="a zero-width space"),
        pytest.param("X means A\ufeffB", "SIB015", id="a byte order mark within"),
        pytest.param("\u200fX means 1", "SIB015", id="a right-to-left mark"),
        pytest.param("X means 1e999999999", "SIB011", id="an exponent"),
        pytest.param("X means 0x10", "SIB011", id="a hexadecimal number"),
        pytest.param("X means 1_000", "SIB015", id="an underscore in a number"),
        pytest.param("X means ١٢٣", "", id="digits of another script"),
        pytest.param("X means ٣٫٥", "SIB015", id="a decimal of another script"),
        pytest.param("evaluation X on 9999-99-99", "SIB025", id="no such day"),
        pytest.param("evaluation X on 0000-01-01", "SIB025", id="the year nought"),
        pytest.param("X mеans 1", "SIB015", id="a Cyrillic letter in a keyword"),
        pytest.param("\n" * 10 * MILLION, "", id="empty lines"),
        pytest.param(" " * 10 * MILLION, "", id="blanks"),
        pytest.param("#" * 10 * MILLION, "", id="one long comment"),
        pytest.param("#\n" * MANY, "", id="many comments"),
        pytest.param('"' * MANY, "SIB010", id="quotation marks"),
        pytest.param("«" * MANY, "SIB012", id="opening quotation marks"),
        pytest.param("«\n" * MANY, "SIB012", id="opening quotation marks, line by line"),
        pytest.param("£" * MANY, "SIB014", id="pounds"),
        pytest.param("X means\n" * MANY, "SIB010", id="a definition of nothing, again and again"),
        pytest.param("party\n" * MANY, "SIB010", id="a keyword, again and again"),
        pytest.param("X means 1,2,3\n" * MANY, "SIB023", id="a number mistaken again and again"),
        pytest.param("given\nexpect\n" * MANY, "SIB010", id="lines of no example"),
    ],
)
def test_it_is_refused_once_or_read(text: str, code: str) -> None:
    found = codes(text)
    if code:
        assert code in found
    else:
        assert set(found) <= {"SIB021", "SIB023"}


@pytest.mark.parametrize("noise", range(20))
def test_noise_is_refused(noise: int) -> None:
    chosen = random.Random(noise)  # noqa: S311  the same noise each time
    alphabet = [bytes(range(256)).decode("latin-1"), "".join(map(chr, range(0x2000, 0x2100)))]
    text = "".join(chosen.choices(alphabet[noise % 2], k=20_000))
    assert codes(text)
    assert codes(text, "fr")


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\ufeff", "\x00", "sibdsl", "sibdsl 1", "#", "é" * MANY]
)
def test_what_has_no_first_line_says_so(text: str) -> None:
    parsed = parse(Source("x.sib", text))
    assert parsed.contract is None
    assert [finding.code for finding in parsed.findings] == ["SIB001"]


@pytest.mark.parametrize("version", ["0", "2", "999999999"])
def test_another_version_is_refused(version: str) -> None:
    parsed = parse(Source("x.sib", f"sibdsl {version} en\n"))
    assert [finding.code for finding in parsed.findings] == ["SIB003"]


def test_lone_carriage_returns_are_line_ends() -> None:
    parsed = parse(
        Source("x.sib", "sibdsl 1 en\rparty Fund is investor\r# end\rparty Bank is investor\r")
    )
    assert parsed.findings == ()
    assert parsed.contract is not None
    assert len(parsed.contract.statements) == 2


def test_the_lexer_is_asked_once_for_each_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted, not timed: twice the text is twice the work, mistakes or none."""
    asked = 0
    plain = Lexer.token

    def counting(self: Lexer, at: int, accepted: object) -> object:
        nonlocal asked
        asked += 1
        return plain(self, at, accepted)  # type: ignore[arg-type]

    monkeypatch.setattr(Lexer, "token", counting)
    work = []
    for times in (100, 200):
        asked = 0
        read("party Fund is investor\nparty Fund investor\n\nX means (A + 1) / 2\n" * times)
        work.append(asked)
    assert work[1] <= 2 * work[0] + 10
