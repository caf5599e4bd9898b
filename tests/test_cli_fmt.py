"""``sib fmt``: what it writes, what it leaves alone, the status it ends with."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sibdsl.cli import main
from sibdsl.cli.starter import STARTERS
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax import format as format_module
from sibdsl.syntax.format import format_source
from sibdsl.syntax.layout import ALWAYS, SHAPES
from sibdsl.syntax.table import tables

ROOT = Path(__file__).parent.parent
UNTIDY = 'sibdsl 1 en\ncontract  "One"   currency GBP # here\n'
TIDY = 'sibdsl 1 en\n\ncontract "One"\ncurrency GBP  # here\n'
BROKEN = "sibdsl 1 fr\ncontrat contrat\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sib(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(
        main, ["fmt", *arguments], input=text, prog_name="sib", catch_exceptions=False
    )


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_a_file_is_rewritten_and_named() -> None:
    path = write("a.sib", UNTIDY)
    result = sib("a.sib")
    assert (result.exit_code, result.stdout) == (0, "a.sib\n")
    assert result.stderr == "laid out: 1, left as they are: 0\n"
    assert path.read_text(encoding="utf-8") == TIDY


def test_a_tidy_file_is_not_written_again() -> None:
    path = write("a.sib", TIDY)
    before = path.stat()
    result = sib("a.sib")
    assert (result.exit_code, result.stdout) == (0, "")
    assert path.stat().st_ino == before.st_ino


def test_a_folder_is_laid_out_with_all_below_it() -> None:
    write("a/one.sib", UNTIDY)
    write("a/b.sib.md", f"text\n\n```sib\n{UNTIDY}```\n")
    write("a/not.txt", UNTIDY)
    result = sib("a")
    assert result.stdout.split() == [str(Path("a/b.sib.md")), str(Path("a/one.sib"))]
    assert Path("a/b.sib.md").read_text(encoding="utf-8") == f"text\n\n```sib\n{TIDY}```\n"
    assert Path("a/not.txt").read_text(encoding="utf-8") == UNTIDY


@pytest.mark.parametrize(("text", "status"), [(UNTIDY, 1), (TIDY, 0)])
def test_check_changes_nothing_and_says_so_by_its_status(text: str, status: int) -> None:
    path = write("a.sib", text)
    result = sib("--check", "a.sib")
    assert (result.exit_code, result.stdout) == (status, "a.sib\n" * status)
    assert path.read_text(encoding="utf-8") == text


def test_diff_shows_the_lines_and_changes_nothing() -> None:
    path = write("a.sib", UNTIDY)
    result = sib("--diff", "a.sib")
    assert result.exit_code == 0
    assert '-contract  "One"   currency GBP # here\n' in result.stdout
    assert '+contract "One"\n+currency GBP  # here\n' in result.stdout
    assert path.read_text(encoding="utf-8") == UNTIDY
    assert sib("--diff", "--check", "a.sib").exit_code == 1


def test_diff_says_where_no_line_end_was() -> None:
    write("a.sib", TIDY.rstrip("\n"))
    assert "\\ No newline at end of file\n" in sib("--diff", "a.sib").stdout


def test_standard_input_is_laid_out_on_standard_output() -> None:
    result = sib("-", text=UNTIDY)
    assert (result.exit_code, result.stdout) == (0, TIDY)
    assert sib("-", text=TIDY).stdout == TIDY
    assert sib("-", "--check", text=UNTIDY).exit_code == 1


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_not() -> None:
    broken, other = write("a.sib", BROKEN), write("b.sib", UNTIDY)
    result = sib("a.sib", "b.sib")
    assert result.exit_code == 2
    assert "SIB" in result.stderr
    assert "a.sib:2:9" in result.stderr
    assert broken.read_text(encoding="utf-8") == BROKEN
    assert other.read_text(encoding="utf-8") == TIDY


def test_a_payment_without_a_due_date_is_left_alone() -> None:
    text = "sibdsl 1 en\npayment Fee\n  City pays GBP 1 to Fund\n"
    write("a.sib", text)
    result = sib("a.sib")
    assert result.exit_code == 2
    assert "SIB030" in result.stderr


@pytest.mark.parametrize("name", ["nowhere.sib", "latin.sib", "empty"])
def test_what_cannot_be_read_is_said(name: str) -> None:
    Path("latin.sib").write_bytes("sibdsl 1 fr\n# été\n".encode("latin-1"))
    Path("empty").mkdir()
    result = sib(name)
    assert result.exit_code == 2
    assert "SIB80" in result.stderr


def test_line_ends_of_windows_become_those_of_every_contract() -> None:
    path = write("a.sib", UNTIDY.replace("\n", "\r\n"))
    sib("a.sib")
    assert path.read_bytes() == TIDY.encode()


def test_a_literate_file_keeps_its_line_ends() -> None:
    text = f"Text  \n\n```sib\n{UNTIDY}```\nmore\n".replace("\n", "\r\n")
    path = write("a.sib.md", text)
    sib("a.sib.md")
    tidy = f"Text  \n\n```sib\n{TIDY}```\nmore\n".replace("\n", "\r\n")
    assert path.read_bytes() == tidy.encode()


def test_who_may_read_a_file_stays_as_it_was() -> None:
    path = write("a.sib", UNTIDY)
    path.chmod(0o600)
    sib("a.sib")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_layout_that_changed_something_would_not_be_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever goes wrong in laying out, the file is left as it is."""
    monkeypatch.setattr(format_module, "spelled", lambda _, text, __: text.replace("One", "Two"))
    path = write("a.sib", UNTIDY)
    result = sib("a.sib")
    assert result.exit_code == 2
    assert "SIB060" in result.stderr
    assert path.read_text(encoding="utf-8") == UNTIDY


def test_the_contracts_of_this_repository_are_laid_out() -> None:
    folders = [str(ROOT / name) for name in ("examples", "tests/data", "tests/preambles")]
    assert sib("--check", *folders).stdout == ""


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_contract_of_sib_new_is_laid_out(language: Language) -> None:
    starter = STARTERS[language]
    assert format_source(Source("x.sib", starter)).text == starter


def test_every_shape_is_an_alternative_of_the_grammar() -> None:
    assert {*SHAPES, *ALWAYS} <= {rule.action for rule in tables().rules}


def test_brackets_within_brackets_exhaust_nothing() -> None:
    deep = f"sibdsl 1 en\nLong means {'(' * 300}1{')' * 300}\n"
    formatted = format_source(Source("x.sib", deep))
    assert formatted.text is not None
