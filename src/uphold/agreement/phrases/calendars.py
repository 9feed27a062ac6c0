"""Opening hours and references to calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uphold.agreement.phrases.conditions import Condition, parse_condition
from uphold.agreement.phrases.error import PhraseError, unreadable
from uphold.agreement.phrases.numbers import NAME

ALWAYS = "always"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)")


@dataclass(frozen=True, slots=True)
class Choice:
    """A calendar, and the condition under which it is the one."""

    calendar: str
    when: Condition | None = None

    def __str__(self) -> str:
        return f"{self.calendar} when {self.when}" if self.when else self.calendar


def parse_calendar_ref(text: str) -> str:
    """A calendar's name, `CLOCK.calendar`, or `always`."""
    if not re.fullmatch(NAME, text.strip()):
        raise unreadable(text, "calendar-ref", ("oslo-office", "response.calendar", ALWAYS))
    return text.strip()


def parse_choice(text: str) -> Choice:
    """`oslo-office when account.office is oslo`, or a calendar alone."""
    calendar, _, when = text.partition(" when ")
    return Choice(parse_calendar_ref(calendar), parse_condition(when) if when else None)


def parse_day_range(text: str) -> str:
    """`mon`, or `mon-fri`; days by their three English letters."""
    days = text.strip().lower().split("-")
    if len(days) > 2 or any(day not in DAYS for day in days):
        raise PhraseError("days-unreadable", found=text, days=", ".join(DAYS))
    return "-".join(days)


def parse_hours(text: str) -> str:
    """`08:00-12:00, 13:00-17:00`; an end that is not after its start lies on the next day."""
    spans = [span.strip() for span in text.split(",")]
    for span in spans:
        match = _SPAN.fullmatch(span)
        if not match or not all(_is_wall_time(time) for time in match.groups()):
            raise PhraseError("hours-unreadable", found=text, span=span)
    return ", ".join(spans)


def _is_wall_time(text: str) -> bool:
    hour, minute = int(text[:2]), int(text[3:])
    return (hour < 24 and minute < 60) or (hour == 24 and minute == 0)
