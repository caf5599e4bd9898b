"""Findings of a sheet, bounded: a million wrong rows make a hundred findings and a number."""

from collections.abc import Iterable
from typing import Final

from attrs import define, field

from sibdsl.diagnostics import Diagnostic, Label, Severity, message

MOST_LISTED: Final = 100
"""How many findings of one sheet are listed; the others are counted."""


@define
class Findings:
    """The findings of one sheet, while it is read."""

    file: str
    listed: list[Diagnostic] = field(factory=list)
    more: int = 0

    def add(self, finding: Diagnostic) -> None:
        """Keep a finding, or only count it once there are enough."""
        if len(self.listed) < MOST_LISTED:
            self.listed.append(finding)
        else:
            self.more += 1

    def extend(self, findings: Iterable[Diagnostic]) -> None:
        """Keep or count several."""
        for finding in findings:
            self.add(finding)

    def all(self) -> tuple[Diagnostic, ...]:
        """What is listed, and at the end how many are not."""
        if not self.more:
            return tuple(self.listed)
        text = message("findings that are not listed: {count}", count=self.more)
        advice = message("mend those listed, then read the file again")
        label = Label(None, None, self.file)
        rest = Diagnostic("SIB650", Severity.ERROR, text, label, (), advice)
        return (*self.listed, rest)
