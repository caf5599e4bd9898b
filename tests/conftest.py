"""What every test shares: the flag that rewrites golden files, and two strengths of Hypothesis."""

import os

import pytest
from hypothesis import settings

# The command line speaks the language of the system; what tests compare is in English.
for variable in ("LANGUAGE", "LC_MESSAGES"):
    os.environ.pop(variable, None)
os.environ["LC_ALL"] = "C.UTF-8"

settings.register_profile("quick", max_examples=40, deadline=None)
# Derandomised, so that a change is judged by itself and not by the luck of a run.
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "quick"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write what the golden tests got into their .out files; then read the diff",
    )


@pytest.fixture
def update_golden(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--update-golden"))
