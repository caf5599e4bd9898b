"""Values that stand side by side, in one sentence: *Matched is 155 and Reconvictions is 142, as reported*."""

from collections.abc import Iterator, Sequence

from sibdsl.diagnostics import Message, message
from sibdsl.documents.wording import Wording, listed
from sibdsl.evaluate.determination import Why
from sibdsl.frozen import frozen


@frozen
class Leaf:
    """A value with nothing beneath it left to tell; ``here`` is the payment's own evaluation."""

    why: Why
    name: str
    evaluation: str
    value: str
    is_answer: bool
    here: str


def leaves(together: Sequence[Leaf], wording: Wording) -> Iterator[Message]:
    """One sentence for each status, in the order in which they first come."""
    by_status: dict[Why, list[Leaf]] = {}
    for leaf in together:
        status = leaf.why if leaf.why in _STATUSES else Why.COMPUTED
        by_status.setdefault(status, []).append(leaf)
    for status, group in by_status.items():
        by_name: dict[str, list[Leaf]] = {}
        for leaf in group:
            by_name.setdefault(leaf.name, []).append(leaf)
        single = [each for each in by_name.values() if len(each) == 1]
        if single:
            said = listed([_of_one_name(each, wording) for each in single])
            yield in_status(status, said, is_plural=len(single) > 1)
        for each in by_name.values():
            if len(each) > 1:
                yield in_status(status, _of_one_name(each, wording), is_plural=True)


def _of_one_name(group: Sequence[Leaf], wording: Wording) -> Message:
    """``Early Termination is no at Year 1 to Year 3``; ``Restored Children is 60 at Year 1 and …``."""
    first = group[0]
    evaluations: dict[str, list[str]] = {}
    for leaf in group:
        evaluations.setdefault(leaf.value, []).append(leaf.evaluation)
    if len(group) == 1:
        shown = () if first.evaluation == first.here else (first.evaluation,)
        name = wording.at(first.name, shown)
        return value_of(name, first.value, is_answer=first.is_answer)
    values = [wording.at(value, places) for value, places in evaluations.items()]
    name = message("{name}", name=first.name)
    return value_of(name, listed(values), is_answer=first.is_answer)


def value_of(name: Message, value: str | Message, *, is_answer: bool) -> Message:
    """``Reduction is 10%``; ``Early Termination is no``, which French says otherwise."""
    if is_answer:
        return message("{name} is {answer}", name=name, answer=value)
    return message("{name} is {value}", name=name, value=value)


_STATUSES = frozenset({Why.REPORTED, Why.PRESUMED, Why.PROVISIONAL, Why.CARD_CLOSED})


def in_status(why: Why, said: Message, *, is_plural: bool = False) -> Message:
    """What is said, and on whose word it stands."""
    match why:
        case Why.REPORTED if is_plural:
            return message("{said}, all as reported", said=said)
        case Why.REPORTED:
            return message("{said}, as reported", said=said)
        case Why.PRESUMED:
            return message("{said}, presumed", said=said)
        case Why.PROVISIONAL:
            return message("{said}, provisional", said=said)
        case Why.CARD_CLOSED:
            return message("{said}, all claims being in", said=said)
        case _:
            return said
