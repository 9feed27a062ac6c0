"""Looks told as facts."""

from decimal import Decimal

from uphold.facts import Fact, make_fact
from uphold.facts.evidence import Evidence, Measure, Run, runs_of_facts
from uphold.facts.times import MINUTE, parse_time

TEN = parse_time("2027-02-01T10:00:00Z")


def observed(minute: int, state: str, **data: object) -> Fact:
    """A look at the web, so many minutes after ten."""
    return make_fact(
        "check.observed",
        f"2027-02-01T10:{minute:02}:00Z",
        "service:web",
        check="web",
        state=state,
        **data,
    )


def test_a_fact_of_a_check_is_a_look() -> None:
    fact = observed(0, "up", place="oslo", source="prober")
    assert runs_of_facts([fact]) == (Run("checks", "oslo", "web", TEN, TEN, "up"),)


def test_who_looked_is_the_place_else_the_source_else_the_kind() -> None:
    facts = [
        observed(0, "up", place="oslo", source="prober"),
        observed(0, "up", source="prober"),
        observed(0, "up"),
        observed(0, "up", kind="logs"),
    ]
    assert [(run.kind, run.source) for run in runs_of_facts(facts)] == [
        ("checks", "checks"),
        ("checks", "oslo"),
        ("checks", "prober"),
        ("logs", "logs"),
    ]


def test_what_a_fact_measured_comes_along() -> None:
    fact = observed(0, "down", attempts=10, failed=4, milliseconds=900, loss="1.50")
    (run,) = runs_of_facts([fact])
    assert run.measure == Measure(10, 4, 900, Decimal("1.5"))


def test_facts_of_one_series_join_looks_from_files() -> None:
    """Facts do not say how often a check looks, so they stay looks beside those that do."""
    looks = [Run("checks", "checks", "web", TEN, TEN, "up", MINUTE)]
    facts = runs_of_facts([observed(0, "down"), observed(1, "up")])
    found = Evidence.of([*looks, *facts]).runs
    assert [(run.state, run.first, run.interval) for run in found] == [
        ("down", TEN, None),
        ("up", TEN + MINUTE, None),
    ]


def test_facts_of_other_types_are_passed_over() -> None:
    opened = make_fact("request.opened", "2027-02-01T09:00:00Z", "request:1")
    assert runs_of_facts([opened]) == ()
