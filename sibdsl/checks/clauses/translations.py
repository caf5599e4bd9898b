"""What Defined Terms are called in the other language: each once, and so that both texts say one thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibdsl.checks.checked import Checked
from sibdsl.checks.names.references import broken_names
from sibdsl.checks.statements import parts, statements
from sibdsl.diagnostics import Diagnostic, Label, error, message
from sibdsl.syntax.naming import OTHER, read_defined_term
from sibdsl.syntax.nearest import nearest_name
from sibdsl.syntax.nodes import Name, Outcome, Translation


def translation_of_nothing(checked: Checked) -> Iterable[Diagnostic]:
    """A translation of a name that nothing declares: mostly a name that was changed or misspelled."""
    known = _terms(checked)
    passed_over = broken_names(checked.contract) | _used(checked)
    for statement in statements(checked.contract, Translation):
        name = statement.name.text
        if name in known or name in passed_over:
            continue
        close = nearest_name(name, known)
        yield error(
            "SIB141",
            statement.name.span,
            message("‘{name}’ is translated, but nothing is called so", name=name),
            help=message("did you mean ‘{name}’?", name=close)
            if close is not None
            else message("write the name as it was declared, or delete the line"),
        )


def translated_twice(checked: Checked) -> Iterable[Diagnostic]:
    """Two translations of one term: which of them stands in the other text?"""
    first: dict[str, Translation] = {}
    for statement in statements(checked.contract, Translation):
        earlier = first.setdefault(statement.name.text, statement)
        if earlier is not statement:
            yield error(
                "SIB142",
                statement.span,
                message("‘{name}’ is translated twice", name=statement.name.text),
                others=(Label(earlier.span, message("translated here first")),),
                help=message("keep one of the two and delete the other"),
            )


def translation_taken(checked: Checked) -> Iterable[Diagnostic]:
    """One name in the other language for two terms: the other text could not tell them apart."""
    language = OTHER[checked.contract.language]
    kept = {one.name.text for one in statements(checked.contract, Translation)}
    taken: dict[str, tuple[str, Label | None]] = {
        name: (name, None) for name in _terms(checked) if name not in kept
    }
    for statement in statements(checked.contract, Translation):
        term = read_defined_term(statement.text.text, language)
        if term is None:
            continue
        here = Label(statement.span, message("called so here"))
        name, place = taken.setdefault(term.name, (statement.name.text, here))
        if name != statement.name.text:
            yield error(
                "SIB143",
                statement.text.span,
                message("‘{there}’ is what ‘{name}’ is called already", there=term.name, name=name),
                others=() if place is None else (place,),
                help=message("give each term a name of its own in the other language"),
            )


def translation_not_a_term(checked: Checked) -> Iterable[Diagnostic]:
    """A translation that is no Defined Term in the other language: its text could not be read."""
    language = OTHER[checked.contract.language]
    for statement in statements(checked.contract, Translation):
        if read_defined_term(statement.text.text, language) is None:
            yield error(
                "SIB144",
                statement.text.span,
                message("‘{text}’ is not a Defined Term", text=statement.text.text),
                help=message(
                    "write one name, with capitals, and before it an article if it takes one"
                ),
            )


def _used(checked: Checked) -> frozenset[str]:
    """The names that other statements use: where one is not declared, that has its own finding."""
    return frozenset(
        name.text
        for statement in checked.contract.statements
        if not isinstance(statement, Translation)
        for name in parts(statement, Name)
    )


def _terms(checked: Checked) -> frozenset[str]:
    """Everything that has a name; an outcome of a rate card may be one."""
    return frozenset({*checked.names.declared, *_outcomes(checked)})


def _outcomes(checked: Checked) -> Iterator[str]:
    for outcome in parts(checked.contract, Outcome):
        if isinstance(outcome.name, Name):
            yield outcome.name.text
