"""Lines of a file or stream as bytes, in lists, in bounded memory however long a line is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol, TypeAlias, cast, runtime_checkable


@runtime_checkable
class _Readable(Protocol):
    """An open file or stream of bytes or text."""

    def read(self, size: int, /) -> bytes | str:
        """At most so many bytes or characters, none at the end."""
        ...


Source: TypeAlias = "str | Path | _Readable | Iterable[bytes]"

# No fact is longer than this many bytes; a longer line is passed over without being kept.
LONGEST = 1 << 20
_BLOCK = 1 << 20


def sources_in(sources: Iterable[Source] | Source) -> Iterable[Source]:
    """One source or several: a list or tuple holds sources, any other iterable is one, of lines."""
    if isinstance(sources, list | tuple):
        return sources
    return [cast("Source", sources)]


def source_name(source: Source, otherwise: str = "facts") -> str:
    """What a problem calls the source: its path, its stream's name, or what it holds."""
    if isinstance(source, str | Path):
        return str(source)
    name = getattr(source, "name", None)
    return name if isinstance(name, str) else otherwise


def lines_in(source: Source) -> Iterator[list[bytes]]:
    """The lines of a path, a stream, or an iterable of lines, in lists of some thousands.

    The newline is left off. A line over `LONGEST` bytes comes as its first `LONGEST + 1`
    bytes, so that its reader sees that it is too long. Raises OSError if a path is unreadable.
    """
    if isinstance(source, str | Path):
        with open(source, "rb") as stream:
            yield from _split(stream)
    elif isinstance(source, _Readable):
        yield from _split(source)
    else:
        yield from _grouped(source)


def _grouped(source: Iterable[bytes]) -> Iterator[list[bytes]]:
    for line in source:
        yield [line.removesuffix(b"\n")[: LONGEST + 1]]


def _split(stream: _Readable) -> Iterator[list[bytes]]:
    begun = b""
    while block := _block(stream):
        first, *rest = block.split(b"\n")
        begun = (begun + first)[: LONGEST + 1]
        if rest:
            *whole, last = rest
            yield [begun, *(line[: LONGEST + 1] for line in whole)]
            begun = last[: LONGEST + 1]
    if begun:
        yield [begun]


def _block(stream: _Readable) -> bytes:
    block = stream.read(_BLOCK)
    return block if isinstance(block, bytes) else block.encode("utf-8", "surrogatepass")
