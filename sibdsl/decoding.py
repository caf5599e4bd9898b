"""Bytes → text: UTF-8 and nothing else, said in words where a file is something else."""

from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Message, Severity, message
from sibdsl.source import Source

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
_NOT_TEXT: Final[tuple[tuple[bytes, Message], ...]] = (
    (b"PK\x03\x04", message("a spreadsheet, a Word document or an archive")),
    (b"\xd0\xcf\x11\xe0", message("an old spreadsheet or Word document")),
    (b"%PDF", message("a PDF document")),
)
_ADVICE: Final = message("save the file as text, in UTF-8")
_SPREADSHEET: Final = message("save it in UTF-8: in Excel ‘Save As’, ‘CSV UTF-8’")


def decode(data: bytes, name: str) -> Source | Diagnostic:
    """The text of a file, or why it is none. A UTF-8 byte order mark is no part of the text."""
    for start, what in _NOT_TEXT:
        if data.startswith(start):
            return _refused("SIB803", name, message("this is {what}, not text", what=what))
    if data.startswith(_UTF16_MARKS):
        return _refused("SIB802", name, message("this file is in UTF-16, not in UTF-8"))
    try:
        text = data.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as mistake:
        return _not_utf8(data.removeprefix(_UTF8_MARK), mistake.start, name)
    return Source(name, text)


def _not_utf8(data: bytes, at: int, name: str) -> Diagnostic:
    line = data.count(b"\n", 0, at) + 1
    # The bytes that Windows-1252 leaves free are in no text written with it.
    meant = data[at : at + 1].decode("cp1252", errors="ignore")
    if not meant:
        return _refused("SIB801", name, message("line {line} is not in UTF-8", line=line))
    text = message(
        "line {line} is not in UTF-8; in Windows-1252 it would hold ‘{letter}’",
        line=line,
        letter=meant,
    )
    return _refused("SIB801", name, text)


def _refused(code: str, name: str, text: Message) -> Diagnostic:
    is_sheet = name.endswith(".csv") and code == "SIB801"
    advice = _SPREADSHEET if is_sheet else _ADVICE
    return Diagnostic(code, Severity.ERROR, text, Label(None, None, name), (), advice)
