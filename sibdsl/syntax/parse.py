"""Text to tree. Never raises on any text: what cannot be read becomes a finding, and reading goes
on at the next statement.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Final, cast

from sibdsl.diagnostics import (
    Diagnostic,
    Message,
    error,
    has_errors,
    in_order,
    message,
    warning,
)
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax import mistakes
from sibdsl.syntax.build import Action, Build, actions
from sibdsl.syntax.lexer import Lexer, Token
from sibdsl.syntax.literate import contract_text, is_literate, unread_fences
from sibdsl.syntax.nodes import Comment, Contract, ExchangeRate, Name, Node, Statement
from sibdsl.syntax.table import END, Row, Rule, tables
from sibdsl.syntax.two_readings import unbracketed
from sibdsl.syntax.undated import without_due_date
from sibdsl.syntax.unread import parted, words_in

VERSION: Final = 1
"""The version of the language this engine reads."""

MOST_FINDINGS: Final = 100
"""After so many mistakes the rest of a text is left unread, and no more are told."""

DEEPEST: Final = 1000
"""How many symbols may be open at once: brackets within brackets."""

HEADER: Final = re.compile(
    r"[\s\ufeff]*sibdsl[ \t\u00a0]+(\d{1,9})[ \t\u00a0]+(\w{1,20})[ \t\u00a0]*(?=[\s#]|$)"
)
# What no editor shows, or shows elsewhere than where it stands: a reviewer could not see it.
_FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_INSIDE: Final = frozenset({"GIVEN", "EXPECT", "OUTCOME", "WHEN", "UNLESS", "DUE", "OTHERWISE"})


@frozen
class Parsed:
    """What reading a text made. ``contract`` is None only where its first line cannot be read."""

    source: Source
    contract: Contract | None
    findings: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether the whole text was read."""
        return self.contract is not None and not has_errors(self.findings)


class Trace:
    """How a text without mistakes was read.

    ``steps`` are the rules by their numbers when they were done, and ``SHIFT`` for each token; rules
    that only pass one value on may be missing, and all are if none are wanted. A token is what ``kinds`` calls it, and stands in the
    text from ``starts`` to ``ends``, a name with its article. Lists of plain values, because a
    hundred thousand small objects would slow all the rest.
    """

    def __init__(self, *, with_rules: bool = True) -> None:
        self.with_rules = with_rules
        self.steps: list[int] = []
        self.kinds: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def shift(self, token: Token) -> None:
        """Take a token."""
        start, end = token.span
        self.steps.append(SHIFT)
        self.kinds.append(token.type)
        self.starts.append(start - len(token.article))
        self.ends.append(end)


SHIFT: Final = -1


def parse(source: Source, trace: Trace | None = None) -> Parsed:
    """The tree of a contract, with every finding of its text; ``trace`` takes how it was read."""
    text = contract_text(source.text) if is_literate(source.name) else source.text
    header = HEADER.match(text)
    if header is None:
        return Parsed(source, None, (_no_header(text, source.name), *_unread_fences(source)))
    language = header[2]
    if language not in ("en", "fr"):
        return Parsed(source, None, (_unknown_language(language, Span(*header.span(2))),))
    if int(header[1]) != VERSION:
        return Parsed(source, None, (_other_version(header[1], Span(*header.span(1))),))
    reader = _Reader(text, cast(Language, language), trace)
    reader.problems.extend(_forbidden(text))
    read, undated = reader.read(header.end()), reader.build.undated
    reader.problems.extend(without_due_date(undated, read))
    reader.problems.extend(unbracketed(reader.build.two_readings, reader.lexer))
    statements, spoilt = parted(read, reader.findings, (name.span for name in undated))
    contract = Contract(
        VERSION,
        cast(Language, language),
        statements,
        comments=tuple(Comment(text[at.start + 1 : at.end], span=at) for at in reader.comments),
        broken=(*reader.broken, *undated),
        unread=words_in(text, (*reader.unread, *spoilt)),
        span=Span(header.start(), len(text)),
    )
    return Parsed(source, contract, (*reader.findings, *_unread_fences(source)))


