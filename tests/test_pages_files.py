"""The pages of the codes of other files: what is shown is found, alone; what is to be written instead is not."""

import pytest

import sibdsl
from sibdsl.messages.pages import Page, all_pages
from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax.parse import parse
from tests.test_pages_syntax import CONTRACTS, PREAMBLES, shown

LIBRARIES: dict[Language, tuple[str, str, str]] = {
    "en": ("clauses/standard.sib", 'use "clauses/standard.sib"', 'clause library "Others"'),
    "fr": ("clauses/usuelles.sib", "incorpore « clauses/usuelles.sib »", "clausier « Autres »"),
}
KICK_OFF: dict[Language, str] = {
    "en": """payment Kick-Off
      the Council pays GBP 10,000 to the Foundation
      due 30 days after Final
    """,
    "fr": """paiement Lancement
      le Département verse 10 000 EUR à la Fondation
      échéance 30 jours après Finale
    """,
}
ELSEWHERE = {"SIB074", "SIB075", "SIB079", "SIB088"}
"""Commands, a hundred files, terms of two dates: tests/test_assembly_*.py have them."""
PAGES = [page for page in all_pages() if "SIB070" <= page.code < "SIB100"]
CASES = [(page, language) for page in PAGES for language in CONTRACTS if page.code not in ELSEWHERE]


def found(page: Page, language: Language, section: int) -> list[str]:
    text = shown(page, language, section)
    if page.code == "SIB092":
        begun = f"```sib\nsibdsl 1 {language}\n```\n"
        return [one.code for one in parse(Source("page.sib.md", begun + text)).findings]
    preamble = (PREAMBLES / CONTRACTS[language]).read_text(encoding="utf-8")
    path, use, says = LIBRARIES[language]
    empty = f"sibdsl 1 {language}\n{says}\n"
    library = {path: empty, "clauses/prices.sib": empty, "clauses/prix.sib": empty}
    if page.code == "SIB077" or "SIB080" <= page.code <= "SIB090":
        base = {"contract.sib": preamble + KICK_OFF[language]}
        base["contrat.sib"] = base["contract.sib"]
        amendment = f"sibdsl 1 {language}\n{text}\n"
        told = sibdsl.check(amendment, "amendment.sib", library=base)
        codes = [one.code for one in told if one.code.startswith("SIB0")]
        return [code for code in codes if code != "SIB091"]  # what the shown terms leave unused
    if page.code == "SIB091":
        return [one.code for one in sibdsl.check(f"{preamble}\n{text}\n") if one.code == page.code]
    if page.code == "SIB076":
        return [one.code for one in sibdsl.check(text)]
    if text.startswith("sibdsl"):
        library[path], text = text, use
    findings = sibdsl.check(f"{preamble}\n{text}\n", library=library)
    return [one.code for one in findings if one.severity is sibdsl.Severity.ERROR]


@pytest.mark.parametrize(("page", "language"), CASES, ids=lambda case: getattr(case, "code", case))
def test_the_example_of_a_page_is_found_and_its_correction_is_not(
    page: Page, language: Language
) -> None:
    assert found(page, language, 2) == [page.code]
    assert found(page, language, 3) == []
