"""Reading plans back from JSON. It trusts nothing.

Whatever is not exactly a plan of this version is refused with one :class:`PlanError` that says where.
"""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from typing import Any, Final, assert_never

from attrs import evolve

from sibdsl.diagnostics import Message, message
from sibdsl.frozen import frozen
from sibdsl.money import CURRENCIES
from sibdsl.plan.digest import digest
from sibdsl.plan.forms import (
    FORMAT,
    HEAD,
    PLAN,
    VERSION,
    Day,
    Either,
    Exact,
    Flag,
    Form,
    Listing,
    Null,
    Pair,
    Record,
    Spelling,
    UnitWords,
    Whole,
    Words,
)
from sibdsl.plan.terms import Plan
from sibdsl.plan.wellformed import flaw
from sibdsl.units import Kind, Unit

MOST_CHARACTERS: Final = 100_000_000
"""The longest text that is read as a plan: ten times that of a contract of 100,000 lines."""
MOST_DIGITS: Final = 4_000
"""The longest exact number that is read; what lowering makes stays far below."""
_MOST_WHOLE_DIGITS: Final = 15
_EXACT: Final = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

_WANTED_EXACT: Final = message('an exact number in lowest terms is wanted here, as "13/155"')
_WANTED_DAY: Final = message('a date is wanted here, as "2017-03-30"')
_WANTED_UNIT: Final = message('a unit is wanted here, as "percentage" or "amount GBP"')
_WANTED_TWO: Final = message("a list of two is wanted here")

Path = tuple[str | int, ...]


class PlanError(ValueError):
    """A text that is not a plan. ``path`` is the place in the JSON, as ``$.terms[3].left``."""

    def __init__(self, path: Path, text: Message) -> None:
        self.path = "$" + "".join(
            f"[{step}]" if isinstance(step, int) else f".{step}" for step in path
        )
        self.message = text
        super().__init__(f"{self.path}: {_english(text)}")


def _english(text: Message) -> str:
    said = text.template
    for name, value in text.values:
        said = said.replace("{" + name + "}", str(value))
    return said


@frozen
class _Where:
    """Where a value stands, and how many things there are to point to."""

    path: Path
    sizes: dict[str, int]

    def at(self, step: str | int) -> _Where:
        return _Where((*self.path, step), self.sizes)

    def wrong(self, text: Message) -> PlanError:
        return PlanError(self.path, text)


@frozen
class _NotPlain:
    """A JSON number that no plan holds: a decimal, or one of absurd length."""

    text: str


def from_json(text: str) -> Plan:
    """The plan that a JSON text holds, equal to the one it was written from.

    Raises :class:`PlanError`, and nothing else, for any text that is not such a plan.
    """
    plan, said = read_plan(text)
    if said != digest(plan):
        raise PlanError(
            ("digest",), message("the digest is not that of this plan: it has been changed")
        )
    return plan


def read_plan(text: str) -> tuple[Plan, str]:
    """A plan and the digest its text gives, which is not compared: for a plan changed on purpose."""
    where = _Where((), {})
    data = _parsed(text, where)
    if not isinstance(data, dict):
        raise where.wrong(message("an object is wanted here"))
    _check_head(data, where)
    body = {name: part for name, part in data.items() if name not in HEAD}
    sizes = {name: len(part) for name, part in body.items() if isinstance(part, list)}
    plan: Plan = _read_record(PLAN, body, _Where((), sizes))
    if found := flaw(plan):
        raise PlanError(*found)
    return plan, str(data["digest"])


def _parsed(text: str, where: _Where) -> Any:
    if len(text) > MOST_CHARACTERS:
        raise where.wrong(message("this text is too long to be a plan"))
    try:
        return json.loads(
            text,
            parse_float=_NotPlain,
            parse_constant=_NotPlain,
            parse_int=_whole,
            object_pairs_hook=_without_doubles,
        )
    except json.JSONDecodeError as error:
        raise where.wrong(
            message(
                "this is not JSON: line {line}, column {column}",
                line=error.lineno,
                column=error.colno,
            )
        ) from None
    except RecursionError:
        raise where.wrong(message("this JSON is nested too deeply to be a plan")) from None
    except _TwiceError as error:
        raise where.wrong(message("the field ‘{name}’ is given twice", name=error.name)) from None


def _whole(digits: str) -> int | _NotPlain:
    return int(digits) if len(digits) <= _MOST_WHOLE_DIGITS else _NotPlain(digits)


class _TwiceError(Exception):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(name)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        raise _TwiceError(next(name for name in names if names.count(name) > 1))
    return made


def _check_head(data: dict[str, Any], where: _Where) -> None:
    for name, wanted in (("format", FORMAT), ("version", VERSION)):
        given = data.get(name)
        if type(given) is not type(wanted) or given != wanted:
            raise where.at(name).wrong(message("only {wanted} is read here", wanted=str(wanted)))
    if not isinstance(data.get("digest"), str):
        raise where.at("digest").wrong(message("text is wanted here"))


