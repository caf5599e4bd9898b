"""Reading a contract into its tree, against lark's own LALR parser with positions on the same words.

``python -m benchmarks.parse`` prints ratios only, each the median of pairs timed one right after the
other in one process: the speed of a machine says nothing about ours.

lark gets the same grammar, its contextual lexer and ``propagate_positions``; it makes lark's generic
tree, where ours makes typed nodes with exact values. Words of several parts become patterns.
"""

import gc
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time

from lark import Lark

from sibdsl.source import Source
from sibdsl.syntax.parse import parse
from sibdsl.syntax.table import sources, tables

LINES = (100, 1_000, 10_000)
ROUNDS = 7
EXAMPLE = Path(__file__).parent.parent / "examples" / "peterborough" / "contract.sib"
FORM = re.compile(r"^([A-Z_]+): /", re.MULTILINE)
WORDS = re.compile(r'^([A-Z_]+): (".*)$', re.MULTILINE)


def contract(lines: int) -> str:
    """So many lines: the statements of an example again and again, each time with new names."""
    body = EXAMPLE.read_text(encoding="utf-8").split("\n", 1)[1]
    text: list[str] = []
    while len(text) < lines:
        number = len(text)
        text.extend(body.replace("Cohort", f"Group{number} Cohort").splitlines())
    return "\n".join(text[:lines]).rsplit("\n\n", 1)[0] + "\n"


def peer() -> Lark:
    """The same rules and words in lark, forms before words as in our lexer."""
    places = {name: 100 - at for at, (name, _) in enumerate(tables().lexicons["en"].forms)}
    words = FORM.sub(lambda form: f"{form[1]}.{places[form[1]]}: /", sources()["en"])
    words = WORDS.sub(
        lambda line: f"{line[1]}: /{'|'.join(map(pattern, spelled(line[2])))}/", words
    )
    ignored = "%ignore /[\\s\\u00ad]+/\n%ignore /#[^\\n]*/\n"
    return Lark(
        f"{sources()['rules']}\n{words}\n{ignored}",
        parser="lalr",
        lexer="contextual",
        start="contract",
        maybe_placeholders=False,
        propagate_positions=True,
    )


def spelled(alternatives: str) -> list[str]:
    """The quoted phrases of a terminal, the longest first, as a regular expression needs them."""
    phrases: list[str] = re.findall(r'"([^"]*)"', alternatives)
    return sorted(phrases, key=len, reverse=True)


def pattern(phrase: str) -> str:
    """A phrase with any white space between its words and, after ``#``, a digit."""
    words = phrase.removesuffix(" #")
    written = r"\s+".join(re.escape(word).replace("/", r"\/") for word in words.split(" "))
    end = r"\b" if words[-1].isalpha() else ""
    return written + end + (r"(?=\s*\d)" if phrase != words else "")


def seconds(work: Callable[[], object]) -> float:
    """The processor time of one call, without garbage of the last one being collected in it.

    Processor time, because a busy machine takes the processor away from one of a pair and not the other.
    """
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def main() -> None:
    """Print the ratio at each size, and how the work for one line grows."""
    lark = peer()
    per_line: dict[int, float] = {}
    for lines in LINES:
        text = contract(lines)
        source = Source("x.sib", f"sibdsl 1 en\n{text}")
        assert parse(source).ok
        pairs = [
            (seconds(partial(lark.parse, text)), seconds(partial(parse, source)))
            for _ in range(ROUNDS)
        ]
        ratio = median(theirs / ours for theirs, ours in pairs)
        per_line[lines] = median(ours for _, ours in pairs) / text.count("\n")
        print(f"{lines:>7,} lines: lark takes {ratio:.2f} times as long")
    growth = per_line[LINES[-1]] / per_line[LINES[1]]
    print(f"a line of {LINES[-1]:,} takes {growth:.2f} times as long as a line of {LINES[1]:,}")


if __name__ == "__main__":
    main()
