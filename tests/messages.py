"""Makes what is generated from the messages: ``python -m tests.messages`` rewrites it.

``sibdsl/messages/french.mo`` from the catalogues ``french/*.po``, and ``docs/codes.md`` from the pages
of the codes. Both are committed; tests/test_messages.py holds them fresh.
"""

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sibdsl.messages.pages import Page, all_pages

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "sibdsl"
CATALOGUES = PACKAGE / "messages" / "french"
COMPILED = PACKAGE / "messages" / "french.mo"
COMMAND_LINE = PACKAGE / "messages" / "command_line" / "fr" / "LC_MESSAGES" / "sib.po"
CODES = ROOT / "docs" / "codes.md"
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class _Bare(Catalog):
    """A catalogue that says of itself only what is read: no date, and no version of the compiler."""

    @property  # type: ignore[misc]  # nobody sets it
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Language", "fr"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Plural-Forms", "nplurals=2; plural=(n > 1);"),
        ]


def compiled() -> bytes:
    """The catalogues as one: entries in the order of the templates, so that bytes repeat."""
    together = _Bare(locale="fr", fuzzy=False)
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="fr", abort_invalid=True):
                if entry.id and entry.string:
                    together.add(entry.id, typeset(str(entry.string)))
    written = io.BytesIO()
    write_mo(written, together)
    return written.getvalue()


def command_line() -> Catalog:
    """The French of the command line: of click's own texts and of ours, under their English."""
    with COMMAND_LINE.open("rb") as file:
        return read_po(file, locale="fr", abort_invalid=True)


def compiled_command_line() -> bytes:
    """What gettext reads when help or a usage error is shown to a reader of French."""
    together = _Bare(locale="fr", fuzzy=False)
    for entry in command_line():
        if entry.id:
            strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            said = tuple(typeset(str(string)) for string in strings)
            together.add(entry.id, said if isinstance(entry.string, tuple) else said[0])
    written = io.BytesIO()
    write_mo(written, together)
    return written.getvalue()


def typeset(french: str) -> str:
    """No-break spaces where French wants them, so that translators need not type them.

    As in *Lexique des règles typographiques en usage à l'Imprimerie nationale*: inside the quotation
    marks, before the colon and the percent sign; narrow before the semicolon, ! and ?.
    """
    spaced = french.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    spaced = re.sub(r" (?=[:%](?!\w))", "\u00a0", spaced)
    return re.sub(r" (?=[;?!])", "\u202f", spaced)


def translations() -> Iterator[tuple[str, str, str]]:
    """Each translated template: the catalogue's name, the English, the French."""
    for path in sorted(CATALOGUES.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="fr", abort_invalid=True):
                if entry.id:
                    yield path.name, str(entry.id), typeset(str(entry.string))


def templates() -> Iterator[tuple[str, str]]:
    """Each template written in the code, as ``message("…")``, with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="message"), args=[ast.Constant(str(text)), *_]):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", text


def codes() -> str:
    """docs/codes.md: every page, English then French, under the code's heading."""
    pages = all_pages()
    table = "\n".join(
        f"| [{page.code}](#{page.code.lower()}-{page.slug}) | {page.severity.value} | {page.slug} |"
        for page in pages
    )
    head = (
        "# Findings, by code\n\n"
        "What `sib check`, `sib run` and `sib test` may say. `sib explain CODE` prints one of these\n"
        "pages. A code never changes its meaning and is never used again.\n\n"
        f"| code | severity | name |\n|---|---|---|\n{table}\n"
    )
    return head + "".join(map(section, pages))


def section(page: Page) -> str:
    english, french = page.texts["en"], page.texts["fr"]
    return f"\n## {page.code} {page.slug}\n\n{english}\n{french}"


def main() -> None:
    COMPILED.write_bytes(compiled())
    COMMAND_LINE.with_suffix(".mo").write_bytes(compiled_command_line())
    CODES.parent.mkdir(exist_ok=True)
    CODES.write_text(codes(), encoding="utf-8")


if __name__ == "__main__":
    main()
