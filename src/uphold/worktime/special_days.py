"""Dates and stretches of time that a calendar closes or opens against its weekly hours.

An entry is one of three things, each with one text form that is also its JSON form:
whole dates ("2027-12-24", "2027-12-24/2027-12-31", the last one included), wall time
("2027-12-24T12:00/2027-12-24T24:00"), or instants (the same with "Z" or an offset).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from uphold.worktime.errors import (
    ClosedAndOpened,
    NaiveDatetime,
    UnreadableDay,
    UnreadableHours,
)
from uphold.worktime.hours import parse_clock, parse_shifts
from uphold.worktime.zone import DAY, SECOND, day_date, day_number

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_PARTS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ ]+(.*)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class WholeDays:
    """Dates by day number, the last included: the shifts that begin on them."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the text form."""
        first, last = day_date(self.first), day_date(self.last)
        return str(first) if first == last else f"{first}/{last}"


@dataclass(frozen=True, slots=True)
class WallStretch:
    """Wall time in the calendar's zone, half-open, in microseconds."""

    begins: int
    ends: int

    def __str__(self) -> str:
        """Return the text form."""
        return f"{_wall_text(self.begins)}/{_wall_text(self.ends)}"


@dataclass(frozen=True, slots=True)
class InstantStretch:
    """Instants in UTC, half-open, in microseconds."""

    begins: int
    ends: int

    def __str__(self) -> str:
        """Return the text form."""
        return f"{_wall_text(self.begins)}Z/{_wall_text(self.ends)}Z"


SpecialDay = WholeDays | WallStretch | InstantStretch


def parse_special_days(where: str, entries: object) -> tuple[SpecialDay, ...]:
    """Return the entries of `closed` or `opened` (`where` says which, for errors).

    An entry is a date or its text; a pair of dates, both included; a pair of datetimes
    (wall time if naive); a date with hours: (date, "12:00-16:00") or one text; or an
    ISO 8601 interval. One entry may stand without a list.
    """
    if isinstance(entries, (str, date)) or _is_pair(entries):
        entries = (entries,)
    if not isinstance(entries, Iterable):
        raise UnreadableDay(where, entries, "it is no list of entries")
    return tuple(found for entry in entries for found in _entry(where, entry))


def parse_date(where: str, entry: object) -> int:
    """Return the day number of a date or of a "YYYY-MM-DD"."""
    if isinstance(entry, date) and not isinstance(entry, datetime):
        return day_number(entry)
    if isinstance(entry, str) and _DATE.fullmatch(entry.strip()):
        try:
            return day_number(date.fromisoformat(entry.strip()))
        except ValueError:
            raise UnreadableDay(where, entry, "there is no such date") from None
    raise UnreadableDay(where, entry, "it is no date")


def refuse_contradictions(closed: Iterable[SpecialDay], opened: tuple[SpecialDay, ...]) -> None:
    """Raise ClosedAndOpened where entries of the same sort close and open the same time."""
    for shut in closed:
        for open_ in opened:
            if type(shut) is type(open_) and _overlap(shut, open_):
                raise ClosedAndOpened(str(shut), str(open_))


def _overlap(one: SpecialDay, other: SpecialDay) -> bool:
    if isinstance(one, WholeDays) and isinstance(other, WholeDays):
        return one.first <= other.last and other.first <= one.last
    if isinstance(one, WholeDays) or isinstance(other, WholeDays):
        return False
    return one.begins < other.ends and other.begins < one.ends


def _is_pair(entries: object) -> bool:
    """Tell a single pair from a list of two entries."""
    if not (isinstance(entries, tuple) and len(entries) == 2):
        return False
    first, second = entries
    if isinstance(first, datetime) and isinstance(second, datetime):
        return True
    return isinstance(first, (date, str)) and isinstance(second, str) and ":" in second[:5]


def _entry(where: str, entry: object) -> tuple[SpecialDay, ...]:
    if isinstance(entry, (tuple, list)):
        if len(entry) != 2:
            raise UnreadableDay(where, entry, "it is no pair")
        return _pair(where, entry, entry[0], entry[1])
    if isinstance(entry, str):
        text = entry.strip()
        begins, slash, ends = text.partition("/")
        if slash:
            return _pair(where, entry, begins.strip(), ends.strip())
        parts = _PARTS.fullmatch(text)
        if parts:
            return _hours_of(where, entry, parts[1], parts[2])
    number = parse_date(where, entry)
    return (WholeDays(number, number),)


def _pair(where: str, entry: object, begins: object, ends: object) -> tuple[SpecialDay, ...]:
    if isinstance(ends, str) and "-" in ends and _DATE.match(ends) is None:
        return _hours_of(where, entry, begins, ends)
    if _is_date(begins) and _is_date(ends):
        first, last = parse_date(where, begins), parse_date(where, ends)
        if last < first:
            raise UnreadableDay(where, entry, "its last date is before its first")
        return (WholeDays(first, last),)
    (start, start_is_instant), (end, end_is_instant) = (
        _moment(where, entry, value) for value in (begins, ends)
    )
    if start_is_instant != end_is_instant:
        raise UnreadableDay(where, entry, "only one of its two times has a zone")
    if end <= start:
        raise UnreadableDay(where, entry, "it ends no later than it begins")
    return (InstantStretch(start, end) if start_is_instant else WallStretch(start, end),)


def _is_date(value: object) -> bool:
    if isinstance(value, str):
        return _DATE.fullmatch(value.strip()) is not None
    return isinstance(value, date) and not isinstance(value, datetime)


def _hours_of(where: str, entry: object, day: object, hours: object) -> tuple[SpecialDay, ...]:
    midnight = parse_date(where, day) * DAY
    try:
        shifts = parse_shifts(hours)
    except UnreadableHours as error:
        raise UnreadableDay(where, entry, str(error)) from None
    return tuple(WallStretch(midnight + begins, midnight + ends) for begins, ends in shifts)


def _moment(where: str, entry: object, value: object) -> tuple[int, bool]:
    """Return microseconds, and whether they are an instant or else wall time."""
    if isinstance(value, str):
        day, separator, clock = value.strip().partition("T")
        us = parse_clock(clock) if separator else None
        if us is not None:
            return parse_date(where, day) * DAY + us, False
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            raise UnreadableDay(where, entry, f'"{value}" is no date and time') from None
    if not isinstance(value, datetime):
        raise UnreadableDay(where, entry, f"{value!r} is no date and time")
    if value.tzinfo is None:
        return wall_us(value), False
    return instant_us(value), True


def wall_us(value: datetime) -> int:
    """Return what a datetime's clock shows, as wall time in microseconds."""
    return (value.replace(tzinfo=UTC) - _EPOCH) // _MICROSECOND


def instant_us(value: datetime) -> int:
    """Return the instant of an aware datetime, or raise NaiveDatetime."""
    if not isinstance(value, datetime):
        raise TypeError(f"expected a datetime with a time zone, got {value!r}")
    try:
        return (value - _EPOCH) // _MICROSECOND
    except TypeError:
        raise NaiveDatetime(value) from None


def _wall_text(us: int) -> str:
    day, rest = divmod(us, DAY)
    seconds, fraction = divmod(rest, SECOND)
    text = f"{day_date(day)}T{seconds // 3600:02}:{seconds // 60 % 60:02}"
    if seconds % 60 or fraction:
        text += f":{seconds % 60:02}"
    return text + (f".{fraction:06}" if fraction else "")
