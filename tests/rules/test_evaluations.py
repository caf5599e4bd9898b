"""Terms and evaluations: where things exist and what a total covers."""

from fractions import Fraction

from tests.rules.running import Row, came_to, errors, run, values

F = Fraction
JOBS: tuple[Row, ...] = (("Jobs", "Year 1", 10), ("Jobs", "Year 2", 20), ("Jobs", "Year 3", 30))


def test_single_evaluations_that_differ_in_their_last_number_make_a_series() -> None:
    """“so do single evaluations whose names differ only in their last number”."""
    found = run(
        "evaluation Cohort 1 on 2021-01-31",
        "evaluation Cohort 2 on 2022-01-31",
        "measure Leavers is a count at each Cohort",
        "All means total of Leavers",
        results=[("Leavers", "Cohort 1", 3), ("Leavers", "Cohort 2", 4)],
    )
    assert values(found, "All") == [7]


def test_any_other_evaluation_is_a_series_of_one() -> None:
    """“any other evaluation is a series of one”."""
    found = run("Sum means total of Score", results=[("Score", "Final", 5)])
    assert values(found, "Sum") == [5]


def test_a_term_exists_at_the_series_of_whatever_it_uses_bare() -> None:
    """“A term exists at the series of whatever it uses bare, and once if it uses nothing bare that has one”."""
    found = run(
        "Double means 2 * Jobs",
        "Once means Jobs at Year 2 + total of Jobs",
        results=JOBS,
    )
    assert values(found, "Double") == [20, 40, 60]
    assert values(found, "Once") == [80]


def test_what_exists_once_may_be_used_anywhere() -> None:
    """“What exists once may be used anywhere”."""
    found = run(
        "Most means highest of Jobs",
        "Part means Jobs / Most",
        "Weighted means Score * Most",
        results=[*JOBS, ("Score", "Final", 2)],
    )
    assert values(found, "Part") == [F(1, 3), F(2, 3), 1]
    assert values(found, "Weighted") == [60]


def test_bare_use_across_series_or_from_outside_any_is_refused() -> None:
    """“Bare use across series, or from outside any, is refused: write at NAME, total of, any of”."""
    assert errors("X means Score * Jobs") == ["SIB220 Jobs"]
    assert errors("payment P the City pays GBP 1 * Jobs to Fund due 2024-01-01") == ["SIB221 Jobs"]
    assert errors("X means Score * Jobs at Year 1", "Y means Score * total of Jobs") == []


def test_total_covers_every_evaluation_of_the_series_those_to_come_too() -> None:
    """“total of X covers every evaluation of the series, those to come too”."""
    assert values(run("All means total of Jobs", results=JOBS), "All") == [60]
    assert values(run("All means total of Jobs", results=JOBS[:2]), "All") == ["unknown"]


def test_to_date_includes_the_evaluation_at_hand_and_nothing_later() -> None:
    """“to date includes the evaluation at hand and nothing later”."""
    lines = (
        "Sum means Jobs + (total of Jobs to date - Jobs)",
        "Mean means average of Jobs to date + 0 * Jobs",
        "Low means (lowest of Jobs to date) + 0 * Jobs",
        "High means (highest of Jobs to date) + 0 * Jobs",
    )
    found = run(*lines, results=JOBS)
    assert values(found, "Sum") == [10, 30, 60]
    assert values(found, "Mean") == [10, 15, 20]
    assert values(found, "Low") == [10, 10, 10]
    assert values(found, "High") == [10, 20, 30]
    assert values(run(*lines, results=JOBS[:2]), "Sum") == [10, 30, "unknown"]


def test_to_date_counts_an_evaluation_of_another_series_on_the_same_day() -> None:
    """“to date includes the evaluation at hand”: by date, so also what is evaluated that day."""
    found = run(
        "evaluation Review on 2022-06-30",
        "measure Views is a number at Review",
        "X means Views + total of Jobs to date",
        results=[*JOBS[:2], ("Views", "Review", 1)],
    )
    assert values(found, "X") == [31]


