"""What every log of SARIF 2.1.0, the OASIS Static Analysis Results Interchange Format, is made of.

Sections of the standard are named where it decides something. Columns count UTF-16 code units, and
the run says so (§3.14.17).
"""

import json
import re
from typing import Any, Final

from sibdsl.messages.visible import visible
from sibdsl.numerals import Language
from sibdsl.source import Position, Source

_SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_TOP: Final = "%SRCROOT%"
_ABSOLUTE: Final = re.compile(r"/|[A-Za-z]:/")
_UNRESERVED: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
)


def log(
    version: str, language: Language, rules: list[dict[str, Any]], results: list[dict[str, Any]]
) -> str:
    """A log of one run by the given version of this program, ending with a line end."""
    driver = {"name": "sibdsl", "version": version, "language": language, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "utf16CodeUnits",
        "results": results,
    }
    whole = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def location(path: str, region: dict[str, int]) -> dict[str, Any]:
    """A place in a file, by its path from the top of the repository, or by an absolute one."""
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": region}}


def region(source: Source, start: Position, end: Position) -> dict[str, int]:
    """A range of a text; ``end`` is past its last character."""
    return {
        "startLine": start.line,
        "startColumn": _utf16_column(source, start),
        "endLine": end.line,
        "endColumn": _utf16_column(source, end),
    }


def _artifact(path: str) -> dict[str, str]:
    if _ABSOLUTE.match(path):
        return {"uri": f"file:///{_uri(path.removeprefix('/'))}"}
    return {"uri": _uri(path), "uriBaseId": _TOP}


def _utf16_column(source: Source, place: Position) -> int:
    before = source.line(place.line)[: place.column - 1]
    return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


def plain(text: str) -> str:
    """A plain text message: what would be a link in one is none (§3.11.6)."""
    return with_braces(text).replace("](", "] (")


def with_braces(text: str) -> str:
    """Braces written twice, since one alone begins a placeholder (§3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _uri(path: str) -> str:
    """A path as part of a URI, by RFC 3986: every other byte as ``%`` and two digits."""
    data = visible(path).encode()
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)
