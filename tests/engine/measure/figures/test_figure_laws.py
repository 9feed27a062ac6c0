"""Laws of figures, and figures against an oracle that counts seconds one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.measure.figures.oracle import Case, Seconds, answer
from tests.engine.measure.figures.watch import (
    HOUR,
    MINUTE,
    SECOND,
    measured,
    promise,
    uptime,
    watched,
)
from tests.engine.pages import at, fact

from uphold.agreement.terms.measure import AvailabilityTerm
from uphold.engine.measure.availability import highest_of, lowest_of, share_of
from uphold.engine.measure.exclusions import Concerned
from uphold.engine.measure.lives import EVERYBODY
from uphold.engine.measure.maintenance import Session, Work
from uphold.engine.measure.outage import Outage, Timeline
from uphold.engine.measure.spans import Span, Spans, merged, without
from uphold.engine.measure.tally import Amounts, Tally, amounts, tally_of

LENGTH = 120
MODES = ("excluded", "counts as up", "counts as down")


@st.composite
def frames(draw: st.DrawFn) -> Seconds:
    """An outage: least inside span inside most; sometimes of a cause, sometimes judged none."""
    edges = sorted(draw(st.lists(st.integers(1, LENGTH - 1), min_size=6, max_size=6)))
    most, span, least = (edges[0], edges[5]), (edges[1], edges[4]), (edges[2], edges[3])
    return Seconds(
        span,
        least,
        most,
        draw(st.sampled_from([None, None, "own", "theirs"])),
        draw(st.sampled_from([True, True, True, False])),
    )


def disjoint(outages: list[Seconds]) -> list[Seconds]:
    """The outages of which no two share time, as one source shows them."""
    kept: list[Seconds] = []
    for each in sorted(outages, key=lambda one: one.span):
        if not kept or kept[-1].most[1] <= each.most[0]:
            kept.append(each)
    return kept


stretches = st.lists(
    st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(
        lambda pair: range(*sorted(pair))
    ),
    max_size=2,
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A service for two minutes, with outages, silence and maintenance anywhere."""
    outages = tuple(disjoint(draw(st.lists(frames(), max_size=5))))
    return Case(
        LENGTH,
        outages,
        frozenset(second for one in draw(stretches) for second in one),
        frozenset(second for one in draw(stretches) for second in one),
        draw(st.sampled_from([0, 1, 5, 10, 30])),
        draw(st.sampled_from(MODES)),
        draw(st.sampled_from([None, "theirs"])),
    )


def spans_of(seconds: frozenset[int]) -> Spans:
    """Seconds as spans in microseconds."""
    return merged((second * SECOND, (second + 1) * SECOND) for second in seconds)


def us(span: Span) -> Span:
    """A span of seconds in microseconds."""
    return span[0] * SECOND, span[1] * SECOND


def term_of(case: Case) -> AvailabilityTerm:
    """The term that the case is judged by."""
    excludes = ["planned maintenance"]
    excludes += [f"cause {case.excluded_cause}"] if case.excluded_cause else []
    written: dict[str, Any] = {
        "name": "uptime",
        "of": "web",
        "window": "calendar month",
        "target": "at least 99.9 %",
        "excludes": excludes,
        "unknown": case.unknown,
    }
    if case.shortest:
        written["counts"] = f"outages of at least {case.shortest} seconds"
    return AvailabilityTerm.model_validate(written)


def tally(case: Case) -> Tally:
    """The engine's tally of a case."""
    outages = tuple(
        Outage(
            "web",
            us(each.span),
            us(each.least),
            us(each.most),
            cause=each.cause,
            counted=each.counted,
        )
        for each in case.outages
    )
    whole: Spans = ((0, case.length * SECOND),)
    known = without(whole, spans_of(case.silent))
    timeline = Timeline("web", 0, case.length * SECOND, outages, (), known)
    work = spans_of(case.work)
    everywhere = (-SECOND, (case.length + 1) * SECOND)
    empty: frozenset[str] = frozenset()
    sessions = tuple(Session(span, everywhere) for span in work)
    works = (Work("maintenance:1", "planned", everywhere, sessions, empty, (), (), None, "f"),)
    return tally_of(term_of(case), timeline, EVERYBODY, Concerned(works, (), empty))


def shares(
    found: Amounts, unknown: str
) -> tuple[Fraction | None, Fraction | None, Fraction | None]:
    """Lowest, figure, highest."""
    return (
        lowest_of(found, unknown).exact,
        share_of(found, unknown).exact,
        highest_of(found).exact,
    )


