"""The reasons of a figure: the window, what leaves it, the outages, the arithmetic, the words.

In the order in which they lead to the state; each names the term and clause that it rests on.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import islice

from uphold.engine.measure.availability import AS_DOWN, AS_UP, EXCLUDED, share_of
from uphold.engine.measure.exclusion_words import exclusion_words
from uphold.engine.measure.exclusions import excluded_kind
from uphold.engine.measure.figure import Figure, cut_off
from uphold.engine.measure.figuring import Measuring, Reckoned, told_in
from uphold.engine.measure.json_values import percentage
from uphold.engine.measure.maintenance import Work
from uphold.engine.measure.spans import Span, clipped, total
from uphold.engine.measure.tally import Tally, WindowUse
from uphold.engine.shown import shown
from uphold.engine.verdict import State
from uphold.messages import Message, Percent, Value, message
from uphold.worktime import CompiledCalendar
from uphold.worktime.durations import Elapsed

MOST_OUTAGES = 60
"""How many outages a figure tells one by one; the others are summed up."""


def reasons_of(
    measuring: Measuring, figure: Figure, reckoned: Reckoned, calendar: CompiledCalendar
) -> tuple[Message, ...]:
    """The reasons that follow from the figure itself; `calendar` is in the window's zone."""
    return (
        *_window(figure, reckoned, calendar),
        *_exclusions(measuring, figure),
        _owed(figure),
        *_outages(measuring, figure, calendar),
        *_unknown(measuring, figure),
        *_arithmetic(measuring, figure, reckoned),
        *_outcome(measuring, figure, reckoned),
        *_alerts(figure, calendar),
    )


def percent(share: Fraction, decimals: int) -> Percent:
    """A share as a percentage, cut off after so many decimals."""
    return Percent(Decimal(cut_off(share, decimals)))


def _window(figure: Figure, reckoned: Reckoned, calendar: CompiledCalendar) -> Iterator[Message]:
    window = figure.window
    yield message(
        "reason.window",
        term=figure.term,
        clause=figure.clause,
        service=figure.service,
        label=window.label,
        start=shown(calendar, window.start),
        end=shown(calendar, window.end),
    )
    ends = window.end + reckoned.rest
    if (window.start, ends) != window.whole:
        start, end = (shown(calendar, time) for time in window.whole)
        yield message("reason.window-cut", term=figure.term, start=start, end=end)
    if reckoned.rest:
        yield message("reason.window-running", term=figure.term, end=shown(calendar, ends))


def _owed(figure: Figure) -> Message:
    """The time owed, as what the window has without what is left out."""
    whole, owed = figure.window.end - figure.window.start, figure.owed
    if owed == whole:
        return message("reason.owed-time", term=figure.term, length=Elapsed(owed))
    return message(
        "reason.owed-without",
        term=figure.term,
        whole=Elapsed(whole),
        excluded=Elapsed(whole - owed),
        length=Elapsed(owed),
    )


def _exclusions(measuring: Measuring, figure: Figure) -> Iterator[Message]:
    for kind, length in figure.excluded:
        yield message(
            "reason.excluded-time",
            term=figure.term,
            clause=figure.clause,
            kind=exclusion_words(kind),
            length=Elapsed(length),
        )
    window = figure.window.start, figure.window.end
    seen: set[str] = set()
    for tally in measuring.tallies:
        for use in tally.windows:
            if use.term.name not in seen and use.used.within(*window):
                seen.add(use.term.name)
                yield _standing(use, window)
        for work in _works(tally, figure):
            if work.subject not in seen:
                seen.add(work.subject)
                yield from _work(measuring, tally, work, figure)


def _standing(use: WindowUse, window: Span) -> Message:
    """How much of a standing window was used, and what of that is left out."""
    told: dict[str, Value] = {
        "term": use.term.name,
        "clause": use.term.clause,
        "used": Elapsed(use.used.within(*window)),
        "length": Elapsed(use.excluded.within(*window)),
    }
    if use.term.at_most is None:
        return Message("reason.standing-window", told)
    return Message("reason.standing-quota", told | {"quota": str(use.term.at_most)})


def _works(tally: Tally, figure: Figure) -> tuple[Work, ...]:
    return tally.works.meeting(figure.window.start, figure.window.end)


def _work(measuring: Measuring, tally: Tally, work: Work, figure: Figure) -> Iterator[Message]:
    """What became of one maintenance that the term excludes."""
    kind = None if measuring.term is None else excluded_kind(measuring.term, work)
    if kind is None:
        return
    window = figure.window.start, figure.window.end
    if not work.actual:
        yield message("reason.maintenance-not-done", subject=work.subject, fact=work.fact)
    elif work.subject in tally.concerned.late:
        yield message("reason.maintenance-late", subject=work.subject, fact=work.fact)
    else:
        if work.unplanned:
            yield message("reason.maintenance-unplanned", subject=work.subject, fact=work.fact)
        if not work.excludable and not work.overrun:
            return
        length = total(clipped(work.excludable, *window))
        if length:
            yield message(
                "reason.maintenance",
                subject=work.subject,
                kind=exclusion_words(kind),
                length=Elapsed(length),
                fact=work.fact,
            )
        over = total(clipped(work.overrun, *window))
        if over:
            yield message(
                "reason.maintenance-overrun",
                subject=work.subject,
                length=Elapsed(over),
                fact=work.fact,
            )


