"""The whole way of a contract, in order: text → parsed → checked → plan → worked examples.

Each stage takes what the one before made, and adds its findings; nothing is run that the findings
so far forbid.
"""

import re
from typing import Final

from sibdsl.checks import check
from sibdsl.checks.checked import Checked
from sibdsl.diagnostics import Diagnostic, has_errors, in_order
from sibdsl.evaluate.examples import example_findings
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.plan.calendars import calendar_findings, next_business_day
from sibdsl.plan.lower import lower
from sibdsl.plan.terms import Plan
from sibdsl.source import Source
from sibdsl.syntax.parse import Parsed, parse

_FRENCH_HEAD: Final = re.compile(r"[\s\ufeff]*sibdsl\s+\d+\s+fr\b")
_FRENCH: Final = re.compile(
    r"^[ \t]*(?:contrat|devise|durée|partie|mesure|évaluations?|paiement|plafond|barème|exemple)\b",
    re.MULTILINE,
)
_ENGLISH: Final = re.compile(
    r"^[ \t]*(?:contract|currency|term|party|measure|evaluations?|payment|cap|table|example)\b",
    re.MULTILINE,
)
_LOOKED_AT: Final = 20_000
"""So many characters of a text tell its language."""


@frozen
class Compiled:
    """What the stages made of a text; ``plan`` is None where a finding forbids to run it."""

    source: Source
    language: Language
    parsed: Parsed
    checked: Checked | None
    plan: Plan | None
    findings: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not has_errors(self.findings)


def compile_contract(source: Source) -> Compiled:
    """Read and check a contract, lower it to its plan, hold its worked examples to it.

    A worked example that does not hold is an error, but the plan is there all the same: what it
    comes to is what the drafter needs to see.
    """
    parsed = parse(source)
    if parsed.contract is None:
        return Compiled(source, language_of(source), parsed, None, None, parsed.findings)
    language: Language = parsed.contract.language
    if any(finding.code == "SIB026" for finding in parsed.findings):
        language = spoken_in(source.text) or language
    checked = check(parsed.contract, is_whole=parsed.ok)
    findings = (*parsed.findings, *checked.findings)
    if not has_errors(findings):
        findings = (*findings, *calendar_findings(checked, next_business_day))
    if has_errors(findings):
        return Compiled(source, language, parsed, checked, None, in_order(findings))
    plan = lower(checked, next_business_day)
    findings = (*findings, *example_findings(plan))
    return Compiled(source, language, parsed, checked, plan, in_order(findings))


def language_of(source: Source) -> Language:
    """The language a text says it is in, for findings on a text that cannot be read.

    Where its first line does not say it, the one whose keywords begin most of its lines.
    """
    if _FRENCH_HEAD.match(source.text):
        return "fr"
    return spoken_in(source.text) or "en"


def spoken_in(text: str) -> Language | None:
    """The language whose keywords begin most lines of a text; None where neither does."""
    french, english = (len(words.findall(text, 0, _LOOKED_AT)) for words in (_FRENCH, _ENGLISH))
    if french == english:
        return None
    return "fr" if french > english else "en"
