"""One harness for all golden folders: ``golden/<stage>/x.sib`` goes in, ``x.out`` comes out.

``pytest tests/test_golden.py --update-golden`` rewrites the outputs; the review is reading the diff.
"""

from pathlib import Path

import pytest

from tests.stages import STAGES, Case

GOLDEN = Path(__file__).parent / "golden"
SUFFIXES = (".sib", ".sib.md")


def sources(stage: str) -> list[Path]:
    return sorted(path for path in (GOLDEN / stage).iterdir() if path.name.endswith(SUFFIXES))


def expected_file(source: Path) -> Path:
    return source.with_name(source.name.split(".")[0] + ".out")


CASES = [(stage, path) for stage in STAGES for path in sources(stage)]


@pytest.mark.parametrize(
    ("stage", "path"), CASES, ids=[f"{stage}/{path.name}" for stage, path in CASES]
)
def test_golden(stage: str, path: Path, *, update_golden: bool) -> None:
    got = STAGES[stage](Case(path))
    out = expected_file(path)
    if update_golden:
        out.write_text(got, encoding="utf-8")
    assert out.exists(), f"{out} is missing: run pytest with --update-golden, then read it"
    assert out.read_text(encoding="utf-8") == got


def test_every_folder_is_a_stage_with_cases() -> None:
    folders = {path.name for path in GOLDEN.iterdir() if path.is_dir()}
    assert folders == set(STAGES)
    assert [stage for stage in STAGES if not sources(stage)] == []


def test_every_output_has_its_input() -> None:
    outputs = set(GOLDEN.glob("*/*.out"))
    assert outputs == {expected_file(path) for _, path in CASES}
