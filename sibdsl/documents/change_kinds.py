"""What each kind of change is called where there is no sentence: the title of a note, a rule."""

from __future__ import annotations

from typing import Final

from sibdsl.diagnostics import Message, message
from sibdsl.review import changes
from sibdsl.review.changes import What

KINDS: Final[dict[type[What], Message]] = {
    changes.Added: message("a statement that only the new version has"),
    changes.Removed: message("a statement that only the old version has"),
    changes.Renamed: message("another name for a term"),
    changes.ThresholdChanged: message("another threshold, or another comparison with it"),
    changes.TestChanged: message("another test in a condition"),
    changes.PaymentConditionChanged: message("another condition or exception of a payment"),
    changes.AmountChanged: message("another amount of a payment"),
    changes.FormulaChanged: message("another formula in a definition"),
    changes.RowAdded: message("a row that only the new version of a table has"),
    changes.RowRemoved: message("a row that only the old version of a table has"),
    changes.RowValueChanged: message("another value in a row of a table"),
    changes.BandEdgeChanged: message("another beginning of a row of a table"),
    changes.TableReadingChanged: message("another way to read a table"),
    changes.DueDateChanged: message("another due date"),
    changes.SideChanged: message("another payer or payee"),
    changes.OccurrenceChanged: message("other evaluations for a statement"),
    changes.RankChanged: message("another order of payments due on one day"),
    changes.CapLimitChanged: message("another limit of a cap"),
    changes.CapPeriodChanged: message("another period of a cap"),
    changes.MeasureChanged: message("something else said of a measure"),
    changes.EvaluationMoved: message("another date of an evaluation"),
    changes.EffectiveDateChanged: message("another effective date of an amendment"),
    changes.SeriesChanged: message("other dates of recurring evaluations"),
    changes.RolesChanged: message("other roles of a party"),
    changes.GroupChanged: message("other members, shares or limits of a group"),
    changes.FundingChanged: message("another amount, recipient or date of a funding"),
    changes.SettingChanged: message("another currency, term, exchange rate or rounding"),
    changes.OutcomeAdded: message("an outcome that only the new version of a rate card has"),
    changes.OutcomeRemoved: message("an outcome that only the old version of a rate card has"),
    changes.OutcomeChanged: message("another price, limit or requirement of an outcome"),
    changes.ParticipantCapChanged: message("another limit for one participant"),
    changes.WordingChanged: message("other quoted words"),
    changes.ExampleChanged: message("another worked example"),
    changes.CommentChanged: message("another comment"),
    changes.Reordered: message("statements that stand elsewhere"),
    changes.LayoutChanged: message("another layout"),
    changes.Translated: message("another language of keywords"),
}
