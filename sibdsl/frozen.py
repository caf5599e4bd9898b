"""``@frozen``, with which nearly every class here is declared: that of attrs, made to start fast.

For each class attrs writes the source of ``__repr__``, ``__eq__`` and ``__hash__`` and compiles it
whenever the class is imported. With some three hundred classes that was the largest part of the
time of a short command. The three mean the same here, but are plain functions over the fields.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

__all__ = ["frozen"]

if TYPE_CHECKING:  # for whoever uses a class, and for the type checker, there is no difference
    from attrs import frozen
else:

    def frozen(cls: type | None = None, *, eq: bool = True, slots: bool = True) -> Any:
        """As ``attrs.frozen``; without ``eq`` a value equals itself alone."""
        if cls is None:
            return lambda cls: frozen(cls, eq=eq, slots=slots)
        made = attrs.frozen(cls, eq=False, repr=False, slots=slots)
        made.__repr__ = _shown
        if eq:
            _compare_by_value(made)
        return made


def _compare_by_value(cls: type) -> None:
    """Give a class equality of its fields, and the hash that goes with it."""
    compared = [field.name for field in attrs.fields(cls) if field.eq]
    value_of = attrgetter(*compared) if compared else type

    def is_equal(self: object, other: object) -> object:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return value_of(self) == value_of(other)

    def hash_(self: object) -> int:
        return hash((cls, value_of(self)))

    cls.__eq__ = is_equal  # type: ignore[assignment]
    cls.__hash__ = hash_  # type: ignore[assignment]


def _shown(self: attrs.AttrsInstance) -> str:
    """``Name(text='Fund')``."""
    cls = type(self)
    shown = (
        f"{field.name}={getattr(self, field.name)!r}" for field in attrs.fields(cls) if field.repr
    )
    return f"{cls.__qualname__}({', '.join(shown)})"
