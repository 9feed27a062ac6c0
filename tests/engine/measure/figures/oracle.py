"""Figures worked out second by second, as plainly as the page says it (measuring.md, "Figures").

Time is a list of seconds. Nothing of the engine's arithmetic is used: no spans, no totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Seconds:
    """An outage by its three frames, each a pair of seconds; whether it was judged to be none."""

    span: tuple[int, int]
    least: tuple[int, int]
    most: tuple[int, int]
    cause: str | None = None
    counted: bool = True


@dataclass(frozen=True)
class Case:
    """One service for so many seconds: outages, what is known, maintenance that is excluded."""

    length: int
    outages: tuple[Seconds, ...]
    silent: frozenset[int]
    work: frozenset[int]
    shortest: int
    unknown: str
    excluded_cause: str | None


@dataclass(frozen=True)
class Answer:
    """The lengths of a window in seconds, and its three shares."""

    owed: int
    down: int
    unknown: int
    availability: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None


def answer(case: Case, start: int, end: int) -> Answer:
    """What a window from one second to another holds."""
    hitting = [each for each in case.outages if each.counted]
    long = [
        each
        for each in hitting
        if _unbroken([other.span for other in hitting], each.span) >= case.shortest
    ]
    excluded = set(case.work)
    for each in long:
        if each.cause is not None and each.cause == case.excluded_cause:
            excluded |= set(range(*each.span))
    window = [second for second in range(start, end) if second not in excluded]
    told = {second for each in case.outages for second in range(*each.span)}
    silent = case.silent - told
    down = {s for each in long if _answers(case, each) for s in range(*each.span)}
    low, short = _lowest(case, hitting, silent)
    high = _highest(case, hitting)
    owed, unknown = len(window), sum(second in silent for second in window)
    lost = sum(second in down for second in window)
    low_lost = sum(second in low for second in window)
    low_short = sum(second in short for second in window)
    high_lost = sum(second in high for second in window)
    if case.unknown == "counts as up":
        figure, lowest = _share(lost, owed), _share(low_lost, owed)
    elif case.unknown == "counts as down":
        figure, lowest = _share(lost + unknown, owed), _share(low_lost + low_short, owed)
    else:
        figure, lowest = _share(lost, owed - unknown), _share(low_lost, owed - low_short)
    return Answer(owed, lost, unknown, figure, lowest, _share(high_lost, owed))


def _share(lost: int, of: int) -> Fraction | None:
    return 1 - Fraction(lost, of) if of else None


def _answers(case: Case, outage: Seconds) -> bool:
    return outage.cause is None or outage.cause != case.excluded_cause


def _unbroken(spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> int:
    """How many seconds in a row are in some of the spans, around one of them."""
    inside = {second for one in spans for second in range(*one)}
    if span[0] == span[1]:
        return 0
    first, last = span[0], span[1] - 1
    while first - 1 in inside:
        first -= 1
    while last + 1 in inside:
        last += 1
    return last - first + 1


def _lowest(
    case: Case, hitting: list[Seconds], silent: frozenset[int] | set[int]
) -> tuple[set[int], set[int]]:
    """The seconds down in the lowest reading, and the unknown ones too short to count.

    What hangs together is grown from each second: into a neighbour that the same frame holds, or
    where one of the two is unknown. Two frames that only meet at a good look are not joined. Before
    the first second all is unknown, so what is silent from there on is as long as may be.
    """
    shown = [each.span for each in hitting] + [each.most for each in hitting]
    spans = [set(range(*one)) for one in shown]
    every = set().union(*spans, silent) if spans else set(silent)
    groups: list[set[int]] = []
    for second in sorted(every):
        before = second - 1
        joined = before in every and (
            second in silent
            or before in silent
            or any(before in one and second in one for one in spans)
        )
        if joined:
            groups[-1].add(second)
        else:
            groups.append({second})
    down = set(silent) | {s for o in hitting if _answers(case, o) for s in range(*o.most)}
    long = {s for g in groups if len(g) >= case.shortest or (0 in g and 0 in silent) for s in g}
    return down & long, set(silent) - long


def _highest(case: Case, hitting: list[Seconds]) -> set[int]:
    least = [each.least for each in hitting]
    return {
        second
        for each in hitting
        if _answers(case, each) and _unbroken(least, each.least) >= case.shortest
        for second in range(*each.least)
    }
