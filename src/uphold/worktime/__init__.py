"""Calendars and working-time arithmetic: when people work, and what is due when."""

from uphold.worktime.calendar import Calendar
from uphold.worktime.compiled import CompiledCalendar
from uphold.worktime.errors import (
    BadArray,
    BadCount,
    CalendarError,
    ClosedAndOpened,
    EmptyCalendar,
    HolidayFileProblem,
    NaiveDatetime,
    OpenedWithoutHours,
    OutOfRange,
    RepeatedWeekday,
    UnknownHolidays,
    UnknownWeekday,
    UnknownZone,
    UnreadableDay,
    UnreadableForm,
    UnreadableHours,
)

__all__ = [
    "BadArray",
    "BadCount",
    "Calendar",
    "CalendarError",
    "ClosedAndOpened",
    "CompiledCalendar",
    "EmptyCalendar",
    "HolidayFileProblem",
    "NaiveDatetime",
    "OpenedWithoutHours",
    "OutOfRange",
    "RepeatedWeekday",
    "UnknownHolidays",
    "UnknownWeekday",
    "UnknownZone",
    "UnreadableDay",
    "UnreadableForm",
    "UnreadableHours",
]
