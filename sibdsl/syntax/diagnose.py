"""Which mistake it is: from the place where reading stopped to the one finding that helps most."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, message
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import misphrased, mistakes
from sibdsl.syntax.bare_shares import bare_shares
from sibdsl.syntax.broken_names import at_otherwise, broken_in_declaration
from sibdsl.syntax.caps_otherwise import cap_otherwise
from sibdsl.syntax.cards_otherwise import (
    held_otherwise,
    once_otherwise,
    unpriced_outcome,
    unquoted_outcome,
    weeks,
)
from sibdsl.syntax.comparisons_otherwise import (
    between_otherwise,
    or_more,
    without_else,
    without_is,
)
from sibdsl.syntax.counted_days import counted_otherwise
from sibdsl.syntax.hints import HINTS
from sibdsl.syntax.lexer import ANYTHING, UNKNOWN_WORD, UNREADABLE, Lexer, Token
from sibdsl.syntax.names_otherwise import (
    LONGEST,
    capital_keyword,
    declared_name,
    joined_name,
    lower_case_name,
    number_in_name,
)
from sibdsl.syntax.opposites import is_opposite, neither_nor, none_of
from sibdsl.syntax.outlook import GOING_ON, Outlook
from sibdsl.syntax.phrases import (
    amount_named,
    and_for_comma,
    at_least_otherwise,
    clause_before_payer,
    count_otherwise,
    day_count_unsaid,
    due_otherwise,
    frequency_otherwise,
    numbered_statement,
    rate_otherwise,
    row_otherwise,
    unbracketed,
)
from sibdsl.syntax.place import Place
from sibdsl.syntax.reworded import (
    amount_for_each,
    higher_by_a_share,
    later_than,
    limit_within_payment,
    listed_caps,
    listed_conditions,
    not_less_than,
    payee_before_amount,
)
from sibdsl.syntax.table import END
from sibdsl.syntax.turns import country_unsaid, day_count_otherwise, turned_otherwise

ALIKE: Final = 75
"""From how many hundredths of likeness on a word is taken for a slip of the pen."""

_SOFT_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])\u00ad(?=[^\W\d_])")
_UNQUOTED: Final = re.compile(r"\s{0,99}[^\r\n\"«»“”„#]{0,400}")
_COMPARISON: Final = re.compile(r"[<>=≤≥≠!]+")
_RELATIONS: Final = {
    **dict.fromkeys((">=", "=>", "≥"), "IS_AT_LEAST"),
    **dict.fromkeys(("<=", "=<", "≤"), "IS_AT_MOST"),
    ">": "IS_MORE_THAN",
    "<": "IS_LESS_THAN",
}
_ARTICLES: Final = frozenset({"the", "le", "la", "les"})
_SUPERFLUOUS: Final = frozenset({"COLON", "COMMA", "SEMICOLON"})


def diagnose(place: Place) -> Diagnostic:
    """The finding for a place: the first particular mistake that fits, or what was expected."""
    for particular in PARTICULAR:
        finding = particular(place)
        if finding is not None:
            return finding
    expected = place.outlook.expected(place.starts, place.lexer.words)
    if place.token.type == END:
        return mistakes.ends_early(expected, place.here, _statement(place))
    if place.token.type == UNKNOWN_WORD:
        return mistakes.unknown_word(place.token.text, place.here, expected)
    return mistakes.misplaced(place.token.text, expected, place.here, _statement(place))


def _statement(place: Place) -> Label | None:
    """The beginning of the statement at hand, to show beside a mistake in it."""
    opening = place.values[0] if place.values else None
    if isinstance(opening, Token):
        return Label(opening.span, message("in the statement that begins here"))
    return None


# Characters


def _invisible(place: Place) -> Diagnostic | None:
    """A character that nobody sees behind or in a word, or a letter of another script in it."""
    begin = place.token.span.start if place.last is None else place.last.span.end
    line = _UNQUOTED.match(place.text, begin)
    hyphen = _SOFT_HYPHEN.search(place.text, begin, line.end() if line else begin)
    if hyphen is not None:
        return mistakes.unreadable(hyphen[0], Span(*hyphen.span()))
    if place.token.type != UNKNOWN_WORD:
        return None
    end = place.token.span.end
    is_elided = place.token.text.endswith(("'", "’"))
    if place.text[end : end + 1].isalpha() and not is_elided:
        return mistakes.unreadable(place.text[end], Span(end, end + 1))
    while place.text[end : end + 1].isspace():
        end += 1
    character = place.text[end : end + 1]
    if character and not character.isprintable():
        return mistakes.unreadable(character, Span(end, end + 1))
    return None


def _unreadable(place: Place) -> Diagnostic | None:
    if place.token.type != UNREADABLE:
        return None
    sign, start = place.token.text, place.token.span.start
    if sign in '"«»“”„‟':
        line_end = re.compile(r"[\r\n]|$").search(place.text, start)
        return mistakes.unclosed_quotation(Span(start, line_end.start() if line_end else start + 1))
    if sign in "'’‘‚‹›":
        return mistakes.single_quotation(place.here)
    comparison = _COMPARISON.match(place.text, start)
    if comparison is not None:
        return _comparison(place, comparison[0])
    if _is_inside_a_name(place):
        return mistakes.sign_in_name(_name_around(place), sign, place.here)
    if sign in ".…":
        return mistakes.full_stop(place.here)
    return mistakes.unreadable(sign, place.here)


def _is_inside_a_name(place: Place) -> bool:
    """``A&E``, ``St. John's``: a sign right behind a name, and more of the name on the line."""
    name, sign = place.last, place.token
    if name is None or name.type != "NAME" or name.span.end != sign.span.start:
        return False
    if not sign.text.isprintable():
        return False
    return re.compile(r"[^\w\s][ \t]?[^\W\d_a-z]").match(place.text, sign.span.start) is not None