def _outages(measuring: Measuring, figure: Figure, calendar: CompiledCalendar) -> Iterator[Message]:
    told = islice(told_in(measuring, figure.window), MOST_OUTAGES)
    for counted, (_, weighed) in zip(figure.outages, told, strict=False):
        yield message(
            "reason.outage",
            term=figure.term,
            start=shown(calendar, counted.span[0]),
            end=shown(calendar, counted.span[1]),
            why=counted.why,
            length=Elapsed(counted.down),
        )
        yield from weighed.outage.because
    if len(figure.outages) > MOST_OUTAGES:
        more = len(figure.outages) - MOST_OUTAGES
        yield message("reason.outages-more", term=figure.term, count=more)
    counting = len(figure.counting)
    yield message("reason.downtime", term=figure.term, count=counting, length=Elapsed(figure.down))
    if figure.questions:
        yield message("reason.questions", term=figure.term, count=figure.questions)


def _unknown(measuring: Measuring, figure: Figure) -> Iterator[Message]:
    coverage = figure.coverage
    if not figure.unknown or coverage is None:
        return
    told: dict[str, Value] = {
        "term": figure.term,
        "length": Elapsed(figure.unknown),
        "coverage": percent(coverage, figure.decimals),
    }
    unknown = measuring.promise.unknown
    if unknown == AS_UP:
        yield Message("reason.unknown-as-up", told)
    elif unknown == AS_DOWN:
        yield Message("reason.unknown-as-down", told)
    else:
        yield Message("reason.unknown-time", told)


def _arithmetic(measuring: Measuring, figure: Figure, reckoned: Reckoned) -> Iterator[Message]:
    """The sum that the figure is, with its bounds where the evidence leaves any."""
    if figure.availability is None:
        return
    share = percent(figure.availability, figure.decimals)
    unknown = measuring.promise.unknown
    if len(reckoned.parts) > 1:
        for tally, each in zip(measuring.tallies, reckoned.parts, strict=True):
            exact = share_of(each, unknown).exact
            if exact is not None:
                part = percent(exact, figure.decimals)
                yield message(
                    "reason.part", term=figure.term, part=tally.service, availability=part
                )
        count = len(reckoned.parts)
        yield message("reason.mean", term=figure.term, count=count, availability=share)
    else:
        owed, gone, down = (Elapsed(us) for us in (figure.owed, figure.unknown, figure.down))
        told: dict[str, Value] = {
            "term": figure.term,
            "owed": owed,
            "down": down,
            "availability": share,
        }
        if unknown == AS_UP or (unknown == EXCLUDED and not figure.unknown):
            yield Message("reason.share", told)
        elif unknown == AS_DOWN:
            yield Message("reason.share-as-down", told | {"unknown": gone})
        else:
            yield Message("reason.share-of-known", told | {"unknown": gone})
    lowest, highest = figure.lowest, figure.highest
    if lowest is not None and highest is not None and lowest != highest:
        yield message(
            "reason.bounds",
            term=figure.term,
            lowest=percent(lowest, figure.decimals),
            highest=percent(highest, figure.decimals),
        )


def _outcome(measuring: Measuring, figure: Figure, reckoned: Reckoned) -> Iterator[Message]:
    """What the figure makes of the promise."""
    term, target = measuring.term, measuring.promise.target
    if term is None or target is None:
        yield message("reason.nothing-promised", agreement=figure.agreement)
        return
    if figure.state is State.NOT_OWED:
        if figure.owed + reckoned.rest == 0:
            yield message("reason.nothing-left", term=figure.term, clause=figure.clause)
        return
    wanted = Percent(term.target.share.value)
    told: dict[str, Value] = {"term": figure.term, "clause": figure.clause, "target": wanted}
    if figure.state is State.UNKNOWN:
        yield from _not_known(measuring, figure)
    elif reckoned.rest and figure.state is State.MISSED:
        yield Message("reason.beyond-reach", told)
    elif figure.state is State.MISSED and figure.availability is not None:
        short = percent(target - figure.availability, figure.decimals + 3)
        yield Message("reason.target-missed", told | {"shortfall": short.amount})
    elif figure.state is State.MET:
        yield Message("reason.target-met", told)
    if figure.budget_left is not None and figure.budget_left >= 0:
        yield message("reason.budget-left", term=figure.term, length=Elapsed(figure.budget_left))


def _alerts(figure: Figure, calendar: CompiledCalendar) -> Iterator[Message]:
    """The warnings that were reached, and when."""
    for alert in figure.alerts:
        if alert.at is None:
            continue
        at = shown(calendar, alert.at)
        if alert.share is not None:
            share = Percent(Decimal(percentage(alert.share)))
            yield message("reason.alert-share", term=figure.term, share=share, at=at)
        elif alert.before is not None:
            left = Elapsed(alert.before)
            yield message("reason.alert-left", term=figure.term, left=left, at=at)


def _not_known(measuring: Measuring, figure: Figure) -> Iterator[Message]:
    """That there is no evidence, or too little of it."""
    least, coverage = measuring.promise.least_coverage, figure.coverage
    if not coverage:
        yield message("reason.no-evidence", term=figure.term)
    elif least is not None and coverage < least:
        yield message(
            "reason.coverage-short",
            term=figure.term,
            clause=figure.clause,
            coverage=percent(coverage, figure.decimals),
            least=percent(least, figure.decimals),
        )
