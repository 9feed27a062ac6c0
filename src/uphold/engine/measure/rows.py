"""The windows of one term, one service and one account, in their order, each with its figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from uphold.agreement.agreement import Agreement
from uphold.engine.measure.budget_alerts import budget_alerts
from uphold.engine.measure.entitlement import not_entitled, unknown_entitlement
from uphold.engine.measure.figure import Figure, Window
from uphold.engine.measure.figure_reasons import reasons_of
from uphold.engine.measure.figuring import Measuring, figure_of, reckon
from uphold.engine.measure.ground import Ground
from uphold.engine.measure.lives import Life
from uphold.engine.measure.observing import Observatory, Observed
from uphold.engine.measure.promises import Promised
from uphold.engine.measure.windows import months_from, windows_between
from uphold.engine.revisions import Revisions
from uphold.engine.shown import shown
from uphold.engine.verdict import State
from uphold.messages import Message, Value, message

Earns = Callable[[Agreement, Figure], bool]
"""Whether a missed figure earns a credit under its revision."""

_BEGINS_BEHIND = "begins behind the credited window"


@dataclass(frozen=True, slots=True)
class Row:
    """What the windows of a row share. `promised` is the term under each revision that has it."""

    observatory: Observatory
    revisions: Revisions
    promised: tuple[Promised, ...]
    life: Life
    several: bool
    earns: Earns

    @property
    def ground(self) -> Ground:
        """The evidence and facts."""
        return self.observatory.ground

    def figures(self) -> Iterator[Figure]:
        """The figures of all windows, in the order of their ends.

        Of windows that overlap, those that begin inside one that earned a credit are not owed;
        the next begins behind it.
        """
        credited: Window | None = None
        made: dict[int, Measuring] = {}
        for window, promised in sorted(self._windows(), key=lambda each: each[0].whole[::-1]):
            why: tuple[Message, ...] = ()
            if credited is not None and window.whole[0] < credited.whole[1]:
                if window.whole[1] <= self.ground.horizon:
                    why = (self._overlaps(promised, credited),)
                elif (behind := self._behind(credited, promised)) is not None:
                    window = behind
                else:
                    continue
            revision = promised.agreement.revision
            measuring = made.get(revision) or self.measuring(promised)
            made[revision] = measuring
            figure = self._figure(measuring, promised, window, why)
            yield figure
            if self._earned(promised, figure):
                credited = window

    def observed(self, revision: int) -> tuple[Observed, ...]:
        """What is measured for a figure that a revision judges."""
        return next(each.observed for each in self.promised if each.agreement.revision == revision)

    def measuring(self, promised: Promised) -> Measuring:
        """What the figures that the term judges are added up from."""
        agreement, term, life = promised.agreement, promised.term, self.life
        tallies = tuple(
            self.observatory.tally(agreement, term, each, life) for each in promised.observed
        )
        return Measuring(
            agreement, None if promised.bare else term, promised.service, life, tallies
        )

    def _windows(self) -> Iterator[tuple[Window, Promised]]:
        """Each window with the term that judges it: that of the revision in force at its start."""
        first = self.revisions.first
        for promised in self.promised:
            for window in self._of(promised):
                judge = self.revisions.at(window.start)
                if judge is promised.agreement or (judge is None and promised.agreement is first):
                    yield window, promised

    def _of(self, promised: Promised) -> Iterator[Window]:
        life, ground = self.life, self.ground
        assert ground.first is not None
        begins = self.revisions.revisions[0][0] if life.begins is None else life.begins
        since = max(ground.first, life.spans[0][0])
        until = min(ground.horizon, life.spans[-1][1])
        back = life.begins is None and ground.evaluation.as_if_in_force
        zone = promised.calendar.zone
        rule = promised.term.window
        for window in windows_between(rule, zone, since, until, begins, back=back):
            clipped = self._clipped(window)
            if clipped is None:
                continue
            if promised.anchored and not back and clipped.start < begins:
                clipped = replace(clipped, start=begins)
            if clipped.start < clipped.end:
                yield clipped

    def _clipped(self, window: Window) -> Window | None:
        """The window as the account's life and the instant asked about leave it."""
        part = self.life.part(window.whole)
        if part is None:
            return None
        return replace(window, start=part[0], end=min(part[1], self.ground.horizon))

    def _behind(self, credited: Window, promised: Promised) -> Window | None:
        """The window that begins behind a credited one, as far as it has come; if it has begun."""
        whole = months_from(promised.calendar.zone, credited.whole[1], promised.months)
        window = self._clipped(whole)
        return window if window is not None and window.start < window.end else None

    def _earned(self, promised: Promised, figure: Figure) -> bool:
        """Whether the window is over and earned a credit behind which the next one begins."""
        return (
            promised.months > 0
            and promised.term.after_credit == _BEGINS_BEHIND
            and figure.window.whole[1] <= self.ground.horizon
            and figure.state is State.MISSED
            and self.earns(promised.agreement, figure)
        )

    def _figure(
        self,
        measuring: Measuring,
        promised: Promised,
        window: Window,
        why: tuple[Message, ...],
    ) -> Figure:
        """The figure of one window with its reasons; `why` says why it is not owed, if so."""
        ends = self.life.part(window.whole) or window.whole
        reckoned = reckon(measuring, window, max(0, ends[1] - window.end))
        why = (*self._not_owed(promised, window), *why)
        figure = figure_of(measuring, reckoned, owed=not why, several=self.several)
        beyond = promised.beyond(window)
        if beyond and figure.state is not State.NOT_OWED:
            figure = replace(figure, state=State.UNKNOWN, budget_left=None)
        elif figure.state is not State.NOT_OWED:
            figure = replace(figure, alerts=budget_alerts(measuring, reckoned, figure.key))
        return replace(
            figure,
            because=(
                *self._preface(promised, window),
                *reasons_of(measuring, figure, reckoned, promised.calendar),
                *beyond,
                *why,
                *promised.words,
            ),
        )

    def _preface(self, promised: Promised, window: Window) -> Iterator[Message]:
        """What is special about how the figure came to be measured."""
        for each in promised.observed:
            if each.foreign is not None:
                term = promised.term
                yield message(
                    "reason.stand-in", term=term.name, name=each.foreign, service=each.service
                )
            yield from self.observatory.timeline(promised.agreement, each).assumed
        if self.revisions.at(window.start) is None and self.ground.evaluation.as_if_in_force:
            yield message("reason.as-if-in-force", **self._taking_effect(promised))
        yield from unknown_entitlement(promised.limits, self.life)

    def _not_owed(self, promised: Promised, window: Window) -> Iterator[Message]:
        """Why nothing is owed for the window, if so."""
        if promised.bare:
            return
        if self.revisions.at(window.start) is None and not self.ground.evaluation.as_if_in_force:
            yield message("reason.before-in-force", **self._taking_effect(promised))
        begins = self.life.begins
        if promised.months and begins is not None and window.whole[0] < begins:
            at = shown(promised.calendar, begins)
            yield message("reason.before-account", term=promised.term.name, at=at)
        limits, time = promised.limits, window.end - 1
        yield from not_entitled(promised.agreement, limits, self.life, time)

    def _taking_effect(self, promised: Promised) -> dict[str, Value]:
        begins = self.revisions.revisions[0][0]
        return {
            "agreement": promised.agreement.name,
            "at": shown(promised.agreement.always, begins),
        }

    def _overlaps(self, promised: Promised, credited: Window) -> Message:
        return message(
            "reason.after-credit",
            term=promised.term.name,
            clause=promised.term.clause,
            label=credited.label,
        )
