"""The first line of a judgement: as of when, and in whose time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from uphold.agreement.agreement import Agreement
from uphold.cli.screen import Screen
from uphold.messages import message


def as_of(screen: Screen, at: datetime, agreements: Sequence[Agreement]) -> str:
    """The instant asked about, the reader's zone, and the agreements' where it is another."""
    exact = Screen(screen.shared, screen.reader.zone)
    named = tuple(dict.fromkeys(each.zone for each in agreements))
    text = screen.say(
        message("clocks.as-of", at=exact.reader.value(at), zone=screen.reader.zone or "UTC")
    )
    if named and named != (screen.reader.zone,):
        text = f"{text} {screen.say(message('clocks.counted-in', zones=named))}"
    return text
