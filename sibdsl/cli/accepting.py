"""``sib test --accept``: the present answers, written into the lines that expect others."""

import sys
from pathlib import Path

import click

from sibdsl.cli.output import CLEAN, FOUND, print_findings, stop
from sibdsl.contract import Contract
from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.evaluate.examples import ExampleOutcome
from sibdsl.files import rewrite_text
from sibdsl.messages import say
from sibdsl.worked import accepted, difference


def accept(contract: Contract, outcomes: tuple[ExampleOutcome, ...], path: Path) -> None:
    """Write them, show what changed, and end; the exit status is 1 if some could not be written."""
    source, language = contract.source, contract.language
    if source is None:
        text = message("a plan has no text to write answers into")
        advice = message("accept them in the contract that the plan was made from")
        label = Label(None, None, str(path))
        stop((Diagnostic("SIB730", Severity.ERROR, text, label, (), advice),), language=language)
    found = accepted(source, outcomes, language)
    own = source.files[""]
    if found.changed:
        refused = rewrite_text(path, own.text, found.text)
        if refused is not None:
            stop((refused,))
        click.echo(difference(own, found.text), nl=False)
    print_findings(found.findings, contract.sources, language)
    click.echo(say(message("answers written: {count}", count=found.changed), language), err=True)
    sys.exit(FOUND if found.findings else CLEAN)
