"""The page of all the words, side by side, from the files of the grammar.

``python -m tests.regenerate`` writes it; a test holds it to the grammar.
"""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "words.md"
_HEAD = """\
# All the words

Every keyword, in English and in French, in the order of the reference. Where a word has several forms they read the same. `#`
stands for a digit. Made from `grammar/` by `python -m tests.regenerate`.

Tous les mots du langage, en regard. Les formes d'une même case se valent ; `#` tient lieu d'un chiffre.
"""


def page() -> str:
    """The page as the grammar has it now."""
    english, french = (sections(name) for name in ("english.lark", "french.lark"))
    lines = [_HEAD]
    for heading, terminals in english.items():
        lines += [f"## {heading}\n", "| English | français |", "|---|---|"]
        lines += [
            f"| {shown(terminals[name])} | {shown(french[heading][name])} |" for name in terminals
        ]
        lines.append("")
    return "\n".join(lines)


def sections(name: str) -> dict[str, dict[str, list[str]]]:
    """The spellings of each terminal, by the heading under which it stands."""
    found: dict[str, dict[str, list[str]]] = {}
    heading = ""
    for line in (ROOT / "grammar" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("// ") and not line.endswith((".", ",")) and len(line) < 60:
            heading = line.removeprefix("// ")
        terminal, _, spellings = line.partition(": ")
        if re.fullmatch("[A-Z_]+", terminal) and spellings.startswith('"'):
            found.setdefault(heading, {})[terminal] = re.findall(r'"([^"]*)"', spellings)
    return found


def shown(spellings: list[str]) -> str:
    return ", ".join(f"`{spelling}`" for spelling in spellings)


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
