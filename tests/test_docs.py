"""The contracts and the sessions that the documents show are run, so they cannot rot.

CONTRIBUTING.md, "Contracts and sessions in the documents", says how a block is marked. With
``--update-golden`` the contracts are laid out, and the sessions show what the commands print now.
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from click.testing import CliRunner

import sibdsl
from sibdsl.cli import main
from sibdsl.source import Source
from sibdsl.syntax.format import format_source
from tests import words

ROOT = Path(__file__).parent.parent
PREAMBLES = Path(__file__).parent / "preambles"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(
    r"^(?P<fence>`{3,})(?P<info>[^`\n]*)\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL
)
HEADING = re.compile(r"sibdsl \d+ (en|fr)\b")


@frozen
class Block:
    """A fenced block: its language, its marks (``with=newpin`` …), and where it stands."""

    document: Path
    line: int
    language: str
    marks: dict[str, str]
    body: str

    @property
    def place(self) -> str:
        return f"{self.document.relative_to(ROOT)}:{self.line}"


def blocks(document: Path) -> Iterator[Block]:
    text = document.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        language, *marks = shlex.split(match["info"]) or [""]
        line = text.count("\n", 0, match.start()) + 1
        yield Block(document, line, language, dict(m.split("=", 1) for m in marks), match["body"])


BLOCKS = [block for document in DOCUMENTS for block in blocks(document)]
CONTRACTS = [block for block in BLOCKS if block.language == "sib"]
SESSIONS = [block for block in BLOCKS if block.language == "console"]
PROGRAMS = [block for block in BLOCKS if block.language == "python"]


def whole_contract(block: Block) -> str:
    """The text to check: the block itself, or the preamble it names with the block after it."""
    if "with" not in block.marks:
        assert HEADING.match(block.body), (
            f"{block.place}: a contract begins `sibdsl 1 en`; a fragment says with=NAME"
        )
        return block.body
    preamble = PREAMBLES / f"{block.marks['with']}.sib"
    return preamble.read_text(encoding="utf-8") + "\n" + block.body


def shown_files(document: Path) -> dict[str, str]:
    """The files that the document shows with ``file=NAME``."""
    return {block.marks["file"]: block.body for block in blocks(document) if "file" in block.marks}


@pytest.mark.parametrize("block", CONTRACTS, ids=lambda block: block.place)
def test_contract_in_a_document_checks(block: Block) -> None:
    findings = sibdsl.check(whole_contract(block), library=shown_files(block.document))
    errors = {finding.code for finding in findings if finding.severity is sibdsl.Severity.ERROR}
    # `error=CODE` shows what is refused: refused for that reason, and for no other.
    assert ({block.marks["error"]} if "error" in block.marks else set()) == errors


def laid_out(block: Block) -> str:
    """The block in its layout; as it is where it shows what cannot be read."""
    first_line, _, _ = whole_contract(block).partition("\n")
    head = "" if HEADING.match(block.body) else f"{first_line}\n\n"
    formatted = format_source(Source("x.sib", head + block.body)).text
    return block.body if formatted is None else formatted.removeprefix(head)


@pytest.mark.parametrize("block", CONTRACTS, ids=lambda block: block.place)
def test_contract_in_a_document_is_laid_out(block: Block, *, update_golden: bool) -> None:
    tidy = laid_out(block)
    if update_golden:
        text = block.document.read_text(encoding="utf-8")
        block.document.write_text(text.replace(block.body, tidy, 1), encoding="utf-8")
        return
    assert block.body == tidy


def commands(session: str) -> Iterator[tuple[str, str]]:
    """Each command of a session with what is shown under it."""
    for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
        command, _, shown = part.partition("\n")
        yield command, shown


def write_shown_files(document: Path, folder: Path) -> None:
    """The examples, and the files that the document itself shows with ``file=NAME``."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    for block in blocks(document):
        if "file" in block.marks:
            file = folder / block.marks["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.body, encoding="utf-8")


@pytest.mark.parametrize("block", SESSIONS, ids=lambda block: block.place)
def test_session_in_a_document_prints_what_is_shown(
    block: Block, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update_golden: bool
) -> None:
    write_shown_files(block.document, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    shown, printed, exit_code = "", "", 0
    for command, output in commands(block.body):
        program, *arguments = shlex.split(command)
        assert program == "sib", f"{block.place}: only `sib` is run, not `{program}`"
        result = CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)
        shown += f"$ {command}\n{output}"
        printed += f"$ {command}\n{result.output}"
        exit_code = result.exit_code
    if update_golden:
        text = block.document.read_text(encoding="utf-8")
        block.document.write_text(text.replace(block.body, printed, 1), encoding="utf-8")
        shown = printed
    assert shown == printed
    # `exit=1` on a session whose last command finds something.
    assert int(block.marks.get("exit", "0")) == exit_code


@pytest.mark.parametrize("block", PROGRAMS, ids=lambda block: block.place)
def test_program_in_a_document_runs(
    block: Block,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_shown_files(block.document, tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(block.body, block.place, "exec"), {"__name__": "__main__"})  # noqa: S102
    assert capsys.readouterr().out  # each of them prints


def test_there_are_contracts_sessions_and_programs_to_run() -> None:
    assert len(CONTRACTS) > 0
    assert len(SESSIONS) > 0
    assert len(PROGRAMS) > 0


def anchors(document: Path) -> set[str]:
    """What may follow # in a link to a heading of the document, as GitHub forms it."""
    prose = FENCE.sub("", document.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", prose, flags=re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize(
    "document", [*DOCUMENTS, ROOT / "ARCHITECTURE.md"], ids=lambda path: str(path.relative_to(ROOT))
)
def test_links_in_a_document_lead_somewhere(document: Path) -> None:
    prose = FENCE.sub("", document.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\((?!https?:)([^)\s]+)\)", prose):
        path, _, anchor = target.partition("#")
        aim = (document.parent / path).resolve() if path else document
        assert aim.exists(), target
        if anchor:
            assert anchor in anchors(aim), target


def test_every_preamble_is_used_and_checks_alone() -> None:
    used = {block.marks["with"] for block in CONTRACTS if "with" in block.marks}
    assert {path.stem for path in PREAMBLES.glob("*.sib")} == used
    for name in sorted(used):
        text = (PREAMBLES / f"{name}.sib").read_text(encoding="utf-8")
        assert not any(finding.severity is sibdsl.Severity.ERROR for finding in sibdsl.check(text))


def test_the_page_of_words_is_that_of_the_grammar() -> None:
    assert words.PAGE.read_text(encoding="utf-8") == words.page()


def test_the_readme_and_ci_give_the_one_command() -> None:
    for document in ("README.md", "CONTRIBUTING.md", "Makefile", ".ci/run"):
        assert "check.py" in (ROOT / document).read_text(encoding="utf-8")
