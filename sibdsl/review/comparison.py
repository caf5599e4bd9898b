"""The answer: what two versions of a contract mean to each other, what changed, what it does."""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

from attrs import field

from sibdsl.evaluate.determination import Determination, State
from sibdsl.frozen import frozen
from sibdsl.numerals import Language
from sibdsl.review.change import Change
from sibdsl.review.proof import Proof
from sibdsl.units import Quantity, Unit


class Meaning(Enum):
    """What the digests of the two plans say.

    ``SAME`` and ``SAME_BUT_NAMES`` are proved: every set of results leads both to the same payments,
    in the second case once the names that others speak to the contract by are changed. ``DIFFERENT``
    proves nothing: ``a + b`` and ``b + a`` have two digests.
    """

    SAME = "same"
    SAME_BUT_NAMES = "same but names"
    DIFFERENT = "different"


@frozen
class GivenValue:
    """A result that both versions are given: the names are those of the new version.

    ``value`` is None where the result is not available.
    """

    measure: str
    evaluation: str
    value: Quantity | None


@frozen
class GivenClaim:
    """A claim on a rate card that both versions are given; a version without the outcome takes none."""

    participant: str
    outcome: str
    on: date
    evaluation: str


@frozen
class PaymentPair:
    """One payment in both determinations; an amount is None where that version has no such payment.

    Amounts are what is due, in units of the currency; of a pending payment its certain part.
    """

    name: str
    evaluation: str
    payer: str
    payee: str
    currency: str
    old: Fraction | None
    new: Fraction | None
    old_state: State | None
    new_state: State | None
    old_due: date | None = None
    new_due: date | None = None

    @property
    def differs(self) -> bool:
        """Whether another amount falls due, or the state is another."""
        return (self.old or 0) != (self.new or 0) or (
            None not in (self.old_state, self.new_state) and self.old_state is not self.new_state
        )


@frozen
class PartyPair:
    """What one party has in both determinations: received less paid, in units of the currency."""

    party: str
    currency: str
    old_paid: Fraction
    new_paid: Fraction
    old_received: Fraction
    new_received: Fraction

    @property
    def gain(self) -> Fraction:
        """How much better off the party is under the new version; negative where worse off."""
        return (self.new_received - self.old_received) - (self.new_paid - self.old_paid)


class Origin(Enum):
    """Where a set of results comes from."""

    OLD_EXAMPLE = "worked example of the old version"
    NEW_EXAMPLE = "worked example of the new version"
    RESULTS = "results given"
    SEARCH = "search"


@frozen
class Case:
    """One set of results and what both versions come to on it, replayed by the exact interpreter.

    ``title`` is that of the worked example the results are, or that the search set out from; empty
    without one. ``results`` are all that both are given; ``varied`` those that the search set
    otherwise than the example it set out from, ``filled`` those that the example does not say.
    ``telling`` are the results that the payments that differ rest on, and those before them that used
    up a cap that cut them. ``claims`` are those on rate cards that come with them; every card is closed.
    """

    origin: Origin
    title: str
    results: tuple[GivenValue, ...]
    varied: tuple[GivenValue, ...]
    filled: tuple[GivenValue, ...]
    telling: tuple[GivenValue, ...]
    claims: tuple[GivenClaim, ...]
    payments: tuple[PaymentPair, ...]
    parties: tuple[PartyPair, ...]
    old: Determination = field(eq=False, repr=False)
    new: Determination = field(eq=False, repr=False)

    @property
    def differs(self) -> bool:
        """Whether any payment differs."""
        return any(pair.differs for pair in self.payments)


class About(Enum):
    """Whose difference is told."""

    PAYMENT = "payment"
    PARTY = "party"


@frozen
class Interval:
    """For which values of one measure a payment differs, all other results held as they are.

    ``measure`` is a measure, or a term that moves with it (``Écart``). ``low`` and ``high`` are None
    where no end was found. An end belongs to it where ``low_included`` or ``high_included`` says so.
    ``is_only`` where the payment differs so at no other value that was tried. ``along`` are the
    results that are moved for it, by measure and evaluation: one, or a measure at all its evaluations.
    """

    measure: str
    evaluation: str
    unit: Unit
    low: Fraction | None
    low_included: bool
    high: Fraction | None
    high_included: bool
    is_only: bool = True
    along: tuple[tuple[str, str], ...] = ()


@frozen
class Difference:
    """The largest difference found in one direction for one payment or one party.

    ``amount`` is new less old: for a payment what falls due under it, over all its evaluations; for
    a party what it receives less what it pays.
    """

    about: About
    name: str
    currency: str
    amount: Fraction
    case: Case
    interval: Interval | None = None


@frozen
class DueDateMoved:
    """A payment of both versions that falls due on another day, business days adjusted."""

    payment: str
    evaluation: str
    old: date
    new: date

    @property
    def days(self) -> int:
        """How many days later; negative where earlier."""
        return (self.new - self.old).days


@frozen
class Effects:
    """What the change does to payments, as far as it was looked for: a search and not a proof.

    ``examples`` are the worked examples of both versions on which they differ, ``examples_tried`` how
    many there are; ``reported`` the results that were given, None without any. ``largest`` has the
    largest differences found, by payment then by party, more before less. ``tried`` is how many sets
    of results were compared. ``proof`` is what a prover said, None where none was asked. ``moved`` are the payments that fall due on another day,
    whatever the results.
    """

    examples: tuple[Case, ...]
    examples_tried: int
    reported: Case | None
    largest: tuple[Difference, ...]
    tried: int
    proof: Proof | None = None
    moved: tuple[DueDateMoved, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no difference of an amount was found."""
        found = self.reported is not None and self.reported.differs
        return not (self.examples or self.largest or found)


@frozen
class TakingEffect:
    """An amendment that only the new version has: from which day on, and the evaluations it governs."""

    title: str
    since: date
    evaluations: tuple[str, ...]


@frozen
class Comparison:
    """Two versions of a contract compared.

    ``language`` is that of the new version, in which the comparison is told. ``renames`` pairs the old
    and new name of whatever was renamed. ``effects`` is None where they were not asked for, and where
    both versions mean the same. ``has_texts`` is no where a version was read from its plan: then only
    meaning and effects can be told, and ``changes`` is empty. ``amended_by`` are the amendments that only
    the new version has.
    """

    language: Language
    old_name: str
    new_name: str
    old_digest: str
    new_digest: str
    meaning: Meaning
    renames: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    effects: Effects | None
    has_texts: bool = True
    amended_by: tuple[TakingEffect, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether both mean the same: layout, comments and words only."""
        return self.meaning is Meaning.SAME
