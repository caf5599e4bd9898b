"""From a checked tree to the plan: evaluations unrolled, caps unrolled, payments in rank order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from sibdsl.checks.checked import Checked, Everywhere
from sibdsl.checks.editions import Edition
from sibdsl.numerals import Language
from sibdsl.plan import terms
from sibdsl.plan.calendars import Adjust
from sibdsl.plan.caps import account, caps
from sibdsl.plan.cards import rate_card
from sibdsl.plan.catalogue import (
    Catalogue,
    catalogues_of,
    fixed,
    fixed_number,
    stands_at,
    unit_of,
)
from sibdsl.plan.declared import begin
from sibdsl.plan.draft import Draft, Named, work
from sibdsl.plan.examples import example
from sibdsl.plan.reach import reaches
from sibdsl.plan.settlements import roundings, settle
from sibdsl.plan.terms import Evaluation, Funding, Measure, NameThere, Party, Plan
from sibdsl.syntax import nodes
from sibdsl.syntax.naming import declared_names

Statement = TypeVar("Statement", bound=nodes.Node)


def lower(checked: Checked, adjust: Adjust) -> Plan:
    """The plan of a contract in which checking found no error; ``adjust`` makes business days.

    Raises CalendarError where a due date cannot be adjusted, which ``calendar_findings`` tells
    beforehand. Amounts are in units of their currency; language reference, "What a contract means".
    """
    return lower_editions((Edition(None, checked),), adjust)


def lower_editions(editions: Sequence[Edition], adjust: Adjust) -> Plan:
    """The plan of an amended contract, each evaluation by the terms that govern it.

    Raises EditionsError where terms of two dates cannot be read together.
    """
    catalogues = catalogues_of(editions)
    catalogue = catalogues[-1]
    checked = catalogue.checked
    draft = Draft(catalogues, catalogue, reaches(catalogue))
    cards = tuple(rate_card(catalogue, name) for name in catalogue.cards)
    payments = settle(draft, adjust)
    _name_the_rest(draft)
    examples = tuple(example(draft, each, cards) for each in _all(checked, nodes.Example))
    start, end = _term(checked)
    made_caps = caps(catalogue)
    currencies = {checked.currency, *(payment.currency for payment in payments)}
    return Plan(
        language=checked.contract.language,
        prevailing=_prevailing(checked),
        names_there=tuple(
            NameThere(name, term.name) for name, term in declared_names(checked.contract).items()
        ),
        title=_text(checked, nodes.Title),
        reference=_text(checked, nodes.ContractReference),
        policy_field=_text(checked, nodes.PolicyField),
        currency=checked.currency,
        start=start,
        end=end,
        parties=tuple(_party(catalogue, name) for name in catalogue.parties),
        fundings=tuple(_funding(catalogue, each) for each in _all(checked, nodes.Funding)),
        evaluations=tuple(
            Evaluation(each.name, each.on, each.series) for each in catalogue.occasions
        ),
        measures=tuple(_measure(_last_with(catalogues, name), name) for name in catalogue.measures),
        cards=cards,
        terms=tuple(draft.terms),
        names=_by_place(draft),
        payments=payments,
        caps=made_caps,
        accounts=tuple(account(draft, number) for number in range(len(draft.reaches))),
        roundings=roundings(catalogue, currencies),
        examples=examples,
    )


def _last_with(catalogues: Sequence[Catalogue], name: str) -> Catalogue:
    """The last edition in which a name is declared."""
    return next(each for each in reversed(catalogues) if name in each.checked.names.declared)


def _name_the_rest(draft: Draft) -> None:
    """What no payment rests on has a value all the same, which a reader may want to see."""
    for catalogue in draft.catalogues:
        for name, home in catalogue.checked.homes.items():
            if home is Everywhere.ANY:
                continue  # it has a value wherever something asks for it
            is_once = home is Everywhere.ONCE
            if is_once and _last_with(draft.catalogues, name) is not catalogue:
                continue
            if isinstance(catalogue.declared(name), nodes.Payment):
                continue  # each was named when it was settled
            for at in (None,) if is_once else stands_at(catalogue, name) or ():
                draft.catalogue = catalogue
                work(draft, Named(name, at), begin)


def _by_place(draft: Draft) -> tuple[terms.NamedTerm, ...]:
    """In the order of the text, then of the evaluations."""

    def place(named: terms.NamedTerm) -> tuple[int, int]:
        return named.place.start, -1 if named.evaluation is None else named.evaluation

    return tuple(sorted(draft.names, key=place))


# ------------------------------------------------------------------------------------ the head


def _all(checked: Checked, kind: type[Statement]) -> tuple[Statement, ...]:
    return tuple(each for each in checked.contract.statements if isinstance(each, kind))


def _text(
    checked: Checked, kind: type[nodes.Title | nodes.ContractReference | nodes.PolicyField]
) -> str:
    return next((each.text.text for each in _all(checked, kind)), "")


def _prevailing(checked: Checked) -> Language:
    named = (each.language for each in _all(checked, nodes.PrevailingLanguage))
    return next(named, checked.contract.language)


def _term(checked: Checked) -> tuple[date, date]:
    (term, *_) = _all(checked, nodes.Term)
    return term.start.value, term.end.value


def _party(catalogue: Catalogue, name: str) -> Party:
    statement = catalogue.declared(name)
    assert isinstance(statement, nodes.Party)
    roles = tuple(role.value for role in statement.roles)
    full_name = "" if statement.full_name is None else statement.full_name.text
    return Party(statement.name.text, roles, full_name, statement.name.span)


def _funding(catalogue: Catalogue, statement: nodes.Funding) -> Funding:
    return Funding(
        statement.investor.text,
        fixed_number(catalogue, statement.amount),
        catalogue.checked.types[statement.amount.span].currency,
        statement.recipient.text,
        statement.on.value,
    )


def _measure(catalogue: Catalogue, name: str) -> Measure:
    statement = catalogue.declared(name)
    assert isinstance(statement, nodes.Measure)
    details = statement.details
    reporters = [
        party.text
        for detail in details
        if isinstance(detail, nodes.ReportedBy | nodes.DecidedBy)
        for party in detail.parties
    ]
    presumed = [
        fixed(catalogue, detail.value) for detail in details if isinstance(detail, nodes.Presumed)
    ]
    better = [detail.direction for detail in details if isinstance(detail, nodes.BetterResult)]
    return Measure(
        name=name,
        unit=unit_of(catalogue, name),
        evaluations=stands_at(catalogue, name),
        reporters=tuple(reporters),
        decided=any(isinstance(detail, nodes.DecidedBy) for detail in details),
        presumed=presumed[0] if presumed else None,
        direction=better[0].name.lower() if better else "",
        cumulative=any(isinstance(detail, nodes.Cumulative) for detail in details),
        description="\n".join(detail.text for detail in details if isinstance(detail, nodes.Text)),
        place=statement.name.span,
    )
