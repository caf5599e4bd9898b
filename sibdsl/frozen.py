"""``@frozen``, with which nearly every class here is declared: that of attrs, made to start fast.

attrs finishes a class where it is declared: it writes the source of its methods and compiles it. With
some three hundred classes that was a third of the time of a short command, which makes instances of
half of them. Here a class gets its slots when it is declared and its methods with its first instance;
what attrs says of it (``attrs.fields``, ``attrs.evolve``), attrs works out when it is asked.

See ``docs/decisions/0027-classes-finished-at-first-use.md``.
"""

from __future__ import annotations

from operator import attrgetter
from threading import RLock
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final, NoReturn

import attrs

__all__ = ["fields", "frozen"]

if TYPE_CHECKING:  # for whoever uses a class, and for the type checker, there is no difference
    from attrs import frozen
else:

    def frozen(cls: type | None = None, *, eq: bool = True, slots: bool = True) -> Any:
        """As ``attrs.frozen``; without ``eq`` a value equals itself alone."""
        if cls is None:
            return lambda cls: _declared(cls, eq=eq, slots=slots)
        return _declared(cls, eq=eq, slots=slots)


_WRITTEN_FIELD: Final = type(attrs.field())
_ONE_BY_ONE: Final = RLock()


def fields(cls: type) -> tuple[Any, ...]:
    """The fields of a class declared here, inherited ones first, like ``attrs.fields`` but at once.

    Each has the ``name``, ``alias``, ``default``, ``init``, ``kw_only`` and ``eq`` of attrs.
    """
    return tuple(
        field
        for kind in reversed(cls.__mro__)
        if isinstance(declaration := kind.__dict__.get("__attrs_attrs__"), _Declaration)
        for field in declaration.own_fields()
    )


class _Declaration:
    """How a class was declared. It stands where attrs looks for the fields of a class."""

    __slots__ = ("described", "eq", "own", "written")

    def __init__(self, written: type, *, eq: bool) -> None:
        body = written.__dict__
        self.written = written
        self.own = {name: body.get(name, attrs.NOTHING) for name in written.__annotations__}
        """What each field of this class itself was set to: a default, or a ``field(…)``."""
        self.eq = eq
        self.described: tuple[attrs.Attribute[Any], ...] | None = None

    def __get__(self, instance: object, owner: type) -> tuple[attrs.Attribute[Any], ...]:
        """All fields as attrs describes them, inherited ones first."""
        with _ONE_BY_ONE:  # attrs takes apart the class that it is given
            if self.described is None:
                written = attrs.frozen(self.written, eq=False, repr=False, slots=False)
                self.described = attrs.fields(written)
                assert not any(each.converter or each.validator for each in self.described)
            return self.described

    def own_fields(self) -> list[Any]:
        """The fields of this class itself; attrs is asked only where one is a ``field(…)``."""
        if any(isinstance(default, _WRITTEN_FIELD) for default in self.own.values()):
            return [field for field in self.__get__(None, self.written) if field.name in self.own]
        return [
            SimpleNamespace(
                name=name,
                alias=name.lstrip("_"),
                default=default,
                init=True,
                kw_only=False,
                eq=True,
            )
            for name, default in self.own.items()
        ]


def _declared(cls: type, *, eq: bool, slots: bool) -> type:
    """A class like the one written, with slots; its first instance gives it its methods."""
    declaration = _Declaration(cls, eq=eq)
    unslotted = {*declaration.own, "__dict__", "__weakref__"}
    body = {name: value for name, value in cls.__dict__.items() if name not in unslotted}
    base = cls.__base__
    assert base is not None
    body |= {
        "__slots__": (
            *declaration.own,
            *(() if base.__weakrefoffset__ else ("__weakref__",)),
            *(() if slots else ("__dict__",)),
        ),
        "__qualname__": cls.__qualname__,
        "__attrs_attrs__": declaration,
        "__setattr__": _refused,
        "__delattr__": _refused,
        "__getstate__": _state,
        "__setstate__": _restored,
        "__repr__": _shown,
    }
    made: type = type(cls)(cls.__name__, cls.__bases__, body)

    def first_init(self: object, *values: object, **named: object) -> None:
        _finish(made)
        made.__init__(self, *values, **named)  # type: ignore[misc]

    made.__init__ = first_init  # type: ignore[misc]
    return made


def _finish(cls: Any) -> None:
    """Give a class the methods that depend on its fields. Twice, in two threads, is once."""
    found = fields(cls)
    if cls.__dict__["__attrs_attrs__"].eq:
        _compare_by_value(cls, [each.name for each in found if each.eq])
    cls.__match_args__ = tuple(  # type: ignore[misc]
        each.name for each in found if each.init and not each.kw_only
    )
    cls.__init__ = _init(cls, found)  # last: who can make an instance has all the rest


def _init(cls: type, found: tuple[Any, ...]) -> Any:
    """``__init__``, as text that Python compiles: it puts each value in its slot."""
    names: dict[str, Any] = {"_NOTHING": attrs.NOTHING}
    positional: list[str] = []
    named: list[str] = []
    lines: list[str] = []
    for field in found:
        names[f"_set_{field.name}"] = getattr(cls, field.name).__set__
        names[f"_default_{field.name}"] = field.default
        parameter, value = _taken(field)
        if field.init:
            (named if field.kw_only else positional).append(parameter)
        lines.append(f"    _set_{field.name}(self, {value})")
    star = ["*"] if named else []
    heading = f"def __init__({', '.join(['self', *positional, *star, *named])}):"
    exec("\n".join([heading, *lines, "    return None"]), names)  # noqa: S102
    init = names["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


def _taken(field: Any) -> tuple[str, str]:
    """The parameter for a field, and what is put in its slot."""
    alias, default = field.alias, f"_default_{field.name}"
    if field.default is attrs.NOTHING:
        return alias, alias
    if not isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
        return f"{alias}={default}", alias if field.init else default
    made = f"{default}.factory({'self' if field.default.takes_self else ''})"
    value = f"{made} if {alias} is _NOTHING else {alias}" if field.init else made
    return f"{alias}=_NOTHING", value


def _compare_by_value(cls: type, compared: list[str]) -> None:
    """Give a class equality of its fields, and the hash that goes with it."""
    value_of = attrgetter(*compared) if compared else type

    def is_equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return value_of(self) == value_of(other)

    def hash_(self: object) -> int:
        return hash((cls, value_of(self)))

    cls.__eq__ = is_equal  # type: ignore[assignment]
    cls.__hash__ = hash_  # type: ignore[assignment]


# The methods that are the same in every class


def _refused(_: object, *__: object) -> NoReturn:
    raise attrs.exceptions.FrozenInstanceError


def _shown(self: attrs.AttrsInstance) -> str:
    """``Name(text='Fund')``."""
    cls = type(self)
    shown = (
        f"{field.name}={getattr(self, field.name)!r}" for field in attrs.fields(cls) if field.repr
    )
    return f"{cls.__qualname__}({', '.join(shown)})"


def _state(self: attrs.AttrsInstance) -> dict[str, object]:
    return {field.name: getattr(self, field.name) for field in attrs.fields(type(self))}


def _restored(self: attrs.AttrsInstance, state: dict[str, object]) -> None:
    """A copy, or what was pickled, may be the first instance there is."""
    cls = type(self)
    if "__match_args__" not in cls.__dict__:
        _finish(cls)
    for name, value in state.items():
        object.__setattr__(self, name, value)
