"""Findings as other programs read them: each format against its schema or a reader of it."""

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from junitparser import Failure, JUnitXml, TestSuite
from markdown_it import MarkdownIt

from sibdsl.diagnostics import Diagnostic, Label, Severity, error, message, warning
from sibdsl.documents.findings_github import findings_github
from sibdsl.documents.findings_gitlab import findings_gitlab
from sibdsl.documents.findings_junit import findings_junit
from sibdsl.documents.findings_markdown import findings_markdown
from sibdsl.documents.findings_sarif import findings_sarif
from sibdsl.documents.found import Found, fingerprints
from sibdsl.documents.markdown import code_span, escaped, fenced
from sibdsl.messages.visible import visible
from sibdsl.source import Source, Span

DATA = Path(__file__).parent / "data"
HOSTILE = (
    "\"'<script>alert(1)</script>]]>&amp; ::error file=x::y, 50%0A `code` ``` @all #1 :joy: "
    "[a](https://evil.example) http://evil.example www.evil.example a@b.example {0} *b* _i_ ~~s~~ "
    "| \\ $x$ ![p](q) %1 \u202eevil\u2066 \x1b[2J \ufffe"
)
TEXT = f"sibdsl 1 en\nparty 😀😀 City is Fund\n\tcontract {HOSTILE}\nlast\n"
FILE = "deals/a,b:c%20`x`<b> é.sib"


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def found(*findings: Diagnostic, text: str = TEXT, name: str = FILE) -> Found:
    return Found(name, findings, "en", Source(name, text))


NAMED = error(
    "SIB202",
    span("City"),
    message("‘{name}’ is not declared", name="City"),
    here=message("a party or a group must stand here"),
    others=[Label(span("Fund"), message("declared here first"))],
    help=message("did you mean ‘{name}’?", name="Fund"),
)
DOUBTED = warning("SIB526", span("last"), message("‘{name}’ is not declared", name=HOSTILE))
MULTILINE = error("SIB301", span(f"City is Fund\n\tcontract {HOSTILE}"), message("yes"))
UNREADABLE = Found(
    "gone.sib",
    (
        Diagnostic(
            "SIB804",
            Severity.ERROR,
            message("there is no such file"),
            Label(None, None, "gone.sib"),
        ),
    ),
    "en",
)
EVERY = (found(NAMED, MULTILINE, DOUBTED), UNREADABLE, found(name="clean.sib"))
FRENCH = (Found("a.sib", (NAMED,), "fr", Source("a.sib", TEXT)),)


