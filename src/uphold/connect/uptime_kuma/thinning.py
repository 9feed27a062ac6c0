"""Where Kuma 2 threw away what changed nothing, and only changes are left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from uphold.facts.evidence.run import Run

KEPT: Final = 100
"""How many of a monitor's newest looks Kuma keeps, whatever they are (server/database.js)."""


def parted(
    seen: Sequence[tuple[Run, bool]], whole_from: int | None
) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The changes at the beginning that stand alone, and the rest, which is all there.

    `seen` is one monitor's looks in the order of time, each with whether it was a change
    (`important`); from `whole_from` (us) on nothing is missing, None where nothing is at all.
    Kuma deletes from the oldest on, so that what is thinned is a beginning of nothing but
    changes. It is given with the look that ends it, which is in the rest as well. Looks that follow
    each other within their interval were never thinned, however many of them are changes.
    """
    looks = tuple(look for look, _ in seen)
    last = -1
    for i, (look, following) in enumerate(pairwise(looks)):
        if whole_from is None or following.first > whole_from or not seen[i][1]:
            break
        if _apart(look, following):
            last = i
    return (looks[: last + 2], looks[last + 1 :]) if last >= 0 else ((), looks)


def _apart(look: Run, following: Run) -> bool:
    """Whether a look is missing between two; without an interval that cannot be told."""
    return look.interval is not None and following.first - look.first >= 2 * look.interval
