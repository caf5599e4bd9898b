"""Clauses in the words of other contracts: one finding each, at those words, with the clause to write.

Each stands in both languages. To add a row: what it is, then for English and for French what stands in
the sound contract, what is written instead, the code, the words at its place, and words of its cure.
"""

from typing import Final

import pytest

from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source

ENGLISH: Final = """sibdsl 1 en

contract "Youth Homes Partnership"
currency GBP
term from 2026-01-01 to 2030-12-31

party County Council is outcome payer
party City Council is outcome payer
party Impact Fund is investor
party Social Bank is investor
party Home Start is service provider
party Audit Office is evaluator

group Commissioners is County Council 60%, City Council 40%
group Lenders is Impact Fund 70%, Social Bank 30%

funding Lenders provide GBP 400,000 to Home Start on 2026-01-15

evaluations Quarter quarterly from 2026-03-31 to 2029-12-31
evaluation Final on 2030-06-30

measure Tenancies is a count at Final, reported by Audit Office

rate card Tariff at each Quarter
  outcome Housed: GBP 1,500, once
  outcome Sustained: GBP 2,500, once, requires Housed at least 3 months before
  outcome Employed: GBP 3,000, once
  at most GBP 6,000 per participant

table Price by Tenancies, in steps
  from 40: GBP 150
  from 80: GBP 300
  from 120: GBP 450
  from 160: GBP 600
  otherwise: GBP 0

condition Enough Tenancies: Tenancies is at least 120

payment Outcome Payment at each Quarter
  the Commissioners pay Tariff to the Lenders
  due 30 days after evaluation, next business day in GB

payment Interest Payment at Final
  the Commissioners pay interest on GBP 400,000 at a rate of 4% per year, actual/365, from 2026-01-15 to 2030-06-30 to the Lenders
  when Enough Tenancies
  due 60 days after evaluation

payment Bonus at Final
  the Commissioners pay Price * Tenancies to Home Start
  due 60 days after evaluation

cap Bonus: GBP 30,000 per calendar year
cap paid by Commissioners: GBP 900,000
cap return of Lenders: 8% per year

example "one young person"
  given participant "A" claims Housed on 2026-02-01
  expect Tariff at Quarter 1 is GBP 1,500
  expect Outcome Payment at Quarter 1 is GBP 1,500
"""

FRENCH: Final = """sibdsl 1 fr

contrat « Retour à l'école »
devise EUR
durée du 2026-01-01 au 2030-12-31

partie Région est payeur
partie Fonds Solidaire est investisseur
partie Banque Sociale est investisseur
partie Association est opérateur
partie Cabinet est évaluateur

groupe Prêteurs est Fonds Solidaire 70 %, Banque Sociale 30 %

financement Fonds Solidaire apporte 300 000 EUR à l'Association le 2026-02-01

évaluations Trimestre trimestrielles du 2026-03-31 au 2029-12-31
évaluation Année 1 le 2027-06-30
évaluation Année 2 le 2028-06-30
évaluation Année 3 le 2029-06-30

mesure Inscrits est un effectif lors de chaque Année, établi par Cabinet
mesure Assidus est un effectif lors de chaque Année, établi par Cabinet

Taux d'Assiduité désigne Assidus / Inscrits ou à défaut 0 %

barème Prix de l'Élève selon Taux d'Assiduité, par paliers
  à partir de 20 % : 250 EUR
  à partir de 40 % : 500 EUR
  à partir de 50 % : 750 EUR
  à partir de 60 % : 1 000 EUR
  autrement : 0 EUR

grille tarifaire Tarif lors de chaque Trimestre
  résultat Inscription : 500 EUR, une fois
  résultat Diplôme : 900 EUR, une fois, suppose Inscription au moins 3 mois avant
  au plus 2 000 EUR par participant

condition Insuffisance : le Taux d'Assiduité est inférieur à 40 %

paiement Versement Annuel lors de chaque Année
  la Région verse Prix de l'Élève * Assidus au Fonds Solidaire
  sauf si Insuffisance
  échéance 60 jours après évaluation

paiement Versement du Tarif lors de chaque Trimestre
  la Région verse Tarif aux Prêteurs
  échéance 30 jours après évaluation

paiement Intérêts
  la Région verse intérêts sur 1 000 EUR au taux de 4 % par an, exact/365, du 2026-02-01 au 2029-06-30 au Fonds Solidaire
  échéance 60 jours après Année 3

paiement Malus lors de chaque Année
  l'Association verse 100 EUR * Inscrits à la Région
  lorsque Insuffisance
  échéance 90 jours après évaluation

plafond Versement Annuel : 120 000 EUR par année civile
plafond Malus : 30 000 EUR
plafond versé par Région : 900 000 EUR
plafond rendement du Fonds Solidaire : 9 % par an

exemple « la première année »
  étant donné que Inscrits lors de Année 1 vaut 100
  étant donné que Assidus lors de Année 1 vaut 62
  on attend que Versement Annuel lors de Année 1 soit de 62 000 EUR
"""

