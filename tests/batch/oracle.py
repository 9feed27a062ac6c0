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
    most = _hanging((*outages, *unknown), _edged(states, rule, failed))
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
    row: list[int] = []
    for place, (_, state, _) in [*enumerate(found), (-1, (0, "up", 0))]:
        if state == "down":
            row.append(place)
        elif state == "up":
            if len(row) < rule.in_a_row:
                for each in row:
                    found[each] = (found[each][0], "up", found[each][2])
            row = []
    return found


def _edged(states: list[tuple[int, str, int]], rule: Rule, failed: list[Span]) -> list[Span]:
    """From the last good look to the next, walking from each failed one until a silence."""
    allowed = [rule.allowed(interval) for _, _, interval in states]
    places = {at: place for place, (at, _, _) in enumerate(states)}
    found: list[Span] = []
    for start, until in failed:
        here = places[start]
        while here and states[here][0] - states[here - 1][0] <= allowed[here - 1]:
            here -= 1
            if states[here][1] == "up":
                start = states[here][0]
                break
        here = places[failed[len(found)][0]]
        while here + 1 < len(states) and states[here + 1][0] - states[here][0] <= allowed[here]:
            here += 1
            if states[here][1] == "up":
                until = states[here][0]
                break
        found.append((start, until))
    return found


def _hanging(firm: tuple[Span, ...], edged: list[Span]) -> Spans:
    """Grown together pair by pair: sharing time is enough, touching only where one is firm."""
    groups: list[tuple[Span, set[int]]] = []
    for span, is_firm in [*((span, True) for span in firm), *((span, False) for span in edged)]:
        if span[0] >= span[1]:
            continue
        sharp = {span[0], span[1]} if is_firm else set()
        new = (span, sharp)
        rest: list[tuple[Span, set[int]]] = []
        for other, edges in groups:
            (start, end), mine = new
            shares = start < other[1] and other[0] < end
            touches = (start == other[1] and start in edges | mine) or (
                end == other[0] and end in edges | mine
            )
            if shares or touches:
                new = (min(start, other[0]), max(end, other[1])), edges | mine
            else:
                rest.append((other, edges))
        groups = [*rest, new]
    return tuple(sorted(span for span, _ in groups))


def _least(states: list[tuple[int, str, int]], outage: Span) -> Span:
    inside = [at for at, state, _ in states if state == "down" and outage[0] <= at < outage[1]]
    # An interval of 0 leaves the outage of a single look empty, so it is not among the outages.
    return inside[0], inside[-1]


STATES = SEEN
