"""The command ``sib``: what it prints where, and the status it ends with."""

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import COMMANDS, main
from sibdsl.cli.starter import STARTERS
from tests.test_documents_determination import ENGLISH, FRENCH

SIB = Path(sysconfig.get_path("scripts")) / "sib"
RESULTS = "measure,evaluation,value\nReconvictions,Cohort 1,142\nMatched,Cohort 1,155\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test runs in a folder of its own that holds a contract with results."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)
    (tmp_path / "contract.sib").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "results.csv").write_text(RESULTS, encoding="utf-8")
    return tmp_path


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


# --------------------------------------------------------------------------------------- every -o


@pytest.mark.parametrize("command", [("run", "contract.sib"), ("compile", "contract.sib")])
def test_an_answer_never_takes_the_place_of_what_was_read_for_it(command: tuple[str, ...]) -> None:
    result = sib(*command, "-o", "./contract.sib")
    assert result.exit_code == 2
    assert "SIB808" in result.stderr
    assert Path("contract.sib").read_text(encoding="utf-8") == ENGLISH


def test_a_run_does_not_overwrite_its_results() -> None:
    result = sib("run", ".", "--results", "results.csv", "-o", "results.csv")
    assert result.exit_code == 2
    assert Path("results.csv").read_text(encoding="utf-8") == RESULTS


# --------------------------------------------------------------------- doubts about the contract


@pytest.mark.parametrize("command", ["run", "test"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENGLISH.replace("cap Ministry", "cap Cohort Payment"), "1 warning: sib check doubted.sib"),
        (FRENCH.replace("plafond", "# plafond"), "2 avertissements : sib check doubted.sib"),
    ],
)
def test_a_run_counts_the_doubts_that_the_check_has_told(
    command: str, text: str, said: str
) -> None:
    write("doubted.sib", text)
    result = sib(command, "doubted.sib")
    assert result.stderr.replace("\u00a0", " ").splitlines()[0] == said
    assert "SIB5" not in result.stderr
    assert "SIB5" in sib("check", "doubted.sib").stdout


def test_the_command_that_tells_the_doubts_can_be_typed() -> None:
    write("two doubts.sib", FRENCH.replace("plafond", "# plafond"))
    result = sib("test", "two doubts.sib")
    assert 'sib check "two doubts.sib"' in result.stderr


# ------------------------------------------------------------------------------------------ check


