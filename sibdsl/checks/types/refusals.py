"""Findings about types: what does not go together, and what to write instead, ready to paste."""

from __future__ import annotations

from fractions import Fraction

from sibdsl.checks.types.arithmetic import Loose, Refusal, Type, is_amount
from sibdsl.checks.types.in_words import in_one
from sibdsl.diagnostics import Diagnostic, Label, Message, Said, error, message
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax.nodes import Arithmetic, Expr, NameUse, Operator, Percentage
from sibdsl.units import (
    COUNT,
    DATE,
    DAYS,
    MONTHS,
    NUMBER,
    PERCENTAGE,
    POINTS,
    Kind,
    Quantity,
    Unit,
)

_CODES = {
    Refusal.PERCENTAGE_WITH_POINTS: "SIB301",
    Refusal.NUMBER_FOR_PERCENTAGE: "SIB302",
    Refusal.NUMBER_FOR_AMOUNT: "SIB303",
    Refusal.PERCENT_ADDED: "SIB304",
    Refusal.NUMBER_WITH_POINTS: "SIB305",
    Refusal.POINTS_MINUS_PERCENTAGE: "SIB306",
    Refusal.TIMES_POINTS: "SIB307",
    Refusal.TWO_CURRENCIES: "SIB308",
}


@frozen
class Typed:
    """An expression, its type, and its value if the text fixes it."""

    expression: Expr
    type_: Type
    value: Fraction | None = None


def said(type_: Type) -> Said:
    """A type in words, with its article."""
    match type_:
        case Unit():
            return type_
        case Loose.SCALAR:
            return message("a bare number")
        case Loose.FRACTION:
            return message("a fraction")
        case Loose.RATIO:
            return message("a ratio")
        case Loose.DIFFERENCE:
            return message("a difference of ratios, in points")
        case Loose.UNKNOWN:
            return message("a value of no known kind")


def not_combined(node: Arithmetic, left: Typed, right: Typed, refusal: Refusal) -> Diagnostic:
    """An operation that the type table refuses."""
    if refusal is Refusal.PERCENT_ADDED:
        cure: Message | None = _share_more(node.operator, right)
    else:
        cure = _cure(refusal, left, right) or _operands_of(node.operator, left)
    return error(
        _CODES.get(refusal, "SIB310"),
        node.span,
        _not_combined(node.operator, said(left.type_), said(right.type_)),
        others=(_label(left), _label(right)),
        help=cure,
    )


def _not_combined(operator: Operator, left: Said, right: Said) -> Message:
    match operator:
        case Operator.PLUS:
            return message("{left} and {right} cannot be added", left=left, right=right)
        case Operator.MINUS:
            return message("{right} cannot be taken from {left}", left=left, right=right)
        case Operator.TIMES:
            return message("{left} and {right} cannot be multiplied", left=left, right=right)
        case Operator.OF:
            return message("{left} of {right} has no meaning", left=left, right=right)
        case Operator.DIVIDED_BY:
            return message("{left} cannot be divided by {right}", left=left, right=right)


def _operands_of(operator: Operator, left: Typed) -> Message:
    """What an operation takes, for want of a nearer cure."""
    match operator:
        case Operator.PLUS | Operator.MINUS if left.type_ in _TIMES:
            return message("write the other as a number of days, months or years too, or as a date")
        case Operator.PLUS | Operator.MINUS:
            return message("add and subtract only values of one kind")
        case Operator.TIMES:
            return message("multiply by a number, a count or a percentage")
        case Operator.OF:
            return message("write a percentage before it, or a fraction in brackets: ‘(5/6) of …’")
        case Operator.DIVIDED_BY:
            return message(
                "divide by a number, a count or a percentage, or by a value of its own kind"
            )


def percent_added_to_percentage(node: Arithmetic, added: Percentage) -> Diagnostic:
    """``X + 5%`` with X a percentage: five points more, or a twentieth more?"""
    return error(
        "SIB304",
        node.span,
        message(
            "‘+ {percentage}’ after a percentage can mean two things",
            percentage=Quantity(added.value, PERCENTAGE),
        ),
        help=message(
            "write ‘+ {points}’, or ‘* {percentage}’ for that share of it more",
            points=Quantity(added.value, POINTS),
            percentage=Quantity(1 + added.value, PERCENTAGE),
        ),
    )


