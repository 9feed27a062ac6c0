"""Notices, retention and amendments: times before a plan, after an event, and between events."""

from __future__ import annotations

import re
from dataclasses import dataclass

from uphold.agreement.phrases.conditions import PATH, Path, parse_path
from uphold.agreement.phrases.error import unreadable
from uphold.agreement.phrases.lengths import DURATION, Duration, parse_duration
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed

NOTICE_FORMS = (
    "at least 2 weeks before planned start",
    "within 1 business hour",
    "the same day",
    "the same day, or out of hours on the next working day",
    "the next working day",
)
_WEEK = 7 * 24 * 3_600_000_000
_EVERY: dict[str, Elapsed | CalendarMonths] = {
    "minute": Elapsed(60_000_000),
    "hour": Elapsed(3_600_000_000),
    "day": Elapsed(_WEEK // 7),
    "week": Elapsed(_WEEK),
    "month": CalendarMonths(1),
}


@dataclass(frozen=True, slots=True)
class Lead:
    """At least a duration before a planned time; `before` is None for the planned start."""

    duration: Duration
    before: Path | None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Promptly:
    """Within a duration, on the same day, or on the next working day."""

    within: Duration | None = None
    same_day: bool = False
    next_day_out_of_hours: bool = False
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Every:
    """No gap longer than this: `every week` is seven times 24 hours."""

    gap: Elapsed | CalendarDays | CalendarMonths
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Kept:
    """Kept at least so long."""

    duration: Duration
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class InForce:
    """When a posted revision takes effect: at once, or after a notice."""

    after: Duration | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


Notice = Lead | Promptly


def parse_notice(text: str) -> Notice:
    """One notice, as `NOTICE_FORMS` show them."""
    text = text.strip()
    lead = re.fullmatch(rf"at least ({DURATION}) before (planned start|in force|{PATH})", text)
    if lead:
        return Lead(parse_duration(lead[1]), _before(lead[2]), text)
    if text == "the next working day":
        return Promptly(next_day_out_of_hours=True, text=text)
    day = re.fullmatch(r"the same day(, or out of hours on the next working day)?", text)
    if day:
        return Promptly(same_day=True, next_day_out_of_hours=bool(day[1]), text=text)
    if text.startswith("within "):
        return Promptly(within=parse_duration(text[7:]), text=text)
    raise unreadable(text, "notice", NOTICE_FORMS)


def _before(text: str) -> Path | None:
    if text == "planned start":
        return None
    return Path("agreement", "in_force") if text == "in force" else parse_path(text)


def parse_every(text: str) -> Every:
    """`every week`, `every 4 hours`; a bare day or week here is that many times 24 hours."""
    match = re.fullmatch(r"every (.+)", text.strip())
    if match and match[1] in _EVERY:
        return Every(_EVERY[match[1]], text)
    if match:
        duration = parse_duration(match[1])
        if isinstance(duration, Elapsed | CalendarDays | CalendarMonths):
            return Every(duration, text)
    raise unreadable(text, "every", ("every week", "every hour", "every 4 hours"))


def parse_kept(text: str) -> Kept:
    """`at least 20 calendar days`."""
    match = re.fullmatch(r"at least (.+)", text.strip())
    if not match:
        raise unreadable(text, "kept", ("at least 20 calendar days",))
    return Kept(parse_duration(match[1]), text)


def parse_in_force(text: str) -> InForce:
    """`from posted`, or `30 calendar days after posted`."""
    if text.strip() == "from posted":
        return InForce(text=text)
    match = re.fullmatch(rf"({DURATION}) after posted", text.strip())
    if not match:
        raise unreadable(text, "in-force", ("from posted", "30 calendar days after posted"))
    return InForce(parse_duration(match[1]), text)
