"""``sib test --accept``: the present answers in the place of those that do not hold, and nothing else."""

import stat
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import main
from sibdsl.contract import example_outcomes
from sibdsl.documents.example_source import written
from sibdsl.evaluate.values import Known
from sibdsl.files import rewrite_text
from sibdsl.source import Source, Span
from sibdsl.syntax import nodes
from sibdsl.syntax.parse import parse
from sibdsl.units import Kind, Unit
from sibdsl.worked import accepted

ROOT = Path(__file__).parent.parent
CONTRACTS = sorted(ROOT.glob("examples/*/contract.sib*"))

ENGLISH = """sibdsl 1 en
contract "Test"
currency GBP
term from 2020-01-01 to 2030-12-31
party City is outcome payer
party Fund is investor
party Auditor is evaluator
evaluation Final on 2021-01-01
measure Jobs is a count at Final, reported by Auditor
measure Starts is a count at Final, reported by Auditor
Rate means Jobs / Starts or else 0%
condition Enough: Rate is at least 10%
payment Fee at Final
  City pays GBP 1,000 * Jobs to Fund
  when Enough
  due 30 days after evaluation
cap contract: GBP 1,000,000

example "first"   # as agreed
  given Jobs at Final is 13
  given Starts at Final is 155
  expect   Rate at Final is 10%   # to be worked out
  expect Enough at Final is   yes
  expect Fee at Final is GBP 13,000 expect total paid to Fund is GBP 0
"""
MENDED = (
    ENGLISH.replace("is 10%   #", "is 260% / 31   #")
    .replace("is   yes", "is   no")
    .replace("is GBP 13,000", "is GBP 0")
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)


def write(text: str, name: str = "contract.sib") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_only_the_values_that_do_not_hold_change() -> None:
    path = write(ENGLISH)
    result = sib("test", "--accept", "contract.sib")
    assert path.read_bytes().decode() == MENDED
    assert result.exit_code == 0
    assert result.stderr == "answers written: 3\n"
    assert result.stdout == (
        "--- contract.sib\n"
        "+++ contract.sib\n"
        "@@ -22,3 +22,3 @@\n"
        "-  expect   Rate at Final is 10%   # to be worked out\n"
        "-  expect Enough at Final is   yes\n"
        "-  expect Fee at Final is GBP 13,000 expect total paid to Fund is GBP 0\n"
        "+  expect   Rate at Final is 260% / 31   # to be worked out\n"
        "+  expect Enough at Final is   no\n"
        "+  expect Fee at Final is GBP 0 expect total paid to Fund is GBP 0\n"
    )
    assert sib("test", "contract.sib").exit_code == 0


