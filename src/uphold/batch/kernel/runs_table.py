"""The table of runs: its columns, and the same columns as arrays to reckon with.

Columns: source, check, state (dictionaries of text), first, last (timestamp[us, UTC]), interval
(int64 microseconds, null where the source does not say it), count (looks), gap (int64: no two
neighbouring looks of the run are further apart, microseconds), duplicates and steps_back (int64:
looks absorbed because they came twice, and steps of the clock back, found while it was made).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uphold.batch.faults import ColumnWrong
from uphold.facts.evidence import SEEN
from uphold.facts.evidence.words import STATE_WORDS
from uphold.messages import message

Ints = NDArray[np.int64]

NO_INTERVAL = -1
"""Stands for "the source does not say it" in an array of intervals."""

RANK = np.array([1, 2, 3, 0], dtype=np.int8)
"""How bad a state is, by its place in `SEEN`: of two looks at one instant the worse counts."""

_TEXT = pa.dictionary(pa.int32(), pa.string())
_TIME = pa.timestamp("us", "UTC")

SCHEMA = pa.schema(
    [
        pa.field("source", _TEXT, nullable=False),
        pa.field("check", _TEXT, nullable=False),
        pa.field("first", _TIME, nullable=False),
        pa.field("last", _TIME, nullable=False),
        pa.field("state", pa.dictionary(pa.int8(), pa.string()), nullable=False),
        pa.field("interval", pa.int64()),
        pa.field("count", pa.int64(), nullable=False),
        pa.field("gap", pa.int64(), nullable=False),
        pa.field("duplicates", pa.int64(), nullable=False),
        pa.field("steps_back", pa.int64(), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Names:
    """The series of a table: a source and a check each, by number."""

    sources: tuple[str, ...]
    checks: tuple[str, ...]

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(source, check) of each series."""
        return tuple(zip(self.sources, self.checks, strict=True))


@dataclass(frozen=True, slots=True)
class RunArrays:
    """Runs as arrays of one length; `series` are places in `names`, states places in `SEEN`."""

    names: Names
    series: Ints
    first: Ints
    last: Ints
    state: NDArray[np.int8]
    interval: Ints
    count: Ints
    gap: Ints
    duplicates: Ints
    steps_back: Ints

    def taken(self, places: NDArray[np.intp] | NDArray[np.bool_]) -> RunArrays:
        """The runs at these places, in their order."""
        found = {name: getattr(self, name)[places] for name in _ARRAYS}
        return replace(self, **found)


_ARRAYS = (
    "series",
    "first",
    "last",
    "state",
    "interval",
    "count",
    "gap",
    "duplicates",
    "steps_back",
)


def table_of(runs: RunArrays) -> pa.Table:
    """The arrays as a table of runs."""
    interval = pa.array(runs.interval, mask=runs.interval == NO_INTERVAL)
    columns = [
        _text(runs.names.sources, runs.series),
        _text(runs.names.checks, runs.series),
        pa.array(runs.first).cast(_TIME),
        pa.array(runs.last).cast(_TIME),
        pa.DictionaryArray.from_arrays(pa.array(runs.state), pa.array(SEEN)),
        interval,
        *(pa.array(getattr(runs, name)) for name in ("count", "gap", "duplicates", "steps_back")),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def empty_runs() -> pa.Table:
    """A table without runs."""
    return SCHEMA.empty_table()


def arrays_of(table: pa.Table) -> RunArrays:
    """The table's runs as arrays; series are numbered in the order of source and check.

    Raises `ColumnWrong` where a column is absent or holds what no run can hold.
    """
    missing = [name for name in ("check", "first", "last", "state") if name not in _names(table)]
    if missing:
        raise ColumnWrong(
            message("batch.columns-missing", columns=tuple(missing), found=_names(table))
        )
    size = table.num_rows
    source = _codes(table, "source", "") if "source" in _names(table) else None
    check_codes, checks = _codes(table, "check", None)
    source_codes, sources = source or (np.zeros(size, np.int64), ("",))
    names, series = _series(source_codes, sources, check_codes, checks)
    return RunArrays(
        names,
        series,
        first=_integers(table, "first"),
        last=_integers(table, "last"),
        state=_states(table),
        interval=_integers(table, "interval", NO_INTERVAL, fill=NO_INTERVAL),
        count=_integers(table, "count", 1),
        gap=_integers(table, "gap", 0),
        duplicates=_integers(table, "duplicates", 0),
        steps_back=_integers(table, "steps_back", 0),
    )


def _series(
    source: Ints, sources: tuple[str, ...], check: Ints, checks: tuple[str, ...]
) -> tuple[Names, Ints]:
    """Numbers for the pairs that occur, in the order of their names."""
    pairs, series = np.unique(source * len(checks) + check, return_inverse=True)
    if not len(pairs):
        return Names((), ()), np.zeros(0, np.int64)
    found = [divmod(int(pair), len(checks)) for pair in pairs]
    named = [(sources[one], checks[other]) for one, other in found]
    order = sorted(range(len(named)), key=named.__getitem__)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    settled = tuple(named[one] for one in order)
    names = Names(tuple(one for one, _ in settled), tuple(other for _, other in settled))
    return names, place[series.reshape(-1)]


def _names(table: pa.Table) -> tuple[str, ...]:
    return tuple(table.column_names)


def _text(words: tuple[str, ...], series: Ints) -> pa.DictionaryArray:
    """One name of each run's series; the same name twice is one entry."""
    distinct = tuple(dict.fromkeys(words))
    numbers = {word: number for number, word in enumerate(distinct)}
    places = np.array([numbers[word] for word in words], dtype=np.int32)
    codes = places[series] if len(words) else np.zeros(0, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(distinct, pa.string()))


def dictionary_of(table: pa.Table, name: str) -> pa.DictionaryArray:
    """A column of text as one array with one dictionary; `ColumnWrong` where it is no text."""
    column = table.column(name)
    kind = column.type
    is_words = pa.types.is_dictionary(kind) and _is_text(kind.value_type)
    if not (is_words or _is_text(kind)):
        raise ColumnWrong(message("batch.column-no-text", column=name, found=str(kind)))
    if not is_words:
        column = column.dictionary_encode()
    # An empty or split column has no single array yet.
    if column.num_chunks == 1:
        found = column.chunk(0)
    else:
        found = column.unify_dictionaries().combine_chunks()
    if isinstance(found, pa.ChunkedArray):
        found = found.chunk(0) if found.num_chunks else pa.array([], column.type)
    _require_entries(found, name)
    if len(found.dictionary.unique()) < len(found.dictionary) or found.dictionary.null_count:
        found = found.cast(found.type.value_type).dictionary_encode()
    return found


def words_in(words: pa.DictionaryArray, name: str) -> tuple[str, ...]:
    """The entries of a dictionary; `ColumnWrong` where they are not UTF-8."""
    try:
        return tuple(words.dictionary.to_pylist())
    except UnicodeError as error:
        raise ColumnWrong(message("batch.column-damaged", column=name)) from error


def _require_entries(words: pa.DictionaryArray, name: str) -> None:
    """Refuses numbers that no entry of the dictionary has, as a damaged file may hold."""
    codes = words.indices.drop_null() if words.null_count else words.indices
    found = codes.to_numpy(zero_copy_only=False)
    # Without a sign, a number below 0 is above all others.
    plain = found.view(f"u{found.dtype.itemsize}")
    if len(plain) and int(plain.max()) >= len(words.dictionary):
        raise ColumnWrong(message("batch.column-damaged", column=name))


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )


