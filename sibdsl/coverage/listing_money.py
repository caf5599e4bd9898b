"""The cases of payments, waterfalls, rate cards and caps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sibdsl.coverage.cases import Case, CaseKind, Clause
from sibdsl.plan.terms import AcceptedClaims, Claimed, Index, Plan, Tiers


def payment_cases(plan: Plan, varies: Sequence[bool]) -> Iterator[Case]:
    """Each payment due, and not due where that can be."""
    for name in dict.fromkeys(payment.name for payment in plan.payments):
        instances = [each for each in plan.payments if each.name == name]
        terms = tuple(each.settlement for each in instances)
        place = instances[0].place
        clause = Clause(name, place)
        yield Case(CaseKind.DUE, clause, terms, place, name=name)
        if any(each.condition is not None or varies[each.gross] for each in instances):
            yield Case(CaseKind.NOT_DUE, clause, terms, place, name=name)


def waterfall_cases(plan: Plan) -> Iterator[Case]:
    """Each member of a waterfall that money passes through."""
    passing: dict[tuple[str, int], tuple[Tiers, list[Index]]] = {}
    for payment in plan.payments:
        for side, division in enumerate((payment.payer, payment.payee)):
            if isinstance(division, Tiers):
                kept = passing.setdefault((division.group, side), (division, []))
                kept[1].append(payment.settlement)
    for (group, side), (tiers, terms) in passing.items():
        for number, member in enumerate(tiers.members):
            yield Case(
                CaseKind.MEMBER,
                Clause(group, None),
                tuple(terms),
                None,
                number,
                of=side,
                name=plan.parties[member].name,
            )


def card_cases(plan: Plan) -> Iterator[Case]:
    """Each tariff claimed, and refused for each of the reasons there can be."""
    for number, card in enumerate(plan.cards):
        claimed = _claimed(plan, number)
        clause = Clause(card.name, card.place)
        for outcome, tariff in enumerate(card.tariffs):
            counted = _counted(plan, number, outcome)
            kinds = [(CaseKind.ACCEPTED, 0)]
            apart = tariff.apart_days or tariff.apart_months
            if tariff.times is not None or tariff.per_evaluation or apart:
                kinds.append((CaseKind.REFUSED_BY_LIMIT, 0))
            kinds += [(CaseKind.REFUSED_BY_REQUIRES, each) for each in range(len(tariff.requires))]
            if tariff.for_class or tariff.starts is not None:
                kinds.append((CaseKind.REFUSED_BY_CLASS, 0))
            for kind, requirement in kinds:
                terms = (*claimed, *counted)
                name, place = tariff.outcome, tariff.place
                yield Case(kind, clause, terms, place, outcome, requirement, name=name)
        if any(_capped(plan, at) for at in claimed):
            yield Case(CaseKind.PARTICIPANT_CAP, clause, claimed, card.place, name=card.name)


def _claimed(plan: Plan, card: int) -> tuple[Index, ...]:
    return tuple(
        at for at, term in enumerate(plan.terms) if isinstance(term, Claimed) and term.card == card
    )


def _counted(plan: Plan, card: int, outcome: int) -> tuple[Index, ...]:
    return tuple(
        at
        for at, term in enumerate(plan.terms)
        if isinstance(term, AcceptedClaims) and (term.card, term.outcome) == (card, outcome)
    )


def _capped(plan: Plan, at: Index) -> bool:
    term = plan.terms[at]
    return isinstance(term, Claimed) and term.participant_cap is not None


def cap_cases(plan: Plan) -> Iterator[Case]:
    """Each cap, over all its evaluations or years, cutting once."""
    for number, cap in enumerate(plan.caps):
        accounts = [each for each in plan.accounts if each.cap == number]
        ranks = {
            rank
            for account in accounts
            for rank in (*account.payments, *(rank for rank, _ in account.parts))
        }
        terms = (
            *(plan.payments[rank].settlement for rank in sorted(ranks)),
            *(at for account in accounts for at in account.amounts),
        )
        if terms:
            clause = Clause("", cap.place, number)
            yield Case(CaseKind.CAP, clause, terms, cap.place, number)
