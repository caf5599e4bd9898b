"""The published JSON Schema of plans, made from the classes; ``schema.json`` beside it is its text.

After a change to the plan, ``pytest tests/test_plan_json.py --update-golden`` writes it anew.
"""

from __future__ import annotations

import json
from typing import Any, Final, assert_never

from sibdsl.money import CURRENCIES
from sibdsl.plan.forms import (
    FORMAT,
    PLAN,
    VERSION,
    Day,
    Either,
    Exact,
    FieldForm,
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
from sibdsl.units import Kind

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schema_json() -> str:
    """The JSON Schema (draft 2020-12) of what ``to_json`` writes, as text.

    Reading checks more than a schema can say: that places exist, that terms rest on earlier ones,
    that the digest is right.
    """
    records: dict[str, Any] = {}
    body = _record(PLAN, records)
    head = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "digest": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
    }
    schema = {
        "$schema": _DIALECT,
        "title": "The plan of a contract in sibdsl",
        **body,
        "properties": head | body["properties"],
        "required": [*head, *body["required"]],
        "$defs": dict(sorted(records.items())),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _schema(form: Form, records: dict[str, Any]) -> dict[str, Any]:
    match form:
        case Whole(""):
            return {"type": "integer"}
        case Whole(into):
            return {"type": "integer", "minimum": 0, "description": f"a place in {into}"}
        case Flag():
            return {"type": "boolean"}
        case Null():
            return {"type": "null"}
        case Words():
            return {"type": "string"}
        case Exact():
            return {"type": "string", "pattern": "^-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?$"}
        case Day():
            return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case UnitWords():
            records["Unit"] = {"enum": _units()}
            return {"$ref": "#/$defs/Unit"}
        case Spelling(members):
            return {"enum": [word for word, _ in members]}
        case Listing(item):
            return {"type": "array", "items": _schema(item, records)}
        case Pair(_, items):
            both = [_schema(item, records) for item in items]
            return {"type": "array", "prefixItems": both, "items": False, "minItems": 2}
        case Record(made):
            if made.__name__ not in records:
                records[made.__name__] = _record(form, records)
            return {"$ref": f"#/$defs/{made.__name__}"}
        case Either(options):
            return {"anyOf": [_schema(option, records) for option in options]}
        case _:
            assert_never(form)


def _units() -> list[str]:
    plain = [kind.value for kind in Kind if kind is not Kind.AMOUNT]
    return [*plain, *(f"{Kind.AMOUNT.value} {code}" for code in sorted(CURRENCIES))]


def _record(form: Record, records: dict[str, Any]) -> dict[str, Any]:
    tag = {"is": {"const": form.tag}} if form.tag else {}
    has_unit = any(part.name == "unit" for part in form.fields)
    fields = {part.name: _field(part, records, beside_unit=has_unit) for part in form.fields}
    return {
        "type": "object",
        "properties": tag | fields,
        "required": [*tag, *(part.name for part in form.fields if part.essential)],
        "additionalProperties": False,
    }


def _field(part: FieldForm, records: dict[str, Any], *, beside_unit: bool) -> dict[str, Any]:
    """A field; beside the unit ``date`` an exact number is spelled as the day it stands for."""
    options = part.form.options if isinstance(part.form, Either) else (part.form,)
    if beside_unit and any(isinstance(option, Exact) for option in options):
        return {"anyOf": [_schema(option, records) for option in (*options, Day())]}
    return _schema(part.form, records)
