"""The whole way of a contract, in order: text → parsed → joined → checked → plan → worked examples.

Each stage takes what the one before made, and adds its findings; nothing is run that the findings
so far forbid.
"""

import re
from typing import Final

from sibdsl.assembly.library import Fetch, amendment_in, is_library, joined, no_files
from sibdsl.assembly.places import in_files
from sibdsl.checks import check, check_library
from sibdsl.checks.checked import Checked
from sibdsl.checks.editions import Edition, InForce
from sibdsl.diagnostics import Diagnostic, Severity, has_errors, in_order
from sibdsl.evaluate.examples import example_findings
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.plan.calendars import calendar_findings, next_business_day
from sibdsl.plan.editions import EditionsError
from sibdsl.plan.lower import lower, lower_editions
from sibdsl.plan.terms import Plan
from sibdsl.source import Source
from sibdsl.syntax.nodes import Contract
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
    """What the stages made of a text; ``plan`` is None where a finding forbids to run it.

    ``source`` is the text that places in the plan are offsets in: that of the contract with what it uses.
    A clause library has no plan, and is checked where it is used. ``amendments`` are those that ``checked``
    stands amended by, the first one first.
    """

    source: Source
    language: Language
    parsed: Parsed
    checked: Checked | None
    plan: Plan | None
    findings: tuple[Diagnostic, ...]
    amendments: tuple[InForce, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing found is an error."""
        return not has_errors(self.findings)


def compile_contract(source: Source, fetch: Fetch = no_files) -> Compiled:
    """Read and check a contract, lower it to its plan, hold its worked examples to it.

    ``fetch`` gives the texts of the files that the contract uses. A worked example that does not hold is
    an error, but the plan is there all the same: what it comes to is what the drafter needs to see.
    """
    parsed = parse(source)
    if parsed.contract is None:
        return Compiled(source, language_of(source), parsed, None, None, parsed.findings)
    language: Language = parsed.contract.language
    if any(finding.code == "SIB026" for finding in parsed.findings):
        language = spoken_in(source.text) or language
    if amendment_in(parsed.contract) is not None:
        return _compile_amendment(parsed, parsed.contract, fetch)
    if is_library(parsed.contract):
        findings = (*parsed.findings, *check_library(parsed.contract))
        return Compiled(source, language, parsed, None, None, in_order(findings))
    together = joined(parsed, parsed.contract, fetch)
    source, findings = together.source, (*parsed.findings, *together.findings)
    if together.lacks_files:
        return Compiled(source, language, parsed, None, None, in_order(findings))
    checked = check(together.contract, is_whole=together.is_whole)
    findings = (*findings, *_told(in_files(checked.findings, source)))
    if not has_errors(findings):
        missing = calendar_findings(checked, next_business_day)
        findings = (*findings, *in_files(missing, source))
    if has_errors(findings):
        return Compiled(source, language, parsed, checked, None, in_order(findings))
    plan = lower(checked, next_business_day)
    findings = (*findings, *in_files(example_findings(plan), source))
    return Compiled(source, language, parsed, checked, plan, in_order(findings))


def _compile_amendment(parsed: Parsed, contract: Contract, fetch: Fetch) -> Compiled:
    """The contract that a file amends: checked as it stands by each of its terms, lowered by all of them."""
    # Few contracts are amended: all others start without these.
    from sibdsl.assembly.amendments import amended  # noqa: PLC0415
    from sibdsl.checks.amendments import amendment_findings  # noqa: PLC0415

    language = contract.language
    made = amended(parsed, contract, fetch)
    source, findings = made.source, (*parsed.findings, *made.findings)
    editions: list[Edition] = []
    for version in made.versions:
        if any(has_errors(each.checked.findings) for each in editions):
            break  # terms that mean nothing amend to nothing
        checked = check(version.contract, is_whole=made.is_whole)
        editions.append(Edition(version.since, checked))
        is_last = version is made.versions[-1]
        told = [each for each in checked.findings if is_last or each.severity is Severity.ERROR]
        findings = (*findings, *_told(in_files(told, source)))
    if len(editions) < len(made.versions) or not editions:
        return Compiled(source, language, parsed, None, None, in_order(_own(findings)))
    between = in_files(amendment_findings(editions, made.versions), source)
    findings = (*_unfollowed(findings, between), *between)
    if not has_errors(findings):
        missing = [
            each for one in editions for each in calendar_findings(one.checked, next_business_day)
        ]
        findings = (*findings, *in_files(missing, source))
    plan = None
    if not has_errors(findings):
        try:
            plan = lower_editions(editions, next_business_day)
        except EditionsError as refused:
            findings = (*findings, *in_files((refused.finding,), source))
    if plan is not None:
        findings = (*findings, *in_files(example_findings(plan), source))
    amendments = tuple(
        InForce(each.title, each.since, each.place)
        for each in made.versions
        if each.since is not None
    )
    last = editions[-1].checked
    findings = in_order(_own(findings))
    return Compiled(source, language, parsed, last, plan, findings, amendments)


def _own(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Without doubts about the files that an amendment amends, as long as an error is to be mended."""
    if not has_errors(findings):
        return findings
    return tuple(one for one in findings if one.severity is Severity.ERROR or not one.label.file)


def _unfollowed(
    findings: tuple[Diagnostic, ...], between: tuple[Diagnostic, ...]
) -> tuple[Diagnostic, ...]:
    """Without what only follows from what an amendment does: the old terms meant something before it."""
    is_broken = any(one.code in ("SIB077", "SIB086") for one in between)
    slips = [one.label for one in between if one.code == "SIB090"]
    return tuple(
        one
        for one in findings
        if not (is_broken and one.label.file and one.code[3] in "345")
        and not (one.code == "SIB091" and one.label in slips)
    )


def _told(findings: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Without definitions of other files that this contract does not use: others may."""
    return tuple(one for one in findings if one.code != "SIB091" or not one.label.file)


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
