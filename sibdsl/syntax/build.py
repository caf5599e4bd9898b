"""Tokens to nodes: one method for each alternative of ``grammar/contract.lark``, in its order.

Each takes the values of its alternative, tokens included, and returns a node. Lists grow in place
while they are read and become tuples in the node that holds them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, cast

from sibdsl.dates import DayCount
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.frozen import frozen
from sibdsl.money import RoundingMode
from sibdsl.numerals import Language
from sibdsl.source import Span
from sibdsl.syntax import mistakes
from sibdsl.syntax import nodes as n
from sibdsl.syntax.lexer import Token

HIGHEST: Final = 150
"""How many operations may stand inside one another: far above what a person can read aloud, far
below what exhausts the stack of a tool that walks the tree."""

Items = list[object]
Mark = Token  # a keyword or mark that only holds its place


@frozen
class Otherwise(n.Node):
    """``otherwise: VALUE``, until its table takes it up."""

    value: n.Expr


@frozen
class When(n.Node):
    """``when TEST`` or ``unless TEST``, until its payment takes it up."""

    test: n.Expr
    unless: bool


def over(start: Token | n.Node, end: Token | n.Node) -> Span:
    """From the start of one to the end of the other."""
    return Span(start.span.start, end.span.end)


def name(token: Token) -> n.Name:
    """A Defined Term."""
    return n.Name(token.text, span=token.span)


def _end(items: Items, otherwise: Token | n.Node) -> Token | n.Node:
    return cast(n.Node, items[-1]) if items else otherwise


class Build:
    """The actions of the grammar. Holds only what one reading of one text collects."""

    def __init__(self) -> None:
        self.findings: list[Diagnostic] = []
        self.undated: list[n.Name] = []
        """The payments without a due date, which nobody may take for payments."""
        self.two_readings: list[tuple[n.Or | n.And, tuple[bool, ...]]] = []
        """Conditions in which no bracket says what ``and``, ``or`` or ``not`` takes with it, and
        which of their parts stand without one."""
        self._bare: dict[int, n.Expr] = {}
        self._heights: dict[int, int] = {}

    # Shared by many rules

    def same(self, value: object) -> object:
        return value

    def nothing(self) -> Items:
        return []

    def first(self, item: object) -> Items:
        return [item]

    def one_more(self, items: Items, item: object) -> Items:
        items.append(item)
        return items

    def first_two(self, one: object, _: Mark, other: object) -> Items:
        return [one, other]

    def next_after(self, items: Items, _: Mark, item: object) -> Items:
        items.append(item)
        return items

    def next_in_line(self, items: Items, _: Mark, __: Mark, item: object) -> Items:
        items.append(item)
        return items

    def first_name(self, token: Token) -> Items:
        return [name(token)]

    def next_name(self, items: Items, _: Mark, token: Token) -> Items:
        items.append(name(token))
        return items

    def text(self, token: Token) -> n.Text:
        return n.Text(cast(str, token.value), span=token.span)

    def date(self, token: Token) -> n.Date:
        return n.Date(cast(dt.date, token.value), span=token.span)

    def contract(self, statements: Items) -> Items:
        return statements

    # The head

    def title(self, keyword: Mark, text: Token) -> n.Title:
        return n.Title(self.text(text), span=over(keyword, text))

    def contract_reference(self, keyword: Mark, text: Token) -> n.ContractReference:
        return n.ContractReference(self.text(text), span=over(keyword, text))

    def policy_field(self, keyword: Mark, text: Token) -> n.PolicyField:
        return n.PolicyField(self.text(text), span=over(keyword, text))

    def currency(self, keyword: Mark, code: Token) -> n.Currency:
        return n.Currency(code.text, span=over(keyword, code))

    def exchange_rate_fixed(self, key: Mark, base: Token, _: Mark, quote: Token) -> n.ExchangeRate:
        return n.ExchangeRate(self.amount(base), self.amount(quote), span=over(key, quote))

    def exchange_rate_measured(
        self, key: Mark, base: Token, _: Mark, quote: Token
    ) -> n.ExchangeRate:
        return n.ExchangeRate(self.amount(base), self.name_use(quote), span=over(key, quote))

    def term(self, keyword: Mark, _: Mark, start: n.Date, __: Mark, end: n.Date) -> n.Term:
        return n.Term(start, end, span=over(keyword, end))

    # The two languages of a contract

    def translation(
        self, keyword: Mark, _: Mark, token: Token, __: Mark, text: Token
    ) -> n.Translation:
        return n.Translation(name(token), self.text(text), span=over(keyword, text))

    def prevailing_language(self, words: Token) -> n.PrevailingLanguage:
        language: Language = "en" if words.type == "ENGLISH_PREVAILS" else "fr"
        return n.PrevailingLanguage(language, span=words.span)

    # Parties and funding

    def party(
        self,
        keyword: Mark,
        token: Token,
        _: Mark,
        roles: Items,
        _comma: Mark | None = None,
        full_name: Token | None = None,
    ) -> n.Party:
        words = cast(list[Token], roles)
        return n.Party(
            name(token),
            tuple(_ROLES[word.type] for word in words),
            self.text(full_name) if full_name else None,
            span=over(keyword, full_name or words[-1]),
        )

    role = same

    def share_group(self, keyword: Mark, token: Token, _: Mark, members: Items) -> n.ShareGroup:
        shares = cast(list[n.ShareMember], members)
        return n.ShareGroup(name(token), tuple(shares), span=over(keyword, shares[-1]))

    def share_by_percentage(self, token: Token, share: Token) -> n.ShareMember:
        return n.ShareMember(name(token), self.percentage(share), span=over(token, share))

    def share_by_fraction(self, token: Token, share: Token) -> n.ShareMember:
        return n.ShareMember(name(token), self.fraction(share), span=over(token, share))

    def waterfall(self, keyword: Mark, token: Token, _: Mark, members: Items) -> n.Waterfall:
        tiers = cast(list[n.WaterfallMember], members)
        return n.Waterfall(name(token), tuple(tiers), span=over(keyword, tiers[-1]))

    def limited_member(self, token: Token, _: Mark, limit: n.Expr) -> n.WaterfallMember:
        return n.WaterfallMember(name(token), limit, span=over(token, limit))

    def last_member(self, token: Token) -> n.WaterfallMember:
        return n.WaterfallMember(name(token), None, span=token.span)

    def funding(
        self,
        keyword: Mark,
        investor: Token,
        _: Mark,
        amount: n.Expr,
        __: Mark,
        recipient: Token,
        ___: Mark,
        on: n.Date,
    ) -> n.Funding:
        return n.Funding(name(investor), amount, name(recipient), on, span=over(keyword, on))

    # Evaluations

    def evaluation(self, keyword: Mark, token: Token, _: Mark, on: n.Date) -> n.Evaluation:
        return n.Evaluation(name(token), on, span=over(keyword, on))

    def evaluations(
        self,
        keyword: Mark,
        token: Token,
        every: n.Number,
        _: Mark,
        start: n.Date,
        __: Mark,
        end: n.Date,
    ) -> n.Evaluations:
        months = self._whole(every, "SIB031")
        return n.Evaluations(name(token), months, start, end, span=over(keyword, end))

    def named_frequency(self, word: Token) -> n.Number:
        return n.Number(Fraction(_MONTHS[word.type]), span=word.span)

    def frequency_in_months(self, _: Mark, number: Token, __: Mark) -> n.Number:
        return self.number(number)

    def _whole(self, number: n.Number, code: str) -> int:
        if number.value.denominator != 1 or not 0 < number.value <= 1200:
            text = message("{number} is not a number of months", number=str(number.value))
            cure = message("write a whole number of months")
            self.findings.append(error(code, number.span, text, help=cure))
            return 12
        return int(number.value)

    # Measures, definitions, tables, conditions

    def measure(
        self,
        keyword: Mark,
        token: Token,
        _: Mark,
        kind: tuple[n.MeasureKind, str | None, Token],
        occurrence: n.AtEach | None,
        details: Items,
    ) -> n.Measure:
        listed = cast(list[n.MeasureDetail], details)
        end = _end(details, occurrence or kind[2])
        return n.Measure(
            name(token), kind[0], kind[1], occurrence, tuple(listed), span=over(keyword, end)
        )

    def plain_kind(self, word: Token) -> tuple[n.MeasureKind, str | None, Token]:
        return (_KINDS[word.type], None, word)

    def amount_kind(
        self, word: Token, _: Mark | None = None, code: Token | None = None
    ) -> tuple[n.MeasureKind, str | None, Token]:
        return (n.MeasureKind.AMOUNT, code.text if code else None, code or word)

    def once(self) -> None:
        return None

    def at_each_evaluation(self, keyword: Mark, word: Mark) -> n.AtEach:
        return n.AtEach(None, True, span=over(keyword, word))

    def at_each(self, keyword: Mark, series: Token) -> n.AtEach:
        return n.AtEach(name(series), True, span=over(keyword, series))

    def at_series(self, keyword: Mark, series: Token) -> n.AtEach:
        return n.AtEach(name(series), False, span=over(keyword, series))

    def reported_by(self, keyword: Mark, parties: Items) -> n.ReportedBy:
        listed = cast(list[n.Name], parties)
        return n.ReportedBy(tuple(listed), span=over(keyword, listed[-1]))

    def decided_by(self, keyword: Mark, parties: Items) -> n.DecidedBy:
        listed = cast(list[n.Name], parties)
        return n.DecidedBy(tuple(listed), span=over(keyword, listed[-1]))

    def better_result(self, word: Token) -> n.BetterResult:
        higher = word.type == "HIGHER_IS_BETTER"
        return n.BetterResult(n.Direction.HIGHER if higher else n.Direction.LOWER, span=word.span)

    def measure_rounding(
        self, keyword: Mark, mode: Token, _: Mark, step: n.Expr
    ) -> n.MeasureRounding:
        return n.MeasureRounding(_ROUNDINGS[mode.type], step, span=over(keyword, step))

    def cumulative(self, word: Token) -> n.Cumulative:
        return n.Cumulative(span=word.span)

    def presumed(self, keyword: Mark, value: n.Expr) -> n.Presumed:
        return n.Presumed(value, span=over(keyword, value))

    rounding_mode = same

    def definition(self, token: Token, _: Mark, body: n.Expr) -> n.Definition:
        return n.Definition(name(token), body, span=over(token, body))

    def table(
        self, keyword: Mark, token: Token, _: Mark, key: Token, __: Mark, mode: Token, rows: Items
    ) -> n.Table:
        listed = [row for row in rows if isinstance(row, n.Row)]
        last = [row for row in rows if isinstance(row, Otherwise)]
        for second in last[1:]:
            self._twice(second, last[0])
        return n.Table(
            name(token),
            name(key),
            _MODES[mode.type],
            tuple(listed),
            last[0].value if last else None,
            span=over(keyword, cast(n.Node, rows[-1])),
        )

    table_mode = same

    def row_from(
        self, keyword: Mark, bound: n.Expr, _: Mark, value: n.Expr, per_point: Token | None = None
    ) -> n.Row:
        return self._row(keyword, bound, value, per_point, included=True)

    def row_above(
        self, keyword: Mark, bound: n.Expr, _: Mark, value: n.Expr, per_point: Token | None = None
    ) -> n.Row:
        return self._row(keyword, bound, value, per_point, included=False)

    def _row(
        self, key: Mark, bound: n.Expr, value: n.Expr, per_point: Token | None, *, included: bool
    ) -> n.Row:
        span = over(key, per_point or value)
        return n.Row(bound, included, value, per_point is not None, span=span)

    def row_otherwise(self, keyword: Mark, _: Mark, value: n.Expr) -> Otherwise:
        return Otherwise(value, span=over(keyword, value))

    def condition(self, keyword: Mark, token: Token, _: Mark, test: n.Expr) -> n.Condition:
        return n.Condition(name(token), test, span=over(keyword, test))

    # Rate cards

    def rate_card(
        self,
        keyword: Mark,
        token: Token,
        occurrence: n.AtEach | None,
        outcomes: Items,
        _: Mark | None = None,
        cap: n.Expr | None = None,
        end: Mark | None = None,
    ) -> n.RateCard:
        listed = cast(list[n.Outcome], outcomes)
        if occurrence is None:
            text = message(
                "the rate card ‘{name}’ does not say at which evaluations it is settled",
                name=token.text,
            )
            cure = message(
                "write ‘at each evaluation’, or ‘at each’ and the name of the series, after the name"
            )
            self.findings.append(error("SIB034", token.span, text, help=cure))
            occurrence = n.AtEach(None, True, span=token.span)
        span = over(keyword, end or listed[-1])
        return n.RateCard(name(token), occurrence, tuple(listed), cap, span=span)

    def outcome(
        self, keyword: Mark, title: n.Name | n.Text, _: Mark, price: n.Expr, rules: Items
    ) -> n.Outcome:
        listed = cast(list[n.OutcomeRule], rules)
        return n.Outcome(title, price, tuple(listed), span=over(keyword, _end(rules, price)))

    def once_only(self, word: Token) -> n.LimitTimes:
        return n.LimitTimes(n.Number(Fraction(1), span=word.span), span=word.span)

    def up_to_times(self, keyword: Mark, number: Token, end: Mark) -> n.LimitTimes:
        return n.LimitTimes(self.number(number), span=over(keyword, end))

    def no_limit(self, word: Token) -> n.LimitTimes:
        return n.LimitTimes(None, span=word.span)

    def once_per_evaluation(self, word: Token) -> n.OncePerEvaluation:
        return n.OncePerEvaluation(span=word.span)

    def apart(self, keyword: Mark, duration: n.Duration, end: Mark) -> n.Apart:
        return n.Apart(duration, span=over(keyword, end))

    def requires(
        self,
        keyword: Mark,
        outcomes: Items,
        _: Mark | None = None,
        duration: n.Duration | None = None,
        end: Mark | None = None,
    ) -> n.Requires:
        listed = cast(list[n.Name | n.Text], outcomes)
        return n.Requires(tuple(listed), duration, span=over(keyword, end or listed[-1]))

    def for_class(self, keyword: Mark, text: Token) -> n.ForClass:
        return n.ForClass(self.text(text), span=over(keyword, text))

    def for_starts(
        self, keyword: Mark, _: Mark, start: n.Date, __: Mark, end: n.Date
    ) -> n.ForStarts:
        return n.ForStarts(start, end, span=over(keyword, end))

    def outcome_by_name(self, token: Token) -> n.Name:
        return name(token)

    # Payments and caps

    def payment(  # noqa: PLR0913, PLR0917  as many as the rule has symbols
        self,
        keyword: Mark,
        token: Token,
        occurrence: n.AtEach | None,
        ranks: Items,
        payer: Token,
        _: Mark,
        amount: n.Expr,
        __: Mark,
        payee: Token,
        clauses: Items,
    ) -> n.Payment:
        tests = [clause for clause in clauses if isinstance(clause, When)]
        dues = [clause for clause in clauses if isinstance(clause, n.DueOn | n.DueAfter)]
        when = [clause for clause in tests if not clause.unless]
        unless = [clause for clause in tests if clause.unless]
        for group in (when, unless, dues):
            for second in group[1:]:
                self._twice(second, group[0])
        span = over(keyword, _end(clauses, payee))
        if not dues:
            self.undated.append(name(token))
        due = (
            dues[0]
            if dues
            else n.DueOn(n.Date(dt.date.min, span=token.span), None, span=token.span)
        )
        return n.Payment(
            name(token),
            occurrence,
            tuple(cast(list[n.Name], ranks)),
            name(payer),
            amount,
            name(payee),
            when[0].test if when else None,
            unless[0].test if unless else None,
            due,
            span=span,
        )

    def _twice(self, second: n.Node, first: n.Node) -> None:
        there = Label(first.span, message("the first one stands here"))
        text = message("this clause is written twice in one statement")
        cure = message("keep one of them; join two conditions with ‘and’ or ‘or’")
        self.findings.append(error("SIB032", second.span, text, others=(there,), help=cure))

    def ranks_after(self, _: Mark, names: Items) -> Items:
        return names

    def when(self, keyword: Mark, test: n.Expr) -> When:
        return When(test, False, span=over(keyword, test))

    def unless(self, keyword: Mark, test: n.Expr) -> When:
        return When(test, True, span=over(keyword, test))

    def due_on(self, keyword: Mark, on: n.Date, adjusted: n.BusinessDay | None) -> n.DueOn:
        return n.DueOn(on, adjusted, span=over(keyword, adjusted or on))

    def due_after_evaluation(
        self,
        keyword: Mark,
        duration: n.Duration,
        _: Mark,
        word: Mark,
        adjusted: n.BusinessDay | None,
    ) -> n.DueAfter:
        return n.DueAfter(duration, None, adjusted, span=over(keyword, adjusted or word))

    def due_after(
        self,
        keyword: Mark,
        duration: n.Duration,
        _: Mark,
        token: Token,
        adjusted: n.BusinessDay | None,
    ) -> n.DueAfter:
        return n.DueAfter(duration, name(token), adjusted, span=over(keyword, adjusted or token))

    def due_at_evaluation(
        self, keyword: Mark, _: Mark, word: Mark, adjusted: n.BusinessDay | None
    ) -> n.DueAfter:
        return n.DueAfter(None, None, adjusted, span=over(keyword, adjusted or word))

    def due_at(
        self, keyword: Mark, _: Mark, token: Token, adjusted: n.BusinessDay | None
    ) -> n.DueAfter:
        return n.DueAfter(None, name(token), adjusted, span=over(keyword, adjusted or token))

    def unadjusted(self) -> None:
        return None

    def next_business_day(self, _: Mark, keyword: Mark, __: Mark, code: Token) -> n.BusinessDay:
        return n.BusinessDay(code.text, span=over(keyword, code))

    def cap(
        self, keyword: Mark, targets: Items, _: Mark, limit: n.Expr, period: n.CapPeriod | None
    ) -> n.Cap:
        listed = cast(list[n.CapOn | n.CapOnContract], targets)
        return n.Cap(tuple(listed), limit, period, span=over(keyword, period or limit))

    def return_cap(
        self, keyword: Mark, _: Mark, investor: Token, __: Mark, rate: n.Expr, end: Mark
    ) -> n.ReturnCap:
        return n.ReturnCap(name(investor), rate, span=over(keyword, end))

    def cap_on(self, token: Token) -> n.CapOn:
        return n.CapOn(name(token), None, span=token.span)

    def cap_on_side(self, word: Token, token: Token) -> n.CapOn:
        return n.CapOn(name(token), _SIDES[word.type], span=over(word, token))

    def cap_on_contract(self, word: Token) -> n.CapOnContract:
        return n.CapOnContract(span=word.span)

    def whole_term(self) -> None:
        return None

    def per_evaluation(self, word: Token) -> n.PerEvaluation:
        return n.PerEvaluation(span=word.span)

    def per_calendar_year(self, word: Token) -> n.PerCalendarYear:
        return n.PerCalendarYear(span=word.span)

    def within(self, keyword: Mark, start: n.Date, _: Mark, end: n.Date) -> n.Within:
        return n.Within(start, end, span=over(keyword, end))

    def rounding_rule(self, keyword: Mark, mode: Token, _: Mark, step: n.Expr) -> n.RoundingRule:
        return n.RoundingRule(_ROUNDINGS[mode.type], step, span=over(keyword, step))

    # Worked examples

    def example(self, keyword: Mark, title: Token, lines: Items) -> n.Example:
        listed = cast(list[n.ExampleLine], lines)
        return n.Example(self.text(title), tuple(listed), span=over(keyword, listed[-1]))

    def given(
        self, keyword: Mark, token: Token, _: Mark, value: n.Expr | n.NotAvailable
    ) -> n.Given:
        return n.Given(name(token), None, value, span=over(keyword, value))

    def given_at(
        self,
        keyword: Mark,
        token: Token,
        _: Mark,
        evaluation: Token,
        __: Mark,
        value: n.Expr | n.NotAvailable,
    ) -> n.Given:
        return n.Given(name(token), name(evaluation), value, span=over(keyword, value))

    def given_cancelled(
        self, keyword: Mark, token: Token, _: Mark, word: Token
    ) -> n.GivenCancelled:
        return n.GivenCancelled(name(token), span=over(keyword, word))

    def given_claim(
        self,
        keyword: Mark,
        _: Mark,
        participant: Token,
        __: Mark,
        outcome: n.Name | n.Text,
        ___: Mark,
        on: n.Date,
        ____: Mark | None = None,
        evaluation: Token | None = None,
    ) -> n.GivenClaim:
        return n.GivenClaim(
            self.text(participant),
            outcome,
            on,
            name(evaluation) if evaluation else None,
            span=over(keyword, evaluation or on),
        )

    def given_class(
        self, keyword: Mark, _: Mark, participant: Token, __: Mark, text: Token
    ) -> n.GivenParticipant:
        return n.GivenParticipant(
            self.text(participant), self.text(text), None, span=over(keyword, text)
        )

    def given_start(
        self, keyword: Mark, _: Mark, participant: Token, __: Mark, on: n.Date
    ) -> n.GivenParticipant:
        return n.GivenParticipant(self.text(participant), None, on, span=over(keyword, on))

    def expect(self, keyword: Mark, subject: n.Expr, _: Mark, value: n.Expr) -> n.Expect:
        return n.Expect(subject, value, span=over(keyword, value))

    def not_available(self, word: Token) -> n.NotAvailable:
        return n.NotAvailable(span=word.span)

    # Other files

    def use_of_file(self, keyword: Mark, path: Token) -> n.UseOfFile:
        return n.UseOfFile(self.text(path), span=over(keyword, path))

    def clause_library(self, keyword: Mark, text: Token) -> n.ClauseLibrary:
        return n.ClauseLibrary(self.text(text), span=over(keyword, text))

    def amendment(
        self, keyword: Mark, text: Token, _: Mark, path: Token, __: Mark, day: n.Date
    ) -> n.Amendment:
        return n.Amendment(self.text(text), self.text(path), day, span=over(keyword, day))

    def withdrawal(self, keyword: Mark, token: Token) -> n.Withdrawal:
        return n.Withdrawal(name(token), span=over(keyword, token))

    def withdrawn_cap(
        self, keyword: Mark, _: Mark, targets: Items, period: n.CapPeriod | None
    ) -> n.CapWithdrawal:
        listed = cast(list[n.CapOn | n.CapOnContract], targets)
        return n.CapWithdrawal(tuple(listed), period, span=over(keyword, period or listed[-1]))

    # Expressions

    def or_else(self, operand: n.Expr, _: Mark, fallback: n.Expr) -> n.Expr:
        node = n.OrElse(operand, fallback, span=over(operand, fallback))
        return self._grown(node, operand, fallback)

    def choice(
        self, keyword: Mark, test: n.Expr, _: Mark, yes: n.Expr, __: Mark, no: n.Expr
    ) -> n.Expr:
        return self._grown(n.Choice(test, yes, no, span=over(keyword, no)), test, yes, no)

    def either(self, items: Items) -> n.Expr:
        listed = cast(list[n.Expr], items)
        node = n.Or(tuple(listed), span=over(listed[0], listed[-1]))
        return self._joined(node, listed, n.And)

    def both(self, items: Items) -> n.Expr:
        listed = cast(list[n.Expr], items)
        node = n.And(tuple(listed), span=over(listed[0], listed[-1]))
        return self._joined(node, listed)

    def opposite(self, keyword: Mark, operand: n.Expr) -> n.Expr:
        node = n.Not(operand, span=over(keyword, operand))
        self._bare[id(node)] = node
        return self._grown(node, operand)

    def _joined(self, node: n.Or | n.And, items: list[n.Expr], *unclear: type[n.And]) -> n.Expr:
        """Conditions joined; kept apart where brackets would have to say how they are joined."""
        bare = tuple(self._bare.get(id(item)) is item for item in items)
        loose = [item for item, is_bare in zip(items, bare, strict=True) if is_bare]
        is_denied = any(isinstance(item, n.Not) and item is not items[-1] for item in loose)
        if is_denied or any(isinstance(item, unclear) for item in loose):
            self.two_readings.append((node, bare))
        self._bare[id(node)] = node
        return self._grown(node, *items)

    def comparison(self, left: n.Expr, relation: Token, right: n.Expr) -> n.Expr:
        return n.Comparison(_RELATIONS[relation.type], left, right, span=over(left, right))

    relation = same

    def between(self, operand: n.Expr, _: Mark, low: n.Expr, __: Mark, high: n.Expr) -> n.Expr:
        return n.Between(operand, low, high, span=over(operand, high))

    def rounded(self, operand: n.Expr, _: Mark, mode: Token, __: Mark, step: n.Expr) -> n.Expr:
        node = n.Rounded(operand, _ROUNDINGS[mode.type], step, span=over(operand, step))
        return self._grown(node, operand)

    def arithmetic(self, left: n.Expr, sign: Token, right: n.Expr) -> n.Expr:
        node = n.Arithmetic(_OPERATORS[sign.type], left, right, span=over(left, right))
        return self._grown(node, left, right)

    def negative(self, sign: Mark, operand: n.Expr) -> n.Expr:
        return self._grown(n.Negative(operand, span=over(sign, operand)), operand)

    def in_currency(self, operand: n.Expr, _: Mark, code: Token) -> n.Expr:
        return self._grown(n.InCurrency(operand, code.text, span=over(operand, code)), operand)

    def indexed(
        self, operand: n.Expr, _: Mark, rate: n.Expr, __: Mark, ___: Mark, start: n.Expr
    ) -> n.Expr:
        return self._grown(n.Indexed(operand, rate, start, span=over(operand, start)), operand)

    def number(self, token: Token) -> n.Number:
        return n.Number(cast(Fraction, token.value), span=token.span)

    def fraction(self, token: Token) -> n.Arithmetic:
        """``13/155`` without spaces binds tighter than any operation: ``5/6 of the Families``."""
        above, below = token.text.split("/")
        middle = token.span.start + len(above)
        return n.Arithmetic(
            n.Operator.DIVIDED_BY,
            n.Number(Fraction(int(above)), span=Span(token.span.start, middle)),
            n.Number(Fraction(int(below)), span=Span(middle + 1, token.span.end)),
            span=token.span,
        )

    def percentage(self, token: Token) -> n.Percentage:
        return n.Percentage(cast(Fraction, token.value), span=token.span)

    def points(self, token: Token) -> n.Points:
        return n.Points(cast(Fraction, token.value), span=token.span)

    def amount(self, token: Token) -> n.Amount:
        value, code = cast(tuple[Fraction, str], token.value)
        return n.Amount(value, code, span=token.span)

    def duration(self, number: Token, unit: Token) -> n.Duration:
        value = cast(Fraction, number.value)
        return n.Duration(value, _DURATIONS[unit.type], span=over(number, unit))

    def yes(self, word: Token) -> n.YesNo:
        return n.YesNo(True, span=word.span)

    def no(self, word: Token) -> n.YesNo:
        return n.YesNo(False, span=word.span)

    def name_use(self, token: Token) -> n.NameUse:
        return n.NameUse(name(token), span=token.span)

    def at_evaluation(self, token: Token, _: Mark, evaluation: Token) -> n.AtEvaluation:
        return n.AtEvaluation(name(token), name(evaluation), span=over(token, evaluation))

    def at_previous(self, token: Token, word: Mark) -> n.AtPrevious:
        return n.AtPrevious(name(token), span=over(token, word))

    def evaluation_date(self, word: Token) -> n.EvaluationDate:
        return n.EvaluationDate(span=word.span)

    def bracketed(self, _: Mark, body: n.Expr, __: Mark) -> n.Expr:
        self._bare.pop(id(body), None)
        return body

    def look_up(self, table: Token, _: Mark, key: n.Expr) -> n.Expr:
        return self._grown(n.LookUp(name(table), key, span=over(table, key)), key)

    def lesser(self, keyword: Mark, _: Mark, items: Items, close: Mark) -> n.Expr:
        return self._extremum(n.Extreme.LESSER, keyword, items, close)

    def greater(self, keyword: Mark, _: Mark, items: Items, close: Mark) -> n.Expr:
        return self._extremum(n.Extreme.GREATER, keyword, items, close)

    def _extremum(self, which: n.Extreme, keyword: Mark, items: Items, close: Mark) -> n.Expr:
        listed = cast(list[n.Expr], items)
        return self._grown(n.Extremum(which, tuple(listed), span=over(keyword, close)), *listed)

    def all_of(self, keyword: Mark, _: Mark, items: Items, close: Mark) -> n.Expr:
        listed = cast(list[n.Expr], items)
        return self._grown(n.And(tuple(listed), span=over(keyword, close)), *listed)

    def any_of(self, keyword: Mark, _: Mark, items: Items, close: Mark) -> n.Expr:
        listed = cast(list[n.Expr], items)
        return self._grown(n.Or(tuple(listed), span=over(keyword, close)), *listed)

    def at_least_of(
        self, keyword: Mark, number: Token, _: Mark, __: Mark, items: Items, close: Mark
    ) -> n.Expr:
        listed = cast(list[n.Expr], items)
        node = n.AtLeast(self.number(number), tuple(listed), span=over(keyword, close))
        return self._grown(node, *listed)

    over = same

    def over_evaluations(
        self, word: Token, token: Token, to_date: Token | None = None
    ) -> n.OverEvaluations:
        return n.OverEvaluations(
            _OVERS[word.type], name(token), to_date is not None, span=over(word, to_date or token)
        )

    def at_least_over(
        self, word: Mark, number: Token, _: Mark, token: Token, to_date: Token | None = None
    ) -> n.OverEvaluations:
        return n.OverEvaluations(
            n.Over.AT_LEAST,
            name(token),
            to_date is not None,
            self.number(number),
            span=over(word, to_date or token),
        )

    def paid_to_date(self, word: Token, party: Token, to_date: Mark) -> n.PaidToDate:
        return n.PaidToDate(_SIDES[word.type], name(party), span=over(word, to_date))

    def provided_to_date(self, word: Mark, party: Token, to_date: Mark) -> n.ProvidedToDate:
        return n.ProvidedToDate(name(party), span=over(word, to_date))

    def total_paid(self, word: Token, party: Token) -> n.TotalPaid:
        return n.TotalPaid(_SIDES[word.type], name(party), span=over(word, party))

    def gross_amount(
        self, word: Mark, payment: n.NameUse | n.AtEvaluation | n.AtPrevious
    ) -> n.GrossAmount:
        return n.GrossAmount(payment, span=over(word, payment))

    def accepted(
        self,
        word: Mark,
        outcome: n.Name | n.Text,
        _: Mark | None = None,
        evaluation: Token | None = None,
    ) -> n.Accepted:
        at = name(evaluation) if evaluation else None
        return n.Accepted(outcome, at, span=over(word, evaluation or outcome))

    def points_in(self, word: Mark, operand: n.Expr) -> n.Expr:
        return self._grown(n.PointsIn(operand, span=over(word, operand)), operand)

    def interest(self, word: Mark, amount: n.Expr, _: Mark, rate: n.Expr, *rest: object) -> n.Expr:
        compounded = any(isinstance(it, Token) and it.type == "COMPOUNDED_YEARLY" for it in rest)
        day_count = next(it for it in rest if isinstance(it, Token) and it.type == "DAY_COUNT")
        start, end = (cast(n.Expr, it) for it in rest if isinstance(it, n.Node))
        words = day_count.text.replace("exact", "actual").replace("réel", "actual")
        node = n.Interest(
            amount, rate, compounded, DayCount(words), start, end, span=over(word, end)
        )
        return self._grown(node, amount, rate, start, end)

    # How high a tree may grow

    def _grown(self, node: n.Expr, *children: n.Expr) -> n.Expr:
        """The node, unless it would be too high: then one finding, and the tree stops growing."""
        height = 1 + max([self._heights.get(id(child), 0) for child in children], default=0)
        if height > HIGHEST:
            self.findings.append(mistakes.nested_too_deeply(node.span))
            return children[-1]
        self._heights[id(node)] = height
        return node


_ROLES: Final = {role.name: role for role in n.Role}
_MONTHS: Final = {"YEARLY": 12, "HALF_YEARLY": 6, "QUARTERLY": 3, "MONTHLY": 1}
_KINDS: Final = {
    "A_COUNT": n.MeasureKind.COUNT,
    "A_NUMBER": n.MeasureKind.NUMBER,
    "A_PERCENTAGE": n.MeasureKind.PERCENTAGE,
    "A_DATE": n.MeasureKind.DATE,
    "YES_OR_NO": n.MeasureKind.YES_NO,
    "IN_POINTS": n.MeasureKind.POINTS,
}
_ROUNDINGS: Final = {mode.name: mode for mode in RoundingMode}
_MODES: Final = {
    "IN_STEPS": n.TableMode.STEPS,
    "INTERPOLATED": n.TableMode.INTERPOLATED,
    "MARGINAL": n.TableMode.MARGINAL,
}
_SIDES: Final = {
    "PAID_BY": n.Side.PAYER,
    "PAID_TO": n.Side.PAYEE,
    "TOTAL_PAID_BY": n.Side.PAYER,
    "TOTAL_PAID_TO": n.Side.PAYEE,
}
_RELATIONS: Final = {"IS": n.Relation.IS} | {
    f"IS_{relation.name}": relation for relation in n.Relation
}
_OPERATORS: Final = {
    "PLUS": n.Operator.PLUS,
    "MINUS": n.Operator.MINUS,
    "TIMES": n.Operator.TIMES,
    "SLASH": n.Operator.DIVIDED_BY,
    "OF": n.Operator.OF,
}
_OVERS: Final = {f"{each.name}_OF": each for each in n.Over}
_DURATIONS: Final = {unit.name: unit for unit in n.DurationUnit}

Action = Callable[..., object]


def actions(build: Build) -> Mapping[str, Action]:
    """Every action by the name the grammar gives it."""
    return {
        action: getattr(build, action)
        for action in vars(Build)
        if not action.startswith("_") and callable(getattr(Build, action))
    }
