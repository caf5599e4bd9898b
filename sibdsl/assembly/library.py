"""``use "clauses/standard.sib"``: the statements of another file, as though they were written here.

The texts are laid end to end in the order in which they are read, a file parted where it uses another, so
that every place is one offset in one text and nothing after this knows of files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from attrs import define, evolve, field

from sibdsl.assembly.paths import path_from
from sibdsl.assembly.places import named
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Part, Source, Span
from sibdsl.syntax.nodes import (
    Amendment,
    ClauseLibrary,
    Contract,
    Name,
    Statement,
    Title,
    UseOfFile,
)
from sibdsl.syntax.parse import Parsed, parse
from sibdsl.syntax.walk import moved

Fetch = Callable[[str], Source | Diagnostic]
"""The text at a path counted from the folder of the contract, or why there is none."""

MOST_FILES: Final = 100
"""How many files one contract may use: far above what anyone can review."""


def no_files(path: str) -> Diagnostic:
    """For a text that came without its files: there is none at any path."""
    text = message("only the text of the contract is at hand, without its files")
    return Diagnostic("SIB804", Severity.ERROR, text, Label(None, None, path))


def files_of(source: Source) -> Fetch:
    """The files that a text was made of, as they were read, for reading it once more."""

    def fetch(path: str) -> Source | Diagnostic:
        found = [name for name in source.files if name == path or name.endswith(f"/{path}")]
        return source.files[min(found, key=len)] if found else no_files(path)

    return fetch


def is_library(contract: Contract) -> bool:
    """Whether a file says that it is there to be used by contracts."""
    return any(isinstance(statement, ClauseLibrary) for statement in contract.statements)


def amendment_in(contract: Contract) -> Amendment | None:
    """The line that says which contract a file amends; None where it amends none."""
    return next((each for each in contract.statements if isinstance(each, Amendment)), None)


@frozen
class Joined:
    """A contract with all it uses, as one text and one tree.

    ``is_whole`` is False where a part of a text could not be read, ``lacks_files`` True where a whole
    file is not there: then nothing can be said of the names it may declare.
    """

    source: Source
    contract: Contract
    findings: tuple[Diagnostic, ...] = ()
    is_whole: bool = True
    lacks_files: bool = False


def joined(parsed: Parsed, contract: Contract, fetch: Fetch) -> Joined:
    """The tree of a contract with the statements of the files it uses in their places."""
    if not any(isinstance(statement, UseOfFile) for statement in contract.statements):
        return Joined(parsed.source, contract, is_whole=parsed.ok)
    joining = Joining(fetch, is_whole=parsed.ok)
    statements = joining.take(File("", "", parsed.source, contract))
    return Joined(
        joining.source(parsed.source.name),
        joining.tree(contract, statements),
        tuple(joining.findings),
        joining.is_whole,
        joining.lacks_files,
    )


@frozen
class File:
    """A file being read: its path from the contract's folder, and its name in findings.

    ``used_at`` is where it was used first, and ``within`` the file that uses it there.
    """

    path: str
    name: str
    source: Source
    contract: Contract
    used_at: Label | None = None
    within: File | None = None


@define
class Joining:
    """One reading of a contract and its files."""

    fetch: Fetch
    is_whole: bool
    lacks_files: bool = False
    parts: list[Part] = field(factory=list)
    texts: list[str] = field(factory=list)
    broken: list[Name] = field(factory=list)
    unread: set[str] = field(factory=set)
    findings: list[Diagnostic] = field(factory=list)
    languages: set[Language] = field(factory=set)
    _used: set[str] = field(factory=set)
    _length: int = 0

    def source(self, name: str) -> Source:
        """The text of all files read so far; the file of that name is the one whose findings have none."""
        return Source(name, "\n".join(self.texts), tuple(self.parts))

    def tree(self, contract: Contract, statements: Iterable[Statement]) -> Contract:
        """The tree of a contract with these statements, at their places in the text of all files."""
        return evolve(
            contract,
            statements=tuple(statements),
            comments=(),
            broken=tuple(self.broken),
            unread=tuple(sorted(self.unread)),
            span=Span(0, self._length),
        )

    def take(self, file: File) -> list[Statement]:
        """The statements of a file, those of the files it uses among them, its text after those so far."""
        begin, pieces, found = 0, list[tuple[int, int]](), list[Statement]()
        for statement in file.contract.statements:
            match statement:
                case UseOfFile():
                    pieces.append(self.lay(file.source, begin, statement.span.end))
                    begin = statement.span.end
                    found += self._use(file, statement)
                case ClauseLibrary():
                    pass  # it says what the file is, and nothing of the contract
                case _:
                    found.append(moved(statement, self._length - begin))
        pieces.append(self.lay(file.source, begin, len(file.source.text)))
        for name in file.contract.broken:
            by = next(by for begin, by in reversed(pieces) if begin <= name.span.start)
            self.broken.append(moved(name, by))
        self.unread.update(file.contract.unread)
        self.languages.add(file.contract.language)
        return found

    def lay(self, source: Source, begin: int, end: int) -> tuple[int, int]:
        """Add a piece of a file to the text; where it begins there, and how much further on here."""
        by = self._length - begin
        self.parts.append(Part(source, self._length, begin))
        self.texts.append(source.text[begin:end])
        self._length += end - begin + 1
        return begin, by

    def _use(self, file: File, statement: UseOfFile) -> list[Statement]:
        here = Label(statement.path.span, None, file.name)
        path = path_from(file.path, statement.path.text)
        if isinstance(path, Message):
            self.refuse(outside(here, path))
        elif (circle := _circle(file, path)) is not None:
            self.refuse(_in_circle(here, path, circle))
        elif path not in self._used:
            self._used.add(path)
            if len(self._used) <= MOST_FILES:
                return self._read(file, here, path)
            if len(self._used) == MOST_FILES + 1:
                self.refuse(_too_many(here))
        return []

    def _read(self, file: File, here: Label, path: str) -> list[Statement]:
        source = self.fetch(path)
        if isinstance(source, Diagnostic):
            self.refuse(unreadable(here, path, source.message))
            return []
        parsed = parse(source)
        self.findings += named(parsed.findings, source.name)
        self.is_whole = self.is_whole and parsed.ok
        contract = parsed.contract
        if contract is not None and _may_be_library(contract):
            return self.take(File(path, source.name, source, contract, here, file))
        self.lay(source, 0, len(source.text))  # for the places of findings
        self.lacks_files = True
        if contract is not None:
            self.findings.append(_no_library(here, path, source, contract))
        return []

    def refuse(self, finding: Diagnostic) -> None:
        """A finding for a file that is not read: nothing can be said of what it declares."""
        self.findings.append(finding)
        self.lacks_files = True


def _title(contract: Contract) -> Title | None:
    return next((one for one in contract.statements if isinstance(one, Title)), None)


def _may_be_library(contract: Contract) -> bool:
    """Whether a file says it is one, or may say so where it could not be read."""
    says = is_library(contract) or bool(contract.unread)
    return says and amendment_in(contract) is None and _title(contract) is None


def _circle(file: File, path: str) -> tuple[Label, ...] | None:
    """Where the files from the one at a path to this one were used; None where it is none of them."""
    uses: list[Label] = []
    within: File | None = file
    while within is not None and within.used_at is not None:
        uses.append(within.used_at)
        if within.path == path:
            return tuple(uses[::-1])
        within = within.within
    return None


# ---------------------------------------------------------------------------------------- findings


def outside(here: Label, why: Message) -> Diagnostic:
    """A path that leads nowhere a contract may lead."""
    advice = message("write the path of a file in the folder of the contract: clauses/standard.sib")
    return Diagnostic("SIB070", Severity.ERROR, why, here, (), advice)


def unreadable(here: Label, path: str, why: Message) -> Diagnostic:
    """A file that is not there, or is no text."""
    text = message("‘{path}’ cannot be used: {why}", path=path, why=why)
    advice = message(
        "put the file there, or correct its path, which begins at the file that uses it"
    )
    return Diagnostic("SIB071", Severity.ERROR, text, here, (), advice)


def _in_circle(here: Label, path: str, uses: tuple[Label, ...]) -> Diagnostic:
    text = message("‘{path}’ is used by itself", path=path)
    others = tuple(evolve(label, text=message("the file is used here")) for label in uses)
    advice = message("put what both need in a third file, and use that")
    return Diagnostic("SIB072", Severity.ERROR, text, here, others, advice)


def _no_library(here: Label, path: str, source: Source, contract: Contract) -> Diagnostic:
    text = message("‘{path}’ is not a clause library", path=path)
    title = _title(contract)
    if title is None:
        other = Label(Span(0, 0), message("this file does not say what it is"), source.name)
        advice = message('write under the first line of that file: clause library "Its title"')
    else:
        other = Label(title.span, message("this is the title of a contract"), source.name)
        advice = message("put what several contracts share in a file of its own, and use that")
    return Diagnostic("SIB073", Severity.ERROR, text, here, (other,), advice)


def _too_many(here: Label) -> Diagnostic:
    text = message("the contract uses more than {number} files", number=MOST_FILES)
    advice = message("put the clauses of several files together in one")
    return Diagnostic("SIB075", Severity.ERROR, text, here, (), advice)
