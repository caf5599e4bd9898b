"""Days as people spell them, ``31/12/2026`` and *31 décembre 2026*: for messages to offer, never read."""

import re
from datetime import date
from typing import Final

_MONTHS: Final = {
    month: number % 12 + 1
    for number, month in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        )
    )
}


def only_day(text: str) -> date | None:
    """The one day a text can mean; 03/04/2017 means two and is left to the drafter."""
    parts = re.findall(r"\d+|[^\W\d_]+", re.sub(r"(?<=\d)(?:st|nd|rd|th|er)\b", "", text))
    if len(parts) != 3:
        return None
    try:
        if parts[1].lower() in _MONTHS:
            return date(int(parts[2]), _MONTHS[parts[1].lower()], int(parts[0]))
        if parts[0].lower() in _MONTHS:
            return date(int(parts[2]), _MONTHS[parts[0].lower()], int(parts[1]))
        first, second, third = (int(part) for part in parts)
        if first > 31:
            return date(first, second, third)
        if first > 12 and third > 31:
            return date(third, second, first)
        if second > 12 and third > 31:
            return date(third, first, second)
    except ValueError:
        return None
    return None
