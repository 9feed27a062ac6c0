"""Progress on long readings, shown on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from uphold.cli.screen import wants_colour

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


@contextmanager
def counted(total: int, said: str) -> Iterator[Callable[[str], None]]:
    """Something to call with the name of each of several sources before it is read.

    On a terminal it moves a bar on stderr; elsewhere it does nothing.
    """
    if not wants_colour(sys.stderr):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(said, total=total)

        def next_one(name: str) -> None:
            progress.update(task, advance=1, description=f"{said} {Path(name).name}")

        yield next_one
