"""Sheets with one bad cell each: one finding, at the cell, with what to write instead.

To add a row: what it is, the language of the sheet, which sheet, what stands in the sound one and
what is written instead, the code, the line, the words at the place of the finding (none where a file
could not even be decoded), and words that its cure holds.
"""

import json
from pathlib import Path
from typing import Any, Final

import pytest

import sibdsl
from sibdsl.messages import say
from sibdsl.numerals import Language
from tests.test_seeded_meaning import SOUND

CONTRACTS: Final = {language: sibdsl.parse(text) for language, text in SOUND.items()}
SHEETS: Final[dict[tuple[Language, str], str]] = {
    ("en", "results"): """\
measure,evaluation,value,status,reported by,reported on,evidence
Participants,Cohort 1,100,,Auditor,2022-04-15,report 1
Job Rate,Cohort 1,45%,final,Auditor,2022-04-15,
Comparison Rate,Cohort 1,40%,provisional,Auditor,2022-04-15,
Milestones,Cohort 1,complete,,,2022-04-15,
Participants,Cohort 2,80,,Auditor,2023-04-15,
Job Rate,Cohort 2,41%,disputed,Auditor,2023-04-15,
Savings,Final,"GBP 120,000.50",,Auditor,2024-07-15,
Score,Final,6.5,,Auditor,2024-07-15,
""",
    ("fr", "results"): """\
mesure;évaluation;valeur;statut;établi par;établi le;pièce
Participants;Cohorte 1;100;;Auditeur;2022-04-15;rapport 1
Taux de Retour;Cohorte 1;45 %;définitif;Auditeur;2022-04-15;
Taux Témoin;Cohorte 1;40 %;provisoire;Auditeur;2022-04-15;
Étapes;Cohorte 1;complet;;;2022-04-15;
Participants;Cohorte 2;80;;Auditeur;2023-04-15;
Taux de Retour;Cohorte 2;41 %;contesté;Auditeur;2023-04-15;
Économies;Finale;120 000,50 EUR;;Auditeur;2024-07-15;
Score;Finale;6,5;;Auditeur;2024-07-15;
""",
    ("en", "claims"): """\
participant,outcome,date,evaluation,status,reported on,evidence
A,Started,2021-05-01,,,2021-06-01,
A,Qualified,2021-09-01,,,2021-10-01,
B,Started,2021-06-01,Cohort 1,,2021-07-01,
B,Qualified,2022-06-01,,,2022-07-01,
""",
    ("fr", "claims"): """\
participant;résultat;date;évaluation;statut;établi le;pièce
A;Entrée;2021-05-01;;;2021-06-01;
A;Diplôme;2021-09-01;;;2021-10-01;
B;Entrée;2021-06-01;Cohorte 1;;2021-07-01;
B;Diplôme;2022-06-01;;;2022-07-01;
""",
}

