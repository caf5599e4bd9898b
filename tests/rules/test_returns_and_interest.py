"""Return caps, interest and indexation against figures worked out by hand."""

from fractions import Fraction

import pytest

from tests.rules.running import Row, came_to, errors, parts, run, value, values

F = Fraction

INTEREST = "interest on GBP 1,000 at a rate of 6% per year, {}, from {} to {}"


@pytest.mark.parametrize(
    ("count", "start", "end", "years"),
    [
        # 31 days of January, 29 of February 2024
        ("actual/365", "2024-01-01", "2024-03-01", F(60, 365)),
        ("actual/360", "2024-01-01", "2024-03-01", F(60, 360)),
        ("30/360", "2024-01-01", "2024-03-01", F(60, 360)),
        ("30E/360", "2024-01-01", "2024-03-01", F(60, 360)),
        ("actual/actual", "2024-01-01", "2024-03-01", F(60, 366)),
        # the bond basis keeps the 31st after a start before the 30th; the Eurobond basis does not
        ("30/360", "2024-01-15", "2024-03-31", F(76, 360)),
        ("30E/360", "2024-01-15", "2024-03-31", F(75, 360)),
        ("30/360", "2024-01-31", "2024-03-31", F(60, 360)),
        # a year is over 1 in a leap year by actual/365, and just 1 by actual/actual
        ("actual/365", "2024-01-01", "2025-01-01", F(366, 365)),
        ("actual/actual", "2024-01-01", "2025-01-01", F(1)),
        # half in a common year, half in a leap year: 184 of 365 from July, 182 of 366 to 1 July
        ("actual/actual", "2023-07-01", "2024-07-01", F(184, 365) + F(182, 366)),
        # from a day to itself no day has run
        ("actual/365", "2024-01-01", "2024-01-01", F(0)),
    ],
)
def test_plain_interest_in_all_five_day_counts(
    count: str, start: str, end: str, years: Fraction
) -> None:
    """“plain interest is A × R × year fraction”; “Interest counts days from the first date to the second, the first excluded”."""
    assert value(INTEREST.format(count, start, end)) == 60 * years


@pytest.mark.parametrize(
    ("count", "broken"),
    [
        # from 1 January 2025 to 1 March 2025 are 31 + 28 days
        ("actual/365", F(59, 365)),
        ("actual/360", F(59, 360)),
        ("30/360", F(60, 360)),
        ("30E/360", F(60, 360)),
        ("actual/actual", F(59, 365)),
    ],
)
def test_compounded_interest_has_its_broken_year_by_the_day_count(
    count: str, broken: Fraction
) -> None:
    """“Compounded interest grows so, its broken year by the stated day count”: three full years."""
    written = INTEREST.format(count, "2022-01-01", "2025-03-01").replace(
        "per year", "per year compounded yearly"
    )
    assert value(written) == 1000 * (F("1.06") ** 3 * (1 + F("0.06") * broken) - 1)


def test_the_day_count_is_always_said() -> None:
    """“the drafter must say which”."""
    said = INTEREST.format("actual/365", "2022-01-01", "2023-01-01")
    assert errors(f"X means {said}") == []
    assert errors(f"X means {said.replace(', actual/365', '')}") != []


def test_the_days_of_interest_are_dates_terms_or_evaluation_dates() -> None:
    """“D1 and D2 are dates, terms, evaluation date, or in brackets”."""
    rows: list[Row] = [("Jobs", f"Year {year}", 1) for year in (1, 2, 3)]
    found = run(
        "Start means 2021-06-30",
        "X means interest on GBP 365 * Jobs at a rate of 10% per year, actual/365, from Start to evaluation date",
        "Y means interest on GBP 365 * Jobs at a rate of 10% per year, actual/365, from (Start + 1 year) to (evaluation date + 1 day)",
        results=rows,
    )
    assert values(found, "X") == [0, F("36.5"), 73]
    # to 1 July 2021: before it starts; from 30 June to 1 July 2022: one day; a year later 366
    assert values(found, "Y") == [0, F("0.1"), F("36.6")]


def test_interest_is_exact_until_it_falls_due() -> None:
    """“All arithmetic is exact”: 5,000,000 at 3% for 2,513 days is 1,032,739.726…, as in the Peterborough contract."""
    found = run(
        "payment P\n the City pays GBP 5,000,000 + interest on GBP 5,000,000 at a rate of 3% per year, actual/365, from 2010-09-09 to 2017-07-27\n to Fund\n due 2025-01-01"
    )
    assert came_to(found) == ["P: 6032739.73"]
    assert found.payments[0].gross == 5_000_000 + F(5_000_000 * 3 * 2513, 100 * 365)


def test_indexation_rises_once_for_each_full_year_to_the_evaluation_date() -> None:
    """“A indexed by R per year from D is A × (1+R)^n for the n full years to the evaluation date”."""
    rows: list[Row] = [("Jobs", f"Year {year}", 1) for year in (1, 2, 3)]

    def indexed(start: str) -> list[object]:
        means = f"X means Jobs * (GBP 100 indexed by 2% per year from {start})"
        return values(run(means, results=rows), "X")

    assert indexed("2020-06-30") == [102, F("104.04"), F("106.1208")]
    assert indexed("2020-07-01") == [100, 102, F("104.04")]
    assert indexed("2022-06-30") == [100, 100, 102]


# Return caps

PUT = "funding Fund provides GBP {} to Charity on {}"
PAID = "payment {}\n the City pays GBP 5,000 to {}\n due {}"
CAP = "cap return of Fund: 10% per year"


