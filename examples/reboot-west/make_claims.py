"""Write claims.csv, participants.csv and results.csv of this folder, the same bytes every time.

The evaluation of Reboot West (INDIGO POJ-0121; Department for Education, 2023) publishes, for each
of the 23 outcomes, how many people achieved it and how much was paid. Amount divided by price is
the number of paid claims, a whole number in all 23 cases. Who claimed what on which day is not
published, so this script spreads the published numbers over 241 invented participants:

* the people of an outcome follow one another from the first of its group, so that the people of a
  later step of a chain are always among those of the step before it;
* claims beyond one per person go round the same people again, one quarter or more later;
* days are counted from an invented first day of each participant.

Run it as ``python examples/reboot-west/make_claims.py``; it reads nothing.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

PARTICIPANTS = 241
FIRST_START = date(2018, 10, 8)
LAST_STARTS_AFTER = 540  # days over which people join
NEXT_QUARTER = timedelta(days=95)  # longer than any quarter, so a repeat is never in the same one


class Published(NamedTuple):
    """One line of the published table: outcome, people, paid claims (amount paid / price)."""

    outcome: str
    people: int
    claims: int
    first_participant: int
    days_after_start: int


TABLE = (
    Published("Agrees education/training is right for them", 231, 527, 1, 20),
    Published("Has at least 1 consistent relationship", 225, 453, 1, 25),
    Published("Feels safe", 230, 482, 1, 30),
    Published("Managing accommodation and costs", 227, 466, 1, 40),
    Published("Self-determined outcome / SLN screening / Money management", 136, 202, 1, 60),
    Published("Begins education/training course", 132, 145, 31, 70),
    Published("Completes 25% of course", 109, 121, 31, 120),
    Published("Completes 50% of course", 94, 106, 31, 180),
    Published("Obtains level 1 qualification", 41, 43, 31, 240),
    Published("Obtains level 2 qualification", 33, 33, 72, 280),
    Published("Obtains level 3 qualification", 10, 11, 105, 400),
    Published("Begins higher education", 10, 10, 115, 90),
    Published("Completes 1 year of higher education", 4, 4, 115, 400),
    Published("Completes 2 years of higher education", 2, 2, 115, 765),
    Published("Completes higher education course", 3, 3, 119, 700),
    Published("Enters work experience / volunteering", 29, 29, 130, 100),
    Published("Completes 1 week of work experience / volunteering", 19, 19, 130, 107),
    Published("Completes 4 weeks of work experience / volunteering", 6, 6, 130, 135),
    Published("Enters employment", 126, 126, 110, 150),
    Published("Earns £768", 114, 114, 110, 180),
    Published("Earns £1,631", 102, 102, 110, 215),
    Published("Earns £3,350", 73, 73, 110, 290),
    Published("Earns £8,155", 41, 41, 110, 480),
)


def participant(number: int) -> str:
    """The identifier of a participant: RW001 to RW241."""
    return f"RW{number:03d}"


def start(number: int) -> date:
    """The invented first day of a participant."""
    return FIRST_START + timedelta(days=number * 89 % LAST_STARTS_AFTER)


def claims_of(line: Published) -> Iterator[tuple[str, str, str]]:
    """Every claim of one published line: participant, outcome, day."""
    for turn in range(line.claims):
        number = line.first_participant + turn % line.people
        day = start(number) + timedelta(days=line.days_after_start)
        day += turn // line.people * NEXT_QUARTER
        yield participant(number), line.outcome, day.isoformat()


def quarters() -> Iterator[str]:
    """The names of the seventeen quarters, December 2018 to December 2022."""
    return (f"Quarter {number}" for number in range(1, 18))


def write(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write one CSV file beside this script, comma-separated, lines ended by a line feed."""
    with (Path(__file__).parent / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Write the three files."""
    claims = sorted(
        (claim for line in TABLE for claim in claims_of(line)), key=lambda row: (row[2], row[0])
    )
    people = range(1, PARTICIPANTS + 1)
    write("claims.csv", ("participant", "outcome", "date"), claims)
    write(
        "participants.csv",
        ("participant", "class", "started on"),
        ((participant(number), "care leaver", start(number).isoformat()) for number in people),
    )
    write(
        "results.csv",
        ("measure", "evaluation", "value"),
        (("Outcome Tariff", quarter, "complete") for quarter in quarters()),
    )


if __name__ == "__main__":
    main()
