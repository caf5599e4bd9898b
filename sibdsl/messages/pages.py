"""The page of each code of a finding: what it finds, why it matters, an example, what to write.

One Markdown file per code holds both languages (``codes/SIBnnn.md``); ``sib explain`` prints a page
and ``docs/codes.md`` is made of all of them.
"""

import re
from importlib.resources import files
from typing import Final

from sibdsl.diagnostics import Severity
from sibdsl.frozen import frozen
from sibdsl.numerals import Language

LANGUAGE_HEADINGS: Final[dict[Language, str]] = {"en": "English", "fr": "Français"}
SECTIONS: Final[dict[Language, tuple[str, ...]]] = {
    "en": ("What it finds", "Why it matters", "Example", "Instead"),
    "fr": ("Ce qui est constaté", "Pourquoi c'est important", "Exemple", "À écrire plutôt"),
}
_HEAD: Final = re.compile(
    r"# (?P<code>SIB[0-9]{3}) (?P<slug>[a-z0-9-]+)\nseverity: (?P<severity>error|warning|note)\n"
)
_CODE: Final = re.compile(r"(?:SIB)?([0-9]{3})", re.IGNORECASE)


@frozen
class Page:
    """What is to be known of a code; ``texts`` is Markdown, by language."""

    code: str
    slug: str
    severity: Severity
    texts: dict[Language, str]


def read_page(text: str) -> Page:
    """A page from its Markdown. ValueError where a heading or a section is missing."""
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"a page begins '# SIBnnn slug' and 'severity: …', not {text[:60]!r}")
    texts: dict[Language, str] = {}
    for language, heading in LANGUAGE_HEADINGS.items():
        _, found, after = text.partition(f"\n## {heading}\n")
        body = after.partition("\n## ")[0].strip("\n") + "\n"
        missing = [name for name in SECTIONS[language] if f"### {name}\n" not in body]
        if not found or missing:
            raise ValueError(f"{head['code']}: no {missing or heading}")
        texts[language] = body
    return Page(head["code"], head["slug"], Severity(head["severity"]), texts)


def find_page(code: str) -> Page | None:
    """The page of a code, written ``SIB301``, ``sib301`` or ``301``; None if there is none."""
    found = _CODE.fullmatch(code.strip())
    if found is None:
        return None
    file = files("sibdsl.messages").joinpath("codes", f"SIB{found[1]}.md")
    return read_page(file.read_text(encoding="utf-8")) if file.is_file() else None


def all_pages() -> tuple[Page, ...]:
    """Every page, in the order of the codes."""
    folder = files("sibdsl.messages").joinpath("codes")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".md"))
    return tuple(read_page(folder.joinpath(name).read_text(encoding="utf-8")) for name in names)
