"""The algebra of Python source: one evaluator writes the function that means what a plan means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NoReturn

from attrs import define, evolve, field

from sibdsl.dates import DayCount, add_months, full_years, growth, year_fraction
from sibdsl.evaluate.expression import (
    RELATIONS,
    Expression,
    day_of,
    either,
    enough,
    folded,
    one_more,
    ordinal_text,
    product,
    quotient,
    together,
)
from sibdsl.money import RoundingMode, round_quotient
from sibdsl.numerals import MOST_BITS, is_too_long
from sibdsl.plan.terms import Cause, Operation, Plan, Quantifier, Relation, Summary
from sibdsl.units import Kind

LONGEST: Final = 200
"""A sum written longer than this gets a name, so that using it does not write it again."""

MOST_FACTORS: Final = 1_000
"""How many denominators, known only when the function runs, a value may stand over."""

COUNTS: Final = tuple(DayCount)
"""The day counts, as the written source names them."""

_WHOLE: Final = frozenset({Kind.COUNT, Kind.DATE, Kind.DAYS, Kind.YES_NO})


class NotCompiledError(Exception):
    """A plan that only the interpreter runs: rate cards, whose claims are data, or a vast one."""


def full_years_grown(rate: Fraction, start: date, end: date) -> Fraction:
    """What 1 becomes in the full years alone."""
    return (1 + rate) ** full_years(start, end)[0]


@define
class Written:
    """The algebra of Python source. Satisfies ``Algebra[Expression]``; one serves one plan."""

    plan: Plan
    lines: list[str] = field(factory=list)
    inputs: dict[tuple[int, int | None], str] = field(factory=dict)

    def function(self, amounts: Sequence[str], undefined: Sequence[str]) -> str:
        """The whole function, with what has been written so far as its body."""
        arguments = ", ".join(self.inputs.values())
        body = list(self.lines)
        if undefined:
            body.append(f"if {' or '.join(dict.fromkeys(undefined))}: return None")
        body.append(f"return ({''.join(f'{amount}, ' for amount in amounts)})")
        return f"def determine({arguments}):\n" + "".join(f"    {line}\n" for line in body)

    def bound(self, value: Expression) -> None:
        """Leave to the interpreter what grows too long: it says so, and works it out no further."""
        if len(value.by) > MOST_FACTORS or is_too_long(Fraction(1, value.below)):
            raise NotCompiledError("its numbers may grow too long")
        if value.constant is None:
            self.lines.append(f"if {value.text}.bit_length() > {MOST_BITS}: return None")
        elif is_too_long(Fraction(value.constant)):
            raise NotCompiledError("its numbers grow too long")

    def in_steps(self, value: Expression, step: Fraction) -> str:
        """An amount due as a number of steps."""
        return quotient(value, step)[0]

    # Where values come from

    def constant(self, value: Fraction | bool) -> Expression:  # noqa: FBT001  as the protocol has it
        """A value written in the contract."""
        if isinstance(value, bool):
            return Expression(str(value), constant=value)
        return Expression(
            str(value.numerator), value.denominator, constant=value, never_negative=value >= 0
        )

    def undefined(self, cause: Cause) -> Expression:  # noqa: ARG002  the interpreter says why
        """A value there is none of."""
        return Expression("0", undefined="True")

    def result(self, measure: int, evaluation: int | None) -> Expression:
        """What was reported: an argument of the function."""
        name = f"r{len(self.inputs)}"
        is_new = (measure, evaluation) not in self.inputs
        name = self.inputs.setdefault((measure, evaluation), name)
        above, below = f"{name}n", f"{name}d"
        kind = self.plan.measures[measure].unit.kind
        if kind in _WHOLE:
            if is_new:
                self.lines.append(f"{above}, {below} = {name}.as_integer_ratio()")
                negative = f" or {above} < 0" if kind is Kind.COUNT else ""
                self.lines.append(f"if {below} != 1{negative}: return None")
            return Expression(above, never_negative=kind is Kind.COUNT)
        if is_new:
            self.lines.append(f"{above}, {below} = {name}.as_integer_ratio()")
        return Expression(above, by=(below,))

    def claimed(self, *_: object) -> NoReturn:
        """Claims are data, not values."""
        raise NotCompiledError("a rate card is interpreted")

    def accepted(self, *_: object) -> NoReturn:
        """Claims are data, not values."""
        raise NotCompiledError("a rate card is interpreted")

    def is_cancelled(self, evaluation: int) -> bool:  # noqa: ARG002  the caller sees to it
        """Results with a cancelled evaluation are interpreted."""
        return False

    def is_known(self, value: Expression) -> bool:  # noqa: ARG002  the function gives None instead
        """Every value is."""
        return True

    def exactly(self, *_: object) -> NoReturn:
        """Never asked where everything is known."""
        raise NotCompiledError("nothing is pending here")

    def unknown(self) -> NoReturn:
        """Never asked where everything is known."""
        raise NotCompiledError("nothing is pending here")

    # Arithmetic

    def arithmetic(self, operation: Operation, left: Expression, right: Expression) -> Expression:
        """Exact arithmetic; where a divisor is zero, the value is marked undefined."""
        constant = folded(operation, left, right)
        if constant is not None:
            return self.constant(constant)
        match operation:
            case Operation.ADD | Operation.SUBTRACT:
                return self._sum(operation, left, right)
            case Operation.MULTIPLY:
                return product(left, right)
            case Operation.DIVIDE:
                return product(left, self._inverse(right))

    def _sum(self, operation: Operation, left: Expression, right: Expression) -> Expression:
        if right.constant == 0:
            return evolve(left, undefined=either(left.undefined, right.undefined))
        above, below, by = together((left, right))
        sign = "+" if operation is Operation.ADD else "-"
        text = f"({above[0]} {sign} {above[1]})"
        return Expression(
            self._let("v", text) if len(text) > LONGEST else text,
            below,
            by,
            either(left.undefined, right.undefined),
            never_negative=operation is Operation.ADD
            and left.never_negative
            and right.never_negative,
        )

    def _inverse(self, value: Expression) -> Expression:
        """One over a value. A negative divisor hands its sign to the numerator."""
        if isinstance(value.constant, Fraction):
            if not value.constant:
                return Expression("0", undefined="True")
            return self.constant(1 / value.constant)
        divisor = self._let("d", value.text)
        above = " * ".join([str(value.below), *value.by])
        zero = self._let("z", f"{divisor} == 0")
        if value.never_negative:
            self.lines.append(f"if {zero}: {divisor} = 1")
        else:
            above = self._let("n", f"{above} if {divisor} >= 0 else -({above})")
            self.lines.append(f"{divisor} = abs({divisor}) or 1")
        return Expression(
            f"({above})",
            by=(divisor,),
            undefined=either(value.undefined, zero),
            never_negative=value.never_negative,
        )

    def _let(self, letter: str, text: str) -> str:
        name = f"{letter}{len(self.lines)}"
        self.lines.append(f"{name} = {text}")
        return name

    def named(self, value: Expression) -> Expression:
        """The value under a name, where its text is more than a name or a number."""
        if value.constant is not None or value.text.isidentifier():
            return value
        return evolve(value, text=self._let("v", value.text))

    # Conditions

    def compare(self, relation: Relation, left: Expression, right: Expression) -> Expression:
        """Whether the relation holds."""
        undefined = either(left.undefined, right.undefined)
        if isinstance(left.constant, Fraction) and isinstance(right.constant, Fraction):
            held = RELATIONS[relation][1](left.constant, right.constant)
            return Expression(str(held), undefined=undefined, constant=held)
        (one, other), _, _ = together((left, right))
        return Expression(f"({one} {RELATIONS[relation][0]} {other})", undefined=undefined)

    def decided(self, condition: Expression) -> bool | None:
        """Whether a condition holds, where that is known while writing."""
        constant = condition.constant
        return constant if isinstance(constant, bool) and not condition.undefined else None

    def negation(self, condition: Expression) -> Expression:
        """``not``."""
        constant = None if condition.constant is None else not condition.constant
        return Expression(
            f"(not {condition.text})", undefined=condition.undefined, constant=constant
        )

    def several(
        self, quantifier: Quantifier, number: int, conditions: Sequence[Expression]
    ) -> Expression:
        """How many hold; undefined only where what is defined does not decide it."""
        needed = {Quantifier.ALL: len(conditions), Quantifier.ANY: 1}.get(quantifier, number)
        if not any(condition.undefined for condition in conditions):
            return Expression(enough(needed, [condition.text for condition in conditions]))
        kept = [self.named(condition) for condition in conditions]
        sure = [f"({each.text} and not ({each.undefined or False}))" for each in kept]
        not_failed = [f"({each.text} or {each.undefined or False})" for each in kept]
        met = self._let("c", enough(needed, sure))
        may_be = self._let("c", enough(needed, not_failed))
        return Expression(met, undefined=f"({may_be} and not {met})")

    # Choices

    def summary(self, summary: Summary, items: Sequence[Expression]) -> Expression:
        """Total, average, lowest or highest."""
        if summary in {Summary.LOWEST, Summary.HIGHEST} and items:
            return self._extreme("<" if summary is Summary.LOWEST else ">", items)
        if not items and summary is not Summary.TOTAL:
            return Expression("0", undefined="True")
        total = self.constant(Fraction(0))
        for item in items:
            total = self.arithmetic(Operation.ADD, total, item)
        if summary is Summary.AVERAGE:
            return self.arithmetic(Operation.DIVIDE, total, self.constant(Fraction(len(items))))
        return total

    def _extreme(self, sign: str, items: Sequence[Expression]) -> Expression:
        best = items[0]
        for item in items[1:]:
            best, item_ = self.named(best), self.named(item)
            (one, other), below, by = together((best, item_))
            pick = all if sign == "<" else any
            best = Expression(
                f"({one} if {one} {sign} {other} else {other})",
                below,
                by,
                either(best.undefined, item_.undefined),
                never_negative=pick((best.never_negative, item_.never_negative)),
            )
        return best

    def choose(self, condition: Expression, yes: Expression, no: Expression) -> Expression:
        """One of two values; the other is not computed where it has no name of its own."""
        if isinstance(condition.constant, bool) and not condition.undefined:
            return yes if condition.constant else no
        if yes.undefined or no.undefined:
            condition = self.named(condition)
        undefined = condition.undefined
        if yes.undefined or no.undefined:
            branch = f"({yes.undefined or False} if {condition.text} else {no.undefined or False})"
            undefined = either(undefined, branch)
        (one, other), below, by = together((yes, no))
        return Expression(
            f"({one} if {condition.text} else {other})",
            below,
            by,
            undefined,
            never_negative=yes.never_negative and no.never_negative,
        )

    def otherwise(self, value: Expression, fallback: Expression) -> Expression:
        """The fallback where the value is undefined."""
        if not value.undefined:
            return value
        missing = self._let("u", value.undefined)
        present = evolve(value, undefined="", constant=None)
        return self.choose(Expression(missing), fallback, present)

    # Rounding, money and dates

    def rounded(self, value: Expression, mode: RoundingMode, step: Fraction) -> Expression:
        """The multiple of the step that the value rounds to."""
        if isinstance(value.constant, Fraction):
            ratio = value.constant / step
            return self.constant(round_quotient(ratio.numerator, ratio.denominator, mode) * step)
        above, below, by = quotient(value, step)
        if below == 1 and not by:
            return self.named(value)
        divisor = " * ".join([*([str(below)] if below != 1 else []), *by])
        text = self._whole_part(above, divisor, mode, positive=value.never_negative)
        if step.numerator != 1:
            text = f"({text}) * {step.numerator}"
        return Expression(
            self._let("v", text),
            step.denominator,
            undefined=value.undefined,
            never_negative=value.never_negative,
        )

    def _whole_part(self, above: str, divisor: str, mode: RoundingMode, *, positive: bool) -> str:
        """A quotient as a whole number; the divisor is positive (``money.round_quotient``)."""
        if mode is RoundingMode.DOWN and positive:
            return f"{above} // ({divisor})"
        above = self._let("a", above)
        divisor = divisor if divisor.isalnum() else self._let("b", divisor)
        whole, rest = f"q{len(self.lines)}", f"s{len(self.lines)}"
        self.lines.append(f"{whole}, {rest} = divmod({above}, {divisor})")
        return f"{whole} + {one_more(mode, (whole, rest, above, divisor), positive=positive)}"

    def year_fraction(self, day_count: DayCount, start: Expression, end: Expression) -> Expression:
        """The part of a year between two dates."""
        if isinstance(start.constant, Fraction) and isinstance(end.constant, Fraction):
            return self.constant(
                year_fraction(day_count, day_of(start.constant), day_of(end.constant))
            )
        call = f"year_fraction(COUNTS[{COUNTS.index(day_count)}], {ordinal_text(start)}, {ordinal_text(end)})"
        return self._called(call, (start, end))

    def growth(
        self,
        rate: Expression,
        day_count: DayCount,
        start: Expression,
        end: Expression,
        *,
        broken_year: bool,
    ) -> Expression:
        """What 1 becomes between two dates at a yearly rate."""
        given = (rate.constant, start.constant, end.constant)
        if all(isinstance(each, Fraction) for each in given):
            yearly, first, last = (Fraction(each) for each in given if each is not None)
            if broken_year:
                return self.constant(growth(yearly, day_of(first), day_of(last), day_count))
            return self.constant(full_years_grown(yearly, day_of(first), day_of(last)))
        exact = f"Fraction({rate.text}, {' * '.join([str(rate.below), *rate.by])})"
        days = f"{ordinal_text(start)}, {ordinal_text(end)}"
        call = f"full_years_grown({exact}, {days})"
        if broken_year:
            call = f"growth({exact}, {days}, COUNTS[{COUNTS.index(day_count)}])"
        return self._called(call, (rate, start, end))

    def shift(self, day_: Expression, months: int) -> Expression:
        """A date so many months later."""
        if isinstance(day_.constant, Fraction):
            moved = add_months(day_of(day_.constant), months)
            return self.constant(Fraction(moved.toordinal()))
        return Expression(
            f"shifted({ordinal_text(day_)}, {months})",
            undefined=day_.undefined,
            never_negative=True,
        )

    def _called(self, call: str, arguments: Sequence[Expression]) -> Expression:
        above, below = f"f{len(self.lines)}", f"g{len(self.lines)}"
        self.lines.append(f"{above}, {below} = {call}.as_integer_ratio()")
        undefined = ""
        for argument in arguments:
            undefined = either(undefined, argument.undefined)
        return Expression(above, by=(below,), undefined=undefined)

    def allocate(
        self, amount: Expression, shares: Sequence[Fraction], step: Fraction
    ) -> tuple[Expression, ...]:
        """Divide by shares in steps, by largest remainder."""
        name = f"p{len(self.lines)}"
        whole = quotient(amount, Fraction(1))
        exact = f"Fraction({whole[0]}, {' * '.join([str(whole[1]), *whole[2]])})"
        listed = "".join(f"Fraction({s.numerator}, {s.denominator}), " for s in shares)
        step_ = f"Fraction({step.numerator}, {step.denominator})"
        self.lines.append(f"{name} = allocate({exact}, ({listed}), {step_})")
        return tuple(
            Expression(
                f"int({name}[{member}] / {step_})"
                if step.numerator == 1
                else f"int({name}[{member}] / {step_}) * {step.numerator}",
                step.denominator,
                undefined=amount.undefined,
                never_negative=True,
            )
            for member in range(len(shares))
        )
