"""Each check is one code, and its name is the slug of the code's page."""

import ast
import inspect

import pytest

from sibdsl.checks import ABSENCES, CHECKS, DOUBTS, REFUSALS, Check
from sibdsl.diagnostics import Severity
from sibdsl.messages.pages import find_page


def codes_in(check: Check) -> set[str]:
    """The codes written in a check and in the private functions of its module that it calls."""
    module = inspect.getmodule(check)
    assert module is not None
    functions = {
        node.name: node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef)
    }
    waiting, seen, found = [check.__name__], set[str](), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen or name not in functions:
            continue
        seen.add(name)
        for node in ast.walk(functions[name]):
            if isinstance(node, ast.Constant) and str(node.value).startswith("SIB"):
                found.add(str(node.value))
            if isinstance(node, ast.Name):
                waiting.append(node.id)
    return found


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_check_has_one_code_and_its_name_is_the_slug(check: Check) -> None:
    (code,) = codes_in(check)
    page = find_page(code)
    assert page is not None
    assert page.slug == check.__name__.replace("_", "-")
    assert page.severity is (Severity.WARNING if check in DOUBTS else Severity.ERROR)


def test_every_check_stands_in_one_tuple() -> None:
    assert (*REFUSALS, *ABSENCES, *DOUBTS) == CHECKS
    assert len(set(CHECKS)) == len(CHECKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_a_check_says_what_it_finds(check: Check) -> None:
    assert inspect.getdoc(check)
