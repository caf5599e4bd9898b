"""What HTML pages are made of: whatever a contract says is text, and a page asks for nothing."""

import re
from fractions import Fraction
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibdsl.documents.chart_svg import Axis, Curve, chart, decimal, marks
from sibdsl.documents.display import width
from sibdsl.documents.html import Line, Pair, Piece, escaped, page, side_by_side
from sibdsl.numerals import Language
from sibdsl.review.curves import Stretch
from sibdsl.units import COUNT, PERCENTAGE, amount_in

F: Final = Fraction
HOSTILE = "</style></title><script src=//x>'\"&amp; ]]> <img onerror=x> \u202eevil\x1b\n"


class Tags(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def svg(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 -- our own output


def line(number: int, *pieces: str | Piece) -> Line:
    return Line(number, tuple(Piece(one) if isinstance(one, str) else one for one in pieces))


# ------------------------------------------------------------------------------------------ pages


def test_escaped_text_stands_in_an_element_and_in_an_attribute() -> None:
    for written in (f"<p>{escaped(HOSTILE)}</p>", f'<p title="{escaped(HOSTILE)}"></p>'):
        tags = Tags(written)
        ((_, attributes),) = tags.elements
        said = attributes.get("title") or tags.words
        assert said == HOSTILE.replace("\u202e", "\ufffd").replace("\x1b", "␛").replace("\n", "␊")


def test_a_page_is_one_file_without_scripts_or_requests() -> None:
    body = side_by_side((Pair(line(1, HOSTILE), line(1, HOSTILE, "x")),), HOSTILE, HOSTILE)
    text = page(HOSTILE, body, "fr")
    tags = Tags(text)
    names = {name for name, _ in tags.elements}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form"}
    attributes = {name for _, found in tags.elements for name in found}
    assert not [name for name in attributes if name.startswith("on") or name in {"src", "href"}]
    assert not re.search(r"@import|url\(", text)
    assert ("html", {"lang": "fr"}) in tags.elements
    policy = [found for name, found in tags.elements if "http-equiv" in found]
    assert policy[0]["content"] == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    )


def test_a_page_has_one_title_whatever_it_says() -> None:
    names = [name for name, _ in Tags(page(HOSTILE, "<p>x</p>\n", "en")).elements]
    assert names == ["html", "head", "meta", "meta", "meta", "title", "style", "body", "p"]


# ----------------------------------------------------------------------------------- side by side


def rows(*pairs: Pair) -> list[list[tuple[str, str]]]:
    """Each row as its cells: their class and what they say, with what is marked in brackets."""
    text = side_by_side(pairs, "old", "new")
    marked = re.sub(r"<(ins|del)>(.*?)</\1>", r"[\1 \2]", text)
    return [
        re.findall(r'<td class="([a-z ]*)">(.*?)</td>', row)
        for row in re.findall("<tr>(<td.*?)</tr>", marked)
    ]


def test_a_line_that_stays_stands_on_both_sides() -> None:
    assert rows(Pair(line(3, "due 60 days"), line(4, "due 60 days"))) == [
        [
            ("number same", "3"),
            ("same", "due 60 days"),
            ("number same again", "4"),
            ("same again", "due 60 days"),
        ]
    ]


def test_a_line_that_changes_has_its_words_marked() -> None:
    pair = Pair(
        line(3, "at least ", Piece("3 points", is_changed=True)),
        line(3, "at least ", Piece("3 %", is_changed=True)),
    )
    assert rows(pair) == [
        [
            ("number removed", "3"),
            ("removed", "at least [del 3 points]"),
            ("number added", "3"),
            ("added", "at least [ins 3 %]"),
        ]
    ]


def test_a_line_that_comes_or_goes_has_nothing_beside_it() -> None:
    nothing = [("number none", ""), ("none", "")]
    assert rows(Pair(None, line(7, "new")), Pair(line(8, "old"), None)) == [
        [*nothing, ("number added", "7"), ("added", "new")],
        [("number removed", "8"), ("removed", "old"), *nothing],
    ]


# ------------------------------------------------------------------------------------------ charts


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (F(0), "0.00"),
        (F(1, 3), "0.33"),
        (F(-1, 3), "-0.33"),
        (F(1, 200), "0.00"),
        (F(3, 200), "0.02"),
        (F(-1, 1000), "0.00"),
        (F(10**30), "1" + "0" * 30 + ".00"),
    ],
)
def test_a_place_is_written_with_two_decimals(value: Fraction, written: str) -> None:
    assert decimal(value) == written


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [
        (F(0), F(1), ["0", "1/5", "2/5", "3/5", "4/5", "1"]),
        (F(0), F(550_000), ["0", "200000", "400000"]),
        (F(1, 10), F(1, 4), ["1/10", "3/20", "1/5", "1/4"]),
        (F(-7), F(3), ["-6", "-4", "-2", "0", "2"]),
    ],
)
def test_an_axis_is_marked_at_round_values(low: Fraction, high: Fraction, found: list[str]) -> None:
    assert [str(value) for value in marks(low, high, 5)] == found


