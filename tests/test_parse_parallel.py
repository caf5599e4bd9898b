"""Every statement and expression in both languages: the French tree equals the English one."""

import pytest

from sibdsl.numerals import Language
from sibdsl.source import Source
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Statement
from sibdsl.syntax.parse import parse
from sibdsl.syntax.walk import walk


def statements(language: Language, text: str) -> tuple[Statement, ...]:
    parsed = parse(Source("x.sib", f"sibdsl 1 {language}\n{text}\n"))
    assert parsed.findings == ()
    assert parsed.contract is not None
    return parsed.contract.statements


STATEMENTS = [
    ('contract "A"', "contrat « A »"),
    ('reference "CIS-2017-04"', "référence « CIS-2017-04 »"),
    ('field "reoffending"', "domaine « reoffending »"),
    ('in French, Fund is "le Fonds"', "en anglais, Fund est « le Fonds »"),
    ("prevailing language English", "le texte anglais fait foi"),
    ("prevailing language French", "le texte français fait foi"),
    ("currency GBP", "devise GBP"),
    ('use "clauses/standard.sib"', "incorpore « clauses/standard.sib »"),
    ('clause library "Standard"', "clausier « Standard »"),
    (
        'amendment "No 1" to "contract.sib" effective 2019-01-01',
        "avenant « No 1 » à « contract.sib » prenant effet le 2019-01-01",
    ),
    (
        'amendment "No 1" to "contract.sib" with effect from 2019-01-01',
        "avenant « No 1 » au « contract.sib » avec effet au 2019-01-01",
    ),
    ("withdraw the Final Payment", "supprime Final Payment"),
    ("withdraw cap City; Both per calendar year", "supprime plafond City; Both par année civile"),
    ("exchange rate EUR 1 is USD 1.077", "taux de change 1 EUR est 1,0770 USD"),
    ("exchange rate EUR 1 is Spot", "taux de change 1 EUR vaut Spot"),
    ("term from 2010-09-09 to 2018-12-31", "durée du 2010-09-09 au 2018-12-31"),
    ("party Fund is investor", "partie Fund est investisseur"),
    (
        'party The Fund are investors and the guarantor, "A and B"',
        "partie la Fund sont investisseurs et le garant, « A and B »",
    ),
    ("party P is outcome payer", "partie P est payeur"),
    ("party P is an outcome payer", "partie P est tiers payeur"),
    ("party P is service provider", "partie P est opératrice"),
    ("party P is evaluator and other", "partie P est évaluatrice et autre"),
    ("party P is intermediary", "partie P est l'intermédiaire"),
    ("group G is City 20%, Ministry 80%", "groupe G est City 20 %, Ministry 80 %"),
    ("group G is City 1/3, Ministry 2/3", "groupe G est City 1/3, Ministry 2/3"),
    (
        "group Notes is Senior up to GBP 1,000,000, then Junior",
        "groupe Notes est Senior jusqu'à 1 000 000 GBP, puis Junior",
    ),
    (
        "group Notes is Senior up to Limit, then Junior up to 20% of Limit",
        "groupe Notes est Senior à concurrence de Limit, puis Junior jusqu’à 20 % de Limit",
    ),
    (
        "funding the Investors provide GBP 5 to One Service on 2010-09-09",
        "financement les Investors apportent 5 GBP à One Service le 2010-09-09",
    ),
    (
        "evaluation Final on 2021-03-31",
        "évaluation Final le 2021-03-31",
    ),
    (
        "evaluations Year yearly from 2014-06-30 to 2020-06-30",
        "évaluations Year annuelles du 2014-06-30 au 2020-06-30",
    ),
    (
        "evaluations Half half-yearly from 2014-06-30 to 2020-06-30",
        "évaluations Half semestrielles du 2014-06-30 au 2020-06-30",
    ),
    (
        "evaluations Quarter quarterly from 2014-06-30 to 2020-06-30",
        "évaluations Quarter trimestrielles du 2014-06-30 au 2020-06-30",
    ),
    (
        "evaluations M monthly from 2014-06-30 to 2020-06-30",
        "évaluations M mensuelles du 2014-06-30 au 2020-06-30",
    ),
    (
        "evaluations E every 18 months from 2014-06-30 to 2020-06-30",
        "évaluations E tous les 18 mois du 2014-06-30 au 2020-06-30",
    ),
    ("measure M is a count", "mesure M est un effectif"),
    ("measure M is a number at each evaluation", "mesure M est un nombre à chaque évaluation"),
    ("measure M is a percentage at each Year", "mesure M est un taux lors de chaque Year"),
    ("measure M is an amount at Final", "mesure M est un montant lors de Final"),
    ("measure M is an amount in USD", "mesure M est un montant en USD"),
    ("measure M is a date", "mesure M est une date"),
    ("measure M is yes or no", "mesure M est oui ou non"),
    ("measure M is in points", "mesure M est en points"),
    (
        'measure M is a count, reported by A and B, higher is better "what it is"',
        "mesure M est un effectif, établi par A et B, la hausse est favorable « what it is »",
    ),
    (
        "measure M is a percentage, lower is better, rounded down to 1%, cumulative",
        "mesure M est un taux, la baisse est favorable, arrondi par défaut à 1 %, cumulé",
    ),
    (
        "measure M is a percentage, rounded half up to 0.1%",
        "mesure M est un taux, arrondi au plus proche à 0,1 %",
    ),
    (
        'measure M is yes or no, decided by Board, presumed no, "In words"',
        "mesure M est oui ou non, décidé par Board, présumé non, « In words »",
    ),
    ("the Gap means Rate - Other", "le Gap désigne Rate - Other"),
    (
        "table T by K, in steps from 10%: GBP 1 above 20%: GBP 2 otherwise: GBP 0",
        "barème T selon K, par paliers à partir de 10 % : 1 GBP au-delà de 20 % : 2 GBP autrement : 0 GBP",
    ),
    (
        "table T by K, interpolated from 0: GBP 1 from Top: Most",
        "barème T selon K, interpolé à partir de 0 : 1 GBP à compter du Top : Most",
    ),
    (
        "table T by K, marginal from 0%: GBP 1 per point from 3 points: GBP 2",
        "barème T selon K, par tranches à partir de 0 % : 1 GBP par point à partir de 3 points : 2 GBP",
    ),
    ("condition C: A is 3", "condition C : A vaut 3"),
    (
        "rate card R at each Quarter outcome First Job: GBP 2,000, once",
        "grille tarifaire R lors de chaque Quarter résultat First Job : 2 000 GBP, une fois",
    ),
    (
        (
            'rate card R at each evaluation outcome "Earns £768": P, up to 4 times, requires A or B '
            "outcome B: GBP 1, no limit, at least 28 days apart, requires A at least 3 months before "
            'outcome C: GBP 1, once per evaluation, for class "x", for starts from 2010-01-01 to 2011-01-01 '
            "at most GBP 17,000 per participant"
        ),
        (
            "grille tarifaire R à chaque évaluation résultat « Earns £768 » : P, jusqu'à 4 fois, "
            "suppose A ou B résultat B : 1 GBP, sans limite, au moins 28 jours d'intervalle, "
            "suppose A au moins 3 mois avant résultat C : 1 GBP, une fois par évaluation, pour la catégorie « x », "
            "pour les entrées du 2010-01-01 au 2011-01-01 au plus 17 000 GBP par participant"
        ),
    ),
    (
        "payment P the Ministry pays GBP 5 to the Investors when A unless B due 2021-06-30",
        (
            "paiement P la Ministry verse 5 GBP aux Investors lorsque A sauf si B échéance le "
            "2021-06-30"
        ),
    ),
    (
        "payment P at each evaluation A pays B to C due 60 days after evaluation",
        "paiement P à chaque évaluation A verse B au C échéance 60 jours après l'évaluation",
    ),
    (
        (
            "payment P at each Year ranks after Q and R\nA pay B to C "
            "due 2 months after Cohort 2, next business day in FR"
        ),
        (
            "paiement P lors de chaque Year prend rang après Q et R\nA versent B à C "
            "échéance 2 mois après Cohort 2, premier jour ouvré suivant en FR"
        ),
    ),
    (
        "payment P at Final\nA pays B to C due at evaluation",
        "paiement P lors de Final\nA paie B à C échéance lors de l'évaluation",
    ),
    (
        "payment P\nA pays B to C due at Final, next business day in TARGET",
        "paiement P\nA verse B à C échéance lors de Final, jour ouvré suivant en TARGET",
    ),
    ("cap A; B: GBP 5", "plafond A ; B : 5 GBP"),
    ("cap contract: GBP 5 per evaluation", "plafond contrat : 5 GBP par évaluation"),
    ("cap paid by X: Limit per calendar year", "plafond versé par X : Limit par année civile"),
    (
        "cap paid to X: GBP 5 from 2010-01-01 to 2011-01-01",
        "plafond versé aux X : 5 GBP du 2010-01-01 au 2011-01-01",
    ),
    ("cap return of Investors: 13% per year", "plafond rendement des Investors : 13 % par an"),
    ("rounding half even to GBP 0.01", "arrondi des montants au pair le plus proche à 0,01 GBP"),
    ("rounding up to GBP 1", "arrondi des montants par excès à 1 GBP"),
    (
        (
            'example "e" given X at Cohort 1 is 142 given Y is not available given Cohort 2 is cancelled '
            'given participant "A" claims First Job on 2010-01-01 '
            'given participant "A" claims "Earns £768" on 2010-01-01 at Year 1 '
            'given participant "A" is in class "adult" given participant "A" started on 2010-01-01 '
            "expect Z at Cohort 1 is 13/155 expect total paid to F is GBP 1 expect accepted J is 2"
        ),
        (
            "exemple « e » étant donné que X lors de Cohort 1 vaut 142 étant donné Y est non disponible "
            "étant donné que Cohort 2 est annulé "
            "étant donné que le participant « A » fait valoir First Job le 2010-01-01 "
            "étant donné participant « A » fait valoir « Earns £768 » le 2010-01-01 lors de Year 1 "
            "étant donné participant « A » relève de la catégorie « adult » "
            "étant donné participant « A » est entré le 2010-01-01 "
            "on attend que Z lors de Cohort 1 soit de 13/155 on attend que le total versé aux F soit de 1 GBP "
            "on attend que admis J soit de 2"
        ),
    ),
]

