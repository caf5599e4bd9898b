"""How a table was read, in words: *Reduction is 6%, between the rows 5% (40%) and 10% (100%): …*"""

from sibdsl.diagnostics import Message, message
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.determination import Reading, Row
from sibdsl.plan.terms import TableMode


def row_read(
    reading: Reading, relation: str, key: Message, result: Message, wording: Wording
) -> Message:
    """From the key to the value; ``relation`` is ``more than`` for a row ``above`` where it begins."""
    reached, after = reading.reached, reading.next_row
    if reached is None:
        return _below_first(after, key, result, wording)
    at = wording.quantity(reached.at)
    if reading.mode is TableMode.MARGINAL:
        return message("{key}, each band at its own rate: {result}", key=key, result=result)
    if reading.mode is TableMode.INTERPOLATED and reading.key != reached.at and after is not None:
        return message(
            "{key}, between the rows {row} and {next}: {result}",
            key=key,
            row=_row(reached, wording),
            next=_row(after, wording),
            result=result,
        )
    template = (
        message("{key}, in the row above {at}: {result}")
        if relation == "more than"
        else message("{key}, in the row from {at}: {result}")
    )
    return message(template.template, key=key, at=at, result=result)


def _below_first(first: Row | None, key: Message, result: Message, wording: Wording) -> Message:
    assert first is not None
    return message(
        "{key}, below the first row ({at}): {result}",
        key=key,
        at=wording.quantity(first.at),
        result=result,
    )


def _row(row: Row, wording: Wording) -> Message:
    """``5% (40%)``."""
    at = wording.quantity(row.at)
    if row.value is None:
        return message("{name}", name=at)
    return message("{at} ({value})", at=at, value=wording.quantity(row.value))
