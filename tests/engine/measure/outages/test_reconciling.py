"""Sources reconciled: what agrees, what hangs together, which frame holds, what is a question."""

from __future__ import annotations

import pytest
from tests.engine.measure.outages.sight import (
    ended,
    evidence,
    known,
    looks,
    minutes,
    readings,
    reasons,
    reported,
    run,
    seen,
    spans,
    words,
)

from uphold.facts import Fact
from uphold.facts.evidence import Run

SERVICE = "service: calling\nparts: [sign-in]\ndown when: any part is down\n"
HARBOUR = (
    SERVICE,
    evidence(
        agreed_when="checks from 2 places, or checks and logs, or logs and reports",
        frame="component log if there is one, else first failed to next good check",
    ),
)


def log(*downs: tuple[float, float], until: float = 60) -> list[Run]:
    """A component log with sharp edges that was down at these times."""
    found, at = [], 0.0
    for start, end in downs:
        found.append(run("app", at, start, "up", kind="logs", every=None))
        found.append(run("app", start, end, "down", kind="logs", every=None))
        at = end
    return [*found, run("app", at, until, "up", kind="logs", every=None)]


class TestPlaces:
    def test_two_places_that_show_it_at_one_instant_settle_the_whole_of_what_they_show(
        self,
    ) -> None:
        runs = looks("oslo", "UDDDUUUU") + looks("bergen", "UUUDDDUU")
        (outage,) = seen(HARBOUR, runs, until=8).outages
        assert readings(outage) == ((1, 5), (1, 6), (0, 6))
        assert reasons(outage) == ["agreed", "frame"]
        assert "checks (bergen and oslo)" in words(outage)

    def test_two_places_one_after_the_other_are_no_two_at_one_instant(self) -> None:
        runs = looks("oslo", "UDDUUUUU") + looks("bergen", "UUUDDUUU")
        found = seen(HARBOUR, runs, until=8)
        assert found.outages == ()
        assert spans(found.questions) == [(1, 5)]

    def test_what_one_place_alone_shows_is_a_question_with_the_evidence_on_each_side(self) -> None:
        runs = looks("oslo", "UDDUUU") + looks("bergen", "UUUUUU")
        found = seen(HARBOUR, runs, until=6)
        (question,) = found.questions
        assert found.outages == ()
        assert minutes(question.span) == (1, 3)
        assert question.asked
        assert [each.source for each in question.showings] == ["oslo"]
        assert reasons(question) == ["not-agreed", "seen-up", "asked"]
        assert "by checks (oslo) alone" in words(question)
        assert "Shown up at that time by checks (bergen)." in words(question)
        assert known(found) == [(0, 1), (3, 6)]

    def test_the_other_side_are_those_who_looked_at_the_same(self) -> None:
        terms = ("service: calling\nparts: [a, b]\ndown when: any part is down\n", HARBOUR[1])
        runs = [
            *looks("oslo", "UDDUUU", "a"),
            *looks("bergen", "UUUUUU", "a"),
            *looks("vardo", "UUUUUU", "b"),
        ]
        (question,) = seen(terms, runs, until=6).questions
        assert "Shown up at that time by checks (bergen)." in words(question)
        (question,) = seen(terms, looks("vardo", "UUUUUU", "b"), [reported(told=3)]).questions
        assert "Shown up at that time by checks (vardo)." in words(question)

    def test_nobody_is_asked_where_the_agreement_says_so(self) -> None:
        terms = (SERVICE, evidence(agreed_when="checks from 2 places", otherwise="unknown"))
        found = seen(terms, looks("oslo", "UDDUUU") + looks("bergen", "UUUUUU"), until=6)
        (question,) = found.questions
        assert not question.asked
        assert reasons(question) == ["not-agreed", "seen-up", "unknown"]
        assert known(found) == [(0, 1), (3, 6)]

    def test_a_third_place_lengthens_what_two_agree_on(self) -> None:
        runs = looks("a", "UDDUUUUU") + looks("b", "UDDDUUUU") + looks("c", "UUUDDDUU")
        assert spans(seen(HARBOUR, runs, until=8).outages) == [(1, 6)]

    def test_what_one_of_them_still_shows_at_the_end_lasts(self) -> None:
        runs = looks("oslo", "UDDDDDDD") + looks("bergen", "UDDUUUUU")
        (outage,) = seen(HARBOUR, runs, until=8).outages
        assert (minutes(outage.span), outage.open) == ((1, 8), True)
        runs = looks("oslo", "UDDDDDDU") + looks("bergen", "UDDUUUUU")
        (outage,) = seen(HARBOUR, runs, until=8).outages
        assert (minutes(outage.span), outage.open) == ((1, 7), False)

    def test_two_reports_are_two_places(self) -> None:
        terms = (SERVICE, evidence(agreed_when="reports from 2 places"))
        one = reported("outage:1", start=1, end=4)
        assert seen(terms, [], [one], until=8).outages == ()
        point = reported("outage:2", told=2)
        assert spans(seen(terms, [], [one, point], until=8).outages) == [(1, 4)]
        again = reported("outage:1", told=3, start=2, end=5)
        assert seen(terms, [], [one, again], until=8).outages == ()


