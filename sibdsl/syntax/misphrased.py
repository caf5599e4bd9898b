"""What can be wrong with a whole phrase: it is said as other contracts say it."""

from sibdsl.diagnostics import Diagnostic, Message, error, message
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


def bare_shares(members: str, span: Span) -> Diagnostic:
    """``County 60, City 40``: the shares of a group without their sign."""
    return error(
        "SIB029",
        span,
        message("the shares of a group stand with the sign %"),
        help=message("write ‘{form}’", form=members),
    )
