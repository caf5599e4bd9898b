"""Plans from short contracts, and terms as text that a test can compare."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import assert_never

from sibdsl.checks import check
from sibdsl.checks.checked import Checked
from sibdsl.diagnostics import Severity
from sibdsl.plan import terms
from sibdsl.plan.calendars import next_business_day
from sibdsl.plan.lower import lower
from sibdsl.plan.terms import Index, Plan
from sibdsl.source import Source
from sibdsl.syntax.parse import parse
from sibdsl.units import Kind

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/contract.sib"))

HEAD = """sibdsl 1 en
contract "Test"
currency GBP
term from 2010-01-01 to 2020-12-31
party Payer is outcome payer
party City is outcome payer
party Fund is investor
party Trust is investor
party Assessor is evaluator
evaluation Cohort 1 on 2014-06-30
evaluation Cohort 2 on 2015-06-30
evaluation Cohort 3 on 2016-06-30
measure Rate is a percentage at each Cohort, reported by Assessor
measure Count is a count at each Cohort, reported by Assessor
"""


def checked(text: str) -> Checked:
    """A contract without errors; the findings are in the failure if there are any."""
    parsed = parse(Source("test.sib", text))
    assert parsed.contract is not None
    found = check(parsed.contract)
    wrong = [
        (each.code, each.message, text[slice(*each.label.span)] if each.label.span else "")
        for each in (*parsed.findings, *found.findings)
        if each.severity is Severity.ERROR
    ]
    assert not wrong, wrong
    return found


def plan_of(clauses: str, *, head: str = HEAD) -> Plan:
    return lower(checked(head + clauses), next_business_day)


def plans_of_examples() -> Iterator[tuple[str, Plan]]:
    for path in EXAMPLES:
        yield path.parent.name, plan_of(path.read_text(encoding="utf-8"), head="")


def place_of(plan: Plan, name: str, at: str = "") -> Index:
    """The term that a name stands for, at an evaluation."""
    (found,) = (
        each.term
        for each in plan.names
        if each.name == name and _called(plan, each.evaluation) == at
    )
    return found


def shown(plan: Plan, name: str, at: str = "") -> str:
    """What a name stands for; other names in it are not gone into."""
    return _shown(plan, place_of(plan, name, at), is_root=True)


def term_shown(plan: Plan, index: Index) -> str:
    return _shown(plan, index, is_root=False)


def _called(plan: Plan, evaluation: int | None) -> str:
    return "" if evaluation is None else plan.evaluations[evaluation].name


def _name(plan: Plan, index: Index) -> str | None:
    for named in plan.names:
        if named.term == index:
            at = _called(plan, named.evaluation)
            return f"{named.name} @ {at}" if at else named.name
    return None


def _shown(plan: Plan, index: Index, *, is_root: bool) -> str:
    if not is_root and (name := _name(plan, index)):
        return name
    term = plan.terms[index]

    def at(*places: Index) -> str:
        return ", ".join(_shown(plan, place, is_root=False) for place in places)

    match term:
        case terms.Constant():
            return _value(term)
        case terms.Undefined():
            return f"undefined: {term.cause.value}"
        case terms.Result():
            return f"result {plan.measures[term.measure].name}"
        case terms.Claimed():
            cap = "" if term.participant_cap is None else f"; {at(term.participant_cap)}"
            return f"claimed({at(*term.prices)}{cap})"
        case terms.AcceptedClaims():
            return f"accepted {plan.cards[term.card].tariffs[term.outcome].outcome}"
        case terms.Alias():
            return f"alias({at(term.term)})"
        case terms.Arithmetic():
            return f"{term.operation.value}({at(term.left, term.right)})"
        case terms.Comparison():
            return f"{term.relation.value}({at(term.left, term.right)})"
        case terms.Negation():
            return f"not({at(term.term)})"
        case terms.Several():
            return f"{term.quantifier.value} {term.number}({at(*term.items)})"
        case terms.Aggregate():
            return f"{term.summary.value}({at(*term.items)})"
        case terms.Choice():
            return f"if({at(term.condition, term.yes, term.no)})"
        case terms.Fallback():
            return f"or else({at(term.term, term.otherwise)})"
        case terms.Rounded():
            return f"rounded {term.mode.value} {term.step}({at(term.term)})"
        case terms.Lookup():
            return f"{term.mode.value}({at(term.key)}: {at(*term.values)})"
        case terms.YearFraction():
            return f"years {term.day_count.value}({at(term.start, term.end)})"
        case terms.Growth():
            kind = "broken" if term.broken_year else "full"
            return f"growth {kind}({at(term.rate, term.start, term.end)})"
        case terms.Shift():
            return f"shift {term.months}({at(term.date)})"
        case terms.Settlement():
            return f"due {plan.payments[term.payment].name}"
        case terms.Part():
            payment = plan.payments[term.payment]
            payer, payee = (plan.parties[party].name for party in payment.parts[term.part])
            return f"{payment.name} {payer}>{payee}"
        case _:
            assert_never(term)


def _value(term: terms.Constant) -> str:
    if isinstance(term.value, Fraction) and term.unit.kind is Kind.DATE:
        return date.fromordinal(int(term.value)).isoformat()
    return f"{term.value} {term.unit.currency}".rstrip()