SOUND: Final[dict[Language, str]] = {"en": ENGLISH, "fr": FRENCH}

Mistake = tuple[str, str, str, str, str]
PHRASES: Final[dict[str, tuple[Mistake, Mistake]]] = {
    "a requirement without ‘at least’": (
        (
            "requires Housed at least 3 months",
            "requires Housed 3 months",
            "SIB029",
            "3",
            "‘at least’",
        ),
        (
            "suppose Inscription au moins 3 mois",
            "suppose Inscription 3 mois",
            "SIB029",
            "3",
            "au moins",
        ),
    ),
    "an outcome after another": (
        ("once, requires Housed", "once, after Housed", "SIB011", "after", "‘requires’"),
        (
            "une fois, suppose Inscription",
            "une fois, après Inscription",
            "SIB011",
            "après",
            "suppose",
        ),
    ),
    "a participant’s cap said otherwise": (
        (
            "at most GBP 6,000 per participant",
            "up to GBP 6,000 per participant",
            "SIB011",
            "up to",
            "‘at most’",
        ),
        (
            "au plus 2 000 EUR par participant",
            "dans la limite de 2 000 EUR par participant",
            "SIB011",
            "dans la limite de",
            "au plus",
        ),
    ),
    "a participant’s cap as a cap": (
        (
            "at most GBP 6,000 per participant",
            "cap GBP 6,000 per participant",
            "SIB011",
            "GBP 6,000",
            "‘at most GBP 6,000 per participant’",
        ),
        (
            "au plus 2 000 EUR par participant",
            "plafond 2 000 EUR par participant",
            "SIB011",
            "2 000 EUR",
            "au plus 2 000 EUR par participant",
        ),
    ),
    "shares joined by ‘and’": (
        ("60%, City Council", "60% and City Council", "SIB011", "and", "‘,’"),
        ("70 %, Banque Sociale", "70 % et Banque Sociale", "SIB011", "et", ","),
    ),
    "a cap in total": (
        ("GBP 900,000\n", "GBP 900,000 in total\n", "SIB011", "in total", "whole term"),
        ("900 000 EUR\n", "900 000 EUR en tout\n", "SIB011", "en tout", "toute la durée"),
    ),
    "a cap a year": (
        (
            "30,000 per calendar year",
            "30,000 per year",
            "SIB011",
            "per year",
            "‘per calendar year’",
        ),
        (
            "120 000 EUR par année civile",
            "120 000 EUR par an",
            "SIB011",
            "par an",
            "par année civile",
        ),
    ),
    "a return by the year": (
        ("8% per year", "8% per annum", "SIB011", "per annum", "‘per year’"),
        (
            "rendement du Fonds Solidaire : 9 % par an",
            "rendement du Fonds Solidaire : 9 % par année",
            "SIB011",
            "par année",
            "« par an »",
        ),
    ),
    "a return by the calendar year": (
        ("8% per year", "8% per calendar year", "SIB011", "per calendar year", "‘per year’"),
        (
            "rendement du Fonds Solidaire : 9 % par an",
            "rendement du Fonds Solidaire : 9 % annuel",
            "SIB011",
            "annuel",
            "« par an »",
        ),
    ),
    "the return of somebody": (
        (
            "return of Lenders",
            "Lenders' return",
            "SIB011",
            "Lenders' return",
            "‘return of Lenders’",
        ),
        (
            "plafond rendement du Fonds Solidaire",
            "plafond rendement annuel du Fonds Solidaire",
            "SIB011",
            "rendement annuel du Fonds Solidaire",
            "« rendement du Fonds Solidaire »",
        ),
    ),
    "a cap of an amount on something": (
        (
            "cap Bonus: GBP 30,000 per calendar year",
            "cap of GBP 30,000 on Bonus",
            "SIB011",
            "of GBP 30,000 on Bonus",
            "‘cap Bonus: GBP 30,000’",
        ),
        (
            "plafond Malus : 30 000 EUR",
            "plafond de 30 000 EUR sur Malus",
            "SIB011",
            "de 30 000 EUR sur Malus",
            "« plafond Malus : 30 000 EUR »",
        ),
    ),
    "a cap of an annual amount": (
        (
            "30,000 per calendar year",
            "30,000 annually",
            "SIB011",
            "annually",
            "‘per calendar year’",
        ),
        (
            "120 000 EUR par année civile",
            "120 000 EUR annuels",
            "SIB011",
            "annuels",
            "par année civile",
        ),
    ),
    "a cap ‘on’ something": (
        ("cap Bonus", "cap on Bonus", "SIB011", "on", "delete"),
        ("plafond Malus", "plafond du Malus", "SIB011", "du", "supprimez"),
    ),
    "an interval in other words": (
        ("Quarter quarterly", "Quarter every quarter", "SIB011", "every quarter", "‘quarterly’"),
        (
            "Trimestre trimestrielles",
            "Trimestre chaque trimestre",
            "SIB011",
            "chaque trimestre",
            "trimestrielle",
        ),
    ),
    "interest without a day count": (
        ("per year, actual/365, from", "per year, from", "SIB029", "from", "actual/365"),
        ("par an, exact/365, du", "par an, du", "SIB029", "du", "exact/365"),
    ),
    "a number of people": (
        (
            "a count at Final",
            "a number of people at Final",
            "SIB011",
            "a number of people",
            "‘a count’",
        ),
        (
            "mesure Inscrits est un effectif",
            "mesure Inscrits est un nombre de jeunes",
            "SIB011",
            "un nombre de jeunes",
            "un effectif",
        ),
    ),
    "a condition with ‘only’": (
        ("when Enough", "only if Enough", "SIB011", "only if", "‘when’"),
        (
            "lorsque Insuffisance\n  échéance 90",
            "seulement si Insuffisance\n  échéance 90",
            "SIB011",
            "seulement si",
            "lorsque",
        ),
    ),
    "a row with two bounds": (
        ("from 80: GBP", "from 80 up to 120: GBP", "SIB042", "up to", "second bound"),
        (
            "à partir de 50 % : 750",
            "à partir de 50 % jusqu'à 60 % : 750",
            "SIB042",
            "jusqu'à",
            "seconde borne",
        ),
    ),
    "a row that begins with its bound": (
        ("from 80: GBP", "80: GBP", "SIB042", "80", "‘from 80: …’"),
        ("à partir de 50 % : 750", "50 % : 750", "SIB042", "50 %", "à partir de 50 % : …"),
    ),
    "a statement by another word": (
        ("payment Bonus", "bonus Bonus", "SIB011", "bonus", "‘payment’"),
        ("paiement Malus", "malus Malus", "SIB011", "malus", "paiement"),
    ),
    "who reports, by another word": (
        ("reported by Audit", "certified by Audit", "SIB011", "certified by", "‘reported by’"),
        (
            "établi par Cabinet\nmesure Assidus",
            "constaté par Cabinet\nmesure Assidus",
            "SIB011",
            "constaté par",
            "établi par",
        ),
    ),
    "funding by another word": (
        ("Lenders provide GBP", "Lenders lend GBP", "SIB011", "lend", "‘provides’"),
        ("Solidaire apporte 300", "Solidaire prête 300", "SIB011", "prête", "apporte"),
    ),
    "a product with ‘x’": (
        ("Price * Tenancies", "Price x Tenancies", "SIB011", "x", "‘*’"),
        ("100 EUR * Inscrits", "100 EUR x Inscrits", "SIB011", "x", "*"),
    ),
    "a level that is not reached": (
        (
            "Tenancies is at least 120",
            "Tenancies falls short of 120",
            "SIB011",
            "falls short of",
            "‘is less than’",
        ),
        (
            "est inférieur à 40 %",
            "reste en deçà de 40 %",
            "SIB011",
            "reste en deçà de",
            "est inférieur à",
        ),
    ),
    "a delay in words, from the date of the evaluation": (
        (
            "due 30 days after evaluation,",
            "due within thirty days of the evaluation date,",
            "SIB040",
            "due within thirty days of the evaluation date",
            "‘due 30 days after evaluation’",
        ),
        (
            "échéance 90 jours après évaluation",
            "dans les trois mois suivant la date d'évaluation",
            "SIB040",
            "dans les trois mois suivant la date d'évaluation",
            "échéance 3 mois après évaluation",
        ),
    ),
    "a party in small letters behind an article": (
        ("Tariff to the Lenders", "Tariff to the lenders", "SIB035", "lenders", "‘Lenders’"),
        (
            "verse Tarif aux Prêteurs",
            "verse Tarif aux prêteurs",
            "SIB035",
            "prêteurs",
            "« Prêteurs »",
        ),
    ),
    "a name of two words in small letters": (
        (
            "Price * Tenancies to Home Start",
            "Price * Tenancies to home start",
            "SIB035",
            "home start",
            "‘Home Start’",
        ),
        ("* Inscrits à la Région\n", "* Inscrits à la région\n", "SIB035", "région", "« Région »"),
    ),
    "a level or more": (
        (
            "Tenancies is at least 120",
            "Tenancies is 120 or more",
            "SIB011",
            "is 120 or more",
            "‘is at least 120’",
        ),
        (
            "est inférieur à 40 %",
            "est de 40 % ou plus",
            "SIB011",
            "est de 40 % ou plus",
            "« est d'au moins 40 % »",
        ),
    ),
    "a level or less": (
        (
            "Tenancies is at least 120",
            "Tenancies is 120 or less",
            "SIB011",
            "is 120 or less",
            "‘is at most 120’",
        ),
        (
            "est inférieur à 40 %",
            "est de 40 % ou moins",
            "SIB011",
            "est de 40 % ou moins",
            "« est d'au plus 40 % »",
        ),
    ),
    "a level without its verb": (
        (
            "Tenancies is at least 120",
            "Tenancies at least 120",
            "SIB011",
            "at least",
            "‘is at least’",
        ),
        ("est inférieur à 40 %", "au plus 40 %", "SIB011", "au plus", "« est d'au plus »"),
    ),
    "two ends joined by ‘to’": (
        ("is at least 120", "is between 120 to 150", "SIB011", "to", "‘and’"),
        ("est inférieur à 40 %", "est compris entre 20 % à 40 %", "SIB011", "à", "« et »"),
    ),
    "an outcome without its price": (
        (
            "Employed: GBP 3,000, once",
            "Employed: once",
            "SIB029",
            "once",
            "‘outcome Housed: GBP 500, once’",
        ),
        (
            "Inscription : 500 EUR, une fois",
            "Inscription : une fois",
            "SIB029",
            "une fois",
            "le prix",
        ),
    ),
    "an outcome without its quotes": (
        (
            "outcome Employed:",
            "outcome Initial assessment:",
            "SIB010",
            "Initial assessment",
            "in quotes",
        ),
        (
            "résultat Diplôme :",
            "résultat Premier diplôme :",
            "SIB010",
            "Premier diplôme",
            "entre guillemets",
        ),
    ),
    "once, and no more": (
        ("GBP 3,000, once", "GBP 3,000, only once", "SIB011", "only once", "‘once’"),
        (
            "500 EUR, une fois",
            "500 EUR, une fois seulement",
            "SIB011",
            "une fois seulement",
            "« une fois »",
        ),
    ),
    "a requirement held for a time": (
        (
            "Housed at least 3 months before",
            "Housed for at least 3 months",
            "SIB011",
            "for at least 3 months",
            "‘at least 3 months before’",
        ),
        (
            "Inscription au moins 3 mois avant",
            "Inscription pendant au moins 3 mois",
            "SIB011",
            "pendant au moins 3 mois",
            "« au moins 3 mois avant »",
        ),
    ),
    "a time in weeks": (
        ("at least 3 months before", "at least 13 weeks before", "SIB011", "13 weeks", "‘91 days’"),
        (
            "au moins 3 mois avant",
            "au moins 13 semaines avant",
            "SIB011",
            "13 semaines",
            "« 91 jours »",
        ),
    ),
    "a table by another word": (
        ("Price by Tenancies", "Price according to Tenancies", "SIB011", "according to", "‘by’"),
        ("l'Élève selon Taux", "l'Élève par Taux", "SIB011", "par", "« selon »"),
    ),
    "a choice that ends early": (
        (
            "pay Price * Tenancies to",
            "pay if Enough Tenancies then GBP 500 to",
            "SIB029",
            "to",
            "‘else GBP 0’",
        ),
        (
            "verse 100 EUR * Inscrits à",
            "verse si Insuffisance alors 100 EUR à",
            "SIB029",
            "à",
            "« sinon 0 EUR »",
        ),
    ),
    "a due date before the payer": (
        (
            "payment Bonus at Final\n",
            "payment Bonus at Final\n  due 60 days after evaluation\n",
            "SIB010",
            "due",
            "‘X pays … to Y’",
        ),
        (
            "paiement Malus lors de chaque Année\n",
            "paiement Malus lors de chaque Année\n  échéance 90 jours après évaluation\n",
            "SIB010",
            "échéance",
            "« X verse … à Y »",
        ),
    ),
    "a delay of a payment made once, from no day": (
        (
            "due 60 days after evaluation\n\npayment Bonus",
            "within 60 days\n\npayment Bonus",
            "SIB040",
            "within 60 days",
            "‘due 60 days after evaluation’",
        ),
        (
            "échéance 60 jours après Année 3",
            "échéance sous 60 jours",
            "SIB040",
            "échéance sous 60 jours",
            "« échéance 60 jours après … »",
        ),
    ),
    "the number of a paragraph": (
        ("party Audit Office", "3. party Audit Office", "SIB043", "3.", "# 3."),
        ("partie Cabinet", "(b) partie Cabinet", "SIB043", "(b)", "# (b)"),
    ),
    "a soft hyphen in a word": (
        ("is at least 120", "is at le\u00adast 120", "SIB015", "\u00ad", "type them again"),
        ("est inférieur à 40 %", "est infé\u00adrieur à 40 %", "SIB015", "\u00ad", "retapez"),
    ),
    "a rank after a name cut short": (
        (
            "payment Bonus at Final\n",
            "payment Bonus at Final ranks after Interest\n",
            "SIB202",
            "Interest",
            "‘Interest Payment’",
        ),
        (
            "paiement Malus lors de chaque Année\n",
            "paiement Malus lors de chaque Année prend rang après Annuel\n",
            "SIB202",
            "Annuel",
            "« Versement Annuel »",
        ),
    ),
    "an amount with a word for it": (
        (
            "pay Price * Tenancies to",
            "pay a malus of GBP 100 to",
            "SIB011",
            "a malus of GBP 100",
            "‘GBP 100’",
        ),
        (
            "verse 100 EUR * Inscrits à",
            "verse un malus de 100 EUR à",
            "SIB011",
            "un malus de 100 EUR",
            "« 100 EUR »",
        ),
    ),
    "the lowest of two values": (
        (
            "pay Price * Tenancies to",
            "pay the lowest of GBP 100 and Price to",
            "SIB041",
            "the lowest of GBP 100 and Price",
            "‘the lesser of (GBP 100; Price)’",
        ),
        (
            "verse 100 EUR * Inscrits à",
            "verse le minimum de 100 EUR et de 50 EUR à",
            "SIB041",
            "le minimum de 100 EUR et de 50 EUR",
            "« le moindre de (100 EUR ; 50 EUR) »",
        ),
    ),
    "the lowest of two results": (
        (
            "pay Price * Tenancies to",
            "pay the lowest of Price and Price to",
            "SIB550",
            "the lowest of Price and Price",
            "‘the lesser of (Price; Price)’",
        ),
        (
            "verse Prix de l'Élève * Assidus au",
            "verse le minimum de Inscrits et Assidus au",
            "SIB550",
            "le minimum de Inscrits et Assidus",
            "« le moindre de (Inscrits ; Assidus) »",
        ),
    ),
    "an outcome that begins with a small letter": (
        ("outcome Employed:", "outcome entry to work:", "SIB010", "entry to work", "in quotes"),
        (
            "résultat Diplôme :",
            "résultat premier diplôme :",
            "SIB010",
            "premier diplôme",
            "entre guillemets",
        ),
    ),
    "a cap ‘at’ an amount": (
        ("cap Bonus: GBP", "cap Bonus at GBP", "SIB011", "at", "‘:’"),
        ("plafond Malus : 30", "plafond Malus à 30", "SIB011", "à", "« : »"),
    ),
    "a level before what reaches it": (
        (
            "when Enough Tenancies",
            "when at least 100 Tenancies",
            "SIB011",
            "at least 100 Tenancies",
            "‘Tenancies is at least 100’",
        ),
        (
            "est inférieur à 40 %",
            "est inférieur à 40 % et au moins 5 Inscrits",
            "SIB011",
            "au moins 5 Inscrits",
            "« Inscrits est d'au moins 5 »",
        ),
    ),
    "a delay in weeks": (
        (
            "due 30 days after evaluation,",
            "within 8 weeks of evaluation,",
            "SIB040",
            "within 8 weeks of evaluation",
            "‘due 56 days after evaluation’",
        ),
        (
            "échéance 90 jours après évaluation",
            "sous 8 semaines",
            "SIB040",
            "sous 8 semaines",
            "échéance 56 jours après évaluation",
        ),
    ),
}
ROWS: Final = [
    pytest.param(language, *mistake, id=f"{language}: {what}")
    for what, both in PHRASES.items()
    for language, mistake in zip(SOUND, both, strict=True)
]


