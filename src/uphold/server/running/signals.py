"""Being told to stop, by SIGTERM or SIGINT."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event

from uphold.server.worker.services import poke


@contextmanager
def until_told() -> Iterator[Event]:
    """An event that is set once the process is told to stop; a worker that sleeps wakes up."""
    told = Event()

    def stop(*_: object) -> None:
        told.set()
        poke()

    before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
