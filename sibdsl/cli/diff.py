"""``sib diff``: what changed between two versions of a contract, for whom, and by how much."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from sibdsl.cli.finding_files import bundle_at
from sibdsl.cli.output import CLEAN, FOUND, USAGE, print_data, print_findings
from sibdsl.cli.revisions import (
    Revision,
    committed,
    files_at,
    paths_of,
    read_revision,
    revision_of,
)
from sibdsl.cli.spoken import Argument, Command, Option, reader_language
from sibdsl.contract import Contract, ContractError, diff, from_json, load, read_with
from sibdsl.diagnostics import Diagnostic, Severity, message
from sibdsl.documents.comparison_text import comparison_text
from sibdsl.documents.wording import Wording
from sibdsl.messages import say
from sibdsl.numerals import Language
from sibdsl.review.change import Audience

FILE = click.Path(path_type=Path)


@click.command("diff", cls=Command)
@click.argument("old", cls=Argument)
@click.argument("new", required=False, cls=Argument)
@click.option(
    "--for",
    "audience",
    type=click.Choice([each.value for each in Audience]),
    help="Judge each change for this side alone, the worst first.",
    cls=Option,
)
@click.option(
    "--results", type=FILE, help="A sheet of results to determine both versions on.", cls=Option
)
@click.option("--claims", type=FILE, help="A sheet of claims on rate cards.", cls=Option)
@click.option("--participants", type=FILE, help="A sheet of participants.", cls=Option)
@click.option(
    "--csv", type=click.Choice(["en", "fr"]), help="How CSV is written, as for sib run.", cls=Option
)
@click.option("--no-effects", is_flag=True, help="Compare the texts alone.", cls=Option)
@click.option(
    "--format",
    type=click.Choice(["text", "json", "markdown", "github", "gitlab", "sarif", "html"]),
    default="text",
    show_default=True,
    help="As text, as JSON, as forges and their tools read it, or as a page (docs/review.md).",
    cls=Option,
)
@click.option("-o", "--output", type=FILE, help="Write to this file.", cls=Option)
def command(  # noqa: PLR0913, PLR0917 -- as many as there are options
    old: str,
    new: str | None,
    audience: str | None,
    results: Path | None,
    claims: Path | None,
    participants: Path | None,
    csv: Language | None,
    no_effects: bool,  # noqa: FBT001 -- click hands options over by name
    format: str,
    output: Path | None,
) -> None:
    """Compare two versions of a contract: what changed, for whom, and by how much.

    OLD and NEW are contracts (.sib, .sib.md), plans (.json), folders with one, or REF:PATH for a file
    at a revision of a git repository. With one file alone, it is compared with its last commit. The
    exit status is 0 if both mean the same, 1 if they differ, 2 if they cannot be compared.
    """
    if new is None:
        before, after = _committed(old), _contract(old)
    else:
        before, after = _contract(old), _contract(new)
    given = results, claims, participants
    try:
        comparison = diff(
            before,
            after,
            results=results or (),
            claims=claims,
            participants=participants or (),
            csv=csv,
            effects=not no_effects,
        )
    except ContractError as refused:
        _stop(refused, after.language)
    wording = Wording(after.plan_if_any or after.plan, after.source)
    side = None if audience is None else Audience(audience)
    if format == "text":
        text = comparison_text(comparison, wording, side)
    else:
        from sibdsl.cli.comparison_for import Asked, written  # noqa: PLC0415 -- seven writers

        paths = paths_of(old if new is None else new, after.sources)
        text = written(Asked(comparison, wording, side, before, after, paths), format)
    read = [path for path in (_file(old), _file(new), *given) if path is not None]
    print_data(text, output, read)
    sys.exit(CLEAN if comparison.is_same else FOUND)


def _contract(text: str) -> Contract:
    """The contract that an argument names."""
    revision = revision_of(text)
    if revision is not None:
        return _checked(_read(revision))
    bundle = bundle_at(Path(text))
    if isinstance(bundle, Diagnostic):
        _stop(ContractError((bundle,)), reader_language())
    try:
        return _checked(load(bundle.contract))
    except ContractError as refused:
        _stop(refused, reader_language())


def _committed(text: str) -> Contract:
    """The last commit of the contract that an argument names."""
    bundle = bundle_at(Path(text))
    if isinstance(bundle, Diagnostic):
        _stop(ContractError((bundle,)), reader_language())
    return _checked(_read(committed(bundle.contract)))


def _read(revision: Revision) -> Contract:
    source = read_revision(revision)
    if isinstance(source, Diagnostic):
        _stop(ContractError((source,)), reader_language())
    if not source.name.endswith(".json"):
        return read_with(source, files_at(revision))
    try:
        return from_json(source.text, source.name)
    except ContractError as refused:
        _stop(refused, reader_language())


def _checked(contract: Contract) -> Contract:
    """The contract, if it can be run; a worked example that does not hold is told, and no obstacle."""
    if contract.plan_if_any is None:
        refused = ContractError(contract.findings, contract.sources, contract.language)
        _stop(refused, contract.language)
    errors = sum(each.severity is Severity.ERROR for each in contract.findings)
    if errors:
        name = "" if contract.source is None else contract.source.name
        text = message(
            "{file}: expectations of worked examples that do not hold: {number}, see sib check",
            file=name,
            number=errors,
        )
        click.echo(say(text, contract.language), err=True)
    return contract


def _stop(refused: ContractError, language: Language) -> NoReturn:
    """Print why the two cannot be compared, and end."""
    print_findings(refused.findings, refused.sources, language)
    sys.exit(USAGE)


def _file(text: str | None) -> Path | None:
    return None if text is None else Path(text)