def test_growth_is_by_full_years_and_a_straight_broken_year() -> None:
    """“Growth from day a to day b at R is × (1+R)^n for the n full years from a, then × (1 + R × d/365) for the d days left”.

    1,000 from 1 March 2022 to 1 March 2024 is 1,210; 73 days more, a fifth of a year, × 1.02: 1,234.20.
    """
    lines = (PUT.format("1,000", "2022-03-01"), CAP)
    assert came_to(run(*lines, PAID.format("P", "Fund", "2024-03-01"))) == ["P: 1210.00"]
    assert came_to(run(*lines, PAID.format("P", "Fund", "2024-05-13"))) == ["P: 1234.20"]
    # One day short of two years: 1,100 × (1 + 0.1 × 365/365), for 2024 has a 29 February.
    assert came_to(run(*lines, PAID.format("P", "Fund", "2024-02-29"))) == ["P: 1210.00"]


def test_earlier_payments_are_taken_off_grown_and_own_payments_added_grown() -> None:
    """“the headroom is X's funding and X's own payments up to t, grown to t, less earlier payments to X grown to t”.

    On 1 January 2025: 1,000 put in 2022 is 1,331; 200 put in 2024 is 220; 100 paid back by Fund in
    2023 is 121; 300 received in 2024 is 330. 1,331 + 220 + 121 − 330 = 1,342.
    """
    found = run(
        PUT.format("1,000", "2022-01-01"),
        PUT.format("200", "2024-01-01"),
        "payment Back\n the Fund pays GBP 100 to City\n due 2023-01-01",
        "payment Early\n the City pays GBP 300 to Fund\n due 2024-01-01",
        PAID.format("Late", "Fund", "2025-01-01"),
        CAP,
    )
    assert came_to(found) == ["Back: 100.00", "Early: 300.00", "Late: 1342.00"]


def test_funding_of_a_later_day_is_not_yet_counted() -> None:
    """“X's funding … up to t”."""
    lines = (PUT.format("100", "2022-01-01"), PUT.format("100", "2023-01-02"), CAP)
    assert came_to(run(*lines, PAID.format("P", "Fund", "2023-01-01"))) == ["P: 110.00"]
    # The second 100 came that very day: 110 × (1 + 0.1/365) + 100, pence cut off.
    assert came_to(run(*lines, PAID.format("P", "Fund", "2023-01-02"))) == ["P: 210.03"]


def test_what_the_return_cap_cuts_is_never_made_up() -> None:
    """“what the cap cuts is never made up”: once at the cap, the next payment starts from nil."""
    lines = (
        PUT.format("1,000", "2022-01-01"),
        PAID.format("One", "Fund", "2023-01-01"),
        PAID.format("Two", "Fund", "2024-01-01"),
        CAP,
    )
    assert came_to(run(*lines)) == ["One: 1100.00", "Two: not due 0.00"]


def test_the_books_of_a_return_cap_close_on_the_day_of_the_last_money() -> None:
    """A broken year grows in a straight line, so growth in two stretches passes growth in one.

    All that half a year allows was paid then. Grown on to the day of a later
    payment of nothing it would pass what that day allows, and a cap would seem to be broken.
    """
    lines = (
        PUT.format("1,000", "2022-01-01"),
        PAID.format("One", "Fund", "2022-07-02"),
        "payment Two\n the City pays GBP 0 to Fund\n due 2022-12-31",
        CAP,
    )
    (books,) = run(*lines).caps
    assert (books.limit, books.used, books.headroom) == (
        1000 * (1 + Fraction(182, 3650)),
        Fraction("1049.86"),
        1000 * (1 + Fraction(182, 3650)) - Fraction("1049.86"),
    )


def test_a_group_under_a_return_cap_counts_as_one() -> None:
    """“a group counts as one”: Trust's 300 give Fund headroom under the cap of both."""
    found = run(
        "group Both is Fund 50%, Trust 50%",
        PUT.format("100", "2022-01-01"),
        "funding Trust provides GBP 300 to Charity on 2022-01-01",
        PAID.format("P", "Both", "2023-01-01"),
        "cap return of Both: 10% per year",
    )
    assert parts(found.payments[0]) == ["City to Fund: 220.00", "City to Trust: 220.00"]


def test_a_members_own_return_cap_cuts_its_part() -> None:
    """“a member's own caps”: funding of a group is its members' by their shares."""
    found = run(
        "group Both is Fund 25%, Trust 75%",
        "funding Both provide GBP 400 to Charity on 2022-01-01",
        "payment P\n the City pays GBP 1,000 to Both\n due 2023-01-01",
        CAP,
    )
    assert parts(found.payments[0]) == ["City to Fund: 110.00", "City to Trust: 750.00"]


def test_a_return_cap_without_funding_is_refused() -> None:
    """“X without funding is refused”."""
    assert errors(PAID.format("P", "Fund", "2023-01-01"), CAP) != []


def test_the_rate_of_a_return_cap_may_be_measured() -> None:
    """“cap return of Investors: 13% per year”, by an expression as every cap is."""
    lines = (
        PUT.format("1,000", "2022-01-01"),
        PAID.format("P", "Fund", "2023-01-01"),
        "cap return of Fund: Share per year",
    )
    assert came_to(run(*lines, results=[("Share", "", "7%")])) == ["P: 1070.00"]
    assert came_to(run(*lines)) == ["P: pending 0.00"]
