"""The wheel, alone in a clean environment far from the checkout: what a user gets from pip."""

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CONTRACT = ROOT / "examples" / "peterborough" / "contract.sib"
SHIPPED = (".json", ".lark", ".md", ".mo", ".po", ".py", ".typed")


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command, which must succeed and must not see the checkout; return what it printed."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    ran = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"{command}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, as a release is."""
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", dist, ROOT, cwd=dist)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a clean environment that holds the wheel and its dependencies."""
    home = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", home, cwd=home)
    programs = Path(sysconfig.get_path("scripts", "venv", {"base": str(home)}))
    run(programs / "python", "-m", "pip", "install", "--quiet", wheel, cwd=home)
    return programs


def test_the_wheel_is_pure_and_holds_every_module_and_data_file(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if name.endswith("licenses/LICENSE")]
    package = {path.relative_to(ROOT) for path in (ROOT / "sibdsl").rglob("*")}
    grammar = {Path("sibdsl") / path.relative_to(ROOT) for path in (ROOT / "grammar").rglob("*")}
    wanted = {path.as_posix() for path in package | grammar if path.suffix in SHIPPED}
    assert held == wanted
    assert len(licences) == 1


def test_only_the_run_time_dependencies_come_along(installed: Path, tmp_path: Path) -> None:
    printed = run(installed / "python", "-m", "pip", "list", "--format=freeze", cwd=tmp_path)
    names = {line.split("==")[0].lower() for line in printed.splitlines()}
    assert names - {"pip", "setuptools"} == {"attrs", "click", "lark", "sibdsl"}


def test_the_grammar_is_found_in_the_installed_package(installed: Path, tmp_path: Path) -> None:
    listing = (
        "from importlib.resources import files;"
        "print(*sorted(f.name for f in files('sibdsl.grammar').iterdir()), sep='\\n')"
    )
    printed = run(installed / "python", "-c", listing, cwd=tmp_path)
    assert {"contract.lark", "english.lark", "french.lark"} <= set(printed.split())


def test_sib_says_its_version(installed: Path, tmp_path: Path) -> None:
    version = importlib.metadata.version("sibdsl")
    assert version in run(installed / "sib", "--version", cwd=tmp_path)
    assert version in run(installed / "python", "-m", "sibdsl", "--version", cwd=tmp_path)


def test_sib_runs_a_contract(installed: Path, tmp_path: Path) -> None:
    printed = run(installed / "sib", "run", CONTRACT.parent, cwd=tmp_path)
    assert "GBP" in printed
