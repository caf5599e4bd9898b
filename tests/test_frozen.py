"""``@frozen``: what attrs declares, finished with the first instance."""

import copy
import pickle
from functools import cached_property
from threading import Barrier, Thread
from typing import Generic, TypeVar
from weakref import ref

import attrs
import pytest
from attrs import evolve, field

from sibdsl.frozen import fields, frozen

V = TypeVar("V")


@frozen
class Named:
    """What others inherit from."""

    name: str
    place: int = field(kw_only=True, eq=False, default=0)


@frozen
class Listed(Named, Generic[V]):
    """Fields of every kind."""

    items: tuple[V, ...] = ()
    _hidden: int = 3
    kept: list[V] = field(factory=list)
    size: int = field(init=False)

    @size.default
    def _how_many(self) -> int:
        return len(self.items)


def test_fields_are_inherited_defaulted_made_and_worked_out() -> None:
    one = Listed("a", (1, 2), hidden=4, place=7)
    assert (one.name, one.items, one._hidden, one.kept, one.size, one.place) == (  # noqa: SLF001
        *("a", (1, 2), 4, [], 2, 7),
    )
    assert Listed("a").kept is not Listed("a").kept
    assert repr(one) == "Listed(name='a', place=7, items=(1, 2), _hidden=4, kept=[], size=2)"


def test_a_private_field_is_given_without_its_underscore() -> None:
    @frozen
    class Hiding:
        _hidden: int
        shown: int = 1

    assert repr(Hiding(hidden=3)).endswith("Hiding(_hidden=3, shown=1)")
    assert [each.alias for each in attrs.fields(Hiding)] == ["hidden", "shown"]


def test_values_compare_by_their_fields_and_class() -> None:
    assert Named("a", place=1) == Named("a", place=2)
    assert hash(Named("a", place=1)) == hash(Named("a", place=2))
    assert Named("a") != Named("b")
    assert Named("a") != Listed("a")


def test_without_equality_a_value_equals_itself_alone() -> None:
    @frozen(eq=False)
    class Alone:
        name: str

    one = Alone("a")
    assert one == one  # noqa: PLR0124
    assert one != Alone("a")
    assert len({one, Alone("a")}) == 2


def test_nothing_is_assigned_or_deleted() -> None:
    one = Named("a")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.name = "b"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.other = "b"  # type: ignore[attr-defined]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del one.name


def test_arguments_are_those_of_the_fields() -> None:
    with pytest.raises(TypeError, match=r"Named\.__init__\(\) missing 1 required"):
        Named()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="positional"):
        Named("a", 1)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected keyword argument 'hiden'"):
        Listed("a", hiden=1)  # type: ignore[call-arg]


def test_attrs_knows_them() -> None:
    described = attrs.fields(Listed)
    assert [each.name for each in described] == [
        *("name", "place", "items", "_hidden", "kept", "size"),
    ]
    asked = ("name", "alias", "default", "init", "kw_only", "eq")
    for ours, theirs in zip(fields(Listed), described, strict=True):
        assert all(getattr(ours, each) == getattr(theirs, each) for each in asked)
    changed = evolve(Listed("a", (1,), place=2), items=(5, 6))
    assert (changed.items, changed.place, changed._hidden) == ((5, 6), 2, 3)  # noqa: SLF001


def test_positions_match_those_that_are_given_by_position() -> None:
    match Listed("a", (1,)):
        case Listed(name, items, hidden):
            assert (name, items, hidden) == ("a", (1,), 3)
        case _:
            pytest.fail("no match")


def test_a_slotted_value_holds_nothing_else_and_can_be_referred_to_weakly() -> None:
    one: Listed[int] = Listed("a")
    assert not hasattr(one, "__dict__")
    assert ref(one)() is one


def test_without_slots_a_property_is_kept() -> None:
    @frozen(slots=False)
    class Counted:
        name: str

        @cached_property
        def letters(self) -> list[str]:
            return list(self.name)

    one = Counted("ab")
    assert one.letters is one.letters


def test_the_first_instance_may_be_one_that_another_process_wrote() -> None:
    @frozen
    class Read:
        name: str

    one, other = Read.__new__(Read), Read.__new__(Read)
    one.__setstate__({"name": "a"})  # type: ignore[attr-defined]
    other.__setstate__({"name": "a"})  # type: ignore[attr-defined]
    assert one == other
    assert repr(one).endswith("Read(name='a')")


def test_values_are_copied_and_pickled() -> None:
    one = Listed("a", (1, 2), place=7)
    for other in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301
        assert other == one
        assert other.place == 7


def test_a_class_is_finished_once_whatever_threads_ask_for_it() -> None:
    for _ in range(20):

        @frozen
        class Shared:
            name: str
            other: list[int] = field(factory=list, eq=False)

        made: list[Shared] = []
        start = Barrier(8)

        def make(shared: type[Shared] = Shared) -> None:
            start.wait()  # noqa: B023
            made.append(shared("a"))  # noqa: B023

        threads = [Thread(target=make) for _ in range(8)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert made == [Shared("a", [1])] * 8
