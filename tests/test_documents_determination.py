"""Determinations as text, JSON, CSV; worked examples as JUnit."""

import csv
import io
import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from attrs import evolve

import sibdsl
from sibdsl.contract import example_outcomes
from sibdsl.documents.determination_csv import determination_csv
from sibdsl.documents.junit import junit_xml

ROOT = Path(__file__).parent.parent
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/results.csv"))

ENGLISH = """sibdsl 1 en
contract "One Service"
currency GBP
term from 2010-09-09 to 2018-12-31
party Ministry is outcome payer
party Investors are investors
party Assessor is evaluator
funding Investors provide GBP 5,000,000 to Ministry on 2010-09-09
evaluation Cohort 1 on 2014-08-07
evaluation Cohort 2 on 2017-07-27
measure Reconvictions is a number at each evaluation, reported by Assessor
measure Matched is a number at each evaluation, reported by Assessor
Reduction means (Matched - Reconvictions) / Matched
condition Cohort Success: the Reduction is at least 10%
payment Cohort Payment at each evaluation
  the Ministry pays GBP 2,500,000 to the Investors
  when Cohort Success
  due 60 days after evaluation
cap Ministry: GBP 4,000,000
example "at the threshold"
  given Reconvictions at Cohort 1 is 90
  given Matched at Cohort 1 is 100
  expect Cohort Payment at Cohort 1 is GBP 2,500,000
"""
FRENCH = """sibdsl 1 fr
contrat « Ateliers »
devise EUR
durée du 2018-01-01 au 2021-12-31
partie Ministère est payeur
partie Investisseurs sont investisseurs
partie Kimso est évaluateur
évaluation Finale le 2021-03-31
mesure Taux de Retour est un taux, établi par Kimso
mesure Taux Témoin est un taux, établi par Kimso
l'Écart désigne le Taux de Retour - le Taux Témoin
condition Impact : l'Écart est d'au moins 3 points
paiement Prime
  le Ministère verse 15 000 EUR aux Investisseurs
  lorsque Impact
  échéance 60 jours après Finale
plafond Ministère : 15 000 EUR
"""


def contract(text: str) -> sibdsl.Contract:
    made = sibdsl.parse(text)
    assert made.ok, [finding.message for finding in made.findings]
    return made


def reported(*rows: tuple[str, str, str]) -> tuple[sibdsl.Contract, sibdsl.Determination]:
    made = contract(ENGLISH)
    return made, made.evaluate(rows)


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_payment_says_the_clause_and_the_figure_that_caused_it() -> None:
    made, determination = reported(
        ("Reconvictions", "Cohort 1", "142"), ("Matched", "Cohort 1", "155")
    )
    text = one_line(made.report(determination))
    assert (
        "Cohort Payment at Cohort 1 is not due: Cohort Success is not met. "
        "Reduction is (155 − 142) / 155 = 8.387…% (13/155); at least 10% is needed; 1.613 points short."
    ) in text
    assert "From Ministry to Investors (line 15)" in text
    assert (
        "Cohort Payment at Cohort 2 is pending: it waits for Matched and Reconvictions at Cohort 2; "
        "it comes to GBP 2,500,000.00 at most."
    ) in text


def test_a_cap_says_what_it_cut() -> None:
    made, determination = reported(
        ("Reconvictions", "Cohort 1", "80"),
        ("Matched", "Cohort 1", "100"),
        ("Reconvictions", "Cohort 2", "80"),
        ("Matched", "Cohort 2", "100"),
    )
    text = one_line(made.report(determination))
    assert "Cohort Payment at Cohort 2: GBP 1,500,000.00 due on 2017-09-25" in text
    assert (
        "Before caps GBP 2,500,000.00; GBP 1,000,000.00 less, "
        "since the cap on Ministry (line 19) had GBP 1,500,000.00 left."
    ) in text
    assert "Reduction is (100 − 80) / 100 = 20%; at least 10% is needed; 10 points above." in text
    assert "Ministry GBP 4,000,000.00 GBP 4,000,000.00 GBP 0.00 (line 19)" in text
    assert "Investors GBP 5,000,000.00 GBP 4,000,000.00 0.8 times" in text


def test_a_return_cap_says_what_it_left_and_when_nothing_is_left() -> None:
    made = contract(
        """sibdsl 1 en
contract "Yield"
currency GBP
term from 2018-01-01 to 2021-12-31
party City is outcome payer
party Fund is investor
party Charity is service provider
funding Fund provides GBP 100 to Charity on 2018-01-01
payment First
  City pays GBP 200 to the Fund
  due 2019-06-01
payment Second
  City pays GBP 30 to the Fund
  due 2019-07-01
cap return of Fund: 8% per year
"""
    )
    text = one_line(made.report(made.evaluate([])))
    assert (
        "The cap on the return of Fund leaves GBP 100.00 × (1 + 8%) × (1 + 8% × 151/365) = GBP 111.574…, "
        "rounded down to GBP 111.57 (actual/365: 1 full year and 151 days from 2018-01-01 to 2019-06-01)."
    ) in text
    assert "− GBP 111.57 (First) × (1 + 8% × 30/365) = -GBP 0.019…, so that nothing is left" in text


def test_french_is_as_good() -> None:
    made = contract(FRENCH)
    rows = [("Taux de Retour", None, "52,5 %".replace(",", ".")), ("Taux Témoin", None, "50 %")]
    text = made.report(made.evaluate(rows)).replace("\u00a0", " ").replace("\u202f", " ")
    assert (
        "Prime : rien n’est dû, car la condition Impact n’est pas remplie. "
        "Écart vaut 52,5 % − 50 % = 2,5 points ; il faut au moins 3 points ; il manque 0,5 point."
    ) in one_line(text)
    assert "Aucune somme n’est due." in text
    assert "Totaux" not in text  # no money passes: a table of zeros would say nothing


