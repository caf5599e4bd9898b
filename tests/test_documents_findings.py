"""Findings as text and as JSON."""

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from sibdsl.diagnostics import Diagnostic, Label, Severity, error, message, warning
from sibdsl.documents.display import width
from sibdsl.documents.findings_json import findings_json
from sibdsl.documents.findings_text import COLOURED, full_text, short_text
from sibdsl.numerals import Language
from sibdsl.source import Source, Span

TEXT = "one two\nthree four\n\tfive 六六六 seven\n"
SOURCES = {"": Source("bond.sib", TEXT), "results.csv": Source("results.csv", "measure\nRte\n")}


def span(word: str) -> Span:
    at = TEXT.index(word)
    return Span(at, at + len(word))


def full(*findings: Diagnostic, language: Language = "en") -> str:
    return full_text(findings, SOURCES, language)


def test_a_finding_shows_its_line_the_other_place_and_the_cure() -> None:
    finding = error(
        "SIB202",
        span("four"),
        message("‘{name}’ is not declared", name="four"),
        here=message("row {row}", row=3),
        others=[Label(span("one"), message("leave the cell empty"))],
        help=message("did you mean ‘{name}’?", name="one"),
    )
    assert full(finding) == (
        "error[SIB202]: ‘four’ is not declared\n"
        "  ┌ bond.sib:2:7\n"
        "2 │ three four\n"
        "  │       ^^^^ row 3\n"
        "  ┊\n"
        "1 │ one two\n"
        "  │ --- leave the cell empty\n"
        "help: did you mean ‘one’?\n"
    )


def test_marks_stand_under_wide_letters_and_after_tabs() -> None:
    lines = full(warning("SIB301", span("六六六"), message("wide"))).splitlines()
    assert lines[2] == "3 │     five 六六六 seven"
    assert lines[3] == "  │          ^^^^^^"
    after = full(warning("SIB301", span("seven"), message("wide"))).splitlines()
    assert after[3].index("^") - 4 == width("    five 六六六 ")


@pytest.mark.parametrize(
    ("text", "columns"),
    [("abc", 3), ("六", 2), ("é", 1), ("e\u0301", 1), ("\u200b", 0), ("ﬀ", 1), ("Ａ", 2), ("…", 1)],
)
def test_width_is_that_of_a_screen(text: str, columns: int) -> None:
    assert width(text) == columns


def test_a_place_in_another_file_has_its_own_head() -> None:
    finding = Diagnostic(
        "SIB610",
        Severity.ERROR,
        message("there is no measure ‘{name}’ in the contract", name="Rte"),
        Label(Span(8, 11), message("row {row}", row=2), "results.csv"),
        (Label(span("two"), message("leave the cell empty")),),
    )
    assert full(finding).splitlines()[1:] == [
        "  ┌ results.csv:2:1",
        "2 │ Rte",
        "  │ ^^^ row 2",
        "  ┌ bond.sib:1:5",
        "1 │ one two",
        "  │     --- leave the cell empty",
    ]


def test_a_row_without_text_is_named_in_words() -> None:
    label = Label(None, message("row {row}, column ‘{column}’", row=7, column="value"), "x.json")
    finding = Diagnostic("SIB616", Severity.ERROR, message("bare"), label)
    assert full(finding) == "error[SIB616]: bare\n  ┌ x.json: row 7, column ‘value’\n"
    assert short_text((finding,), {}, "en") == (
        "x.json: row 7, column ‘value’: error SIB616: bare\n"
    )


def test_nothing_pointed_at_and_a_place_past_the_end() -> None:
    end = Span(len(TEXT), len(TEXT) + 5)
    assert full(error("SIB001", end, message("bare"))).splitlines()[1] == "  ┌ bond.sib:4:1"
    empty = error("SIB001", Span(4, 4), message("bare"))
    assert full(empty).splitlines()[3] == "  │     ^"


def test_only_the_first_line_of_a_long_place_is_marked() -> None:
    lines = full(error("SIB001", Span(0, len(TEXT)), message("bare"))).splitlines()
    assert lines[2:] == ["1 │ one two", "  │ ^^^^^^^"]


