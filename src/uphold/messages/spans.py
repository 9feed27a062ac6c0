"""Lengths of time in words: agreed durations, measured stretches, and how far off a thing is.

The unit words stand in our catalogues: the locale data that Babel brings has no Dutch hour and
no Polish short minute, and none has business hours or working days. The tests hold our words
against Babel's where it has them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from uphold.messages.vocabulary import Duration, Message, message
from uphold.worktime.durations import (
    CalendarDays,
    CalendarMonths,
    Elapsed,
    Working,
    WorkingDays,
)

_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR

# Up to here agreements count in the smaller unit: "90 minutes" is what they say, not "1 h 30 min".
_FEW: Final = 90

MESSAGE_IDS: Final = (
    *(f"duration.{unit}" for unit in ("hours", "minutes", "seconds")),
    *(f"duration.business-{unit}" for unit in ("hours", "minutes", "seconds")),
    *(f"span.{unit}" for unit in ("days", "hours", "minutes", "seconds")),
)


def duration_message(duration: Duration) -> Message:
    """An agreed duration in its own unit: "8 business hours", "2 working days", "90 minutes"."""
    match duration:
        case Elapsed(us):
            return _amount(us, "") or message("duration.elapsed", span=span_message(us))
        case Working(us):
            return _amount(us, "business-") or message("duration.working", span=span_message(us))
        case WorkingDays(n):
            return message("duration.working-days", count=n)
        case CalendarDays(n):
            return message("duration.calendar-days", count=n)
        case CalendarMonths(n):
            return message("duration.calendar-months", count=n)


def span_message(us: int) -> Message:
    """A measured stretch in hours, minutes and seconds, to the microsecond: "11 h 23 min 5 s".

    Hours are never gathered into days: a day of working time is as long as its calendar makes it.
    """
    parts = tuple(_exact_parts(abs(us))) or (message("span.minutes", count=0),)
    return _signed(us, _joined(parts))


def relative_message(us: int) -> Message:
    """How far off an instant is: "in 2 h 10 min", "3 min ago"; cut off, so never too hopeful."""
    if abs(us) < _SECOND:
        return message("relative.now")
    span = _joined(tuple(_coarse_parts(abs(us))))
    return message("relative.in" if us > 0 else "relative.ago", span=span)


def _amount(us: int, kind: str) -> Message | None:
    """The duration as a whole number of one unit, if an agreement would put it so."""
    size = abs(us)
    if size % _HOUR == 0:
        return Message(f"duration.{kind}hours", {"count": us // _HOUR})
    if size % _MINUTE == 0 and size <= _FEW * _MINUTE:
        return Message(f"duration.{kind}minutes", {"count": us // _MINUTE})
    if size % _SECOND == 0 and size <= _FEW * _SECOND:
        return Message(f"duration.{kind}seconds", {"count": us // _SECOND})
    return None


def _exact_parts(us: int) -> Iterator[Message]:
    hours, rest = divmod(us, _HOUR)
    minutes, rest = divmod(rest, _MINUTE)
    if hours:
        yield message("span.hours", count=hours)
    if minutes:
        yield message("span.minutes", count=minutes)
    if rest % _SECOND:
        yield message("span.seconds", count=Decimal(rest).scaleb(-6).normalize())
    elif rest:
        yield message("span.seconds", count=rest // _SECOND)


def _coarse_parts(us: int) -> Iterator[Message]:
    """The two largest units that tell how far off, the smaller one left out where it is zero."""
    for unit, size, next_unit, next_size in (
        ("days", _DAY, "hours", _HOUR),
        ("hours", _HOUR, "minutes", _MINUTE),
    ):
        if us >= size:
            yield Message(f"span.{unit}", {"count": us // size})
            if us % size >= next_size:
                yield Message(f"span.{next_unit}", {"count": us % size // next_size})
            return
    if us >= _MINUTE:
        yield message("span.minutes", count=us // _MINUTE)
    else:
        yield message("span.seconds", count=us // _SECOND)


def _joined(parts: tuple[Message, ...]) -> Message:
    first, *rest = parts
    if not rest:
        return first
    return message("span.joined", first=first, rest=_joined(tuple(rest)))


def _signed(us: int, span: Message) -> Message:
    return message("span.negative", span=span) if us < 0 else span
