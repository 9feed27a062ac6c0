"""How many calls a minute one caller may make: an allowance that refills evenly.

Counted in each process by itself, in memory: a count in the database would make a writer of every
reader. Where several processes serve, each grants the whole allowance (operations page).
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Final

from django.conf import settings

from uphold.messages import message
from uphold.server import clock
from uphold.server.api.problems import Problem

WINDOW_S: Final = 60
_SECOND: Final = 1_000_000
_MOST_CALLERS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left of a caller's calls: how many, of how many, whole again in how many seconds."""

    left: int
    most: int
    whole_in_s: int

    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers spells it."""
        return {
            "RateLimit-Policy": f'"minute";q={self.most};w={WINDOW_S}',
            "RateLimit": f'"minute";r={self.left};t={self.whole_in_s}',
        }


class Rates:
    """The callers' allowances by the generic cell rate algorithm (ITU-T I.371).

    Of each caller one instant is kept: when their allowance will be whole again.
    """

    def __init__(self) -> None:
        self._whole_at: dict[str, int] = {}
        self._lock = Lock()

    def spend(self, caller: str, most: int, now_us: int) -> tuple[Allowance, bool]:
        """Takes one call from the allowance; False if there was none left to take."""
        window = WINDOW_S * _SECOND
        each = max(1, window // most)
        with self._lock:
            self._drop(now_us)
            whole_at = max(self._whole_at.get(caller, now_us), now_us)
            if whole_at > now_us + window:  # the clock was set back
                whole_at = now_us
            granted = whole_at + each <= now_us + window
            if granted:
                whole_at += each
            self._whole_at[caller] = whole_at
        missing = whole_at - now_us
        left = (window - missing) // each
        return Allowance(left, most, -(-missing // _SECOND)), granted

    def forget(self) -> None:
        """Everybody's allowance is whole again."""
        with self._lock:
            self._whole_at.clear()

    def _drop(self, now_us: int) -> None:
        """Drops callers whose allowance is whole; the map stays small whoever calls."""
        if len(self._whole_at) < _MOST_CALLERS:
            return
        self._whole_at = {who: at for who, at in self._whole_at.items() if at > now_us}
        if len(self._whole_at) >= _MOST_CALLERS:
            self._whole_at.clear()


RATES: Final = Rates()


STRANGERS: Final = Rates()
"""Kept apart: no crowd of strangers makes the count of a caller forgotten."""


def spend(caller: str, rates: Rates = RATES) -> Allowance:
    """One call of the caller's; raises the problem `too-many` with the time to wait."""
    most = settings.ENVIRONMENT.rate
    allowance, granted = rates.spend(caller, most, clock.now_us())
    if not granted:
        wait = max(1, -(-WINDOW_S // most))
        raise Problem(
            "too-many",
            message("api.too-many", count=most, seconds=wait),
            headers={**allowance.headers(), "Retry-After": str(wait)},
        )
    return allowance
