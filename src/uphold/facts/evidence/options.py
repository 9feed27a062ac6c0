"""What files of evidence do not say themselves, and the reader has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from uphold.facts.evidence.cell_error import problem_at
from uphold.facts.evidence.run import KINDS
from uphold.facts.problems import Place
from uphold.facts.types import nearest
from uphold.messages import Reader, message

Unit: TypeAlias = Literal["seconds", "milliseconds", "microseconds"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class UnknownColumn(ValueError):
    """A column of ours that there is not; `problem` names the nearest, or all."""

    def __init__(self, name: str) -> None:
        near = nearest(name, ROLES)
        self.problem = problem_at(
            Place(""),
            message("problem.evidence-role-unknown", found=name),
            message("hint.fact-nearest", names=near)
            if near
            else message("hint.evidence-roles", names=ROLES),
        )
        super().__init__(self.problem.text(Reader("en")))


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called in the file, where that is not what `COLUMN_NAMES` says."""

    checked_at: str | None = None
    check: str | None = None
    state: str | None = None
    source: str | None = None
    place: str | None = None
    kind: str | None = None
    interval: str | None = None
    milliseconds: str | None = None
    attempts: str | None = None
    failed: str | None = None
    good: str | None = None
    loss: str | None = None
    first: str | None = None
    last: str | None = None
    count: str | None = None

    @classmethod
    def of(cls, names: Mapping[str, str]) -> Columns:
        """The columns by our names for them; raises `UnknownColumn` for one that is not ours."""
        for name in names:
            if name not in ROLES:
                raise UnknownColumn(name)
        return cls(**names)

    def names(self, role: str) -> tuple[str, ...]:
        """What a column of ours may be called in the file."""
        given: str | None = getattr(self, role)
        return COLUMN_NAMES.get(role, (role,)) if given is None else (given,)


ROLES = tuple(each.name for each in fields(Columns))
COLUMN_NAMES = MappingProxyType(
    {
        "check": ("check", "service"),
        "milliseconds": ("milliseconds", "response_ms"),
        "attempts": ("attempts", "total"),
    }
)
"""Columns that go by two names; every other bears its own."""


def _no_names() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How files of evidence are to be read.

    `interval` (how often the checker looked, for rows of the kind that the options are about: a
    component's log beside it has no interval) and `change_log` (for how long a row holds at most,
    where only changes were recorded; None for ordinary checks) are microseconds above 0. `kind`
    and `source` are for rows that name none; without them the kind is `checks`, and the source
    is called as the kind is. `renames` gives new names to sources and checks, all at once. `zone`
    is the IANA name of the zone of times without an offset; `unit` says what numbers in place of
    times count since 1970-01-01T00:00Z. With `keep_going` sound rows are kept beside bad ones.
    `longest_gap` is that of `Evidence`.
    """

    columns: Columns = field(default_factory=Columns)
    interval: int | None = None
    change_log: int | None = None
    kind: str | None = None
    source: str | None = None
    renames: Mapping[str, str] = field(default_factory=_no_names)
    zone: str | None = None
    unit: Unit | None = None
    keep_going: bool = False
    longest_gap: int = 0

    def __post_init__(self) -> None:
        """ValueError for values that no file could be read with."""
        if self.kind is not None and self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no kind of evidence; kinds are {', '.join(KINDS)}")
        if self.unit is not None and self.unit not in UNITS:
            raise ValueError(f"{self.unit!r} is no unit of time; units are {', '.join(UNITS)}")
        for length in (self.interval, self.change_log):
            if length is not None and length <= 0:
                raise ValueError(f"{length} microseconds: an interval or a hold is above 0")

    @property
    def own_kind(self) -> str:
        """The kind that the options are about: that of rows which name none."""
        return self.kind or KINDS[0]

    def interval_of(self, kind: str) -> int | None:
        """How often looks of a kind were made, where their rows do not say so."""
        return self.interval if kind == self.own_kind else None
