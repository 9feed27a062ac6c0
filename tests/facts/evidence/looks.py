"""Looks for tests: drawn at random, and the runs they make by the letter of the rule."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from hypothesis import strategies as st

from uphold.facts.evidence import SEEN, Evidence, Measure, Run
from uphold.facts.times import MINUTE

INTERVALS = (None, MINUTE, 5 * MINUTE)
MEASURES = (
    None,
    Measure(milliseconds=40),
    Measure(attempts=10, failed=2),
    Measure(loss=Decimal("1.5")),
)

# Few series and instants, so that looks meet, repeat and leave gaps.
LOOKS = st.builds(
    lambda kind, source, check, minute, state, interval, measure: Run(
        kind, source, check, minute * MINUTE, minute * MINUTE, state, interval, 1, measure
    ),
    st.sampled_from(["checks", "logs"]),
    st.sampled_from(["oslo", "paris"]),
    st.sampled_from(["web", "mail"]),
    st.integers(-5, 25),
    st.sampled_from(SEEN),
    st.sampled_from(INTERVALS),
    st.sampled_from(MEASURES),
)

# One series that hardly changes, so that gaps of all sizes lie between looks of one trait.
STEADY = st.builds(
    lambda half_minutes, state, interval: look(half_minutes / 2, state, interval),
    st.integers(0, 60),
    st.sampled_from(["up", "up", "down"]),
    st.sampled_from([MINUTE, 5 * MINUTE, 5 * MINUTE]),
)


def look(minute: float, state: str = "up", interval: int | None = MINUTE) -> Run:
    """A look at the web from Oslo, so many minutes after 1970 began."""
    at = int(minute * MINUTE)
    return Run("checks", "oslo", "web", at, at, state, interval)


def series(states: str, *, every: int = MINUTE, start: int = 0) -> list[Run]:
    """A look for each letter: u(p), d(own), g for degraded, ? for unknown; a dot is none."""
    words = {"u": "up", "d": "down", "g": "degraded", "?": "unknown"}
    return [
        Run("checks", "oslo", "web", start + place * every, start + place * every, word, every)
        for place, letter in enumerate(states)
        if (word := words.get(letter))
    ]


def runs(*pieces: Iterable[Run]) -> tuple[Run, ...]:
    """The runs of all pieces, each read alone and then joined."""
    return Evidence.join([Evidence.of(piece) for piece in pieces]).runs


def runs_by_the_letter(looks: Sequence[Run], longest_gap: int = 0) -> tuple[Run, ...]:
    """The maximal runs, looked for one look after the other, with nothing clever."""
    found: list[Run] = []
    for name, group in groupby(sorted(looks, key=_place), key=_name):
        kind, source, check = name
        before: Run | None = None
        for _, same in groupby(group, key=lambda each: each.first):
            one = min(same, key=_badness)
            if (
                before is not None
                and (before.state, before.interval, before.measure)
                == (one.state, one.interval, one.measure)
                and (
                    2 * (one.first - before.last) <= 3 * (one.interval or 0)
                    or one.first - before.last <= longest_gap
                )
            ):
                before = Run(
                    kind,
                    source,
                    check,
                    before.first,
                    one.first,
                    one.state,
                    one.interval,
                    before.count + 1,
                    one.measure,
                )
                found[-1] = before
            else:
                before = one
                found.append(one)
    return tuple(found)


def _name(run: Run) -> tuple[str, str, str]:
    return run.kind, run.source, run.check


def _place(run: Run) -> tuple[str, str, str, int]:
    return *_name(run), run.first


def _badness(run: Run) -> tuple[int, ...]:
    """Of two looks at one instant the lesser counts: worse, spoken for less, measured worse."""
    measure = run.measure
    never = 1 << 60
    return (
        ("down", "degraded", "up", "unknown").index(run.state),
        never if run.interval is None else run.interval,
        0 if measure and measure.failed is not None else 1,
        0 if measure and measure.milliseconds is not None else 1,
        0 if measure and measure.loss is not None else 1,
    )
