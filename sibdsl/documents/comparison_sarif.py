"""A comparison as SARIF 2.1.0 (:mod:`sibdsl.documents.sarif`): a rule for each kind of change.

What is gone stands on no line of the new version: it is shown on the first, since GitHub takes no
result without a place.
"""

from typing import Any, Final

from sibdsl.diagnostics import message
from sibdsl.documents.change_kinds import KINDS
from sibdsl.documents.compared import Compared, is_loud
from sibdsl.documents.comparison_json import kind_of
from sibdsl.documents.comparison_sentences import parted
from sibdsl.documents.sarif import location, log, plain, region
from sibdsl.documents.wording import Wording
from sibdsl.review.change import Change
from sibdsl.review.changes import WORDS_ONLY, What


def comparison_sarif(compared: Compared, version: str) -> str:
    """A log of one run by the given version of this program, ending with a line end."""
    wording = compared.wording
    changes = [
        change
        for _, each in parted(compared.comparison.changes, compared.audience)
        for change in each
    ]
    kinds = list(dict.fromkeys(type(change.what) for change in changes))
    rules = [_rule(_first(kind, changes), wording) for kind in kinds]
    results = [_result(each, kinds.index(type(each.what)), compared) for each in changes]
    return log(version, wording.language, rules, results)


def _first(kind: type[What], changes: list[Change]) -> What:
    return next(change.what for change in changes if type(change.what) is kind)


def _rule(what: What, wording: Wording) -> dict[str, Any]:
    short = plain(wording.sentence(KINDS[type(what)]))
    about = _OF_WORDS if isinstance(what, WORDS_ONLY) else _OF_MONEY
    full = plain(f"{short} {wording.sentence(about)}")
    kind = kind_of(what)
    return {
        "id": kind,
        "name": type(what).__name__,
        "shortDescription": {"text": short},
        "fullDescription": {"text": full},
        "help": {"text": full, "markdown": full},
        "defaultConfiguration": {"level": "note"},
    }


_OF_MONEY: Final = message(
    "it may move money: each message says under which payments, and for whom that is better or worse "
    "by this clause alone"
)
_OF_WORDS: Final = message(
    "it moves no money; read the descriptions of measures all the same, since they say what is counted"
)


def _result(change: Change, rule: int, compared: Compared) -> dict[str, Any]:
    path = compared.path(change.new)
    source = compared.wording.source
    place = {"startLine": 1}
    if change.new is not None and source is not None:
        file = source.files[change.new.file]
        place = region(file, change.new.start, change.new.end)
    return {
        "ruleId": kind_of(change.what),
        "ruleIndex": rule,
        "level": "warning" if is_loud(change, compared.audience) else "note",
        "message": {"text": plain(compared.told(change))},
        "locations": [location(path, place)],
        "partialFingerprints": {"sibdsl-change/v1": change.fingerprint},
    }
