"""A determination as a sheet: one row per payer and payee who pays and gets something.

A payment of which nothing is due has one row. The gross amount stands in the first row of a payment
alone, so that each column of amounts adds up.

A cell that a spreadsheet would take for a formula is text after an apostrophe: names come from the
contract and evidence from its parties, and neither is to run on the reader's machine.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from sibdsl.diagnostics import message
from sibdsl.documents.determination_names import STATES
from sibdsl.documents.payments_text import because, worked_out
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.determination import Determination, PartDue, PaymentOutcome
from sibdsl.messages import NO, YES, say
from sibdsl.money import minor_unit, round_to
from sibdsl.numerals import Language, decimal_text
from sibdsl.plan.terms import Plan
from sibdsl.results.read_csv import CSV_FORMS, CsvForm
from sibdsl.source import Source

HEADINGS: Final = (
    message("payment"),
    message("evaluation"),
    message("payer"),
    message("payee"),
    message("currency"),
    message("gross amount"),
    message("amount due"),
    message("state"),
    message("due date"),
    message("payment date"),
    message("provisional"),
    message("presumed"),
    message("reason"),
    message("clause"),
    message("exact gross amount"),
)
_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def determination_csv(
    determination: Determination, plan: Plan, source: Source | None, form: Language | None = None
) -> str:
    """The sheet, lines ending in CRLF as RFC 4180 has them.

    ``form`` chooses separator and decimal mark (``CSV_FORMS``); unsaid, it is the contract's language,
    which is also that of the headings. The gross amount is rounded as the contract rounds; the last
    column has it exactly, as a fraction if need be.
    """
    written = CSV_FORMS[form or plan.language]
    language, wording = plan.language, Wording(plan, source)
    rows = [tuple(_text(say(heading, language)) for heading in HEADINGS)]
    for payment in determination.payments:
        rows.extend(_rows(payment, wording, written))
    return "".join(_line(row, written) for row in rows)


def _rows(payment: PaymentOutcome, wording: Wording, form: CsvForm) -> Iterator[tuple[str, ...]]:
    language = wording.language
    whole = PartDue(payment.payer, payment.payee, payment.amount)
    paying = tuple(part for part in payment.parts if part.amount) or (whole,)
    for part in paying:
        gross = payment.gross if part is paying[0] else None
        yield (
            _text(payment.name),
            _text(payment.evaluation),
            _text(part.payer),
            _text(part.payee),
            payment.currency,
            _amount(_rounded(gross, payment.currency, wording.plan), payment.currency, form),
            _amount(part.amount, payment.currency, form),
            _text(say(STATES[payment.state], language)),
            _day(payment.due),
            _day(payment.adjusted),
            _yes_or_no(language, is_so=payment.provisional),
            _yes_or_no(language, is_so=payment.presumed),
            _text(
                " ".join((*because(payment, wording), worked_out(payment, wording) or "")).rstrip()
            ),
            _text(_clause(payment, wording.source)),
            _amount(gross, payment.currency, form),
        )


def _rounded(amount: Fraction | None, currency: str, plan: Plan) -> Fraction | None:
    """An amount as the contract rounds what falls due."""
    rule = next((one for one in plan.roundings if one.currency == currency), None)
    if amount is None or rule is None:
        return amount
    return round_to(amount, rule.step, rule.mode)


def _clause(payment: PaymentOutcome, source: Source | None) -> str:
    if source is None:
        return ""
    file, at = source.in_file(payment.place.start)
    return f"{file.name}:{file.position(at).line}"


def _amount(amount: Fraction | None, currency: str, form: CsvForm) -> str:
    if amount is None:
        return ""
    return decimal_text(amount, minor_unit(currency)).replace(".", form.decimal_mark)


def _day(day: date) -> str:
    return day.isoformat()


def _yes_or_no(language: Language, *, is_so: bool) -> str:
    return say(YES if is_so else NO, language)


def _text(text: str) -> str:
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _line(cells: Iterable[str], form: CsvForm) -> str:
    return form.separator.join(_quoted(cell, form.separator) for cell in cells) + "\r\n"


def _quoted(cell: str, separator: str) -> str:
    if any(mark in cell for mark in (separator, '"', "\n", "\r")):
        return '"' + cell.replace('"', '""') + '"'
    return cell
