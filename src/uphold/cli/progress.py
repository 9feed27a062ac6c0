"""Progress on long readings, shown on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from uphold.cli.screen import wants_colour

if TYPE_CHECKING:
    from rich.progress import Progress

    from uphold.facts.lines import Source

_LONG = 20_000_000
"""Bytes from which reading takes long enough to be watched."""


@contextmanager
def watched(name: str) -> Iterator[IO[bytes]]:
    """The file, opened for reading; with a bar on stderr while a long one is read."""
    if wants_colour(sys.stderr) and Path(name).stat().st_size > _LONG:
        from rich.console import Console
        from rich.progress import open as open_watched

        with open_watched(
            name, "rb", description=Path(name).name, console=Console(stderr=True), transient=True
        ) as stream:
            yield stream
    else:
        with Path(name).open("rb") as stream:
            yield stream


class Quiet:
    """Whoever reads sources tells it how far it is; it shows nothing."""

    def begin(self, name: str) -> None:
        """A source is about to be read."""

    def source(self, name: str) -> Source:
        """What to read a file from."""
        return name

    def part(self, done: int, total: int) -> None:
        """So much of the source that was begun is read."""


class _Bar(Quiet):
    """The same with a bar on stderr, which moves by the bytes of each file."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("")

    def begin(self, name: str) -> None:
        self._progress.update(self._task, description=Path(name).name, completed=0, total=None)

    def source(self, name: str) -> Source:
        return _Read(name, self)

    def part(self, done: int, total: int) -> None:
        self._progress.update(self._task, completed=done, total=total)


class _Read:
    """A file that tells how far it is read; opened when it is first read from."""

    def __init__(self, name: str, bar: _Bar) -> None:
        self.name = name
        self._bar = bar
        self._file: IO[bytes] | None = None
        self._size = 0

    def read(self, size: int, /) -> bytes:
        """At most so many bytes, none at the end. Raises OSError."""
        if self._file is None:
            self._file = Path(self.name).open("rb")  # noqa: SIM115 - closed at its end
            self._size = Path(self.name).stat().st_size
            self._bar.begin(self.name)
        found = self._file.read(size)
        self._bar.part(self._file.tell(), self._size)
        if not found:
            self._file.close()
        return found


@contextmanager
def shown() -> Iterator[Quiet]:
    """What tells how far a reading of several sources is: a bar on a terminal, else nothing."""
    if not wants_colour(sys.stderr):
        yield Quiet()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield _Bar(progress)
