"""How looks are read in bulk: the part of an agreement that the kernel needs."""

from __future__ import annotations

from dataclasses import dataclass

from uphold.facts.evidence.run import punctual


@dataclass(frozen=True, slots=True)
class Rule:
    """When a check is down, how long a look speaks, and which outages count.

    Lengths are microseconds. `interval` is how often the source looks where a run does not say
    it itself; `silent_after` the term's, None where it has none; `in_a_row` how many looks behind
    each other must be down; `least` the least length of an outage, None where all count;
    `degraded_down` says whether a degraded look is down. Rules: docs/language/measuring.md.
    """

    interval: int | None = None
    silent_after: int | None = None
    in_a_row: int = 1
    least: int | None = None
    degraded_down: bool = False

    def __post_init__(self) -> None:
        for name in ("interval", "silent_after", "least"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(f"{name} is {value} microseconds; it must be above 0, or None")
        if self.in_a_row < 1:
            raise ValueError(f"in_a_row is {self.in_a_row}; at least one look must be down")

    def allowed(self, interval: int | None) -> int:
        """How far the next look may be for a look to speak until then, in microseconds.

        The longer of `silent_after` and one and a half of the look's own interval; without
        `silent_after` three intervals; 0 where neither is known.
        """
        own = interval if interval is not None else self.interval or 0
        return 3 * own if self.silent_after is None else max(self.silent_after, punctual(own))
