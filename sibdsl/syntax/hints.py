"""Words that drafters write where this language has others: `shall be`, `per cent`, `sinon`.

Each is looked for where reading stops. It names the keyword to write, which is offered only where
that keyword can stand, or a cure in words. Nothing here is ever read as what it resembles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.frozen import frozen
from sibdsl.numerals import Language


@frozen
class Hint:
    """What was written, as a pattern of whole words, and what to write.

    That is a keyword, by its terminal, or a cure in words.
    """

    words: str
    instead: str | Message

    def written_at(self, text: str, start: int) -> re.Match[str] | None:
        """The words, where they stand at that place of a text."""
        # Compiled when it is first looked for: a sound contract needs none of them.
        return re.compile(rf"(?:{self.words})(?!\w)").match(text, start)


_NO_SHALL: Final = message(
    "write what holds, without ‘shall’ or ‘will’: ‘pays’, ‘is at least’, ‘is’"
)
_PERCENT: Final = message("write the sign %, as in 7.5%")
_IN_FULL: Final = message("write the number in full, as in 1,250,000")
_FIGURES: Final = message("write the number in figures")
_CURRENCY: Final = message("write the three letters of the currency, as in GBP 1,250.50")
_PLAIN_DAYS: Final = message(
    "days are counted as calendar days: write ‘days’; for business days add ‘, next business day in FR’"
)

_NOT_BEFORE: Final = message("write ‘not’ before the test: not (X is …)")
_NAME_ALONE: Final = message("write the condition’s name alone: when Success")
_BY_HOW_MUCH: Final = message(
    "for 17% more write ‘is at least 117% * X’; for a gap in points ‘is at least X + 17 points’"
)

HINTS: Final[Mapping[Language, tuple[Hint, ...]]] = {
    "en": (
        Hint(r"higher is worse|higher is unfavou?rable", "LOWER_IS_BETTER"),
        Hint(r"lower is worse|lower is unfavou?rable", "HIGHER_IS_BETTER"),
        Hint(r"met|reached|satisfied|fulfilled|achieved", _NAME_ALONE),
        Hint(r"in case of|in the event of", _NAME_ALONE),
        Hint(r"(?:more|higher|greater) by", _BY_HOW_MUCH),
        Hint(r"total|overall|global", "CONTRACT"),
        Hint(r"shall(?: be)?|will(?: be)?|must(?: be)?", _NO_SHALL),
        Hint(r"per ?cent|percent", _PERCENT),
        Hint(r"m|mn|mio|k|bn|million|thousand|billion", _IN_FULL),
        Hint(r"one|two|three|four|five|six|ten|twelve|thirty|sixty|ninety|hundred", _FIGURES),
        Hint(r"pounds?|euros?|dollars?|sterling|gbp|eur|usd", _CURRENCY),
        Hint(r"calendar days?|business days?|working days?", _PLAIN_DAYS),
        Hint(r"is|are|as|equals?|is defined as|has the meaning", "MEANS"),
        Hint(r"equals?|be|is equal to", "IS"),
        Hint(r"does not reach|do not reach|fails? to reach|falls? short of", "IS_LESS_THAN"),
        Hint(r"greater than|more than|exceeds?|exceeding|above|over", "IS_MORE_THAN"),
        Hint(r"less than|smaller than|lower than|fewer than|below|under", "IS_LESS_THAN"),
        Hint(r"at least|no less than|not less than|reach(?:es)?|meets?", "IS_AT_LEAST"),
        Hint(r"at most|no more than|not more than", "IS_AT_MOST"),
        Hint(r"after|following|subject to|conditional on|if", "REQUIRES"),
        Hint(r"(?:only )?(?:if|when|where)|provided(?: that)?|subject to|once", "WHEN"),
        Hint(r"except|save|unless", "UNLESS"),
        Hint(r"payable|by|within|on", "DUE"),
        Hint(
            r"per annum|p\. ?a\.?|pa|annually|yearly|(?:for )?(?:each|every) year|annual",
            "PER_YEAR",
        ),
        Hint(r"compound(?:ed|ing)?(?: annually| every year| each year)?", "COMPOUNDED_YEARLY"),
        Hint(r"(?:up to|no more than|maximum|max|capped at)(?=\s+[A-Z]{3}\s?\d)", "AT_MOST"),
        Hint(r"according to|depending on|based on|as a function of|against|over|for|on|of", "BY"),
        Hint(r"payments? (?:made )?(?:by|from)", "PAID_BY"),
        Hint(r"payments? (?:made )?to", "PAID_TO"),
        Hint(r"lends?|invests?|funds?|advances?|pays?|contributes?|grants?", "PROVIDES"),
        Hint(r"(?:measured|established|certified|verified|provided|supplied) by", "REPORTED_BY"),
        Hint(r"(?:for |in |on )?(?:each|every)|per", "AT_EACH"),
        Hint(r"penalty|bonus|malus|fee|instal?lment", "PAYMENT"),
        Hint(r"ceiling|limit|maximum", "CAP"),
        Hint(r"x|times|multiplied by", "TIMES"),
        Hint(r"plus", "PLUS"),
        Hint(r"minus|less", "MINUS"),
        Hint(r"divided by|over", "SLASH"),
        Hint(r"else", "OTHERWISE"),
        Hint(r"otherwise", "ELSE"),
        Hint(r"no", "NOT"),
        Hint(r"not", _NOT_BEFORE),
        Hint(r"to|until|till", "TO"),
        Hint(r"on|dated|as of", "ON"),
    ),
    "fr": (
        Hint(r"(?:la )?hausse (?:est )?défavorable", "LOWER_IS_BETTER"),
        Hint(r"(?:la )?baisse (?:est )?défavorable", "HIGHER_IS_BETTER"),
        Hint(r"atteinte?(?=[ \t]*(?:[\r\n]|$))|remplie?|réalisée?|satisfaite?", _NAME_ALONE),
        Hint(r"en cas(?= d)", _NAME_ALONE),
        Hint(r"supérieure?s? de", _BY_HOW_MUCH),
        Hint(r"globale?|totale?", "CONTRACT"),
        Hint(r"pour ?cent|p\. ?100", _PERCENT),
        Hint(r"millions?|milliers?|mille|milliards?|k|m", _IN_FULL),
        Hint(r"une?(?=\s+(?:jours?|mois|ans?|années?|points?|fois))", _FIGURES),
        Hint(r"deux|trois|quatre|cinq|six|dix|douze|trente|soixante|cent", _FIGURES),
        Hint(r"euros?|livres?|dollars?|eur|gbp|usd", _CURRENCY),
        Hint(r"jours? (?:calendaires?|ouvrés?|ouvrables?|francs?)", _PLAIN_DAYS),
        Hint(r"signifie|est|sont|correspond à|s['’]entend", "MEANS"),
        Hint(r"égale?|équivaut à|équivalent à", "IS"),
        Hint(r"est au moins|au moins|atteint|atteignent", "IS_AT_LEAST"),
        Hint(r"est au plus|au plus", "IS_AT_MOST"),
        Hint(r"supérieure?s?|excède(?:nt)?|plus de", "IS_MORE_THAN"),
        Hint(r"reste(?:nt)? (?:en deçà|au-dessous) de", "IS_LESS_THAN"),
        Hint(r"inférieure?s?|moins de", "IS_LESS_THAN"),
        Hint(r"après|à la suite de|sous réserve de|si", "REQUIRES"),
        Hint(r"(?:uniquement|seulement) (?:si|lorsque)", "WHEN"),
        Hint(r"si|s['’]|quand|dès(?: lors)? que|à condition que|pourvu que", "WHEN"),
        Hint(r"sauf|excepté|hormis", "UNLESS"),
        Hint(r"payable|exigible|dans|le", "DUE"),
        Hint(
            r"par (?:année|annuité)|p\. ?a\.?|annuels?|annuellement|chaque année|l['’]année",
            "PER_YEAR",
        ),
        Hint(
            r"(?:composés|capitalisés)(?: par an| chaque année| tous les ans)?", "COMPOUNDED_YEARLY"
        ),
        Hint(r"au taux (?:annuel|fixe|nominal)(?: de| d['’])?|à un taux de|à", "AT_A_RATE_OF"),
        Hint(
            r"(?:jusqu['’]à|dans la limite de|maximum|plafonnée?s? à|pas plus de)(?=\s+\d)",
            "AT_MOST",
        ),
        Hint(r"en fonction d(?:e|u|es)|d['’]après|suivant|par|sur", "BY"),
        Hint(r"paiements? (?:de|par)|payé(?:e|s|es)? par", "PAID_BY"),
        Hint(r"paiements? (?:à|au|aux)|payé(?:e|s|es)? à", "PAID_TO"),
        Hint(r"prêt(?:e|ent)|investi(?:t|ssent)|vers(?:e|ent)|financ(?:e|ent)", "PROVIDES"),
        Hint(r"(?:constat|mesur|certifi|vérifi|déclar|rapport|communiqu)ée?s? par", "REPORTED_BY"),
        Hint(r"(?:pour |lors de )?chaque|tou(?:s|tes) les|par", "AT_EACH"),
        Hint(r"pénalité|malus|bonus|prime|versement|indemnité", "PAYMENT"),
        Hint(r"plafonnement|limite|maximum", "CAP"),
        Hint(r"x|fois|multipliée?s? par", "TIMES"),
        Hint(r"plus(?! d(?:e\b|['’]))", "PLUS"),
        Hint(r"moins(?! d(?:e\b|['’]))", "MINUS"),
        Hint(r"divisée?s? par|sur", "SLASH"),
        Hint(r"sinon|à défaut|dans les autres cas", "OTHERWISE"),
        Hint(r"autrement|à défaut", "ELSE"),
        Hint(r"non", "NOT"),
        Hint(r"n['’](?:est|sont|atteint|atteignent)(?:\s+pas)?|pas", _NOT_BEFORE),
        Hint(r"jusqu['’]au", "TO"),
        Hint(r"au|en date du", "ON"),
    ),
}

# The small words that stand inside a name which should be hyphenated.
JOINING: Final[Mapping[Language, frozenset[str]]] = {
    "en": frozenset(
        (
            *("a", "an", "and", "at", "by", "for", "from", "in", "into", "of", "on", "or"),
            *("per", "the", "to", "with", "without"),
        )
    ),
    "fr": frozenset(
        (
            *("à", "a", "au", "aux", "avec", "d'", "dans", "de", "des", "du", "en", "et"),
            *("l'", "la", "le", "les", "ou", "par", "pour", "sans", "sur"),
        )
    ),
}
