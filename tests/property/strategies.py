"""Whole contracts at random, as text, and results for them: most pass the check.

Every expression is drawn of the kind that its place wants, from terms that have a value there and are
known in time, so that what remains to be refused is rare: a circle of caps, a division by a literal
nil.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final

from attrs import define, field, frozen
from hypothesis import strategies as st

HEAD: Final = (
    'contract "Drawn"',
    "currency GBP",
    "term from 2020-01-01 to 2029-12-31",
    "party City is outcome payer",
    "party State is outcome payer",
    "party Fund is investor",
    "party Bank is investor",
    "party Charity is service provider",
    "party Auditor is evaluator",
    "evaluation Final on 2027-06-30",
)
ONCE, YEAR, FINAL = "once", "Year", "Final"
KINDS: Final = {
    "count": "a count",
    "number": "a number",
    "percentage": "a percentage",
    "points": "in points",
    "amount": "an amount",
    "condition": "yes or no",
}
RELATIONS: Final = ("is at least", "is at most", "is more than", "is less than", "is")
DAY_COUNTS: Final = ("actual/365", "actual/360", "30/360", "30E/360", "actual/actual")
ROUNDED: Final = ("half up", "half even", "up", "down")

Rows = list[dict[str, object]]


@frozen
class Term:
    """A name with a value: its kind, where it exists, whether it is known only at the end."""

    name: str
    kind: str
    home: str
    late: bool


@frozen
class Written:
    """A contract drawn at random: its statements in their order, and what its results are of."""

    statements: tuple[str, ...]
    years: int
    measures: tuple[Term, ...]
    cards: Mapping[str, tuple[str, ...]]

    @property
    def text(self) -> str:
        return "\n".join(("sibdsl 1 en", *self.statements, ""))

    def evaluations(self, home: str) -> tuple[str | None, ...]:
        """The evaluations that something of a home has values at."""
        if home == YEAR:
            return tuple(f"Year {number}" for number in range(1, self.years + 1))
        return (FINAL,) if home == FINAL else (None,)


@define
class _Writer:
    """Draws a contract, statement by statement; later ones may use what earlier ones name."""

    draw: st.DrawFn
    years: int
    terms: list[Term] = field(factory=list)

    def one_of(self, *choices: str) -> str:
        return self.draw(st.sampled_from(choices))

    def number(self, least: int, most: int) -> int:
        return self.draw(st.integers(least, most))

    def some(self, most: int) -> range:
        return range(self.number(0, most))

    # Expressions

    def literal(self, kind: str) -> str:
        whole, cents = self.number(0, 60), self.number(0, 99)
        match kind:
            case "count":
                return str(whole)
            case "number":
                return f"{whole}.{cents:02}"
            case "percentage":
                return f"{whole}.{cents:02}%"
            case "points":
                return f"{whole}.{cents:02} points"
            case "amount":
                return f"GBP {whole * 37}.{cents:02}"
            case _:
                return self.one_of("yes", "no")

    def use(self, kind: str, home: str, *, late: bool) -> str:
        """A term of a kind, as it may be written at a home; a literal where there is none."""
        usable = [
            term
            for term in self.terms
            if term.kind == kind and (late or not term.late) and (term.home in {ONCE, home} or late)
        ]
        if not usable:
            return self.literal(kind)
        term = self.draw(st.sampled_from(usable))
        if term.home == ONCE:
            return term.name
        if term.home == home:
            return self._here(term, home)
        if term.home == FINAL:
            return f"({term.name} at Final)"
        if kind in {"condition", "count", "amount"} and self.draw(st.booleans()):
            return f"({'any' if kind == 'condition' else 'total'} of {term.name})"
        return f"({term.name} at Year {self.number(1, self.years)})"

    def _here(self, term: Term, home: str) -> str:
        if home == FINAL or self.number(0, 2):
            return term.name
        if term.kind == "condition":
            return f"({self.one_of('any', 'all')} of {term.name} to date)"
        if self.draw(st.booleans()):
            return f"({term.name} at previous evaluation or else {self.literal(term.kind)})"
        return f"({self.one_of('lowest', 'highest')} of {term.name} to date)"

    def expression(self, kind: str, home: str, depth: int, *, late: bool) -> str:
        """A value of a kind that exists at a home."""
        if depth == 0 or self.number(0, 3) == 0:
            return self.use(kind, home, late=late)

        def part(of: str) -> str:
            return self.expression(of, home, depth - 1, late=late)

        shapes = (*_SHAPES[kind], *(_SHARED if kind != "condition" else ()))
        return f"({self.draw(st.sampled_from(shapes))(self, part, kind)})"

    # Statements

    def measure(self, at: int) -> str:
        kind = self.one_of(*KINDS)
        home = self.one_of(ONCE, YEAR, YEAR, FINAL)
        name = f"Measure {at}"
        self.terms.append(Term(name, kind, home, late=home == FINAL))
        where = {ONCE: "", YEAR: " at each Year", FINAL: " at Final"}[home]
        more = ", reported by Auditor"
        if self.number(0, 4) == 0:
            more += f", presumed {self.literal(kind)}"
        if kind == "percentage" and self.number(0, 4) == 0:
            more += f", rounded {self.one_of(*ROUNDED)} to 0.1%"
        return f"measure {name} is {KINDS[kind]}{where}{more}"

    def definition(self, at: int) -> str:
        kind = self.one_of("number", "percentage", "points", "amount", "condition")
        home, late = self.place()
        body = self.expression(kind, home, 3, late=late)
        # Where a term exists follows from what it uses: what uses nothing of a home stays unnamed.
        anchored = _anchored(body, self.terms, home)
        name = f"Term {at}"
        if anchored is not None:
            self.terms.append(Term(name, kind, anchored, late=late))
        word = f"condition {name}:" if kind == "condition" else f"{name} means"
        return f"{word} {body}"

    def table(self, at: int) -> str:
        keys = [term for term in self.terms if term.kind in {"percentage", "points", "number"}]
        if not keys:
            return f"# no table {at}"
        key = self.draw(st.sampled_from(keys))
        mode = self.one_of("in steps", "interpolated", "marginal")
        bounds = sorted(self.draw(st.sets(st.integers(0, 90), min_size=1, max_size=4)))
        unit = {"percentage": "%", "points": " points", "number": ""}[key.kind]
        each = " per point" if mode == "marginal" and key.kind != "number" else ""
        rows = [
            f"  {self.one_of('from', 'above') if mode == 'in steps' else 'from'} {bound}{unit}:"
            f" {self.literal('amount')}{each}"
            for bound in bounds
        ]
        if mode != "marginal":
            rows.append(f"  otherwise: {self.literal('amount')}")
        name = f"Table {at}"
        self.terms.append(Term(name, "amount", key.home, key.late))
        return "\n".join((f"table {name} by {key.name}, {mode}", *rows))

    def place(self) -> tuple[str, bool]:
        """Where something exists, and whether it may use what is known only at the end."""
        home = self.one_of(YEAR, YEAR, FINAL, ONCE)
        return home, home != YEAR

    def payment(self, at: int, payers: tuple[str, ...], payees: tuple[str, ...]) -> str:
        home, late = self.place()
        name = f"Payment {at}"
        where = {ONCE: "", YEAR: " at each Year", FINAL: " at Final"}[home]
        amount = self.expression("amount", home, 3, late=late)
        if self.draw(st.booleans()):
            amount = f"the greater of ({amount}; GBP 0)"
        lines = [
            f"payment {name}{where}",
            f"  {self.one_of(*payers)} pays {amount} to {self.one_of(*payees)}",
        ]
        lines += [
            f"  {word} {self.expression('condition', home, 2, late=late)}"
            for word in ("when", "unless")
            if self.number(0, 2) == 0
        ]
        # Late payments fall due one after the other, so that each may use those before it.
        due = f"2028-01-{1 + at:02}" if late else f"{30 + at} days after evaluation"
        lines.append(f"  due {due}")
        self.terms.append(Term(name, "amount", home, late=True))
        return "\n".join(lines)

    def cap(self, payments: int, targets: tuple[str, ...]) -> str:
        target = self.one_of("contract", *targets, *(f"Payment {at}" for at in range(payments)))
        period = self.one_of(
            "", "", " per calendar year", f" from 2021-01-01 to {2021 + self.number(0, 7)}-12-31"
        )
        limit = self.literal("amount")
        if self.number(0, 3) == 0:
            once = [term for term in self.terms if term.home == ONCE and not term.late]
            counts = [term for term in once if term.kind == "count"]
            if counts:
                limit = f"GBP 17 * {self.draw(st.sampled_from(counts)).name}"
        return f"cap {target}: {limit}{period}"

    def card(self, at: int) -> tuple[str, tuple[str, ...]]:
        letters = ("ABC", "XYZ")[at][: self.number(1, 3)]
        names = tuple(f"Outcome {letter}" for letter in letters)
        lines = [f"rate card Card {at} at each Year"]
        for place, name in enumerate(names):
            rule = self.one_of("once", "up to 2 times", "no limit", "once per evaluation")
            needs = f", requires {names[place - 1]}" if place and self.draw(st.booleans()) else ""
            lines.append(f"  outcome {name}: {self.literal('amount')}, {rule}{needs}")
        if self.draw(st.booleans()):
            lines.append(f"  at most {self.literal('amount')} per participant")
        self.terms.append(Term(f"Card {at}", "amount", YEAR, late=False))
        return "\n".join(lines), names


Part = Callable[[str], str]
Shape = Callable[[_Writer, Part, str], str]


def _compared(writer: _Writer, part: Part, _: str) -> str:
    kind = writer.one_of("count", "number", "percentage", "points", "amount")
    return f"{part(kind)} {writer.one_of(*RELATIONS)} {part(kind)}"


def _interest(writer: _Writer, part: Part, _: str) -> str:
    compounded = writer.one_of("", " compounded yearly")
    dates = f"from 2020-02-29 to 202{writer.number(1, 7)}-03-31"
    rate = f"{writer.number(0, 30)}.5%"
    count = writer.one_of(*DAY_COUNTS)
    return (
        f"interest on {part('amount')} at a rate of {rate} per year{compounded}, {count}, {dates}"
    )


_SHARED: Final[tuple[Shape, ...]] = (
    lambda _, part, kind: f"if {part('condition')} then {part(kind)} else {part(kind)}",
    lambda writer, part, kind: (
        f"the {writer.one_of('lesser', 'greater')} of ({part(kind)}; {part(kind)})"
    ),
)
_SHAPES: Final[Mapping[str, tuple[Shape, ...]]] = {
    "count": (lambda _, part, __: f"{part('count')} + {part('count')}",),
    "number": (
        lambda _, part, __: f"{part('number')} + {part('number')}",
        lambda _, part, __: f"{part('count')} - {part('count')}",
        lambda _, part, __: f"points in {part('points')}",
    ),
    "percentage": (
        lambda _, part, __: f"{part('percentage')} * {part('percentage')}",
        lambda _, part, __: f"{part('percentage')} + {part('points')}",
        lambda _, part, __: f"100% - {part('percentage')}",
        lambda _, part, __: f"({part('amount')}) / ({part('amount')}) or else 10%",
        lambda _, part, __: f"({part('count')}) / ({part('count')}) or else 20%",
        lambda writer, part, _: f"{part('percentage')} rounded {writer.one_of(*ROUNDED)} to 0.5%",
    ),
    "points": (
        lambda _, part, __: f"{part('percentage')} - {part('percentage')}",
        lambda _, part, __: f"{part('points')} + {part('points')}",
    ),
    "amount": (
        lambda _, part, __: f"{part('amount')} + {part('amount')}",
        lambda _, part, __: f"{part('amount')} - {part('amount')}",
        lambda _, part, __: f"({part('percentage')}) of ({part('amount')})",
        lambda _, part, __: f"{part('count')} * {part('amount')}",
        lambda _, part, __: f"({part('amount')}) / 3",
        lambda writer, part, _: f"{part('amount')} rounded {writer.one_of(*ROUNDED)} to GBP 5",
        _interest,
    ),
    "condition": (
        _compared,
        _compared,
        lambda _, part, __: f"{part('condition')} and {part('condition')}",
        lambda _, part, __: f"{part('condition')} or {part('condition')}",
        lambda _, part, __: f"not {part('condition')}",
        lambda _, part, __: (
            f"at least 2 of ({part('condition')}; {part('condition')}; {part('condition')})"
        ),
    ),
}


def _anchored(body: str, terms: list[Term], home: str) -> str | None:
    """Where a body exists by what it uses bare; None where that is not where it was drawn for."""
    if home == ONCE:
        return ONCE
    for term in terms:
        if term.home == home and re.search(rf"(?<!of ){term.name}\b(?! at Y| at F| to date)", body):
            return home
    return None


@st.composite
def contracts(draw: st.DrawFn) -> Written:
    """A contract with some of everything."""
    years = draw(st.integers(1, 3))
    writer = _Writer(draw, years)
    statements = [*HEAD, f"evaluations Year yearly from 2021-06-30 to {2020 + years}-06-30"]
    share = writer.number(1, 99)
    statements += [
        f"group Payers is City {share}%, State {100 - share}%",
        f"group Notes is Fund up to GBP {writer.number(1, 2000)}, then Bank",
        "group Equals is Fund 1/3, Bank 2/3",
    ]
    statements += [
        f"funding {investor} provides GBP {writer.number(1, 900)} to Charity on 202{at}-02-28"
        for at, investor in enumerate(("Fund", "Bank"))
    ]
    statements.append("measure Closing is yes or no at Final, reported by Auditor")
    statements += [writer.measure(at) for at in range(writer.number(1, 6))]
    writer.terms.append(Term("Closing", "condition", FINAL, late=True))
    measures = tuple(writer.terms)
    cards: dict[str, tuple[str, ...]] = {}
    for at in writer.some(2):
        card, cards[f"Card {at}"] = writer.card(at)
        statements.append(card)
    for at in writer.some(5):
        statements.append(writer.definition(at))
        if writer.number(0, 1):
            statements.append(writer.table(at))
    payments = writer.number(1, 4)
    payers, payees = ("City", "State", "Payers"), ("Fund", "Bank", "Charity", "Notes", "Equals")
    statements += [writer.payment(at, payers, payees) for at in range(payments)]
    statements += [writer.cap(payments, (*payers, *payees)) for _ in writer.some(3)]
    if writer.number(0, 3) == 0:
        statements.append(f"cap return of {writer.one_of('Fund', 'Bank')}: 7% per year")
    if writer.number(0, 3) == 0:
        statements.append(f"rounding {writer.one_of(*ROUNDED)} to GBP {writer.one_of('0.05', '1')}")
    return Written(tuple(statements), years, measures, cards)


@st.composite
def results(draw: st.DrawFn, written: Written, *, complete: bool = False) -> Rows:
    """Rows for a contract: all of them final, or some missing, disputed, not available, cancelled."""
    writer = _Writer(draw, written.years)
    rows: Rows = []
    for term in written.measures:
        for evaluation in written.evaluations(term.home):
            row: dict[str, object] = {
                "measure": term.name,
                "evaluation": evaluation,
                "value": _reported(writer, term),
            }
            status = "final" if complete else writer.one_of(*_STATUSES)
            if status == "not available":
                row["value"] = None
            if status != "missing":
                rows.append(row | {"status": status})
    for card in written.cards:
        for evaluation in written.evaluations(YEAR):
            if complete or writer.number(0, 2):
                rows.append({"measure": card, "evaluation": evaluation, "value": "complete"})
    if not complete and writer.number(0, 3) == 0:
        cancelled = f"Year {writer.number(1, written.years)}"
        rows.append({"measure": "evaluation", "evaluation": cancelled, "value": "cancelled"})
    return rows


_STATUSES: Final = (
    "final",
    "final",
    "final",
    "provisional",
    "disputed",
    "not available",
    "missing",
)


def _reported(writer: _Writer, term: Term) -> str:
    sign = "-" if term.kind in {"number", "points", "amount"} and writer.number(0, 4) == 0 else ""
    written = writer.literal(term.kind)
    return sign + written.removeprefix("GBP ")


@st.composite
def claims(draw: st.DrawFn, written: Written) -> Rows:
    """Claims on the cards of a contract, no two the same."""
    outcomes = [outcome for names in written.cards.values() for outcome in names]
    if not outcomes:
        return []
    days = st.integers(0, 365 * written.years - 200).map(
        lambda day: date(2020, 6, 1) + timedelta(day)
    )
    keys = st.tuples(st.sampled_from("PQ"), st.sampled_from(outcomes), days)
    return [
        {"participant": who, "outcome": outcome, "date": day.isoformat()}
        for who, outcome, day in sorted(draw(st.sets(keys, max_size=8)))
    ]
