"""``use``: the statements of another file stand where it is used, and every finding names its file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import sibdsl
from sibdsl.assembly.library import MOST_FILES
from sibdsl.assembly.paths import path_from
from sibdsl.cli import main
from sibdsl.diagnostics import Label, Message
from sibdsl.messages import say

CONTRACT = """sibdsl 1 en
contract "Into Work"
currency GBP
use "clauses/standard.sib"
term from 2025-01-01 to 2028-12-31
party Council is outcome payer
party Investors are investors
party University is evaluator
evaluation Final on 2028-06-30
measure Job Rate is a percentage at Final, reported by University
payment Success Payment at Final
  the Council pays Price to the Investors
  when Success
  due 60 days after evaluation
cap Council: GBP 250,000
example "exactly 40% is enough"
  given Job Rate at Final is 40%
  expect Success Payment at Final is GBP 250,000
"""
STANDARD = """sibdsl 1 en
clause library "Standard"
use "french/prix.sib"
condition Success: Job Rate is at least 40%
"""
PRICE = """sibdsl 1 fr
clausier « Prix »
Price désigne 250 000 GBP
"""
LIBRARY = {"clauses/standard.sib": STANDARD, "clauses/french/prix.sib": PRICE}


def told(findings: tuple[sibdsl.Diagnostic, ...], library: dict[str, str]) -> list[str]:
    """Each finding as its code, then every place: the file and the words pointed at."""
    texts = {"": CONTRACT, **library}

    def place(label: Label) -> str:
        words = "" if label.span is None else texts[label.file][label.span.start : label.span.end]
        return f"{label.file}: {words}"

    return [" | ".join([one.code, place(one.label), *map(place, one.others)]) for one in findings]


def checked(text: str = CONTRACT, **changed: str) -> list[str]:
    """What is found where the texts of some files are changed; an empty text is a missing file."""
    paths = {"standard": "clauses/standard.sib", "price": "clauses/french/prix.sib"}
    library = LIBRARY | {paths[name]: text for name, text in changed.items()}
    library = {path: text for path, text in library.items() if text}
    return told(sibdsl.check(text, library=library), library)


def test_what_is_used_stands_where_it_is_used() -> None:
    inline = CONTRACT.replace(
        'use "clauses/standard.sib"',
        "Price means GBP 250,000\ncondition Success: Job Rate is at least 40%",
    )
    used = sibdsl.parse(CONTRACT, library=LIBRARY)
    assert used.findings == ()
    rows = [("Job Rate", "Final", "40%")]
    digest = sibdsl.parse(inline).evaluate(rows).contract_digest
    assert used.evaluate(rows).contract_digest == digest


def test_payments_of_one_day_rank_as_though_written_in_place() -> None:
    early = """sibdsl 1 en
    clause library "Payments"
    payment Early at Final
      the Council pays GBP 200,000 to the Investors
      due 60 days after evaluation
    """
    text = CONTRACT.replace("payment Success", 'use "early.sib"\npayment Success')
    text = text.replace("is GBP 250,000\n", "is GBP 50,000\n")
    contract = sibdsl.parse(text, library={**LIBRARY, "early.sib": early})
    determination = contract.evaluate([("Job Rate", "Final", "40%")])
    assert [f"{one.name} {one.amount}" for one in determination.payments] == [
        "Early 200000",
        "Success Payment 50000",
    ]


def test_a_plan_stands_alone() -> None:
    contract = sibdsl.parse(CONTRACT, library=LIBRARY)
    rows = [("Job Rate", "Final", "40%")]
    alone = sibdsl.from_json(contract.to_json())
    assert alone.evaluate(rows) == contract.evaluate(rows)


def test_a_text_without_its_files_is_one_finding() -> None:
    (finding,) = sibdsl.check(CONTRACT)
    assert finding.code == "SIB071"
    assert "without its files" in say(finding.message, "en")


def test_a_name_declared_in_two_files_is_shown_at_both() -> None:
    assert checked(price=PRICE.replace("Price", "Council")) == [
        "SIB201 | : Council | clauses/french/prix.sib: Council",
        "SIB202 | : Price",
    ]


def test_a_finding_after_the_use_points_into_the_contract() -> None:
    text = CONTRACT.replace("when Success", "when Sucess")
    (finding,) = sibdsl.check(text, library=LIBRARY)
    assert finding.label.file == ""
    assert finding.label.span is not None
    assert text[finding.label.span.start : finding.label.span.end] == "Sucess"


def test_a_mistake_of_syntax_is_shown_in_its_file_and_told_once() -> None:
    assert checked(standard=STANDARD.replace("is at least", "is at last")) == [
        "SIB011 | clauses/standard.sib: is at last"
    ]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"price": PRICE + "incorpore « ../standard.sib »"},
            (
                'SIB072 | clauses/french/prix.sib: « ../standard.sib » | : "clauses/standard.sib"'
                ' | clauses/standard.sib: "french/prix.sib"'
            ),
        ),
        (
            {"price": PRICE + "incorpore « prix.sib »"},
            (
                "SIB072 | clauses/french/prix.sib: « prix.sib »"
                ' | clauses/standard.sib: "french/prix.sib"'
            ),
        ),
        ({"price": ""}, 'SIB071 | clauses/standard.sib: "french/prix.sib"'),
        (
            {"price": PRICE.replace("clausier « Prix »\n", "")},
            'SIB073 | clauses/standard.sib: "french/prix.sib" | clauses/french/prix.sib: ',
        ),
        (
            {"price": PRICE + "contrat « Autre »"},
            (
                'SIB073 | clauses/standard.sib: "french/prix.sib"'
                " | clauses/french/prix.sib: contrat « Autre »"
            ),
        ),
        ({"price": "no header"}, "SIB001 | clauses/french/prix.sib: no header"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_finding(changed: dict[str, str], expected: str) -> None:
    assert checked(**changed) == [expected]


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../x.sib", "clauses/../../x.sib", "C:/x.sib", "~/x.sib", "a\\b.sib", "", "a/"],
)
def test_a_path_out_of_the_folder_is_refused(path: str) -> None:
    text = CONTRACT.replace("clauses/standard.sib", path)
    assert [one.code for one in sibdsl.check(text, library=LIBRARY)] == ["SIB070"]


def test_a_path_begins_at_the_file_that_names_it() -> None:
    assert path_from("clauses/a.sib", "b.sib") == "clauses/b.sib"
    assert path_from("clauses/a.sib", "../b.sib") == "b.sib"
    assert path_from("", "./clauses//b.sib") == "clauses/b.sib"
    assert isinstance(path_from("clauses/a.sib", "../../b.sib"), Message)


def test_a_file_that_two_files_use_is_read_once() -> None:
    text = CONTRACT.replace("term from", 'use "clauses/french/prix.sib"\nterm from')
    assert sibdsl.check(text, library=LIBRARY) == ()


def test_a_chain_of_files_has_an_end() -> None:
    library = {
        f"{number}.sib": f'sibdsl 1 en\nclause library "L"\nuse "{number + 1}.sib"\n'
        for number in range(5_000)
    }
    text = CONTRACT.replace("clauses/standard.sib", "0.sib")
    assert [one.code for one in sibdsl.check(text, library=library)] == ["SIB075"]
    last = {**library, f"{MOST_FILES - 1}.sib": 'sibdsl 1 en\nclause library "L"\n'}
    assert {one.code for one in sibdsl.check(text, library=last)} == {"SIB202"}


def test_a_library_alone_is_asked_only_what_it_can_answer() -> None:
    assert sibdsl.check(STANDARD) == ()
    doubled = sibdsl.check(STANDARD + "Success means 1")
    assert [one.code for one in doubled] == ["SIB201"]
    titled = sibdsl.check(STANDARD + 'contract "Other"')
    assert [one.code for one in titled] == ["SIB076"]


def test_a_library_is_no_contract() -> None:
    library = sibdsl.parse(STANDARD)
    assert library.ok
    with pytest.raises(sibdsl.ContractError) as refused:
        library.evaluate()
    assert [one.code for one in refused.value.findings] == ["SIB074"]


# ----------------------------------------------------------------------------------------- files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in {"contract.sib": CONTRACT, **LIBRARY}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    (tmp_path / "results.csv").write_text(
        "measure,evaluation,value,reported by\nJob Rate,Final,40%,University\n", encoding="utf-8"
    )
    return tmp_path


def sib(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(one) for one in arguments], prog_name="sib")
    return result.exit_code, result.output


def test_commands_read_the_files_beside_a_contract(folder: Path) -> None:
    assert sib("check", folder) == (0, "errors: 0, warnings: 0, files: 3\n")
    assert sib("test", folder)[0] == 0
    status, text = sib("run", folder)
    assert status == 0
    assert "Success   met   Final" in text


def test_places_in_a_determination_name_the_file(folder: Path) -> None:
    payments = """sibdsl 1 en
