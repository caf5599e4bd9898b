"""The page of a comparison: one file that asks for nothing, and shows what the answer rests on."""

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve

import sibdsl
from sibdsl.documents.comparison_html import Told, comparison_html
from sibdsl.documents.sides import sides
from sibdsl.documents.wording import Wording
from sibdsl.review.change import Audience
from sibdsl.review.curves import Curves, Point, Stretch, curves_of
from tests.amendments import amended, example
from tests.test_comparison_formats import CHANGED, HOSTILE, TITLE, WITHOUT_CAP
from tests.test_documents_html import Tags
from tests.test_review_amendments import AMENDMENTS
from tests.test_review_changes import TEXT

FRENCH = example("la-cravate-solidaire")
FRENCH_CHANGED = amended(FRENCH, ("d'au moins 3 points", "d'au moins 4 points"))


GOLDEN = Path(__file__).parent / "golden" / "diff"


def told(old: str, new: str, audience: Audience | None = None, *, effects: bool = True) -> Told:
    before, after = sibdsl.parse(old, "old.sib"), sibdsl.parse(new, "new.sib")
    comparison = sibdsl.diff(before, after, effects=effects)
    assert before.plan_if_any is not None
    assert after.plan_if_any is not None
    wording = Wording(after.plan_if_any, after.source)
    curves = curves_of(before.plan_if_any, after.plan_if_any, comparison)
    return Told(comparison, wording, audience, before.source, after.source, curves)


def body(text: str) -> ET.Element:
    """The body of a page, which is well-formed XML too."""
    found = re.search(r"<body>.*</body>", text, re.DOTALL)
    assert found is not None
    return ET.fromstring(found[0].replace("<br>", "<br/>").replace(COLUMNS, ""))  # noqa: S314


F300 = Fraction(300)
COLUMNS = '<colgroup><col class="number"><col><col class="number"><col></colgroup>'


def words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def hostile() -> Told:
    new = amended(CHANGED, (TITLE, f'contract "{HOSTILE}"'))
    one = told(TEXT, new)
    return evolve(one, comparison=evolve(one.comparison, new_name=f"{HOSTILE}.sib"))


@pytest.mark.parametrize(
    "one",
    [told(TEXT, CHANGED), told(FRENCH, FRENCH_CHANGED), hostile(), told(TEXT, TEXT)],
    ids=["English", "French", "hostile", "the same"],
)
def test_a_page_has_no_script_and_asks_for_nothing(one: Told) -> None:
    text = comparison_html(one)
    tags = Tags(text)
    names = {name for name, _ in tags.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "use"}
    attributes = [(name, value) for _, found in tags.elements for name, value in found.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or "src" in name]
    leads = [value or "" for name, value in attributes if "href" in name]
    assert [each for each in leads if not each.startswith("#change-")] == []
    assert not re.search(r"@import|url\(", text)
    without_text = re.sub(r">[^<]*<", "><", text)
    assert not re.search(r"https?:", without_text.replace('aria-label="', ""))
    assert ("html", {"lang": one.wording.language}) in tags.elements
    body(text)


@pytest.mark.parametrize("one", [told(TEXT, CHANGED), told(TEXT, WITHOUT_CAP, effects=False)])
def test_every_change_leads_to_its_line(one: Told) -> None:
    page = body(comparison_html(one))
    leads = [each.attrib["href"].removeprefix("#") for each in page.iter("a")]
    assert leads == [f"change-{each.fingerprint}" for each in one.comparison.changes]
    assert set(leads) == {each.attrib["id"] for each in page.iter() if "id" in each.attrib}


@pytest.mark.parametrize("name", AMENDMENTS)
def test_every_amendment_has_its_page(name: str) -> None:
    amendment = AMENDMENTS[name]
    old = example(amendment.contract)
    one = told(old, amended(old, *amendment.replaced), effects=False)
    page = body(comparison_html(one))
    leads = {each.attrib["href"].removeprefix("#") for each in page.iter("a")}
    assert leads == {each.attrib["id"] for each in page.iter() if "id" in each.attrib}


def test_a_page_gives_the_answer_the_changes_the_effects_and_both_texts() -> None:
    page = body(comparison_html(told(TEXT, CHANGED, Audience.INVESTOR)))
    (answer,) = page.iter("h1")
    assert words(answer) == "Not the same meaning."
    parts = [words(each) for each in page.iter("h2")]
    assert parts == ["Changes", "What it does to payments", "Both texts"]
    (item,) = page.iter("li")
    assert words(item).endswith("Worse for the investor.")
    marked = [words(each) for each in page.iter() if each.tag in {"del", "ins"}]
    assert marked == ["3", "4"]
    assert "a search, not a proof" in words(page)


def test_a_page_of_plans_has_no_texts() -> None:
    one = told(TEXT, CHANGED)
    page = body(comparison_html(evolve(one, old=None)))
    assert "Both texts" not in [words(each) for each in page.iter("h2")]


