"""Contracts in git: hunks headed by clause, changes shown by word, merges that still check."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import main
from sibdsl.cli.git_patterns import heading_pattern, word_pattern
from sibdsl.cli.starter import STARTERS
from tests.repositories import ALONE, commit, git, repository

ATTRIBUTES = "*.sib diff=sib\n*.sib.md diff=sib\n"
LOCALES = ["C", "C.UTF-8"]


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an English and a French contract; every test runs in it."""
    for key, value in ALONE.items():
        monkeypatch.setenv(key, value)
    folder = repository(tmp_path / "deals")
    commit(folder, contract_sib=STARTERS["en"], contrat_sib=STARTERS["fr"])
    monkeypatch.chdir(folder)
    return folder


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)


def configured(folder: Path) -> dict[str, str]:
    pairs = git(folder, "config", "--local", "--list", "--null").split("\0")
    return dict(pair.split("\n", 1) for pair in pairs if pair.startswith("diff.sib."))


def change(name: str, *changes: tuple[str, str]) -> None:
    text = Path(name).read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    Path(name).write_text(text, encoding="utf-8")


# ------------------------------------------------------------------------------------ the command


def test_it_says_what_it_did_and_does_it_once(kept: Path) -> None:
    first = sib("git-setup")
    assert first.exit_code == 0
    assert first.stdout == (
        ".gitattributes: added ‘*.sib diff=sib’\n"
        ".gitattributes: added ‘*.sib.md diff=sib’\n"
        "commit .gitattributes, so that every clone has it\n"
        "diff.sib.xfuncname is set in this clone\n"
        "diff.sib.wordRegex is set in this clone\n"
    )
    assert Path(".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES
    assert configured(kept) == {
        "diff.sib.xfuncname": heading_pattern(),
        "diff.sib.wordregex": word_pattern(),
    }
    again = sib("git-setup", "--lang", "fr")
    assert again.stdout == (
        ".gitattributes contient déjà ses lignes\n"
        "diff.sib.xfuncname est déjà en place\n"
        "diff.sib.wordRegex est déjà en place\n"
    )
    assert Path(".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES


def test_undo_takes_away_what_was_put_there_and_nothing_else(kept: Path) -> None:
    before = (kept / ".git" / "config").read_text(encoding="utf-8")
    sib("git-setup")
    undone = sib("git-setup", "--undo")
    assert undone.stdout.splitlines()[-1] == "diff.sib.wordRegex is no longer set"
    assert not Path(".gitattributes").exists()
    assert (kept / ".git" / "config").read_text(encoding="utf-8") == before
    assert sib("git-setup", "--undo").stdout == "there is nothing to take away\n"


def test_undo_leaves_a_setting_that_another_put_there(kept: Path) -> None:
    sib("git-setup")
    git(kept, "config", "diff.sib.binary", "false")
    sib("git-setup", "--undo")
    assert configured(kept) == {"diff.sib.binary": "false"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end"])
def test_the_lines_of_others_stay_as_they_are(end: str, last: str) -> None:
    theirs = f"* text=auto{end}*.png binary{end if last else ''}"
    Path(".gitattributes").write_bytes(theirs.encode())
    sib("git-setup")
    written = Path(".gitattributes").read_bytes().decode()
    ours = ATTRIBUTES.replace("\n", end) if "\r\n" in theirs else ATTRIBUTES
    assert written == theirs + ("" if last else end) + ours
    sib("git-setup", "--undo")
    assert Path(".gitattributes").read_bytes().decode() == theirs + ("" if last else end)


def test_a_way_of_showing_that_was_chosen_is_left_alone() -> None:
    Path(".gitattributes").write_text("*.sib -diff\n", encoding="utf-8")
    said = sib("git-setup").stdout
    assert (
        ".gitattributes shows ‘*.sib’ another way (diff is unset): left as it is\n"
        ".gitattributes: added ‘*.sib.md diff=sib’\n"
    ) in said


def test_a_file_deleted_since_its_commit_gets_both_lines_again(kept: Path) -> None:
    commit(kept, _gitattributes=ATTRIBUTES)
    Path(".gitattributes").unlink()
    sib("git-setup")
    assert Path(".gitattributes").read_text(encoding="utf-8") == ATTRIBUTES


def test_it_works_from_a_folder_below_and_in_one_that_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("one/two").mkdir(parents=True)
    assert sib("git-setup", "one/two").exit_code == 0
    assert Path(".gitattributes").exists()
    monkeypatch.chdir("one/two")
    assert "already" in sib("git-setup").stdout
    assert not Path(".gitattributes").exists()
    monkeypatch.chdir(tmp_path)
    assert "already" in sib("git-setup", "deals").stdout


@pytest.mark.parametrize("folder", [".", "gone", "file"])
def test_where_there_is_no_repository_it_says_so(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("", encoding="utf-8")
    refused = sib("git-setup", folder, "--lang", "fr")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "erreur[SIB860]" in refused.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["deals", "file"]


def test_a_bare_repository_has_no_contracts_to_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bare").mkdir()
    git(tmp_path / "bare", "init", "--quiet", "--bare")
    monkeypatch.chdir(tmp_path / "bare")
    assert "SIB860" in sib("git-setup").stderr


def test_without_git_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    refused = sib("git-setup")
    assert (refused.exit_code, "SIB861" in refused.stderr) == (2, True)
    assert "install git" in refused.stderr


def test_a_configuration_that_git_cannot_read_is_a_finding(kept: Path) -> None:
    with (kept / ".git" / "config").open("a", encoding="utf-8") as file:
        file.write("[broken\n")
    refused = sib("git-setup")
    assert refused.exit_code == 2
    assert "SIB86" in refused.stderr
    assert not Path(".gitattributes").exists()


def test_an_attributes_file_that_is_no_text_is_left_alone(kept: Path) -> None:
    Path(".gitattributes").write_bytes(b"*.x \xff\n")
    refused = sib("git-setup")
    assert (refused.exit_code, "SIB801" in refused.stderr) == (1, True)
    assert Path(".gitattributes").read_bytes() == b"*.x \xff\n"
    assert configured(kept) == {}


# ------------------------------------------------------------------------------ what git then shows


def headings(diff: str) -> list[str]:
    return re.findall(r"^@@ [^@]* @@ (.*)$", diff, flags=re.MULTILINE)


def test_a_hunk_is_headed_by_its_statement_in_both_languages(kept: Path) -> None:
    sib("git-setup")
    change("contract.sib", ("550,000\n  otherwise", "560,000\n  otherwise"), ("60 days", "90 days"))
    change(
        "contrat.sib", ("Département verse le", "Département paie le"), ("275 000 EUR\n", "1 EUR\n")
    )
    assert headings(git(kept, "diff", "--unified=0")) == [
        "table Success Amount by Job Rate, interpolated",
        "payment Success Payment at Final",
        "paiement Paiement du Succès lors de Finale",
        "exemple « à mi-chemin »",
    ]
    # git log and git show use the same, without any option.
    commit(kept)
    assert "payment Success Payment at Final" in headings(git(kept, "show", "--unified=0"))


def test_a_definition_heads_a_hunk_and_a_description_does_not(kept: Path) -> None:
    contract = (
        "sibdsl 1 en\nthe Reduction means\n  # it means a lot\n  1\nmeasure X is a count\n"
        '  "What it means in words"\n  # end\n'
    )
    commit(kept, contract_sib=contract)
    sib("git-setup")
    change("contract.sib", ("  1\n", "  2\n"), ("# end", "# END"))
    assert headings(git(kept, "diff", "--unified=0", "contract.sib")) == [
        "the Reduction means",
        "measure X is a count",
    ]


def words_changed(folder: Path, locale: str) -> list[tuple[str, str]]:
    shown = git(folder, "diff", "--word-diff=plain", "--unified=0", locale=locale)
    return re.findall(r"\[-(.*?)-\]\{\+(.*?)\+\}", shown)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Gap is at least 3 points", "Gap is at least 3 %", "3 points", "3 %"),
        ("Gap is at least 3 points", "Gap is more than 3 points", "is at least", "is more than"),
        ("pays GBP 1,250.50 to", "pays GBP 1,260.50 to", "GBP 1,250.50", "GBP 1,260.50"),
        ("verse 450 000 EUR aux", "verse 451 000 EUR aux", "450 000 EUR", "451 000 EUR"),
        (
            "verse 450\u202f000 € aux",
            "verse 451\u202f000 € aux",
            "450\u202f000 €",
            "451\u202f000 €",
        ),
        ("on 2014-08-07, City", "on 2014-09-07, City", "2014-08-07", "2014-09-07"),
        (
            "when Cohort Success and X",
            "when Cohort Result and X",
            "Cohort Success",
            "Cohort Result",
        ),
        ("at Cohort 1 is", "at Cohort 12 is", "Cohort 1", "Cohort 12"),
        ("le Taux de Retour est", "le Taux de Sortie est", "Taux de Retour", "Taux de Sortie"),
        ("paie l'Écart du", "paie l'Effet du", "Écart", "Effet"),
        (
            "X est d'au moins 3 points",
            "X est d'au plus 3 points",
            "est d'au moins",
            "est d'au plus",
        ),
        ("lorsque X et Y", "lorsque X ou Y", "et", "ou"),
        ("is 13/155 or", "is 13/156 or", "13/155", "13/156"),
        ("is City 20%, X", "is City 30%, X", "City 20%", "City 30%"),
        ("« une mesure »", "« une mésure »", "mesure", "mésure"),
        ("cap (X; Y)", "cap (X, Y)", ";", ","),
    ],
)
def test_a_change_is_shown_word_by_word(
    kept: Path, locale: str, before: str, after: str, old: str, new: str
) -> None:
    commit(kept, contract_sib=f"{before}\n")
    sib("git-setup")
    Path("contract.sib").write_text(f"{after}\n", encoding="utf-8")
    assert words_changed(kept, locale) == [(old, new)]


def test_every_keyword_of_several_words_is_one_word(kept: Path) -> None:
    changes = [("is at least", "is at most"), ("total of", "average of"), ("lors de", "selon")]
    commit(kept, contract_sib="".join(f"a {old} b\n\n\n" for old, _ in changes))
    sib("git-setup")
    Path("contract.sib").write_text("".join(f"a {new} b\n\n\n" for _, new in changes), "utf-8")
    assert words_changed(kept, "C.UTF-8") == changes


def test_git_takes_no_other_program_to_show_a_contract(kept: Path) -> None:
    """Neither a textconv nor an external driver: git, log, show and a clone without sib all work."""
    sib("git-setup")
    assert set(configured(kept)) == {"diff.sib.xfuncname", "diff.sib.wordregex"}


def test_two_branches_that_change_two_clauses_merge_into_a_contract_that_checks(kept: Path) -> None:
    sib("git-setup")
    commit(kept)
    git(kept, "switch", "--quiet", "--create", "dates")
    change("contract.sib", ("due 60 days", "due 90 days"))
    commit(kept)
    git(kept, "switch", "--quiet", "main")
    change("contract.sib", ("provide GBP 500,000", "provide GBP 520,000"))
    commit(kept)
    git(kept, "merge", "--quiet", "--no-edit", "dates")
    merged = Path("contract.sib").read_text(encoding="utf-8")
    assert "due 90 days" in merged
    assert "provide GBP 520,000" in merged
    assert sibdsl.check(merged) == ()
