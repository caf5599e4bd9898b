"""Parties and groups: who may be what, and how a group divides what it pays or is paid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sibdsl.checks.bounds.bounds import Bounds
from sibdsl.checks.bounds.ranges import ZERO
from sibdsl.checks.checked import Checked
from sibdsl.checks.settlement.bearing import paid_to, results_behind
from sibdsl.checks.statements import stands_for, statements
from sibdsl.diagnostics import Diagnostic, Label, Message, error, message, warning
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Name, Role
from sibdsl.units import PERCENTAGE, Quantity, amount_in

_STAKES = (Role.INVESTOR, Role.OUTCOME_PAYER, Role.SERVICE_PROVIDER)
ROLE_WORDS: dict[Role, Message] = {
    Role.INVESTOR: message("investor"),
    Role.OUTCOME_PAYER: message("outcome payer"),
    Role.SERVICE_PROVIDER: message("service provider"),
    Role.EVALUATOR: message("evaluator"),
    Role.INTERMEDIARY: message("intermediary"),
    Role.GUARANTOR: message("guarantor"),
    Role.OTHER: message("other"),
}


def evaluator_with_a_stake(checked: Checked) -> Iterable[Diagnostic]:
    """An evaluator that is also investor, outcome payer or service provider: it judges itself.

    By its roles, or by what it does: one that pays or provides funding is payer or investor. An
    intermediary passes on the money of others.
    """
    for party in statements(checked.contract, nodes.Party):
        if Role.EVALUATOR not in party.roles:
            continue
        stakes = tuple(ROLE_WORDS[role] for role in _STAKES if role in party.roles)
        if stakes:
            yield _stake(
                party,
                message(
                    "‘{party}’ is evaluator and also {roles}", party=party.name.text, roles=stakes
                ),
            )
        elif Role.INTERMEDIARY not in party.roles:
            yield from _stakes_in_fact(checked, party)
            yield from _paid_by_its_findings(checked, party)


def _stakes_in_fact(checked: Checked, party: nodes.Party) -> Iterator[Diagnostic]:
    name = party.name.text
    for payment in statements(checked.contract, nodes.Payment):
        if name in stands_for(checked, payment.payer.text):
            text = message(
                "‘{party}’ is evaluator and also pays ‘{payment}’",
                party=name,
                payment=payment.name.text,
            )
            yield _stake(party, text, payment.payer)
            return
    for funding in statements(checked.contract, nodes.Funding):
        if name in stands_for(checked, funding.investor.text):
            text = message("‘{party}’ is evaluator and also provides funding", party=name)
            yield _stake(party, text, funding.investor)
            return


def _paid_by_its_findings(checked: Checked, party: nodes.Party) -> Iterator[Diagnostic]:
    """A payment to the evaluator that rests on a measure which it reports itself."""
    name = party.name.text
    for payment in paid_to(checked, name):
        own = next((one for one in results_behind(checked, payment) if _reports(one, name)), None)
        if own is not None:
            text = message(
                "‘{party}’ is evaluator, reports ‘{measure}’ and is paid ‘{payment}’, which rests on it",
                party=name,
                measure=own.name.text,
                payment=payment.name.text,
            )
            yield _stake(party, text, payment.payee)
            return


def evaluator_paid_by_results(checked: Checked) -> Iterable[Diagnostic]:
    """An evaluator whose fee rests on results that others report: its work bears on them all the same.

    A fee that rests on no result gives no stake. Instead: pay it whatever the results.
    """
    for party in statements(checked.contract, nodes.Party):
        if Role.EVALUATOR not in party.roles or Role.INTERMEDIARY in party.roles:
            continue
        for payment in paid_to(checked, party.name.text):
            result = next(iter(results_behind(checked, payment)), None)
            if result is not None:
                yield warning(
                    "SIB561",
                    payment.payee.span,
                    message(
                        "‘{party}’ is evaluator and is paid ‘{payment}’, which rests on ‘{result}’",
                        party=party.name.text,
                        payment=payment.name.text,
                        result=result.name.text,
                    ),
                    others=(Label(result.name.span, message("declared here")),),
                    help=message("pay the evaluator a fee that rests on no result"),
                )


def _reports(result: nodes.Measure | nodes.RateCard, party: str) -> bool:
    return isinstance(result, nodes.Measure) and any(
        party in {name.text for name in detail.parties}
        for detail in result.details
        if isinstance(detail, nodes.ReportedBy | nodes.DecidedBy)
    )


def _stake(party: nodes.Party, text: Message, where: Name | None = None) -> Diagnostic:
    return error(
        "SIB110",
        party.span,
        text,
        others=() if where is None else (Label(where.span, message("its money")),),
        help=message(
            "give the evaluation to a party without a stake in the result, for example: "
            "party Independent Assessor is evaluator"
        ),
    )


def role_twice(checked: Checked) -> Iterable[Diagnostic]:
    """A party with one role said twice; one of the two was probably meant to be another."""
    for party in statements(checked.contract, nodes.Party):
        for role in Role:
            if party.roles.count(role) > 1:
                yield error(
                    "SIB111",
                    party.span,
                    message(
                        "‘{party}’ has the role {role} twice",
                        party=party.name.text,
                        role=ROLE_WORDS[role],
                    ),
                    help=message("say each role once, or write the other role that was meant"),
                )


def shares_not_whole(checked: Checked) -> Iterable[Diagnostic]:
    """Shares of a group that do not make 100%: a part would be paid by nobody, or twice."""
    bounds = Bounds(checked)
    for group in statements(checked.contract, nodes.ShareGroup):
        shares = [_fixed(bounds, member.share) for member in group.members]
        known = [share for share in shares if share is not None]
        if len(known) == len(shares) and sum(known) != 1:
            total = sum(known, Fraction(0))
            name = group.name.text
            yield error(
                "SIB120",
                group.span,
                message(
                    "the shares of ‘{group}’ make {total}, not 100%",
                    group=name,
                    total=Quantity(total, PERCENTAGE),
                ),
                help=_whole_again(group, known, total),
            )


def _whole_again(group: nodes.ShareGroup, shares: list[Fraction], total: Fraction) -> Message:
    last = shares[-1] + 1 - total
    if last <= 0:
        return message("lower the shares until they make 100%")
    return message(
        "write, if the other shares are right: {member} {share}",
        member=group.members[-1].name.text,
        share=Quantity(last, PERCENTAGE),
    )


def share_not_fixed(checked: Checked) -> Iterable[Diagnostic]:
    """A share that is not a percentage above nil written in the contract, or depends on results."""
    bounds = Bounds(checked)
    for group in statements(checked.contract, nodes.ShareGroup):
        for member in group.members:
            share = _fixed(bounds, member.share)
            if share is None or share <= 0:
                yield error(
                    "SIB121",
                    member.share.span,
                    message(
                        "the share of ‘{member}’ is not a fixed percentage above 0%",
                        member=member.name.text,
                    ),
                    help=message(
                        "write a percentage: {member} 20%; for a share that changes with results "
                        "write one payment for each member",
                        member=member.name.text,
                    ),
                )


def member_twice(checked: Checked) -> Iterable[Diagnostic]:
    """A party named twice in one group."""
    first: dict[tuple[str, str], Name] = {}
    for name, member in _memberships(checked):
        earlier = first.setdefault((name, member.text), member)
        if earlier is not member:
            yield error(
                "SIB123",
                member.span,
                message("‘{member}’ is in ‘{group}’ twice", member=member.text, group=name),
                others=(Label(earlier.span, message("named here first")),),
                help=message("keep one of the two, with the share or limit of both"),
            )


def _memberships(checked: Checked) -> Iterator[tuple[str, Name]]:
    for statement in checked.contract.statements:
        if isinstance(statement, nodes.ShareGroup | nodes.Waterfall):
            for member in statement.members:
                yield statement.name.text, member.name


def waterfall_without_limit(checked: Checked) -> Iterable[Diagnostic]:
    """A member before the last without ``up to``: nothing would ever reach those after it."""
    for group in statements(checked.contract, nodes.Waterfall):
        for member, following in zip(group.members, group.members[1:], strict=False):
            if member.up_to is None:
                yield error(
                    "SIB124",
                    member.span,
                    message(
                        "‘{member}’ has no limit, so nothing would reach ‘{following}’",
                        member=member.name.text,
                        following=following.name.text,
                    ),
                    others=(Label(following.span, message("comes after it")),),
                    help=message(
                        "say up to how much, for example: {member} up to {amount}",
                        member=member.name.text,
                        amount=Quantity(Fraction(1_000_000), amount_in(checked.currency or "EUR")),
                    ),
                )


def waterfall_limit_not_fixed(checked: Checked) -> Iterable[Diagnostic]:
    """A limit of a waterfall that is not a fixed amount above nil."""
    bounds = Bounds(checked)
    for group in statements(checked.contract, nodes.Waterfall):
        for member in group.members:
            if member.up_to is None:
                continue
            limit = bounds.of(member.up_to)
            if limit.low != limit.high or limit.low <= ZERO:
                yield error(
                    "SIB125",
                    member.up_to.span,
                    message(
                        "the limit of ‘{member}’ is not a fixed amount above nil",
                        member=member.name.text,
                    ),
                    help=message("write an amount, or a term that is one, after ‘up to’"),
                )


def _fixed(bounds: Bounds, expr: nodes.Expr) -> Fraction | None:
    found = bounds.of(expr)
    return found.least if found.low == found.high else None
