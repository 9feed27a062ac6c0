"""Outages and questions of one service, from all that is shown and told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from uphold.engine.measure.agreeing import Group, groups_of
from uphold.engine.measure.attaching import Attached, attached
from uphold.engine.measure.framing import UNION, framed
from uphold.engine.measure.judged import Judged, around, replaced, settled_times
from uphold.engine.measure.looking import Track
from uphold.engine.measure.outage import Outage, Question, Showing, Timeline
from uphold.engine.measure.outage_reasons import Reasons
from uphold.engine.measure.reconciling import Reconciling
from uphold.engine.measure.reports import Judgement, Report, Told
from uphold.engine.measure.shown import Shown
from uphold.engine.measure.spans import Span, clipped, merged, without
from uphold.engine.measure.stretches import Stretch, Stretches, hanging, hull
from uphold.messages import Message


@dataclass(frozen=True, slots=True)
class Bench:
    """Where one service's evidence is reconciled: its rule, and what is told of it.

    `reports` are all about it and its parts, evidence or not: they say whom an outage hits, and
    why it was. `judgements` are those about the whole of it.
    """

    service: str
    rule: Reconciling
    told: Told
    reasons: Reasons
    reports: tuple[Report, ...]
    judgements: tuple[Judgement, ...]

    def timeline(self, shown: Shown, since: int, until: int) -> Timeline:
        """What is known of the service from one instant until another."""
        groups = groups_of(shown)
        spans = [group.span for group in groups]
        judged = settled_times(self.told, self.judgements, spans, until)
        gone = replaced(judged, spans)
        outages = [self._by_person(each, groups, spans) for each in judged]
        questions: list[Question] = []
        about = self._about(spans)
        for place, group in enumerate(groups):
            if place not in gone:
                self._reconcile(group, about.get(place, ()), shown.tracks, outages, questions)
        settled = merged(each.span for each in judged)
        outages.extend(
            self._of_parts(each) for each in shown.settled if not around(settled, each.span)
        )
        known = without(shown.known, merged(each.span for each in questions))
        questions.extend(each for each in shown.questions if not around(settled, each.span))
        return Timeline(
            self.service,
            since,
            until,
            tuple(each for each in _as_one(outages) if _is_within(each.most, since, until)),
            tuple(
                each
                for each in sorted(questions, key=lambda each: (each.span, each.service))
                if _is_within(each.span, since, until)
            ),
            clipped(merged((*known, *(each.span for each in outages))), since, until),
            tuple(self.reasons.assumed(shown.tracks)),
        )

    def _about(self, spans: Sequence[Span]) -> Mapping[int, Sequence[str]]:
        """The outages that were reported in each of the groups."""
        found: dict[int, list[str]] = {}
        timed = {each.subject for each in self.judgements if each.timed}
        for report in self.reports:
            if report.subject not in timed:
                for place in around(spans, report.span):
                    found.setdefault(place, []).append(report.subject)
        return found

    def _by_person(self, judged: Judged, groups: Sequence[Group], spans: Sequence[Span]) -> Outage:
        """The outage that a person settled, with what it took the place of."""
        timed = {each.subject for each in self.judgements if each.timed}
        start, end = judged.span
        near = (
            report.subject
            for report in self.reports
            if report.span[0] <= end and report.span[1] >= start and report.subject not in timed
        )
        facts = attached(self.told, (judged.judgement.subject, *near))
        shown = chain.from_iterable(groups[place].showings for place in around(spans, judged.span))
        return judged_outage(self.service, judged, facts, tuple(shown), self.reasons)

    def _reconcile(
        self,
        group: Group,
        subjects: Sequence[str],
        tracks: Sequence[Track],
        outages: list[Outage],
        questions: list[Question],
    ) -> None:
        """Adds the outages that the evidence agrees on, or the question that it leaves."""
        facts = attached(self.told, subjects)
        settling = group.settling(self.rule)
        agreed = bool(settling)
        counted = facts.judged_by is None or facts.judged_by.value("counted") is not False
        if facts.judged_by is not None and not agreed:
            settling = (group.everything,)
        found = framed(group, settling, self.rule.frames) if settling else None
        if found is None and not counted:
            found = framed(group, (group.everything,), (UNION,))
        if found is None:
            questions.append(self._question(group, facts, tracks, agreed))
            return
        frame, stretches = found
        because = self._because(facts, group.showings, frame if agreed else None, counted)
        outage = Outage(
            self.service,
            group.span,
            group.span,
            group.span,
            judged=facts.judged_by is not None,
            counted=counted,
            because=tuple(because),
        )
        outages.extend(_each(told_of(outage, facts), stretches, group.showings))

    def _question(
        self, group: Group, facts: Attached, tracks: Sequence[Track], agreed: bool
    ) -> Question:
        up = _other_side(self.service, group, tracks)
        because = self.reasons.not_settled(self.rule, group.showings, up, agreed)
        return Question(
            self.service,
            group.span,
            group.showings,
            self.rule.asks,
            facts.subject,
            tuple(because),
        )

    def _because(
        self, facts: Attached, showings: Sequence[Showing], frame: str | None, counted: bool
    ) -> Iterator[Message]:
        if frame is None:
            yield self.reasons.shown_by(showings)
        else:
            yield from self.reasons.settled(self.rule, showings, frame)
        if facts.judged_by is not None:
            yield from self.reasons.judged(facts.judged_by, None, counted)
        yield from self.reasons.told(facts)

    def _of_parts(self, stretch: Stretch) -> Outage:
        """An outage of parts that were reconciled alone, as one of the service."""
        first = stretch.settled[0]
        if len(stretch.settled) > 1:
            subjects = [each.subject for each in stretch.settled if each.subject]
            first = told_of(first, attached(self.told, subjects))
            judged = all(each.judged for each in stretch.settled)
            first = replace(first, judged=judged, showings=_showings(stretch.settled))
        parts = (
            reason
            for each in stretch.settled
            for reason in (self.reasons.part(each.service), *each.because)
        )
        framed_first = _framed(first, stretch)
        return replace(framed_first, service=self.service, because=tuple(dict.fromkeys(parts)))


def _other_side(service: str, group: Group, tracks: Iterable[Track]) -> tuple[Track, ...]:
    """The sources that show up what others show down: the same checks, or the whole service."""
    showings = group.showings
    down = {(each.kind, each.source, each.check) for each in showings}
    checks = {each.check for each in showings}
    return tuple(
        track
        for track in tracks
        if (track.kind, track.source, track.check) not in down
        and (track.check in checks or service in checks)
        and track.shows_up(group.span)
    )


def judged_outage(
    service: str,
    judged: Judged,
    facts: Attached,
    showings: tuple[Showing, ...],
    reasons: Reasons,
) -> Outage:
    """An outage with the time that a person settled, which is sharp."""
    counted = judged.judgement.counted
    span = judged.span
    latest = judged.judgement.latest
    because = (*reasons.judged(latest, span, counted), *reasons.told(facts))
    found = Outage(
        service, span, span, span, showings, judged=True, counted=counted, open=judged.lasts
    )
    return replace(told_of(found, facts), subject=judged.judgement.subject, because=because)


def told_of(outage: Outage, facts: Attached) -> Outage:
    """The outage with what facts add to it."""
    return replace(
        outage,
        cause=facts.cause,
        accounts=facts.scope.accounts,
        regions=facts.scope.regions,
        subject=facts.subject,
        facts=facts.ids,
    )


def _each(outage: Outage, stretches: Stretches, showings: Sequence[Showing]) -> Iterator[Outage]:
    """One outage for each stretch of the frame, with the showings that touch it."""
    for stretch in stretches:
        start, end = stretch.span
        near = tuple(each for each in showings if each.span[0] <= end and each.span[1] >= start)
        shown = near if len(stretches) > 1 else tuple(showings)
        yield replace(_framed(outage, stretch), showings=shown)


def _framed(outage: Outage, stretch: Stretch) -> Outage:
    start = stretch.span[0]
    least = stretch.least or (start, start)
    return replace(outage, span=stretch.span, least=least, most=stretch.most, open=stretch.lasts)


def _as_one(outages: Iterable[Outage]) -> list[Outage]:
    """The outages in order; those that touch are one, where facts do not tell them apart."""
    alike: dict[tuple[object, ...], list[Outage]] = {}
    found = []
    for each in outages:
        if each.judged:
            found.append(each)
        else:
            same = (each.cause, each.accounts, each.regions, each.subject)
            alike.setdefault(same, []).append(each)
    for same_told in alike.values():
        groups = hanging(same_told, lambda each: each.span)
        found.extend(group[0] if len(group) == 1 else _one(group) for group in groups)
    return sorted(found, key=lambda each: (each.span, each.subject or ""))


def _one(outages: Sequence[Outage]) -> Outage:
    span, least, most = (
        hull(getattr(each, name) for each in outages) for name in ("span", "least", "most")
    )
    assert span is not None
    assert least is not None
    assert most is not None
    return replace(
        outages[0],
        span=span,
        least=least,
        most=most,
        showings=_showings(outages),
        open=any(each.open and each.span[1] == span[1] for each in outages),
        facts=tuple(dict.fromkeys(chain.from_iterable(each.facts for each in outages))),
        because=tuple(dict.fromkeys(chain.from_iterable(each.because for each in outages))),
    )


def _showings(outages: Iterable[Outage]) -> tuple[Showing, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(each.showings for each in outages)))


def _is_within(span: Span, since: int, until: int) -> bool:
    """Whether a span shares an instant with what is looked at."""
    return span[0] <= until and span[1] >= since
