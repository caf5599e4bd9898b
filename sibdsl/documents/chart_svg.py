"""A payment against one result, before and after a change, as a drawing in a page.

Positions are exact until they are written, as decimals with two places; what an axis says is exact
too, since its marks stand at round values. Pages style the drawing (:mod:`sibdsl.documents.html`).
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal

from sibdsl.documents.display import width
from sibdsl.documents.html import escaped
from sibdsl.frozen import frozen
from sibdsl.messages import say_quantity
from sibdsl.numerals import Language
from sibdsl.review.curves import Stretch
from sibdsl.units import Quantity, Unit

_WIDE: Final = 420
_HIGH: Final = 280
_LETTER: Final = 7
"""About the width of a letter, of 12 pixels height, in the units of the drawing."""
_BOLD_LETTER: Final = 8
_TOP: Final = 36
_BOTTOM: Final = 44
_RIGHT: Final = 16
_MARKS: Final = 5
"""At most so many parts of an axis."""


@frozen
class Axis:
    """What an axis shows: its name, and the unit in which its values are said."""

    name: str
    unit: Unit


@frozen
class Curve:
    """A payment over all results, a jump between each stretch and the next."""

    name: str
    side: Literal["before", "after"]
    stretches: tuple[Stretch, ...]


@frozen
class _Scale:
    """From a value to a place: ``low`` at ``first``, ``high`` at ``last``."""

    low: Fraction
    high: Fraction
    first: Fraction
    last: Fraction

    def place(self, value: Fraction) -> Fraction:
        part = (value - self.low) / (self.high - self.low)
        return self.first + part * (self.last - self.first)

    def at(self, value: Fraction) -> str:
        return decimal(self.place(value))


def chart(
    curves: tuple[Curve, ...], result: Axis, payment: Axis, says: str, language: Language
) -> str:
    """An ``svg`` element; ``says`` tells in words what it shows, for who cannot see it.

    There is at least one curve, and a point in each.
    """
    points = [point for curve in curves for each in curve.stretches for point in each.points]
    ys = [Fraction(0), *(y for _, y in points)]
    y_low, y_high = _apart(min(ys), max(ys))
    x_low, x_high = _apart(min(x for x, _ in points), max(x for x, _ in points))
    y_marks = marks(y_low, y_high, _MARKS)
    left = Fraction(max(width(_said(mark, payment, language)) for mark in y_marks) * _LETTER + 12)
    across = _Scale(x_low, x_high, left, Fraction(_WIDE - _RIGHT))
    up = _Scale(y_low, y_high, Fraction(_HIGH - _BOTTOM), Fraction(_TOP))
    end = _WIDE - _RIGHT
    names = [escaped(_fitting(axis.name, end, _LETTER)) for axis in (payment, result)]
    drawn = (
        *_grid_of_payments(y_marks, across, up, payment, language),
        *_marks_of_results(across, up, result, language),
        *(part for curve in curves for part in _curve(curve, across, up)),
        *_legend(curves, left),
        f'<text class="quiet" x="4" y="14">{names[0]}</text>',
        f'<text class="quiet" x="{end}" y="{_HIGH - 6}" text-anchor="end">{names[1]}</text>',
    )
    body = "".join(f"  {part}\n" for part in drawn)
    return (
        f'<svg class="chart" viewBox="0 0 {_WIDE} {_HIGH}" role="img" '
        f'aria-label="{escaped(says)}">\n{body}</svg>\n'
    )


def decimal(value: Fraction) -> str:
    """A value with two places, the nearest; half goes to the even one."""
    cents = round(value * 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02}"


def marks(low: Fraction, high: Fraction, most: int) -> tuple[Fraction, ...]:
    """Round values from low to high, one, two or five times a power of ten apart, in at most so many parts."""
    step = Fraction(1)
    while (high - low) / step > most:
        step *= 10
    while (high - low) / (step / 10) <= most:
        step /= 10
    step *= next(
        (part for part in (Fraction(1, 5), Fraction(1, 2)) if (high - low) / (step * part) <= most),
        1,
    )
    first, last = -(-low // step), high // step
    return tuple(step * number for number in range(first, last + 1))


def _apart(low: Fraction, high: Fraction) -> tuple[Fraction, Fraction]:
    """The same two values, or two around them where they are one."""
    return (low, high) if low < high else (low, low + 1)


def _said(value: Fraction, axis: Axis, language: Language) -> str:
    return say_quantity(Quantity(value, axis.unit), language, exact=False, reads_back=False)


def _grid_of_payments(
    values: tuple[Fraction, ...], across: _Scale, up: _Scale, axis: Axis, language: Language
) -> Iterator[str]:
    start, end = decimal(across.first), decimal(across.last)
    for value in values:
        y = up.at(value)
        yield f'<line class="grid" x1="{start}" x2="{end}" y1="{y}" y2="{y}"/>'
        yield (
            f'<text x="{decimal(across.first - 6)}" y="{y}" dy="3.5" text-anchor="end">'
            f"{escaped(_said(value, axis, language))}</text>"
        )


def _marks_of_results(across: _Scale, up: _Scale, axis: Axis, language: Language) -> Iterator[str]:
    """As many values as have room beside each other."""
    room = across.last - across.first
    for most in range(_MARKS, 0, -1):
        values = marks(across.low, across.high, most)
        widest = max((width(_said(value, axis, language)) for value in values), default=0)
        if len(values) * (widest + 2) * _LETTER <= room:
            break
    for value in values:
        x, said = across.at(value), _said(value, axis, language)
        half = Fraction(width(said) * _LETTER, 2)  # a name at the edge is moved inside
        middle = decimal(max(half, min(across.place(value), _WIDE - half)))
        start, end = decimal(up.first), decimal(up.first + 4)
        yield f'<line class="grid" x1="{x}" x2="{x}" y1="{start}" y2="{end}"/>'
        yield (
            f'<text x="{middle}" y="{decimal(up.first + 16)}" text-anchor="middle">'
            f"{escaped(said)}</text>"
        )


def _curve(curve: Curve, across: _Scale, up: _Scale) -> Iterator[str]:
    for stretch in curve.stretches:
        path = " ".join(f"{across.at(x)},{up.at(y)}" for x, y in stretch.points)
        yield f'<polyline class="{curve.side} curve" points="{path}"/>'
    for one, other in zip(curve.stretches, curve.stretches[1:], strict=False):
        (x, low), (_, high) = one.points[-1], other.points[0]
        if low == high:
            continue
        place = across.at(x)
        yield (
            f'<line class="{curve.side} jump" x1="{place}" x2="{place}" '
            f'y1="{up.at(low)}" y2="{up.at(high)}"/>'
        )
        for y, holds in ((low, not other.holds_at_start), (high, other.holds_at_start)):
            kind = "closed" if holds else "open"
            yield f'<circle class="{curve.side} dot {kind}" cx="{place}" cy="{up.at(y)}" r="3"/>'


def _legend(curves: tuple[Curve, ...], start: Fraction) -> Iterator[str]:
    """The names of the curves, one after the other above the drawing."""
    room = (_WIDE - start) / len(curves)
    for curve in curves:
        name = _fitting(curve.name, room - 42, _BOLD_LETTER)
        end = decimal(start + 20)
        yield (
            f'<line class="{curve.side} curve" x1="{decimal(start)}" x2="{end}" y1="24" y2="24"/>'
        )
        yield (
            f'<text class="{curve.side} name" x="{decimal(start + 26)}" y="28">{escaped(name)}</text>'
        )
        start += 42 + width(name) * _BOLD_LETTER


def _fitting(text: str, room: Fraction | int, letter: int) -> str:
    """As much of a text as has room on one line."""
    if width(text) * letter <= room:
        return text
    cut = text
    while cut and (width(cut) + 1) * letter > room:
        cut = cut[:-1]
    return cut + "…"
