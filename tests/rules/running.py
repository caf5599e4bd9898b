"""A contract written for one rule, run on results, and what it came to in one line for each payment."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

import sibdsl
from sibdsl.evaluate.determination import Determination, PaymentOutcome
from sibdsl.messages import say
from sibdsl.numerals import decimal_text

HEAD = """sibdsl 1 en
contract "Rules"
currency GBP
term from 2020-01-01 to 2030-12-31
party City is outcome payer
party State is outcome payer
party Fund is investor
party Trust is investor
party Charity is service provider
party Assessor is evaluator
evaluations Year yearly from 2021-06-30 to 2023-06-30
evaluation Final on 2024-06-30
measure Rate is a percentage at each Year
measure Jobs is a count at each Year
measure Saving is an amount at each Year
measure Met is yes or no at each Year
measure Score is a number at Final
measure Share is a percentage
measure Number is a number
measure Cost is an amount
measure Done is yes or no
"""
"""The years are evaluated on 30 June 2021, 2022 and 2023, the whole on 30 June 2024."""

Row = tuple[object, ...] | Mapping[str, object]


def contract(*added: str, head: str = HEAD) -> sibdsl.Contract:
    """The contract with statements added; its text reads, whatever the checks find."""
    return sibdsl.parse(head + "\n".join(added) + "\n")


def errors(*added: str, head: str = HEAD) -> list[str]:
    """The errors of a contract, each as its code and the words it points at."""
    read = contract(*added, head=head)
    assert read.source is not None
    return [
        f"{finding.code} {' '.join(read.source.words(finding.label.span).split())}"
        for finding in read.findings
        if finding.severity is sibdsl.Severity.ERROR and finding.label.span is not None
    ]


def run(
    *added: str,
    results: Iterable[Row] = (),
    claims: Iterable[Row] = (),
    participants: Iterable[Row] = (),
    as_of: date | None = None,
    head: str = HEAD,
) -> Determination:
    """What the contract comes to; rows have the order of the columns of the sheets."""
    read = contract(*added, head=head)
    assert read.ok, str(sibdsl.ContractError(read.findings, read.sources))
    return read.evaluate(
        tuple(results), claims=tuple(claims), participants=tuple(participants), as_of=as_of
    )


def refused(
    *added: str,
    results: Iterable[Row] = (),
    claims: Iterable[Row] = (),
    participants: Iterable[Row] = (),
    head: str = HEAD,
) -> list[str]:
    """What is said of rows that are refused, each with its code; nothing if they are taken."""
    try:
        run(*added, results=results, claims=claims, participants=participants, head=head)
    except sibdsl.ContractError as error:
        return [f"{finding.code} {say(finding.message, 'en')}" for finding in error.findings]
    return []


def came_to(determination: Determination) -> list[str]:
    """Each payment in rank order: its name, its state unless simply due, and its amount."""
    return [_line(outcome) for outcome in determination.payments]


def _line(outcome: PaymentOutcome) -> str:
    state = "" if outcome.state is sibdsl.State.DUE else f" {outcome.state.value}"
    return f"{titled(outcome.name, outcome.evaluation)}:{state} {decimal_text(outcome.amount, 2)}"


def titled(name: str, evaluation: str) -> str:
    return f"{name} at {evaluation}" if evaluation else name


def parts(outcome: PaymentOutcome) -> list[str]:
    """The parts of a payment, each as payer, payee and amount."""
    return [
        f"{part.payer} to {part.payee}: {decimal_text(part.amount, 2)}" for part in outcome.parts
    ]


def values(determination: Determination, name: str) -> list[object]:
    """The values of a name in the order of its evaluations; why there is none, where there is none."""
    return [
        named.why.value if named.value is None else named.value.value
        for named in (*determination.values, *determination.conditions)
        if named.name == name
    ]


def value(
    expression: str, *added: str, results: Iterable[Row] = (), head: str = HEAD
) -> Fraction | bool | date | str:
    """What an expression that exists once comes to, or why it comes to nothing."""
    (found,) = values(run(f"X means {expression}", *added, results=results, head=head), "X")
    assert isinstance(found, Fraction | bool | date | str)
    return found
