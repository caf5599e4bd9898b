"""The text of a contract with its amendments worked in: what a reader has before him from now on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sibdsl.assembly.amendments import Amended, Version
from sibdsl.assembly.statements import name_of
from sibdsl.diagnostics import message
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax.literate import contract_text, is_literate
from sibdsl.syntax.nodes import Example, Statement

_CLOSING: Final = re.compile(r"(?:(?:\s|#[^\n]*\n)*\))+")


def examples_of(made: Amended) -> tuple[Example, ...]:
    """The worked examples of the contract and of its amendments, in their order."""
    return tuple(
        statement
        for version in made.versions
        for statement in version.contract.statements
        if isinstance(statement, Example)
    )


def consolidated_text(made: Amended, examples: Sequence[Example]) -> str:
    """The statements of the contract in their order, those said anew in their places, new ones after.

    A comment names the amendment at each, and at the end what was withdrawn. Comments before and behind
    a statement stay with it. Of the worked examples stand those that are given.
    """
    last = made.versions[-1].contract
    text = _words(made.source)
    by_amendment = {
        change.new.span: version
        for version in made.versions[1:]
        for change in version.changes
        if change.new is not None
    }
    since = made.versions[-1].since
    holds = message("consolidated: for evaluations from {day} on", day=since or "")
    blocks = [f"sibdsl {last.version} {last.language}"]
    blocks += [f"\n# {say(holds, last.language)}"] if since is not None else []
    for statement in last.statements:
        if not isinstance(statement, Example):
            version = by_amendment.get(statement.span)
            block = _block(text, statement, version, last.language)
            is_first = statement is last.statements[0] and not block.startswith("\n")
            blocks.append(f"\n{block}" if is_first else block)
    blocks += (_block(text, example, None, last.language) for example in examples)
    blocks += _withdrawn(text, made.versions, last.language)
    return "\n".join(blocks) + "\n"


def _words(source: Source) -> str:
    """The text of all files, of literate ones only what stands in fences; offsets stay true."""
    if not source.parts:
        return contract_text(source.text) if is_literate(source.name) else source.text
    ends = [part.start - 1 for part in source.parts[1:]]
    pieces: list[str] = []
    for part, end in zip(source.parts, (*ends, len(source.text)), strict=True):
        file = part.file
        text = contract_text(file.text) if is_literate(file.name) else file.text
        pieces.append(text[part.begin : part.begin + end - part.start])
    return "\n".join(pieces)


def _block(text: str, statement: Statement, version: Version | None, language: Language) -> str:
    """A statement with its comments, and which amendment it is of; an empty line before where one was."""
    before, is_apart = _comments_before(text, statement.span)
    if version is not None:
        before = [f"# {_named(version, language)}", *before]
    # The brackets around its last expression are no part of a node.
    closing = _CLOSING.match(text, statement.span.end)
    end = statement.span.end if closing is None else closing.end()
    after = text[end:].partition("\n")[0]
    behind = f"  {after.strip()}" if after.lstrip().startswith("#") else ""
    said = text[statement.span.start : end]
    lines = "\n".join((*before, f"{said}{behind}"))
    return f"\n{lines}" if is_apart or version is not None else lines


def _comments_before(text: str, place: Span) -> tuple[list[str], bool]:
    """The comments right before a statement, and whether an empty line parts it from the one before."""
    above = text[: place.start].split("\n")
    comments: list[str] = []
    if above.pop().strip():
        return comments, False
    while above and (line := above[-1].strip()).startswith("#"):
        comments.insert(0, line)
        above.pop()
    return comments, bool(above) and not above[-1].strip()


def _named(version: Version, language: Language) -> str:
    text = message("{title}, effective {day}", title=version.title, day=version.since or "")
    return say(text, language)


def _withdrawn(text: str, versions: Sequence[Version], language: Language) -> Iterator[str]:
    for version in versions[1:]:
        names = [
            name_of(change.old) or _said_of(text, change.place)
            for change in version.changes
            if change.new is None and change.old is not None
        ]
        if names:
            said = message(
                "{amendment}: withdrawn: {names}",
                amendment=_named(version, language),
                names=tuple(names),
            )
            yield f"\n# {say(said, language)}"


def _said_of(text: str, withdrawal: Span) -> str:
    """``cap Bonus per calendar year``: what a withdrawal names, in its own words."""
    words = text[withdrawal.start : withdrawal.end].split()
    return " ".join(words[1:])
