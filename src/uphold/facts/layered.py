"""A mapping that can be added to without being copied whole, for sets that never change."""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import Generic, TypeVar

Held = TypeVar("Held")

_SMALLEST = 16


class Layered(Generic[Held]):
    """Names and what they hold: a large layer that is shared, and a small one on top of it.

    Adding copies the small layer, and merges both once it has outgrown the root of the large
    one's size: on average some hundred entries copied where there are a million.
    """

    __slots__ = ("_base", "_top")

    def __init__(self, base: dict[str, Held], top: dict[str, Held] | None = None) -> None:
        self._base = base
        self._top = top or {}

    def get(self, name: str) -> Held | None:
        """What the name holds, if anything."""
        found = self._top.get(name)
        return self._base.get(name) if found is None else found

    def having(self, name: str, held: Held) -> Layered[Held]:
        """The mapping with one name added or held anew; this one stays as it is."""
        top = {**self._top, name: held}
        if len(top) <= _SMALLEST + isqrt(len(self._base)):
            return Layered(self._base, top)
        return Layered({**self._base, **top})

    def names(self) -> Iterator[str]:
        """Every name, once."""
        yield from self._base
        yield from (name for name in self._top if name not in self._base)
