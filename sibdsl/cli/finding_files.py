"""Which files a path stands for: a contract, a folder with a contract and its sheets, many contracts."""

from pathlib import Path
from typing import Final

from sibdsl.diagnostics import Diagnostic, Label, Severity, message
from sibdsl.files import is_folder
from sibdsl.frozen import frozen

CONTRACTS: Final = ("contract.sib", "contract.sib.md", "contract.json")
SUFFIXES: Final = (".sib", ".sib.md")


@frozen
class Bundle:
    """A contract and the sheets that came with it; None where there is no such sheet."""

    contract: Path
    results: Path | None = None
    claims: Path | None = None
    participants: Path | None = None


def bundle_at(path: Path) -> Bundle | Diagnostic:
    """The contract a path names, or the one in the folder it names with the sheets beside it."""
    if not is_folder(path):
        return Bundle(path)
    contract = _first(path, CONTRACTS)
    if contract is None:
        text = message("this folder has no contract")
        advice = message("its file is called one of: {names}", names=CONTRACTS)
        label = Label(None, None, str(path))
        return Diagnostic("SIB806", Severity.ERROR, text, label, (), advice)
    return Bundle(contract, *(_first(path, _sheet(name)) for name in _SHEETS))


_SHEETS: Final = ("results", "claims", "participants")


def _sheet(name: str) -> tuple[str, ...]:
    return (f"{name}.csv", f"{name}.json")


def _first(folder: Path, names: tuple[str, ...]) -> Path | None:
    return next((folder / name for name in names if (folder / name).is_file()), None)


def contracts_under(path: Path) -> tuple[Path, ...]:
    """The contracts a path stands for: itself, or all those in a folder and below, in order."""
    if not is_folder(path):
        return (path,)
    found = (one for one in path.rglob("*") if one.name.endswith(SUFFIXES) and one.is_file())
    return tuple(sorted(found))
