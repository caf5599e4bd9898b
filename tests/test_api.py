"""``import sibdsl``: contracts in Python."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs
import pytest

import sibdsl
from tests.test_documents_determination import ENGLISH, FRENCH

ROWS = [("Reconvictions", "Cohort 1", 142), ("Matched", "Cohort 1", Decimal(155))]
PETERBOROUGH = Path(__file__).parent.parent / "examples" / "peterborough"


def test_a_contract_is_parsed_and_evaluated() -> None:
    contract = sibdsl.parse(ENGLISH)
    assert contract.ok
    determination = contract.evaluate(ROWS)
    first, second = determination.payments
    assert first.state is sibdsl.State.NOT_DUE
    assert second.state is sibdsl.State.PENDING
    assert len(determination.contract_digest) == len(determination.results_digest) == 64


def test_a_file_and_its_sheets_are_loaded(tmp_path: Path) -> None:
    contract = sibdsl.load(PETERBOROUGH / "contract.sib")
    from_path = contract.evaluate(PETERBOROUGH / "results.csv")
    assert contract.evaluate(str(PETERBOROUGH / "results.csv")) == from_path
    assert from_path.payments[-1].amount == Fraction(603273973, 100)
    sheet = tmp_path / "results.json"
    sheet.write_text(
        '[{"measure": "Reconvictions", "evaluation": "Cohort 1", "value": 142}]', encoding="utf-8"
    )
    assert contract.evaluate(sheet).payments[0].state is sibdsl.State.PENDING


def test_csv_is_read_as_declared(tmp_path: Path) -> None:
    sheet = tmp_path / "results.csv"
    sheet.write_text("mesure;évaluation;valeur\nMatched;Cohort 1;155,5\n", encoding="utf-8")
    contract = sibdsl.parse(ENGLISH)
    contract.evaluate(sheet, csv="fr")
    with pytest.raises(sibdsl.ContractError) as refused:
        contract.evaluate(sheet)
    assert [finding.code for finding in refused.value.findings] == ["SIB603"]


def test_mistakes_in_a_contract_are_values() -> None:
    contract = sibdsl.parse(ENGLISH.replace("the Reduction is", "the Redction is"))
    assert not contract.ok
    assert [
        finding.code for finding in contract.findings if finding.severity is sibdsl.Severity.ERROR
    ]
    for ask in (lambda: contract.plan, contract.evaluate, contract.to_json):
        with pytest.raises(sibdsl.ContractError) as refused:
            ask()
        assert refused.value.findings == contract.findings
    assert "Redction" in str(refused.value)
    assert "contract.sib:14" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "sibdsl", "sibdsl 2 en", "sibdsl 1 de", "\0", "sibdsl 1 fr\n("]
)
def test_no_text_raises(text: str) -> None:
    assert not sibdsl.parse(text).ok
    assert sibdsl.check(text) == sibdsl.parse(text).findings


def test_mistakes_in_rows_are_raised_together_with_their_rows() -> None:
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.parse(ENGLISH).evaluate([("Matched", "Cohort 1", 0.5), ("Mtched", "Cohort 1", 1)])
    assert [finding.code for finding in refused.value.findings] == ["SIB619", "SIB610"]
    assert 'Decimal("0.5")' in str(refused.value)
    assert "row 2, column ‘measure’" in str(refused.value)


def test_findings_are_said_in_the_language_of_the_contract() -> None:
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.parse(FRENCH).evaluate([("Taux de Retour", None, 61)])
    assert "est un taux sans son signe" in str(refused.value)


@pytest.mark.parametrize("name", ["missing.sib", ".", "missing/contract.sib"])
def test_a_file_that_cannot_be_read_is_one_finding(name: str, tmp_path: Path) -> None:
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.load(tmp_path / name)
    assert [finding.code for finding in refused.value.findings] == ["SIB804"]
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.parse(ENGLISH).evaluate(tmp_path / name)
    assert [finding.code for finding in refused.value.findings] == ["SIB804"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ("durée".encode("cp1252"), "SIB801"),
        (b"\xff", "SIB801"),
        ("sibdsl 1 en".encode("utf-16"), "SIB802"),
        (b"PK\x03\x04 xlsx", "SIB803"),
        (b"%PDF-1.7", "SIB803"),
    ],
)
def test_a_file_that_is_no_utf8_text_says_what_it_is(
    data: bytes, code: str, tmp_path: Path
) -> None:
    file = tmp_path / "contract.sib"
    file.write_bytes(data)
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.load(file)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_byte_order_mark_is_no_part_of_a_contract(tmp_path: Path) -> None:
    file = tmp_path / "contract.sib"
    file.write_bytes(b"\xef\xbb\xbf" + ENGLISH.encode())
    assert sibdsl.load(file).plan == sibdsl.parse(ENGLISH).plan


def test_a_plan_goes_through_json() -> None:
    contract = sibdsl.parse(ENGLISH)
    back = sibdsl.from_json(contract.to_json())
    assert back.plan == contract.plan
    assert back.evaluate(ROWS) == contract.evaluate(ROWS)
    assert "(contract.sib:" not in back.report(back.evaluate(ROWS))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": "sibdsl-plan", "version": 99}'])
def test_json_that_is_no_plan_is_one_finding(text: str) -> None:
    with pytest.raises(sibdsl.ContractError) as refused:
        sibdsl.from_json(text)
    assert [finding.code for finding in refused.value.findings] == ["SIB805"]


def test_an_old_determination_is_made_again() -> None:
    rows = [
        {"measure": "Matched", "evaluation": "Cohort 1", "value": 155, "reported on": "2014-08-07"},
        {
            "measure": "Reconvictions",
            "evaluation": "Cohort 1",
            "value": 142,
            "reported on": date(2014, 8, 7),
        },
        {
            "measure": "Reconvictions",
            "evaluation": "Cohort 1",
            "value": 100,
            "status": "correction",
            "reported on": date(2015, 1, 1),
        },
    ]
    contract = sibdsl.parse(ENGLISH)
    assert contract.evaluate(rows).payments[0].state is sibdsl.State.DUE
    old = contract.evaluate(rows, as_of=date(2014, 12, 31))
    assert old.payments[0].state is sibdsl.State.NOT_DUE
    assert old.as_of == date(2014, 12, 31)
    assert old.results_digest == contract.evaluate(rows[:2]).results_digest


def test_contracts_are_frozen_and_shared_between_threads() -> None:
    contract = sibdsl.parse(ENGLISH)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        contract.language = "fr"  # type: ignore[misc]
    expected = contract.report(contract.evaluate(ROWS))
    with ThreadPoolExecutor(8) as threads:
        reports = threads.map(lambda _: contract.report(contract.evaluate(ROWS)), range(16))
        assert set(reports) == {expected}


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    sibdsl.check("sibdsl 1 en\nnonsense")
    contract = sibdsl.parse(ENGLISH)
    assert contract.report(contract.evaluate(ROWS))
    assert capfd.readouterr() == ("", "")


def test_a_determination_is_reported_by_the_contract_that_made_it() -> None:
    contract, other = sibdsl.parse(ENGLISH), sibdsl.parse(FRENCH)
    determination = contract.evaluate(ROWS)
    same_meaning = sibdsl.from_json(contract.to_json())
    assert same_meaning.report(determination) != ""
    for form in ("text", "json", "csv"):
        with pytest.raises(ValueError, match="not of this contract") as refused:
            other.report(determination, form)
        assert determination.title in str(refused.value)


def test_claims_that_were_not_handed_in_are_not_none() -> None:
    folder = PETERBOROUGH.parent / "reboot-west"
    contract = sibdsl.load(folder / "contract.sib")
    with pytest.raises(sibdsl.ContractError) as refused:
        contract.evaluate(folder / "results.csv")
    assert [finding.code for finding in refused.value.findings] == ["SIB660"]
    assert contract.evaluate(folder / "results.csv", claims=[]).payments[0].amount == 0


A_DAY: Any = "2015-01-01"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"as_of": A_DAY}, "as_of is a datetime.date, not str"),
        ({"as_of": datetime(2015, 1, 1)}, "as_of is a datetime.date, not datetime"),  # noqa: DTZ001
        ({"results": None}, "results are rows or the path of a file, not NoneType"),
        ({"results": 5}, "results are rows or the path of a file, not int"),
        ({"results": {"measure": "Matched"}}, "results are rows or the path of a file, not dict"),
        ({"results": b"results.csv"}, "results are rows or the path of a file, not bytes"),
        ({"claims": 5}, "claims are rows or the path of a file, not int"),
        ({"participants": None}, "participants are rows or the path of a file, not NoneType"),
    ],
)
def test_an_argument_of_another_type_is_refused_at_once(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(TypeError) as refused:
        sibdsl.parse(ENGLISH).evaluate(**wrong)
    assert str(refused.value) == said


def test_a_word_that_is_not_one_of_a_few_names_those_there_are() -> None:
    contract: Any = sibdsl.parse(ENGLISH)
    determination = contract.evaluate(ROWS)
    for word in ("xml", "JSON", None):
        with pytest.raises(ValueError, match="format is one of 'text', 'json', 'csv', not"):
            contract.report(determination, word)
    with pytest.raises(ValueError, match="csv is one of 'en', 'fr', not 'de'"):
        contract.evaluate(ROWS, csv="de")
    with pytest.raises(ValueError, match="csv is one of 'en', 'fr', not 'de'"):
        contract.report(determination, "csv", csv="de")


def test_the_text_of_a_contract_is_text() -> None:
    text: Any = b"sibdsl 1 en"
    readers: tuple[Callable[[Any], object], ...] = (sibdsl.parse, sibdsl.check, sibdsl.from_json)
    for ask in readers:
        with pytest.raises(TypeError, match="text is a str, not bytes"):
            ask(text)


def test_rows_are_any_mapping_and_their_keys_are_text() -> None:
    contract = sibdsl.parse(ENGLISH)
    row = MappingProxyType({"measure": "Matched", "evaluation": "Cohort 1", "value": 155})
    assert contract.evaluate([row]) == contract.evaluate([dict(row)])
    wrong: Any = [{1: 2}, {None: 2}]
    with pytest.raises(sibdsl.ContractError) as refused:
        contract.evaluate(wrong)
    assert [finding.code for finding in refused.value.findings] == ["SIB601", "SIB601"]
