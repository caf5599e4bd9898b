"""The type of each expression, from its innermost parts outwards.

A number written in the text and a ratio get their unit only from where they end in
(:mod:`sibdsl.checks.types.settling`). After a mistake a part is of unknown type, and nothing more is
said about whatever it stands in.
"""

from __future__ import annotations

from sibdsl.checks.types.arithmetic import (
    DIFFERENCE,
    FRACTION,
    RATIO,
    SCALAR,
    UNKNOWN,
    Clash,
    Refusal,
    Type,
    agreed,
    combined,
    is_amount,
    negated,
    settled,
)
from sibdsl.checks.types.conjunctions import joins_values
from sibdsl.checks.types.constants import constant_value
from sibdsl.checks.types.judgement import Judgement
from sibdsl.checks.types.refusals import (
    not_combined,
    not_rounded,
    percent_added_to_percentage,
    said,
)
from sibdsl.diagnostics import Label, error, message
from sibdsl.money import minor_unit
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Operator, Over, Relation
from sibdsl.syntax.walk import walk
from sibdsl.units import (
    COUNT,
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PERCENTAGE,
    POINTS,
    YES_NO,
    Unit,
    amount_in,
)

_OF_DATES = frozenset(
    {Relation.BEFORE, Relation.AFTER, Relation.ON_OR_BEFORE, Relation.ON_OR_AFTER}
)
_PERCENT_OR_POINTS = frozenset({PERCENTAGE, POINTS, RATIO, DIFFERENCE, FRACTION, UNKNOWN})
_NOT_ROUNDED = frozenset({DATE, DAYS, MONTHS, YES_NO})


def infer(expression: Expr, judgement: Judgement) -> Type:
    """The type of an expression; those of its parts are kept, mistakes reported."""
    parts = [node for node in walk(expression) if isinstance(node, Expr)]
    # Each part after those in it, without recursion: a sum may be as long as the contract.
    for part in reversed(parts):
        judgement.found[part.span] = _type(part, judgement)
    return judgement.found[expression.span]


def check_fixed(expression: Expr, judgement: Judgement) -> None:
    """Report an expression that must have its value from the text and has not."""
    if judgement.found[expression.span] is UNKNOWN:
        return
    if constant_value(expression, judgement.names) is None:
        judgement.refuse(
            "SIB316",
            expression.span,
            message("this value must be fixed in the text"),
            message("write the value itself, or a term defined by one"),
        )


def check_step(step: Expr, judgement: Judgement) -> None:
    """Report a step of a rounding that is not fixed in the text, or is not above nil."""
    check_fixed(step, judgement)
    value = judgement.typed(step).value
    if value is not None and value <= 0:
        judgement.refuse(
            "SIB317",
            step.span,
            message("the step of a rounding must be more than nil"),
            message("write the smallest difference that is to count"),
        )


def check_whole(number: nodes.Number | nodes.Duration, judgement: Judgement) -> None:
    """Report a number of days, of times, of conditions that is not whole."""
    value = number.number if isinstance(number, nodes.Duration) else number.value
    if value.denominator != 1:
        judgement.refuse(
            "SIB315",
            number.span,
            message("only a whole number has a meaning here"),
            message("write a whole number; half a year is 6 months"),
        )


def _type(part: Expr, judgement: Judgement) -> Type:
    match part:
        case nodes.Number():
            return SCALAR
        case nodes.Percentage():
            return PERCENTAGE
        case nodes.Points():
            return POINTS
        case nodes.Amount():
            # A code that is no currency has its own finding.
            return UNKNOWN if minor_unit(part.currency) is None else amount_in(part.currency)
        case nodes.Date() | nodes.EvaluationDate():
            return DATE
        case nodes.Duration():
            check_whole(part, judgement)
            return DAYS if part.unit is nodes.DurationUnit.DAYS else MONTHS
        case nodes.YesNo():
            return YES_NO
        case nodes.NameUse() | nodes.AtEvaluation() | nodes.AtPrevious():
            return judgement.terms.get(part.name.text, UNKNOWN)
        case nodes.GrossAmount():
            return judgement.found[part.payment.span]
        case nodes.Accepted():
            return COUNT
        case nodes.PaidToDate() | nodes.TotalPaid() | nodes.ProvidedToDate():
            return _money_so_far(part, judgement)
        case nodes.Comparison() | nodes.Between():
            return _test(part, judgement)
        case nodes.Not() | nodes.And() | nodes.Or() | nodes.AtLeast():
            return _conditions(part, judgement)
        case _:
            return _made(part, judgement)