def not_compared(place: Span, left: Typed, right: Typed, refusal: Refusal) -> Diagnostic:
    """The two sides of a comparison, or of an expected value, of two types."""
    return error(
        _CODES.get(refusal, "SIB311"),
        place,
        message(
            "{left} cannot be compared with {right}", left=said(left.type_), right=said(right.type_)
        ),
        others=(_label(left), _label(right)),
        help=_compared_cure(refusal, left, right)
        or _cure(refusal, left, right)
        or message("compare values of one kind"),
    )


def not_alike(one: Typed, other: Typed, refusal: Refusal) -> Diagnostic:
    """Two values of which either may come to stand, of two types."""
    return error(
        _CODES.get(refusal, "SIB312"),
        other.expression.span,
        message(
            "one value is {one}, another {other}", one=said(one.type_), other=said(other.type_)
        ),
        others=(_label(one),),
        help=_cure(refusal, one, other) or message("write values of one kind"),
    )


def not_rounded(operand: Typed, step: Typed, refusal: Refusal) -> Diagnostic:
    """A step that is of another type than what is rounded to it."""
    return error(
        _CODES.get(refusal, "SIB312"),
        step.expression.span,
        message(
            "{kind} cannot be rounded to a step that is {step}",
            kind=said(operand.type_),
            step=said(step.type_),
        ),
        others=(_label(operand),),
        help=_cure(refusal, operand, step) or message("write values of one kind"),
    )


def not_wanted(found: Typed, wanted: Unit, refusal: Refusal) -> Diagnostic:
    """A value where one of another type must stand."""
    place = Typed(found.expression, wanted)
    code = "SIB314" if Kind.YES_NO in _kinds(found.type_, wanted) else "SIB313"
    return error(
        _CODES.get(refusal, code),
        found.expression.span,
        message("this must be {wanted}, not {found}", wanted=wanted, found=said(found.type_)),
        help=_cure(refusal, found, place) or _example_of(found, wanted),
    )


def _example_of(found: Typed, wanted: Unit) -> Message | None:
    """How a value of a unit is written, where the one that stands there gives no hint."""
    match wanted.kind:
        case Kind.YES_NO:
            return message("write a condition, such as ‘… is at least …’")
        case Kind.DATE:
            return message("write a date as year-month-day, such as 2027-12-31")
        case Kind.AMOUNT if found.type_ in {PERCENTAGE, Loose.RATIO}:
            return message("say of what amount: ‘… of {amount}’", amount=wanted)
        case Kind.COUNT:
            return message("a count is a whole number, written without decimals")
        case Kind.PERCENTAGE if is_amount(found.type_):
            return message("write a percentage, or divide the amount by another")
        case Kind.AMOUNT if found.type_ in {COUNT, NUMBER}:
            return message("say the amount for each: ‘… * {name}’", name=_name(found))
        case _:
            return None


def _kinds(*types: Type) -> set[Kind]:
    return {type_.kind for type_ in types if isinstance(type_, Unit)}


def _label(typed: Typed) -> Label:
    return Label(typed.expression.span, message("{kind}", kind=said(typed.type_)))


def _share_more(operator: Operator, added: Typed) -> Message:
    """``GBP 100 + 5%``: a share of what stands before it."""
    if added.value is None or not isinstance(added.expression, Percentage):
        return message("write ‘* (100% + …)’ for a share more, ‘* (100% - …)’ for a share less")
    sign = -1 if operator is Operator.MINUS else 1
    factor = Quantity(1 + sign * added.value, PERCENTAGE)
    return message("write ‘* {percentage}’", percentage=factor)


