"""From a file's own columns to those of the kernel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as compute

from uphold.batch.faults import ColumnWrong
from uphold.batch.options import Options
from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.cells import trait_of_cells
from uphold.facts.evidence.options import Columns
from uphold.facts.types import nearest
from uphold.messages import message

_TIME = pa.timestamp("us", "UTC")
_TEXT = pa.string()
_EXACT = pa.decimal128(24, 6)
_FACTORS = {"seconds": 1_000_000, "milliseconds": 1_000, "microseconds": 1}
_ROLES = {
    "at": ("checked_at",),
    "check": ("check",),
    "state": ("state",),
    "source": ("place", "source"),
    "interval": ("interval",),
}
_NEEDED = ("at", "check", "state")

Names = Mapping[str, str]
"""By the kernel's name of a column: what the file calls it."""


def names_in(found: Iterable[str], columns: Columns) -> Names:
    """Which of a file's columns are which; `ColumnWrong` where one is missing."""
    there = tuple(found)
    folded = {name.strip().casefold(): name for name in reversed(there)}
    names, missing = {}, list[str]()
    for ours, roles in _ROLES.items():
        wanted = [name for role in roles for name in columns.names(role)]
        match = next((folded[name.casefold()] for name in wanted if name.casefold() in folded), "")
        if match:
            names[ours] = match
        elif ours in _NEEDED:
            missing += wanted
    if not missing:
        return names
    rest = [name for name in there if name not in names.values()]
    near = tuple(dict.fromkeys(each for name in missing for each in nearest(name, rest)))
    if near:
        raise ColumnWrong(message("batch.column-nearest", columns=tuple(missing), names=near))
    raise ColumnWrong(message("batch.columns-missing", columns=tuple(missing), found=there[:20]))


def shaped(table: pa.Table, names: Names, parts: Mapping[str, str], options: Options) -> pa.Table:
    """A chunk as the kernel takes it: check, at, state and, as they come, source and interval.

    `parts` are columns that the names of folders give. A file without sources gets none here, as
    a column of one word costs time; the kernel is told the word. Raises `ColumnWrong`.
    """
    columns = {}
    for ours, name in names.items():
        if name in table.column_names:
            columns[ours] = table.column(name)
        else:
            columns[ours] = _constant(parts[name], table.num_rows)
    columns["at"] = times_of(columns["at"], names["at"], options)
    if "source" in columns:
        columns["source"] = filled(columns["source"], options.source)
    if "interval" in columns:
        columns["interval"] = _intervals(columns["interval"], names["interval"])
    return pa.table(columns)


def times_of(column: pa.ChunkedArray, name: str, options: Options) -> pa.ChunkedArray:
    """A column of times of any form as instants: timestamps, text, or numbers with a unit."""
    kind = column.type
    try:
        if _is_text(kind):
            column = _from_text(column, options)
        elif pa.types.is_integer(kind) or pa.types.is_decimal(kind):
            column = _from_numbers(column, name, options)
        if pa.types.is_timestamp(column.type) and column.type.tz is None:
            if options.zone is None:
                raise ColumnWrong(message("batch.column-no-zone", column=name))
            column = compute.assume_timezone(column, options.zone)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise ColumnWrong(
            message("batch.times-unreadable", column=name, reason=str(error))
        ) from error
    if not pa.types.is_timestamp(column.type) and not pa.types.is_null(column.type):
        raise ColumnWrong(message("batch.column-no-time", column=name, found=str(kind)))
    return column


def _from_text(column: pa.ChunkedArray, options: Options) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    column = compute.utf8_trim_whitespace(column)
    if options.unit is not None:
        return _scaled(column.cast(_EXACT), options)
    return column.cast(pa.timestamp("us") if options.zone else _TIME)


def _from_numbers(column: pa.ChunkedArray, name: str, options: Options) -> pa.ChunkedArray:
    if options.unit is None:
        raise ColumnWrong(message("batch.times-no-unit", column=name, units=tuple(_FACTORS)))
    if pa.types.is_integer(column.type):
        factor = pa.scalar(_FACTORS[options.unit], pa.int64())
        return compute.multiply_checked(column.cast(pa.int64()), factor).cast(_TIME)
    return _scaled(column.cast(_EXACT), options)


def _scaled(column: pa.ChunkedArray, options: Options) -> pa.ChunkedArray:
    """Exact decimals times the unit; what is beyond the microsecond is cut off."""
    factor = pa.scalar(Decimal(_FACTORS[options.unit or "microseconds"]), pa.decimal128(7, 0))
    return compute.multiply(column, factor).cast(pa.int64(), safe=False).cast(_TIME)


def _intervals(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Lengths as microseconds: durations as they are, numbers as seconds, text with its unit."""
    if pa.types.is_null(column.type):
        return column.cast(pa.int64())
    if pa.types.is_duration(column.type):
        return column.cast(pa.duration("us")).cast(pa.int64())
    words = column.cast(_TEXT).dictionary_encode().unify_dictionaries()
    known = words.chunk(0).dictionary if words.num_chunks else pa.array([], _TEXT)
    lengths = pa.array([_length(word, name) for word in _texts(known, name)], pa.int64())
    arrays = [lengths.take(chunk.indices) for chunk in words.chunks]
    return pa.chunked_array(arrays, pa.int64())


def _texts(words: pa.Array, name: str) -> list[str]:
    try:
        found: list[str] = words.to_pylist()
    except UnicodeError as error:
        raise ColumnWrong(message("batch.column-damaged", column=name)) from error
    return found


def _length(word: str, name: str) -> int | None:
    try:
        return trait_of_cells({"state": ("up", "state"), "interval": (word, name)}, None).interval
    except CellError as error:
        raise ColumnWrong(error.message) from error


def _constant(value: str, size: int) -> pa.ChunkedArray:
    codes = pa.repeat(pa.scalar(0, pa.int32()), size)
    return pa.chunked_array([pa.DictionaryArray.from_arrays(codes, pa.array([value], _TEXT))])


def filled(column: pa.ChunkedArray, source: str) -> pa.ChunkedArray:
    """The sources, with the one of the options where a row names none."""
    if not column.null_count:
        return column
    if pa.types.is_null(column.type):
        return _constant(source, len(column))
    return column.cast(_TEXT).fill_null(source)


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        return _is_text(kind.value_type)
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )
