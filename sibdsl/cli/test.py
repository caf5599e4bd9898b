"""``sib test``: whether a contract holds to its worked examples, and what they do not show."""

import sys
from pathlib import Path

import click

from sibdsl.cli.accepting import accept
from sibdsl.cli.finding_files import bundle_at
from sibdsl.cli.output import CLEAN, FOUND, count_warnings, paint_for, print_data, stop
from sibdsl.cli.reading import loaded
from sibdsl.cli.spoken import Argument, Command, Option, spoken
from sibdsl.contract import Contract, ContractError, example_outcomes
from sibdsl.diagnostics import Diagnostic, message
from sibdsl.documents.coverage_json import coverage_json
from sibdsl.documents.coverage_text import CoverageReport, coverage_text
from sibdsl.documents.examples_text import examples_json, examples_text
from sibdsl.documents.findings_text import PLAIN
from sibdsl.documents.junit import coverage_cases, junit_xml
from sibdsl.documents.wording import Wording
from sibdsl.evaluate.examples import ExampleOutcome
from sibdsl.messages import say
from sibdsl.worked import coverage_report


@click.command("test", cls=Command)
@click.argument("path", type=click.Path(path_type=Path), cls=Argument)
@click.option(
    "--coverage",
    "with_coverage",
    is_flag=True,
    help="Also say what no example shows; suggest some.",
    cls=Option,
)
@click.option(
    "--accept",
    "accepting",
    is_flag=True,
    help="Write the present answers into the contract.",
    cls=Option,
)
@click.option(
    "--format",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    show_default=True,
    cls=Option,
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file.", cls=Option
)
def command(
    path: Path, *, with_coverage: bool, accepting: bool, format: str, output: Path | None
) -> None:
    """Hold a contract to its worked examples.

    PATH is a contract, its plan (.json), or a folder with one. The exit status is 1 if an example
    does not hold.

    With --coverage it says which cases of the contract no example shows: conditions, thresholds,
    rows, caps. It suggests examples that would show them. With --accept, the value of each
    expectation that does not hold is changed to what the contract comes to.
    """
    if accepting and (with_coverage or output is not None or format != "text"):
        raise click.UsageError(spoken("--accept goes with no other option."))
    bundle = bundle_at(path)
    if isinstance(bundle, Diagnostic):
        stop((bundle,))
    contract = loaded(bundle.contract)
    try:
        outcomes = example_outcomes(contract)
    except ContractError as refused:
        stop(refused.findings, refused.sources, contract.language)
    if accepting:
        accept(contract, outcomes, bundle.contract)
    name = str(bundle.contract) if contract.source is None else contract.source.name
    covered = _covered(contract) if with_coverage else None
    text = _report(contract, outcomes, covered, name, format, colour=output is None)
    print_data(text, output, (bundle.contract,))
    count_warnings(contract.findings, bundle.contract, contract.language)
    if not outcomes:
        click.echo(say(message("there is no worked example"), contract.language), err=True)
    sys.exit(CLEAN if all(outcome.holds for outcome in outcomes) else FOUND)


def _covered(contract: Contract) -> CoverageReport:
    assert contract.plan_if_any is not None
    return coverage_report(contract.plan_if_any, contract.source)


def _report(
    contract: Contract,
    outcomes: tuple[ExampleOutcome, ...],
    covered: CoverageReport | None,
    name: str,
    format: str,
    *,
    colour: bool,
) -> str:
    sources, language, plan = contract.sources, contract.language, contract.plan_if_any
    assert plan is not None
    match format:
        case "json" if covered is not None:
            return coverage_json(covered, plan, contract.source)
        case "json":
            return examples_json(outcomes, sources, language)
        case "junit":
            shown = ""
            if covered is not None:
                shown = coverage_cases(covered, name, Wording(plan, contract.source))
            return junit_xml(outcomes, name, sources, language, shown)
        case _:
            paint = paint_for(sys.stdout) if colour else PLAIN
            text = examples_text(outcomes, sources, language, paint)
            if covered is None:
                return text
            return f"{text}\n{coverage_text(covered, plan, contract.source)}".lstrip("\n")
