"""A time zone with its changes of offset written out, so that no database is read later.

All times are integer microseconds: instants since 1970-01-01T00:00Z, wall times as if the
wall clock's reading were UTC, offsets east of Greenwich positive. A day number counts
dates since 1970-01-01.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from uphold.worktime.errors import UnknownZone, nearest_names

SECOND = 1_000_000
DAY = 86_400 * SECOND
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# These names mean whatever the machine is set to, so the same agreement would differ.
_MACHINE_NAMES = frozenset({"localtime", "posixrules", "Factory"})


def day_number(value: date) -> int:
    """Return the day number of a date."""
    return value.toordinal() - _EPOCH_ORDINAL


def day_date(number: int) -> date:
    """Return the date of a day number."""
    return date.fromordinal(number + _EPOCH_ORDINAL)


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """A zone's offsets over a stretch of time; outside the stretch the ends are extended.

    `transitions` are instants; `offsets[i]` holds from `transitions[i]` on.
    """

    name: str
    first_offset: int
    transitions: tuple[int, ...]
    offsets: tuple[int, ...]
    _offset_of: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _unclear_from: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _unclear_to: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out the stretch of wall time that each change skips or repeats."""
        every = (self.first_offset, *self.offsets)
        changes = tuple(zip(self.transitions, every, self.offsets, strict=False))
        object.__setattr__(self, "_offset_of", every)
        object.__setattr__(self, "_unclear_from", tuple(t + min(a, b) for t, a, b in changes))
        object.__setattr__(self, "_unclear_to", tuple(t + max(a, b) for t, a, b in changes))

    def offset_us(self, instant: int) -> int:
        """Return the offset in force at an instant."""
        return self._offset_of[bisect_right(self.transitions, instant)]

    def wall_us(self, instant: int) -> int:
        """Return what a wall clock shows at an instant."""
        return instant + self._offset_of[bisect_right(self.transitions, instant)]

    def day_of(self, instant: int) -> int:
        """Return the number of the local date that holds an instant."""
        return self.wall_us(instant) // DAY

    def opening_us(self, wall: int) -> int:
        """Return the instant that opens at a wall time.

        A time in the spring gap moves to the gap's end; of a repeated time the first counts.
        """
        return self._resolve(wall, second=False)

    def closing_us(self, wall: int) -> int:
        """Return the instant that closes at a wall time.

        A time in the spring gap moves to the gap's end; of a repeated time the second counts.
        """
        return self._resolve(wall, second=True)

    def _resolve(self, wall: int, second: bool) -> int:
        index = bisect_right(self._unclear_to, wall)
        before = self._offset_of[index]
        if index == len(self.transitions) or wall < self._unclear_from[index]:
            return wall - before
        after = self._offset_of[index + 1]
        if after > before:
            return self.transitions[index]
        return wall - (after if second else before)

    def local(self, instant: int) -> datetime:
        """Return an instant as an aware datetime that carries the zone's name and offset."""
        offset = self.offset_us(instant)
        fixed = timezone(timedelta(microseconds=offset), self.name)
        wall = _EPOCH + timedelta(microseconds=instant + offset)
        return wall.replace(tzinfo=fixed)


def find_zone(name: object) -> ZoneInfo:
    """Return the zone of an IANA name, or raise UnknownZone with the nearest names."""
    if isinstance(name, str) and _is_portable(name):
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise UnknownZone(name, nearest_names(name, _names())) from error
    raise UnknownZone(name, nearest_names(str(name), _names()))


@lru_cache(maxsize=64)
def zone_table(name: str, first_day: int, last_day: int) -> ZoneTable:
    """Write out a zone's changes of offset from one day number to another.

    Offsets are probed at each local midnight and each change is then found to the second,
    so only a change that is undone within a day could be missed; none is known.
    """
    zone = find_zone(name)
    one_day = timedelta(days=1)
    wall = datetime.combine(day_date(first_day), datetime.min.time(), zone)
    first_offset = offset = _offset(zone, wall)
    transitions: list[int] = []
    offsets: list[int] = []
    for _ in range(first_day, last_day):
        before, wall = wall, wall + one_day
        if _offset(zone, wall) != offset:
            transitions.append(_first_instant(zone, before, wall))
            offset = _offset(zone, wall)
            offsets.append(_microseconds(offset))
    return ZoneTable(name, _microseconds(first_offset), tuple(transitions), tuple(offsets))


def _first_instant(zone: ZoneInfo, before: datetime, after: datetime) -> int:
    """Return the first instant, to the second, at which `after`'s offset holds."""
    # A wall time in a gap is read with the old offset, yet is an instant of the new one.
    low = (before - _EPOCH) // timedelta(seconds=1) - DAY // SECOND
    high = (after - _EPOCH) // timedelta(seconds=1)
    offset = after.utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high * SECOND


def _offset(zone: ZoneInfo, wall: datetime) -> timedelta:
    offset = zone.utcoffset(wall)
    assert offset is not None
    return offset


def _microseconds(length: timedelta) -> int:
    return length // timedelta(microseconds=1)


def _is_portable(name: str) -> bool:
    """Tell whether a name means the same zone, without leap seconds, on every machine."""
    return bool(name) and name not in _MACHINE_NAMES and not name.startswith("right/")


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    from zoneinfo import available_timezones

    return frozenset(name for name in available_timezones() if _is_portable(name))
