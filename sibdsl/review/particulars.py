"""What changed within a statement: measures, evaluations, parties, groups, money put in, rate cards."""

from __future__ import annotations

from collections.abc import Iterator

from sibdsl.checks.bounds.trends import Trend
from sibdsl.money import RoundingMode
from sibdsl.review import changes
from sibdsl.review.change import Bearing, Sort
from sibdsl.review.changes import MeasureAspect, OutcomeAspect, WordingAspect, Written
from sibdsl.review.found import Found, Two, Version
from sibdsl.review.signs import DOWN, UNSURE, UP
from sibdsl.review.trees import Same, is_same, without
from sibdsl.syntax import nodes
from sibdsl.syntax.nodes import Expr, MeasureDetail, Node
from sibdsl.syntax.walk import walk


def measure(two: Two, old: nodes.Measure, new: nodes.Measure) -> Iterator[Found]:
    """What a measure is, who reports it, and everything else said of it."""
    name = new.name.text
    bears_on = two.new_influence.of_term(name, UNSURE)

    def found(aspect: MeasureAspect, one: str, other: str, bearing: tuple[Bearing, ...]) -> Found:
        said = changes.MeasureChanged(aspect, one, other)
        return Found(Sort.MEASURE, name, said, old, new, bearing)

    if old.kind is not new.kind or old.currency != new.currency:
        yield found(MeasureAspect.KIND, _kind(old), _kind(new), bears_on)
    if not is_same(old.occurrence, new.occurrence, two.differ.same):
        words = two.old.words(old.occurrence), two.new.words(new.occurrence)
        yield Found(Sort.MEASURE, name, changes.OccurrenceChanged(*words), old, new, bears_on)
    for aspect, kinds_of_detail, touches in _DETAILS:
        one, other = (_detail(each, kinds_of_detail) for each in (old, new))
        if not _is_same_detail(one, other, two.differ.same):
            words = two.old.words(one), two.new.words(other)
            yield found(aspect, *words, bears_on if touches else ())
    described = [
        " ".join(each.text for each in version.details if isinstance(each, nodes.Text))
        for version in (old, new)
    ]
    yield from wording(Sort.MEASURE, name, WordingAspect.DESCRIPTION, described, (old, new))


_DETAILS: tuple[tuple[MeasureAspect, tuple[type[MeasureDetail], ...], bool], ...] = (
    (MeasureAspect.REPORTER, (nodes.ReportedBy, nodes.DecidedBy), False),
    (MeasureAspect.DIRECTION, (nodes.BetterResult,), False),
    (MeasureAspect.ROUNDING, (nodes.MeasureRounding,), True),
    (MeasureAspect.CUMULATIVE, (nodes.Cumulative,), True),
    (MeasureAspect.PRESUMED, (nodes.Presumed,), True),
)
"""What may be said of a measure, by which details, and whether money rests on it."""


def _kind(measure: nodes.Measure) -> str:
    return " ".join(filter(None, (measure.kind.value, measure.currency)))


def _detail(measure: nodes.Measure, kinds: tuple[type[MeasureDetail], ...]) -> Node | None:
    return next((each for each in measure.details if isinstance(each, kinds)), None)


def _is_same_detail(old: Node | None, new: Node | None, same: Same) -> bool:
    if isinstance(old, nodes.ReportedBy | nodes.DecidedBy) and type(old) is type(new):
        assert isinstance(new, nodes.ReportedBy | nodes.DecidedBy)
        if len(old.parties) != len(new.parties):
            return False
        return all(any(same(one.text, other.text) for other in new.parties) for one in old.parties)
    return is_same(old, new, same)


def wording(
    sort: Sort, name: str, aspect: WordingAspect, words: list[str], places: tuple[Node, Node]
) -> Iterator[Found]:
    """Quoted words that were changed."""
    old, new = words
    if old != new:
        yield Found(sort, name, changes.WordingChanged(aspect, old, new), *places)


def party(old: nodes.Party, new: nodes.Party) -> Iterator[Found]:
    """The roles and the full name of a party."""
    name = new.name.text
    if set(old.roles) != set(new.roles):
        roles = [", ".join(role.value for role in each.roles) for each in (old, new)]
        yield Found(Sort.PARTY, name, changes.RolesChanged(*roles), old, new)
    full = ["" if each.full_name is None else each.full_name.text for each in (old, new)]
    yield from wording(Sort.PARTY, name, WordingAspect.FULL_NAME, full, (old, new))