def test_line_ends_the_byte_order_mark_and_permissions_stay() -> None:
    path = write("\ufeff" + ENGLISH.replace("\n", "\r\n"))
    path.chmod(0o640)
    assert sib("test", "--accept", "contract.sib").exit_code == 0
    assert path.read_bytes().decode() == "\ufeff" + MENDED.replace("\n", "\r\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [each.name for each in Path().iterdir()] == ["contract.sib"]


def test_a_contract_that_holds_is_left_alone() -> None:
    path = write(MENDED)
    before = path.stat()
    result = sib("test", "--accept", "contract.sib")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "answers written: 0\n"
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_with_other_errors_nothing_is_written() -> None:
    broken = ENGLISH.replace("when Enough", "when Enugh")
    path = write(broken)
    result = sib("test", "--accept", "contract.sib")
    assert result.exit_code == 1
    assert "Enugh" in result.stderr
    assert path.read_bytes().decode() == broken


def test_what_has_no_value_is_said_and_the_rest_is_written() -> None:
    path = write(
        ENGLISH.replace("  given Starts at Final is 155\n", "  expect Jobs at Final is 9\n")
    )
    result = sib("test", "--accept", "contract.sib")
    assert result.exit_code == 1
    assert "SIB722" in result.stderr
    assert result.stderr.endswith("answers written: 1\n")
    assert "expect Jobs at Final is 13\n" in path.read_text(encoding="utf-8")
    assert "is 10%   # to be worked out" in path.read_text(encoding="utf-8")


def test_a_comment_within_a_value_is_not_lost() -> None:
    text = ENGLISH.replace("is GBP 13,000", "is GBP 1,000 # each\n    * 13")
    path = write(text)
    result = sib("test", "--accept", "contract.sib")
    assert result.exit_code == 1
    assert "SIB731" in result.stderr
    now = path.read_text(encoding="utf-8")
    assert "is GBP 1,000 # each\n    * 13" in now
    assert "is 260% / 31" in now


def test_a_literate_contract_keeps_its_prose() -> None:
    def literate(text: str) -> str:
        head, example = text.split("example ")
        return f"# A *contract*\n\n```sib\n{head}```\n\nExpect is 10%.\n\n```sib\nexample {example}```\n"

    path = write(literate(ENGLISH), "contract.sib.md")
    assert sib("test", "--accept", ".").exit_code == 0
    assert path.read_text(encoding="utf-8") == literate(MENDED)


def test_prose_within_a_value_is_not_lost() -> None:
    parted = ENGLISH.replace("is GBP 13,000", "is GBP 1,000\n```\n\nEach.\n\n```sib\n* 13")
    text = f"```sib\n{parted}```\n"
    path = write(text, "contract.sib.md")
    result = sib("test", "--accept", "contract.sib.md")
    assert "SIB731" in result.stderr
    assert "Each." in path.read_text(encoding="utf-8")


def test_french_values_are_written_as_french() -> None:
    text = """sibdsl 1 fr
contrat « Essai »
devise EUR
durée du 2020-01-01 au 2030-12-31
partie Ville est payeur
partie Fonds est investisseur
partie Auditeur est évaluateur
évaluation Finale le 2021-01-01
mesure Emplois est un effectif lors de Finale, établi par Auditeur
Part désigne Emplois / 80
paiement Prime lors de Finale
  Ville verse 1 250,50 EUR * Emplois au Fonds
  échéance 30 jours après l'évaluation
plafond contrat : 50 000 EUR
exemple « un »
  étant donné que Emplois lors de Finale vaut 2
  on attend que la Part lors de Finale soit de 3 %
  on attend que la Prime lors de Finale soit de 0 EUR
"""
    path = write(text)
    result = sib("test", "--accept", "contract.sib")
    assert (result.exit_code, result.stderr) == (0, "réponses écrites\u00a0: 2\n")
    assert path.read_text(encoding="utf-8") == text.replace("de 3 %", "de 2,5 %").replace(
        "de 0 EUR", "de 2 501 EUR"
    )


def test_a_plan_has_no_text() -> None:
    write(ENGLISH)
    read = sibdsl.load("contract.sib")
    assert read.plan_if_any is not None
    write(sibdsl.parse(MENDED).to_json(), "plan.json")
    result = sib("test", "--accept", "plan.json")
    assert result.exit_code == 1
    assert "SIB730" in result.stderr


@pytest.mark.parametrize("option", [("--coverage",), ("--format", "json"), ("-o", "x")])
def test_accept_goes_alone(option: tuple[str, ...]) -> None:
    path = write(ENGLISH)
    assert sib("test", "--accept", "contract.sib", *option).exit_code == 2
    assert path.read_text(encoding="utf-8") == ENGLISH


def test_a_file_that_somebody_changed_meanwhile_is_left_alone() -> None:
    path = write(ENGLISH + "# new\n")
    refused = rewrite_text(path, ENGLISH, MENDED)
    assert refused is not None
    assert refused.code == "SIB808"
    assert path.read_text(encoding="utf-8") == ENGLISH + "# new\n"


def test_a_file_that_is_gone_is_not_made_again() -> None:
    refused = rewrite_text(Path("gone.sib"), ENGLISH, MENDED)
    assert refused is not None
    assert not Path("gone.sib").exists()


# ------------------------------------------------------------- every contract, its answers spoilt


def value_places(source: Source) -> list[Span]:
    contract = parse(source).contract
    assert contract is not None
    return [
        line.value.span
        for statement in contract.statements
        if isinstance(statement, nodes.Example)
        for line in statement.lines
        if isinstance(line, nodes.Expect)
    ]


def spoilt(value: Known, unit: Unit) -> Known:
    if isinstance(value, bool):
        return not value
    return value + (Fraction(1, 100) if unit.kind in {Kind.PERCENTAGE, Kind.POINTS} else 1)


@pytest.mark.parametrize("path", CONTRACTS, ids=[path.parent.name for path in CONTRACTS])
def test_answers_that_were_spoilt_are_mended(path: Path) -> None:
    read = sibdsl.load(path)
    assert read.source is not None
    values = [each for one in read.plan.examples for each in one.expectations]
    places = value_places(read.source)
    text = read.source.text
    for place, expected in reversed(list(zip(places, values, strict=True))):
        wrong = written(spoilt(expected.value, expected.unit), expected.unit, read.language)
        text = text[: place.start] + wrong + text[place.end :]
    bad = sibdsl.parse(text, read.source.name)
    assert bad.source is not None
    found = accepted(bad.source, example_outcomes(bad), bad.language)
    assert (found.changed, found.findings) == (len(values), ())
    mended = sibdsl.parse(found.text, read.source.name)
    assert mended.plan == read.plan
    assert without(mended) == without(read)


def without(read: sibdsl.Contract) -> str:
    """The text of a contract without the values it expects."""
    assert read.source is not None
    text = read.source.text
    for place in reversed(value_places(read.source)):
        text = text[: place.start] + text[place.end :]
    return text


@pytest.mark.parametrize(
    ("jobs", "line", "expected"),
    [(13, "10%", "260% / 31"), (13, "1/10", "13/155"), (31, "10%", "20%"), (31, "1/10", "20%")],
)
def test_a_percentage_stays_one_where_the_line_had_one(jobs: int, line: str, expected: str) -> None:
    text = ENGLISH.replace("is 13\n", f"is {jobs}\n").replace("is 10%   #", f"is {line}   #")
    path = write(text)
    assert sib("test", "--accept", "contract.sib").exit_code == 0
    assert f"Rate at Final is {expected}   #" in path.read_text(encoding="utf-8")
    assert sib("test", "contract.sib").exit_code == 0
