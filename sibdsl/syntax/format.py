"""The one layout of a contract: white space is ours, every word stays as its author wrote it.

The text is read; its tokens are laid out anew; what came of it is read again and compared. If the
two differ in a word, a comment or what they mean, or if laying out once more would change anything,
the text is left as it is, and that is a finding.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import zip_longest

from sibdsl.diagnostics import Diagnostic, error, message
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax.comments import gaps
from sibdsl.syntax.concrete import concrete
from sibdsl.syntax.literate import contract_text, fences, is_literate
from sibdsl.syntax.nodes import Contract
from sibdsl.syntax.page import Page, Written, held
from sibdsl.syntax.parse import HEADER, Parsed, Trace, parse
from sibdsl.syntax.spelling import spelled


@frozen
class Formatted:
    """A text in its layout; None, with the findings, where it cannot be read or laid out."""

    text: str | None
    language: Language
    findings: tuple[Diagnostic, ...] = ()


def format_source(source: Source) -> Formatted:
    """The text of a contract in its layout; in a literate one only what stands in the fences.

    Takes about three times as long as reading it, however long it is.
    """
    trace = Trace()
    parsed = parse(source, trace)
    contract = parsed.contract
    if contract is None or not parsed.ok:
        return Formatted(None, contract.language if contract else "en", parsed.findings)
    written = written_from(source, contract, trace)
    page = Page(written, concrete(trace))
    text = in_its_fences(source, page.lines(written.gaps))
    if not _holds(source, text, contract, written, page):
        return Formatted(None, contract.language, (does_not_hold(contract),))
    return Formatted(text, contract.language)


def written_from(source: Source, contract: Contract, trace: Trace) -> Written:
    """What the layout of a text rests on. The first line becomes the first token."""
    language = contract.language
    text, within = _readable(source)
    kinds = ["HEADER", *trace.kinds]
    header = HEADER.match(text)
    assert header is not None
    starts = [text.index("sibdsl"), *trace.starts]
    ends = [header.end(2), *trace.ends]
    words = [f"sibdsl {contract.version} {language}"]
    words += [
        spelled(kind, text[start:end], language)
        for kind, start, end in zip(trace.kinds, trace.starts, trace.ends, strict=True)
    ]
    until = [fence.end for fence in within]
    many = len(until) > 1
    last = contract.statements[-1].span.start if contract.statements else starts[0]
    return Written(
        language,
        kinds,
        words,
        [bisect_right(until, start) if many else 0 for start in starts],
        gaps(text, (starts, ends), [comment.span for comment in contract.comments], last, within),
    )


def _readable(source: Source) -> tuple[str, tuple[Span, ...]]:
    """The text with prose blanked, and where it is no prose."""
    if is_literate(source.name):
        return contract_text(source.text), fences(source.text)
    return source.text, (Span(0, len(source.text)),)


def in_its_fences(source: Source, pages: Sequence[Sequence[str]]) -> str:
    """The text anew: prose as it was, and other lines in each fence."""
    if not is_literate(source.name):
        return "".join(f"{line}\n" for line in pages[0])
    done: list[str] = []
    place = 0
    for fence, lines in zip_longest(fences(source.text), pages, fillvalue=()):
        assert isinstance(fence, Span)
        done.append(source.text[place : fence.start])
        done.append(_in_fence(source.text, fence, lines))
        place = fence.end
    return "".join([*done, source.text[place:]])


def _in_fence(text: str, fence: Span, lines: Sequence[str]) -> str:
    """Lines as deep as the fence that holds them, ended as its lines are; nothing stays nothing."""
    if not lines:
        return text[fence.start : fence.end]
    opening = text[text.rfind("\n", 0, fence.start - 1) + 1 : fence.start]
    depth = opening[: len(opening) - len(opening.lstrip(" "))]
    end = "\r\n" if opening.endswith("\r\n") else "\n"
    return "".join(f"{depth}{line}{end}" if line else end for line in lines)


def _holds(source: Source, text: str, contract: Contract, written: Written, page: Page) -> bool:
    """Whether a text says the same in the same words, and would be laid out as it is."""
    trace = Trace(with_rules=False)
    source = Source(source.name, text)
    parsed: Parsed = parse(source, trace)
    if not parsed.ok or parsed.contract is None or parsed.contract != contract:
        return False
    again = written_from(source, parsed.contract, trace)
    return (
        again.kinds == written.kinds
        and again.words == written.words
        and again.fences == written.fences
        and held(again) == held(written)
        and comments_of(parsed.contract) == comments_of(contract)
        and in_its_fences(source, page.lines(again.gaps)) == text
    )


def comments_of(contract: Contract) -> list[str]:
    """The comments, without white space that nobody sees."""
    return [comment.text.rstrip() for comment in contract.comments]


def does_not_hold(contract: Contract) -> Diagnostic:
    """What is said of a text that is left as it is because of a mistake of ours."""
    return error(
        "SIB060",
        contract.span,
        message("this file is left as it is: laid out anew, it would not read as it does now"),
        help=message("this is a mistake in sibdsl itself: please report it, with the file"),
    )
