"""Outages, questions and known time against a judge that goes second by second."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.measure.outages.oracle import (
    ALLOWED,
    END,
    INTERVAL,
    Case,
    Found,
    Judge,
    Looks,
)
from tests.engine.measure.outages.sight import START, TEN, seen
from tests.engine.pages import agreement, fact

from uphold.agreement import Agreement
from uphold.engine.measure.outage import Timeline
from uphold.facts import Fact
from uphold.facts.evidence import Evidence, Run

SECOND = 1_000_000
Sets = tuple[tuple[tuple[str, int], ...], ...]
SETS: tuple[Sets, ...] = (
    ((("checks", 1),), (("logs", 1),), (("reports", 1),)),
    ((("checks", 2),),),
    ((("checks", 2),), (("checks", 1), ("logs", 1)), (("logs", 1), ("reports", 1))),
    ((("checks", 1), ("reports", 1)),),
    ((("checks", 1), ("logs", 1), ("reports", 1)),),
)
FRAMES = (
    ("union",),
    ("component log", "first failed to next good check"),
    ("first failed to next good check",),
)
SOURCES = tuple(
    (kind, source, part)
    for kind, source in (("checks", "oslo"), ("checks", "bergen"), ("logs", "app"))
    for part in ("a", "b")
)

states = st.sampled_from(["up", "up", "down", "down", "unknown"])
looks = st.dictionaries(st.integers(0, END - 1), states, max_size=14)
spans = st.tuples(st.integers(0, END - 1), st.integers(1, 25)).map(
    lambda drawn: (drawn[0], min(END, drawn[0] + drawn[1]))
)
judgements = st.none() | st.tuples(spans, st.booleans()).map(lambda drawn: (*drawn[0], drawn[1]))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Looks of three sources at two parts, reports, perhaps a judgement, under some rule."""
    drawn = draw(st.lists(looks, min_size=len(SOURCES), max_size=len(SOURCES)))
    reports = tuple((None, *span) for span in draw(st.lists(spans, max_size=2)))
    return Case(
        dict(zip(SOURCES, drawn, strict=True)),
        reports,
        draw(judgements),
        draw(st.sampled_from(SETS)),
        draw(st.sampled_from(FRAMES)),
        draw(st.integers(1, 3)),
    )


def page(case: Case) -> Agreement:
    """The agreement of a case."""
    return _page(case.agreed, case.frames, case.row, case.every_part)


@cache
def _page(agreed: Sets, frames: tuple[str, ...], in_row: int, every_part: bool) -> Agreement:
    kinds = [[f"{k} from {n} places" if n > 1 else k for k, n in wanted] for wanted in agreed]
    rule = "all parts are down" if every_part else "any part is down"
    row = f"{in_row} checks in a row fail" if in_row > 1 else "1 check fails"
    return agreement(
        f"service: calling\nparts: [a, b]\ndown when: {rule}\n",
        "evidence: seen\nof: calling\n"
        f"sources: {{checks: every {INTERVAL} seconds, logs: component logs, "
        "reports: customer reports}\n"
        f"agreed when: {', or '.join(' and '.join(wanted) for wanted in kinds)}\n"
        f"frame: {' if there is one, else '.join(frames)}\n"
        f"silent after: {ALLOWED} seconds\n",
        *(f"indicator: {part}\nof: calling\ndown when: {row}\n" for part in "ab"),
    )


def runs_of(case: Case) -> list[Run]:
    """The looks, each as a run of one."""
    return [look for name, seen_by in case.looks.items() for look in _looks(*name, seen_by)]


def _looks(kind: str, source: str, part: str, seen_by: Looks) -> list[Run]:
    own = INTERVAL * SECOND
    return [
        Run(kind, source, part, START + at * SECOND, START + at * SECOND, state, own)
        for at, state in seen_by.items()
    ]


def facts_of(case: Case) -> list[Fact]:
    """The reports, and the judgement."""
    told = [
        fact(
            "outage.reported",
            TEN,
            f"outage:{number}",
            start=_wall(start),
            end=_wall(end),
            service=service,
        )
        for number, (service, start, end) in enumerate(case.reports)
    ]
    if case.judged:
        start, end, counted = case.judged
        said = {"start": _wall(start), "end": _wall(end), "counted": counted}
        told.append(fact("outage.judged", TEN, "outage:judged", **said))
    return told


def _wall(second: int) -> str:
    return (TEN + timedelta(seconds=second)).isoformat()


def timeline_of(case: Case) -> Timeline:
    """What the engine makes of a case."""
    runs = Evidence.of(runs_of(case)).runs
    return seen(page(case), runs, facts_of(case), until=END / 60)


def seconds(span: tuple[int, int]) -> tuple[int, int]:
    """A span in seconds from the start."""
    return (span[0] - START) // SECOND, (span[1] - START) // SECOND


def cells(found: list[tuple[int, int]]) -> set[int]:
    """The cells of spans in seconds."""
    return {cell for start, end in found for cell in range(start, end)}


@settings(max_examples=200)
@given(cases())
def test_every_outage_question_and_known_second_is_as_the_oracle_says(case: Case) -> None:
    found, told = timeline_of(case), Judge(case).told()
    assert [
        Found(seconds(each.span), seconds(each.least), seconds(each.most), each.counted)
        for each in found.outages
    ] == told.outages
    assert [seconds(each.span) for each in found.questions] == told.questions
    assert cells([seconds(span) for span in found.known]) == told.known


@settings(max_examples=100)
@given(st.lists(looks, min_size=len(SOURCES), max_size=len(SOURCES)))
def test_all_parts_are_down_when_the_oracle_says(drawn: list[Looks]) -> None:
    case = Case(dict(zip(SOURCES, drawn, strict=True)), agreed=SETS[0], every_part=True)
    found, judge = timeline_of(case), Judge(case)
    down = {cell for kind in ("checks", "logs") for cell in judge.down(kind)}
    assert cells([seconds(each.span) for each in found.outages]) == down
    assert cells([seconds(span) for span in found.known]) == judge.known() | down
