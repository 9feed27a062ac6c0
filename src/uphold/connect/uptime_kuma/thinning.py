"""Where Kuma 2 threw away what changed nothing, and only changes are left."""

from __future__ import annotations

from collections.abc import Sequence

from uphold.facts.evidence.run import Run


def parted(seen: Sequence[tuple[Run, bool]]) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """The changes at the beginning that stand alone, and the rest, which is all there.

    `seen` is one monitor's looks in the order of time, each with whether it was a change
    (`important`). Kuma deletes from the oldest on, so that what is thinned is a beginning of
    nothing but changes. It is given with the look that ends it, the first that has stayed though
    it changed nothing; that look is in the rest as well. Looks that follow each other within
    their interval were never thinned, however many of them are changes.
    """
    changes = 0
    while changes < len(seen) and seen[changes][1]:
        changes += 1
    looks = tuple(look for look, _ in seen)
    last = max(
        (i for i in range(min(changes, len(looks) - 1)) if _apart(*looks[i : i + 2])), default=-1
    )
    if last < 0:
        return (), looks
    return looks[: last + 2], looks[last + 1 :]


def _apart(look: Run, following: Run) -> bool:
    """Whether a look is missing between two; without an interval that cannot be told."""
    return look.interval is not None and following.first - look.first >= 2 * look.interval
