"""Why an outage is one, or a question, as messages: what showed it, what settled it, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from uphold.engine.measure.attaching import Attached
from uphold.engine.measure.looking import Track
from uphold.engine.measure.outage import Showing
from uphold.engine.measure.reconciling import CHECKS, LOGS, Reconciling
from uphold.engine.measure.reports import text_of
from uphold.engine.measure.spans import Span
from uphold.engine.reasons import fact_data
from uphold.engine.shown import shown
from uphold.facts.fact import Fact
from uphold.messages import Message, Value, message
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import Elapsed


@dataclass(frozen=True, slots=True)
class Reasons:
    """Reasons with their times in one zone: `calendar` is the agreement's round the clock."""

    calendar: CompiledCalendar

    def settled(
        self, rule: Reconciling, showings: Sequence[Showing], frame: str
    ) -> Iterator[Message]:
        """What evidence settled an outage, by which term, and which of it says when it was."""
        seen = evidence(showings)
        if rule.term is None or rule.term.agreed_when is None:
            yield message("reason.outage-settled", evidence=seen)
        else:
            yield message(
                "reason.outage-agreed",
                term=rule.term.name,
                clause=rule.term.clause,
                evidence=seen,
                agreed=str(rule.term.agreed_when),
            )
        if rule.term is not None:
            yield message(
                "reason.outage-frame", term=rule.term.name, clause=rule.term.clause, frame=frame
            )

    def assumed(self, tracks: Iterable[Track]) -> Iterator[Message]:
        """What was taken as the interval of sources of which nobody says how often they look."""
        for track in tracks:
            if track.usual is not None:
                yield message(
                    "reason.interval-assumed",
                    check=track.check,
                    source=track.source,
                    length=Elapsed(track.usual),
                )

    def shown_by(self, showings: Sequence[Showing]) -> Message:
        """What shows an outage, whatever it settles."""
        return message("reason.outage-shown", evidence=evidence(showings))

    def not_settled(
        self, rule: Reconciling, showings: Sequence[Showing], up: Sequence[Track], agreed: bool
    ) -> Iterator[Message]:
        """What is shown on either side, what would have settled it, and who has the last word."""
        term = rule.term
        if agreed or term is None or term.agreed_when is None:
            yield self.shown_by(showings)
        else:
            yield message(
                "reason.outage-not-agreed",
                term=term.name,
                clause=term.clause,
                evidence=evidence(showings),
                agreed=str(term.agreed_when),
            )
        if up:
            sources = ((track.kind, track.source) for track in up)
            yield message("reason.outage-seen-up", evidence=_by_kind(sources))
        yield message("reason.outage-asked" if rule.asks else "reason.outage-unknown")

    def judged(self, fact: Fact, span: Span | None, counted: bool) -> Iterator[Message]:
        """Who judged an outage, and when it was by that judgement."""
        data: dict[str, Value] = {**fact_data(fact), "at": shown(self.calendar, fact.at_us)}
        by = text_of(fact, "by")
        yield (
            Message("reason.outage-judged", data)
            if by is None
            else Message("reason.outage-judged-by", {**data, "by": by})
        )
        reason = text_of(fact, "reason")
        if reason is not None:
            yield message("reason.outage-judged-because", text=reason)
        if not counted:
            yield message("reason.outage-none")
        elif span is not None:
            start, end = (shown(self.calendar, time) for time in span)
            yield message("reason.outage-judged-time", start=start, end=end)

    def told(self, attached: Attached) -> Iterator[Message]:
        """The cause and the scope that facts give."""
        if attached.cause is not None and attached.cause_by is not None:
            data: dict[str, Value] = {**fact_data(attached.cause_by), "cause": attached.cause}
            yield Message("reason.outage-cause", data)
        if attached.scope:
            whom = (*attached.scope.accounts, *attached.scope.regions)
            yield message("reason.outage-scope", whom=whom)

    def part(self, name: str) -> Message:
        """That an outage is one of a part, which was reconciled alone."""
        return message("reason.outage-of-part", part=name)


def evidence(showings: Iterable[Showing]) -> tuple[Value, ...]:
    """The kinds of evidence and their sources: "checks (oslo, bergen)"."""
    return _by_kind((each.kind, each.source) for each in showings)


def _by_kind(found: Iterable[tuple[str, str]]) -> tuple[Value, ...]:
    sources: dict[str, set[str]] = {}
    for kind, source in found:
        sources.setdefault(kind, set()).add(source)
    return tuple(_kind(kind, tuple(sorted(names))) for kind, names in sorted(sources.items()))


def _kind(kind: str, sources: tuple[str, ...]) -> Message:
    if kind == CHECKS:
        return message("evidence.checks", sources=sources)
    if kind == LOGS:
        return message("evidence.logs", sources=sources)
    return message("evidence.reports", sources=sources)