def _name_around(place: Place) -> str:
    assert place.last is not None
    whole = re.compile(r"[^\s,:;()]*(?: [^\W\d_a-z][^\s,:;()]*)*")
    start = place.last.span.start
    rest = whole.match(place.text, place.token.span.start)
    return place.text[start : rest.end() if rest else place.token.span.end]


def _comparison(place: Place, sign: str) -> Diagnostic:
    means = "MEANS" in place.outlook.accepted
    terminal = "MEANS" if means else _RELATIONS.get(sign, "IS")
    start = place.token.span.start
    word = place.lexer.words.main_spelling(terminal)
    return mistakes.sign_for_words(sign, Span(start, start + len(sign)), word)


# Brackets


def _open_bracket(place: Place) -> Diagnostic | None:
    begins_anew = place.token.type in place.starts | {END} or _defines(place)
    if not begins_anew or "CLOSE" not in place.outlook.accepted:
        return None
    opened = [v for v in place.values if isinstance(v, Token) and v.type == "OPEN"]
    return mistakes.open_bracket(opened[-1].span, place.here) if opened else None


def _defines(place: Place) -> bool:
    if place.token.type != "NAME":
        return False
    return place.lexer.token(place.token.span.end, ANYTHING).type == "MEANS"


def _closing_bracket(place: Place) -> Diagnostic | None:
    if place.token.type != "CLOSE":
        return None
    if any(isinstance(value, Token) and value.type == "OPEN" for value in place.values):
        return None
    return mistakes.closing_bracket(place.here)


# Names and words


def _other_language(place: Place) -> Diagnostic | None:
    if place.token.type != UNKNOWN_WORD:
        return None
    other: Language = "fr" if place.language == "en" else "en"
    there = Lexer(place.text, other).token(place.token.span.start, place.outlook.accepted)
    if there.type not in place.outlook.accepted or there.type not in place.lexer.words.spelled:
        return None
    word = place.lexer.words.main_spelling(there.type)
    return mistakes.other_language(
        there.text, word, there.span, other, whole_text=place.first_statement
    )


def _hinted(place: Place) -> Diagnostic | None:
    after_is = place.last is not None and place.last.type == "IS"
    for hint in HINTS[place.language]:
        written = hint.written_at(place.text, place.token.span.start)
        if written is None:
            continue
        span = Span(*written.span())
        if not isinstance(hint.instead, str):
            return mistakes.other_word(written[0], hint.instead, span)
        if after_is and place.last and hint.instead.startswith("IS_"):  # `is greater than`
            span = place.last.span.to(span)
        elif hint.instead not in place.outlook.accepted:
            continue
        cure = message("write ‘{word}’", word=place.lexer.words.main_spelling(hint.instead))
        return mistakes.other_word(place.text[span.start : span.end], cure, span)
    return None


def _yes_no_for_not(place: Place) -> Diagnostic | None:
    """``no any of (…)``, ``non l'une de (…)``: the value where the negation belongs."""
    last = place.last
    if last is None:
        return None
    no = last if last.type == "NO" else _no_before(place, last)
    if no is None:
        return None
    word = place.lexer.words.main_spelling("NOT")
    return mistakes.other_word(no.text, message("write ‘{word}’", word=word), no.span)


def _no_before(place: Place, name: Token) -> Token | None:
    """``when A and no B``: the value ends the clause, and the name seems to begin a statement."""
    if name.type != "NAME" or place.outlook.accepted != {"MEANS"}:
        return None
    line = place.text.rfind("\n", 0, name.span.start) + 1
    before = re.compile(r"([^\W\d_]+)[ \t]+(?:(?:the|les?|la)[ \t]+|l['’])?")
    for found in before.finditer(place.text, line, name.span.start):
        if found.end() == name.span.start and found[1] in place.lexer.words.spelled["NO"]:
            return Token("NO", found[1], Span(*found.span(1)))
    return None


