"""A contract in its other keyword language: words, numbers and quotation marks; all else stays.

Defined Terms stay too, unless the contract says what they are called in the other language
(``in French, Ministry of Justice is "le Ministère de la Justice"``). Each token is written anew; how
French words stand together is :mod:`sibdsl.syntax.french`. What comes of it is laid out, read again
and compared, so that a translation loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

from attrs import evolve, fields

from sibdsl.diagnostics import Diagnostic, Label, Message, error, message, warning
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.source import Source, Span
from sibdsl.syntax.comments import Gap, Own
from sibdsl.syntax.concrete import Branch, concrete, walk
from sibdsl.syntax.format import (
    comments_of,
    does_not_hold,
    format_source,
    in_its_fences,
    written_from,
)
from sibdsl.syntax.french import usual_article
from sibdsl.syntax.naming import OTHER, DefinedTerm, declared_names, name_there, read_defined_term
from sibdsl.syntax.nodes import Contract, Name, Node, PrevailingLanguage, Translation
from sibdsl.syntax.page import Written
from sibdsl.syntax.parse import Trace, parse
from sibdsl.syntax.walk import walk as nodes_of
from sibdsl.syntax.wording import Said, in_english, in_french


@frozen
class Translated:
    """The text in the other language, None where it cannot be written; the findings on it."""

    text: str | None
    language: Language
    findings: tuple[Diagnostic, ...] = ()


def translate_source(source: Source, to: Language) -> Translated:
    """The contract in another keyword language, in its layout; prose of a literate one stays.

    There and back gives the text that was, as far as it was written with the words that a translation
    chooses. Where a term needs a declaration that is missing, that is a finding: an error if it could
    not be read in the other language, a warning if only its article had to be guessed.
    """
    trace = Trace()
    parsed = parse(source, trace)
    contract = parsed.contract
    if contract is None or not parsed.ok:
        return Translated(None, contract.language if contract else "en", parsed.findings)
    if contract.language == to:
        return Translated(None, to, (_already(contract),))
    words = _Words(contract, written_from(source, contract, trace), tuple(concrete(trace)))
    unreadable = tuple(words.unreadable())
    if unreadable:
        return Translated(None, contract.language, unreadable)
    text = in_its_fences(source, _lines(*words.translated()))
    laid_out = format_source(Source(source.name, text)).text
    if laid_out is None or not _says_the_same(contract, Source(source.name, laid_out)):
        return Translated(None, contract.language, (does_not_hold(contract),))
    doubts = (*words.guessed(), *_unsaid_which_prevails(contract))
    return Translated(laid_out, contract.language, doubts)


class _Words:
    """The tokens of one contract, and what is known of its terms."""

    def __init__(self, contract: Contract, written: Written, statements: Sequence[Branch]) -> None:
        self._contract = contract
        self._written = written
        self._statements = statements
        self._to: Language = OTHER[contract.language]
        self._terms = declared_names(contract)
        self._actions = _actions(statements)
        self._articles = _articles(written) if contract.language == "fr" else {}

    def unreadable(self) -> Iterator[Diagnostic]:
        """Terms that are no Defined Terms in the other language, and have no name in it."""
        for name, place in _places(self._contract).items():
            is_named = name_there(name, self._terms) is not None
            if not is_named and read_defined_term(name, self._to) != DefinedTerm("", name):
                yield _needs_a_name(name, place, self._to)

    def guessed(self) -> Iterator[Diagnostic]:
        """Terms whose French article had to be guessed."""
        if self._to == "en":
            return
        all_places = _places(self._contract)
        places: dict[str, Span] = {}
        for kind, word in zip(self._written.kinds, self._written.words, strict=True):
            term = read_defined_term(word, "en") if kind == "NAME" else None
            if term is None or term.name not in all_places:
                continue  # a code of a currency or a country
            if term.article and name_there(term.name, self._terms) is None:
                places.setdefault(term.name, all_places[term.name])
        if places:
            yield _guessed(places)

    def translated(self) -> tuple[list[str], Sequence[Gap], Sequence[int]]:
        """The words of each token in the other language, with what stands between them."""
        said, gaps, fences = self._kept()
        if self._to == "fr":
            return in_french(said), gaps, fences
        more = list(self._needed_articles())
        if more:
            behind, rest = _split(gaps[-1])
            gaps = [*gaps[:-1], behind, *([_NOTHING] * (len(more) - 1)), rest]
        lines = [f'in French, {name} is "{_said(term)}"' for name, term in more]
        return [*in_english(said), *lines], gaps, [*fences, *([fences[-1]] * len(more))]

    def _kept(self) -> tuple[list[Said], list[Gap], list[int]]:
        """The tokens that are translated; a declaration that French does not need is left out."""
        written = self._written
        dropped = set(self._dropped())
        said: list[Said] = []
        gaps: list[Gap] = []
        fences: list[int] = []
        waiting: Gap | None = None
        for at, kind in enumerate(written.kinds):
            gap = written.gaps[at]
            if waiting is not None:
                gap = _joined(waiting, gap, written.fences[at - 1])
            if at in dropped:
                waiting = gap
                continue
            waiting = None
            said.append(self._said(at, kind))
            gaps.append(gap)
            fences.append(written.fences[at])
        last = written.gaps[-1]
        gaps.append(last if waiting is None else _joined(waiting, last, written.fences[-1]))
        return said, gaps, fences

    def _dropped(self) -> Iterator[int]:
        if self._to == "en":
            return
        for branch, statement in zip(self._statements, self._contract.statements, strict=True):
            if isinstance(statement, Translation):
                there = self._terms.get(statement.name.text)
                if there is not None and there.name == statement.name.text:
                    yield from range(branch.start, branch.end)

    def _said(self, at: int, kind: str) -> Said:
        word, action = self._written.words[at], self._actions.get(at, "")
        if kind == "NAME":
            before = self._written.words[at - 1].rsplit(" ", 1)[-1].removeprefix("jusqu'")
            is_contracted = self._written.kinds[at - 1] != "NAME" and before in _CONTRACTED
            return self._name(word, action, is_contracted=is_contracted)
        if kind == "TEXT" and action == "translation":
            name = self._written.words[at - 2]
            return Said(kind, self._text_of_translation(name), action)
        return Said(kind, word, action)

    def _name(self, word: str, action: str, *, is_contracted: bool) -> Said:
        """A Defined Term in the other language, with the article that it has or takes there."""
        here = read_defined_term(word, self._contract.language) or DefinedTerm("", word)
        there = name_there(here.name, self._terms)
        # The spelling of the author, with its apostrophes, where the name does not change.
        stays = there is None or there.name == here.name
        spelled = word[len(word) - len(here.name) :] if stays or there is None else there.name
        article = (there.article if there else "") or usual_article(spelled)
        if action == "translation":
            has_article = there is not None and bool(there.article)
        else:
            has_article = bool(here.article) or is_contracted
        is_capital = here.article[:1].isupper()
        return Said("NAME", spelled, action, article if has_article else "", is_capital)

    def _text_of_translation(self, name: str) -> str:
        """What stands in quotation marks: the name here, in English-to-French without its article."""
        here = read_defined_term(name, self._contract.language) or DefinedTerm("", name)
        if self._to == "fr":
            return f'"{here.name}"'
        article = here.article
        known = self._articles.get(here.name, "")
        if not article and known and known != usual_article(here.name):
            article = known
        return f'"{_said(DefinedTerm(article, here.name))}"'

    def _needed_articles(self) -> Iterator[tuple[str, DefinedTerm]]:
        """Terms without another name whose French article is not the usual one."""
        for name, article in self._articles.items():
            if name_there(name, self._terms) is None and article != usual_article(name):
                yield name, DefinedTerm(article, name)


def _actions(statements: Sequence[Branch]) -> dict[int, str]:
    """The innermost alternative of the grammar that each token stands in."""
    found: dict[int, str] = {}
    for statement in statements:
        for branch in walk(statement):
            for part in branch.parts:
                if isinstance(part, int):
                    found[part] = branch.action
    return found


def _articles(written: Written) -> dict[str, str]:
    """The article of each French term, from where one is first written or contracted."""
    found: dict[str, str] = {}
    before = ""
    for kind, word in zip(written.kinds, written.words, strict=True):
        if kind == "NAME":
            term = read_defined_term(word, "fr")
            if term is not None:
                article = term.article.casefold().replace("’", "'") or _CONTRACTED.get(before, "")
                if article:
                    found.setdefault(term.name, article)
        before = word.rsplit(" ", 1)[-1].removeprefix("jusqu'") if kind != "NAME" else ""
    return found


_CONTRACTED: Final = {"du": "le", "au": "le", "des": "les", "aux": "les"}
_NOTHING: Final = Gap("", (), False)


def _said(term: DefinedTerm) -> str:
    if not term.article:
        return term.name
    space = "" if term.article[-1] in "'’" else " "
    return f"{term.article}{space}{term.name}"


def _split(gap: Gap) -> tuple[Gap, Gap]:
    """What belongs to the last statement, and what stands at the end of the text."""
    stay = next((at for at, own in enumerate(gap.own) if not own.is_deep), len(gap.own))
    return Gap(gap.behind, gap.own[:stay], True), Gap("", gap.own[stay:], gap.blank)


def _joined(one: Gap, other: Gap, fence: int) -> Gap:
    """Two gaps between which nothing stands any more: a comment behind it is on its own now."""
    between = (Own(other.behind, is_deep=False, blank=False, fence=fence),) if other.behind else ()
    return Gap(one.behind, (*one.own, *between, *other.own), other.blank)


def _lines(words: Sequence[str], gaps: Sequence[Gap], fences: Sequence[int]) -> list[list[str]]:
    """Every token on a line, with its comments: what the layout is then made of."""
    pages: list[list[str]] = [[] for _ in range(fences[-1] + 1)]

    def page(fence: int) -> list[str]:
        pages.extend([] for _ in range(fence + 1 - len(pages)))
        return pages[fence]

    for at, gap in enumerate(gaps):
        if gap.behind:
            page(fences[at - 1])[-1] += f"  {gap.behind}"
        for own in gap.own:
            page(own.fence).extend([""] * own.blank)
            page(own.fence).append(f"    {own.text}" if own.is_deep else own.text)
        if at < len(words):
            page(fences[at]).extend([""] * gap.blank)
            page(fences[at]).append(words[at])
    return pages


def _places(contract: Contract) -> dict[str, Span]:
    """Where each Defined Term stands first."""
    found: dict[str, Span] = {}
    for node in nodes_of(contract):
        if isinstance(node, Name):
            found.setdefault(node.text, node.span)
    return found


def _says_the_same(contract: Contract, source: Source) -> bool:
    """Whether a translation has the same tree, but for names, and the same comments."""
    there = parse(source).contract
    if there is None or comments_of(there) != comments_of(contract):
        return False
    known = declared_names(contract)
    here = _places(contract)
    names = {(name_there(name, known) or DefinedTerm("", name)).name for name in here}
    if len(names) < len(here):
        return False  # two terms would have one name
    return [_renamed(each, known) for each in _meant(contract)] == _meant(there)


def _meant(contract: Contract) -> list[Node]:
    return [each for each in contract.statements if not isinstance(each, Translation)]


def _renamed(node: Node, known: Mapping[str, DefinedTerm]) -> Node:
    """The node with its names in the other language."""
    if isinstance(node, Name):
        there = name_there(node.text, known)
        return node if there is None else evolve(node, text=there.name)
    changed: dict[str, object] = {}
    for part in fields(type(node)):
        value = getattr(node, part.name)
        if isinstance(value, Node):
            changed[part.name] = _renamed(value, known)
        elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
            changed[part.name] = tuple(
                _renamed(item, known) if isinstance(item, Node) else item for item in value
            )
    return cast(Any, evolve)(node, **changed) if changed else node


def _already(contract: Contract) -> Diagnostic:
    name = message("English") if contract.language == "en" else message("French")
    return error(
        "SIB063",
        contract.span,
        message("this contract is in {language} already", language=name),
        help=message("name the other language after --to"),
    )


def _needs_a_name(name: str, place: Span, to: Language) -> Diagnostic:
    text = (
        message("‘{name}’ cannot be read as a Defined Term in French", name=name)
        if to == "fr"
        else message("‘{name}’ cannot be read as a Defined Term in English", name=name)
    )
    return error("SIB061", place, text, help=_declare(name, to))


def _declare(name: str, to: Language) -> Message:
    if to == "fr":
        return message('say what it is called there: in French, {name} is "le …"', name=name)
    return message("say what it is called there: en anglais, {name} est « … »", name=name)


def _unsaid_which_prevails(contract: Contract) -> Iterator[Diagnostic]:
    """That two texts with different names do not say which of them counts."""
    if any(isinstance(each, PrevailingLanguage) for each in contract.statements):
        return
    known = declared_names(contract)
    for statement in contract.statements:
        if isinstance(statement, Translation):
            name, there = statement.name.text, known.get(statement.name.text)
            if there is not None and there.name != name:
                yield warning(
                    "SIB064",
                    statement.span,
                    message(
                        "the contract does not say whose names count, those of this text or the other"
                    ),
                    help=message(
                        "add the line ‘prevailing language English’ or ‘prevailing language French’"
                    )
                    if contract.language == "en"
                    else message(
                        "add the line ‘le texte français fait foi’ or ‘le texte anglais fait foi’"
                    ),
                )
                return


def _guessed(places: Mapping[str, Span]) -> Diagnostic:
    first, *others = places
    names = tuple(f"{_said(DefinedTerm(usual_article(name), name))}" for name in places)
    return warning(
        "SIB062",
        places[first],
        message("the French article of these terms is a guess: {names}", names=names),
        others=(Label(places[name]) for name in others),
        help=_declare(first, "fr"),
    )