def group(two: Two, old: nodes.Node, new: nodes.Node, name: str) -> Iterator[Found]:
    """The members of a group, and what each of them has."""
    if is_same(old, new, two.differ.same):
        return
    words = two.old.words(old), two.new.words(new)
    said = changes.GroupChanged(*words)
    both = (*two.new_influence.to(name, UNSURE), *two.new_influence.by(name, UNSURE))
    yield Found(Sort.GROUP, name, said, old, new, tuple(dict.fromkeys(both)))


def evaluation(two: Two, old: nodes.Evaluation, new: nodes.Evaluation) -> Iterator[Found]:
    """The date of an evaluation."""
    if old.on.value != new.on.value:
        said = changes.EvaluationMoved(old.on.value, new.on.value)
        bears_on = two.new_influence.of_all()
        yield Found(Sort.EVALUATION, new.name.text, said, old.on, new.on, bears_on)


def evaluations(two: Two, old: nodes.Evaluations, new: nodes.Evaluations) -> Iterator[Found]:
    """The dates of recurring evaluations."""
    if not is_same(old, new, two.differ.same):
        said = changes.SeriesChanged(two.old.words(old), two.new.words(new))
        bears_on = two.new_influence.of_all()
        yield Found(Sort.EVALUATIONS, new.name.text, said, old, new, bears_on)


def funding(two: Two, old: nodes.Funding, new: nodes.Funding) -> Iterator[Found]:
    """What an investor puts in."""
    if not is_same(old, new, two.differ.same):
        said = changes.FundingChanged(two.old.words(old), two.new.words(new))
        bears_on = of_funding(two, new)
        yield Found(Sort.FUNDING, new.investor.text, said, old, new, bears_on)


def of_funding(two: Two, funding: nodes.Funding) -> tuple[Bearing, ...]:
    """The payments that money put in may bear on: none where no clause of either version counts it."""
    uses = nodes.ReturnCap | nodes.ProvidedToDate
    versions = two.old.checked.contract, two.new.checked.contract
    if not any(isinstance(part, uses) for each in versions for part in walk(each)):
        return ()
    return two.new_influence.to(funding.investor.text, UNSURE)


def setting(two: Two, sort: Sort, name: str, old: Node, new: Node) -> Iterator[Found]:
    """The currency, the term, an exchange rate, the rounding of amounts due, the language that counts."""
    if not is_same(old, new, two.differ.same):
        said = changes.SettingChanged(two.old.words(old), two.new.words(new))
        moves_nothing = sort in {Sort.TERM, Sort.PREVAILING_LANGUAGE}
        bears_on = () if moves_nothing else two.new_influence.of_all(_rounded(two, old, new))
        yield Found(sort, name, said, old, new, bears_on)


def _rounded(two: Two, old: Node, new: Node) -> Trend:
    """What becomes of amounts that are rounded to the same step otherwise: down is never more."""
    if not isinstance(old, nodes.RoundingRule) or not isinstance(new, nodes.RoundingRule):
        return UNSURE
    if not is_same(old.step, new.step, two.differ.same):
        return UNSURE
    if RoundingMode.DOWN in (old.mode, new.mode):
        return DOWN if new.mode is RoundingMode.DOWN else UP
    if RoundingMode.UP in (old.mode, new.mode):
        return UP if new.mode is RoundingMode.UP else DOWN
    return DOWN if new.mode is RoundingMode.HALF_EVEN else UP


# -------------------------------------------------------------------------------------- rate cards


def rate_card(two: Two, old: nodes.RateCard, new: nodes.RateCard) -> Iterator[Found]:
    """The outcomes of a rate card, their prices and rules."""
    name, influence = new.name.text, two.new_influence
    if not is_same(old.occurrence, new.occurrence, two.differ.same):
        words = two.old.words(old.occurrence), two.new.words(new.occurrence)
        said = changes.OccurrenceChanged(*words)
        places = old.occurrence, new.occurrence
        yield Found(Sort.RATE_CARD, name, said, *places, influence.of_term(name, UNSURE))
    yield from _outcomes(two, old, new)
    one, other = old.participant_cap, new.participant_cap
    if not is_same(one, other, two.differ.same):
        trend = _of_limit(two, one, other)
        capped = changes.ParticipantCapChanged(_maybe(two.old, one), _maybe(two.new, other), trend)
        bears_on = influence.of_term(name, trend)
        yield Found(Sort.RATE_CARD, name, capped, one or old, other or new, bears_on)


