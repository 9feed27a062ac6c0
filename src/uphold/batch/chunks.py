"""Chunks of checks: a file's row groups or blocks, one after the other, as the kernel takes them.

Memory is bounded by the chunk, never by the file: a row group that is too large for that is read
in batches.
"""

from __future__ import annotations

import gzip
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as parquet

from uphold.batch.faults import BatchError, FileUnreadable
from uphold.batch.files import CheckFile
from uphold.batch.options import Options
from uphold.batch.shaping import Names, names_in, shaped
from uphold.messages import message

_MOST_ROWS = 1 << 21
_BLOCK = 4 << 20
_FIRST_LINE = 1 << 20
_OPEN = threading.local()

Advance = Callable[[int], None]
"""Told of so many bytes more that are done."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a file that is read by one thread: a row group of Parquet, or a whole text."""

    file: CheckFile
    names: Names
    group: int = 0

    def tables(self, options: Options, advance: Advance) -> Iterator[pa.Table]:
        """The chunk's checks as tables of the kernel. Raises `BatchError`, which names the file."""
        with _naming(self.file):
            if self.file.form == "parquet":
                read = _row_group(self, advance)
            elif self.file.form == "csv":
                read = _csv(self, advance)
            else:
                read = _json_lines(self, advance)
            for table in read:
                yield shaped(table, self.names, self.file.parts, options)


def chunks_of(file: CheckFile, options: Options) -> tuple[Chunk, ...]:
    """The chunks of a file, in its order. Raises `BatchError`, which names the file."""
    with _naming(file):
        if file.form == "parquet":
            with parquet.ParquetFile(file.path) as opened:
                names = names_in([*opened.schema_arrow.names, *file.parts], options.columns)
                groups = opened.metadata.num_row_groups
            return tuple(Chunk(file, names, group) for group in range(groups))
        header = _header(file)
        return (Chunk(file, names_in([*header, *file.parts], options.columns)),)


