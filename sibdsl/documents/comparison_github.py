"""A comparison as workflow commands of GitHub Actions (:mod:`sibdsl.documents.github`).

A change is shown on its lines in the new version. What is gone has none there, and GitHub shows no
annotation on a deleted line: it is told in the first command, with the answer and the largest effect,
since of many annotations GitHub shows only ten.
"""

from collections.abc import Iterator

from sibdsl.documents.change_kinds import KINDS
from sibdsl.documents.compared import Compared, is_loud
from sibdsl.documents.comparison_sentences import is_gone, parted, verdict
from sibdsl.documents.effect_sentences import by_case, found_told, search_told
from sibdsl.documents.github import Level, command, lines
from sibdsl.review.change import Change, Place


def comparison_github(compared: Compared) -> str:
    """A command with the answer, then one for each change that stands in the new version."""
    changes = [
        change
        for _, each in parted(compared.comparison.changes, compared.audience)
        for change in each
    ]
    gone = [each for each in changes if is_gone(each)]
    level: Level = "warning" if any(is_loud(each, compared.audience) for each in gone) else "notice"
    told = "\n".join(_answer(compared, gone))
    first = command(level, (("file", compared.path(None)), ("title", "sib diff")), told)
    return first + "".join(
        _command(each, each.new, compared) for each in changes if each.new and not is_gone(each)
    )


def _answer(compared: Compared, gone: list[Change]) -> Iterator[str]:
    comparison, wording = compared.comparison, compared.wording
    yield verdict(comparison, wording)
    yield from map(compared.told, gone)
    effects = comparison.effects
    if effects is not None:
        for case, differences in by_case(effects.largest)[:1]:
            yield " ".join(found_told(case, differences, wording))
        yield search_told(effects, wording)


def _command(change: Change, place: Place, compared: Compared) -> str:
    level: Level = "warning" if is_loud(change, compared.audience) else "notice"
    return command(level, _properties(change, place, compared), compared.told(change))


def _properties(
    change: Change, place: Place, compared: Compared
) -> Iterator[tuple[str, str | int]]:
    yield "file", compared.path(place)
    yield from lines(place.start, place.end)
    title = compared.wording.say(KINDS[type(change.what)])
    yield "title", title[:1].upper() + title[1:]