def _cure(refusal: Refusal, one: Typed, other: Typed) -> Message | None:
    """What to write, by the reason; the value written in the text is offered in its right unit."""
    match refusal:
        case Refusal.PERCENTAGE_WITH_POINTS:
            return _points_or_percentage(one, other)
        case Refusal.NUMBER_FOR_PERCENTAGE:
            return _as_percentage(_bare(one, other))
        case Refusal.NUMBER_FOR_AMOUNT:
            return _as_amount(_bare(one, other), one if is_amount(one.type_) else other)
        case Refusal.NUMBER_WITH_POINTS:
            return _as_points(_bare(one, other))
        case Refusal.POINTS_MINUS_PERCENTAGE:
            if other.value is not None and other.type_ == PERCENTAGE:
                return message("write ‘- {points}’", points=Quantity(other.value, POINTS))
            return message("take points from a percentage, or points from points")
        case Refusal.TIMES_POINTS:
            return _times_points(one, other)
        case Refusal.TWO_CURRENCIES:
            wanted = other.type_.currency if isinstance(other.type_, Unit) else ""
            return message(
                "write ‘{name} in {currency}’, with a statement of the exchange rate",
                name=_name(one),
                currency=wanted,
            )
        case Refusal.PERCENT_ADDED | Refusal.DIFFERENT_KINDS:
            return None


def _compared_cure(refusal: Refusal, one: Typed, other: Typed) -> Message | None:
    """Where points meet a percentage in a comparison, either side may be the one to mend."""
    mended = _mended(one, other)
    if refusal is not Refusal.PERCENTAGE_WITH_POINTS or mended is None:
        return None
    if mended.unit == POINTS:
        return message("write ‘{points}’, or compare the ratio", points=mended)
    return message("write ‘{percentage}’, or compare the difference", percentage=mended)


def _points_or_percentage(one: Typed, other: Typed) -> Message:
    mended = _mended(one, other)
    if mended is not None:
        return message("write ‘{value}’", value=mended)
    return message("points are the difference of two percentages: take one from the other first")


def _mended(one: Typed, other: Typed) -> Quantity | None:
    """The value written in the text, a percentage as points or points as a percentage."""
    for written, unit in ((PERCENTAGE, POINTS), (POINTS, PERCENTAGE)):
        for typed in (one, other):
            if typed.type_ == written and typed.value is not None:
                return Quantity(typed.value, unit)
    return None


def _times_points(one: Typed, other: Typed) -> Message:
    """3 points times GBP 1,000: so much for each point, or three hundredths of it."""
    points, factor = (one, other) if one.type_ in {POINTS, Loose.DIFFERENCE} else (other, one)
    if not is_amount(factor.type_):
        return message(
            "write ‘points in {name}’ for a number; to keep a percentage, take points from it",
            name=in_one(points.expression),
        )
    return message(
        "for so much per point write ‘points in {points} * {amount}’; for that share of it "
        "‘{points} / {whole} * {amount}’",
        points=in_one(points.expression),
        amount=in_one(factor.expression),
        whole=Quantity(Fraction(1), POINTS),
    )


def _as_percentage(bare: Typed) -> Message:
    if bare.value is None:
        return message("write the number as a percentage where it is defined")
    if abs(bare.value) <= 1:
        return message("write ‘{percentage}’", percentage=Quantity(bare.value, PERCENTAGE))
    return message(
        "write ‘{percentage}’ or ‘{other}’",
        percentage=Quantity(bare.value / 100, PERCENTAGE),
        other=Quantity(bare.value, PERCENTAGE),
    )


def _as_points(bare: Typed) -> Message:
    if bare.value is None:
        return message("write ‘points in …’ to make a number of points")
    is_share = bare.value.denominator != 1 and abs(bare.value) < 1
    points = Quantity(bare.value if is_share else bare.value / 100, POINTS)
    return message("write ‘{points}’", points=points)


def _as_amount(bare: Typed, amount: Typed) -> Message:
    currency = amount.type_.currency if isinstance(amount.type_, Unit) else ""
    if bare.value is None or not currency:
        return message("write the number as an amount, with its currency")
    unit = Unit(Kind.AMOUNT, currency)
    return message("write ‘{amount}’", amount=Quantity(bare.value, unit))


def _bare(one: Typed, other: Typed) -> Typed:
    return one if isinstance(one.type_, Loose) and one.type_ in _BARE else other


_BARE = frozenset({Loose.SCALAR, Loose.FRACTION})
_TIMES = frozenset({DATE, DAYS, MONTHS})


def _name(typed: Typed) -> str:
    return typed.expression.name.text if isinstance(typed.expression, NameUse) else "…"
