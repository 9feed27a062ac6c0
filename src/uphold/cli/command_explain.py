"""`uphold explain`: the story of a verdict, from the words of the clause to the due time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from uphold.agreement.problem import nearest
from uphold.cli.judging import Judged, asked, judged
from uphold.cli.loading import told
from uphold.cli.mentioning import mention
from uphold.cli.options import Shared
from uphold.cli.refusal import Refusal
from uphold.cli.running import FINE, FOUND
from uphold.cli.screen import Screen
from uphold.cli.sources import told_apart
from uphold.cli.telling import Shown, fact_lines, story_lines
from uphold.engine.explain import Story, facts_of, story_of
from uphold.engine.verdict import State, Verdict
from uphold.facts.table import THINGS
from uphold.messages import message

_REGISTER = "register"


def explain(
    *files: str,
    at: str | None = None,
    known: str | None = None,
    as_if_in_force: bool = False,
    zone: str | None = None,
    shared: Shared = Shared(),  # noqa: B008 - frozen
) -> int:
    """Tells why a verdict is what it is: the clause, the facts, the time counted."""
    name, rest = _subject(files)
    sources = told_apart(rest)
    question = asked(at, known, as_if_in_force, zone)
    found = judged(sources, question)
    try:
        verdicts = _chosen(found, name)
    except Refusal as refusal:
        # The line that would have told of it may be one that could not be read.
        problems = tuple(told(found.problems))
        raise Refusal(refusal.said, refusal.hint, problems) from refusal
    screen = Screen(shared, question.zone or found.zone)
    stories = [story_of(found.evaluation, verdict) for verdict in verdicts]
    if shared.json:
        screen.json([_json(screen, story, found) for story in stories])
    else:
        for line in _lines(screen, stories, found):
            screen.result(line)
    mention(screen, found.problems)
    missed = any(verdict.state is State.MISSED for verdict in verdicts)
    return FOUND if missed or found.problems else FINE


def _subject(files: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The thing to explain, and the other words: it is the one that is no file but a subject."""
    kinds = (*THINGS, _REGISTER)
    named = [each for each in files if each.partition(":")[0] in kinds and ":" in each]
    named = [each for each in named if not Path(each).exists()]
    if len(named) == 1:
        return named[0], tuple(each for each in files if each != named[0])
    if named:
        raise Refusal(message("cli.subjects-several", subjects=tuple(named)))
    raise Refusal(message("cli.subject-missing"), message("cli.subject-form"))


def _chosen(found: Judged, name: str) -> tuple[Verdict, ...]:
    """The verdicts of `SUBJECT`, `SUBJECT/CLOCK` or `SUBJECT/CLOCK/CYCLE`; raises `Refusal`."""
    by_subject: dict[str, list[Verdict]] = {}
    for verdict in found.verdicts:
        by_subject.setdefault(verdict.subject, []).append(verdict)
    known = (*found.evaluation.facts.subjects, *by_subject)
    subject, rest = _split(name, known)
    if subject is None:
        near = nearest(name.partition("/")[0], known)
        hint = message("cli.nearest", names=(near,)) if near else None
        raise Refusal(message("cli.subject-unknown", subject=name.partition("/")[0]), hint)
    verdicts = by_subject.get(subject, [])
    if not verdicts:
        raise Refusal(message("cli.subject-without-clocks", subject=subject))
    clock, _, cycle = rest.partition("/")
    if not clock:
        return tuple(verdicts)
    clocks = tuple(dict.fromkeys(verdict.clock for verdict in verdicts))
    of_clock = [verdict for verdict in verdicts if verdict.clock == clock]
    if not of_clock:
        near = nearest(clock, clocks)
        hint = message("cli.clocks", subject=subject, clocks=(near,) if near else clocks)
        raise Refusal(message("cli.clock-unknown", clock=clock, subject=subject), hint)
    if not cycle:
        return tuple(of_clock)
    chosen = tuple(verdict for verdict in of_clock if str(verdict.cycle) == cycle)
    if not chosen:
        cycles = tuple(str(verdict.cycle) for verdict in of_clock)
        raise Refusal(
            message("cli.cycle-unknown", cycle=cycle, clock=clock, subject=subject),
            message("cli.cycles", cycles=cycles),
        )
    return chosen


def _split(name: str, known: Sequence[str]) -> tuple[str | None, str]:
    """The subject that the name begins with, the longest that is known, and what follows it."""
    parts = name.split("/")
    subjects = frozenset(known)
    for length in range(len(parts), 0, -1):
        subject = "/".join(parts[:length])
        if subject in subjects:
            return subject, "/".join(parts[length:])
    return None, ""


def _lines(screen: Screen, stories: Sequence[Story], found: Judged) -> Iterator[str]:
    """The facts once, then each story."""
    subject = stories[0].verdict.subject
    named = frozenset(fact for story in stories for fact in story.named_facts)
    yield from fact_lines(screen, subject, facts_of(found.evaluation, stories), named)
    shown: Shown = set()
    for story in stories:
        yield ""
        yield from story_lines(screen, story, shown)


def _json(screen: Screen, story: Story, found: Judged) -> dict[str, Any]:
    return {
        **story.verdict.to_json(),
        "words": [
            {
                "clause": each.anchor,
                "heading": each.heading,
                "text": each.text,
                "terms": list(each.terms),
                "quotes": list(each.quotes),
            }
            for each in story.words
        ],
        "facts": [
            json.loads(json.dumps(dict(fact.written)))
            for fact in facts_of(found.evaluation, (story,))
        ],
        "told": [screen.say(reason) for reason in (*story.reasons, *story.readings)],
    }
