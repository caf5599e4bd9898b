"""Plans as JSON: a stable text that another program can read, and that reads back as the same plan.

Written the same way every time, one term to a line. Exact numbers are text (``"2500000"``,
``"13/155"``), dates are ISO 8601, words of the contract stand as written, places are pairs of offsets
into its text. The text of the contract itself is not within.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from sibdsl.plan.digest import digest
from sibdsl.plan.forms import (
    FORMAT,
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
    option_for,
    spelled,
)
from sibdsl.plan.reading import PlanError, from_json
from sibdsl.plan.terms import Plan
from sibdsl.units import Kind, Unit

__all__ = ["PlanError", "from_json", "to_json"]


def to_json(plan: Plan) -> str:
    """The plan as JSON text, ending in a line end; the same plan gives the same text every time."""
    head: dict[str, Any] = {"format": FORMAT, "version": VERSION, "digest": digest(plan)}
    body = _written(PLAN, plan)
    fields = ",\n".join(f"{_line(name)}: {_laid_out(part)}" for name, part in (head | body).items())
    return f"{{\n{fields}\n}}\n"


def _laid_out(part: Any) -> str:
    """A list with one item to a line, so that a difference between two plans reads line by line."""
    if not isinstance(part, list) or not part:
        return _line(part)
    items = ",\n".join(f"  {_line(item)}" for item in part)
    return f"[\n{items}\n]"


def _line(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False)


def _written(form: Form, value: Any) -> Any:
    match form:
        case Whole():
            return value
        case Either():
            return _written(option_for(form, value), value)
        case Listing(item):
            return [_written(item, each) for each in value]
        case Pair(_, items):
            return [_written(item, each) for item, each in zip(items, value, strict=True)]
        case Record():
            return _written_record(form, value)
        case Flag() | Null() | Words() | Exact() | Day() | UnitWords() | Spelling():
            return spelled(form, value)
        case _:
            assert_never(form)


def _written_record(form: Record, value: Any) -> dict[str, Any]:
    written: dict[str, Any] = {"is": form.tag} if form.tag else {}
    in_days = _is_date(getattr(value, "unit", None))
    for part in form.fields:
        held = getattr(value, part.name)
        if not part.essential and held == part.default:
            continue
        if in_days and isinstance(held, Fraction):
            written[part.name] = date.fromordinal(int(held)).isoformat()
        else:
            written[part.name] = _written(part.form, held)
    return written


def _is_date(unit: Any) -> bool:
    """Whether a number beside this unit is a day, and so is spelled as one."""
    return isinstance(unit, Unit) and unit.kind is Kind.DATE