@pytest.mark.parametrize("language", SOUND)
def test_the_sound_contract_has_no_finding(language: Language) -> None:
    assert compile_contract(Source("x.sib", SOUND[language])).findings == ()


@pytest.mark.parametrize(("language", "sound", "written", "code", "place", "cure"), ROWS)
def test_a_phrase_of_other_contracts_is_found_once_with_the_clause_to_write(
    language: Language, sound: str, written: str, code: str, place: str, cure: str
) -> None:
    assert sound in SOUND[language]
    source = Source("x.sib", SOUND[language].replace(sound, written, 1))
    [finding] = compile_contract(source).findings
    assert finding.label.span is not None
    assert (finding.code, source.words(finding.label.span)) == (code, place)
    assert finding.help is not None
    assert cure in say(finding.help, language).replace("\u00a0", " ").replace("\u202f", " ")


def test_every_number_of_a_contract_is_found_and_its_statements_are_read() -> None:
    """A contract with numbered paragraphs: nothing else is wrong with it."""
    blocks = ENGLISH.split("\n\n")
    numbered = [blocks[0], *(f"{number}. {block}" for number, block in enumerate(blocks[1:], 1))]
    source = Source("x.sib", "\n\n".join(numbered))
    findings = compile_contract(source).findings
    assert [finding.code for finding in findings] == ["SIB043"] * (len(blocks) - 1)


@pytest.mark.parametrize(
    ("language", "outcome", "named", "place"),
    [
        ("en", 'outcome "Home found": GBP 9, once', "requires Home found", "Home found"),
        (
            "fr",
            "résultat « Logement trouvé » : 9 EUR, une fois",
            "suppose Logement trouvé",
            "Logement trouvé",
        ),
    ],
)
def test_an_outcome_that_is_required_without_its_quotes_is_found_where_it_is_named(
    language: Language, outcome: str, named: str, place: str
) -> None:
    first, required = {
        "en": ("outcome Housed", "requires Housed"),
        "fr": ("résultat Inscription", "suppose Inscription"),
    }[language]
    text = SOUND[language].replace(first, f"{outcome}\n  {first}", 1).replace(required, named, 1)
    source = Source("x.sib", text)
    [finding] = compile_contract(source).findings
    assert finding.label.span is not None
    assert (finding.code, source.words(finding.label.span)) == ("SIB010", place)
