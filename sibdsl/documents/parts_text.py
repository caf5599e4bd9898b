"""How a payment is divided among the members of a group, and why each gets what it gets."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sibdsl.diagnostics import Message, message
from sibdsl.documents.determination_names import cap_name
from sibdsl.documents.display import aligned
from sibdsl.documents.wording import Wording, listed
from sibdsl.documents.workings_text import amount_worked_out
from sibdsl.evaluate.determination import Cut, PartDue, PaymentOutcome, State, Why
from sibdsl.frozen import frozen
from sibdsl.numerals import as_said, say_fraction
from sibdsl.plan.terms import Division, Shares, Single, Tiers
from sibdsl.units import PERCENTAGE, Quantity


def parts(
    payment: PaymentOutcome, earlier: Sequence[PaymentOutcome], wording: Wording
) -> Iterator[str]:
    """The parts as aligned lines; none where one party pays one other, or nothing is due.

    ``earlier`` are the payments settled before, whose money has filled a waterfall.
    """
    if len(payment.parts) < 2 or payment.amount == 0:
        return
    plan = wording.plan.payments[payment.payment]
    rows = []
    has_two_groups = not isinstance(plan.payer, Single) and not isinstance(plan.payee, Single)
    fills_in_turn = isinstance(plan.payer, Shares) and isinstance(plan.payee, Tiers)
    payers: set[str] = set()
    for number, part in enumerate(payment.parts):
        why = _Why(payment, number, earlier, wording)
        of_payer = [cut for cut in part.cuts if _is_of_payer(cut, payment, number, wording)]
        of_part = [cut for cut in part.cuts if cut not in of_payer] if has_two_groups else part.cuts
        said = [cut_by(cut, payment.currency, wording) for cut in of_payer]
        if fills_in_turn and part.payer not in payers:  # whose share then fills the waterfall
            said = [*why.of_side(plan.payer, "payer"), *said]
            payers.add(part.payer)
        if has_two_groups and said:
            name = wording.say(message("{name}", name=part.payer))
            rows.append((name, "", wording.say(message("{notes}", notes=tuple(said)))))
        if has_two_groups and not part.amount and not of_part:
            continue
        notes = [
            *(() if fills_in_turn else why.of_side(plan.payer, "payer")),
            *why.of_side(plan.payee, "payee"),
            *(cut_by(cut, payment.currency, wording) for cut in of_part),
        ]
        if isinstance(plan.payer, Shares) and isinstance(plan.payee, Shares):
            notes = [why.product(plan.payer, plan.payee), *notes[2:]]
        note = wording.say(message("{notes}", notes=tuple(notes))) if notes else ""
        amount = wording.amount(part.amount, payment.currency)
        rows.append((wording.say(_label(plan.payer, plan.payee, part)), amount, note))
    yield from aligned(rows, right={1})


def _is_of_payer(cut: Cut, payment: PaymentOutcome, number: int, wording: Wording) -> bool:
    """Whether a cut was made on all that the payer of a part pays, before the payees divide it."""
    payer = payment.parts[number].payer
    row = {at for at, part in enumerate(payment.parts) if part.payer == payer}
    covered = wording.plan.accounts[cut.account].parts
    return row <= {part for of, part in covered if of == payment.payment}


def _label(payer: Division, payee: Division, part: PartDue) -> Message:
    if isinstance(payer, Single):
        return message("{name}", name=part.payee)
    if isinstance(payee, Single):
        return message("{name}", name=part.payer)
    return message("{payer} to {payee}", payer=part.payer, payee=part.payee)


def cut_by(cut: Cut, currency: str, wording: Wording) -> Message:
    """``GBP 42,300.00 less, since the cap on X (line 63) had GBP 500,000.00 left``."""
    cap = wording.plan.caps[cut.cap]
    return message(
        "{amount} less, since {cap} had {headroom} left",
        amount=wording.amount(cut.amount, currency),
        cap=wording.with_line(cap_name(wording.plan, cut.cap, cut.account), cap.place),
        headroom=wording.amount(cut.headroom, currency),
    )


@frozen
class _Why:
    """Why one part of a payment is what it is."""

    payment: PaymentOutcome
    number: int
    earlier: Sequence[PaymentOutcome]
    wording: Wording

    def of_side(self, division: Division, side: str) -> Iterator[Message]:
        part = self.payment.parts[self.number]
        member = part.payer if side == "payer" else part.payee
        match division:
            case Single():
                return
            case Shares():
                yield self._share(_share_of(division, member, self.wording))
            case Tiers():
                yield self._tier(division, member, side)

    def product(self, payer: Shares, payee: Shares) -> Message:
        """Among two groups the share of the one in the share of the other."""
        part = self.payment.parts[self.number]
        first = _share_of(payer, part.payer, self.wording)
        return self._share(first * _share_of(payee, part.payee, self.wording))

    def _share(self, share: Fraction) -> Message:
        """As a percentage, or as the fraction that no percentage gives exactly."""
        if as_said(share * 100) != share * 100:
            return message("{share}", share=say_fraction(share))
        return message("{share}", share=self.wording.quantity(Quantity(share, PERCENTAGE)))

    def _tier(self, tiers: Tiers, member: str, side: str) -> Message:
        names = [self.wording.plan.parties[each].name for each in tiers.members]
        limit = tiers.up_to[names.index(member)]
        if limit is None:
            return message("what is left")
        before = self._passed(tiers, member, side)
        up_to = self.wording.amount(limit, self.payment.currency)
        if not before:
            return message("up to {limit}", limit=up_to)
        passed = self.wording.amount(before, self.payment.currency)
        return message("up to {limit}, of which {passed} before", limit=up_to, passed=passed)

    def _passed(self, tiers: Tiers, member: str, side: str) -> Fraction:
        """What passed through the waterfall on this side by payments settled before."""
        total = Fraction(0)
        for one in self.earlier:
            plan = self.wording.plan.payments[one.payment]
            division = plan.payer if side == "payer" else plan.payee
            if not isinstance(division, Tiers) or division.group != tiers.group:
                continue
            if one.currency != self.payment.currency:
                continue
            for part in one.parts:
                if member == (part.payer if side == "payer" else part.payee):
                    total += part.amount
        return total


def _share_of(shares: Shares, member: str, wording: Wording) -> Fraction:
    names = [wording.plan.parties[each].name for each in shares.members]
    return shares.shares[names.index(member)]


def cuts(payment: PaymentOutcome, wording: Wording) -> Message | None:
    """What caps and the rounding took off the whole; None where what is due is what was earned."""
    is_open = payment.state is State.PENDING
    is_cut = payment.amount or payment.reason.why is Why.CUT
    if payment.gross is None or is_open or not is_cut:
        return None
    gross = wording.amount(payment.gross, payment.currency)
    taken_off = payment.cuts
    if payment.reason.why is Why.CUT:
        taken_off += tuple(cut for part in payment.parts for cut in part.cuts)
    if taken_off:
        taken = [cut_by(cut, payment.currency, wording) for cut in taken_off]
        return message("before caps {gross}; {cuts}", gross=gross, cuts=listed(taken))
    of_parts = sum((cut.amount for part in payment.parts for cut in part.cuts), Fraction(0))
    if payment.gross in {payment.amount, payment.amount + of_parts}:
        return None
    if not of_parts and amount_worked_out(payment, wording) is not None:
        return None  # that line says it
    return message("before rounding {gross}", gross=gross)
