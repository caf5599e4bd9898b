"""How a determination reads: one rule of its text in each test, in English and in French."""

from collections.abc import Sequence

import pytest

import sibdsl
from sibdsl.documents.display import aligned, width, wrapped

Row = tuple[str, str | None, str] | tuple[str, str | None, str, str]

ENGLISH = """sibdsl 1 en
contract "Readings"
currency GBP
term from 2020-01-01 to 2026-12-31
party City is outcome payer
party Fund is investor
party Assessor is evaluator
evaluations Year yearly from 2021-06-30 to 2024-06-30
measure Rate is a percentage at each evaluation, reported by Assessor
measure Other is a percentage at each evaluation, reported by Assessor
measure People is a count at each evaluation, reported by Assessor
measure Stopped is yes or no at each evaluation, decided by City, presumed no
"""
FRENCH = """sibdsl 1 fr
contrat « Lectures »
devise EUR
durée du 2020-01-01 au 2026-12-31
partie Ville est payeur
partie Fonds est investisseur
partie Institut est évaluateur
évaluations Année annuelles du 2021-06-30 au 2024-06-30
mesure Écart est un taux lors de chaque évaluation, établi par l'Institut
mesure Effectif est un effectif lors de chaque évaluation, établi par l'Institut
"""


def told(text: str, *rows: Row) -> str:
    """The determination on one line, plain spaces in place of no-break ones."""
    return " ".join(shown(text, *rows).split())


def shown(text: str, *rows: Row) -> str:
    contract = sibdsl.parse(text)
    assert contract.ok, [str(finding.message) for finding in contract.findings]
    columns = ("measure", "evaluation", "value", "status")
    given = [dict(zip(columns, row, strict=False)) for row in rows]
    said = contract.report(contract.evaluate(given))
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def pays(amount: str, *, when: str = "") -> str:
    condition = f"  when {when}\n" if when else ""
    return (
        f"payment Fee at each evaluation\n  the City pays {amount} to the Fund\n{condition}"
        "  due 30 days after evaluation\n"
    )


def verse(amount: str, *, when: str = "") -> str:
    condition = f"  lorsque {when}\n" if when else ""
    return (
        "paiement Prime lors de chaque évaluation\n"
        f"  la Ville verse {amount} au Fonds\n{condition}"
        "  échéance 30 jours après l'évaluation\n"
    )


# ------------------------------------------------------------------------------------ the answer


def test_the_answer_comes_first() -> None:
    text = ENGLISH + pays("GBP 100 * People")
    lines = shown(text, ("People", "Year 1", "3"), ("People", "Year 2", "0")).splitlines()
    assert lines[0] == "Readings"
    assert lines[1].startswith("Contract contract.sib (")
    assert lines[2:4] == ["Payments: 1 due, 1 not due, 2 pending.", "To pay: City GBP 300.00."]


def test_a_digest_is_short_in_the_text_alone() -> None:
    contract = sibdsl.parse(ENGLISH + pays("GBP 1"))
    determination = contract.evaluate(())
    whole = determination.contract_digest
    assert f"({whole[:12]})" in contract.report(determination)
    assert whole not in contract.report(determination)
    assert whole in contract.report(determination, "json")


# --------------------------------------------------------------------------------------- reasons


def test_what_was_reported_and_what_is_needed_are_one_sentence() -> None:
    text = ENGLISH + pays("GBP 100", when="People is at least 10")
    assert ("People is 12, as reported; at least 10 is needed; 2 above. From City") in told(
        text, ("People", "Year 1", "12")
    )
    french = FRENCH + verse("100 EUR", when="Effectif est d'au moins 10")
    assert "Effectif vaut 12, valeur établie ; il faut au moins 10 ; 2 de plus. Payeur" in told(
        french, ("Effectif", "Année 1", "12")
    )


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ("13/155", "8.387…% (13/155), as reported; at least 10% is needed; 1.613 points short"),
        ("26/297", "8.754…% (26/297), as reported; at least 10% is needed; 1.246 points short"),
        ("10%", "10%, as reported; at least 10% is needed; exactly there"),
        ("2/3", "66.666…% (2/3), as reported; at least 10% is needed; 56.666… points above"),
        ("99999999/1000000000", "9.999…%, as reported; at least 10% is needed; 0.001 points short"),
    ],
)
def test_a_margin_agrees_with_the_figures_that_are_shown(rate: str, said: str) -> None:
    text = ENGLISH + pays("GBP 100", when="Rate is at least 10%")
    assert f"Rate is {said}" in told(text, ("Rate", "Year 1", rate))