def _misspelt(place: Place) -> Diagnostic | None:
    """A keyword with a slip, of one word or of several."""
    if place.token.text in _ARTICLES:  # `to the bank`: the slip is in the name behind it
        return None
    spelled = place.lexer.words.spelled
    start = place.token.span.start
    tried = [(p, start) for name in place.outlook.accepted for p in spelled.get(name, ANYTHING)]
    last = place.last
    if last is not None and last.type in spelled:  # `is at laest`: the slip may be in a later word
        every = (phrase for phrases in spelled.values() for phrase in phrases)
        begun = (phrase for phrase in every if phrase.startswith(f"{last.text} "))
        tried.extend((phrase, last.span.start) for phrase in begun)
    alike = [(_likeness(place.text, at, phrase), phrase, at) for phrase, at in tried]
    likeness, phrase, at = max(alike, default=(0, "", 0))
    if likeness < ALIKE:
        return None
    written = _words_from(place.text, at, phrase.count(" ") + 1)
    return mistakes.misspelt(written, phrase, Span(at, at + len(written)))


def _words_from(text: str, start: int, number: int) -> str:
    match = re.compile(
        rf"\S{{1,{LONGEST}}}(?:[ \t\u00a0]+\S{{1,{LONGEST}}}){{{number - 1}}}"
    ).match(text, start)
    written = match[0].rstrip(" \t\u00a0:;,.()") if match else ""
    return written if len(written.split()) == number else ""


def _likeness(text: str, start: int, phrase: str) -> int:
    """How alike, in hundredths; what is the phrase itself is no slip."""
    written = _words_from(text, start, phrase.count(" ") + 1)
    if not written or written == phrase or abs(len(written) - len(phrase)) > 3:
        return 0
    if is_opposite(written, phrase):
        return 0
    alike = SequenceMatcher(None, written, phrase, autojunk=False)
    return int(alike.ratio() * 100) if written[0].islower() else 0


# Marks and small words


def _comma_in_list(place: Place) -> Diagnostic | None:
    if place.token.type == "COMMA" and "SEMICOLON" in place.outlook.accepted:
        return mistakes.comma_in_list(place.here)
    return None


def _unsaid_mode(place: Place) -> Diagnostic | None:
    """A table that does not say how it is read between its rows."""
    opening = place.values[0] if place.values else None
    if not isinstance(opening, Token) or opening.type != "TABLE":
        return None
    if place.outlook.accepted != {"COMMA"} or place.token.type not in ("FROM", "ABOVE"):
        return None
    return misphrased.unsaid_mode(opening.span)


def _missing(place: Place) -> Diagnostic | None:
    """One word or mark that would have let reading go on."""
    if place.token.type in (UNKNOWN_WORD, UNREADABLE, END):
        return None
    spelled = place.lexer.words.spelled
    accepted = place.outlook.accepted
    # `between 50% 60%`: there, and only there, ‘and’ may follow where ‘or’ may not.
    needless = GOING_ON if "OR" in accepted else GOING_ON - {"AND"}
    fitting = [
        terminal
        for terminal in sorted(accepted - needless - place.starts)
        if terminal in spelled and _accepts(place.outlook.after(terminal), place.token.type)
    ]
    marks = [terminal for terminal in fitting if not spelled[terminal][0][0].isalpha()]
    only = fitting if len(fitting) == 1 else marks
    if len(only) != 1:
        return None
    word = place.lexer.words.main_spelling(only[0])
    return mistakes.missing(word, place.token.text, place.here, _statement(place))


def _accepts(outlook: Outlook | None, terminal: str) -> bool:
    return outlook is not None and terminal in outlook.accepted


def _superfluous(place: Place) -> Diagnostic | None:
    if place.token.type not in _SUPERFLUOUS:
        return None
    following = place.lexer.token(place.token.span.end, place.outlook.accepted)
    if following.type not in place.outlook.accepted:
        return None
    return mistakes.superfluous(place.token.text, place.here)


def _unquoted(place: Place) -> Diagnostic | None:
    if place.token.type == "NAME" and place.outlook.accepted == {"TEXT"}:
        return mistakes.unquoted(place.token.text, place.here)
    return None


PARTICULAR: Final = (
    _invisible,
    numbered_statement,
    cap_otherwise,
    _unreadable,
    _open_bracket,
    _closing_bracket,
    bare_shares,
    none_of,
    neither_nor,
    limit_within_payment,
    amount_for_each,
    not_less_than,
    higher_by_a_share,
    later_than,
    payee_before_amount,
    listed_conditions,
    listed_caps,
    turned_otherwise,
    day_count_otherwise,
    country_unsaid,
    _yes_no_for_not,
    unquoted_outcome,
    unpriced_outcome,
    or_more,
    capital_keyword,
    _other_language,
    at_otherwise,
    joined_name,
    number_in_name,
    counted_otherwise,
    due_otherwise,
    clause_before_payer,
    weeks,
    held_otherwise,
    once_otherwise,
    unbracketed,
    amount_named,
    rate_otherwise,
    frequency_otherwise,
    count_otherwise,
    day_count_unsaid,
    row_otherwise,
    at_least_otherwise,
    without_is,
    between_otherwise,
    and_for_comma,
    declared_name,
    _hinted,
    _misspelt,
    broken_in_declaration,
    lower_case_name,
    _comma_in_list,
    _unquoted,
    _unsaid_mode,
    without_else,
    _missing,
    _superfluous,
)
"""The particular mistakes, in the order in which they are looked for."""
