"""Contracts that read and mean the wrong thing: one mistake, one finding, at its words, with its cure.

Each mistake stands in both languages. To add a row: what it is, the language, what stands in the sound
contract and what is written instead (nothing stands there: it is added at the end), the code, the
words at the place of the finding, and words that its cure holds.
"""

from typing import Final

import pytest

from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.pipeline import compile_contract
from sibdsl.source import Source

ENGLISH: Final = """sibdsl 1 en
contract "Steps to Work"
currency GBP
term from 2020-01-01 to 2026-12-31
party City is outcome payer
party Fund is investor
party Bank is investor
party Charity is service provider
party Auditor is evaluator
group Lenders is Fund 60%, Bank 40%
funding Fund provides GBP 300,000 to Charity on 2020-01-01
funding Bank provides GBP 200,000 to Charity on 2020-01-01
evaluation Cohort 1 on 2022-03-31
evaluation Cohort 2 on 2023-03-31
evaluation Final on 2024-06-30
measure Participants is a count at each Cohort, reported by Auditor
measure Job Rate is a percentage at each Cohort, reported by Auditor
measure Comparison Rate is a percentage at each Cohort, reported by Auditor
measure Savings is an amount at Final, reported by Auditor
measure Score is a number at Final, reported by Auditor
Difference means Job Rate - Comparison Rate
condition Success: Difference is at least 3 points
table Tariff by Job Rate, in steps
  from 20%: GBP 100
  from 40%: GBP 150
  from 60%: GBP 200
  otherwise: GBP 50
table Gain by Difference, marginal
  from 0 points: GBP 1,000 per point
rate card Milestones at each Cohort
  outcome Started: GBP 500, once
  outcome Qualified: GBP 900, once, requires Started
payment Milestone Payment at each Cohort
  City pays Milestones to Charity
  due 30 days after evaluation
payment Outcome Payment at each Cohort
  City pays Tariff * Participants + Gain to Lenders
  when Success
  due 60 days after evaluation
payment Final Payment at Final
  City pays the lesser of (10% * Savings; GBP 50,000) to Lenders
  when Score is at least 5 and Savings is more than GBP 0
  due 2024-12-31
cap City: GBP 800,000
cap Milestone Payment: GBP 100,000 per evaluation
cap return of Lenders: 13% per year
example "the first cohort"
  given Participants at Cohort 1 is 100
  given Job Rate at Cohort 1 is 45%
  given Comparison Rate at Cohort 1 is 40%
  given participant "A" claims Started on 2021-05-01
  expect Difference at Cohort 1 is 5 points
  expect Outcome Payment at Cohort 1 is GBP 20,000
"""

FRENCH: Final = """sibdsl 1 fr
contrat « Vers l'emploi »
devise EUR
durée du 2020-01-01 au 2026-12-31
partie Ville est payeur
partie Fonds est investisseur
partie Banque est investisseur
partie Association est opérateur
partie Auditeur est évaluateur
groupe Prêteurs est Fonds 60 %, Banque 40 %
financement Fonds apporte 300 000 EUR à l'Association le 2020-01-01
financement Banque apporte 200 000 EUR à l'Association le 2020-01-01
évaluation Cohorte 1 le 2022-03-31
évaluation Cohorte 2 le 2023-03-31
évaluation Finale le 2024-06-30
mesure Participants est un effectif à chaque Cohorte, établi par Auditeur
mesure Taux de Retour est un taux à chaque Cohorte, établi par Auditeur
mesure Taux Témoin est un taux à chaque Cohorte, établi par Auditeur
mesure Économies est un montant lors de Finale, établi par Auditeur
mesure Score est un nombre lors de Finale, établi par Auditeur
Écart désigne le Taux de Retour - le Taux Témoin
condition Succès : Écart est d'au moins 3 points
barème Tarif selon Taux de Retour, par paliers
  à partir de 20 % : 100 EUR
  à partir de 40 % : 150 EUR
  à partir de 60 % : 200 EUR
  autrement : 50 EUR
barème Gain selon Écart, par tranches
  à partir de 0 points : 1 000 EUR par point
grille tarifaire Étapes à chaque Cohorte
  résultat Entrée : 500 EUR, une fois
  résultat Diplôme : 900 EUR, une fois, suppose Entrée
paiement Paiement des Étapes à chaque Cohorte
  la Ville verse Étapes à l'Association
  échéance 30 jours après évaluation
paiement Paiement des Résultats à chaque Cohorte
  la Ville verse Tarif * Participants + Gain aux Prêteurs
  lorsque Succès
  échéance 60 jours après évaluation
paiement Paiement Final lors de Finale
  la Ville verse le moindre de (10 % * Économies ; 50 000 EUR) aux Prêteurs
  lorsque Score est d'au moins 5 et Économies est supérieur à 0 EUR
  échéance 2024-12-31
plafond Ville : 800 000 EUR
plafond Paiement des Étapes : 100 000 EUR par évaluation
plafond rendement des Prêteurs : 13 % par an
exemple « la première cohorte »
  étant donné que Participants lors de Cohorte 1 est 100
  étant donné que le Taux de Retour lors de Cohorte 1 est de 45 %
  étant donné que le Taux Témoin lors de Cohorte 1 est de 40 %
  étant donné que le participant « A » fait valoir Entrée le 2021-05-01
  on attend que l'Écart lors de Cohorte 1 soit de 5 points
  on attend que le Paiement des Résultats lors de Cohorte 1 soit de 20 000 EUR
"""

SOUND: Final[dict[Language, str]] = {"en": ENGLISH, "fr": FRENCH}

EXAMPLES: Final[dict[Language, str]] = {
    "en": ENGLISH[ENGLISH.index("example ") :],
    "fr": FRENCH[FRENCH.index("exemple ") :],
}
"""The worked example of each."""