def _codes(table: pa.Table, name: str, absent: str | None) -> tuple[Ints, tuple[str, ...]]:
    """Numbers and words of a column of text; nulls become `absent`, or are refused."""
    words = dictionary_of(table, name)
    known = words_in(words, name)
    if not words.null_count:
        return words.indices.to_numpy(zero_copy_only=False).astype(np.int64), known
    if absent is None:
        raise ColumnWrong(message("batch.column-null", column=name, count=words.null_count))
    return words.indices.fill_null(len(known)).to_numpy(zero_copy_only=False).astype(np.int64), (
        *known,
        absent,
    )


def _states(table: pa.Table) -> NDArray[np.int8]:
    codes, words = _codes(table, "state", None)
    return state_places(words)[codes]


def state_places(words: tuple[str, ...]) -> NDArray[np.int8]:
    """The place in `SEEN` of each word; `ColumnWrong` names those that are no state."""
    states = [STATE_WORDS.get(word.strip().casefold()) for word in words]
    wrong = tuple(word for word, state in zip(words, states, strict=True) if state is None)
    if wrong:
        raise ColumnWrong(message("batch.state-unknown", found=wrong[:5], states=SEEN))
    return np.array([SEEN.index(state) for state in states if state], dtype=np.int8)


def _integers(table: pa.Table, name: str, absent: int = 0, fill: int | None = None) -> Ints:
    """A column of times or numbers as int64; one that is absent is `absent` throughout."""
    if name not in table.column_names:
        return np.full(table.num_rows, absent, np.int64)
    return integers(table.column(name), name, fill)


def integers(column: pa.ChunkedArray, name: str, fill: int | None = None) -> Ints:
    """A column of times (as microseconds, UTC) or whole numbers as int64.

    Raises `ColumnWrong` for other types, for times without a zone, and for nulls where no `fill`
    stands for them.
    """
    kind = column.type
    try:
        if pa.types.is_timestamp(kind):
            if kind.tz is None:
                raise ColumnWrong(message("batch.column-no-zone", column=name))
            # Digits beyond the microsecond are cut off, as in every reader of evidence.
            column = column.cast(_TIME, safe=kind.unit != "ns").cast(pa.int64())
        elif pa.types.is_integer(kind):
            column = column.cast(pa.int64())
        elif pa.types.is_duration(kind):
            column = column.cast(pa.duration("us")).cast(pa.int64())
        elif pa.types.is_null(kind) and fill is not None:
            column = column.cast(pa.int64())
        else:
            raise ColumnWrong(message("batch.column-no-time", column=name, found=str(kind)))
    except pa.ArrowInvalid as error:
        raise ColumnWrong(
            message("batch.column-not-exact", column=name, found=str(kind), reason=str(error))
        ) from error
    if column.null_count:
        if fill is None:
            raise ColumnWrong(message("batch.column-null", column=name, count=column.null_count))
        column = column.fill_null(fill)
    found: Ints = column.to_numpy()
    return found
