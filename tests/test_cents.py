"""No cent is ever wrong: every amount from 0.00 to 10,000.00, through every way in and out."""

import csv
import io
import json
import random
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import sibdsl
from sibdsl.contract import Rows
from sibdsl.money import RoundingMode, round_to
from sibdsl.numerals import (
    Language,
    decimal_text,
    read_cell_number,
    read_number,
    say_amount,
)
from sibdsl.source import Source
from sibdsl.syntax.nodes import Amount, Funding
from sibdsl.syntax.parse import parse

MOST_CENTS = 1_000_000
CENT = Fraction(1, 100)
MONTHS = 500

ENGLISH = """sibdsl 1 en
contract "Cents"
currency GBP
term from 1900-01-01 to 1999-12-31
party Payer is outcome payer
party Payee is service provider
party Assessor is evaluator
evaluations Month monthly from 1900-01-31 to 1941-08-31
measure Bill is an amount at each evaluation, reported by Assessor
payment Fee at each evaluation
  Payer pays Bill to Payee
  due 10 days after evaluation
"""
FRENCH = """sibdsl 1 fr
contrat « Centimes »
devise EUR
durée du 1900-01-01 au 1999-12-31
partie Payeur est payeur
partie Bénéficiaire est opérateur
partie Évaluateur est évaluateur
évaluations Mois mensuelles du 1900-01-31 au 1941-08-31
mesure Facture est un montant à chaque évaluation, établi par Évaluateur
paiement Somme à chaque évaluation
  le Payeur verse la Facture au Bénéficiaire
  échéance 10 jours après l'évaluation
"""


@pytest.mark.no_cover  # a million amounts, traced line by line, would take minutes
@pytest.mark.parametrize("thousand", range(0, MOST_CENTS + 1, 100_000))
def test_every_amount_is_read_as_it_is_written(thousand: int) -> None:
    """Literal, cell and machine text, in both languages: what is written is what is read.

    Every amount is read in both languages, and written by turns in one and the other.
    """
    written: tuple[tuple[str, Language], ...] = (("GBP", "en"), ("EUR", "fr"))
    shown = ("GBP {0}", "{1}\u00a0EUR")
    for cents in range(thousand, min(thousand + 100_000, MOST_CENTS + 1)):
        amount = Fraction(cents, 100)
        units, rest = divmod(cents, 100)
        english = f"{units:,}.{rest:02}"
        french = english.replace(",", "\u202f").replace(".", ",")
        assert say_amount(amount, *written[cents % 2]) == shown[cents % 2].format(english, french)
        assert read_number(english, "en") == amount
        assert read_number(french, "fr") == amount
        assert read_cell_number(f"{units}.{rest:02}", ".") == amount
        assert read_cell_number(f"{units},{rest:02}", ",") == amount
        assert decimal_text(amount, 2) == f"{units}.{rest:02}"


@pytest.mark.parametrize("mode", RoundingMode)
def test_an_amount_of_whole_cents_is_no_business_of_rounding(mode: RoundingMode) -> None:
    for cents in range(0, MOST_CENTS + 1, 7):
        assert round_to(Fraction(cents, 100), CENT, mode) == Fraction(cents, 100)


def sample() -> list[int]:
    """The amounts of one contract: the edges, where binary fractions go wrong, and others."""
    edges = [0, 1, 2, 5, 9, 10, 11, 19, 29, 57, 58, 99, 100, 101, 105, 115, 435, 1_000, 1_005]
    edges += [99_999, 100_000, 100_001, 999_999, MOST_CENTS]
    drawn = random.Random(2016).sample(range(MOST_CENTS + 1), MONTHS - len(edges))  # noqa: S311
    return edges + drawn


@pytest.mark.parametrize("way", ["csv", "json", "json text", "decimal", "fraction", "text"])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_amounts_go_through_a_contract_to_the_cent(
    way: str, language: Language, tmp_path: Path
) -> None:
    contract = sibdsl.parse(ENGLISH if language == "en" else FRENCH)
    cents = sample()
    determination = contract.evaluate(rows(way, language, cents, tmp_path))
    assert [payment.amount for payment in determination.payments] == [
        Fraction(each, 100) for each in cents
    ]
    written = [f"{each // 100}.{each % 100:02}" for each in cents]
    data = json.loads(contract.report(determination, "json"))
    assert [payment["amount"] for payment in data["payments"]] == written
    lines = contract.report(determination, "csv", csv=language)
    delimiter, column = (",", "amount due") if language == "en" else (";", "montant dû")
    listed = list(csv.DictReader(io.StringIO(lines), delimiter=delimiter))
    assert [Decimal(line[column].replace(",", ".")) for line in listed[: len(cents)]] == [
        Decimal(each) for each in written
    ]
    text = contract.report(determination, "text")
    for each in cents:
        if each:
            currency = "GBP" if language == "en" else "EUR"
            assert say_amount(Fraction(each, 100), currency, language) in text


def rows(way: str, language: Language, cents: list[int], folder: Path) -> Rows:
    """The amounts as an evaluator or a tool would hand them in."""
    measure, evaluation = ("Bill", "Month") if language == "en" else ("Facture", "Mois")
    head = ("measure", "evaluation", "value")
    plain = [f"{each // 100}.{each % 100:02}" for each in cents]
    names = [f"{evaluation} {number}" for number in range(1, len(cents) + 1)]
    match way:
        case "csv":
            english = language == "en"
            separator = "," if english else ";"
            columns = head if english else ("mesure", "évaluation", "valeur")
            cells = plain if english else [each.replace(".", ",") for each in plain]
            rows_ = [columns, *((measure, name, v) for name, v in zip(names, cells, strict=True))]
            lines = [separator.join(row) for row in rows_]
            path = folder / "results.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return path
        case "json" | "json text":
            quote = '"' if way == "json text" else ""
            entries = [
                f'{{"measure": "{measure}", "evaluation": "{name}", "value": {quote}{v}{quote}}}'
                for name, v in zip(names, plain, strict=True)
            ]
            path = folder / "results.json"
            path.write_text(f"[{', '.join(entries)}]", encoding="utf-8")
            return path
        case _:
            made: dict[str, type] = {"decimal": Decimal, "fraction": Fraction, "text": str}
            values = [made[way](each) for each in plain]
            return [(measure, name, value) for name, value in zip(names, values, strict=True)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_amounts_written_in_a_contract_are_read_to_the_cent(language: Language) -> None:
    cents = sample()
    if language == "en":
        line = "funding A provides {} to B on 2020-01-01"
        head = "sibdsl 1 en\n"
        amounts = [say_amount(Fraction(each, 100), "GBP", "en") for each in cents]
    else:
        line = "financement A apporte {} à B le 2020-01-01"
        head = "sibdsl 1 fr\n"
        amounts = [say_amount(Fraction(each, 100), "EUR", "fr") for each in cents]
    text = head + "\n".join(line.format(amount) for amount in amounts)
    parsed = parse(Source("cents.sib", text))
    assert parsed.contract is not None
    read = [
        statement.amount.value
        for statement in parsed.contract.statements
        if isinstance(statement, Funding) and isinstance(statement.amount, Amount)
    ]
    assert read == [Fraction(each, 100) for each in cents]