Change = tuple[str, str]
Mistake = tuple[str, Language, tuple[Change, ...], str, str, str]
MISTAKES: Final[list[Mistake]] = [
    (
        "a name misspelt",
        "en",
        (("City pays Tariff *", "City pays Tarif *"),),
        "SIB202",
        "Tarif",
        "Tariff",
    ),
    ("a name misspelt", "fr", (("verse Tarif *", "verse Tariff *"),), "SIB202", "Tariff", "Tarif"),
    (
        "a percentage where points are meant",
        "en",
        (("at least 3 points", "at least 3%"),),
        "SIB301",
        "Difference is at least 3%",
        "3 points",
    ),
    (
        "a percentage where points are meant",
        "fr",
        (("au moins 3 points", "au moins 3 %"),),
        "SIB301",
        "Écart est d'au moins 3 %",
        "3\u00a0points",
    ),
    (
        "a bare decimal for a percentage",
        "en",
        (("", "condition High: Job Rate is at least 0.75"),),
        "SIB302",
        "Job Rate is at least 0.75",
        "75%",
    ),
    (
        "a bare decimal for a percentage",
        "fr",
        (("", "condition Haut : Taux de Retour est d'au moins 0,75"),),
        "SIB302",
        "Taux de Retour est d'au moins 0,75",
        "75\u00a0%",
    ),
    (
        "a percentage added to a percentage",
        "en",
        (("", "Raised means Job Rate + 5%"),),
        "SIB304",
        "Job Rate + 5%",
        "+ 5 points",
    ),
    (
        "a percentage added to a percentage",
        "fr",
        (("", "Relevé désigne Taux de Retour + 5 %"),),
        "SIB304",
        "Taux de Retour + 5 %",
        "+ 5\u00a0points",
    ),
    (
        "an amount compared with a bare nought",
        "en",
        (("more than GBP 0", "more than 0"),),
        "SIB303",
        "Savings is more than 0",
        "GBP 0.00",
    ),
    (
        "an amount compared with a bare nought",
        "fr",
        (("supérieur à 0 EUR", "supérieur à 0"),),
        "SIB303",
        "Économies est supérieur à 0",
        "0,00\u00a0EUR",
    ),
    (
        "a percentage taken from points",
        "en",
        (("", "Rest means Difference - 2%"),),
        "SIB306",
        "Difference - 2%",
        "- 2 points",
    ),
    (
        "a percentage taken from points",
        "fr",
        (("", "Reste désigne Écart - 2 %"),),
        "SIB306",
        "Écart - 2 %",
        "- 2\u00a0points",
    ),
    (
        "an amount times points",
        "en",
        (("", "Prize means GBP 100 * Difference"),),
        "SIB307",
        "GBP 100 * Difference",
        "points in Difference",
    ),
    (
        "an amount times points",
        "fr",
        (("", "Prime désigne 100 EUR * Écart"),),
        "SIB307",
        "100 EUR * Écart",
        "points dans Écart",
    ),
    (
        "a count with decimals in an example",
        "en",
        (("Cohort 1 is 100\n", "Cohort 1 is 100.5\n"),),
        "SIB326",
        "100.5",
        "a number",
    ),
    (
        "a count with decimals in an example",
        "fr",
        (("Cohorte 1 est 100\n", "Cohorte 1 est 100,5\n"),),
        "SIB326",
        "100,5",
        "un nombre",
    ),
    (
        "a band out of order",
        "en",
        (("from 60%: GBP 200", "from 30%: GBP 200"),),
        "SIB501",
        "30%",
        "put the rows in order, the lowest first, and each bound once",
    ),
    (
        "a band out of order",
        "fr",
        (("de 60 % : 200 EUR", "de 30 % : 200 EUR"),),
        "SIB501",
        "30 %",
        "mettez les lignes dans l’ordre, la plus",
    ),
    (
        "the same bound twice",
        "en",
        (("from 60%: GBP 200", "from 40%: GBP 200"),),
        "SIB501",
        "40%",
        "put the rows in order, the lowest first, and each bound once",
    ),
    (
        "the same bound twice",
        "fr",
        (("de 60 % : 200 EUR", "de 40 % : 200 EUR"),),
        "SIB501",
        "40 %",
        "mettez les lignes dans l’ordre, la plus",
    ),
    (
        "a missing otherwise",
        "en",
        (("  otherwise: GBP 50\n", ""),),
        "SIB503",
        "Tariff",
        "write after the last row: otherwise: GBP 0.00",
    ),
    (
        "a missing otherwise",
        "fr",
        (("  autrement : 50 EUR\n", ""),),
        "SIB503",
        "Tarif",
        "écrivez après la dernière ligne\u00a0: autrement\u00a0: 0,00\u00a0EUR",
    ),
    (
        "an otherwise in a marginal table",
        "en",
        (("1,000 per point", "1,000 per point\n  otherwise: GBP 0"),),
        "SIB504",
        "GBP 0",
        "delete the otherwise; for a rate before",
    ),
    (
        "an otherwise in a marginal table",
        "fr",
        (("1 000 EUR par point", "1 000 EUR par point\n  autrement : 0 EUR"),),
        "SIB504",
        "0 EUR",
        "autrement",
    ),
    ("a rate per what", "en", ((" per point", ""),), "SIB318", "GBP 1,000", "per point"),
    ("a rate per what", "fr", ((" par point", ""),), "SIB318", "1 000 EUR", "par point"),
    (
        "two currencies in one sum",
        "en",
        (("Tariff * Participants + Gain", "Tariff * Participants + USD 100"),),
        "SIB308",
        "Tariff * Participants + USD 100",
        "… in USD",
    ),
    (
        "two currencies in one sum",
        "fr",
        (("Tarif * Participants + Gain", "Tarif * Participants + 100 USD"),),
        "SIB308",
        "Tarif * Participants + 100 USD",
        "… en USD",
    ),
    (
        "no exchange rate",
        "en",
        (("", "Foreign means Savings in USD"),),
        "SIB309",
        "Savings in USD",
        "exchange rate GBP 1 is USD …",
    ),
    (
        "no exchange rate",
        "fr",
        (("", "Ailleurs désigne Économies en USD"),),
        "SIB309",
        "Économies en USD",
        "taux de change 1 EUR est … USD",
    ),
    (
        "a date outside the term",
        "en",
        (
            (
                "Fund provides GBP 300,000 to Charity on 2020-01-01",
                "Fund provides GBP 300,000 to Charity on 2019-12-31",
            ),
        ),
        "SIB402",
        "2019-12-31",
        "mend the date, or let the term cover it",
    ),
    (
        "a date outside the term",
        "fr",
        (
            (
                "Fonds apporte 300 000 EUR à l'Association le 2020-01-01",
                "Fonds apporte 300 000 EUR à l'Association le 2019-12-31",
            ),
        ),
        "SIB402",
        "2019-12-31",
        "corrigez la date, ou étendez la durée du contrat",
    ),
    (
        "a term that ends before it starts",
        "en",
        (("from 2020-01-01 to 2026-12-31", "from 2026-12-31 to 2020-01-01"),),
        "SIB401",
        "term from 2026-12-31 to 2020-01-01",
        "write the first day first: term from",
    ),
    (
        "a term that ends before it starts",
        "fr",
        (("du 2020-01-01 au 2026-12-31", "du 2026-12-31 au 2020-01-01"),),
        "SIB401",
        "durée du 2026-12-31 au 2020-01-01",
        "écrivez d’abord le premier jour\u00a0: durée du",
    ),
    (
        "a term that rests on itself",
        "en",
        (("", "Base means Base * 110%"),),
        "SIB227",
        "Base",
        "at previous evaluation",
    ),
    (
        "a term that rests on itself",
        "fr",
        (("", "Base désigne Base * 110 %"),),
        "SIB227",
        "Base",
        "lors de l’évaluation précédente",
    ),
    (
        "two terms that rest on each other",
        "en",
        (("", "Base means Top / 2\nTop means Base * 2"),),
        "SIB227",
        "Base",
        "at previous evaluation",
    ),
    (
        "two terms that rest on each other",
        "fr",
        (("", "Base désigne Haut / 2\nHaut désigne Base * 2"),),
        "SIB227",
        "Base",
        "lors de l’évaluation précédente",
    ),
    (
        "three terms in a circle",
        "en",
        (("", "Base means Middle + GBP 1\nMiddle means Top / 2\nTop means Base * 2"),),
        "SIB227",
        "Base",
        "at previous evaluation",
    ),
    (
        "three terms in a circle",
        "fr",
        (("", "Base désigne Milieu + 1 EUR\nMilieu désigne Haut / 2\nHaut désigne Base * 2"),),
        "SIB227",
        "Base",
        "lors de l’évaluation précédente",
    ),
    (
        "shares of 99 %",
        "en",
        (("Bank 40%", "Bank 39%"),),
        "SIB120",
        "group Lenders is Fund 60%, Bank 39%",
        "write, if the other shares are right: Bank 40%",
    ),
    (
        "shares of 99 %",
        "fr",
        (("Banque 40 %", "Banque 39 %"),),
        "SIB120",
        "groupe Prêteurs est Fonds 60 %, Banque 39 %",
        "écrivez, si les autres parts sont justes\u00a0: Banque 40\u00a0%",
    ),
    (
        "a member that is not declared",
        "en",
        (("Fund 60%, Bank 40%", "Fund 60%, Trust 40%"),),
        "SIB202",
        "Trust",
        "Trust",
    ),
    (
        "a member that is not declared",
        "fr",
        (("Fonds 60 %, Banque 40 %", "Fonds 60 %, Mutuelle 40 %"),),
        "SIB202",
        "Mutuelle",
        "Mutuelle",
    ),
    (
        "a waterfall without a limit first",
        "en",
        (
            (
                "group Lenders is Fund 60%, Bank 40%",
                "group Lenders is Fund, then Bank up to GBP 200,000",
            ),
        ),
        "SIB124",
        "Fund",
        "say up to how much, for example: Fund up to GBP 1,000,000.00",
    ),
    (
        "a waterfall without a limit first",
        "fr",
        (
            (
                "groupe Prêteurs est Fonds 60 %, Banque 40 %",
                "groupe Prêteurs est Fonds, puis Banque jusqu'à 200 000 EUR",
            ),
        ),
        "SIB124",
        "Fonds",
        "dites jusqu’à combien, par exemple\u00a0: Fonds à",
    ),
    (
        "an evaluator who invests",
        "en",
        (("party Auditor is evaluator", "party Auditor is evaluator and investor"),),
        "SIB110",
        "party Auditor is evaluator and investor",
        "give the evaluation to a party without",
    ),
    (
        "an evaluator who invests",
        "fr",
        (("partie Auditeur est évaluateur", "partie Auditeur est évaluateur et investisseur"),),
        "SIB110",
        "partie Auditeur est évaluateur et investisseur",
        "confiez l’évaluation à une partie que le",
    ),
    (
        "a name declared twice",
        "en",
        (("", "Difference means Job Rate - Comparison Rate"),),
        "SIB201",
        "Difference",
        "give one of the two another name",
    ),
    (
        "a name declared twice",
        "fr",
        (("", "Écart désigne le Taux de Retour - le Taux Témoin"),),
        "SIB201",
        "Écart",
        "donnez un autre nom à l’un des deux",
    ),
    (
        "the use of a payment that ranks later",
        "en",
        (("when Success", "when Success and Final Payment at Final is at least GBP 1"),),
        "SIB513",
        "Final Payment at Final",
        "Outcome Payment",
    ),
    (
        "the use of a payment that ranks later",
        "fr",
        (
            (
                "lorsque Succès",
                "lorsque Succès et Paiement Final lors de Finale est d'au moins 1 EUR",
            ),
        ),
        "SIB513",
        "Paiement Final lors de Finale",
        "Paiement des Résultats",
    ),
    (
        "a payment due before its evaluation",
        "en",
        (("due 2024-12-31", "due 2024-01-31"),),
        "SIB407",
        "Savings",
        "let it fall due later (due 30",
    ),
    (
        "a payment due before its evaluation",
        "fr",
        (("échéance 2024-12-31", "échéance 2024-01-31"),),
        "SIB407",
        "Économies",
        "repoussez l’échéance (échéance 30 jours après Finale),",
    ),
    (
        "ranks after a payment due later",
        "en",
        (
            (
                "payment Outcome Payment at each Cohort",
                "payment Outcome Payment at each Cohort ranks after Final Payment",
            ),
        ),
        "SIB512",
        "Final Payment",
        "ranks after",
    ),
    (
        "ranks after a payment due later",
        "fr",
        (
            (
                "Paiement des Résultats à chaque Cohorte",
                "Paiement des Résultats à chaque Cohorte prend rang après Paiement Final",
            ),
        ),
        "SIB512",
        "Paiement Final",
        "prend rang après",
    ),
    (
        "two payments that rank after each other",
        "en",
        (
            (
                "payment Outcome Payment at each Cohort",
                "payment Outcome Payment at each Cohort ranks after Milestone Payment",
            ),
            (
                "payment Milestone Payment at each Cohort",
                "payment Milestone Payment at each Cohort ranks after Outcome Payment",
            ),
        ),
        "SIB511",
        "Milestone Payment",
        "ranks after",
    ),
    (
        "two payments that rank after each other",
        "fr",
        (
            (
                "Paiement des Résultats à chaque Cohorte",
                "Paiement des Résultats à chaque Cohorte prend rang après Paiement des Étapes",
            ),
            (
                "paiement Paiement des Étapes à chaque Cohorte",
                "paiement Paiement des Étapes à chaque Cohorte prend rang après Paiement des Résultats",
            ),
        ),
        "SIB511",
        "Paiement des Étapes",
        "prend rang après",
    ),
    (
        "bare use across two series",
        "en",
        (("when Score is at least 5", "when Job Rate is at least 5%"),),
        "SIB220",
        "Job Rate",
        "Job Rate at Cohort 2",
    ),
    (
        "bare use across two series",
        "fr",
        (("lorsque Score est d'au moins 5", "lorsque Taux de Retour est d'au moins 5 %"),),
        "SIB220",
        "Taux de Retour",
        "Taux de Retour lors de Cohorte 2",
    ),
    (
        "each evaluation of two series",
        "en",
        (("payment Outcome Payment at each Cohort", "payment Outcome Payment at each evaluation"),),
        "SIB222",
        "at each evaluation",
        "at each Cohort",
    ),
    (
        "each evaluation of two series",
        "fr",
        (
            (
                "Paiement des Résultats à chaque Cohorte",
                "Paiement des Résultats à chaque évaluation",
            ),
        ),
        "SIB222",
        "à chaque évaluation",
        "à chaque Cohorte",
    ),
    (
        "a term of a series where there is none",
        "en",
        (
            (
                "due 2024-12-31",
                "due 2024-12-31\npayment Grant\n  City pays GBP 100 to Charity\n  when Success\n  due 2023-12-31",
            ),
        ),
        "SIB221",
        "Success",
        "Success at Cohort 2",
    ),
    (
        "a term of a series where there is none",
        "fr",
        (
            (
                "échéance 2024-12-31",
                "échéance 2024-12-31\npaiement Subvention\n  la Ville verse 100 EUR à l'Association\n  lorsque Succès\n  échéance 2023-12-31",
            ),
        ),
        "SIB221",
        "Succès",
        "Succès lors de Cohorte 2",
    ),
    (
        "the evaluation before, of what exists once",
        "en",
        (
            (
                "",
                "measure Places is a count, reported by Auditor\nEarlier means Places at previous evaluation",
            ),
        ),
        "SIB224",
        "Places at previous evaluation",
        "Places",
    ),
    (
        "the evaluation before, of what exists once",
        "fr",
        (
            (
                "",
                "mesure Places est un effectif, établi par Auditeur\nAntérieur désigne Places lors de l'évaluation précédente",
            ),
        ),
        "SIB224",
        "Places lors de l'évaluation précédente",
        "Places",
    ),
    (
        "the evaluation before, where none is at hand",
        "en",
        (("", "cap paid by City: GBP 1 * (Participants at previous evaluation)"),),
        "SIB225",
        "Participants at previous evaluation",
        "Participants at Cohort 2",
    ),
    (
        "the evaluation before, where none is at hand",
        "fr",
        (("", "plafond versé par Ville : 1 EUR * (Participants lors de l'évaluation précédente)"),),
        "SIB225",
        "Participants lors de l'évaluation précédente",
        "Participants lors de Cohorte 2",
    ),
    (
        "the total of what exists once",
        "en",
        (("", "measure Places is a count, reported by Auditor\nAll Places means total of Places"),),
        "SIB226",
        "Places",
        "Places",
    ),
    (
        "the total of what exists once",
        "fr",
        (
            (
                "",
                "mesure Places est un effectif, établi par Auditeur\nToutes Places désigne total des Places",
            ),
        ),
        "SIB226",
        "Places",
        "Places",
    ),
    (
        "a cap on what is never paid",
        "en",
        (("", "cap Auditor: GBP 100"),),
        "SIB521",
        "Auditor",
        "name a party that pays or is paid, or delete the cap",
    ),
    (
        "a cap on what is never paid",
        "fr",
        (("", "plafond Auditeur : 100 EUR"),),
        "SIB521",
        "Auditeur",
        "nommez une partie qui verse ou qui",
    ),
    (
        "a plain cap on who pays and receives",
        "en",
        (
            (
                "cap City: GBP 800,000",
                "payment Malus\n  Charity pays GBP 100 to City\n  due 2024-12-31\ncap City: GBP 800,000",
            ),
        ),
        "SIB520",
        "City",
        "write: cap paid by City, or: cap paid to City",
    ),
    (
        "a plain cap on who pays and receives",
        "fr",
        (
            (
                "plafond Ville : 800 000 EUR",
                "paiement Malus\n  l'Association verse 100 EUR à la Ville\n  échéance 2024-12-31\nplafond Ville : 800 000 EUR",
            ),
        ),
        "SIB520",
        "Ville",
        "écrivez\u00a0: plafond versé par Ville, ou\u00a0: plafond",
    ),
    (
        "a cap on return without funding",
        "en",
        (("cap return of Lenders", "cap return of Charity"),),
        "SIB528",
        "Charity",
        "say what it provides: funding Charity provides",
    ),
    (
        "a cap on return without funding",
        "fr",
        (("rendement des Prêteurs", "rendement de l'Association"),),
        "SIB528",
        "Association",
        "dites ce qu’elle apporte\u00a0: financement Association apporte",
    ),
    (
        "a cap on a party by a term of each evaluation",
        "en",
        (("cap City: GBP 800,000", "cap City: GBP 100 * Participants"),),
        "SIB221",
        "Participants",
        "Participants at Cohort 2",
    ),
    (
        "a cap on a party by a term of each evaluation",
        "fr",
        (("plafond Ville : 800 000 EUR", "plafond Ville : 100 EUR * Participants"),),
        "SIB221",
        "Participants",
        "Participants lors de Cohorte 2",
    ),
    (
        "a cap by a term of each evaluation, without saying per evaluation",
        "en",
        (("GBP 100,000 per evaluation", "GBP 100 * Participants"),),
        "SIB221",
        "Participants",
        "Participants at Cohort 2",
    ),
    (
        "a cap by a term of each evaluation, without saying per evaluation",
        "fr",
        (("100 000 EUR par évaluation", "100 EUR * Participants"),),
        "SIB221",
        "Participants",
        "Participants lors de Cohorte 2",
    ),
    (
        "a cap per evaluation on what is paid once",
        "en",
        (
            (
                "",
                "payment Grant\n  City pays GBP 5 to Charity\n  due 2024-12-31\ncap Grant: GBP 4 per evaluation",
            ),
        ),
        "SIB524",
        "per evaluation",
        "name in the cap only payments made",
    ),
    (
        "a cap per evaluation on what is paid once",
        "fr",
        (
            (
                "",
                "paiement Subvention\n  la Ville verse 5 EUR à l'Association\n  échéance 2024-12-31\nplafond Subvention : 4 EUR par évaluation",
            ),
        ),
        "SIB524",
        "par évaluation",
        "ne nommez dans le plafond que des",
    ),
    (
        "a card's outcome that requires itself",
        "en",
        (("requires Started", "requires Qualified"),),
        "SIB534",
        "Qualified",
        "requires",
    ),
    (
        "a card's outcome that requires itself",
        "fr",
        (("suppose Entrée", "suppose Diplôme"),),
        "SIB534",
        "Diplôme",
        "suppose",
    ),
    (
        "a required outcome that there is not",
        "en",
        (("requires Started", "requires Enrolled"),),
        "SIB208",
        "Enrolled",
        "write the outcome as it stands on",
    ),
    (
        "a required outcome that there is not",
        "fr",
        (("suppose Entrée", "suppose Inscription"),),
        "SIB208",
        "Inscription",
        "Entrée",
    ),
    (
        "an example that does not hold",
        "en",
        (("is GBP 20,000", "is GBP 25,000"),),
        "SIB720",
        "expect Outcome Payment at Cohort 1 is GBP 25,000",
        "correct the expectation, or the clause that it rests on",
    ),
    (
        "an example that does not hold",
        "fr",
        (("soit de 20 000 EUR", "soit de 25 000 EUR"),),
        "SIB720",
        "on attend que le Paiement des Résultats lors de Cohorte 1 soit de 25 000 EUR",
        "corrigez ce que l’exemple attend, ou la",
    ),
    (
        "an example that gives a definition",
        "en",
        (
            (
                "given Comparison Rate at Cohort 1 is 40%",
                "given Comparison Rate at Cohort 1 is 40%\n  given Difference at Cohort 1 is 5 points",
            ),
        ),
        "SIB203",
        "Difference",
        "Difference",
    ),
    (
        "an example that gives a definition",
        "fr",
        (
            (
                "que le Taux Témoin lors de Cohorte 1 est de 40 %",
                "que le Taux Témoin lors de Cohorte 1 est de 40 %\n  étant donné que Écart lors de Cohorte 1 est de 5 points",
            ),
        ),
        "SIB203",
        "Écart",
        "Écart",
    ),
    (
        "an unlimited outcome",
        "en",
        (("GBP 500, once", "GBP 500"),),
        "SIB531",
        "outcome Started: GBP 500",
        "write after the price: , once —",
    ),
    (
        "an unlimited outcome",
        "fr",
        (("500 EUR, une fois", "500 EUR"),),
        "SIB531",
        "résultat Entrée : 500 EUR",
        "écrivez après le tarif\u00a0: , une fois",
    ),
    (
        "a percentage where an amount stands",
        "en",
        (("from 40%: GBP 150", "from 40%: 150%"),),
        "SIB312",
        "150%",
        "write values of one kind",
    ),
    (
        "a percentage where an amount stands",
        "fr",
        (("de 40 % : 150 EUR", "de 40 % : 150 %"),),
        "SIB312",
        "150 %",
        "écrivez des valeurs de même nature",
    ),
    (
        "a party where a term is needed",
        "en",
        (("Tariff * Participants", "Charity * Participants"),),
        "SIB203",
        "Charity",
        "write the name of a term that has a value",
    ),
    (
        "a party where a term is needed",
        "fr",
        (("Tarif * Participants", "Association * Participants"),),
        "SIB203",
        "Association",
        "écrivez le nom qui convient\u00a0: un terme qui a une valeur",
    ),
    (
        "who pays is who is paid",
        "en",
        (("City pays Milestones to Charity", "City pays Milestones to City"),),
        "SIB510",
        "City pays Milestones to City",
        "name another party as payer or as payee",
    ),
    (
        "who pays is who is paid",
        "fr",
        (("la Ville verse Étapes à l'Association", "la Ville verse Étapes à la Ville"),),
        "SIB510",
        "Ville verse Étapes à la Ville",
        "nommez une autre partie comme payeur ou comme bénéficiaire",
    ),
    (
        "a currency that there is not",
        "en",
        (("currency GBP", "currency GPB"),),
        "SIB104",
        "currency GPB",
        "write the three capital letters of ISO 4217: EUR, GBP, USD",
    ),
    (
        "a currency that there is not",
        "fr",
        (("devise EUR", "devise EUO"),),
        "SIB104",
        "devise EUO",
        "écrivez les trois capitales de la norme",
    ),
    (
        "no currency",
        "en",
        (("currency GBP\n", ""),),
        "SIB103",
        "",
        "write under the title, for example: currency GBP",
    ),
    (
        "no currency",
        "fr",
        (("devise EUR\n", ""),),
        "SIB103",
        "",
        "écrivez sous le titre, par exemple\u00a0: devise EUR",
    ),
    (
        "an amount that is surely negative",
        "en",
        (("City pays the lesser of (10% * Savings; GBP 50,000)", "City pays GBP 10 - GBP 50"),),
        "SIB514",
        "GBP 10 - GBP 50",
        "exchange payer and payee and write the",
    ),
    (
        "an amount that is surely negative",
        "fr",
        (
            (
                "la Ville verse le moindre de (10 % * Économies ; 50 000 EUR)",
                "la Ville verse 10 EUR - 50 EUR",
            ),
        ),
        "SIB514",
        "10 EUR - 50 EUR",
        "intervertissez payeur et bénéficiaire et écrivez le",
    ),
    (
        "an amount that may be negative",
        "en",
        (("Savings is more than GBP 0", "Score is at most 9"),),
        "SIB515",
        "the lesser of (10% * Savings; GBP 50,000)",
        "say it aloud: the greater of (…;",
    ),
    (
        "an amount that may be negative",
        "fr",
        (("Économies est supérieur à 0 EUR", "Score est d'au plus 9"),),
        "SIB515",
        "le moindre de (10 % * Économies ; 50 000 EUR)",
        "dites-le\u00a0: le plus élevé de (…\u00a0; 0,00\u00a0EUR)\u00a0;",
    ),
    (
        "a result reported by the provider",
        "en",
        (
            (
                "count at each Cohort, reported by Auditor",
                "count at each Cohort, reported by Charity",
            ),
        ),
        "SIB130",
        "Charity",
        "Charity",
    ),
    (
        "a result reported by the provider",
        "fr",
        (
            (
                "effectif à chaque Cohorte, établi par Auditeur",
                "effectif à chaque Cohorte, établi par Association",
            ),
        ),
        "SIB130",
        "Association",
        "Association",
    ),
    (
        "a measure never used",
        "en",
        (("", "measure Dropouts is a count at each Cohort, reported by Auditor"),),
        "SIB540",
        "Dropouts",
        "use it where it should count, or",
    ),
    (
        "a measure never used",
        "fr",
        (("", "mesure Abandons est un effectif à chaque Cohorte, établi par Auditeur"),),
        "SIB540",
        "Abandons",
        "utilisez-la là où elle doit compter, ou",
    ),
    (
        "a division that can be by nought",
        "en",
        (
            (
                "condition Success: Difference is at least 3 points",
                "condition Success: Job Rate / Comparison Rate is at least 103%",
            ),
        ),
        "SIB542",
        "Job Rate / Comparison Rate",
        "say what holds then, in brackets: (… / … or else 0%)",
    ),
    (
        "a division that can be by nought",
        "fr",
        (
            (
                "condition Succès : Écart est d'au moins 3 points",
                "condition Succès : Taux de Retour / Taux Témoin est d'au moins 103 %",
            ),
        ),
        "SIB542",
        "Taux de Retour / Taux Témoin",
        "dites ce qui vaut alors, entre parenthèses\u00a0:",
    ),
    (
        "a payment without a cap",
        "en",
        (
            (
                "due 2024-12-31",
                "due 2024-12-31\npayment Grant\n  Fund pays GBP 500 to Charity\n  due 2024-12-31",
            ),
        ),
        "SIB541",
        "Grant",
        "say the most that may be paid:",
    ),
    (
        "a payment without a cap",
        "fr",
        (
            (
                "échéance 2024-12-31",
                "échéance 2024-12-31\npaiement Subvention\n  le Fonds verse 500 EUR à l'Association\n  échéance 2024-12-31",
            ),
        ),
        "SIB541",
        "Subvention",
        "fixez le maximum\u00a0:",
    ),
    (
        "a tariff that falls as results improve",
        "en",
        (
            (
                "number at Final, reported by Auditor",
                "number at Final, reported by Auditor, higher is better",
            ),
            (
                "due 2024-12-31",
                "due 2024-12-31\ntable Prize Table by Score, in steps\n  from 1: GBP 400\n  from 2: GBP 320\n  otherwise: GBP 500\npayment Prize at Final\n  City pays Prize Table to Charity\n  due 2024-12-31",
            ),
        ),
        "SIB544",
        "Prize",
        "higher is better",
    ),
    (
        "a tariff that falls as results improve",
        "fr",
        (
            (
                "nombre lors de Finale, établi par Auditeur",
                "nombre lors de Finale, établi par Auditeur, la hausse est favorable",
            ),
            (
                "échéance 2024-12-31",
                "échéance 2024-12-31\nbarème Montant de Prime selon Score, par paliers\n  à partir de 1 : 400 EUR\n  à partir de 2 : 320 EUR\n  autrement : 500 EUR\npaiement Prime lors de Finale\n  la Ville verse le Montant de Prime à l'Association\n  échéance 2024-12-31",
            ),
        ),
        "SIB544",
        "Prime",
        "la hausse est favorable",
    ),
    (
        "a cap below the first tier",
        "en",
        (
            (
                "",
                "payment Prize at Final\n  City pays Prize Table to Charity\n  due 2024-12-31\ntable Prize Table by Score, in steps\n  from 1: GBP 500\n  from 2: GBP 600\n  otherwise: GBP 400\ncap Prize: GBP 300",
            ),
        ),
        "SIB546",
        "GBP 300",
        "raise the cap, or mend the tiers of the table",
    ),
    (
        "a cap below the first tier",
        "fr",
        (
            (
                "",
                "paiement Prime lors de Finale\n  la Ville verse le Barème de Prime à l'Association\n  échéance 2024-12-31\nbarème Barème de Prime selon Score, par paliers\n  à partir de 1 : 500 EUR\n  à partir de 2 : 600 EUR\n  autrement : 400 EUR\nplafond Prime : 300 EUR",
            ),
        ),
        "SIB546",
        "300 EUR",
        "relevez le plafond, ou corrigez les paliers du barème",
    ),
    (
        "an amount rounded twice",
        "en",
        (
            (
                "the lesser of (10% * Savings; GBP 50,000)",
                "the lesser of (10% * Savings; GBP 50,000) rounded down to GBP 10",
            ),
            ("", "rounding half up to GBP 100"),
        ),
        "SIB547",
        "the lesser of (10% * Savings; GBP 50,000) rounded down to GBP 10",
        "round once, where the amount falls due,",
    ),
    (
        "an amount rounded twice",
        "fr",
        (
            (
                "le moindre de (10 % * Économies ; 50 000 EUR)",
                "le moindre de (10 % * Économies ; 50 000 EUR) arrondi par défaut à 10 EUR",
            ),
            ("", "arrondi des montants au plus proche à 100 EUR"),
        ),
        "SIB547",
        "le moindre de (10 % * Économies ; 50 000 EUR) arrondi par défaut à 10 EUR",
        "n’arrondissez qu’une fois, à l’échéance, et supprimez",
    ),
    (
        "a cap that cannot bind",
        "en",
        (("cap City: GBP 800,000", "cap City: GBP 800,000\ncap Final Payment: GBP 60,000"),),
        "SIB545",
        "GBP 60,000",
        "lower the cap to GBP 50,000.00 if",
    ),
    (
        "a cap that cannot bind",
        "fr",
        (
            (
                "plafond Ville : 800 000 EUR",
                "plafond Ville : 800 000 EUR\nplafond Paiement Final : 60 000 EUR",
            ),
        ),
        "SIB545",
        "60 000 EUR",
        "ramenez le plafond à 50\u202f000,00\u00a0EUR si tel",
    ),
    (
        "a claim after the last evaluation",
        "en",
        (("claims Started on 2021-05-01", "claims Started on 2023-05-01"),),
        "SIB702",
        "2023-05-01",
        "mend the date, or name the evaluation",
    ),
    (
        "a claim after the last evaluation",
        "fr",
        (("fait valoir Entrée le 2021-05-01", "fait valoir Entrée le 2023-05-01"),),
        "SIB702",
        "2023-05-01",
        "corrigez la date, ou nommez l’évaluation dont",
    ),
    (
        "a result given twice",
        "en",
        (
            (
                "given Job Rate at Cohort 1 is 45%",
                "given Job Rate at Cohort 1 is 45%\n  given Job Rate at Cohort 1 is 46%",
            ),
        ),
        "SIB701",
        "given Job Rate at Cohort 1 is 46%",
        "keep one of the two lines",
    ),
    (
        "a result given twice",
        "fr",
        (
            (
                "que le Taux de Retour lors de Cohorte 1 est de 45 %",
                "que le Taux de Retour lors de Cohorte 1 est de 45 %\n  étant donné que le Taux de Retour lors de Cohorte 1 est de 46 %",
            ),
        ),
        "SIB701",
        "étant donné que le Taux de Retour lors de Cohorte 1 est de 46 %",
        "gardez l’une des deux lignes",
    ),
    (
        "an evaluation that nothing uses",
        "en",
        (("", "evaluation Interim on 2021-03-31"),),
        "SIB404",
        "Interim",
        "say which measure is established then (measure",
    ),
    (
        "an evaluation that nothing uses",
        "fr",
        (("", "évaluation Intermédiaire le 2021-03-31"),),
        "SIB404",
        "Intermédiaire",
        "dites quelle mesure est alors établie (mesure",
    ),
    (
        "two evaluations on one day",
        "en",
        (("Cohort 2 on 2023-03-31", "Cohort 2 on 2022-03-31"),),
        "SIB204",
        "Cohort 2",
        "give each evaluation of a series its own date",
    ),
    (
        "two evaluations on one day",
        "fr",
        (("Cohorte 2 le 2023-03-31", "Cohorte 2 le 2022-03-31"),),
        "SIB204",
        "Cohorte 2",
        "donnez à chaque évaluation d’une série sa propre date",
    ),
    (
        "a card that nothing pays",
        "en",
        (
            (
                "payment Milestone Payment at each Cohort\n  City pays Milestones to Charity",
                "payment Milestone Payment at each Cohort\n  City pays GBP 5 * Participants to Charity",
            ),
        ),
        "SIB537",
        "Milestones",
        "write a payment whose amount is Milestones,",
    ),
    (
        "a card that nothing pays",
        "fr",
        (
            (
                "la Ville verse Étapes à l'Association",
                "la Ville verse 5 EUR * Participants à l'Association",
            ),
        ),
        "SIB537",
        "Étapes",
        "écrivez un paiement dont le montant est",
    ),
    (
        "no worked example",
        "en",
        ((EXAMPLES["en"], ""),),
        "SIB710",
        'contract "Steps to Work"',
        "add one with numbers you worked out",
    ),
    (
        "no worked example",
        "fr",
        ((EXAMPLES["fr"], ""),),
        "SIB710",
        "contrat « Vers l'emploi »",
        "premier paiement",
    ),
    (
        "a sum of an amount and a number",
        "en",
        (("", "Odd means Savings + Score"),),
        "SIB310",
        "Savings + Score",
        "add and subtract only values of one kind",
    ),
    (
        "a sum of an amount and a number",
        "fr",
        (("", "Bizarre désigne Économies + Score"),),
        "SIB310",
        "Économies + Score",
        "n’additionnez et ne retranchez que des valeurs",
    ),
    (
        "a count where an amount is due",
        "en",
        (("City pays Milestones to", "City pays Participants to"),),
        "SIB313",
        "Participants",
        "… * Participants",
    ),
    (
        "a count where an amount is due",
        "fr",
        (("verse Étapes à", "verse Participants à"),),
        "SIB313",
        "Participants",
        "… * Participants",
    ),
    (
        "a cap that names one payment twice",
        "en",
        (("cap Milestone Payment:", "cap Milestone Payment; Milestone Payment:"),),
        "SIB523",
        "Milestone Payment",
        "keep one of the two, or write the other name that was meant",
    ),
    (
        "a cap that names one payment twice",
        "fr",
        (("plafond Paiement des Étapes :", "plafond Paiement des Étapes ; Paiement des Étapes :"),),
        "SIB523",
        "Paiement des Étapes",
        "gardez l’un des deux, ou écrivez l’autre",
    ),
    (
        "an outcome priced twice",
        "en",
        (
            (
                "outcome Qualified: GBP 900, once, requires Started",
                "outcome Qualified: GBP 900, once, requires Started\n  outcome Qualified: GBP 950, once",
            ),
        ),
        "SIB530",
        "Qualified",
        "keep one price, or say for whom",
    ),
    (
        "an outcome priced twice",
        "fr",
        (
            (
                "résultat Diplôme : 900 EUR, une fois, suppose Entrée",
                "résultat Diplôme : 900 EUR, une fois, suppose Entrée\n  résultat Diplôme : 950 EUR, une fois",
            ),
        ),
        "SIB530",
        "Diplôme",
        "gardez un seul tarif, ou dites pour",
    ),
    (
        "an evaluation of another series",
        "en",
        (("", "Late means Participants at Final"),),
        "SIB223",
        "Participants at Final",
        "write one of: Cohort 1, Cohort 2",
    ),
    (
        "an evaluation of another series",
        "fr",
        (("", "Tardif désigne Participants lors de Finale"),),
        "SIB223",
        "Participants lors de Finale",
        "écrivez l’une de celles-ci\u00a0: Cohorte 1, Cohorte 2",
    ),
    (
        "a group in which somebody stands twice",
        "en",
        (("Fund 60%, Bank 40%", "Fund 60%, Fund 40%"),),
        "SIB123",
        "Fund",
        "keep one of the two, with the share or limit of both",
    ),
    (
        "a group in which somebody stands twice",
        "fr",
        (("Fonds 60 %, Banque 40 %", "Fonds 60 %, Fonds 40 %"),),
        "SIB123",
        "Fonds",
        "gardez l’un des deux, avec la part ou la limite des deux",
    ),
    (
        "a currency said twice",
        "en",
        (("", "currency GBP"),),
        "SIB102",
        "currency GBP",
        "keep one of the two and delete the other",
    ),
    (
        "a currency said twice",
        "fr",
        (("", "devise EUR"),),
        "SIB102",
        "devise EUR",
        "gardez l’un des deux et supprimez l’autre",
    ),
    (
        "a payment made once, due after the evaluation at hand",
        "en",
        (
            (
                "due 2024-12-31",
                "due 2024-12-31\npayment Grant\n  City pays GBP 5 to Charity\n  due 30 days after evaluation",
            ),
        ),
        "SIB405",
        "due 30 days after evaluation",
        "name the evaluation (due 30 days after Final)",
    ),
    (
        "a payment made once, due after the evaluation at hand",
        "fr",
        (
            (
                "échéance 2024-12-31",
                "échéance 2024-12-31\npaiement Subvention\n  la Ville verse 5 EUR à l'Association\n  échéance 30 jours après évaluation",
            ),
        ),
        "SIB405",
        "échéance 30 jours après évaluation",
        "nommez l’évaluation (échéance 30 jours après Finale),",
    ),
    (
        "a payment that forgets at which series it is made",
        "en",
        (("payment Outcome Payment at each Cohort", "payment Outcome Payment"),),
        "SIB221",
        "Outcome Payment",
        "‘payment Outcome Payment at each Cohort’",
    ),
    (
        "a payment that forgets at which series it is made",
        "fr",
        (
            (
                "paiement Paiement des Résultats à chaque Cohorte",
                "paiement Paiement des Résultats",
            ),
        ),
        "SIB221",
        "Paiement des Résultats",
        "paiement Paiement des Résultats lors de chaque Cohorte",
    ),
    (
        "a payment made at another series than all it uses",
        "en",
        (("payment Outcome Payment at each Cohort", "payment Outcome Payment at Final"),),
        "SIB220",
        "Outcome Payment",
        "‘payment Outcome Payment at each Cohort’",
    ),
    (
        "a payment made at another series than all it uses",
        "fr",
        (
            (
                "paiement Paiement des Résultats à chaque Cohorte",
                "paiement Paiement des Résultats lors de Finale",
            ),
        ),
        "SIB220",
        "Paiement des Résultats",
        "paiement Paiement des Résultats lors de chaque Cohorte",
    ),
    (
        "two amounts joined by ‘and’",
        "en",
        (("(10% * Savings; GBP 50,000)", "(Savings and GBP 50,000)"),),
        "SIB550",
        "Savings and GBP 50,000",
        "‘the lesser of (Savings; GBP 50,000.00)’",
    ),
    (
        "two amounts joined by ‘and’",
        "fr",
        (("(10 % * Économies ; 50 000 EUR)", "(Économies et 50 000 EUR)"),),
        "SIB550",
        "Économies et 50 000 EUR",
        "le moindre de (Économies\u202f; 50\u202f000,00\u00a0EUR)",
    ),
    (
        "points compared with a bare number",
        "en",
        (("", "condition Odd: Difference is at least 3"),),
        "SIB305",
        "Difference is at least 3",
        "3 points",
    ),
    (
        "points compared with a bare number",
        "fr",
        (("", "condition Bizarre : Écart est d'au moins 3"),),
        "SIB305",
        "Écart est d'au moins 3",
        "3\u00a0points",
    ),
]