def schema() -> Any:
    file = files("sibdsl.documents").joinpath("determination.schema.json")
    return json.loads(file.read_text(encoding="utf-8"))


def test_there_are_examples_to_run() -> None:
    assert len(EXAMPLES) > 5


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_every_example_is_written_in_every_form(folder: Path) -> None:
    made = sibdsl.load(folder / "contract.sib")
    sheets = {
        name: path
        for name in ("claims", "participants")
        if (path := folder / f"{name}.csv").exists()
    }
    determination = made.evaluate(folder / "results.csv", **sheets)  # type: ignore[arg-type]
    written = made.report(determination, "json")
    data = json.loads(written)
    jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker()).validate(
        data
    )
    assert "e+" not in written.lower().replace("e+ ", "")
    assert not [value for value in numbers(data) if isinstance(value, float)]
    text = made.report(determination)
    assert all(payment.name in text for payment in determination.payments)
    rows = list(csv.DictReader(io.StringIO(made.report(determination, "csv")), delimiter=","))
    assert made.language == "fr" or len(rows) >= len(determination.payments)


def numbers(data: Any) -> list[Any]:
    if isinstance(data, dict):
        return [number for value in data.values() for number in numbers(value)]
    if isinstance(data, list):
        return [number for value in data for number in numbers(value)]
    return [data]


def test_the_same_determination_gives_the_same_bytes() -> None:
    rows = (("Reconvictions", "Cohort 1", "142"), ("Matched", "Cohort 1", "155"))
    for form in ("text", "json", "csv"):
        first, second = reported(*rows), reported(*reversed(rows))
        assert first[0].report(first[1], form) == second[0].report(second[1], form)


def test_a_sheet_follows_the_form_that_is_asked_for() -> None:
    made, determination = reported(
        ("Reconvictions", "Cohort 1", "90"), ("Matched", "Cohort 1", "100")
    )
    english = list(csv.reader(io.StringIO(made.report(determination, "csv"))))
    assert english[1][:7] == [
        "Cohort Payment",
        "Cohort 1",
        "Ministry",
        "Investors",
        "GBP",
        "2500000.00",
        "2500000.00",
    ]
    french = made.report(determination, "csv", csv="fr").splitlines()[1]
    assert ";2500000,00;2500000,00;" in french


GROUPS = """sibdsl 1 fr
contrat « Parts »
devise EUR
durée du 2025-01-01 au 2026-12-31
partie Alpha est payeur
partie Bêta est payeur
partie Gamma est investisseur
partie Delta est investisseur
groupe Payeurs est Alpha 70 %, Bêta 30 %
groupe Prêteurs est Gamma à concurrence de 600 EUR, puis Delta
évaluation Finale le 2025-12-31
mesure Succès est oui ou non lors de Finale
paiement Prime lors de Finale
  les Payeurs versent 3 001 EUR / 3 aux Prêteurs
  échéance 60 jours après l'évaluation
paiement Bonus lors de Finale
  les Payeurs versent 100 EUR aux Prêteurs
  lorsque Succès
  échéance 60 jours après l'évaluation
plafond contrat : 3 000 EUR
"""


def test_the_columns_of_a_sheet_add_up() -> None:
    """The gross amount once, rounded, and exactly beside; no row for who pays and gets nothing."""
    made = sibdsl.parse(GROUPS)
    sheet = made.report(made.evaluate([("Succès", "Finale", "non")]), "csv")
    rows = list(csv.DictReader(io.StringIO(sheet), delimiter=";"))
    columns = ("paiement", "payeur", "bénéficiaire", "montant brut", "montant dû")
    assert [tuple(row[column] for column in columns) for row in rows] == [
        ("Prime", "Alpha", "Gamma", "1000,33", "600,00"),
        ("Prime", "Alpha", "Delta", "", "100,23"),
        ("Prime", "Bêta", "Delta", "", "300,10"),
        ("Bonus", "Payeurs", "Prêteurs", "", "0,00"),
    ]
    assert [row["montant brut exact"] for row in rows] == ["3001/3", "", "", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_sheet_is_a_formula(start: str) -> None:
    made, determination = reported()
    name = f'{start}HYPERLINK("http://x";"y")'
    hostile = evolve(
        determination,
        payments=tuple(evolve(p, name=name, payer=name) for p in determination.payments),
    )
    for form in ("en", "fr"):
        text = determination_csv(hostile, made.plan, made.source, "fr" if form == "fr" else "en")
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if form == "fr" else ",")
        cells = [cell for row in reader for cell in row]
        assert f"'{name}" in cells
        assert not [cell for cell in cells if cell.startswith(start)]


def test_junit_counts_what_does_not_hold() -> None:
    failing = sibdsl.parse(
        ENGLISH.replace(
            "expect Cohort Payment at Cohort 1 is GBP 2,500,000",
            "expect Cohort Payment at Cohort 1 is GBP 1",
        ).replace('"at the threshold"', '"<&\x0b>"')
    )
    xml = junit_xml(example_outcomes(failing), 'a"<b>.sib', failing.sources, "en")
    suites = ET.fromstring(xml)  # noqa: S314 -- our own
    assert suites.attrib == {"tests": "1", "failures": "1", "errors": "0", "skipped": "0"}
    (case,) = suites.iter("testcase")
    assert case.attrib["classname"] == 'a"<b>.sib'
    (failure,) = case
    assert failure.attrib["type"].startswith("SIB7")
    assert "GBP 2,500,000.00" in failure.attrib["message"]
    holding = contract(ENGLISH)
    assert 'failures="0"' in junit_xml(example_outcomes(holding), "a", holding.sources, "en")