def test_at_each_evaluation_only_where_there_is_one_series() -> None:
    """“at each evaluation is allowed only where there is one series”."""
    assert errors("measure Hours is a number at each evaluation") == ["SIB222 at each evaluation"]


def test_two_evaluations_of_a_series_share_no_date() -> None:
    """“two evaluations of a series share no date”."""
    twice = (
        "evaluation Cohort 1 on 2021-01-31",
        "evaluation Cohort 2 on 2021-01-31",
        "measure Leavers is a count at each Cohort",
    )
    assert [told.split()[0] for told in errors(*twice)] == ["SIB204"]


def test_a_term_may_use_itself_only_at_the_previous_evaluation() -> None:
    """“a term may use itself only at previous evaluation”."""
    found = run("Sum means (Sum at previous evaluation or else 0) + Jobs", results=JOBS)
    assert values(found, "Sum") == [10, 30, 60]
    assert errors("X means X + Jobs") == ["SIB227 X"]


def test_tests_over_a_series_cover_it_whole() -> None:
    """“all of (…), any of (…), at least 2 of (A; B; C), over names or over evaluations”."""
    lines = (
        "condition Many: Jobs is at least 20",
        "condition Any: any of Many",
        "condition All: all of Many",
        "condition Twice: at least 2 of Many",
        "condition Thrice: at least 3 of Many",
    )
    found = run(*lines, results=JOBS)
    assert [values(found, name) for name in ("Any", "All", "Twice", "Thrice")] == [
        [True],
        [False],
        [True],
        [False],
    ]
    early = run(*lines, results=JOBS[:2])
    assert [values(early, name) for name in ("Any", "All", "Twice", "Thrice")] == [
        [True],
        [False],
        ["unknown"],
        [False],
    ]


# Evaluations that are cancelled

CANCELLED: Row = ("evaluation", "Year 2", "cancelled")


def test_a_cancelled_evaluation_is_out_of_totals_averages_any_and_all() -> None:
    """“A row evaluation, cancelled takes that evaluation out of totals, averages, any of, all of; its payments are not due”."""
    found = run(
        "Sum means total of Jobs",
        "Mean means average of Jobs",
        "Low means lowest of Jobs",
        "condition Many: Jobs is at least 20",
        "condition Few: Jobs is less than 40",
        "condition Any: any of Many",
        "condition All: all of Few",
        "payment P at each Year\n the City pays GBP 1 * Jobs to Fund\n due 30 days after evaluation",
        results=[JOBS[0], CANCELLED, JOBS[2]],
    )
    assert [values(found, name) for name in ("Sum", "Mean", "Low", "Any", "All")] == [
        [40],
        [20],
        [10],
        [True],
        [True],
    ]
    assert came_to(found) == [
        "P at Year 1: 10.00",
        "P at Year 2: not due 0.00",
        "P at Year 3: 30.00",
    ]


def test_where_every_evaluation_is_cancelled_nothing_is_left_to_hold() -> None:
    """What would hold of all of none pays nothing: it is undefined. Of none, no one holds."""
    found = run(
        "condition Few: Jobs is less than 40",
        "condition All: all of Few",
        "condition Any: any of Few",
        "payment P\n the City pays GBP 5 to Fund\n when All\n due 2024-01-01",
        results=[("evaluation", f"Year {number}", "cancelled") for number in (1, 2, 3)],
    )
    assert values(found, "Any") == [False]
    assert came_to(found) == ["P: undefined 0.00"]


def test_results_already_reported_at_a_cancelled_evaluation_leave_totals_too() -> None:
    """“takes that evaluation out of totals”: whether or not anything was reported at it."""
    found = run("Sum means total of Jobs", results=[*JOBS, CANCELLED])
    assert values(found, "Sum") == [40]
