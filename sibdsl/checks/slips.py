"""Names that an amendment adds and that are close to one of the amended contract: a likely slip."""

from __future__ import annotations

from collections.abc import Iterable

from sibdsl.assembly.amendments import Version
from sibdsl.assembly.statements import name_of
from sibdsl.checks.checked import Names
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.syntax.nearest import nearest_name


def likely_slips(old: Names, new: Names, version: Version) -> Iterable[Diagnostic]:
    """A new name where one of before was probably meant: the old terms would stand without a word.

    A name that the amendment says anew or withdraws is no slip's target: it was found as it is.
    """
    found = {name_of(change.old) for change in version.changes if change.old is not None}
    names = [name for name in old.declared if name not in found]
    for change in version.changes:
        if change.old is not None or change.new is None:
            continue
        name = name_of(change.new)
        meant = nearest_name(name, names) if name else None
        if meant is not None and name in new.where and not _are_numbered(name, meant):
            yield warning(
                "SIB090",
                new.where[name].span,
                message("the amendment adds a new name, ‘{name}’", name=name),
                others=(Label(old.where[meant].span, message("a name of the amended contract")),),
                help=message(
                    "did you mean ‘{name}’? Else call it something that nobody takes for that",
                    name=meant,
                ),
            )


def _are_numbered(one: str, other: str) -> bool:
    """Whether two names differ by a letter that stands for a number: ``Bonus A`` and ``Bonus B``."""
    pairs = list(zip(one.split(), other.split(), strict=False))
    return len(one.split()) == len(other.split()) and any(
        a != b and len(a) == len(b) == 1 for a, b in pairs
    )
