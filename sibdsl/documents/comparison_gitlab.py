"""A comparison as a code quality report, which GitLab shows in a merge request.

A change is known by its own fingerprint, which a rebase does not change. What is gone stands on no
line of the new version: it is shown on the first.
"""

import json
from typing import Any, assert_never

from sibdsl.documents.compared import Compared, Weight, weight
from sibdsl.documents.comparison_json import kind_of
from sibdsl.documents.comparison_sentences import parted
from sibdsl.messages.visible import visible
from sibdsl.review.change import Change


def comparison_gitlab(compared: Compared) -> str:
    """A JSON list with an object for each change, ending with a line end."""
    issues = [
        _issue(change, compared)
        for _, changes in parted(compared.comparison.changes, compared.audience)
        for change in changes
    ]
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(change: Change, compared: Compared) -> dict[str, Any]:
    return {
        "description": compared.told(change).replace("\n", " "),
        "check_name": kind_of(change.what),
        "fingerprint": change.fingerprint,
        "severity": _severity(weight(change, compared.audience)),
        "location": {
            "path": visible(compared.path(change.new)),
            "lines": {"begin": 1 if change.new is None else change.new.start.line},
        },
    }


def _severity(asked: Weight) -> str:
    match asked:
        case Weight.LOSS:
            return "major"
        case Weight.DOUBT:
            return "minor"
        case Weight.NOTE:
            return "info"
        case _:
            assert_never(asked)
