"""Verdicts: what is owed, by when, and what became of it, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from uphold.engine.alert import Alert
from uphold.messages import Message


class State(StrEnum):
    """What has become of a promise."""

    NOT_STARTED = "not started"
    RUNNING = "running"
    HELD = "held"
    MET = "met"
    MISSED = "missed"
    UNKNOWN = "unknown"
    NOT_OWED = "not owed"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({State.NOT_STARTED, State.RUNNING, State.HELD})


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise for one thing, as of one instant.

    Times are aware datetimes in the zone of the clock's calendar; `used_us` and `left_us` count
    time that the clock runs in, in microseconds: working time for targets in business hours and
    working days, else elapsed time. `left_us` is negative when overdue. `promised_due` rests on
    what was known at the start alone; `due` on all that is known now, and is `provisional` while
    a hold is open or a release has not shipped. `because` holds the reasons in order, `alerts` the
    warnings that the clock asks for.
    """

    subject: str
    clock: str
    cycle: int
    state: State
    agreement: str
    revision: int
    clause: str
    starts: datetime | None = None
    due: datetime | None = None
    promised_due: datetime | None = None
    stopped: datetime | None = None
    used_us: int | None = None
    left_us: int | None = None
    provisional: bool = False
    standing: str = "promise"
    party: str = "provider"
    because: tuple[Message, ...] = ()
    alerts: tuple[Alert, ...] = ()

    @property
    def key(self) -> str:
        """Its name among verdicts: `request:1/response`, `request:1/update/3`."""
        base = f"{self.subject}/{self.clock}"
        return base if self.cycle == 1 else f"{base}/{self.cycle}"

    def leans_on(self, term: str) -> bool:
        """Whether a reason names the term."""
        return any(reason.data.get("term") == term for reason in self.because)

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON values: RFC 3339 times, seconds, reasons as ids with data."""
        return {
            "subject": self.subject,
            "clock": self.clock,
            "cycle": self.cycle,
            "state": str(self.state),
            "starts": _instant(self.starts),
            "due": _instant(self.due),
            "promised_due": _instant(self.promised_due),
            "stopped": _instant(self.stopped),
            "used_seconds": _seconds(self.used_us),
            "left_seconds": _seconds(self.left_us),
            "provisional": self.provisional,
            "standing": self.standing,
            "party": self.party,
            "agreement": self.agreement,
            "revision": self.revision,
            "clause": self.clause,
            "alerts": [alert.to_json() for alert in self.alerts],
            "because": [reason.to_json() for reason in self.because],
        }


def _instant(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _seconds(us: int | None) -> int | float | None:
    """Whole seconds as a whole number; parts of one as a decimal, for JSON alone."""
    if us is None:
        return None
    return us // 1_000_000 if us % 1_000_000 == 0 else us / 1_000_000


@dataclass(frozen=True, slots=True)
class Verdicts(Sequence[Verdict]):
    """The verdicts of one evaluation, ordered by subject, clock and cycle."""

    verdicts: tuple[Verdict, ...]
    _by_key: Mapping[str, Verdict] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {verdict.key: verdict for verdict in self.verdicts})

    def __len__(self) -> int:
        return len(self.verdicts)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def __getitem__(self, index: Any) -> Any:
        return self.verdicts[index]

    def get(self, key: str) -> Verdict | None:
        """The verdict `SUBJECT/CLOCK` or `SUBJECT/CLOCK/CYCLE`."""
        return self._by_key.get(key)

    def of(self, subject: str, clock: str | None = None) -> tuple[Verdict, ...]:
        """The verdicts of one subject, of one clock if it is named."""
        return tuple(
            verdict
            for verdict in self.verdicts
            if verdict.subject == subject and clock in (None, verdict.clock)
        )
