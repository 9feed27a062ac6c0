"""Plain Python that says what runs and figures must be, a look and a stretch at a time."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.batch.rule import Rule
from uphold.engine.measure.spans import Span, Spans, clipped, intersection, merged, total, without
from uphold.facts.evidence import SEEN, Run

WORSE = {"unknown": 0, "up": 1, "degraded": 2, "down": 3}


@dataclass(frozen=True, slots=True)
class Look:
    check: str
    at: int
    state: str
    source: str = ""
    interval: int | None = None


def runs_by_hand(looks: list[Look], rule: Rule) -> list[Run]:
    """The runs of looks, by sorting them and walking along."""
    kept: dict[tuple[str, str, int], Look] = {}
    for look in looks:
        key = look.source, look.check, look.at
        worst = kept.get(key)
        if worst is None or _badness(look) > _badness(worst):
            kept[key] = look
    found: list[Run] = []
    for source, check, at in sorted(kept):
        look = kept[source, check, at]
        last = found[-1] if found else None
        if (
            last is not None
            and (last.source, last.check, last.state, last.interval)
            == (source, check, look.state, look.interval)
            and at - last.last <= rule.allowed(look.interval)
        ):
            found[-1] = Run(
                "checks", source, check, last.first, at, last.state, last.interval, last.count + 1
            )
        else:
            found.append(Run("checks", source, check, at, at, look.state, look.interval))
    return found


def _badness(look: Look) -> tuple[int, bool, int]:
    """Of two looks at one instant the worse counts, then the one with the shorter interval."""
    return WORSE[look.state], look.interval is not None, -(look.interval or 0)


@dataclass(frozen=True, slots=True)
class Numbers:
    owed: int
    down: int
    unknown: int
    excluded: int
    down_lowest: int
    down_highest: int
    unknown_short: int
    outages: int
    longest: int


FOREVER: Span = (-(10**18), 10**18)


def figure_by_hand(looks: list[Look], rule: Rule, window: Span, exclusions: Spans) -> Numbers:
    """The numbers of one series and window, look by look (docs/language/measuring.md)."""
    states = _settled(looks, rule)
    known, failed = [], []
    for place, (at, state, interval) in enumerate(states):
        if state == "unknown":
            continue
        until = at + interval
        if place + 1 < len(states) and states[place + 1][0] - at <= rule.allowed(interval):
            until = states[place + 1][0]
        known.append((at, until))
        if state == "down":
            failed.append((at, until))
    unknown = without((FOREVER,), merged(known))
    outages = merged(failed)
    least = rule.least or 0
    most = merged((*_most(states, outages, failed), *unknown))
    highest = [_least(states, outage) for outage in outages]
    short = [span for span in most if span[1] - span[0] < least]
    excluded = clipped(merged(exclusions), *window)
    owed = without((window,), excluded)

    def inside(spans: Spans | list[Span]) -> int:
        return total(intersection(merged(spans), owed))

    long = [outage for outage in outages if outage[1] - outage[0] >= least]
    each = [down for outage in long if (down := inside([outage]))]
    return Numbers(
        owed=total(owed),
        down=sum(each),
        unknown=inside(unknown),
        excluded=total(excluded),
        down_lowest=inside([span for span in most if span not in short]),
        down_highest=inside([span for span in highest if span[1] - span[0] >= least]),
        unknown_short=inside(intersection(unknown, tuple(short))),
        outages=len(each),
        longest=max(each, default=0),
    )


def _settled(looks: list[Look], rule: Rule) -> list[tuple[int, str, int]]:
    """Instants with up, down or unknown, and how often the source looked; small rows are up."""
    worst: dict[int, Look] = {}
    for look in looks:
        if look.at not in worst or _badness(look) > _badness(worst[look.at]):
            worst[look.at] = look
    found = []
    for at in sorted(worst):
        state, interval = worst[at].state, worst[at].interval
        if state == "degraded":
            state = "down" if rule.degraded_down else "up"
        found.append((at, state, interval if interval is not None else rule.interval or 0))
    start = 0
    while start < len(found):
        stop = start
        while stop < len(found) and found[stop][1] == "down":
            stop += 1
        if 0 < stop - start < rule.in_a_row:
            found[start:stop] = [(at, "up", interval) for at, _, interval in found[start:stop]]
        start = max(stop, start + 1)
    return found


def _most(states: list[tuple[int, str, int]], outages: Spans, failed: list[Span]) -> list[Span]:
    good = [at for at, state, _ in states if state == "up"]
    found = []
    for start, until in failed:
        before = [at for at in good if at < start]
        after = [at for at in good if at > start]
        found.append((before[-1] if before else start, after[0] if after else until))
    return found


def _least(states: list[tuple[int, str, int]], outage: Span) -> Span:
    inside = [at for at, state, _ in states if state == "down" and outage[0] <= at < outage[1]]
    # An interval of 0 leaves the outage of a single look empty, so it is not among the outages.
    return inside[0], inside[-1]


STATES = SEEN
