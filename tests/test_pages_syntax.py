"""The pages of the codes 0xx: what is shown is found, alone; what is to be written instead reads.

Save those of 06x: they are about writing a contract anew, not about reading one.
Those of other files, 07x, stand in :mod:`tests.test_pages_files`.
"""

from pathlib import Path

import pytest

from sibdsl.messages.pages import SECTIONS, Page, all_pages
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax.parse import parse

PREAMBLES = Path(__file__).parent / "preambles"
CONTRACTS: dict[Language, str] = {"en": "programme.sib", "fr": "action.sib"}
PAGES = [page for page in all_pages() if "SIB000" < page.code < "SIB060"]
CASES = [(page, language) for page in PAGES for language in CONTRACTS]


def shown(page: Page, language: Language, section: int) -> str:
    after = page.texts[language].partition(f"### {SECTIONS[language][section]}\n")[2]
    lines = after.partition("###")[0].splitlines()
    return "\n".join(line.removeprefix("    ") for line in lines if line.startswith("    "))


def found(page: Page, language: Language, section: int) -> list[str]:
    text = shown(page, language, section).replace(" + …", " + Job Price" * 150)
    is_whole = page.code in ("SIB001", "SIB002", "SIB003") or text.startswith("sibdsl")
    if not is_whole:
        preamble = (PREAMBLES / CONTRACTS[language]).read_text(encoding="utf-8")
        text = f"{preamble}\n{text}\n"
    return [finding.code for finding in parse(Source("page.sib", text)).findings]


@pytest.mark.parametrize(("page", "language"), CASES, ids=lambda case: getattr(case, "code", case))
def test_the_example_of_a_page_is_found_and_its_correction_reads(
    page: Page, language: Language
) -> None:
    assert found(page, language, 2) == [page.code]
    assert found(page, language, 3) == []
