"""What is made of a plan once, and kept as long as the plan is: many evaluations ask for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import TypeVar
from weakref import ref

from sibdsl.plan.terms import Plan

T = TypeVar("T")


def kept(make: Callable[[Plan], T]) -> Callable[[Plan], T]:
    """``make``, called once for each plan. Known by identity: comparing plans would take longer.

    Safe in threads: two of them may each make it once, and both are right.
    """
    made: dict[int, tuple[ref[Plan], T]] = {}

    def of(plan: Plan) -> T:
        at = id(plan)
        found = made.get(at)
        if found is not None and found[0]() is plan:
            return found[1]
        value = make(plan)
        made[at] = (ref(plan, lambda _: made.pop(at, None)), value)
        return value

    return update_wrapper(of, make)
