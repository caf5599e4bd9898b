"""The types of a contract: the unit of every expression, and what must be of another kind.

Terms first, each after those it rests on, since the type of a definition is fixed at its
definition; then every other statement. Language reference, "Values".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from sibdsl.checks.checked import Declaration, Names
from sibdsl.checks.homes.circles import circles
from sibdsl.checks.homes.dependencies import uses_in
from sibdsl.checks.homes.ordering import in_dependency_order
from sibdsl.checks.types.arithmetic import (
    DIFFERENCE,
    RATIO,
    UNKNOWN,
    Refusal,
    Type,
    is_amount,
    settled,
)
from sibdsl.checks.types.currencies import check_rates, money_of
from sibdsl.checks.types.inference import check_fixed, check_step, check_whole, infer
from sibdsl.checks.types.judgement import Judgement
from sibdsl.checks.types.refusals import not_alike, said
from sibdsl.checks.types.settling import settle
from sibdsl.checks.types.strays import instead_of_clashes
from sibdsl.checks.types.table_types import table_type
from sibdsl.diagnostics import Diagnostic, in_order, message
from sibdsl.money import minor_unit
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Expr, MeasureKind, Node
from sibdsl.syntax.walk import walk
from sibdsl.units import (
    COUNT,
    DATE,
    NUMBER,
    PERCENTAGE,
    POINTS,
    YES_NO,
    Unit,
    amount_in,
)


def types(contract: Contract, names: Names) -> tuple[Mapping[Span, Unit], tuple[Diagnostic, ...]]:
    """The unit of every expression by its place, and findings for those that do not go together.

    What rests on a mistake has no unit: a contract without findings has one for each expression.
    """
    judgement = Judgement(names, money_of(contract, names))
    _terms(contract, judgement)
    for statement in contract.statements:
        _statement(statement, judgement)
    judgement.findings += check_rates(contract)
    return judgement.types, in_order(instead_of_clashes(contract, judgement.findings))


# Terms, each after those it rests on


def _terms(contract: Contract, judgement: Judgement) -> None:
    names = judgement.names
    for name, declaration in names.declared.items():
        if isinstance(declaration, nodes.Measure):
            judgement.terms[name] = _measure_type(declaration, judgement.money.currency)
        elif isinstance(declaration, nodes.Condition):
            judgement.terms[name] = YES_NO
    made = {name: each for name, each in names.declared.items() if _is_made(each)}
    rests_on = {
        name: tuple(used for used in _used(each, judgement) if used in made)
        for name, each in made.items()
    }
    for group in in_dependency_order(made, rests_on):
        name = group[0]
        if len(group) == 1 and name not in rests_on[name]:
            judgement.terms[name] = _term_type(made[name], judgement)
        else:
            _round_about(group, made, contract, judgement)


def _is_made(declaration: Declaration) -> bool:
    return isinstance(declaration, nodes.Definition | nodes.Table | nodes.Payment | nodes.RateCard)


def _used(declaration: Declaration, judgement: Judgement) -> Iterator[str]:
    """The names whose types the type of a term rests on."""
    assert isinstance(declaration, Node)
    if isinstance(declaration, nodes.Table):
        yield declaration.key.text
    for use in uses_in(declaration):
        yield use.term.name
    money = judgement.money
    for part in walk(declaration):
        match part:
            case nodes.PaidToDate() | nodes.TotalPaid():
                paid = money.paid(part.party.text, part.side)
                yield from (payment.name.text for payment in paid)
            case nodes.ProvidedToDate():
                for funding in money.provided(part.party.text):
                    yield from (use.term.name for use in uses_in(funding.amount))
            case _:
                pass


def _round_about(
    group: Sequence[str],
    made: Mapping[str, Declaration],
    contract: Contract,
    judgement: Judgement,
) -> None:
    """Terms that rest on one another at previous evaluations: what is known of one tells the next.

    Each look can settle one more term of the group, so as many looks as it has terms are enough.
    """
    ordered = sorted(group, key=lambda name: judgement.names.where[name].span)
    for _ in ordered:
        before = [judgement.terms.get(name) for name in ordered]
        for name in ordered:
            judgement.terms[name] = _term_type(made[name], judgement.aside())
        if before == [judgement.terms[name] for name in ordered]:
            break
    reported = len(judgement.findings)
    for name in ordered:
        judgement.terms[name] = _term_type(made[name], judgement)
    is_unknown = judgement.terms[ordered[0]] is UNKNOWN
    if (
        is_unknown
        and len(judgement.findings) == reported
        and not _is_circular(group, contract, judgement)
    ):
        judgement.refuse(
            "SIB325",
            judgement.names.where[ordered[0]].span,
            message("of what kind ‘{name}’ is cannot be told", name=ordered[0]),
            message("say its first value: ‘(… at previous evaluation or else …)’"),
        )


def _is_circular(group: Sequence[str], contract: Contract, judgement: Judgement) -> bool:
    """Whether the terms rest on one another in a circle, which is a finding of its own."""
    found = circles(contract, judgement.names)
    return any(not one.members.isdisjoint(group) for one in found)


def _measure_type(measure: nodes.Measure, currency: str) -> Type:
    match measure.kind:
        case MeasureKind.COUNT:
            return COUNT
        case MeasureKind.NUMBER:
            return NUMBER
        case MeasureKind.PERCENTAGE:
            return PERCENTAGE
        case MeasureKind.POINTS:
            return POINTS
        case MeasureKind.AMOUNT:
            code = currency if measure.currency is None else measure.currency
            return UNKNOWN if minor_unit(code) is None else amount_in(code)
        case MeasureKind.DATE:
            return DATE
        case MeasureKind.YES_NO:
            return YES_NO
        case _:
            assert_never(measure.kind)


def _term_type(declaration: Declaration, judgement: Judgement) -> Type:
    match declaration:
        case nodes.Definition():
            found = infer(declaration.body, judgement)
            settle(declaration.body, settled(found), judgement)
            return settled(found) or UNKNOWN if found in {RATIO, DIFFERENCE} else found
        case nodes.Table():
            return table_type(declaration, judgement)
        case nodes.Payment():
            infer(declaration.amount, judgement)
            found = judgement.want_amount(declaration.amount)
            settle(declaration.amount, settled(found), judgement)
            return found
        case nodes.RateCard():
            return _card_type(declaration, judgement)
        case _:
            raise AssertionError(declaration)


def _card_type(card: nodes.RateCard, judgement: Judgement) -> Type:
    """The amount of a rate card: its prices and its cap per participant are of one currency."""
    prices = [outcome.price for outcome in card.outcomes]
    if card.participant_cap is not None:
        prices.append(card.participant_cap)
    amounts = []
    for price in prices:
        infer(price, judgement)
        if is_amount(judgement.want_amount(price)):
            amounts.append(price)
        settle(price, None, judgement)
    for outcome in card.outcomes:
        for part in (part for rule in outcome.rules for part in walk(rule)):
            if isinstance(part, nodes.Duration):
                check_whole(part, judgement)
    return judgement.agree(amounts) if amounts else UNKNOWN


# The other statements


def _statement(statement: nodes.Statement, judgement: Judgement) -> None:
    match statement:
        case nodes.Condition():
            _test(statement.test, judgement)
        case nodes.Payment():
            for test in (statement.when, statement.unless):
                if test is not None:
                    _test(test, judgement)
        case nodes.Measure():
            _details(statement, judgement)
        case nodes.Cap():
            _amount(statement.limit, judgement)
        case nodes.ReturnCap():
            _wanted(statement.rate, PERCENTAGE, judgement)
        case nodes.Funding():
            _fixed_amount(statement.amount, judgement)
        case nodes.RoundingRule():
            if is_amount(_amount(statement.step, judgement)):
                check_step(statement.step, judgement)
        case nodes.ShareGroup():
            for member in statement.members:
                _wanted(member.share, PERCENTAGE, judgement)
        case nodes.Waterfall():
            _waterfall(statement, judgement)
        case nodes.ExchangeRate():
            _exchange_rate(statement, judgement)
        case nodes.Example():
            for line in statement.lines:
                _example_line(line, judgement)
        case _:
            pass  # terms have been typed; the others hold no expression


def _wanted(expression: Expr, unit: Unit | None, judgement: Judgement) -> bool:
    infer(expression, judgement)
    serves = unit is None or judgement.want(expression, unit)
    settle(expression, unit, judgement)
    return serves and unit is not None


def _test(expression: Expr, judgement: Judgement) -> None:
    _wanted(expression, YES_NO, judgement)


def _amount(expression: Expr, judgement: Judgement) -> Type:
    infer(expression, judgement)
    found = judgement.want_amount(expression)
    settle(expression, settled(found), judgement)
    return found


def _fixed_amount(expression: Expr, judgement: Judgement) -> Type:
    found = _amount(expression, judgement)
    if is_amount(found):
        check_fixed(expression, judgement)
    return found


def _details(measure: nodes.Measure, judgement: Judgement) -> None:
    """The rounding of a measure and the value presumed of it are in its own unit."""
    unit = settled(_measure_type(measure, judgement.money.currency))
    for detail in measure.details:
        match detail:
            case nodes.MeasureRounding():
                if unit in {DATE, YES_NO}:
                    infer(detail.step, judgement)
                    text = message("{kind} cannot be rounded", kind=said(unit))
                    judgement.refuse("SIB310", detail.span, text)
                elif _wanted(detail.step, unit, judgement):
                    check_step(detail.step, judgement)
            case nodes.Presumed():
                _value_of(detail.value, unit, judgement)
            case _:
                pass


def _value_of(expression: Expr, unit: Unit | None, judgement: Judgement) -> None:
    """A value that stands for a reported one: fixed in the text, of the unit of the measure."""
    if not _wanted(expression, unit, judgement):
        return
    check_fixed(expression, judgement)
    value = judgement.typed(expression).value
    if unit == COUNT and value is not None and (value.denominator != 1 or value < 0):
        judgement.refuse(
            "SIB326",
            expression.span,
            message("a count is a whole number, 0 or more"),
            message("correct the value, or make the measure ‘a number’"),
        )


def _waterfall(group: nodes.Waterfall, judgement: Judgement) -> None:
    """The limits of a waterfall, and what passes through it, are of one currency."""
    limits = [member.up_to for member in group.members if member.up_to is not None]
    amounts = [limit for limit in limits if is_amount(_amount(limit, judgement))]
    if not amounts or judgement.agree(amounts) is UNKNOWN:
        return
    through = (
        payment for side in nodes.Side for payment in judgement.money.paid(group.name.text, side)
    )
    for payment in through:
        paid = judgement.terms.get(payment.name.text, UNKNOWN)
        if is_amount(paid) and paid != judgement.found[amounts[0].span]:
            limit, amount = judgement.typed(amounts[0]), judgement.typed(payment.amount)
            judgement.findings.append(not_alike(limit, amount, Refusal.TWO_CURRENCIES))


def _exchange_rate(rate: nodes.ExchangeRate, judgement: Judgement) -> None:
    infer(rate.base, judgement)
    settle(rate.base, None, judgement)
    if isinstance(rate.quote, nodes.Amount):
        infer(rate.quote, judgement)
        settle(rate.quote, None, judgement)
    else:
        _wanted(rate.quote, NUMBER, judgement)


def _example_line(line: nodes.ExampleLine, judgement: Judgement) -> None:
    match line:
        case nodes.Given():
            if isinstance(line.value, nodes.NotAvailable):
                return
            declaration = judgement.names.declared.get(line.name.text)
            if isinstance(declaration, nodes.Measure):
                unit = settled(_measure_type(declaration, judgement.money.currency))
                _value_of(line.value, unit, judgement)
            else:
                _wanted(line.value, None, judgement)
        case nodes.Expect():
            _expected(line, judgement)
        case _:
            pass


def _expected(line: nodes.Expect, judgement: Judgement) -> None:
    infer(line.subject, judgement)
    infer(line.value, judgement)
    unit = settled(judgement.compare(line.value.span, line.subject, line.value))
    settle(line.subject, unit, judgement)
    settle(line.value, unit, judgement)
    if unit is not None:
        check_fixed(line.value, judgement)
