"""Laws of reading: any text whatever, and contracts with something changed, lost or doubled."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sibdsl.diagnostics import in_order
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax.nodes import Node
from sibdsl.syntax.parse import Parsed, parse
from sibdsl.syntax.table import tables
from sibdsl.syntax.walk import children, walk

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
CONTRACTS = tuple(
    path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/contract.sib"))
)
LANGUAGES: tuple[Language, ...] = ("en", "fr")
WORDS = sorted(
    {
        phrase.removesuffix(" #")
        for lexicon in tables().lexicons.values()
        for phrases in lexicon.phrases.values()
        for phrase in phrases
    }
)
VALUES = ("Rate", "the Fund", "5", "7.5%", "7,5 %", "GBP 1,000", "1 000 EUR", "2020-01-01", '"a"')

languages = st.sampled_from(LANGUAGES)
small = st.one_of(
    st.sampled_from(WORDS), st.sampled_from(VALUES), st.text(max_size=3), st.just("\n")
)
sentences = st.lists(small, max_size=40).map(" ".join)


@st.composite
def changed_contracts(draw: st.DrawFn) -> str:
    """An example contract of which some pieces are taken away, doubled, or written otherwise."""
    text = draw(st.sampled_from(CONTRACTS))
    first_line, _, rest = text.partition("\n")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(rest)))
        end = min(len(rest), start + draw(st.integers(0, 30)))
        piece = draw(st.one_of(st.just(""), small, st.just(rest[start:end] * 2)))
        rest = rest[:start] + piece + rest[end:]
    return f"{first_line}\n{rest}"


def held(parsed: Parsed) -> None:
    """What holds of every reading of every text."""
    size = len(parsed.source.text)
    assert parsed.findings == in_order(parsed.findings)
    for finding in parsed.findings:
        for label in (finding.label, *finding.others):
            assert label.span is not None
            assert 0 <= label.span.start <= label.span.end <= size
    if parsed.contract is None:
        assert parsed.findings
        return
    for node in walk(parsed.contract):
        within(node)
    starts = [statement.span.start for statement in parsed.contract.statements]
    assert starts == sorted(starts)


def within(node: Node) -> None:
    """Every part inside the whole."""
    for child in children(node):
        assert node.span.start <= child.span.start <= child.span.end <= node.span.end


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    held(parse(Source("x.sib", text)))


@given(languages, sentences)
def test_any_words_are_read_or_refused(language: Language, text: str) -> None:
    held(parse(Source("x.sib", f"sibdsl 1 {language}\n{text}")))


@given(languages, st.text())
def test_any_prose_around_fences_is_read_or_refused(language: Language, text: str) -> None:
    markdown = f"```sib\nsibdsl 1 {language}\n```\n{text}\n```sib\nX means 1\n```\n"
    held(parse(Source("x.sib.md", markdown)))


@given(changed_contracts())
def test_a_changed_contract_is_read_or_refused(text: str) -> None:
    parsed = parse(Source("x.sib", text))
    held(parsed)
    again = parse(Source("x.sib", text))
    assert again.findings == parsed.findings
    assert again.contract == parsed.contract


@given(st.sampled_from(CONTRACTS), st.data())
def test_a_contract_cut_off_keeps_the_statements_before(text: str, data: st.DataObject) -> None:
    """What stands before a mistake is read as if the mistake were not there."""
    whole = parse(Source("x.sib", text)).contract
    assert whole is not None
    cut = text.rfind("\n", 0, data.draw(st.sampled_from(whole.statements)).span.start) + 1
    part = parse(Source("x.sib", text[:cut])).contract
    assert part is not None
    before = [one for one in whole.statements if one.span.end <= cut]
    assert list(part.statements) == before


def test_the_places_of_a_contract_are_those_of_its_words() -> None:
    for text in CONTRACTS:
        parsed = parse(Source("x.sib", text))
        assert parsed.ok
        assert parsed.contract is not None
        for statement in parsed.contract.statements:
            words = parsed.source.words(Span(*statement.span))
            assert words == words.strip()
