"""No binary float stands anywhere in the package: not written, not made, not imported."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "sibdsl"
MODULES = sorted(PACKAGE.rglob("*.py"))
# What makes a float of an exact number; `isinstance(value, float)`, to refuse one, is no call of it.
MAKERS = {"complex", "float"}


def floats(code: str) -> list[int]:
    """The lines on which a float is written or made."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if (isinstance(node, ast.Constant) and isinstance(node.value, (float, complex)))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") in MAKERS)
    ]


def test_the_search_finds_floats() -> None:
    assert floats("rate = 0.5\nrate = float('1')\nisinstance(rate, float)\n") == [1, 2]
    assert len(MODULES) > 8


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_binary_float(module: Path) -> None:
    assert floats(module.read_text(encoding="utf-8")) == []
