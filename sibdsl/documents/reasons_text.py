"""Reasons as sentences: *Reduction is 8.387…% (13/155); at least 10% is needed; 1.613 points short.*

From the top of the tree down, one sentence per step that says something of its own. What was reported
stands together in one sentence; what has been said is not said again. The reasons of another
payment stand under that payment.
"""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from attrs import define, field

from sibdsl.diagnostics import Message, message
from sibdsl.documents.comparisons_text import compared, is_true
from sibdsl.documents.rows_text import row_read
from sibdsl.documents.values_text import Leaf, in_status, leaves, value_of
from sibdsl.documents.wording import Wording
from sibdsl.documents.workings_text import reading_worked_out, value_worked_out
from sibdsl.evaluate.determination import PaymentOutcome, Reason, Why
from sibdsl.evaluate.working import Working
from sibdsl.units import Quantity

MOST_SENTENCES: Final = 16
"""A reason may rest on a thousand results: the sentences stop here, the JSON has them all."""

Key = tuple[str, str]
"""A name and its evaluation."""

_EXPECTED: Final = {Why.PAID: True, Why.COMPUTED: True, Why.CUT: True, Why.NOT_MET: False}
_OF_RESULTS: Final = frozenset({Why.NOT_AVAILABLE, Why.NOT_REPORTED, Why.DISPUTED})
_REPORTED: Final = frozenset({Why.REPORTED, Why.PRESUMED, Why.PROVISIONAL})


def sentences(
    payment: PaymentOutcome, wording: Wording, unsaid: frozenset[Key] = frozenset()
) -> tuple[Message, ...]:
    """What a payment's reason says beneath its own step; the first few of many.

    ``unsaid`` are payments that the text speaks of elsewhere.
    """
    reason = payment.reason
    # Without a condition the comparisons right beneath only choose between amounts.
    is_conditional = wording.plan.payments[payment.payment].condition is not None
    expected = _EXPECTED.get(reason.why) if is_conditional else None
    teller = _Teller(wording, reason.evaluation)
    facts = list(teller.tell(reason, unsaid, expected=expected))
    said = tuple(dict.fromkeys(_joined(facts, wording)))
    if len(said) > MOST_SENTENCES:
        return (*said[:MOST_SENTENCES], message("the JSON form gives the remaining steps"))
    return said


def _joined(facts: Iterable[Message | Leaf], wording: Wording) -> Iterator[Message]:
    """Leaves that follow each other are said together."""
    together: list[Leaf] = []
    for fact in facts:
        if isinstance(fact, Leaf):
            together.append(fact)
            continue
        yield from leaves(together, wording)
        together = []
        yield fact
    yield from leaves(together, wording)


