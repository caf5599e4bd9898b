"""``amendment "No 1" to "contract.sib" effective D``: a contract, and the contract as it stands from D on.

Each version is a whole contract: the statements of the one before in their order, those that an amendment
says anew in their places, those that it adds at the end. What governs when is for the stages after this.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from attrs import define, evolve, field

from sibdsl.assembly.cap_targets import Sides, amended_key, cap_names, sides_of
from sibdsl.assembly.library import Fetch, File, Joining, amendment_in, is_library, outside
from sibdsl.assembly.paths import path_from
from sibdsl.assembly.places import in_files, named
from sibdsl.assembly.statements import CURES, Key, is_amendable, name_of
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, error, message
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax.nearest import nearest_name
from sibdsl.syntax.nodes import (
    Amendment,
    Cap,
    CapWithdrawal,
    Contract,
    Example,
    Name,
    Statement,
    Text,
    Title,
    Withdrawal,
)
from sibdsl.syntax.parse import Parsed, parse

_MOST_LISTED: Final = 12
"""Of what could be withdrawn, so much is listed."""
MOST_AMENDMENTS: Final = 100
"""How many amendments one contract may have."""


@frozen
class Change:
    """What an amendment does to one statement: ``old`` is None where it adds, ``new`` where it withdraws."""

    old: Statement | None
    new: Statement | None
    place: Span = field(eq=False)


@frozen
class Version:
    """A contract as it stands from a day on; ``since`` is None, and ``changes`` empty, for the first.

    The worked examples are those of its own file: earlier ones are held to earlier versions.
    """

    since: date | None
    contract: Contract
    title: str = ""
    changes: tuple[Change, ...] = ()
    place: Span = field(default=Span(0, 0), eq=False)


@frozen
class Amended:
    """The versions of a contract, the first one first, and the text that all of them are read from.

    ``languages`` are those of all its files.
    """

    source: Source
    versions: tuple[Version, ...]
    findings: tuple[Diagnostic, ...]
    is_whole: bool
    languages: frozenset[Language]


def amended(parsed: Parsed, contract: Contract, fetch: Fetch) -> Amended:
    """Every version of the contract that a file amends, up to its own; none where a file is missing."""
    joining = Joining(fetch, is_whole=parsed.ok)
    chain = _chain(joining, File(_own_path(parsed.source.name), "", parsed.source, contract))
    versions: list[Version] = []
    findings: list[Diagnostic] = []
    for file in reversed(chain):
        statements = joining.take(file)
        if not versions:
            versions.append(Version(None, joining.tree(contract, statements)))
            continue
        making = _Making(versions[-1])
        version = making.version(statements)
        joining.broken += making.withdrawn  # where they are still used is told of the withdrawal
        # One tree holds what could not be read of any file so far.
        versions.append(
            evolve(version, contract=joining.tree(contract, version.contract.statements))
        )
        findings += making.findings
    source = joining.source(parsed.source.name)
    found = (*joining.findings, *in_files(findings, source))
    return Amended(
        source,
        () if joining.lacks_files else tuple(versions),
        found,
        joining.is_whole,
        frozenset(joining.languages),
    )


def _own_path(name: str) -> str:
    """The path of the file that is read first, from its own folder."""
    return name.replace("\\", "/").rpartition("/")[2]


def _chain(joining: Joining, file: File) -> list[File]:
    """The amendment, the one that it amends, and so on to the contract itself."""
    chain = [file]
    while (amendment := amendment_in(chain[-1].contract)) is not None:
        here = Label(amendment.path.span, None, chain[-1].name)
        path = path_from(chain[-1].path, amendment.path.text)
        if isinstance(path, Message):
            joining.refuse(outside(here, path))
            return chain
        if any(path == each.path for each in chain) or len(chain) > MOST_AMENDMENTS:
            joining.refuse(_in_circle(here, path))
            return chain
        found = _opened(joining, path, here, chain[-1])
        if found is None:
            return chain
        chain.append(found)
    return chain


def _opened(joining: Joining, path: str, here: Label, within: File) -> File | None:
    source = joining.fetch(path)
    if isinstance(source, Diagnostic):
        joining.refuse(_unreadable(here, path, source.message))
        return None
    parsed = parse(source)
    joining.findings += named(parsed.findings, source.name)
    joining.is_whole = joining.is_whole and parsed.ok
    if parsed.contract is None:
        joining.lay(source, 0, len(source.text))  # for the places of findings
        joining.lacks_files = True
        return None
    if is_library(parsed.contract):
        joining.refuse(_unreadable(here, path, message("it is a clause library, not a contract")))
        return None
    return File(path, source.name, source, parsed.contract, here, within)


@define
class _Making:
    """The making of a version out of the one before."""

    before: Version
    findings: list[Diagnostic] = field(factory=list)
    changes: list[Change] = field(factory=list)
    withdrawn: list[Name] = field(factory=list)
    _doubled: set[Key] = field(factory=set)
    """What is said of two statements alike, as of two caps on one party."""
    _sides: Sides = field(factory=dict)

    def version(self, own: Iterable[Statement]) -> Version:
        """The statements of the version before, changed by those of an amendment."""
        standing: dict[Key | int, Statement] = {}
        self._sides = sides_of(self.before.contract.statements)
        for number, old in enumerate(self.before.contract.statements):
            if isinstance(old, Example):
                continue
            key = amended_key(old, self._sides)
            if key is not None and key in standing:
                self._doubled.add(key)
            standing[number if key is None or key in standing else key] = old
        said: dict[Key, Statement] = {}
        added: list[Statement] = []
        amendment: Amendment | None = None
        for statement in own:
            match statement:
                case Amendment():
                    if amendment is not None:
                        self.findings.append(_said_twice(amendment, statement))
                    amendment = amendment or statement
                case Withdrawal() | CapWithdrawal():
                    self._withdraw(statement, standing)
                case _:
                    self._say(statement, standing, said, added)
        assert amendment is not None
        title = amendment.text.text
        statements = (*(_titled(each, title) for each in standing.values()), *added)
        return Version(
            amendment.effective.value,
            evolve(self.before.contract, statements=statements),
            title,
            tuple(self.changes),
            amendment.span,
        )

    def _say(
        self,
        statement: Statement,
        standing: dict[Key | int, Statement],
        said: dict[Key, Statement],
        added: list[Statement],
    ) -> None:
        """Put a statement where the one that it says anew stands, or at the end."""
        key = amended_key(statement, self._sides)
        old = None if key is None or key in said else standing.get(key)
        if not isinstance(statement, Example) and not is_amendable(old, statement):
            self.findings.append(_cannot_amend(old, statement))
            return
        if old is not None and key in self._doubled:
            self.findings.append(_which_of_two(old, statement))
            return
        if key is not None:
            said.setdefault(key, statement)
        if old is None or key is None:
            added.append(statement)
        else:
            standing[key] = statement
        if not isinstance(statement, Example):
            self.changes.append(Change(old, statement, statement.span))

    def _withdraw(
        self, withdrawal: Withdrawal | CapWithdrawal, standing: dict[Key | int, Statement]
    ) -> None:
        key = amended_key(withdrawal, self._sides)
        old = None if key is None else standing.get(key)
        if old is None or key is None:
            self.findings.append(_nothing_to_withdraw(withdrawal, [*standing.values()]))
        elif not is_amendable(old, None):
            self.findings.append(_cannot_amend(old, withdrawal))
        elif key in self._doubled:
            self.findings.append(_which_of_two(old, withdrawal))
        else:
            del standing[key]
            if isinstance(withdrawal, Withdrawal):
                self.withdrawn.append(withdrawal.name)
            self.changes.append(Change(old, None, withdrawal.span))


def _titled(statement: Statement, amendment: str) -> Statement:
    """The title of the contract with that of the amendment after it."""
    if not isinstance(statement, Title):
        return statement
    title = statement.text
    return evolve(statement, text=Text(f"{title.text}, {amendment}", span=title.span))


# ---------------------------------------------------------------------------------------- findings


def _unreadable(here: Label, path: str, why: Message) -> Diagnostic:
    text = message("‘{path}’ cannot be amended: {why}", path=path, why=why)
    advice = message("name the contract that is amended, or the amendment before this one")
    return Diagnostic("SIB080", Severity.ERROR, text, here, (), advice)


def _in_circle(here: Label, path: str) -> Diagnostic:
    text = message("‘{path}’ amends itself, or by way of others", path=path)
    advice = message("name the contract that is amended, or the amendment before this one")
    return Diagnostic("SIB080", Severity.ERROR, text, here, (), advice)


def _cannot_amend(old: Statement | None, new: Statement) -> Diagnostic:
    others = () if old is None else (Label(old.span, message("said here")),)
    return error(
        "SIB082",
        new.span,
        message("an amendment cannot say this anew")
        if old is not None and not isinstance(new, Withdrawal | CapWithdrawal)
        else message("an amendment cannot withdraw this")
        if old is not None
        else message("an amendment cannot say this"),
        others=others,
        help=CURES[type(new if old is None else old)],
    )


def _which_of_two(old: Statement, new: Statement) -> Diagnostic:
    return error(
        "SIB082",
        new.span,
        message("the contract has more than one such cap"),
        others=(Label(old.span, message("one of them")),),
        help=message("add a cap on the payments themselves, each by its name"),
    )


def _said_twice(first: Amendment, again: Amendment) -> Diagnostic:
    return error(
        "SIB102",
        again.span,
        message("the file says twice what it amends"),
        others=(Label(first.span, message("said here first")),),
        help=message("write each amendment in a file of its own"),
    )


def _nothing_to_withdraw(
    withdrawal: Withdrawal | CapWithdrawal, standing: list[Statement]
) -> Diagnostic:
    there = [one for one in standing if is_amendable(one, None)]
    if isinstance(withdrawal, Withdrawal):
        return _no_such_name(withdrawal, [one for one in there if name_of(one)])
    caps = [one for one in there if isinstance(one, Cap)]
    names = dict.fromkeys(name for cap in caps for name in cap_names(cap))
    unknown = [name for name in cap_names(withdrawal) if name not in names]
    meant = [near for name in unknown if (near := nearest_name(name, names)) is not None]
    sought = set(meant or cap_names(withdrawal))
    alike = [cap for cap in caps if sought.intersection(cap_names(cap))]
    advice = message(
        "write the name, or the targets and the period of the cap, as they stand there"
    )
    return error(
        "SIB083",
        withdrawal.span,
        message("the amended contract has no such cap to withdraw"),
        others=[
            Label(cap.span, message("a cap of the amended contract"))
            for cap in (alike or caps)[:_MOST_LISTED]
        ],
        help=message("did you mean ‘{name}’?", name=meant[0]) if meant else advice,
    )


def _no_such_name(withdrawal: Withdrawal, there: list[Statement]) -> Diagnostic:
    by_name = {name_of(one): one for one in there}
    meant = nearest_name(withdrawal.name.text, by_name)
    if meant is not None:
        advice = message("did you mean ‘{name}’?", name=meant)
    else:
        listed = tuple(list(by_name)[:_MOST_LISTED])
        more = ("…",) if len(by_name) > len(listed) else ()
        advice = message("these can be withdrawn: {names}", names=(*listed, *more))
    return error(
        "SIB083",
        withdrawal.span,
        message("the amended contract has no ‘{name}’ to withdraw", name=withdrawal.name.text),
        others=()
        if meant is None
        else (Label(by_name[meant].span, message("a name of the amended contract")),),
        help=advice,
    )
