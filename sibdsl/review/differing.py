"""Two expressions side by side: the smallest parts that differ, and what that does to the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from attrs import define

from sibdsl.checks.bounds.trends import Trend, together
from sibdsl.checks.types.constants import Constant, constant_value
from sibdsl.frozen import frozen
from sibdsl.review.influence import Influence
from sibdsl.review.signs import DOWN, UNSURE, UP, UPWARDS, Part, opposite, parts_of, then
from sibdsl.review.trees import Same, is_same, shape, without
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Relation

_DEEPEST: Final = 60
_JOINED: Final = (nodes.And, nodes.Or, nodes.Extremum)


@frozen
class Differing:
    """Parts that differ, None where one side has none; ``trend`` is what becomes of the whole.

    ``is_threshold``: the two are comparisons of the same thing with other values, and ``own`` is what
    becomes of the comparison itself.
    """

    old: Expr | None
    new: Expr | None
    trend: Trend
    own: Trend
    is_threshold: bool = False
    is_rate: bool = False


@define
class Differ:
    """Compares the expressions of two versions."""

    old: Influence
    new: Influence
    same: Same

    def parts(self, old: Expr, new: Expr) -> tuple[Differing, ...]:
        """The smallest parts that differ, in the order of the text; none where the two say the same."""
        return tuple(self._parts(old, new, UP, 0, is_rate=False))

    def trend(self, old: Expr, new: Expr) -> Trend:
        """What becomes of the whole."""
        return self._trend(old, new, 0)

    def _trend(self, old: Expr, new: Expr, depth: int) -> Trend:
        parts = self._parts(old, new, UP, depth, is_rate=False)
        return together(part.trend for part in parts)

    def _parts(
        self, old: Expr, new: Expr, sign: Trend, depth: int, *, is_rate: bool
    ) -> Iterator[Differing]:
        if is_same(old, new, self.same):
            return
        if depth < _DEEPEST:
            inner = self._inner(old, new, sign, depth)
            if inner is not None:
                yield from inner
                return
        moved = self._moved(old, new)
        yield Differing(old, new, then(sign, moved), moved, is_rate=is_rate)

    def _inner(self, old: Expr, new: Expr, sign: Trend, depth: int) -> Sequence[Differing] | None:
        """What differs within; None where the two differ as wholes."""
        threshold = self._compared(old, new, sign, depth)
        if threshold is not None:
            return (threshold,)
        joined = self._joined(old, new, sign, depth)
        if joined is not None:
            return joined
        if shape(old) != shape(new):
            return None
        return self._below(old, new, sign, depth)

    def _below(self, old: Expr, new: Expr, sign: Trend, depth: int) -> Sequence[Differing] | None:
        before, after = parts_of(old, self.old.bounds), parts_of(new, self.new.bounds)
        pairs = list(zip(before, after, strict=True))
        apart = [pair for pair in pairs if not is_same(pair[0].expr, pair[1].expr, self.same)]
        if not apart or _other_names(old, new, self.same):
            return None  # another name, or a number that is no expression
        if len(apart) > 1 and not all(self._is_fixed_pair(*_exprs(pair)) for pair in apart):
            return None  # other parts altogether: ``a - b`` and ``b - a``
        return [
            found
            for one, other in pairs
            for found in self._parts(
                one.expr,
                other.expr,
                then(sign, one.sign if one.sign is other.sign else UNSURE),
                depth + 1,
                is_rate=other.is_rate,
            )
        ]

    def _threshold(
        self, old: nodes.Comparison, new: nodes.Comparison, sign: Trend, depth: int
    ) -> Differing | None:
        """Two comparisons of one thing: *is at least 10%* and *is more than 12%*."""
        for left, right in (("left", "right"), ("right", "left")):
            if not is_same(getattr(old, left), getattr(new, left), self.same):
                continue
            is_turned = left == "right"
            fixed = getattr(new, left)
            if is_turned and constant_value(fixed, self.new.checked.names) is not None:
                continue  # the threshold is what stays; what is compared with it changed
            if not is_turned and self._is_fixed_pair(old.left, new.left):
                continue  # ``10% is at most Rate``, read from the other side
            moved = self._trend(getattr(old, right), getattr(new, right), depth + 1)
            own = _ease(old.relation, new.relation, moved, is_turned=is_turned)
            return Differing(old, new, then(sign, own), own, is_threshold=True)
        return None

    def _between(self, old: Expr, new: Expr, sign: Trend, depth: int) -> Differing | None:
        """The same value between other bounds."""
        if not isinstance(old, nodes.Between) or not isinstance(new, nodes.Between):
            return None
        if not is_same(old.operand, new.operand, self.same):
            return None
        lower = self._trend(old.low, new.low, depth + 1)
        higher = self._trend(old.high, new.high, depth + 1)
        own = together((opposite(lower), higher))
        return Differing(old, new, then(sign, own), own, is_threshold=True)

    def _is_fixed_pair(self, old: Expr, new: Expr) -> bool:
        before = constant_value(old, self.old.checked.names)
        return before is not None and constant_value(new, self.new.checked.names) is not None

    def _joined(self, old: Expr, new: Expr, sign: Trend, depth: int) -> Sequence[Differing] | None:
        """What stands between ``and``, ``or``, or in a list: items that came, went, or changed."""
        kind = _kind_joined(old, new)
        if kind is None:
            return None
        before, after = _items(old, kind), _items(new, kind)
        gone, come = _left_over(before, after, self.same)
        if not gone and not come:
            return ()
        moved = self._thresholds(gone, come, sign, depth)
        if len(gone) == len(come) <= 2:
            return moved + [
                found
                for one, other in zip(gone, come, strict=True)
                for found in self._parts(one, other, sign, depth + 1, is_rate=False)
            ]
        if len(gone) == len(before) or (gone and come) or kind is nodes.Extremum:
            return None
        added = then(sign, UP if kind is nodes.Or else DOWN)
        return [
            *moved,
            *(Differing(each, None, opposite(added), UNSURE) for each in gone),
            *(Differing(None, each, added, UNSURE) for each in come),
        ]

    def _thresholds(
        self, gone: list[Expr], come: list[Expr], sign: Trend, depth: int
    ) -> list[Differing]:
        """The comparisons of one thing with other thresholds, taken from both lists."""
        found: list[Differing] = []
        for one in tuple(gone):
            for other in tuple(come):
                pair = self._compared(one, other, sign, depth)
                if pair is not None:
                    found.append(pair)
                    gone[:] = without(gone, one)
                    come[:] = without(come, other)
                    break
        return found

    def _compared(self, old: Expr, new: Expr, sign: Trend, depth: int) -> Differing | None:
        if isinstance(old, nodes.Comparison) and isinstance(new, nodes.Comparison):
            return self._threshold(old, new, sign, depth)
        return self._between(old, new, sign, depth)

    def _is_one_list(self, old: Expr, new: Expr) -> bool:
        """Whether another number is asked of the same list: *at least 2 of (A; B; C)*."""
        if not isinstance(old, nodes.AtLeast) or not isinstance(new, nodes.AtLeast):
            return False
        return len(old.items) == len(new.items) and all(
            is_same(one, other, self.same) for one, other in zip(old.items, new.items, strict=True)
        )

    def _moved(self, old: Expr, new: Expr) -> Trend:
        """What becomes of a value that is another one altogether."""
        before = constant_value(old, self.old.checked.names)
        after = constant_value(new, self.new.checked.names)
        if before is not None and after is not None:
            return compared(before, after)
        if self._is_one_list(old, new):
            assert isinstance(old, nodes.AtLeast)
            assert isinstance(new, nodes.AtLeast)
            return compared(new.number.value, old.number.value)  # fewer are easier
        low, high = self.old.bounds.of(old), self.new.bounds.of(new)
        if low.high <= high.low:
            return UP
        return DOWN if low.low >= high.high else UNSURE


def _exprs(pair: tuple[Part, Part]) -> tuple[Expr, Expr]:
    return pair[0].expr, pair[1].expr


def compared(before: Constant, after: Constant) -> Trend:
    """Whether a value that the text fixes went up or down; yes is more than no, later is more."""
    match before, after:
        case (bool(), bool()) | (Fraction(), Fraction()) | (date(), date()):
            if before == after:
                return Trend.STEADY
            return UP if before < after else DOWN  # type: ignore[operator]
        case _:
            return UNSURE


_STRICT: Final = frozenset(
    {Relation.MORE_THAN, Relation.LESS_THAN, Relation.BEFORE, Relation.AFTER}
)


def _ease(old: Relation, new: Relation, moved: Trend, *, is_turned: bool) -> Trend:
    """Whether a comparison holds more easily: by where the threshold moved, and by its very edge."""
    if Relation.IS in (old, new) or (old in UPWARDS) is not (new in UPWARDS):
        return UNSURE
    rises = (new in UPWARDS) is not is_turned
    by_value = opposite(moved) if rises else moved
    by_edge = Trend.STEADY
    if (old in _STRICT) is not (new in _STRICT):
        by_edge = DOWN if new in _STRICT else UP
    return by_value if by_value is not Trend.STEADY else by_edge


def _kind_joined(old: Expr, new: Expr) -> type[Expr] | None:
    for kind in _JOINED:
        if isinstance(old, kind) and isinstance(new, kind):
            return kind if not isinstance(old, nodes.Extremum) or _same_extreme(old, new) else None
    for kind in (nodes.And, nodes.Or):
        if isinstance(old, kind) is not isinstance(new, kind):
            return kind
    return None


def _same_extreme(old: nodes.Extremum, new: Expr) -> bool:
    return isinstance(new, nodes.Extremum) and old.which is new.which


def _items(expr: Expr, kind: type[Expr]) -> tuple[Expr, ...]:
    if isinstance(expr, kind) and isinstance(expr, _JOINED):
        return expr.items
    return (expr,)


def _left_over(
    before: Sequence[Expr], after: Sequence[Expr], same: Same
) -> tuple[list[Expr], list[Expr]]:
    """What only the one has, what only the other has: the order of a list means nothing."""
    come = list(after)
    gone = []
    for item in before:
        twin = next((each for each in come if is_same(item, each, same)), None)
        if twin is None:
            gone.append(item)
        else:
            come = without(come, twin)
    return gone, come


def _other_names(old: Expr, new: Expr, same: Same) -> bool:
    """Whether what is no expression below the two, as the name of a table, differs."""
    own = [
        [getattr(each, part, None) for part in ("name", "table", "evaluation", "party")]
        for each in (old, new)
    ]
    return any(
        isinstance(one, nodes.Name)
        and isinstance(other, nodes.Name)
        and not same(one.text, other.text)
        for one, other in zip(*own, strict=True)
    )
