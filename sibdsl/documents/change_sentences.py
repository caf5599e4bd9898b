"""Each kind of change in a sentence: *Rate: at least 12% instead of at least 10%; harder to meet*."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, assert_never

from sibdsl.checks.bounds.trends import Trend
from sibdsl.diagnostics import Message, message
from sibdsl.documents.wording import Wording
from sibdsl.review import changes
from sibdsl.review.change import Change, Sort
from sibdsl.review.changes import (
    Clause,
    Edge,
    MeasureAspect,
    OutcomeAspect,
    Side,
    TableAspect,
    What,
    WordingAspect,
    Written,
)
from sibdsl.units import DAYS, Quantity


def subject(change: Change) -> Message:
    """What a change is about: *condition ‘Impact’*."""
    sort = SORTS[change.sort]
    if change.sort is Sort.CAP and not change.name:
        return message("cap on the contract")
    return message("{sort} ‘{name}’", sort=sort, name=change.name) if change.name else sort


SORTS: Final = {
    Sort.TEXT: message("text"),
    Sort.TITLE: message("title"),
    Sort.REFERENCE: message("reference"),
    Sort.POLICY_FIELD: message("field of social policy"),
    Sort.CURRENCY: message("currency"),
    Sort.EXCHANGE_RATE: message("exchange rate"),
    Sort.TERM: message("term of the contract"),
    Sort.PARTY: message("party"),
    Sort.GROUP: message("group"),
    Sort.FUNDING: message("funding"),
    Sort.EVALUATION: message("evaluation"),
    Sort.EVALUATIONS: message("evaluations"),
    Sort.MEASURE: message("measure"),
    Sort.DEFINITION: message("definition"),
    Sort.TABLE: message("table"),
    Sort.CONDITION: message("condition"),
    Sort.RATE_CARD: message("rate card"),
    Sort.OUTCOME: message("outcome"),
    Sort.PAYMENT: message("payment"),
    Sort.CAP: message("cap"),
    Sort.RETURN_CAP: message("cap on the return of"),
    Sort.ROUNDING: message("rounding"),
    Sort.TRANSLATION: message("name in the other language of"),
    Sort.PREVAILING_LANGUAGE: message("prevailing language"),
    Sort.EXAMPLE: message("worked example"),
    Sort.AMENDMENT: message("amendment"),
}


def sentence_of(change: Change, wording: Wording) -> Message:
    """What changed, without what it is about."""
    return _with_trend(_said(change, wording), change.what)


def _said(change: Change, wording: Wording) -> Message:
    """The kinds of change about money; those of words are told below."""
    match change.what:
        case changes.Added(said=words):
            return message("added: {words}", words=words) if words else message("added")
        case changes.Removed(said=words):
            return message("removed: {words}", words=words) if words else message("removed")
        case changes.Renamed(old, is_declared=True):
            return message("the declared translation of ‘{old}’", old=old)
        case changes.Renamed(old, new):
            return _renamed(change, old, new)
        case changes.ThresholdChanged() as what:
            was = _compared(what.old_relation, what.old, wording)
            now = _compared(what.new_relation, what.new, wording)
            return message("{what}: {said}", what=what.term, said=_instead(was, now))
        case changes.TestChanged(old, new):
            return _instead(_written(old, wording), _written(new, wording))
        case changes.PaymentConditionChanged() as what:
            said = _instead(_written(what.old, wording), _written(what.new, wording))
            return message("{what}: {said}", what=_CLAUSES[what.clause], said=said)
        case changes.AmountChanged() | changes.FormulaChanged() as what:
            said = _instead(_written(what.old, wording), _written(what.new, wording))
            if what.is_rate:
                return message("{what}: {said}", what=message("rate per year"), said=said)
            return said
        case changes.RankChanged(on, before, after):
            return message(
                "on {day}, settled in the order {new} instead of {old}",
                day=on,
                new=after,
                old=before,
            )
        case changes.DueDateChanged(old, new):
            return _instead(_written(old, wording), _written(new, wording))
        case changes.SideChanged(side, old_name, new_name):
            paid = message("paid by") if side is Side.PAYER else message("paid to")
            return message(
                "{what}: {said}", what=paid, said=_instead(_name(old_name), _name(new_name))
            )
        case _:
            return _said_of_tables(change.what, wording)


def _said_of_tables(what: What, wording: Wording) -> Message:
    match what:
        case changes.RowAdded(edge, value):
            return message(
                "the row {edge}, {value}, is new",
                edge=_edge(edge, wording),
                value=_sure(value, wording),
            )
        case changes.RowRemoved(edge, value):
            return message(
                "the row {edge}, {value}, is gone",
                edge=_edge(edge, wording),
                value=_sure(value, wording),
            )
        case changes.RowValueChanged():
            row = message("otherwise") if what.edge is None else _edge(what.edge, wording)
            said = _instead(_written(what.old, wording), _written(what.new, wording))
            return message("{what}: {said}", what=row, said=said)
        case changes.BandEdgeChanged(old, new):
            return message(
                "the row begins {new} instead of {old}",
                new=_edge(new, wording),
                old=_edge(old, wording),
            )
        case changes.TableReadingChanged(aspect, one, other):
            said = _instead(_name(one), _name(other))
            return message("{what}: {said}", what=_READINGS[aspect], said=said)
        case changes.CapLimitChanged(before, after):
            return _instead(_written(before, wording), _written(after, wording))
        case changes.CapPeriodChanged(one, other, _):
            whole = message("over the whole contract")
            return _instead(_name(one) or whole, _name(other) or whole)
        case changes.OutcomeAdded(outcome, price):
            return message(
                "the outcome ‘{outcome}’ at {price} is new",
                outcome=outcome,
                price=_sure(price, wording),
            )
        case changes.OutcomeRemoved(outcome, price):
            return message(
                "the outcome ‘{outcome}’ at {price} is gone",
                outcome=outcome,
                price=_sure(price, wording),
            )
        case changes.OutcomeChanged() as what_:
            said = _instead(_written(what_.old, wording), _written(what_.new, wording))
            part = _OUTCOMES[what_.aspect]
            if not what_.outcome:
                return message("{what}: {said}", what=part, said=said)
            of = message("{aspect} of ‘{outcome}’", aspect=part, outcome=what_.outcome)
            return message("{what}: {said}", what=of, said=said)
        case changes.ParticipantCapChanged(before_, after_):
            said = _instead(_written(before_, wording), _written(after_, wording))
            return message("{what}: {said}", what=message("most per participant"), said=said)
        case _:
            return _said_of_particulars(what)


def _said_of_particulars(what: What) -> Message:
    match what:
        case changes.OccurrenceChanged(old, new):
            once = message("once in the contract")
            return _instead(_name(old) or once, _name(new) or once)
        case changes.MeasureChanged(aspect, old, new):
            said = _instead(_name(old), _name(new))
            return message("{what}: {said}", what=_MEASURES[aspect], said=said)
        case changes.EvaluationMoved(old_day, new_day):
            return message("on {new} instead of {old}", new=new_day, old=old_day)
        case changes.EffectiveDateChanged(old_day, new_day, governs_others):
            days = message("takes effect on {new} instead of {old}", new=new_day, old=old_day)
            if governs_others:
                return days
            return message("{days}; it governs the same evaluations", days=days)
        case (
            changes.SeriesChanged(old, new)
            | changes.RolesChanged(old, new)
            | changes.GroupChanged(old, new)
            | changes.FundingChanged(old, new)
            | changes.SettingChanged(old, new)
        ):
            return _instead(_name(old), _name(new))
        case changes.WordingChanged(aspect_, old, new):
            said = _instead(_quoted(old), _quoted(new))
            if aspect_ is WordingAspect.FULL_NAME and old and new:
                said = message("{said}; perhaps another party", said=said)
            return message("{what}: {said}", what=_WORDS[aspect_], said=said)
        case changes.ExampleChanged(lines):
            return message("says something else") if lines else message("has another title")
        case changes.CommentChanged(old_words, new_words):
            said = _instead(_quoted(old_words or ""), _quoted(new_words or ""))
            return message("{what}: {said}", what=message("comment"), said=said)
        case changes.Reordered(names):
            return message("stand elsewhere, which means nothing: {names}", names=names)
        case changes.LayoutChanged():
            return message("layout only")
        case changes.Translated(old_language, _):
            if old_language == "en":
                return message("translated from English into French")
            return message("translated from French into English")
        case _:
            raise AssertionError(what)


def _renamed(change: Change, old: str, new: str) -> Message:
    if change.sort is Sort.PARTY:
        return message(
            "‘{old}’ is now ‘{new}’: the same under another name, or another party",
            old=old,
            new=new,
        )
    return message("was called ‘{old}’", old=old)


# ------------------------------------------------------------------------------------------- parts


def _instead(old: Message | None, new: Message | None) -> Message:
    """``{new} instead of {old}``; what is new, or gone, where there is only one."""
    if old is None:
        assert new is not None
        return message("{what} is added", what=new)
    if new is None:
        return message("{what} is dropped", what=old)
    return message("{new} instead of {old}", new=new, old=old)


def _name(words: str) -> Message | None:
    return message("‘{name}’", name=words) if words else None


def _quoted(words: str) -> Message | None:
    return message("“{words}”", words=words) if words else None


def _written(part: Written | None, wording: Wording) -> Message | None:
    return None if part is None else _sure(part, wording)


def _sure(part: Written, wording: Wording) -> Message:
    """A value in the language of the answer, or the words of the contract."""
    if part.value is None:
        return message("‘{name}’", name=part.words)
    return message("{name}", name=wording.quantity(part.value))


def _edge(edge: Edge, wording: Wording) -> Message:
    at = _sure(edge.at, wording)
    return message("from {at}", at=at) if edge.included else message("above {at}", at=at)


def _compared(relation: str, part: Written, wording: Wording) -> Message:
    template = RELATIONS[relation].template
    return message(template, value=_sure(part, wording))


RELATIONS: Final = {
    "is at least": message("at least {value}"),
    "is at most": message("at most {value}"),
    "is more than": message("more than {value}"),
    "is less than": message("less than {value}"),
    "is": message("exactly {value}"),
    "is before": message("before {value}"),
    "is after": message("after {value}"),
    "is on or before": message("on or before {value}"),
    "is on or after": message("on or after {value}"),
    "is between": message("between {value}"),
}
_CLAUSES: Final = {
    Clause.WHEN: message("condition of payment"),
    Clause.UNLESS: message("exception"),
}
_READINGS: Final = {
    TableAspect.MODE: message("read"),
    TableAspect.KEY: message("key"),
    TableAspect.PER_POINT: message("row"),
}
_OUTCOMES: Final = {
    OutcomeAspect.PRICE: message("price"),
    OutcomeAspect.LIMIT: message("limit"),
    OutcomeAspect.REQUIREMENT: message("requirement"),
    OutcomeAspect.WHO: message("for whom"),
    OutcomeAspect.ORDER: message("order"),
}
_MEASURES: Final = {
    MeasureAspect.KIND: message("kind"),
    MeasureAspect.REPORTER: message("who reports it"),
    MeasureAspect.DIRECTION: message("direction"),
    MeasureAspect.ROUNDING: message("rounding of the result"),
    MeasureAspect.CUMULATIVE: message("cumulation"),
    MeasureAspect.PRESUMED: message("presumption"),
}
_WORDS: Final = {
    WordingAspect.TITLE: message("words"),
    WordingAspect.REFERENCE: message("words"),
    WordingAspect.POLICY_FIELD: message("words"),
    WordingAspect.FULL_NAME: message("full name"),
    WordingAspect.DESCRIPTION: message("description"),
    WordingAspect.TRANSLATION: message("words"),
}


# ------------------------------------------------------------------------------------------ trends


def _with_trend(said: Message, what: What) -> Message:
    trend = _trend(what)
    return said if trend is None else message("{said}; {trend}", said=said, trend=trend)


def _trend(what: What) -> Message | None:
    """What it does by itself, where that can be seen."""
    match what:
        case changes.ThresholdChanged(trend=trend) | changes.TestChanged(trend=trend):
            return _either(trend, message("easier to meet"), message("harder to meet"))
        case changes.PaymentConditionChanged(trend=trend):
            return _either(
                trend, message("falls due more easily"), message("falls due less easily")
            )
        case changes.AmountChanged(trend=trend):
            return _either(trend, message("pays more"), message("pays less"))
        case (
            changes.FormulaChanged(trend=trend)
            | changes.RowValueChanged(trend=trend)
            | changes.BandEdgeChanged(trend=trend)
        ):
            return _either(trend, message("gives more"), message("gives less"))
        case changes.OutcomeChanged(trend=trend) | changes.ParticipantCapChanged(trend=trend):
            return _either(trend, message("gives more"), message("gives less"))
        case changes.CapPeriodChanged(trend=trend):
            return _either(trend, message("looser"), message("tighter"))
        case changes.CapLimitChanged(trend=trend):
            return _either(trend, message("raised"), message("lowered"))
        case changes.DueDateChanged(days=int(days)) if days:
            size = Quantity(Fraction(abs(days)), DAYS)
            if days > 0:
                return message("{days} later", days=size)
            return message("{days} earlier", days=size)
        case _:
            return None


def _either(trend: Trend, rises: Message, falls: Message) -> Message | None:
    match trend:
        case Trend.RISES:
            return rises
        case Trend.FALLS:
            return falls
        case Trend.STEADY | Trend.UNSURE:
            return None
        case _:
            assert_never(trend)
