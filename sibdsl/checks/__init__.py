"""Tree to checked tree: names, evaluations and types, then everything in ``CHECKS``, in order.

A check is a pure function from what is checked so far to findings; its name is the slug of its
code, its docstring says what it finds and why that matters. ``sib explain`` has a page for each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import evolve

from sibdsl.checks.checked import Checked
from sibdsl.checks.clauses import (
    calendar,
    caps,
    cards,
    examples,
    head,
    parties,
    payments,
    recurrences,
    tables,
    translations,
)
from sibdsl.checks.doubts import divisions, headroom, incentives, reading, roundings, windows
from sibdsl.checks.homes.homes import homes
from sibdsl.checks.names.declare import clashes, declare
from sibdsl.checks.statements import statements
from sibdsl.checks.types.types import types
from sibdsl.diagnostics import Diagnostic, in_order
from sibdsl.syntax.nodes import Contract, Currency

Check = Callable[[Checked], Iterable[Diagnostic]]

REFUSALS: tuple[Check, ...] = (
    head.said_twice,
    head.unknown_currency,
    translations.translation_of_nothing,
    translations.translated_twice,
    translations.translation_taken,
    translations.translation_not_a_term,
    head.withdrawal_outside_amendment,
    parties.evaluator_with_a_stake,
    parties.role_twice,
    parties.shares_not_whole,
    parties.share_not_fixed,
    parties.member_twice,
    parties.waterfall_without_limit,
    parties.waterfall_limit_not_fixed,
    calendar.term_ends_before_it_starts,
    calendar.date_outside_term,
    calendar.period_ends_before_it_starts,
    calendar.due_without_evaluation,
    calendar.due_beyond_calendars,
    tables.rows_not_rising,
    tables.bound_not_fixed,
    tables.missing_otherwise,
    tables.otherwise_in_marginal,
    tables.key_without_order,
    tables.jump_in_marginal,
    payments.payer_is_payee,
    payments.rank_circle,
    payments.rank_against_dates,
    payments.depends_on_later_payment,
    payments.due_before_known,
    payments.never_due,
    caps.cap_on_both_sides,
    caps.cap_mixes_card_and_payments,
    caps.cap_target_twice,
    caps.cap_off_evaluation,
    caps.cap_across_series,
    caps.negative_cap,
    caps.cap_in_two_currencies,
    caps.return_cap_in_two_currencies,
    cards.outcome_twice,
    cards.limit_missing,
    cards.limit_twice,
    cards.limit_not_whole,
    cards.requirement_circle,
    cards.negative_price,
    examples.given_twice,
    examples.claim_after_last_evaluation,
    examples.claim_at_other_evaluation,
)
"""What makes a contract mean nothing, or two things: errors."""

ABSENCES: tuple[Check, ...] = (
    head.missing_title,
    head.missing_currency,
    head.missing_term,
    calendar.evaluation_never_used,
    caps.cap_on_nothing,
    caps.return_cap_without_funding,
)
"""Errors about what is not there; asked only of a text that could be read to its end."""

DOUBTS: tuple[Check, ...] = (
    reading.interested_reporter,
    parties.evaluator_paid_by_results,
    reading.unused_measure,
    reading.unused_definition,
    reading.payment_without_cap,
    reading.no_worked_example,
    recurrences.month_ends_that_drift,
    recurrences.end_never_reached,
    payments.may_be_negative,
    divisions.unguarded_division,
    incentives.cliff,
    incentives.falls_as_results_improve,
    headroom.cap_never_binds,
    headroom.cap_below_first_tier,
    roundings.rounded_twice,
    cards.card_never_paid,
    cards.participant_cap_below_prices,
    windows.gap_between_windows,
    windows.window_beyond_term,
    windows.wait_beyond_term,
    windows.price_never_paid,
    examples.nothing_expected,
    examples.example_title_twice,
)
"""What a careful reader would ask about: warnings, once nothing is refused any more."""

CHECKS: tuple[Check, ...] = (*REFUSALS, *ABSENCES, *DOUBTS)


def check(contract: Contract, *, is_whole: bool = True) -> Checked:
    """Everything that checking a tree finds out, findings in the order of the text.

    ``is_whole`` is False where a part of the text could not be read: then nothing is said to be
    missing, since it may stand in that part.
    """
    names, found_names = declare(contract)
    currency = next((one.code for one in statements(contract, Currency)), "")
    at, found_homes = homes(contract, names, currency)
    kinds, found_types = types(contract, names)
    basic = (*found_names, *found_homes, *found_types)
    checked = Checked(contract, names, kinds, at, currency, basic)
    whole = is_whole and not contract.unread
    checked = _asked(checked, (*REFUSALS, *(ABSENCES if whole else ())))
    return _asked(checked, DOUBTS) if whole and checked.ok else checked


def check_library(contract: Contract) -> tuple[Diagnostic, ...]:
    """What can be said of a clause library alone: names that clash, a title of a contract.

    What it means depends on the contract that uses it, which may declare the names it takes for granted.
    """
    return in_order((*head.library_titled(contract), *clashes(contract)))


def _asked(checked: Checked, checks: Iterable[Check]) -> Checked:
    found = (finding for one in checks for finding in one(checked))
    return evolve(checked, findings=in_order((*checked.findings, *found)))
