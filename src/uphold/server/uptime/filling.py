"""What somebody filled in, read into the values that facts hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

from uphold.facts.times import from_datetime
from uphold.messages import message
from uphold.server.desk.shapes import Wrong
from uphold.server.uptime.kinds import KINDS
from uphold.server.uptime.shapes import Values
from uphold.worktime.zone import day_number, zone_table

LONGEST_TITLE: Final = 200
LONGEST_WORDS: Final = 20_000
MOST_NAMES: Final = 1_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS: Final = range(1971, 2199)
_SEPARATORS: Final = re.compile(r"[,;\n\r]+")


class Filled:
    """Reads the fields of one form and gathers what is wrong with them."""

    def __init__(self, values: Values, zone: str) -> None:
        self._values = values
        self._zone = zone
        self.wrong: list[Wrong] = []

    def text(self, name: str, most: int = 100, *, required: bool = False) -> str:
        """A text without white space around it."""
        raw = self._values.get(name)
        found = raw.strip() if isinstance(raw, str) else ""
        if not found and required:
            self.wrong.append(Wrong(name, message("uptime.wrong-missing")))
        if len(found) > most:
            self.wrong.append(Wrong(name, message("uptime.wrong-long", most=most)))
        return found[:most]

    def kind(self) -> str:
        """One of the kinds of maintenance."""
        found = self.text("kind", required=True)
        if found and found not in KINDS:
            self.wrong.append(Wrong("kind", message("uptime.wrong-kind", found=found)))
        return found

    def names(self, name: str, known: Iterable[str] | None = None) -> list[str]:
        """A list of names, given as a list or as a text with commas or lines; each once.

        With `known` names others are wrong.
        """
        raw = self._values.get(name)
        texts = [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []
        parts = [
            part for text in texts if isinstance(text, str) for part in _SEPARATORS.split(text)
        ]
        found = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
        if len(found) > MOST_NAMES:
            self.wrong.append(Wrong(name, message("uptime.wrong-many", most=MOST_NAMES)))
        allowed = None if known is None else set(known)
        strange = [each for each in found if allowed is not None and each not in allowed]
        if strange:
            told = message("uptime.wrong-names", names=tuple(strange[:5]))
            self.wrong.append(Wrong(name, told))
        return found[:MOST_NAMES]

    def time(self, name: str, *, required: bool = False) -> int | None:
        """An instant in microseconds (UTC): RFC 3339, or a local time of the reader's zone.

        A local time in the spring gap moves to the gap's end; of a repeated one the first counts.
        """
        raw = self.text(name, 40, required=required)
        if not raw:
            return None
        try:
            found = datetime.fromisoformat(raw)
        except ValueError:
            found = None
        if found is None or found.year not in _YEARS:
            self.wrong.append(Wrong(name, message("uptime.wrong-time", found=raw)))
            return None
        return from_datetime(found) if found.tzinfo else self._local(found)

    def _local(self, wall: datetime) -> int:
        day = day_number(wall.date())
        table = zone_table(self._zone, day - 2, day + 2)
        since = wall.replace(tzinfo=UTC) - _EPOCH
        return table.opening_us(since // timedelta(microseconds=1))
