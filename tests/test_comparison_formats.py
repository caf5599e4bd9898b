"""Comparisons as other programs read them: each format against its schema or a reader of it."""

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from attrs import evolve
from click.testing import CliRunner, Result

import sibdsl
from sibdsl.cli import main
from sibdsl.documents.change_kinds import KINDS
from sibdsl.documents.compared import Compared
from sibdsl.documents.comparison_github import comparison_github
from sibdsl.documents.comparison_gitlab import comparison_gitlab
from sibdsl.documents.comparison_markdown import comparison_markdown
from sibdsl.documents.comparison_sarif import comparison_sarif
from sibdsl.documents.wording import Wording
from sibdsl.review.change import Audience
from sibdsl.review.changes import What
from tests.amendments import amended, example
from tests.repositories import git, repository
from tests.test_findings_formats import commands, html, schema, words_of
from tests.test_review_changes import TEXT

HOSTILE = "<script>alert(1)</script> ::error file=x::y, 50%0A `code` ``` @all #1 [a](https://evil.example) {0} *b* | \\"
CHANGED = amended(TEXT, ("at least 3 points", "at least 4 points"))


def compared(
    old: str, new: str, audience: Audience | None = None, *, effects: bool = True
) -> Compared:
    before, after = sibdsl.parse(old, "old.sib"), sibdsl.parse(new, "new.sib")
    comparison = sibdsl.diff(before, after, effects=effects)
    wording = Wording(after.plan_if_any or after.plan, after.source)
    return Compared(comparison, wording, audience, {"": "deals/new.sib"})


def markdown(one: Compared) -> str:
    return comparison_markdown(one.comparison, one.wording, one.audience)


def hostile() -> Compared:
    """Quoted words of the contract, and a file, that try everything."""
    words = HOSTILE.replace('"', "")
    new = amended(CHANGED, (TITLE, f'contract "{words}"'))
    one = compared(TEXT, new, Audience.INVESTOR)
    return evolve(
        one,
        comparison=evolve(one.comparison, new_name=f"a,b:c {HOSTILE}.sib"),
        paths={"": f"a,b:c {HOSTILE}.sib"},
    )


TITLE = next(line for line in TEXT.splitlines() if line.startswith("contract "))
WITHOUT_CAP = "".join(f"{line}\n" for line in TEXT.splitlines() if not line.startswith("cap "))


def test_every_kind_of_change_has_its_name() -> None:
    assert set(KINDS) == set(get_args(What))


# ---------------------------------------------------------------------------------------- GitHub


def test_a_change_is_an_annotation_on_its_lines_in_the_new_version() -> None:
    answer, change = commands(comparison_github(compared(TEXT, CHANGED)))
    assert answer[:2] == ("notice", {"file": "deals/new.sib", "title": "sib diff"})
    assert answer[2].startswith("Not the same meaning.\nWhere ")
    assert answer[2].endswith("a search, not a proof.")
    line = next(at for at, each in enumerate(CHANGED.splitlines(), 1) if "4 points" in each)
    assert change[0] == "notice"
    assert (change[1]["file"], change[1]["line"]) == ("deals/new.sib", str(line))
    assert "at least 4 points instead of at least 3 points" in change[2]


def test_what_one_side_may_lose_by_is_a_warning_to_it() -> None:
    levels = {
        side: commands(comparison_github(compared(TEXT, CHANGED, side)))[1][0] for side in Audience
    }
    assert levels == {
        Audience.PAYER: "notice",
        Audience.INVESTOR: "warning",
        Audience.PROVIDER: "notice",
    }


def test_what_is_gone_is_told_in_the_answer_and_on_no_line() -> None:
    assert WITHOUT_CAP != TEXT
    read = commands(comparison_github(compared(TEXT, WITHOUT_CAP, effects=False)))
    (answer,) = read
    assert "removed: EUR 20,000 (line" in answer[2]
    assert "line" not in answer[1]


def test_a_command_for_github_is_one_line_and_one_command() -> None:
    read = commands(comparison_github(hostile()))
    assert len(read) == 3
    assert {properties["file"] for _, properties, _ in read} == {f"a,b:c {HOSTILE}.sib"}


# ---------------------------------------------------------------------------------------- GitLab


