"""Runs and checks as Parquet files, in the encoding that reads fastest.

Times are packed as differences (DELTA_BINARY_PACKED), names and states as dictionaries whose
repetitions are counted, so that a compression on top gains nothing and costs time. Files of runs
say so in their schema's metadata, which is how they are recognised.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uphold.batch.faults import FileUnreadable, require_arrow
from uphold.facts.evidence import KINDS, SEEN, Measure, Run
from uphold.messages import message

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1 << 20
"""Rows of a row group: what a thread holds at a time, some 16 MB of checks."""

FORM = b"uphold.runs/1"
_FORM_KEY = b"uphold"
_MAGIC = b"PAR1"


def write_checks(path: Path | str, tables: Iterable[pa.Table]) -> int:
    """Writes chunks of checks (check, at, state, source, interval) and says how many there were.

    Sort them by source, check and time, or by time: both read fast. The columns are named as in
    every table of evidence: `checked_at` for the kernel's `at`. A table's rows stay one row group
    if they are at most `ROWS`.
    """
    require_arrow()
    import pyarrow as pa

    count = 0
    with _written(Path(path)) as open_writer:
        writer = None
        for table in tables:
            names = ["checked_at" if name == "at" else name for name in table.column_names]
            chunk = table.rename_columns(names)
            for name in ("check", "state", "source"):
                if name in names and not pa.types.is_dictionary(chunk.schema.field(name).type):
                    place = names.index(name)
                    chunk = chunk.set_column(place, name, chunk.column(name).dictionary_encode())
            if writer is None:
                writer = open_writer(chunk.schema, times=("checked_at",))
            writer.write_table(chunk, row_group_size=ROWS)
            count += chunk.num_rows
    return count


def write_runs(path: Path | str, runs: Iterable[Run]) -> int:
    """Writes runs and says how many; whoever has them sorted gets a file that is read sorted."""
    require_arrow()
    import pyarrow as pa

    rows = iter(runs)
    count = 0
    schema = _runs_schema()
    with _written(Path(path)) as open_writer:
        writer = open_writer(schema, times=("first", "last"))
        while some := list(islice(rows, ROWS)):
            writer.write_table(pa.Table.from_pylist([_row(run) for run in some], schema=schema))
            count += len(some)
    return count


def read_runs(path: Path | str) -> Iterator[Run]:
    """The runs of a file that `write_runs` wrote, in its order. Raises `FileUnreadable`."""
    require_arrow()
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path) as opened:
            if (opened.schema_arrow.metadata or {}).get(_FORM_KEY) != FORM:
                raise FileUnreadable(message("batch.file-no-runs", file=str(path)))
            for batch in opened.iter_batches(1 << 16):
                yield from map(_run, _as_numbers(batch).to_pylist())
    except (pa.ArrowException, OSError, UnicodeError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileUnreadable(
            message("batch.file-unreadable", file=str(path), reason=reason)
        ) from error


def is_runs_file(path: Path | str) -> bool:
    """Whether a file is Parquet and says that it holds runs; False for one that cannot be read."""
    try:
        with open(path, "rb") as stream:
            if stream.read(len(_MAGIC)) != _MAGIC:
                return False
    except OSError:
        return False
    require_arrow()
    import pyarrow as pa
    import pyarrow.parquet as parquet

    try:
        metadata = parquet.read_schema(path).metadata or {}
    except (pa.ArrowException, OSError):
        return False
    return bool(metadata.get(_FORM_KEY) == FORM)


def runs_in(table: pa.Table, kind: str = "checks") -> Iterator[Run]:
    """The rows of a table of runs of the kernel, as evidence for the engine."""
    for batch in table.to_batches(max_chunksize=1 << 16):
        for row in _as_numbers(batch).to_pylist():
            yield Run(
                kind,
                row["source"],
                row["check"],
                row["first"],
                row["last"],
                row["state"],
                row["interval"],
                row["count"],
            )


def _runs_schema() -> pa.Schema:
    import pyarrow as pa

    words, time = pa.dictionary(pa.int32(), pa.string()), pa.timestamp("us", "UTC")
    return pa.schema(
        [
            pa.field("kind", words, nullable=False),
            pa.field("source", words, nullable=False),
            pa.field("check", words, nullable=False),
            pa.field("first", time, nullable=False),
            pa.field("last", time, nullable=False),
            pa.field("state", words, nullable=False),
            pa.field("interval", pa.int64()),
            pa.field("count", pa.int64(), nullable=False),
            pa.field("attempts", pa.int64()),
            pa.field("failed", pa.int64()),
            pa.field("milliseconds", pa.int64()),
            # As text: the digits are kept as they were told.
            pa.field("loss", words),
        ],
        metadata={_FORM_KEY: FORM},
    )


def _row(run: Run) -> dict[str, Any]:
    measure = run.measure or Measure()
    return {
        "kind": run.kind,
        "source": run.source,
        "check": run.check,
        "first": run.first,
        "last": run.last,
        "state": run.state,
        "interval": run.interval,
        "count": run.count,
        "attempts": measure.attempts,
        "failed": measure.failed,
        "milliseconds": measure.milliseconds,
        "loss": None if measure.loss is None else str(measure.loss),
    }


def _run(row: dict[str, Any]) -> Run:
    """A row as a run; FileUnreadable where it cannot be one."""
    sound = (
        row["kind"] in KINDS
        and row["state"] in SEEN
        and row["first"] <= row["last"]
        and row["count"] >= 1
        and (row["interval"] is None or row["interval"] > 0)
    )
    if not sound:
        raise FileUnreadable(message("batch.run-impossible", found=str(row)))
    loss = row["loss"]
    measure = Measure(
        row["attempts"],
        row["failed"],
        row["milliseconds"],
        None if loss is None else Decimal(loss),
    )
    return Run(
        row["kind"],
        row["source"],
        row["check"],
        row["first"],
        row["last"],
        row["state"],
        row["interval"],
        row["count"],
        None if measure == Measure() else measure,
    )


def _as_numbers(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Times as whole microseconds, which is far faster than by way of datetimes."""
    import pyarrow as pa

    for name in ("first", "last"):
        place = batch.schema.get_field_index(name)
        batch = batch.set_column(place, name, batch.column(place).cast(pa.int64()))
    return batch


@contextmanager
def _written(path: Path) -> Iterator[Any]:
    """Opens a writer on a file beside the path, which takes its place once all is written."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    beside = path.with_name(f".{path.name}.{os.getpid()}")
    writers: list[parquet.ParquetWriter] = []

    def open_writer(schema: pa.Schema, times: tuple[str, ...]) -> parquet.ParquetWriter:
        words = [field.name for field in schema if pa.types.is_dictionary(field.type)]
        writer = parquet.ParquetWriter(
            beside,
            schema,
            compression="none",
            use_dictionary=words,
            column_encoding=dict.fromkeys(times, "DELTA_BINARY_PACKED"),
        )
        writers.append(writer)
        return writer

    try:
        yield open_writer
        for writer in writers:
            writer.close()
        if writers:
            beside.replace(path)
    finally:
        for writer in writers:
            if writer.is_open:
                writer.close()
        beside.unlink(missing_ok=True)