def _made(part: Expr, judgement: Judgement) -> Type:
    """The type of what is made of the values of other expressions."""
    match part:
        case nodes.Arithmetic():
            return _arithmetic(part, judgement)
        case nodes.Negative():
            return _negative(part, judgement)
        case nodes.Extremum():
            return _extremum(part, judgement)
        case nodes.Rounded():
            return _rounded(part, judgement)
        case nodes.Choice():
            judgement.want(part.condition, YES_NO)
            return judgement.agree((part.yes, part.no))
        case nodes.OrElse():
            return judgement.agree((part.operand, part.fallback))
        case nodes.PointsIn():
            return _points_in(part, judgement)
        case nodes.InCurrency():
            return _in_currency(part, judgement)
        case nodes.LookUp():
            key = settled(judgement.keys.get(part.table.text, UNKNOWN))
            if key is not None:
                judgement.want(part.key, key)
            return judgement.terms.get(part.table.text, UNKNOWN)
        case nodes.OverEvaluations():
            return _over_evaluations(part, judgement)
        case nodes.Interest():
            judgement.want(part.rate, PERCENTAGE)
            judgement.want(part.start, DATE)
            judgement.want(part.end, DATE)
            return judgement.want_amount(part.amount)
        case nodes.Indexed():
            return _indexed(part, judgement)
        case _:
            raise AssertionError(part)


def _arithmetic(part: nodes.Arithmetic, judgement: Judgement) -> Type:
    left, right = judgement.found[part.left.span], judgement.found[part.right.span]
    if part.operator is Operator.MINUS and _is_whole(part.left, part.right):
        other = right if _is_one(part.left) else left
        if other in {PERCENTAGE, RATIO, FRACTION}:
            return PERCENTAGE
    if (
        part.operator is Operator.PLUS
        and isinstance(part.right, nodes.Percentage)
        and not isinstance(part.left, nodes.Percentage)
        and left in {PERCENTAGE, RATIO}
    ):
        judgement.findings.append(percent_added_to_percentage(part, part.right))
        return UNKNOWN
    result = combined(part.operator, left, right)
    if isinstance(result, Refusal):
        sides = judgement.typed(part.left), judgement.typed(part.right)
        judgement.findings.append(not_combined(part, *sides, result))
        return UNKNOWN
    if result == DATE:
        # Months are counted from the date they are added to, so their number must be in the text.
        for side in (part.left, part.right):
            if judgement.found[side.span] == MONTHS and not isinstance(side, nodes.Duration):
                check_fixed(side, judgement)
    return result


def _is_whole(left: Expr, right: Expr) -> bool:
    """Whether a side of a difference is the literal ``100%``: the whole less a part of it."""
    return _is_one(left) or _is_one(right)


def _is_one(expression: Expr) -> bool:
    return isinstance(expression, nodes.Percentage) and expression.value == 1


def _negative(part: nodes.Negative, judgement: Judgement) -> Type:
    operand = judgement.found[part.operand.span]
    return negated(operand) or judgement.refuse(
        "SIB310", part.span, message("{kind} has no opposite", kind=said(operand))
    )


def _extremum(part: nodes.Extremum, judgement: Judgement) -> Type:
    joint = judgement.agree(part.items)
    if joint == YES_NO:
        return judgement.refuse(
            "SIB321",
            part.span,
            message("yes and no have no order"),
            message("join conditions with ‘and’, ‘or’, ‘all of’ or ‘any of’"),
        )
    return joint


def _rounded(part: nodes.Rounded, judgement: Judgement) -> Type:
    joint = agreed([judgement.found[part.operand.span], judgement.found[part.step.span]])
    if isinstance(joint, Clash):
        sides = judgement.typed(part.operand), judgement.typed(part.step)
        judgement.findings.append(not_rounded(*sides, joint.refusal))
        return UNKNOWN
    if joint in _NOT_ROUNDED:
        kind = said(judgement.found[part.operand.span])
        return judgement.refuse("SIB310", part.span, message("{kind} cannot be rounded", kind=kind))
    if joint is not UNKNOWN:
        check_step(part.step, judgement)
    return joint


def _points_in(part: nodes.PointsIn, judgement: Judgement) -> Type:
    operand = judgement.found[part.operand.span]
    if operand in _PERCENT_OR_POINTS:
        return NUMBER
    return judgement.refuse(
        "SIB320",
        part.span,
        message("‘points in’ is for a percentage or points, not {kind}", kind=said(operand)),
    )


def _in_currency(part: nodes.InCurrency, judgement: Judgement) -> Type:
    if minor_unit(part.currency) is None:  # said elsewhere: who knows what was meant of the rest
        return UNKNOWN
    operand = judgement.want_amount(part.operand)
    if not isinstance(operand, Unit):
        return UNKNOWN
    if operand.currency == part.currency:
        return judgement.refuse(
            "SIB309",
            part.span,
            message("this amount is already in {currency}", currency=part.currency),
            message("take ‘in {currency}’ away", currency=part.currency),
        )
    if not judgement.money.converts(operand.currency, part.currency):
        return judgement.refuse(
            "SIB309",
            part.span,
            message(
                "the contract has no exchange rate between {one} and {other}",
                one=operand.currency,
                other=part.currency,
            ),
            message(
                "write a statement ‘exchange rate {one} 1 is {other} …’",
                one=operand.currency,
                other=part.currency,
            ),
        )
    return amount_in(part.currency)