window = st.tuples(st.integers(0, LENGTH), st.integers(0, LENGTH)).map(sorted)


@given(cases(), window)
def test_figures_equal_an_oracle_that_counts_seconds(case: Case, cut: list[int]) -> None:
    start, end = cut
    found = amounts(tally(case), start * SECOND, end * SECOND)
    wanted = answer(case, start, end)

    assert (found.owed, found.down, found.unknown) == (
        wanted.owed * SECOND,
        wanted.down * SECOND,
        wanted.unknown * SECOND,
    )
    assert shares(found, case.unknown) == (wanted.lowest, wanted.availability, wanted.highest)


@given(cases(), window)
def test_lowest_figure_highest_are_in_that_order(case: Case, cut: list[int]) -> None:
    found = amounts(tally(case), cut[0] * SECOND, cut[1] * SECOND)
    lowest, exact, highest = shares(found, case.unknown)

    if exact is not None and highest is not None:
        assert exact <= highest
    if exact is not None and lowest is not None:
        assert lowest <= exact
    assert found.down + found.unknown <= found.owed


@given(cases(), st.lists(st.integers(0, LENGTH), max_size=4))
def test_windows_that_lie_behind_each_other_add_up(case: Case, cuts: list[int]) -> None:
    made = tally(case)
    marks = [0, *sorted(cuts), LENGTH]
    parts = [amounts(made, start * SECOND, end * SECOND) for start, end in pairwise(marks)]
    whole = amounts(made, 0, LENGTH * SECOND)

    for name in ("owed", "down", "unknown", "lowest_down", "short_unknown", "highest_down"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
    kinds = {kind for kind, _ in whole.excluded}
    for kind in kinds:
        assert sum(dict(part.excluded).get(kind, 0) for part in parts) == dict(whole.excluded)[kind]


@given(cases(), window, st.integers(1, LENGTH - 1))
def test_more_downtime_never_raises_availability(case: Case, cut: list[int], more: int) -> None:
    """An outage that lasts longer, where nothing of a cause is left out: never a better figure."""
    plain = replace(case, excluded_cause=None)
    grown = tuple(
        replace(each, span=(each.span[0], max(each.span[1], min(more, each.most[1]))))
        if each.counted
        else each
        for each in plain.outages
    )
    before = shares(amounts(tally(plain), cut[0] * SECOND, cut[1] * SECOND), plain.unknown)
    worse = replace(plain, outages=grown)
    after = shares(amounts(tally(worse), cut[0] * SECOND, cut[1] * SECOND), plain.unknown)

    # Unknown time that turns out to be down, yet too briefly to count, enters as time up.
    if (plain.silent and plain.shortest) or before[1] is None or after[1] is None:
        return
    assert after[1] <= before[1]


minutes = st.integers(0, 27 * 24 * 60)
downs = st.lists(st.tuples(minutes, st.integers(1, 600), st.booleans()), max_size=4)


@given(downs)
def test_accounts_add_up(outages: list[tuple[int, int, bool]]) -> None:
    """An outage for one account is down there alone; one for all is down for each."""
    accounts = ("acme-1", "beta-1")
    facts = [
        fact("customer.agreed", "2026-01-01", f"customer:{name[:4]}", account=name)
        for name in accounts
    ]
    expected: dict[str, set[int]] = {name: set() for name in accounts}
    begin = at("2026-02-01")
    for number, (start, length, for_all) in enumerate(_apart(outages)):
        hit = accounts if for_all else accounts[:1]
        first, last = (_minute(begin, each) for each in (start, start + length))
        facts.append(
            fact(
                "outage.judged",
                "2026-02-28",
                f"outage:{number}",
                service="web",
                start=first,
                end=last,
                accounts=None if for_all else list(hit),
            )
        )
        for name in hit:
            expected[name] |= set(range(start, start + length))
    found = measured(
        promise(uptime(per="account")),
        watched("2026-02-01", "2026-03-01", every=HOUR),
        "2026-03-01",
        *facts,
    )

    assert {one.account: one.down for one in found.figures if one.window.label == "2026-02"} == {
        name: len(told) * MINUTE for name, told in expected.items()
    }


def _apart(outages: list[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The outages that lie well apart and end in the month."""
    kept: list[tuple[int, int, bool]] = []
    for start, length, for_all in sorted(outages):
        if start > 0 and (not kept or start > kept[-1][0] + kept[-1][1] + 60):
            kept.append((start, length, for_all))
    return kept


def _minute(begin: datetime, number: int) -> str:
    return (begin + timedelta(minutes=number)).isoformat()
