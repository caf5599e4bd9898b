"""What holds of every plan beyond the forms of its fields, so that evaluating one cannot fail.

A plan made by lowering has all of it. A plan read from JSON is made by anyone: each thing that the
evaluator relies on is looked at here, once, and never again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from typing import Final, assert_never

from sibdsl.diagnostics import Message, message
from sibdsl.money import CURRENCIES
from sibdsl.plan.terms import (
    AcceptedClaims,
    Account,
    Aggregate,
    Alias,
    Arithmetic,
    Choice,
    Claimed,
    Comparison,
    Constant,
    Division,
    Example,
    Fallback,
    Growth,
    Index,
    Lookup,
    Measure,
    Negation,
    Part,
    Payment,
    Plan,
    RateCard,
    Result,
    ReturnLimit,
    Rounded,
    Settlement,
    Several,
    Shares,
    Shift,
    Single,
    Term,
    Tiers,
    Undefined,
    YearFraction,
)
from sibdsl.units import Kind, Unit

Path = tuple[str | int, ...]
Flaw = tuple[Path, Message]
"""Where in the plan something does not hold, and what."""

MOST_MONTHS: Final = 12 * date.max.year
_NOT_OF_ITS_UNIT: Final = message("this value is not of the unit that it is given")
_NO_SUCH_RESULT: Final = message("the measure does not exist there, or has another unit")
_NO_SUCH_OUTCOME: Final = message("this outcome is not on the card")
_NO_CURRENCY: Final = message("this is no currency of ISO 4217")
_BEYOND_CALENDARS: Final = message("a limit here is not within what a calendar holds")
_STEP_IS_POSITIVE: Final = message("a step is more than nil")
_NO_SUCH_PART: Final = message("this part of a payment is not known here")
_NOT_SETTLED_HERE: Final = message("this is not where the payment is settled")


def flaw(plan: Plan) -> Flaw | None:
    """The first thing that keeps a plan from being evaluated; None for a sound plan."""
    return next(_flaws(plan), None)


def _flaws(plan: Plan) -> Iterator[Flaw]:
    yield from _distinct("evaluations", "name", (each.name for each in plan.evaluations))
    yield from _distinct("parties", "name", (each.name for each in plan.parties))
    yield from _distinct("measures", "name", (each.name for each in plan.measures))
    yield from _distinct("cards", "name", (each.name for each in plan.cards))
    yield from _distinct(
        "payments", "name", ((each.name, each.evaluation) for each in plan.payments)
    )
    yield from _distinct("roundings", "currency", (each.currency for each in plan.roundings))
    yield from _currencies(plan)
    for place, rounding in enumerate(plan.roundings):
        if rounding.step <= 0:
            yield (("roundings", place, "step"), _STEP_IS_POSITIVE)
    for place, measure in enumerate(plan.measures):
        yield from _measure(("measures", place), measure)
    for place, card in enumerate(plan.cards):
        yield from _card(("cards", place), card)
    yield from _payments(plan)
    for place, term in enumerate(plan.terms):
        yield from _term(("terms", place), place, term, plan)
    for place, account in enumerate(plan.accounts):
        yield from _account(("accounts", place), account, plan)
    for place, example in enumerate(plan.examples):
        yield from _example(("examples", place), example, plan)


def _distinct(listed: str, field: str, keys: Iterable[object]) -> Iterator[Flaw]:
    seen: set[object] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield ((listed, place, field), message("this name stands here for the second time"))
        seen.add(key)


def _currencies(plan: Plan) -> Iterator[Flaw]:
    if plan.currency not in CURRENCIES:
        yield (("currency",), _NO_CURRENCY)
    listed = {
        "fundings": [each.currency for each in plan.fundings],
        "cards": [each.currency for each in plan.cards],
        "payments": [each.currency for each in plan.payments],
        "caps": [each.currency for each in plan.caps],
        "roundings": [each.currency for each in plan.roundings],
    }
    for name, currencies in listed.items():
        for place, currency in enumerate(currencies):
            if currency not in CURRENCIES:
                yield ((name, place, "currency"), _NO_CURRENCY)


def _measure(path: Path, measure: Measure) -> Iterator[Flaw]:
    if measure.presumed is not None and not _suits(measure.presumed, measure.unit):
        yield ((*path, "presumed"), _NOT_OF_ITS_UNIT)
    if measure.direction not in {"", "higher", "lower"}:
        yield ((*path, "direction"), message("only ‘higher’, ‘lower’ or nothing may stand here"))


def _card(path: Path, card: RateCard) -> Iterator[Flaw]:
    for place, tariff in enumerate(card.tariffs):
        here = (*path, "tariffs", place)
        numbers = [tariff.times or 0, tariff.apart_months, tariff.apart_days]
        for requirement in tariff.requires:
            numbers += [requirement.months, requirement.days]
            if not all(0 <= outcome < len(card.tariffs) for outcome in requirement.outcomes):
                yield ((*here, "requires"), _NO_SUCH_OUTCOME)
        if not all(0 <= number <= MOST_MONTHS * 31 for number in numbers):
            yield (here, _BEYOND_CALENDARS)


# ------------------------------------------------------------------------------------------ terms


def _term(path: Path, place: Index, term: Term, plan: Plan) -> Iterator[Flaw]:
    yield from _operands(path, term, plan)
    match term:
        case Constant():
            if not _suits(term.value, term.unit):
                yield ((*path, "value"), _NOT_OF_ITS_UNIT)
        case Result():
            measure = plan.measures[term.measure]
            if not _stands(term.evaluation, measure.evaluations) or term.unit != measure.unit:
                yield (path, _NO_SUCH_RESULT)
        case Claimed() | AcceptedClaims():
            yield from _claims(path, term, plan.cards[term.card])
        case Several() | Aggregate():
            if term.evaluations and len(term.evaluations) != len(term.items):
                yield (
                    (*path, "evaluations"),
                    message("there is one evaluation for each item, or none"),
                )
        case Rounded():
            if term.step <= 0:
                yield ((*path, "step"), _STEP_IS_POSITIVE)
        case Lookup():
            rows = [(bound.at, not bound.included) for bound in term.bounds]
            if not rows or len(rows) != len(term.values):
                yield (
                    (*path, "values"),
                    message("there is one value for each row, and a row at least"),
                )
            if any(low >= high for low, high in pairwise(rows)):
                yield ((*path, "bounds"), message("the rows of a table rise"))
        case Shift():
            if abs(term.months) > MOST_MONTHS:
                yield ((*path, "months"), _BEYOND_CALENDARS)
        case Settlement():
            if plan.payments[term.payment].settlement != place:
                yield (path, _NOT_SETTLED_HERE)
        case Part():
            payment = plan.payments[term.payment]
            if payment.settlement >= place or not 0 <= term.part < len(payment.parts):
                yield (path, _NO_SUCH_PART)
        case _:
            pass


def _claims(path: Path, term: Claimed | AcceptedClaims, card: RateCard) -> Iterator[Flaw]:
    if term.evaluation not in card.evaluations:
        yield ((*path, "evaluation"), message("the rate card does not stand at this evaluation"))
    if isinstance(term, AcceptedClaims):
        if not 0 <= term.outcome < len(card.tariffs):
            yield ((*path, "outcome"), _NO_SUCH_OUTCOME)
    elif len(term.prices) != len(card.tariffs):
        yield ((*path, "prices"), message("there is one price for each outcome of the card"))


def _operands(path: Path, term: Term, plan: Plan) -> Iterator[Flaw]:
    """Conditions stand where conditions are wanted, and nowhere else."""
    tests, values, alike = _wanted(term)
    if not all(_is_test(plan.terms[operand]) for operand in tests):
        yield (path, message("a condition is wanted here, and this term is a value"))
    if any(_is_test(plan.terms[operand]) for operand in values):
        yield (path, message("a value is wanted here, and this term is a condition"))
    if len({_is_test(plan.terms[operand]) for operand in alike}) > 1:
        yield (path, message("conditions and values are mixed here"))
    if _is_test(term) not in _made(term, plan):
        yield ((*path, "unit"), message("this unit is not that of such a term"))


def _made(term: Term, plan: Plan) -> tuple[bool, ...]:
    """Whether a term makes a condition; either way for those whose unit says it alone."""
    match term:
        case Constant() | Undefined() | Result():
            return (True, False)
        case Comparison() | Negation() | Several():
            return (True,)
        case Alias() | Fallback():
            return (_is_test(plan.terms[term.term]),)
        case Choice():
            return (_is_test(plan.terms[term.yes]),)
        case _:
            return (False,)


def _is_test(term: Term) -> bool:
    return term.unit.kind is Kind.YES_NO


Indices = tuple[Index, ...]
Value = Fraction | bool


def operands(term: Term) -> Indices:
    """Every term that a term names itself; of a payment, see its settlement in the plan."""
    tests, values, alike = _wanted(term)
    return (*tests, *values, *alike)


def _wanted(term: Term) -> tuple[Indices, Indices, Indices]:
    """The operands that are conditions, those that are values, and those of one kind."""
    match term:
        case Constant() | Undefined() | Result() | AcceptedClaims() | Settlement() | Part():
            return (), (), ()
        case Claimed():
            cap = () if term.participant_cap is None else (term.participant_cap,)
            return (), (*term.prices, *cap), ()
        case Alias():
            return (), (), (term.term,)
        case Arithmetic():
            return (), (term.left, term.right), ()
        case Comparison():
            return (), (), (term.left, term.right)
        case Negation():
            return (term.term,), (), ()
        case Several():
            return term.items, (), ()
        case Aggregate():
            return (), term.items, ()
        case Choice():
            return (term.condition,), (), (term.yes, term.no)
        case Fallback():
            return (), (), (term.term, term.otherwise)
        case Rounded():
            return (), (term.term,), ()
        case Lookup():
            otherwise = () if term.otherwise is None else (term.otherwise,)
            return (), (term.key, *term.values, *otherwise), ()
        case YearFraction():
            return (), (term.start, term.end), ()
        case Growth():
            return (), (term.rate, term.start, term.end), ()
        case Shift():
            return (), (term.date,), ()
        case _:
            assert_never(term)


def _suits(value: Value, unit: Unit) -> bool:
    if unit.kind is Kind.YES_NO or isinstance(value, bool):
        return unit.kind is Kind.YES_NO and isinstance(value, bool)
    if unit.kind is Kind.DATE:
        return value.denominator == 1 and 1 <= value <= date.max.toordinal()
    return True


def _stands(evaluation: int | None, evaluations: tuple[int, ...] | None) -> bool:
    return evaluation is None if evaluations is None else evaluation in evaluations


# --------------------------------------------------------------------------------------- payments


def _payments(plan: Plan) -> Iterator[Flaw]:
    rounded = {rounding.currency for rounding in plan.roundings}
    for place, payment in enumerate(plan.payments):
        path: Path = ("payments", place)
        yield from _payment(path, place, payment, plan)
        yield from _division((*path, "payer"), payment.payer)
        yield from _division((*path, "payee"), payment.payee)
        if payment.currency not in rounded:
            yield ((*path, "currency"), message("no rounding is given for this currency"))
    for place, (earlier, later) in enumerate(pairwise(plan.payments), 1):
        if (earlier.due, earlier.settlement) > (later.due, later.settlement):
            yield (
                ("payments", place),
                message("payments stand in the order in which they are settled"),
            )


def _payment(path: Path, place: int, payment: Payment, plan: Plan) -> Iterator[Flaw]:
    settled = plan.terms[payment.settlement]
    if not isinstance(settled, Settlement) or settled.payment != place:
        yield ((*path, "settlement"), _NOT_SETTLED_HERE)
    if payment.gross >= payment.settlement or _is_test(plan.terms[payment.gross]):
        yield (
            (*path, "gross"),
            message("an amount is wanted here, made before the payment is settled"),
        )
    if payment.condition is not None and (
        payment.condition >= payment.settlement or not _is_test(plan.terms[payment.condition])
    ):
        yield (
            (*path, "condition"),
            message("a condition is wanted here, made before the settlement"),
        )
    if payment.parts != tuple(product(_members(payment.payer), _members(payment.payee))):
        yield (
            (*path, "parts"),
            message("there is one part for each payer and payee, in their order"),
        )


def _members(division: Division) -> tuple[int, ...]:
    return (division.party,) if isinstance(division, Single) else division.members


def _division(path: Path, division: Division) -> Iterator[Flaw]:
    match division:
        case Single():
            return
        case Shares(_, members, shares):
            if len(members) != len(shares) or sum(shares) != 1 or min(shares) < 0:
                yield (path, message("shares are not negative and make 100% together"))
        case Tiers(_, members, up_to):
            if len(members) != len(up_to) or any(
                limit is not None and limit < 0 for limit in up_to
            ):
                yield (path, message("there is one limit for each member, and none is negative"))
        case _:
            assert_never(division)
    if len(set(members)) != len(members):
        yield (path, message("a member stands once in its group"))


def _account(path: Path, account: Account, plan: Plan) -> Iterator[Flaw]:
    bears_on = [*account.payments, *(payment for payment, _ in account.parts)]
    if not set(account.counted) <= set(bears_on):
        yield ((*path, "counted"), message("what is counted is among what the cap bears on"))
    if isinstance(account.limit, ReturnLimit):
        limit = account.limit.rate
        parts = (*account.parts, *account.limit.own_parts)
    else:
        limit = account.limit
        parts = account.parts
    if not all(payment < len(plan.payments) for payment, _ in parts) or not all(
        0 <= part < len(plan.payments[payment].parts) for payment, part in parts
    ):
        yield ((*path, "parts"), _NO_SUCH_PART)
    if _is_test(plan.terms[limit]) or any(
        plan.payments[payment].settlement <= limit
        for payment in bears_on
        if payment not in account.counted
    ):
        yield (
            (*path, "limit"),
            message("a limit is a value made before what it bears on is settled"),
        )


def _example(path: Path, example: Example, plan: Plan) -> Iterator[Flaw]:
    for place, result in enumerate(example.results):
        measure = plan.measures[result.measure]
        suits = result.value is None or _suits(result.value, measure.unit)
        if not suits or not _stands(result.evaluation, measure.evaluations):
            yield ((*path, "results", place), _NO_SUCH_RESULT)
    for place, claim in enumerate(example.claims):
        if not 0 <= claim.outcome < len(plan.cards[claim.card].tariffs):
            yield ((*path, "claims", place, "outcome"), _NO_SUCH_OUTCOME)
    for place, expected in enumerate(example.expectations):
        if not _suits(expected.value, expected.unit) or _is_test(plan.terms[expected.term]) != (
            expected.unit.kind is Kind.YES_NO
        ):
            yield ((*path, "expectations", place), _NOT_OF_ITS_UNIT)
