"""A small contract to which a test adds what it is about, and what names, homes and types say of it."""

from attrs import frozen

from sibdsl.checks.checked import Home, Names
from sibdsl.checks.homes.homes import homes
from sibdsl.checks.names.declare import declare
from sibdsl.checks.types.currencies import currency_of
from sibdsl.checks.types.types import types
from sibdsl.diagnostics import Diagnostic, in_order
from sibdsl.messages import say
from sibdsl.source import Source
from sibdsl.syntax.nodes import Definition
from sibdsl.syntax.parse import parse
from sibdsl.units import Unit

CONTRACT = """sibdsl 1 en
contract "Test"
currency GBP
term from 2020-01-01 to 2030-12-31
party City is outcome payer
party Fund is investor
party Charity is service provider
group Both is City 50%, Charity 50%
funding the Fund provides GBP 100 to the Charity on 2020-01-01
evaluation Cohort 1 on 2021-01-01
evaluation Cohort 2 on 2022-01-01
evaluation Final on 2025-01-01
measure Rate is a percentage at each Cohort
measure Baseline is a percentage
measure Level is a percentage
measure People is a count
measure Places is a count
measure Days is a number
measure Mean is a number
measure Effect is in points
measure Cost is an amount
measure Dollars is an amount in USD
measure Start is a date
measure Stopped is yes or no
measure Score is a number at Final
measure Seen is a count at each Cohort
measure Ended is yes or no at each Cohort
"""


@frozen
class Checks:
    """What was found in the small contract with what a test adds."""

    text: str
    names: Names
    homes: dict[str, Home]
    units: dict[str, Unit | None]
    findings: tuple[Diagnostic, ...]

    @property
    def told(self) -> list[str]:
        """Each finding as its code and the words it points at."""
        source = Source("test.sib", self.text)
        return [
            f"{one.code} {' '.join(source.words(one.label.span).split())}"
            for one in self.findings
            if one.label.span is not None
        ]

    @property
    def cures(self) -> list[str]:
        """What each finding says to do."""
        return [say(one.help, "en") for one in self.findings if one.help is not None]

    @property
    def said(self) -> list[str]:
        """What each finding says."""
        return [say(one.message, "en") for one in self.findings]


def checks(*added: str, contract: str = CONTRACT) -> Checks:
    """The contract with lines added after it, read and put through the first three stages."""
    text = contract + "\n".join(added) + "\n"
    parsed = parse(Source("test.sib", text))
    assert parsed.contract is not None
    assert parsed.findings == (), [say(one.message, "en") for one in parsed.findings]
    names, of_names = declare(parsed.contract)
    at, of_homes = homes(parsed.contract, names, currency_of(parsed.contract))
    units, of_types = types(parsed.contract, names)
    bodies = {
        statement.name.text: units.get(statement.body.span)
        for statement in parsed.contract.statements
        if isinstance(statement, Definition)
    }
    findings = in_order((*of_names, *of_homes, *of_types))
    return Checks(text, names, dict(at), bodies, findings)
