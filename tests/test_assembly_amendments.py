"""Amendments as files: chains, what cannot be read, the consolidated text, the commands."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import sibdsl
from sibdsl.cli import main
from sibdsl.consolidation import consolidate
from sibdsl.plan.digest import digest
from sibdsl.source import Source
from tests.rules.test_amendments import CONTRACT, codes

ROOT = Path(__file__).parent.parent
AMENDED = sorted((ROOT / "examples").glob("*/avenant.sib"))
HEAD = 'sibdsl 1 en\namendment "No 1" to "contract.sib" effective 2019-01-01\n'


def read(text: str, **files: str) -> sibdsl.Contract:
    library = {f"{name}.sib": content for name, content in files.items()}
    return sibdsl.parse(text, "amendment.sib", library={"contract.sib": CONTRACT, **library})


def worked_in(text: str, **files: str) -> str:
    """The consolidated text of an amendment to the contract."""
    library = {"contract.sib": CONTRACT, **{f"{name}.sib": each for name, each in files.items()}}
    made = consolidate(Source("amendment.sib", text), lambda path: Source(path, library[path]))
    assert made.text is not None, made.findings
    return made.text


# ------------------------------------------------------------------------------------------ files


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing.sib", "SIB080"),
        ("amendment.sib", "SIB080"),
        ("one.sib", "SIB080"),
        ("library.sib", "SIB080"),
        ("../contract.sib", "SIB070"),
        ("unread.sib", "SIB001"),
    ],
)
def test_what_cannot_be_amended_is_one_finding(path: str, code: str) -> None:
    contract = read(
        HEAD.replace("contract.sib", path),
        one='sibdsl 1 en\namendment "No 0" to "amendment.sib" effective 2018-01-01\n',
        library='sibdsl 1 en\nclause library "Standard"\n',
        unread="contract",
    )
    assert codes(contract) == [code]


def test_a_mistake_in_the_contract_is_shown_in_its_file() -> None:
    library = {"contract.sib": CONTRACT.replace("Price * Jobs", "Prize * Jobs")}
    contract = sibdsl.parse(HEAD, "amendment.sib", library=library)
    (finding,) = (one for one in contract.findings if one.code == "SIB202")
    assert finding.label.file == "contract.sib"
    assert "contract.sib:" in str(sibdsl.ContractError(contract.findings, contract.sources))


def test_a_mistake_in_the_amendment_is_shown_in_it() -> None:
    contract = read(HEAD + "Price means GBP 1,200 + Jobz\n")
    assert [(one.code, one.label.file) for one in contract.findings if one.code == "SIB202"] == [
        ("SIB202", "")
    ]
    assert codes(read(HEAD + "Price is GBP 1,200\n")) == ["SIB011"]


def test_a_name_said_twice_in_an_amendment_is_declared_twice() -> None:
    assert codes(read(HEAD + "Price means GBP 1,200\nPrice means GBP 1,300\n")) == ["SIB201"]


def test_what_is_withdrawn_and_still_used_is_told_once() -> None:
    contract = read(HEAD + "withdraw Price\n")
    (finding,) = (one for one in contract.findings if one.severity is sibdsl.Severity.ERROR)
    assert finding.code == "SIB077"
    assert [label.file for label in finding.others] == ["contract.sib", "contract.sib"]
    again = read(
        'sibdsl 1 en\namendment "No 2" to "one.sib" effective 2020-01-01\nPrice means GBP 2\n',
        one=HEAD + "withdraw Price\nwithdraw Bonus\nEarned means GBP 7 * Jobs\n",
    )
    assert codes(again) == []


def test_a_file_amends_once() -> None:
    again = HEAD.replace("sibdsl 1 en\n", "").replace("No 1", "No 2")
    assert codes(read(HEAD + again)) == ["SIB102"]


CARD = """rate card Card at each Year
  outcome Job: GBP 10, once
payment Card Payment at each Year
  the Council pays Card to the Fund
  due 60 days after evaluation
