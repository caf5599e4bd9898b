"""Laws of translation: there and back is what was, and both texts say the same."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sibdsl
from sibdsl.numerals import Language
from sibdsl.plan.digest import digest
from sibdsl.source import Source
from sibdsl.syntax.format import comments_of, format_source
from sibdsl.syntax.naming import OTHER
from sibdsl.syntax.parse import parse
from sibdsl.syntax.translate import translate_source
from tests.property.layouts import laid_out_anyhow
from tests.property.strategies import contracts

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*/contract.sib"))
# The one form of these contracts that a translation would not choose.
drawn = contracts().map(lambda written: re.sub(r"(?<=\b1 point)s", "", written.text))


def language_of(text: str) -> Language:
    return "fr" if text.startswith("sibdsl 1 fr") else "en"


def translated(text: str) -> str:
    there = translate_source(Source("x.sib", text), OTHER[language_of(text)])
    assert there.text is not None, there.findings
    return there.text


def laid_out(text: str) -> str:
    formatted = format_source(Source("x.sib", text)).text
    assert formatted is not None
    return formatted


NAMES = {
    "City": "la Ville",
    "State": "l'État",
    "Fund": "le Fonds de Garantie",
    "Bank": "la Banque",
    "Charity": "l'Association",
    "Auditor": "le Cabinet d'Audit",
    "Payers": "les Payeurs",
    "Notes": "les Obligations",
    "Final": "la Finale",
    "Year": "l'Année",
    "Measure 0": "le Taux 0",
    "Payment 0": "le Versement 0",
}


@st.composite
def with_names(draw: st.DrawFn) -> str:
    """A contract that says what some of its terms are called in French, with articles anywhere."""
    text = draw(drawn)
    names = draw(st.sets(st.sampled_from(sorted(NAMES)), min_size=1))
    spoken_of = draw(st.sampled_from(("City", "Fund", "Bank", "Charity", "Payers", "Notes")))
    for before in ("to ", "  ", "cap "):
        text = text.replace(f"{before}{spoken_of}", f"{before}the {spoken_of}")
    lines = [f'in French, {name} is "{NAMES[name]}"' for name in sorted(names)]
    return text + "\n".join(
        [
            *lines,
            draw(
                st.sampled_from(("", "prevailing language French", "prevailing language English"))
            ),
            "",
        ]
    )


@given(with_names())
def test_names_there_and_back(text: str) -> None:
    french = translated(text)
    assert translated(french) == laid_out(text)
    assert [f.code for f in sibdsl.check(text)] == [f.code for f in sibdsl.check(french)]
    here, there = sibdsl.parse(text), sibdsl.parse(french)
    if here.ok and "prevailing language" in text:
        assert digest(here.plan) == digest(there.plan)
    for name in NAMES:
        if f"in French, {name} is" in text:
            assert not re.search(rf"^party {name}\b|\bto (the )?{name}\b", french, re.MULTILINE)


def says_the_same(text: str) -> None:
    """One digest, as many findings, the same comments."""
    here, there = sibdsl.parse(text), sibdsl.parse(translated(text))
    assert [f.code for f in here.findings] == [f.code for f in there.findings]
    if here.ok:
        assert digest(here.plan) == digest(there.plan)
    one, other = (parse(Source("x.sib", each)).contract for each in (text, translated(text)))
    assert one is not None
    assert other is not None
    assert comments_of(one) == comments_of(other)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_an_example_there_and_back(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    says_the_same(text)
    assert translated(translated(text)) == text


@given(drawn)
def test_english_there_and_back(text: str) -> None:
    says_the_same(text)
    assert translated(translated(text)) == laid_out(text)


@given(drawn)
def test_french_there_and_back(text: str) -> None:
    french = translated(text)
    says_the_same(french)
    assert translated(translated(french)) == french


@given(drawn, st.data())
def test_comments_come_along_wherever_they_stand(text: str, data: st.DataObject) -> None:
    anyhow = data.draw(laid_out_anyhow(text), "with comments")
    says_the_same(anyhow)
    assert translated(translated(anyhow)) == laid_out(anyhow)
