"""What every test shares: the flag that rewrites golden files, and two strengths of Hypothesis."""

import os

import pytest
from hypothesis import settings

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
