"""What is known of the types of a contract while they are worked out, and how mistakes are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import define, evolve, field

from sibdsl.checks.checked import Names
from sibdsl.checks.types.arithmetic import UNKNOWN, Clash, Refusal, Type, agreed, fits, is_amount
from sibdsl.checks.types.constants import constant_value
from sibdsl.checks.types.currencies import Money
from sibdsl.checks.types.refusals import Typed, not_alike, not_compared, not_wanted
from sibdsl.diagnostics import Diagnostic, Message, error
from sibdsl.source import Span
from sibdsl.syntax.nodes import Expr
from sibdsl.units import Unit, amount_in


@define
class Judgement:
    """The types found so far, and what was found wrong.

    ``terms`` has the type of each declared term, ``keys`` that of the key of each table, ``found``
    that of each expression by its place, ``types`` its unit once that is settled.
    """

    names: Names
    money: Money
    terms: dict[str, Type] = field(factory=dict)
    keys: dict[str, Type] = field(factory=dict)
    found: dict[Span, Type] = field(factory=dict)
    types: dict[Span, Unit] = field(factory=dict)
    findings: list[Diagnostic] = field(factory=list)

    def aside(self) -> Judgement:
        """The same terms, for a look at an expression that reports nothing."""
        return evolve(self, found={}, types={}, findings=[])

    def typed(self, expression: Expr) -> Typed:
        """An expression whose type is found, as findings speak of it."""
        value = constant_value(expression, self.names)
        number = None if isinstance(value, bool | date) else value
        return Typed(expression, self.found[expression.span], number)

    def want(self, expression: Expr, wanted: Unit) -> bool:
        """Whether an expression serves where a unit is wanted; reported where it does not."""
        refusal = fits(self.found[expression.span], wanted)
        if refusal is not None:
            self.findings.append(not_wanted(self.typed(expression), wanted, refusal))
        return refusal is None

    def want_amount(self, expression: Expr) -> Type:
        """The type of an expression that must be an amount, of whatever currency."""
        found = self.found[expression.span]
        if is_amount(found) or found is UNKNOWN:
            return found
        wanted = amount_in(self.money.currency)
        refusal = fits(found, wanted) or Refusal.DIFFERENT_KINDS
        self.findings.append(not_wanted(self.typed(expression), wanted, refusal))
        return UNKNOWN

    def agree(self, parts: Sequence[Expr]) -> Type:
        """The one type of values of which any may come to stand; reported where there are two."""
        joint = agreed([self.found[part.span] for part in parts])
        if isinstance(joint, Clash):
            one, other = self.typed(parts[joint.one]), self.typed(parts[joint.other])
            self.findings.append(not_alike(one, other, joint.refusal))
            return UNKNOWN
        return joint

    def compare(self, place: Span, left: Expr, right: Expr) -> Type:
        """The one type of two sides; reported where there are two."""
        joint = agreed([self.found[left.span], self.found[right.span]])
        if isinstance(joint, Clash):
            self.findings.append(
                not_compared(place, self.typed(left), self.typed(right), joint.refusal)
            )
            return UNKNOWN
        return joint

    def refuse(self, code: str, place: Span, text: Message, cure: Message | None = None) -> Type:
        """Report a mistake; of what type its result is, is not known."""
        self.findings.append(error(code, place, text, help=cure))
        return UNKNOWN