class _Reader:
    """One reading of one text: an LALR parser over the tables of the grammar."""

    def __init__(self, text: str, language: Language, trace: Trace | None) -> None:
        self.grammar = grammar = tables()
        self.text = text
        self.states = grammar.states
        self.lexer = Lexer(text, language)
        self.build = Build()
        self.trace = trace
        self.rules = _bound(grammar.rules, actions(self.build))
        if trace is not None and trace.with_rules:
            self.rules = _traced(self.rules, trace)
        self.landings = _landings()
        # Begin behind `statements -> nothing`, so that even a first statement can be given up.
        after_start = grammar.states[grammar.start]["statements"]
        self.stack = [grammar.start, after_start]
        self.values: list[object] = [[]]
        self.bottom: Row = grammar.states[after_start]
        self.starts = frozenset(
            name
            for name, to in self.bottom.items()
            if name.isupper() and name != "NAME" and to >= 0
        )
        self.last: Token | None = None
        self.problems: list[Diagnostic] = []
        self.broken: list[Name] = []
        self.unread: list[Span] = []

    @property
    def comments(self) -> list[Span]:
        return self.lexer.comments

    @property
    def findings(self) -> list[Diagnostic]:
        statements = cast(list[Statement], self.values[0])
        starts = [statement.span.start for statement in statements]
        places = sorted(p.label.span.start for p in self.problems if p.label.span is not None)
        doubts = _doubted(self.lexer.doubts, statements, self.lexer.findings)
        every = in_order([*self.problems, *self.lexer.findings, *self.build.findings, *doubts])
        return list(islice(_told(every, starts, places), MOST_FINDINGS))

    def read(self, at: int) -> list[Statement]:
        """All statements that could be read."""
        states, stack, trace = self.states, self.stack, self.trace
        next_token = self.lexer.token
        while True:
            row = states[stack[-1]]
            token = next_token(at, row)
            at = token.span.end
            if not self._feed(token):
                resumed = self._recover(token)
                if resumed is None:
                    break
                at = resumed
            elif token.type == END:
                break
            else:
                self.last = token
                if trace is not None:
                    trace.shift(token)
        return cast(list[Statement], self.values[0])

    def _feed(self, token: Token) -> bool:
        """Let the parser take a token; whether it could."""
        states, stack, values, rules = self.states, self.stack, self.values, self.rules
        landings = self.landings
        kind = token.type
        while True:
            action = states[stack[-1]].get(kind)
            if action is None:
                return False
            if action >= 0:
                stack.append(action)
                values.append(token)
                return len(stack) < DEEPEST
            size, symbol, act = rules[-action - 1]
            if act is None:  # one value, passed on as it is
                chain = (stack[-2], stack[-1], kind)
                landing = landings.get(chain)
                stack[-1] = self._landing(chain) if landing is None else landing
                continue
            if size:
                taken = values[-size:]
                del values[-size:]
                del stack[-size:]
                values.append(act(*taken))
            else:
                values.append(act())
            if symbol == "contract":
                return True
            stack.append(states[stack[-1]][symbol])

    def _landing(self, chain: tuple[int, int, str]) -> int:
        """Where a run of rules that pass one value on comes to its end, and is kept to be known.

        A chain is the state below, the state on top and the terminal; most of an expression's
        rules are such, from ``sum`` down to ``primary``.
        """
        below, state, kind = chain
        while (action := self.states[state].get(kind, 0)) < 0:
            _, symbol, act = self.rules[-action - 1]
            if act is not None:
                break
            state = self.states[below][symbol]
        self.landings[chain] = state
        return state

    # Going on after a mistake

    def _recover(self, token: Token) -> int | None:
        """Say what is wrong, forget the statement at hand, and find where to go on."""
        problem = self._problem(token)
        self.problems.append(problem)
        # A first line that names the wrong language makes everything after it strange.
        is_foreign = problem.code == "SIB026" and not self.values[0]
        if len(self.problems) >= MOST_FINDINGS or token.type == END or is_foreign:
            self._give_up(1, token, len(self.text))
            return None
        if problem.code == "SIB043" and problem.label.span is not None:
            return problem.label.span.end  # nothing is wrong with the statement behind its number
        at = token.span.start
        while True:
            line_end = self.text.find("\n", at)
            if line_end < 0:
                self._give_up(1, token, len(self.text))
                return None
            at = line_end + 1
            self.last = None
            candidate = self.lexer.token(at, self.bottom)
            if candidate.type == END:
                self._give_up(1, token, len(self.text))
                return None
            at = max(at, candidate.span.start)
            depth = self._depth_for(candidate)
            if depth is not None:
                self._give_up(depth, token, at)
                return at

    def _depth_for(self, token: Token) -> int | None:
        """How much of the stack can be kept if reading goes on with this token; None: not here."""
        kind = token.type
        if kind in _INSIDE:
            for depth in range(len(self.stack) - 1, 1, -1):
                if self.states[self.stack[depth]].get(kind, -1) >= 0:
                    return depth
            return None
        if kind == "NAME":
            following = self.lexer.token(token.span.end, self.bottom)
            return 1 if following.type == "MEANS" else None
        return 1 if kind in self.bottom and kind != END else None

    def _give_up(self, depth: int, token: Token, until: int) -> None:
        """Forget what was read above a depth of the stack; remember the name it would declare.

        ``token`` could not be read, nor anything more ``until`` where reading goes on.
        """
        begun = (value for value in self.values[depth:] if isinstance(value, Token | Node))
        self.unread.append(Span(next(begun, token).span.start, until))
        if depth == 1 and len(self.values) > 1:
            opening = [value for value in self.values[1:3] if isinstance(value, Token)]
            name = next((token for token in opening if token.type == "NAME"), None)
            if name is not None:
                self.broken.append(Name(name.text, span=name.span))
        del self.stack[depth + 1 :]
        del self.values[depth:]

    def _problem(self, token: Token) -> Diagnostic:
        from sibdsl.syntax.diagnose import diagnose  # noqa: PLC0415 -- nothing may be wrong
        from sibdsl.syntax.outlook import Outlook  # noqa: PLC0415
        from sibdsl.syntax.place import Place  # noqa: PLC0415

        if len(self.stack) >= DEEPEST:
            return mistakes.nested_too_deeply(token.span)
        place = Place(
            lexer=self.lexer,
            outlook=Outlook(self.grammar, self.stack),
            starts=self.starts,
            values=self.values[1:],
            last=self.last,
            token=token,
            first_statement=not self.values[0],
        )
        return diagnose(place)


