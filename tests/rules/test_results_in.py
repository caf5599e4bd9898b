"""Results: what is read, what is refused, corrections and earlier days, through the API."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

import sibdsl
from tests.rules.running import Row, came_to, contract, refused, run, values

F = Fraction
PAY = "payment P\n the City pays Cost to Fund\n due 2024-01-01"
REPORTED = "measure Places is a count at each Year, reported by Assessor"
START = "measure Start is a date"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("Jbs", "Year 1", 5), "SIB610"),  # an unknown measure
        (("Jobs", "", 5), "SIB611"),  # a missing evaluation
        (("Jobs", "Year 4", 5), "SIB612"),
        (("Jobs", "Final", 5), "SIB613"),
        (("Cost", "Year 1", 5), "SIB613"),  # not empty for a measure without evaluations
        (("Jobs", "Year 1", "5%"), "SIB615"),  # a wrong unit
        (("Cost", "", "EUR 5"), "SIB615"),
        (("Cost", "", "5%"), "SIB615"),
        (("Done", "", "1"), "SIB615"),
        (("Jobs", "Year 1", "5.0"), "SIB617"),  # a count with decimals
        (("Jobs", "Year 1", "-5"), "SIB617"),
        (("Jobs", "Year 1", ""), "SIB614"),  # an empty cell that should be a value
        (("Jobs", "Year 1", None), "SIB614"),
        (("Places", "Year 1", 5, "", "City"), "SIB623"),  # not the party named in the contract
        (("Start", "", "2031-01-01"), "SIB625"),  # a date outside the term
        (("Start", "", "2019-12-31"), "SIB625"),
        (("Rate", "Year 1", "61"), "SIB616"),  # a bare percentage
        (("Rate", "Year 1", "0.61"), "SIB616"),
        (("Rate", "Year 1", Decimal("0.61")), "SIB616"),
        (("Rate", "Year 1", 0.61), "SIB619"),
        (("evaluation", "Year 1", "postponed"), "SIB627"),
    ],
)
def test_a_row_that_is_wrong_is_refused(row: Row, code: str) -> None:
    """“Refused with file, row and cell: an unknown measure, a missing evaluation, a wrong unit, a
    count with decimals, an empty cell that should be a value, a value from a party that is not the
    one named in the contract, …, a date outside the term”."""
    assert [said.split()[0] for said in refused(REPORTED, START, results=[row])] == [code]


def test_a_duplicate_without_a_correction_is_refused() -> None:
    """“a duplicate without a correction”."""
    first: Row = ("Cost", "", 5, "final", "", "2022-01-01")
    again: Row = ("Cost", "", 6, "final", "", "2022-02-01")
    mended: Row = ("Cost", "", 6, "correction", "", "2022-02-01")
    assert [said.split()[0] for said in refused(PAY, results=[first, again])] == ["SIB622"]
    assert [said.split()[0] for said in refused(PAY, results=[first, first])] == ["SIB622"]
    assert came_to(run(PAY, results=[mended, first])) == ["P: 6.00"]
    assert [said.split()[0] for said in refused(PAY, results=[mended])] == ["SIB626"]


def test_every_finding_names_its_file_row_and_cell() -> None:
    """“Refused with file, row and cell”."""
    with pytest.raises(sibdsl.ContractError) as error:
        contract().evaluate([("Jbs", "Year 1", 5), ("Rate", "Year 1", "61")])
    assert "row 1, column ‘measure’" in str(error.value)
    assert "row 2, column ‘value’" in str(error.value)


def test_nothing_is_ever_read_as_zero() -> None:
    """“Nothing is ever read as zero”: no row is unknown, an empty cell is refused."""
    assert came_to(run(PAY)) == ["P: pending 0.00"]
    assert [said.split()[0] for said in refused(PAY, results=[("Cost", "", " ")])] == ["SIB614"]
    assert came_to(run(PAY, results=[("Cost", "", 0)])) == ["P: not due 0.00"]


def test_a_percentage_carries_its_sign_or_is_a_fraction() -> None:
    """“A percentage carries % (text in JSON) or is a fraction”."""
    for written in ("61.5%", "123/200", F(123, 200)):
        assert values(run("X means 2 * Share", results=[("Share", "", written)]), "X") == [
            F("1.23")
        ]


def test_as_of_ignores_what_was_reported_later() -> None:
    """“--as-of DATE ignores what was reported later, so an old determination can be made again”."""
    rows: list[Row] = [
        ("Cost", "", 5, "provisional", "", "2022-01-01"),
        ("Cost", "", 6, "final", "", "2022-02-01"),
        ("Cost", "", 7, "correction", "", "2022-03-01"),
    ]
    on = {
        "2021-12-31": "P: pending 0.00",
        "2022-01-01": "P: 5.00",
        "2022-01-31": "P: 5.00",
        "2022-02-01": "P: 6.00",
        "2022-03-01": "P: 7.00",
    }
    for day, line in on.items():
        assert came_to(run(PAY, results=rows, as_of=date.fromisoformat(day))) == [line]
    old = run(PAY, results=rows, as_of=date(2022, 1, 31))
    assert old.results_digest == run(PAY, results=rows[:1]).results_digest
    assert old.payments[0].provisional


def test_not_available_is_undefined_for_good() -> None:
    """“Status not available makes a value undefined for good”."""
    gone: Row = ("Cost", "", "", "not available", "", "2022-01-01")
    late: Row = ("Cost", "", 5, "final", "", "2022-02-01")
    assert came_to(run(PAY, results=[gone])) == ["P: undefined 0.00"]
    assert [said.split()[0] for said in refused(PAY, results=[gone, late])] == ["SIB622"]


def test_the_rounding_of_a_measure_is_part_of_it() -> None:
    """“rounded down to 1%, rounded half up to 0.1% is part of the measure”."""
    means = "condition Good: Uptake is at least 3%"
    down = "measure Uptake is a percentage, rounded down to 1%"
    near = "measure Uptake is a percentage, rounded half up to 1%"
    rows: list[Row] = [("Uptake", "", "2.9%")]
    assert values(run(down, means, results=rows), "Good") == [False]
    assert values(run(near, means, results=rows), "Good") == [True]


def test_several_reporters_may_be_named() -> None:
    """“a value from a party that is not the one named in the contract”: any of those named may."""
    both = "measure Places is a count, reported by Assessor and Charity"
    for who in ("Assessor", "Charity", ""):
        assert refused(both, results=[("Places", "", 5, "", who)]) == []
    assert refused(both, results=[("Places", "", 5, "", "Fund")]) != []


def test_a_corrected_result_makes_a_new_determination() -> None:
    """“A corrected result makes a new determination”: the results' digest tells the two apart."""
    first: Row = ("Cost", "", 5, "final", "", "2022-01-01")
    mended: Row = ("Cost", "", 6, "correction", "", "2022-02-01")
    old, new = run(PAY, results=[first]), run(PAY, results=[first, mended])
    assert old.contract_digest == new.contract_digest
    assert old.results_digest != new.results_digest
