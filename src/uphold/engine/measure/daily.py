"""The days of a figure's window: how much of each was owed, down, unknown and left out.

Cut from the same totals as the figure, so that the days of a window add up to what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from uphold.engine.measure.figure import Figure
from uphold.engine.measure.figuring import Measuring
from uphold.engine.measure.measuring import Measured
from uphold.engine.measure.promises import Promised
from uphold.engine.measure.rows import Row
from uphold.engine.measure.tally import amounts
from uphold.worktime.zone import DAY, day_date


@dataclass(frozen=True, slots=True)
class Day:
    """One date of a window, in the window's zone.

    Lengths are microseconds: `length` is the part of the date that the figure is for (0 outside
    the account's life, and behind the instant asked about); `down`, `unknown` and `excluded` lie
    in it. Of a mean of parts they are the means of the parts' lengths, cut off to the microsecond.
    """

    date: date
    length: int
    down: int
    unknown: int
    excluded: int


def days_of(measured: Measured, figure: Figure) -> tuple[Day, ...]:
    """Every date of the figure's whole window, in order; empty for a figure of other evidence."""
    found = _cut_from(measured, figure)
    if found is None:
        return ()
    row, promised = found
    zone, window = promised.calendar.zone, figure.window
    measuring = row.measuring(promised)
    first, last = zone.day_of(window.whole[0]), zone.day_of(window.whole[1] - 1)
    days = []
    for number in range(first, last + 1):
        start = max(zone.opening_us(number * DAY), window.start)
        end = min(zone.opening_us((number + 1) * DAY), window.end)
        days.append(_day(measuring, day_date(number), start, end))
    return tuple(days)


def _day(measuring: Measuring, day: date, start: int, end: int) -> Day:
    if start >= end:
        return Day(day, 0, 0, 0, 0)
    parts = tuple(amounts(tally, start, end) for tally in measuring.tallies)
    down, unknown, owed = (
        sum(lengths) // len(parts)
        for lengths in zip(*((each.down, each.unknown, each.owed) for each in parts), strict=True)
    )
    return Day(day, end - start, down, unknown, end - start - owed)


def _cut_from(measured: Measured, figure: Figure) -> tuple[Row, Promised] | None:
    """The row and the term that a figure was made with."""
    for row in measured.rows:
        if (row.life.name, row.life.customer) != (figure.account, figure.customer):
            continue
        for promised in row.promised:
            agreement = promised.agreement
            if (agreement.name, agreement.revision, promised.term.name, promised.service) == (
                figure.agreement,
                figure.revision,
                figure.term,
                figure.service,
            ):
                return row, promised
    return None
