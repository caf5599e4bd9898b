"""Findings as SARIF 2.1.0, the OASIS Static Analysis Results Interchange Format.

Sections of the standard are named where it decides something. All files are one run, as GitHub
wants it. Columns count UTF-16 code units, and the run says so (§3.14.17).
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from sibdsl.diagnostics import Diagnostic, Label
from sibdsl.documents.findings_text import help_line
from sibdsl.documents.found import (
    Found,
    file_of,
    fingerprints,
    language_of_all,
    line_of,
    range_of,
)
from sibdsl.messages import say
from sibdsl.messages.pages import SECTIONS, Page, find_page
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


def findings_sarif(every: tuple[Found, ...], version: str) -> str:
    """A log of one run by the given version of this program, ending with a line end."""
    language = language_of_all(every)
    codes = sorted({finding.code for found in every for finding in found.findings})
    driver = {
        "name": "sibdsl",
        "version": version,
        "language": language,
        "rules": [_rule(page, language) for page in map(find_page, codes) if page is not None],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "utf16CodeUnits",
        "results": [result for found in every for result in _results(found, codes)],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(page: Page, language: Language) -> dict[str, Any]:
    text = page.texts[language]
    what, why = (_section(text, heading) for heading in SECTIONS[language][:2])
    return {
        "id": page.code,
        "name": "".join(word.capitalize() for word in page.slug.split("-")),
        "shortDescription": {"text": _plain(what.replace("`", ""))},
        "fullDescription": {"text": _plain(f"{what} {why}".replace("`", ""))},
        "help": {
            "text": _plain(text.replace("### ", "")),
            "markdown": _with_braces(text),
        },
        "defaultConfiguration": {"level": page.severity.value},
    }


def _section(text: str, heading: str) -> str:
    """What stands under a heading of a page, on one line."""
    body = text.partition(f"### {heading}\n")[2].partition("\n### ")[0]
    return " ".join(body.split())


def _results(found: Found, codes: list[str]) -> Iterator[dict[str, Any]]:
    for finding, fingerprint in zip(found.findings, fingerprints(found), strict=True):
        result = {
            "ruleId": finding.code,
            "ruleIndex": codes.index(finding.code),
            "level": finding.severity.value,  # the standard has the same three words (§3.27.10)
            "message": {"text": _message(finding, found)},
            "locations": [_location(finding.label, found)],
            "partialFingerprints": {"sibdsl/v1": fingerprint},
        }
        related = [_related(label, found) for label in finding.others]
        yield result | ({"relatedLocations": related} if related else {})


def _message(finding: Diagnostic, found: Found) -> str:
    said = say(finding.message, found.language)
    if finding.help is not None:
        said = f"{said}\n{help_line(finding.help, found.language)}"
    return _plain(said)


def _related(label: Label, found: Found) -> dict[str, Any]:
    location = _location(label, found)
    if label.text is None:
        return location
    return location | {"message": {"text": _plain(say(label.text, found.language))}}


def _location(label: Label, found: Found) -> dict[str, Any]:
    place = {
        "artifactLocation": _artifact(file_of(label, found)),
        "region": _region(label, found),
    }
    return {"physicalLocation": place}


def _artifact(path: str) -> dict[str, str]:
    if _ABSOLUTE.match(path):
        return {"uri": f"file:///{_uri(path.removeprefix('/'))}"}
    return {"uri": _uri(path), "uriBaseId": _TOP}


def _region(label: Label, found: Found) -> dict[str, int]:
    """Where a label points; where it points at no text the first line, since a viewer needs one."""
    source, place = found.sources.get(label.file), range_of(label, found)
    if source is None or place is None:
        return {"startLine": line_of(label, found)}
    start, end = place
    return {
        "startLine": start.line,
        "startColumn": _utf16_column(source, start),
        "endLine": end.line,
        "endColumn": _utf16_column(source, end),
    }


def _utf16_column(source: Source, place: Position) -> int:
    before = source.line(place.line)[: place.column - 1]
    return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


def _plain(text: str) -> str:
    """A plain text message: what would be a link in one is none (§3.11.6)."""
    return _with_braces(text).replace("](", "] (")


def _with_braces(text: str) -> str:
    """Braces written twice, since one alone begins a placeholder (§3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


def _uri(path: str) -> str:
    """A path as part of a URI, by RFC 3986: every other byte as ``%`` and two digits."""
    data = visible(path).encode()
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in data)
