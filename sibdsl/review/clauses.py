"""What changed within a statement: definitions, conditions, tables, payments and caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sibdsl.checks.bounds.trends import Trend, together
from sibdsl.review import changes
from sibdsl.review.change import Bearing, Sort
from sibdsl.review.changes import Edge, Written
from sibdsl.review.differing import Differing
from sibdsl.review.found import Found, Two, Version
from sibdsl.review.impacts import impacts_of, side_changed
from sibdsl.review.signs import DOWN, UNSURE, UP, key_sign, opposite, then
from sibdsl.review.trees import is_same
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, Node


def threshold(
    two: Two, sort: Sort, name: str, part: Differing, bears_on: tuple[Bearing, ...]
) -> Found:
    """A comparison with another threshold, or that compares otherwise."""
    assert part.old is not None
    assert part.new is not None
    _, old_relation, old = _compared(two.old, part.old)
    term, new_relation, new = _compared(two.new, part.new)
    what = changes.ThresholdChanged(term, old_relation, new_relation, old, new, part.own)
    return Found(sort, name, what, part.old, part.new, bears_on)


def _compared(version: Version, expr: Expr) -> tuple[str, str, Written]:
    """What is compared, how, with what."""
    match expr:
        case nodes.Between():
            words = version.between(expr.low.span.to(expr.high.span))
            return version.words(expr.operand), "is between", Written(words)
        case nodes.Comparison():
            right, left = version.written(expr.right), version.written(expr.left)
            if left.value is not None and right.value is None:
                return right.words, expr.relation.value, left
            return left.words, expr.relation.value, right
        case _:
            raise AssertionError(expr)


def _pair(two: Two, part: Differing) -> tuple[Written | None, Written | None]:
    old = None if part.old is None else two.old.written(part.old)
    new = None if part.new is None else two.new.written(part.new)
    return old, new


def definition(two: Two, old: nodes.Definition, new: nodes.Definition) -> Iterator[Found]:
    """The formula of a term."""
    name = new.name.text
    for part in two.differ.parts(old.body, new.body):
        bears_on = two.new_influence.of_term(name, part.trend)
        if part.is_threshold:
            yield threshold(two, Sort.DEFINITION, name, part, bears_on)
        else:
            what = changes.FormulaChanged(*_pair(two, part), part.trend, part.is_rate)
            yield Found(Sort.DEFINITION, name, what, part.old or old, part.new or new, bears_on)


def condition(two: Two, old: nodes.Condition, new: nodes.Condition) -> Iterator[Found]:
    """The test of a condition."""
    name = new.name.text
    for part in two.differ.parts(old.test, new.test):
        bears_on = two.new_influence.of_term(name, part.trend)
        if part.is_threshold:
            yield threshold(two, Sort.CONDITION, name, part, bears_on)
        else:
            what = changes.TestChanged(*_pair(two, part), part.trend)
            yield Found(Sort.CONDITION, name, what, part.old or old, part.new or new, bears_on)


# ------------------------------------------------------------------------------------------ tables


def table(two: Two, old: nodes.Table, new: nodes.Table) -> Iterator[Found]:
    """The rows of a table, and how it is read."""
    name = new.name.text

    def found(what: changes.What, trend: Trend, one: Node, other: Node) -> Found:
        return Found(Sort.TABLE, name, what, one, other, two.new_influence.of_term(name, trend))

    aspect = changes.TableAspect
    if old.mode is not new.mode:
        said = changes.TableReadingChanged(aspect.MODE, old.mode.value, new.mode.value)
        yield found(said, UNSURE, old, new)
    if not two.differ.same(old.key.text, new.key.text):
        said = changes.TableReadingChanged(aspect.KEY, old.key.text, new.key.text)
        yield found(said, UNSURE, old.key, new.key)
    yield from _rows(two, old, new)
    before, after = old.otherwise, new.otherwise
    if not is_same(before, after, two.differ.same):
        trend = UNSURE if before is None or after is None else two.differ.trend(before, after)
        values = (
            None if before is None else two.old.written(before),
            None if after is None else two.new.written(after),
        )
        yield found(
            changes.RowValueChanged(None, *values, trend), trend, before or old, after or new
        )


def _rows(two: Two, old: nodes.Table, new: nodes.Table) -> Iterator[Found]:
    """Rows of one bound are one row; of those left over, in a table of as many rows, each in turn."""
    name, sign = new.name.text, key_sign(new, two.new_influence.bounds)
    left, right = _unmatched(two, old.rows, new.rows)
    for one, other in _with_one_bound(two, old.rows, new.rows):
        yield from _row(two, name, one, other, sign)
    if len(left) == len(right):
        for one, other in zip(left, right, strict=True):
            yield from _row(two, name, one, other, sign)
        return
    influence = two.new_influence
    for one in left:
        removed = changes.RowRemoved(edge(two.old, one), two.old.written(one.value))
        yield Found(Sort.TABLE, name, removed, one, new, influence.of_term(name, UNSURE))
    for other in right:
        added = changes.RowAdded(edge(two.new, other), two.new.written(other.value))
        yield Found(Sort.TABLE, name, added, old, other, influence.of_term(name, UNSURE))


def _with_one_bound(
    two: Two, old: Sequence[nodes.Row], new: Sequence[nodes.Row]
) -> Iterator[tuple[nodes.Row, nodes.Row]]:
    for one in old:
        for other in new:
            if one.included is other.included and is_same(one.bound, other.bound, two.differ.same):
                yield one, other


def _unmatched(
    two: Two, old: Sequence[nodes.Row], new: Sequence[nodes.Row]
) -> tuple[list[nodes.Row], list[nodes.Row]]:
    together_ = list(_with_one_bound(two, old, new))
    left = [row for row in old if not any(row is one for one, _ in together_)]
    right = [row for row in new if not any(row is other for _, other in together_)]
    return left, right


def _row(two: Two, name: str, old: nodes.Row, new: nodes.Row, sign: Trend) -> Iterator[Found]:
    influence = two.new_influence
    before, after = edge(two.old, old), edge(two.new, new)
    if old.included is not new.included or not is_same(old.bound, new.bound, two.differ.same):
        moved = two.differ.trend(old.bound, new.bound)
        if moved is Trend.STEADY:  # ``above`` begins a hair later than ``from``
            moved = DOWN if new.included else UP
        trend = opposite(then(sign, moved))
        what: changes.What = changes.BandEdgeChanged(before, after, trend)
        yield Found(Sort.TABLE, name, what, old, new, influence.of_term(name, trend))
    if not is_same(old.value, new.value, two.differ.same):
        trend = two.differ.trend(old.value, new.value)
        values = two.old.written(old.value), two.new.written(new.value)
        what = changes.RowValueChanged(after, *values, trend)
        yield Found(Sort.TABLE, name, what, old.value, new.value, influence.of_term(name, trend))
    if old.per_point is not new.per_point:
        words = two.old.words(old), two.new.words(new)
        what = changes.TableReadingChanged(changes.TableAspect.PER_POINT, *words)
        yield Found(Sort.TABLE, name, what, old, new, influence.of_term(name, UNSURE))


def edge(version: Version, row: nodes.Row) -> Edge:
    """Where a row begins."""
    return Edge(version.written(row.bound), row.included)


# ---------------------------------------------------------------------------------------- payments


def payment(two: Two, old: nodes.Payment, new: nodes.Payment) -> Iterator[Found]:
    """Who pays whom how much, when, and due when."""
    name = new.name.text
    yield from _sides(two, old, new)
    for part in two.differ.parts(old.amount, new.amount):
        bears_on = two.new_influence.of_payments((name,), part.trend)
        if part.is_threshold:
            yield threshold(two, Sort.PAYMENT, name, part, bears_on)
        else:
            amount = changes.AmountChanged(*_pair(two, part), part.trend, part.is_rate)
            places = part.old or old.amount, part.new or new.amount
            yield Found(Sort.PAYMENT, name, amount, *places, bears_on)
    yield from _clause(two, changes.Clause.WHEN, (old, old.when), (new, new.when))
    yield from _clause(two, changes.Clause.UNLESS, (old, old.unless), (new, new.unless))
    if not is_same(old.occurrence, new.occurrence, two.differ.same):
        words = two.old.words(old.occurrence), two.new.words(new.occurrence)
        said = changes.OccurrenceChanged(*words)
        bears_on = two.new_influence.of_payments((name,), UNSURE)
        one, other = old.occurrence or old, new.occurrence or new
        yield Found(Sort.PAYMENT, name, said, one, other, bears_on)
    if not is_same(old.due, new.due, two.differ.same):
        yield _due(two, old, new)


def _sides(two: Two, old: nodes.Payment, new: nodes.Payment) -> Iterator[Found]:
    for side, before, after in (
        (changes.Side.PAYER, old.payer, new.payer),
        (changes.Side.PAYEE, old.payee, new.payee),
    ):
        if two.differ.same(before.text, after.text):
            continue
        said = changes.SideChanged(side, before.text, after.text)
        impacts = side_changed(
            (two.old.checked, before.text),
            (two.new.checked, after.text),
            is_payer=side is changes.Side.PAYER,
        )
        bears_on = (Bearing(new.name.text, Trend.STEADY),)
        yield Found(Sort.PAYMENT, new.name.text, said, before, after, bears_on, impacts)


def _clause(
    two: Two,
    clause: changes.Clause,
    old: tuple[nodes.Payment, Expr | None],
    new: tuple[nodes.Payment, Expr | None],
) -> Iterator[Found]:
    (before, old_test), (after, new_test) = old, new
    sign = UP if clause is changes.Clause.WHEN else DOWN
    if old_test is not None and new_test is not None:
        parts = two.differ.parts(old_test, new_test)
    elif old_test is None and new_test is None:
        parts = ()
    else:
        own = DOWN if new_test is not None else UP  # one more thing on which payment hangs, or less
        parts = (Differing(old_test, new_test, own, own),)
        sign = UP
    for part in parts:
        trend = then(sign, part.trend)
        bears_on = two.new_influence.of_payments((after.name.text,), trend)
        if part.is_threshold:
            yield threshold(two, Sort.PAYMENT, after.name.text, part, bears_on)
        else:
            said = changes.PaymentConditionChanged(clause, *_pair(two, part), trend)
            places = part.old or old_test or before, part.new or new_test or after
            yield Found(Sort.PAYMENT, after.name.text, said, *places, bears_on)


def _due(two: Two, old: nodes.Payment, new: nodes.Payment) -> Found:
    days = _days_later(old.due, new.due)
    said = changes.DueDateChanged(
        Written(two.old.words(old.due)), Written(two.new.words(new.due)), days
    )
    sooner = UNSURE if days is None else _sooner(-days)
    name = new.name.text
    impacts = impacts_of((Bearing(name, sooner),), two.new.checked)
    bears_on = (Bearing(name, Trend.STEADY),)
    return Found(Sort.PAYMENT, name, said, old.due, new.due, bears_on, impacts)


def _sooner(days: int) -> Trend:
    """What becomes of whoever is paid so many days sooner."""
    return UP if days > 0 else DOWN if days < 0 else Trend.STEADY


def _days_later(old: nodes.Due, new: nodes.Due) -> int | None:
    """By how many days a payment falls due later, if the clause itself says it."""
    if isinstance(old, nodes.DueOn) and isinstance(new, nodes.DueOn):
        return (new.on.value - old.on.value).days
    if isinstance(old, nodes.DueAfter) and isinstance(new, nodes.DueAfter):
        one, other = _days(old.duration), _days(new.duration)
        if one is None or other is None or (old.evaluation is None) is not (new.evaluation is None):
            return None
        if old.evaluation is not None and old.evaluation != new.evaluation:
            return None
        return other - one
    return None


def _days(duration: nodes.Duration | None) -> int | None:
    if duration is None:
        return 0
    return int(duration.number) if duration.unit is nodes.DurationUnit.DAYS else None


# -------------------------------------------------------------------------------------------- caps


def cap(two: Two, old: nodes.Cap, new: nodes.Cap, name: str) -> Iterator[Found]:
    """The limit and the period of a cap."""
    parts = two.differ.parts(old.limit, new.limit)
    if parts:
        trend = together(part.trend for part in parts)
        said = changes.CapLimitChanged(
            two.old.written(old.limit), two.new.written(new.limit), trend
        )
        places = old.limit, new.limit
        yield Found(Sort.CAP, name, said, *places, two.new_influence.under(new, trend))
    if not is_same(old.period, new.period, two.differ.same):
        trend = UP if old.period is None else DOWN if new.period is None else UNSURE
        words = two.old.words(old.period), two.new.words(new.period)
        period = changes.CapPeriodChanged(*words, trend)
        bears_on = two.new_influence.under(new, trend)
        yield Found(Sort.CAP, name, period, old.period or old, new.period or new, bears_on)


def return_cap(two: Two, old: nodes.ReturnCap, new: nodes.ReturnCap, name: str) -> Iterator[Found]:
    """The rate of a cap on a return."""
    if is_same(old.rate, new.rate, two.differ.same):
        return
    trend = two.differ.trend(old.rate, new.rate)
    said = changes.CapLimitChanged(two.old.written(old.rate), two.new.written(new.rate), trend)
    bears_on = two.new_influence.to(new.investor.text, trend)
    yield Found(Sort.RETURN_CAP, name, said, old.rate, new.rate, bears_on)