def mistaken(language: Language, changes: tuple[Change, ...]) -> str:
    """The sound contract with a mistake made in it."""
    text = SOUND[language]
    for sound, written in changes:
        assert sound in text
        text = text.replace(sound, written, 1) if sound else f"{text}{written}\n"
    return text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sound_contract_has_no_finding(language: Language) -> None:
    assert compile_contract(Source("x.sib", SOUND[language])).findings == ()


@pytest.mark.parametrize(
    ("language", "changes", "code", "place", "cure"),
    [row[1:] for row in MISTAKES],
    ids=[f"{row[1]}: {row[0]}" for row in MISTAKES],
)
def test_a_mistake_is_found_once_in_its_place_with_its_cure(
    language: Language, changes: tuple[Change, ...], code: str, place: str, cure: str
) -> None:
    source = Source("x.sib", mistaken(language, changes))
    [finding] = compile_contract(source).findings
    assert finding.code == code
    assert finding.label.span is not None
    assert source.words(finding.label.span) == place
    assert finding.help is not None
    assert cure in say(finding.help, language)


def test_every_mistake_stands_in_both_languages() -> None:
    for english, french in zip(MISTAKES[::2], MISTAKES[1::2], strict=True):
        assert (english[0], english[1], english[3]) == (french[0], "en", french[3])
        assert french[1] == "fr"


def test_a_worked_example_that_does_not_hold_says_what_it_expects_and_what_it_comes_to() -> None:
    source = Source("x.sib", mistaken("en", (("is GBP 20,000", "is GBP 25,000"),)))
    [finding] = compile_contract(source).findings
    told = say(finding.message, "en")
    assert "GBP 25,000.00" in told
    assert "GBP 20,000.00" in told
    assert any("5,000.00" in say(other.text, "en") for other in finding.others if other.text)
