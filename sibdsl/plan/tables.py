"""Payment tables, lowered: a look-up of a key among rows whose bounds the contract fixes."""

from __future__ import annotations

from typing import Final

from sibdsl.plan import terms
from sibdsl.plan.catalogue import At, fixed_number, unit_of, used_at
from sibdsl.plan.draft import Draft, Named, Steps, Written, each
from sibdsl.plan.terms import Bound, Index, Lookup
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.units import Unit

_MODES: Final = {
    nodes.TableMode.STEPS: terms.TableMode.STEPS,
    nodes.TableMode.INTERPOLATED: terms.TableMode.INTERPOLATED,
    nodes.TableMode.MARGINAL: terms.TableMode.MARGINAL,
}


def table(draft: Draft, declared: nodes.Table, at: At) -> Steps:
    """A table at its own key."""
    name = declared.key.text
    key = yield Named(name, used_at(draft.catalogue, name, at))
    unit = unit_of(draft.catalogue, declared.name.text)
    return (yield from _rows(draft, declared, key, unit, declared.name.span, at))


def looked_up(draft: Draft, expr: nodes.LookUp, unit: Unit, at: At) -> Steps:
    """``T for 12%``: a table at another key than its own."""
    declared = draft.catalogue.declared(expr.table.text)
    assert isinstance(declared, nodes.Table)
    key = yield Written(expr.key, at)
    return (yield from _rows(draft, declared, key, unit, expr.span, at))


def _rows(
    draft: Draft, declared: nodes.Table, key: Index, unit: Unit, place: Span, at: At
) -> Steps:
    values = yield from each(Written(row.value, at) for row in declared.rows)
    otherwise = None
    if declared.otherwise is not None:
        otherwise = yield Written(declared.otherwise, at)
    bounds = tuple(
        Bound(fixed_number(draft.catalogue, row.bound), row.included) for row in declared.rows
    )
    rows = [row.span for row in declared.rows]
    if declared.otherwise is not None:
        rows.append(declared.otherwise.span)
    return draft.add(
        Lookup(
            _MODES[declared.mode],
            key,
            bounds,
            values,
            otherwise,
            per_point=any(row.per_point for row in declared.rows),
            unit=unit,
            places=(place, *rows),
        )
    )
