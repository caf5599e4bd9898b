"""The command line where nothing goes as it should: a clear word and an exit status, no traceback."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

import sibdsl
from sibdsl.cli import main
from tests.test_seeded_meaning import ENGLISH, FRENCH

FULL: Final = Path("/dev/full")
ZEROS: Final = Path("/dev/zero")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contract.sib"
    path.write_text(ENGLISH, "utf-8")
    (tmp_path / "contrat.sib").write_text(FRENCH, "utf-8")
    (tmp_path / "bad.sib").write_text("sibdsl 1 en\npaymnet X\n", "utf-8")
    return path


def sib(*arguments: object, cwd: Path, redirect: str = "", **environment: str) -> tuple[int, str]:
    """The command in a process of its own: its exit status, and all that it says."""
    words = [sys.executable, "-m", "sibdsl", *map(str, arguments)]
    found = subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (found.stdout + found.stderr).decode("utf-8", "replace")
    assert "Traceback" not in said
    return found.returncode, said


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full disk to write to")
@pytest.mark.parametrize(
    ("arguments", "redirect"),
    [
        ("run contract.sib", ">/dev/full"),
        ("check bad.sib", ">/dev/full 2>&1"),
        ("compile contract.sib", ">/dev/full"),
    ],
)
def test_output_to_a_full_disk_is_an_error(contract: Path, arguments: str, redirect: str) -> None:
    status, said = sib(*arguments.split(), cwd=contract.parent, redirect=redirect)
    assert status == 2
    assert "2>&1" in redirect or "the output cannot be written" in said


@pytest.mark.skipif(not FULL.exists(), reason="this system has no full disk to write to")
def test_a_file_on_a_full_disk_is_not_written(contract: Path) -> None:
    status, said = sib("run", contract, "-o", FULL, cwd=contract.parent)
    assert status == 2
    assert "the disk is full" in said


@pytest.mark.skipif(not ZEROS.exists(), reason="this system has no endless file")
def test_an_endless_file_is_not_read_to_its_end(
    contract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sibdsl.files.LARGEST", 10**6)
    with pytest.raises(sibdsl.ContractError, match="larger than 1 MB"):
        sibdsl.load(ZEROS)
    with pytest.raises(sibdsl.ContractError, match="larger than 1 MB"):
        sibdsl.load(contract).evaluate(ZEROS)


@pytest.mark.parametrize("redirect", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_a_closed_stream_is_no_accident(contract: Path, redirect: str) -> None:
    assert sib("check", "bad.sib", cwd=contract.parent, redirect=redirect)[0] == 1


def test_a_reader_that_goes_away_is_no_accident(contract: Path) -> None:
    status, _ = sib("run", contract, cwd=contract.parent, redirect="| head -c 1")
    assert status == 0


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"},
        {"COLUMNS": "1"},
        {"COLUMNS": "0"},
        {"COLUMNS": "many"},
    ],
)
def test_no_terminal_is_too_poor(contract: Path, environment: dict[str, str]) -> None:
    status, said = sib("run", "contrat.sib", cwd=contract.parent, **environment)
    assert status == 0
    assert "Vers l" in said


def test_the_same_bytes_whatever_the_seed_and_without_assertions(contract: Path) -> None:
    told = {
        sib("run", contract, "--format", "json", cwd=contract.parent, **environment)
        for environment in (
            {"PYTHONHASHSEED": "0"},
            {"PYTHONHASHSEED": "1"},
            {"PYTHONHASHSEED": "4294967295", "PYTHONOPTIMIZE": "2"},
        )
    }
    assert len(told) == 1
    compiled = {
        sib("compile", contract, cwd=contract.parent, PYTHONHASHSEED=seed) for seed in "123"
    }
    assert len(compiled) == 1


def invoked(*arguments: str) -> tuple[int, str]:
    """The command in this process."""
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.output


def test_names_that_no_file_can_have(contract: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(contract.parent)
    (contract.parent / "loop").symlink_to("loop")
    (contract.parent / "folder").mkdir()
    (contract.parent / "folder" / "itself").symlink_to(contract.parent / "folder")
    for name in ("x" * 5000, "a\x01b", "loop", "no/such/file", "contract.sib/x", "\udcff"):
        for command in ("check", "run", "test", "compile"):
            status, said = invoked(command, name)
            assert status == 2, (command, name)
            assert "error[SIB80" in said
    assert invoked("check", "folder")[0] == 2
    for target in ("x" * 5000, "no/such/folder", "contract.sib/x", "loop", "folder"):
        assert invoked("run", str(contract), "-o", target)[0] == 2


def test_many_threads_may_use_one_contract(contract: Path) -> None:
    shared = sibdsl.load(contract)
    row = {"measure": "Participants", "evaluation": "Cohort 1", "value": 100}

    def work(number: int) -> tuple[str, str]:
        rows = [{**row, "value": 100 + number % 3}]
        own = sibdsl.parse(ENGLISH)
        return (
            shared.report(shared.evaluate(rows), "json"),
            own.report(own.evaluate(rows), "json").replace("contract.sib", str(contract)),
        )

    expected = [work(number)[0] for number in range(3)]
    with ThreadPoolExecutor(8) as pool:
        for number, (one, other) in enumerate(pool.map(work, range(48))):
            assert one == expected[number % 3]
            assert other == one