def _indexed(part: nodes.Indexed, judgement: Judgement) -> Type:
    judgement.want(part.rate, PERCENTAGE)
    judgement.want(part.start, DATE)
    operand = judgement.found[part.operand.span]
    if operand in {SCALAR, FRACTION, COUNT, NUMBER}:
        return NUMBER
    return judgement.want_amount(part.operand)


def _test(part: nodes.Comparison | nodes.Between, judgement: Judgement) -> Type:
    if isinstance(part, nodes.Between):
        joint = judgement.agree((part.operand, part.low, part.high))
        if joint == YES_NO:
            _wrong_words(part, judgement)
        return YES_NO
    joint = judgement.compare(part.span, part.left, part.right)
    if UNKNOWN in {judgement.found[part.left.span], judgement.found[part.right.span]}:
        return YES_NO
    is_for_dates = part.relation in _OF_DATES
    is_fitting = joint != YES_NO and is_for_dates is (joint == DATE)
    if joint is not UNKNOWN and part.relation is not Relation.IS and not is_fitting:
        _wrong_words(part, judgement, is_for_dates=is_for_dates, joint=joint)
    return YES_NO


def _wrong_words(
    part: nodes.Comparison | nodes.Between,
    judgement: Judgement,
    *,
    is_for_dates: bool = False,
    joint: Type = YES_NO,
) -> None:
    if joint == YES_NO:
        text = message("yes and no have no order")
        cure = message("write ‘is yes’, ‘is no’, or the condition alone")
    elif is_for_dates:
        text = message("these words compare dates, not {kind}", kind=said(joint))
        cure = message("write ‘is at least’, ‘is at most’, ‘is more than’ or ‘is less than’")
    else:
        text = message("these words do not compare dates")
        cure = message("write ‘is before’, ‘is after’, ‘is on or before’ or ‘is on or after’")
    judgement.refuse("SIB321", part.span, text, cure)


def _conditions(
    part: nodes.Not | nodes.And | nodes.Or | nodes.AtLeast, judgement: Judgement
) -> Type:
    items = (part.operand,) if isinstance(part, nodes.Not) else part.items
    if isinstance(part, nodes.And) and joins_values(part, judgement):
        return UNKNOWN
    for item in items:
        judgement.want(item, YES_NO)
    if isinstance(part, nodes.AtLeast):
        check_whole(part.number, judgement)
    return YES_NO


def _over_evaluations(part: nodes.OverEvaluations, judgement: Judgement) -> Type:
    each = judgement.terms.get(part.name.text, UNKNOWN)
    if part.number is not None:
        check_whole(part.number, judgement)
    is_test = part.which in {Over.ANY, Over.ALL, Over.AT_LEAST}
    if each is UNKNOWN:
        return YES_NO if is_test else UNKNOWN
    if is_test is not (each == YES_NO):
        cure = (
            message("use ‘total of’, ‘average of’, ‘lowest of’ or ‘highest of’")
            if is_test
            else message("use ‘any of’, ‘all of’ or ‘at least 2 of’")
        )
        text = message("‘{name}’ is {kind}", name=part.name.text, kind=said(each))
        return judgement.refuse("SIB322", part.span, text, cure)
    if part.which in {Over.TOTAL, Over.AVERAGE} and each in _NOT_ROUNDED - {YES_NO}:
        text = message("‘{name}’ is {kind}", name=part.name.text, kind=said(each))
        cure = message("use ‘lowest of’ or ‘highest of’")
        return judgement.refuse("SIB322", part.span, text, cure)
    return NUMBER if part.which is Over.AVERAGE and each == COUNT else each


def _money_so_far(
    part: nodes.PaidToDate | nodes.TotalPaid | nodes.ProvidedToDate, judgement: Judgement
) -> Type:
    """The amount of all payments or fundings of a party: they must be in one currency."""
    party = part.party.text
    found: list[tuple[Type, Label]] = []
    if isinstance(part, nodes.ProvidedToDate):
        aside = judgement.aside()
        for funding in judgement.money.provided(party):
            label = Label(funding.amount.span, message("provided in another currency"))
            found.append((infer(funding.amount, aside), label))
    else:
        for payment in judgement.money.paid(party, part.side):
            label = Label(payment.amount.span, message("paid in another currency"))
            found.append((judgement.terms.get(payment.name.text, UNKNOWN), label))
    amounts = {type_: label for type_, label in reversed(found) if is_amount(type_)}
    if len(amounts) > 1:
        currencies = tuple(type_.currency for type_ in amounts if isinstance(type_, Unit))
        judgement.findings.append(
            error(
                "SIB308",
                part.span,
                message(
                    "‘{party}’ has amounts in {currencies}", party=party, currencies=currencies
                ),
                others=amounts.values(),
                help=message(
                    "add up the payments themselves, each as ‘total of … in {currency}’",
                    currency=judgement.money.currency,
                ),
            )
        )
        return UNKNOWN
    if amounts:
        return next(iter(amounts))
    return UNKNOWN if found or not judgement.money.currency else amount_in(judgement.money.currency)
