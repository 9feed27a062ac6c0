"""Services made of parts: any, all, at least so many, parts of parts, parts of their own."""

from __future__ import annotations

import pytest
from tests.engine.measure.outages.sight import (
    SERVICE,
    evidence,
    indicator,
    judged,
    known,
    looks,
    minutes,
    readings,
    reported,
    seen,
    spans,
    us,
)
from tests.engine.pages import agreement

from uphold.engine.measure.timelines import names_of, stand_in
from uphold.facts.evidence import Run

CHECKS = evidence(sources="{checks: every 1 minute}")


def service(name: str, parts: str, rule: str) -> str:
    """A service term."""
    return f"service: {name}\nparts: [{parts}]\ndown when: {rule}\n"


def three(*patterns: str) -> list[Run]:
    """Looks of one source at the parts a, b and c."""
    return [
        look
        for check, pattern in zip("abc", patterns, strict=True)
        for look in looks("oslo", pattern, check)
    ]


def test_any_part_that_is_down_makes_one_outage_of_the_service() -> None:
    terms = (service("calling", "a, b, c", "any part is down"), CHECKS)
    found = seen(terms, three("UDDUUUUU", "UUUDDUUU", "UUUUUUUU"), until=8)
    (outage,) = found.outages
    assert readings(outage) == ((1, 4), (1, 5), (0, 5))
    assert {showing.check for showing in outage.showings} == {"a", "b"}


def test_all_parts_must_be_down_at_one_instant() -> None:
    terms = (service("calling", "a, b, c", "all parts are down"), CHECKS)
    found = seen(terms, three("UDDDDDUU", "UUDDDDDU", "UUUDDDDD"), until=8)
    (outage,) = found.outages
    assert readings(outage) == ((3, 5), (3, 6), (2, 6))
    assert known(found) == [(0, 8)]


def test_at_least_two_of_three() -> None:
    terms = (service("calling", "a, b, c", "at least 2 parts are down"), CHECKS)
    found = seen(terms, three("UDDDUUUU", "UUUDDDUU", "UUUUUDDU"), until=8)
    assert spans(found.outages) == [(3, 4), (5, 6)]
    assert readings(found.outages[0]) == ((3, 3), (3, 4), (2, 4))


def test_parts_that_take_turns_are_never_down_together() -> None:
    terms = (service("calling", "a, b, c", "at least 2 parts are down"), CHECKS)
    assert seen(terms, three("DDUU", "UUDD", "UUUU"), until=4).outages == ()


def test_a_part_of_which_nothing_is_known_may_be_either() -> None:
    runs = three("UUUDDUUU", "UUUU....", "UUUUUUUU")
    anyone = (service("calling", "a, b, c", "any part is down"), CHECKS)
    assert known(seen(anyone, runs, until=8)) == [(0, 5)], "a is down until 5, whatever b is"
    every = (service("calling", "a, b, c", "all parts are down"), CHECKS)
    assert known(seen(every, runs, until=8)) == [(0, 8)], "c is up, whatever b is"
    two = (service("calling", "a, b, c", "at least 2 parts are down"), CHECKS)
    assert known(seen(two, runs, until=8)) == [(0, 4), (5, 8)], "from 4 to 5 it hangs on b"


def test_a_part_that_nobody_watches_leaves_the_service_unknown() -> None:
    found = seen((SERVICE, CHECKS), looks("oslo", "UUUU", "sign-in"), until=4)
    assert known(found) == []


def test_parts_of_parts() -> None:
    terms = (
        service("calling", "front, back", "any part is down"),
        service("back", "a, b, c", "at least 2 parts are down"),
        CHECKS,
    )
    runs = [*three("UDDDUUUU", "UUDDUUUU", "UUUUUUUU"), *looks("oslo", "UUUUUUDU", "front")]
    found = seen(terms, runs, until=8)
    assert spans(found.outages) == [(2, 4), (6, 7)]
    assert known(found) == [(0, 8)]
    assert spans(seen(terms, runs, service="back", until=8).outages) == [(2, 4)]
    assert spans(seen(terms, runs, service="a", until=8).outages) == [(1, 4)]


def test_evidence_by_the_services_own_name_is_about_the_whole_of_it() -> None:
    runs = [*looks("oslo", "UUUUUU", "calling"), *looks("oslo", "UUDUUU", "sign-in")]
    found = seen((SERVICE, CHECKS), runs, until=6)
    assert known(found) == [(0, 6)]
    assert spans(found.outages) == [(2, 3)]
    runs = [*looks("oslo", "UDUUUU", "calling"), *looks("oslo", "UUUUUU", "sign-in")]
    assert spans(seen((SERVICE, CHECKS), runs, until=6).outages) == [(1, 2)]


