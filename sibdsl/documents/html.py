"""What every HTML page here is made of: escaped text, a frame, lines of two texts side by side.

A page is one file that asks for nothing: no script, no font, no picture from elsewhere, and a policy
in it that forbids them. It follows the reader's choice of light or dark, and a narrow screen stacks
what a wide one shows side by side.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from sibdsl.frozen import frozen
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language

_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
)
_STYLE: Final = """\
:root { color-scheme: light dark; --text: #1f2328; --page: #ffffff; --quiet: #59636e; --rule: #d1d9e0;
  --removed: #ffebe9; --removed-word: #ffc1bc; --added: #dafbe1; --added-word: #a6e9b5;
  --before: #b4340f; --after: #0757b3; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --page: #0d1117; --quiet: #9ba5b0;
  --rule: #3d444d; --removed: #3c1618; --removed-word: #7d2a2f; --added: #12291b; --added-word: #1f5c32;
  --before: #ff9b7b; --after: #74b3ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 86rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem; color: var(--text);
  background: var(--page); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; margin: 2rem 0 0.75rem; }
h1 { margin-top: 0; }
p, figcaption { max-width: 46rem; }
figure { margin: 1.5rem 0; }
figcaption { color: var(--quiet); font-size: 0.9rem; }
.sides { width: 100%; table-layout: fixed; border-collapse: collapse; border: 1px solid var(--rule);
  font: 0.85rem/1.5 ui-monospace, monospace; }
.sides th { text-align: start; padding: 0.4rem 0.6rem; border-bottom: 1px solid var(--rule); }
.sides td { vertical-align: top; white-space: pre-wrap; padding: 0.05rem 0.6rem; }
.sides .number { width: 3.6rem; text-align: end; color: var(--quiet); user-select: none; }
.sides .number.removed::before { content: "− "; }
.sides .number.added::before { content: "+ "; }
.sides .removed { background: var(--removed); }
.sides .added { background: var(--added); }
.sides del, .sides ins { text-decoration: underline; border-radius: 0.2rem; }
.sides del { background: var(--removed-word); }
.sides ins { background: var(--added-word); }
.sides td.number:nth-child(3) { border-inline-start: 1px solid var(--rule); }
.sides .note td { white-space: normal; font: 0.9rem/1.4 system-ui, sans-serif; background: var(--page);
  padding: 0.5rem 0.9rem; border: 1px solid var(--rule); border-inline-start: 0.3rem solid var(--after); }
.quiet { color: var(--quiet); }
a { color: inherit; text-decoration-style: dotted; text-underline-offset: 0.2em; }
li { margin: 0.5rem 0; max-width: 46rem; }
details { margin: 0.5rem 0; }
summary { cursor: pointer; color: var(--quiet); }
.amounts { border-collapse: collapse; margin: 0.5rem 0 1.5rem; font-variant-numeric: tabular-nums; }
.amounts th, .amounts td { padding: 0.3rem 0.8rem; border-bottom: 1px solid var(--rule); text-align: end;
  overflow-wrap: break-word; }