Cell = tuple[str, Language, str, str, str, str, int, str, str]
CELLS: Final[list[Cell]] = [
    (
        "a date with one meaning",
        "fr",
        "results",
        "45 %;définitif;Auditeur;2022-04-15",
        "45 %;définitif;Auditeur;15/04/2022",
        "SIB624",
        3,
        "15/04/2022",
        "écrivez 2022-04-15",
    ),
    (
        "a date with two meanings",
        "en",
        "results",
        "45%,final,Auditor,2022-04-15",
        "45%,final,Auditor,04/05/2022",
        "SIB624",
        3,
        "04/05/2022",
        "write year, month and day: 2017-03-30",
    ),
    (
        "a column of indicators",
        "fr",
        "results",
        "mesure;évaluation",
        "indicateur;évaluation",
        "SIB601",
        1,
        "indicateur",
        "«\u00a0mesure\u00a0»",
    ),
    (
        "a column of indicators",
        "en",
        "results",
        "measure,evaluation",
        "indicator,evaluation",
        "SIB601",
        1,
        "indicator",
        "did you mean ‘measure’?",
    ),
    (
        "not available as a value",
        "en",
        "results",
        "Job Rate,Cohort 1,45%",
        "Job Rate,Cohort 1,not available",
        "SIB615",
        3,
        "not available",
        "write ‘not available’ in the column ‘status’",
    ),
    (
        "non disponible comme valeur",
        "fr",
        "results",
        "Taux de Retour;Cohorte 1;45 %",
        "Taux de Retour;Cohorte 1;non disponible",
        "SIB615",
        3,
        "non disponible",
        "dans la colonne «\u00a0statut\u00a0»",
    ),
    (
        "a percentage with a point",
        "fr",
        "results",
        "45 %",
        "45.000 %",
        "SIB670",
        3,
        "45.000 %",
        "écrivez 45\u00a0% ou 45\u202f000\u00a0%",
    ),
    (
        "an amount with a point",
        "fr",
        "results",
        "120 000,50 EUR",
        "120.000 EUR",
        "SIB670",
        8,
        "120.000 EUR",
        "écrivez 120,00\u00a0EUR ou 120\u202f000,00\u00a0EUR",
    ),
    (
        "a number with a point",
        "fr",
        "results",
        "Finale;6,5",
        "Finale;6.500",
        "SIB670",
        9,
        "6.500",
        "écrivez 6,5 ou 6\u202f500",
    ),
    (
        "a count with a point",
        "fr",
        "results",
        "Cohorte 1;100",
        "Cohorte 1;1.000",
        "SIB670",
        2,
        "1.000",
        "écrivez 1\u202f000",
    ),
    (
        "a bare number for a percentage",
        "en",
        "results",
        "45%",
        "61",
        "SIB616",
        3,
        "61",
        "write 61% or 6,100%, whichever is meant",
    ),
    (
        "a bare number for a percentage",
        "fr",
        "results",
        "45 %",
        "61",
        "SIB616",
        3,
        "61",
        "écrivez 61\u00a0% ou 6\u202f100\u00a0%, selon ce qui est voulu",
    ),
    (
        "a bare decimal for a percentage",
        "en",
        "results",
        "45%",
        "0.61",
        "SIB616",
        3,
        "0.61",
        "write 0.61% or 61%, whichever is meant",
    ),
    (
        "a bare decimal for a percentage",
        "fr",
        "results",
        "45 %",
        "0,61",
        "SIB616",
        3,
        "0,61",
        "écrivez 0,61\u00a0% ou 61\u00a0%, selon ce qui est voulu",
    ),
    (
        "a decimal comma in an English sheet",
        "en",
        "results",
        "45%",
        '"61,5%"',
        "SIB618",
        3,
        '"61,5%"',
        "write the value so, or declare how the sheet is written",
    ),
    (
        "a decimal point in a French sheet",
        "fr",
        "results",
        "45 %",
        "61.5 %",
        "SIB618",
        3,
        "61.5 %",
        "écrivez ainsi la valeur, ou déclarez",
    ),
    (
        "a decimal comma unquoted",
        "en",
        "results",
        "45%",
        "61,5%",
        "SIB604",
        3,
        "Job Rate,Cohort 1,61,5%,final,Auditor,2022-04-15,",
        ",",
    ),
    (
        "a measure misspelt",
        "en",
        "results",
        "Job Rate,Cohort 1",
        "Jobs Rate,Cohort 1",
        "SIB610",
        3,
        "Jobs Rate",
        "Job Rate",
    ),
    (
        "a measure misspelt",
        "fr",
        "results",
        "Taux de Retour;Cohorte 1",
        "Taux du Retours;Cohorte 1",
        "SIB610",
        3,
        "Taux du Retours",
        "Taux de Retour",
    ),
    (
        "a measure of another contract",
        "en",
        "results",
        "Score,Final",
        "Weight,Final",
        "SIB610",
        9,
        "Weight",
        "the contract has: Participants, Job Rate,",
    ),
    (
        "no evaluation",
        "en",
        "results",
        "Job Rate,Cohort 1",
        "Job Rate,",
        "SIB611",
        3,
        "",
        "its evaluations are: Cohort 1, Cohort 2",
    ),
    (
        "no evaluation",
        "fr",
        "results",
        "Taux de Retour;Cohorte 1",
        "Taux de Retour;",
        "SIB611",
        3,
        "",
        "ses évaluations sont\u00a0: Cohorte 1, Cohorte 2",
    ),
    (
        "an evaluation misspelt",
        "en",
        "results",
        "Job Rate,Cohort 1",
        "Job Rate,Cohrt 1",
        "SIB612",
        3,
        "Cohrt 1",
        "Cohort 1",
    ),
    (
        "an evaluation that there is not",
        "fr",
        "results",
        "Taux de Retour;Cohorte 1",
        "Taux de Retour;Cohorte 3",
        "SIB612",
        3,
        "Cohorte 3",
        "ses évaluations sont\u00a0: Cohorte 1, Cohorte 2",
    ),
    (
        "an evaluation of another series",
        "en",
        "results",
        "Score,Final",
        "Score,Cohort 1",
        "SIB613",
        9,
        "Cohort 1",
        "its evaluations are: Final",
    ),
    (
        "somebody else's report",
        "en",
        "results",
        "Score,Final,6.5,,Auditor",
        "Score,Final,6.5,,Charity",
        "SIB623",
        9,
        "Charity",
        "only a report by Auditor counts",
    ),
    (
        "somebody else's report",
        "fr",
        "results",
        "Score;Finale;6,5;;Auditeur",
        "Score;Finale;6,5;;Association",
        "SIB623",
        9,
        "Association",
        "seul compte un résultat établi par Auditeur",
    ),
    (
        "a reporter that there is not",
        "en",
        "results",
        "Score,Final,6.5,,Auditor",
        "Score,Final,6.5,,Auditr",
        "SIB623",
        9,
        "Auditr",
        "Auditor",
    ),
    ("an empty cell", "en", "results", "45%", "", "SIB614", 3, "", "not available"),
    ("an empty cell", "fr", "results", "45 %", "", "SIB614", 3, "", "non disponible"),
    ("a dash for a value", "en", "results", "45%", "-", "SIB615", 3, "-", "not available"),
    ("n/a for a value", "en", "results", "45%", "n/a", "SIB615", 3, "n/a", "not available"),
    (
        "a value reported twice",
        "en",
        "results",
        "Score,Final,6.5",
        "Score,Final,6.4,,Auditor,2024-07-15,\nScore,Final,6.5",
        "SIB622",
        10,
        "6.5",
        "correction",
    ),
    (
        "a value reported twice",
        "fr",
        "results",
        "Score;Finale;6,5",
        "Score;Finale;6,4;;Auditeur;2024-07-15;\nScore;Finale;6,5",
        "SIB622",
        10,
        "6,5",
        "correction",
    ),
    (
        "a count with decimals",
        "en",
        "results",
        "Cohort 1,100,",
        "Cohort 1,100.5,",
        "SIB617",
        2,
        "100.5",
        "a count is a whole number, written without decimals",
    ),
    (
        "a negative count",
        "en",
        "results",
        "Cohort 1,100,",
        "Cohort 1,-100,",
        "SIB617",
        2,
        "-100",
        "a count is nil or more",
    ),
    (
        "a percentage for a count",
        "fr",
        "results",
        "Cohorte 1;100;",
        "Cohorte 1;100 %;",
        "SIB615",
        2,
        "100 %",
        "un effectif est un nombre entier, écrit sans décimales",
    ),
    (
        "an amount in another currency",
        "en",
        "results",
        "GBP 120,000.50",
        "USD 120,000.50",
        "SIB615",
        8,
        '"USD 120,000.50"',
        "report the amount in GBP",
    ),
    (
        "an amount in words of another language",
        "fr",
        "results",
        "120 000,50 EUR",
        "120,000.50 EUR",
        "SIB618",
        8,
        "120,000.50 EUR",
        "écrivez ainsi la valeur, ou déclarez",
    ),
    (
        "a day that there is not",
        "en",
        "results",
        "2022-04-15,report",
        "2022-04-31,report",
        "SIB624",
        2,
        "2022-04-31",
        "write year, month and day: 2017-03-30",
    ),
    (
        "a day otherwise written",
        "en",
        "results",
        "2022-04-15,report",
        "15/04/2022,report",
        "SIB624",
        2,
        "15/04/2022",
        "write 2022-04-15",
    ),
    (
        "a day before the evaluation",
        "en",
        "results",
        "2022-04-15,report",
        "2019-04-15,report",
        "SIB625",
        2,
        "2019-04-15",
        "",
    ),
    (
        "a status that there is not",
        "en",
        "results",
        "final",
        "finl",
        "SIB621",
        3,
        "finl",
        "a status is one of: final,",
    ),
    (
        "a comma in a French sheet",
        "fr",
        "results",
        "mesure;évaluation;valeur;statut;établi par;établi le;pièce",
        "mesure,évaluation,valeur,statut,établi par,établi le,pièce",
        "SIB603",
        1,
        "mesure,évaluation,valeur,statut,établi par,établi le,pièce",
        "# separator , decimal .",
    ),
    (
        "a semicolon in an English sheet",
        "en",
        "results",
        "measure,evaluation,value,status,reported by,reported on,evidence",
        "measure;evaluation;value;status;reported by;reported on;evidence",
        "SIB603",
        1,
        "measure;evaluation;value;status;reported by;reported on;evidence",
        "# separator ; decimal ,",
    ),
    (
        "a row too long",
        "en",
        "results",
        "report 1",
        "report 1,more",
        "SIB604",
        2,
        "Participants,Cohort 1,100,,Auditor,2022-04-15,report 1,more",
        ",",
    ),
    (
        "a row too short",
        "en",
        "results",
        "Score,Final,6.5,,Auditor,2024-07-15,",
        "Score,Final",
        "SIB604",
        9,
        "Score,Final",
        ",",
    ),
    (
        "a column of an unknown name",
        "en",
        "results",
        "evidence",
        "proof",
        "SIB601",
        1,
        "proof",
        "the columns are: measure, evaluation, value,",
    ),
    (
        "no column of values",
        "en",
        "results",
        "value",
        "amounts",
        "SIB601",
        1,
        "amounts",
        "the columns are: measure, evaluation, value,",
    ),
    (
        "a NUL",
        "en",
        "results",
        "report 1",
        "rep\x00ort 1",
        "SIB607",
        2,
        "\x00",
        "save the sheet as CSV in UTF-8",
    ),
    (
        "a quotation not closed",
        "en",
        "results",
        '50"',
        "50",
        "SIB606",
        8,
        '"',
        'double a quotation mark that belongs to the text: ""',
    ),
    (
        "a letter among the digits",
        "en",
        "results",
        "6.5",
        "6.S",
        "SIB615",
        9,
        "6.S",
        "write the number in figures, in full",
    ),
    (
        "a lone surrogate",
        "en",
        "results",
        "report 1",
        "rep\ud800ort",
        "SIB801",
        0,
        "",
        "in Excel ‘Save As’, ‘CSV UTF-8’",
    ),
    (
        "a mark that turns the writing",
        "en",
        "results",
        "Job Rate,Cohort 1",
        "Job \u202eRate,Cohort 1",
        "SIB610",
        3,
        "Job \u202eRate",
        "Job Rate",
    ),
    (
        "a value for a rate card",
        "en",
        "results",
        "Milestones,Cohort 1,complete",
        "Milestones,Cohort 1,12",
        "SIB628",
        5,
        "12",
        "complete",
    ),
    (
        "a definition reported",
        "en",
        "results",
        "Score,Final,6.5",
        "Difference,Cohort 1,5 points",
        "SIB610",
        9,
        "Difference",
        "the contract has: Participants, Job Rate,",
    ),
    (
        "an exponent",
        "en",
        "results",
        "6.5",
        "6.5e3",
        "SIB615",
        9,
        "6.5e3",
        "write the number in figures, in full",
    ),
    (
        "a huge number",
        "en",
        "results",
        "6.5",
        "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
        "SIB615",
        9,
        "9999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999999",
        "",
    ),
    (
        "yes for a number",
        "en",
        "results",
        "6.5",
        "yes",
        "SIB615",
        9,
        "yes",
        "write the number in figures, in full",
    ),
    (
        "an infinite number",
        "en",
        "results",
        "6.5",
        "inf",
        "SIB615",
        9,
        "inf",
        "write the number in figures, in full",
    ),
    (
        "digits of another script",
        "en",
        "results",
        "6.5",
        "६.५",
        "SIB615",
        9,
        "६.५",
        "write the number in figures, in full",
    ),
    (
        "a claim twice",
        "en",
        "claims",
        "B,Started",
        "A,Started,2021-05-01,,,2021-06-01,\nB,Started",
        "SIB635",
        4,
        "Started",
        "correction",
    ),
    (
        "a claim twice",
        "fr",
        "claims",
        "B;Entrée",
        "A;Entrée;2021-05-01;;;2021-06-01;\nB;Entrée",
        "SIB635",
        4,
        "Entrée",
        "correction",
    ),
    (
        "a claim for an outcome misspelt",
        "en",
        "claims",
        "A,Started",
        "A,Startd",
        "SIB631",
        2,
        "Startd",
        "Started",
    ),
    (
        "a claim for an outcome misspelt",
        "fr",
        "claims",
        "A;Entrée",
        "A;Entré",
        "SIB631",
        2,
        "Entré",
        "Entrée",
    ),
    (
        "a claim after the last evaluation",
        "en",
        "claims",
        "2022-06-01,,,2022-07-01",
        "2023-06-01,,,2023-07-01",
        "SIB633",
        5,
        "Qualified",
        "name the evaluation that the claim",
    ),
    (
        "a claim on a closed evaluation",
        "en",
        "claims",
        "2021-06-01,Cohort 1,,2021-07-01",
        "2021-06-01,Cohort 1,,2022-04-30",
        "SIB634",
        4,
        "Started",
        "name a later evaluation",
    ),
    (
        "a claim on a closed evaluation",
        "fr",
        "claims",
        "2021-06-01;Cohorte 1;;2021-07-01",
        "2021-06-01;Cohorte 1;;2022-04-30",
        "SIB634",
        4,
        "Entrée",
        "nommez une évaluation postérieure",
    ),
    (
        "a claim withdrawn that was not made",
        "en",
        "claims",
        "B,Started,2021-06-01,Cohort 1,,",
        "B,Started,2021-06-02,Cohort 1,withdrawn,",
        "SIB636",
        4,
        "Started",
        "give the participant, the outcome and",
    ),
    ("a claim of nobody", "en", "claims", "A,Started", ",Started", "SIB640", 2, "", ""),
    (
        "a claim before the term",
        "en",
        "claims",
        "A,Started,2021-05-01",
        "A,Started,2011-05-01",
        "SIB625",
        2,
        "2011-05-01",
        "",
    ),
    (
        "a claim without a day",
        "en",
        "claims",
        "A,Started,2021-05-01",
        "A,Started,",
        "SIB624",
        2,
        "",
        "",
    ),
]


