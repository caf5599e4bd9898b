"""A worked example as the contract would write it, in its language, ready to be pasted."""

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from typing import Final, assert_never

from sibdsl.diagnostics import Message, message
from sibdsl.evaluate.claims import in_order
from sibdsl.evaluate.values import Known
from sibdsl.messages import say, say_quantity
from sibdsl.numerals import (
    Language,
    decimal_text,
    say_fraction,
    say_number,
    say_percentage,
    say_points,
)
from sibdsl.plan.terms import (
    Example,
    Expectation,
    GivenClaim,
    GivenParticipant,
    GivenResult,
    NamedTerm,
    Plan,
)
from sibdsl.source import Source
from sibdsl.units import Kind, Quantity, Unit

_VOWELS: Final = frozenset("AÀÂÄEÉÈÊËIÎÏOÔÖUÙÛÜYŒ")
_OTHER_SPACES: Final = str.maketrans("\u00a0\u202f", "  ")


def example_source(
    plan: Plan,
    example: Example,
    subjects: tuple[NamedTerm, ...],
    title: str,
    source: Source | None,
) -> str:
    """The example under its title, a line for each thing given and expected; ends with a line end.

    ``subjects`` are the names of what is expected, in the order of the example's expectations.
    """
    language = plan.language
    lines = [message("example {title}", title=quoted(title, language))]
    lines += (_result(plan, given) for given in example.results)
    lines += (_cancelled(plan, evaluation) for evaluation in example.cancelled)
    for participant in example.participants:
        lines += _participant(participant, language)
    lines += (_claim(plan, claim, source) for claim in example.claims)
    for subject, expected in zip(subjects, example.expectations, strict=True):
        lines.append(_expected(plan, subject, expected))
    said = [say(line, language) for line in lines]
    return "\n  ".join(said) + "\n"


def quoted(text: str, language: Language) -> str:
    """Text in the quotation marks of the language, in others where it holds those."""
    if language == "fr":
        return f'"{text}"' if "»" in text else f"« {text} »"
    return f"«{text}»" if '"' in text else f'"{text}"'


def written(value: Known, unit: Unit, language: Language) -> str:
    """A value exactly as a contract may say it; what has no short decimal form as a fraction."""
    if not isinstance(value, bool) and value.denominator == 1 and unit.kind is Kind.AMOUNT:
        text = _whole_amount(value, unit, language)
    elif isinstance(value, bool) or _is_short(value, unit):
        said: Fraction | bool | date = value
        if unit.kind is Kind.DATE:
            said = date.fromordinal(int(value))
        text = say_quantity(Quantity(said, unit), language)
    else:
        text = _as_fraction(value, unit, language)
    return text.translate(_OTHER_SPACES)


def written_like(value: Known, unit: Unit, language: Language, before: str) -> str:
    """A value as it is written in the place of other words: a percentage where they are one.

    One without a short decimal form is a percentage by a number: ``260% / 31``.
    """
    if isinstance(value, bool) or unit.kind is not Kind.PERCENTAGE or "%" not in before:
        return written(value, unit, language)
    if _is_short(value, unit):
        return written(value, unit, language)
    return _by_a_number(value, say_percentage, language).translate(_OTHER_SPACES)


def _by_a_number(
    value: Fraction, say: Callable[[Fraction, Language], str], language: Language
) -> str:
    """``260% / 31``, ``7 points / 3``: whole hundredths, and what they are divided by."""
    hundredths = value * 100
    above = say(Fraction(hundredths.numerator, 100), language)
    return f"{above} / {hundredths.denominator}"


def _whole_amount(value: Fraction, unit: Unit, language: Language) -> str:
    """``GBP 8,000,000``, as contracts write it, and not ``GBP 8,000,000.00``."""
    number = say_number(abs(value), language)
    sign = "-" if value < 0 else ""
    return (
        f"{sign}{unit.currency} {number}" if language == "en" else f"{sign}{number} {unit.currency}"
    )


def _is_short(value: Fraction, unit: Unit) -> bool:
    """Whether all decimals are written out."""
    shown = value * 100 if unit.kind in {Kind.PERCENTAGE, Kind.POINTS} else value
    text = decimal_text(shown)
    return "/" not in text and len(text.partition(".")[2]) <= 6


