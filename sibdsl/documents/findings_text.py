"""Findings as people read them: in full with the lines they point at, or one line each."""

from collections.abc import Iterator, Mapping
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.documents.display import width
from sibdsl.frozen import frozen
from sibdsl.messages import say
from sibdsl.messages.visible import visible
from sibdsl.numerals import Language
from sibdsl.source import Source, Span

Sources = Mapping[str, Source]
"""The texts findings point into, by the name in ``Label.file``; the contract's is empty."""

Place = tuple[str, int]
"""A line of a file."""

WORDS: Final[Mapping[Severity, Message]] = {
    Severity.ERROR: message("error"),
    Severity.WARNING: message("warning"),
    Severity.NOTE: message("note"),
}
_HELP: Final = message("help")
_COLON: Final[Mapping[Language, str]] = {"en": ":", "fr": "\u00a0:"}
"""French sets a no-break space before it."""
_TAB: Final = "    "
_WIDEST: Final = 120
"""A longer line is shown in part, around what is pointed at."""
_BEFORE: Final = 40


@frozen
class Paint:
    """The marks that colour a text; all of them empty where there is no colour."""

    error: str = ""
    warning: str = ""
    note: str = ""
    frame: str = ""
    end: str = ""

    def of(self, severity: Severity) -> str:
        """The mark for a severity."""
        match severity:
            case Severity.ERROR:
                return self.error
            case Severity.WARNING:
                return self.warning
            case Severity.NOTE:
                return self.note


PLAIN: Final = Paint()
COLOURED: Final = Paint("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[34m", "\x1b[0m")


def full_text(
    findings: tuple[Diagnostic, ...], sources: Sources, language: Language, paint: Paint = PLAIN
) -> str:
    """Each finding with the line it points at, the other places, and what to do; a line between."""
    return "\n".join(
        "".join(f"{line}\n" for line in _full(finding, sources, language, paint))
        for finding in findings
    )


def short_text(findings: tuple[Diagnostic, ...], sources: Sources, language: Language) -> str:
    """One line for each finding: ``file:line:column: error SIB301: message``."""
    return "".join(
        f"{where_is(finding.label, sources, language)}: {say(WORDS[finding.severity], language)} "
        f"{finding.code}: {say(finding.message, language)}\n"
        for finding in findings
    )


def _full(finding: Diagnostic, sources: Sources, language: Language, paint: Paint) -> Iterator[str]:
    severity = say(WORDS[finding.severity], language)
    head = f"{paint.of(finding.severity)}{severity}[{finding.code}]{paint.end}{_COLON[language]}"
    yield f"{head} {say(finding.message, language)}"
    yield from shown_places(finding, sources, language, paint)
    if finding.help is not None:
        yield help_line(finding.help, language)


def help_line(cure: Message, language: Language) -> str:
    """``help: did you mean ‘Reduction’?``."""
    return f"{say(_HELP, language)}{_COLON[language]} {say(cure, language)}"


def shown_places(
    finding: Diagnostic, sources: Sources, language: Language, paint: Paint = PLAIN
) -> Iterator[str]:
    """The lines that a finding points at, with marks under them, each file with its name."""
    mark = paint.of(finding.severity)
    labels = list(_shown_once(finding))
    gutter = max((len(str(_line(label, sources))) for label in labels), default=1)
    file: str | None = None
    shown: Place | None = None
    for label in sorted(
        labels, key=lambda each: _place(each, sources) != _place(labels[0], sources)
    ):
        is_main = (label.file, label.span) == (finding.label.file, finding.label.span)
        pointer = "^" if is_main else "-"
        colour = mark if is_main else paint.frame
        if label.file != file or _source(label, sources) is None:
            where = where_is(label, sources, language)
            yield f"{' ' * gutter} {paint.frame}┌{paint.end} {where}"
        elif _place(label, sources) is None or _place(label, sources) != shown:
            yield f"{' ' * gutter} {paint.frame}┊{paint.end}"
        excerpt = _excerpt(label, sources, language, gutter, pointer)
        if shown is not None and _place(label, sources) == shown:
            next(excerpt, None)  # the line stands above already: only its marks are new
        file, shown = label.file, _place(label, sources)
        for line in excerpt:
            yield line.replace("\0", paint.frame).replace("\1", colour).replace("\2", paint.end)


def _shown_once(finding: Diagnostic) -> Iterator[Label]:
    """The places of a finding, each once, with the first words that are said of it."""
    words: dict[tuple[str, Span | Message | None], Label] = {}
    rest: list[Label] = []
    for label in filter(_is_shown, (finding.label, *finding.others)):
        place = (label.file, label.text if label.span is None else label.span)
        said = words.get(place)
        if said is None or said.text is None:
            words[place] = label
        elif label.text not in {None, said.text}:
            rest.append(label)
    yield from words.values()
    yield from rest


def _is_shown(label: Label) -> bool:
    return label.span is not None or bool(label.file) or label.text is not None


def _source(label: Label, sources: Sources) -> Source | None:
    """The text a label points into; None where it has no place in one."""
    return None if label.span is None else sources.get(label.file)


def _line(label: Label, sources: Sources) -> int:
    source = _source(label, sources)
    if source is None or label.span is None:
        return 0
    return source.position(min(label.span.start, len(source.text))).line


def _place(label: Label, sources: Sources) -> Place | None:
    """The line a label points into; None where the line is not shown, or not as a whole."""
    source = _source(label, sources)
    if source is None:
        return None
    line = _line(label, sources)
    return (label.file, line) if len(source.line(line)) <= _WIDEST else None


def where_is(label: Label, sources: Sources, language: Language) -> str:
    """``file:line:column``, or the file and the row where the row has no text of its own."""
    source = _source(label, sources)
    if source is not None and label.span is not None:
        line, column = source.position(min(label.span.start, len(source.text)))
        return f"{visible(source.name)}:{line}:{column}"
    named = sources[label.file].name if label.file in sources else label.file
    parts = [visible(named)] if named else []
    if label.text is not None:
        parts.append(say(label.text, language))
    return ": ".join(parts)


def _excerpt(
    label: Label, sources: Sources, language: Language, gutter: int, pointer: str
) -> Iterator[str]:
    """The line a label points at, and the marks under it; a control character where a colour changes."""
    source = _source(label, sources)
    if source is None or label.span is None:
        return
    number, column = source.position(min(label.span.start, len(source.text)))
    text = source.line(number)
    start = column - 1
    end = max(start, min(len(text), start + label.span.end - label.span.start))
    before, pointed, after = _cropped(text, start, end)
    pad = " " * width(before)
    marks = pointer * max(1, width(pointed))
    said = f" {say(label.text, language)}" if label.text is not None else ""
    yield f"\0{number:>{gutter}} │\2 {before}{pointed}{after}".rstrip()
    yield f"{' ' * gutter} \0│\2 {pad}\1{marks}{said}\2"


def _cropped(text: str, start: int, end: int) -> tuple[str, str, str]:
    """What stands before, under and after the marks, made visible; a long line only in part."""
    before, pointed, after = text[:start], text[start:end], text[end:]
    if len(text) > _WIDEST:
        if len(before) > _BEFORE:
            before = "…" + before[-_BEFORE:]
        room = max(_WIDEST - len(before), 20)
        if len(pointed) > room:
            pointed, after = pointed[:room] + "…", ""
        elif len(after) > room - len(pointed):
            after = after[: room - len(pointed)] + "…"
    return _shown(before), _shown(pointed), _shown(after)


def _shown(text: str) -> str:
    return visible(text.replace("\t", _TAB))
