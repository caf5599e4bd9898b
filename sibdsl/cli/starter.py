"""The contract that ``sib new`` writes: small, whole, commented, and free of findings."""

from collections.abc import Mapping
from typing import Final

from sibdsl.numerals import Language

_ENGLISH: Final = """\
sibdsl 1 en

# A small contract to begin with. Change it line by line, and run `sib check` after each change.
# What follows a # is a comment. Line ends and spaces never matter.

contract "Into Work"
currency GBP
term from 2027-01-01 to 2030-12-31

party Council is outcome payer
party Investors are investors
party Charity is service provider
party University is evaluator

funding Investors provide GBP 500,000 to Charity on 2027-01-01

# A dated occasion on which results are established.
evaluation Final on 2030-06-30

# What somebody measures and reports. Names are Defined Terms: they begin with a capital.
measure Job Rate is a percentage at Final,
  reported by University,
  higher is better
  "Share of the participants who are in work six months after the programme"

# Straight lines between the rows: GBP 275,000 at 30%.
table Success Amount by Job Rate, interpolated
  from 20%:        GBP 0
  from 40%:  GBP 550,000
  otherwise:       GBP 0

payment Success Payment at Final
  the Council pays Success Amount to the Investors
  due 60 days after evaluation

cap Council: GBP 550,000

# A worked example, as schedules to contracts have them: `sib check` holds the contract to it.
example "half way"
  given Job Rate at Final is 30%
  expect Success Payment at Final is GBP 275,000
"""

_FRENCH: Final = """\
sibdsl 1 fr

# Un petit contrat pour commencer. Modifiez-le ligne à ligne, et lancez « sib check » à chaque fois.
# Ce qui suit un # est un commentaire. Ni les espaces ni les fins de ligne ne comptent.

contrat « Vers l'emploi »
devise EUR
durée du 2027-01-01 au 2030-12-31

partie Département est payeur
partie Investisseurs sont investisseurs
partie Association est opérateur
partie Université est évaluateur

financement les Investisseurs apportent 500 000 EUR à l'Association le 2027-01-01

# Une date à laquelle des résultats sont établis.
évaluation Finale le 2030-06-30

# Ce que quelqu'un mesure et établit. Un terme défini commence par une majuscule.
mesure Taux de Retour est un taux lors de Finale,
  établi par l'Université,
  la hausse est favorable
  « Part des participants en emploi six mois après le programme »

# Des droites entre les lignes : 275 000 EUR à 30 %.
barème Montant du Succès selon Taux de Retour, interpolé
  à partir de 20 % :       0 EUR
  à partir de 40 % : 550 000 EUR
  autrement :              0 EUR

paiement Paiement du Succès lors de Finale
  le Département verse le Montant du Succès aux Investisseurs
  échéance 60 jours après l'évaluation

plafond Département : 550 000 EUR

# Un exemple chiffré, comme en annexe d'un contrat : « sib check » vérifie que le contrat s'y tient.
exemple « à mi-chemin »
  étant donné que le Taux de Retour lors de Finale est de 30 %
  on attend que le Paiement du Succès lors de Finale soit de 275 000 EUR
"""

STARTERS: Final[Mapping[Language, str]] = {"en": _ENGLISH, "fr": _FRENCH}
