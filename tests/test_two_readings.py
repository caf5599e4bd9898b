"""Conditions that two readers join differently, and denials that nothing may turn into their opposite."""

import pytest

from sibdsl.diagnostics import has_errors
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source
from sibdsl.syntax.opposites import is_opposite
from sibdsl.syntax.parse import parse

MEASURES: dict[Language, str] = {
    "en": "measure {} is yes or no, reported by Auditor\n",
    "fr": "mesure {} est oui ou non, établi par Cabinet\n",
}
CONDITION: dict[Language, str] = {"en": "condition Success: ", "fr": "condition Succès : "}


def told(language: Language, body: str) -> list[tuple[str, str]]:
    """The code and the cure of each finding in a condition over A, B, C, D."""
    names = "".join(MEASURES[language].format(name) for name in "ABCD")
    text = f"sibdsl 1 {language}\n{names}{CONDITION[language]}{body}\n"
    findings = parse(Source("x.sib", text)).findings
    return [
        (one.code, say(one.help, language).replace("\u00a0", " ") if one.help else "")
        for one in findings
    ]


@pytest.mark.parametrize(
    ("language", "body", "cure"),
    [
        ("en", "A and B or C", "write ‘(A and B) or C’ or ‘A and (B or C)’"),
        ("fr", "A et B ou C", "écrivez « (A et B) ou C » ou « A et (B ou C) »"),
        ("en", "A or B and C or D", "write ‘A or (B and C) or D’ or ‘(A or B) and (C or D)’"),
        (
            "en",
            "A and B or C and D",
            "write ‘(A and B) or (C and D)’ or ‘A and (B or C) and D’",
        ),
        (
            "en",
            "(A or B) and C or D",
            "write ‘((A or B) and C) or D’ or ‘(A or B) and (C or D)’",
        ),
        (
            "en",
            "(1 + 2) * 3 is at least 4\n  and B or C",
            "write ‘((1 + 2) * 3 is at least 4 and B) or C’ or ‘(1 + 2) * 3 is at least 4 and (B or C)’",
        ),
    ],
)
def test_and_beside_or_is_refused_with_both_readings(
    language: Language, body: str, cure: str
) -> None:
    assert told(language, body) == [("SIB340", cure)]


@pytest.mark.parametrize(
    ("language", "body", "cure"),
    [
        ("en", "not A and B", "write ‘(not A) and B’ or ‘not (A and B)’"),
        ("fr", "pas A ou B", "écrivez « (pas A) ou B » ou « pas (A ou B) »"),
        ("en", "C and not A and B", "write ‘C and (not A) and B’ or ‘C and not (A and B)’"),
    ],
)
def test_a_denial_before_others_is_doubted(language: Language, body: str, cure: str) -> None:
    assert told(language, body) == [("SIB341", cure)]


@pytest.mark.parametrize(
    "body",
    [
        *("A and B and C", "A or B or C", "(A and B) or C", "A and (B or C)", "A and not B"),
        *("all of (A; B) or C", "any of (A; B) and C", "at least 2 of (A; B; C) or D"),
        *("not any of (A; B) and C", "not (A and B) or C", "(not A) and B", "not (A) and B"),
        *("all of (A or B; C and D)", "not A", "not (A and B)", "1 is between 0 and 2 or A"),
    ],
)
def test_what_reads_in_one_way_is_left_alone(body: str) -> None:
    assert told("en", body) == []


@pytest.mark.parametrize(
    ("language", "body", "cure"),
    [
        ("en", "none of (A; B)", "write ‘not any of’"),
        ("en", "neither of (A; B)", "write ‘not any of’"),
        ("en", "neither A nor B", "write ‘not any of (A; B)’"),
        ("fr", "aucun de (A ; B)", "écrivez « pas l'un de »"),
        ("fr", "aucune des (A ; B)", "écrivez « pas l'une de »"),
        ("fr", "ni A ni B", "écrivez « pas l'un de (A\u202f; B) »"),
    ],
)
def test_none_of_is_the_denial_of_any_of(language: Language, body: str, cure: str) -> None:
    assert told(language, body) == [("SIB011", cure)]


def test_what_is_offered_for_none_of_reads() -> None:
    assert told("en", "not any of (A; B)") == []
    assert told("fr", "pas l'un de (A ; B)") == told("fr", "pas l'une de (A ; B)") == []


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("aucun de", "chacun de"),
        ("none of", "one of"),
        ("unreported by", "reported by"),
        ("la hausse est défavorable", "la hausse est favorable"),
        ("higher is worse", "higher is better"),
        ("est superieur à", "est inférieur à"),
        ("is before", "is after"),
        ("n'est pas au moins", "est au moins"),
    ],
)
def test_no_correction_says_the_contrary(written: str, phrase: str) -> None:
    assert is_opposite(written, phrase)


@pytest.mark.parametrize(
    ("written", "phrase"),
    [("is at laest", "is at least"), ("chacn de", "chacun de"), ("reportd by", "reported by")],
)
def test_a_slip_of_the_pen_is_no_contrary(written: str, phrase: str) -> None:
    assert not is_opposite(written, phrase)


def test_a_doubt_about_a_denial_lets_the_contract_run() -> None:
    text = "sibdsl 1 en\nmeasure A is yes or no\nmeasure B is yes or no\ncondition C: not A and B\n"
    parsed = parse(Source("x.sib", text))
    assert parsed.ok
    assert not has_errors(parsed.findings)
    codes = [one.code for one in compile_contract(Source("x.sib", text)).findings]
    assert "SIB341" in codes
