"""How a value is worked out, on one line: *GBP 750.00 × 13 (Jobs) = GBP 9,750.00*.

The signs are those of arithmetic; ``^`` raises to a power, as on a calculator. A value that no
decimal gives exactly stands as a fraction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final, assert_never

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_name
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.determination import PaymentOutcome, Reading, Row
from sibdsl.evaluate.working import Given, Grown, How, RoundedTo, Worked, Working, Years
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import TableMode
from sibdsl.units import DAYS, Kind, Quantity

MOST_FIGURES: Final = 12
"""A working of more figures is told by the JSON form alone."""
_LONGEST_WITH_NAMES: Final = 160
"""A longer working leaves the names out: the sentences around it give them."""

_LOOSE, _SUM, _PRODUCT, _ALONE = 0, 1, 2, 3
"""How strongly what was written last binds: what binds less than its place wants is in brackets."""

_SIGNS: Final = {
    How.SUM: (" + ", _SUM),
    How.DIFFERENCE: (" − ", _SUM),
    How.PRODUCT: (" × ", _PRODUCT),
    How.QUOTIENT: (" / ", _PRODUCT),
}


def amount_worked_out(payment: PaymentOutcome, wording: Wording) -> Message | None:
    """The line of a payment: from its formula to what it came to, and to what rounding made of it."""
    working, gross = payment.reason.working, payment.gross
    if working is None or gross is None or figures(working) > MOST_FIGURES:
        return None
    teller = _Formula(wording, payment.evaluation, with_names=True)
    formula = teller.said(working)
    if len(formula) > _LONGEST_WITH_NAMES:
        formula = _Formula(wording, payment.evaluation, with_names=False).said(working)
    line = message("{formula} = {value}", formula=formula, value=wording.quantity(working.value))
    if _is_rounded_alone(payment):
        due = wording.amount(payment.amount, payment.currency)
        line = message("{line}, rounded to {amount}", line=line, amount=due)
    return _noted(line, working, wording)


def _noted(line: Message, working: Working, wording: Wording) -> Message:
    notes = tuple(dict.fromkeys(_notes(working, wording)))
    return message("{line} ({notes})", line=line, notes=notes) if notes else line


def _is_rounded_alone(payment: PaymentOutcome) -> bool:
    """Whether nothing but the rounding stands between what was worked out and what is due."""
    is_cut = payment.cuts or any(part.cuts for part in payment.parts)
    return not is_cut and payment.gross != payment.amount


def value_worked_out(working: Working | None, wording: Wording) -> Message | None:
    """The formula of a value in a sentence about it; the names stand in the sentences after it."""
    if working is None or figures(working) > MOST_FIGURES or isinstance(working, Given):
        return None
    formula = _Formula(wording, "", with_names=False).said(working)
    return _noted(message("{name}", name=formula), working, wording)


def headrooms_worked_out(payment: PaymentOutcome, wording: Wording) -> Iterator[Message]:
    """What each return cap that cut a payment had left for it, with the money that it rests on.

    More than ``MOST_FIGURES`` figures stand in the JSON form alone.
    """
    cutting = (*payment.cuts, *(cut for part in payment.parts for cut in part.cuts))
    for cut in dict.fromkeys(cutting):
        working = cut.working
        if working is None or figures(working) > MOST_FIGURES:
            continue
        made = working.operand if isinstance(working, RoundedTo) else working
        is_nil = isinstance(made, Worked) and made.how is How.GREATER
        if isinstance(made, Worked) and is_nil:  # more was got than the rate allows
            made = made.operands[0]
        line = message(
            "{cap} leaves {formula} = {value}",
            cap=cap_name(wording.plan, cut.cap, cut.account),
            formula=_money_in_and_out(made, _Formula(wording, payment.evaluation, with_names=True)),
            value=wording.quantity(made.value),
        )
        if is_nil:
            line = message("{line}, so that nothing is left", line=line)
        elif made is not working:
            left = wording.amount(cut.headroom, payment.currency)
            line = message("{line}, rounded down to {amount}", line=line, amount=left)
        yield _noted(line, made, wording)


def _money_in_and_out(working: Working, teller: _Formula) -> Message:
    """Each sum of money with its growth, what was got taken away one by one: no length is too long."""
    match working:
        case Worked(how=How.SUM | How.DIFFERENCE):
            first, *others = working.operands
            said = _money_in_and_out(first, teller)
            sign = "+" if working.how is How.SUM else "−"
            for other in others:
                is_sum = isinstance(other, Worked) and other.how is How.SUM
                for each in other.operands if isinstance(other, Worked) and is_sum else (other,):
                    grown = message("{name}", name=teller.said(each))
                    said = message("{one} {sign} {other}", one=said, sign=sign, other=grown)
            return said
        case _:
            return message("{name}", name=teller.said(working))


def figures(working: Working) -> int:
    """How many figures stand in a working."""
    match working:
        case Given() | Years():
            return 1
        case Worked():
            return sum(map(figures, working.operands))
        case RoundedTo():
            return figures(working.operand)
        case Grown():
            return 1 + figures(working.rate)
        case _:
            assert_never(working)


def _outcomes(wording: Wording) -> frozenset[str]:
    """The outcomes of the rate cards, which no sentence around a formula names."""
    return frozenset(tariff.outcome for card in wording.plan.cards for tariff in card.tariffs)


@frozen
class _Formula:
    """Writes the figures of a working; ``here`` is the evaluation that goes without saying."""

    wording: Wording
    here: str
    with_names: bool

    def said(self, working: Working) -> str:
        return self._written(working)[0]

    def _written(self, working: Working) -> tuple[str, int]:
        match working:
            case Given():
                return self._given(working)
            case Worked():
                return self._worked(working)
            case RoundedTo():
                return self._rounded(working), _LOOSE
            case Years():
                return _over_bases(working.days)
            case Grown():
                return self._grown(working)
            case _:
                assert_never(working)

    def _given(self, given: Given) -> tuple[str, int]:
        figure = self.wording.figure(given.value)
        binding = _PRODUCT if "/" in figure else _ALONE
        if given.name in _outcomes(self.wording) and not self.with_names:
            return f"{figure} ({self.wording.say(message('{name}', name=given.name))})", binding
        if not given.name or not self.with_names:
            return figure, binding
        name = self.wording.at(
            given.name, () if given.evaluation == self.here else (given.evaluation,)
        )
        return f"{figure} ({self.wording.say(name)})", binding

    def _worked(self, worked: Worked) -> tuple[str, int]:
        if worked.how not in _SIGNS:
            return self._one_of(worked), _ALONE
        sign, binding = _SIGNS[worked.how]
        first, *others = worked.operands
        written = [self._inside(first, binding)]
        # What is taken away, and what divides, stands in brackets if it is made of several values.
        is_strict = worked.how in {How.DIFFERENCE, How.QUOTIENT}
        written += [self._inside(other, binding + is_strict) for other in others]
        if worked.how is How.QUOTIENT and " " not in "".join(written):
            sign = "/"
        return sign.join(written), binding

    def _inside(self, working: Working, wanted: int) -> str:
        text, binding = self._written(working)
        return f"({text})" if binding < wanted else text

    def _one_of(self, worked: Worked) -> str:
        said = [self.said(operand) for operand in worked.operands]
        first, others = said[0], said[1:]
        together = message("{name}", name=first)
        for other in others:
            together = message("{first}; {other}", first=together, other=other)
        match worked.how:
            case How.LESSER:
                return self.wording.say(message("the lesser of ({values})", values=together))
            case How.GREATER:
                return self.wording.say(message("the greater of ({values})", values=together))
            case _:
                return self.wording.say(message("the average of ({values})", values=together))

    def _rounded(self, rounded: RoundedTo) -> str:
        value, step = self.said(rounded.operand), self.wording.figure(rounded.step)
        return self.wording.say(_rounding(rounded.mode, value, step))

    def _grown(self, grown: Grown) -> tuple[str, int]:
        rate = self._inside(grown.rate, _PRODUCT)
        factors = []
        if grown.full_years:
            power = "" if grown.full_years == 1 else f"^{grown.full_years}"
            factors.append(f"(1 + {rate}){power}")
        if grown.days:
            over, binding = _over_bases(grown.days)
            factors.append(f"(1 + {rate} × {f'({over})' if binding == _SUM else over})")
        return " × ".join(factors) or "1", _PRODUCT


def _over_bases(days: Sequence[tuple[int, int]]) -> tuple[str, int]:
    """``545/365``; ``184/365 + 182/366``."""
    said = " + ".join(f"{number}/{base}" for number, base in days)
    return said, _SUM if len(days) > 1 else _PRODUCT


def _rounding(mode: RoundingMode, value: str, step: str) -> Message:
    match mode:
        case RoundingMode.HALF_UP:
            return message("{value} rounded half up to {step}", value=value, step=step)
        case RoundingMode.HALF_EVEN:
            return message("{value} rounded half even to {step}", value=value, step=step)
        case RoundingMode.UP:
            return message("{value} rounded up to {step}", value=value, step=step)
        case RoundingMode.DOWN:
            return message("{value} rounded down to {step}", value=value, step=step)
        case _:
            assert_never(mode)


def _notes(working: Working, wording: Wording) -> Iterator[Message]:
    """From when to when time was counted, and how."""
    match working:
        case Worked():
            for operand in working.operands:
                yield from _notes(operand, wording)
        case RoundedTo():
            yield from _notes(working.operand, wording)
        case Years():
            days = Quantity(Fraction(sum(number for number, _ in working.days)), DAYS)
            yield message(
                "{day_count}: {days} from {start} to {end}",
                days=days,
                start=working.start,
                end=working.end,
                day_count=wording.day_count(working.day_count),
            )
        case Grown():
            yield _grown(working, wording)
        case Given():
            pass
        case _:
            assert_never(working)


def _grown(grown: Grown, wording: Wording) -> Message:
    years = _full_years(grown.full_years)
    if not grown.days:
        return message(
            "{years} from {start} to {end}", years=years, start=grown.start, end=grown.end
        )
    return message(
        "{day_count}: {years} and {days} from {start} to {end}",
        years=years,
        days=Quantity(Fraction(sum(number for number, _ in grown.days)), DAYS),
        start=grown.start,
        end=grown.end,
        day_count=wording.day_count(grown.day_count),
    )


def _full_years(number: int) -> Message:
    if number == 1:
        return message("1 full year")
    if number == 0:
        return message("no full year")
    return message("{number} full years", number=number)


def reading_worked_out(reading: Reading, wording: Wording) -> Message | None:
    """How a table makes its value of several rows; None where the value is that of one row."""
    if reading.mode is TableMode.MARGINAL and 0 < len(reading.bands) <= MOST_FIGURES:
        parts = (
            f"{wording.figure(band.part)} × {wording.figure(band.rate)}" for band in reading.bands
        )
        return message("{name}", name=" + ".join(parts))
    if reading.mode is TableMode.INTERPOLATED and reading.key.unit.kind is not Kind.DATE:
        return _on_line(reading.key, reading.reached, reading.next_row, wording)
    return None


def _on_line(
    key: Quantity, reached: Row | None, after: Row | None, wording: Wording
) -> Message | None:
    """``40% + (100% − 40%) × (7.5% − 5%) / (10% − 5%)``: along the straight line between two rows."""
    if reached is None or after is None or reached.value is None or after.value is None:
        return None
    if key == reached.at:
        return None
    low, high = wording.figure(reached.value), wording.figure(after.value)
    at, until = wording.figure(reached.at), wording.figure(after.at)
    along = f"({wording.figure(key)} − {at}) / ({until} − {at})"
    return message("{name}", name=f"{low} + ({high} − {low}) × {along}")
