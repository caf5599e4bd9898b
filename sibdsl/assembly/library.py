"""``use "clauses/standard.sib"``: the statements of another file, as though they were written here.

The texts are laid end to end in the order in which they are read, a file parted where it uses another, so
that every place is one offset in one text and nothing after this knows of files.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from attrs import define, evolve, field

from sibdsl.assembly.paths import path_from
from sibdsl.assembly.places import named
from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.frozen import frozen
from sibdsl.source import Part, Source, Span
from sibdsl.syntax.nodes import ClauseLibrary, Contract, Name, Statement, Title, UseOfFile
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


def is_library(contract: Contract) -> bool:
    """Whether a file says that it is there to be used by contracts."""
    return any(isinstance(statement, ClauseLibrary) for statement in contract.statements)


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
    joining = _Joining(fetch, is_whole=parsed.ok)
    joining.take(_File("", "", parsed.source, contract))
    text = "\n".join(joining.texts)
    return Joined(
        Source(parsed.source.name, text, tuple(joining.parts)),
        evolve(
            contract,
            statements=tuple(joining.statements),
            comments=(),
            broken=tuple(joining.broken),
            unread=tuple(sorted(joining.unread)),
            span=Span(contract.span.start, len(text)),
        ),
        tuple(joining.findings),
        joining.is_whole,
        joining.lacks_files,
    )


@frozen
class _File:
    """A file being read: its path from the contract's folder, and its name in findings.

    ``used_at`` is where it was used first, and ``within`` the file that uses it there.
    """

    path: str
    name: str
    source: Source
    contract: Contract
    used_at: Label | None = None
    within: _File | None = None


@define
class _Joining:
    """One reading of a contract and its files."""

    fetch: Fetch
    is_whole: bool
    lacks_files: bool = False
    parts: list[Part] = field(factory=list)
    texts: list[str] = field(factory=list)
    statements: list[Statement] = field(factory=list)
    broken: list[Name] = field(factory=list)
    unread: set[str] = field(factory=set)
    findings: list[Diagnostic] = field(factory=list)
    _used: set[str] = field(factory=set)
    _length: int = 0

    def take(self, file: _File) -> None:
        """Put the statements of a file after those so far, and those of the files it uses among them."""
        begin, pieces = 0, list[tuple[int, int]]()
        for statement in file.contract.statements:
            match statement:
                case UseOfFile():
                    pieces.append(self._lay(file.source, begin, statement.span.end))
                    begin = statement.span.end
                    self._use(file, statement)
                case ClauseLibrary():
                    pass  # it says what the file is, and nothing of the contract
                case _:
                    self.statements.append(moved(statement, self._length - begin))
        pieces.append(self._lay(file.source, begin, len(file.source.text)))
        for name in file.contract.broken:
            by = next(by for begin, by in reversed(pieces) if begin <= name.span.start)
            self.broken.append(moved(name, by))
        self.unread.update(file.contract.unread)

    def _lay(self, source: Source, begin: int, end: int) -> tuple[int, int]:
        """Add a piece of a file to the text; where it begins there, and how much further on here."""
        by = self._length - begin
        self.parts.append(Part(source, self._length, begin))
        self.texts.append(source.text[begin:end])
        self._length += end - begin + 1
        return begin, by

    def _use(self, file: _File, statement: UseOfFile) -> None:
        here = Label(statement.path.span, None, file.name)
        path = path_from(file.path, statement.path.text)
        if isinstance(path, Message):
            self._refuse(_outside(here, path))
        elif (circle := _circle(file, path)) is not None:
            self._refuse(_in_circle(here, path, circle))
        elif path not in self._used:
            self._used.add(path)
            if len(self._used) <= MOST_FILES:
                self._read(file, here, path)
            elif len(self._used) == MOST_FILES + 1:
                self._refuse(_too_many(here))

    def _read(self, file: _File, here: Label, path: str) -> None:
        source = self.fetch(path)
        if isinstance(source, Diagnostic):
            self._refuse(_unreadable(here, path, source.message))
            return
        parsed = parse(source)
        self.findings += named(parsed.findings, source.name)
        self.is_whole = self.is_whole and parsed.ok
        contract = parsed.contract
        if contract is not None and _may_be_library(contract):
            self.take(_File(path, source.name, source, contract, here, file))
            return
        self._lay(source, 0, len(source.text))  # for the places of findings
        self.lacks_files = True
        if contract is not None:
            self.findings.append(_no_library(here, path, source, contract))

    def _refuse(self, finding: Diagnostic) -> None:
        self.findings.append(finding)
        self.lacks_files = True


def _title(contract: Contract) -> Title | None:
    return next((one for one in contract.statements if isinstance(one, Title)), None)


def _may_be_library(contract: Contract) -> bool:
    """Whether a file says it is one, or may say so where it could not be read."""
    return _title(contract) is None and (is_library(contract) or bool(contract.unread))


def _circle(file: _File, path: str) -> tuple[Label, ...] | None:
    """Where the files from the one at a path to this one were used; None where it is none of them."""
    uses: list[Label] = []
    within: _File | None = file
    while within is not None and within.used_at is not None:
        uses.append(within.used_at)
        if within.path == path:
            return tuple(uses[::-1])
        within = within.within
    return None


# ---------------------------------------------------------------------------------------- findings


def _outside(here: Label, why: Message) -> Diagnostic:
    advice = message("write the path of a file in the folder of the contract: clauses/standard.sib")
    return Diagnostic("SIB070", Severity.ERROR, why, here, (), advice)


def _unreadable(here: Label, path: str, why: Message) -> Diagnostic:
    text = message("‘{path}’ cannot be used: {why}", path=path, why=why)
    advice = message(
        "put the file there, or correct its path, which begins at the file that uses it"
    )
    return Diagnostic("SIB071", Severity.ERROR, text, here, (), advice)


def _in_circle(here: Label, path: str, uses: tuple[Label, ...]) -> Diagnostic:
    text = message("‘{path}’ is used by itself", path=path)
    others = tuple(evolve(label, text=message("used here")) for label in uses)
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