def test_a_very_long_line_is_shown_around_its_place() -> None:
    text = "x" * 5000 + "HERE" + "y" * 5000
    sources = {"": Source("a.sib", text)}
    shown = full_text((error("SIB001", Span(5000, 5004), message("bare")),), sources, "en")
    assert max(map(len, shown.splitlines())) < 140
    assert "HERE" in shown


def test_hostile_text_cannot_command_the_terminal() -> None:
    sources = {"": Source("a\x1b]0;b.sib", "one\x1b[2J two\0\x01\x02 three\n")}
    shown = full_text((error("SIB001", Span(0, 3), message("bare")),), sources, "en")
    assert not set(shown) & set(map(chr, [*range(10), *range(11, 32), 0x7F]))


def test_colour_adds_marks_and_changes_no_word() -> None:
    finding = error("SIB001", span("four"), message("bare"), help=message("bare"))
    coloured = full_text((finding,), SOURCES, "en", COLOURED)
    for mark in (COLOURED.error, COLOURED.frame, COLOURED.end):
        assert mark in coloured
        coloured = coloured.replace(mark, "")
    assert coloured == full(finding)


def test_short_text_is_one_line_each() -> None:
    findings = (
        error("SIB202", span("four"), message("bare")),
        warning("SIB301", span("five"), message("yes")),
    )
    assert short_text(findings, SOURCES, "en") == (
        "bond.sib:2:7: error SIB202: bare\nbond.sib:3:2: warning SIB301: yes\n"
    )
    assert short_text(findings[1:], SOURCES, "fr") == "bond.sib:3:2: avertissement SIB301: oui\n"


def schema() -> Any:
    file = files("sibdsl.documents").joinpath("findings.schema.json")
    return json.loads(file.read_text(encoding="utf-8"))


def test_json_is_as_its_schema_says() -> None:
    finding = Diagnostic(
        "SIB616",
        Severity.ERROR,
        message("yes"),
        Label(span("four"), message("no")),
        (Label(None, None, "x.json"),),
        message("leave the cell empty"),
    )
    data = json.loads(findings_json((finding,), SOURCES, "fr"))
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(data, schema())
    (one,) = data["findings"]
    assert one["message"] == "oui"
    assert one["place"]["file"] == "bond.sib"
    assert one["place"]["start"] == {"line": 2, "column": 7, "offset": 14}
    assert one["place"]["end"] == {"line": 2, "column": 11, "offset": 18}
    assert one["others"][0]["start"] is None


def test_places_on_one_line_stand_under_it_together() -> None:
    finding = error(
        "SIB301",
        span("three four"),
        message("wide"),
        others=[
            Label(span("one"), message("row {row}", row=1)),
            Label(span("four"), message("row {row}", row=2)),
        ],
    )
    assert full(finding).splitlines()[1:] == [
        "  ┌ bond.sib:2:1",
        "2 │ three four",
        "  │ ^^^^^^^^^^",
        "  │       ---- row 2",
        "  ┊",
        "1 │ one two",
        "  │ --- row 1",
    ]


def test_the_same_place_is_shown_once() -> None:
    here = span("four")
    others = [Label(here), Label(here, message("row {row}", row=2)), Label(here)]
    lines = full(error("SIB202", here, message("wide"), others=others)).splitlines()
    assert lines[2:] == ["2 │ three four", "  │       ^^^^ row 2"]


def test_places_on_a_line_too_long_to_show_are_each_cut_around_their_marks() -> None:
    text = f"begin {'x' * 200} middle {'y' * 200} end"
    sources = {"": Source("long.sib", text)}
    at, after = text.index("middle"), text.index("end")
    finding = error(
        "SIB202", Span(at, at + 6), message("wide"), others=[Label(Span(after, after + 3))]
    )
    lines = full_text((finding,), sources, "en").splitlines()
    excerpts = [line for line in lines if line.startswith("1 │")]
    assert ["middle" in excerpts[0], "end" in excerpts[1]] == [True, True]
    assert all(width(line) <= 130 for line in excerpts)


def test_rows_without_text_are_each_named() -> None:
    rows = [Label(None, message("row {row}", row=number), "x.json") for number in (7, 9)]
    finding = Diagnostic("SIB616", Severity.ERROR, message("bare"), rows[0], (rows[1],))
    assert full(finding) == "error[SIB616]: bare\n  ┌ x.json: row 7\n  ┌ x.json: row 9\n"
