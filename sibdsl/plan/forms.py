"""The shape of every part of a plan, read off its classes: what JSON, its schema and the digest share.

A *form* says how one field is spelled: an amount is exact text, a term is a place in ``terms``. The
forms are made from the annotations of :mod:`sibdsl.plan.terms`, so a new field there is written, read,
described in the schema and taken into the digest without a line more here.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Final,
    Literal,
    Union,
    assert_never,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs

from sibdsl.frozen import fields, frozen
from sibdsl.plan import terms
from sibdsl.source import Span
from sibdsl.units import Unit

FORMAT: Final = "sibdsl-plan"
VERSION: Final = 1
HEAD: Final = ("format", "version", "digest")
"""What stands before the fields of a plan in its JSON."""

TAGS: Final[dict[type, str]] = {
    terms.Constant: "constant",
    terms.Undefined: "undefined",
    terms.Result: "result",
    terms.Claimed: "claimed",
    terms.AcceptedClaims: "accepted claims",
    terms.Alias: "alias",
    terms.Arithmetic: "arithmetic",
    terms.Comparison: "comparison",
    terms.Negation: "negation",
    terms.Several: "several",
    terms.Aggregate: "aggregate",
    terms.Choice: "choice",
    terms.Fallback: "fallback",
    terms.Rounded: "rounded",
    terms.Lookup: "lookup",
    terms.YearFraction: "year fraction",
    terms.Growth: "growth",
    terms.Shift: "shift",
    terms.Settlement: "settlement",
    terms.Part: "part",
    terms.Single: "single",
    terms.Shares: "shares",
    terms.Tiers: "tiers",
}
"""What stands under ``"is"`` in the JSON of a class that is one of several."""


@frozen
class Whole:
    """A whole number; ``into`` names the tuple of the plan in which it is a place, if it is one."""

    into: str = ""


@frozen
class Flag:
    """Yes or no."""


@frozen
class Null:
    """Nothing, where nothing may stand."""


@frozen
class Words:
    """Any text."""


@frozen
class Exact:
    """An exact number, as ``2500000`` or ``13/155``."""


@frozen
class Day:
    """A date, as ``2017-07-27``."""


@frozen
class UnitWords:
    """A unit, as ``percentage`` or ``amount GBP``."""


@frozen
class Spelling:
    """One of a few words; an enumeration (``members`` are its values) or plain text."""

    members: tuple[tuple[str, Any], ...]


@frozen
class Listing:
    """Any number of one form."""

    item: Form


@frozen
class Pair:
    """Two values: a span, the two sides of a payment, two dates."""

    made: type
    items: tuple[Form, Form]


@frozen
class Record:
    """A class with named fields; ``tag`` is empty for one that is never one of several."""

    made: type
    tag: str
    fields: tuple[FieldForm, ...]


@frozen
class FieldForm:
    """A field: ``essential`` if it has no default, ``silent`` if it is outside equality."""

    name: str
    form: Form
    essential: bool
    default: Any
    silent: bool


@frozen
class Either:
    """One of several forms, told apart by the kind of their JSON or by their tag."""

    options: tuple[Form, ...]


Form = (
    Whole
    | Flag
    | Null
    | Words
    | Exact
    | Day
    | UnitWords
    | Spelling
    | Listing
    | Pair
    | Record
    | Either
)

_SIMPLE: Final[dict[Any, Form]] = {
    int: Whole(),
    bool: Flag(),
    NoneType: Null(),
    str: Words(),
    Fraction: Exact(),
    date: Day(),
    Unit: UnitWords(),
    Span: Pair(Span, (Whole(), Whole())),
}


@cache
def form_of(annotation: Any) -> Form:
    """The form of a type that stands in a plan."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type) and fields(annotation):
        return _record(annotation)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return Spelling(tuple((member.value, member) for member in annotation))
    inner = get_args(annotation)
    match get_origin(annotation):
        case origin if origin is Annotated:
            return Whole(inner[1])
        case origin if origin is Literal:
            return Spelling(tuple((word, word) for word in inner))
        case origin if origin in (Union, UnionType):
            return Either(tuple(form_of(option) for option in inner))
        case _ if inner[1] is ...:
            return Listing(form_of(inner[0]))
        case _:
            return Pair(tuple, (form_of(inner[0]), form_of(inner[1])))


def _record(made: type) -> Record:
    hints = get_type_hints(made, include_extras=True)
    return Record(
        made,
        TAGS.get(made, ""),
        tuple(
            FieldForm(
                name=field.name,
                form=form_of(hints[field.name]),
                essential=field.default is attrs.NOTHING,
                default=field.default,
                silent=not field.eq,
            )
            # Places last: they say least to a reader.
            for field in sorted(fields(made), key=lambda field: not field.eq)
        ),
    )


PLAN: Final = _record(terms.Plan)
"""The form of a whole plan."""


Simple = Flag | Null | Words | Exact | Day | UnitWords | Spelling


def spelled(form: Simple, value: Any) -> str | bool | None:
    """A single value as it stands in JSON and in the digest."""
    said: str | bool | None = value
    match form:
        case Flag() | Null() | Words():
            return said
        case Exact():
            return str(value)
        case Day():
            return str(value.isoformat())
        case UnitWords():
            return f"{value.kind.value} {value.currency}".rstrip()
        case Spelling(members):
            return next(word for word, member in members if member == value)
        case _:
            assert_never(form)


def option_for(form: Either, value: Any) -> Form:
    """Which of several forms a value has."""
    return next(option for option in form.options if _fits(option, value))


def _fits(form: Form, value: Any) -> bool:
    match form:
        case Null():
            return value is None
        case Flag():
            return isinstance(value, bool)
        case Whole():
            return isinstance(value, int) and not isinstance(value, bool)
        case Exact():
            return isinstance(value, Fraction)
        case Words() | Spelling():
            return isinstance(value, str | Enum)
        case Day():
            return isinstance(value, date)
        case UnitWords():
            return isinstance(value, Unit)
        case Record(made):
            return isinstance(value, made)
        case Listing() | Pair():
            return isinstance(value, tuple)
        case Either():
            return any(_fits(option, value) for option in form.options)
        case _:
            assert_never(form)
