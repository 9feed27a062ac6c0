"""What one source's looks at one check say: when it is known, and when it is down."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from uphold.engine.measure.outage import Showing
from uphold.engine.measure.spans import Span, Spans, clipped, merged, without
from uphold.engine.measure.stretches import Stretch, Stretches, figures, touching
from uphold.facts.evidence.run import Run, punctual

_WORSE = ("unknown", "up", "degraded", "down")
"""What can be seen, the better of two looks at one instant first."""

_SILENT_INTERVALS = 3
"""How many intervals without a look are still no silence, where the agreement does not say."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How looks are read: lengths in microseconds, None where nothing is stated.

    `interval` is how often checks look where a run does not say so; `silent_after` how long a
    silence is still spoken for; `holds` how long a log's last row holds; `degraded` what that
    state counts as; `row` how many looks in a row must fail. Nothing after `until` is looked at.
    """

    interval: int | None
    silent_after: int | None
    holds: int | None
    degraded: str
    row: int
    until: int

    def seen(self, run: Run) -> str:
        """The state of a run's looks: up, down or unknown."""
        return self.degraded if run.state == "degraded" else run.state


@dataclass(frozen=True, slots=True)
class Track:
    """What one source shows of one check: the time it speaks for, and the down time in it.

    `usual` is its usual gap, where that stands for an interval that nobody states.
    """

    kind: str
    source: str
    check: str
    known: Spans
    down: Stretches
    usual: int | None = None

    def shows_up(self, span: Span) -> bool:
        """Whether it shows the check up at some time of a span, or at the instant that it is."""
        span = span[0], max(span[1], span[0] + 1)
        known = clipped(touching(self.known, *span), *span)
        first = bisect_right(self.down, span[0], key=lambda each: each.span[1])
        behind = bisect_left(self.down, span[1], key=lambda each: each.span[0])
        return bool(without(known, figures(self.down[first:behind])))


@dataclass(frozen=True, slots=True)
class Sightings:
    """Runs by check, kind and source, each series in the order of time."""

    by_check: Mapping[str, Mapping[tuple[str, str], tuple[Run, ...]]]

    @classmethod
    def of(cls, runs: Iterable[Run]) -> Sightings:
        """The runs in any order. Those of one series lie behind each other, as `Evidence` has it;
        of two looks at one instant the worse counts all the same.
        """
        found: dict[str, dict[tuple[str, str], list[Run]]] = {}
        for run in runs:
            found.setdefault(run.check, {}).setdefault((run.kind, run.source), []).append(run)
        return cls(
            {
                check: {series: _in_order(looks) for series, looks in sorted(sources.items())}
                for check, sources in found.items()
            }
        )

    def at(self, check: str) -> Mapping[tuple[str, str], tuple[Run, ...]]:
        """The series of one check, by kind and source."""
        return self.by_check.get(check, {})


@dataclass(frozen=True, slots=True)
class Piece:
    """Looks that saw the same: the last of them speaks until `speaks`, `linked` to the next."""

    first: int
    last: int
    state: str
    count: int
    speaks: int
    linked: bool
    lasts: bool


def track(runs: Sequence[Run], manner: Manner) -> Track:
    """What a series of runs shows (docs/language/measuring.md, "From looks to down and up")."""
    kind, source, check = runs[0].kind, runs[0].source, runs[0].check
    runs = [_until(run, manner.until) for run in runs if run.first <= manner.until]
    usual = _usual_gap(runs) if _without_interval(runs, manner) else None
    if usual is not None:
        manner = replace(manner, interval=usual)
    pieces = _in_rows(_pieces(runs, manner), manner.row if kind == "checks" else 1)
    known = merged((each.first, each.speaks) for each in pieces if each.state != "unknown")
    return Track(kind, source, check, known, _down(pieces, kind, source, check), usual)


def _without_interval(runs: Sequence[Run], manner: Manner) -> bool:
    """Whether neither the source nor the agreement says how often it looks."""
    unsaid = (run.interval is None and run.kind == "checks" for run in runs)
    return manner.interval is None and any(unsaid)


