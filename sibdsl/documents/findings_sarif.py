"""Findings as SARIF 2.1.0 (:mod:`sibdsl.documents.sarif`). All files are one run, as GitHub wants it."""

from collections.abc import Iterator
from typing import Any

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
from sibdsl.documents.sarif import location, log, plain, region, with_braces
from sibdsl.messages import say
from sibdsl.messages.pages import SECTIONS, Page, find_page
from sibdsl.numerals import Language


def findings_sarif(every: tuple[Found, ...], version: str) -> str:
    """A log of one run by the given version of this program, ending with a line end."""
    language = language_of_all(every)
    codes = sorted({finding.code for found in every for finding in found.findings})
    rules = [_rule(page, language) for page in map(find_page, codes) if page is not None]
    results = [result for found in every for result in _results(found, codes)]
    return log(version, language, rules, results)


def _rule(page: Page, language: Language) -> dict[str, Any]:
    text = page.texts[language]
    what, why = (_section(text, heading) for heading in SECTIONS[language][:2])
    return {
        "id": page.code,
        "name": "".join(word.capitalize() for word in page.slug.split("-")),
        "shortDescription": {"text": plain(what.replace("`", ""))},
        "fullDescription": {"text": plain(f"{what} {why}".replace("`", ""))},
        "help": {
            "text": plain(text.replace("### ", "")),
            "markdown": with_braces(text),
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
    return plain(said)


def _related(label: Label, found: Found) -> dict[str, Any]:
    place = _location(label, found)
    if label.text is None:
        return place
    return place | {"message": {"text": plain(say(label.text, found.language))}}


def _location(label: Label, found: Found) -> dict[str, Any]:
    """Where a label points; where it points at no text the first line, since a viewer needs one."""
    source, place = found.sources.get(label.file), range_of(label, found)
    if source is None or place is None:
        return location(file_of(label, found), {"startLine": line_of(label, found)})
    return location(file_of(label, found), region(source, *place))
