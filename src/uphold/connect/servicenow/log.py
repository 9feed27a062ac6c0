"""Reading the log's rows: a CSV file with a header, one row for each change of an incident."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from uphold.connect.servicenow.report import Tally
from uphold.facts.problems import Place, Problem
from uphold.facts.types import nearest
from uphold.messages import Message, Reader

REQUIRED = (
    "number",
    "incident_state",
    "sys_updated_at",
    "opened_at",
    "assigned_to",
    "priority",
)
OPTIONAL = (
    "sys_created_at",
    "sys_updated_by",
    "assignment_group",
    "impact",
    "urgency",
    "contact_type",
    "caller_id",
    "reopen_count",
    "resolved_at",
    "made_sla",
)
_DELIMITERS = ",;\t"


class ConversionError(ValueError):
    """A file is no incident log at all; `problem` says why, where, and what would be right."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text(Reader("en")))
        self.problem = problem


@dataclass(frozen=True, slots=True)
class LogRow:
    """One row of the log as it stands; a column that is absent, empty or "?" is ""."""

    line: int
    number: str
    incident_state: str
    sys_updated_at: str
    opened_at: str
    assigned_to: str
    priority: str
    sys_created_at: str
    sys_updated_by: str
    assignment_group: str
    impact: str
    urgency: str
    contact_type: str
    caller_id: str
    reopen_count: str
    resolved_at: str
    made_sla: str


@dataclass(frozen=True, slots=True)
class Log:
    """The rows that could be read, in the file's order, and the columns that nothing reads."""

    rows: tuple[LogRow, ...]
    read: int
    unused_columns: tuple[str, ...]


def read_log(source: str | Path | IO[bytes], tally: Tally) -> Log:
    """The log of a path or stream of bytes; raises `ConversionError`, or OSError for a path."""
    if isinstance(source, str | Path):
        with open(source, "rb") as stream:
            return _read(stream, str(source), tally)
    name = getattr(source, "name", None)
    return _read(source, name if isinstance(name, str) else "log", tally)


def _read(stream: IO[bytes], file: str, tally: Tally) -> Log:
    text = _decoded(stream.read(), file)
    first, _, _ = text.partition("\n")
    delimiter = max(_DELIMITERS, key=first.count)
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines = _lines(cells, file)
    _, header = next(lines, (1, []))
    columns = [name.strip().lower() for name in header]
    _require_columns(columns, file)
    rows: list[LogRow] = []
    read = 0
    for line, values in lines:
        read += 1
        row = _row(line, columns, values, tally)
        if row is not None:
            rows.append(row)
    used = {*REQUIRED, *OPTIONAL}
    return Log(tuple(rows), read, tuple(name for name in columns if name not in used))


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode()) + 1
        told = {"byte": f"0x{content[error.start]:02x}"}
        message = Message("problem.facts-not-utf-8", told)
        hint = Message("hint.facts-utf-8")
        raise ConversionError(
            Problem("facts-not-utf-8", message, hint, Place(file, line, column))
        ) from None


def _lines(cells: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line of the file it begins on."""
    line = 1
    try:
        for values in cells:
            if values:
                yield line, values
            line = cells.line_num + 1  # type: ignore[attr-defined]  # csv.reader's own
    except csv.Error:
        message = Message("problem.servicenow-not-csv")
        hint = Message("hint.servicenow-csv")
        problem = Problem("servicenow-not-csv", message, hint, Place(file, line, 1))
        raise ConversionError(problem) from None


def _require_columns(columns: Sequence[str], file: str) -> None:
    missing = tuple(name for name in REQUIRED if name not in columns)
    if not missing:
        return
    message = Message("problem.servicenow-column-missing", {"columns": missing})
    near = tuple(dict.fromkeys(each for name in missing for each in nearest(name, columns)))
    hint = (
        Message("hint.fact-nearest", {"names": near})
        if near
        else Message("hint.servicenow-columns", {"columns": REQUIRED})
    )
    raise ConversionError(Problem("servicenow-column-missing", message, hint, Place(file, 1, 1)))


def _row(line: int, columns: Sequence[str], values: list[str], tally: Tally) -> LogRow | None:
    if len(values) != len(columns):
        tally.note("row-ragged", line)
        return None
    cells = {name: _cell(value) for name, value in zip(columns, values, strict=True)}
    row = LogRow(line, *(cells.get(name, "") for name in (*REQUIRED, *OPTIONAL)))
    if not row.number:
        tally.note("row-unnumbered", line)
        return None
    return row


def _cell(value: str) -> str:
    text = " ".join(value.split())
    return "" if text == "?" else text