@define
class _Teller:
    """A walk over the steps of one reason; a loop, since a tree may be deep."""

    wording: Wording
    here: str
    said: set[Key] = field(factory=set)

    def tell(
        self, root: Reason, unsaid: frozenset[Key], *, expected: bool | None
    ) -> Iterator[Message | Leaf]:
        beneath = [one for one in root.because if _key(one) not in unsaid]
        if root.why is Why.COMPUTED:  # nothing to pay: what is nil comes first, what is met after
            beneath.sort(key=lambda one: not _is_nil(one))
        opening = _opening(root, beneath)
        if opening is not None:
            yield opening
        # With each step whether what stands above it would have its comparisons hold.
        waiting = [(one, expected) for one in reversed(beneath)]
        visited = set[int]()
        while waiting:
            one, expected = waiting.pop()
            if id(one) in visited:
                continue
            visited.add(id(one))
            facts, rest = self._step(one, expected=expected)
            yield from facts
            below = _expected_below(one, expected=expected)
            waiting.extend((each, below) for each in reversed(rest))

    def _step(
        self, one: Reason, *, expected: bool | None
    ) -> tuple[Sequence[Message | Leaf], Sequence[Reason]]:
        """What a step says, and the steps beneath it that are still to be told."""
        if one.why is Why.COMPARED:
            return self._comparison(one, expected=expected)
        if one.why is Why.ROW_REACHED:
            return self._row(one, one, one.because)
        if one.why is Why.FELL_BACK:
            return self._fallen_back(one)
        if not one.name:
            said = missing(one.why)
            return ((said,) if said is not None else ()), one.because
        if _key(one) in self.said:
            return (), ()
        if one.why in {Why.MET, Why.NOT_MET}:
            self.said.add(_key(one))
            return (self._condition(one),), one.because
        if one.value is None:
            said = self._rests_on(one) or lacking(one.why, self.name(one), one.evaluation)
            return ((said,) if said is not None else ()), one.because
        return self._value(one, one.value)

    def name(self, one: Reason) -> Message:
        """The step's name, with its evaluation where that is not the payment's own."""
        return self.named(one.name, one.evaluation)

    def named(self, name: str, evaluation: str) -> Message:
        return self.wording.at(name, () if evaluation == self.here else (evaluation,))

    def _rests_on(self, one: Reason) -> Message | None:
        """A condition or a term that lacks a value for want of others: what was reported is theirs."""
        if one.why not in _OF_RESULTS:
            return None
        others = tuple(
            self.name(each)
            for each in _named_beneath(one)
            if each.why is one.why and _key(each) != _key(one)
        )
        if not others:
            return None
        return message("{name} rests on {others}", name=self.name(one), others=others)

    def _condition(self, one: Reason) -> Message:
        if one.why is Why.MET:
            return message("{name} is met", name=self.name(one))
        return message("{name} is not met", name=self.name(one))

    def _value(
        self, one: Reason, value: Quantity
    ) -> tuple[Sequence[Message | Leaf], Sequence[Reason]]:
        self.said.add(_key(one))
        if one.why is Why.PAID:
            return (self._leaf(one, value),), ()
        if one.why in _REPORTED or not (one.because or one.working):
            return (self._leaf(one, value),), one.because
        only = one.because[0] if len(one.because) == 1 else None
        if only is not None and only.why is Why.ROW_REACHED:
            return self._row(one, only, only.because)
        if only is not None and only.why is Why.FELL_BACK:
            cause, rest = self._cause(only)
            said = self._is(one.name, one.evaluation, value)
            return (message("{said}, since {cause}", said=said, cause=cause),), rest
        said, rest = self._known(one.name, one.evaluation, value, one.because, one.working)
        if one.why is Why.CARD_CLOSED:
            said = in_status(one.why, said)
        return (said,), rest

    def _leaf(self, one: Reason, value: Quantity) -> Leaf:
        said, is_answer = self.wording.quantity(value), isinstance(value.value, bool)
        return Leaf(one.why, one.name, one.evaluation, said, is_answer, self.here)

    def _is(
        self, name: str, evaluation: str, value: Quantity, formula: Message | None = None
    ) -> Message:
        said: str | Message = self.wording.quantity(value)
        is_answer = isinstance(value.value, bool)
        if formula is not None:
            again = f" ({self.wording.say(formula)})"  # 13/155 = 8.387…%, without (13/155)
            shown = self.wording.quantity(value).removesuffix(again)
            said = message("{formula} = {value}", formula=formula, value=shown)
        return value_of(self.named(name, evaluation), said, is_answer=is_answer)

    def _known(
        self,
        name: str,
        evaluation: str,
        value: Quantity,
        because: Sequence[Reason],
        working: Working | None = None,
    ) -> tuple[Message, Sequence[Reason]]:
        """``Reduction is 15 / 200 = 7.5%``, with its status where it was reported; and the rest."""
        said = self._is(name, evaluation, value, value_worked_out(working, self.wording))
        rest: list[Reason] = []
        for one in because:
            is_same = _key(one) == (name, evaluation)
            if is_same and one.why in _REPORTED and one.value is not None:
                if one.value != value:
                    said = message(
                        "{said}, rounded from {value}",
                        said=said,
                        value=self.wording.quantity(one.value),
                    )
                said = in_status(one.why, said)
                self.said.add(_key(one))
            else:
                rest.append(one)
        self.said.add((name, evaluation))
        return said, rest

    def _comparison(
        self, one: Reason, *, expected: bool | None
    ) -> tuple[Sequence[Message | Leaf], Sequence[Reason]]:
        if one.value is None or one.threshold is None:
            return (), one.because
        if one.name:
            was_said = _key(one) in self.said
            said, rest = self._known(one.name, one.evaluation, one.value, one.because, one.working)
            if was_said:
                said, rest = self._is(one.name, one.evaluation, one.value), ()
        else:
            words = self.wording.words(one.left)
            value = self.wording.quantity(one.value)
            said = message("{name}", name=value)
            if words and words != value:
                said = message("{name} is {value}", name=words, value=value)
            rest = one.because
        is_asked = is_true(one) is expected or (expected is not None and is_true(one) is None)
        return (compared(one, said, self.wording, is_asked=is_asked),), rest

    def _row(
        self, named: Reason, row: Reason, because: Sequence[Reason]
    ) -> tuple[Sequence[Message | Leaf], Sequence[Reason]]:
        """The row of a table and what it gives, from the key to the value."""
        reading, value = row.reading, row.value
        if reading is None or value is None:
            return (), because
        if not reading.name:
            key, rest = message("{name}", name=self.wording.quantity(reading.key)), because
        else:
            was_said = (reading.name, reading.evaluation) in self.said
            opened: list[Reason] = []
            for one in because:
                is_key = _key(one) == (reading.name, reading.evaluation)
                opened.extend(one.because if is_key and one.why not in _REPORTED else (one,))
            key, rest = self._known(reading.name, reading.evaluation, reading.key, opened)
            if was_said:
                key = self.named(reading.name, reading.evaluation)
        formula = reading_worked_out(reading, self.wording)
        if named.name:
            self.said.add(_key(named))
            result = self._is(named.name, named.evaluation, value, formula)
        else:
            result = message("{name}", name=self.wording.quantity(value))
            if formula is not None:
                result = message("{formula} = {value}", formula=formula, value=result)
        return (row_read(reading, row.relation, key, result, self.wording),), rest

    def _fallen_back(self, one: Reason) -> tuple[Sequence[Message | Leaf], Sequence[Reason]]:
        if one.value is None:
            return (), one.because
        value = self.wording.quantity(one.value)
        cause, rest = self._cause(one)
        return (message("{cause}: taken as {value}", cause=cause, value=value),), rest

    def _cause(self, one: Reason) -> tuple[Message, Sequence[Reason]]:
        """What a fall-back stands in for."""
        cause = missing_beneath(one)
        if cause is None:
            return message("what it rests on is undefined"), one.because
        said = (
            lacking(cause.why, self.name(cause), cause.evaluation)
            if cause.name
            else missing(cause.why)
        )
        assert said is not None
        return said, [each for each in one.because if each is not cause]


