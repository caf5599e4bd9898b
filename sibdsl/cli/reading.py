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
    if not contract.ok:
        stop(contract.findings, contract.sources, contract.language)
    count_warnings(contract.findings, bundle.contract, contract.language)
    return bundle, contract


def loaded(path: Path) -> Contract:
    """The contract of a file, with its findings; ends if the file cannot be read."""
    try:
        return load(path)
    except ContractError as refused:
        stop(refused.findings)
