"""What a careful reader would ask about: interests, forgotten measures, missing caps and examples."""

from __future__ import annotations

from collections.abc import Iterable

from sibdsl.checks.checked import Checked
from sibdsl.checks.clauses.parties import ROLE_WORDS
from sibdsl.checks.homes.dependencies import uses_in
from sibdsl.checks.settlement.bearing import caps_on, is_card, stands_on
from sibdsl.checks.settlement.schedule import payments_of
from sibdsl.checks.statements import roles_of, statements
from sibdsl.diagnostics import Diagnostic, Label, message, warning
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Measure, Role, Side

_INTERESTED = (Role.INVESTOR, Role.OUTCOME_PAYER, Role.SERVICE_PROVIDER)


def interested_reporter(checked: Checked) -> Iterable[Diagnostic]:
    """A result reported only by investors, outcome payers or service providers: their own money.

    A measure that a party *decides* (termination, force majeure) is a judgement, and left alone.
    """
    for measure in statements(checked.contract, Measure):
        reporters = [
            party
            for detail in measure.details
            if isinstance(detail, nodes.ReportedBy)
            for party in detail.parties
        ]
        interests = [roles_of(checked, party.text).intersection(_INTERESTED) for party in reporters]
        if reporters and all(interests):
            first = reporters[0]
            yield warning(
                "SIB130",
                first.span,
                message(
                    "‘{measure}’ is reported by ‘{party}’, which is {roles}",
                    measure=measure.name.text,
                    party=first.text,
                    roles=tuple(ROLE_WORDS[role] for role in _INTERESTED if role in interests[0]),
                ),
                others=_declared_at(checked, first.text),
                help=message(
                    "let an evaluator report it, alone or together with ‘{party}’", party=first.text
                ),
            )


def _declared_at(checked: Checked, name: str) -> tuple[Label, ...]:
    where = checked.names.where.get(name)
    return () if where is None else (Label(where.span, message("declared here")),)


def unused_measure(checked: Checked) -> Iterable[Diagnostic]:
    """A measure that is reported and never used by any term, condition, table, payment or cap."""
    used = _used(checked)
    for measure in statements(checked.contract, Measure):
        if measure.name.text not in used:
            yield warning(
                "SIB540",
                measure.name.span,
                message("‘{measure}’ is reported and never used", measure=measure.name.text),
                help=message(
                    "use it where it should count, or delete it; what is only for information "
                    "needs no measure"
                ),
            )


def unused_definition(checked: Checked) -> Iterable[Diagnostic]:
    """A definition that no other statement uses; what a worked example expects counts as use."""
    used = _used(checked) | {
        use.term.name
        for example in statements(checked.contract, nodes.Example)
        for use in uses_in(example)
    }
    for definition in statements(checked.contract, nodes.Definition):
        if definition.name.text not in used:
            yield warning(
                "SIB091",
                definition.name.span,
                message("nothing uses ‘{name}’", name=definition.name.text),
                help=message("use it where it should count, or delete it"),
            )


def _used(checked: Checked) -> frozenset[str]:
    used: set[str] = set()
    for statement in checked.contract.statements:
        match statement:
            case nodes.Example():
                continue
            case nodes.Table():
                used.add(statement.key.text)
            case nodes.ExchangeRate(quote=nodes.NameUse() as quote):
                used.add(quote.name.text)
            case _:
                pass
        used.update(use.term.name for use in uses_in(statement))
    return frozenset(used)


def no_worked_example(checked: Checked) -> Iterable[Diagnostic]:
    """A contract with no worked example: nothing shows that it says what was meant."""
    pays = payments_of(checked)
    if pays and not any(statements(checked.contract, nodes.Example)):
        title = next(statements(checked.contract, nodes.Title), None)
        place = Span(0, 0) if title is None else title.span
        yield warning(
            "SIB710",
            place,
            message("the contract has no worked example"),
            help=message(
                "add one with numbers you worked out by hand: example “first payment” given … is "
                "… expect {payment} … is …",
                payment=pays[0].name.text,
            ),
        )


def payment_without_cap(checked: Checked) -> Iterable[Diagnostic]:
    """A payment on which no cap bears: what may fall due has no limit that the contract states."""
    for payment in payments_of(checked):
        if not (any(caps_on(checked, payment)) or _capped_otherwise(checked, payment)):
            yield warning(
                "SIB541",
                payment.name.span,
                message("no cap bears on ‘{payment}’", payment=payment.name.text),
                help=message(
                    "say the most that may be paid: cap {payment}: … — or a cap on its payer, or "
                    "on the contract",
                    payment=payment.name.text,
                ),
            )


def _capped_otherwise(checked: Checked, payment: nodes.Payment) -> bool:
    """By a cap on the return of its payee, or on the rate card that it pays."""
    for limit in statements(checked.contract, nodes.ReturnCap):
        if stands_on(checked, limit.investor.text, Side.PAYEE, payment):
            return True
    used = {use.term.name for use in uses_in(payment.amount)}
    return any(
        is_card(checked, target) and isinstance(target, nodes.CapOn) and target.name.text in used
        for cap in statements(checked.contract, nodes.Cap)
        for target in cap.targets
    )
