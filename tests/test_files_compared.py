"""Contracts of several files, compared, and their worked examples: what names files names them rightly."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

import sibdsl
from sibdsl.cli import main

LIBRARY = """sibdsl 1 en

clause library "Usual clauses"

Threshold means 5%
"""
CONTRACT = """sibdsl 1 en

contract "One"
currency GBP
term from 2020-01-01 to 2024-12-31
use "clauses/usual.sib"
party City is outcome payer
party Fund is investor
party Auditor is evaluator
evaluations Year yearly from 2021-06-30 to 2023-06-30
measure Rate is a percentage at each Year, reported by Auditor
payment Premium at each Year
  City pays GBP 100 to Fund
  when Rate is at least Threshold
  due 30 days after evaluation
cap contract: GBP 1,000
example "met"
  given Rate at Year 1 is 5%
  expect Premium at Year 1 is GBP 90
"""
AMENDMENT = """sibdsl 1 en

amendment "No 1" to "contract.sib" effective 2022-01-01

payment Premium at each Year
  City pays GBP 150 to Fund
  when Rate is at least Threshold
  due 30 days after evaluation
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clauses").mkdir()
    (tmp_path / "clauses" / "usual.sib").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "contract.sib").write_text(CONTRACT.replace("GBP 90", "GBP 100"), encoding="utf-8")
    (tmp_path / "amendment.sib").write_text(AMENDMENT, encoding="utf-8")
    return tmp_path


def sib(*arguments: str, status: int = 0) -> str:
    ran = CliRunner().invoke(main, arguments)
    assert ran.exit_code == status, ran.output
    return ran.stdout


def test_a_change_in_a_used_file_is_told_with_that_file() -> None:
    old, new = (
        sibdsl.parse(CONTRACT, library={"clauses/usual.sib": LIBRARY.replace("5%", threshold)})
        for threshold in ("5%", "6%")
    )
    comparison = sibdsl.diff(old, new)
    (change,) = comparison.changes
    assert change.name == "Threshold"
    assert change.new is not None
    assert (change.new.file, change.new.start.line) == ("clauses/usual.sib", 5)
    assert comparison.effects is not None
    assert comparison.effects.largest


def test_used_files_are_read_at_the_revision_of_their_contract(folder: Path) -> None:
    for command in (
        ("init", "-q"),
        ("add", "."),
        ("-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "One"),
    ):
        subprocess.run(["git", *command], check=True, cwd=folder)
    (folder / "clauses" / "usual.sib").write_text(LIBRARY.replace("5%", "6%"), encoding="utf-8")
    said = sib("diff", "contract.sib", status=1)
    assert "Threshold" in said
    assert "line 5 of clauses/usual.sib" in said
    assert sib("diff", "HEAD:contract.sib", "HEAD:contract.sib") != said


@pytest.mark.usefixtures("folder")
def test_an_amendment_is_compared_with_what_it_amends() -> None:
    said = sib("diff", "contract.sib", "amendment.sib", status=1)
    assert "Premium" in said
    assert "GBP 150.00 instead of GBP 100.00" in said


@pytest.mark.usefixtures("folder")
def test_what_an_amendment_leaves_in_force_is_no_difference() -> None:
    said = sib("diff", "contract.sib", "amendment.sib", "--format", "json", status=1)
    assert '"Premium at Year 1"' not in said
    comparison = sibdsl.diff(sibdsl.load("contract.sib"), sibdsl.load("amendment.sib"))
    assert comparison.effects is not None
    touched = {
        pair.evaluation
        for difference in comparison.effects.largest
        for pair in difference.case.payments
        if pair.differs
    }
    assert "Year 1" not in touched


def test_present_answers_go_into_the_contracts_own_file(folder: Path) -> None:
    contract, library = folder / "contract.sib", folder / "clauses" / "usual.sib"
    contract.write_text(CONTRACT, encoding="utf-8")
    sib("test", "--accept", "contract.sib")
    assert contract.read_text(encoding="utf-8") == CONTRACT.replace("GBP 90", "GBP 100")
    assert library.read_text(encoding="utf-8") == LIBRARY


@pytest.mark.usefixtures("folder")
def test_examples_are_suggested_for_a_contract_of_several_files() -> None:
    said = sib("test", "--coverage", "contract.sib")
    assert 'example "' in said


def test_a_finding_in_a_used_file_names_it_for_forges(folder: Path) -> None:
    (folder / ".git").mkdir()
    (folder / "clauses" / "usual.sib").write_text(
        LIBRARY + "Other means Thresold\n", encoding="utf-8"
    )
    said = sib("check", "--format", "github", "contract.sib", status=1)
    assert "file=clauses/usual.sib,line=6" in said
