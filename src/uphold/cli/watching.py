"""Options that say of evidence what its files do not say themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from cyclopts import Parameter

from uphold.agreement.problem import nearest
from uphold.cli.lengths import length
from uphold.cli.refusal import Refusal
from uphold.cli.times import instant, known_zone
from uphold.messages import message

KINDS = ("checks", "logs")
UNITS = ("seconds", "milliseconds", "microseconds")
Several = Annotated[tuple[str, ...], Parameter(consume_multiple=True)]


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Watching:
    """How evidence was taken, and how its tables are to be read.

    `rename` and `column` hold pairs as `OLD=NEW` and `OURS=THEIRS`.
    """

    interval: str | None = None
    change_log: str | None = None
    kind: str | None = None
    source: str | None = None
    rename: Several = ()
    column: Several = ()
    times_in: str | None = None
    unit: str | None = None
    start: str | None = None
    end: str | None = None
    step: str | None = None
    keep_going: bool = False

    def interval_us(self) -> int | None:
        """How often the checker looked, in microseconds."""
        return None if self.interval is None else length(self.interval, "--interval")

    def holds_us(self) -> int | None:
        """How long a row of a log of changes holds, in microseconds; None for ordinary checks."""
        return None if self.change_log is None else length(self.change_log, "--change-log")

    def known_kind(self) -> str | None:
        """The kind of evidence; raises `Refusal` for one that there is not."""
        return _one_of("--kind", self.kind, KINDS)

    def known_unit(self) -> str | None:
        """What numbers in place of times count; raises `Refusal` for a unit that there is not."""
        return _one_of("--unit", self.unit, UNITS)

    def zone(self) -> str | None:
        """The zone of times without an offset."""
        return None if self.times_in is None else known_zone(self.times_in)

    def begins(self) -> datetime | None:
        """From when a system is asked for its looks."""
        return None if self.start is None else instant(self.start, "--start", None)

    def ends(self) -> datetime | None:
        """Until when a system is asked for its looks."""
        return None if self.end is None else instant(self.end, "--end", None)

    def stepped(self, name: str) -> str:
        """The address with the step that it is to be asked in; any other name as it is.

        Prometheus has steps for ranges alone.
        """
        if self.step is None or "://" not in name or "step=" in name:
            return name
        seconds = Decimal(length(self.step, "--step")).scaleb(-6).normalize()
        way = "" if "method=" in name else "method=range&"
        return f"{name}{'&' if '?' in name else '?'}{way}step={seconds:f}"

    def renames(self) -> dict[str, str]:
        """New names of sources and checks, by the old ones."""
        return _pairs(self.rename, "--rename", "OLD=NEW")

    def columns(self) -> dict[str, str]:
        """The names that the columns bear in the file, by ours."""
        return _pairs(self.column, "--column", "checked_at=time")


def _one_of(option: str, given: str | None, known: tuple[str, ...]) -> str | None:
    if given is None or given in known:
        return given
    near = nearest(given, known)
    raise Refusal(
        message("cli.value-unreadable", name=option, found=given),
        message("cli.nearest", names=(near,) if near else known),
    )


def _pairs(given: tuple[str, ...], option: str, form: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for text in given:
        name, equals, other = text.partition("=")
        if not (equals and name.strip() and other.strip()):
            raise Refusal(
                message("cli.pair-unreadable", name=option, found=text),
                message("cli.pair-form", form=f"{option} {form}"),
            )
        if found.setdefault(name.strip(), other.strip()) != other.strip():
            raise Refusal(message("cli.pair-twice", name=option, found=name.strip()))
    return found
