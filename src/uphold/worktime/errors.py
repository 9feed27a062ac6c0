"""What can be wrong with a calendar or a question put to it.

Every error is a `CalendarError`, so a ValueError, with a `code` that never changes,
the `data` that a translated message is made from, and an English text.
"""

from collections.abc import Iterable, Sequence
from typing import ClassVar

Value = str | int | tuple[str, ...]


class CalendarError(ValueError):
    """A calendar that cannot be read, or a question it cannot answer."""

    code: ClassVar[str] = "calendar"

    def __init__(self, text: str, **data: Value) -> None:
        """Keep the English text and the data it was made from."""
        super().__init__(text)
        self.data: dict[str, Value] = data


class UnknownZone(CalendarError):
    """A time zone name that the IANA database does not hold."""

    code = "unknown-zone"

    def __init__(self, zone: object, near: Sequence[str] = ()) -> None:
        """Name the zone and the nearest valid names."""
        text = f'there is no time zone "{zone}"' + _nearest(near, "an IANA name like Europe/Oslo")
        super().__init__(text, zone=str(zone), near=tuple(near))


class UnknownHolidays(CalendarError):
    """A country or region code that no holidays are known for."""

    code = "unknown-holidays"

    def __init__(self, holidays: object, near: Sequence[str] = ()) -> None:
        """Name the code and the nearest valid ones."""
        text = f'no holidays are known for "{holidays}"'
        text += _nearest(near, 'a country like "NO", a region like "US-RI", dates, or a .ics path')
        super().__init__(text, holidays=str(holidays), near=tuple(near))


class HolidayFileProblem(CalendarError):
    """A .ics file that is missing, unreadable, or holds no event to use."""

    code = "holiday-file"

    def __init__(self, path: object, problem: str) -> None:
        """Name the file and what is wrong with it."""
        super().__init__(
            f'holidays cannot be read from "{path}": {problem}', path=str(path), problem=problem
        )


class UnreadableHours(CalendarError):
    """Weekly hours or hours of a day that cannot be read."""

    code = "unreadable-hours"

    def __init__(self, hours: object, problem: str, right: str) -> None:
        """Name the text, what is wrong with it, and what would be right."""
        super().__init__(
            f'the hours "{hours}" cannot be read: {problem}; {right}',
            hours=str(hours),
            problem=problem,
            right=right,
        )


class UnknownWeekday(CalendarError):
    """A key of weekly hours that names no weekday."""

    code = "unknown-weekday"

    def __init__(self, weekday: object, near: Sequence[str] = ()) -> None:
        """Name the key and the nearest weekday."""
        text = f'"{weekday}" names no weekday' + _nearest(near, 'days like "mon", "mon-fri"')
        super().__init__(text, weekday=str(weekday), near=tuple(near))


class RepeatedWeekday(CalendarError):
    """A weekday that two keys of weekly hours both name."""

    code = "repeated-weekday"

    def __init__(self, weekday: str) -> None:
        """Name the weekday."""
        super().__init__(
            f"the hours of {weekday} are given twice; give each weekday once, "
            'with all its shifts: "08:00-12:00, 13:00-17:00"',
            weekday=weekday,
        )


class UnreadableDay(CalendarError):
    """A holiday, closed or opened entry that cannot be read."""

    code = "unreadable-day"

    def __init__(self, where: str, entry: object, problem: str) -> None:
        """Name the list it stands in, the entry and what is wrong with it."""
        right = (
            '"2027-12-24"'
            if where == "holidays"
            else '"2027-12-24", "2027-12-24 12:00-16:00", "2027-12-24/2027-12-31" or '
            '"2027-12-24T12:00/2027-12-24T24:00"'
        )
        super().__init__(
            f"the entry {entry!r} of {where} cannot be read: {problem}; write {right}",
            where=where,
            entry=str(entry),
            problem=problem,
        )


