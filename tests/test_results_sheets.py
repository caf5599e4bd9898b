"""Sheets as text: rows from CSV, JSON and Python values, or what keeps them from being read."""

import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibdsl.diagnostics import Diagnostic
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.results.read_csv import CSV_FORMS, read_csv
from sibdsl.results.read_json import read_json, rows_of
from sibdsl.results.rows import COLUMNS, FRENCH, Column, Row, TableKind, Value, find_column
from sibdsl.source import Source

RESULTS = TableKind.RESULTS
HEAD = "measure,evaluation,value\n"


def csv_rows(text: str, form: Language = "en") -> list[Row | Diagnostic]:
    return list(read_csv(Source("results.csv", text), RESULTS, CSV_FORMS[form], form).rows)


def json_rows(text: str) -> list[Row | Diagnostic]:
    return list(read_json(Source("results.json", text), RESULTS).rows)


def values(rows: list[Row | Diagnostic]) -> list[dict[Column, Value]]:
    assert [say(row.message, "en") for row in rows if isinstance(row, Diagnostic)] == []
    return [dict(row.values) for row in rows if isinstance(row, Row)]


def only_finding(rows: list[Row | Diagnostic]) -> Diagnostic:
    (finding,) = (row for row in rows if isinstance(row, Diagnostic))
    return finding


# -------------------------------------------------------------------------------------------- CSV


def test_a_row_knows_its_number_and_the_place_of_its_cells() -> None:
    text = HEAD + "Rate,Cohort 1,61%\n\nCost,Cohort 2,5\n"
    first, second = csv_rows(text)
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert (first.number, second.number) == (2, 4)  # as a spreadsheet shows them
    span = second.span("evaluation")
    assert span is not None
    assert Source("", text).words(span) == "Cohort 2"
    assert second.span("status") is None


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "end"])
def test_every_line_end_is_read(end: str, last: str) -> None:
    text = end.join(["measure,evaluation,value", "Rate,Cohort 1,61%"]) + (end if last else "")
    assert values(csv_rows(text)) == [{"measure": "Rate", "evaluation": "Cohort 1", "value": "61%"}]


def test_a_quoted_cell_may_hold_anything() -> None:
    text = HEAD + '"the ""old"" rate","a\nb,c","1,250" \nRate,Cohort 1,5\n'
    rows = csv_rows(text)
    assert values(rows) == [
        {"measure": 'the "old" rate', "evaluation": "a\nb,c", "value": "1,250"},
        {"measure": "Rate", "evaluation": "Cohort 1", "value": "5"},
    ]


def test_what_a_spreadsheet_leaves_behind_is_passed_over() -> None:
    assert values(csv_rows(HEAD + ",,\n , ,\n\nRate,Cohort 1,5\n,,\n")) == [
        {"measure": "Rate", "evaluation": "Cohort 1", "value": "5"}
    ]


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    assert len(values(csv_rows("\ufeff" + HEAD + "Rate,,5\n"))) == 1


@pytest.mark.parametrize(
    ("declaration", "separator", "mark"),
    [
        ("# separator ; decimal ,", ";", ","),
        ("# separator ; decimal .", ";", "."),
        ("#separator tab decimal ,", "\t", ","),
        ("# separator | decimal .;;;", "|", "."),
        ("# séparateur ; décimale ,", ";", ","),
        ("# SEPARATOR , DECIMAL .,,", ",", "."),
    ],
)
def test_the_first_line_may_declare_how_the_sheet_is_written(
    declaration: str, separator: str, mark: str
) -> None:
    text = f"{declaration}\n{HEAD.replace(',', separator)}Rate{separator}{separator}5\n"
    for form in ("en", "fr"):
        (row,) = csv_rows(text, "fr" if form == "fr" else "en")
        assert isinstance(row, Row)
        assert (row.number, row.decimal_mark) == (3, mark)


def test_a_first_line_that_declares_nothing_is_refused() -> None:
    assert only_finding(csv_rows("# results of June\n" + HEAD)).code == "SIB603"


@pytest.mark.parametrize(
    ("text", "form", "advice"),
    [
        (HEAD.replace(",", ";"), "en", "# separator ; decimal ,"),
        (HEAD, "fr", "# separator , decimal ."),
        (HEAD.replace(",", "\t"), "en", "# separator tab decimal ."),
        ('"measure";"evaluation";"value"\n', "en", "# separator ; decimal ,"),
    ],
)
def test_another_separator_than_declared_is_refused_with_advice(
    text: str, form: str, advice: str
) -> None:
    finding = only_finding(csv_rows(text, "fr" if form == "fr" else "en"))
    assert finding.code == "SIB603"
    assert finding.help is not None
    assert advice in say(finding.help, "en")


