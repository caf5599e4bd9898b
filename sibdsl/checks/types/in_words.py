"""Short expressions as the drafter wrote them, to stand in a cure; what is long is left to them."""

from __future__ import annotations

from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Extreme, Operator
from sibdsl.units import NUMBER, PERCENTAGE, POINTS, Quantity, amount_in

_DEEPEST: Final = 3
_SIGNS: Final = {
    Operator.PLUS: "+",
    Operator.MINUS: "-",
    Operator.TIMES: "*",
    Operator.DIVIDED_BY: "/",
}
_LOOSE: Final = frozenset({Operator.PLUS, Operator.MINUS})


def in_words(value: Expr, depth: int = 0) -> Message:
    """A name, a value, a sum, difference or product of such, a choice of two; ``…`` for any other."""
    below = depth + 1
    match value:
        case nodes.NameUse():
            return message("{name}", name=value.name.text)
        case nodes.Amount():
            return message("{name}", name=Quantity(value.value, amount_in(value.currency)))
        case nodes.Percentage():
            return message("{name}", name=Quantity(value.value, PERCENTAGE))
        case nodes.Points():
            return message("{name}", name=Quantity(value.value, POINTS))
        case nodes.Number():
            return message("{name}", name=Quantity(value.value, NUMBER))
        case nodes.Arithmetic() if depth < _DEEPEST and value.operator in _SIGNS:
            is_strict = value.operator is not Operator.PLUS
            left = _operand(value.left, below, in_brackets=value.operator not in _LOOSE)
            right = _operand(value.right, below, in_brackets=is_strict)
            return message(
                "{one} {sign} {other}", one=left, sign=_SIGNS[value.operator], other=right
            )
        case nodes.Extremum(items=(one, other)) if depth < _DEEPEST:
            form = message("the greater of ({one}; {other})")
            if value.which is Extreme.LESSER:
                form = message("the lesser of ({one}; {other})")
            return message(form.template, one=in_words(one, below), other=in_words(other, below))
        case _:
            return message("{name}", name="…")


def in_one(value: Expr) -> Message:
    """The same, in brackets where it is made of several values: to stand behind ``points in``."""
    return _operand(value, 0, in_brackets=True, even_products=True)


def _operand(value: Expr, depth: int, *, in_brackets: bool, even_products: bool = False) -> Message:
    said = in_words(value, depth)
    is_sum = isinstance(value, nodes.Arithmetic) and (even_products or value.operator in _LOOSE)
    return message("({name})", name=said) if in_brackets and is_sum else said
