"""The kinds of work there are, each with the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work, as its handler sees it; `attempt` counts from 1, `due_us` is when."""

    key: str
    kind: str
    provider: int | None
    subject: str
    payload: Mapping[str, Any]
    due_us: int
    attempt: int


Handler = Callable[[Work], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work.

    `every_us` is the time from one to the next where it comes back by itself. Rows of a kind that
    `is_forgotten` go once they are done; those of others stay, so that they are never queued again.
    """

    name: str
    do: Handler
    every_us: int | None = None
    is_forgotten: bool = False


_kinds: dict[str, Kind] = {}


def handles(kind: str, *, forget: bool = False) -> Callable[[Handler], Handler]:
    """The function does work of this kind, in the transaction that marks the row done.

    It may be called again for a row it has done when that transaction was rolled back, so whatever
    it does belongs into the database. One kind has one function. With `forget` a row goes once it
    is done: for work whose key may come again, or never does.
    """
    return _registering(kind, None, forget)


def every(kind: str, seconds: int) -> Callable[[Handler], Handler]:
    """The function does work of this kind once in so many seconds, by one worker of all."""
    return _registering(kind, seconds * 1_000_000, forget=False)


def _registering(kind: str, every_us: int | None, forget: bool) -> Callable[[Handler], Handler]:
    def register(function: Handler) -> Handler:
        before = _kinds.get(kind)
        assert before is None or before.do.__qualname__ == function.__qualname__, kind
        _kinds[kind] = Kind(kind, function, every_us, forget)
        return function

    return register


def known() -> tuple[str, ...]:
    """The kinds that this process can do; it leaves others to processes that know them."""
    return tuple(_kinds)


def kind_of(name: str) -> Kind:
    """The kind of that name."""
    return _kinds[name]


def periodic() -> tuple[Kind, ...]:
    """The kinds that come back by themselves."""
    return tuple(each for each in _kinds.values() if each.every_us is not None)


_in_hand: ContextVar[str] = ContextVar("in_hand", default="")


@contextmanager
def in_hand(key: str) -> Iterator[None]:
    """Inside, the row of that key counts as done: what its work queues does not bring it back."""
    token = _in_hand.set(key)
    try:
        yield
    finally:
        _in_hand.reset(token)


def key_in_hand() -> str:
    """The key of the row whose work is being done, or empty."""
    return _in_hand.get()