def test_headings_are_read_in_both_languages() -> None:
    for kind in TableKind:
        for column in COLUMNS[kind]:
            assert find_column(f" {column.upper()} ", kind) == column
            assert find_column(FRENCH[column], kind) == column
    assert find_column("reported_on", RESULTS) == "reported on"
    assert find_column("outcome", RESULTS) is None


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("", "SIB602", "the sheet is empty"),
        ("\n\n", "SIB602", "a column is missing: measure, evaluation, value"),
        ("measure,value\nRate,5\n", "SIB602", "a column is missing: evaluation"),
        ("measure,evaluation,value,valu\n", "SIB601", "there is no column ‘valu’"),
        ("measure,evaluation,value,mesure\n", "SIB601", "there are two columns ‘mesure’"),
        (HEAD + "Rate,Cohort 1\n", "SIB604", "row 2 has another number of cells (2)"),
        (HEAD + "Rate,Cohort 1,61,5%\n", "SIB604", "row 2 has another number of cells (4)"),
        ("measure,evaluation,value,\nRate,,5,x\n", "SIB604", "a column without a name"),
        (HEAD + 'Rate,Cohort 1,"61%\nCost,,5\n', "SIB606", "a quotation mark opens this cell"),
        (HEAD + 'Rate,"Cohort" 1,61%\n', "SIB606", "a quotation mark opens this cell"),
        (HEAD + "Rate,Cohort\0 1,61%\n", "SIB607", "a NUL character"),
        (HEAD + "Rate,,5" + "x" * 40_000 + "\n", "SIB605", "more than 32,767 characters"),
    ],
)
def test_a_sheet_that_cannot_be_read_is_refused(text: str, code: str, said: str) -> None:
    finding = only_finding(csv_rows(text))
    assert finding.code == code
    assert said in say(finding.message, "en")
    assert finding.label.span is not None
    assert finding.label.file == "results.csv"


def test_empty_cells_under_no_heading_are_allowed() -> None:
    assert len(values(csv_rows("measure,evaluation,value,,\nRate,,5,,\n"))) == 1


@given(st.text(alphabet=st.sampled_from('abc,;"\n\r\t#\0 é'), max_size=60))
def test_reading_never_raises(text: str) -> None:
    for form in ("en", "fr"):
        csv_rows(HEAD + text, "fr" if form == "fr" else "en")
        csv_rows(text, "fr" if form == "fr" else "en")
    json_rows(text)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\0\r", codec="utf-8"))))
def test_what_is_written_as_csv_reads_back(cells: list[str]) -> None:
    """RFC 4180: whatever the text, quoted as the standard says, it is read as it was."""
    rows = "".join(f'"{cell.replace(chr(34), chr(34) * 2)}",x,1\n' for cell in cells)
    assert [row["measure"] for row in values(csv_rows(HEAD + rows))] == cells


def test_a_million_rows_are_walked_in_the_memory_of_one() -> None:
    text = HEAD + "Rate,Cohort 1,61%\n" * 20_000
    table = read_csv(Source("results.csv", text), RESULTS, CSV_FORMS["en"])
    tracemalloc.start()
    assert sum(isinstance(row, Row) for row in table.rows) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


# ------------------------------------------------------------------------------------------- JSON


def test_json_numbers_are_decimals() -> None:
    (row,) = values(json_rows('[{"measure": "Score", "évaluation": null, "valeur": 0.1}]'))
    assert row == {"measure": "Score", "evaluation": None, "value": Decimal("0.1")}
    assert isinstance(row["value"], Decimal)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[", "SIB608"),
        ("", "SIB608"),
        ('{"measure": "Rate"}', "SIB608"),
        ("[1]", "SIB608"),
        ('[{"measure": ["Rate"]}]', "SIB608"),
        ('[{"value": NaN}]', "SIB608"),
        ('[{"value": -Infinity}]', "SIB608"),
        ("[" * 100_000, "SIB608"),
        ('[{"value": "61%", "value": "16%"}]', "SIB609"),
        ('[{"value": "61%", "valeur": "16%"}]', "SIB601"),
        ('[{"measur": "Rate"}]', "SIB601"),
    ],
)
def test_json_that_cannot_be_read_is_refused(text: str, code: str) -> None:
    assert only_finding(json_rows(text)).code == code


@pytest.mark.parametrize(
    "number", ["1e999999999", "-1e-999999999", "9" * 5000, "1e99999999999999999999"]
)
def test_a_number_beyond_all_measure_stays_text(number: str) -> None:
    (row,) = values(json_rows(f'[{{"value": {number}}}]'))
    assert row["value"] == number


def test_rows_in_python_may_be_mappings_or_sequences() -> None:
    entries: Iterator[object] = iter(
        [{"measure": "Rate", "value": "61%"}, ("Rate", "Cohort 1", "61%"), ["Cost"]]
    )
    rows = list(rows_of(entries, RESULTS, "results", "en"))
    assert values(rows) == [
        {"measure": "Rate", "value": "61%"},
        {"measure": "Rate", "evaluation": "Cohort 1", "value": "61%"},
        {"measure": "Cost"},
    ]


@pytest.mark.parametrize("entry", ["Rate", 5, None, ("x",) * 8])
def test_what_is_no_row_is_refused(entry: object) -> None:
    assert only_finding(list(rows_of([entry], RESULTS, "results", "en"))).code == "SIB608"