def _told(
    findings: Iterable[Diagnostic], starts: Sequence[int], mistakes_at: Sequence[int]
) -> Iterator[Diagnostic]:
    """The findings without what only follows from another: a clause that is missing because it
    could not be read, and what is nested too deeply, told again in the same statement.
    """
    deep: set[int] = set()
    for finding in findings:
        start = finding.label.span.start if finding.label.span else 0
        statement = bisect_right(starts, start)
        if finding.code in ("SIB030", "SIB034"):
            end = starts[statement] if statement < len(starts) else None
            mistake = bisect_right(mistakes_at, start)
            if mistake < len(mistakes_at) and (end is None or mistakes_at[mistake] < end):
                continue
        if finding.code == "SIB019":
            if statement in deep:
                continue
            deep.add(statement)
        yield finding


Bound = tuple[int, str, Action | None]


@cache
def _landings() -> dict[tuple[int, int, str], int]:
    """Where runs of rules lead, as they are found out: never more than the grammar has."""
    return {}


def _bound(rules: tuple[Rule, ...], acts: Mapping[str, Action]) -> tuple[Bound, ...]:
    """Rules with their actions; None where a rule only passes its one value on."""
    return tuple(
        (rule.size, rule.symbol, None if rule.action in _passing() else acts[rule.action])
        for rule in rules
    )


def _traced(rules: tuple[Bound, ...], trace: Trace) -> tuple[Bound, ...]:
    """Rules that also say when they are done."""
    done = trace.steps.append

    def traced(number: int, act: Action) -> Action:
        def acting(*values: object) -> object:
            done(number)
            return act(*values)

        return acting

    return tuple(
        (size, symbol, act and traced(number, act))
        for number, (size, symbol, act) in enumerate(rules)
    )


@cache
def _passing() -> frozenset[str]:
    """The actions that pass their one value on: ``same`` under any name, and ``_statement``."""
    same = vars(Build)["same"]
    return frozenset({"_statement", *(name for name in vars(Build) if vars(Build)[name] is same)})


def _forbidden(text: str) -> Iterator[Diagnostic]:
    for found in islice(_FORBIDDEN.finditer(text), MOST_FINDINGS):
        yield mistakes.unreadable(found[0], Span(*found.span()))


def _doubted(
    doubts: Iterable[Diagnostic], statements: Iterable[Statement], refused: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Doubtful amounts that are not refused; rates of exchange have as many decimals as they like."""
    rates = [statement.span for statement in statements if isinstance(statement, ExchangeRate)]
    places = {finding.label.span for finding in refused}
    for doubt in doubts:
        place = doubt.label.span
        assert place is not None
        in_rate = any(rate.start <= place.start < rate.end for rate in rates)
        if not in_rate and place not in places:
            yield doubt


def _no_header(text: str, name: str) -> Diagnostic:
    first_line = re.search(r"\S[^\r\n]{0,79}|$", text)
    cure = message("begin with ‘sibdsl 1 en’ for English or ‘sibdsl 1 fr’ for French")
    if is_literate(name) and not text.strip():
        cure = message(
            "this file has no ```sib block: put ```sib before the contract, ``` behind it"
        )
    elif name.lower().endswith(".json"):
        cure = message("‘sib test’ and ‘sib run’ take a plan, ‘sib check’ the text of a contract")
    return error(
        "SIB001",
        Span(*first_line.span()) if first_line else Span(0, 0),
        message("the first line does not say the version of the language and its words"),
        help=cure,
    )


def _unread_fences(source: Source) -> tuple[Diagnostic, ...]:
    if not is_literate(source.name):
        return ()
    return tuple(
        warning(
            "SIB092",
            place,
            message("this looks like a part of the contract, and is not read"),
            help=message(
                "write ```sib at the beginning of a line of its own, in small letters, outside any quotation"
            ),
        )
        for place in unread_fences(source.text)
    )


def _unknown_language(language: str, span: Span) -> Diagnostic:
    return error(
        "SIB002",
        span,
        message("‘{language}’ is not a language of contracts", language=language),
        help=message("write ‘en’ for English or ‘fr’ for French"),
    )


def _other_version(version: str, span: Span) -> Diagnostic:
    newer = int(version) > VERSION
    cure: Message = (
        message("install a newer version: pip install --upgrade sibdsl")
        if newer
        else message("write ‘sibdsl 1’")
    )
    return error(
        "SIB003",
        span,
        message(
            "this contract is written in version {version} of the language; this engine reads version 1",
            version=version,
        ),
        help=cure,
    )
