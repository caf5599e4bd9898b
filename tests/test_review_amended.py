"""A contract beside its amendment, and an amendment beside itself as it was."""

from datetime import date

import pytest

import sibdsl
from sibdsl.documents.comparison_text import comparison_text
from sibdsl.documents.wording import Wording
from sibdsl.review import changes
from sibdsl.review.change import Sort
from sibdsl.review.comparison import Comparison, Meaning, TakingEffect
from tests.rules.test_amendments import CONTRACT

EXAMPLE = """
# Only the first year
example "as signed"
  given Jobs at Year 1 is 20
  expect Job Payment at Year 1 is GBP 20,000
"""
PRICE = "Price means GBP 1,200\n"


def amendment(day: str, said: str = PRICE, language: str = "en") -> sibdsl.Contract:
    head = {
        "en": f'sibdsl 1 en\namendment "No 1" to "contract.sib" effective {day}\n',
        "fr": f"sibdsl 1 fr\navenant « No 1 » à « contract.sib » prenant effet le {day}\n",
    }[language]
    return sibdsl.parse(head + said, "amendment.sib", library={"contract.sib": CONTRACT + EXAMPLE})


def contract() -> sibdsl.Contract:
    return sibdsl.parse(CONTRACT + EXAMPLE, "contract.sib")


def told(comparison: Comparison, new: sibdsl.Contract) -> str:
    """The comparison in words, each space an ordinary one."""
    return " ".join(comparison_text(comparison, Wording(new.plan, new.source)).split())


@pytest.mark.parametrize("order", [1, -1])
def test_an_amendment_removes_no_example_and_no_comment(order: int) -> None:
    old, new = (contract(), amendment("2019-01-01"))[::order]
    comparison = sibdsl.diff(old, new, effects=False)
    kinds = {type(each.what) for each in comparison.changes}
    assert kinds == {changes.FormulaChanged, changes.WordingChanged}


def test_the_words_that_an_amendment_adds_to_the_title_stand_in_it() -> None:
    comparison = sibdsl.diff(contract(), amendment("2019-01-01"), effects=False)
    (title,) = (each for each in comparison.changes if each.sort is Sort.TITLE)
    assert title.new is not None
    assert (title.new.file, title.new.start.line) == ("", 2)


def test_the_head_says_what_an_amendment_governs_and_from_when() -> None:
    new = amendment("2019-01-01")
    comparison = sibdsl.diff(contract(), new, effects=False)
    governed = TakingEffect("No 1", date(2019, 1, 1), ("Year 3", "Year 4", "Final"))
    assert comparison.amended_by == (governed,)
    head = "“No 1” takes effect on 2019-01-01: it governs Year 3, Year 4, Final."
    assert head in told(comparison, new).partition("Changes")[0]


def test_another_effective_date_is_named_with_both() -> None:
    new = amendment("2018-01-01")
    comparison = sibdsl.diff(amendment("2019-01-01"), new)
    (change,) = comparison.changes
    assert change.what == changes.EffectiveDateChanged(date(2019, 1, 1), date(2018, 1, 1), True)
    assert {each.payment for each in change.bears_on} == {"Job Payment", "Bonus"}
    assert comparison.amended_by == ()
    said = "Amendment ‘No 1’: takes effect on 2018-01-01 instead of 2019-01-01 (line 2)."
    assert said in told(comparison, new)


def test_a_date_that_moves_no_evaluation_is_a_change_all_the_same() -> None:
    new = amendment("2019-06-01")
    comparison = sibdsl.diff(amendment("2019-01-01"), new)
    assert comparison.meaning is Meaning.SAME
    (change,) = comparison.changes
    assert change.what == changes.EffectiveDateChanged(date(2019, 1, 1), date(2019, 6, 1), False)
    said = told(comparison, new)
    assert "it governs the same evaluations" in said
    assert "layout" not in said


def test_it_is_told_in_french() -> None:
    price = "Price désigne 1 200 GBP\n"
    new = amendment("2019-01-01", price, "fr")
    head = told(sibdsl.diff(contract(), new, effects=False), new)
    assert "« No 1 » prend effet le 2019-01-01 : il régit Year 3, Year 4, Final." in head
    said = told(sibdsl.diff(amendment("2018-01-01", price, "fr"), new), new)
    assert "prend effet le 2019-01-01, et non plus le 2018-01-01" in said