def _usual_gap(runs: Sequence[Run]) -> int | None:
    """The median of the gaps between the looks of a series; the shorter of two in the middle."""
    gaps = [(after.first - run.last, 1) for run, after in pairwise(runs) if after.first > run.last]
    gaps += [
        ((run.last - run.first) // (run.count - 1), run.count - 1) for run in runs if run.count > 1
    ]
    half, passed = (sum(weight for _, weight in gaps) + 1) // 2, 0
    for gap, weight in sorted(gaps):
        passed += weight
        if passed >= half:
            return gap
    return None


def _in_order(looks: Iterable[Run]) -> tuple[Run, ...]:
    """One series in the order of time, the worse of two looks at one instant alone."""
    found: list[Run] = []
    for run in sorted(looks, key=lambda run: (run.first, run.last, _WORSE.index(run.state))):
        if found and (found[-1].first, found[-1].last) == (run.first, run.last):
            found.pop()
        found.append(run)
    return tuple(found)


def _pieces(runs: Sequence[Run], manner: Manner) -> list[Piece]:
    """The runs, each with how long it speaks."""
    following = [*(run.first for run in runs[1:]), None]
    return [_piece(run, after, manner) for run, after in zip(runs, following, strict=True)]


def _until(run: Run, until: int) -> Run:
    """The looks of a run up to an instant; they lie evenly. A state that is held is held so far."""
    if run.last <= until:
        return run
    if run.count == 1:
        return replace(run, last=until)
    gaps, length = run.count - 1, run.last - run.first
    seen = looks_before(run, until + 1)
    return replace(run, last=run.first + (seen - 1) * length // gaps, count=seen)


def looks_before(run: Run, instant: int) -> int:
    """How many of a run's looks lie before an instant.

    They lie evenly, cut off to the microsecond: look j at first + ⌊j × length ÷ (count - 1)⌋.
    """
    gap = instant - run.first
    if gap <= 0:
        return 0
    if instant > run.last:
        return run.count
    return -(-gap * (run.count - 1) // (run.last - run.first))


def _piece(run: Run, after: int | None, manner: Manner) -> Piece:
    """How long a run's looks speak: until the next one if it comes in time, else their own time."""
    if run.kind == "logs" and run.interval is None:
        return _held(run, after, manner)
    interval = run.interval or manner.interval or 0
    if manner.silent_after is None:
        allowed = _SILENT_INTERVALS * interval
    else:
        allowed = max(manner.silent_after, punctual(interval))
    own = run.last + interval
    linked = after is not None and after - run.last <= allowed
    speaks = after if after is not None and linked else min(own, manner.until)
    last = min(run.last, speaks)
    lasts = not linked and own >= manner.until
    return Piece(run.first, last, manner.seen(run), run.count, speaks, linked, lasts)


def _held(run: Run, after: int | None, manner: Manner) -> Piece:
    """A row of a log that only records changes: it holds until the next, with sharp edges.

    A run of one row that is longer than an instant was held when it was read already.
    """
    row = run.last if run.count > 1 else run.first
    own = max(run.last, row + (manner.holds or 0))
    linked = after is not None and after <= max(own, run.last + (manner.silent_after or 0))
    speaks = after if after is not None and linked else min(own, manner.until)
    lasts = not linked and own >= manner.until
    return Piece(run.first, speaks, manner.seen(run), run.count, speaks, linked, lasts)


def _in_rows(pieces: Sequence[Piece], least: int) -> list[Piece]:
    """The pieces, with fewer failed looks in a row than `least` counting as up.

    Silence and looks that saw nothing neither count nor break a row.
    """
    found = list(pieces)
    row: list[int] = []
    for place, piece in [*enumerate(pieces), (len(found), None)]:
        if piece is not None and piece.state == "unknown":
            continue
        if piece is not None and piece.state == "down":
            row.append(place)
            continue
        if sum(found[each].count for each in row) < least:
            for each in row:
                found[each] = replace(found[each], state="up")
        row = []
    return found


def _down(pieces: Sequence[Piece], kind: str, source: str, check: str) -> Stretches:
    """Each row of failed looks without a silence in it, in three readings."""
    behind, ahead = _last_good(pieces), _next_good(pieces)
    found: list[Stretch] = []
    place = 0
    while place < len(pieces):
        first = place
        while pieces[place].state == "down" and pieces[place].linked:
            if pieces[place + 1].state != "down":
                break
            place += 1
        if pieces[place].state == "down":
            span = pieces[first].first, pieces[place].speaks
            least = pieces[first].first, pieces[place].last
            showing = Showing(kind, source, check, span)
            most = behind[first], ahead[place]
            found.append(Stretch(span, least, most, (showing,), pieces[place].lasts))
        place += 1
    return tuple(found)


def _last_good(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the last good look before it, no further back than the last silence."""
    found: list[int] = []
    before: Piece | None = None
    for piece in pieces:
        if before is None or not before.linked:
            found.append(piece.first)
        else:
            found.append(before.last if before.state == "up" else found[-1])
        before = piece
    return found


def _next_good(pieces: Sequence[Piece]) -> list[int]:
    """For each piece the next good look behind it, no further than until the next silence."""
    found: list[int] = []
    after: Piece | None = None
    for piece in reversed(pieces):
        if after is None or not piece.linked:
            found.append(piece.speaks)
        else:
            found.append(after.first if after.state == "up" else found[-1])
        after = piece
    return found[::-1]
