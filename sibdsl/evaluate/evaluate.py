"""From a plan and what was reported to a determination."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import assert_never

from attrs import evolve

from sibdsl.evaluate.claims import Tally, in_order, refused_at
from sibdsl.evaluate.determination import (
    Cut,
    Determination,
    NamedValue,
    OutcomeCount,
    PartDue,
    PaymentOutcome,
    Reason,
    State,
    Why,
)
from sibdsl.evaluate.exact import Exact
from sibdsl.evaluate.explain import Explainer
from sibdsl.evaluate.grounds import Evaluated, cut_amount, payment_grounds
from sibdsl.evaluate.headroom_worked_out import headroom_worked_out
from sibdsl.evaluate.ledger import Cutting, Settled
from sibdsl.evaluate.quantities import quantity
from sibdsl.evaluate.run import run
from sibdsl.evaluate.standing import cap_uses, investor_returns, party_totals
from sibdsl.evaluate.steps import why_missing
from sibdsl.evaluate.values import UNKNOWN, Undefined, Value
from sibdsl.plan.terms import Division, NamedTerm, NameKind, Payment, Plan, Single
from sibdsl.results.reported import Results
from sibdsl.units import amount_in

_NIL = Fraction(0)


def evaluate(
    plan: Plan,
    results: Results,
    *,
    as_of: date | None = None,
    reasons: bool = True,
    contract_digest: str | None = None,
    results_digest: str = "",
) -> Determination:
    """What a contract comes to on given results. It never fails on a well-formed plan.

    ``as_of`` and the digests are written into the determination as they are given (that of the
    contract is taken if it is not): to leave out what was reported later is the business of
    whoever binds the results. Without ``reasons`` each
    reason has its first step only, and the run is some times faster.
    """
    evaluated = evaluated_on(plan, results)
    explainer = Explainer(evaluated)
    payments = tuple(
        _outcome(number, explainer, reasons=reasons) for number in range(len(plan.payments))
    )
    named = [
        (name.kind, _named_value(name, explainer, reasons=reasons))
        for name in plan.names
        if name.kind is not NameKind.PAYMENT
    ]
    return Determination(
        title=plan.title,
        contract_digest=contract_digest or _digest(plan),
        results_digest=results_digest,
        as_of=as_of,
        payments=payments,
        totals=party_totals(plan, payments, evaluated.trace.settled),
        caps=cap_uses(evaluated),
        conditions=tuple(value for kind, value in named if kind is NameKind.CONDITION),
        values=tuple(value for kind, value in named if kind is not NameKind.CONDITION),
        returns=investor_returns(plan, evaluated.trace.settled),
        outcomes=tuple(_outcome_counts(evaluated)),
    )


def _digest(plan: Plan) -> str:
    from sibdsl.plan.digest import digest  # noqa: PLC0415 -- worked examples need none

    return digest(plan)


def evaluated_on(plan: Plan, results: Results) -> Evaluated:
    """The value of every term of a plan, on given results."""
    algebra = Exact(plan, results)
    return Evaluated(plan, results, algebra, run(plan, algebra))


# ---------------------------------------------------------------------------------------- payments


def state_of(evaluated: Evaluated, number: int) -> State:
    """The state of a payment: not due if the condition fails, or nothing is left to pay."""
    settled = evaluated.trace.settled[number]
    if isinstance(settled.whole.value, Undefined):
        return State.UNDEFINED
    if any(each.value is UNKNOWN for each in (settled.whole, *settled.parts)):
        return State.PENDING
    return State.DUE if settled.whole.value else State.NOT_DUE


def _outcome(number: int, explainer: Explainer, *, reasons: bool) -> PaymentOutcome:
    evaluated = explainer.evaluated
    plan, payment = evaluated.plan, evaluated.plan.payments[number]
    settled = evaluated.trace.settled[number]
    state = state_of(evaluated, number)
    marks = evaluated.together(payment_grounds(evaluated, number))
    reason = _payment_step(number, state, explainer)
    if reasons:
        reason = explainer.of_payment(number, reason)
        if reason.why in {Why.PAID, Why.CUT}:
            reason = evolve(reason, working=explainer.steps.workings.of_amount(payment.gross))
    is_pending = state is State.PENDING

    def cuts_of(cuttings: Sequence[Cutting[Value]]) -> tuple[Cut, ...]:
        cuts = _cuts(plan, cuttings)
        return tuple(_worked_out(cut, number, explainer) for cut in cuts) if reasons else cuts

    return PaymentOutcome(
        payment=number,
        name=payment.name,
        evaluation=explainer.steps.evaluation_name(payment.evaluation),
        payer=side_name(plan, payment.payer),
        payee=side_name(plan, payment.payee),
        currency=payment.currency,
        state=state,
        provisional=marks.provisional,
        presumed=marks.presumed,
        gross=_gross(evaluated.values[payment.gross], state, settled),
        cuts=() if is_pending else cuts_of(settled.cuts),
        amount=certain(settled.whole.certain),
        parts=_parts(plan, payment, settled, () if is_pending else settled.part_cuts, cuts_of),
        due=payment.due,
        adjusted=payment.adjusted,
        waits_for=explainer.waiting.waits_for(payment.settlement) if is_pending else (),
        reason=reason,
        place=payment.place,
        lacks=explainer.waiting.lacks(number) if is_pending else (),
        behind=explainer.waiting.behind(number) if is_pending else (),
    )


def _gross(gross: Value, state: State, settled: Settled[Value]) -> Fraction | None:
    """What was earned before caps and rounding, which may leave nothing of it."""
    is_earned = state in {State.DUE, State.PENDING} or (
        state is State.NOT_DUE and settled.claim != 0
    )
    return gross if is_earned and isinstance(gross, Fraction) and gross > 0 else None


def certain(amount: Value) -> Fraction:
    """A certain part, which always has a value."""
    assert isinstance(amount, Fraction)
    return amount


def side_name(plan: Plan, division: Division) -> str:
    """The party or the group on a side of a payment."""
    return plan.parties[division.party].name if isinstance(division, Single) else division.group


def _parts(
    plan: Plan,
    payment: Payment,
    settled: Settled[Value],
    part_cuts: Sequence[Sequence[Cutting[Value]]],
    cuts_of: Callable[[Sequence[Cutting[Value]]], tuple[Cut, ...]],
) -> tuple[PartDue, ...]:
    cuts = part_cuts or ((),) * len(payment.parts)
    return tuple(
        PartDue(
            plan.parties[payer].name,
            plan.parties[payee].name,
            certain(part.certain),
            cuts_of(cuttings),
        )
        for (payer, payee), part, cuttings in zip(payment.parts, settled.parts, cuts, strict=True)
    )


def _cuts(plan: Plan, cuttings: Sequence[Cutting[Value]]) -> tuple[Cut, ...]:
    """What was taken off, all by the cap with the least headroom; of equals the first written."""
    taken: dict[Value, tuple[Fraction, Cutting[Value]]] = {}
    for cutting in cuttings:
        amount = cut_amount(cutting.before, cutting.headroom)
        if amount and (cutting.before not in taken or amount > taken[cutting.before][0]):
            taken[cutting.before] = (amount, cutting)
    return tuple(
        Cut(plan.accounts[cutting.account].cap, cutting.account, amount, certain(cutting.headroom))
        for amount, cutting in taken.values()
    )


def _worked_out(cut: Cut, number: int, explainer: Explainer) -> Cut:
    """A cut by a return cap, with how its headroom comes about."""
    workings = explainer.steps.workings
    return evolve(cut, working=headroom_worked_out(workings, cut.account, number, cut.headroom))


def _payment_step(number: int, state: State, explainer: Explainer) -> Reason:
    """The first step of a payment's reason: what it comes to, and in one word why."""
    evaluated = explainer.evaluated
    payment = evaluated.plan.payments[number]
    settled = evaluated.trace.settled[number]
    unit = amount_in(payment.currency)
    value = None
    if state in {State.DUE, State.NOT_DUE}:
        value = quantity(settled.whole.certain, unit)
    return Reason(
        _why_state(number, state, evaluated),
        payment.name,
        explainer.steps.evaluation_name(payment.evaluation),
        unit,
        value,
        payment.place,
    )


