"""Where a proof plugs in: the one place at which the search for differences may be settled for good."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from sibdsl.frozen import frozen
from sibdsl.plan.terms import Plan


class Verdict(Enum):
    """What a prover may say of two plans."""

    EQUAL = "equal"
    """No set of results leads them to different payments."""
    DIFFERENT = "different"
    """Some set of results does; the prover's own is replayed by the interpreter before it is shown."""
    UNKNOWN = "unknown"
    """The prover gave up: nothing is proved either way."""


@frozen
class Proof:
    """The verdict of a prover, and which one it was (``"z3 4.13"``)."""

    verdict: Verdict
    prover: str


class Prover(Protocol):
    """Decides whether two plans always come to the same payments.

    Handed to :func:`sibdsl.review.compare.compare`; there is none yet, so ``Effects.proof`` is None
    and every answer says that it rests on a search. ``old`` has the names of the new version where it
    was renamed, so payments and measures of one name are the same.
    """

    def __call__(self, old: Plan, new: Plan) -> Proof:
        """The verdict, for all complete sets of results."""
        ...
