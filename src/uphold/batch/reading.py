"""From files of checks to runs: chunk by chunk in threads, joined at the end."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from uphold.batch.bounding import RunBound
from uphold.batch.faults import BatchError, ChecksMissing, ChunksInterleave, require_arrow
from uphold.batch.files import files_of
from uphold.batch.options import Options, Progress
from uphold.batch.rule import Rule
from uphold.messages import message

if TYPE_CHECKING:
    import pyarrow as pa

    from uphold.batch.chunks import Advance, Chunk

Series = tuple[str, str]
"""Source and check."""

_T = TypeVar("_T")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Report:
    """What was met on the way: nothing in it is wrong, and nothing of it was done in silence.

    `rows` were read in all; `dropped` of them lacked a column, by the column they lacked; looks
    that came twice were absorbed (`duplicates`); `steps_back` is how often a clock went back from
    one check of a series to the next; `interleaved` are the series whose checks lay across
    chunks and were read again to be sorted.
    """

    files: int
    rows: int
    dropped: tuple[tuple[str, int], ...]
    duplicates: int
    steps_back: int
    interleaved: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class BatchRuns:
    """The runs of files of checks as a table (`uphold.batch.kernel.runs_table`), and the report."""

    table: pa.Table
    report: Report


@dataclass(frozen=True, slots=True)
class _Read:
    """What one chunk gave."""

    runs: pa.Table
    rows: int
    nulls: dict[str, int]


def read_runs_of_checks(
    paths: Iterable[Path | str],
    rule: Rule,
    options: Options | None = None,
    progress: Progress | None = None,
) -> BatchRuns:
    """The runs of all checks in Parquet, CSV and JSON Lines files, and in folders of them.

    Memory is bounded by row groups and the number of runs. Any order of checks gives the same
    runs; checks out of order are sorted and reported, or refused if the options say so. Raises
    `BatchError`, whose text says in which file and what.
    """
    require_arrow()
    from uphold.batch.chunks import chunks_of
    from uphold.batch.kernel.joining import clashing_series, join, without

    chosen = options or Options()
    files = files_of(paths)
    chunks = [chunk for file in files for chunk in chunks_of(file, chosen)]
    advance = _advancing(progress, sum(file.size for file in files))
    with _threads(chosen) as pool:
        bound = RunBound(chosen.most_runs)
        read = _each(pool, lambda chunk: _first_pass(chunk, rule, chosen, advance, bound), chunks)
        found = [each.runs for each in read]
        clashing = clashing_series(found)
        if clashing and chosen.unsorted == "refuse":
            join(found)
        if clashing:
            again = _second_pass(
                pool, list(zip(chunks, found, strict=True)), clashing, rule, chosen
            )
            found = [without(runs, clashing) for runs in found]
            found += list(again)
    table = join(found)
    return BatchRuns(table, _report(len(files), read, table, clashing))


def _first_pass(
    chunk: Chunk, rule: Rule, options: Options, advance: Advance, bound: RunBound
) -> _Read:
    from uphold.batch.kernel.looks import nulls_of
    from uphold.batch.kernel.runs import runs_of

    found, rows = [], 0
    nulls: dict[str, int] = {}
    in_order = options.unsorted == "refuse"
    for table in chunk.tables(options, advance):
        rows += table.num_rows
        try:
            _count(nulls, {chunk.names[name]: n for name, n in nulls_of(table).items()}, options)
            runs = runs_of(table, rule, source=options.source, nulls="drop", sort=not in_order)
            bound.count(runs)
            found.append(runs)
        except BatchError as error:
            error.name_file(str(chunk.file.path))
            raise
    return _Read(_together(found, options), rows, nulls)


def _count(counted: dict[str, int], more: dict[str, int], options: Options) -> None:
    """Counts rows that lack a column, or refuses them."""
    for name, count in more.items():
        if count and options.nulls == "refuse":
            raise ChecksMissing(message("batch.checks-missing", column=name, count=count))
        counted[name] = counted.get(name, 0) + count


def _together(found: Sequence[pa.Table], options: Options) -> pa.Table:
    """The runs of a chunk's tables, joined where they can be; the last join says the rest."""
    from uphold.batch.kernel.joining import join
    from uphold.batch.kernel.runs_table import empty_runs

    if len(found) == 1:
        return found[0]
    if not found:
        return empty_runs()
    try:
        return join(found)
    except ChunksInterleave:
        if options.unsorted == "refuse":
            raise
        import pyarrow as pa

        return pa.concat_tables(found)