def test_no_zero_is_written_that_means_nothing() -> None:
    french = FRENCH + verse("100 EUR", when="Écart est d'au moins 10 %")
    said = told(french, ("Écart", "Année 1", "87/118"), ("Écart", "Année 2", "12.125%"))
    assert (
        "73,728… % (87/118), valeur établie ; il faut au moins 10 % ; 63,728… points de plus"
        in said
    )
    assert "12,125 %, valeur établie ; il faut au moins 10 % ; 2,125 points de plus" in said


def test_dates_are_before_and_after() -> None:
    text = ENGLISH + pays("GBP 100", when="evaluation date is after 2021-12-31")
    said = told(text)
    assert (
        "Fee at Year 1 is not due: evaluation date is 2021-06-30; it must be after 2021-12-31; "
        "184 days too early."
    ) in said
    assert "Evaluation date is 2022-06-30, 181 days after 2021-12-31." in said


def test_a_comparison_that_chooses_is_not_asked_for() -> None:
    text = ENGLISH + pays("if People is at least 10 then GBP 100 else GBP 40")
    said = told(text, ("People", "Year 1", "4"))
    assert "People is 4, as reported, 6 below 10." in said
    assert "needed" not in said


def test_values_reported_together_are_said_together() -> None:
    text = ENGLISH + pays("(Rate + Other) * GBP 100")
    rows = (("Rate", "Year 1", "4%"), ("Other", "Year 1", "5%"))
    assert "Rate is 4% and Other is 5%, all as reported." in told(text, *rows)


def test_one_measure_at_many_evaluations_is_named_once() -> None:
    text = ENGLISH + pays("total of People to date * GBP 10")
    rows = [("People", f"Year {year}", str(10 * year)) for year in (1, 2, 3)]
    said = told(text, *rows)
    assert "People is 10 at Year 1, 20 at Year 2 and 30 at Year 3, all as reported." in said


def test_equal_answers_at_neighbouring_evaluations_are_a_run() -> None:
    text = ENGLISH + "condition Over: any of Stopped to date\n" + pays("GBP 1", when="not Over")
    assert "Stopped is no at Year 1 to Year 4, presumed." in told(text)


def test_a_rounded_result_says_what_it_was_rounded_from() -> None:
    text = ENGLISH.replace(
        "measure Rate is a percentage at each evaluation, reported by Assessor",
        "measure Rate is a percentage at each evaluation, reported by Assessor, rounded half up to 1%",
    ) + pays("Rate * GBP 100")
    assert "Rate is 4%, rounded from 4.4%, as reported." in told(text, ("Rate", "Year 1", "4.4%"))


def test_a_fall_back_says_what_it_stands_in_for() -> None:
    text = ENGLISH + "Used means Rate or else 7%\n" + pays("Used * GBP 100")
    said = told(text, ("Rate", "Year 1", "", "not available"))
    assert "Used is 7%, since Rate is reported as not available." in said


def test_another_payment_is_named_and_not_explained_again() -> None:
    text = (
        ENGLISH
        + pays("GBP 10 * People")
        + (
            "payment Rest at each evaluation ranks after Fee\n"
            "  the City pays the greater of (GBP 100 - Fee; GBP 0) to the Fund\n"
            "  due 30 days after evaluation\n"
        )
    )
    said = shown(text, ("People", "Year 1", "3"))
    _, _, rest = said.partition("Rest at Year 1: GBP 70.00 due")
    assert " ".join(rest.partition("From City")[0].split("\n", 1)[1].split()) == (
        "Fee is GBP 30.00. GBP 100.00 − GBP 30.00 (Fee) = GBP 70.00."
    )


# ----------------------------------------------------------------------------------------- tables

