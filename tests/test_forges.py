"""What forges and pre-commit are given: their schemas hold, and their scripts run in real repositories."""

import json
import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml
from attrs import frozen

from sibdsl.cli.starter import STARTERS
from tests.repositories import ALONE, commit, git, repository
from tests.test_docs import Block, blocks

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sysconfig.get_path("scripts"))
ACTION = ROOT / "forges" / "github" / "action.yml"
TEMPLATE = ROOT / "forges" / "gitlab" / "sib.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="the scripts are for bash")


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "command",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION],
        [
            *("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci"),
            *("--data-transform", "gitlab-ci", TEMPLATE),
        ],
        ["pre-commit", "validate-manifest", HOOKS],
    ],
    ids=["github", "gitlab", "pre-commit"],
)
def test_a_definition_is_as_its_reader_wants_it(command: list[str | Path]) -> None:
    program, *arguments = map(str, command)
    ran = subprocess.run(
        [PROGRAMS / program, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


WRITTEN = [
    block
    for document in (ROOT / "docs" / "ci.md", ROOT / "docs" / "ci.fr.md")
    for block in blocks(document)
    if block.language == "yaml"
]


@pytest.mark.parametrize("block", WRITTEN, ids=lambda block: block.place)
def test_what_the_page_says_to_write_is_as_its_reader_wants_it(
    block: Block, tmp_path: Path
) -> None:
    file = tmp_path / "written.yaml"
    file.write_text(block.body, encoding="utf-8")
    schema = block.marks["schema"]
    if schema == "pre-commit":
        command: list[str | Path] = [PROGRAMS / "pre-commit", "validate-config", file]
    else:
        transform = ["--data-transform", schema] if schema == "gitlab-ci" else []
        builtin = ["--builtin-schema", f"vendor.{schema}", *transform]
        command = [PROGRAMS / "check-jsonschema", *builtin, file]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_hooks_run_on_contracts_alone() -> None:
    hooks = {hook["id"]: hook for hook in read(HOOKS)}
    assert {name: hook["entry"] for name, hook in hooks.items()} == {
        "sib-check": "sib check",
        "sib-fmt": "sib fmt",
    }
    for hook in hooks.values():
        taken = [
            name
            for name in ("a.sib", "deals/b.sib.md", "c.md", "sib", "d.sib.txt", "e.sibx")
            if re.search(hook["files"], name)
        ]
        assert taken == ["a.sib", "deals/b.sib.md"]


def test_no_script_of_the_action_holds_what_another_may_have_written() -> None:
    """A branch may be called ``$(command)``: scripts read variables, never the text of an event."""
    scripts = [step["run"] for step in read(ACTION)["runs"]["steps"]]
    assert len(scripts) > 4
    assert not [script for script in scripts if "${{" in script]


# ---------------------------------------------------------------------- in a repository with changes


@frozen
class Change:
    """A working copy on a branch that changes, renames and breaks contracts; its base and its tools."""

    folder: Path
    base: str
    tools: Path

    def run(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ,
            **ALONE,
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.tools),
            "GITHUB_OUTPUT": str(self.tools / "outputs"),
            "GITHUB_STEP_SUMMARY": str(self.tools / "summary.md"),
            "CALLS": str(self.tools / "calls"),
            **variables,
        }
        return subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def called(self) -> list[str]:
        return (self.tools / "calls").read_text(encoding="utf-8").splitlines()


def tool(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/usr/bin/env bash\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def change(tmp_path: Path) -> Change:
    tools = tmp_path / "tools"
    tools.mkdir()
    tool(
        tools,
        "sib",
        f'if [ "$1" = diff ]; then echo "compared $2 with $3"; else exec "{PROGRAMS / "sib"}" "$@"; fi',
    )
    tool(tools, "gh", 'echo "gh $*" >> "$CALLS"; case "$*" in *--jq*) echo "$BEFORE" ;; esac')
    tool(
        tools, "curl", 'echo "curl $*" >> "$CALLS"; case "$*" in *per_page*) echo "$BEFORE" ;; esac'
    )
    upstream = repository(tmp_path / "upstream")
    (upstream / "our deals").mkdir()
    (upstream / "our deals" / "é.sib").write_text(STARTERS["fr"], encoding="utf-8")
    base = commit(upstream, old_sib=STARTERS["en"], same_sib=STARTERS["en"])
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(upstream), str(folder))
    git(folder, "switch", "--quiet", "--create", "change")
    git(folder, "mv", "old.sib", "new name.sib")
    broken = STARTERS["fr"].replace("60 jours", "60 mètres")
    (folder / "our deals" / "é.sib").write_text(broken, encoding="utf-8")
    commit(folder, added_sib=STARTERS["fr"])
    return Change(folder, base, tools)


def steps() -> dict[str, str]:
    return {step["name"]: step["run"] for step in read(ACTION)["runs"]["steps"]}


COMPARED = [
    "compared {base}:old.sib with new name.sib",
    "compared {base}:our deals/é.sib with our deals/é.sib",
]


@needs_bash
def test_the_action_annotates_reports_compares_and_fails(change: Change) -> None:
    checked = change.run(steps()["Check"], PATHS=".")
    assert checked.returncode == 0, checked.stderr
    assert "::error file=our deals/é.sib,line=" in checked.stdout
    outputs = (change.tools / "outputs").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in outputs)
    assert told["status"] == "1"
    compared = change.run(steps()["Compare with the base"], BASE=change.base, REPORT=told["report"])
    assert compared.returncode == 0, compared.stderr
    assert change.run(steps()["Show the report"], REPORT=told["report"]).returncode == 0
    summary = (change.tools / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("<!-- sib check -->\n### sib check")
    assert "our deals/é.sib" in summary
    assert [line for line in summary.splitlines() if line.startswith("compared")] == [
        line.format(base=change.base) for line in COMPARED
    ]
    assert change.run(steps()["Say whether there are errors"], STATUS="1").returncode == 1


@needs_bash
@pytest.mark.parametrize(
    ("before", "called"),
    [
        ("", "gh api --silent --method POST repos/o/r/issues/7/comments -F body=@{report}"),
        ("42", "gh api --silent --method PATCH repos/o/r/issues/comments/42 -F body=@{report}"),
    ],
)
def test_the_action_leaves_one_comment_and_replaces_it(
    change: Change, before: str, called: str
) -> None:
    report = change.tools / "report.md"
    report.write_text("<!-- sib check -->\n", encoding="utf-8")
    ran = change.run(
        steps()["Comment"],
        BEFORE=before,
        COMMENTS="repos/o/r/issues/7/comments",
        REPOSITORY="o/r",
        REPORT=str(report),
        JOB="https://forge.example/run/1",
    )
    assert ran.returncode == 0, ran.stderr
    assert change.called()[-1] == called.format(report=report)


@needs_bash
def test_a_report_too_long_for_a_comment_is_a_link(change: Change) -> None:
    report = change.tools / "report.md"
    report.write_text("x" * 70_000, encoding="utf-8")
    variables = {"COMMENTS": "c", "REPOSITORY": "o/r", "JOB": "https://forge.example/run/1"}
    change.run(steps()["Comment"], BEFORE="", REPORT=str(report), **variables)
    shown = report.read_text(encoding="utf-8")
    assert shown.startswith("<!-- sib check -->\n")
    assert "https://forge.example/run/1" in shown


@needs_bash
@pytest.mark.parametrize(
    ("notes", "called"),
    [
        ("[]", "--request POST * https://forge.example/projects/3/merge_requests/7/notes"),
        (
            '[{"id": 1, "body": "hello"}, {"id": 42, "body": "<!-- sib check -->\\nx"}]',
            "--request PUT * https://forge.example/projects/3/merge_requests/7/notes/42",
        ),
    ],
)
def test_the_template_reports_compares_comments_and_fails(
    change: Change, notes: str, called: str
) -> None:
    script = read(TEMPLATE)["sib-check"]["script"][-1]
    ran = change.run(
        script,
        SIB_PATHS=".",
        SIB_TOKEN="x",  # noqa: S106 -- no token at all
        BEFORE=notes,
        CI_MERGE_REQUEST_DIFF_BASE_SHA=change.base,
        CI_MERGE_REQUEST_IID="7",
        CI_PROJECT_ID="3",
        CI_API_V4_URL="https://forge.example",
    )
    assert ran.returncode == 1, ran.stderr
    quality = json.loads((change.folder / "gl-code-quality-report.json").read_text("utf-8"))
    assert {one["location"]["path"] for one in quality} == {"our deals/é.sib"}
    assert "<failure" in (change.folder / "sib-junit.xml").read_text(encoding="utf-8")
    report = (change.folder / "sib-report.md").read_text(encoding="utf-8")
    assert report.startswith("<!-- sib check -->\n")
    assert [line for line in report.splitlines() if line.startswith("compared")] == [
        line.format(base=change.base) for line in COMPARED
    ]
    asked, left = change.called()
    assert asked.endswith("merge_requests/7/notes?per_page=100")
    assert re.search(re.escape(called).replace(r"\*", ".*"), left)


@needs_bash
def test_the_template_without_a_token_or_a_merge_request_only_checks(change: Change) -> None:
    script = read(TEMPLATE)["sib-check"]["script"][-1]
    ran = change.run(script, SIB_PATHS="same.sib added.sib")
    assert ran.returncode == 0, ran.stderr
    assert not (change.tools / "calls").exists()
    assert "compared" not in (change.folder / "sib-report.md").read_text(encoding="utf-8")
