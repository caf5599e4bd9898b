"""Where each term exists: at the evaluations of a series, once, or at whichever is at hand.

A term exists at the series of whatever it uses bare, and once if it uses nothing bare that has one.
What exists once may be used anywhere; bare use across series, or from outside any, is refused.
Language reference, "Terms and evaluations".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import define, field

from sibdsl.checks.checked import Everywhere, Home, Names
from sibdsl.checks.homes.circles import circles, circular
from sibdsl.checks.homes.demands import Demand, Silent, demands_of
from sibdsl.checks.homes.dependencies import Aspect, How, Term, Use, expressions_of, uses_in
from sibdsl.checks.homes.displaced import (
    across_series,
    given_without_evaluation,
    never_repeated,
    not_at,
    nothing_at_hand,
    over_no_series,
    said_once,
    stands_elsewhere,
)
from sibdsl.checks.homes.forgotten import given_at_evaluations
from sibdsl.checks.homes.occurrences import (
    is_counted_from_evaluation,
    sole_series,
    stated_homes,
)
from sibdsl.checks.homes.ordering import in_dependency_order
from sibdsl.diagnostics import Diagnostic, in_order
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Contract, Name, Node
from sibdsl.syntax.walk import walk


def homes(
    contract: Contract, names: Names, currency: str
) -> tuple[Mapping[str, Home], tuple[Diagnostic, ...]]:
    """The home of every measure, definition, condition, table, rate card and payment.

    ``currency`` is that of the contract. A term whose statement is wrong about its evaluations
    counts as existing at any, so that one mistake is one finding.
    """
    stated, wrong = stated_homes(contract, names)
    forgotten = dict(given_at_evaluations(contract, stated, names))
    known = {**stated, **dict.fromkeys(forgotten)}
    wrong = (*wrong, *forgotten.values())
    inference = _Inference(names, Silent.of(contract, currency), known, list(wrong))
    inference.run()
    found = [*inference.findings, *circular(circles(contract, names), names)]
    for statement in contract.statements:
        found += inference.displaced(statement)
    in_examples: list[Diagnostic] = []
    for statement in contract.statements:
        into = in_examples if isinstance(statement, nodes.Example) else found
        into += inference.in_statement(statement)
    found += said_once(in_order(in_examples))
    told = {
        term.name: Everywhere.ANY if home is None else home
        for term, home in inference.known.items()
        if term.aspect is Aspect.VALUE and term.name in names.declared
    }
    return told, in_order(found)


@define
class _Inference:
    """The homes known so far, and what was found on the way. None: a home that cannot be told."""

    names: Names
    silent: Silent
    known: dict[Term, Home | None]
    findings: list[Diagnostic] = field(factory=list)

    def run(self) -> None:
        """Work out the homes that no statement gives, each after those it follows from."""
        parts = {
            term: expressions_of(term, self.names.declared[term.name]) for term in self.inferred()
        }
        follows = {
            term: tuple(
                use.term
                for node in nodes_
                for use in uses_in(node)
                if use.how in {How.HERE, How.PREVIOUS, How.OVER_TO_DATE} and use.term in parts
            )
            for term, nodes_ in parts.items()
        }
        for group in in_dependency_order(parts, follows):
            # Terms that rest on one another have one home, the one that any of them asks for.
            demands = [
                demand
                for term in sorted(group, key=lambda term: self.names.where[term.name].span)
                for node in parts[term]
                for demand in demands_of(node, self.known, self.silent)
            ]
            is_quiet = all(term.aspect is Aspect.ROWS for term in group)
            home: Home | None = self._joined(demands, is_quiet=is_quiet)
            if any(self._cannot_be_told(node) for term in group for node in parts[term]):
                home = None
            self.known.update(dict.fromkeys(group, home))

    def _cannot_be_told(self, node: Node) -> bool:
        """Whether an expression rests on a term whose own statement is wrong about its home."""
        return any(
            use.how in {How.HERE, How.PREVIOUS} and self.known.get(use.term, Everywhere.ANY) is None
            for use in uses_in(node)
        )

    def inferred(self) -> Iterator[Term]:
        """The terms whose home follows from what they use."""
        for name, declaration in self.names.declared.items():
            match declaration:
                case nodes.Definition() | nodes.Condition():
                    yield Term(name)
                case nodes.Table():
                    yield Term(name)
                    yield Term(name, Aspect.ROWS)
                case _:
                    pass  # stated, or no term

    def _joined(self, demands: Sequence[Demand], *, is_quiet: bool) -> Home:
        in_series = [demand for demand in demands if isinstance(demand.home, str)]
        if not in_series:
            return (sole_series(self.names) or Everywhere.ANY) if demands else Everywhere.ONCE
        first = in_series[0]
        told = {first.home}
        for demand in in_series[1:]:
            if demand.home not in told and not is_quiet:
                told.add(demand.home)
                self.findings.append(
                    across_series(demand, str(first.home), first.place, self.names)
                )
        return first.home

    def in_statement(self, statement: nodes.Statement) -> Iterator[Diagnostic]:
        """What is used where it does not exist, in one statement."""
        match statement:
            case nodes.Definition() | nodes.Condition() | nodes.Table():
                for node in expressions_of(Term(statement.name.text), statement):
                    yield from self._uses(node)
            case nodes.Payment() | nodes.RateCard():
                for node in expressions_of(Term(statement.name.text), statement):
                    yield from self._at(node, self.known.get(Term(statement.name.text)))
            case nodes.Cap():
                yield from self._at(statement.limit, self._home_of_cap(statement))
            case nodes.ReturnCap():
                yield from self._at(statement.rate, Everywhere.ONCE)
            case nodes.Example():
                for line in statement.lines:
                    yield from self._in_example(line)
            case _:
                pass  # the others hold values fixed in the text, if any

    def displaced(self, statement: nodes.Statement) -> Iterator[Diagnostic]:
        """One finding where all that a payment or a rate card uses exists at another series.

        Where it exists then counts as not known, so that nothing more is said about it.
        """
        if not isinstance(statement, nodes.Payment | nodes.RateCard):
            return
        term = Term(statement.name.text)
        parts, home = expressions_of(term, statement), self.known.get(term)
        demands = [each for node in parts for each in demands_of(node, self.known, self.silent)]
        wanted = {each.home for each in demands if isinstance(each.home, str)}
        counted = (
            home is Everywhere.ONCE
            and isinstance(statement, nodes.Payment)
            and is_counted_from_evaluation(statement)
        )
        if len(wanted) != 1 or len(demands) + counted < 2:
            return
        [series] = wanted
        if home not in {None, Everywhere.ANY, series}:
            self.known[term] = None
            yield stands_elsewhere(statement, home, series, demands, self.names)

    def _in_example(self, line: nodes.ExampleLine) -> Iterator[Diagnostic]:
        match line:
            case nodes.Expect():
                yield from self._at(line.subject, Everywhere.ONCE)
                yield from self._at(line.value, Everywhere.ONCE)
            case nodes.Given():
                yield from self._given(line.name, line.evaluation)
            case _:
                pass

    def _given(self, name: Name, evaluation: Name | None) -> Iterator[Diagnostic]:
        term = Term(name.text)
        if evaluation is not None:
            yield from self._named(Use(term, How.NAMED, name.span.to(evaluation.span), evaluation))
            return
        home = self.known.get(term)
        if isinstance(home, str) and isinstance(self.names.declared.get(name.text), nodes.Measure):
            yield given_without_evaluation(name, home, self.names)

    def _home_of_cap(self, cap: nodes.Cap) -> Home:
        """Where the limit of a cap is read: once, or at each evaluation of the series it asks for.

        Whether what it bears on is paid at that series is a matter of the caps.
        """
        if not isinstance(cap.period, nodes.PerEvaluation):
            return Everywhere.ONCE
        return self._joined(demands_of(cap.limit, self.known, self.silent), is_quiet=True)

    def _at(self, node: Node, home: Home | None) -> Iterator[Diagnostic]:
        """Findings for an expression that is read at the evaluations of a home."""
        yield from self._uses(node)
        if home is None:
            return
        for demand in demands_of(node, self.known, self.silent):
            if home is Everywhere.ONCE:
                yield nothing_at_hand(demand, self.names)
            elif isinstance(home, str) and isinstance(demand.home, str) and demand.home != home:
                yield across_series(demand, home, None, self.names)

    def _uses(self, node: Node) -> Iterator[Diagnostic]:
        """Findings for uses that are wrong wherever they stand."""
        for use in uses_in(node):
            home = self.known.get(use.term)
            if use.how is How.NAMED:
                yield from self._named(use)
            elif use.how is not How.HERE and home is Everywhere.ONCE:
                yield never_repeated(use)
            elif use.how in {How.OVER, How.OVER_TO_DATE} and home is Everywhere.ANY:
                yield over_no_series(use, self.names)
        for part in walk(node):
            if isinstance(part, nodes.Accepted) and part.evaluation is not None:
                card = self.silent.cards.get(part.outcome.text)
                if card is not None:
                    place = part.evaluation
                    yield from self._named(Use(card, How.NAMED, place.span, place))

    def _named(self, use: Use) -> Iterator[Diagnostic]:
        home = self.known.get(use.term)
        occasion = None if use.evaluation is None else self.names.occasions.get(use.evaluation.text)
        if home is None or occasion is None:
            return
        if home is Everywhere.ONCE:
            yield never_repeated(use)
        elif isinstance(home, str) and occasion.series != home:
            yield not_at(use, home, self.names)
