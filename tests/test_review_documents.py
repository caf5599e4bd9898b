"""Comparisons as text and as JSON, and the command ``sib diff``."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import main
from sibdsl.documents.change_sentences import RELATIONS, SORTS
from sibdsl.documents.comparison_json import comparison_json, kind_of
from sibdsl.documents.comparison_text import comparison_text
from sibdsl.documents.wording import Wording
from sibdsl.review import changes
from sibdsl.review.change import Sort
from sibdsl.review.comparison import Comparison
from sibdsl.review.pairs import SORTS as STATEMENTS
from sibdsl.syntax import nodes
from tests.amendments import EXAMPLES, amended, compared, example
from tests.test_review_amendments import AMENDMENTS, git
from tests.test_review_changes import CASES, TEXT


def schema() -> Any:
    file = files("sibdsl.documents").joinpath("comparison.schema.json")
    return json.loads(file.read_text(encoding="utf-8"))


def validated(comparison: Comparison) -> Any:
    data = json.loads(comparison_json(comparison))
    checker = jsonschema.FormatChecker()
    jsonschema.Draft202012Validator(schema(), format_checker=checker).validate(data)
    return data


# -------------------------------------------------------------------------------------------- JSON


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_knows_every_kind_of_change_and_statement() -> None:
    change = schema()["$defs"]["change"]["properties"]
    kinds = {
        "".join(f"-{each.lower()}" if each.isupper() else each for each in kind.__name__)
        for kind in get_args(changes.What)
    }
    assert set(change["kind"]["enum"]) == {each.lstrip("-") for each in kinds}
    assert change["statement"]["enum"] == [sort.value for sort in Sort]


@pytest.mark.parametrize("name", AMENDMENTS)
def test_the_json_of_an_amendment_is_as_its_schema_says(name: str) -> None:
    amendment = AMENDMENTS[name]
    old = example(amendment.contract)
    data = validated(compared(old, amended(old, *amendment.replaced), effects=True))
    assert data["meaning"] == amendment.meaning.value
    assert data["changes"] != []


def test_the_json_of_every_kind_of_change_is_as_its_schema_says() -> None:
    told = set()
    for case in CASES:
        data = validated(compared(TEXT, amended(TEXT, *case.replaced)))
        told |= {each["kind"] for each in data["changes"]}
    assert len(told) > 25


def test_json_has_both_places_and_both_determinations() -> None:
    new = amended(TEXT, ("at least 3 points", "at least 4 points"))
    data = validated(compared(TEXT, new, effects=True))
    (change,) = data["changes"]
    assert change["kind"] == "threshold-changed"
    assert change["details"]["old"] == {
        "words": "3 points",
        "value": {"unit": "points", "value": "0.03"},
    }
    assert change["old"]["start"]["line"] == change["new"]["start"]["line"]
    assert change["impacts"] == {"payer": "better", "investor": "worse", "provider": "none"}
    largest = data["effects"]["largest"][0]
    (payment,) = [each for each in largest["case"]["payments"] if each["differs"]]
    assert (payment["old"], payment["new"]) == ("300.00", "0.00")
    assert largest["interval"]["name"] == "Gap"


def test_kinds_are_called_in_small_letters() -> None:
    assert kind_of(changes.LayoutChanged()) == "layout-changed"
    assert kind_of(changes.Added()) == "added"


# ------------------------------------------------------------------------------------- completeness


def test_every_statement_and_every_relation_has_its_words() -> None:
    of_files = {
        nodes.UseOfFile,
        nodes.ClauseLibrary,
        nodes.Amendment,
        nodes.Withdrawal,
        nodes.CapWithdrawal,
    }  # they say how files make one contract: that one is compared
    assert set(get_args(nodes.Statement)) == set(STATEMENTS) | of_files
    assert set(SORTS) == set(Sort)
    assert set(RELATIONS) == {each.value for each in nodes.Relation} | {"is between"}


def test_every_kind_of_change_has_its_sentence() -> None:
    for case in CASES:
        new = amended(TEXT, *case.replaced)
        contract = sibdsl.parse(new)
        assert contract.plan_if_any is not None
        wording = Wording(contract.plan_if_any, contract.source)
        said = comparison_text(compared(TEXT, new), wording).split("\n\n")[2]
        line = " ".join(said.split())
        assert re.fullmatch(r"[A-Z].*: .*\(line [0-9]+.*\)\..*", line), line


# ---------------------------------------------------------------------------------------- sib diff


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own with two versions of a contract."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.sib").write_text(TEXT, encoding="utf-8")
    new = amended(TEXT, ("at least 3 points", "at least 4 points"))
    (tmp_path / "new.sib").write_text(new, encoding="utf-8")
    return tmp_path


def test_the_status_says_whether_they_differ() -> None:
    assert sib("diff", "old.sib", "old.sib").exit_code == 0
    assert sib("diff", "old.sib", "new.sib").exit_code == 1
    assert sib("diff", "old.sib", "none.sib").exit_code == 2


def test_a_renamed_payment_is_a_difference() -> None:
    Path("new.sib").write_text(amended(TEXT, ("Premium", "Success Fee")), encoding="utf-8")
    result = sib("diff", "old.sib", "new.sib")
    assert result.exit_code == 1
    assert result.output.startswith("The same meaning but for names.\n")


def test_the_worst_for_one_side_comes_first() -> None:
    new = amended(TEXT, ("EUR 40\n", "EUR 45\n"), ("at least 3 points", "at least 4 points"))
    Path("new.sib").write_text(new, encoding="utf-8")
    payer = sib("diff", "old.sib", "new.sib", "--for", "payer", "--no-effects").output
    investor = sib("diff", "old.sib", "new.sib", "--for", "investor", "--no-effects").output
    assert payer.index("‘Price’") < payer.index("‘Success’")
    assert investor.index("‘Success’") < investor.index("‘Price’")
    assert "investor" not in payer


def test_a_declared_translation_is_not_perhaps_another_party() -> None:
    there = 'in French, Charity is "l\'Association"\n'
    Path("old.sib").write_text(TEXT + there, encoding="utf-8")
    Path("new.sib").write_text(sib("translate", "--to", "fr", "old.sib").stdout, encoding="utf-8")
    said = " ".join(sib("diff", "old.sib", "new.sib").output.split())
    assert said.startswith("Même sens")
    assert "Partie « Association » : traduction déclarée de « Charity »" in said
    assert "ou une autre partie" not in said


def test_without_effects_nothing_is_said_of_payments() -> None:
    said = sib("diff", "old.sib", "new.sib", "--no-effects").output
    assert "What it does to payments" not in said


def test_json_goes_to_a_file_and_never_over_a_version() -> None:
    result = sib("diff", "old.sib", "new.sib", "--format", "json", "-o", "answer.json")
    assert result.output == ""
    assert result.exit_code == 1
    answer = json.loads(Path("answer.json").read_text(encoding="utf-8"))
    assert answer["format"] == "sibdsl-comparison"
    refused = sib("diff", "old.sib", "new.sib", "-o", "old.sib")
    assert refused.exit_code == 2
    assert "SIB808" in refused.stderr
    assert Path("old.sib").read_text(encoding="utf-8") == TEXT


def test_results_are_determined_by_both() -> None:
    rows = "measure,evaluation,value\nShare,Final,63%\nControl,Final,60%\nStopped,,no\n"
    Path("results.csv").write_text(rows, encoding="utf-8")
    said = " ".join(sib("diff", "old.sib", "new.sib", "--results", "results.csv").output.split())
    assert "On the results given, Premium is EUR 0.00 instead of pending." in said
    wrong = sib("diff", "old.sib", "new.sib", "--results", "none.csv")
    assert wrong.exit_code == 2
    assert "SIB804" in wrong.stderr


def test_a_contract_with_errors_cannot_be_compared() -> None:
    Path("new.sib").write_text(amended(TEXT, ("pays Bonus", "pays Bonsu")), encoding="utf-8")
    result = sib("diff", "old.sib", "new.sib")
    assert result.exit_code == 2
    assert "Bonsu" in result.stderr
    assert result.stdout == ""


def test_a_worked_example_that_does_not_hold_is_no_obstacle() -> None:
    Path("new.sib").write_text(amended(TEXT, ("is EUR 400\n", "is EUR 500\n")), encoding="utf-8")
    result = sib("diff", "old.sib", "new.sib")
    assert result.exit_code == 0
    assert "new.sib: expectations of worked examples that do not hold: 1" in result.stderr


def test_plans_and_folders_are_versions_too() -> None:
    Path("plan.json").write_text(sibdsl.load("old.sib").to_json(), encoding="utf-8")
    folder = Path("contract")
    folder.mkdir()
    (folder / "contract.sib").write_text(TEXT, encoding="utf-8")
    same = sib("diff", "plan.json", "contract")
    assert same.exit_code == 0
    assert "\na plan (" in same.output
    assert "A plan has no text" in same.output
    assert sib("diff", "plan.json", "new.sib").exit_code == 1


def test_the_answer_is_the_same_every_time() -> None:
    answers = {sib("diff", "old.sib", "new.sib", "--format", "json").output for _ in range(3)}
    assert len(answers) == 1


# --------------------------------------------------------------------------------- in a repository


@pytest.fixture
def repository(folder: Path) -> Path:
    """The folder as a repository, with the old version committed under both names."""
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "contracts").mkdir()
    (folder / "contracts" / "bond.sib").write_text(TEXT, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "As signed")
    return folder


def test_a_file_alone_is_compared_with_its_last_commit(repository: Path) -> None:
    file = repository / "contracts" / "bond.sib"
    assert sib("diff", "contracts/bond.sib").exit_code == 0
    file.write_text(amended(TEXT, ("EUR 40\n", "EUR 45\n")), encoding="utf-8")
    result = sib("diff", "contracts/bond.sib")
    assert result.exit_code == 1
    assert "HEAD:bond.sib (" in result.output
    assert "‘Price’: EUR 45.00 instead of EUR 40.00" in result.output


def test_a_path_at_a_revision_begins_at_the_root(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "contracts")
    assert sib("diff", "main:contracts/bond.sib", "HEAD:old.sib").exit_code == 0
    assert sib("diff", "main:./bond.sib", "bond.sib").exit_code == 0
    lost = sib("diff", "main:bond.sib", "bond.sib")
    assert lost.exit_code == 2
    assert "SIB852" in lost.stderr


@pytest.mark.parametrize(
    ("old", "code"),
    [
        ("nowhere:old.sib", "SIB851"),
        ("main:none.sib", "SIB852"),
        ("--help:old.sib", "SIB851"),
        ("main:contracts", "SIB852"),
    ],
)
def test_what_a_repository_does_not_have(repository: Path, old: str, code: str) -> None:
    assert repository.exists()
    result = sib("diff", "--", old, "new.sib")
    assert result.exit_code == 2
    assert code in result.stderr


def test_outside_a_repository_there_is_no_revision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    result = sib("diff", "old.sib")
    assert result.exit_code == 2
    assert "SIB860" in result.stderr


def test_without_git_two_files_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    result = sib("diff", "old.sib")
    assert result.exit_code == 2
    assert "SIB861" in result.stderr
    assert sib("diff", "old.sib", "new.sib").exit_code == 1


def test_a_file_whose_name_has_a_colon_is_a_file() -> None:
    Path("a:b.sib").write_text(TEXT, encoding="utf-8")
    assert sib("diff", "a:b.sib", "old.sib").exit_code == 0


def test_a_file_at_a_revision_that_is_no_text_is_a_finding(repository: Path) -> None:
    (repository / "bond.docx").write_bytes(b"PK\x03\x04\x00\x00\xff")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "-m", "A document")
    result = sib("diff", "HEAD:bond.docx", "new.sib")
    assert result.exit_code == 2
    assert re.search(r"SIB[0-9]{3}", result.stderr)


# ------------------------------------------------------------------------------------ every example


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.iterdir()))
def test_every_example_is_the_same_as_itself(name: str) -> None:
    result = sib("diff", str(EXAMPLES / name), str(EXAMPLES / name))
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == 2