def test_a_service_without_parts_is_its_own_check() -> None:
    terms = ("service: calling\n", CHECKS)
    found = seen(terms, looks("oslo", "UUDU", "calling"), until=4)
    assert spans(found.outages) == [(2, 3)]
    assert known(found) == [(0, 4)]


def test_a_service_that_names_no_parts_has_the_checks_that_it_has_indicators_for() -> None:
    terms = ("service: calling\n", CHECKS, indicator("ping", "2 checks in a row fail"))
    found = seen(terms, looks("oslo", "UDUDDU", "ping"), until=6)
    assert spans(found.outages) == [(3, 5)]
    assert spans(seen(terms, looks("oslo", "UDUDDU", "calling"), until=6).outages) == [(3, 5)]


def test_parts_may_be_watched_by_different_sources() -> None:
    terms = (service("calling", "a, b", "any part is down"), evidence())
    runs = [*looks("oslo", "UUDUUU", "a"), *looks("app", "UUUUDU", "b", kind="logs")]
    found = seen(terms, runs, until=6)
    assert spans(found.outages) == [(2, 3), (4, 5)]
    assert known(found) == [(0, 6)]


def test_what_other_sources_show_of_a_part_stands_in_where_a_kind_is_silent() -> None:
    terms = (
        service("calling", "a, b", "all parts are down"),
        evidence(agreed_when="checks and logs"),
    )
    runs = [*looks("oslo", "UDDDUU", "a"), *looks("app", "UUDDDU", "b", kind="logs")]
    found = seen(terms, runs, until=6)
    assert spans(found.outages) == [(2, 4)]
    assert {showing.kind for showing in found.outages[0].showings} == {"checks", "logs"}
    contradicting = [*runs, *looks("oslo", "UUUUUU", "b")]
    found = seen(terms, contradicting, until=6)
    assert found.outages == ()
    assert spans(found.questions) == [(2, 4)], "the log still shows b down and the checks show a so"


def test_a_kind_that_says_nothing_of_any_part_shows_nothing() -> None:
    terms = (
        service("calling", "a, b", "all parts are down"),
        evidence(agreed_when="checks and logs"),
    )
    runs = [*looks("oslo", "UDDDUU", "a"), *looks("oslo", "UDDDUU", "b")]
    runs += looks("app", "U.....", "a", kind="logs")
    found = seen(terms, runs, until=6)
    assert found.outages == ()
    assert spans(found.questions) == [(1, 4)]


def test_a_part_is_reconciled_as_the_service_is_that_it_belongs_to() -> None:
    terms = (
        service("calling", "front, back", "any part is down"),
        service("back", "a, b", "any part is down"),
        evidence(sources="{checks: every 1 minute}", agreed_when="checks from 2 places"),
    )
    runs = [*looks("oslo", "UDDUUD", "a"), *looks("bergen", "UDDUUU", "a")]
    for name in ("a", "back"):
        found = seen(terms, runs, service=name, until=6)
        assert spans(found.outages) == [(1, 3)]
        assert spans(found.questions) == [(5, 6)]
    assert known(seen(terms, runs, service="a", until=6)) == [(0, 5)]


