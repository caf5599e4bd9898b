"""How the work for one payment, row or claim grows with their number: by 1.0 where all is linear.

``python -m benchmarks.growth`` prints ratios only: processor time for one of many over that for one
of a tenth as many, the median of pairs in one process, and the memory kept for one.
"""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

import sibdsl
from sibdsl.dates import add_months

ROUNDS = 3
CARD = Path(__file__).parent.parent / "examples" / "innovation-fund" / "contract.sib"
START = date(2012, 4, 2)
HEAD = """sibdsl 1 en
contract "Many payments"
currency EUR
term from 2010-01-01 to 2040-12-31
party Ministry is outcome payer
party Fund is investor
party Assessor is evaluator
funding Fund provides EUR 1,000,000 to Ministry on 2010-01-01
cap Ministry: EUR 5,000,000
"""


def contract(payments: int) -> str:
    """Ten payments at each month, so many in all, under one cap."""
    last = add_months(date(2010, 1, 15), payments // 10 - 1)
    lines = [
        f"evaluations Month monthly from 2010-01-15 to {last}",
        "measure People is a count at each Month, reported by Assessor",
    ]
    for letter in "ABCDEFGHIJ":
        lines += [
            f"payment Fee {letter}x at each Month",
            "  Ministry pays EUR 100 * People to Fund",
            "  due 30 days after evaluation",
        ]
    return HEAD + "\n".join(lines)


def checked(payments: int) -> Callable[[], object]:
    """Reading, checking and lowering of a contract."""
    text = contract(payments)
    return lambda: sibdsl.parse(text)


def pending(payments: int) -> Callable[[], object]:
    """A determination with every reason, of which every second evaluation is reported."""
    parsed = sibdsl.parse(contract(payments))
    rows = [
        {"measure": "People", "evaluation": f"Month {at}", "value": at}
        for at in range(1, payments // 10, 2)
    ]
    return lambda: parsed.evaluate(rows)


def reported(rows: int) -> Callable[[], object]:
    """Results of which each is reported again and again, provisionally."""
    parsed = sibdsl.parse(contract(1_000))

    def sheet() -> Iterator[dict[str, object]]:
        for at in range(rows):
            again, month = divmod(at, 100)
            yield {
                "measure": "People",
                "evaluation": f"Month {month + 1}",
                "value": at % 1000,
                "status": "provisional",
                "reported on": date(2012, 1, 1) + timedelta(again),
            }

    return lambda: parsed.evaluate(sheet())


def claimed(claims: int) -> Callable[[], object]:
    """Claims of many people on a rate card with limits, requirements and a cap for each person."""
    parsed = sibdsl.load(CARD)
    card = parsed.plan.cards[0]
    outcomes = [tariff.outcome for tariff in card.tariffs[:-1]]
    rows = [
        {"measure": card.name, "evaluation": parsed.plan.evaluations[at].name, "value": "complete"}
        for at in card.evaluations
    ]

    def sheet() -> Iterator[dict[str, object]]:
        for at in range(claims):
            person, outcome = divmod(at, len(outcomes))
            yield {
                "participant": f"P{person}",
                "outcome": outcomes[outcome],
                "date": START + timedelta((person * 7 + outcome * 31) % 1290),
            }

    return lambda: parsed.evaluate(rows, claims=sheet())


def processor_time(work: Callable[[], object]) -> float:
    """How long one call takes this process."""
    gc.collect()
    began = process_time()
    work()
    return process_time() - began


def peak(work: Callable[[], object]) -> int:
    """The most memory in use while it runs, in bytes."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


CASES = {
    "check, payments": (checked, 1_000),
    "determination half pending, payments": (pending, 1_000),
    "results, rows": (reported, 50_000),
    "claims": (claimed, 50_000),
}


def main() -> None:
    """Print for each kind how much more one of many takes than one of a tenth as many."""
    for name, (make, many) in CASES.items():
        few = many // 10
        small, large = make(few), make(many)
        small()  # what is read or made once, on the first use, is no growth
        pairs = [(processor_time(small), processor_time(large)) for _ in range(ROUNDS)]
        growth = median(large_ / small_ for small_, large_ in pairs) * few / many
        kept = (peak(large) - peak(small)) / (many - few)
        print(f"{name}, {many:,} against {few:,}: {growth:.2f}; peak of {kept:,.0f} bytes for one")


if __name__ == "__main__":
    main()
