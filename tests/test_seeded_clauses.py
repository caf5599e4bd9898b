"""More clauses in the words of other contracts: one finding each, at those words, with the clause to write.

As in tests/test_seeded_phrases.py: what it is, then for English and for French what stands in the sound
contract, what is written instead, the code, the words at its place, and words of its cure.
"""

from typing import Final

import pytest

from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source
from tests.test_seeded_phrases import SOUND

Row = tuple[str, str, str, str, str]

CLAUSES: Final[dict[str, tuple[Row | None, Row | None]]] = {
    "a delay in business days": (
        (
            "due 30 days after evaluation",
            "due 30 business days after evaluation",
            "SIB040",
            "due 30 business days",
            "write ‘due … days after evaluation, next business day in GB’",
        ),
        (
            "échéance 60 jours après évaluation",
            "échéance 60 jours ouvrés après évaluation",
            "SIB040",
            "échéance 60 jours ouvrés",
            "« échéance … jours après évaluation, premier jour ouvré suivant en FR »",
        ),
    ),
    "a delay in business days without due": (
        (
            "due 30 days after evaluation, next business day in GB",
            "payable within 30 working days of evaluation",
            "SIB040",
            "payable within 30 working days",
            "delays count calendar days",
        ),
        (
            "échéance 60 jours après évaluation",
            "payable dans un délai de 60 jours ouvrables",
            "SIB040",
            "payable dans un délai de 60 jours ouvrables",
            "les délais se comptent en jours calendaires",
        ),
    ),
    "a delay to the end of a month": (
        (
            "due 30 days after evaluation",
            "due 30 days end of month",
            "SIB040",
            "due 30 days end of month",
            "no delay runs to the end of a month",
        ),
        (
            "échéance 60 jours après évaluation",
            "échéance 30 jours fin de mois",
            "SIB040",
            "échéance 30 jours fin de mois",
            "aucun délai ne court jusqu’à la fin d’un mois",
        ),
    ),
    "shares without their sign": (
        (
            "County Council 60%, City Council 40%",
            "County Council 60, City Council 40",
            "SIB029",
            "County Council 60, City Council 40",
            "‘County Council 60%, City Council 40%’",
        ),
        (
            "Fonds Solidaire 70 %, Banque Sociale 30 %",
            "Fonds Solidaire 70, Banque Sociale 30",
            "SIB029",
            "Fonds Solidaire 70, Banque Sociale 30",
            "« Fonds Solidaire 70 %, Banque Sociale 30 % »",
        ),
    ),
    "the last share without its sign": (
        (
            "County Council 60%, City Council 40%",
            "County Council 60% and City Council 40",
            "SIB029",
            "County Council 60% and City Council 40",
            "‘County Council 60%, City Council 40%’",
        ),
        (
            "Fonds Solidaire 70 %, Banque Sociale 30 %",
            "Fonds Solidaire 70,5 %, Banque Sociale 29,5",
            "SIB029",
            "Fonds Solidaire 70,5 %, Banque Sociale 29,5",
            "« Fonds Solidaire 70,5 %, Banque Sociale 29,5 % »",
        ),
    ),
    "a name whose last word has no capital": (
        (
            "measure Tenancies is",
            "measure Comparison rate is a percentage at Final, reported by Audit Office\nmeasure Tenancies is",
            "SIB016",
            "Comparison rate",
            "write ‘Comparison Rate’",
        ),
        (
            "condition Insuffisance :",
            "condition Succès du programme : Inscrits est d'au moins 3\ncondition Insuffisance :",
            "SIB016",
            "Succès du programme",
            "« Succès du Programme »",
        ),
    ),
    "a name with several small words": (
        (
            "measure Tenancies is",
            "measure Rate of return to Work is a percentage at Final, reported by Audit Office\nmeasure Tenancies is",
            "SIB016",
            "Rate of return to Work",
            "‘Rate-of-return-to-Work’",
        ),
        (
            "mesure Assidus est",
            "mesure Taux de retour à l'Emploi est un taux lors de chaque Année, établi par Cabinet\nmesure Assidus est",
            "SIB016",
            "Taux de retour à l'Emploi",
            "« Taux-de-retour-à-l'Emploi »",
        ),
    ),
    "an evaluation after in": (
        (
            "condition Enough Tenancies: Tenancies",
            "condition Enough Tenancies: Tenancies in Final",
            "SIB104",
            "Tenancies in Final",
            "write ‘at Final’",
        ),
        (
            "condition Insuffisance : le Taux d'Assiduité",
            "condition Insuffisance : le Taux d'Assiduité en Année 1",
            "SIB104",
            "Taux d'Assiduité en Année 1",
            "« lors de l’Année 1 »",
        ),
    ),
    "an evaluation after for": (
        (
            "condition Enough Tenancies: Tenancies",
            "condition Enough Tenancies: Tenancies for Final",
            "SIB203",
            "Tenancies for Final",
            "write ‘Tenancies at Final’",
        ),
        (
            "condition Insuffisance : le Taux d'Assiduité",
            "condition Insuffisance : le Taux d'Assiduité pour l'Année 1",
            "SIB203",
            "Taux d'Assiduité pour l'Année 1",
            "« Taux d'Assiduité lors de l’Année 1 »",
        ),
    ),
    "an evaluation after another preposition": (
        (
            "condition Enough Tenancies: Tenancies",
            "condition Enough Tenancies: Tenancies on Final",
            "SIB011",
            "on",
            "write ‘at’",
        ),
        (
            "condition Insuffisance : le Taux d'Assiduité",
            "condition Insuffisance : le Taux d'Assiduité à l'Année 1",
            "SIB011",
            "à",
            "« lors de »",
        ),
    ),
    "an evaluation in the genitive": (
        None,
        (
            "condition Insuffisance : le Taux d'Assiduité",
            "condition Insuffisance : le Taux d'Assiduité de l'Année 1",
            "SIB202",
            "Taux d'Assiduité de l'Année 1",
            "« Taux d'Assiduité lors de l’Année 1 »",
        ),
    ),
}
LANGUAGES: Final[tuple[Language, Language]] = ("en", "fr")
ROWS: Final = [
    pytest.param(language, *row, id=f"{language}: {what}")
    for what, both in CLAUSES.items()
    for language, row in zip(LANGUAGES, both, strict=True)
    if row is not None
]


@pytest.mark.parametrize(("language", "sound", "written", "code", "place", "cure"), ROWS)
def test_a_clause_of_other_contracts_is_found_once_with_the_clause_to_write(
    language: Language, sound: str, written: str, code: str, place: str, cure: str
) -> None:
    assert sound in SOUND[language]
    source = Source("x.sib", SOUND[language].replace(sound, written, 1))
    findings = compile_contract(source).findings
    told = [(one.code, source.words(one.label.span) if one.label.span else "") for one in findings]
    assert told == [(code, place)]
    help_ = findings[0].help
    assert help_ is not None
    assert cure in say(help_, language).replace("\u00a0", " ").replace("\u202f", " ")
