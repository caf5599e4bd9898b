"""Declarations of what terms are called in the other language: what is refused."""

import pytest

import sibdsl
from sibdsl.plan.digest import digest

HEAD = """sibdsl 1 en
contract "A"
currency GBP
term from 2020-01-01 to 2029-12-31
party Council is outcome payer
party University is evaluator
evaluations Year yearly from 2021-06-30 to 2022-06-30
rate card Card at each Year
  outcome Job: GBP 5, once
"""


def codes(*lines: str) -> list[str]:
    findings = sibdsl.check(HEAD + "\n".join(lines))
    return [finding.code for finding in findings if finding.severity is sibdsl.Severity.ERROR]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (['in French, Council is "le Département"'], []),
        (['in French, Council is "Council"'], []),
        (['in French, Year is "l\'Année"', 'in French, Year 2 is "la Fin"'], []),
        (['in French, Job is "l\'Emploi"'], []),
        (['in French, Councl is "le Département"'], ["SIB141"]),
        (["cap Councl: GBP 5", 'in French, Councl is "le Département"'], ["SIB202"]),
        (['in French, Council is "le Département"', 'in French, Council is "X"'], ["SIB142"]),
        (['in French, Council is "le Parc"', 'in French, University is "Parc"'], ["SIB143"]),
        (['in French, Council is "University"'], ["SIB143"]),
        (['in French, Council is "University"', 'in French, University is "Council"'], []),
        (['in French, Council is "le département"'], ["SIB144"]),
        (['in French, Council is "Le Parc, La Ville"'], ["SIB144"]),
        (['in French, Council is ""'], ["SIB144"]),
        (["prevailing language English"], []),
        (["prevailing language English", "prevailing language French"], ["SIB102"]),
    ],
)
def test_a_declaration_is_held_to_the_contract(lines: list[str], expected: list[str]) -> None:
    assert codes(*lines) == expected


def test_a_name_that_could_not_be_declared_is_not_missed() -> None:
    found = codes("party Bank is", 'in French, Bank is "la Banque"')
    assert "SIB141" not in found


def test_declarations_do_not_change_the_digest() -> None:
    plain = sibdsl.parse(HEAD)
    declared, elsewhere = (
        sibdsl.parse(f'{HEAD}in French, Council is "la Ville"\n{line}\n')
        for line in ("prevailing language English", "prevailing language French")
    )
    assert plain.plan_if_any is not None
    assert declared.plan_if_any is not None
    assert elsewhere.plan_if_any is not None
    assert digest(plain.plan_if_any) == digest(declared.plan_if_any)
    # Where the French text prevails, it is the French names that count.
    assert digest(plain.plan_if_any) != digest(elsewhere.plan_if_any)
