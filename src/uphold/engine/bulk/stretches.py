"""Stretches of a file of facts that several processes can read at once."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from uphold.facts.scanning import scan

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole lines of a file, from one byte to before another; all of a subject's, or none."""

    path: Path
    begin: int
    end: int

    def open(self) -> StretchReader:
        """A stream of the stretch's bytes."""
        return StretchReader(self)


class StretchReader(io.RawIOBase):
    """Reads the bytes of a stretch, as a stream of its own that bears the file's name."""

    def __init__(self, stretch: Stretch) -> None:
        super().__init__()
        self.name = str(stretch.path)
        self._stream = stretch.path.open("rb")
        self._stream.seek(stretch.begin)
        self._left = stretch.end - stretch.begin

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes of what is left of the stretch."""
        wanted = self._left if size < 0 else min(size, self._left)
        found = self._stream.read(wanted)
        self._left -= len(found)
        return found

    def close(self) -> None:
        """Closes the file."""
        self._stream.close()
        super().close()


def stretches_of(path: Path, count: int) -> tuple[Stretch, ...]:
    """The file cut into at most so many stretches of about one size, between two subjects."""
    size = path.stat().st_size
    cuts = [0]
    for number in range(1, count):
        cut = _between_subjects(path, max(cuts[-1], size * number // count), size)
        if cuts[-1] < cut < size:
            cuts.append(cut)
    return tuple(
        Stretch(path, begin, end) for begin, end in zip(cuts, [*cuts[1:], size], strict=True)
    )


def _between_subjects(path: Path, near: int, size: int) -> int:
    """The first place behind `near` at which a line begins that is of another subject."""
    with path.open("rb") as stream:
        stream.seek(near)
        stream.readline()
        before = None
        place = stream.tell()
        while place < size:
            line = stream.readline()
            subject = _subject(line)
            if before is not None and subject is not None and subject != before:
                return place
            before = subject if subject is not None else before
            place = stream.tell()
    return size


def _subject(line: bytes) -> str | None:
    """The subject of a line's fact; None for a line that is no sound fact."""
    return next((row[0] for row in scan([line], [])), None)


def lines_before(stretch: Stretch) -> int:
    """How many lines of the file stand before the stretch."""
    found, left = 0, stretch.begin
    with stretch.path.open("rb") as stream:
        while left:
            block = stream.read(min(_BLOCK, left))
            found += block.count(b"\n")
            left -= len(block)
    return found