def test_check_says_findings_on_standard_output_and_counts_them_on_the_other() -> None:
    write("bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    result = sib("check", "bad.sib")
    assert result.exit_code == 1
    assert "bad.sib:14:" in result.stdout
    assert "Redction" in result.stdout
    assert result.stderr.startswith("errors: ")


def test_check_of_a_clean_contract_prints_nothing_on_standard_output() -> None:
    write("clean.sib", STARTERS["en"])
    result = sib("check", "clean.sib")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "errors: 0, warnings: 0, files: 1\n"


def test_check_reads_several_files_and_folders() -> None:
    Path("deep/er").mkdir(parents=True)
    write("deep/er/a.sib", STARTERS["fr"])
    write("deep/b.sib.md", f"# A contract\n\n```sib\n{STARTERS['en']}```\n")
    write("deep/notes.md", "nothing")
    assert sib("check", "deep", "contract.sib").stderr.endswith("files: 3\n")


def test_check_speaks_the_language_of_the_contract() -> None:
    write("f.sib", FRENCH.replace("l'Écart est", "l'Ecartt est"))
    result = sib("check", "f.sib")
    assert "erreur[SIB" in result.stdout
    assert result.stderr.startswith("erreurs : ".replace(" :", "\u00a0:"))


def test_check_in_short_and_as_json() -> None:
    write("bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    short = sib("check", "--format", "short", "bad.sib", "contract.sib").stdout
    assert all(line.startswith(("bad.sib:", "contract.sib:")) for line in short.splitlines())
    data = json.loads(sib("check", "--format", "json", "bad.sib", "contract.sib").stdout)
    assert data["format"] == "sibdsl-findings"
    assert len(data["findings"]) == len(short.splitlines())


READERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "markdown": str,
    "github": str,
    "gitlab": json.loads,
    "sarif": json.loads,
    "junit": ET.fromstring,
}


@pytest.mark.parametrize("format", READERS)
def test_check_for_programs_says_all_on_standard_output_or_in_a_file(format: str) -> None:
    write("bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    Path("empty").mkdir()
    result = sib("check", "--format", format, "bad.sib", "contract.sib", "gone.sib", "empty")
    assert result.exit_code == 2
    assert all(word in result.stdout for word in ("Redction", "gone.sib", "empty", "SIB806"))
    READERS[format](result.stdout)
    again = sib(
        "check", "--format", format, "bad.sib", "contract.sib", "gone.sib", "empty", "-o", "all"
    )
    assert (again.stdout, again.stderr) == ("", result.stderr)
    assert Path("all").read_text(encoding="utf-8") == result.stdout


def test_check_never_writes_over_a_contract_that_it_read() -> None:
    result = sib("check", "contract.sib", "-o", "contract.sib")
    assert (result.exit_code, "SIB808" in result.stderr) == (2, True)
    assert Path("contract.sib").read_text(encoding="utf-8") == ENGLISH


def test_check_in_a_file_is_what_is_shown() -> None:
    write("bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    shown = sib("check", "bad.sib", "bad.sib").stdout
    assert sib("check", "bad.sib", "bad.sib", "-o", "shown.txt").exit_code == 1
    assert Path("shown.txt").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("format", ["markdown", "github", "gitlab", "sarif", "junit"])
def test_forges_know_a_file_by_its_path_in_the_repository(
    format: str, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    Path(".git").mkdir()
    Path("deals/one").mkdir(parents=True)
    write("deals/one/bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    monkeypatch.chdir("deals/one")
    for named in ("bad.sib", "./bad.sib", "../one/bad.sib", str(folder / "deals/one/bad.sib")):
        shown = sib("check", "--format", format, named).stdout
        assert "deals/one/bad.sib" in shown
        assert not {"../", "./", str(folder)} & set(re.findall(r"\.\.?/|" + str(folder), shown))


def test_a_worked_example_that_does_not_hold_is_found() -> None:
    write("bad.sib", ENGLISH.replace("Cohort 1 is GBP 2,500,000", "Cohort 1 is GBP 1"))
    result = sib("check", "bad.sib")
    assert (result.exit_code, "SIB7" in result.stdout) == (1, True)


@pytest.mark.parametrize("name", ["missing.sib", "missing/x.sib"])
def test_a_missing_file_is_wrong_usage(name: str) -> None:
    assert sib("check", name).exit_code == 2
    assert sib("run", name).exit_code == 2
    assert sib("compile", name).exit_code == 2
    assert sib("test", name).exit_code == 2


def test_a_folder_without_a_contract_is_wrong_usage() -> None:
    Path("empty").mkdir()
    for command in ("check", "run", "compile", "test"):
        result = sib(command, "empty")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "SIB806" in result.stderr


def test_check_of_a_plan_says_which_commands_take_one() -> None:
    plan = write("plan.json", sib("compile", "contract.sib").stdout)
    assert "‘sib test’ and ‘sib run’ take a plan" in sib("check", plan).stdout
    assert sib("test", plan).exit_code == 0


def test_a_literate_file_without_a_fence_says_so() -> None:
    name = write("a.sib.md", f"# A contract\n\n```\n{STARTERS['en']}```\n")
    said = sib("check", name).stdout
    assert "no ```sib block" in said
    assert "SIB001" in said


def test_a_file_of_another_encoding_is_said_to_be_so() -> None:
    Path("old.sib").write_bytes(FRENCH.encode("cp1252"))
    result = sib("check", "old.sib")
    assert result.exit_code == 1
    assert "in Windows-1252 it would hold ‘«’" in result.stdout


# -------------------------------------------------------------------------------------------- run


def test_run_finds_the_sheets_beside_the_contract() -> None:
    result = sib("run", ".")
    assert result.exit_code == 0
    assert "Cohort Payment at Cohort 1 is not due" in result.stdout
    assert result.stdout == sib("run", "contract.sib", "--results", "results.csv").stdout


def test_run_without_results_says_what_it_waits_for() -> None:
    result = sib("run", "contract.sib")
    assert result.exit_code == 0
    assert "it waits for" in result.stdout


def test_run_as_json_and_csv_prints_data_alone() -> None:
    data = json.loads(sib("run", ".", "--format", "json").stdout)
    assert [payment["state"] for payment in data["payments"]] == ["not due", "pending"]
    assert sib("run", ".", "--format", "csv").stdout.startswith("payment,evaluation,payer")
    assert sib("run", ".", "--format", "csv", "--csv", "fr").exit_code == 1  # the sheet is English
    Path("results.csv").unlink()
    assert sib("run", ".", "--format", "csv", "--csv", "fr").stdout.startswith("payment;")


def test_run_takes_a_plan() -> None:
    assert sib("compile", "contract.sib", "-o", "contract.json").stdout == ""
    Path("contract.sib").unlink()
    assert "Cohort Payment at Cohort 1 is not due" in sib("run", ".").stdout
    write("contract.json", "{}")
    result = sib("run", ".")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "SIB805" in result.stderr


def test_run_refuses_wrong_rows_by_file_row_and_cell() -> None:
    write("results.csv", RESULTS.replace("142", "about 142"))
    result = sib("run", ".")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "results.csv:2:24" in result.stderr
    assert "row 2, column ‘value’" in result.stderr


def test_run_refuses_a_contract_with_errors() -> None:
    write("contract.sib", ENGLISH.replace("the Reduction", "the Redction"))
    result = sib("run", ".")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Redction" in result.stderr


def test_run_as_of_a_day() -> None:
    assert "as known on 2014-12-31" in sib("run", ".", "--as-of", "2014-12-31").stdout.lower()
    for day in ("yesterday", "31/12/2014", "2014-02-30", "20141231", "2014-12-31T00:00"):
        refused = sib("run", ".", "--as-of", day)
        assert refused.exit_code == 2
        said = " ".join(refused.stderr.split())
        if day == "31/12/2014":
            assert "31/12/2014 is not how a day is written: write 2014-12-31" in said
        else:
            assert f"{day} is not a day: write year, month and day, as in 2026-12-31" in said


def test_output_is_written_whole_and_leaves_nothing_behind(folder: Path) -> None:
    assert sib("run", ".", "-o", "out.txt").stdout == ""
    assert Path("out.txt").read_text(encoding="utf-8") == sib("run", ".").stdout
    assert {path.name for path in folder.iterdir()} == {"contract.sib", "results.csv", "out.txt"}
    result = sib("run", ".", "-o", "missing/out.txt")
    assert (result.exit_code, "SIB808" in result.stderr) == (2, True)
    assert sib("run", ".", "-o", "/dev/null").exit_code == 0
    assert Path("/dev/null").is_char_device()


# --------------------------------------------------------------------------- new, test and explain


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_contract_is_free_of_findings_and_is_never_overwritten(language: str) -> None:
    assert sib("new", "my.sib", "--lang", language).stdout == "my.sib\n"
    assert sibdsl.load("my.sib").findings == ()
    assert sib("test", "my.sib").exit_code == 0
    write("my.sib", "mine")
    assert sib("new", "my.sib").exit_code == 2
    assert Path("my.sib").read_text(encoding="utf-8") == "mine"


def test_both_starters_mean_the_same() -> None:
    english, french = (sibdsl.parse(STARTERS[language]).plan for language in ("en", "fr"))
    assert len(english.terms) == len(french.terms)
    assert [type(term) for term in english.terms] == [type(term) for term in french.terms]


def test_new_in_a_folder_names_the_file_itself() -> None:
    Path("deep").mkdir()
    assert sib("new", "deep").stdout.strip() == str(Path("deep/contract.sib"))


def test_test_reports_worked_examples() -> None:
    assert sib("test", ".").stdout == "holds: at the threshold (1 expected)\n"
    data = json.loads(sib("test", ".", "--format", "json").stdout)
    assert data["examples"][0]["expectations"][0]["holds"] is True
    write("contract.sib", ENGLISH.replace("Cohort 1 is GBP 2,500,000", "Cohort 1 is GBP 1"))
    result = sib("test", ".")
    assert result.exit_code == 1
    assert "does not hold: at the threshold" in result.stdout
    assert "SIB7" in result.stdout
    junit = sib("test", ".", "--format", "junit")
    assert junit.exit_code == 1
    assert ET.fromstring(junit.stdout).attrib["failures"] == "1"  # noqa: S314 -- our own


def test_test_says_what_no_example_shows() -> None:
    text = sib("test", ".", "--coverage")
    assert text.exit_code == 0
    assert text.stdout.startswith("holds: at the threshold (1 expected)\n\nReached: ")
    data = json.loads(sib("test", ".", "--coverage", "--format", "json").stdout)
    missing = [case for case in data["cases"] if not case["examples"]]
    assert data["reached"] == len(data["cases"]) - len(missing)
    junit = sib("test", ".", "--coverage", "--format", "junit")
    suites = ET.fromstring(junit.stdout)  # noqa: S314 -- our own
    assert suites.attrib["skipped"] == str(len(missing))
    assert suites.attrib["tests"] == str(1 + len(data["cases"]))


def test_a_report_of_coverage_never_takes_the_place_of_its_contract() -> None:
    result = sib("test", ".", "--coverage", "-o", "contract.sib")
    assert result.exit_code == 2
    assert Path("contract.sib").read_text(encoding="utf-8") == ENGLISH


def test_test_of_a_contract_without_examples_says_so() -> None:
    write("contract.sib", ENGLISH.partition("example")[0])
    result = sib("test", ".")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "there is no worked example" in result.stderr


def test_explain_prints_a_page_in_either_language() -> None:
    assert "What it finds" in sib("explain", "SIB616").stdout
    assert "Ce qui est constaté" in sib("explain", "616", "--lang", "fr").stdout
    assert "(erreur)" in sib("explain", "616", "--lang", "fr").stdout
    assert "(avertissement)" in sib("explain", "408", "--lang", "fr").stdout
    result = sib("explain", "SIB999")
    assert (result.exit_code, result.stdout) == (2, "")


# --------------------------------------------------------------------------------------- the shell


def test_the_list_of_commands_is_that_of_the_modules() -> None:
    for name, about in COMMANDS.items():
        command = main.get_command(main.make_context("sib", ["check", "x"]), name)
        assert command is not None
        assert command.name == name
        assert command.help
        assert name in sib("--help").stdout
        assert about in sib("--help").stdout


def test_an_unknown_command_names_those_there_are() -> None:
    result = sib("chek")
    assert result.exit_code == 2
    assert "check" in result.stderr


def test_colour_is_for_terminals() -> None:
    write("bad.sib", ENGLISH.replace("the Reduction", "the Redction"))
    assert "\x1b" not in sib("check", "bad.sib").output


def test_a_whole_process_ends_without_a_traceback_when_nobody_reads_on() -> None:
    """``sib … | head -1``: the reader goes away first."""
    sib_run = subprocess.Popen(
        [SIB, "run", ".", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert sib_run.stdout is not None
    sib_run.stdout.close()
    _, said = sib_run.communicate(timeout=60)
    assert b"Traceback" not in said


def test_an_interruption_ends_without_a_traceback(tmp_path: Path) -> None:
    fifo = tmp_path / "slow.sib"
    os.mkfifo(fifo)
    # A shell that runs the tests in the background has them, and their children, ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        waiting = subprocess.Popen([SIB, "check", fifo], stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    with waiting:
        time.sleep(2)
        waiting.send_signal(signal.SIGINT)
        _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 1
    assert b"Traceback" not in said


def test_a_console_without_the_letters_is_no_obstacle() -> None:
    write("f.sib", FRENCH.replace("l'Écart est", "l'Ecartt est"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    ran = subprocess.run([SIB, "check", "f.sib"], env=environment, capture_output=True, check=False)
    assert ran.returncode == 1
    assert b"Traceback" not in ran.stderr


def test_checking_imports_nothing_that_only_running_needs() -> None:
    script = (
        "import sys; from sibdsl.cli import main\n"
        "try: main(['check', 'contract.sib'])\n"
        "except SystemExit: pass\n"
        "print(*sorted(m for m in sys.modules), sep='\\n')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(ran.stdout.split())
    assert "sibdsl.pipeline" in loaded
    assert not loaded & {"sibdsl.results.bind", "sibdsl.documents.determination_json"}
