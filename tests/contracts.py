"""A small contract without findings, and ways to change it and see what the check says."""

from typing import Final

from sibdsl.checks import check
from sibdsl.checks.checked import Checked
from sibdsl.diagnostics import Diagnostic
from sibdsl.source import Source
from sibdsl.syntax.parse import parse

PARTS: Final = {
    "title": 'contract "Bridge"',
    "currency": "currency GBP",
    "term": "term from 2018-01-01 to 2022-12-31",
    "parties": """
party City is outcome payer
party Ministry is outcome payer
party Provider is service provider
party Investors are investors
party Assessor is evaluator
""",
    "evaluations": """
evaluation Year 1 on 2019-06-30
evaluation Year 2 on 2020-06-30
evaluation Year 3 on 2021-06-30
""",
    "measures": "measure Places is a count at each Year, reported by Assessor, higher is better",
    "payments": """
payment Fee at each Year
  City pays GBP 400 * Places to Provider
  due 30 days after evaluation
""",
    "caps": "cap City: GBP 1,000,000",
    "examples": """
example "ten places"
  given Places at Year 1 is 10
  expect Fee at Year 1 is GBP 4,000
""",
}


def contract(*added: str, **replaced: str) -> str:
    """The contract with some of its parts replaced, and statements added at its end."""
    assert not replaced.keys() - PARTS.keys()
    return "\n".join(("sibdsl 1 en", *(PARTS | replaced).values(), *added))


def checked(text: str) -> Checked:
    """The contract checked; it can be read without a finding."""
    parsed = parse(Source("contract.sib", text))
    assert parsed.contract is not None
    assert parsed.findings == ()
    return check(parsed.contract)


def codes(text: str) -> list[str]:
    """The codes of everything found, in the order of the text."""
    return [finding.code for finding in checked(text).findings]


def finding(text: str, code: str) -> Diagnostic:
    """The one finding of a code."""
    (found,) = (one for one in checked(text).findings if one.code == code)
    return found


def words(text: str, found: Diagnostic) -> str:
    """The text that a finding points at."""
    assert found.label.span is not None
    return Source("contract.sib", text).words(found.label.span)