@contextmanager
def _naming(file: CheckFile) -> Iterator[None]:
    """Says in which file it was that something could not be read."""
    try:
        yield
    except BatchError as error:
        error.name_file(str(file.path))
        raise
    except (pa.ArrowException, OSError, EOFError, UnicodeError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise FileUnreadable(
            message("batch.file-unreadable", file=str(file.path), reason=reason)
        ) from error


def _row_group(chunk: Chunk, advance: Advance) -> Iterator[pa.Table]:
    opened = _opened(chunk)
    group = opened.metadata.row_group(chunk.group)
    columns = [name for name in chunk.names.values() if name not in chunk.file.parts]
    size = chunk.file.size * group.num_rows // max(opened.metadata.num_rows, 1)
    if group.num_rows <= _MOST_ROWS:
        yield opened.read_row_group(chunk.group, columns=columns, use_threads=False)
        advance(size)
        return
    done = 0
    for batch in opened.iter_batches(
        _MOST_ROWS, row_groups=[chunk.group], columns=columns, use_threads=False
    ):
        yield pa.Table.from_batches([batch])
        advance(size * batch.num_rows // group.num_rows)
        done += size * batch.num_rows // group.num_rows
    advance(size - done)


def _opened(chunk: Chunk) -> parquet.ParquetFile:
    """The file, opened once by each thread, as a reader must not be shared."""
    key = str(chunk.file.path), chunk.file.path.stat().st_mtime_ns
    kept = _OPEN.__dict__
    if kept.get("key") != key:
        close()
        names = chunk.names
        texts = [names[ours] for ours in ("check", "state", "source") if ours in names]
        schema = parquet.read_schema(chunk.file.path)
        words = [
            name for name in texts if name in schema.names and _is_string(schema.field(name).type)
        ]
        kept["file"] = parquet.ParquetFile(chunk.file.path, read_dictionary=words, pre_buffer=False)
        kept["key"] = key
    found: parquet.ParquetFile = kept["file"]
    return found


def close() -> None:
    """Closes the file that this thread has open, if any."""
    kept = _OPEN.__dict__
    if "file" in kept:
        kept.pop("file").close()
        kept.pop("key", None)


def _is_string(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


class _Counted(io.RawIOBase):
    """A stream of bytes that tells how many were read."""

    def __init__(self, stream: IO[bytes], advance: Advance) -> None:
        self._stream, self._advance = stream, advance

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        found = self._stream.read(len(buffer))
        buffer[: len(found)] = found
        self._advance(len(found))
        return len(found)


@contextmanager
def _stream(file: CheckFile, advance: Advance) -> Iterator[Any]:
    """The bytes of a file of text, unpacked where its name says that it is packed."""
    with file.path.open("rb") as raw:
        counted = io.BufferedReader(_Counted(raw, advance), 1 << 20)
        if file.path.suffix == ".gz":
            with gzip.open(counted) as unpacked:
                yield unpacked
        elif file.path.suffix in (".zst", ".bz2"):
            kind = "zstd" if file.path.suffix == ".zst" else "bz2"
            with pa.CompressedInputStream(pa.PythonFile(counted), kind) as unpacked:
                yield unpacked
        else:
            yield counted


def _nothing(_: int) -> None:
    """Nobody wants to know."""


def _header(file: CheckFile) -> tuple[str, ...]:
    """The names of the columns, as the first line has them."""
    first = _first_line(file)
    if file.form == "json":
        return tuple(_object(first))
    import csv

    try:
        return tuple(next(csv.reader([first.decode()], delimiter=_delimiter(first)), []))
    except csv.Error as error:
        raise FileUnreadable(message("batch.text-none")) from error


def _first_line(file: CheckFile) -> bytes:
    with _stream(file, _nothing) as stream:
        head: bytes = stream.read(_FIRST_LINE)
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        raise FileUnreadable(message("batch.text-empty"))
    if b"\0" in head:
        raise FileUnreadable(message("batch.text-none"))
    return head.splitlines()[0]


def _delimiter(header: bytes) -> str:
    return max(",;\t", key=lambda each: header.count(each.encode()))


def _object(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise FileUnreadable(message("batch.line-no-object")) from error
    if not isinstance(found, dict):
        raise FileUnreadable(message("batch.line-no-object"))
    return found


def _csv(chunk: Chunk, advance: Advance) -> Iterator[pa.Table]:
    """Blocks of a CSV file; a cell that is empty is absent."""
    from pyarrow import csv

    header = _first_line(chunk.file)
    wanted = [name for name in chunk.names.values() if name not in chunk.file.parts]
    words = pa.dictionary(pa.int32(), pa.string())
    by_role = {chunk.names[ours]: words for ours in ("check", "state") if ours in chunk.names}
    types = {name: by_role.get(name, pa.string()) for name in wanted}
    with _stream(chunk.file, advance) as stream:
        reader = csv.open_csv(
            stream,
            read_options=csv.ReadOptions(block_size=_BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(delimiter=_delimiter(header)),
            convert_options=csv.ConvertOptions(
                include_columns=wanted,
                column_types=types,
                strings_can_be_null=True,
                null_values=[""],
            ),
        )
        for batch in reader:
            yield pa.Table.from_batches([batch])


def _json_lines(chunk: Chunk, advance: Advance) -> Iterator[pa.Table]:
    """Blocks of JSON Lines; types are those of the first line, and text for names and times."""
    from pyarrow import json as arrow_json

    first = _object(_first_line(chunk.file))
    fields = []
    for ours, name in chunk.names.items():
        if name not in chunk.file.parts:
            fields.append((name, _json_type(ours, first[name])))
    with _stream(chunk.file, advance) as stream:
        reader = arrow_json.open_json(
            stream,
            read_options=arrow_json.ReadOptions(block_size=_BLOCK, use_threads=False),
            parse_options=arrow_json.ParseOptions(
                explicit_schema=pa.schema(fields), unexpected_field_behavior="ignore"
            ),
        )
        for batch in reader:
            yield pa.Table.from_batches([batch])


def _json_type(ours: str, value: object) -> pa.DataType:
    if isinstance(value, bool):
        return pa.bool_()
    if isinstance(value, int | float):
        # As decimals, so that a time in seconds is what was written and not what is near it.
        return pa.decimal128(24, 6) if ours == "at" or isinstance(value, float) else pa.int64()
    return pa.string()