class OpenedWithoutHours(CalendarError):
    """A whole date is opened whose weekday has no hours to open with."""

    code = "opened-without-hours"

    def __init__(self, date: str, weekday: str) -> None:
        """Name the date and its weekday."""
        super().__init__(
            f"{date} cannot be opened for its usual hours: {weekday} has none; "
            f'give the hours: "{date} 09:00-13:00"',
            date=date,
            weekday=weekday,
        )


class ClosedAndOpened(CalendarError):
    """The same date, or the same part of one, is both closed and opened."""

    code = "closed-and-opened"

    def __init__(self, closed: str, opened: str) -> None:
        """Name the two entries."""
        super().__init__(
            f'"{closed}" is closed and "{opened}" is opened at the same time; take one of them out',
            closed=closed,
            opened=opened,
        )


class NaiveDatetime(CalendarError):
    """A datetime without a zone: it names no instant."""

    code = "naive-datetime"

    def __init__(self, value: object) -> None:
        """Name the datetime."""
        super().__init__(
            f"{value} has no time zone, so it is no instant; give one, such as "
            f'datetime(..., tzinfo=ZoneInfo("Europe/Oslo"))',
            value=str(value),
        )


class EmptyCalendar(CalendarError):
    """A calendar that is never open in the time it is known for."""

    code = "empty-calendar"

    def __init__(self, calendar: str, since: str, until: str) -> None:
        """Name the calendar and the dates looked at."""
        super().__init__(
            f"{calendar} is never open from {since} to {until}, so no working "
            "time can be counted; give it hours",
            calendar=calendar,
            since=since,
            until=until,
        )


class OutOfRange(CalendarError):
    """An instant, given or asked for, outside what the calendar is known for.

    `direction` is "before" or "after".
    """

    code = "out-of-range"

    def __init__(
        self, calendar: str, since: str, until: str, direction: str, what: str, why: str
    ) -> None:
        """Name the calendar, its known dates, the side passed, and the question."""
        super().__init__(
            f"{what} lies {direction} what is known of {calendar}: its opening "
            f"hours are known from {since} to {until}, {why}",
            calendar=calendar,
            since=since,
            until=until,
            direction=direction,
            what=what,
            why=why,
        )
        self.direction = direction


class BadArray(CalendarError):
    """An array that is not instants or durations, or that does not fit the other."""

    code = "bad-array"

    def __init__(self, name: str, problem: str, right: str) -> None:
        """Name the argument, what is wrong with it, and what would be right."""
        super().__init__(f"{name}: {problem}; {right}", name=name, problem=problem, right=right)


class BadCount(CalendarError):
    """A count of days that is negative, or a rule for the last day that is unknown."""

    code = "bad-count"

    def __init__(self, problem: str, right: str) -> None:
        """Say what is wrong and what would be right."""
        super().__init__(f"{problem}; {right}", problem=problem, right=right)


class UnreadableForm(CalendarError):
    """A written-out calendar that this version cannot read."""

    code = "unreadable-form"

    def __init__(self, problem: str) -> None:
        """Say what is wrong with the written form."""
        super().__init__(
            f"this written-out calendar cannot be read: {problem}; write it anew with to_json()",
            problem=problem,
        )


def nearest_names(name: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Return the known names nearest to a mistaken one: same letters, else alike."""
    import difflib

    names = sorted(known)
    folded = name.casefold()[:100]
    same = [other for other in names if other.casefold() == folded]
    ending = [other for other in names if other.casefold().endswith("/" + folded)]
    if same or ending:
        return tuple(same + ending)[:limit]
    by_fold: dict[str, str] = {}
    for other in names:
        by_fold.setdefault(other.casefold(), other)
    found = difflib.get_close_matches(folded, by_fold, 3 * limit, 0.6)
    # Letters swapped are the commonest slip of all.
    found.sort(key=lambda other: sorted(other) != sorted(folded))
    alike = [by_fold[other] for other in found[:limit]]
    return tuple(alike)


def _nearest(near: Sequence[str], otherwise: str) -> str:
    """Return the tail of a message that says what would be right."""
    return f"; nearest: {', '.join(near)}" if near else f"; give {otherwise}"