def test_a_page_in_french() -> None:
    page = body(comparison_html(told(FRENCH, FRENCH_CHANGED)))
    parts = [words(each) for each in page.iter("h2")]
    assert parts == ["Modifications", "Effets sur les paiements", "Les deux textes"]
    (drawing,) = (each for each in page.iter("svg"))
    shown = [words(each) for each in drawing.iter("text")]
    assert "avant" in shown
    assert "après" in shown


# ------------------------------------------------------------------------------------------ lines


def test_lines_stand_once_in_order_and_changed_words_are_marked() -> None:
    old = ["a", "due 60 days after Final", "gone", "z"]
    new = ["a", "due 90 days after Final", "z", "new"]
    pairs = sides(old, new)
    left = ["".join(each.text for each in pair.before.pieces) for pair in pairs if pair.before]
    right = ["".join(each.text for each in pair.after.pieces) for pair in pairs if pair.after]
    assert (left, right) == (old, new)
    changed = pairs[1]
    assert changed.before is not None
    assert [each.text for each in changed.before.pieces if each.is_changed] == ["60"]


def test_a_line_that_is_another_is_marked_as_a_whole() -> None:
    (pair,) = sides(["payment Bonus when Reached"], ["# a remark, nothing else"])
    assert pair.before is not None
    assert [each.is_changed for each in pair.before.pieces] == [False]
    assert not pair.is_same


# ----------------------------------------------------------------------------------------- curves


def curves(old: str, new: str) -> Curves:
    found = told(old, new).curves
    assert found is not None
    return found


def value_at(stretches: tuple[Stretch, ...], place: Fraction) -> set[Fraction]:
    """What a curve says at one of its points, where a jump stands the side that holds."""
    said: set[Fraction] = set()
    for at, stretch in enumerate(stretches):
        following = stretches[at + 1] if at + 1 < len(stretches) else None
        for point in stretch.points:
            is_start = point == stretch.points[0] and at and not stretch.holds_at_start
            is_end = (
                point == stretch.points[-1]
                and following is not None
                and following.holds_at_start
                and following.points[0][0] == point[0]
            )
            if point[0] == place and not is_start and not is_end:
                said.add(point[1])
    return said


def jumps(stretches: tuple[Stretch, ...]) -> list[Point]:
    return [stretch.points[0] for stretch in stretches[1:]]


def test_a_threshold_is_a_jump_in_each_version() -> None:
    found = curves(TEXT, CHANGED)
    # Share is rounded to whole percentages: it reaches 70% from 69.5%, and 71% from 70.5%.
    old, new = (jumps(each)[0] for each in (found.old, found.new))
    assert (old, new) == ((Fraction(695, 1000), F300), (Fraction(705, 1000), F300))
    assert found.old[1].holds_at_start


@pytest.mark.parametrize("name", ["threshold", "band edge", "cap"])
def test_a_curve_says_at_its_points_what_the_interpreter_says(name: str) -> None:
    amendment = AMENDMENTS[name]
    old = example(amendment.contract)
    found = told(old, amended(old, *amendment.replaced)).curves
    assert found is not None
    for sample in found.samples:
        for stretches, due in ((found.old, sample.old), (found.new, sample.new)):
            said = value_at(stretches, sample.value)
            assert said <= {due}
    assert any(each.old != each.new for each in found.samples)


def test_a_row_that_begins_above_its_edge_does_not_hold_there() -> None:
    old, new = ((GOLDEN / f"everything.{each}").read_text("utf-8") for each in ("sib", "amended"))
    found = curves(old, new)  # more than EUR 90,000, then at least EUR 80,000
    assert [stretch.holds_at_start for stretch in found.old] == [True, False]
    assert [stretch.holds_at_start for stretch in found.new] == [True, True]
    assert [jumps(each)[0][0] for each in (found.old, found.new)] == [90_000, 80_000]


def test_two_versions_of_one_meaning_have_no_curves() -> None:
    assert told(TEXT, TEXT).curves is None


# ----------------------------------------------------------------------------------- used files

USES = TEXT.replace("condition Success: Gap is at least 3 points\n", "")
CLAUSES = 'sibdsl 1 en\n\nclause library "Usual"\n\ncondition Success: Gap is at least 3 points\n'


def test_a_used_file_that_differs_stands_beside_its_older_text() -> None:
    head, _, rest = USES.partition("\n\n")
    title, _, rest = rest.partition("\n")
    text = f'{head}\n\n{title}\nuse "usual.sib"\n{rest}'
    old, new = (
        sibdsl.parse(text, "deal.sib", library={"usual.sib": clauses})
        for clauses in (CLAUSES, amended(CLAUSES, ("3 points", "4 points")))
    )
    assert old.plan_if_any is not None, str(old.findings)
    assert new.plan_if_any is not None
    comparison = sibdsl.diff(old, new, effects=False)
    wording = Wording(new.plan_if_any, new.source)
    page = body(comparison_html(Told(comparison, wording, None, old.source, new.source, None)))
    heads = [words(each) for each in page.iter("th")]
    assert heads == ["deal.sib", "deal.sib", "usual.sib", "usual.sib"]
    assert [words(each) for each in page.iter() if each.tag in {"del", "ins"}] == ["3", "4"]
