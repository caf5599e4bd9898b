"""Whatever a contract, its name or a message says, each format stays well formed and says all of it."""

import json
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.documents.findings_github import findings_github
from sibdsl.documents.findings_gitlab import findings_gitlab
from sibdsl.documents.findings_junit import findings_junit
from sibdsl.documents.findings_markdown import findings_markdown
from sibdsl.documents.findings_sarif import findings_sarif
from sibdsl.documents.found import Found, fingerprints
from sibdsl.documents.markdown import escaped
from sibdsl.messages.visible import visible
from sibdsl.source import Source, Span

MARKS = "\n\r\t\0\x1b\u2028\u202e\ufffe\ud800 `*_[](){}<>&#@:;,%'\"|\\~!$/=-+.?^]]>😀é"
TEXTS = st.one_of(
    st.text(max_size=60),
    st.text(MARKS, max_size=60),
    st.text(st.characters(codec=None), max_size=60),
    st.lists(
        st.sampled_from(
            [
                "::",
                "\n::error::",
                "```",
                "~~~",
                "<b>",
                "]]>",
                "<!--",
                "-->",
                "&lt;",
                "@all",
                "[a](b)",
            ]
        )
    ).map("".join),
)


@st.composite
def findings(draw: st.DrawFn, text: str) -> Diagnostic:
    start = draw(st.integers(0, len(text)))
    place = Span(start, draw(st.integers(start, len(text) + 3)))
    other = Label(Span(0, 1), message("‘{name}’ is not declared", name=draw(TEXTS)))
    return error(
        "SIB202",
        draw(st.sampled_from([place, Span(0, 0)])),
        message("‘{name}’ is not declared", name=draw(TEXTS)),
        here=draw(st.sampled_from([None, message("did you mean ‘{name}’?", name=draw(TEXTS))])),
        others=draw(st.sampled_from([(), (other,)])),
        help=draw(st.sampled_from([None, message("did you mean ‘{name}’?", name=draw(TEXTS))])),
    )


@st.composite
def found(draw: st.DrawFn) -> Found:
    text, name = draw(TEXTS), draw(TEXTS) or "x"
    listed = draw(st.lists(findings(text), max_size=3))
    return Found(name, tuple(listed), draw(st.sampled_from(["en", "fr"])), Source(name, text))


@given(st.lists(found(), max_size=3).map(tuple))
def test_each_format_is_well_formed_and_says_every_finding(every: tuple[Found, ...]) -> None:
    number = sum(len(one.findings) for one in every)
    commands = findings_github(every)
    # splitlines() knows more line ends than a runner does: none of them may be there either.
    assert len(commands.splitlines()) == number
    assert all(line.startswith("::error file=") for line in commands.splitlines())
    issues = json.loads(findings_gitlab(every))
    (run,) = json.loads(findings_sarif(every, "1"))["runs"]
    assert len(issues) == len(run["results"]) == number
    for text in (commands, findings_gitlab(every), findings_sarif(every, "1")):
        text.encode("utf-8")
    cases = list(ET.fromstring(findings_junit(every)).iter("testcase"))  # noqa: S314
    assert len(cases) == len(every)
    assert sum(case.find("failure") is not None for case in cases) == sum(
        bool(one.findings) for one in every
    )


@given(st.lists(found(), max_size=3).map(tuple))
def test_a_comment_holds_no_markup_but_its_own(every: tuple[Found, ...]) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(findings_markdown(every))
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {
        "html_block",
        "heading_open",
        "inline",
        "heading_close",
        "paragraph_open",
        "paragraph_close",
        "fence",
    }
    assert {child.type for child in inner} <= {
        "text",
        "text_special",
        "strong_open",
        "strong_close",
        "code_inline",
        "html_inline",
        "softbreak",
    }
    assert {child.content for child in inner if child.type == "html_inline"} <= {
        "<br>",
        "<!-- -->",
    }
    assert [token.content for token in tokens if token.type == "html_block"] == (
        ["<!-- sib check -->\n"]
    )


@given(TEXTS)
def test_text_in_a_comment_reads_as_it_was_written(text: str) -> None:
    (_, inline, _) = MarkdownIt("gfm-like", {"linkify": False}).parse(f"x{escaped(text)}x")
    read = "".join(child.content for child in inline.children or () if child.type != "html_inline")
    assert read == f"x{visible(text)}x"


@given(found())
def test_no_two_findings_share_a_fingerprint(one: Found) -> None:
    assert len(set(fingerprints(one))) == len(one.findings)
