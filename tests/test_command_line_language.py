"""The command line speaks the language of the reader's system: help, and what is said of usage."""

import os
import subprocess
import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
import pytest

from sibdsl.cli import COMMANDS, main
from tests.messages import COMMAND_LINE, PACKAGE, command_line, compiled_command_line

ROOT = PACKAGE.parent


def helps() -> Iterator[str]:
    """Every text of help that is ours."""
    yield from COMMANDS.values()
    context = click.Context(main)
    for command in (main, *(main.get_command(context, name) for name in COMMANDS)):
        assert command is not None
        for text in (command.help, *(getattr(one, "help", None) for one in command.params)):
            if text:
                yield cleandoc(text)


def keys() -> set[str]:
    return {
        text
        for entry in command_line()
        if entry.id
        for text in ((entry.id,) if isinstance(entry.id, str) else entry.id)
    }


def sources() -> str:
    """The texts of click and of our command line, as they stand in the source."""
    click_files = Path(click.__file__).parent.glob("*.py")
    files = [*click_files, *(PACKAGE / "cli").glob("*.py")]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def sib(*arguments: str, **environment: str) -> str:
    """What ``sib`` prints in an environment that says nothing else of languages."""
    inherited = {name: value for name, value in os.environ.items() if name != "LC_ALL"}
    command = [sys.executable, "-m", "sibdsl", *arguments]
    made = subprocess.run(
        command,
        env=inherited | {"PYTHONUTF8": "1"} | environment,
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
    return made.stdout + made.stderr


def test_the_compiled_catalogue_is_fresh() -> None:
    compiled = COMMAND_LINE.with_suffix(".mo").read_bytes()
    assert compiled_command_line() == compiled, "run `python -m tests.messages`"


def test_every_help_has_its_french() -> None:
    assert sorted(set(helps()) - keys()) == []


def test_every_entry_is_a_text_of_click_or_of_ours() -> None:
    source, ours = sources(), set(helps())
    stale = [
        text
        for text in keys() - ours
        if text not in source and text.encode("unicode_escape").decode() not in source
    ]
    assert stale == []


@pytest.mark.parametrize("variable", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_help_is_in_the_language_of_the_system(variable: str) -> None:
    french = sib("run", "--help", **{variable: "fr_FR.UTF-8"})
    assert "Déterminer ce qui est dû" in french
    assert "La feuille des participants." in french
    assert "Afficher cette aide" in french
    english = sib("run", "--help", **{variable: "en_GB.UTF-8"})
    assert "Determine what is due" in english


@pytest.mark.parametrize(
    ("arguments", "english", "french"),
    [
        (("rnu",), "There is no command ‘rnu’.", "La commande « rnu » n’existe pas."),
        (("run",), "Missing argument 'PATH'", "Il manque l’argument « CHEMIN »"),
        (("run", "a", "b"), "Got unexpected extra argument (b)", "Argument de trop (b)"),
        (("run", "--formt", "x"), "No such option", "L’option '--formt' n’existe pas."),
        (("run", "--format", "x", "a"), "'x' is not one of", "'x' n’est pas l’un des choix"),
        (("check", "nowhere.sib"), "there is no such file", "ce fichier n’existe pas"),
        (("run", "nowhere"), "there is no such file", "ce fichier n’existe pas"),
        (("explain", "SIB030"), "What it finds", "Ce qui est constaté"),
    ],
)
def test_what_is_said_of_usage_is_in_the_language_of_the_system(
    arguments: tuple[str, ...], english: str, french: str
) -> None:
    assert english in sib(*arguments, LC_ALL="C.UTF-8")
    assert french in sib(*arguments, LC_ALL="fr_FR.UTF-8").replace("\u00a0", " ")


def test_a_contract_is_spoken_of_in_its_own_language(tmp_path: Path) -> None:
    contract = tmp_path / "contract.sib"
    contract.write_text('sibdsl 1 en\ncontract "Work"\ncurrency euros\n', encoding="utf-8")
    assert "is not the word to write here" in sib("check", str(contract), LC_ALL="fr_FR.UTF-8")


def test_a_day_in_another_form_is_offered_as_it_is_to_be_written() -> None:
    said = sib("run", "examples/peterborough", "--as-of", "31/12/2026", LC_ALL="fr_FR.UTF-8")
    assert "écrivez 2026-12-31" in said
    assert "write 2026-12-31" in sib(
        "run", "x.sib", "--as-of", "31 December 2026", LC_ALL="C.UTF-8"
    )


def test_a_new_contract_is_in_the_language_of_the_system(tmp_path: Path) -> None:
    for language, first in (("fr_FR.UTF-8", "sibdsl 1 fr"), ("C.UTF-8", "sibdsl 1 en")):
        path = tmp_path / f"{language}.sib"
        sib("new", str(path), LC_ALL=language)
        assert path.read_text(encoding="utf-8").startswith(first)


def test_a_file_that_is_not_written_is_said_in_the_language_of_the_system(tmp_path: Path) -> None:
    said = sib(
        "compile", "examples/peterborough", "-o", str(tmp_path / "x" / "y"), LC_ALL="fr_FR.UTF-8"
    )
    assert "erreur[SIB808]" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("contrat « A »\ndevise EUR\n", "erreur[SIB001]"),
        ('contract "A"\ncurrency EUR\n', "error[SIB001]"),
        ("sibdsl 1 en\ncontrat « A »\ndevise EUR\n", "erreur[SIB026]"),
    ],
)
def test_a_text_without_its_first_line_is_answered_in_its_own_words(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "x.sib"
    path.write_text(text, encoding="utf-8")
    assert said in sib("check", str(path), LC_ALL="C.UTF-8")
