"""Which evidence hangs together, and whether it agrees enough to settle an outage."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from uphold.engine.measure.outage import Showing
from uphold.engine.measure.parts import spans_together
from uphold.engine.measure.reconciling import Reconciling, Wanted
from uphold.engine.measure.shown import Kind, Shown
from uphold.engine.measure.spans import Span
from uphold.engine.measure.stretches import Stretches


@dataclass(frozen=True, slots=True)
class Group:
    """Down time of any kinds that hangs together: each shares an instant with another.

    `down` has the stretches in it by kind and number of places, kinds without any left out.
    """

    span: Span
    down: Mapping[Kind, Stretches]

    def of(self, kind: str, places: int = 1) -> Stretches:
        """The stretches of one kind that so many places show."""
        return self.down.get((kind, places), ())

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of evidence in it."""
        return tuple(kind for kind, places in self.down if places == 1)

    @property
    def everything(self) -> Wanted:
        """All of it as what settles it: a judged outage needs no other evidence."""
        return tuple((kind, 1) for kind in self.kinds)

    @property
    def showings(self) -> tuple[Showing, ...]:
        """What each source shows of it, in the order of kind, source and time."""
        found = chain.from_iterable(each.showings for kind in self.kinds for each in self.of(kind))
        return tuple(
            sorted(set(found), key=lambda each: (each.kind, each.source, each.check, each.span))
        )

    def settling(self, rule: Reconciling) -> tuple[Wanted, ...]:
        """The sets of evidence that are in it, of those that settle an outage."""
        return tuple(wanted for wanted in rule.settles if all(self.of(*each) for each in wanted))


def groups_of(shown: Shown) -> tuple[Group, ...]:
    """All that is shown, as it hangs together, in the order of time."""
    return tuple(
        Group(span, {kind: found for kind, found in _within(shown, span) if found})
        for span in spans_together(shown)
    )


def _within(shown: Shown, span: Span) -> list[tuple[Kind, Stretches]]:
    found = []
    for kind, stretches in shown.down.items():
        first = bisect_left(stretches, span[0], key=lambda each: each.span[0])
        behind = bisect_right(stretches, span[1], lo=first, key=lambda each: each.span[0])
        found.append((kind, stretches[first:behind]))
    return found
