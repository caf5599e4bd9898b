"""Business days: the one place that asks the ``holidays`` library (extra ``calendar``).

A payment adjusted to a business day is asked about here once, when its contract is lowered; the date
then stands in the plan and no longer moves, although calendars of public holidays do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, Protocol

from sibdsl.checks.checked import Checked
from sibdsl.checks.settlement.schedule import ranked
from sibdsl.diagnostics import Diagnostic, Message, error, message
from sibdsl.syntax.nodes import BusinessDay, Payment

Adjust = Callable[[date, str], date]
"""From a due date and the code of a calendar to the date of payment; raises CalendarError."""

_TARGET: Final = "TARGET"
_TARGET_MARKET: Final = "XECB"
_BANKS: Final = {"GB": "ENG"}
"""Where a country has no calendar of its own: bank holidays differ within the United Kingdom, and
the law (Banking and Financial Dealings Act 1971, schedule 1) names those of England first."""


class CalendarError(Exception):
    """A calendar that cannot be asked: ``message`` and ``help`` are for the reader."""

    def __init__(self, code: str, text: Message, advice: Message) -> None:
        self.code = code
        self.message = text
        self.help = advice
        super().__init__(text.template)


class _Calendar(Protocol):
    def is_working_day(self, key: date) -> bool: ...


def next_business_day(day: date, calendar: str) -> date:
    """The day itself if banks are open on it, else the first day after it on which they are.

    ``calendar`` is an ISO 3166 code of a country, alone or with a subdivision (``FR``, ``GB-SCT``),
    or ``TARGET``, the settlement days of the Eurosystem. This is the *following* business day
    convention of the 2006 ISDA Definitions, section 4.12. Raises CalendarError for an unknown
    calendar, and where the library is not installed.
    """
    known = _calendar(calendar)
    while not known.is_working_day(day) and day < date.max:
        day += timedelta(days=1)
    return day


@cache
def _calendar(code: str) -> _Calendar:
    try:
        # Asked for only by contracts that adjust to business days: the library is an extra.
        import holidays  # noqa: PLC0415
    except ImportError:
        raise CalendarError(
            "SIB480",
            message("business days need a calendar of public holidays, and none is installed"),
            message(
                "install it with {command}, or, in the folder of sibdsl's own files, {here}",
                command='pip install "sibdsl[calendar]"',
                here='pip install ".[calendar]"',
            ),
        ) from None
    country, _, part = code.partition("-")
    try:
        if code == _TARGET:
            return holidays.financial_holidays(_TARGET_MARKET)
        return holidays.country_holidays(country, subdiv=part or _BANKS.get(country))
    except NotImplementedError:
        raise CalendarError(
            "SIB481",
            message("no calendar of public holidays is known for {calendar}", calendar=code),
            message("write the code of a country, as FR, GB or US, or TARGET"),
        ) from None


def calendar_findings(checked: Checked, adjust: Adjust) -> tuple[Diagnostic, ...]:
    """What keeps due dates from being adjusted, by place; empty if lowering can go on."""
    return tuple(_findings(checked, adjust))


def _findings(checked: Checked, adjust: Adjust) -> Iterator[Diagnostic]:
    adjusted = {
        statement.name.text: statement.due.adjusted
        for statement in checked.contract.statements
        if isinstance(statement, Payment) and statement.due.adjusted is not None
    }
    asked: set[tuple[str, BusinessDay]] = set()
    for instance in ranked(checked):
        business_day = adjusted.get(instance.name)
        if business_day is None or (instance.name, business_day) in asked:
            continue
        asked.add((instance.name, business_day))
        try:
            adjust(instance.due, business_day.calendar)
        except CalendarError as refused:
            yield error(refused.code, business_day.span, refused.message, help=refused.help)
