"""The words of a determination: values, names at evaluations, lists, in the contract's language.

What is said here is read by people and never copied into a contract, so a number has no more
decimals than it needs (French ``2,125`` and not ``2,1250``).
"""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Final

from sibdsl.dates import DayCount
from sibdsl.diagnostics import Message, message
from sibdsl.frozen import frozen
from sibdsl.messages import say, say_quantity
from sibdsl.numerals import Language, as_said, say_amount, say_fraction
from sibdsl.plan.terms import Plan
from sibdsl.source import Source, Span
from sibdsl.units import DAYS, POINTS, Kind, Quantity

_LONGEST_FRACTION: Final = 13
"""A longer fraction tells a reader nothing; the JSON has it."""
_LONGEST_WORDS: Final = 70
_MOST_ON_THEIR_OWN: Final = 2
_MEASURED: Final = (Kind.PERCENTAGE, Kind.POINTS)


@frozen(slots=False)
class Wording:
    """Says what belongs to one contract; ``source`` is its text, None where it is not at hand."""

    plan: Plan
    source: Source | None

    @property
    def language(self) -> Language:
        """The contract's language, which is the determination's."""
        return self.plan.language

    def say(self, text: Message) -> str:
        """The message, as it stands in the middle of a sentence."""
        return say(text, self.language)

    def sentence(self, text: Message) -> str:
        """The message from its upper case to its full stop."""
        said = self.say(text)
        return f"{said[:1].upper()}{said[1:]}{'' if said.endswith('…') else '.'}"

    @cached_property
    def declared(self) -> tuple[str, ...]:
        """The names of the contract that have a value."""
        return tuple(dict.fromkeys(name.name for name in self.plan.names if name.name))

    # Values

    def amount(self, value: Fraction, currency: str) -> str:
        """An amount, at least to the minor unit of its currency."""
        return say_amount(value, currency, self.language, reads_back=False)

    def quantity(self, quantity: Quantity) -> str:
        """A value with its unit; a short fraction stands after digits that are cut off."""
        value = quantity.value
        is_short = (
            isinstance(value, Fraction)
            and quantity.unit.kind is not Kind.AMOUNT
            and len(say_fraction(value)) <= _LONGEST_FRACTION
        )
        return say_quantity(quantity, self.language, exact=is_short, reads_back=False)

    def figure(self, quantity: Quantity) -> str:
        """A value as it is put into a formula: in decimals, or as a short fraction where none are exact."""
        value = quantity.value
        if isinstance(value, Fraction) and quantity.unit.kind is not Kind.AMOUNT:
            scale = 100 if quantity.unit.kind in _MEASURED else 1
            is_exact = as_said(value * scale) == value * scale
            fraction = say_fraction(value)
            if not is_exact and len(fraction) <= _LONGEST_FRACTION:
                return fraction
        return say_quantity(quantity, self.language, exact=False, reads_back=False)

    def day_count(self, day_count: DayCount) -> str:
        """``actual/365``, as the language of the contract has it."""
        said = day_count.value
        return said.replace("actual", self.say(message("actual"))) if "actual" in said else said

    def distance(self, value: Quantity, threshold: Quantity) -> str | None:
        """How far apart two values are, so that a reader's own sum of what is shown agrees.

        8.387…% is 1.613 points short of 10%, and 12.387…% is 2.387… points above. Percentages are
        points apart, dates days; None where there is nothing to measure.
        """
        here, there = _number(value), _number(threshold)
        if here is None or there is None:
            return None
        scale = 100 if value.unit.kind in _MEASURED else 1
        shown = abs(as_said(here * scale) - as_said(there * scale)) / scale
        if here > there:  # digits cut off both leave the sum right
            shown = here - there
        match value.unit.kind:
            case Kind.PERCENTAGE | Kind.POINTS:
                unit = POINTS
            case Kind.DATE:
                unit = DAYS
            case _:
                unit = value.unit
        apart = Quantity(shown or abs(here - there), unit)
        return say_quantity(apart, self.language, exact=False, reads_back=False)

    # Names

    def at(self, name: str, evaluations: Sequence[str]) -> Message:
        """A name, and the evaluations where there are any; a run of a series by its two ends."""
        named = [each for each in evaluations if each]
        if not named:
            return message("{name}", name=name)
        return message("{name} at {evaluation}", name=name, evaluation=self.evaluations(named))

    def evaluations(self, names: Sequence[str]) -> Message:
        """``Year 1, Year 3 and Year 4``; ``Year 2 to Year 7``."""
        runs: list[list[str]] = []
        for name in names:
            if runs and self._follows(runs[-1][-1], name):
                runs[-1].append(name)
            else:
                runs.append([name])
        said: list[Message] = []
        for run in runs:
            if len(run) > _MOST_ON_THEIR_OWN:
                said.append(message("{first} to {last}", first=run[0], last=run[-1]))
            else:
                said.extend(message("{name}", name=name) for name in run)
        return listed(said)

    def _follows(self, before: str, after: str) -> bool:
        first, second = self._places.get(before), self._places.get(after)
        if first is None or second is None:
            return False
        return first[0] == second[0] and first[1] + 1 == second[1]

    @cached_property
    def _places(self) -> dict[str, tuple[str, int]]:
        """Each evaluation's series and its place in it."""
        counted: dict[str, int] = {}
        places: dict[str, tuple[str, int]] = {}
        for one in sorted(self.plan.evaluations, key=lambda each: each.on):
            counted[one.series] = counted.get(one.series, 0) + 1
            places[one.name] = (one.series, counted[one.series])
        return places

    # The text of the contract

    def words(self, place: Span | None) -> str:
        """What the contract says at a place, on one line; empty if it is too long to be quoted."""
        if place is None or self.source is None:
            return ""
        said = " ".join(self.source.words(place).split())
        return said if len(said) <= _LONGEST_WORDS else ""

    def line(self, place: Span) -> Message | None:
        """``line 31``, of a file where it is another than the contract's; None without the text."""
        if self.source is None:
            return None
        file, at = self.source.in_file(place.start)
        line, _ = file.position(at)
        if file is self.source.files[""]:
            return message("line {number}", number=str(line))
        return message("line {number} of {file}", number=str(line), file=file.name)

    def with_line(self, text: Message, place: Span) -> Message:
        """The message, and the line of the contract it comes from."""
        line = self.line(place)
        return text if line is None else message("{said} ({line})", said=text, line=line)


def listed(items: Sequence[Message]) -> Message:
    """``A, B and C``."""
    if len(items) == 1:
        return items[0]
    return message("{items} and {last}", items=tuple(items[:-1]), last=items[-1])


def _number(quantity: Quantity) -> Fraction | None:
    match quantity.value:
        case bool():
            return None
        case date():
            return Fraction(quantity.value.toordinal())
        case _:
            return quantity.value
