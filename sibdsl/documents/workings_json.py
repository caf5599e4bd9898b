"""How a value is worked out, as JSON: what was done with which values, down to those with a name."""

from collections.abc import Sequence
from typing import assert_never

from sibdsl.documents.values_json import Json, day_json, quantity_json
from sibdsl.evaluate.working import Given, Grown, RoundedTo, Worked, Working, Years


def working_json(working: Working) -> Json:
    """One step with its operands; ``how`` is ``given`` for a value that is put in as it is."""
    match working:
        case Given():
            return {
                "how": "given",
                "value": quantity_json(working.value),
                "name": working.name or None,
                "evaluation": working.evaluation or None,
            }
        case Worked():
            return {
                "how": working.how.value,
                "value": quantity_json(working.value),
                "operands": [working_json(operand) for operand in working.operands],
            }
        case RoundedTo():
            return {
                "how": "rounded",
                "value": quantity_json(working.value),
                "operands": [working_json(working.operand)],
                "mode": working.mode.value,
                "step": quantity_json(working.step),
            }
        case Years():
            return {
                "how": "year fraction",
                "value": quantity_json(working.value),
                **_period(working),
            }
        case Grown():
            return {
                "how": "growth",
                "value": quantity_json(working.value),
                "operands": [working_json(working.rate)],
                "full_years": working.full_years,
                **_period(working),
            }
        case _:
            assert_never(working)


def _period(working: Years | Grown) -> Json:
    return {
        "day_count": working.day_count.value,
        "from": day_json(working.start),
        "to": day_json(working.end),
        "days": _days(working.days),
    }


def _days(days: Sequence[tuple[int, int]]) -> list[Json]:
    return [{"days": number, "base": base} for number, base in days]