"""


def test_an_added_rate_card_takes_claims_from_then_on() -> None:
    contract = read(HEAD + CARD)
    (card,) = contract.plan.cards
    assert card.evaluations == (2, 3)
    rows: list[tuple[object, ...]] = [("Jobs", f"Year {year}", 0) for year in range(1, 5)]
    rows += [("Card", f"Year {year}", "complete") for year in (3, 4)]
    paid = contract.evaluate(rows, claims=[("A", "Job", "2018-06-30"), ("B", "Job", "2020-06-30")])
    due = {f"{one.name} {one.evaluation}": one.amount for one in paid.payments if one.amount}
    assert due == {"Card Payment Year 3": 10, "Card Payment Year 4": 10}


@pytest.mark.parametrize(
    "said",
    [
        "payment Late\n  the Council pays GBP 1 * accepted Job at Year 1 to the Fund\n  due at Final",
        (
            'example "early"\n  given participant "A" claims Job on 2017-06-30 at Year 1\n'
            "  expect Card at Year 3 is GBP 10"
        ),
        (
            'measure Places is a count at each Year\nexample "early"\n  given Places at Year 2 is 1\n'
            "  expect Card at Year 3 is GBP 10"
        ),
    ],
)
def test_a_card_and_a_measure_are_asked_only_where_they_are_in_force(said: str) -> None:
    assert codes(read(HEAD + CARD + said)) == ["SIB087"]


def test_an_amendment_in_another_language_than_its_contract() -> None:
    text = "sibdsl 1 fr\navenant « N° 1 » à « contract.sib » prenant effet le 2019-01-01\n"
    contract = read(f"{text}Price désigne 1 200 GBP\n")
    paid = contract.evaluate([("Jobs", f"Year {year}", 10) for year in range(1, 5)]).payments
    assert [str(one.amount) for one in paid] == ["10000", "10000", "12000", "12000", "0"]
    assert contract.language == "fr"


def test_an_amendment_may_use_a_library() -> None:
    contract = read(
        f'{HEAD}use "prices.sib"\n',
        prices='sibdsl 1 en\nclause library "Prices"\nPrice means GBP 1,200\n',
    )
    assert digest(contract.plan) == digest(read(f"{HEAD}Price means GBP 1,200\n").plan)


def test_the_plan_of_an_amended_contract_stands_alone() -> None:
    contract = read(HEAD + "Price means GBP 1,200\ncap Council: GBP 40,000\n")
    again = sibdsl.from_json(contract.to_json())
    assert again.plan == contract.plan
    rows = [("Jobs", f"Year {year}", 15) for year in range(1, 5)]
    assert again.evaluate(rows) == contract.evaluate(rows)
    pence = contract.fast()(*(15 for _ in contract.fast().inputs))
    assert pence == tuple(100 * one.amount for one in contract.evaluate(rows).payments)


def test_the_digest_of_a_contract_that_is_not_amended_does_not_know_of_amendments() -> None:
    plan = sibdsl.parse(CONTRACT).plan
    assert all(account.counted == () for account in plan.accounts)
    assert '"counted"' not in sibdsl.parse(CONTRACT).to_json()


# ---------------------------------------------------------------------------------- consolidation


def test_the_consolidated_text_names_the_amendment_at_each_statement() -> None:
    said = "# dearer\nPrice means GBP 1,200\nwithdraw Bonus\n"
    added = "payment Last\n  the Council pays GBP 1 to the Fund\n  due at Final\n"
    text = worked_in(HEAD + said + added)
    head = "sibdsl 1 en\n\n# consolidated: for evaluations from 2019-01-01 on\n\n"
    assert text.startswith(head + 'contract "Into Work"\ncurrency GBP\n')
    assert "\n# No 1, effective 2019-01-01\n# dearer\nPrice means GBP 1,200\nEarned means" in text
    withdrawn = "\n# No 1, effective 2019-01-01: withdrawn: Bonus\n"
    assert text.endswith(f"\n\n# No 1, effective 2019-01-01\n{added}{withdrawn}")
    assert "payment Bonus" not in text


def test_brackets_and_comments_stay_with_their_statement() -> None:
    text = worked_in(HEAD + "Price means (GBP 1,200 +\n  (GBP 1) # one more\n  )  # a pound\n")
    assert "Price means (GBP 1,200 +\n  (GBP 1) # one more\n  )  # a pound\n" in text
    assert sibdsl.parse(text).ok


def test_examples_that_hold_no_more_are_left_out() -> None:
    examples = {
        "old": "given Jobs at Year 1 is 20\n  expect Job Payment at Year 1 is GBP 20,000",
        "new": "given Jobs at Year 1 is 20\n  expect Job Payment at Year 1 is GBP 24,000",
        "always": "given Jobs at Year 1 is 20\n  expect Enough at Year 1 is yes",
    }
    said = [f'example "{title}"\n  {lines}\n' for title, lines in examples.items()]
    library = CONTRACT + said[0] + said[2]
    text = worked_in(HEAD + "Price means GBP 1,200\n", contract=library)
    assert "always" in text
    assert "old" not in text
    assert sibdsl.parse(text).ok


def test_a_literate_contract_and_its_libraries_become_one_text() -> None:
    literate = "# Schedule\n\nProse.\n\n```sib\n" + CONTRACT.replace(
        "Price means GBP 1,000", 'use "prices.sib"'
    ).replace("  due 30 days after Final", "```\nMore prose.\n```sib\n  due 30 days after Final")
    amendment = HEAD.replace("contract.sib", "contract.sib.md") + "Price means GBP 1,200\n"
    library = {
        "contract.sib.md": literate + "```\n",
        "prices.sib": 'sibdsl 1 en\nclause library "Prices"\n# the price\nPrice means GBP 1,000\n',
    }
    made = consolidate(Source("amendment.sib", amendment), lambda path: Source(path, library[path]))
    assert made.text is not None
    assert "use" not in made.text.split()
    assert "prose" not in made.text
    assert digest(sibdsl.parse(made.text).plan) == digest(
        sibdsl.parse(CONTRACT.replace("1,000", "1,200")).plan
    )


def test_two_languages_make_no_one_text() -> None:
    text = "sibdsl 1 fr\navenant « N° 1 » à « contract.sib » prenant effet le 2019-01-01\n"
    made = consolidate(Source("avenant.sib", text), lambda path: Source(path, CONTRACT))
    assert made.text is None
    assert "SIB079" in [one.code for one in made.findings]


# --------------------------------------------------------------------------------------- commands


def sib(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(one) for one in arguments], prog_name="sib")
    return result.exit_code, result.output


@pytest.mark.parametrize("path", AMENDED, ids=lambda path: path.parent.name)
def test_an_amended_example_checks_and_consolidates(path: Path, tmp_path: Path) -> None:
    assert sib("check", path)[0] == 0
    assert sib("test", path)[0] == 0
    assert sib("run", path, "--results", path.with_name("results.csv"))[0] == 0
    assert sib("compile", path)[0] == 0
    output = tmp_path / "consolidated.sib"
    assert sib("consolidate", path, "-o", output)[0] == 0
    assert sib("check", output)[0] == 0


def test_there_is_an_amended_example() -> None:
    assert AMENDED


def test_the_consolidated_text_never_replaces_what_it_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "contract.sib").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "amendment.sib").write_text(HEAD, encoding="utf-8")
    for name in ("contract.sib", "amendment.sib"):
        status, _ = sib("consolidate", tmp_path / "amendment.sib", "-o", tmp_path / name)
        assert status == 2
    assert (tmp_path / "contract.sib").read_text(encoding="utf-8") == CONTRACT
    assert sib("consolidate", tmp_path / "missing.sib")[0] == 2
    (tmp_path / "amendment.sib").write_text(HEAD + "currency EUR", encoding="utf-8")
    assert sib("consolidate", tmp_path / "amendment.sib")[0] == 1


def test_places_in_a_determination_name_the_file_of_each_clause(tmp_path: Path) -> None:
    said = "payment Bonus\n  the Council pays GBP 1 to the Fund\n  due 30 days after Final\n"
    (tmp_path / "contract.sib").write_text(CONTRACT, encoding="utf-8")
    (tmp_path / "amendment.sib").write_text(HEAD + said, encoding="utf-8")
    _, text = sib("run", tmp_path / "amendment.sib", "--format", "csv")
    assert f"{tmp_path / 'contract.sib'}:16" in text
    assert f"{tmp_path / 'amendment.sib'}:3" in text


def test_the_consolidated_text_names_caps_that_were_withdrawn() -> None:
    text = worked_in(HEAD + "withdraw cap paid by\n  Council\nwithdraw Bonus\n")
    assert text.endswith(": withdrawn: cap paid by Council, Bonus\n")


# --------------------------------------------------------------------------------- one mistake


def test_what_follows_from_a_mistake_is_not_told() -> None:
    # a cap in pounds on what comes to be paid in euros
    contract = read(HEAD + "Price means EUR 1,200\n")
    assert [one.code for one in contract.findings] == ["SIB086"]


def test_doubts_about_the_contract_wait_until_the_amendment_is_mended() -> None:
    doubtful = CONTRACT + "measure Idle is a count, reported by University\n"
    library = {"contract.sib": doubtful}
    for said, found in (("withdraw Pricee\n", False), ("Price means GBP 1\n", True)):
        told = sibdsl.parse(HEAD + said, "amendment.sib", library=library).findings
        assert ("SIB540" in [one.code for one in told]) is found


def test_a_likely_slip_is_one_finding() -> None:
    told = [one.code for one in read(HEAD + "Prise means GBP 1\n").findings]
    assert told.count("SIB090") == 1
    assert "SIB091" not in told


def test_definitions_of_a_clause_library_may_stay_unused() -> None:
    library = {"terms.sib": 'sibdsl 1 en\nclause library "Terms"\nIdle means GBP 5\n'}
    text = CONTRACT.replace("currency GBP", 'currency GBP\nuse "terms.sib"', 1)
    assert "SIB091" not in [one.code for one in sibdsl.check(text, library=library)]
