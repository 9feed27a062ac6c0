"""Weekly opening hours: read from text like {"mon-fri": "08:00-12:00, 13:00-17:00"}.

A shift is a pair of microseconds after the midnight its date begins with; one that
crosses midnight ends after 24 hours, and belongs to the date it begins on.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from uphold.worktime.errors import RepeatedWeekday, UnknownWeekday, UnreadableHours, nearest_names
from uphold.worktime.zone import DAY, SECOND

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER_OF = {name: n for names in (WEEKDAYS, _FULL_NAMES) for n, name in enumerate(names)}
_TIME = re.compile(r"([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?", re.ASCII)
_RIGHT = 'write "08:00-16:00", "08:00-12:00, 13:00-17:00", "22:00-06:00" or "00:00-24:00"'

Shift = tuple[int, int]
WeeklyHours = tuple[tuple[Shift, ...], ...]


def parse_hours(hours: Mapping[str, object]) -> WeeklyHours:
    """Return the shifts of Monday to Sunday.

    Keys are "mon", "mon-fri", "fri-mon" or "mon, wed"; a value is text or a list of
    texts; "closed" is no shift. A weekday named twice is an error.
    """
    if not isinstance(hours, Mapping):
        raise UnreadableHours(
            hours, "they are not given by weekday", 'write {"mon-fri": "08:00-16:00"}'
        )
    shifts: dict[int, tuple[Shift, ...]] = {}
    for key, value in hours.items():
        read = parse_shifts(value)
        for weekday in _weekdays(key):
            if weekday in shifts:
                raise RepeatedWeekday(WEEKDAYS[weekday])
            shifts[weekday] = read
    return tuple(shifts.get(weekday, ()) for weekday in range(7))


def parse_shifts(text: object) -> tuple[Shift, ...]:
    """Return the shifts of one day, in order; "closed" gives none."""
    whole = ", ".join(map(str, text)) if isinstance(text, (list, tuple)) else str(text)
    if whole.strip() == "closed":
        return ()
    shifts = sorted(_shift(part.strip(), whole) for part in whole.split(","))
    for (_, ends), (begins, _) in pairwise(shifts):
        if begins < ends:
            raise UnreadableHours(
                whole,
                f"the shift from {clock_text(begins)} begins before the "
                f"one up to {clock_text(ends)} has ended",
                "join them, or part them",
            )
    return tuple(shifts)


def clock_text(us: int) -> str:
    """Return microseconds after midnight as "08:00", "08:00:30" or "24:00"."""
    seconds = us // SECOND
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text if seconds % 60 == 0 else f"{text}:{seconds % 60:02}"


def shifts_text(shifts: tuple[Shift, ...]) -> str:
    """Return shifts as the text that `parse_shifts` reads."""
    if not shifts:
        return "closed"
    return ", ".join(f"{clock_text(begins)}-{_end_text(ends)}" for begins, ends in shifts)


def hours_mapping(hours: WeeklyHours) -> dict[str, str]:
    """Return weekly hours as the mapping that `parse_hours` reads, open days only."""
    return {WEEKDAYS[n]: shifts_text(shifts) for n, shifts in enumerate(hours) if shifts}


def parse_clock(text: str) -> int | None:
    """Return a "HH:MM" or "HH:MM:SS" up to 24:00 as microseconds; None if it is not one."""
    found = _TIME.fullmatch(text)
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups())
    us = (hour * 3600 + minute * 60 + second) * SECOND
    return us if minute < 60 and second < 60 and us <= DAY else None


def _end_text(us: int) -> str:
    return clock_text(us if us <= DAY else us - DAY)


def _shift(part: str, whole: str) -> Shift:
    begins_text, dash, ends_text = part.partition("-")
    if not dash:
        raise UnreadableHours(whole, f'"{part}" is not two times with a dash between', _RIGHT)
    begins = _clock(begins_text.strip(), whole)
    ends = _clock(ends_text.strip(), whole)
    if begins == DAY:
        raise UnreadableHours(whole, "a shift cannot begin at 24:00", 'begin it at "00:00"')
    if begins == ends:
        raise UnreadableHours(
            whole,
            f'"{part}" begins when it ends',
            'write "00:00-24:00" for a whole day, "closed" for none',
        )
    return begins, ends if ends > begins else ends + DAY


def _clock(text: str, whole: str) -> int:
    us = parse_clock(text)
    if us is None:
        raise UnreadableHours(whole, f'"{text}" is no time from 00:00 to 24:00', _RIGHT)
    return us


def _weekdays(key: object) -> list[int]:
    """Return the weekdays that a key names; a range may run over the weekend."""
    weekdays: list[int] = []
    for part in str(key).split(","):
        first_text, dash, last_text = part.partition("-")
        first = _weekday(first_text)
        last = _weekday(last_text) if dash else first
        weekdays += [(first + n) % 7 for n in range((last - first) % 7 + 1)]
    return weekdays


def _weekday(text: str) -> int:
    name = text.strip().casefold()
    if name not in _NUMBER_OF:
        raise UnknownWeekday(text.strip(), nearest_names(name, _NUMBER_OF))
    return _NUMBER_OF[name]
