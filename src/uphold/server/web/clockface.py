"""A clock as it is drawn: how far along its bar is, and what the browser needs to let it tick.

The bar's axis is the time that the clock runs in, so nights and weekends take no room. A hold takes
none of that time either: it is put in where it fell, as a band as long as it lasted but neither too
narrow to be seen nor so wide that it hides the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from uphold.engine.verdict import OPEN_STATES, State
from uphold.engine.words import state_words
from uphold.messages import Message, Reader, message
from uphold.server.desk.shapes import ClockView, Stretch
from uphold.server.web.lengths import remaining, span_words

AXIS: Final = 1000
"""How many units the bar is long."""

_NARROWEST: Final = 15
_WIDEST: Final = 120
_SOON: Final = 4
"""A clock with less than a quarter of its time left is shown as one to hurry for."""

# The browser goes on from these by itself, under names of its own (`templatetags.clocks`).
MESSAGE_IDS = (
    "span.joined",
    "web.clock-left",
    "web.clock-bar",
    "web.clock-time-up",
    "web.clock-announced",
)

_TONES: Final = {
    State.RUNNING: "info",
    State.HELD: "quiet",
    State.MET: "good",
    State.MISSED: "bad",
}
_ICONS: Final = {
    State.RUNNING: "clock",
    State.HELD: "paused",
    State.MET: "success",
    State.MISSED: "error",
    State.NOT_STARTED: "clock",
    State.UNKNOWN: "warning",
}


@dataclass(frozen=True, slots=True)
class Band:
    """A hold on the bar: where it begins and how wide it is, and where it fell in used time."""

    x: int
    width: int
    after_us: int
    told: Message


@dataclass(frozen=True, slots=True)
class Face:
    """A clock as a page draws it. Lengths on the bar are units of `AXIS`, times microseconds.

    `reached` is None where there is nothing to be along: no due time, or nothing owed. `remaining`
    says what is left or how far over it is; `ticks` tells whether the browser lets it run.
    """

    clock: ClockView
    state: State
    words: Message
    tone: str
    icon: str
    total_us: int | None
    reached: int | None
    bands: tuple[Band, ...]
    remaining: Message | None
    is_soon: bool
    ticks: bool
    told: Message
    due_elsewhere: str | None

    @property
    def working(self) -> str:
        """The stretches in which it runs, as the browser reads them."""
        return milliseconds(self.clock.working)

    @property
    def bands_ms(self) -> str:
        """The holds on the bar, as the browser reads them: "after-width,after-width"."""
        return ",".join(f"{band.after_us // 1_000}-{band.width}" for band in self.bands)

    @property
    def held_words(self) -> Message:
        """What the shaded parts of the bar are: how long the clock did not run."""
        return message("web.clock-held", span=span_words(sum(b - a for a, b in self.clock.held)))

    @property
    def now_ms(self) -> int:
        """The instant of the view, by which the browser corrects its own clock."""
        return self.clock.as_of_us // 1_000

    @property
    def starts_ms(self) -> str:
        """When it starts, empty where that is not known."""
        return "" if self.clock.starts_us is None else str(self.clock.starts_us // 1_000)

    @property
    def due_ms(self) -> str:
        """When it is due, empty where that is not known."""
        return "" if self.clock.due_us is None else str(self.clock.due_us // 1_000)

    @property
    def total_ms(self) -> int:
        """All the time that the promise gives, 0 where that is not known."""
        return (self.total_us or 0) // 1_000

    @property
    def used_ms(self) -> int:
        """What was used of it at the instant of the view."""
        return (self.clock.used_us or 0) // 1_000

    @property
    def clause_href(self) -> str:
        """Where the promise is to be read."""
        page = reverse("agreements:revision", args=(self.clock.agreement, self.clock.revision))
        return f"{page}#{self.clock.clause}"


def face(clock: ClockView, reader: Reader) -> Face:
    """How the clock looks to the reader as of the view's own instant."""
    state = State(clock.state)
    total = _total(clock)
    bands = _bands(clock, total) if total else ()
    is_soon = state == State.RUNNING and total is not None and _left(clock) * _SOON < total
    return Face(
        clock=clock,
        state=state,
        words=state_words(state),
        tone="warn" if is_soon else _TONES.get(state, "plain"),
        icon=_ICONS.get(state, "none"),
        total_us=total,
        reached=along(clock.used_us or 0, total, bands) if total else None,
        bands=bands,
        remaining=_remaining(clock, state),
        is_soon=is_soon,
        ticks=state in OPEN_STATES and clock.due_us is not None and clock.stopped_us is None,
        told=_told(clock),
        due_elsewhere=clock.zone if clock.zone not in ("", reader.zone) else None,
    )


def along(used_us: int, total_us: int, bands: Sequence[Band]) -> int:
    """Where on the bar `used_us` of its time is: behind the holds that fell before it."""
    passed = sum(band.width for band in bands if band.after_us <= used_us)
    room = AXIS - sum(band.width for band in bands)
    return min(AXIS, passed + min(used_us, total_us) * room // total_us)


def milliseconds(stretches: Sequence[Stretch]) -> str:
    """The stretches as the browser reads them: "from-to,from-to" in milliseconds since 1970."""
    return ",".join(f"{start // 1_000}-{end // 1_000}" for start, end in stretches)


def _total(clock: ClockView) -> int | None:
    """All the time that the promise gives, in the time that the clock runs in."""
    if clock.used_us is None or clock.left_us is None:
        return None
    return max(clock.used_us + clock.left_us, 0) or None


def _left(clock: ClockView) -> int:
    return 0 if clock.left_us is None else clock.left_us


def _bands(clock: ClockView, total: int) -> tuple[Band, ...]:
    """The holds, in order; many of them share the room that they may take together."""
    holds = [(_worked(clock.working, start), end - start) for start, end in clock.held]
    if not holds:
        return ()
    widest = min(_WIDEST, AXIS // 2 // len(holds))
    narrowest = min(_NARROWEST, widest)
    widths = [max(narrowest, min(widest, lasted * AXIS // total)) for _, lasted in holds]
    room = AXIS - sum(widths)
    bands: list[Band] = []
    for (after, lasted), width in zip(holds, widths, strict=True):
        before = sum(band.width for band in bands)
        told = message("web.clock-held", span=span_words(lasted))
        bands.append(Band(before + min(after, total) * room // total, width, after, told))
    return tuple(bands)


def _worked(working: Sequence[Stretch], until: int) -> int:
    return sum(max(0, min(end, until) - start) for start, end in working)


def _remaining(clock: ClockView, state: State) -> Message | None:
    """What is left while it runs, how far over it was, or what passed with none promised."""
    if clock.left_us is None and clock.used_us:
        passed = span_words(clock.used_us)
        if clock.stopped_us is None:
            return message("web.clock-so-far", span=passed)
        return message("web.clock-passed", span=passed)
    if clock.left_us is None or state not in (OPEN_STATES | {State.MISSED}):
        return None
    return remaining(clock.left_us, is_late=state == State.MISSED)


def _told(clock: ClockView) -> Message:
    """The bar for who hears the page."""
    return message(
        "web.clock-bar", used=span_words(clock.used_us or 0), left=span_words(max(0, _left(clock)))
    )
