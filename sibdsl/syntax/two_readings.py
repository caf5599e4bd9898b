"""Conditions that two careful readers join differently: ``A and B or C``, ``not A and B``.

The grammar binds ``not`` tightest and ``or`` loosest, as logicians do; a court has no such rule. So
``and`` beside ``or`` is refused, and ``not`` before ``and`` or ``or`` is a doubt, both with the two
bracketed readings in the words at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from sibdsl.diagnostics import Diagnostic, error, message, warning
from sibdsl.source import Span
from sibdsl.syntax.mistakes import shown
from sibdsl.syntax.nodes import And, AtLeast, Expr, Not, Or

if TYPE_CHECKING:
    from sibdsl.syntax.lexer import Lexer


def unbracketed(
    found: Iterable[tuple[Or | And, Sequence[bool]]], lexer: Lexer
) -> Iterator[Diagnostic]:
    """A finding for each, told which of its parts stand without brackets.

    ``lexer`` holds the text and the words of its language.
    """
    for node, bare in found:
        loose = [item for item, is_bare in zip(node.items, bare, strict=True) if is_bare]
        ands = [item for item in loose if isinstance(item, And)]
        if isinstance(node, Or) and ands:
            yield _mixed(node, ands, lexer)
        else:
            last = node.items[-1]
            nots = [item for item in loose if isinstance(item, Not) and item is not last]
            unclear = [item for item in nots if not _is_delimited(item.operand, lexer.text)]
            if unclear:
                yield _denied(node, unclear[0], lexer)


def _mixed(node: Or, loose: Sequence[And], lexer: Lexer) -> Diagnostic:
    """``A and B or C``: an error, since the two readings pay different sums."""
    text = lexer.text
    both, either = (f" {lexer.words.main_spelling(word)} " for word in ("AND", "OR"))
    rows = [
        [_said(one.span, text) for one in item.items]
        if isinstance(item, And) and item in loose
        else [_said(item.span, text)]
        for item in node.items
    ]
    tight = either.join(_grouped(row, both) for row in rows)
    parts: list[list[str]] = [[]]
    for row in rows:
        parts[-1].append(row[0])
        parts.extend([one] for one in row[1:])
    wide = both.join(_grouped(part, either) for part in parts)
    return error(
        "SIB340",
        node.span,
        message("‘and’ and ‘or’ stand side by side: this can be read in two ways"),
        help=message("write ‘{one}’ or ‘{other}’", one=shown(tight), other=shown(wide)),
    )


def _grouped(items: Sequence[str], joint: str) -> str:
    return f"({joint.join(items)})" if len(items) > 1 else items[0]


def _denied(node: Or | And, denied: Not, lexer: Lexer) -> Diagnostic:
    """``not A and B``: read as ``(not A) and B``, and doubted."""
    text, words = lexer.text, lexer.words
    joint = f" {words.main_spelling('AND' if isinstance(node, And) else 'OR')} "
    no = words.main_spelling("NOT")
    at = next(number for number, item in enumerate(node.items) if item is denied)
    items = [_said(item.span, text) for item in node.items]
    narrow = [*items[:at], f"({items[at]})", *items[at + 1 :]]
    inside = joint.join([_said(denied.operand.span, text), *items[at + 1 :]])
    wide = [*items[:at], f"{no} ({inside})"]
    return warning(
        "SIB341",
        node.span,
        message(
            "it is not clear how far ‘{word}’ reaches: it is read as bearing on the first condition alone",
            word=no,
        ),
        help=message(
            "write ‘{one}’ or ‘{other}’",
            one=shown(joint.join(narrow)),
            other=shown(joint.join(wide)),
        ),
    )


def _is_delimited(operand: Expr, text: str) -> bool:
    """Whether brackets say how far a ``not`` reaches: ``not (…)``, ``not any of (…)``."""
    return isinstance(operand, And | Or | AtLeast) or _in_brackets(operand.span, text)


# The words of a condition


def _said(span: Span, text: str) -> str:
    """The words of a condition on one line, with the brackets in which it stands."""
    whole = _balanced(span, text)
    if _in_brackets(whole, text):
        start, end = text.rindex("(", 0, whole.start), text.index(")", whole.end) + 1
        whole = Span(start, end)
    return " ".join(re.sub(r"#[^\n]*", " ", text[whole.start : whole.end]).split())


def _balanced(span: Span, text: str) -> Span:
    """The place with the brackets that belong to it: a place of ``(A + B) * 2`` begins at A."""
    start, end = span.start, span.end
    while text.count("(", start, end) < text.count(")", start, end):
        start = text.rindex("(", 0, start)
    while text.count("(", start, end) > text.count(")", start, end):
        end = text.index(")", end) + 1
    return Span(start, end)


def _in_brackets(span: Span, text: str) -> bool:
    """Whether nothing stands between the place and a bracket on either side."""
    start, end = span.start, span.end
    while text[start - 1 : start].isspace():
        start -= 1
    while text[end : end + 1].isspace():
        end += 1
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"
