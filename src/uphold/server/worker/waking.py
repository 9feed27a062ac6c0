"""Waking the worker of this process when something has become due sooner than it thought."""

from __future__ import annotations

from threading import Event
from typing import Final

SOON_US: Final = 2_000_000
"""A worker looks at least this often, for what other processes have queued."""

_woken = Event()


def poke() -> None:
    """There is something to do: the worker of this process, if there is one, looks at once."""
    _woken.set()


def sleep(microseconds: int) -> None:
    """Waits that long at most, or until somebody pokes."""
    _woken.wait(max(0, microseconds) / 1_000_000)
    _woken.clear()
