"""Laws of outages: readings nest, order is no matter, more failed looks never excuse anything."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engine.measure.outages.oracle import END, Case
from tests.engine.measure.outages.sight import START, seen, us
from tests.engine.measure.outages.test_against_oracle import (
    SECOND,
    SETS,
    SOURCES,
    cases,
    cells,
    facts_of,
    looks,
    page,
    runs_of,
    seconds,
    timeline_of,
)
from tests.engine.pages import agreement

from uphold.engine.measure.outage import Timeline
from uphold.facts.evidence import Evidence, Measure, Run


def lost(found: Timeline) -> set[int]:
    """The seconds that are down, or that a person must judge."""
    spans = (*(each.span for each in found.outages), *(each.span for each in found.questions))
    return cells([seconds(span) for span in spans])


@settings(max_examples=100)
@given(cases(), st.booleans(), st.randoms(use_true_random=False))
def test_readings_nest_and_order_is_no_matter(case: Case, every_part: bool, random: Random) -> None:
    case = replace(case, every_part=every_part)
    found = timeline_of(case)
    for outage in found.outages:
        assert outage.most[0] <= outage.span[0] <= outage.least[0]
        assert outage.least[0] <= outage.least[1] <= outage.span[1] <= outage.most[1]
    runs, facts = runs_of(case), facts_of(case)
    random.shuffle(runs)
    random.shuffle(facts)
    assert seen(page(case), runs, facts, until=END / 60) == found


@settings(max_examples=100)
@given(cases(), st.sampled_from(SOURCES), st.integers(0, END - 1))
def test_one_more_failed_look_never_takes_away_what_is_down_or_asked(
    case: Case, name: tuple[str, str, str], at: int
) -> None:
    assume(case.looks[name].get(at) in (None, "down"))
    case = replace(case, frames=("union",), judged=None, agreed=SETS[0])
    more = replace(case, looks={**case.looks, name: {**case.looks[name], at: "down"}})
    assert lost(timeline_of(case)) <= lost(timeline_of(more))


@settings(max_examples=80)
@given(cases(), st.integers(0, END - 1))
def test_looked_at_earlier_it_is_as_if_nothing_had_come_later(case: Case, until: int) -> None:
    earlier = {
        name: {at: state for at, state in seen_by.items() if at <= until}
        for name, seen_by in case.looks.items()
    }
    facts, terms = facts_of(case), page(case)
    then = seen(terms, runs_of(replace(case, looks=earlier)), facts, until=until / 60)
    assert seen(terms, runs_of(case), facts, until=until / 60) == then


measures = st.builds(
    Measure, attempts=st.none() | st.integers(0, 30), failed=st.none() | st.integers(0, 30)
)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 9), st.sampled_from(["up", "down", "unknown"]), measures, st.booleans()
        ),
        max_size=12,
    ),
    st.integers(1, 25),
    st.integers(1, 40),
    st.integers(1, 7),
)
def test_a_run_of_looks_falls_into_slices_as_its_looks_do(
    drawn: list[tuple[int, str, Measure, bool]], slice_seconds: int, least: int, apart: int
) -> None:
    """The quick way through long runs says what each look in turn says."""
    terms = agreement(
        "service: calling\nparts: [a]\ndown when: any part is down\n",
        f"evidence: seen\nof: calling\nsources: {{checks: every {apart} seconds}}\n",
        "indicator: a\nof: calling\n"
        f"down when: failed at least 40 % of attempts in {slice_seconds} seconds\n"
        f"at least: {least} attempts\n",
    )
    whole: list[Run] = []
    single: list[Run] = []
    at = START
    for count, state, measure, bears in drawn:
        told = measure if bears else None
        step = apart * SECOND
        last = at + (count - 1) * step
        whole.append(Run("checks", "oslo", "a", at, last, state, step, count, told))
        single += [
            Run("checks", "oslo", "a", at + each * step, at + each * step, state, step, 1, told)
            for each in range(count)
        ]
        at = last + step
    for until in (us(10), at - 3 * SECOND):
        minutes = max(1, (until - START) // SECOND) / 60
        assert seen(terms, whole, until=minutes) == seen(terms, single, until=minutes)


@settings(max_examples=40)
@given(st.lists(looks, min_size=len(SOURCES), max_size=len(SOURCES)))
def test_joined_runs_give_what_single_looks_give(drawn: list[dict[int, str]]) -> None:
    case = Case(dict(zip(SOURCES, drawn, strict=True)), agreed=SETS[2])
    single = runs_of(case)
    joined = Evidence.of(single).runs
    assert seen(page(case), single, until=END / 60) == seen(page(case), joined, until=END / 60)
