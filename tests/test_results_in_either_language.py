"""Results may name a term in either language of the contract, as it declares its names."""

import pytest

import sibdsl

TEXT = """sibdsl 1 en

contract "Pilot"
currency EUR
term from 2025-01-01 to 2028-12-31
prevailing language English

in French, Observatory is "l'Observatoire"
in French, Reduction is "la Baisse"
in French, Year is "l'Année"
in French, Tariff is "la Grille"
in French, Job is "l'Emploi"

party City is outcome payer
party Fund is investor
party Observatory is evaluator

evaluations Year yearly from 2026-06-30 to 2027-06-30

measure Reduction is a percentage at each Year, reported by Observatory

rate card Tariff at each Year
  outcome Job: EUR 100, once

payment Success at each Year
  City pays EUR 50 to Fund
  when Reduction is at least 5%
  due 30 days after evaluation

payment Jobs at each Year
  City pays Tariff to Fund
  due 60 days after evaluation

cap contract: EUR 1,000
"""
IN_ENGLISH = [
    {"measure": "Reduction", "evaluation": "Year 1", "value": "6%", "reported by": "Observatory"},
    {"measure": "Tariff", "evaluation": "Year 1", "value": "complete"},
]
IN_FRENCH = [
    {"measure": "Baisse", "evaluation": "Année 1", "value": "6%", "reported by": "Observatoire"},
    {"measure": "Grille", "evaluation": "Année 1", "value": "complete"},
]


@pytest.mark.parametrize("rows", [IN_ENGLISH, IN_FRENCH])
def test_either_name_finds_the_term(rows: list[dict[str, str]]) -> None:
    contract = sibdsl.parse(TEXT)
    outcome = "Job" if rows is IN_ENGLISH else "Emploi"
    claims = [{"participant": "A", "outcome": outcome, "date": "2026-02-01"}]
    determination = contract.evaluate(rows, claims=claims)
    due = {(each.name, each.evaluation): each.amount for each in determination.payments}
    assert due["Success", "Year 1"] == 50
    assert due["Jobs", "Year 1"] == 100


def test_from_the_plan_alone_too() -> None:
    contract = sibdsl.parse(TEXT)
    again = sibdsl.from_json(contract.to_json())
    claims = [{"participant": "A", "outcome": "Emploi", "date": "2026-02-01"}]
    assert again.evaluate(IN_FRENCH, claims=claims) == contract.evaluate(IN_ENGLISH, claims=claims)


def test_without_a_declaration_the_other_name_is_unknown() -> None:
    contract = sibdsl.parse(TEXT.replace('in French, Reduction is "la Baisse"\n', ""))
    with pytest.raises(sibdsl.ContractError) as refused:
        contract.evaluate(IN_FRENCH[:1])
    assert [finding.code for finding in refused.value.findings] == ["SIB610"]
