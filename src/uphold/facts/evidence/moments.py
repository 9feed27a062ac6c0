"""The times of looks as files write them, read to the microsecond."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from uphold.facts.checking import shown
from uphold.facts.evidence.cell_error import CellError
from uphold.facts.evidence.options import Unit
from uphold.facts.times import DAY, EPOCH, FIRST_US, LAST_US, SECOND, from_datetime
from uphold.messages import message
from uphold.worktime.zone import find_zone

# A date alone, in any of the spellings of ISO 8601, is no longer than this.
_LONGEST_DATE = len("2027-02-01")
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_FACTORS = {"seconds": SECOND, "milliseconds": 1_000, "microseconds": 1}


class Moments:
    """Reads the times of one reading: ISO 8601 with an offset, local to a zone, or numbers.

    Digits beyond the microsecond are cut off. A local time that the clock skipped or showed twice
    is refused: which instant it was, the row alone cannot say. Raises `UnknownZone` when made.
    """

    def __init__(self, zone: str | None, unit: Unit | None) -> None:
        self._zone_name = zone or ""
        self._zone: tzinfo | None = None if zone is None else find_zone(zone)
        self._factor = None if unit is None else _FACTORS[unit]

    def instant(self, text: str, column: str) -> int:
        """Microseconds since 1970-01-01T00:00Z; raises `CellError`, naming the column."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return self._unusual(text, column)
        if len(text) <= _LONGEST_DATE:
            return self._unusual(text, column)
        if moment.tzinfo is None:
            moment = self._zoned(moment, text, column)
        since = moment - EPOCH
        found = (since.days * 86_400 + since.seconds) * SECOND + since.microseconds
        if not FIRST_US <= found <= LAST_US:  # next to the ends an offset leads beyond them
            raise _unreadable(text, column)
        return found

    def _unusual(self, text: str, column: str) -> int:
        """A number, a text with spaces around it, or no time at all."""
        stripped = text.strip()
        if not stripped:
            raise CellError(
                message("problem.evidence-cell-empty", column=column),
                message("hint.evidence-time"),
            )
        if _NUMBER.fullmatch(stripped):
            return self._counted(stripped, column)
        if stripped != text:
            return self.instant(stripped, column)
        raise _unreadable(text, column)

    def _counted(self, text: str, column: str) -> int:
        if self._factor is None:
            raise CellError(
                message("problem.evidence-time-number", column=column, found=text),
                message("hint.evidence-unit"),
            )
        found = int(Decimal(text) * self._factor)
        if not FIRST_US <= found <= LAST_US:
            raise _unreadable(text, column)
        return found

    def _zoned(self, wall: datetime, text: str, column: str) -> datetime:
        if self._zone is None:
            raise CellError(
                message("problem.evidence-time-naive", column=column, found=shown(text)),
                message("hint.evidence-time-naive"),
            )
        at_greenwich = from_datetime(wall.replace(tzinfo=UTC))
        if not FIRST_US + 2 * DAY <= at_greenwich <= LAST_US - 2 * DAY:
            raise _unreadable(text, column)
        first, second = (wall.replace(tzinfo=self._zone, fold=fold) for fold in (0, 1))
        if first.utcoffset() == second.utcoffset():
            return first.astimezone(UTC)
        repeated = first.astimezone(UTC) < second.astimezone(UTC)
        told = {"column": column, "found": shown(text), "zone": self._zone_name}
        raise CellError(
            message("problem.evidence-time-repeated", **told)
            if repeated
            else message("problem.evidence-time-skipped", **told),
            message("hint.evidence-time"),
        )


def _unreadable(text: str, column: str) -> CellError:
    return CellError(
        message("problem.evidence-time-unreadable", column=column, found=shown(text)),
        message("hint.evidence-time"),
    )
