"""Slices of time that are down as a whole: by failed attempts, by lost packets, by slow answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from uphold.agreement.phrases.measures import DownWhen
from uphold.agreement.terms.measure import IndicatorTerm
from uphold.engine.measure.looking import Manner, Track, looks_before
from uphold.engine.measure.outage import Showing
from uphold.engine.measure.spans import Span, Spans, merged
from uphold.engine.measure.stretches import sharp
from uphold.facts.evidence.run import Measure, Run

_MILLISECOND = 1_000
_NOTHING = Measure()

Amount = int | Fraction


@dataclass(frozen=True, slots=True)
class Look:
    """What each look of a run adds to its slice: attempts, and how much of them was bad."""

    attempts: int
    bad: Amount


@dataclass(slots=True)
class _Tally:
    """What the looks in one slice add up to."""

    attempts: int = 0
    bad: Amount = 0

    def add(self, look: Look, times: int) -> None:
        self.attempts += look.attempts * times
        self.bad += look.bad * times


@dataclass(slots=True)
class _Slices:
    """Slices of one length, counted from 1970-01-01T00:00Z, as looks fall into them."""

    length: int
    share: Fraction
    least: int
    tallies: dict[int, _Tally] = field(default_factory=dict)
    known: list[Span] = field(default_factory=list)
    down: list[Span] = field(default_factory=list)

    def add(self, number: int, look: Look, times: int) -> None:
        """So many looks in one slice."""
        if times:
            self.tallies.setdefault(number, _Tally()).add(look, times)

    def settle(self, first: int, behind: int, down: bool) -> None:
        """All slices from one to before another, which one verdict holds for."""
        span = first * self.length, behind * self.length
        self.known.append(span)
        if down:
            self.down.append(span)

    def is_down(self, attempts: int, bad: Amount) -> bool:
        """Whether a slice with so many attempts counts, and is down."""
        return attempts >= self.least and bad >= self.share * attempts

    def finish(self) -> tuple[Spans, Spans]:
        """The time in slices with a look, and in those that are down."""
        for number, tally in self.tallies.items():
            self.settle(number, number + 1, self.is_down(tally.attempts, tally.bad))
        return merged(self.known), merged(self.down)


def sliced(runs: Sequence[Run], indicator: IndicatorTerm, manner: Manner) -> Track:
    """What a series of runs shows by an indicator that judges slices, with sharp edges.

    A look that saw nothing and measured nothing is none. A slice that lasts is judged by the
    looks that there are up to the instant looked at.
    """
    rule = indicator.down_when
    assert rule.slice is not None
    assert rule.share is not None
    least = max(1, indicator.at_least.count if indicator.at_least else 1)
    slices = _Slices(rule.slice.us, Fraction(rule.share.value) / 100, least)
    for run in runs:
        look = weigh(run, manner.seen(run), rule)
        if look is not None and run.first <= manner.until:
            _spread(slices, run, look, manner.until)
    known, down = slices.finish()
    kind, source, check = runs[0].kind, runs[0].source, runs[0].check
    stretches = []
    for start, end in down:
        span = start, min(end, manner.until)
        showing = Showing(kind, source, check, span)
        stretches.append(sharp(span, showing, lasts=end > manner.until))
    within = merged((start, min(end, manner.until)) for start, end in known)
    return Track(kind, source, check, within, tuple(stretches))


def weigh(run: Run, state: str, rule: DownWhen) -> Look | None:
    """What each look of a run counts for.

    Without measures it is one attempt, failed (lost, slow) when it is down. Where packets are
    counted as attempts and failed ones, they give the loss.
    """
    measure = run.measure or _NOTHING
    if state == "unknown" and measure == _NOTHING:
        return None
    attempts = measure.attempts if measure.attempts is not None else max(1, measure.failed or 0)
    failed = measure.failed
    if failed is None:
        failed = attempts if state == "down" else 0
    failed = min(failed, attempts)
    if rule.kind == "loss" and measure.loss is not None:
        return Look(attempts, Fraction(measure.loss) / 100 * attempts)
    if rule.kind == "slower" and measure.milliseconds is not None and rule.threshold is not None:
        slow = measure.milliseconds * _MILLISECOND > rule.threshold.us
        return Look(attempts, attempts if slow else failed)
    return Look(attempts, failed)


def _spread(slices: _Slices, run: Run, look: Look, until: int) -> None:
    """A run's looks, evenly from its first to its last, into their slices.

    The slices between its ends hold nothing else, so that one verdict serves for all of them
    wherever the number of looks in each (which differs by one at most) changes nothing.
    """
    held = int(run.count == 1 and run.first < run.last)
    first, last = run.first // slices.length, (run.last - held) // slices.length
    if first == last:
        slices.add(first, look, _looks(run, run.first, until))
        return
    slices.add(first, look, _looks(run, run.first, min((first + 1) * slices.length - 1, until)))
    last = min(last, until // slices.length)
    if last == first:
        return
    slices.add(last, look, _looks(run, last * slices.length, until))
    fewest = slices.length * (run.count - 1) // (run.last - run.first) if run.count > 1 else 1
    most = fewest + 1 if run.count > 1 else 1
    verdicts = {slices.is_down(look.attempts * times, look.bad * times) for times in (fewest, most)}
    if fewest and len(verdicts) == 1:
        if first + 1 < last:
            slices.settle(first + 1, last, verdicts.pop())
        return
    for number in range(first + 1, last):
        start = number * slices.length
        slices.add(number, look, _looks(run, start, start + slices.length - 1))


def _looks(run: Run, start: int, end: int) -> int:
    """How many of a run's looks lie from one instant to another, both included.

    A state that was held over a time is a look in every slice that it reaches.
    """
    if run.first == run.last:
        return run.count
    if run.count == 1:
        return 1
    return looks_before(run, end + 1) - looks_before(run, start)