def _as_fraction(value: Fraction, unit: Unit, language: Language) -> str:
    match unit.kind:
        case Kind.AMOUNT:
            above = _whole_amount(Fraction(value.numerator), unit, language)
            return f"{above} / {value.denominator}"
        case Kind.POINTS:
            return _by_a_number(value, say_points, language)
        case _:
            return say_fraction(value)


# ----------------------------------------------------------------------------------------- lines


def _at(plan: Plan, name: str, evaluation: int | None) -> Message:
    if evaluation is None:
        return message("{name}", name=name)
    at = plan.evaluations[evaluation].name
    if _begins_with_vowel(at):
        return message("{subject} at {vowel}", subject=name, vowel=at)
    return message("{subject} at {named}", subject=name, named=at)


def _begins_with_vowel(name: str) -> bool:
    """Whether French drops the vowel of `que` and of `de` before a name."""
    return name[:1] in _VOWELS


def _result(plan: Plan, given: GivenResult) -> Message:
    measure = plan.measures[given.measure]
    subject = _at(plan, measure.name, given.evaluation)
    if given.value is None:
        return _given(measure.name, message("{subject} is not available", subject=subject))
    value = written(given.value, measure.unit, plan.language)
    match measure.unit.kind:
        case Kind.YES_NO | Kind.DATE:
            said = message("{subject} is {answer}", subject=subject, answer=value)
        case Kind.COUNT | Kind.NUMBER:
            said = message("{subject} is {number}", subject=subject, number=value)
        case Kind.PERCENTAGE | Kind.POINTS | Kind.AMOUNT | Kind.DAYS | Kind.MONTHS:
            said = message("{subject} is {size}", subject=subject, size=value)
        case _:
            assert_never(measure.unit.kind)
    return _given(measure.name, said)


def _given(name: str, said: Message) -> Message:
    if _begins_with_vowel(name):
        return message("given {vowel}", vowel=said)
    return message("given {said}", said=said)


def _cancelled(plan: Plan, evaluation: int) -> Message:
    name = plan.evaluations[evaluation].name
    return _given(name, message("{evaluation} is cancelled", evaluation=name))


def _participant(given: GivenParticipant, language: Language) -> Iterator[Message]:
    name = quoted(given.participant, language)
    if given.class_:
        class_ = quoted(given.class_, language)
        yield message(
            "given participant {participant} is in class {class_name}",
            participant=name,
            class_name=class_,
        )
    if given.started_on is not None:
        yield message(
            "given participant {participant} started on {date}",
            participant=name,
            date=given.started_on,
        )


def _claim(plan: Plan, given: GivenClaim, source: Source | None) -> Message:
    tariff = plan.cards[given.card].tariffs[given.outcome]
    name = quoted(given.participant, plan.language)
    outcome = tariff.outcome
    words = "" if source is None else " ".join(source.words(tariff.place).split())
    if not words.partition(":")[0].rstrip().endswith(f" {outcome}"):
        outcome = quoted(outcome, plan.language)
    said = message(
        "given participant {participant} claims {outcome} on {date}",
        participant=name,
        outcome=outcome,
        date=given.on,
    )
    after = (at for at in in_order(plan, given.card) if plan.evaluations[at].on >= given.on)
    if given.evaluation in {None, next(after, None)}:
        return said
    assert given.evaluation is not None
    at = plan.evaluations[given.evaluation].name
    if _begins_with_vowel(at):
        return message("{said} at {vowel}", said=said, vowel=at)
    return message("{said} at {named}", said=said, named=at)


def _expected(plan: Plan, name: NamedTerm, expected: Expectation) -> Message:
    subject = _at(plan, name.name, name.evaluation)
    value = written(expected.value, expected.unit, plan.language)
    if expected.unit.kind in {Kind.YES_NO, Kind.DATE}:
        if _begins_with_vowel(name.name):
            return message("expect {vowel} is {answer}", vowel=subject, answer=value)
        return message("expect {subject} is {answer}", subject=subject, answer=value)
    if _begins_with_vowel(name.name):
        return message("expect {vowel} is {value}", vowel=subject, value=value)
    return message("expect {subject} is {value}", subject=subject, value=value)
