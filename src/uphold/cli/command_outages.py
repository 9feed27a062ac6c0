"""`uphold outages`: what was down, who says so, and what sources do not agree on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from uphold.agreement.agreement import Agreement
from uphold.cli.as_of import as_of
from uphold.cli.command_uptime import tell_evidence
from uphold.cli.judging import asked
from uphold.cli.materials import gathered
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.outage_lines import answers, outage_lines, question_lines
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.settling import Settled, settled
from uphold.cli.telling import source_of
from uphold.cli.watching import Several, Watching
from uphold.engine.measure.figure import Figure
from uphold.engine.measure.figure_json import outage_json, question_json
from uphold.engine.measure.outage import Outage, Question
from uphold.engine.measure.spans import Span
from uphold.messages import message


def outages(
    *files: str,
    facts: Several = (),
    evidence: Several = (),
    window: str | None = None,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    zone: str | None = None,
    watching: Watching = Watching(),  # noqa: B008 - frozen
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Lists outages with all that they rest on, and the questions that are open."""
    materials = gathered(files, facts, evidence, command="outages", needs_evidence=True)
    question = asked(at, known, as_if_in_force, zone)
    found = settled(materials, question, watching, window)
    screen = Screen(shared, question.zone or found.zone)
    if shared.json:
        screen.json(list(_json(found)))
    else:
        screen.result(as_of(screen, question.at, found.agreements))
        for line in _lines(screen, found):
            screen.result(line)
    tell_evidence(screen, found)
    mention(screen, found.problems)
    return FOUND if found.problems else FINE


def _found(found: Settled) -> list[tuple[Agreement, list[Outage], list[Question]]]:
    """Outages and questions of each agreement, in the order of time.

    Each as the revision in force when it began tells it, and under the latest that does.
    """
    told = frozenset(found.settlement.outages)
    asked_of_people = frozenset(found.settlement.questions)
    every: dict[str, tuple[Agreement, dict[Outage, None], dict[Question, None]]] = {}
    for name, revision, timeline in found.settlement.measured.timelines:
        agreement = found.agreement(name, revision)
        _, seen, open_ones = every.setdefault(name, (agreement, {}, {}))
        seen |= dict.fromkeys(
            each for each in timeline.outages if each in told and _asked(found, each.span)
        )
        open_ones |= dict.fromkeys(
            each
            for each in timeline.questions
            if each in asked_of_people and _asked(found, each.span)
        )
    return [
        (agreement, sorted(seen, key=_order), sorted(open_ones, key=_order))
        for agreement, seen, open_ones in every.values()
    ]


def _order(one: Outage | Question) -> tuple[Span, str]:
    return one.span, one.service


def _asked(found: Settled, span: Span) -> bool:
    """Whether it shares time with the window asked about."""
    period = found.period
    return period is None or (span[0] < period.end and period.start <= span[1])


def _lines(screen: Screen, found: Settled) -> Iterator[str]:
    at = found.settlement.evaluation.now
    for agreement, its, open_ones in _found(found):
        yield ""
        yield screen.styled(screen.say(source_of(agreement)), "bold")
        figures = [each for each in found.settlement.figures if each.agreement == agreement.name]
        yield screen.say(message("outages.count", count=len(its)))
        for outage in its:
            yield from outage_lines(screen, outage, agreement, figures)
        if open_ones:
            yield screen.say(message("outages.questions", count=len(open_ones)))
        for question in open_ones:
            yield from question_lines(screen, question, agreement, at)


def _json(found: Settled) -> Iterator[dict[str, Any]]:
    """Outages and questions; `is` tells them apart, and a question bears the facts to answer it."""
    at = found.settlement.evaluation.now
    for agreement, its, open_ones in _found(found):
        for outage in its:
            yield {
                "is": "outage",
                **outage_json(outage, agreement),
                "agreement": agreement.name,
                "figures": list(_figures(outage, found.settlement.figures)),
            }
        for question in open_ones:
            yield {
                "is": "question",
                **question_json(question, agreement),
                "agreement": agreement.name,
                "answers": list(answers(question, agreement, at)),
            }


def _figures(outage: Outage, figures: Iterable[Figure]) -> Iterator[dict[str, Any]]:
    """The figures that the outage is part of, whether it counts there and why."""
    for figure in figures:
        for counted in figure.outages:
            if counted.span == outage.span and figure.service == outage.service:
                yield {
                    "figure": figure.key,
                    "counted": counted.counted,
                    "why": counted.why.to_json(),
                }