clause library "Payments"

payment Early at Final
  the Council pays GBP 1 to the Investors
  due 60 days after evaluation
"""
    (folder / "clauses" / "standard.sib").write_text(payments, encoding="utf-8")
    text = CONTRACT.replace("when Success", "when Job Rate is at least 40%")
    text = text.replace("Price", "GBP 1").replace("is GBP 250,000\n", "is GBP 1\n")
    (folder / "contract.sib").write_text(text, encoding="utf-8")
    used = folder / "clauses" / "standard.sib"
    assert f"(line 4 of {used})" in sib("run", folder)[1].replace("\n    ", " ")
    assert f"{used}:4" in sib("run", folder, "--format", "csv")[1]
    assert f'"file": "{used}",\n        "line": 4' in sib("run", folder, "--format", "json")[1]
    assert "(line 11)" in sib("run", folder)[1]


def test_an_example_that_does_not_hold_is_shown_in_its_file(folder: Path) -> None:
    example = 'example "in the library"\n  expect Price is GBP 1\n'
    (folder / "clauses" / "standard.sib").write_text(STANDARD + example, encoding="utf-8")
    for command in ("check", "test"):
        status, text = sib(command, folder)
        assert status == 1
        assert f"┌ {folder / 'clauses' / 'standard.sib'}:6:3" in text


def test_a_link_may_not_lead_out_of_the_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "prix.sib"
    outside.write_text(PRICE, encoding="utf-8")
    link = folder / "clauses" / "french" / "prix.sib"
    link.unlink()
    link.symlink_to(outside)
    status, text = sib("check", folder / "contract.sib")
    assert status == 1
    assert "it leads out of the folder of the contract" in text
    link.unlink()
    (folder / "prix.sib").write_text(PRICE, encoding="utf-8")
    link.symlink_to(folder / "prix.sib")
    assert sib("check", folder / "contract.sib")[0] == 0


def test_what_is_written_never_replaces_a_file_that_was_used(folder: Path) -> None:
    used = folder / "clauses" / "french" / "prix.sib"
    for command in ("compile", "run"):
        assert sib(command, folder, "-o", used)[0] == 2
        assert used.read_text(encoding="utf-8") == PRICE


def test_running_a_library_says_that_it_is_none(folder: Path) -> None:
    for command in ("run", "test", "compile"):
        status, text = sib(command, folder / "clauses" / "standard.sib")
        assert status == 1
        assert "SIB074" in text