EXPRESSIONS = [
    ("A is more than 5%", "A dépasse 5 %"),
    ("A are more than B", "les A dépassent B"),
    ("A is less than 5%", "A n'atteint pas 5 %"),
    ("A are less than B", "les A n'atteignent pas B"),
    ("A is between 1 and 2", "A se situe entre 1 et 2"),
    (
        "the lesser of (1; 2) + 50% of the greater of (1; 2)",
        "le moindre de (1; 2) + 50 % du plus élevé de (1; 2)",
    ),
    ("1,250.5", "1 250,5"),
    ("13/155", "13/155"),
    ("7.5%", "7,5 %"),
    ("3 points", "3 points de pourcentage"),
    ("GBP 1,250.50", "1 250,50 GBP"),
    ("2017-03-30", "2017-03-30"),
    ("60 days", "60 jours"),
    ("1 month", "1 mois"),
    ("2 years", "2 années"),
    ("yes", "oui"),
    ("no", "non"),
    ("the Rate", "le Rate"),
    ("Rate at Cohort 2", "Rate lors de Cohort 2"),
    ("Rate at previous evaluation", "Rate lors de l'évaluation précédente"),
    ("evaluation date", "la date d'évaluation"),
    ("A + B - C * D / E", "A + B - C * D / E"),
    ("A × B – C", "A × B – C"),
    ("-A - -B", "-A - -B"),
    ("(A + B) * C", "(A + B) * C"),
    ("95% of X", "95 % de X"),
    ("95% of X + Y", "95 % du X + Y"),
    ("if A then B else C", "si A alors B sinon C"),
    ("if A then B else if C then D else E", "si A alors B sinon si C alors D sinon E"),
    ("the lesser of (A; B)", "le moindre de (A ; B)"),
    ("the greater of (A; B; GBP 0)", "la plus grande de (A ; B ; 0 GBP)"),
    ("A is at least 5", "A est d'au moins 5"),
    ("A is at least 5%", "A est supérieur ou égal à 5 %"),
    ("A is at most 5", "A sont d'au plus 5"),
    ("A is more than 5", "A est supérieure à 5"),
    ("A is less than B", "A est inférieur au B"),
    ("A are between 1 and 2", "A sont compris entre 1 et 2"),
    ("A is 5", "A est égal à 5"),
    ("evaluation date is before 2013-04-01", "date d'évaluation est avant le 2013-04-01"),
    ("D is after E", "D est postérieure au E"),
    ("D is on or before 2013-04-01", "D est au plus tard le 2013-04-01"),
    ("D is on or after E", "D est au plus tôt E"),
    ("A rounded half up to 0.1%", "A arrondi au plus proche à 0,1 %"),
    ("A rounded half even to 1", "A arrondie au pair le plus proche à 1"),
    ("A rounded up to 1 rounded down to 5", "A arrondi par excès à 1 arrondi par défaut à 5"),
    ("((not A) and B) or not (C or D)", "((pas A) et B) ou pas (C ou D)"),
    ("all of (A; B) and any of (C; D)", "toutes parmi (A ; B) et l'une de (C ; D)"),
    ("at least 2 of (A; B; C)", "au moins 2 parmi (A ; B ; C)"),
    ("total of X + average of X to date", "total des X + la moyenne du X à ce jour"),
    ("lowest of X - highest of X", "minimum de X - le maximum d'X"),
    ("any of C to date and all of C", "l'une des C à ce jour et chacune des C"),
    ("at least 2 of C to date", "au moins 2 de C à ce jour"),
    ("paid to X to date + paid by Y to date", "versé aux X à ce jour + versé par Y à ce jour"),
    ("provided by X to date", "apporté par X à ce jour"),
    ("gross amount of P at Year 1", "le montant brut du P lors de Year 1"),
    ("accepted First Job", "résultats admis de First Job"),
    ('accepted "Earns £768" at Year 1', "admis « Earns £768 » lors de Year 1"),
    ("points in Reduction * P", "points dans Reduction * P"),
    ("X or else Y or else Z", "X ou à défaut Y ou à défaut Z"),
    ("(X or else Y) + 1", "(X ou à défaut Y) + 1"),
    ("A in USD", "A en USD"),
    ("A indexed by 2% per year from 2010-01-01", "A indexé de 2 % par an à partir de 2010-01-01"),
    ("T for 12%", "T pour 12 %"),
    (
        "interest on GBP 5 at a rate of 3% per year, actual/365, from 2010-01-01 to End",
        "intérêts sur 5 GBP au taux de 3 % par an, exact/365, à compter de 2010-01-01 à End".replace(
            "à End", "au End"
        ),
    ),
    (
        "interest on A at a rate of R per year compounded yearly, 30E/360, from D to evaluation date",
        (
            "les intérêts sur A au taux du R l'an capitalisés annuellement, 30E/360, à partir du D à date "
            "d'évaluation"
        ),
    ),
]


@pytest.mark.parametrize(("english", "french"), STATEMENTS, ids=lambda text: text[:40])
def test_a_statement_reads_alike_in_both_languages(english: str, french: str) -> None:
    assert statements("en", english) == statements("fr", french)


@pytest.mark.parametrize(("english", "french"), EXPRESSIONS, ids=lambda text: text[:40])
def test_an_expression_reads_alike_in_both_languages(english: str, french: str) -> None:
    assert statements("en", f"Z means {english}") == statements("fr", f"Z désigne {french}")


def test_the_parallel_texts_hold_every_kind_of_node() -> None:
    """A node that neither list has would be one that no test compares."""
    texts = [english for english, _ in STATEMENTS] + [f"Z means {one}" for one, _ in EXPRESSIONS]
    seen = {type(node) for text in texts for read in statements("en", text) for node in walk(read)}
    kinds = {
        kind
        for kind in vars(nodes).values()
        if isinstance(kind, type) and issubclass(kind, nodes.Node)
    }
    assert kinds - seen == {nodes.Node, nodes.Comment, nodes.Contract}
