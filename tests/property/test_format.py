"""Laws of the layout, for contracts in any layout with comments anywhere."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sibdsl.source import Source
from sibdsl.syntax.format import format_source
from sibdsl.syntax.parse import parse
from sibdsl.syntax.translate import translate_source
from tests.property.layouts import laid_out_anyhow
from tests.property.strategies import contracts
from tests.property.test_parse import changed_contracts

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
WRITTEN = tuple(
    path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/contract.sib"))
)


def in_french(text: str) -> str:
    french = translate_source(Source("x.sib", text), "fr").text
    assert french is not None
    return french


english = contracts().map(lambda written: written.text)
drawn = st.one_of(st.sampled_from(WRITTEN), english, english.map(in_french))
anyhow = drawn.flatmap(laid_out_anyhow)


def laid_out(text: str) -> str:
    formatted = format_source(Source("x.sib", text))
    assert formatted.text is not None, formatted.findings
    return formatted.text


@given(anyhow)
def test_the_layout_changes_no_meaning_no_word_and_no_comment(text: str) -> None:
    one, other = parse(Source("x.sib", text)), parse(Source("x.sib", laid_out(text)))
    assert one.contract is not None
    assert other.contract is not None
    assert one.contract == other.contract
    assert comments(text) == comments(laid_out(text))
    assert letters(text) == letters(laid_out(text))


@given(anyhow)
def test_laying_out_twice_is_laying_out_once(text: str) -> None:
    once = laid_out(text)
    assert laid_out(once) == once


@given(drawn, st.data())
def test_the_layout_of_the_author_does_not_matter(text: str, data: st.DataObject) -> None:
    """Without comments and blank lines only the words decide."""
    plain = "\n".join(line.split(" #")[0] for line in text.splitlines() if line[:1] != "#")
    other = data.draw(laid_out_anyhow(plain), "in another layout")
    if "#" not in other:
        assert squeezed(laid_out(other)) == squeezed(laid_out(plain))


@given(anyhow)
def test_no_line_ends_in_white_space_and_none_is_blank_twice(text: str) -> None:
    lines = laid_out(text).split("\n")
    assert [line for line in lines if line != line.rstrip()] == []
    assert [pair for pair in pairwise(lines) if pair == ("", "")] == []
    assert lines[-1] == ""


@given(st.one_of(st.text(), st.text().map("sibdsl 1 en\n{}".format), changed_contracts()))
def test_any_text_is_laid_out_or_left_alone(text: str) -> None:
    for name in ("x.sib", "x.sib.md"):
        formatted = format_source(Source(name, text))
        assert (formatted.text is None) == (not parse(Source(name, text)).ok)
        if formatted.text is None:
            assert formatted.findings
            assert "SIB060" not in {finding.code for finding in formatted.findings}


def comments(text: str) -> list[str]:
    contract = parse(Source("x.sib", text)).contract
    assert contract is not None
    return [comment.text.rstrip() for comment in contract.comments]


def letters(text: str) -> str:
    """All that is no white space and no mark between thousands."""
    return "".join(text.replace(",", "").split())


def squeezed(text: str) -> str:
    return text.replace("\n\n", "\n")