class TestKinds:
    runs = looks("oslo", "UUUDDDDUUUUU")

    def test_kinds_that_share_an_instant_hang_together(self) -> None:
        assert spans(seen(HARBOUR, [*self.runs, *log((7, 9))], until=12).outages) == [(7, 9)]
        found = seen(HARBOUR, [*self.runs, *log((7.5, 9))], until=12)
        assert found.outages == ()
        assert spans(found.questions) == [(3, 7), (7.5, 9)]

    def test_a_log_and_a_report_settle_it_without_any_check(self) -> None:
        found = seen(HARBOUR, log((4, 9)), [reported(start=8, end=20)], until=60)
        (outage,) = found.outages
        assert readings(outage) == ((4, 9), (4, 9), (4, 9))
        assert outage.subject == "outage:1"
        assert {each.kind for each in outage.showings} == {"logs", "reports"}

    def test_a_kind_that_the_agreement_does_not_name_is_no_evidence(self) -> None:
        terms = (SERVICE, evidence(sources="{checks: every 1 minute}"))
        found = seen(terms, [*self.runs, *log((9, 11))], [reported(start=10, end=12)], until=12)
        assert spans(found.outages) == [(3, 7)]
        assert found.questions == ()

    def test_without_agreed_when_any_evidence_suffices(self) -> None:
        found = seen((SERVICE, evidence()), self.runs, [reported(start=9, end=10)], until=12)
        assert spans(found.outages) == [(3, 7), (9, 10)]
        assert reasons(found.outages[0]) == ["settled", "frame"]


class TestReports:
    terms = (SERVICE, evidence())

    @pytest.mark.parametrize(
        ("facts", "span"),
        [
            ([reported(told=5, start=2, end=4)], (2, 4)),
            ([reported(told=5, start=2)], (2, 2)),
            ([reported(told=5)], (5, 5)),
            ([reported(told=5, start=2), ended(told=8)], (2, 8)),
            ([reported(told=5), ended(told=8)], (5, 8)),
            ([reported(told=5), ended(told=3)], (5, 5)),
            ([reported(told=5), ended("outage:2", told=8)], (5, 5)),
            ([reported(told=5, end=8)], (5, 8)),
            ([reported(told=5, end=3)], (3, 3)),
            ([reported(told=5, start=2, end=4), ended(told=8)], (2, 4)),
        ],
    )
    def test_how_long_a_report_stands(self, facts: list[Fact], span: tuple[float, float]) -> None:
        (outage,) = seen(self.terms, [], facts).outages
        assert readings(outage) == (span, span, span)

    def test_a_report_of_one_instant_supports_what_other_evidence_shows(self) -> None:
        terms = (SERVICE, evidence(agreed_when="checks and reports"))
        found = seen(terms, looks("oslo", "UUDDUU"), [reported(told=3)], until=6)
        (outage,) = found.outages
        assert readings(outage) == ((2, 3), (2, 4), (1, 4))
        found = seen(terms, looks("oslo", "UUDDUU"), [reported(told=5)], until=6)
        assert spans(found.questions) == [(2, 4), (5, 5)]

    def test_a_report_tells_nothing_of_the_time_around_it(self) -> None:
        found = seen(self.terms, [], [reported(start=2, end=4)])
        assert known(found) == [(2, 4)]

    def test_a_report_names_a_part_the_service_or_none(self) -> None:
        facts = [
            reported("outage:1", service="sign-in", start=1, end=2),
            reported("outage:2", service="calling", start=3, end=4),
            reported("outage:3", start=5, end=6),
            reported("outage:4", service="billing", start=7, end=8),
        ]
        assert spans(seen(self.terms, [], facts).outages) == [(1, 2), (3, 4), (5, 6)]
        part = seen(self.terms, [], facts, service="sign-in")
        assert spans(part.outages) == [(1, 2), (5, 6)]

    def test_a_report_that_goes_on_is_cut_at_the_instant_looked_at(self) -> None:
        (outage,) = seen(self.terms, [], [reported(start=2, end=40)], until=10).outages
        assert minutes(outage.span) == (2, 10)
        assert outage.open