@given(
    st.fractions(min_value=-(10**12), max_value=10**12, max_denominator=10**6),
    st.fractions(min_value=F(1, 10**9), max_value=10**12, max_denominator=10**9),
    st.integers(min_value=1, max_value=9),
)
def test_marks_are_few_within_and_evenly_apart(low: Fraction, span: Fraction, most: int) -> None:
    values = marks(low, low + span, most)
    assert len(values) <= most + 1
    assert all(low <= value <= low + span for value in values)
    gaps = {other - one for one, other in pairwise(values)}
    assert len(gaps) <= 1
    for gap in gaps:  # one, two or five times a power of ten
        digits = f"{(gap * 10**12).numerator}"
        assert (gap * 10**12).denominator == 1
        assert digits.rstrip("0") in {"1", "2", "5"}


STEPS = Curve(
    "after",
    "after",
    (
        Stretch(((F(0), F(0)), (F(1, 10), F(0)))),
        Stretch(((F(1, 10), F(200)), (F(1, 4), F(200)))),
        Stretch(((F(1, 4), F(400)), (F(1, 2), F(600))), holds_at_start=False),
    ),
)


def drawn(*curves: Curve, says: str = "x", payment: str = "Payment") -> ET.Element:
    return svg(chart(curves, Axis("Rate", PERCENTAGE), Axis(payment, amount_in("GBP")), says, "en"))


def found(root: ET.Element, classes: str) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in root.iter() if each.get("class") == classes]


def test_a_jump_shows_on_which_side_the_payment_holds() -> None:
    root = drawn(STEPS)
    closed, opened = (found(root, f"after dot {kind}") for kind in ("closed", "open"))
    at_ten, at_quarter = closed
    assert at_ten["cx"] == opened[0]["cx"]
    assert at_quarter["cx"] == opened[1]["cx"]
    # From 10%: the higher amount holds. Above 25%: the lower one still does.
    assert F(at_ten["cy"]) < F(opened[0]["cy"])
    assert F(at_quarter["cy"]) > F(opened[1]["cy"])
    assert [
        len(each["points"].split()) for each in found(root, "after curve") if "points" in each
    ] == [
        2,
        2,
        2,
    ]


def test_stretches_that_meet_have_no_jump() -> None:
    meeting = Curve(
        "a",
        "before",
        (
            Stretch(((F(0), F(0)), (F(1), F(5)))),
            Stretch(((F(1), F(5)), (F(2), F(5)))),
        ),
    )
    root = drawn(meeting)
    assert found(root, "before jump") == []
    assert found(root, "before dot closed") == []


def test_places_are_exact_and_axes_speak_the_units() -> None:
    root = drawn(STEPS)
    texts = ["".join(each.itertext()) for each in root.iter("text")]
    assert {"0%", "50%", "GBP 0.00", "GBP 600.00", "Rate", "Payment", "after"} <= set(texts)
    places = {"x", "x1", "x2", "cx", "y", "y1", "y2", "cy"}
    numbers = [value for each in root.iter() for name, value in each.items() if name in places]
    assert len(numbers) > 20
    assert all(re.fullmatch(r"\d+(\.\d\d)?", number) for number in numbers)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    "name", ["c", "a name as long as that of a file in a folder of a folder" * 9]
)
@pytest.mark.parametrize("payments", [F(3), F(12_345_678)])
def test_everything_stands_inside_the_drawing(
    language: Language, name: str, payments: Fraction
) -> None:
    stretch = Stretch(((F(5), F(-3)), (F(9_000_000), payments)))
    curves = (Curve(name, "before", (stretch,)), Curve(name, "after", (stretch,)))
    amounts = Axis(name, amount_in("EUR"))
    root = svg(chart(curves, Axis(name, COUNT), amounts, "x", language))
    _, _, wide, high = map(F, root.attrib["viewBox"].split())
    for each in root.iter():
        for place in ("x", "x1", "x2", "cx"):
            assert 0 <= F(each.get(place, "0")) <= wide
        for place in ("y", "y1", "y2", "cy"):
            assert 0 <= F(each.get(place, "0")) <= high
    for each in root.iter("text"):
        long, x = width("".join(each.itertext())) * 6, F(each.attrib["x"])
        left = {"end": x - long, "middle": x - F(long, 2)}.get(each.get("text-anchor", ""), x)
        assert left >= 0
        assert left + long <= wide


def test_one_point_and_a_payment_that_never_changes_are_drawn() -> None:
    one = Curve("a", "before", (Stretch(((F(1, 2), F(0)),)),))
    flat = Curve("b", "after", (Stretch(((F(0), F(7)), (F(1), F(7)))),))
    assert len(list(drawn(one).iter("polyline"))) == 1
    assert len(list(drawn(one, flat).iter("polyline"))) == 2


def test_text_of_a_contract_draws_nothing() -> None:
    curve = Curve(HOSTILE, "after", STEPS.stretches)
    root = drawn(curve, says=HOSTILE, payment=HOSTILE)
    assert {each.tag for each in root.iter()} == {"svg", "line", "text", "polyline", "circle"}
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"].startswith("</style>")
