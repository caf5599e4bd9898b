"""From a path on the command line to a contract that can be run; else the findings, and the end."""

from pathlib import Path

from sibdsl.cli.finding_files import Bundle, bundle_at
from sibdsl.cli.output import count_warnings, stop
from sibdsl.contract import Contract, ContractError, load
from sibdsl.diagnostics import Diagnostic


def read_bundle(path: Path) -> tuple[Bundle, Contract]:
    """The contract and the sheets that a path stands for; ends if the contract has errors."""
    bundle = bundle_at(path)
    if isinstance(bundle, Diagnostic):
        stop((bundle,))
    contract = loaded(bundle.contract)
    try:
        _ = contract.plan
    except ContractError as refused:
        stop(refused.findings, refused.sources, contract.language)
    count_warnings(contract.findings, bundle.contract, contract.language)
    return bundle, contract


def files_of(bundle: Bundle, contract: Contract) -> tuple[Path, ...]:
    """The files that a contract was read from: its own, and those it uses."""
    return (bundle.contract, *(Path(name) for name in contract.sources if name))


def loaded(path: Path) -> Contract:
    """The contract of a file, with its findings; ends if the file cannot be read."""
    try:
        return load(path)
    except ContractError as refused:
        stop(refused.findings)