STEPS = (
    "table Price by Rate, in steps\n  from 5%: GBP 50\n  above 10%: GBP 60\n  otherwise: GBP 0\n"
)


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (
            "4%",
            "Fee at Year 1 is not due: Rate is 4%, as reported, below the first row (5%): Price is",
        ),
        ("10%", "Rate is 10%, as reported, in the row from 5%: Price is GBP 50.00."),
        ("11%", "Rate is 11%, as reported, in the row above 10%: Price is GBP 60.00."),
    ],
)
def test_a_row_is_told_from_the_key_to_the_value(rate: str, said: str) -> None:
    assert said in told(ENGLISH + STEPS + pays("Price"), ("Rate", "Year 1", rate))


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        (
            "7.5%",
            "(60%): Part is 40% + (60% − 40%) × (7.5% − 5%) / (10% − 5%) = 50%.",
        ),
        ("7.5%", "Rate is 7.5%, as reported, between the rows 5% (40%) and 10% (60%): Part is"),
        ("5%", "Rate is 5%, as reported, in the row from 5%: Part is 40%."),
        ("12%", "Rate is 12%, as reported, in the row from 10%: Part is 60%."),
    ],
)
def test_between_two_rows_both_are_named(rate: str, said: str) -> None:
    line = "table Part by Rate, interpolated\n  from 5%: 40%\n  from 10%: 60%\n  otherwise: 0%\n"
    assert said in told(ENGLISH + line + pays("Part * GBP 10"), ("Rate", "Year 1", rate))


# ---------------------------------------------------------------------------------------- pending


def test_a_pending_payment_says_in_one_sentence_what_it_waits_for() -> None:
    text = ENGLISH + pays("Rate * GBP 100 + Other * GBP 100") + "cap contract: GBP 900\n"
    said = told(text, ("Rate", "Year 3", "5%"))
    assert "Fee at Year 1 is pending: it waits for Rate and Other at Year 1. From" in said
    assert (
        "Fee at Year 4 is pending: it waits for Rate and Other at Year 4, and for Fee at Year 1 to "
        "Year 3, ranking before it under the cap on the contract. From"
    ) in said


def test_a_pending_payment_in_french() -> None:
    french = FRENCH + verse("Écart * 100 EUR") + "plafond contrat : 900 EUR\n"
    said = told(french, ("Écart", "Année 1", "5 %".replace(" ", ""), "disputed"))
    assert "Prime (Année 1) : en attente ; il manque Écart (Année 1), résultat contesté." in said
    assert (
        "Prime (Année 2 à Année 4) : en attente ; il manque pour chacun Écart à l’évaluation en cause ; "
        "priorité, sous le plafond du contrat, aux paiements antérieurs."
    ) in said


def test_the_certain_part_says_why_the_rest_waits() -> None:
    text = (
        ENGLISH
        + pays("GBP 10 * People")
        + "cap contract: GBP 100\ncap Fee: GBP 70 per evaluation\n"
    )
    said = told(text, ("People", "Year 2", "9"))
    assert (
        "Fee at Year 2: GBP 30.00 due on 2022-07-30 whatever comes; the rest of GBP 90.00 is pending: "
        "it waits for Fee at Year 1, ranking before it under the cap on the contract."
    ) in said


def test_alike_payments_that_are_not_due_are_told_once() -> None:
    text = ENGLISH + pays("GBP 10", when="Stopped")
    assert "Fee at Year 1 to Year 4 is not due (rests on a presumption): Stopped is no" in told(
        text
    )


# ------------------------------------------------------------------------------ the tables beneath


def test_columns_stand_under_each_other_by_their_width_on_a_screen() -> None:
    rows = [("八王子市", "1"), ("Éva", "10"), ("Eva", "100")]
    lines = list(aligned(rows, right={1}))
    assert {width(line) for line in lines} == {width(lines[0])}
    assert lines[1] == "Éva         10"


def test_a_column_that_is_empty_is_left_out() -> None:
    assert list(aligned([("a", "", "b"), ("c", "", "d")])) == ["a   b", "c   d"]


@pytest.mark.parametrize("pieces", [("at", "Year 4"), ("GBP 1,000", "more"), ("at", "Year 12;")])
def test_a_line_is_never_broken_before_a_number_that_belongs_to_a_word(
    pieces: Sequence[str],
) -> None:
    text = " ".join(pieces)
    for widest in range(1, len(text)):
        lines = list(wrapped(text, widest))
        assert " ".join(lines) == text
        assert all(piece in " ".join(lines) for piece in pieces)
        assert not [line for line in lines if line[:1].isdigit()]


def test_a_party_through_whom_no_money_passes_is_not_listed() -> None:
    said = shown(ENGLISH + pays("GBP 10 * People"), ("People", "Year 1", "3"))
    _, _, totals = said.partition("Totals")
    assert "Fund" in totals
    assert "Assessor" not in said


def test_neighbouring_periods_of_a_cap_that_are_alike_are_one_line() -> None:
    text = ENGLISH + pays("GBP 10 * People") + "cap Fee: GBP 70 per evaluation\n"
    said = told(text, ("People", "Year 1", "3"))
    assert "Fee at Year 1 GBP 70.00 GBP 30.00 GBP 40.00 (line 16)" in said
    assert "Fee at Year 2 to Year 4, each GBP 70.00 – GBP 70.00 (line 16)" in said


