"""One evaluation of one rule, against the same rule written by hand in ``Decimal``.

``python -m benchmarks.evaluation`` prints ratios only, each the median of pairs timed one right after
the other in one process. Before that it holds every amount to the hand-written one: no wrong cent.

The rule (``rule.sib``): six interpolated tiers to the cent, a unit price with a ceiling, a threshold,
a cap, interest by actual/365, five instalments of which the last takes the residue.
"""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median

import sibdsl
from benchmarks.parse import seconds
from sibdsl.evaluate.evaluate import evaluate, evaluated_on
from sibdsl.plan.terms import Plan
from sibdsl.results.reported import Reported, Results, Status

RULE = Path(__file__).parent / "rule.sib"
ROUNDS = 15
CENT = Decimal("0.01")
NIL = Decimal(0)
TIERS = tuple(
    (Decimal(rate) / 100, Decimal(amount))
    for rate, amount in (
        (5, 100_000),
        (10, 250_000),
        (15, 400_000),
        (20, 500_000),
        (25, 575_000),
        (30, 600_000),
    )
)
DAYS = (date(2022, 12, 31) - date(2020, 1, 1)).days

Inputs = Sequence[tuple[Decimal, int]]


def by_hand(rate: Decimal, people: int) -> list[Decimal]:
    """The rule as a careful programmer writes it once, for this contract alone."""
    tier = TIERS[-1][1] if rate >= TIERS[-1][0] else NIL
    for (start, amount), (end, after) in pairwise(TIERS):
        if start <= rate < end:
            tier = amount + (after - amount) * (rate - start) / (end - start)
            break
    tier = tier.quantize(CENT, ROUND_HALF_EVEN)
    unit = min(Decimal("812.35") * people, Decimal(400_000))
    threshold = Decimal(50_000) if rate >= Decimal("0.08") else NIL
    outcome = min(tier + unit + threshold, Decimal(900_000))
    interest = outcome * Decimal("0.04") * DAYS / 365
    total = (outcome + interest).quantize(CENT, ROUND_HALF_EVEN)
    part = (total * Decimal("0.2")).quantize(CENT, ROUND_HALF_EVEN)
    left, due = Decimal(1_100_000), []
    for wanted in (part, part, part, part, total - 4 * part):
        amount = min(max(wanted, NIL), left)
        left -= amount
        due.append(amount)
    return due


def inputs() -> Inputs:
    """Every tenth of a point up to 35%, so every edge of a tier, with ever other numbers of people."""
    return [(Decimal(step) / 1000, step * 389 % 1500) for step in range(351)]


def results(rate: Decimal, people: int) -> Results:
    """The two measures, reported and final."""
    return Results(
        values={
            (0, 0): Reported(Fraction(rate), Status.FINAL),
            (1, 0): Reported(Fraction(people), Status.FINAL),
        }
    )


def interpreted(plan: Plan, given: Results) -> list[int]:
    """The amounts due in cents, by the interpreter."""
    settled = evaluated_on(plan, given).trace.settled
    return [
        int(each.whole.value * 100) for each in settled if isinstance(each.whole.value, Fraction)
    ]


def wrong_amounts(contract: sibdsl.Contract, rows: Inputs) -> int:
    """How many amounts of the compiled and of the interpreted contract are not those by hand."""
    fast = contract.fast()
    wrong = 0
    for rate, people in rows:
        expected = [int(amount * 100) for amount in by_hand(rate, people)]
        for found in (list(fast(rate, people)), interpreted(contract.plan, results(rate, people))):
            wrong += sum(one != other for one, other in zip(expected, found, strict=True))
    return wrong


def ratio(rows: Inputs, ours: Callable[[], object], done: int) -> float:
    """How many times as long a row takes us; ``ours`` does so many of them, the hand all."""
    pairs = [
        (seconds(ours), seconds(lambda: [by_hand(*row) for row in rows])) for _ in range(ROUNDS)
    ]
    return median(mine / theirs for mine, theirs in pairs) * len(rows) / done


def main() -> None:
    """Print how many times as long as by hand one evaluation takes, in each way there is."""
    contract = sibdsl.load(RULE)
    rows = inputs()
    some = rows[::8]
    given = [results(*row) for row in some]
    wrong = wrong_amounts(contract, rows)
    assert wrong == 0, f"{wrong} amounts are not those by hand"
    plan, fast = contract.plan, contract.fast()
    few = len(some)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "compiled, Contract.fast": (lambda: [fast(*row) for row in rows], len(rows)),
        "interpreted": (lambda: [evaluated_on(plan, each) for each in given], few),
        "a determination, first steps": (
            lambda: [evaluate(plan, each, reasons=False) for each in given],
            few,
        ),
        "a determination, every reason": (lambda: [evaluate(plan, each) for each in given], few),
    }
    print(f"{len(rows)} rows, no wrong cent")
    for name, (work, done) in ways.items():
        print(f"{name}: {ratio(rows, work, done):.2f} times Decimal by hand")


if __name__ == "__main__":
    main()