def _why_state(number: int, state: State, evaluated: Evaluated) -> Why:
    payment = evaluated.plan.payments[number]
    match state:
        case State.DUE:
            return Why.PAID
        case State.PENDING:
            return Why.UNKNOWN
        case State.UNDEFINED:
            return why_missing(evaluated.trace.settled[number].whole.value) or Why.UNKNOWN
        case State.NOT_DUE:
            if payment.evaluation in evaluated.results.cancelled:
                return Why.CANCELLED
            if payment.condition is not None and evaluated.values[payment.condition] is False:
                return Why.NOT_MET
            settled = evaluated.trace.settled[number]
            if any(
                cut_amount(each.before, each.headroom)
                for cuts in (settled.cuts, *settled.part_cuts)
                for each in cuts
            ):
                return Why.CUT
            gross = evaluated.values[payment.gross]
            negative = isinstance(gross, Fraction) and gross < 0
            return Why.NEGATIVE if negative else Why.COMPUTED
        case _:
            assert_never(state)


# ------------------------------------------------------------------------------- values and claims


def _named_value(name: NamedTerm, explainer: Explainer, *, reasons: bool) -> NamedValue:
    evaluated = explainer.evaluated
    reason = explainer.of_name(name) if reasons else explainer.steps.named(name, worked_out=False)
    marks = evaluated.marks[name.term]
    return NamedValue(
        name=name.name,
        kind=name.kind.value,
        evaluation=explainer.steps.evaluation_name(name.evaluation),
        value=reason.value,
        why=reason.why,
        provisional=marks.provisional,
        presumed=marks.presumed,
        reason=reason,
    )


