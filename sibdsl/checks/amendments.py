"""What an amendment may not do: change the past, or what a name stands for while others count on it.

Each check looks at one amendment: the terms before it, those from it on, and what it changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sibdsl.assembly.amendments import Change, Version
from sibdsl.assembly.statements import CURES, name_of
from sibdsl.checks.checked import Checked, Names, Occasion
from sibdsl.checks.editions import Edition, edition_on, names_under, together
from sibdsl.checks.names.references import sort_of
from sibdsl.checks.settlement.bearing import bears_on, caps_on
from sibdsl.checks.settlement.schedule import (
    PaymentInstance,
    governing_day,
    occasions_of,
    payments_of,
    ranked_over,
)
from sibdsl.checks.slips import likely_slips
from sibdsl.checks.statements import statements
from sibdsl.diagnostics import (
    Diagnostic,
    Label,
    Message,
    error,
    has_errors,
    in_order,
    message,
    warning,
)
from sibdsl.frozen import frozen
from sibdsl.source import Span
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Node
from sibdsl.syntax.walk import walk
from sibdsl.units import YES_NO, Unit

FIXED = (
    nodes.ExchangeRate,
    nodes.ShareGroup,
    nodes.Waterfall,
    nodes.Funding,
    nodes.Measure,
    nodes.ReturnCap,
    nodes.RoundingRule,
)
"""Statements that every evaluation reads alike: what they rest on cannot be amended either."""


@frozen
class Amending:
    """One amendment: the terms up to it, its own last, and what it changes."""

    editions: tuple[Edition, ...]
    version: Version

    @property
    def day(self) -> date:
        """The day from which it governs."""
        assert self.version.since is not None
        return self.version.since

    @property
    def old(self) -> Checked:
        """The terms before it."""
        return self.editions[-2].checked

    @property
    def new(self) -> Checked:
        """The terms from it on."""
        return self.editions[-1].checked

    def changed(self, name: str) -> Change | None:
        """What it does to a name of the terms before it."""
        return next(
            (each for each in self.version.changes if each.old and name_of(each.old) == name), None
        )

    @property
    def changed_names(self) -> frozenset[str]:
        """The names that it says anew or withdraws."""
        return frozenset(
            name for each in self.version.changes if each.old and (name := name_of(each.old))
        )


def amendment_findings(
    editions: Sequence[Edition], versions: Sequence[Version]
) -> tuple[Diagnostic, ...]:
    """Everything that is wrong between the terms of each amendment and those before it."""
    found: list[Diagnostic] = []
    for number in range(1, len(editions)):
        amending = Amending(tuple(editions[: number + 1]), versions[number])
        found += _out_of_order(amending)
        found += _past_evaluations(amending)
        # What a missing name leaves of others is no nature of theirs.
        found += [*_withdrawn_and_used(amending)] or [*_other_nature(amending)]
        found += _fixed_for_all(amending)
        found += _past_payments(amending)
        found += likely_slips(amending.old.names, amending.new.names, amending.version)
    return in_order(found)


# ------------------------------------------------------------------------------------------- days


def _out_of_order(amending: Amending) -> Iterator[Diagnostic]:
    """An amendment that takes effect outside the term, or not after the one that it amends."""
    term = next(statements(amending.new.contract, nodes.Term), None)
    before = amending.editions[-2].since
    if term is not None and not term.start.value < amending.day <= term.end.value:
        yield error(
            "SIB081",
            amending.version.place,
            message("{day} is not within the term", day=amending.day),
            others=(Label(term.span, message("the term")),),
            help=message("write a day after the first day of the term and not after its last"),
        )
    if before is not None and amending.day <= before:
        yield error(
            "SIB081",
            amending.version.place,
            message("the amendment before this one takes effect on {day}", day=before),
            help=message("write a later day: each amendment follows the one that it amends"),
        )


def _past_evaluations(amending: Amending) -> Iterator[Diagnostic]:
    """An evaluation dated before the effective date that is moved, added or left out."""
    old, new = amending.old.names, amending.new.names
    for name in dict.fromkeys((*old.occasions, *new.occasions)):
        before, after = old.occasions.get(name), new.occasions.get(name)
        if _same(before, after):
            continue
        days = [each.on for each in (before, after) if each is not None]
        if min(days) >= amending.day and not (after is None and _is_named(amending, name)):
            continue
        yield _past(amending, name, before, after)


def _same(one: Occasion | None, other: Occasion | None) -> bool:
    return (
        one is not None and other is not None and (one.on, one.series) == (other.on, other.series)
    )


def _is_named(amending: Amending, evaluation: str) -> bool:
    """Whether terms of before, which may still govern something, name an evaluation."""
    return any(
        isinstance(part, nodes.Name) and part.text == evaluation
        for edition in amending.editions[:-1]
        for statement in edition.checked.contract.statements
        if not isinstance(statement, nodes.Evaluation | nodes.Example)
        for part in walk(statement)
    )


def _past(
    amending: Amending, name: str, before: Occasion | None, after: Occasion | None
) -> Diagnostic:
    place = amending.version.place if after is None else after.place
    others = () if before is None else (Label(before.place, message("declared here")),)
    if before is None and after is not None:
        text = message(
            "‘{name}’ is on {date}, before the amendment takes effect on {day}",
            name=name,
            date=after.on,
            day=amending.day,
        )
    elif after is None:
        text = message(
            "‘{name}’ is left out, and the terms before the amendment count on it", name=name
        )
    else:
        text = message(
            "‘{name}’ would move across {day}, when the amendment takes effect, or to another series",
            name=name,
            day=amending.day,
        )
    advice = message(
        "leave evaluations before that day as they are, and move later ones to later days"
    )
    return error("SIB084", place, text, others=others, help=advice)


# ----------------------------------------------------------------------------------------- nature


def _withdrawn_and_used(amending: Amending) -> Iterator[Diagnostic]:
    """A name that is withdrawn while a statement that stays uses it."""
    for change in amending.version.changes:
        if change.old is None or change.new is not None or not name_of(change.old):
            continue
        name = name_of(change.old)
        uses = [
            part.span
            for statement in amending.new.contract.statements
            for part in walk(statement)
            if isinstance(part, nodes.Name) and part.text == name
        ]
        if uses and name not in amending.new.names.declared:
            yield error(
                "SIB077",
                change.place,
                message("‘{name}’ is withdrawn and still used", name=name),
                others=(Label(span, message("used here")) for span in uses),
                help=message("say anew what uses it, or withdraw that too"),
            )


def _other_nature(amending: Amending) -> Iterator[Diagnostic]:
    """A name that comes to stand for something else: of another sort, unit, or at other evaluations.

    What only follows from such a name is told where no name said anew is found.
    """
    found = dict(_of_other_nature(amending))
    said_anew = {name: what for name, what in found.items() if amending.changed(name) is not None}
    followed = {} if has_errors(amending.new.findings) else found
    for name, what in (said_anew or followed).items():
        where = amending.new.names.where[name].span
        yield error(
            "SIB086",
            where if name in said_anew else amending.version.place,
            message("the amendment makes ‘{name}’ {what}", name=name, what=what),
            others=(Label(amending.old.names.where[name].span, message("declared here")),),
            help=message("withdraw it, and declare the new term under another name"),
        )


def _of_other_nature(amending: Amending) -> Iterator[tuple[str, Message]]:
    old, new = amending.old, amending.new
    for name, declared in old.names.declared.items():
        other = new.names.declared.get(name)
        if other is None:
            continue
        if sort_of(declared) is not sort_of(other):
            yield name, message("another sort of thing")
        elif old.homes.get(name) != new.homes.get(name):
            yield name, message("something of other evaluations")
        elif _unit(old, name) != _unit(new, name):
            yield name, message("something in another unit")


def _unit(checked: Checked, name: str) -> tuple[Unit | None, ...]:
    types = checked.types
    match checked.names.declared.get(name):
        case nodes.Definition() as definition:
            return (types.get(definition.body.span),)
        case nodes.Payment() as payment:
            return (types.get(payment.amount.span),)
        case nodes.Condition():
            return (YES_NO,)
        case nodes.Table() as table:
            is_marginal = table.mode is nodes.TableMode.MARGINAL
            spans = [part for row in table.rows[:1] for part in (row.value.span, row.bound.span)]
            return tuple(types.get(span) for span in spans[: 2 if is_marginal else 1])
        case _:
            return ()


def _fixed_for_all(amending: Amending) -> Iterator[Diagnostic]:
    """A statement that every evaluation reads alike and that rests on something amended."""
    changed = amending.changed_names
    for statement in amending.old.contract.statements:
        parts: tuple[Node, ...] = (statement,)
        if isinstance(statement, nodes.Cap):
            if not _bears_on_card(amending.old.names, statement):
                continue
            parts = (statement.limit,)
        elif not isinstance(statement, FIXED):
            continue
        moved = sorted(changed.intersection(names_under(amending.old, parts)))
        change = amending.changed(moved[0]) if moved else None
        if change is not None:
            yield error(
                "SIB082",
                change.place,
                message("‘{name}’ cannot be amended", name=moved[0]),
                others=(Label(statement.span, message("this rests on it, at every date alike")),),
                help=message("declare it under another name, and let what changes use that"),
            )
    for change in amending.version.changes:
        for cap in (change.old, change.new):
            if isinstance(cap, nodes.Cap) and _bears_on_card(amending.new.names, cap):
                advice = CURES[nodes.Cap]
                text = message("an amendment cannot cap a rate card, or change a cap on one")
                yield error("SIB082", change.place, text, help=advice)
                break


def _bears_on_card(names: Names, cap: nodes.Cap) -> bool:
    return any(
        isinstance(target, nodes.CapOn)
        and isinstance(names.declared.get(target.name.text), nodes.RateCard)
        for target in cap.targets
    )


# --------------------------------------------------------------------------------------- payments


def _past_payments(amending: Amending) -> Iterator[Diagnostic]:
    """A payment that fell due before the effective date and changes, or that no terms govern."""
    before = ranked_over(together(amending.editions[:-1]))
    now = {(one.name, one.occasion): one for one in ranked_over(together(amending.editions))}
    for instance in before:
        if instance.due < amending.day and _is_changed(amending, instance, now):
            yield error(
                "SIB085",
                _place(amending, instance.name),
                message(
                    "‘{payment}’ fell due on {due}, before the amendment, which changes it",
                    payment=instance.name,
                    due=instance.due,
                ),
                others=(Label(instance.place, message("due by these terms")),),
                help=message(
                    "leave it, and what it rests on, as it is; add a payment for the difference"
                ),
            )
    yield from _governed_by_none(amending, before)


def _is_changed(
    amending: Amending,
    instance: PaymentInstance,
    now: dict[tuple[str, str | None], PaymentInstance],
) -> bool:
    """Whether a payment goes by the new terms, and these change it or what it rests on."""
    key = (instance.name, instance.occasion)
    number = len(amending.editions) - 1
    if key in now and now[key].edition != number:
        return False
    payment = amending.old.names.declared.get(instance.name)
    if key not in now or not isinstance(payment, nodes.Payment):
        return True
    limits = [cap.limit for cap in caps_on(amending.old, payment)]
    parts = (payment.amount, payment.when, payment.unless, *limits)
    under = names_under(amending.old, [part for part in parts if part is not None])
    if not amending.changed_names.isdisjoint((instance.name, *under)):
        return True
    changed = [cap for change in amending.version.changes for cap in (change.old, change.new)]
    return any(
        bears_on(amending.new, target, payment)
        for cap in changed
        if isinstance(cap, nodes.Cap)
        for target in cap.targets
    )


def _place(amending: Amending, name: str) -> Span:
    change = amending.changed(name)
    return amending.version.place if change is None else change.place


def _governed_by_none(
    amending: Amending, before: Sequence[PaymentInstance]
) -> Iterator[Diagnostic]:
    """A payment of the amendment made once: by a day before it, or one that old terms still govern."""
    old = {instance.name for instance in before if instance.occasion is None}
    number = len(amending.editions) - 1
    for payment in payments_of(amending.new):
        is_said = any(change.new is payment for change in amending.version.changes)
        if not is_said or None not in occasions_of(amending.new, payment):
            continue
        name = payment.name.text
        day = governing_day(payment, None, amending.new.names)
        earlier = _earlier_day(amending, name)
        if earlier is not None and edition_on(amending.editions, earlier) < number:
            yield warning(
                "SIB089",
                payment.name.span,
                message(
                    "‘{payment}’ goes by {day}, before the amendment: the old terms hold",
                    payment=name,
                    day=earlier,
                ),
                others=(Label(amending.old.names.where[name].span, message("the old terms")),),
                help=message("leave it out of the amendment, or add a payment of another name"),
            )
        elif day is not None and day < amending.day and (name not in old or earlier is not None):
            yield error(
                "SIB085",
                payment.name.span,
                message(
                    "‘{payment}’ goes by {day}, before the amendment takes effect",
                    payment=name,
                    day=day,
                ),
                help=message(
                    "let its due date count from an evaluation that the amendment governs"
                ),
            )


def _earlier_day(amending: Amending, name: str) -> date | None:
    declared = amending.old.names.declared.get(name)
    if not isinstance(declared, nodes.Payment):
        return None
    return governing_day(declared, None, amending.old.names)
