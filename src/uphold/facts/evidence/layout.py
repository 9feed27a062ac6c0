"""Where the columns of a table of evidence stand, found once for its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.options import ROLES, Columns
from uphold.facts.types import nearest
from uphold.messages import Message, message

NAMING = ("kind", "place", "source", "check")
SEEING = ("kind", "state", "interval", "milliseconds", "attempts", "failed", "good", "loss")
SUMMING = ("first", "last", "count")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of ours: what it is, what the file calls it, and where it stands, from 0."""

    role: str
    name: str
    index: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of a table: when, of which series, what was seen, and how many looks at once.

    `when` is the column of the look's time, or None in a table of runs, whose `sums` are the
    columns `first`, `last` and `count` then.
    """

    width: int
    when: Column | None
    naming: tuple[Column, ...]
    seeing: tuple[Column, ...]
    sums: tuple[Column, ...]


def layout_of(header: Sequence[str], columns: Columns) -> Layout:
    """The layout of a table whose columns bear these names, in any case; others are passed over.

    Raises `CellError` where columns are missing, or where two could be meant.
    """
    names = [name.strip().casefold() for name in header]
    found = {role: column for role in ROLES if (column := _column(role, header, names, columns))}
    when = found.get("checked_at")
    sums = () if when else tuple(found[role] for role in SUMMING if role in found)
    _require(found, header, columns, summed=bool(sums))
    return Layout(
        len(header),
        when,
        tuple(found[role] for role in NAMING if role in found),
        tuple(found[role] for role in SEEING if role in found),
        sums,
    )


def _column(
    role: str, header: Sequence[str], names: Sequence[str], columns: Columns
) -> Column | None:
    wanted = [name.strip().casefold() for name in columns.names(role)]
    places = [place for place, name in enumerate(names) if name in wanted]
    if len(places) > 1:
        raise CellError(
            message(
                "problem.evidence-column-twice",
                column=role,
                columns=tuple(header[place] for place in places),
            ),
            message("hint.evidence-column-twice", column=role),
        )
    if places:
        return Column(role, header[places[0]].strip(), places[0])
    if getattr(columns, role) is not None:
        raise CellError(
            message("problem.evidence-columns-missing", columns=columns.names(role)),
            _what_there_is(columns.names(role), header),
        )
    return None


def _require(
    found: dict[str, Column], header: Sequence[str], columns: Columns, *, summed: bool
) -> None:
    """A look needs a time, a run its ends; either a check, and a state or counts to tell it by."""
    needed = [*(SUMMING if summed else ("checked_at",)), "check"]
    if not {"failed", "good"} & found.keys() or "attempts" not in found:
        needed.append("state")
    missing = tuple(columns.names(role)[0] for role in needed if role not in found)
    if missing:
        raise CellError(
            message("problem.evidence-columns-missing", columns=missing),
            _what_there_is(missing, header),
        )


def _what_there_is(missing: Sequence[str], header: Sequence[str]) -> Message:
    near = tuple(dict.fromkeys(each for name in missing for each in nearest(name, header)))
    if near:
        return message("hint.fact-nearest", names=near)
    there = tuple(name for name in header if name.strip())[:20]
    if not there:
        return message("hint.evidence-header")
    return message("hint.evidence-columns", columns=there)
