"""A plan as one Python function over whole numbers: for many evaluations of one contract.

The source is written by the one evaluator itself: :class:`Written` is an algebra whose values are
expressions, so that the function means what the plan means. A value is a whole number over a
denominator known when the source is written, times denominators known only when it runs; nothing
is rounded but where the contract says.

The function answers only where every result is given and nothing is undefined. Where that is not
so it gives None, and the exact interpreter takes over, as it does for every reason.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import gcd, lcm
from typing import Final, NoReturn

from attrs import define, evolve, field

from sibdsl.dates import DayCount, add_months, full_years, growth, year_fraction
from sibdsl.evaluate.ledger import Ledger
from sibdsl.evaluate.run import value_of
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode, allocate, round_quotient
from sibdsl.numerals import MOST_BITS, is_too_long
from sibdsl.plan.terms import (
    Aggregate,
    Alias,
    Arithmetic,
    Cause,
    Choice,
    Comparison,
    Constant,
    Fallback,
    Growth,
    Lookup,
    Negation,
    Operation,
    Plan,
    Quantifier,
    Relation,
    Result,
    Rounded,
    Several,
    Summary,
    Term,
)
from sibdsl.units import Kind

MOST_TERMS: Final = 5_000
"""Above so many terms a plan is interpreted: Python compiles very long functions slowly."""


LONGEST: Final = 200
"""A sum written longer than this gets a name, so that using it does not write it again."""


DEEPEST: Final = 8
"""Through so many multiplications no reported number grows too long to be worked out."""

MOST_FACTORS: Final = 1_000
"""How many denominators, known only when the function runs, a value may stand over."""


class NotCompiledError(Exception):
    """A plan that only the interpreter runs: rate cards, whose claims are data, or a vast one."""


@frozen
class Compiled:
    """A plan ready for many runs.

    ``source`` is for the curious reader. ``run`` takes the value of each (measure, evaluation) of
    ``inputs`` in their order and gives the amount due under each payment in rank order, in steps of
    ``steps``; or None where the interpreter must take over.
    """

    source: str
    inputs: tuple[tuple[int, int | None], ...]
    steps: tuple[Fraction, ...]
    run: Callable[..., tuple[int, ...] | None] = field(repr=False, eq=False)


def compile_plan(plan: Plan) -> Compiled:
    """The plan as a function. Raises NotCompiledError where only the interpreter will do."""
    if len(plan.terms) > MOST_TERMS:
        raise NotCompiledError("the contract is too long to be worth it")
    algebra = Written(plan)
    ledger = Ledger.opened(plan, algebra)
    values: list[Expression] = []
    depths: list[int] = []
    for term in plan.terms:
        # Under a name, since any later term may use it, and more than once.
        value = algebra.named(value_of(term, values, ledger, algebra))
        values.append(value)
        depths.append(_depth(term, depths))
        if depths[-1] > DEEPEST:
            algebra.bound(value)
    roundings = {rounding.currency: rounding.step for rounding in plan.roundings}
    steps = tuple(roundings[payment.currency] for payment in plan.payments)
    amounts = [
        algebra.in_steps(settled.whole.value, step)
        for settled, step in zip(ledger.settled, steps, strict=True)
    ]
    undefined = [settled.whole.value.undefined for settled in ledger.settled]
    source = algebra.function(amounts, [flag for flag in undefined if flag])
    names: dict[str, object] = dict(_USED)
    exec(compile(source, "<contract>", "exec"), names)  # noqa: S102  made of numbers and our own names
    function = names["determine"]
    assert callable(function)
    return Compiled(source, tuple(algebra.inputs), steps, function)


@frozen
class Expression:
    """A value to be computed: ``text`` over ``below``, and over the product of ``by``.

    A condition has only a text. ``undefined`` is a condition that says when there is no value.
    ``constant`` is given where the value is known while writing. ``by`` are names of positive whole
    numbers.
    """

    text: str
    below: int = 1
    by: tuple[str, ...] = ()
    undefined: str = ""
    constant: Fraction | bool | None = None
    never_negative: bool = False


_RELATIONS: Final[Mapping[Relation, tuple[str, Callable[[Fraction, Fraction], bool]]]] = {
    Relation.AT_LEAST: (">=", operator.ge),
    Relation.AT_MOST: ("<=", operator.le),
    Relation.MORE_THAN: (">", operator.gt),
    Relation.LESS_THAN: ("<", operator.lt),
    Relation.EQUAL: ("==", operator.eq),
}
_WHOLE: Final = frozenset({Kind.COUNT, Kind.DATE, Kind.DAYS, Kind.YES_NO})


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
        return self._quotient(value, step)[0]

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
        folded = _folded(operation, left, right)
        if folded is not None:
            return self.constant(folded)
        match operation:
            case Operation.ADD | Operation.SUBTRACT:
                return self._sum(operation, left, right)
            case Operation.MULTIPLY:
                return self._product(left, right)
            case Operation.DIVIDE:
                return self._product(left, self._inverse(right))

    def _sum(self, operation: Operation, left: Expression, right: Expression) -> Expression:
        if right.constant == 0:
            return evolve(left, undefined=_either(left.undefined, right.undefined))
        above, below, by = self._together((left, right))
        sign = "+" if operation is Operation.ADD else "-"
        text = f"({above[0]} {sign} {above[1]})"
        return Expression(
            self._let("v", text) if len(text) > LONGEST else text,
            below,
            by,
            _either(left.undefined, right.undefined),
            never_negative=operation is Operation.ADD
            and left.never_negative
            and right.never_negative,
        )

    def _product(self, left: Expression, right: Expression) -> Expression:
        below = left.below * right.below
        texts = []
        for factor in (left, right):
            text = factor.text
            if factor.constant is not None:
                shared = gcd(below, factor.constant.numerator)
                below //= shared
                text = str(factor.constant.numerator // shared)
            if text != "1":
                texts.append(text)
        return Expression(
            f"({' * '.join(texts)})" if len(texts) > 1 else (texts or ["1"])[0],
            below,
            tuple(sorted((*left.by, *right.by))),
            _either(left.undefined, right.undefined),
            never_negative=left.never_negative and right.never_negative,
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
            undefined=_either(value.undefined, zero),
            never_negative=value.never_negative,
        )

    def _together(self, values: Sequence[Expression]) -> tuple[list[str], int, tuple[str, ...]]:
        """The numerators of several values over one denominator."""
        below = lcm(*(value.below for value in values))
        by = _union([value.by for value in values])
        above = []
        for value in values:
            factor = below // value.below
            missing = _without(by, value.by)
            if value.constant is not None:
                text, factor = str(value.constant.numerator * factor), 1
            else:
                text = value.text
            factors = [text, *([str(factor)] if factor != 1 else []), *missing]
            above.append(" * ".join(factors))
        return above, below, by

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
        undefined = _either(left.undefined, right.undefined)
        if isinstance(left.constant, Fraction) and isinstance(right.constant, Fraction):
            held = _RELATIONS[relation][1](left.constant, right.constant)
            return Expression(str(held), undefined=undefined, constant=held)
        (one, other), _, _ = self._together((left, right))
        return Expression(f"({one} {_RELATIONS[relation][0]} {other})", undefined=undefined)

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
            return Expression(_met(needed, [condition.text for condition in conditions]))
        kept = [self.named(condition) for condition in conditions]
        sure = [f"({each.text} and not ({each.undefined or False}))" for each in kept]
        not_failed = [f"({each.text} or {each.undefined or False})" for each in kept]
        met = self._let("c", _met(needed, sure))
        may_be = self._let("c", _met(needed, not_failed))
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
            (one, other), below, by = self._together((best, item_))
            pick = all if sign == "<" else any
            best = Expression(
                f"({one} if {one} {sign} {other} else {other})",
                below,
                by,
                _either(best.undefined, item_.undefined),
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
            undefined = _either(undefined, branch)
        (one, other), below, by = self._together((yes, no))
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
        above, below, by = self._quotient(value, step)
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
        match mode:
            case RoundingMode.HALF_EVEN:
                tie = f"{rest} * 2 == {divisor} and {whole} & 1"
            case RoundingMode.HALF_UP:
                tie = f"{rest} * 2 == {divisor}" + ("" if positive else f" and {above} >= 0")
            case RoundingMode.UP:
                return f"{whole} + ({rest} > 0" + ("" if positive else f" and {above} > 0") + ")"
            case RoundingMode.DOWN:
                return f"{whole} + ({rest} > 0 and {above} < 0)"
        return f"{whole} + ({rest} * 2 > {divisor} or {tie})"

    def _quotient(self, value: Expression, step: Fraction) -> tuple[str, int, tuple[str, ...]]:
        """A value in steps: numerator, and what it is still to be divided by."""
        above, below = step.denominator, value.below * step.numerator
        shared = gcd(above, below)
        above, below = above // shared, below // shared
        if isinstance(value.constant, Fraction):
            steps = value.constant / step
            return str(steps.numerator), steps.denominator, ()
        text = value.text if above == 1 else f"({value.text} * {above})"
        return text, below, value.by

    def year_fraction(self, day_count: DayCount, start: Expression, end: Expression) -> Expression:
        """The part of a year between two dates."""
        if isinstance(start.constant, Fraction) and isinstance(end.constant, Fraction):
            return self.constant(year_fraction(day_count, _day(start.constant), _day(end.constant)))
        call = f"year_fraction(COUNTS[{_COUNTS.index(day_count)}], {self._day(start)}, {self._day(end)})"
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
                return self.constant(growth(yearly, _day(first), _day(last), day_count))
            return self.constant(_full_years_grown(yearly, _day(first), _day(last)))
        exact = f"Fraction({rate.text}, {' * '.join([str(rate.below), *rate.by])})"
        days = f"{self._day(start)}, {self._day(end)}"
        call = f"full_years_grown({exact}, {days})"
        if broken_year:
            call = f"growth({exact}, {days}, COUNTS[{_COUNTS.index(day_count)}])"
        return self._called(call, (rate, start, end))

    def shift(self, day_: Expression, months: int) -> Expression:
        """A date so many months later."""
        if isinstance(day_.constant, Fraction):
            moved = add_months(_day(day_.constant), months)
            return self.constant(Fraction(moved.toordinal()))
        return Expression(
            f"shifted({self._day(day_)}, {months})",
            undefined=day_.undefined,
            never_negative=True,
        )

    def _day(self, value: Expression) -> str:
        """A date as Python has it; an undefined one is any day, and marked."""
        whole = f"{value.text} // ({' * '.join([str(value.below), *value.by])})"
        if value.undefined:
            whole = f"(1 if {value.undefined} else {whole})"
        return f"date.fromordinal({whole})"

    def _called(self, call: str, arguments: Sequence[Expression]) -> Expression:
        above, below = f"f{len(self.lines)}", f"g{len(self.lines)}"
        self.lines.append(f"{above}, {below} = {call}.as_integer_ratio()")
        undefined = ""
        for argument in arguments:
            undefined = _either(undefined, argument.undefined)
        return Expression(above, by=(below,), undefined=undefined)

    def allocate(
        self, amount: Expression, shares: Sequence[Fraction], step: Fraction
    ) -> tuple[Expression, ...]:
        """Divide by shares in steps, by largest remainder."""
        name = f"p{len(self.lines)}"
        whole = self._quotient(amount, Fraction(1))
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


# ---------------------------------------------------------------- what the written source calls


_COUNTS: Final = tuple(DayCount)


def _full_years_grown(rate: Fraction, start: date, end: date) -> Fraction:
    return (1 + rate) ** full_years(start, end)[0]


def _shifted(day: date, months: int) -> int:
    return add_months(day, months).toordinal()


_USED: Final[Mapping[str, object]] = {
    "Fraction": Fraction,
    "COUNTS": _COUNTS,
    "allocate": allocate,
    "date": date,
    "full_years_grown": _full_years_grown,
    "growth": growth,
    "shifted": _shifted,
    "year_fraction": year_fraction,
}


# ------------------------------------------------------------------------------- small questions


def _day(value: Fraction) -> date:
    return date.fromordinal(int(value))


def _depth(term: Term, depths: Sequence[int]) -> int:
    """How many multiplications a value has gone through, one after the other, at most."""
    match term:
        case Arithmetic():
            is_sum = term.operation in {Operation.ADD, Operation.SUBTRACT}
            return max(depths[term.left], depths[term.right]) + (not is_sum)
        case Alias() | Rounded():
            return depths[term.term]
        case Fallback():
            return max(depths[term.term], depths[term.otherwise])
        case Choice():
            return max(depths[term.yes], depths[term.no])
        case Aggregate():
            return max((depths[item] for item in term.items), default=0)
        case Lookup():
            return max(depths[at] for at in (term.key, *term.values)) + 1
        case Growth():
            return depths[term.rate] + DEEPEST + 1
        case Constant() | Result() | Comparison() | Negation() | Several():
            return 0
        case _:  # may rest on any before it
            return max(depths, default=0)


def _folded(operation: Operation, left: Expression, right: Expression) -> Fraction | None:
    """What two constants come to; None where one is no constant, or the divisor is zero."""
    if not isinstance(left.constant, Fraction) or not isinstance(right.constant, Fraction):
        return None
    match operation:
        case Operation.ADD:
            return left.constant + right.constant
        case Operation.SUBTRACT:
            return left.constant - right.constant
        case Operation.MULTIPLY:
            return left.constant * right.constant
        case Operation.DIVIDE:
            return left.constant / right.constant if right.constant else None


def _either(one: str, other: str) -> str:
    """A condition that holds where one of two does; an empty one never does."""
    if not one or not other or one == other:
        return one or other
    return f"({one} or {other})"


def _union(multisets: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The least multiset that holds each of several."""
    joined: Counter[str] = Counter()
    for names in multisets:
        joined |= Counter(names)
    return tuple(sorted(joined.elements()))


def _without(names: tuple[str, ...], fewer: tuple[str, ...]) -> list[str]:
    return sorted((Counter(names) - Counter(fewer)).elements())


def _met(needed: int, conditions: Sequence[str]) -> str:
    """Whether so many of several conditions hold."""
    if needed <= 0:
        return "True"
    if needed > len(conditions):
        return "False"
    if needed == len(conditions):
        return f"({' and '.join(conditions)})"
    if needed == 1:
        return f"({' or '.join(conditions)})"
    return f"({' + '.join(f'bool({each})' for each in conditions)} >= {needed})"
