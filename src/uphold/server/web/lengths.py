"""Measured stretches of time cut to what people read, and what is left of a promise in words."""

from __future__ import annotations

from typing import Final

from uphold.messages import Message, message
from uphold.messages.spans import span_message

_SECOND: Final = 1_000_000
_MINUTE: Final = 60 * _SECOND
_HOUR: Final = 60 * _MINUTE


def readable(us: int) -> int:
    """Whole minutes from an hour on, whole seconds below; towards zero, so never too hopeful."""
    size = _MINUTE if abs(us) >= _HOUR else _SECOND
    cut = abs(us) // size * size
    return -cut if us < 0 else cut


def span_words(us: int) -> Message:
    """The stretch as people read it: "3 h 20 min", "4 min 5 s"."""
    return span_message(readable(us))


def remaining(left_us: int, *, is_late: bool) -> Message:
    """What is left in the time that the clock runs in, or by how much it is over."""
    if left_us < 0:
        return message("web.clock-over", span=span_words(-left_us))
    if is_late:
        return message("web.clock-time-up")
    return message("web.clock-left", span=span_words(left_us))
