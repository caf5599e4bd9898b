"""The columns of a table: how many spaces stand before its bounds and its values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sibdsl.syntax.concrete import Branch, Part, end_of, start_of
from sibdsl.syntax.layout import STEP, WIDTH, Layout

_LITERALS: Final = frozenset({"NUMBER", "PERCENTAGE", "POINTS", "AMOUNT", "FRACTION"})


def columns(layout: Layout, table: Branch) -> Iterator[tuple[int, int]]:
    """The tokens of a table that stand further right than others, each with how many spaces.

    The bounds end in one column, at their colons. The values begin in one; where all of them are
    plain numbers they end in one, so that their digits stand under each other. A table of which a
    row needs two lines is left ragged.
    """
    rows = table.parts[-1]
    assert isinstance(rows, Branch)
    if any(layout.depths[at] is not None for row in rows.parts for at in _later(row)):
        return
    heads = [_head(layout, row) for row in rows.parts]
    bounded = [head for row, head in zip(rows.parts, heads, strict=True) if _bound(row) is not None]
    colon = max(bounded, default=0)
    values = [_value(row) for row in rows.parts]
    sizes = [_size(layout, value) for value in values]
    widest = max(sizes) if all(_is_literal(layout, value) for value in values) else 0
    column = max([colon, *heads])
    longest = max(end - size for end, size in zip(_ends(layout, rows), sizes, strict=True))
    if STEP + column + longest + max(widest, *sizes) > WIDTH:
        return
    for row, head, value, size in zip(rows.parts, heads, values, sizes, strict=True):
        bound = _bound(row)
        shift = colon - head if bound is not None else 0
        if bound is not None and shift:
            yield start_of(bound), shift
        pad = column - head - shift + max(widest - size, 0)
        if pad:
            yield start_of(value), pad


def _later(row: Part) -> range:
    return range(start_of(row) + 1, end_of(row))


def _bound(row: Part) -> Part | None:
    """What stands between ``from`` and the colon; nothing in ``otherwise``."""
    assert isinstance(row, Branch)
    return row.parts[1] if len(row.parts) > 3 else None


def _value(row: Part) -> Part:
    assert isinstance(row, Branch)
    return row.parts[3 if len(row.parts) > 3 else 2]


def _head(layout: Layout, row: Part) -> int:
    """How long a row is up to its colon and with it."""
    return layout.width(start_of(row), start_of(_value(row)))


def _size(layout: Layout, value: Part) -> int:
    return layout.width(start_of(value), end_of(value))


def _ends(layout: Layout, rows: Branch) -> Iterator[int]:
    """How long each row is from its value on."""
    for row in rows.parts:
        yield layout.width(start_of(_value(row)), end_of(row))


def _is_literal(layout: Layout, value: Part) -> bool:
    return isinstance(value, int) and layout.kinds[value] in _LITERALS
