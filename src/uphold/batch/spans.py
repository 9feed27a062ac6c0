"""The windows of an availability term over a stretch of time, for every check alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from uphold.agreement.agreement import Agreement
from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.figure import Window
from uphold.engine.measure.observing import Observed
from uphold.engine.measure.promises import Promised
from uphold.engine.measure.spans import Span
from uphold.engine.measure.windows import windows_between

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows by their end, and what is known of them all before anything is measured.

    `early` are the labels of those that begin before the agreement does, for which nothing is
    owed; `beyond` those for which no change of the zone's clocks is written out.
    """

    found: tuple[Window, ...]
    early: frozenset[str]
    beyond: frozenset[str]

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        term: AvailabilityTerm,
        asked: Span,
        begins: int,
        as_if_in_force: bool,
    ) -> Windows:
        """Those that share time with what is asked about, and end there at the latest.

        `begins` is when the agreement takes effect; what is counted from a beginning is
        counted from then, and back from then too where it is judged `as_if_in_force`.
        """
        promised = Promised(agreement, term, (Observed(term.of[0]),), term.of[0])
        found = tuple(_clipped(promised, asked, begins, as_if_in_force))
        early = (each.label for each in found if each.start < begins and not as_if_in_force)
        beyond = (each.label for each in found if promised.beyond(each))
        return cls(found, frozenset(early), frozenset(beyond))

    def table(self) -> pa.Table:
        """As the kernel takes them: label, start and end."""
        import pyarrow as pa

        time = pa.timestamp("us", "UTC")
        return pa.table(
            {
                "label": pa.array([each.label for each in self.found], pa.string()),
                "start": pa.array([each.start for each in self.found], pa.int64()).cast(time),
                "end": pa.array([each.end for each in self.found], pa.int64()).cast(time),
            }
        )


def _clipped(promised: Promised, asked: Span, begins: int, back: bool) -> Iterator[Window]:
    zone, rule = promised.calendar.zone, promised.term.window
    for window in windows_between(rule, zone, *asked, begins, back=back):
        start = window.start
        if promised.anchored and not back:
            start = max(start, begins)
        end = min(window.end, asked[1])
        if start < end:
            yield replace(window, start=start, end=end)