def schema(name: str) -> Any:
    read = json.loads((DATA / name).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(read)
    return read


# ---------------------------------------------------------------------------------------- GitHub


def unescaped(text: str) -> str:
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, sign)
    return text


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner reads them, each line by itself."""
    read = []
    for line in text.splitlines():
        matched = re.fullmatch(r"::([a-z]+) (.*?)::(.*)", line)
        assert matched is not None, line
        pairs = (pair.split("=", 1) for pair in matched[2].split(","))
        properties = {name: unescaped(value) for name, value in pairs}
        read.append((matched[1], properties, unescaped(matched[3])))
    return read


def test_a_finding_is_an_annotation_on_its_words() -> None:
    (one,) = commands(findings_github((found(NAMED),)))
    assert one == (
        "error",
        {
            "file": FILE,
            "line": "2",
            "endLine": "2",
            "col": "10",
            "endColumn": "14",
            "title": "SIB202",
        },
        "‘City’ is not declared\nhelp: did you mean ‘Fund’?",
    )


def test_an_annotation_over_several_lines_has_no_columns() -> None:
    (one,) = commands(findings_github((found(MULTILINE),)))
    assert one[1] == {"file": FILE, "line": "2", "endLine": "3", "title": "SIB301"}


def test_a_command_for_github_is_one_line_and_one_command() -> None:
    read = commands(findings_github(EVERY))
    assert [(name, one["file"], one["title"]) for name, one, _ in read] == [
        ("error", FILE, "SIB202"),
        ("error", FILE, "SIB301"),
        ("warning", FILE, "SIB526"),
        ("error", "gone.sib", "SIB804"),
    ]
    assert "::error file=x::y" in read[2][2]


def test_nothing_found_is_no_annotation() -> None:
    assert findings_github((found(),)) == ""


def test_a_note_is_a_notice() -> None:
    note = Diagnostic("SIB001", Severity.NOTE, message("yes"), Label(span("last")))
    assert findings_github((found(note),)).startswith("::notice file=")


# ---------------------------------------------------------------------------------------- GitLab


def test_a_code_quality_report_is_as_gitlab_documents_it() -> None:
    report = json.loads(findings_gitlab(EVERY))
    jsonschema.validate(report, schema("gitlab-code-quality.schema.json"))
    assert [one["severity"] for one in report] == ["major", "major", "minor", "major"]
    assert [one["location"]["lines"]["begin"] for one in report] == [2, 2, 4, 1]
    assert report[0]["location"]["path"] == FILE
    assert report[0]["description"] == ("‘City’ is not declared (help: did you mean ‘Fund’?)")


def test_a_fingerprint_outlasts_lines_added_above_and_another_layout() -> None:
    text = "one Two\nthree  Two four\n"
    first, second = Span(4, 7), Span(15, 18)
    before = found(
        error("SIB202", first, message("yes")),
        error("SIB202", second, message("yes")),
        text=text,
    )
    moved = "# added\n\none Two\n  three Two   four\n"
    starts = [moved.index("Two"), moved.rindex("Two")]
    after = found(*(error("SIB202", Span(at, at + 3), message("no")) for at in starts), text=moved)
    assert fingerprints(before) == fingerprints(after)


def test_equal_findings_in_one_file_have_fingerprints_of_their_own() -> None:
    text = "Two\nTwo\n"
    twice = found(
        error("SIB202", Span(0, 3), message("yes")),
        error("SIB202", Span(4, 7), message("yes")),
        text=text,
    )
    assert len(set(fingerprints(twice))) == 2
    # … and those of another file, or with another code, are others.
    assert not set(fingerprints(twice)) & set(
        fingerprints(found(*twice.findings, text=text, name="b"))
    )
    other = found(error("SIB201", Span(0, 3), message("yes")), text=text)
    assert not set(fingerprints(twice)) & set(fingerprints(other))


# ----------------------------------------------------------------------------------------- SARIF


def sarif(every: tuple[Found, ...]) -> Any:
    log = json.loads(findings_sarif(every, "9.8.7"))
    jsonschema.validate(log, schema("sarif-profile.schema.json"))
    (run,) = log["runs"]
    return run


def test_a_sarif_log_names_the_tool_its_rules_and_their_help() -> None:
    driver = sarif(EVERY)["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("sibdsl", "9.8.7")
    assert [rule["id"] for rule in driver["rules"]] == ["SIB202", "SIB301", "SIB526", "SIB804"]
    rule = driver["rules"][0]
    assert rule["name"] == "NotDeclared"
    assert rule["shortDescription"]["text"].startswith("A name that no statement declares.")
    assert "### Why it matters" in rule["help"]["markdown"]
    assert "###" not in rule["help"]["text"]


def test_a_sarif_result_points_at_its_rule_its_words_and_the_other_place() -> None:
    run = sarif(EVERY)
    one = run["results"][0]
    assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] == "SIB202"
    assert one["message"]["text"] == "‘City’ is not declared\nhelp: did you mean ‘Fund’?"
    place = one["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {
        "uri": "deals/a%2Cb%3Ac%2520%60x%60%3Cb%3E%20%C3%A9.sib",
        "uriBaseId": "%SRCROOT%",
    }
    # Two emoji stand before it: each is two code units, and a viewer counts those.
    assert run["columnKind"] == "utf16CodeUnits"
    assert place["region"] == {"startLine": 2, "startColumn": 12, "endLine": 2, "endColumn": 16}
    (other,) = one["relatedLocations"]
    assert other["message"]["text"] == "declared here first"
    assert other["physicalLocation"]["region"]["startColumn"] == 20


def test_a_sarif_log_points_at_files_outside_the_repository_by_their_uri() -> None:
    for name, uri in (
        ("/deals/a b.sib", "file:///deals/a%20b.sib"),
        ("C:/b.sib", "file:///C%3A/b.sib"),
    ):
        (one,) = sarif((found(NAMED, name=name),))["results"]
        assert one["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_text_of_a_contract_is_no_link_and_no_placeholder_in_sarif() -> None:
    said = warning(
        "SIB526", span("last"), message("‘{name}’", name="[a](https://evil.example) {0}")
    )
    (one,) = sarif((found(said),))["results"]
    assert one["message"]["text"] == "‘[a] (https://evil.example) {{0}}’"


def test_a_sarif_log_without_results_is_one_all_the_same() -> None:
    run = sarif((found(),))
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_a_sarif_log_speaks_the_language_of_the_contracts() -> None:
    run = sarif(FRENCH)
    assert run["language"] == "fr"
    assert "### Pourquoi c'est important" in run["tool"]["driver"]["rules"][0]["help"]["markdown"]
    assert sarif((*FRENCH, *EVERY))["language"] == "en"


# ----------------------------------------------------------------------------------------- JUnit


def test_a_file_with_errors_is_a_test_that_fails() -> None:
    report = JUnitXml.fromstring(findings_junit((*EVERY, found(DOUBTED, name="doubted.sib"))))
    (suite,) = report
    assert isinstance(suite, TestSuite)
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (4, 2, 0, 0)
    cases = {case.name: case for case in suite}
    assert [len(case.result) for case in cases.values()] == [1, 1, 0, 0]
    (failure,) = cases[FILE].result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("SIB202", "‘City’ is not declared")
    assert failure.text.count("error[SIB") == 2
    assert "warning[SIB526]" in cases[FILE].system_out
    assert "warning[SIB526]" in cases["doubted.sib"].system_out


def test_a_junit_report_is_xml_whatever_the_contract_says() -> None:
    root = ET.fromstring(findings_junit(EVERY))  # noqa: S314 -- our own output
    assert {each.tag for each in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "system-out",
    }
    shown = root.findtext(".//testcase/system-out")
    assert shown is not None
    assert visible(HOSTILE)[:100] in shown


# -------------------------------------------------------------------------------------- Markdown


def html(markdown: str) -> ET.Element:
    """What a forge makes of it, with links found in plain text, as XML."""
    rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(markdown)
    return ET.fromstring(f"<page>{rendered.replace('<br>', '<br/>')}</page>")  # noqa: S314


def words_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_a_comment_counts_then_shows_each_finding() -> None:
    text = findings_markdown(EVERY)
    assert text.startswith("<!-- sib check -->\n### sib check\n")
    page = html(text)
    assert "errors: 3, warnings: 1, files: 3" in words_of(page)
    assert "error SIB202" in words_of(page)
    blocks = ["".join(block.itertext()) for block in page.iter("pre")]
    assert len(blocks) == 3
    assert "^^^^ a party or a group must stand here" in blocks[0]
    assert "gone.sib" in {"".join(code.itertext()) for code in page.iter("code")}


def test_text_of_a_contract_is_no_markup_in_a_comment() -> None:
    page = html(findings_markdown(EVERY))
    assert {each.tag for each in page.iter()} == {"page", "h3", "p", "strong", "code", "br", "pre"}
    assert " ".join(visible(HOSTILE).split())[:60] in words_of(page)


@pytest.mark.parametrize(
    "text", [HOSTILE, "`", "``a", "*", "1. a", "- a", "> a", "<!--", "a\\", ""]
)
def test_escaped_text_comes_out_as_it_went_in(text: str) -> None:
    page = html(f"x {escaped(text)} y")
    assert {each.tag for each in page.iter()} == {"page", "p"}
    assert words_of(page) == " ".join(f"x {visible(text)} y".split())
    span_ = html(f"x {code_span(text or 'x')} y")
    assert {each.tag for each in span_.iter()} == {"page", "p", "code"}
    block = html(fenced(f"{visible(text)}\n```\n~~~\n"))
    assert {each.tag for each in block.iter()} == {"page", "pre", "code"}


def test_no_forge_finds_a_mention_or_a_reference() -> None:
    assert escaped("@all #1 :joy: %2 3%") == (
        "\\@<!-- -->all \\#<!-- -->1 :<!-- -->joy: %<!-- -->2 3%"
    )
    assert not re.search(r"://|www\.|@\w", escaped(HOSTILE))


def test_a_comment_is_no_longer_than_forges_take() -> None:
    text = findings_markdown((found(*[NAMED] * 2000),))
    assert len(text) < 65_536
    assert re.search(r"findings that are not shown: 1,\d+\n$", text)


def test_a_comment_in_french() -> None:
    text = findings_markdown(FRENCH)
    assert "**erreur SIB202**" in text
    assert "erreurs\u00a0: 1" in text