.amounts th:first-child, .amounts td:first-child { text-align: start; padding-inline-start: 0; }
.chart { display: block; width: 100%; max-width: 34rem; height: auto; }
.chart text { fill: var(--text); font: 12px system-ui, sans-serif; }
.chart .quiet { fill: var(--quiet); }
.chart .grid { stroke: var(--rule); stroke-width: 1; }
.chart .curve { fill: none; stroke-width: 2.2; stroke-linejoin: round; stroke-linecap: round; }
.chart .jump { fill: none; stroke-width: 1; stroke-dasharray: 1 3; }
.chart .dot { stroke-width: 1.6; }
.chart .before { stroke: var(--before); }
.chart .after { stroke: var(--after); }
.chart .before.curve { stroke-dasharray: 7 4; }
.chart .dot.open { fill: var(--page); }
.chart .before.closed, .chart .before.name { fill: var(--before); }
.chart .after.closed, .chart .after.name { fill: var(--after); }
.chart .name { stroke: none; font-weight: 600; }
@media (max-width: 44rem) {
  .sides, .sides tbody { display: block; }
  .sides colgroup { display: none; }
  .sides thead, .sides thead tr, .sides th { display: block; }
  .sides th:first-child { background: var(--removed); }
  .sides th:last-child { background: var(--added); }
  .sides tbody tr { display: grid; grid-template-columns: 3.6rem 1fr; }
  .sides .none { display: none; }
  .sides .again { display: none; }
  .sides td.number:nth-child(3) { border: 0; }
  .sides tbody tr.note { display: block; }
  .sides .note td { display: block; }
}
@media print { :root { color-scheme: light; } body { max-width: none; padding: 0; } }
"""


@frozen
class Piece:
    """Part of a line; ``is_changed`` where the other side has other words."""

    text: str
    is_changed: bool = False


@frozen
class Line:
    """A line of a text, by its number; its pieces together are what it says."""

    number: int
    pieces: tuple[Piece, ...]


@frozen
class Note:
    """What is said under a line; by its name another part of the page leads there."""

    name: str
    text: str


@frozen
class Pair:
    """What stood on a line and what stands there now; None where there is no such line."""

    before: Line | None
    after: Line | None
    notes: tuple[Note, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both sides say the same."""
        return _words(self.before) == _words(self.after)


def escaped(text: str) -> str:
    """Text for an element or a quoted attribute; what cannot be seen is made visible."""
    return escape(visible(text))


def page(title: str, body: str, language: Language) -> str:
    """A whole document around a body of HTML; the title is text."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n"
        f"<body>\n{body}</body>\n</html>\n"
    )


def side_by_side(pairs: Sequence[Pair], before: str, after: str) -> str:
    """Two texts line by line, under their names: on a narrow screen one under the other."""
    heads = "".join(f'<th colspan="2" scope="col">{escaped(name)}</th>' for name in (before, after))
    return _lines(pairs, f"<thead><tr>{heads}</tr></thead>\n")


def more_side_by_side(pairs: Sequence[Pair]) -> str:
    """What follows in the same texts, without their names."""
    return _lines(pairs, "")


def _lines(pairs: Sequence[Pair], head: str) -> str:
    rows = "".join(map(_row, pairs))
    columns = '<colgroup><col class="number"><col><col class="number"><col></colgroup>'
    return f'<table class="sides">\n{columns}\n{head}<tbody>\n{rows}</tbody>\n</table>\n'


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of names and amounts, all of it text."""
    heads = "".join(f'<th scope="col">{escaped(each)}</th>' for each in headings)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escaped(cell)}</td>' for cell in row)}</tr>\n" for row in rows
    )
    return (
        f'<table class="amounts">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{lines}</tbody>\n</table>\n"
    )


def folded(summary: str, body: str) -> str:
    """What a reader opens; the summary is text."""
    return f"<details><summary>{escaped(summary)}</summary>\n{body}</details>\n"


def _row(pair: Pair) -> str:
    if pair.is_same:
        sides = _side(pair.before, "same", "span") + _side(pair.after, "same again", "span")
    else:
        sides = _side(pair.before, "removed", "del") + _side(pair.after, "added", "ins")
    notes = "".join(
        f'<tr class="note"><td colspan="4" id="{escaped(note.name)}">{escaped(note.text)}</td></tr>\n'
        for note in pair.notes
    )
    return f"<tr>{sides}</tr>\n{notes}"


def _side(line: Line | None, kind: str, mark: str) -> str:
    """The two cells of a side: the number of the line, and its text with what changed marked."""
    if line is None:
        return '<td class="number none"></td><td class="none"></td>'
    text = "".join(
        f"<{mark}>{escaped(piece.text)}</{mark}>" if piece.is_changed else escaped(piece.text)
        for piece in line.pieces
    )
    return f'<td class="number {kind}">{line.number}</td><td class="{kind}">{text}</td>'


def _words(line: Line | None) -> str | None:
    return None if line is None else "".join(piece.text for piece in line.pieces)