class TestFrames:
    """Checks show 3 to 8, the log 4 to 6 and 7 to 9, a report 2 to 5."""

    runs = (*looks("oslo", "UUUDDDDDUUUU"), *log((4, 6), (7, 9), until=12))
    facts = (reported(start=2, end=5),)

    def framed(self, frame: str, agreed: str = "checks and logs") -> list[tuple[float, float]]:
        terms = (SERVICE, evidence(agreed_when=agreed, frame=frame))
        return spans(seen(terms, self.runs, self.facts, until=12).outages)

    def test_the_component_logs_own_times(self) -> None:
        assert self.framed("component log") == [(4, 6), (7, 9)]

    def test_from_the_first_failed_to_the_next_good_check(self) -> None:
        assert self.framed("first failed to next good check") == [(3, 8)]

    def test_overlap_is_when_all_kinds_that_settle_it_show_it(self) -> None:
        assert self.framed("overlap") == [(4, 6), (7, 8)]
        assert self.framed("overlap", "checks and logs and reports") == [(4, 5)]
        assert self.framed("overlap", "checks and reports, or checks and logs") == [(3, 6), (7, 8)]

    def test_union_is_when_any_kind_that_settles_it_shows_it(self) -> None:
        assert self.framed("union") == [(3, 9)]
        assert self.framed("union", "checks and logs and reports") == [(2, 9)]

    def test_without_a_frame_it_is_all_that_settles_it(self) -> None:
        terms = (SERVICE, evidence(agreed_when="checks and logs"))
        assert spans(seen(terms, self.runs, self.facts, until=12).outages) == [(3, 9)]

    def test_the_next_frame_holds_where_the_first_is_not_there(self) -> None:
        frame = "component log if there is one, else first failed to next good check"
        terms = (SERVICE, evidence(frame=frame))
        found = seen(terms, looks("oslo", "UUUDDDDDUUUU"), self.facts, until=12)
        assert spans(found.outages) == [(3, 8)]
        assert reasons(found.outages[0])[:2] == ["settled", "frame"]
        assert "first failed to next good check" in words(found.outages[0])

    def test_a_log_that_gives_no_length_of_time_is_no_frame(self) -> None:
        frame = "component log if there is one, else first failed to next good check"
        row = [run("app", 4, 4, "down", kind="logs", every=None)]
        terms = (SERVICE, evidence(agreed_when="checks and logs", frame=frame))
        found = seen(terms, [*looks("oslo", "UUUDDDDDUUUU"), *row], until=12)
        assert spans(found.outages) == [(3, 8)]

    def test_where_no_frame_is_there_what_settles_it_says_when(self) -> None:
        terms = (SERVICE, evidence(frame="component log"))
        assert spans(seen(terms, [], self.facts, until=12).outages) == [(2, 5)]

    def test_a_persons_judgement_alone_leaves_a_question(self) -> None:
        terms = (SERVICE, evidence(agreed_when="checks and logs", frame="a person's judgement"))
        found = seen(terms, self.runs, until=12)
        assert found.outages == ()
        assert spans(found.questions) == [(3, 9)]
        assert reasons(found.questions[0]) == ["shown", "asked"]

    def test_a_person_judges_only_where_there_is_no_better_frame(self) -> None:
        frame = "overlap if there is one, else a person's judgement"
        terms = (SERVICE, evidence(agreed_when="checks and reports", frame=frame))
        point = [reported(told=4)]
        found = seen(terms, self.runs, point, until=12)
        assert spans(found.questions) == [(3, 9)]
        assert spans(seen(terms, self.runs, self.facts, until=12).outages) == [(3, 5)]


def test_the_least_of_an_outage_goes_from_the_first_to_the_last_failed_look_of_any_source() -> None:
    terms = (SERVICE, evidence(sources="{checks: every 5 minutes}", silent_after="15 minutes"))
    runs = looks("a", "UUDUUU", every=5) + looks("b", "UUDUUU", every=5, start=4)
    (outage,) = seen(terms, runs, until=29).outages
    assert readings(outage) == ((10, 14), (10, 19), (5, 19))


def test_the_order_of_what_was_seen_and_told_is_no_matter() -> None:
    runs = [*TestFrames.runs, *looks("bergen", "UUUUDDUUUU")]
    facts = [*TestFrames.facts, reported("outage:2", start=9, end=11, cause="own")]
    one = seen(HARBOUR, runs, facts, until=12)
    assert one == seen(HARBOUR, runs[::-1], facts[::-1], until=12)
    assert one.outages