def refused(
    folder: Path, language: Language, results: str | bytes, claims: str | bytes, suffix: str = "csv"
) -> sibdsl.ContractError:
    """Why the contract refuses two sheets, read from their files."""
    for name, content in ((f"results.{suffix}", results), ("claims.csv", claims)):
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        (folder / name).write_bytes(data)
    with pytest.raises(sibdsl.ContractError) as caught:
        CONTRACTS[language].evaluate(folder / f"results.{suffix}", claims=folder / "claims.csv")
    return caught.value


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sound_sheets_are_read(tmp_path: Path, language: Language) -> None:
    for sheet in ("results", "claims"):
        (tmp_path / sheet).with_suffix(".csv").write_text(SHEETS[language, sheet], "utf-8")
    determination = CONTRACTS[language].evaluate(
        tmp_path / "results.csv", claims=tmp_path / "claims.csv"
    )
    assert len(determination.payments) > 0


@pytest.mark.parametrize(
    ("language", "sheet", "sound", "written", "code", "line", "place", "cure"),
    [cell[1:] for cell in CELLS],
    ids=[f"{cell[1]}: {cell[0]}" for cell in CELLS],
)
def test_a_bad_cell_is_found_once_in_its_place_with_its_cure(  # noqa: PLR0917
    tmp_path: Path,
    language: Language,
    sheet: str,
    sound: str,
    written: str,
    code: str,
    line: int,
    place: str,
    cure: str,
) -> None:
    sheets = {name: SHEETS[language, name] for name in ("results", "claims")}
    assert sound in sheets[sheet]
    sheets[sheet] = sheets[sheet].replace(sound, written, 1)
    refusal = refused(tmp_path, language, sheets["results"], sheets["claims"])
    [finding] = refusal.findings
    assert finding.code == code
    assert finding.label.file == str(tmp_path / f"{sheet}.csv")
    if finding.label.span is not None:
        source = refusal.sources[finding.label.file]
        assert source.position(finding.label.span.start).line == line
        assert source.words(finding.label.span) == place
    else:
        assert not place
    assert cure in (say(finding.help, language) if finding.help else "")
    assert f"{sheet}.csv" in str(refusal)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (SHEETS["fr", "results"].encode("cp1252"), "SIB801"),
        (SHEETS["fr", "results"].encode("utf-16"), "SIB802"),
        (b"PK\x03\x04" + bytes(100), "SIB803"),
        (bytes(range(256)), "SIB801"),
        (b"", "SIB602"),
        (b"\n\n", "SIB602"),
    ],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    refusal = refused(tmp_path, "fr", content, SHEETS["fr", "claims"])
    assert [finding.code for finding in refusal.findings] == [code]


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    sheet = tmp_path / "results.csv"
    sheet.write_text(SHEETS["fr", "results"], "utf-8-sig")
    assert CONTRACTS["fr"].evaluate(sheet, claims=[]).payments