class TestOwnEvidence:
    """A part with an evidence term of its own is reconciled alone."""

    terms = (
        SERVICE,
        service("sign-in", "login", "any part is down"),
        evidence(sources="{checks: every 1 minute}"),
        """\
evidence: two-places
of: sign-in
sources: {checks: every 1 minute, reports: customer reports}
agreed when: checks from 2 places
silent after: 3 minutes
""",
    )

    def test_it_enters_as_it_came_out(self) -> None:
        runs = [
            *looks("oslo", "UDDUUDUU", "login"),
            *looks("bergen", "UUDDUUUU", "login"),
            *looks("oslo", "UUUUUUUU", "place-call"),
        ]
        found = seen(self.terms, runs, until=8)
        (outage,) = found.outages
        assert readings(outage) == ((1, 3), (1, 4), (0, 4))
        assert outage.service == "calling"
        assert {showing.source for showing in outage.showings} == {"oslo", "bergen"}
        (question,) = found.questions
        assert (question.service, minutes(question.span)) == ("sign-in", (5, 6))
        assert known(found) == [(0, 5), (6, 8)]

    def test_its_outage_and_that_of_another_part_are_one_of_the_service(self) -> None:
        runs = [
            *looks("oslo", "UDDUUUUU", "login"),
            *looks("bergen", "UDDUUUUU", "login"),
            *looks("oslo", "UUDDUUUU", "place-call"),
        ]
        (outage,) = seen(self.terms, runs, until=8).outages
        assert readings(outage) == ((1, 3), (1, 4), (0, 4))

    def test_what_facts_tell_of_it_stays_told(self) -> None:
        runs = [*looks("oslo", "UDDUUUUU", "login"), *looks("bergen", "UDDUUUUU", "login")]
        facts = [reported(service="sign-in", start=1, end=2, cause="third-party", accounts=["a-1"])]
        (outage,) = seen(self.terms, runs, facts, until=8).outages
        assert (outage.cause, outage.accounts, outage.subject) == (
            "third-party",
            ("a-1",),
            "outage:1",
        )

    def test_a_judgement_of_the_whole_goes_before_it(self) -> None:
        runs = [*looks("oslo", "UDDUUUUU", "login"), *looks("bergen", "UDDUUUUU", "login")]
        runs += looks("oslo", "UUUUUUUU", "place-call")
        found = seen(self.terms, runs, [judged(service="calling", start=2, end=5)], until=8)
        assert spans(found.outages) == [(2, 5)]
        alone = [*looks("oslo", "UDDUUUUU", "login"), *looks("oslo", "UUUUUUUU", "place-call")]
        assert spans(seen(self.terms, alone, until=8).questions) == [(1, 3)]
        found = seen(self.terms, alone, [judged(service="calling", start=2, end=5)], until=8)
        assert found.questions == ()

    def test_all_parts_count_it_among_them(self) -> None:
        terms = (SERVICE.replace("any part is", "all parts are"), *self.terms[1:])
        runs = [
            *looks("oslo", "UDDDUUUU", "login"),
            *looks("bergen", "UDDDUUUU", "login"),
            *looks("oslo", "UUDDDUUU", "place-call"),
        ]
        found = seen(terms, runs, until=8)
        assert spans(found.outages) == [(2, 4)]
        assert known(found) == [(0, 8)]


def test_services_in_a_ring_end() -> None:
    terms = (
        service("calling", "back", "any part is down"),
        service("back", "calling, a", "any part is down"),
        CHECKS,
    )
    found = seen(terms, looks("oslo", "UDDU", "a"), until=4)
    assert spans(found.outages) == [(1, 3)]
    assert known(found) == [(1, 3)]


class TestStandIns:
    """Evidence that bears a name which the agreement does not know."""

    terms = (SERVICE, CHECKS, indicator("sign-in", "2 checks in a row fail"))

    @pytest.mark.parametrize(
        ("other", "down"),
        [("2 checks in a row fail", [(3, 5)]), ("1 check fails", [(1, 2), (3, 5)])],
    )
    def test_it_is_measured_as_the_whole_service_is(
        self, other: str, down: list[tuple[float, float]]
    ) -> None:
        page = agreement(*self.terms, indicator("place-call", other))
        runs = looks("oslo", "UDUDDUU", "Manual") + looks("oslo", "DDDD", "Blog")
        found = stand_in(page, "calling", "Manual", runs, [], *_hour(7))
        assert found.service == "Manual"
        assert spans(found.outages) == down
        assert known(found) == [(0, 7)]

    def test_reports_about_it_and_about_every_service_are_told_of_it(self) -> None:
        page = agreement(SERVICE, evidence(agreed_when="checks and reports"))
        runs = looks("oslo", "UDUDUDUU", "Manual")
        facts = [
            reported("outage:1", service="Manual", start=1, end=2),
            reported("outage:2", start=3, end=4),
            reported("outage:3", service="calling", start=5, end=6),
        ]
        found = stand_in(page, "calling", "Manual", runs, facts, *_hour(8))
        assert spans(found.outages) == [(1, 2), (3, 4)]
        assert spans(found.questions) == [(5, 6)]


def test_names_that_evidence_may_bear() -> None:
    page = agreement(SERVICE, CHECKS, service("web", "", "any part is down"))
    assert names_of(page) == {"calling", "sign-in", "place-call", "web"}
    page = agreement("service: calling\n", indicator("ping", "1 check fails"))
    assert names_of(page) == {"calling", "ping"}


def _hour(until: float) -> tuple[int, int]:
    return us(0), us(until)
