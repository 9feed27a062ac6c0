"""Progress on long readings, shown on a terminal alone."""

from __future__ import annotations

import sys
from collections.abc import Iterator
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