def _of_limit(two: Two, old: Expr | None, new: Expr | None) -> Trend:
    """What becomes of what a limit lets pass."""
    if old is None:
        return DOWN
    return UP if new is None else two.differ.trend(old, new)


def _maybe(version: Version, expr: Expr | None) -> Written | None:
    return None if expr is None else version.written(expr)


def _outcomes(two: Two, old: nodes.RateCard, new: nodes.RateCard) -> Iterator[Found]:
    name, influence = new.name.text, two.new_influence
    left = list(old.outcomes)
    for outcome in new.outcomes:
        twins = [each for each in left if two.differ.same(each.name.text, outcome.name.text)]
        exact = [each for each in twins if is_same(each, outcome, two.differ.same)]
        if not twins:
            added = changes.OutcomeAdded(outcome.name.text, two.new.written(outcome.price))
            yield Found(Sort.RATE_CARD, name, added, old, outcome, influence.of_term(name, UP))
            continue
        twin = (exact or twins)[0]
        left = without(left, twin)
        yield from _outcome(two, name, twin, outcome)
    for outcome in left:
        removed = changes.OutcomeRemoved(outcome.name.text, two.old.written(outcome.price))
        yield Found(Sort.RATE_CARD, name, removed, outcome, new, influence.of_term(name, DOWN))
    yield from _order(two, old, new)


def _order(two: Two, old: nodes.RateCard, new: nodes.RateCard) -> Iterator[Found]:
    """Claims of one day are taken in the order of the outcomes."""
    same = two.differ.same
    before = [each.name.text for each in old.outcomes]
    after = [each.name.text for each in new.outcomes]
    kept = [each for each in before if any(same(each, other) for other in after)]
    held = [each for each in after if any(same(other, each) for other in before)]
    if len(kept) == len(held) and not all(map(same, kept, held)):
        words = Written(", ".join(kept)), Written(", ".join(held))
        said = changes.OutcomeChanged("", OutcomeAspect.ORDER, *words, UNSURE)
        bears_on = two.new_influence.of_term(new.name.text, UNSURE)
        yield Found(Sort.RATE_CARD, new.name.text, said, old, new, bears_on)


def _outcome(two: Two, card: str, old: nodes.Outcome, new: nodes.Outcome) -> Iterator[Found]:
    influence = two.new_influence

    def found(
        aspect: OutcomeAspect, words: tuple[Written | None, Written | None], trend: Trend
    ) -> Found:
        said = changes.OutcomeChanged(new.name.text, aspect, *words, trend)
        return Found(Sort.RATE_CARD, card, said, old, new, influence.of_term(card, trend))

    if not is_same(old.price, new.price, two.differ.same):
        words = two.old.written(old.price), two.new.written(new.price)
        yield found(OutcomeAspect.PRICE, words, two.differ.trend(old.price, new.price))
    for aspect, kinds in _RULES:
        before = [rule for rule in old.rules if isinstance(rule, kinds)]
        after = [rule for rule in new.rules if isinstance(rule, kinds)]
        is_equal = len(before) == len(after) and all(
            is_same(one, other, two.differ.same) for one, other in zip(before, after, strict=True)
        )
        if not is_equal:
            said = _rules(two.old, before), _rules(two.new, after)
            yield found(aspect, said, _trend_of_rules(aspect, len(before), len(after)))


_RULES = (
    (OutcomeAspect.LIMIT, (nodes.LimitTimes, nodes.OncePerEvaluation, nodes.Apart)),
    (OutcomeAspect.REQUIREMENT, (nodes.Requires,)),
    (OutcomeAspect.WHO, (nodes.ForClass, nodes.ForStarts)),
)


def _rules(version: Version, rules: list[nodes.OutcomeRule]) -> Written | None:
    return Written(", ".join(map(version.words, rules))) if rules else None


def _trend_of_rules(aspect: OutcomeAspect, before: int, after: int) -> Trend:
    """A requirement that comes lets fewer claims pass; anything else may do either."""
    if aspect is OutcomeAspect.REQUIREMENT and before != after and 0 in (before, after):
        return DOWN if after else UP
    return UNSURE
