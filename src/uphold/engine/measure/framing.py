"""When an outage was: the first frame that there is, of those that the agreement names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from uphold.engine.measure.agreeing import Group
from uphold.engine.measure.reconciling import CHECKS, JUDGED_FRAME, LOGS, Wanted
from uphold.engine.measure.stretches import Stretches, joined, shared

UNION = "union"


def framed(
    group: Group, settling: Sequence[Wanted], frames: Sequence[str]
) -> tuple[str, Stretches] | None:
    """The frame that holds and the stretches it gives; None where only a person can say.

    `settling` are the sets of evidence that settle the outage. A frame is there when it gives any
    length of time; where none is, what settles the outage says when it was.
    """
    for frame in frames:
        if frame == JUDGED_FRAME:
            return None
        found = _frame(group, settling, frame)
        if any(each.span[0] < each.span[1] for each in found):
            return frame, found
    return UNION, _frame(group, settling, UNION)


def _frame(group: Group, settling: Sequence[Wanted], frame: str) -> Stretches:
    if frame == "component log":
        return group.of(LOGS)
    if frame == "first failed to next good check":
        return group.of(CHECKS)
    sets = [[group.of(*each) for each in wanted] for wanted in settling]
    if frame == "overlap":
        return joined(chain.from_iterable(shared(each, len(each)) for each in sets))
    return joined(chain.from_iterable(chain.from_iterable(sets)))
