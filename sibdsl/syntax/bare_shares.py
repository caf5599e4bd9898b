"""``group Payers is County 60, City 40``: shares without the sign %, where the numbers end the names."""

from __future__ import annotations

import re
from typing import Final

from sibdsl.diagnostics import Diagnostic
from sibdsl.source import Span
from sibdsl.syntax import misphrased
from sibdsl.syntax.place import Place

_MEMBERS: Final = re.compile(r"\s*([^\n#]*[^\s#,;.])")
_MEMBER: Final = re.compile(
    r"(?P<name>[^\W\d_].*?)[ \t\u00a0]+(?P<share>\d+(?:[.,]\d+)?)[ \t\u00a0]*%?"
)
_PARTED: Final = re.compile(r",(?!\d)\s*|;\s*|\s+(?:and|et)\s+")


def bare_shares(place: Place) -> Diagnostic | None:
    """The members of the group at hand with their shares in per cent."""
    opened = place.opened
    if not opened or opened[0].type != "GROUP":
        return None
    is_ = next((token for token in opened if token.type == "IS"), None)
    line = None if is_ is None else _MEMBERS.match(place.text, is_.span.end)
    if line is None:
        return None
    members = [_MEMBER.fullmatch(member) for member in _PARTED.split(line[1])]
    if len(members) < 2 or not all(members) or line[1].count("%") == len(members):
        return None
    sign = "\u00a0%" if place.language == "fr" else "%"
    said = ", ".join(f"{one['name']} {one['share']}{sign}" for one in members if one is not None)
    return misphrased.bare_shares(said, Span(*line.span(1)))
