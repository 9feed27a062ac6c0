"""Outages and open questions for people: who saw what, what was agreed, and what counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from uphold.agreement.agreement import Agreement
from uphold.cli.figure_lines import figure_name, length_of
from uphold.cli.screen import Screen
from uphold.cli.stretches import between
from uphold.cli.telling import wrapped
from uphold.engine.measure.figure import Counted, Figure
from uphold.engine.measure.json_values import instant
from uphold.engine.measure.outage import Outage, Question, Showing
from uphold.engine.measure.spans import Span
from uphold.engine.shown import shown
from uphold.messages import Message, message

_REPORTS = "reports"

MESSAGE_IDS = "kind.checks", "kind.logs"


def outage_lines(
    screen: Screen, outage: Outage, agreement: Agreement, figures: Sequence[Figure]
) -> Iterator[str]:
    """One outage: when, who showed it, how it was settled, whom it hit, and where it counts."""
    yield _title(screen, outage.service, outage.span, agreement, outage.open)
    shown_by = _shown_by(screen, outage.showings, agreement)
    for one in (*shown_by, *outage.because, *_where_it_counts(screen, outage, figures)):
        yield from wrapped(screen, screen.say(one), "    ")


def question_lines(
    screen: Screen, question: Question, agreement: Agreement, at: int
) -> Iterator[str]:
    """One question: the evidence on each side, and the facts of which one answers it."""
    yield _title(screen, question.service, question.span, agreement, False)
    for one in (*_shown_by(screen, question.showings, agreement), *question.because):
        yield from wrapped(screen, screen.say(one), "    ")
    if question.asked:
        yield from wrapped(screen, screen.say(message("outages.answer")), "    ")
        for fact in answers(question, agreement, at):
            yield f"      {fact}"


def answers(question: Question, agreement: Agreement, at: int) -> tuple[str, str]:
    """The two facts that answer a question, as of an instant: it was an outage, or it was none."""
    calendar = agreement.always
    since = shown(calendar, question.span[0])
    named = question.subject or f"outage:{question.service}-{since:%Y%m%dT%H%M%S}"
    judged = {"type": "outage.judged", "at": instant(calendar, at), "subject": named}
    judged["service"] = question.service
    judged["start"] = instant(calendar, question.span[0])
    judged["end"] = instant(calendar, question.span[1])
    return (
        json.dumps(judged, ensure_ascii=False),
        json.dumps({**judged, "counted": False}, ensure_ascii=False),
    )


def _title(screen: Screen, service: str, span: Span, agreement: Agreement, is_open: bool) -> str:
    name = screen.styled(screen.reader.value(service), "bold")
    start, end = (shown(agreement.always, each) for each in span)
    if is_open:
        when = screen.say(message("outages.since", start=start))
    else:
        when = between(screen.reader, start, end)
    return f"  {name}  {when}  {length_of(screen, span[1] - span[0])}"


def _shown_by(
    screen: Screen, showings: Sequence[Showing], agreement: Agreement
) -> Iterator[Message]:
    """Who showed it, source by source, each with its own first and last."""
    seen: dict[tuple[str, str, str], list[Span]] = {}
    for showing in showings:
        key = (showing.kind, showing.source, showing.check)
        seen.setdefault(key, []).append(showing.span)
    for (kind, source, check), spans in seen.items():
        start = shown(agreement.always, min(span[0] for span in spans))
        end = shown(agreement.always, max(span[1] for span in spans))
        when = between(screen.reader, start, end)
        if kind == _REPORTS:
            yield message("outages.reported", source=source, when=when)
        else:
            named = Message(f"kind.{kind}")
            yield message("outages.shown-by", kind=named, source=source, check=check, when=when)


def _where_it_counts(
    screen: Screen, outage: Outage, figures: Sequence[Figure]
) -> Iterator[Message]:
    """In which figures it makes downtime, and why in the others not."""
    for figure in figures:
        if figure.service != outage.service:
            continue
        for counted in figure.outages:
            if counted.span == outage.span:
                yield _counted(screen, figure, counted)


def _counted(screen: Screen, figure: Figure, counted: Counted) -> Message:
    name = figure_name(figure)
    if counted.counted:
        down = length_of(screen, counted.down)
        return message("outages.counts", name=name, down=down, why=counted.why)
    return message("outages.counts-not", name=name, why=counted.why)