def _outcome_counts(evaluated: Evaluated) -> Iterable[OutcomeCount]:
    """What the claims of every tariff came to, at each evaluation at which the card is closed."""
    plan = evaluated.plan
    for number, card in enumerate(plan.cards):
        tally = evaluated.algebra.tallies[number]
        first_time = _first_times(tally, in_order(plan, number))
        for evaluation in card.evaluations:
            if evaluation not in tally.known:
                continue
            priced = evaluated.algebra.priced.get((number, evaluation))
            has_value = priced is not None and isinstance(priced.amount, Fraction)
            for outcome, tariff in enumerate(card.tariffs):
                at = (evaluation, outcome)
                by_limit, by_requires, by_class = refused_at(tally, at, tariff)
                amount = None
                if priced is not None and has_value:
                    amount = priced.by_outcome.get(outcome, _NIL)
                yield OutcomeCount(
                    card=card.name,
                    outcome=tariff.outcome,
                    evaluation=plan.evaluations[evaluation].name,
                    people=tally.people.get(at, 0),
                    claimed=tally.claimed.get(at, 0),
                    accepted=tally.accepted.get(at, 0),
                    refused_by_limit=by_limit,
                    refused_by_requires=by_requires,
                    refused_by_class=by_class,
                    amount=amount,
                    first_time=first_time[at],
                    tariff=outcome,
                    for_class=tariff.for_class,
                    starts=tariff.starts,
                    cap=None if priced is None else priced.cap,
                    cuts=() if priced is None else tuple(priced.cuts.get(outcome, {}).items()),
                )


def _first_times(tally: Tally, evaluations: Sequence[int]) -> Counter[tuple[int, int]]:
    """How many people had a claim of an outcome accepted for the first time, where and of which."""
    counts: Counter[tuple[int, int]] = Counter()
    seen: set[tuple[str, int]] = set()
    for evaluation in evaluations:
        new = set(tally.taken.get(evaluation, ())) - seen
        seen |= new
        counts.update((evaluation, outcome) for _, outcome in new)
    return counts
