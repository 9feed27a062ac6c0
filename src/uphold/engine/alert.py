"""The warning of a clock: at which threshold, when, and whether it has been given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class AlertState(StrEnum):
    """What has become of a warning, as of the instant asked about."""

    PENDING = "pending"
    FIRED = "fired"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning for one cycle of a clock.

    `key` is its own among all warnings (subject, clock, cycle, threshold): whoever gives warnings
    gives each key once. `at` is an aware datetime in the zone of the clock's calendar; it may
    still move while the warning is pending, and is None where there is nothing to warn of.
    """

    key: tuple[str, str, int, str]
    at: datetime | None
    state: AlertState

    @property
    def threshold(self) -> str:
        """The threshold as the agreement writes it: `75 %`, `1 business hour before`."""
        return self.key[3]

    def to_json(self) -> dict[str, Any]:
        """The warning as JSON values, its time in RFC 3339."""
        return {
            "key": list(self.key),
            "threshold": self.threshold,
            "at": self.at.isoformat() if self.at else None,
            "state": str(self.state),
        }
