"""Upptime's records as CSV, a row for each look that was recorded."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final

from uphold.connect.adapter import SourceError
from uphold.connect.upptime.options import STATES, Options, look
from uphold.facts.evidence.run import Run
from uphold.facts.problems import Place, Problem
from uphold.facts.times import TimeUnreadableError, parse_time
from uphold.facts.types import nearest
from uphold.messages import message

HEADER: Final = ("checked_at", "service", "state", "http_status", "response_ms")
_REQUIRED: Final = HEADER[:3]
_LONGEST_NUMBER: Final = 9
_LONGEST_QUOTE: Final = 80


def read_log(content: bytes, file: str, options: Options) -> tuple[list[Run], list[Problem], int]:
    """The looks of a file, the problems of rows that bear none, and how many rows there were."""
    cells = csv.reader(io.StringIO(_decoded(content, file), newline=""), strict=True)
    rows = _rows(cells, file)
    _, header = next(rows, (1, []))
    columns = [name.strip().lower() for name in header]
    _require_columns(columns, file)
    found: list[Run] = []
    problems: list[Problem] = []
    count = 0
    for line, values in rows:
        count += 1
        read = _row(dict(zip(columns, values, strict=False)), Place(file, line), options)
        if isinstance(read, Run):
            found.append(read)
        else:
            problems.append(read)
    return found, problems, count


def _decoded(content: bytes, file: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        byte = f"0x{content[error.start]:02x}"
        told = message("problem.facts-not-utf-8", byte=byte)
        hint = message("hint.facts-utf-8")
        raise SourceError(Problem("facts-not-utf-8", told, hint, Place(file, line))) from None


def _rows(cells: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line of the file it begins on."""
    line = 1
    try:
        for values in cells:
            if any(values):
                yield line, values
            line = cells.line_num + 1  # type: ignore[attr-defined]  # csv.reader's own
    except csv.Error:
        told = message("problem.upptime-not-csv")
        hint = message("hint.upptime-csv", columns=HEADER)
        raise SourceError(Problem("upptime-not-csv", told, hint, Place(file, line))) from None


def _require_columns(columns: Sequence[str], file: str) -> None:
    missing = tuple(name for name in _REQUIRED if name not in columns)
    if not missing:
        return
    near = tuple(dict.fromkeys(each for name in missing for each in nearest(name, columns)))
    hint = (
        message("hint.fact-nearest", names=near)
        if near
        else message("hint.upptime-csv", columns=HEADER)
    )
    told = message("problem.upptime-column-missing", columns=missing)
    raise SourceError(Problem("upptime-column-missing", told, hint, Place(file, 1)))


def _row(cells: dict[str, str], place: Place, options: Options) -> Run | Problem:
    if any(name not in cells for name in _REQUIRED):
        return Problem("upptime-row-short", message("problem.upptime-row-short"), None, place)
    service = cells["service"].strip()
    if not service:
        return Problem("upptime-unnamed", message("problem.upptime-unnamed"), None, place)
    at = record_time(cells["checked_at"], place)
    if isinstance(at, Problem):
        return at
    state = record_state(cells["state"], place)
    if isinstance(state, Problem):
        return state
    return look(options, service, at, state, whole(cells.get("response_ms", "")))


def record_time(text: str, place: Place) -> int | Problem:
    """When a record was made (us), or what is wrong with its time."""
    try:
        return parse_time(text.strip())
    except TimeUnreadableError:
        told = message("problem.upptime-time", found=text[:_LONGEST_QUOTE])
        return Problem("upptime-time", told, message("hint.upptime-time"), place)


def record_state(text: str, place: Place) -> str | Problem:
    """What a record saw, or what is wrong with its state."""
    state = text.strip().lower()
    if state in STATES:
        return state
    told = message("problem.upptime-state", found=text[:_LONGEST_QUOTE])
    return Problem("upptime-state", told, message("hint.upptime-states", names=STATES), place)


def whole(text: str) -> int | None:
    """A count of milliseconds, None where none stands."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST_NUMBER:
        return None
    return int(digits)