def _read(form: Form, value: Any, where: _Where) -> Any:
    match form:
        case Whole(into):
            return _read_whole(into, value, where)
        case Flag():
            return _of_type(bool, value, where, message("true or false is wanted here"))
        case Null():
            return _of_type(type(None), value, where, message("null is wanted here"))
        case Words():
            return _of_type(str, value, where, message("text is wanted here"))
        case Exact():
            return _read_exact(value, where)
        case Day():
            return _read_day(value, where)
        case UnitWords():
            return _read_unit(value, where)
        case Spelling(members):
            return _read_spelling(members, value, where)
        case Listing(item):
            return _read_list(item, value, where)
        case Pair(made, items):
            return _read_pair(made, items, value, where)
        case Record():
            return _read_record(form, value, where)
        case Either(options):
            return _read(_option_read(options, value, where), value, where)
        case _:
            assert_never(form)


def _of_type(wanted: type, value: Any, where: _Where, otherwise: Message) -> Any:
    if type(value) is not wanted:
        raise where.wrong(otherwise)
    return value


def _read_whole(into: str, value: Any, where: _Where) -> int:
    number: int = _of_type(int, value, where, message("a whole number is wanted here"))
    if into and not 0 <= number < where.sizes.get(into, 0):
        raise where.wrong(
            message("{number} is not a place in ‘{list}’ before this one", number=number, list=into)
        )
    return number


def _read_exact(value: Any, where: _Where) -> Fraction:
    text: str = _of_type(str, value, where, _WANTED_EXACT)
    if len(text) > MOST_DIGITS:
        raise where.wrong(message("this number is too long"))
    if not _EXACT.fullmatch(text) or str(Fraction(text)) != text:
        raise where.wrong(_WANTED_EXACT)
    return Fraction(text)


def _read_day(value: Any, where: _Where) -> date:
    text: str = _of_type(str, value, where, _WANTED_DAY)
    if _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise where.wrong(_WANTED_DAY)


def _read_unit(value: Any, where: _Where) -> Unit:
    text: str = _of_type(str, value, where, _WANTED_UNIT)
    kind, _, currency = text.partition(" ") if text.startswith("amount ") else (text, "", "")
    kinds = {member.value: member for member in Kind}
    if kind not in kinds or (kind == Kind.AMOUNT.value) != (currency in CURRENCIES):
        raise where.wrong(_WANTED_UNIT)
    return Unit(kinds[kind], currency)


def _read_spelling(members: tuple[tuple[str, Any], ...], value: Any, where: _Where) -> Any:
    for word, member in members:
        if value == word and isinstance(value, str):
            return member
    raise where.wrong(
        message(
            "one of these is wanted here: {words}", words=", ".join(word for word, _ in members)
        )
    )


def _read_list(item: Form, value: Any, where: _Where) -> tuple[Any, ...]:
    items: list[Any] = _of_type(list, value, where, message("a list is wanted here"))
    if where.path == ("terms",):
        return tuple(
            _read(item, each, evolve(where.at(place), sizes=where.sizes | {"terms": place}))
            for place, each in enumerate(items)
        )
    return tuple(_read(item, each, where.at(place)) for place, each in enumerate(items))


def _read_pair(made: type, items: tuple[Form, Form], value: Any, where: _Where) -> Any:
    both: list[Any] = _of_type(list, value, where, _WANTED_TWO)
    if len(both) != 2:
        raise where.wrong(_WANTED_TWO)
    first, second = (_read(items[place], both[place], where.at(place)) for place in (0, 1))
    return (first, second) if made is tuple else made(first, second)


def _read_record(form: Record, value: Any, where: _Where) -> Any:
    given: dict[str, Any] = _of_type(dict, value, where, message("an object is wanted here"))
    known = {part.name for part in form.fields} | ({"is"} if form.tag else set())
    for name in given:
        if name not in known:
            raise where.at(name).wrong(message("no such field is known here"))
    in_days = given.get("unit") == Kind.DATE.value
    read: dict[str, Any] = {}
    for part in form.fields:
        if part.name in given:
            held, there = given[part.name], where.at(part.name)
            if in_days and isinstance(held, str) and _holds_exact(part.form):
                read[part.name] = Fraction(_read_day(held, there).toordinal())
            else:
                read[part.name] = _read(part.form, held, there)
        elif part.essential:
            raise where.at(part.name).wrong(message("this field is missing"))
    return form.made(**read)


def _holds_exact(form: Form) -> bool:
    options = form.options if isinstance(form, Either) else (form,)
    return any(isinstance(option, Exact) for option in options)


def _option_read(options: tuple[Form, ...], value: Any, where: _Where) -> Form:
    """Which of several forms a JSON value has, by its kind, and by its tag if it is an object."""
    for option in options:
        if isinstance(option, Record) and isinstance(value, dict):
            if not option.tag or value.get("is") == option.tag:
                return option
        elif isinstance(value, _json_type(option)) and isinstance(value, bool) == isinstance(
            option, Flag
        ):
            return option
    if isinstance(value, dict) and all(isinstance(option, Record) for option in options):
        raise where.at("is").wrong(message("this says no kind that is known here"))
    raise where.wrong(message("something else is wanted here"))


def _json_type(form: Form) -> type:
    match form:
        case Whole():
            return int
        case Flag():
            return bool
        case Null():
            return type(None)
        case Words() | Exact() | Day() | UnitWords() | Spelling():
            return str
        case Listing() | Pair():
            return list
        case Record() | Either():
            return dict
        case _:
            assert_never(form)