def _second_pass(
    pool: ThreadPoolExecutor,
    first: Sequence[tuple[Chunk, pa.Table]],
    clashing: Sequence[Series],
    rule: Rule,
    options: Options,
) -> Iterator[pa.Table]:
    """The runs of series whose checks lie across chunks: read again, and sorted as a whole."""
    import pyarrow as pa

    from uphold.batch.kernel.runs import runs_of

    for some, chunks in _groups(first, clashing, options.at_once):
        wanted = frozenset(some)
        parts = _each(pool, partial(_only, wanted, options), chunks)
        tables = [table for part in parts for table in part]
        whole = pa.concat_tables(tables, promote_options="default").unify_dictionaries()
        yield runs_of(_with_source(whole, options), rule, source=options.source, nulls="drop")


def _with_source(table: pa.Table, options: Options) -> pa.Table:
    """The table, with a source where only some of its chunks had one."""
    from uphold.batch.shaping import filled

    if "source" not in table.column_names:
        return table
    place = table.schema.get_field_index("source")
    return table.set_column(place, "source", filled(table.column("source"), options.source))


def _groups(
    first: Sequence[tuple[Chunk, pa.Table]], clashing: Sequence[Series], at_once: int
) -> Iterator[tuple[list[Series], list[Chunk]]]:
    """Series that may be held at one time, and the chunks in which they are."""
    from uphold.batch.kernel.joining import looks_by_series

    wanted = frozenset(clashing)
    places: dict[Series, list[int]] = {series: [] for series in clashing}
    counts: dict[Series, int] = dict.fromkeys(clashing, 0)
    for place, (_, runs) in enumerate(first):
        for series, count in looks_by_series(runs).items():
            if series in wanted:
                places[series].append(place)
                counts[series] += count
    some: list[Series] = []
    for series in clashing:
        if some and sum(counts[each] for each in some) + counts[series] > at_once:
            yield some, _chunks_at(first, places, some)
            some = []
        some.append(series)
    yield some, _chunks_at(first, places, some)


def _chunks_at(
    first: Sequence[tuple[Chunk, pa.Table]], places: dict[Series, list[int]], some: list[Series]
) -> list[Chunk]:
    return [first[place][0] for place in sorted({each for one in some for each in places[one]})]


def _only(wanted: frozenset[Series], options: Options, chunk: Chunk) -> list[pa.Table]:
    from uphold.batch.kernel.looks import rows_of_series

    return [
        rows_of_series(table, wanted, options.source)
        for table in chunk.tables(options, lambda _: None)
    ]


def _threads(options: Options) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(options.threads or os.cpu_count() or 1, "uphold-batch")


def _each(pool: ThreadPoolExecutor, work: Callable[[_T], _R], items: Iterable[_T]) -> list[_R]:
    """The work done on every item; the first error, in the order of items, ends it."""
    futures = [pool.submit(work, item) for item in items]
    try:
        return [future.result() for future in futures]
    except BaseException:
        for future in futures:
            future.cancel()
        raise


def _advancing(progress: Progress | None, total: int) -> Advance:
    if progress is None:
        return lambda _: None
    lock = Lock()
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        with lock:
            done += more
            progress(min(done, total), total)

    return advance


def _report(
    files: int, read: Sequence[_Read], table: pa.Table, clashing: tuple[Series, ...]
) -> Report:
    names = dict.fromkeys(name for each in read for name in each.nulls)
    totals = ((name, sum(each.nulls.get(name, 0) for each in read)) for name in names)
    return Report(
        files=files,
        rows=sum(each.rows for each in read),
        dropped=tuple((name, count) for name, count in totals if count),
        duplicates=sum(table.column("duplicates").to_pylist()),
        steps_back=sum(table.column("steps_back").to_pylist()),
        interleaved=clashing,
    )