@pytest.mark.parametrize(
    ("side", "severity"),
    [(None, "minor"), (Audience.INVESTOR, "major"), (Audience.PAYER, "info")],
)
def test_a_code_quality_report_is_as_gitlab_documents_it(
    side: Audience | None, severity: str
) -> None:
    one = compared(TEXT, CHANGED, side)
    report = json.loads(comparison_gitlab(one))
    wanted = schema("gitlab-code-quality.schema.json")
    wanted["items"]["properties"]["fingerprint"]["pattern"] = "^[0-9a-f]{16}$"
    jsonschema.validate(report, wanted)
    (issue,) = report
    assert issue["severity"] == severity
    assert issue["check_name"] == "threshold-changed"
    assert issue["fingerprint"] == one.comparison.changes[0].fingerprint


def test_a_report_outlasts_lines_added_above() -> None:
    moved = CHANGED.replace("\n\n", "\n# a remark\n\n", 1)
    one, other = (json.loads(comparison_gitlab(compared(TEXT, new))) for new in (CHANGED, moved))
    known = {each["fingerprint"] for each in one}
    assert known < {each["fingerprint"] for each in other}


def test_no_change_is_an_empty_report() -> None:
    assert json.loads(comparison_gitlab(compared(TEXT, TEXT))) == []


# ----------------------------------------------------------------------------------------- SARIF


def profile() -> Any:
    """What a log of findings is held to, with rules that are called by kinds of change."""
    read = deepcopy(schema("sarif-profile.schema.json"))
    read["$defs"]["rule"]["properties"]["id"]["pattern"] = "^[a-z]+(-[a-z]+)*$"
    return read


def sarif(one: Compared) -> Any:
    log = json.loads(comparison_sarif(one, "9.8.7"))
    jsonschema.validate(log, profile())
    (run,) = log["runs"]
    return run


def test_a_sarif_log_has_a_rule_for_each_kind_of_change() -> None:
    run = sarif(compared(TEXT, amended(CHANGED, (TITLE, 'contract "Another"')), Audience.INVESTOR))
    rules = run["tool"]["driver"]["rules"]
    assert [each["id"] for each in rules] == ["threshold-changed", "wording-changed"]
    assert "may move money" in rules[0]["help"]["text"]
    assert "moves no money" in rules[1]["help"]["text"]
    assert [each["level"] for each in run["results"]] == ["warning", "note"]
    for each in run["results"]:
        assert rules[each["ruleIndex"]]["id"] == each["ruleId"]


def test_a_sarif_result_has_the_fingerprint_of_its_change_and_its_place() -> None:
    one = compared(TEXT, CHANGED)
    (result,) = sarif(one)["results"]
    (change,) = one.comparison.changes
    assert result["partialFingerprints"] == {"sibdsl-change/v1": change.fingerprint}
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "deals/new.sib"
    assert change.new is not None
    assert place["region"]["startLine"] == change.new.start.line


