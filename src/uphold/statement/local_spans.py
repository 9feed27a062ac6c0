"""A statement's window in another zone: August is August by the clocks of each agreement."""

from __future__ import annotations

from collections.abc import Sequence

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.json_values import calendar_in
from uphold.engine.measure.spans import Span
from uphold.statement.about import About
from uphold.worktime.zone import ZoneTable


class LocalSpans:
    """The window from the same wall time to the same wall time in each zone.

    Zones are those that the agreements were written out with; no installed table is read.
    """

    def __init__(self, about: About, agreements: Sequence[Agreement]) -> None:
        self._span = about.start, about.end
        self._agreements = agreements
        self._home = self._table(about.zone)
        self._found: dict[str, Span] = {about.zone: self._span}

    def of(self, zone: str) -> Span:
        """The window in a zone, in microseconds; as it is where the zone is not written out."""
        if zone not in self._found:
            there = self._table(zone)
            self._found[zone] = self._span
            if self._home is not None and there is not None:
                start, end = (there.opening_us(self._home.wall_us(edge)) for edge in self._span)
                self._found[zone] = start, end
        return self._found[zone]

    def _table(self, zone: str) -> ZoneTable | None:
        tables = (calendar_in(agreement, zone).zone for agreement in self._agreements)
        return next((table for table in tables if table.name == zone), None)