def test_conditions_are_listed_by_state() -> None:
    text = ENGLISH + "condition Enough: People is at least 5\n" + pays("GBP 1", when="Enough")
    rows = (("People", "Year 1", "6"), ("People", "Year 2", "6", "provisional"))
    said = told(text, *rows)
    assert (
        "Conditions Enough met Year 1 met, provisionally Year 2 not yet known Year 3 and Year 4"
    ) in said


CARD = ENGLISH + (
    "rate card Work at each evaluation\n"
    '  outcome "Job": GBP 1,000, once, for class "young"\n'
    '  outcome "Job": GBP 600, once, for class "adult"\n'
    "  at most GBP 900 per participant\n"
    "payment Claims at each evaluation\n  the City pays Work to the Fund\n"
    "  due 30 days after evaluation\n"
)


def claimed(young: int) -> str:
    """A claim of one adult and of so many young people."""
    contract = sibdsl.parse(CARD)
    classes = {"A1": "adult"} | {f"P{number:02}": "young" for number in range(1, young + 1)}
    determined = contract.evaluate(
        [{"measure": "Work", "evaluation": "Year 1", "value": "complete"}],
        claims=[{"participant": name, "outcome": "Job", "date": "2021-03-01"} for name in classes],
        participants=[{"participant": name, "class": of} for name, of in classes.items()],
    )
    return " ".join(contract.report(determined).replace("\u00a0", " ").split())


def test_each_tariff_of_an_outcome_has_its_own_line() -> None:
    said = claimed(2)
    assert "Job (class young) 2 2 2 GBP 1,800.00" in said
    assert "Job (class adult) 1 1 1 GBP 600.00" in said
    assert "In all 3 3 GBP 2,400.00" in said


@pytest.mark.parametrize(
    ("young", "whose"),
    [
        (1, "GBP 100.00 less under the cap of GBP 900.00 per participant (participant P01)."),
        (
            2,
            "GBP 200.00 less under the cap of GBP 900.00 per participant (participants P01 and P02).",
        ),
        (12, "P08, P09, P10 and 2 more)."),
    ],
)
def test_what_the_cap_per_participant_took_is_said(young: int, whose: str) -> None:
    assert whose in claimed(young)
    assert "less under" not in claimed(0)


RETURN_AND_MALUS = """sibdsl 1 en
contract "Malus"
currency GBP
term from 2020-01-01 to 2025-12-31
party Trust is outcome payer
party Fund is investor
party Provider is service provider
party Analyst is evaluator
funding the Fund provides GBP 1,000,000 to Provider on 2020-01-01
evaluation Year 1 on 2021-12-31
evaluation Year 2 on 2022-12-31
measure Savings is an amount at each Year, reported by Analyst
measure Complaints is a count at each Year, reported by Analyst
payment Saving at each Year
  the Trust pays the greater of (Savings; GBP 0) to the Fund
  due 90 days after evaluation
payment Malus at each Year
  the Fund pays GBP 1,000 * Complaints to the Trust
  due 120 days after evaluation
cap paid by Fund: GBP 100,000
cap return of Fund: 12% per year
"""


def test_a_payment_waits_for_what_counts_towards_its_return_cap() -> None:
    """The investor's own pending payment raises what the cap lets pass, and takes none of it."""
    contract = sibdsl.parse(RETURN_AND_MALUS)
    determination = contract.evaluate([("Savings", "Year 1", "GBP 300")])
    text = " ".join(contract.report(determination, "text").split())
    assert "ranking before it under the cap on the return of Fund" in text
    assert contract.report(determination, "json")
    assert contract.report(determination, "csv")


def test_what_a_cap_cuts_of_all_that_a_payer_pays_has_its_own_line() -> None:
    text = (
        ENGLISH + "party State is outcome payer\nparty Trust is investor\n"
        "group Payers is City 50%, State 50%\ngroup Investors is Fund 60%, Trust 40%\n"
        "cap paid by City: GBP 300\npayment Fee\n  the Payers pay GBP 1,000 to the Investors\n"
        "  due on 2022-01-31\n"
    )
    said = told(text)
    assert "City GBP 200.00 less, since the cap on what City pays (line 17) had GBP" in said
    assert "left City to Fund GBP 180.00 30% City to Trust GBP 120.00 20% State" in said
