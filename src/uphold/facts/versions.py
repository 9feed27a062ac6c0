"""Older spellings of facts: readers bring them up, the stored bytes stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from uphold.facts.fact import VERSION

Upgrader: TypeAlias = Callable[[dict[str, object]], dict[str, object]]

# From each older version to the one after it. Version 1 is the first, so there is none yet.
UPGRADERS: Mapping[int, Upgrader] = MappingProxyType({})


class VersionUnknownError(ValueError):
    """A fact bears a version that this program cannot read."""

    def __init__(self, version: int, newest: int) -> None:
        super().__init__(f"version {version} is unknown; this program reads up to {newest}")
        self.version = version
        self.newest = newest


def brought_up(
    written: Mapping[str, object],
    version: int,
    newest: int = VERSION,
    upgraders: Mapping[int, Upgrader] = UPGRADERS,
) -> dict[str, object]:
    """The fact in the newest spelling, one version after the other, with `v` set to it."""
    current = dict(written)
    if version > newest:
        raise VersionUnknownError(version, newest)
    for older in range(version, newest):
        if older not in upgraders:
            raise VersionUnknownError(version, newest)
        current = upgraders[older](current)
    return {**current, "v": newest}