def test_what_is_gone_has_a_place_all_the_same() -> None:
    results = sarif(compared(TEXT, WITHOUT_CAP, effects=False))["results"]
    gone = [each for each in results if each["ruleId"] == "removed"]
    assert gone
    for each in gone:
        assert each["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_text_of_a_contract_is_no_link_and_no_placeholder_in_sarif() -> None:
    for result in sarif(hostile())["results"]:
        said = result["message"]["text"]
        assert "](" not in said
        assert re.sub(r"\{\{|\}\}", "", said).count("{") == 0


# -------------------------------------------------------------------------------------- Markdown


def test_a_comment_gives_the_answer_the_changes_and_the_effects() -> None:
    page = html(markdown(compared(TEXT, CHANGED)))
    told = words_of(page)
    order = ["Not the same meaning.", "Changes", "at least 4 points", "What it does to payments"]
    places = [told.index(each) for each in (*order, "old version", "a search, not a proof")]
    assert places == sorted(places)
    cells = ["".join(each.itertext()) for each in page.iter("td")]
    assert cells[-3:-2] == ["Premium"]
    assert len(list(page.iter("table"))) == len(list(page.iter("thead")))


def test_a_comment_for_one_side_has_the_worst_first() -> None:
    text = example("la-cravate-solidaire")
    new = amended(text, ("d'au moins 3 points", "d'au moins 4 points"))
    for side, word in ((Audience.INVESTOR, "Défavorable"), (Audience.PAYER, "Favorable")):
        (item,) = html(markdown(compared(text, new, side, effects=False))).iter("li")
        assert f"{word} pour" in words_of(item)


def test_text_of_a_contract_is_no_markup_in_a_comment() -> None:
    text = markdown(hostile())
    page = html(text)
    assert {each.tag for each in page.iter()} <= {
        *("page", "h3", "p", "strong", "em", "code", "br", "ul", "li"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    assert "<script>alert(1)</script> ::error" in words_of(page)
    heading, rest = text.split("\n", 2)[1:]
    assert heading.startswith("### sib diff `")
    assert not re.search(r"@\w|(?<!\\)\]\(http", rest)


def test_long_lists_and_tables_are_folded() -> None:
    one = compared(TEXT, CHANGED)
    many = evolve(one.comparison, changes=one.comparison.changes * 70)
    text = markdown(evolve(one, comparison=many))
    assert text.count("<details>") == text.count("</details>") == 2
    page = html(text)
    assert len(list(page.iter("li"))) == 70
    assert [words_of(each) for each in page.iter("summary")] == [
        "More changes: 40",
        "More changes: 18",
    ]


def test_a_comment_is_cut_between_changes_and_says_so() -> None:
    one = compared(TEXT, CHANGED)
    many = evolve(one.comparison, changes=one.comparison.changes * 1000)
    text = markdown(evolve(one, comparison=many))
    assert len(text) < 65_536
    page = html(text)
    shown = len(list(page.iter("li")))
    assert "Not the same meaning." in words_of(page)
    left = re.search(r"not shown, for want of room: ([0-9,]+)", words_of(page).lower())
    assert left is not None
    cases = len({id(each.case) for each in many.effects.largest}) if many.effects else 0
    assert shown + int(left[1].replace(",", "")) == 1000 + cases
    assert text.endswith("a search, not a proof.\n")


# --------------------------------------------------------------------------------------- sib diff


def sib(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, prog_name="sib", catch_exceptions=False)


@pytest.fixture
def deals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a contract in a folder, changed since its last commit; one stands in it."""
    folder = repository(tmp_path)
    (folder / "deals").mkdir()
    (folder / "deals" / "contract.sib").write_text(TEXT, encoding="utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "A contract")
    (folder / "deals" / "contract.sib").write_text(CHANGED, encoding="utf-8")
    monkeypatch.chdir(folder / "deals")
    return folder


@pytest.mark.parametrize(
    "versions",
    [
        ("contract.sib",),
        ("HEAD:deals/contract.sib", "contract.sib"),
        ("HEAD:./contract.sib", "."),
    ],
)
def test_a_file_is_known_by_its_path_from_the_top_of_the_repository(
    deals: Path, versions: tuple[str, ...]
) -> None:
    assert deals.exists()
    result = sib("diff", *versions, "--format", "github", "--no-effects")
    assert result.exit_code == 1
    assert {one[1]["file"] for one in commands(result.stdout)} == {"deals/contract.sib"}


@pytest.mark.parametrize("new", ["HEAD:deals/contract.sib", "HEAD:./contract.sib"])
def test_a_file_at_a_revision_is_known_by_its_path_too(deals: Path, new: str) -> None:
    assert deals.exists()
    result = sib("diff", "contract.sib", new, "--format", "gitlab", "--no-effects")
    paths = {one["location"]["path"] for one in json.loads(result.stdout)}
    assert paths == {"deals/contract.sib"}


@pytest.mark.parametrize("format", ["markdown", "github", "gitlab", "sarif", "html", "json"])
def test_every_format_is_written_to_a_file_and_never_over_a_contract(
    deals: Path, format: str
) -> None:
    assert sib("diff", "contract.sib", "--format", format, "-o", "answer").exit_code == 1
    assert (deals / "deals" / "answer").read_text(encoding="utf-8") != ""
    refused = sib("diff", "contract.sib", "--format", format, "-o", "contract.sib")
    assert refused.exit_code == 2
    assert (deals / "deals" / "contract.sib").read_text(encoding="utf-8") == CHANGED


@pytest.mark.parametrize("format", ["markdown", "github", "gitlab", "sarif", "html"])
def test_a_plan_against_a_text_has_every_format(deals: Path, format: str) -> None:
    plan = deals / "deals" / "plan.json"
    plan.write_text(sibdsl.parse(TEXT).to_json(), encoding="utf-8")
    for versions in (("plan.json", "contract.sib"), ("contract.sib", "plan.json")):
        result = sib("diff", *versions, "--format", format)
        assert result.exit_code == 1
        if format in {"markdown", "html", "github"}:
            assert "a search, not a proof" in result.stdout


def test_a_change_is_no_test_that_passes_or_fails() -> None:
    result = sib("diff", "old.sib", "new.sib", "--format", "junit")
    assert result.exit_code == 2
    assert "'junit' is not one of" in result.stderr
    assert "'markdown'" in result.stderr
