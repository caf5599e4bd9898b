"""Two versions of a contract of 200 lines compared, against reading, checking and running both.

``python -m benchmarks.review`` prints ratios only: how many times as long the comparison takes, the
texts alone and with the search for effects, as loading both versions and holding each to its worked
examples. Medians of pairs timed one right after the other.
"""

from collections.abc import Callable
from pathlib import Path
from statistics import median

import sibdsl
from benchmarks.parse import seconds

CONTRACT = Path(__file__).parent.parent / "examples" / "newpin" / "contract.sib"
ROUNDS = 7
CLAUSES = """
measure Extra {number} is a count, reported by Assessor
condition Reached {number}: Extra {number} is at least {people}
payment Bonus {number}
  New South Wales pays AUD {number}000 to Uniting
  when Reached {number}
  due 90 days after Year 7
"""


def versions() -> tuple[str, str]:
    """A published contract with ten payments more, and the same with a threshold and a row amended."""
    clauses = "".join(CLAUSES.format(number=n, people=50 + n) for n in range(1, 11))
    text = CONTRACT.read_text(encoding="utf-8") + clauses
    amended = text.replace("Extra 3 is at least 53", "Extra 3 is at least 58")
    return text, amended.replace("from 65%: 12%", "from 65%: 12.5%")


def ratio(ours: Callable[[], object], theirs: Callable[[], object]) -> float:
    """How many times as long as theirs ours takes."""
    return median(seconds(ours) / seconds(theirs) for _ in range(ROUNDS))


def main() -> None:
    """Print how many times as long a comparison takes, texts alone and with effects."""
    old_text, new_text = versions()
    old, new = sibdsl.parse(old_text), sibdsl.parse(new_text)
    lines = new_text.count("\n")

    def both() -> None:
        sibdsl.parse(old_text)
        sibdsl.parse(new_text)

    texts = ratio(lambda: sibdsl.diff(old, new, effects=False), both)
    whole = ratio(lambda: sibdsl.diff(old, new), both)
    print(f"{lines} lines, the texts compared, against reading and checking both  {texts:.2f}")
    print(f"{lines} lines, with the search for effects                            {whole:.2f}")


if __name__ == "__main__":
    main()
