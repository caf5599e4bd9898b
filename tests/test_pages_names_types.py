"""The pages of the codes 2xx and 3xx: what is shown is found, what is to be written instead is not."""

from pathlib import Path

import pytest

from sibdsl.checks import check
from sibdsl.messages.pages import SECTIONS, Page, all_pages
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax.parse import parse

PREAMBLES = Path(__file__).parent / "preambles"
CONTRACTS: dict[Language, str] = {"en": "programme.sib", "fr": "action.sib"}
PAGES = [page for page in all_pages() if page.code[3] in "23"]
UNUSED = "SIB091"
"""What a page shows of a name or a type, nothing else in it uses."""
CASES = [(page, language) for page in PAGES for language in CONTRACTS]


def found(page: Page, language: Language, section: int) -> set[str]:
    """The codes of names, evaluations and types found in a section's example after its contract."""
    shown = page.texts[language].partition(f"### {SECTIONS[language][section]}\n")[2]
    lines = shown.partition("###")[0].splitlines()
    text = "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))
    contract = (PREAMBLES / CONTRACTS[language]).read_text(encoding="utf-8")
    parsed = parse(Source("page.sib", f"{contract}\n{text}\n"))
    assert parsed.contract is not None
    findings = (*parsed.findings, *check(parsed.contract).findings)
    return {one.code for one in findings if one.code[3] in "023" and one.code != UNUSED}


@pytest.mark.parametrize(("page", "language"), CASES, ids=lambda case: getattr(case, "code", case))
def test_the_example_of_a_page_is_found_and_its_correction_is_not(
    page: Page, language: Language
) -> None:
    assert found(page, language, 2) == {page.code}
    assert found(page, language, 3) == set()
