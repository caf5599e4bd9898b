"""A comparison as one page: the answer, the changes, the payments drawn and in tables, both texts.

The page asks for nothing (:mod:`sibdsl.documents.html`): it can be kept with the contract and opened
without a network.
"""

from __future__ import annotations

from collections.abc import Iterator

from sibdsl.diagnostics import message
from sibdsl.documents.case_tables import HEADINGS, cases_told
from sibdsl.documents.chart_svg import Axis, Curve, chart
from sibdsl.documents.comparison_sentences import (
    EFFECTS,
    NO_TEXT,
    amendments_told,
    change_told,
    meant,
    parted,
    verdict,
    versions,
)
from sibdsl.documents.comparison_sides import Texts, texts_html
from sibdsl.documents.effect_sentences import (
    found_told,
    more_examples_told,
    moved_told,
    search_told,
)
from sibdsl.documents.html import escaped, folded, page, table
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.change import Audience, Change
from sibdsl.review.comparison import Comparison, Effects
from sibdsl.review.curves import Curves
from sibdsl.source import Source
from sibdsl.units import Quantity, amount_in


@frozen
class Told:
    """A comparison with all that the page shows; a source is None for a version that is a plan."""

    comparison: Comparison
    wording: Wording
    audience: Audience | None
    old: Source | None
    new: Source | None
    curves: Curves | None


def comparison_html(told: Told) -> str:
    """The page, in the language of the new version."""
    comparison, wording = told.comparison, told.wording
    title = verdict(comparison, wording)
    between = versions(comparison, wording)
    body = f'<h1>{escaped(title)}</h1>\n<p class="quiet">{escaped(between)}</p>\n'
    for amendment in amendments_told(comparison, wording):
        body += f"<p>{escaped(amendment)}</p>\n"
    if not comparison.has_texts:
        body += f"<p>{escaped(wording.sentence(NO_TEXT))}</p>\n"
    body += "".join(_changes(told))
    if comparison.effects is not None:
        body += "".join(_effects(comparison.effects, told.curves, wording))
    if told.old is not None and told.new is not None:
        texts = Texts(told.old, told.new, comparison.changes)
        body += texts_html(texts, wording, told.audience)
    return page(f"{title} {between}", body, wording.language)


def _changes(told: Told) -> Iterator[str]:
    for title, changes in parted(told.comparison.changes, told.audience):
        items = "".join(_item(change, told) for change in changes)
        yield f"<h2>{escaped(told.wording.say(title))}</h2>\n<ul>\n{items}</ul>\n"


def _item(change: Change, told: Told) -> str:
    said = escaped(change_told(change, told.wording))
    if change.old is not None or change.new is not None:
        said = f'<a href="#change-{change.fingerprint}">{said}</a>'
    means = meant(change, told.wording, told.audience)
    return f"<li>{said}{f'<br>{escaped(means)}' if means else ''}</li>\n"


# ----------------------------------------------------------------------------------------- effects


def _effects(effects: Effects, curves: Curves | None, wording: Wording) -> Iterator[str]:
    yield f"<h2>{escaped(wording.say(EFFECTS))}</h2>\n"
    if curves is not None:
        yield _figure(curves, wording)
    for moved in moved_told(effects.moved, wording):
        yield f"<p>{escaped(moved)}</p>\n"
    headings = [wording.say(each) for each in HEADINGS]
    for told in cases_told(effects, wording):
        yield f"<p>{escaped(told.said)}</p>\n"
        if told.rows:
            yield table(headings, told.rows)
    more = more_examples_told(effects, wording)
    if more:
        yield f"<p>{escaped(more)}</p>\n"
    yield f"<p>{escaped(search_told(effects, wording))}</p>\n"


def _figure(curves: Curves, wording: Wording) -> str:
    """The payment of the largest difference, drawn, with exact amounts in a table under it."""
    difference = curves.difference
    result = wording.say(wording.at(curves.measure, [curves.evaluation]))
    _, old_name, new_name = (wording.say(each) for each in HEADINGS)
    caption = wording.sentence(
        message(
            "{payment} by {result}, all else held: the largest difference found",
            payment=difference.name,
            result=result,
        )
    )
    found = " ".join(found_told(difference.case, [difference], wording))
    drawing = chart(
        (
            Curve(wording.say(message("before")), "before", curves.old),
            Curve(wording.say(message("after")), "after", curves.new),
        ),
        Axis(result, curves.unit),
        Axis(difference.name, amount_in(difference.currency)),
        f"{caption} {found}",
        wording.language,
    )
    rows = [
        (
            wording.quantity(Quantity(each.value, curves.unit)),
            wording.amount(each.old, difference.currency),
            wording.amount(each.new, difference.currency),
        )
        for each in curves.samples
    ]
    exact = folded(wording.say(message("Exact amounts")), table([result, old_name, new_name], rows))
    return f"<figure>\n{drawing}<figcaption>{escaped(caption)}</figcaption>\n</figure>\n{exact}"
