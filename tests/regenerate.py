"""Writes every generated file again: ``python -m tests.regenerate``; then read the diff.

``grammar/tables.json`` and ``docs/words.md`` from the grammar, and what ``tests.messages`` makes from the messages. The
golden outputs are rewritten by pytest, since a run of the tests is what makes them.
"""

from pathlib import Path

from sibdsl.syntax.generate import as_json, build
from sibdsl.syntax.table import TABLES_FILE, sources
from tests import messages, words

TABLES = Path(__file__).parent.parent / "grammar" / TABLES_FILE


def main() -> None:
    TABLES.write_text(as_json(build(sources())), encoding="utf-8")
    messages.main()
    words.main()


if __name__ == "__main__":
    main()
