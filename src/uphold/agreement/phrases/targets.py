"""Targets: how much time there is, and how it is counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast

from uphold.agreement.phrases.conditions import PATH, Path, parse_path
from uphold.agreement.phrases.error import unreadable
from uphold.agreement.phrases.lengths import DURATION, Duration, parse_duration
from uphold.agreement.phrases.numbers import NAME, Percent, parse_percent
from uphold.worktime.durations import Working

TARGET_FORMS = (
    "8 business hours",
    "under 1 business hour",
    "5 working days",
    "at least 1 week before order.wanted",
    "next release",
    "best effort",
    "none",
)
_RELEASES = {"next": 1, "second": 2, "third": 3}


@dataclass(frozen=True, slots=True)
class TimeTarget:
    """Stop within the duration; `under` means that the full time is already a miss."""

    duration: Duration
    under: bool = False
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class LeadTarget:
    """Stop at least the duration before a planned time."""

    duration: Duration
    before: Path
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class ReleaseTarget:
    """Stop when the n-th release after the clock's start ships."""

    count: int
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class NoTarget:
    """Nothing is owed: `none`, or `best_effort`."""

    best_effort: bool = False

    def __str__(self) -> str:
        return "best effort" if self.best_effort else "none"


Target = TimeTarget | LeadTarget | ReleaseTarget | NoTarget


DayEnds = Literal["closing", "same time", "end of day"]


@dataclass(frozen=True, slots=True)
class DayRule:
    """How working and calendar days end; `hours` where a day is so many business hours."""

    ends: DayEnds
    hours: Working | None = None

    def __str__(self) -> str:
        return str(self.hours) if self.hours else self.ends


@dataclass(frozen=True, slots=True)
class Alert:
    """A warning at a share of the time, or a stretch of time before due."""

    share: Percent | None = None
    before: Duration | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


def parse_target(text: str) -> Target:
    """One target, as `TARGET_FORMS` show them."""
    text = text.strip()
    if text in ("none", "best effort"):
        return NoTarget(best_effort=text == "best effort")
    release = re.fullmatch(r"(next|second|third) release", text)
    if release:
        return ReleaseTarget(_RELEASES[release[1]], text)
    lead = re.fullmatch(rf"at least ({DURATION}) before ({PATH})", text)
    if lead:
        return LeadTarget(parse_duration(lead[1]), parse_path(lead[2]), text)
    prefix = re.match(r"(within|at most|under) ", text)
    if not prefix and not re.match(r"\d|an? |-", text):
        raise unreadable(text, "target", TARGET_FORMS)
    duration = parse_duration(text[prefix.end() :] if prefix else text)
    return TimeTarget(duration, under=bool(prefix and prefix[1] == "under"), text=text)


def parse_day_rule(text: str) -> DayRule:
    """`closing`, `same time`, `end of day`, or `8 business hours`."""
    if text in ("closing", "same time", "end of day"):
        return DayRule(cast("DayEnds", text))
    duration = parse_duration(text)
    if not isinstance(duration, Working):
        raise unreadable(
            text, "day-rule", ("closing", "same time", "end of day", "8 business hours")
        )
    return DayRule("closing", duration)


def parse_hold(text: str) -> str:
    """`awaiting customer`; the cause is what request.awaiting carries."""
    match = re.fullmatch(rf"awaiting ({NAME}(?: {NAME})*)", text.strip())
    if not match:
        raise unreadable(text, "hold", ("awaiting customer", "awaiting remote access"))
    return match[1]


def parse_alert(text: str) -> Alert:
    """`75 %`, or `1 business hour before`."""
    match = re.fullmatch(rf"({DURATION}) before", text.strip())
    if match:
        return Alert(before=parse_duration(match[1]), text=text)
    return Alert(share=parse_percent(text), text=text)
