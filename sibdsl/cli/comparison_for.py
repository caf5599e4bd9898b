"""A comparison as other programs read it, or as a page; apart from the command, which most often shows text."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from sibdsl.contract import Contract
from sibdsl.documents.compared import Compared
from sibdsl.documents.comparison_github import comparison_github
from sibdsl.documents.comparison_gitlab import comparison_gitlab
from sibdsl.documents.comparison_html import Told, comparison_html
from sibdsl.documents.comparison_json import comparison_json
from sibdsl.documents.comparison_markdown import comparison_markdown
from sibdsl.documents.comparison_sarif import comparison_sarif
from sibdsl.documents.wording import Wording
from sibdsl.frozen import frozen
from sibdsl.review.change import Audience
from sibdsl.review.comparison import Comparison
from sibdsl.review.curves import curves_of


@frozen
class Asked:
    """A comparison with all that a format may need: both versions, and the paths of the new one's files."""

    comparison: Comparison
    wording: Wording
    audience: Audience | None
    old: Contract
    new: Contract
    paths: Mapping[str, str]


def written(asked: Asked, format: str) -> str:
    """The comparison in a format: json, markdown, github, gitlab, sarif or html."""
    comparison, wording, audience = asked.comparison, asked.wording, asked.audience
    compared = Compared(comparison, wording, audience, asked.paths)
    match format:
        case "markdown":
            return comparison_markdown(comparison, wording, audience)
        case "github":
            return comparison_github(compared)
        case "gitlab":
            return comparison_gitlab(compared)
        case "sarif":
            return comparison_sarif(compared, version("sibdsl"))
        case "html":
            return _page(asked)
        case _:
            return comparison_json(comparison)


def _page(asked: Asked) -> str:
    old, new = asked.old, asked.new
    curves = curves_of(old.plan_if_any or old.plan, new.plan_if_any or new.plan, asked.comparison)
    told = Told(asked.comparison, asked.wording, asked.audience, old.source, new.source, curves)
    return comparison_html(told)
