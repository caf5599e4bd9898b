"""Plans made by hand, for tests of the evaluator: one call per statement of a contract."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import define, evolve, field

from sibdsl.evaluate.determination import Determination, PaymentOutcome
from sibdsl.evaluate.evaluate import evaluate
from sibdsl.evaluate.values import Known
from sibdsl.money import RoundingMode
from sibdsl.plan.terms import (
    Account,
    Aggregate,
    AmountRounding,
    Arithmetic,
    Cap,
    Comparison,
    Constant,
    Division,
    Evaluation,
    Funding,
    Index,
    Measure,
    NamedTerm,
    NameKind,
    Operation,
    Part,
    Party,
    Payment,
    Plan,
    RateCard,
    Relation,
    Result,
    ReturnLimit,
    Settlement,
    Single,
    Summary,
    Tariff,
    Term,
)
from sibdsl.plan.wellformed import flaw
from sibdsl.results.reported import Reported, Results, Status
from sibdsl.source import Span
from sibdsl.units import NUMBER, PERCENTAGE, YES_NO, Unit, amount_in

GBP = amount_in("GBP")
HERE = Span(0, 0)
DUE = date(2021, 1, 1)
PENNIES = AmountRounding("GBP", RoundingMode.HALF_UP, Fraction(1, 100))

Reportable = Fraction | int | bool | None
"""A value as a test gives it; None is one that is not available."""


@define
class Draft:
    """A plan being made. Every method returns what later ones are to be given: an index."""

    terms: list[Term] = field(factory=list)
    names: list[NamedTerm] = field(factory=list)
    measures: list[Measure] = field(factory=list)
    evaluations: list[Evaluation] = field(factory=list)
    parties: list[Party] = field(factory=list)
    fundings: list[Funding] = field(factory=list)
    payments: list[Payment] = field(factory=list)
    caps: list[Cap] = field(factory=list)
    accounts: list[Account] = field(factory=list)
    cards: list[RateCard] = field(factory=list)
    rounding: AmountRounding = PENNIES

    # Terms

    def add(self, term: Term) -> Index:
        self.terms.append(term)
        return len(self.terms) - 1

    def name(
        self,
        name: str,
        term: Index,
        kind: NameKind = NameKind.DEFINITION,
        evaluation: int | None = None,
    ) -> Index:
        self.names.append(NamedTerm(name, kind, evaluation, term, HERE))
        return term

    def amount(self, value: Fraction | int) -> Index:
        return self.add(Constant(Fraction(value), unit=GBP))

    def percentage(self, value: Fraction | str) -> Index:
        return self.add(Constant(Fraction(value), unit=PERCENTAGE))

    def measure(
        self,
        name: str,
        unit: Unit = NUMBER,
        at: Sequence[int] | None = None,
        presumed: Known | None = None,
    ) -> tuple[Index, ...]:
        """A measure; one term if it exists once, else one for each of its evaluations."""
        evaluations = None if at is None else tuple(at)
        number = len(self.measures)
        self.measures.append(
            Measure(name, unit, evaluations, (), False, presumed, "", False, "", HERE)
        )
        homes: Sequence[int | None] = (None,) if at is None else at
        terms = tuple(self.add(Result(number, home, unit=unit)) for home in homes)
        for home, term in zip(homes, terms, strict=True):
            self.name(name, term, NameKind.MEASURE, home)
        return terms

    def money(self, name: str) -> Index:
        return self.measure(name, GBP)[0]

    def test(self, name: str) -> Index:
        return self.measure(name, YES_NO)[0]

    def compute(self, operation: Operation, left: Index, right: Index, unit: Unit = GBP) -> Index:
        return self.add(Arithmetic(operation, left, right, unit=unit))

    def compare(self, left: Index, relation: Relation, right: Index) -> Index:
        return self.add(Comparison(relation, left, right, unit=YES_NO))

    def total(self, items: Sequence[Index], at: Sequence[int] = (), unit: Unit = GBP) -> Index:
        return self.add(Aggregate(Summary.TOTAL, tuple(items), tuple(at), unit=unit))

    # Statements

    def evaluation(self, name: str, on: date) -> int:
        self.evaluations.append(Evaluation(name, on, "Year"))
        return len(self.evaluations) - 1

    def party(self, name: str) -> int:
        self.parties.append(Party(name, (), "", HERE))
        return len(self.parties) - 1

    def side(self, party: int | Division) -> Division:
        return Single(party) if isinstance(party, int) else party

    def pay(
        self,
        gross: Index,
        payer: int | Division = 0,
        payee: int | Division = 1,
        when: Index | None = None,
        *,
        due: date = DUE,
        name: str = "",
        evaluation: int | None = None,
    ) -> int:
        """A payment; returns its number. Payments are to be made in rank order."""
        number = len(self.payments)
        settlement = self.add(Settlement(number, unit=GBP))
        sides = (self.side(payer), self.side(payee))
        payers, payees = (
            (side.party,) if isinstance(side, Single) else side.members for side in sides
        )
        self.payments.append(
            Payment(
                name=name or f"Payment {number + 1}",
                evaluation=evaluation,
                payer=sides[0],
                payee=sides[1],
                parts=tuple((one, other) for one in payers for other in payees),
                condition=when,
                gross=gross,
                settlement=settlement,
                currency="GBP",
                due=due,
                adjusted=due,
                calendar="",
                place=HERE,
            )
        )
        return number

    def settled(self, payment: int) -> Index:
        """The term of what is due under a payment."""
        return self.payments[payment].settlement

    def part(self, payment: int, part: int) -> Index:
        return self.add(Part(payment, part, unit=GBP))

    def cap(
        self,
        limit: Index | ReturnLimit,
        payments: Sequence[int] = (),
        parts: Sequence[tuple[int, int]] = (),
    ) -> int:
        """A cap with one account. The limit's term is to be made before the payments."""
        number = len(self.caps)
        is_return = isinstance(limit, ReturnLimit)
        self.caps.append(Cap((), "GBP", is_return, "", HERE))
        self.accounts.append(Account(number, limit, tuple(payments), tuple(parts), ()))
        return number

    def card(self, name: str, tariffs: Sequence[Tariff], at: Sequence[int]) -> int:
        self.cards.append(RateCard(name, "GBP", tuple(at), tuple(tariffs), HERE))
        return len(self.cards) - 1

    def plan(self) -> Plan:
        """The finished plan, which is sound."""
        plan = Plan(
            language="en",
            prevailing="en",
            names_there=(),
            title="Test",
            reference="",
            policy_field="",
            currency="GBP",
            start=date(2010, 1, 1),
            end=date(2030, 12, 31),
            parties=tuple(self.parties),
            fundings=tuple(self.fundings),
            evaluations=tuple(self.evaluations),
            measures=tuple(self.measures),
            cards=tuple(self.cards),
            terms=tuple(self.terms),
            names=tuple(self.names),
            payments=tuple(self.payments),
            caps=tuple(self.caps),
            accounts=tuple(self.accounts),
            roundings=(self.rounding,),
            examples=(),
        )
        assert flaw(plan) is None, flaw(plan)
        return plan

    def determine(self, results: Results | None = None) -> Determination:
        return evaluate(self.plan(), results or Results(), contract_digest="")

    def outcomes(self, **reported: Reportable) -> tuple[PaymentOutcome, ...]:
        """The payments on results given by the names of measures that exist once."""
        return self.determine(self.results(**reported)).payments

    def results(self, **reported: Reportable) -> Results:
        numbers = {measure.name: number for number, measure in enumerate(self.measures)}
        return Results({(numbers[name], None): final(value) for name, value in reported.items()})


def draft(parties: int = 2) -> Draft:
    """A plan with so many parties: 0 the payer, 1 the investor, then others."""
    made = Draft()
    for number in range(parties):
        made.party(f"Party {number}")
    return made


def final(value: Reportable) -> Reported:
    """A final value; None for one that is not available."""
    if value is None:
        return Reported(None, Status.NOT_AVAILABLE)
    return Reported(value if isinstance(value, bool) else Fraction(value), Status.FINAL)


def with_status(results: Results, status: Status) -> Results:
    """The same values, all with another status."""
    values = {key: evolve(each, status=status) for key, each in results.values.items()}
    return evolve(results, values=values)
