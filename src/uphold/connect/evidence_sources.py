"""Which adapter reads a place: told by what stands there, never by a file's name alone.

A place is an address (`http`, `https`: Prometheus), a folder (Upptime), or a file: SQLite by its
first bytes (Uptime Kuma), or a `.yml` that is a history (Upptime). What none of them knows is left
to `uphold.facts.evidence`, which reads plain CSV, JSON Lines and runs; an Upptime log as CSV is
left to it too, because the files of one log of changes have to be read together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Literal

from uphold.connect.adapter import AdapterRead, SourceError
from uphold.facts.problems import Place, Problem
from uphold.messages import message

System = Literal["prometheus", "upptime", "uptime-kuma"]

_SCHEMES: Final = ("http://", "https://")
_ENOUGH: Final = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of any source may say; each adapter takes what bears on it.

    `start` and `end` (aware, half-open) are the time that is wanted; Prometheus needs both.
    `interval` is how often the source looked, `holds` how long a state holds at most where the
    source recorded changes alone. `environment` bears the credentials for Prometheus, the
    process's own where it is None.
    """

    start: datetime | None = None
    end: datetime | None = None
    interval: timedelta | None = None
    holds: timedelta | None = None
    environment: Mapping[str, str] | None = None


def recognised(place: str) -> System | None:
    """The system whose data lie at a place, None where no adapter knows them.

    Raises OSError for a file that cannot be read; nothing is asked over the network.
    """
    if place.lower().startswith(_SCHEMES):
        return "prometheus"
    path = Path(place)
    if path.is_dir():
        return "upptime" if _has_histories(path) else None
    with path.open("rb") as stream:
        begin = stream.read(_ENOUGH)
    return _of_content(path, begin)


def read_source(place: str, asked: Asked | None = None) -> AdapterRead | None:
    """What the adapter of a place makes of it; None where no adapter knows it.

    Raises `SourceError` for what cannot be read, OSError for a file that cannot be opened.
    """
    wanted = asked or Asked()
    system = recognised(place)
    if system == "prometheus":
        return _prometheus(place, wanted)
    if system == "upptime":
        from uphold.connect import upptime

        given = upptime.Options(wanted.interval, wanted.holds)
        return upptime.looks(place, given)
    if system == "uptime-kuma":
        return _kuma(place, wanted)
    return None


def _prometheus(address: str, asked: Asked) -> AdapterRead:
    from uphold.connect import prometheus

    base, options = prometheus.options_of_address(address, asked.interval)
    if asked.start is None or asked.end is None:
        told = message("problem.prometheus-window-missing")
        hint = message("hint.prometheus-window")
        raise SourceError(Problem("prometheus-window-missing", told, hint, Place(base)))
    return prometheus.looks(base, asked.start, asked.end, options, asked.environment)


def _kuma(place: str, asked: Asked) -> AdapterRead:
    from uphold.connect import uptime_kuma

    options = uptime_kuma.Options(
        start=asked.start,
        end=asked.end,
        interval=asked.interval,
        holds=asked.holds,
    )
    return uptime_kuma.looks(place, options)


def _has_histories(folder: Path) -> bool:
    """Whether a folder is Upptime's: a repository, bare or not, or its files alone."""
    from uphold.connect.upptime.repository import is_bare

    files = (*folder.glob("history/*.yml"), *folder.glob("*.yml"))
    return is_bare(folder) or any(_begins_as_history(file) for file in files)


def _begins_as_history(file: Path) -> bool:
    with file.open("rb") as stream:
        return b"lastUpdated:" in stream.read(_ENOUGH)


def _of_content(path: Path, begin: bytes) -> System | None:
    from uphold.connect.uptime_kuma.database import MAGIC

    if begin.startswith(MAGIC):
        return "uptime-kuma"
    if path.suffix.lower() in {".yml", ".yaml"} and b"lastUpdated:" in begin:
        return "upptime"
    return None
