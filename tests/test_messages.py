"""The catalogues: every message has its French, with the same placeholders, and is compiled."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction

import pytest

from sibdsl.diagnostics import message
from sibdsl.messages import UNITS, say
from sibdsl.messages.pages import all_pages, find_page, read_page
from sibdsl.messages.visible import visible
from sibdsl.units import COUNT, DAYS, PERCENTAGE, YES_NO, Kind, Quantity, amount_in
from tests.messages import (
    CODES,
    COMPILED,
    PACKAGE,
    PLACEHOLDER,
    codes,
    compiled,
    templates,
    translations,
    typeset,
)

FRENCH = {english: french for _, english, french in translations()}
TEMPLATES = sorted({text for _, text in templates()})


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


def test_the_compiled_catalogue_is_fresh() -> None:
    assert compiled() == COMPILED.read_bytes(), "run `python -m tests.messages`"


def test_the_list_of_codes_is_fresh() -> None:
    assert codes() == CODES.read_text(encoding="utf-8"), "run `python -m tests.messages`"


def test_every_message_of_the_code_has_its_french() -> None:
    assert len(TEMPLATES) > 100
    assert [text for text in TEMPLATES if not FRENCH.get(text)] == []


def test_every_translation_is_of_a_message_of_the_code() -> None:
    assert sorted(set(FRENCH) - set(TEMPLATES)) == []


def test_no_message_has_two_translations() -> None:
    told: dict[str, str] = {}
    for _, english, french in translations():
        assert told.setdefault(english, french) == french


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    differing = [
        english
        for english, french in FRENCH.items()
        if set(placeholders(english)) != set(placeholders(french))
    ]
    assert differing == []


def test_french_is_typeset_as_french() -> None:
    """No-break spaces inside the quotation marks and before the high punctuation."""
    assert typeset("« a » : 5 % ; b ?") == "«\u00a0a\u00a0»\u00a0: 5\u00a0%\u202f; b\u202f?"
    loose = re.compile(r"« | »| [;:?!%](?!\w)")
    assert [french for french in FRENCH.values() if loose.search(french)] == []


def test_messages_are_one_plain_sentence() -> None:
    wrong = [
        text
        for text in TEMPLATES
        if "\n" in text or (text.endswith(".") and not text.endswith("…"))
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "1,250.5, GBP 3.00, 2017-03-30, yes, 61%, 1 day, a count, A, B"),
        (
            "fr",
            "1\u202f250,5, 3,00\u00a0GBP, 2017-03-30, oui, 61\u00a0%, 1\u00a0jour, un effectif, A, B",
        ),
    ],
)
def test_values_are_said_in_the_language(language: str, said: str) -> None:
    text = message(
        "{a}, {b}, {c}, {d}, {e}, {f}, {g}, {h}",
        a=Quantity(Fraction(2501, 2), COUNT),
        b=Quantity(Fraction(3), amount_in("GBP")),
        c=date(2017, 3, 30),
        d=Quantity(value=True, unit=YES_NO),
        e=Quantity(Fraction(61, 100), PERCENTAGE),
        f=Quantity(Fraction(1), DAYS),
        g=COUNT,
        h=("A", "B"),
    )
    assert say(text, "fr" if language == "fr" else "en").replace("1 jour", "1\u00a0jour") == said


def test_every_kind_of_value_has_a_name() -> None:
    assert set(UNITS) == set(Kind)


def test_text_of_others_cannot_command_a_terminal() -> None:
    hostile = "a\x1b[31mb\nc\u202ed"
    assert visible(hostile) == "a␛[31mb␊c\ufffdd"
    assert say(message("‘{name}’", name=hostile), "en") == "‘a␛[31mb␊c\ufffdd’"
    assert say(message("‘{name}’", name="{name}"), "en") == "‘{name}’"


def test_a_long_text_is_cut() -> None:
    assert len(say(message("{name}", name="x" * 100_000), "en")) < 200


def test_french_may_be_spoken_in_many_threads_at_once() -> None:
    with ThreadPoolExecutor(8) as threads:
        said = set(threads.map(lambda _: say(message("yes"), "fr"), range(64)))
    assert said == {"oui"}


def test_every_code_of_the_code_has_a_page_and_every_page_its_code() -> None:
    pattern = re.compile(r'"(SIB[0-9]{3})"')
    used = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert used == {page.code for page in all_pages()}


def test_no_two_pages_share_a_slug() -> None:
    slugs = [page.slug for page in all_pages()]
    assert len(slugs) == len(set(slugs))


@pytest.mark.parametrize("written", ["SIB616", "sib616", "616", " 616 "])
def test_a_page_is_found_however_its_code_is_written(written: str) -> None:
    page = find_page(written)
    assert page is not None
    assert page.code == "SIB616"


@pytest.mark.parametrize("written", ["SIB999", "", "616x", "../../x", "SIB"])
def test_what_is_no_code_has_no_page(written: str) -> None:
    assert find_page(written) is None


def test_a_page_without_its_french_is_refused() -> None:
    with pytest.raises(ValueError, match="SIB001"):
        read_page("# SIB001 some-slug\nseverity: error\n\n## English\n### What it finds\nx\n")


@pytest.mark.parametrize(
    ("template", "name", "said"),
    [
        (
            "write ‘{name} at {evaluation}’",
            "Année 3",
            "écrivez «\u00a0Année 3 lors de l’Année 3\u00a0»",
        ),
        ("write ‘{name} at {evaluation}’", "Finale", "écrivez «\u00a0Finale lors de Finale\u00a0»"),
    ],
)
def test_french_elides_before_a_vowel(template: str, name: str, said: str) -> None:
    assert say(message(template, name=name, evaluation=name), "fr") == said