def _named_beneath(one: Reason) -> Iterator[Reason]:
    """The nearest steps with a name, through the comparisons and rows between."""
    waiting = list(reversed(one.because))
    while waiting:
        each = waiting.pop()
        if each.name and each.why is not Why.COMPARED:
            yield each
        else:
            waiting.extend(reversed(each.because))


def _key(one: Reason) -> Key:
    return one.name, one.evaluation


def _expected_below(one: Reason, *, expected: bool | None) -> bool | None:
    """A comparison under a condition that is met is asked to hold; one that chooses is not asked."""
    match one.why:
        case Why.MET:
            return True
        case Why.NOT_MET:
            return False
        case Why.COMPARED:
            return expected
        case _:
            return None


def _opening(root: Reason, beneath: Sequence[Reason]) -> Message | None:
    """What a payment's own step says that no step beneath it does."""
    if root.why is Why.NOT_MET:
        return None
    if root.why is not Why.COMPUTED:
        return missing(root.why)
    if any(map(_is_nil, beneath)):
        return None
    return message("the amount comes to nil")


def _is_nil(one: Reason) -> bool:
    """Whether a step comes to an amount, or a number, of nil."""
    value = None if one.value is None else one.value.value
    return isinstance(value, Fraction) and value == 0


def missing_beneath(one: Reason) -> Reason | None:
    """The first step right beneath that has no value and can say why."""
    for each in one.because:
        name = message("{name}", name=each.name)
        said = lacking(each.why, name, each.evaluation) if each.name else missing(each.why)
        if each.value is None and said is not None:
            return each
    return None


def lacking(why: Why, name: Message, evaluation: str) -> Message | None:
    """Why a named value, at an evaluation, is not there."""
    match why:
        case Why.NOT_REPORTED:
            return message("{name} is not reported yet", name=name)
        case Why.DISPUTED:
            return message("{name} is disputed", name=name)
        case Why.NOT_AVAILABLE:
            return message("{name} is reported as not available", name=name)
        case Why.CANCELLED:
            return message(
                "{name} is undefined: {evaluation} is cancelled, and no other evaluation stands in "
                "for it",
                name=name,
                evaluation=evaluation,
            )
        case Why.RESTS_ON_CANCELLED:
            return message("{name} is undefined: it rests on a cancelled evaluation", name=name)
        case Why.DIVISION_BY_ZERO:
            return message("{name} is undefined: it divides by nil", name=name)
        case Why.NO_PREVIOUS_EVALUATION:
            return message("{name} is undefined: there is no previous evaluation", name=name)
        case Why.BELOW_FIRST_ROW:
            return message("{name} is undefined: the key is below the first row", name=name)
        case Why.NOTHING_TO_AVERAGE:
            return message("{name} is undefined: there is nothing to average", name=name)
        case Why.TOO_LONG:
            return message("{name} is undefined: the number would be too long", name=name)
        case Why.CARD_OPEN:
            return message("{name}: not all claims are in", name=name)
        case Why.UNKNOWN:
            return message("{name} is not known yet", name=name)
        case _:
            return None


def missing(why: Why) -> Message | None:
    """Why a value without a name is not there, or a payment not due."""
    match why:
        case Why.DIVISION_BY_ZERO:
            return message("it divides by nil")
        case Why.NO_PREVIOUS_EVALUATION:
            return message("there is no previous evaluation")
        case Why.BELOW_FIRST_ROW:
            return message("the key of the table is below its first row")
        case Why.NOTHING_TO_AVERAGE:
            return message("there is nothing to average")
        case Why.TOO_LONG:
            return message("the number would be too long to be worked out")
        case Why.CANCELLED:
            return message("the evaluation is cancelled")
        case Why.RESTS_ON_CANCELLED:
            return message("it rests on a cancelled evaluation")
        case Why.CUT:
            return message("caps leave nothing of it")
        case Why.NEGATIVE:
            return message("the amount is negative")
        case _:
            return None
