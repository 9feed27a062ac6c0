"""Measuring: what is down, which evidence counts, over which window."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from uphold.agreement.phrases.error import unreadable
from uphold.agreement.phrases.lengths import DURATION, Duration, parse_duration, parse_elapsed
from uphold.agreement.phrases.numbers import NUMBER, Percent, parse_percent
from uphold.worktime.durations import CalendarDays, CalendarMonths, Elapsed

_P = rf"{NUMBER} ?%"
SourceKind = Literal["checks", "logs", "reports"]
_FRAMES = (
    "component log",
    "first failed to next good check",
    "overlap",
    "union",
    "a person's judgement",
)


@dataclass(frozen=True, slots=True)
class PartsRule:
    """How many parts must be down; `least` None means all of them."""

    least: int | None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of evidence; `interval` for checks."""

    kind: SourceKind
    interval: Elapsed | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Agreed:
    """Sets of evidence, any of which settles an outage: (kind, least number) pairs."""

    any_of: tuple[tuple[tuple[str, int], ...], ...]
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Frame:
    """Which evidence says when an outage began and ended, in order of preference."""

    order: tuple[str, ...]
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class DownWhen:
    """What an indicator counts as down (or slow).

    kind: `failed`, `loss`, `slower` (over `threshold`), each by `share` within `slice`; or
    `checks`, `count` of them in a row.
    """

    kind: str
    share: Percent | None = None
    slice: Elapsed | None = None
    threshold: Elapsed | None = None
    count: int = 0
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class WindowOf:
    """The stretch of time one figure is for: a named period, or a length."""

    period: str | None = None
    length: CalendarDays | CalendarMonths | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A least share: `at least 99.9 %`."""

    share: Percent
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Counts:
    """Which outages count: all, or those of at least a duration."""

    least: Elapsed | None = None
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class CutOff:
    """How many decimals are printed; the rest is cut off, never rounded up."""

    decimals: int
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quota:
    """At most so much in each period."""

    duration: Duration
    period: str
    text: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Attempts:
    """A least number of attempts."""

    count: int
    text: str = ""

    def __str__(self) -> str:
        return self.text


def parse_parts_rule(text: str) -> PartsRule:
    """`any part is down`, `all parts are down`, `at least 2 parts are down`."""
    text = text.strip()
    if text == "any part is down":
        return PartsRule(1, text)
    if text == "all parts are down":
        return PartsRule(None, text)
    match = re.fullmatch(r"at least (\d+) parts are down", text)
    if not match:
        raise unreadable(text, "parts-rule", ("any part is down", "at least 2 parts are down"))
    return PartsRule(int(match[1]), text)


def parse_source(text: str) -> Source:
    """`every 1 minute` (checks), `component logs`, `customer reports`."""
    text = text.strip()
    if text == "component logs":
        return Source("logs", text=text)
    if text == "customer reports":
        return Source("reports", text=text)
    if text.startswith("every "):
        return Source("checks", parse_elapsed(text[6:]), text)
    raise unreadable(text, "source", ("every 1 minute", "component logs", "customer reports"))


def parse_agreed(text: str) -> Agreed:
    """`checks from 2 places, or checks and logs, or logs and reports`."""
    sets = []
    for part in re.split(r", or ", text.strip()):
        kinds = tuple(_evidence(word, text) for word in part.split(" and "))
        sets.append(kinds)
    return Agreed(tuple(sets), text)


def _evidence(text: str, whole: str) -> tuple[str, int]:
    match = re.fullmatch(r"(checks|logs|reports)(?: from (\d+) places)?", text.strip())
    if not match:
        raise unreadable(whole, "agreed", ("checks from 2 places, or checks and logs", "checks"))
    return match[1], int(match[2] or 1)


def parse_frame(text: str) -> Frame:
    """`component log if there is one, else first failed to next good check`."""
    order = re.split(r" if there is one, else ", text.strip())
    if any(frame not in _FRAMES for frame in order):
        raise unreadable(text, "frame", (*_FRAMES, "component log if there is one, else overlap"))
    return Frame(tuple(order), text)


def parse_down_when(text: str) -> DownWhen:
    """What counts as down: a share of attempts in a slice, or failed checks in a row."""
    text = text.strip()
    failed = re.fullmatch(rf"failed at least ({_P}) of attempts in ({DURATION})", text)
    if failed:
        return DownWhen("failed", parse_percent(failed[1]), parse_elapsed(failed[2]), text=text)
    loss = re.fullmatch(rf"packet loss of at least ({_P}) in ({DURATION})", text)
    if loss:
        return DownWhen("loss", parse_percent(loss[1]), parse_elapsed(loss[2]), text=text)
    slow = re.fullmatch(
        rf"slower than ({DURATION}|{NUMBER} milliseconds) for at least ({_P})"
        rf" of attempts in ({DURATION})",
        text,
    )
    if slow:
        share, part = parse_percent(slow[2]), parse_elapsed(slow[3])
        return DownWhen("slower", share, part, _threshold(slow[1]), text=text)
    row = re.fullmatch(r"(\d+) checks? (?:fails|in a row fail)", text)
    if row:
        return DownWhen("checks", count=int(row[1]), text=text)
    raise unreadable(
        text,
        "down-when",
        (
            "failed at least 10 % of attempts in 5 minutes",
            "1 check fails",
            "3 checks in a row fail",
        ),
    )


def _threshold(text: str) -> Elapsed:
    if text.endswith(" milliseconds"):
        return Elapsed(int(1000 * Decimal(text.split()[0])))
    return parse_elapsed(text)


def parse_window(text: str) -> WindowOf:
    """`calendar month`, `12 months`, `30 calendar days`, `contract year`."""
    text = text.strip()
    if text in ("calendar month", "calendar quarter", "calendar year", "contract year"):
        return WindowOf(period=text, text=text)
    forms = ("calendar month", "12 months", "30 calendar days", "contract year")
    if not re.fullmatch(DURATION, text):
        raise unreadable(text, "window", forms)
    length = parse_duration(text)
    if not isinstance(length, CalendarDays | CalendarMonths):
        raise unreadable(text, "window", forms)
    return WindowOf(length=length, text=text)


def parse_at_least(text: str) -> AtLeast:
    """`at least 99.9 %`."""
    match = re.fullmatch(r"at least (.+)", text.strip())
    if not match:
        raise unreadable(text, "at-least", ("at least 99.9 %",))
    return AtLeast(parse_percent(match[1]), text)


def parse_counts(text: str) -> Counts:
    """`all outages`, or `outages of at least 5 minutes`."""
    if text.strip() == "all outages":
        return Counts(text=text)
    match = re.fullmatch(rf"outages of at least ({DURATION})", text.strip())
    if not match:
        raise unreadable(text, "counts", ("all outages", "outages of at least 5 minutes"))
    return Counts(parse_elapsed(match[1]), text)


def parse_cut_off(text: str) -> CutOff:
    """`cut off after 3 decimals`."""
    match = re.fullmatch(r"cut off after (\d{1,2}) decimals?", text.strip())
    if not match:
        raise unreadable(text, "figure", ("cut off after 3 decimals",))
    return CutOff(int(match[1]), text)


def parse_quota(text: str) -> Quota:
    """`8 hours a month`."""
    match = re.fullmatch(rf"({DURATION}) a (week|month|year)", text.strip())
    if not match:
        raise unreadable(text, "quota", ("8 hours a month",))
    return Quota(parse_duration(match[1]), match[2], text)


def parse_attempts(text: str) -> Attempts:
    """`20 attempts`."""
    match = re.fullmatch(r"(\d{1,9}) attempts?", text.strip())
    if not match:
        raise unreadable(text, "attempts", ("20 attempts",))
    return Attempts(int(match[1]), text)


def parse_number(text: str) -> int:
    """`20`: a whole number of at most nine digits."""
    if not re.fullmatch(r"\d{1,9}", text.strip()):
        raise unreadable(text, "number", ("20",))
    return int(text)
