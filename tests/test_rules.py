"""The page of rules: every test it names exists, and every test of ``tests/rules`` stands on it."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parent
PAGE = (TESTS.parent / "docs" / "rules.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`((?:rules/|property/)?test_\w+\.py)(?:::(\w+))?`", PAGE)


def named_in(file: str) -> set[str]:
    """The names of the tests of a module."""
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return {
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_test_named_on_the_page_exists() -> None:
    assert len(NAMED) > 150
    missing = [
        f"{file}::{name}"
        for file, name in NAMED
        if not (TESTS / file).exists() or (name and name not in named_in(file))
    ]
    assert missing == []


def test_every_test_written_for_a_rule_stands_on_the_page() -> None:
    written = {
        (f"rules/{path.name}", name)
        for path in (TESTS / "rules").glob("test_*.py")
        for name in named_in(f"rules/{path.name}")
    }
    assert len(written) > 100
    assert written <= set(NAMED)


def test_every_line_of_the_page_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")]
    assert [row for row in rows if "test_" not in row and row != "| rule | test |"] == []
