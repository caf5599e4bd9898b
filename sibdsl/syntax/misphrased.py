"""What can be wrong with a whole phrase: it is said as other contracts say it."""

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message
from sibdsl.source import Span
from sibdsl.syntax.mistakes import shown


def due_otherwise(written: str, said: str, span: Span) -> Diagnostic:
    """``within 90 days of Cohort 1``: a due date in other words than the language's."""
    text = message("‘{written}’ is not how a due date is written", written=shown(written))
    if said.endswith("…"):
        cure = message("write ‘{said}’ and the evaluation from which it is counted", said=said)
    else:
        cure = message("write ‘{said}’: it is the last day on which it may be paid", said=said)
    return error("SIB040", span, text, help=cure)


def counted_otherwise(written: str, cure: Message, span: Span) -> Diagnostic:
    """``60 business days after …``: a delay that is not counted in calendar days."""
    text = message("‘{written}’ is not how a due date is written", written=shown(written))
    return error("SIB040", span, text, help=cure)


def unbracketed(words: str, form: str, span: Span) -> Diagnostic:
    """``the lesser of A and B``: the values of a choice by size, not in brackets."""
    return error(
        "SIB041",
        span,
        message(
            "the values that ‘{words}’ chooses among stand in brackets, parted by semicolons",
            words=shown(words),
        ),
        help=message("write ‘{form}’", form=form),
    )


def day_count_unsaid(span: Span) -> Diagnostic:
    """Interest without ``actual/365`` or another day count."""
    return error(
        "SIB029",
        span,
        message("the interest does not say how days are counted"),
        help=message(
            "write one of actual/365, actual/360, 30/360, 30E/360, actual/actual, between commas, "
            "before it"
        ),
    )


def unsaid_mode(span: Span) -> Diagnostic:
    """A table without ``in steps``, ``interpolated`` or ``marginal``."""
    return error(
        "SIB039",
        span,
        message("the table does not say how it is read between its rows"),
        help=message("add ‘, in steps’, ‘, interpolated’ or ‘, marginal’ before the first row"),
    )


def bare_row(said: str, span: Span) -> Diagnostic:
    """A row of a table that begins with its bound, or with *between*."""
    return error(
        "SIB042",
        span,
        message("a row of a table begins with the words that say where it begins"),
        help=message("write ‘{said}: …’; a row holds up to where the next one begins", said=said),
    )


def second_bound(span: Span) -> Diagnostic:
    """``from 40% to 60%``: a row of a table with two bounds."""
    return error(
        "SIB042",
        span,
        message("a row of a table has one bound"),
        help=message("delete the second bound: a row holds up to where the next one begins"),
    )


def without_else(found: str, span: Span, choice: Span) -> Diagnostic:
    """``if A then GBP 5``: a choice that says nothing for where its condition does not hold."""
    text = message("‘else’ is missing before ‘{found}’", found=shown(found))
    if not found:
        text = message("‘else’ is missing")
    return error(
        "SIB029",
        span,
        text,
        others=(Label(choice, message("in the choice that begins here")),),
        help=message("say what holds where the condition is not met, as in ‘else GBP 0’"),
    )


def unquoted_outcome(name: str, span: Span) -> Diagnostic:
    """``outcome Initial assessment``: the name of an outcome that is no Defined Term."""
    return error(
        "SIB010",
        span,
        message(
            "‘{name}’ is not one Defined Term: not all its words have a capital", name=shown(name)
        ),
        help=message("put the name of the outcome in quotes, here and wherever it is named"),
    )


def unpriced_outcome(found: str, span: Span) -> Diagnostic:
    """``outcome Housed: once``: an outcome without its price."""
    return error(
        "SIB029",
        span,
        message("the price is missing before ‘{found}’", found=shown(found)),
        help=message(
            "write the price and a comma before it, as in ‘outcome Housed: GBP 500, once’"
        ),
    )


def weeks(said: str, span: Span) -> Diagnostic:
    """``13 weeks``: there are days, months and years."""
    return error(
        "SIB011",
        span,
        message("time is counted in days, months and years, and not in weeks"),
        help=message("write ‘{word}’", word=said),
    )


def numbered(number: str, span: Span) -> Diagnostic:
    """``3. party …``: the number of a paragraph before a statement."""
    return error(
        "SIB043",
        span,
        message("‘{found}’ cannot stand here: statements have no numbers", found=shown(number)),
        help=message(
            "delete the number, or write it in a comment on a line of its own: # {found}",
            found=number,
        ),
    )


def payer_first(clause: str, span: Span) -> Diagnostic:
    """``payment Bonus due …``: a clause before the payment says who pays."""
    return error(
        "SIB010",
        span,
        message("‘{found}’ cannot stand here: a payment first says who pays", found=clause),
        help=message("write who pays whom how much before it: ‘X pays … to Y’"),
    )


def amount_named(words: str, amount: str, start: int, end: int) -> Diagnostic:
    """``a malus of GBP 100``: an amount stands alone, its payment has the name."""
    return error(
        "SIB011",
        Span(start, end),
        message("‘{word}’ is not written before an amount", word=shown(words)),
        help=message(
            "write the amount alone: ‘{amount}’; the payment says what it is", amount=amount
        ),
    )


def bare_shares(members: str, span: Span) -> Diagnostic:
    """``County 60, City 40``: the shares of a group without their sign."""
    return error(
        "SIB029",
        span,
        message("the shares of a group stand with the sign %"),
        help=message("write ‘{form}’", form=members),
    )