def test_no_number_in_json_is_refused_at_its_row(tmp_path: Path) -> None:
    sheet = tmp_path / "results.json"
    rows = '[{}, {"measure": "Score", "evaluation": "Final", "value": NaN}]'
    sheet.write_text(rows.replace("{}", json.dumps(ENTRY)), "utf-8")
    with pytest.raises(sibdsl.ContractError) as refused:
        CONTRACTS["en"].evaluate(sheet)
    assert "‘NaN’ is not a number" in str(refused.value)
    assert "row 2, column ‘value’" in str(refused.value)
    assert "leave the row out" in str(refused.value)


def test_two_columns_of_one_name_say_what_to_do(tmp_path: Path) -> None:
    sheet = tmp_path / "results.csv"
    sheet.write_text("measure,evaluation,value,Value\nScore,Final,6.5,6.5\n", "utf-8")
    with pytest.raises(sibdsl.ContractError) as refused:
        CONTRACTS["en"].evaluate(sheet)
    assert "there are two columns ‘Value’" in str(refused.value)
    assert "keep one of the two columns" in str(refused.value)


ENTRY: Final = {"measure": "Score", "evaluation": "Final", "value": "6.5"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[{"measure": "Job Rate", "evaluation": "Cohort 1", "value": 0.1}]', "SIB616"),
        ('[{"measure": "Job Rate", "evaluation": "Cohort 1", "value": 61}]', "SIB616"),
        ('[{"measure": "Score", "evaluation": "Final", "value": NaN}]', "SIB608"),
        ('[{"measure": "Score", "evaluation": "Final", "value": -Infinity}]', "SIB608"),
        ('[{"measure": "Score", "evaluation": "Final", "value": 1e999999999}]', "SIB615"),
        ('[{"measure": "Score", "evaluation": "Final", "value": ' + "9" * 99_999 + "}]", "SIB615"),
        ('[{"measure": "Score", "evaluation": "Final", "value": true}]', "SIB615"),
        ('[{"measure": "Score", "evaluation": "Final", "value": null}]', "SIB614"),
        ('[{"measure": "Score", "evaluation": "Final", "value": [6]}]', "SIB608"),
        ('[{"measure": "Score", "evaluation": "Final", "value": 6, "value": 7}]', "SIB609"),
        ('[{"measure": "Score", "evaluation": "Final", "value": 6, "weight": 7}]', "SIB601"),
        ('[{"measure": "Score", "evaluation": "Final", "value": 6, "Measure": "Score"}]', "SIB601"),
        (json.dumps([ENTRY | {"evidence": "\ud800"}]), "SIB608"),
        (json.dumps([ENTRY | {"evidence": "page\x00"}]), "SIB608"),
        (json.dumps([ENTRY, ENTRY]), "SIB622"),
        (json.dumps(ENTRY), "SIB608"),
        ("[" * 100_000, "SIB608"),
        ('{"a":' * 100_000, "SIB608"),
        ("", "SIB608"),
        ("[] []", "SIB608"),
    ],
)
def test_a_bad_entry_in_json_is_found_once(tmp_path: Path, content: str, code: str) -> None:
    refusal = refused(tmp_path, "en", content, SHEETS["en", "claims"], "json")
    assert [finding.code for finding in refusal.findings] == [code]
    assert "results.json" in str(refusal)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (0.1, "SIB619"),
        (float("nan"), "SIB619"),
        (b"61%", "SIB608"),
        (object(), "SIB608"),
        (1j, "SIB608"),
        ([61], "SIB608"),
        (10**5000, "SIB608"),
        ("\udfff", "SIB608"),
    ],
    ids=["float", "no number", "bytes", "object", "complex", "list", "long", "half a pair"],
)
def test_a_value_that_no_cell_holds_is_refused_and_never_raises_another_error(
    value: Any, code: str
) -> None:
    for measure, evaluation in (("Score", "Final"), ("Savings", "Final"), ("Job Rate", "Cohort 1")):
        row = {"measure": measure, "evaluation": evaluation, "value": value}
        with pytest.raises(sibdsl.ContractError) as caught:
            CONTRACTS["en"].evaluate([row])
        assert [finding.code for finding in caught.value.findings] == [code]
        assert str(caught.value)
