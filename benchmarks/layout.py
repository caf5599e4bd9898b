"""Laying a contract out, against reading it: ``python -m benchmarks.layout`` prints ratios only.

``sib fmt`` reads a text, lays it out, reads what came of it and compares; all of that over one
reading, the median of pairs of processor time in one process.
"""

import gc
from collections.abc import Callable
from functools import partial
from statistics import median
from time import process_time

from benchmarks.parse import LINES, ROUNDS, contract
from sibdsl.source import Source
from sibdsl.syntax.format import format_source
from sibdsl.syntax.parse import parse


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes the processor, without garbage of the last one being collected in it."""
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def main() -> None:
    """Print the ratio at each size."""
    for lines in LINES:
        source = Source("x.sib", f"sibdsl 1 en\n{contract(lines)}")
        assert format_source(source).text is not None
        pairs = [
            (seconds(partial(format_source, source)), seconds(partial(parse, source)))
            for _ in range(ROUNDS)
        ]
        ratio = median(laid_out / read for laid_out, read in pairs)
        print(f"{lines:>7,} lines: laying out takes {ratio:.2f} times as long as reading")


if __name__ == "__main__":
    main()
